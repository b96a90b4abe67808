/* Appending to custody.jsonl under an exclusive fcntl lock. All events of one opening are written
 * together: if the disk is full, the file is cut back to what it was. Everything goes through one
 * descriptor, because closing any other one on the same file would drop the lock (POSIX). */
#include "evidence/custody.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/failure.h"
#include "base/json_writer.h"
#include "base/memory.h"
#include "evidence/custody_parts.h"
#include "model/calendar.h"

#define DAY_SECONDS 86400
#define TIME_TEXT   (TRAIL_DAY_TEXT + TRAIL_TIME_TEXT + 1)
#define NAME_ROOM   4096

struct trail_custody {
    int file;
    trail_text path;
    trail_text log;     /* the whole lines that were there */
    trail_text pending; /* lines to append */
    uint64_t line_count;
    uint64_t cut_bytes; /* of a last line that a crash left unfinished */
    char head[TRAIL_DIGEST_HEX];
    trail_digest *digest;
};

static trail_status lock(trail_custody *custody, trail_error *err)
{
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    while (fcntl(custody->file, F_SETLKW, &whole) != 0) {
        /* Some network shares know no locks; one person at a time is the rule there. */
        if (errno == ENOLCK || errno == ENOTSUP || errno == EINVAL) return TRAIL_OK;
        if (errno != EINTR)
            return trail_fail_system(err, errno, "cannot lock %s", custody->path.bytes);
    }
    return TRAIL_OK;
}

static trail_status read_log(trail_custody *custody, trail_error *err)
{
    char block[1 << 14];
    for (;;) {
        ssize_t got = read(custody->file, block, sizeof block);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return trail_fail_system(err, errno, "cannot read %s", custody->path.bytes);
        if (got == 0) return TRAIL_OK;
        trail_status status = trail_text_add(&custody->log, (trail_slice){block, (size_t)got}, err);
        if (status != TRAIL_OK) return status;
    }
}

/* Counts the lines, hashes the last, and forgets an unfinished one. */
static trail_status find_head(trail_custody *custody, trail_error *err)
{
    trail_slice rest = trail_text_slice(&custody->log);
    trail_slice last = {0};
    memset(custody->head, '0', TRAIL_DIGEST_HEX - 1);
    while (rest.length > 0) {
        bool whole;
        trail_slice line = trail_custody_next_line(&rest, &whole);
        if (!whole) {
            custody->cut_bytes = line.length;
            custody->log.length -= line.length;
            break;
        }
        last = line;
        custody->line_count++;
    }
    if (custody->line_count == 0) return TRAIL_OK;
    return trail_custody_hash(custody->digest, last, custody->head, err);
}

trail_status trail_custody_open(trail_custody **out, const char *path, trail_error *err)
{
    trail_custody *custody = NULL;
    trail_status status = trail_alloc_zeroed(&custody, 1, sizeof *custody, err);
    if (status != TRAIL_OK) return status;
    custody->file = -1;
    if ((status = trail_text_add(&custody->path, trail_slice_of(path), err)) != TRAIL_OK)
        goto cleanup;
    if ((status = trail_digest_new(&custody->digest, err)) != TRAIL_OK) goto cleanup;
    custody->file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (custody->file < 0) {
        status = trail_fail_system(err, errno, "cannot open %s", path);
        goto cleanup;
    }
    if ((status = lock(custody, err)) != TRAIL_OK) goto cleanup;
    if ((status = read_log(custody, err)) != TRAIL_OK) goto cleanup;
    if ((status = find_head(custody, err)) != TRAIL_OK) goto cleanup;
    *out = custody;
    custody = NULL;
cleanup:
    trail_custody_abandon(custody);
    return status;
}

/* The present time in UTC, to the second. */
static trail_status now_text(char text[TIME_TEXT], trail_error *err)
{
    struct timespec now;
    if (clock_gettime(CLOCK_REALTIME, &now) != 0)
        return trail_fail_system(err, errno, "cannot read the clock");
    int64_t seconds = (int64_t)now.tv_sec;
    trail_day_format((int32_t)(seconds / DAY_SECONDS), text);
    text[TRAIL_DAY_TEXT - 1] = 'T';
    trail_time_format((int32_t)(seconds % DAY_SECONDS), text + TRAIL_DAY_TEXT);
    text[TIME_TEXT - 2] = 'Z';
    text[TIME_TEXT - 1] = '\0';
    return TRAIL_OK;
}

static void write_user(trail_json *json)
{
    char room[NAME_ROOM];
    struct passwd entry;
    struct passwd *found = NULL;
    uid_t user = getuid();
    if (getpwuid_r(user, &entry, room, sizeof room, &found) == 0 && found != NULL)
        trail_json_text(json, "user", found->pw_name);
    else
        trail_json_integer(json, "user", (int64_t)user);
}

static trail_status write_line(const trail_custody *custody, const char *op,
                               const trail_custody_field *fields, size_t count, trail_text *line,
                               trail_error *err)
{
    char now[TIME_TEXT];
    trail_output *out = NULL;
    trail_status status;
    if ((status = now_text(now, err)) != TRAIL_OK) return status;
    if ((status = trail_output_into(&out, line, err)) != TRAIL_OK) return status;
    trail_json json = trail_json_on(out);
    trail_json_object(&json, NULL);
    trail_json_integer(&json, "seq", (int64_t)custody->line_count + 1);
    trail_json_text(&json, "prev", custody->head);
    trail_json_text(&json, "t", now);
    write_user(&json);
    trail_json_text(&json, "op", op);
    for (size_t i = 0; i < count; i++)
        if (fields[i].value != NULL) trail_json_text(&json, fields[i].name, fields[i].value);
    if (custody->cut_bytes > 0) trail_json_integer(&json, "cut_bytes", (int64_t)custody->cut_bytes);
    trail_json_object_end(&json);
    return trail_output_finish(out, NULL, err);
}

trail_status trail_custody_add(trail_custody *custody, const char *op,
                               const trail_custody_field *fields, size_t count, trail_error *err)
{
    trail_text line = {0};
    char head[TRAIL_DIGEST_HEX];
    trail_status status;
    if ((status = write_line(custody, op, fields, count, &line, err)) != TRAIL_OK) goto cleanup;
    if ((status = trail_custody_hash(custody->digest, trail_text_slice(&line), head, err)) !=
        TRAIL_OK)
        goto cleanup;
    if ((status = trail_text_add(&line, (trail_slice){"\n", 1}, err)) != TRAIL_OK) goto cleanup;
    if ((status = trail_text_add(&custody->pending, trail_text_slice(&line), err)) != TRAIL_OK)
        goto cleanup;
    memcpy(custody->head, head, sizeof head);
    custody->line_count++;
    custody->cut_bytes = 0;
cleanup:
    trail_text_clear(&line);
    return status;
}

bool trail_custody_has(const trail_custody *custody, const char *op, const char *field,
                       const char *value)
{
    return trail_custody_log_has(trail_text_slice(&custody->log), op, field, value);
}

static int append_pending(const trail_custody *custody)
{
    off_t end = (off_t)custody->log.length;
    if (ftruncate(custody->file, end) != 0) return errno;
    size_t done = 0;
    while (done < custody->pending.length) {
        ssize_t wrote = pwrite(custody->file, custody->pending.bytes + done,
                               custody->pending.length - done, end + (off_t)done);
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote < 0) return errno;
        done += (size_t)wrote;
    }
    bool kept = fsync(custody->file) == 0 || errno == EINVAL || errno == ENOTSUP;
    return kept ? 0 : errno;
}

trail_status trail_custody_close(trail_custody *custody, trail_error *err)
{
    trail_status status = TRAIL_OK;
    if (custody->pending.length > 0) {
        int failure = append_pending(custody);
        if (failure != 0) {
            if (ftruncate(custody->file, (off_t)custody->log.length) == 0)
                (void)fsync(custody->file);
            status = trail_fail_system(err, failure, "cannot write %s", custody->path.bytes);
        }
    }
    trail_custody_abandon(custody);
    return status;
}

void trail_custody_abandon(trail_custody *custody)
{
    if (custody == NULL) return;
    if (custody->file >= 0) close(custody->file); /* and with it the lock */
    trail_digest_free(custody->digest);
    trail_text_clear(&custody->path);
    trail_text_clear(&custody->log);
    trail_text_clear(&custody->pending);
    trail_free(custody);
}
