/* Do the balances that statements print follow from row to row? */
#ifndef TRAIL_RECONCILE_RUNNING_BALANCE_H
#define TRAIL_RECONCILE_RUNNING_BALANCE_H

#include <moneytrail/error.h>

#include "base/vector.h"
#include "model/ledger.h"

/* The first row of an account whose balance does not follow from the row before. */
typedef struct trail_balance_break {
    uint32_t account;
    uint32_t record;
    int64_t expected_minor, stated_minor;
    trail_currency currency;
    uint32_t breaks; /* how many rows of the account break */
} trail_balance_break;

/* Vector of trail_balance_break by account; finished ledger. `checked`: accounts with balances.
 * O(events). */
trail_status trail_running_balances(const trail_ledger *ledger, trail_vector *breaks,
                                    uint64_t *checked, trail_error *err) TRAIL_MUST_CHECK;

#endif
