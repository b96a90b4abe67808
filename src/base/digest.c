#include "base/digest.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <unistd.h>

#include <openssl/evp.h>
#include <openssl/rand.h>

#include "base/failure.h"
#include "base/memory.h"

#define BLOCK_BYTES ((size_t)1024 * 1024)

struct trail_digest {
    EVP_MD *method;
    EVP_MD_CTX *context;
};

static trail_status fail_openssl(trail_error *err)
{
    return trail_fail(err, TRAIL_INTERNAL, "SHA-256 of the OpenSSL library refused to work");
}

trail_status trail_digest_new(trail_digest **out, trail_error *err)
{
    trail_digest *digest = NULL;
    trail_status status = trail_alloc_zeroed(&digest, 1, sizeof *digest, err);

    *out = NULL;
    if (status != TRAIL_OK) return status;
    digest->method = EVP_MD_fetch(NULL, "SHA256", NULL);
    digest->context = EVP_MD_CTX_new();
    if (digest->method == NULL || digest->context == NULL ||
        EVP_DigestInit_ex2(digest->context, digest->method, NULL) != 1) {
        trail_digest_free(digest);
        return fail_openssl(err);
    }
    *out = digest;
    return TRAIL_OK;
}

void trail_digest_free(trail_digest *digest)
{
    if (digest == NULL) return;
    EVP_MD_CTX_free(digest->context);
    EVP_MD_free(digest->method);
    trail_free(digest);
}

trail_status trail_digest_add(trail_digest *digest, const void *bytes, size_t size,
                              trail_error *err)
{
    if (size > 0 && EVP_DigestUpdate(digest->context, bytes, size) != 1) return fail_openssl(err);
    return TRAIL_OK;
}

trail_status trail_digest_finish(trail_digest *digest, uint8_t hash[TRAIL_DIGEST_SIZE],
                                 trail_error *err)
{
    if (EVP_DigestFinal_ex(digest->context, hash, NULL) != 1 ||
        EVP_DigestInit_ex2(digest->context, digest->method, NULL) != 1)
        return fail_openssl(err);
    return TRAIL_OK;
}

static trail_status add_file(trail_digest *digest, int file, const char *path, char *block,
                             uint64_t *size, trail_error *err)
{
    for (;;) {
        ssize_t got = read(file, block, BLOCK_BYTES);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return trail_fail_system(err, errno, "cannot read %s", path);
        if (got == 0) return TRAIL_OK;
        trail_status status = trail_digest_add(digest, block, (size_t)got, err);
        if (status != TRAIL_OK) return status;
        *size += (uint64_t)got;
    }
}

trail_status trail_digest_file(const char *path, uint8_t hash[TRAIL_DIGEST_SIZE], uint64_t *size,
                               trail_error *err)
{
    trail_status status;
    trail_digest *digest = NULL;
    char *block = NULL;

    *size = 0;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return trail_fail_system(err, errno, "cannot open %s", path);
    (void)posix_fadvise(file, 0, 0, POSIX_FADV_SEQUENTIAL);
    if ((status = trail_digest_new(&digest, err)) != TRAIL_OK) goto cleanup;
    if ((status = trail_alloc_zeroed(&block, BLOCK_BYTES, 1, err)) != TRAIL_OK) goto cleanup;
    if ((status = add_file(digest, file, path, block, size, err)) != TRAIL_OK) goto cleanup;
    status = trail_digest_finish(digest, hash, err);
cleanup:
    trail_free(block);
    trail_digest_free(digest);
    (void)close(file);
    return status;
}

trail_status trail_random_bytes(uint8_t *bytes, size_t size, trail_error *err)
{
    if (size > INT_MAX || RAND_priv_bytes(bytes, (int)size) != 1)
        return trail_fail(err, TRAIL_IO, "the system gave no random bytes");
    return TRAIL_OK;
}
