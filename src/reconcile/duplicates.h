/* The same row received several times: the same file twice, overlapping periods of one account, the
 * same data in another format, transfer rows of the same reference. Rule: never fewer payments than
 * the file that shows most of them (max(nA, nB), formats 13a.0), nothing deleted: what is one
 * keeps all its records. Runs on entries, before any matching; what is found is told by records,
 * which no later stage renumbers. */
#ifndef TRAIL_RECONCILE_DUPLICATES_H
#define TRAIL_RECONCILE_DUPLICATES_H

#include <stdbool.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/vector.h"
#include "model/ledger.h"

typedef enum trail_copy_reason {
    TRAIL_COPY_SAME_FILE = 0, /* the whole file was received before, byte for byte as unpacked */
    TRAIL_COPY_OVERLAP,       /* equal rows of two files that both show the account on that day */
    TRAIL_COPY_OTHER_FORMAT, /* the same data in another format, or a report of a statement's row */
    TRAIL_COPY_TRANSFER,     /* equal transfer rows of equal reference */
    TRAIL_COPY_SAME_STATEMENT /* the whole statement stands twice in one file */
} trail_copy_reason;
const char *trail_copy_reason_text(trail_copy_reason reason);

/* One record that another one repeats: both attest the same payment. */
typedef struct trail_copy {
    uint32_t kept_record, record;
    uint8_t reason;       /* trail_copy_reason */
    bool balance_differs; /* both state a balance after the row, and not the same */
} trail_copy;

typedef enum trail_row_difference {
    TRAIL_DIFFERS_AMOUNT = 0, /* same reference, or same day, counterparty and text */
    TRAIL_DIFFERS_DAY,        /* same reference and amount */
    TRAIL_DIFFERS_SIGN,       /* same reference and amount, debit against credit */
    TRAIL_DIFFERS_BALANCE     /* one payment; the balance after it is stated in two ways */
} trail_row_difference;
const char *trail_row_difference_text(trail_row_difference difference);

/* Two records of one account that speak of one movement and contradict each other. Two payments
 * remain, each TRAIL_MAY_BE_DOUBLE; with BALANCE they are one. */
typedef struct trail_row_conflict {
    uint32_t record, other_record;
    uint8_t difference; /* trail_row_difference */
} trail_row_conflict;

/* Another file observes the account on that day and lacks the row: new with its own file. */
typedef struct trail_row_alone {
    uint32_t record;
    uint32_t lacking_file;
} trail_row_alone;

/* Two records that may be one row; they stay two payments, TRAIL_MAY_BE_DOUBLE. */
typedef struct trail_row_possible {
    uint32_t record, other_record;
} trail_row_possible;

typedef struct trail_duplicates {
    trail_vector copies;    /* of trail_copy, by (kept_record, record) */
    trail_vector conflicts; /* of trail_row_conflict, by record */
    trail_vector alone;     /* of trail_row_alone, by record */
    trail_vector possible;  /* of trail_row_possible, by record */
    trail_vector messages;  /* of trail_copy: messages of a file received twice */
} trail_duplicates;

void trail_duplicates_init(trail_duplicates *duplicates);
void trail_duplicates_clear(trail_duplicates *duplicates);

/* Settled accounts, entries in reading order, each of one record. Merges them; *renumber (may be
 * NULL; trail_free, NULL when nothing merged): old entry -> new. The kept entry is the one of the
 * statement rather than the report, then of the file whose rows say most on average, then of the
 * first file by hash and name; what it does not say (counterparty, kind) is filled from its copies.
 * A ledger no account of which two files show costs one look at its entries; else O(n log n) of
 * the rows in the overlaps. */
trail_status trail_duplicates_merge(trail_ledger *ledger, trail_duplicates *duplicates,
                                    uint32_t **renumber, trail_error *err) TRAIL_MUST_CHECK;

/* Appends to `doubles` (of trail_possible_double) the payments of `possible` and of conflicts, the
 * earlier first; payments as they are numbered now. */
trail_status trail_duplicates_list(const trail_duplicates *duplicates, const trail_ledger *ledger,
                                   trail_vector *doubles, trail_error *err) TRAIL_MUST_CHECK;

/* Payment by record (TRAIL_NO_PAYMENT: none), through legs and attached records; trail_free. */
trail_status trail_record_payments(const trail_ledger *ledger, uint32_t **payments,
                                   trail_error *err) TRAIL_MUST_CHECK;

#endif
