/* Where records contradict each other: what two records of one payment say differently, and what
 * two files tell differently of one row. A finding compares two records and judges neither. */
#ifndef TRAIL_RECONCILE_CONFLICTS_H
#define TRAIL_RECONCILE_CONFLICTS_H

#include <stdbool.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/vector.h"
#include "model/ledger.h"
#include "reconcile/duplicates.h"
#include "reconcile/matching.h"

typedef enum trail_conflict_kind {
    TRAIL_CONFLICT_PAYEE_ACCOUNT = 0,
    TRAIL_CONFLICT_PAYER_ACCOUNT,
    TRAIL_CONFLICT_AMOUNT, /* beyond what charges and rates explain */
    TRAIL_CONFLICT_CURRENCY,
    TRAIL_CONFLICT_DATE, /* further apart than one payment's records are */
    TRAIL_CONFLICT_PAYEE_NAME,
    TRAIL_CONFLICT_PAYER_NAME,
    TRAIL_CONFLICT_REFERENCE,    /* end-to-end reference or UETR */
    TRAIL_CONFLICT_COVER_SILENT, /* the customer's message names a payer, its cover none */
    TRAIL_CONFLICT_COVER_PAYER,
    TRAIL_CONFLICT_COVER_AMOUNT,
    TRAIL_CONFLICT_ROW_AMOUNT, /* two files of one account tell one row differently */
    TRAIL_CONFLICT_ROW_DAY,
    TRAIL_CONFLICT_ROW_SIGN,
    TRAIL_CONFLICT_ROW_BALANCE
} trail_conflict_kind;
#define TRAIL_CONFLICT_KIND_COUNT 15

/* Which of these are filled follows from the kind. */
typedef struct trail_conflict_value {
    uint32_t account; /* or TRAIL_NO_ACCOUNT: then the number as written */
    uint32_t text;    /* string id, 0 = none: number, name or reference as written */
    int64_t minor;    /* rows: negative when it leaves the account */
    int32_t day;
    trail_currency currency; /* TRAIL_NO_CURRENCY: no amount */
    bool is_number;          /* the text is an account's number */
} trail_conflict_value;

typedef struct trail_conflict {
    uint32_t payment, other_payment; /* equal when both records attest one payment */
    uint32_t record, other_record;
    trail_conflict_value says, other_says;
    uint8_t kind;                   /* trail_conflict_kind */
    uint8_t said_by, other_said_by; /* for trail_conflict_said_by */
} trail_conflict;

typedef struct trail_conflicts {
    trail_vector found; /* of trail_conflict, by (payment, kind, record, other record) */
    uint64_t counts[TRAIL_CONFLICT_KIND_COUNT];
} trail_conflicts;

/* Payments in their final order; what is found holds payment numbers. Only payments with several
 * records are looked at: O(payments + records of those, names once for each two texts). */
trail_status trail_conflicts_find(trail_conflicts *conflicts, const trail_ledger *ledger,
                                  const trail_matching *matching,
                                  const trail_duplicates *duplicates,
                                  trail_error *err) TRAIL_MUST_CHECK;
void trail_conflicts_clear(trail_conflicts *conflicts);

const char *trail_conflict_kind_name(trail_conflict_kind kind); /* "payee_account" */
const char *trail_conflict_sentence(trail_conflict_kind kind);
/* "payer's bank", "payee's bank", "one statement", "MT103" … */
const char *trail_conflict_said_by(uint8_t said_by);

#endif
