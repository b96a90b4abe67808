/* A file being written, buffered. A write that fails is remembered and
 * reported by finish, so writers stay straight-line. A file only gets its name when finished. */
#ifndef TRAIL_BASE_OUTPUT_H
#define TRAIL_BASE_OUTPUT_H

#include <stddef.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/digest.h"
#include "base/text.h"

typedef struct trail_output trail_output;

/* Writes to "<path>.part", renamed to path by finish. */
trail_status trail_output_open(trail_output **out, const char *path,
                               trail_error *err) TRAIL_MUST_CHECK;
/* Writes into `text` (appended), for blocks that are compressed or embedded later. */
trail_status trail_output_into(trail_output **out, trail_text *text,
                               trail_error *err) TRAIL_MUST_CHECK;

void trail_output_add(trail_output *out, trail_slice bytes);
void trail_output_text(trail_output *out, const char *text);
void trail_output_byte(trail_output *out, char byte);
void trail_output_number(trail_output *out, int64_t value);
void trail_output_format(trail_output *out, const char *format, ...) TRAIL_PRINTF(2, 3);
uint64_t trail_output_size(const trail_output *out);

/* Flushes, syncs, renames; reports the first failure of any write. hash (may be NULL) gets the
 * SHA-256 of all bytes, read back from the file. Frees out in every case. */
trail_status trail_output_finish(trail_output *out, uint8_t hash[TRAIL_DIGEST_SIZE],
                                 trail_error *err) TRAIL_MUST_CHECK;
/* Gives up: removes the part file, frees. NULL is fine. */
void trail_output_abandon(trail_output *out);

#endif
