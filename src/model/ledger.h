/* The ledger: payments in columns, sorted in the main order (model section 4) once finished.
 *
 * Every record that is read adds one entry. A statement row is one leg: HAS_DEBIT or HAS_CREDIT,
 * the other side being the counterparty it names (or TRAIL_NO_ACCOUNT). A transfer row is both
 * legs. Reconciliation joins a debit and a credit entry into one payment with two legs, which keeps
 * the debit's columns and puts the credit leg's own values in credit_sides. 33 hot bytes a
 * payment, 8 more a record; all else is apart. Messages are evidence of payments, not entries. */
#ifndef TRAIL_MODEL_LEDGER_H
#define TRAIL_MODEL_LEDGER_H

#include <stdbool.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/strings.h"
#include "base/vector.h"
#include "model/account.h"
#include "model/calendar.h"
#include "model/currency.h"
#include "model/kind.h"
#include "model/leg_copy.h"
#include "model/message.h"
#include "model/record.h"
#include "model/statement.h"
#include "model/wire.h"

#define TRAIL_NO_PAYMENT UINT32_MAX

enum {
    TRAIL_HAS_DEBIT = 1u << 0,        /* a debit leg on the payer's account is recorded */
    TRAIL_HAS_CREDIT = 1u << 1,       /* a credit leg on the payee's account is recorded */
    TRAIL_HAS_CREDIT_SIDE = 1u << 2,  /* the credit leg's own values stand in credit_sides */
    TRAIL_TWO_RECORDS = 1u << 3,      /* the legs are two movements seen by two parties */
    TRAIL_MAY_BE_DOUBLE = 1u << 4,    /* unpaired, and a like leg exists on the other side */
    TRAIL_VOID = 1u << 5,             /* to itself: same account and currency */
    TRAIL_ORDER_SENSITIVE = 1u << 6,  /* its place within the day was not decided by the records */
    TRAIL_ORDER_ADJUSTED = 1u << 7,   /* debit booked after its own credit: taken just before it */
    TRAIL_MESSAGE_ONLY = 1u << 8,     /* both legs are a message's: no statement shows them */
    TRAIL_REVERSED = 1u << 9,         /* taken back by another payment, or takes one back */
    TRAIL_AMBIGUOUS = 1u << 10,       /* could be one payment with several others: left alone */
    TRAIL_EXPECTED_ABSENT = 1u << 11, /* records we hold cover its other side and lack it */
    TRAIL_PAYEE_SUPPLIED = 1u << 12,  /* the debit's record names no payee: another record does */
    TRAIL_PAYER_SUPPLIED = 1u << 13,  /* the credit's record names no payer: another record does */
    TRAIL_PARTY_REPLACED = 1u << 14   /* a leg's record names another party than the payment has */
};

/* The credit leg's own values where they differ from the payment's columns: another record, or
 * the same row with a paid and a received amount. Sorted by payment. */
typedef struct trail_credit_side {
    uint32_t payment;
    uint32_t record;
    int64_t amount_minor;
    int32_t booking_day;
    int32_t booking_second;
    trail_currency currency;
    uint8_t kind;
} trail_credit_side;

/* One more record that attests a payment besides its legs' own. */
typedef struct trail_attached {
    uint32_t payment, record;
} trail_attached;

/* A record outside the scope of the request it answers: what is kept of it. */
typedef struct trail_outside {
    uint32_t record;
    uint32_t number; /* string id: the own account (transfers: the payer's) as written */
    int32_t day;
} trail_outside;

typedef enum trail_origin { TRAIL_ORIGIN_UNKNOWN = 0, TRAIL_ORIGIN_CLEAN } trail_origin;

/* The balance of a pocket before its first leg. At most one a pocket, sorted by (account,
 * currency). `stated` by the records, or declared in the case file. */
typedef struct trail_opening {
    uint32_t account;
    trail_currency currency;
    int64_t amount_minor;
    int32_t day; /* day of the statement's first leg or opening */
    trail_origin origin;
    bool stated;
} trail_opening;

/* The received data observe `account` on days from_day..to_day, because `file` says so. Sorted by
 * (account, from_day, to_day). */
typedef struct trail_observation {
    uint32_t account;
    int32_t from_day, to_day;
    uint32_t file;
} trail_observation;

typedef struct trail_ledger {
    trail_strings *strings; /* texts of details and names */
    trail_accounts *accounts;
    trail_records records;

    size_t count; /* payments (entries until reconciled) */
    size_t capacity;
    uint32_t *payer; /* account, or TRAIL_NO_ACCOUNT when not named */
    uint32_t *payee;
    int64_t *amount_minor; /* >= 0; the debit leg's if there is one */
    int32_t *booking_day;
    int32_t *booking_second; /* TRAIL_NO_TIME when no time is recorded */
    trail_currency *currency;
    uint8_t *kind; /* trail_kind */
    uint16_t *flags;
    uint32_t *record; /* the (first) record of the debit leg, else of the credit leg */

    trail_vector credit_sides; /* of trail_credit_side */
    trail_vector openings;     /* of trail_opening */
    trail_vector observations; /* of trail_observation */

    trail_vector attached;   /* of trail_attached, sorted by (payment, record) */
    trail_vector leg_copies; /* of trail_leg_copy, by record */
    trail_vector statements; /* of trail_statement, in reading order */
    trail_vector wires;      /* of trail_wire, by record */
    trail_vector outside;    /* of trail_outside, by record */
    trail_vector messages;   /* of trail_message, by record */

    /* The main order of legs: 2·payment for its debit leg (or for both legs of one row),
     * 2·payment+1 for a credit leg of its own record. NULL means 0, 2, 4, …: no payment has
     * TWO_RECORDS. */
    uint32_t *events;
    size_t event_count;
    bool finished;
} trail_ledger;

trail_status trail_ledger_init(trail_ledger *ledger, trail_error *err) TRAIL_MUST_CHECK;
void trail_ledger_clear(trail_ledger *ledger);

/* One entry, as readers give it. For a row with two amounts, has_received and the received pair. */
typedef struct trail_entry {
    uint32_t payer, payee;
    int64_t amount_minor;
    int64_t received_minor;
    int32_t booking_day, booking_second;
    trail_currency currency;
    trail_currency received_currency;
    uint8_t kind;
    uint16_t flags; /* HAS_DEBIT, HAS_CREDIT */
    bool has_received;
    uint32_t record;
} trail_entry;
trail_status trail_ledger_add(trail_ledger *ledger, const trail_entry *entry,
                              trail_error *err) TRAIL_MUST_CHECK;

/* One leg of a payment as a value. */
typedef struct trail_leg {
    uint32_t account; /* TRAIL_NO_ACCOUNT when that side is not named */
    trail_currency currency;
    bool recorded; /* a record shows this leg (else the values are the other leg's) */
    uint8_t kind;
    int64_t amount_minor;
    int32_t booking_day, booking_second;
    uint32_t record; /* TRAIL_NO_RECORD when not recorded */
} trail_leg;
trail_leg trail_ledger_debit(const trail_ledger *ledger, uint32_t payment);
trail_leg trail_ledger_credit(const trail_ledger *ledger, uint32_t payment);
const trail_credit_side *trail_ledger_credit_side(const trail_ledger *ledger, uint32_t payment);
/* True when debit and credit differ in currency. */
bool trail_ledger_converts(const trail_ledger *ledger, uint32_t payment);

/* All records that attest a payment, in record order, into records (room for `room`); returns how
 * many there are. */
size_t trail_ledger_records(const trail_ledger *ledger, uint32_t payment, uint32_t *records,
                            size_t room);
/* TRAIL_INTERNAL unless each record that attests a payment attests exactly one. O(records). */
trail_status trail_ledger_check_records(const trail_ledger *ledger,
                                        trail_error *err) TRAIL_MUST_CHECK;

/* What wires, messages and copies in another format say of a record, or NULL. O(log n). */
const trail_wire *trail_ledger_wire(const trail_ledger *ledger, uint32_t record);
const trail_message *trail_ledger_message(const trail_ledger *ledger, uint32_t record);
const trail_leg_copy *trail_ledger_leg_copy(const trail_ledger *ledger, uint32_t record);

/* Entries that are one with another leave the ledger: entry i stays if into[i] == i, else its
 * records (its own and all attached) go to entry into[i], which must stay. Credit sides and what
 * was attached follow; `renumber` (may be NULL, room for the count before) gets the new numbers.
 * Not for entries with two records. O(n + attached log attached). */
trail_status trail_ledger_merge(trail_ledger *ledger, const uint32_t *into, uint32_t *renumber,
                                trail_error *err) TRAIL_MUST_CHECK;
/* Sorts `attached` after records were pushed to it. O(n log n). */
trail_status trail_ledger_settle_attached(trail_ledger *ledger, trail_error *err) TRAIL_MUST_CHECK;
/* Is the account observed on that day; and was it ever? O(log n). */
bool trail_ledger_observes(const trail_ledger *ledger, uint32_t account, int32_t day);
bool trail_ledger_ever_observed(const trail_ledger *ledger, uint32_t account);
/* Place of the account's first observation (observations.count if none). O(log n). */
size_t trail_ledger_first_observation(const trail_ledger *ledger, uint32_t account);
const trail_opening *trail_ledger_opening(const trail_ledger *ledger, uint32_t account,
                                          trail_currency currency);
/* Renames accounts after trail_accounts_settle, in statements and messages too. Openings and
 * observations are renamed in place, not sorted again: reconciliation settles them. */
void trail_ledger_renumber_accounts(trail_ledger *ledger, const uint32_t *renumber);
/* Moves payments so that new position i holds old position order[i] (all columns, credit sides and
 * what is attached follow). Peak: 4 bytes a payment above the ledger. */
trail_status trail_ledger_permute(trail_ledger *ledger, const uint32_t *order,
                                  trail_error *err) TRAIL_MUST_CHECK;

#endif
