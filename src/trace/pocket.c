/* Rings of layers, pooled by size, and the three ways to keep them. Merging at the tail keeps the
 * queues short (1.5 live layers an account on dense tables), so rings start with two layers. */
#include "trace/pocket.h"

#include <string.h>

#include "base/memory.h"
#include "trace/mix.h"

#define BLOCK_LAYERS ((size_t)1 << 14)

void trail_layer_pool_init(trail_layer_pool *pool)
{
    *pool = (trail_layer_pool){.blocks = trail_vector_of(sizeof(void *))};
}

void trail_layer_pool_clear(trail_layer_pool *pool)
{
    for (size_t i = 0; i < pool->blocks.count; i++)
        trail_free(*(void **)trail_vector_at(&pool->blocks, i));
    trail_vector_clear(&pool->blocks);
    *pool = (trail_layer_pool){.blocks = pool->blocks};
}

static unsigned class_of(uint32_t room)
{
    unsigned class = 0;
    while (((uint32_t)1 << class) < room)
        class ++;
    return class;
}

static trail_layer *take_block(trail_layer_pool *pool, size_t layers, trail_error *err)
{
    void **slot = trail_vector_add(&pool->blocks, err);
    if (slot == NULL) return NULL;
    trail_layer *block = NULL;
    if (trail_alloc_zeroed(&block, layers, sizeof *block, err) != TRAIL_OK) return NULL;
    *slot = block;
    return block;
}

static trail_layer *take_ring(trail_layer_pool *pool, uint32_t room, trail_error *err)
{
    unsigned class = class_of(room);
    trail_layer *ring = pool->spare[class];
    if (ring != NULL) {
        memcpy(&pool->spare[class], (const void *)ring, sizeof(void *));
        return ring;
    }
    if (room > BLOCK_LAYERS / 4) return take_block(pool, room, err);
    if (pool->fresh_left < room) {
        pool->fresh_left = 0;
        pool->fresh = take_block(pool, BLOCK_LAYERS, err);
        if (pool->fresh == NULL) return NULL;
        pool->fresh_left = BLOCK_LAYERS;
    }
    ring = pool->fresh;
    pool->fresh += room;
    pool->fresh_left -= room;
    return ring;
}

static void give_ring(trail_layer_pool *pool, trail_layer *ring, uint32_t room)
{
    unsigned class = class_of(room);
    memcpy((void *)ring, &pool->spare[class], sizeof(void *));
    pool->spare[class] = ring;
}

static trail_status grow_lane(trail_lane *lane, trail_layer_pool *pool, trail_error *err)
{
    uint32_t room = lane->room == 0 ? 2 : lane->room * 2;
    trail_layer *ring = take_ring(pool, room, err);
    if (ring == NULL) return TRAIL_NO_MEMORY;
    for (uint32_t i = 0; i < lane->count; i++)
        ring[i] = *trail_lane_at(lane, i);
    if (lane->ring != NULL) give_ring(pool, lane->ring, lane->room);
    lane->ring = ring;
    lane->head = 0;
    lane->room = room;
    return TRAIL_OK;
}

trail_status trail_lane_insert(trail_lane *lane, trail_layer_pool *pool, uint32_t index,
                               const trail_layer *layer, trail_error *err)
{
    if (lane->count == lane->room) {
        trail_status status = grow_lane(lane, pool, err);
        if (status != TRAIL_OK) return status;
    }
    lane->count++;
    for (uint32_t i = lane->count - 1; i > index; i--)
        *trail_lane_at(lane, i) = *trail_lane_at(lane, i - 1);
    *trail_lane_at(lane, index) = *layer;
    return TRAIL_OK;
}

void trail_lane_release(trail_lane *lane, trail_layer_pool *pool)
{
    if (lane->ring != NULL) give_ring(pool, lane->ring, lane->room);
    *lane = (trail_lane){0};
}

trail_status trail_lane_take_oldest(trail_lane *lane, int64_t *amount_minor, trail_parts *parts,
                                    trail_error *err)
{
    while (*amount_minor > 0 && lane->count > 0) {
        trail_layer *layer = trail_lane_at(lane, 0);
        int64_t part = layer->amount_minor <= *amount_minor ? layer->amount_minor : *amount_minor;
        trail_status status = trail_parts_add(parts, part, layer->origin, layer->place, err);
        if (status != TRAIL_OK) return status;
        layer->amount_minor -= part;
        *amount_minor -= part;
        if (layer->amount_minor > 0) break;
        lane->head = (lane->head + 1) & (lane->room - 1);
        lane->count--;
    }
    return TRAIL_OK;
}

trail_status trail_lane_take_newest(trail_lane *lane, int64_t *amount_minor, trail_parts *parts,
                                    trail_error *err)
{
    while (*amount_minor > 0 && lane->count > 0) {
        trail_layer *layer = trail_lane_at(lane, lane->count - 1);
        int64_t part = layer->amount_minor <= *amount_minor ? layer->amount_minor : *amount_minor;
        trail_status status = trail_parts_add(parts, part, layer->origin, layer->place, err);
        if (status != TRAIL_OK) return status;
        layer->amount_minor -= part;
        *amount_minor -= part;
        if (layer->amount_minor == 0) lane->count--;
    }
    return TRAIL_OK;
}

static trail_lane *lane_of(trail_pocket *pocket, trail_keeping keeping, uint32_t origin)
{
    bool second = keeping == TRAIL_KEEP_TWO_LANES && origin >= TRAIL_FIRST_SOURCE;
    return &pocket->lanes[second ? 1 : 0];
}

trail_status trail_pocket_append(trail_pocket *pocket, trail_keeping keeping,
                                 trail_layer_pool *pool, uint32_t origin, int64_t amount_minor,
                                 trail_error *err)
{
    if (amount_minor == 0) return TRAIL_OK;
    trail_layer layer = {amount_minor, origin, origin};
    if (keeping == TRAIL_KEEP_BLEND)
        return trail_pocket_put_back(pocket, keeping, pool, &layer, err);
    trail_lane *lane = lane_of(pocket, keeping, origin);
    if (lane->count > 0 && pocket->awaited == 0) {
        trail_layer *newest = trail_lane_at(lane, lane->count - 1);
        if (newest->origin == origin) {
            newest->amount_minor += amount_minor;
            return TRAIL_OK;
        }
    }
    layer.place = pocket->next_place++;
    return trail_lane_insert(lane, pool, lane->count, &layer, err);
}

trail_status trail_pocket_blend_in(trail_pocket *pocket, trail_layer_pool *pool,
                                   const trail_layer *part, uint32_t *from, trail_error *err)
{
    trail_lane *lane = &pocket->lanes[0];
    uint32_t at = *from;
    if (at > 0 && trail_lane_at(lane, at - 1)->place > part->origin) at = 0;
    while (at < lane->count && trail_lane_at(lane, at)->place < part->origin)
        at++;
    *from = at;
    if (at < lane->count && trail_lane_at(lane, at)->place == part->origin) {
        trail_lane_at(lane, at)->amount_minor += part->amount_minor;
        return TRAIL_OK;
    }
    trail_layer layer = {part->amount_minor, part->origin, part->origin};
    return trail_lane_insert(lane, pool, at, &layer, err);
}

trail_status trail_pocket_put_back(trail_pocket *pocket, trail_keeping keeping,
                                   trail_layer_pool *pool, const trail_layer *part,
                                   trail_error *err)
{
    trail_layer layer = *part;
    if (keeping == TRAIL_KEEP_BLEND) layer.place = layer.origin;
    trail_lane *lane = lane_of(pocket, keeping, layer.origin);
    uint32_t low = 0, high = lane->count; /* first layer not below the place */
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (trail_lane_at(lane, middle)->place < layer.place)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < lane->count && trail_lane_at(lane, low)->place == layer.place; low++) {
        trail_layer *same = trail_lane_at(lane, low);
        if (same->origin != layer.origin) continue;
        same->amount_minor += layer.amount_minor;
        return TRAIL_OK;
    }
    return trail_lane_insert(lane, pool, low, &layer, err);
}

trail_status trail_pocket_blend(trail_pocket *pocket, trail_layer_pool *pool, trail_error *err)
{
    trail_lane queue = pocket->lanes[0];
    trail_status status = TRAIL_OK;
    pocket->lanes[0] = (trail_lane){0};
    for (uint32_t i = 0; i < queue.count && status == TRAIL_OK; i++)
        status =
            trail_pocket_put_back(pocket, TRAIL_KEEP_BLEND, pool, trail_lane_at(&queue, i), err);
    trail_lane_release(&queue, pool);
    return status;
}

trail_status trail_parts_add(trail_parts *parts, int64_t amount_minor, uint32_t origin,
                             uint32_t place, trail_error *err)
{
    if (amount_minor == 0) return TRAIL_OK;
    if (parts->count > 0) {
        trail_layer *last = &parts->items[parts->count - 1];
        if (last->origin == origin && (!parts->keep_places || last->place == place)) {
            last->amount_minor += amount_minor;
            return TRAIL_OK;
        }
    }
    if (parts->count == parts->capacity) {
        trail_status status = trail_grow(&parts->items, &parts->capacity, parts->count + 1,
                                         sizeof *parts->items, err);
        if (status != TRAIL_OK) return status;
    }
    parts->items[parts->count++] = (trail_layer){amount_minor, origin, place};
    return TRAIL_OK;
}

void trail_parts_reset(trail_parts *parts)
{
    parts->count = 0;
    parts->keep_places = false;
}

void trail_parts_clear(trail_parts *parts)
{
    trail_free(parts->items);
    *parts = (trail_parts){0};
}

bool trail_parts_tainted(const trail_parts *parts)
{
    for (size_t i = 0; i < parts->count; i++) {
        if (parts->items[i].origin >= TRAIL_FIRST_SOURCE) return true;
    }
    return false;
}

int64_t trail_parts_sum(const trail_parts *parts)
{
    int64_t sum = 0;
    for (size_t i = 0; i < parts->count; i++)
        sum += parts->items[i].amount_minor;
    return sum;
}
