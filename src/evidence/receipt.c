#include "evidence/receipt.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/failure.h"
#include "base/memory.h"
#include "base/path.h"
#include "base/threads.h"

typedef struct receiving {
    const char *case_folder;
    const char *const *names;
    trail_receipt *receipts;
} receiving;

static trail_status check_regular(const char *path, const char *name, trail_error *err)
{
    struct stat facts;
    if (stat(path, &facts) != 0) {
        if (errno == ENOENT || errno == ENOTDIR)
            return trail_fail(err, TRAIL_USAGE, "received file %s is not there", name);
        return trail_fail_system(err, errno, "cannot open %s", name);
    }
    if (S_ISDIR(facts.st_mode))
        return trail_fail(err, TRAIL_USAGE, "received file %s is a folder: name the files in it",
                          name);
    if (!S_ISREG(facts.st_mode))
        return trail_fail(err, TRAIL_USAGE, "received file %s is not a regular file", name);
    return TRAIL_OK;
}

static trail_status receive(void *context, size_t index, trail_error *err)
{
    const receiving *work = context;
    const char *name = work->names[index];
    trail_receipt *receipt = &work->receipts[index];
    trail_text path = {0};
    trail_status status;
    if ((status = trail_path_join(&path, work->case_folder, name, err)) != TRAIL_OK) goto cleanup;
    if ((status = check_regular(path.bytes, name, err)) != TRAIL_OK) goto cleanup;
    status = trail_digest_file(path.bytes, receipt->hash, &receipt->size, err);
cleanup:
    trail_text_clear(&path);
    return status;
}

trail_status trail_receipt_take(const char *case_folder, const char *const *names, size_t count,
                                unsigned threads, trail_receipt *receipts, trail_error *err)
{
    receiving work = {case_folder, names, receipts};
    return trail_threads_run(threads, count, receive, &work, err);
}

static int by_bytes(const void *a, const void *b)
{
    return memcmp(a, b, TRAIL_DIGEST_SIZE);
}

trail_status trail_evidence_digest(const trail_receipt *receipts, size_t count,
                                   char hex[TRAIL_DIGEST_HEX], trail_error *err)
{
    uint8_t *hashes = NULL;
    trail_digest *digest = NULL;
    uint8_t whole[TRAIL_DIGEST_SIZE];
    trail_status status;
    if ((status = trail_alloc_zeroed(&hashes, count, TRAIL_DIGEST_SIZE, err)) != TRAIL_OK)
        goto cleanup;
    for (size_t i = 0; i < count; i++)
        memcpy(hashes + i * TRAIL_DIGEST_SIZE, receipts[i].hash, TRAIL_DIGEST_SIZE);
    if (count > 1) qsort(hashes, count, TRAIL_DIGEST_SIZE, by_bytes);

    if ((status = trail_digest_new(&digest, err)) != TRAIL_OK) goto cleanup;
    for (size_t i = 0; i < count; i++) {
        char line[TRAIL_DIGEST_HEX];
        trail_hex(hashes + i * TRAIL_DIGEST_SIZE, TRAIL_DIGEST_SIZE, line);
        line[TRAIL_DIGEST_HEX - 1] = '\n';
        if ((status = trail_digest_add(digest, line, sizeof line, err)) != TRAIL_OK) goto cleanup;
    }
    if ((status = trail_digest_finish(digest, whole, err)) != TRAIL_OK) goto cleanup;
    trail_hex(whole, TRAIL_DIGEST_SIZE, hex);
cleanup:
    trail_digest_free(digest);
    trail_free(hashes);
    return status;
}
