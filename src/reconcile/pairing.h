/* First pairing rule (model section 1): a debit and a credit are one payment only when each names
 * the other's account (or they share a bank reference), amount and currency are equal, the credit
 * is 0-3 days after the debit, and the pair is unique; a like pair that is not taken is counted as
 * unpaired, may be double; so is a transfer row that another file may show again. */
#ifndef TRAIL_RECONCILE_PAIRING_H
#define TRAIL_RECONCILE_PAIRING_H

#include <moneytrail/error.h>

#include "base/vector.h"
#include "model/ledger.h"

/* Two payments that may be one: shown in possible_double.csv. In payment order. One of them may be
 * a transfer row, which has both legs; of two rows the earlier stands as debit_payment. */
typedef struct trail_possible_double {
    uint32_t debit_payment, credit_payment;
    const char *reason; /* "counterparty of the credit is not named", ... */
} trail_possible_double;

typedef struct trail_pairing {
    size_t paired;        /* payments made of two entries */
    trail_vector doubles; /* of trail_possible_double */
} trail_pairing;

/* Settled accounts needed. Joins entries in place; count shrinks. O(n log n). */
trail_status trail_pair_legs(trail_ledger *ledger, trail_pairing *pairing,
                             trail_error *err) TRAIL_MUST_CHECK;
/* Puts doubles into payment order after payments have been renumbered. */
trail_status trail_pairing_sort(trail_pairing *pairing, trail_error *err) TRAIL_MUST_CHECK;
void trail_pairing_clear(trail_pairing *pairing);

#endif
