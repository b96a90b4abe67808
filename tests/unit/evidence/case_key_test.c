#include "evidence/case_key.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>
#include <sys/stat.h>

#include "support/scratch.h"

static int set_up(void **state)
{
    static scratch place;
    scratch_make(&place);
    *state = &place;
    return 0;
}

static int tear_down(void **state)
{
    scratch_remove(*state);
    return 0;
}

static void a_new_key_is_private_and_reads_back(void **state)
{
    uint8_t made[TRAIL_CASE_KEY_SIZE];
    uint8_t again[TRAIL_CASE_KEY_SIZE];
    bool without_modes = true;
    const char *path = scratch_path(*state, "case.key");
    mode_t before = umask(0);
    assert_int_equal(trail_case_key_create(path, made, &without_modes, NULL), TRAIL_OK);
    umask(before);
    assert_false(without_modes);
    struct stat facts;
    assert_int_equal(stat(path, &facts), 0);
    assert_int_equal(facts.st_mode & 0777, 0600);
    assert_int_equal(facts.st_size, 65);
    assert_int_equal(trail_case_key_read(path, again, &without_modes, NULL), TRAIL_OK);
    assert_false(without_modes);
    assert_memory_equal(made, again, sizeof made);
}

static void two_keys_differ(void **state)
{
    uint8_t a[TRAIL_CASE_KEY_SIZE];
    uint8_t b[TRAIL_CASE_KEY_SIZE];
    bool without_modes;
    assert_int_equal(trail_case_key_create(scratch_path(*state, "a"), a, &without_modes, NULL),
                     TRAIL_OK);
    assert_int_equal(trail_case_key_create(scratch_path(*state, "b"), b, &without_modes, NULL),
                     TRAIL_OK);
    assert_memory_not_equal(a, b, sizeof a);
}

static void a_key_is_never_overwritten(void **state)
{
    uint8_t key[TRAIL_CASE_KEY_SIZE];
    bool without_modes;
    scratch_write(*state, "case.key", "mine");
    trail_error err = {0};
    assert_int_equal(
        trail_case_key_create(scratch_path(*state, "case.key"), key, &without_modes, &err),
        TRAIL_USAGE);
    trail_text text = scratch_read(*state, "case.key");
    assert_string_equal(text.bytes, "mine");
    trail_text_clear(&text);
}

static void a_key_that_others_may_touch_is_refused(void **state)
{
    static const mode_t modes[] = {0640, 0604, 0660, 0602, 0610};
    uint8_t key[TRAIL_CASE_KEY_SIZE];
    bool without_modes;
    const char *path = scratch_path(*state, "case.key");
    assert_int_equal(trail_case_key_create(path, key, &without_modes, NULL), TRAIL_OK);
    for (size_t i = 0; i < TRAIL_LENGTH_OF(modes); i++) {
        trail_error err = {0};
        assert_int_equal(chmod(path, modes[i]), 0);
        assert_int_equal(trail_case_key_read(path, key, &without_modes, &err), TRAIL_USAGE);
        assert_non_null(strstr(err.message, "chmod 600"));
    }
    assert_int_equal(chmod(path, 0400), 0);
    assert_int_equal(trail_case_key_read(path, key, &without_modes, NULL), TRAIL_OK);
}

static void anything_but_64_digits_and_a_line_feed_is_refused(void **state)
{
#define DIGITS_62 "00112233445566778899aabbccddeeff00112233445566778899aabbccddee"
    static const char *const texts[] = {
        "",
        "\n",
        DIGITS_62 "ff",
        DIGITS_62 "\n",
        DIGITS_62 "ff\n\n",
        DIGITS_62 "ff \n",
        DIGITS_62 "fg\n",
        DIGITS_62 "ff00\n",
        "\xEF\xBB\xBF" DIGITS_62 "f\n",
    };
    uint8_t key[TRAIL_CASE_KEY_SIZE];
    bool without_modes;
    for (size_t i = 0; i < TRAIL_LENGTH_OF(texts); i++) {
        scratch_write(*state, "case.key", texts[i]);
        assert_int_equal(chmod(scratch_path(*state, "case.key"), 0600), 0);
        assert_int_equal(
            trail_case_key_read(scratch_path(*state, "case.key"), key, &without_modes, NULL),
            TRAIL_USAGE);
    }
    scratch_write(*state, "case.key", DIGITS_62 "ff\n");
    assert_int_equal(chmod(scratch_path(*state, "case.key"), 0600), 0);
    assert_int_equal(
        trail_case_key_read(scratch_path(*state, "case.key"), key, &without_modes, NULL), TRAIL_OK);
    assert_int_equal(key[31], 0xff);
}

static void a_key_that_is_not_there_is_named(void **state)
{
    uint8_t key[TRAIL_CASE_KEY_SIZE];
    bool without_modes;
    trail_error err = {0};
    assert_int_equal(
        trail_case_key_read(scratch_path(*state, "case.key"), key, &without_modes, &err), TRAIL_IO);
    assert_non_null(strstr(err.message, "case.key"));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_new_key_is_private_and_reads_back),
        TEST(two_keys_differ),
        TEST(a_key_is_never_overwritten),
        TEST(a_key_that_others_may_touch_is_refused),
        TEST(anything_but_64_digits_and_a_line_feed_is_refused),
        TEST(a_key_that_is_not_there_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
