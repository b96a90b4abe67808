/* What files that show the same days of an account do not tell alike. */
#ifndef TRAIL_RECONCILE_ROW_CONFLICTS_H
#define TRAIL_RECONCILE_ROW_CONFLICTS_H

#include <moneytrail/error.h>

#include "reconcile/duplicates.h"
#include "reconcile/row_clusters.h"

/* After joining. Appends to duplicates->conflicts rows that another file tells with another amount,
 * day or sign under the same reference (or with another amount on the same day to the same
 * counterparty with the same text), each the only one of its file; joined rows whose balances
 * differ although each is its file's only row of that day; and to alone the rows that another
 * statement of the day lacks. First and last days are left out: files end within a day. O(n log n).
 */
trail_status trail_row_conflicts_find(const trail_row_clusters *clusters,
                                      trail_duplicates *duplicates,
                                      trail_error *err) TRAIL_MUST_CHECK;

#endif
