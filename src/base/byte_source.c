#include "base/byte_source.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <zlib.h>

#include "base/failure.h"
#include "base/memory.h"
#include "base/zlib_memory.h"

#define RAW_BYTES    ((size_t)256 * 1024)
#define GZIP_WINDOW  (15 + 16) /* the largest window, gzip framing only */
#define INFLATE_STEP ((size_t)1 << 30)

struct trail_byte_source {
    int file;                 /* -1: bytes in memory, or of the stream */
    trail_byte_stream stream; /* read NULL: none */
    trail_text path;
    char *raw;        /* what was read from the file last; NULL over memory */
    const char *next; /* raw bytes not used yet */
    size_t left;
    uint64_t raw_read;
    uint64_t raw_size;
    uint64_t given;
    z_stream inflater;
    bool is_gzip;
    bool inflater_ready;
    bool in_member;
    bool ended;
    char break_text[160]; /* empty: none */
};

void trail_byte_source_close(trail_byte_source *source)
{
    if (source == NULL) return;
    if (source->inflater_ready) (void)inflateEnd(&source->inflater);
    if (source->file >= 0) (void)close(source->file);
    if (source->stream.close != NULL) source->stream.close(source->stream.context);
    trail_text_clear(&source->path);
    trail_free(source->raw);
    trail_free(source);
}

static trail_status read_file(trail_byte_source *source, char *bytes, size_t capacity, size_t *size,
                              trail_error *err)
{
    ssize_t got;
    *size = 0;
    if (source->stream.read != NULL) {
        trail_status status =
            source->stream.read(source->stream.context, bytes, capacity, size, err);
        source->raw_read += (uint64_t)*size;
        return status;
    }
    do
        got = read(source->file, bytes, capacity < SSIZE_MAX ? capacity : SSIZE_MAX);
    while (got < 0 && errno == EINTR);
    if (got < 0) return trail_fail_system(err, errno, "cannot read %s", source->path.bytes);
    *size = (size_t)got;
    source->raw_read += (uint64_t)got;
    return TRAIL_OK;
}

static bool is_over_memory(const trail_byte_source *source)
{
    return source->file < 0 && source->stream.read == NULL;
}

/* At least `wanted` (a few) raw bytes at hand, fewer only at the end of the file. */
static trail_status refill(trail_byte_source *source, size_t wanted, trail_error *err)
{
    while (!is_over_memory(source) && source->left < wanted) {
        size_t got;
        if (source->left > 0) memmove(source->raw, source->next, source->left);
        source->next = source->raw;
        trail_status status =
            read_file(source, source->raw + source->left, RAW_BYTES - source->left, &got, err);
        if (status != TRAIL_OK) return status;
        if (got == 0) break;
        source->left += got;
    }
    return TRAIL_OK;
}

static void take_raw(trail_byte_source *source, size_t size)
{
    source->next += size;
    source->left -= size;
}

trail_status trail_byte_source_peek(trail_byte_source *source, size_t wanted, trail_slice *next,
                                    trail_error *err)
{
    *next = (trail_slice){0};
    if (source->is_gzip || source->given > 0) return TRAIL_OK;
    trail_status status = refill(source, wanted, err);
    if (status != TRAIL_OK) return status;
    *next = (trail_slice){source->next, source->left < wanted ? source->left : wanted};
    return TRAIL_OK;
}

static bool begins_member(const trail_byte_source *source)
{
    return source->left >= 2 && memcmp(source->next, "\x1F\x8B", 2) == 0;
}

/* Looks at the first bytes and gets the inflater ready if they are gzip's. */
static trail_status recognise(trail_byte_source *source, trail_error *err)
{
    trail_status status = refill(source, 2, err);
    if (status != TRAIL_OK) return status;
    source->is_gzip = begins_member(source);
    if (!source->is_gzip) return TRAIL_OK;
    trail_zlib_memory(&source->inflater);
    if (inflateInit2(&source->inflater, GZIP_WINDOW) != Z_OK) return trail_fail_memory(err);
    source->inflater_ready = true;
    source->in_member = true;
    return TRAIL_OK;
}

static trail_status open_file(trail_byte_source *source, const char *path, trail_error *err)
{
    struct stat state;
    trail_status status = trail_text_add(&source->path, trail_slice_of(path), err);
    if (status != TRAIL_OK) return status;
    /* Not blocking, so that a named pipe is refused below instead of waited for. */
    source->file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (source->file < 0 || fstat(source->file, &state) != 0)
        return trail_fail_system(err, errno, "cannot open %s", path);
    if (S_ISDIR(state.st_mode)) return trail_fail_system(err, EISDIR, "cannot open %s", path);
    if (!S_ISREG(state.st_mode))
        return trail_fail(err, TRAIL_IO, "cannot open %s: not a regular file", path);
    source->raw_size = (uint64_t)state.st_size;
    (void)posix_fadvise(source->file, 0, 0, POSIX_FADV_SEQUENTIAL);
    return trail_alloc_zeroed(&source->raw, RAW_BYTES, 1, err);
}

trail_status trail_byte_source_open(trail_byte_source **out, const char *path, trail_error *err)
{
    trail_status status;
    trail_byte_source *source = NULL;

    *out = NULL;
    if ((status = trail_alloc_zeroed(&source, 1, sizeof *source, err)) != TRAIL_OK) return status;
    source->file = -1;
    if ((status = open_file(source, path, err)) != TRAIL_OK) goto cleanup;
    if ((status = recognise(source, err)) != TRAIL_OK) goto cleanup;
    *out = source;
    source = NULL;
cleanup:
    trail_byte_source_close(source);
    return status;
}

trail_status trail_byte_source_over(trail_byte_source **out, trail_slice bytes, trail_error *err)
{
    trail_status status;
    trail_byte_source *source = NULL;

    *out = NULL;
    if ((status = trail_alloc_zeroed(&source, 1, sizeof *source, err)) != TRAIL_OK) return status;
    source->file = -1;
    source->next = bytes.start;
    source->left = bytes.length;
    source->raw_read = bytes.length;
    source->raw_size = bytes.length;
    if ((status = recognise(source, err)) != TRAIL_OK) goto cleanup;
    *out = source;
    source = NULL;
cleanup:
    trail_byte_source_close(source);
    return status;
}

trail_status trail_byte_source_from(trail_byte_source **out, const trail_byte_stream *stream,
                                    trail_error *err)
{
    trail_status status;
    trail_byte_source *source = NULL;

    *out = NULL;
    if ((status = trail_alloc_zeroed(&source, 1, sizeof *source, err)) != TRAIL_OK) {
        stream->close(stream->context);
        return status;
    }
    source->file = -1;
    source->stream = *stream;
    if ((status = trail_alloc_zeroed(&source->raw, RAW_BYTES, 1, err)) != TRAIL_OK) goto cleanup;
    if ((status = recognise(source, err)) != TRAIL_OK) goto cleanup;
    *out = source;
    source = NULL;
cleanup:
    trail_byte_source_close(source);
    return status;
}

static trail_status read_plain(trail_byte_source *source, char *bytes, size_t capacity,
                               size_t *size, trail_error *err)
{
    if (source->left > 0) { /* the bytes read to recognise the file, or those in memory */
        *size = source->left < capacity ? source->left : capacity;
        memcpy(bytes, source->next, *size);
        take_raw(source, *size);
        return TRAIL_OK;
    }
    if (is_over_memory(source)) {
        *size = 0;
        source->ended = true;
        return TRAIL_OK;
    }
    trail_status status = read_file(source, bytes, capacity, size, err);
    source->ended = *size == 0;
    return status;
}

static void break_off(trail_byte_source *source, const char *what, const char *detail)
{
    (void)snprintf(source->break_text, sizeof source->break_text, "%s after %" PRIu64 " bytes%s%s",
                   what, source->given, detail == NULL ? "" : ": ", detail == NULL ? "" : detail);
    source->ended = true;
}

/* After a member: another one, the end (zeros that pad a tape or block are none of the file's), or
 * bytes that do not belong there. */
static trail_status next_member(trail_byte_source *source, trail_error *err)
{
    trail_status status;
    bool padded = false;
    for (;;) {
        if ((status = refill(source, 2, err)) != TRAIL_OK) return status;
        if (source->left == 0) {
            source->ended = true;
            return TRAIL_OK;
        }
        if (source->next[0] != '\0') break;
        padded = true;
        take_raw(source, 1);
    }
    if (padded || !begins_member(source)) {
        break_off(source, "bytes that are not gzip", NULL);
        return TRAIL_OK;
    }
    source->in_member = true;
    return inflateReset(&source->inflater) == Z_OK ? TRAIL_OK : trail_fail_memory(err);
}

/* One step of the current member; *size may be 0 before the end. */
static trail_status inflate_step(trail_byte_source *source, char *bytes, size_t capacity,
                                 size_t *size, trail_error *err)
{
    z_stream *stream = &source->inflater;
    trail_status status = refill(source, 1, err);
    if (status != TRAIL_OK) return status;
    if (source->left == 0) {
        break_off(source, "truncated gzip input", NULL);
        return TRAIL_OK;
    }
    size_t offered = source->left < INFLATE_STEP ? source->left : INFLATE_STEP;
    size_t room = capacity < INFLATE_STEP ? capacity : INFLATE_STEP;
    stream->next_in = (z_const Bytef *)source->next;
    stream->avail_in = (uInt)offered;
    stream->next_out = (Bytef *)bytes;
    stream->avail_out = (uInt)room;
    int outcome = inflate(stream, Z_NO_FLUSH);
    take_raw(source, offered - stream->avail_in);
    *size = room - stream->avail_out;
    source->given += *size;
    if (outcome == Z_MEM_ERROR) return trail_fail_memory(err);
    if (outcome == Z_STREAM_END)
        source->in_member = false;
    else if (outcome != Z_OK && outcome != Z_BUF_ERROR)
        break_off(source, "damaged gzip input", stream->msg);
    return TRAIL_OK;
}

static trail_status read_step(trail_byte_source *source, char *bytes, size_t capacity, size_t *size,
                              trail_error *err)
{
    *size = 0;
    if (!source->is_gzip) {
        trail_status status = read_plain(source, bytes, capacity, size, err);
        source->given += *size;
        return status;
    }
    return source->in_member ? inflate_step(source, bytes, capacity, size, err)
                             : next_member(source, err);
}

trail_status trail_byte_source_read(trail_byte_source *source, void *bytes, size_t capacity,
                                    size_t *size, trail_error *err)
{
    *size = 0;
    while (*size < capacity && !source->ended) {
        size_t got;
        trail_status status = read_step(source, (char *)bytes + *size, capacity - *size, &got, err);
        if (status != TRAIL_OK) return status;
        *size += got;
    }
    return TRAIL_OK;
}

const char *trail_byte_source_break(const trail_byte_source *source)
{
    const trail_byte_stream *stream = &source->stream;
    if (stream->broken != NULL) {
        const char *why = stream->broken(stream->context);
        if (why != NULL) return why;
    }
    return source->break_text[0] == '\0' ? NULL : source->break_text;
}

bool trail_byte_source_place(const trail_byte_source *source, uint64_t line, uint64_t *offset,
                             uint64_t *length)
{
    const trail_byte_stream *stream = &source->stream;
    return stream->place != NULL && stream->place(stream->context, line, offset, length);
}

const char *trail_byte_source_nothing(const trail_byte_source *source)
{
    const char *broken = trail_byte_source_break(source);
    return broken != NULL ? broken : "the file is empty";
}

bool trail_byte_source_is_gzip(const trail_byte_source *source)
{
    return source->is_gzip;
}

uint64_t trail_byte_source_given(const trail_byte_source *source)
{
    return source->given;
}

uint64_t trail_byte_source_raw_done(const trail_byte_source *source)
{
    return source->raw_read - source->left;
}

uint64_t trail_byte_source_raw_size(const trail_byte_source *source)
{
    return source->raw_size;
}
