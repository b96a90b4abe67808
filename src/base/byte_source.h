/* Bytes of one received file, in order: plain, or gzip recognised by its first bytes (all members,
 * one after the other). Opened read-only. The door to zlib for reading. */
#ifndef TRAIL_BASE_BYTE_SOURCE_H
#define TRAIL_BASE_BYTE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/attributes.h"
#include "base/text.h"

typedef struct trail_byte_source trail_byte_source;

trail_status trail_byte_source_open(trail_byte_source **out, const char *path,
                                    trail_error *err) TRAIL_MUST_CHECK;
/* Over bytes in memory, borrowed until close (tests, fuzzing); gzip recognised too. */
trail_status trail_byte_source_over(trail_byte_source **out, trail_slice bytes,
                                    trail_error *err) TRAIL_MUST_CHECK;
void trail_byte_source_close(trail_byte_source *source);

/* Fills `bytes` with up to `capacity` decompressed bytes; *size 0 means the end. A damaged or cut
 * gzip stream is not a failure: what could be read is given, then the end, and
 * trail_byte_source_break says what happened. */
trail_status trail_byte_source_read(trail_byte_source *source, void *bytes, size_t capacity,
                                    size_t *size, trail_error *err) TRAIL_MUST_CHECK;

/* NULL, or why the stream ended before its end: "truncated gzip input after 1234 bytes". */
const char *trail_byte_source_break(const trail_byte_source *source);
/* In words, why a source that ended gave nothing: it broke off at once, or it is empty. */
const char *trail_byte_source_nothing(const trail_byte_source *source);
bool trail_byte_source_is_gzip(const trail_byte_source *source);
/* Bytes given so far, and raw bytes consumed of raw size (for progress). */
uint64_t trail_byte_source_given(const trail_byte_source *source);
uint64_t trail_byte_source_raw_done(const trail_byte_source *source);
uint64_t trail_byte_source_raw_size(const trail_byte_source *source);

#endif
