/* Routes in the making, best first: a heap over a tree of steps. The best has the largest amount
 * got through so far; among equals the first in payment order, a beginning before its
 * continuations. An amount never grows along a route, so ends come out in their final rank. */
#ifndef TRAIL_PATHS_ROUTE_QUEUE_H
#define TRAIL_PATHS_ROUTE_QUEUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/attributes.h"
#include "base/vector.h"
#include "paths/route.h"

#define TRAIL_NO_PARTIAL UINT32_MAX

typedef struct trail_partial {
    int64_t got_through_minor;
    uint32_t parent; /* TRAIL_NO_PARTIAL for a first step */
    uint32_t payment;
    uint32_t step_count;
} trail_partial;

typedef struct trail_route_queue {
    trail_vector partials; /* of trail_partial; never removed until reset */
    uint32_t *heap;
    size_t heap_count, heap_capacity;
} trail_route_queue;

void trail_route_queue_init(trail_route_queue *queue);
void trail_route_queue_clear(trail_route_queue *queue);
void trail_route_queue_reset(trail_route_queue *queue); /* empty, memory kept */

trail_status trail_route_queue_push(trail_route_queue *queue, const trail_partial *partial,
                                    trail_error *err) TRAIL_MUST_CHECK;
/* False when empty. */
bool trail_route_queue_pop(trail_route_queue *queue, uint32_t *partial);
/* The partial's payments in order; returns how many. */
uint32_t trail_route_queue_payments(const trail_route_queue *queue, uint32_t partial,
                                    uint32_t payments[TRAIL_ROUTE_STEP_LIMIT]);

#endif
