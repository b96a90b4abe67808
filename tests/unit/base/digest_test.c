#include "base/digest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/failing_alloc.h"
#include "support/scratch.h"

static void assert_hex(const uint8_t hash[TRAIL_DIGEST_SIZE], const char *expected)
{
    char hex[TRAIL_DIGEST_HEX];
    trail_hex(hash, TRAIL_DIGEST_SIZE, hex);
    assert_string_equal(hex, expected);
}

static const char empty_hash[] = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
static const char abc_hash[] = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

/* FIPS 180-4 examples. */
static void digests_have_the_standards_values_and_can_be_used_again(void **state)
{
    trail_digest *digest = NULL;
    uint8_t hash[TRAIL_DIGEST_SIZE];
    (void)state;
    assert_int_equal(trail_digest_new(&digest, NULL), TRAIL_OK);
    assert_int_equal(trail_digest_finish(digest, hash, NULL), TRAIL_OK);
    assert_hex(hash, empty_hash);
    assert_int_equal(trail_digest_add(digest, "a", 1, NULL), TRAIL_OK);
    assert_int_equal(trail_digest_add(digest, NULL, 0, NULL), TRAIL_OK);
    assert_int_equal(trail_digest_add(digest, "bc", 2, NULL), TRAIL_OK);
    assert_int_equal(trail_digest_finish(digest, hash, NULL), TRAIL_OK);
    assert_hex(hash, abc_hash);
    const char *two_blocks = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
    assert_int_equal(trail_digest_add(digest, two_blocks, strlen(two_blocks), NULL), TRAIL_OK);
    assert_int_equal(trail_digest_finish(digest, hash, NULL), TRAIL_OK);
    assert_hex(hash, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    trail_digest_free(digest);
    trail_digest_free(NULL);
}

static void a_file_is_hashed_whole_and_counted(void **state)
{
    scratch place;
    uint8_t hash[TRAIL_DIGEST_SIZE];
    uint64_t size = 99;
    (void)state;
    scratch_make(&place);
    scratch_write(&place, "a.csv", "abc");
    assert_int_equal(trail_digest_file(scratch_path(&place, "a.csv"), hash, &size, NULL), TRAIL_OK);
    assert_hex(hash, abc_hash);
    assert_int_equal(size, 3);
    scratch_write(&place, "empty", "");
    assert_int_equal(trail_digest_file(scratch_path(&place, "empty"), hash, &size, NULL), TRAIL_OK);
    assert_hex(hash, empty_hash);
    assert_int_equal(size, 0);

    char *million = malloc(3000001); /* three blocks of reading, none full */
    assert_non_null(million);
    memset(million, 'a', 3000000);
    million[3000000] = '\0';
    scratch_write(&place, "long", million);
    assert_int_equal(trail_digest_file(scratch_path(&place, "long"), hash, &size, NULL), TRAIL_OK);
    assert_int_equal(size, 3000000);
    trail_digest *digest = NULL;
    uint8_t whole[TRAIL_DIGEST_SIZE];
    assert_int_equal(trail_digest_new(&digest, NULL), TRAIL_OK);
    assert_int_equal(trail_digest_add(digest, million, 3000000, NULL), TRAIL_OK);
    assert_int_equal(trail_digest_finish(digest, whole, NULL), TRAIL_OK);
    assert_memory_equal(hash, whole, TRAIL_DIGEST_SIZE);
    trail_digest_free(digest);
    free(million);
    scratch_remove(&place);
}

static void a_file_that_cannot_be_read_is_named(void **state)
{
    uint8_t hash[TRAIL_DIGEST_SIZE];
    uint64_t size;
    trail_error err = {0};
    (void)state;
    assert_int_equal(trail_digest_file("/nowhere/a.csv", hash, &size, &err), TRAIL_IO);
    assert_string_equal(err.message, "cannot open /nowhere/a.csv: no such file or directory");
    assert_int_equal(trail_digest_file("/", hash, &size, &err), TRAIL_IO);
    assert_string_equal(err.message, "cannot read /: is a directory");
}

typedef struct hmac_case {
    const char *key;
    size_t key_size;
    const char *message;
    const char *code;
} hmac_case;

#define TWENTY(byte)                                                                               \
    byte byte byte byte byte byte byte byte byte byte byte byte byte byte byte byte byte byte byte \
        byte

/* RFC 4231, test cases 1, 2 and 6 and (of 131 bytes of key) 7. */
static void hmacs_have_the_rfcs_values_under_one_key_after_another(void **state)
{
    static const char long_key[] = TWENTY("\xaa") TWENTY("\xaa") TWENTY("\xaa") TWENTY("\xaa")
        TWENTY("\xaa") TWENTY("\xaa") "\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa";
    static const hmac_case cases[] = {
        {TWENTY("\x0b"), 20, "Hi There",
         "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
        {"Jefe", 4, "what do ya want for nothing?",
         "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
        {long_key, 131, "Test Using Larger Than Block-Size Key - Hash Key First",
         "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
        {long_key, 131,
         "This is a test using a larger than block-size key and a larger than block-size data. The "
         "key needs to be hashed before being used by the HMAC algorithm.",
         "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"},
    };
    (void)state;
    for (size_t i = 0; i < TRAIL_LENGTH_OF(cases); i++) {
        trail_hmac *hmac = NULL;
        uint8_t code[TRAIL_DIGEST_SIZE];
        assert_int_equal(
            trail_hmac_new(&hmac, (const uint8_t *)cases[i].key, cases[i].key_size, NULL),
            TRAIL_OK);
        for (int again = 0; again < 3; again++) {
            assert_int_equal(trail_hmac_of(hmac, trail_slice_of(cases[i].message), code, NULL),
                             TRAIL_OK);
            assert_hex(code, cases[i].code);
            assert_int_equal(trail_hmac_of(hmac, (trail_slice){0}, code, NULL), TRAIL_OK);
        }
        trail_hmac_free(hmac);
    }
    trail_hmac_free(NULL);
}

static trail_status hash_a_file(void *context, trail_error *err)
{
    uint8_t hash[TRAIL_DIGEST_SIZE];
    uint64_t size;
    return trail_digest_file(context, hash, &size, err);
}

static trail_status code_a_message(void *context, trail_error *err)
{
    trail_hmac *hmac = NULL;
    uint8_t code[TRAIL_DIGEST_SIZE];
    (void)context;
    trail_status status = trail_hmac_new(&hmac, (const uint8_t *)"k", 1, err);
    if (status == TRAIL_OK) status = trail_hmac_of(hmac, trail_slice_of("m"), code, err);
    trail_hmac_free(hmac);
    return status;
}

static void every_refused_allocation_is_reported(void **state)
{
    scratch place;
    char path[SCRATCH_PATH];
    (void)state;
    scratch_make(&place);
    scratch_write(&place, "a.csv", "abc");
    (void)snprintf(path, sizeof path, "%s", scratch_path(&place, "a.csv"));
    assert_int_equal(failing_alloc_each(hash_a_file, path), 2);
    assert_int_equal(failing_alloc_each(code_a_message, NULL), 1);
    scratch_remove(&place);
}

static void random_bytes_do_not_repeat(void **state)
{
    uint8_t a[32] = {0};
    uint8_t b[32] = {0};
    (void)state;
    assert_int_equal(trail_random_bytes(a, sizeof a, NULL), TRAIL_OK);
    assert_int_equal(trail_random_bytes(b, sizeof b, NULL), TRAIL_OK);
    assert_memory_not_equal(a, b, sizeof a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(digests_have_the_standards_values_and_can_be_used_again),
        cmocka_unit_test(a_file_is_hashed_whole_and_counted),
        cmocka_unit_test(a_file_that_cannot_be_read_is_named),
        cmocka_unit_test(hmacs_have_the_rfcs_values_under_one_key_after_another),
        cmocka_unit_test(every_refused_allocation_is_reported),
        cmocka_unit_test(random_bytes_do_not_repeat),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
