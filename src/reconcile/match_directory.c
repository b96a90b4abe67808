#include "reconcile/match_directory.h"

#include "base/memory.h"
#include "base/sort.h"

/* Legs already stand by (day, amount), and the sort is stable. */
static int by_account(const void *context, uint32_t a, uint32_t b)
{
    const trail_match_leg *legs = context;
    if (legs[a].own != legs[b].own) return legs[a].own < legs[b].own ? -1 : 1;
    if (legs[a].currency != legs[b].currency) return legs[a].currency < legs[b].currency ? -1 : 1;
    return 0;
}

trail_status trail_match_directory_make(trail_match_directory *directory,
                                        const trail_match_legs *legs, bool credit, trail_error *err)
{
    uint32_t count = credit ? legs->credit_count : legs->debit_count;
    *directory = (trail_match_directory){.legs = legs->legs};
    trail_status status =
        trail_alloc_zeroed(&directory->places, count, sizeof *directory->places, err);
    if (status != TRAIL_OK) return status;
    for (uint32_t i = 0; i < legs->count; i++) {
        if (legs->legs[i].credit == credit) directory->places[directory->count++] = i;
    }
    status = trail_sort_numbers(directory->places, directory->count, by_account, legs->legs, err);
    if (status != TRAIL_OK) trail_match_directory_clear(directory);
    return status;
}

void trail_match_directory_clear(trail_match_directory *directory)
{
    trail_free(directory->places);
    *directory = (trail_match_directory){.count = 0};
}

uint32_t trail_match_directory_from(const trail_match_directory *directory, uint32_t own,
                                    trail_currency currency, int32_t day, int64_t amount_minor)
{
    uint32_t low = 0, high = directory->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const trail_match_leg *leg = &directory->legs[directory->places[middle]];
        bool before = leg->own != own             ? leg->own < own
                      : leg->currency != currency ? leg->currency < currency
                      : leg->day != day           ? leg->day < day
                                                  : leg->amount_minor < amount_minor;
        if (before)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}
