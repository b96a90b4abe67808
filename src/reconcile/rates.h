/* Euro reference rates as the ECB gives them (eurofxref-hist.csv): a heading Date,USD,JPY,…, one
 * row a day, newest first, N/A where there is none. A rate is foreign currency per euro, kept as
 * the decimal that is written; other pairs go through the euro. */
#ifndef TRAIL_RECONCILE_RATES_H
#define TRAIL_RECONCILE_RATES_H

#include <stdbool.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/byte_source.h"
#include "model/currency.h"

#define TRAIL_RATE_DAYS_BACK 7 /* the last working day may stand for a day without a rate */

typedef struct trail_rates trail_rates;

/* Reads a whole file. TRAIL_BAD_DATA names the first line that is not such a file's. */
trail_status trail_rates_read(trail_rates **out, trail_byte_source *source,
                              trail_error *err) TRAIL_MUST_CHECK;
void trail_rates_free(trail_rates *rates);

/* What `minor` units of `from` were in `to` on that day at the reference rates, half up. *used: the
 * day of the rates, the last working day up to TRAIL_RATE_DAYS_BACK days back. False: no rate, or
 * the result is no int64. NULL rates give false. O(log days). */
bool trail_rates_convert(const trail_rates *rates, int64_t minor, trail_currency from,
                         trail_currency to, int32_t day, int64_t *converted, int32_t *used);

#endif
