/* Pages of one statement: 60F…62M, 60M…62M, 60M…62F. */
#ifndef TRAIL_RECONCILE_STATEMENT_PAGES_H
#define TRAIL_RECONCILE_STATEMENT_PAGES_H

#include <stdint.h>

#include <moneytrail/error.h>

#include "model/ledger.h"

#define TRAIL_NO_STATEMENT UINT32_MAX

/* next[i]: the statement that is the next page of statement i, or TRAIL_NO_STATEMENT; before[i] the
 * other way round. Both are trail_free'd. Pages of one file are joined first, then across files:
 * same number, next page, and the opening that the page before closed with, or the next page alone.
 * O(n log n). */
trail_status trail_statement_pages(const trail_ledger *ledger, uint32_t **next, uint32_t **before,
                                   trail_error *err) TRAIL_MUST_CHECK;

#endif
