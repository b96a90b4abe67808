/* Opening balances (model section 6): stated by the records, or declared in the case file. */
#ifndef TRAIL_RECONCILE_OPENINGS_H
#define TRAIL_RECONCILE_OPENINGS_H

#include <moneytrail/error.h>

#include "base/vector.h"
#include "model/ledger.h"

/* What the case file declares of one pocket. */
typedef struct trail_declared_opening {
    uint32_t account;
    trail_currency currency;
    int64_t amount_minor;
    trail_origin origin;
    int line; /* in the case file */
} trail_declared_opening;

/* Leaves one opening a pocket, sorted: the earliest stated one, its origin as declared, or the
 * declared one. TRAIL_USAGE naming both when they differ. Settled accounts needed. O(n log n). */
trail_status trail_openings_settle(trail_ledger *ledger, const trail_declared_opening *declared,
                                   size_t declared_count, trail_error *err) TRAIL_MUST_CHECK;

#endif
