#include "ingest/row_marks.h"

#include <string.h>

#include "base/attributes.h"

/* Idea: 64 bytes at a time become 64 bits, one a byte that matters (Langdale & Lemire, Parsing
 * gigabytes of JSON per second, VLDB Journal 2019). The comparison loop has a fixed length and no
 * branch, so compilers turn it into vector code without intrinsics. O(bytes). */

#define STRIDE 64

static inline uint64_t load_little_endian(const unsigned char *bytes)
{
    return (uint64_t)bytes[0] | (uint64_t)bytes[1] << 8 | (uint64_t)bytes[2] << 16 |
           (uint64_t)bytes[3] << 24 | (uint64_t)bytes[4] << 32 | (uint64_t)bytes[5] << 40 |
           (uint64_t)bytes[6] << 48 | (uint64_t)bytes[7] << 56;
}

static inline uint64_t mask_of(const unsigned char *bytes, unsigned char delimiter,
                               unsigned char quote)
{
    unsigned char hits[STRIDE];
    /* A byte that matters is zero under one of the differences, so their minimum is zero: written
     * so, gcc and clang both make vectors of it. */
    for (size_t i = 0; i < STRIDE; i++) {
        unsigned char least = bytes[i];
        unsigned char to_delimiter = (unsigned char)(bytes[i] ^ delimiter);
        unsigned char to_quote = (unsigned char)(bytes[i] ^ quote);
        unsigned char to_lf = (unsigned char)(bytes[i] ^ '\n');
        unsigned char to_cr = (unsigned char)(bytes[i] ^ '\r');
        least = to_delimiter < least ? to_delimiter : least;
        least = to_quote < least ? to_quote : least;
        least = to_lf < least ? to_lf : least;
        least = to_cr < least ? to_cr : least;
        hits[i] = least == 0 ? 1 : 0;
    }
    uint64_t mask = 0;
    for (unsigned i = 0; i < STRIDE / 8; i++) {
        /* Eight bytes of 0 or 1 become eight bits: byte k is carried to bit 56 + k. */
        uint64_t eight = load_little_endian(hits + (size_t)8 * i) * UINT64_C(0x0102040810204080);
        mask |= (eight >> 56) << (8 * i);
    }
    return mask;
}

static inline uint64_t high_bits(const unsigned char *bytes)
{
    uint64_t all = 0;
    for (size_t i = 0; i < STRIDE; i += 8)
        all |= load_little_endian(bytes + i);
    return all & UINT64_C(0x8080808080808080);
}

void trail_row_marks_find(trail_row_marks *marks, const char *bytes, size_t length, char delimiter,
                          char quote)
{
    uint64_t high = 0;
    size_t count = 0;
    for (size_t at = 0; at < length; at += STRIDE) {
        unsigned char last[STRIDE];
        const unsigned char *stride = (const unsigned char *)bytes + at;
        if (length - at < STRIDE) {
            memset(last, ' ', sizeof last);
            memcpy(last, stride, length - at);
            stride = last;
        }
        uint64_t mask = mask_of(stride, (unsigned char)delimiter, (unsigned char)quote);
        if (stride == last) mask &= (UINT64_C(1) << (length - at)) - 1;
        high |= high_bits(stride);
        while (mask != 0) {
            marks->places[count++] = (uint32_t)at + (uint32_t)TRAIL_LOWEST_BIT(mask);
            mask &= mask - 1;
        }
    }
    marks->count = count;
    marks->ascii = high == 0;
}
