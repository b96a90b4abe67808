/* Memory. Every allocation of the project goes through trail_alloc, so that a test can make the
 * first, second, ... one fail (linked with --wrap=trail_alloc). */
#ifndef TRAIL_BASE_MEMORY_H
#define TRAIL_BASE_MEMORY_H

#include <stddef.h>

#include <moneytrail/error.h>

#include "base/attributes.h"

/* Resizes `old` (NULL: allocates) to `size` > 0 bytes; contents kept, new bytes not zeroed.
 * Returns NULL when refused, and then `old` stays valid. Free with trail_free. */
void *trail_alloc(void *old, size_t size) TRAIL_MUST_CHECK;
void trail_free(void *memory);

/* `count` zeroed items of `item_size` into *out (count 0 allocates one item). */
trail_status trail_alloc_zeroed(void *out_pointer, size_t count, size_t item_size,
                                trail_error *err) TRAIL_MUST_CHECK;

/* Grows an array so that it holds at least `needed` items: *items is the array (a void ** in
 * disguise: pass &array), *capacity its capacity in items. Doubles; contents kept. */
trail_status trail_grow(void *items_pointer, size_t *capacity, size_t needed, size_t item_size,
                        trail_error *err) TRAIL_MUST_CHECK;

#endif
