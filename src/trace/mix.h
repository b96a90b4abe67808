/* What part of each origin goes when an amount is shared in proportion (domain B8.1): one object a
 * tracing pass, used again and again. */
#ifndef TRAIL_TRACE_MIX_H
#define TRAIL_TRACE_MIX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/attributes.h"

/* Whose units a layer holds: one of these, or TRAIL_FIRST_SOURCE + index of the proceeds. */
enum { TRAIL_UNITS_UNKNOWN = 0, TRAIL_UNITS_CLEAN = 1, TRAIL_FIRST_SOURCE = 2 };

typedef struct trail_mix_share {
    int64_t total_minor;  /* counted */
    int64_t taken_minor;  /* of it goes */
    int64_t passed_minor; /* already walked over, while spreading */
    bool touched;
} trail_mix_share;

typedef struct trail_mix_rank {
    int64_t fraction;
    uint32_t origin;
} trail_mix_rank;

typedef struct trail_mix {
    trail_mix_share *shares; /* by origin */
    uint32_t *touched;       /* origins counted, ascending after trail_mix_take */
    trail_mix_rank *ranked;
    uint32_t touched_count;
    int64_t total_minor;
} trail_mix; /* {0} is clearable */

trail_status trail_mix_init(trail_mix *mix, size_t source_count, trail_error *err) TRAIL_MUST_CHECK;
void trail_mix_clear(trail_mix *mix);

/* Count the fragments of a list (amounts > 0; their sum must fit int64), then take. O(1) each. */
void trail_mix_begin(trail_mix *mix);
void trail_mix_count(trail_mix *mix, uint32_t origin, int64_t amount_minor);

/* Sets taken_minor of each origin for `amount` out of the total counted: all tainted together
 * half_up(amount·T/total); between sources the floor, the units left to the largest fractions,
 * ties to the source declared first; the rest to unknown and clean in proportion. `amount` may
 * exceed the total: a conversion scales. Total 0 takes nothing. O(origins log origins). */
void trail_mix_take(trail_mix *mix, int64_t amount_minor);

/* Walking the same list again in order: how much of what is taken falls on this fragment. In
 * proportion (cumulated and rounded down, so that an origin's fragments sum to its taken_minor), or
 * all from the earliest fragments. */
int64_t trail_mix_spread(trail_mix *mix, uint32_t origin, int64_t amount_minor);
int64_t trail_mix_earliest(trail_mix *mix, uint32_t origin, int64_t amount_minor);

#endif
