/* One leg that may be the sum of several: a payer's bank books one total, the payee's bank its
 * parts, or the other way. Reported only; nothing is joined by it (formats 15). */
#ifndef TRAIL_RECONCILE_MATCH_SUBSET_H
#define TRAIL_RECONCILE_MATCH_SUBSET_H

#include <stdint.h>

#include <moneytrail/error.h>

#include "base/vector.h"
#include "model/ledger.h"

#define TRAIL_SUBSET_ROWS 12
#define TRAIL_SUBSET_DAYS 3

typedef struct trail_subset {
    uint32_t total;        /* payment */
    uint32_t first, count; /* of its parts, in `parts` */
} trail_subset;

typedef struct trail_subsets {
    trail_vector found; /* of trail_subset, by total */
    trail_vector parts; /* of uint32_t: payments */
} trail_subsets;

/* After matching, payments in their final order. Looked at: payments with one side recorded that
 * name both accounts, were not joined and may not be double; the parts stand on the other account,
 * within TRAIL_SUBSET_DAYS, at most TRAIL_SUBSET_ROWS of them could be parts, and exactly one
 * choice of two or more makes the sum. O(n log n + 2^12 n). */
trail_status trail_subsets_find(trail_subsets *subsets, const trail_ledger *ledger,
                                trail_error *err) TRAIL_MUST_CHECK;
void trail_subsets_clear(trail_subsets *subsets);

#endif
