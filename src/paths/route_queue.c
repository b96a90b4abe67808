#include "paths/route_queue.h"

#include "base/memory.h"

void trail_route_queue_init(trail_route_queue *queue)
{
    *queue = (trail_route_queue){.partials = trail_vector_of(sizeof(trail_partial))};
}

void trail_route_queue_clear(trail_route_queue *queue)
{
    trail_vector_clear(&queue->partials);
    trail_free(queue->heap);
    trail_route_queue_init(queue);
}

void trail_route_queue_reset(trail_route_queue *queue)
{
    queue->partials.count = 0;
    queue->heap_count = 0;
}

uint32_t trail_route_queue_payments(const trail_route_queue *queue, uint32_t partial,
                                    uint32_t payments[TRAIL_ROUTE_STEP_LIMIT])
{
    const trail_partial *partials = queue->partials.items;
    uint32_t count = partials[partial].step_count;
    for (uint32_t at = partial, i = count; i-- > 0; at = partials[at].parent)
        payments[i] = partials[at].payment;
    return count;
}

static bool comes_before(const trail_route_queue *queue, uint32_t a, uint32_t b)
{
    const trail_partial *partials = queue->partials.items;
    if (partials[a].got_through_minor != partials[b].got_through_minor)
        return partials[a].got_through_minor > partials[b].got_through_minor;
    uint32_t first[TRAIL_ROUTE_STEP_LIMIT], second[TRAIL_ROUTE_STEP_LIMIT];
    uint32_t first_count = trail_route_queue_payments(queue, a, first);
    uint32_t second_count = trail_route_queue_payments(queue, b, second);
    for (uint32_t i = 0; i < first_count && i < second_count; i++)
        if (first[i] != second[i]) return first[i] < second[i];
    return first_count < second_count;
}

trail_status trail_route_queue_push(trail_route_queue *queue, const trail_partial *partial,
                                    trail_error *err)
{
    trail_status status = trail_grow(&queue->heap, &queue->heap_capacity, queue->heap_count + 1,
                                     sizeof *queue->heap, err);
    if (status != TRAIL_OK) return status;
    uint32_t number = (uint32_t)queue->partials.count;
    status = trail_vector_push(&queue->partials, partial, err);
    if (status != TRAIL_OK) return status;
    size_t at = queue->heap_count++;
    while (at > 0 && comes_before(queue, number, queue->heap[(at - 1) / 2])) {
        queue->heap[at] = queue->heap[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    queue->heap[at] = number;
    return TRAIL_OK;
}

bool trail_route_queue_pop(trail_route_queue *queue, uint32_t *partial)
{
    if (queue->heap_count == 0) return false;
    *partial = queue->heap[0];
    uint32_t moved = queue->heap[--queue->heap_count];
    size_t at = 0;
    for (size_t child = 1; child < queue->heap_count; child = 2 * at + 1) {
        if (child + 1 < queue->heap_count &&
            comes_before(queue, queue->heap[child + 1], queue->heap[child]))
            child++;
        if (!comes_before(queue, queue->heap[child], moved)) break;
        queue->heap[at] = queue->heap[child];
        at = child;
    }
    if (queue->heap_count > 0) queue->heap[at] = moved;
    return true;
}
