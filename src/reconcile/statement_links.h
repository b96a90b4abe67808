/* How each statement of an account follows the one before it: balances, days, numbers, pages. */
#ifndef TRAIL_RECONCILE_STATEMENT_LINKS_H
#define TRAIL_RECONCILE_STATEMENT_LINKS_H

#include <moneytrail/error.h>

#include "reconcile/statement_check.h"
#include "reconcile/statement_rows.h"

/* Sorted checks; sets link and all that stands below it. Compared are the one before it and the one
 * that reaches furthest. O(entries log entries). */
trail_status trail_statement_links_make(trail_statement_checks *checks,
                                        const trail_row_index *index, int64_t tolerance_millionths,
                                        trail_error *err) TRAIL_MUST_CHECK;

#endif
