/* uint64 -> uint32, open addressing. Any key and any value are allowed. {0} is an empty map. */
#ifndef TRAIL_BASE_MAP64_H
#define TRAIL_BASE_MAP64_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/attributes.h"

typedef struct trail_map64 {
    uint64_t *keys;
    uint32_t *values;
    uint8_t *used;
    size_t count;
    size_t capacity;
} trail_map64;

void trail_map64_clear(trail_map64 *map);
/* The value's place, a new one holding `fresh` if the key was absent; NULL with err set when out
 * of memory. Valid until the next call. */
uint32_t *trail_map64_at(trail_map64 *map, uint64_t key, uint32_t fresh,
                         trail_error *err) TRAIL_MUST_CHECK;
bool trail_map64_find(const trail_map64 *map, uint64_t key, uint32_t *value);

#endif
