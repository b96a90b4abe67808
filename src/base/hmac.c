/* HMAC-SHA-256 of base/digest.h. The key is set up once; every message starts from there. */
#include "base/digest.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include "base/failure.h"
#include "base/memory.h"

struct trail_hmac {
    EVP_MAC *method;
    EVP_MAC_CTX *context;
};

static trail_status fail_openssl(trail_error *err)
{
    return trail_fail(err, TRAIL_INTERNAL, "HMAC-SHA-256 of the OpenSSL library refused to work");
}

trail_status trail_hmac_new(trail_hmac **out, const uint8_t *key, size_t key_size, trail_error *err)
{
    char name[] = "SHA256";
    OSSL_PARAM choice[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name, 0),
                           OSSL_PARAM_construct_end()};
    trail_hmac *hmac = NULL;
    trail_status status = trail_alloc_zeroed(&hmac, 1, sizeof *hmac, err);

    *out = NULL;
    if (status != TRAIL_OK) return status;
    hmac->method = EVP_MAC_fetch(NULL, "HMAC", NULL);
    hmac->context = hmac->method == NULL ? NULL : EVP_MAC_CTX_new(hmac->method);
    if (hmac->context == NULL || EVP_MAC_init(hmac->context, key, key_size, choice) != 1) {
        trail_hmac_free(hmac);
        return fail_openssl(err);
    }
    *out = hmac;
    return TRAIL_OK;
}

void trail_hmac_free(trail_hmac *hmac)
{
    if (hmac == NULL) return;
    EVP_MAC_CTX_free(hmac->context);
    EVP_MAC_free(hmac->method);
    trail_free(hmac);
}

trail_status trail_hmac_of(trail_hmac *hmac, trail_slice message, uint8_t code[TRAIL_DIGEST_SIZE],
                           trail_error *err)
{
    size_t size = 0;
    if (EVP_MAC_init(hmac->context, NULL, 0, NULL) != 1 ||
        (message.length > 0 && EVP_MAC_update(hmac->context, (const unsigned char *)message.start,
                                              message.length) != 1) ||
        EVP_MAC_final(hmac->context, code, &size, TRAIL_DIGEST_SIZE) != 1)
        return fail_openssl(err);
    return TRAIL_OK;
}
