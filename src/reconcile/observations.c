#include "reconcile/observations.h"

#include "base/sort.h"

static int compare_observations(const void *context, const void *first, const void *second)
{
    (void)context;
    const trail_observation *a = first, *b = second;
    if (a->account != b->account) return a->account < b->account ? -1 : 1;
    if (a->from_day != b->from_day) return a->from_day < b->from_day ? -1 : 1;
    if (a->to_day != b->to_day) return a->to_day < b->to_day ? -1 : 1;
    return a->file < b->file ? -1 : a->file > b->file;
}

trail_status trail_observations_settle(trail_ledger *ledger, trail_error *err)
{
    trail_observation *observations = ledger->observations.items;
    trail_status status = trail_sort_items(observations, ledger->observations.count,
                                           sizeof *observations, compare_observations, NULL, err);
    if (status != TRAIL_OK) return status;
    size_t kept = 0;
    for (size_t i = 0; i < ledger->observations.count; i++) {
        if (kept > 0 && compare_observations(NULL, &observations[kept - 1], &observations[i]) == 0)
            continue;
        observations[kept++] = observations[i];
    }
    ledger->observations.count = kept;
    return TRAIL_OK;
}
