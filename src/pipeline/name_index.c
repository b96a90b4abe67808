#include "pipeline/name_index.h"

#include "pipeline/mistakes.h"

trail_status trail_name_index_init(trail_name_index *index, trail_error *err)
{
    *index = (trail_name_index){.items = trail_vector_of(sizeof(size_t))};
    return trail_strings_new(&index->strings, err);
}

void trail_name_index_clear(trail_name_index *index)
{
    trail_strings_free(index->strings);
    trail_vector_clear(&index->items);
    index->strings = NULL;
}

trail_status trail_name_index_put(trail_name_index *index, trail_slice name, size_t item,
                                  size_t *earlier, trail_error *err)
{
    const size_t none = TRAIL_NO_NAME;
    uint32_t id = 0;
    size_t *known = NULL;
    trail_status status = trail_strings_put(index->strings, name, &id, err);
    if (status != TRAIL_OK) return status;
    while (index->items.count <= id) {
        if ((status = trail_vector_push(&index->items, &none, err)) != TRAIL_OK) return status;
    }
    known = trail_vector_at(&index->items, id);
    *earlier = *known;
    if (*known == TRAIL_NO_NAME) *known = item;
    return TRAIL_OK;
}

size_t trail_name_index_find(const trail_name_index *index, const char *name)
{
    uint32_t id = trail_strings_find(index->strings, trail_slice_of(name));
    if (id == UINT32_MAX || id >= index->items.count) return TRAIL_NO_NAME;
    return *(size_t *)trail_vector_at(&index->items, id);
}

const char *trail_name_index_nearest(const trail_name_index *index, const char *name)
{
    const char *nearest = NULL;
    size_t best = SIZE_MAX;
    for (uint32_t id = 1; id < trail_strings_count(index->strings); id++) {
        const char *candidate = trail_strings_get(index->strings, id).start;
        if (trail_is_nearer(name, candidate, &best)) nearest = candidate;
    }
    return nearest;
}
