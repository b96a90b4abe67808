#include "base/vector.h"

#include <assert.h>
#include <string.h>

#include "base/memory.h"

trail_vector trail_vector_of(size_t item_size)
{
    return (trail_vector){.item_size = item_size};
}

void trail_vector_clear(trail_vector *vector)
{
    trail_free(vector->items);
    *vector = trail_vector_of(vector->item_size);
}

void *trail_vector_add(trail_vector *vector, trail_error *err)
{
    assert(vector->item_size > 0);
    if (trail_grow(&vector->items, &vector->capacity, vector->count + 1, vector->item_size, err) !=
        TRAIL_OK)
        return NULL;
    void *item = trail_vector_at(vector, vector->count++);
    return memset(item, 0, vector->item_size);
}

trail_status trail_vector_push(trail_vector *vector, const void *item, trail_error *err)
{
    void *place = trail_vector_add(vector, err);
    if (place == NULL) return TRAIL_NO_MEMORY;
    memcpy(place, item, vector->item_size);
    return TRAIL_OK;
}

void *trail_vector_at(const trail_vector *vector, size_t index)
{
    return (char *)vector->items + index * vector->item_size;
}
