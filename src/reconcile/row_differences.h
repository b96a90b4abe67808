/* Rows that two files of one account tell differently (duplicates.h), as conflicts. */
#ifndef TRAIL_RECONCILE_ROW_DIFFERENCES_H
#define TRAIL_RECONCILE_ROW_DIFFERENCES_H

#include <moneytrail/error.h>

#include "reconcile/conflicts.h"

/* Appends to `found` (of trail_conflict). O(records), nothing where there are none. */
trail_status trail_row_differences_list(const trail_duplicates *duplicates,
                                        const trail_ledger *ledger, trail_vector *found,
                                        trail_error *err) TRAIL_MUST_CHECK;

#endif
