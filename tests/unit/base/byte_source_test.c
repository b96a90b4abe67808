#include "base/byte_source.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/deflate.h"
#include "support/failing_alloc.h"
#include "support/scratch.h"

/* All bytes of a source, `step` at a time; closes it after keeping its break. */
static trail_text drained(trail_byte_source *source, size_t step, char broken[200])
{
    trail_text all = {0};
    char *block = malloc(step);
    size_t size;
    assert_non_null(block);
    do {
        assert_int_equal(trail_byte_source_read(source, block, step, &size, NULL), TRAIL_OK);
        assert_int_equal(trail_text_add(&all, (trail_slice){block, size}, NULL), TRAIL_OK);
    } while (size > 0);
    assert_int_equal(trail_byte_source_read(source, block, step, &size, NULL), TRAIL_OK);
    assert_int_equal(size, 0);
    assert_int_equal(trail_byte_source_given(source), all.length);
    const char *reason = trail_byte_source_break(source);
    (void)snprintf(broken, 200, "%s", reason == NULL ? "" : reason);
    trail_byte_source_close(source);
    free(block);
    return all;
}

static void over(trail_slice bytes, size_t step, trail_slice expected, const char *expected_break)
{
    trail_byte_source *source = NULL;
    char broken[200];
    assert_int_equal(trail_byte_source_over(&source, bytes, NULL), TRAIL_OK);
    trail_text all = drained(source, step, broken);
    assert_true(trail_slice_equal(trail_text_slice(&all), expected));
    assert_string_equal(broken, expected_break);
    trail_text_clear(&all);
}

/* Rows that do not compress to almost nothing. */
static trail_text many_rows(unsigned count)
{
    trail_text rows = {0};
    for (unsigned i = 0; i < count; i++)
        assert_int_equal(trail_text_add_format(&rows, NULL, "%08X,%u\n", i * 2654435761U, i),
                         TRAIL_OK);
    return rows;
}

static trail_text gzip_of(trail_slice bytes)
{
    trail_text packed = {0};
    assert_int_equal(trail_gzip(bytes, &packed, NULL), TRAIL_OK);
    return packed;
}

static void plain_bytes_come_as_they_are_in_steps_of_any_size(void **state)
{
    trail_text rows = many_rows(5000);
    (void)state;
    over(trail_text_slice(&rows), 7, trail_text_slice(&rows), "");
    over(trail_text_slice(&rows), 1000000, trail_text_slice(&rows), "");
    over((trail_slice){0}, 10, (trail_slice){0}, "");
    over(trail_slice_of("\x1f"), 10, trail_slice_of("\x1f"), "");
    trail_text_clear(&rows);
}

static void a_file_comes_whole_plain_or_packed(void **state)
{
    scratch place;
    trail_text rows = many_rows(60000);
    trail_text packed = gzip_of(trail_text_slice(&rows));
    const trail_text *forms[] = {&rows, &packed};
    (void)state;
    scratch_make(&place);
    for (size_t form = 0; form < 2; form++) {
        FILE *file = fopen(scratch_path(&place, "rows"), "wb");
        assert_non_null(file);
        assert_int_equal(fwrite(forms[form]->bytes, 1, forms[form]->length, file),
                         forms[form]->length);
        assert_int_equal(fclose(file), 0);
        static const size_t steps[] = {1000, 65536, 3000000};
        for (size_t i = 0; i < TRAIL_LENGTH_OF(steps); i++) {
            trail_byte_source *source = NULL;
            char broken[200];
            assert_int_equal(trail_byte_source_open(&source, scratch_path(&place, "rows"), NULL),
                             TRAIL_OK);
            assert_int_equal(trail_byte_source_is_gzip(source), form == 1);
            assert_int_equal(trail_byte_source_raw_size(source), forms[form]->length);
            trail_text all = drained(source, steps[i], broken);
            assert_true(trail_slice_equal(trail_text_slice(&all), trail_text_slice(&rows)));
            assert_string_equal(broken, "");
            trail_text_clear(&all);
        }
    }
    trail_text_clear(&rows);
    trail_text_clear(&packed);
    scratch_remove(&place);
}

static void all_members_are_read_one_after_the_other(void **state)
{
    trail_text rows = many_rows(3000);
    trail_text packed = {0};
    trail_slice all = trail_text_slice(&rows);
    (void)state;
    assert_int_equal(trail_gzip((trail_slice){all.start, 100}, &packed, NULL), TRAIL_OK);
    assert_int_equal(trail_gzip((trail_slice){0}, &packed, NULL), TRAIL_OK);
    assert_int_equal(trail_gzip((trail_slice){all.start + 100, all.length - 100}, &packed, NULL),
                     TRAIL_OK);
    over(trail_text_slice(&packed), 64, all, "");
    assert_int_equal(trail_text_add(&packed, (trail_slice){"\0\0\0\0", 4}, NULL), TRAIL_OK);
    over(trail_text_slice(&packed), 100000, all, "");
    trail_text_clear(&packed);
    trail_text_clear(&rows);
}

static void a_cut_stream_gives_what_it_can_and_says_so_wherever_it_is_cut(void **state)
{
    trail_text rows = many_rows(400);
    trail_text packed = gzip_of(trail_text_slice(&rows));
    size_t before = 0;
    (void)state;
    for (size_t length = 2; length < packed.length; length++) {
        trail_byte_source *source = NULL;
        char broken[200];
        char expected[200];
        assert_int_equal(trail_byte_source_over(&source, (trail_slice){packed.bytes, length}, NULL),
                         TRAIL_OK);
        trail_text all = drained(source, 128, broken);
        (void)snprintf(expected, sizeof expected, "truncated gzip input after %zu bytes",
                       all.length);
        assert_string_equal(broken, expected);
        assert_true(all.length >= before);
        assert_true(all.length == 0 || memcmp(all.bytes, rows.bytes, all.length) == 0);
        before = all.length;
        trail_text_clear(&all);
    }
    assert_int_equal(before, rows.length);
    trail_text_clear(&packed);
    trail_text_clear(&rows);
}

static void a_damaged_stream_is_told_from_a_cut_one(void **state)
{
    trail_text rows = many_rows(400);
    trail_text packed = gzip_of(trail_text_slice(&rows));
    char broken[200];
    char expected[200];
    (void)state;
    packed.bytes[packed.length - 6] ^= 1; /* the checksum */
    (void)snprintf(expected, sizeof expected,
                   "damaged gzip input after %zu bytes: incorrect data check", rows.length);
    over(trail_text_slice(&packed), 1000, trail_text_slice(&rows), expected);
    packed.bytes[packed.length - 6] ^= 1;
    packed.bytes[10] = 7; /* block type 3 does not exist */
    trail_byte_source *source = NULL;
    assert_int_equal(trail_byte_source_over(&source, trail_text_slice(&packed), NULL), TRAIL_OK);
    trail_text all = drained(source, 1000, broken);
    assert_string_equal(broken, "damaged gzip input after 0 bytes: invalid block type");
    assert_int_equal(all.length, 0);
    trail_text_clear(&all);
    trail_text_clear(&packed);
    trail_text_clear(&rows);
}

static void bytes_after_the_last_member_are_a_break_not_lost_in_silence(void **state)
{
    trail_text packed = gzip_of(trail_slice_of("row\n"));
    (void)state;
    assert_int_equal(trail_text_add(&packed, trail_slice_of("a,b,c\n"), NULL), TRAIL_OK);
    over(trail_text_slice(&packed), 100, trail_slice_of("row\n"),
         "bytes that are not gzip after 4 bytes");
    trail_text_clear(&packed);
}

static void what_is_no_file_is_refused_at_once(void **state)
{
    scratch place;
    trail_byte_source *source = NULL;
    trail_error err = {0};
    (void)state;
    scratch_make(&place);
    assert_int_equal(trail_byte_source_open(&source, "/nowhere/a.csv", &err), TRAIL_IO);
    assert_string_equal(err.message, "cannot open /nowhere/a.csv: no such file or directory");
    assert_int_equal(trail_byte_source_open(&source, "/", &err), TRAIL_IO);
    assert_string_equal(err.message, "cannot open /: is a directory");
    assert_int_equal(mkfifo(scratch_path(&place, "pipe"), 0600), 0);
    assert_int_equal(trail_byte_source_open(&source, scratch_path(&place, "pipe"), &err), TRAIL_IO);
    assert_non_null(strstr(err.message, "pipe: not a regular file"));
    assert_null(source);
    trail_byte_source_close(NULL);
    scratch_remove(&place);
}

static trail_status read_packed(void *context, trail_error *err)
{
    trail_byte_source *source = NULL;
    char block[512];
    size_t size = 1;
    trail_status status = trail_byte_source_open(&source, context, err);
    while (status == TRAIL_OK && size > 0)
        status = trail_byte_source_read(source, block, sizeof block, &size, err);
    trail_byte_source_close(source);
    return status;
}

static void every_refused_allocation_is_reported(void **state)
{
    scratch place;
    char path[SCRATCH_PATH];
    trail_text packed = gzip_of(trail_slice_of("some rows of a small packed file\n"));
    (void)state;
    scratch_make(&place);
    (void)snprintf(path, sizeof path, "%s", scratch_path(&place, "a.gz"));
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(packed.bytes, 1, packed.length, file), packed.length);
    assert_int_equal(fclose(file), 0);
    assert_true(failing_alloc_each(read_packed, path) >= 4);
    trail_text_clear(&packed);
    scratch_remove(&place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_bytes_come_as_they_are_in_steps_of_any_size),
        cmocka_unit_test(a_file_comes_whole_plain_or_packed),
        cmocka_unit_test(all_members_are_read_one_after_the_other),
        cmocka_unit_test(a_cut_stream_gives_what_it_can_and_says_so_wherever_it_is_cut),
        cmocka_unit_test(a_damaged_stream_is_told_from_a_cut_one),
        cmocka_unit_test(bytes_after_the_last_member_are_a_break_not_lost_in_silence),
        cmocka_unit_test(what_is_no_file_is_refused_at_once),
        cmocka_unit_test(every_refused_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
