/* Memory that is freed all at once: parsed trees, names of a case file. Pointers stay put. */
#ifndef TRAIL_BASE_ARENA_H
#define TRAIL_BASE_ARENA_H

#include <stddef.h>

#include <moneytrail/error.h>

#include "base/text.h"

typedef struct trail_arena {
    struct trail_arena_block *newest;
} trail_arena; /* {0} is an empty arena */

void trail_arena_clear(trail_arena *arena);
/* `size` zeroed bytes aligned for any type, or NULL with err set. */
void *trail_arena_alloc(trail_arena *arena, size_t size, trail_error *err) TRAIL_MUST_CHECK;
/* A NUL-terminated copy, or NULL with err set. */
char *trail_arena_copy(trail_arena *arena, trail_slice text, trail_error *err) TRAIL_MUST_CHECK;

#endif
