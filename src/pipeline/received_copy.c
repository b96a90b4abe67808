#include "pipeline/received_copy.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/failure.h"
#include "base/output.h"
#include "base/path.h"

static trail_status copy_bytes(int file, const char *from, trail_output *out, trail_error *err)
{
    char block[65536];
    for (;;) {
        ssize_t size = read(file, block, sizeof block);
        if (size < 0 && errno == EINTR) continue;
        if (size < 0) return trail_fail_system(err, errno, "cannot read %s", from);
        if (size == 0) return TRAIL_OK;
        trail_output_add(out, (trail_slice){block, (size_t)size});
    }
}

static trail_status make_folder_of(const char *path, trail_error *err)
{
    trail_text folder = {0};
    const char *slash = strrchr(path, '/');
    trail_status status = TRAIL_OK;
    if (slash == NULL || slash == path) return TRAIL_OK;
    status = trail_text_add(&folder, (trail_slice){path, (size_t)(slash - path)}, err);
    if (status == TRAIL_OK) status = trail_path_make_folder(folder.bytes, err);
    trail_text_clear(&folder);
    return status;
}

/* Read back from the disk: what lies there, not what was meant to be written. */
static trail_status compare(const char *to, const uint8_t hash[TRAIL_DIGEST_SIZE], bool *equal,
                            trail_error *err)
{
    uint8_t there[TRAIL_DIGEST_SIZE];
    uint64_t size = 0;
    trail_status status = trail_digest_file(to, there, &size, err);
    *equal = status == TRAIL_OK && memcmp(there, hash, TRAIL_DIGEST_SIZE) == 0;
    return status;
}

trail_status trail_received_copy(const char *from, const char *to,
                                 const uint8_t hash[TRAIL_DIGEST_SIZE], trail_error *err)
{
    trail_output *out = NULL;
    bool equal = false;
    int file = -1;
    trail_status status = TRAIL_OK;
    if (trail_path_exists(to)) {
        status = compare(to, hash, &equal, err);
        if (status != TRAIL_OK || equal) return status;
        return trail_fail(err, TRAIL_USAGE, "%s is there already and is another file", to);
    }
    if ((status = make_folder_of(to, err)) != TRAIL_OK) return status;
    file = open(from, O_RDONLY | O_CLOEXEC);
    if (file < 0) return trail_fail_system(err, errno, "cannot open %s", from);
    status = trail_output_open(&out, to, err);
    if (status == TRAIL_OK) status = copy_bytes(file, from, out, err);
    (void)close(file);
    if (status != TRAIL_OK) {
        trail_output_abandon(out);
        return status;
    }
    if ((status = trail_output_finish(out, NULL, err)) != TRAIL_OK) return status;
    (void)chmod(to, 0444); /* a file system without modes keeps it writable: nothing lost */
    status = compare(to, hash, &equal, err);
    if (status == TRAIL_OK && !equal) {
        (void)unlink(to);
        return trail_fail(err, TRAIL_IO, "%s changed while it was copied", from);
    }
    return status;
}
