/* Sharing an amount between origins in whole minor units.
 *
 * Source: domain B8.1; the largest-remainder method. With amount <= total no origin gives more than
 * it has: an extra unit goes only to a fraction that is not zero, and half-up never lifts the
 * tainted part over its total, nor the rest over the untainted. */
#include "trace/mix.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/wide.h"

trail_status trail_mix_init(trail_mix *mix, size_t source_count, trail_error *err)
{
    *mix = (trail_mix){0};
    size_t origins = source_count + TRAIL_FIRST_SOURCE;
    trail_status status = trail_alloc_zeroed(&mix->shares, origins, sizeof *mix->shares, err);
    if (status == TRAIL_OK)
        status = trail_alloc_zeroed(&mix->touched, origins, sizeof *mix->touched, err);
    if (status == TRAIL_OK)
        status = trail_alloc_zeroed(&mix->ranked, origins, sizeof *mix->ranked, err);
    if (status != TRAIL_OK) trail_mix_clear(mix);
    return status;
}

void trail_mix_clear(trail_mix *mix)
{
    trail_free(mix->shares);
    trail_free(mix->touched);
    trail_free(mix->ranked);
    *mix = (trail_mix){0};
}

void trail_mix_begin(trail_mix *mix)
{
    for (uint32_t i = 0; i < mix->touched_count; i++)
        mix->shares[mix->touched[i]] = (trail_mix_share){0};
    mix->touched_count = 0;
    mix->total_minor = 0;
}

void trail_mix_count(trail_mix *mix, uint32_t origin, int64_t amount_minor)
{
    trail_mix_share *share = &mix->shares[origin];
    if (!share->touched) {
        share->touched = true;
        mix->touched[mix->touched_count++] = origin;
    }
    share->total_minor += amount_minor;
    mix->total_minor += amount_minor;
}

static int by_number(const void *a, const void *b)
{
    uint32_t first = *(const uint32_t *)a, second = *(const uint32_t *)b;
    return (first > second) - (first < second);
}

static int by_fraction(const void *a, const void *b)
{
    const trail_mix_rank *first = a, *second = b;
    if (first->fraction != second->fraction) return first->fraction > second->fraction ? -1 : 1;
    return (first->origin > second->origin) - (first->origin < second->origin);
}

/* Tainted units that go: each source the floor of its share, the `extra` sources of largest
 * fraction one unit more. */
static void take_tainted(trail_mix *mix, int64_t amount_minor, int64_t tainted_taken)
{
    int64_t extra = tainted_taken;
    size_t sources = 0;
    for (uint32_t i = 0; i < mix->touched_count; i++) {
        uint32_t origin = mix->touched[i];
        trail_mix_share *share = &mix->shares[origin];
        if (origin < TRAIL_FIRST_SOURCE) continue;
        share->taken_minor =
            trail_mul_div_floor(amount_minor, share->total_minor, mix->total_minor);
        extra -= share->taken_minor;
        mix->ranked[sources++] = (trail_mix_rank){
            trail_mul_mod(amount_minor, share->total_minor, mix->total_minor), origin};
    }
    if (extra == 0) return;
    if (sources > 1) qsort(mix->ranked, sources, sizeof *mix->ranked, by_fraction);
    for (size_t i = 0; i < sources && extra > 0; i++, extra--)
        mix->shares[mix->ranked[i].origin].taken_minor++;
}

void trail_mix_take(trail_mix *mix, int64_t amount_minor)
{
    if (mix->total_minor == 0) return;
    bool ascending = true;
    for (uint32_t i = 1; i < mix->touched_count; i++)
        ascending = ascending && mix->touched[i - 1] < mix->touched[i];
    if (!ascending) qsort(mix->touched, mix->touched_count, sizeof *mix->touched, by_number);

    int64_t unknown = mix->shares[TRAIL_UNITS_UNKNOWN].total_minor;
    int64_t clean = mix->shares[TRAIL_UNITS_CLEAN].total_minor;
    int64_t tainted = mix->total_minor - unknown - clean;
    int64_t tainted_taken = 0;
    if (tainted > 0) {
        tainted_taken = trail_mul_div_half_up(amount_minor, tainted, mix->total_minor);
        take_tainted(mix, amount_minor, tainted_taken);
    }
    if (unknown + clean == 0) return;
    int64_t rest = amount_minor - tainted_taken;
    int64_t unknown_taken = trail_mul_div_half_up(rest, unknown, unknown + clean);
    mix->shares[TRAIL_UNITS_UNKNOWN].taken_minor = unknown_taken;
    mix->shares[TRAIL_UNITS_CLEAN].taken_minor = rest - unknown_taken;
}

int64_t trail_mix_spread(trail_mix *mix, uint32_t origin, int64_t amount_minor)
{
    trail_mix_share *share = &mix->shares[origin];
    if (amount_minor == share->total_minor) return share->taken_minor; /* its only fragment */
    int64_t before =
        trail_mul_div_floor(share->taken_minor, share->passed_minor, share->total_minor);
    share->passed_minor += amount_minor;
    return trail_mul_div_floor(share->taken_minor, share->passed_minor, share->total_minor) -
           before;
}

int64_t trail_mix_earliest(trail_mix *mix, uint32_t origin, int64_t amount_minor)
{
    trail_mix_share *share = &mix->shares[origin];
    int64_t left = share->taken_minor - share->passed_minor;
    int64_t part = amount_minor < left ? amount_minor : left;
    share->passed_minor += part;
    return part;
}
