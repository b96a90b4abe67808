/* Stable sorts with a context, so that ties and orders never depend on the platform's qsort. */
#ifndef TRAIL_BASE_SORT_H
#define TRAIL_BASE_SORT_H

#include <stddef.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/attributes.h"

/* Merge sort of numbers (indices into something the context knows). O(n log n), 4 bytes an item. */
trail_status trail_sort_numbers(uint32_t *numbers, size_t count,
                                int (*compare)(const void *context, uint32_t a, uint32_t b),
                                const void *context, trail_error *err) TRAIL_MUST_CHECK;

/* Merge sort of items of any size. O(n log n), one copy of the array. */
trail_status trail_sort_items(void *items, size_t count, size_t item_size,
                              int (*compare)(const void *context, const void *a, const void *b),
                              const void *context, trail_error *err) TRAIL_MUST_CHECK;

#endif
