/* Linear probing over a power of two, at most 3/4 full; nothing is ever removed. */
#include "base/map64.h"

#include "base/memory.h"
#include "base/wide.h"

#define FIRST_CAPACITY 16

/* The key's place, or the free place where it belongs. Needs capacity > count. */
static size_t place_of(const trail_map64 *map, uint64_t key)
{
    size_t mask = map->capacity - 1;
    size_t at =
        (size_t)trail_wide_fold(key ^ UINT64_C(0x9E3779B97F4A7C15), UINT64_C(0xD6E8FEB86659FD93)) &
        mask;
    while (map->used[at] && map->keys[at] != key)
        at = (at + 1) & mask;
    return at;
}

void trail_map64_clear(trail_map64 *map)
{
    trail_free(map->keys);
    trail_free(map->values);
    trail_free(map->used);
    *map = (trail_map64){0};
}

static trail_status widen(trail_map64 *map, trail_error *err)
{
    trail_status status;
    trail_map64 wider = {.count = map->count,
                         .capacity = map->capacity == 0 ? FIRST_CAPACITY : map->capacity * 2};

    if ((status = trail_alloc_zeroed(&wider.keys, wider.capacity, sizeof *wider.keys, err)) !=
        TRAIL_OK)
        goto cleanup;
    if ((status = trail_alloc_zeroed(&wider.values, wider.capacity, sizeof *wider.values, err)) !=
        TRAIL_OK)
        goto cleanup;
    if ((status = trail_alloc_zeroed(&wider.used, wider.capacity, sizeof *wider.used, err)) !=
        TRAIL_OK)
        goto cleanup;
    for (size_t i = 0; i < map->capacity; i++) {
        if (!map->used[i]) continue;
        size_t at = place_of(&wider, map->keys[i]);
        wider.keys[at] = map->keys[i];
        wider.values[at] = map->values[i];
        wider.used[at] = 1;
    }
    trail_map64 narrow = *map;
    *map = wider;
    wider = narrow;
cleanup:
    trail_map64_clear(&wider);
    return status;
}

uint32_t *trail_map64_at(trail_map64 *map, uint64_t key, uint32_t fresh, trail_error *err)
{
    if ((map->count + 1) > map->capacity - map->capacity / 4 && widen(map, err) != TRAIL_OK)
        return NULL;
    size_t at = place_of(map, key);
    if (!map->used[at]) {
        map->used[at] = 1;
        map->keys[at] = key;
        map->values[at] = fresh;
        map->count++;
    }
    return &map->values[at];
}

bool trail_map64_find(const trail_map64 *map, uint64_t key, uint32_t *value)
{
    if (map->count == 0) return false;
    size_t at = place_of(map, key);
    if (!map->used[at]) return false;
    *value = map->values[at];
    return true;
}
