#include "evidence/case_key.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/failure.h"
#include "base/text.h"

#define OWNER_ONLY (S_IRUSR | S_IWUSR)
#define LOOSE      (S_IRWXG | S_IRWXO)
#define KEY_LINE   (2 * TRAIL_CASE_KEY_SIZE + 1)

static bool is_loose(int file)
{
    struct stat facts;
    return fstat(file, &facts) == 0 && (facts.st_mode & LOOSE) != 0;
}

/* Where permissions are not kept, even a fresh file that was asked to be private is not. A folder
 * that cannot be written to tells nothing: then modes are taken to count. */
static bool modes_count_beside(const char *path)
{
    trail_text probe = {0};
    bool count = true;
    if (trail_text_add_format(&probe, NULL, "%s.mode-%ld", path, (long)getpid()) != TRAIL_OK)
        goto cleanup;
    int file = open(probe.bytes, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, OWNER_ONLY);
    if (file < 0) goto cleanup;
    count = !is_loose(file);
    close(file);
    unlink(probe.bytes);
cleanup:
    trail_text_clear(&probe);
    return count;
}

static trail_status write_line(int file, const char *path, const char *line, trail_error *err)
{
    size_t done = 0;
    while (done < KEY_LINE) {
        ssize_t wrote = write(file, line + done, KEY_LINE - done);
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote < 0) return trail_fail_system(err, errno, "cannot write %s", path);
        done += (size_t)wrote;
    }
    if (fsync(file) != 0 && errno != EINVAL && errno != ENOTSUP)
        return trail_fail_system(err, errno, "cannot write %s", path);
    return TRAIL_OK;
}

trail_status trail_case_key_create(const char *path, uint8_t key[TRAIL_CASE_KEY_SIZE],
                                   bool *without_modes, trail_error *err)
{
    trail_status status = trail_random_bytes(key, TRAIL_CASE_KEY_SIZE, err);
    return status == TRAIL_OK ? trail_case_key_write(path, key, without_modes, err) : status;
}

trail_status trail_case_key_write(const char *path, const uint8_t key[TRAIL_CASE_KEY_SIZE],
                                  bool *without_modes, trail_error *err)
{
    char line[KEY_LINE + 1];
    trail_hex(key, TRAIL_CASE_KEY_SIZE, line);
    line[KEY_LINE - 1] = '\n';

    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, OWNER_ONLY);
    if (file < 0 && errno == EEXIST)
        return trail_fail(err, TRAIL_USAGE, "%s is there already and is not overwritten", path);
    if (file < 0) return trail_fail_system(err, errno, "cannot create %s", path);
    (void)fchmod(file, OWNER_ONLY); /* an odd umask may have taken the owner's rights */
    *without_modes = is_loose(file);
    trail_status status = write_line(file, path, line, err);
    if (close(file) != 0 && status == TRAIL_OK)
        status = trail_fail_system(err, errno, "cannot write %s", path);
    if (status != TRAIL_OK) unlink(path);
    return status;
}

static trail_status read_line(int file, const char *path, char line[KEY_LINE + 1], size_t *length,
                              trail_error *err)
{
    *length = 0;
    while (*length < KEY_LINE + 1) {
        ssize_t got = read(file, line + *length, KEY_LINE + 1 - *length);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return trail_fail_system(err, errno, "cannot read %s", path);
        if (got == 0) break;
        *length += (size_t)got;
    }
    return TRAIL_OK;
}

trail_status trail_case_key_read(const char *path, uint8_t key[TRAIL_CASE_KEY_SIZE],
                                 bool *without_modes, trail_error *err)
{
    char line[KEY_LINE + 1];
    size_t length = 0;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return trail_fail_system(err, errno, "cannot open %s", path);
    bool loose = is_loose(file);
    trail_status status = read_line(file, path, line, &length, err);
    close(file);
    if (status != TRAIL_OK) return status;

    *without_modes = loose && !modes_count_beside(path);
    if (loose && !*without_modes)
        return trail_fail(err, TRAIL_USAGE,
                          "%s may be read by others: chmod 600 it, and consider who has seen it",
                          path);
    if (length != KEY_LINE || line[KEY_LINE - 1] != '\n' ||
        !trail_unhex((trail_slice){line, KEY_LINE - 1}, key, TRAIL_CASE_KEY_SIZE))
        return trail_fail(err, TRAIL_USAGE, "%s is not 64 hexadecimal digits and a line feed",
                          path);
    return TRAIL_OK;
}
