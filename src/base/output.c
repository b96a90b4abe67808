#include "base/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/failure.h"
#include "base/memory.h"

#define BUFFER_BYTES ((size_t)256 * 1024)

struct trail_output {
    trail_text *text; /* borrowed; NULL when writing a file */
    size_t text_start;
    int file; /* -1: none */
    trail_text path;
    trail_text part;
    char *buffer;
    size_t used;
    uint64_t size;
    trail_error failure; /* the first one */
};

static void release(trail_output *out)
{
    if (out->file >= 0) (void)close(out->file);
    trail_text_clear(&out->path);
    trail_text_clear(&out->part);
    trail_free(out->buffer);
    trail_free(out);
}

void trail_output_abandon(trail_output *out)
{
    if (out == NULL) return;
    if (out->file >= 0) (void)unlink(out->part.bytes);
    release(out);
}

static trail_status open_part(trail_output *out, trail_error *err)
{
    /* What a killed run left is no part of ours; removing it first also breaks any link. */
    (void)unlink(out->part.bytes);
    out->file = open(out->part.bytes, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (out->file < 0) return trail_fail_system(err, errno, "cannot write %s", out->path.bytes);
    return TRAIL_OK;
}

trail_status trail_output_open(trail_output **out, const char *path, trail_error *err)
{
    trail_status status;
    trail_output *made = NULL;

    *out = NULL;
    if ((status = trail_alloc_zeroed(&made, 1, sizeof *made, err)) != TRAIL_OK) return status;
    made->file = -1;
    if ((status = trail_text_add(&made->path, trail_slice_of(path), err)) != TRAIL_OK) goto cleanup;
    if ((status = trail_text_add_format(&made->part, err, "%s.part", path)) != TRAIL_OK)
        goto cleanup;
    if ((status = trail_alloc_zeroed(&made->buffer, BUFFER_BYTES, 1, err)) != TRAIL_OK)
        goto cleanup;
    if ((status = open_part(made, err)) != TRAIL_OK) goto cleanup;
    *out = made;
    made = NULL;
cleanup:
    trail_output_abandon(made);
    return status;
}

trail_status trail_output_into(trail_output **out, trail_text *text, trail_error *err)
{
    trail_status status;
    trail_output *made = NULL;

    *out = NULL;
    if ((status = trail_alloc_zeroed(&made, 1, sizeof *made, err)) != TRAIL_OK) return status;
    made->file = -1;
    made->text = text;
    made->text_start = text->length;
    *out = made;
    return TRAIL_OK;
}

static void write_all(trail_output *out, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t wrote = write(out->file, bytes, size);
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote < 0) {
            (void)trail_fail_system(&out->failure, errno, "cannot write %s", out->path.bytes);
            return;
        }
        bytes += wrote;
        size -= (size_t)wrote;
    }
}

static void flush(trail_output *out)
{
    if (out->failure.status == TRAIL_OK) write_all(out, out->buffer, out->used);
    out->used = 0;
}

void trail_output_add(trail_output *out, trail_slice bytes)
{
    if (bytes.length == 0 || out->failure.status != TRAIL_OK) return;
    out->size += bytes.length;
    if (out->text != NULL) {
        (void)!trail_text_add(out->text, bytes, &out->failure);
        return;
    }
    if (bytes.length > BUFFER_BYTES - out->used) flush(out);
    if (bytes.length > BUFFER_BYTES) {
        if (out->failure.status == TRAIL_OK) write_all(out, bytes.start, bytes.length);
        return;
    }
    memcpy(out->buffer + out->used, bytes.start, bytes.length);
    out->used += bytes.length;
}

void trail_output_text(trail_output *out, const char *text)
{
    trail_output_add(out, trail_slice_of(text));
}

void trail_output_byte(trail_output *out, char byte)
{
    trail_output_add(out, (trail_slice){&byte, 1});
}

void trail_output_format(trail_output *out, const char *format, ...)
{
    char block[512];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(block, sizeof block, format, arguments);
    va_end(arguments);
    if (length >= 0 && (size_t)length < sizeof block) {
        trail_output_add(out, (trail_slice){block, (size_t)length});
        return;
    }
    char *longer = length < 0 ? NULL : trail_alloc(NULL, (size_t)length + 1);
    if (longer == NULL) {
        if (out->failure.status == TRAIL_OK) (void)trail_fail_memory(&out->failure);
        return;
    }
    va_start(arguments, format);
    (void)vsnprintf(longer, (size_t)length + 1, format, arguments);
    va_end(arguments);
    trail_output_add(out, (trail_slice){longer, (size_t)length});
    trail_free(longer);
}

void trail_output_number(trail_output *out, int64_t value)
{
    char text[TRAIL_NUMBER_TEXT];
    size_t length = trail_number_format(value, text);
    trail_output_add(out, (trail_slice){text, length});
}

uint64_t trail_output_size(const trail_output *out)
{
    return out->size;
}

/* So that the new name itself survives a power cut; some file systems cannot, which is no loss. */
static void sync_folder(trail_text *path)
{
    char *slash = strrchr(path->bytes, '/');
    if (slash != NULL) slash[slash == path->bytes ? 1 : 0] = '\0';
    int folder = open(slash == NULL ? "." : path->bytes, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) return;
    (void)fsync(folder);
    (void)close(folder);
}

/* Few files are asked for their hash here: the manifest hashes all outputs from the disk. */
static trail_status hash_file(const trail_output *out, uint8_t hash[TRAIL_DIGEST_SIZE],
                              trail_error *err)
{
    trail_digest *digest = NULL;
    trail_status status = trail_digest_new(&digest, err);
    uint64_t done = 0;
    while (status == TRAIL_OK && done < out->size) {
        ssize_t got = pread(out->file, out->buffer, BUFFER_BYTES, (off_t)done);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0)
            status = trail_fail_system(err, got < 0 ? errno : EIO, "cannot read back %s",
                                       out->path.bytes);
        else
            status = trail_digest_add(digest, out->buffer, (size_t)got, err);
        done += got > 0 ? (uint64_t)got : 0;
    }
    if (status == TRAIL_OK) status = trail_digest_finish(digest, hash, err);
    trail_digest_free(digest);
    return status;
}

static trail_status finish_file(trail_output *out, uint8_t hash[TRAIL_DIGEST_SIZE],
                                trail_error *err)
{
    trail_status status = hash != NULL ? hash_file(out, hash, err) : TRAIL_OK;
    if (status != TRAIL_OK) return status;
    if (fsync(out->file) != 0 && errno != EINVAL && errno != ENOTSUP)
        return trail_fail_system(err, errno, "cannot write %s", out->path.bytes);
    int file = out->file;
    out->file = -1;
    if (close(file) != 0 || rename(out->part.bytes, out->path.bytes) != 0) {
        status = trail_fail_system(err, errno, "cannot write %s", out->path.bytes);
        (void)unlink(out->part.bytes);
        return status;
    }
    sync_folder(&out->path);
    return TRAIL_OK;
}

static trail_status finish_text(const trail_output *out, uint8_t hash[TRAIL_DIGEST_SIZE],
                                trail_error *err)
{
    trail_digest *digest = NULL;
    trail_status status = trail_digest_new(&digest, err);
    if (status == TRAIL_OK && out->size > 0)
        status =
            trail_digest_add(digest, out->text->bytes + out->text_start, (size_t)out->size, err);
    if (status == TRAIL_OK) status = trail_digest_finish(digest, hash, err);
    trail_digest_free(digest);
    return status;
}

trail_status trail_output_finish(trail_output *out, uint8_t hash[TRAIL_DIGEST_SIZE],
                                 trail_error *err)
{
    trail_status status = TRAIL_OK;

    if (out->text == NULL) flush(out);
    if (out->failure.status != TRAIL_OK)
        status = trail_fail(err, out->failure.status, "%s", out->failure.message);
    else if (out->text == NULL)
        status = finish_file(out, hash, err);
    else if (hash != NULL)
        status = finish_text(out, hash, err);
    trail_output_abandon(out); /* after success the file is closed, and nothing is removed */
    return status;
}
