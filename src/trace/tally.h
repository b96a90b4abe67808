/* Where traced money ended, summed by (proceeds, currency, where, account, reason), and the proof
 * that what was introduced is all there. One a pass. */
#ifndef TRAIL_TRACE_TALLY_H
#define TRAIL_TRACE_TALLY_H

#include <stdint.h>

#include <moneytrail/error.h>

#include "base/map64.h"
#include "base/vector.h"
#include "trace/trace.h"

typedef struct trail_tally {
    trail_map64 places;
    trail_vector holdings; /* of trail_holding, as they come */
    uint16_t rule;
} trail_tally;

void trail_tally_init(trail_tally *tally, uint16_t rule);
void trail_tally_clear(trail_tally *tally);

/* Adds an amount (negative takes away) to its place. O(1) expected. */
trail_status trail_tally_add(trail_tally *tally, const trail_holding *holding,
                             trail_error *err) TRAIL_MUST_CHECK;

/* Sorts the holdings, drops zeros, and adds one conservation row per (proceeds, currency) to
 * `rows`; introduced_minor is by proceeds, in its currency. TRAIL_INTERNAL naming rule, proceeds
 * and currency when the sums differ. O(n log n). */
trail_status trail_tally_close(trail_tally *tally, const trail_vector *proceeds,
                               const int64_t *introduced_minor, trail_vector *rows,
                               trail_error *err) TRAIL_MUST_CHECK;

#endif
