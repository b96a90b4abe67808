#include "base/sort.h"

#include <string.h>

#include "base/memory.h"

trail_status trail_sort_numbers(uint32_t *numbers, size_t count,
                                int (*compare)(const void *context, uint32_t a, uint32_t b),
                                const void *context, trail_error *err)
{
    uint32_t *other = NULL;
    trail_status status = trail_alloc_zeroed(&other, count, sizeof *other, err);
    if (status != TRAIL_OK) return status;
    uint32_t *from = numbers, *to = other;
    for (size_t width = 1; width < count; width *= 2) {
        for (size_t low = 0; low < count; low += 2 * width) {
            size_t middle = low + width < count ? low + width : count;
            size_t high = low + 2 * width < count ? low + 2 * width : count;
            size_t left = low, right = middle, at = low;
            if (middle == high || compare(context, from[middle - 1], from[middle]) <= 0) {
                memcpy(to + low, from + low, (high - low) * sizeof *to);
                continue;
            }
            while (left < middle && right < high)
                to[at++] =
                    compare(context, from[left], from[right]) <= 0 ? from[left++] : from[right++];
            while (left < middle)
                to[at++] = from[left++];
            while (right < high)
                to[at++] = from[right++];
        }
        uint32_t *swap = from;
        from = to;
        to = swap;
    }
    if (from != numbers) memcpy(numbers, from, count * sizeof *numbers);
    trail_free(other);
    return TRAIL_OK;
}

trail_status trail_sort_items(void *items, size_t count, size_t item_size,
                              int (*compare)(const void *context, const void *a, const void *b),
                              const void *context, trail_error *err)
{
    char *other = NULL;
    trail_status status = trail_alloc_zeroed(&other, count, item_size, err);
    if (status != TRAIL_OK) return status;
    char *from = items, *to = other;
    for (size_t width = 1; width < count; width *= 2) {
        for (size_t low = 0; low < count; low += 2 * width) {
            size_t middle = low + width < count ? low + width : count;
            size_t high = low + 2 * width < count ? low + 2 * width : count;
            size_t left = low, right = middle, at = low;
            while (left < middle || right < high) {
                int take_left =
                    right == high || (left < middle && compare(context, from + left * item_size,
                                                               from + right * item_size) <= 0);
                size_t taken = take_left ? left++ : right++;
                memcpy(to + at++ * item_size, from + taken * item_size, item_size);
            }
        }
        char *swap = from;
        from = to;
        to = swap;
    }
    if (from != (char *)items) memcpy(items, from, count * item_size);
    trail_free(other);
    return TRAIL_OK;
}
