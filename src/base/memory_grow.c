#include "base/memory.h"

#include <stdint.h>
#include <string.h>

#include "base/failure.h"

#define FIRST_BYTES 64

trail_status trail_alloc_zeroed(void *out_pointer, size_t count, size_t item_size, trail_error *err)
{
    if (count == 0) count = 1;
    if (item_size == 0 || count > SIZE_MAX / 2 / item_size) return trail_fail_memory(err);
    void *items = trail_alloc(NULL, count * item_size);
    if (items == NULL) return trail_fail_memory(err);
    memset(items, 0, count * item_size);
    memcpy(out_pointer, &items, sizeof items);
    return TRAIL_OK;
}

trail_status trail_grow(void *items_pointer, size_t *capacity, size_t needed, size_t item_size,
                        trail_error *err)
{
    if (needed <= *capacity) return TRAIL_OK;
    size_t most = SIZE_MAX / 2 / item_size;
    if (needed > most) return trail_fail_memory(err);
    size_t wanted = *capacity <= most / 2 ? *capacity * 2 : most;
    if (wanted < FIRST_BYTES / item_size) wanted = FIRST_BYTES / item_size;
    if (wanted < needed) wanted = needed;
    void *items;
    memcpy(&items, items_pointer, sizeof items);
    items = trail_alloc(items, wanted * item_size);
    if (items == NULL) return trail_fail_memory(err);
    memcpy(items_pointer, &items, sizeof items);
    *capacity = wanted;
    return TRAIL_OK;
}
