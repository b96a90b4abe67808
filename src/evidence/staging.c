#include "evidence/staging.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/failure.h"
#include "base/memory.h"
#include "base/path.h"

struct trail_staging {
    trail_text out;
    trail_text part;
    trail_text earlier;
    trail_text lock;
    int lock_file; /* -1: not locked */
};

static trail_status name_folders(trail_staging *staging, const char *out_folder, trail_error *err)
{
    size_t length = strlen(out_folder);
    while (length > 1 && out_folder[length - 1] == '/')
        length--;
    trail_status status = trail_text_add(&staging->out, (trail_slice){out_folder, length}, err);
    if (status != TRAIL_OK) return status;
    const char *out = staging->out.bytes;
    if ((status = trail_text_add_format(&staging->part, err, "%s.part", out)) != TRAIL_OK)
        return status;
    if ((status = trail_text_add_format(&staging->earlier, err, "%s.earlier", out)) != TRAIL_OK)
        return status;
    return trail_text_add_format(&staging->lock, err, "%s.lock", out);
}

/* The folder that holds `path`, synced so that new names in it survive a power cut. */
static void sync_parent(const char *path)
{
    const char *slash = strrchr(path, '/');
    trail_text parent = {0};
    trail_slice name = {path, slash == NULL ? 0 : (size_t)(slash - path) + 1};
    if (name.length == 0) name = trail_slice_of(".");
    if (trail_text_add(&parent, name, NULL) != TRAIL_OK) return;
    int folder = open(parent.bytes, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder >= 0) {
        (void)fsync(folder); /* some file systems cannot; nothing is lost by trying */
        close(folder);
    }
    trail_text_clear(&parent);
}

static trail_status make_parent(const char *path, trail_error *err)
{
    const char *slash = strrchr(path, '/');
    if (slash == NULL || slash == path) return TRAIL_OK;
    trail_text parent = {0};
    trail_status status = trail_text_add(&parent, (trail_slice){path, (size_t)(slash - path)}, err);
    if (status == TRAIL_OK) status = trail_path_make_folder(parent.bytes, err);
    trail_text_clear(&parent);
    return status;
}

/* Locked and still the file of that name (another run may have just removed it). */
static bool lock_holds(const trail_staging *staging)
{
    struct stat mine;
    struct stat named;
    return fstat(staging->lock_file, &mine) == 0 && stat(staging->lock.bytes, &named) == 0 &&
           mine.st_dev == named.st_dev && mine.st_ino == named.st_ino;
}

static trail_status take_lock(trail_staging *staging, trail_error *err)
{
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    staging->lock_file = open(staging->lock.bytes, O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (staging->lock_file < 0)
        return trail_fail_system(err, errno, "cannot write beside %s", staging->out.bytes);
    if (fcntl(staging->lock_file, F_SETLK, &whole) == 0) {
        if (lock_holds(staging)) return TRAIL_OK;
    } else if (errno != EACCES && errno != EAGAIN) {
        return TRAIL_OK; /* a file system without locks */
    }
    close(staging->lock_file);
    staging->lock_file = -1;
    return trail_fail(err, TRAIL_USAGE, "another run is writing %s", staging->out.bytes);
}

/* Puts right what an interrupted run left: see the header. */
static trail_status heal(const trail_staging *staging, trail_error *err)
{
    if (trail_path_is_folder(staging->earlier.bytes)) {
        if (trail_path_exists(staging->out.bytes)) {
            trail_status status = trail_path_remove_tree(staging->earlier.bytes, err);
            if (status != TRAIL_OK) return status;
        } else if (rename(staging->earlier.bytes, staging->out.bytes) != 0) {
            return trail_fail_system(err, errno, "cannot restore %s", staging->out.bytes);
        }
    }
    return trail_path_remove_tree(staging->part.bytes, err);
}

static void free_staging(trail_staging *staging)
{
    if (staging->lock_file >= 0) {
        (void)unlink(staging->lock.bytes);
        close(staging->lock_file);
    }
    trail_text_clear(&staging->out);
    trail_text_clear(&staging->part);
    trail_text_clear(&staging->earlier);
    trail_text_clear(&staging->lock);
    trail_free(staging);
}

trail_status trail_staging_begin(trail_staging **out, const char *case_folder,
                                 const char *out_folder, const char *const *received,
                                 size_t received_count, trail_error *err)
{
    trail_staging *staging = NULL;
    trail_status status =
        trail_staging_check(case_folder, out_folder, received, received_count, err);
    if (status != TRAIL_OK) return status;
    if ((status = trail_alloc_zeroed(&staging, 1, sizeof *staging, err)) != TRAIL_OK) return status;
    staging->lock_file = -1;
    if ((status = name_folders(staging, out_folder, err)) != TRAIL_OK) goto cleanup;
    if ((status = make_parent(staging->out.bytes, err)) != TRAIL_OK) goto cleanup;
    if ((status = take_lock(staging, err)) != TRAIL_OK) goto cleanup;
    if ((status = heal(staging, err)) != TRAIL_OK) goto cleanup;
    if ((status = trail_path_make_folder(staging->part.bytes, err)) != TRAIL_OK) goto cleanup;
    *out = staging;
    staging = NULL;
cleanup:
    if (staging != NULL) free_staging(staging);
    return status;
}

const char *trail_staging_folder(const trail_staging *staging)
{
    return staging->part.bytes;
}

static trail_status swap(const trail_staging *staging, trail_error *err)
{
    const char *out = staging->out.bytes;
    bool had_earlier = trail_path_exists(out);
    sync_parent(staging->part.bytes);
    if (had_earlier && rename(out, staging->earlier.bytes) != 0)
        return trail_fail_system(err, errno, "cannot replace %s", out);
    if (rename(staging->part.bytes, out) != 0) {
        trail_status status = trail_fail_system(err, errno, "cannot replace %s", out);
        if (had_earlier) (void)rename(staging->earlier.bytes, out);
        return status;
    }
    sync_parent(out);
    return had_earlier ? trail_path_remove_tree(staging->earlier.bytes, err) : TRAIL_OK;
}

trail_status trail_staging_commit(trail_staging *staging, trail_error *err)
{
    trail_status status = swap(staging, err);
    if (status != TRAIL_OK)
        trail_staging_abandon(staging);
    else
        free_staging(staging);
    return status;
}

void trail_staging_abandon(trail_staging *staging)
{
    if (staging == NULL) return;
    (void)!trail_path_remove_tree(staging->part.bytes, NULL);
    free_staging(staging);
}
