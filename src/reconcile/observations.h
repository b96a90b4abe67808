/* What the received data observe, settled: sorted, without repeats. */
#ifndef TRAIL_RECONCILE_OBSERVATIONS_H
#define TRAIL_RECONCILE_OBSERVATIONS_H

#include <moneytrail/error.h>

#include "model/ledger.h"

/* Sorts by (account, from, to, file) and drops repeats. O(n log n). */
trail_status trail_observations_settle(trail_ledger *ledger, trail_error *err) TRAIL_MUST_CHECK;

#endif
