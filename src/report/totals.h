/* Exact sums by a 64-bit key, for the report's totals. */
#ifndef TRAIL_REPORT_TOTALS_H
#define TRAIL_REPORT_TOTALS_H

#include <stdint.h>

#include <moneytrail/error.h>

#include "base/map64.h"
#include "base/vector.h"

typedef struct trail_totals_row {
    uint64_t key;
    int64_t in_minor, out_minor, double_minor;
    uint32_t in_count, out_count, double_count;
} trail_totals_row;

typedef struct trail_totals {
    trail_map64 at;
    trail_vector rows; /* of trail_totals_row */
} trail_totals;

trail_totals trail_totals_empty(void);
void trail_totals_clear(trail_totals *totals);
/* The row of a key, made when absent; NULL with err set. Valid until the next call. */
trail_totals_row *trail_totals_at(trail_totals *totals, uint64_t key,
                                  trail_error *err) TRAIL_MUST_CHECK;
/* NULL when absent. */
const trail_totals_row *trail_totals_find(const trail_totals *totals, uint64_t key);
trail_status trail_totals_add_in(trail_totals *totals, uint64_t key, int64_t minor,
                                 trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_totals_add_out(trail_totals *totals, uint64_t key, int64_t minor,
                                  trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_totals_add_double(trail_totals *totals, uint64_t key, int64_t minor,
                                     trail_error *err) TRAIL_MUST_CHECK;
/* Orders rows by key; rows are found by key no longer. O(n log n). */
trail_status trail_totals_sort(trail_totals *totals, trail_error *err) TRAIL_MUST_CHECK;

/* Keys: three parts, the last two below 2^16. */
uint64_t trail_totals_key(uint32_t first, uint32_t second, uint32_t third);
uint32_t trail_totals_first(uint64_t key);
uint32_t trail_totals_second(uint64_t key);
uint32_t trail_totals_third(uint64_t key);

#endif
