/* Bytes of one received file, in order: plain, or gzip recognised by its first bytes (all members,
 * one after the other). Opened read-only. From a file, from memory, or from a stream that another
 * door unpacks. The door to zlib for reading. */
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
/* Bytes that come from elsewhere: a member of a container, a sheet of a workbook. */
typedef struct trail_byte_stream {
    void *context;
    /* Up to `capacity` bytes; *size 0 means the end. */
    trail_status (*read)(void *context, void *bytes, size_t capacity, size_t *size,
                         trail_error *err);
    /* NULL, or why the bytes ended before their end. May be NULL. */
    const char *(*broken)(void *context);
    /* Where in the evidence line `line` of the given bytes stands, when the bytes are made and not
     * received: a row of a sheet. May be NULL. */
    bool (*place)(void *context, uint64_t line, uint64_t *offset, uint64_t *length);
    void (*close)(void *context);
} trail_byte_stream;
/* The stream is closed with the source, and also when this fails; gzip is recognised too. */
trail_status trail_byte_source_from(trail_byte_source **out, const trail_byte_stream *stream,
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
/* The bytes of the evidence in which line `line` stands, if they are not those that were given;
 * false: they are. Only of lines already given. */
bool trail_byte_source_place(const trail_byte_source *source, uint64_t line, uint64_t *offset,
                             uint64_t *length);
bool trail_byte_source_is_gzip(const trail_byte_source *source);
/* Bytes given so far, and raw bytes consumed of raw size (for progress). */
uint64_t trail_byte_source_given(const trail_byte_source *source);
uint64_t trail_byte_source_raw_done(const trail_byte_source *source);
uint64_t trail_byte_source_raw_size(const trail_byte_source *source);
/* The next bytes without taking them, at most `wanted` (a few); fewer only at the end. Only before
 * anything is read, and of a source that is not gzip; else empty. Borrowed until the next read. */
trail_status trail_byte_source_peek(trail_byte_source *source, size_t wanted, trail_slice *next,
                                    trail_error *err) TRAIL_MUST_CHECK;

#endif
