#include "base/output.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/path.h"
#include "support/failing_alloc.h"
#include "support/scratch.h"

static trail_output *opened(scratch *place, const char *name)
{
    trail_output *out = NULL;
    assert_int_equal(trail_output_open(&out, scratch_path(place, name), NULL), TRAIL_OK);
    return out;
}

static void a_file_gets_its_name_only_when_finished(void **state)
{
    scratch place;
    (void)state;
    scratch_make(&place);
    scratch_write(&place, "a.csv", "old");
    trail_output *out = opened(&place, "a.csv");
    trail_output_text(out, "new");
    assert_true(trail_path_exists(scratch_path(&place, "a.csv.part")));
    trail_text before = scratch_read(&place, "a.csv");
    assert_string_equal(before.bytes, "old");
    trail_text_clear(&before);
    assert_int_equal(trail_output_finish(out, NULL, NULL), TRAIL_OK);
    trail_text after = scratch_read(&place, "a.csv");
    assert_string_equal(after.bytes, "new");
    trail_text_clear(&after);
    assert_false(trail_path_exists(scratch_path(&place, "a.csv.part")));
    scratch_remove(&place);
}

static void an_abandoned_file_leaves_nothing_and_the_old_one(void **state)
{
    scratch place;
    (void)state;
    scratch_make(&place);
    scratch_write(&place, "a.csv", "old");
    trail_output *out = opened(&place, "a.csv");
    trail_output_text(out, "new");
    trail_output_abandon(out);
    trail_output_abandon(NULL);
    assert_false(trail_path_exists(scratch_path(&place, "a.csv.part")));
    trail_text after = scratch_read(&place, "a.csv");
    assert_string_equal(after.bytes, "old");
    trail_text_clear(&after);
    scratch_remove(&place);
}

static void all_ways_of_adding_reach_the_file_across_the_buffer_and_the_hash(void **state)
{
    enum { LARGE = 700000 };
    scratch place;
    uint8_t hash[TRAIL_DIGEST_SIZE];
    uint8_t expected[TRAIL_DIGEST_SIZE];
    uint64_t size;
    trail_text whole = {0};
    char *large = malloc(LARGE);
    (void)state;
    assert_non_null(large);
    memset(large, 'L', LARGE);
    scratch_make(&place);
    trail_output *out = opened(&place, "a");
    for (int i = 0; i < 60000; i++) {
        trail_output_byte(out, '#');
        trail_output_format(out, "%d;", i);
        assert_int_equal(trail_text_add_format(&whole, NULL, "#%d;", i), TRAIL_OK);
        if (i % 20000 != 19999) continue;
        trail_output_add(out, (trail_slice){large, LARGE});
        trail_output_format(out, "%.600s", large);
        trail_output_add(out, (trail_slice){0});
        assert_int_equal(trail_text_add(&whole, (trail_slice){large, LARGE}, NULL), TRAIL_OK);
        assert_int_equal(trail_text_add(&whole, (trail_slice){large, 600}, NULL), TRAIL_OK);
    }
    assert_int_equal(trail_output_size(out), whole.length);
    assert_int_equal(trail_output_finish(out, hash, NULL), TRAIL_OK);
    trail_text back = scratch_read(&place, "a");
    assert_int_equal(back.length, whole.length);
    assert_true(memcmp(back.bytes, whole.bytes, whole.length) == 0);
    assert_int_equal(trail_digest_file(scratch_path(&place, "a"), expected, &size, NULL), TRAIL_OK);
    assert_memory_equal(hash, expected, TRAIL_DIGEST_SIZE);
    trail_text_clear(&back);
    trail_text_clear(&whole);
    free(large);
    scratch_remove(&place);
}

static void an_output_into_a_text_appends_and_hashes_its_own_bytes_only(void **state)
{
    trail_text text = {0};
    trail_output *out = NULL;
    uint8_t hash[TRAIL_DIGEST_SIZE];
    char hex[TRAIL_DIGEST_HEX];
    (void)state;
    assert_int_equal(trail_text_add(&text, trail_slice_of("before "), NULL), TRAIL_OK);
    assert_int_equal(trail_output_into(&out, &text, NULL), TRAIL_OK);
    trail_output_format(out, "%s", "a");
    trail_output_text(out, "bc");
    assert_int_equal(trail_output_size(out), 3);
    assert_int_equal(trail_output_finish(out, hash, NULL), TRAIL_OK);
    assert_string_equal(text.bytes, "before abc");
    trail_hex(hash, TRAIL_DIGEST_SIZE, hex);
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    trail_text_clear(&text);
    assert_int_equal(trail_output_into(&out, &text, NULL), TRAIL_OK);
    assert_int_equal(trail_output_finish(out, hash, NULL), TRAIL_OK);
    assert_null(text.bytes);
}

static void a_folder_that_is_not_there_is_named_at_once(void **state)
{
    trail_output *out = NULL;
    trail_error err = {0};
    (void)state;
    assert_int_equal(trail_output_open(&out, "/nowhere/a.csv", &err), TRAIL_IO);
    assert_string_equal(err.message, "cannot write /nowhere/a.csv: no such file or directory");
    assert_null(out);
}

/* A limit on file sizes stands for a full disk: the same refusal in the middle of writing. */
static void a_full_disk_is_reported_by_finish_and_keeps_the_old_file(void **state)
{
    scratch place;
    trail_error err = {0};
    struct rlimit unlimited;
    (void)state;
    scratch_make(&place);
    scratch_write(&place, "a.csv", "old");
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &unlimited), 0);
    struct rlimit small = {.rlim_cur = 400000, .rlim_max = unlimited.rlim_max};
    void (*usual)(int) = signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    trail_output *out = opened(&place, "a.csv");
    for (int i = 0; i < 100000; i++)
        trail_output_text(out, "0123456789");
    trail_status status = trail_output_finish(out, NULL, &err);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &unlimited), 0);
    (void)signal(SIGXFSZ, usual);
    assert_int_equal(status, TRAIL_IO);
    assert_non_null(strstr(err.message, "cannot write "));
    assert_non_null(strstr(err.message, "a.csv: file too large"));
    trail_text after = scratch_read(&place, "a.csv");
    assert_string_equal(after.bytes, "old");
    trail_text_clear(&after);
    assert_false(trail_path_exists(scratch_path(&place, "a.csv.part")));
    scratch_remove(&place);
}

static void a_name_that_is_a_folder_is_reported_and_the_part_removed(void **state)
{
    scratch place;
    trail_error err = {0};
    (void)state;
    scratch_make(&place);
    scratch_write(&place, "a.csv/inside", "x");
    trail_output *out = opened(&place, "a.csv");
    assert_int_equal(trail_output_finish(out, NULL, &err), TRAIL_IO);
    assert_non_null(strstr(err.message, "is a directory"));
    assert_false(trail_path_exists(scratch_path(&place, "a.csv.part")));
    scratch_remove(&place);
}

static void a_part_left_behind_or_a_link_in_its_place_is_replaced(void **state)
{
    scratch place;
    (void)state;
    scratch_make(&place);
    scratch_write(&place, "precious", "kept");
    assert_int_equal(symlink("precious", scratch_path(&place, "a.csv.part")), 0);
    trail_output *out = opened(&place, "a.csv");
    trail_output_text(out, "new");
    assert_int_equal(trail_output_finish(out, NULL, NULL), TRAIL_OK);
    trail_text kept = scratch_read(&place, "precious");
    assert_string_equal(kept.bytes, "kept");
    trail_text_clear(&kept);
    scratch_remove(&place);
}

static trail_status write_both(void *context, trail_error *err)
{
    trail_output *out = NULL;
    trail_text text = {0};
    trail_status status = trail_output_open(&out, context, err);
    if (status != TRAIL_OK) return status;
    trail_output_format(out, "%0600d", 1);
    if ((status = trail_output_finish(out, NULL, err)) != TRAIL_OK) return status;
    if ((status = trail_output_into(&out, &text, err)) == TRAIL_OK) {
        uint8_t hash[TRAIL_DIGEST_SIZE];
        trail_output_text(out, "word");
        trail_output_format(out, "%0600d", 1);
        status = trail_output_finish(out, hash, err);
    }
    trail_text_clear(&text);
    return status;
}

static void every_refused_allocation_is_reported(void **state)
{
    scratch place;
    char path[SCRATCH_PATH];
    (void)state;
    scratch_make(&place);
    (void)snprintf(path, sizeof path, "%s", scratch_path(&place, "a"));
    assert_true(failing_alloc_each(write_both, path) > 8);
    assert_false(trail_path_exists(scratch_path(&place, "a.part")));
    scratch_remove(&place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_gets_its_name_only_when_finished),
        cmocka_unit_test(an_abandoned_file_leaves_nothing_and_the_old_one),
        cmocka_unit_test(all_ways_of_adding_reach_the_file_across_the_buffer_and_the_hash),
        cmocka_unit_test(an_output_into_a_text_appends_and_hashes_its_own_bytes_only),
        cmocka_unit_test(a_folder_that_is_not_there_is_named_at_once),
        cmocka_unit_test(a_full_disk_is_reported_by_finish_and_keeps_the_old_file),
        cmocka_unit_test(a_name_that_is_a_folder_is_reported_and_the_part_removed),
        cmocka_unit_test(a_part_left_behind_or_a_link_in_its_place_is_replaced),
        cmocka_unit_test(every_refused_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
