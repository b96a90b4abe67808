/* The same data in another format: rows that formats tell in other words. */
#ifndef TRAIL_RECONCILE_ROW_FORMATS_H
#define TRAIL_RECONCILE_ROW_FORMATS_H

#include <moneytrail/error.h>

#include "base/vector.h"
#include "reconcile/row_clusters.h"

/* Joins open clusters of statement and report, or of two formats, of equal account, currency and
 * signed amount: by day (booking, or one's booking and the other's value date) and a shared
 * reference or counterparty account, or by day alone where neither contradicts and the day's counts
 * leave no choice. What stays open goes to possible (of trail_row_possible, by entry numbers). */
trail_status trail_row_formats_join(trail_row_clusters *clusters, trail_vector *possible,
                                    trail_error *err) TRAIL_MUST_CHECK;

#endif
