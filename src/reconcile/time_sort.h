/* Payments in the order of their booking time, before the main order is made: what stands near in
 * time then stands near in memory, and a file in any order costs little more than a sorted one. */
#ifndef TRAIL_RECONCILE_TIME_SORT_H
#define TRAIL_RECONCILE_TIME_SORT_H

#include <moneytrail/error.h>

#include "base/attributes.h"
#include "model/ledger.h"

/* Stable: equal times stay in record order. Leaves a ledger alone that is sorted already. Only for
 * ledgers whose payments have one record each. O(payments + days); 4 bytes a payment. */
trail_status trail_time_sort(trail_ledger *ledger, trail_error *err) TRAIL_MUST_CHECK;

#endif
