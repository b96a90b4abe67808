#include "reconcile/time_sort.h"

#include <string.h>

#include "base/memory.h"

/* Counting sorts: all payments by day, then each day by second, no time before all times. */

#define SECONDS (86400 + 1) /* and one for no time */

typedef struct day_span {
    int32_t first;
    size_t count;
} day_span;

static bool is_sorted(const trail_ledger *ledger, day_span *span)
{
    bool sorted = true;
    int32_t first = ledger->booking_day[0], last = first;
    for (size_t i = 1; i < ledger->count; i++) {
        int32_t day = ledger->booking_day[i], before = ledger->booking_day[i - 1];
        if (day < before ||
            (day == before && ledger->booking_second[i] < ledger->booking_second[i - 1]))
            sorted = false;
        if (day < first) first = day;
        if (day > last) last = day;
    }
    *span = (day_span){first, (size_t)((int64_t)last - first) + 1};
    return sorted;
}

/* start[day] becomes the place after the day's last payment; the day before ends where it begins.
 */
static void sort_by_day(const trail_ledger *ledger, int32_t first, uint32_t *start, size_t days,
                        uint32_t *order)
{
    for (size_t i = 0; i < ledger->count; i++)
        start[ledger->booking_day[i] - first + 1]++;
    for (size_t day = 1; day <= days; day++)
        start[day] += start[day - 1];
    for (uint32_t i = 0; i < ledger->count; i++)
        order[start[ledger->booking_day[i] - first]++] = i;
}

static void sort_by_second(const trail_ledger *ledger, uint32_t *order, size_t count,
                           uint32_t *start, uint32_t *copy)
{
    memset(start, 0, (SECONDS + 1) * sizeof *start);
    memcpy(copy, order, count * sizeof *copy);
    for (size_t i = 0; i < count; i++)
        start[ledger->booking_second[copy[i]] + 2]++;
    for (size_t second = 1; second <= SECONDS; second++)
        start[second] += start[second - 1];
    for (size_t i = 0; i < count; i++)
        order[start[ledger->booking_second[copy[i]] + 1]++] = copy[i];
}

static bool has_times(const trail_ledger *ledger, const uint32_t *order, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (ledger->booking_second[order[i]] != TRAIL_NO_TIME) return true;
    }
    return false;
}

trail_status trail_time_sort(trail_ledger *ledger, trail_error *err)
{
    uint32_t *order = NULL, *day_end = NULL, *seconds = NULL, *copy = NULL;
    size_t copy_room = 0;
    day_span span;
    if (ledger->count == 0 || is_sorted(ledger, &span)) return TRAIL_OK;
    trail_status status = trail_alloc_zeroed(&order, ledger->count, sizeof *order, err);
    if (status == TRAIL_OK)
        status = trail_alloc_zeroed(&day_end, span.count + 1, sizeof *day_end, err);
    if (status == TRAIL_OK)
        status = trail_alloc_zeroed(&seconds, SECONDS + 1, sizeof *seconds, err);
    if (status != TRAIL_OK) goto cleanup;
    sort_by_day(ledger, span.first, day_end, span.count, order);
    for (size_t day = 0; day < span.count && status == TRAIL_OK; day++) {
        size_t first = day == 0 ? 0 : day_end[day - 1], count = day_end[day] - first;
        if (count < 2 || !has_times(ledger, order + first, count)) continue;
        status = trail_grow(&copy, &copy_room, count, sizeof *copy, err);
        if (status == TRAIL_OK) sort_by_second(ledger, order + first, count, seconds, copy);
    }
    trail_free(copy);
    copy = NULL;
    if (status == TRAIL_OK) status = trail_ledger_permute(ledger, order, err);
cleanup:
    trail_free(order);
    trail_free(day_end);
    trail_free(seconds);
    trail_free(copy);
    return status;
}
