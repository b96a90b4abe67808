/* Are two short byte strings of one length equal? Fields are compared with the row before by the
 * million, and at that length a call of memcmp costs more than the comparison. */
#ifndef TRAIL_INGEST_SHORT_EQUAL_H
#define TRAIL_INGEST_SHORT_EQUAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

static inline uint64_t trail_short_load8(const char *bytes)
{
    uint64_t value;
    memcpy(&value, bytes, sizeof value);
    return value;
}

static inline uint32_t trail_short_load4(const char *bytes)
{
    uint32_t value;
    memcpy(&value, bytes, sizeof value);
    return value;
}

static inline bool trail_short_equal(const char *a, const char *b, size_t length)
{
    if (length >= 8) {
        /* Whole words, then the last eight bytes, which may overlap them. */
        for (size_t at = 0; at + 8 < length; at += 8) {
            if (trail_short_load8(a + at) != trail_short_load8(b + at)) return false;
        }
        return trail_short_load8(a + length - 8) == trail_short_load8(b + length - 8);
    }
    if (length >= 4) {
        return trail_short_load4(a) == trail_short_load4(b) &&
               trail_short_load4(a + length - 4) == trail_short_load4(b + length - 4);
    }
    for (size_t i = 0; i < length; i++) {
        if (a[i] != b[i]) return false;
    }
    return true;
}

#endif
