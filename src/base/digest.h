/* SHA-256 and HMAC-SHA-256 (FIPS 180-4, RFC 2104), the door to OpenSSL. */
#ifndef TRAIL_BASE_DIGEST_H
#define TRAIL_BASE_DIGEST_H

#include <stddef.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/text.h"

#define TRAIL_DIGEST_SIZE 32
#define TRAIL_DIGEST_HEX  (2 * TRAIL_DIGEST_SIZE + 1)

typedef struct trail_digest trail_digest; /* a running SHA-256; reusable after finish */

trail_status trail_digest_new(trail_digest **out, trail_error *err) TRAIL_MUST_CHECK;
void trail_digest_free(trail_digest *digest);
trail_status trail_digest_add(trail_digest *digest, const void *bytes, size_t size,
                              trail_error *err) TRAIL_MUST_CHECK;
/* The hash of all added since new or the last finish. */
trail_status trail_digest_finish(trail_digest *digest, uint8_t hash[TRAIL_DIGEST_SIZE],
                                 trail_error *err) TRAIL_MUST_CHECK;
/* Hash and size of a whole file, read once in blocks. */
trail_status trail_digest_file(const char *path, uint8_t hash[TRAIL_DIGEST_SIZE], uint64_t *size,
                               trail_error *err) TRAIL_MUST_CHECK;

typedef struct trail_hmac trail_hmac; /* HMAC under one key, set up once, used many times */
trail_status trail_hmac_new(trail_hmac **out, const uint8_t *key, size_t key_size,
                            trail_error *err) TRAIL_MUST_CHECK;
void trail_hmac_free(trail_hmac *hmac);
trail_status trail_hmac_of(trail_hmac *hmac, trail_slice message, uint8_t code[TRAIL_DIGEST_SIZE],
                           trail_error *err) TRAIL_MUST_CHECK;

/* `size` unpredictable bytes, from OpenSSL's private generator seeded by the operating system. */
trail_status trail_random_bytes(uint8_t *bytes, size_t size, trail_error *err) TRAIL_MUST_CHECK;

#endif
