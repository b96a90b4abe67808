/* UTF-16 to UTF-8 as a stream, and back from UTF-8 lengths to UTF-16 lengths, so that places in
 * the received bytes stay known. */
#ifndef TRAIL_INGEST_WIDE_TEXT_H
#define TRAIL_INGEST_WIDE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

typedef struct trail_wide_text {
    bool big_endian;
    uint16_t high; /* a high surrogate that waits for its other half; 0: none */
} trail_wide_text;

/* Decodes whole units of `wide` into `out` (room for 3 bytes per 2 of wide, and 3 more). *used:
 * bytes of wide taken. at_end: no more bytes follow, a lone half unit or surrogate becomes U+FFFD.
 * Returns bytes written. */
size_t trail_wide_text_decode(trail_wide_text *state, trail_slice wide, bool at_end, char *out,
                              size_t *used);
/* UTF-16 bytes that stand behind UTF-8 text made by decode. O(length). */
uint64_t trail_wide_text_size(trail_slice utf8);

#endif
