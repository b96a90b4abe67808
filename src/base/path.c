#include "base/path.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/failure.h"
#include "base/memory.h"

trail_status trail_path_join(trail_text *out, const char *folder, const char *name,
                             trail_error *err)
{
    bool alone = folder == NULL || folder[0] == '\0' || name[0] == '/';
    if (alone) return trail_text_add(out, trail_slice_of(name), err);
    bool slash = folder[strlen(folder) - 1] == '/';
    return trail_text_add_format(out, err, "%s%s%s", folder, slash ? "" : "/", name);
}

bool trail_path_exists(const char *path)
{
    struct stat state;
    return stat(path, &state) == 0;
}

trail_status trail_path_look(const char *path, trail_path_stamp *stamp, trail_error *err)
{
    struct stat state;
    if (stat(path, &state) != 0) return trail_fail_system(err, errno, "cannot look at %s", path);
    *stamp = (trail_path_stamp){.size = (uint64_t)state.st_size,
                                .inode = (uint64_t)state.st_ino,
                                .seconds = (int64_t)state.st_mtim.tv_sec,
                                .nanoseconds = (int64_t)state.st_mtim.tv_nsec};
    return TRAIL_OK;
}

bool trail_path_is_folder(const char *path)
{
    struct stat state;
    return stat(path, &state) == 0 && S_ISDIR(state.st_mode);
}

static trail_status make_one(const char *path, trail_error *err)
{
    if (mkdir(path, 0777) == 0) return TRAIL_OK;
    int reason = errno;
    if (trail_path_is_folder(path)) return TRAIL_OK;
    return trail_fail_system(err, reason, "cannot make the folder %s", path);
}

trail_status trail_path_make_folder(const char *path, trail_error *err)
{
    trail_status status;
    trail_text part = {0};

    if ((status = trail_text_add(&part, trail_slice_of(path), err)) != TRAIL_OK) goto cleanup;
    for (size_t i = 1; i < part.length; i++) {
        if (part.bytes[i] != '/') continue;
        part.bytes[i] = '\0';
        status = make_one(part.bytes, err);
        part.bytes[i] = '/';
        if (status != TRAIL_OK) goto cleanup;
    }
    status = make_one(path, err);
cleanup:
    trail_text_clear(&part);
    return status;
}

static trail_status read_all(int file, const char *path, size_t limit, trail_text *out,
                             trail_error *err)
{
    char block[16384];
    size_t total = 0;
    for (;;) {
        ssize_t got = read(file, block, sizeof block);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return trail_fail_system(err, errno, "cannot read %s", path);
        if (got == 0) /* an empty file still gives a text with a NUL */
            return trail_text_add(out, (trail_slice){0}, err);
        total += (size_t)got;
        if (total > limit)
            return trail_fail(err, TRAIL_BAD_DATA, "%s is larger than %zu bytes", path, limit);
        trail_status status = trail_text_add(out, (trail_slice){block, (size_t)got}, err);
        if (status != TRAIL_OK) return status;
    }
}

trail_status trail_path_read(const char *path, size_t limit, trail_text *out, trail_error *err)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return trail_fail_system(err, errno, "cannot open %s", path);
    size_t before = out->length;
    trail_status status = read_all(file, path, limit, out, err);
    if (status != TRAIL_OK && out->bytes != NULL) {
        out->length = before;
        out->bytes[before] = '\0';
    }
    (void)close(file);
    return status;
}
