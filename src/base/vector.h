/* A growable array of one item type. Zero is an empty vector once item_size is set by
 * trail_vector_of; items move when it grows, so keep indices, not pointers. */
#ifndef TRAIL_BASE_VECTOR_H
#define TRAIL_BASE_VECTOR_H

#include <stddef.h>

#include <moneytrail/error.h>

#include "base/attributes.h"

typedef struct trail_vector {
    void *items;
    size_t count;
    size_t capacity;
    size_t item_size;
} trail_vector;

/* An empty vector of items of `item_size` bytes; allocates nothing. */
trail_vector trail_vector_of(size_t item_size);
void trail_vector_clear(trail_vector *vector);

/* Appends one zeroed item and returns it, or NULL with err set. */
void *trail_vector_add(trail_vector *vector, trail_error *err) TRAIL_MUST_CHECK;
/* Appends a copy of *item. */
trail_status trail_vector_push(trail_vector *vector, const void *item,
                               trail_error *err) TRAIL_MUST_CHECK;
/* Item `index` (must be < count). */
void *trail_vector_at(const trail_vector *vector, size_t index);

#endif
