#include "base/arena.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/failure.h"
#include "base/memory.h"

#define BLOCK_BYTES ((size_t)16 * 1024)

struct trail_arena_block {
    struct trail_arena_block *older;
    size_t used;
    size_t capacity;
    max_align_t bytes[];
};

void trail_arena_clear(trail_arena *arena)
{
    while (arena->newest != NULL) {
        struct trail_arena_block *older = arena->newest->older;
        trail_free(arena->newest);
        arena->newest = older;
    }
}

static struct trail_arena_block *block_with(trail_arena *arena, size_t size)
{
    struct trail_arena_block *block = arena->newest;
    if (block != NULL && size <= block->capacity - block->used) return block;
    size_t capacity = size > BLOCK_BYTES / 4 ? size : BLOCK_BYTES;
    block = trail_alloc(NULL, sizeof *block + capacity);
    if (block == NULL) return NULL;
    block->used = 0;
    block->capacity = capacity;
    /* A large block of its own goes behind the newest, whose free space stays in use. */
    if (capacity != BLOCK_BYTES && arena->newest != NULL) {
        block->older = arena->newest->older;
        arena->newest->older = block;
    } else {
        block->older = arena->newest;
        arena->newest = block;
    }
    return block;
}

void *trail_arena_alloc(trail_arena *arena, size_t size, trail_error *err)
{
    const size_t unit = sizeof(max_align_t);
    if (size > SIZE_MAX / 4) {
        (void)trail_fail_memory(err);
        return NULL;
    }
    size = size == 0 ? unit : (size + unit - 1) / unit * unit;
    struct trail_arena_block *block = block_with(arena, size);
    if (block == NULL) {
        (void)trail_fail_memory(err);
        return NULL;
    }
    char *place = (char *)block->bytes + block->used;
    block->used += size;
    return memset(place, 0, size);
}

char *trail_arena_copy(trail_arena *arena, trail_slice text, trail_error *err)
{
    char *copy = trail_arena_alloc(arena, text.length + 1, err);
    if (copy != NULL && text.length > 0) memcpy(copy, text.start, text.length);
    return copy;
}
