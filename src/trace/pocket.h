/* Pockets: the money of one account in one currency as layers, oldest first. The one rule: layers
 * of a pocket are empty while its balance is not above zero (an overdraft stands apart, as the
 * negative balance). 64 bytes a pocket; rings of layers come from a pool of its pass. */
#ifndef TRAIL_TRACE_POCKET_H
#define TRAIL_TRACE_POCKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/attributes.h"
#include "base/vector.h"

/* Units of one origin (trace/mix.h). `place` says where in its pocket it lies: ascending from the
 * oldest, so that a returned part finds its place again. */
typedef struct trail_layer {
    int64_t amount_minor; /* > 0 */
    uint32_t origin;
    uint32_t place;
} trail_layer;

#define TRAIL_PLACE_BANK UINT32_MAX /* a part the bank lent: never lay in the pocket */

/* A double-ended queue of layers in a ring of a power of two. */
typedef struct trail_lane {
    trail_layer *ring;
    uint32_t head, count, room;
} trail_lane;

typedef enum trail_keeping {
    TRAIL_KEEP_QUEUE,     /* lane 0, in order of arrival; equal neighbours merged */
    TRAIL_KEEP_TWO_LANES, /* lane 0 untainted, lane 1 tainted, each in order of arrival */
    TRAIL_KEEP_BLEND      /* lane 0, one layer an origin, by origin: place is the origin */
} trail_keeping;

typedef struct trail_pocket {
    trail_lane lanes[2];
    int64_t balance_minor; /* sum of layers, or minus the overdraft */
    uint32_t next_place;
    uint32_t awaited; /* debits whose return is still to come: no merging meanwhile */
} trail_pocket;

#define TRAIL_RING_CLASSES 32
typedef struct trail_layer_pool {
    trail_vector blocks; /* of void * */
    trail_layer *fresh;
    size_t fresh_left;
    trail_layer *spare[TRAIL_RING_CLASSES]; /* freed rings by size, linked through their bytes */
} trail_layer_pool;

/* Parts of money on their way, in the order they left. */
typedef struct trail_parts {
    trail_layer *items;
    size_t count, capacity;
    bool keep_places; /* neighbours of one origin stay apart when their places differ */
} trail_parts;

void trail_layer_pool_init(trail_layer_pool *pool);
void trail_layer_pool_clear(trail_layer_pool *pool); /* all rings of its lanes go with it */

static inline trail_layer *trail_lane_at(const trail_lane *lane, uint32_t index)
{
    return &lane->ring[(lane->head + index) & (lane->room - 1)];
}

/* O(1) amortised at the end; O(layers behind) elsewhere. */
trail_status trail_lane_insert(trail_lane *lane, trail_layer_pool *pool, uint32_t index,
                               const trail_layer *layer, trail_error *err) TRAIL_MUST_CHECK;
void trail_lane_release(trail_lane *lane, trail_layer_pool *pool); /* empty, ring given back */
/* Move up to *amount out of the lane into parts; *amount is what is still missing. */
trail_status trail_lane_take_oldest(trail_lane *lane, int64_t *amount_minor, trail_parts *parts,
                                    trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_lane_take_newest(trail_lane *lane, int64_t *amount_minor, trail_parts *parts,
                                    trail_error *err) TRAIL_MUST_CHECK;

/* Units that come in: on top. The balance is the caller's to change. */
trail_status trail_pocket_append(trail_pocket *pocket, trail_keeping keeping,
                                 trail_layer_pool *pool, uint32_t origin, int64_t amount_minor,
                                 trail_error *err) TRAIL_MUST_CHECK;
/* Several in a row, TRAIL_KEEP_BLEND, ascending by origin where possible: *from (0 at first)
 * remembers the place, so that both lists are walked once. */
trail_status trail_pocket_blend_in(trail_pocket *pocket, trail_layer_pool *pool,
                                   const trail_layer *part, uint32_t *from,
                                   trail_error *err) TRAIL_MUST_CHECK;
/* Units that come back to where they lay (`part->place`). */
trail_status trail_pocket_put_back(trail_pocket *pocket, trail_keeping keeping,
                                   trail_layer_pool *pool, const trail_layer *part,
                                   trail_error *err) TRAIL_MUST_CHECK;

/* From TRAIL_KEEP_QUEUE to TRAIL_KEEP_BLEND. */
trail_status trail_pocket_blend(trail_pocket *pocket, trail_layer_pool *pool,
                                trail_error *err) TRAIL_MUST_CHECK;

/* Amount 0 adds nothing. */
trail_status trail_parts_add(trail_parts *parts, int64_t amount_minor, uint32_t origin,
                             uint32_t place, trail_error *err) TRAIL_MUST_CHECK;
void trail_parts_reset(trail_parts *parts); /* count 0, memory kept */
void trail_parts_clear(trail_parts *parts);
bool trail_parts_tainted(const trail_parts *parts);
int64_t trail_parts_sum(const trail_parts *parts);

#endif
