#include "base/path.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/failing_alloc.h"
#include "support/scratch.h"

static void joined(const char *folder, const char *name, const char *expected)
{
    trail_text path = {0};
    assert_int_equal(trail_path_join(&path, folder, name, NULL), TRAIL_OK);
    assert_string_equal(path.bytes, expected);
    trail_text_clear(&path);
}

static void folder_and_name_are_joined_by_one_slash(void **state)
{
    (void)state;
    joined("case", "a.csv", "case/a.csv");
    joined("case/", "a.csv", "case/a.csv");
    joined("/", "a.csv", "/a.csv");
    joined("case", "/tmp/a.csv", "/tmp/a.csv");
    joined("", "a.csv", "a.csv");
    joined(NULL, "a.csv", "a.csv");
}

static void folders_are_made_with_all_above_them_and_twice(void **state)
{
    scratch place;
    (void)state;
    scratch_make(&place);
    assert_int_equal(trail_path_make_folder(scratch_path(&place, "a/b c/\xc3\xbc/"), NULL),
                     TRAIL_OK);
    assert_int_equal(trail_path_make_folder(scratch_path(&place, "a/b c/\xc3\xbc"), NULL),
                     TRAIL_OK);
    assert_true(trail_path_is_folder(scratch_path(&place, "a/b c/\xc3\xbc")));
    assert_true(trail_path_exists(scratch_path(&place, "a")));
    assert_false(trail_path_exists(scratch_path(&place, "b")));
    scratch_remove(&place);
}

static void a_file_in_the_way_of_a_folder_is_named(void **state)
{
    scratch place;
    trail_error err = {0};
    (void)state;
    scratch_make(&place);
    scratch_write(&place, "a", "file");
    assert_false(trail_path_is_folder(scratch_path(&place, "a")));
    assert_int_equal(trail_path_make_folder(scratch_path(&place, "a"), &err), TRAIL_IO);
    assert_non_null(strstr(err.message, "/a: file exists"));
    assert_int_equal(trail_path_make_folder(scratch_path(&place, "a/b"), &err), TRAIL_IO);
    scratch_remove(&place);
}

static void names_are(const trail_vector *names, const char *const *expected, size_t count)
{
    assert_int_equal(names->count, count);
    for (size_t i = 0; i < count; i++)
        assert_string_equal(*(char *const *)trail_vector_at(names, i), expected[i]);
}

static void files_below_a_folder_are_listed_bytewise_without_links(void **state)
{
    static const char *const expected[] = {
        "B.csv", "a b/x/deep.csv", "a b/\xc3\xbc mlaut.csv", "a.csv", "a/z.csv",
    };
    scratch place;
    trail_vector names = trail_vector_of(sizeof(char *));
    (void)state;
    scratch_make(&place);
    for (size_t i = TRAIL_LENGTH_OF(expected); i > 0; i--)
        scratch_write(&place, expected[i - 1], "x");
    assert_int_equal(trail_path_make_folder(scratch_path(&place, "empty"), NULL), TRAIL_OK);
    assert_int_equal(symlink("a.csv", scratch_path(&place, "link.csv")), 0);
    assert_int_equal(symlink("..", scratch_path(&place, "up")), 0);
    assert_int_equal(mkfifo(scratch_path(&place, "pipe"), 0600), 0);
    assert_int_equal(trail_path_list(place.folder, &names, NULL), TRAIL_OK);
    names_are(&names, expected, TRAIL_LENGTH_OF(expected));
    trail_path_list_clear(&names);
    assert_int_equal(names.count, 0);
    static const char *const others[] = {"link.csv", "pipe", "up"};
    assert_int_equal(trail_path_list_others(place.folder, &names, NULL), TRAIL_OK);
    names_are(&names, others, TRAIL_LENGTH_OF(others));
    trail_path_list_clear(&names);
    scratch_remove(&place);
}

static void names_of_255_bytes_and_paths_of_over_300_are_listed_and_read(void **state)
{
    scratch place;
    trail_vector names = trail_vector_of(sizeof(char *));
    trail_text content = {0};
    char name[400];
    (void)state;
    scratch_make(&place);
    memset(name, 'f', sizeof name);
    name[120] = '/';
    memcpy(name + 376 - 4, ".csv", 5);
    scratch_write(&place, name, "long");
    assert_int_equal(trail_path_list(place.folder, &names, NULL), TRAIL_OK);
    names_are(&names, (const char *const[]){name}, 1);
    assert_int_equal(trail_path_read(scratch_path(&place, name), 10, &content, NULL), TRAIL_OK);
    assert_string_equal(content.bytes, "long");
    trail_text_clear(&content);
    trail_path_list_clear(&names);
    scratch_remove(&place);
}

static void a_folder_that_is_not_there_is_named_when_listed(void **state)
{
    trail_vector names;
    trail_error err = {0};
    (void)state;
    assert_int_equal(trail_path_list("/nowhere", &names, &err), TRAIL_IO);
    assert_string_equal(err.message, "cannot open the folder /nowhere: no such file or directory");
    assert_int_equal(names.count, 0);
}

static void a_tree_is_removed_but_nothing_a_link_points_to(void **state)
{
    scratch place;
    (void)state;
    scratch_make(&place);
    scratch_write(&place, "kept/a.csv", "x");
    scratch_write(&place, "out/b/c/d.csv", "x");
    scratch_write(&place, "out/.hidden", "x");
    assert_int_equal(symlink("../kept", scratch_path(&place, "out/link")), 0);
    assert_int_equal(trail_path_remove_tree(scratch_path(&place, "out"), NULL), TRAIL_OK);
    assert_false(trail_path_exists(scratch_path(&place, "out")));
    assert_true(trail_path_exists(scratch_path(&place, "kept/a.csv")));
    assert_int_equal(trail_path_remove_tree(scratch_path(&place, "out"), NULL), TRAIL_OK);
    assert_int_equal(symlink("kept", scratch_path(&place, "link")), 0);
    assert_int_equal(trail_path_remove_tree(scratch_path(&place, "link"), NULL), TRAIL_OK);
    assert_true(trail_path_exists(scratch_path(&place, "kept/a.csv")));
    scratch_remove(&place);
}

static void a_file_above_the_limit_is_refused_and_the_text_left_as_it_was(void **state)
{
    scratch place;
    trail_text text = {0};
    trail_error err = {0};
    (void)state;
    scratch_make(&place);
    scratch_write(&place, "five", "12345");
    const char *path = scratch_path(&place, "five");
    assert_int_equal(trail_text_add(&text, trail_slice_of("before:"), NULL), TRAIL_OK);
    assert_int_equal(trail_path_read(path, 4, &text, &err), TRAIL_BAD_DATA);
    assert_non_null(strstr(err.message, "five is larger than 4 bytes"));
    assert_string_equal(text.bytes, "before:");
    assert_int_equal(trail_path_read(path, 5, &text, NULL), TRAIL_OK);
    assert_string_equal(text.bytes, "before:12345");
    trail_text_clear(&text);
    scratch_remove(&place);
}

static void an_empty_file_reads_as_an_empty_text_and_a_folder_not_at_all(void **state)
{
    scratch place;
    trail_text text = {0};
    trail_error err = {0};
    (void)state;
    scratch_make(&place);
    scratch_write(&place, "empty", "");
    assert_int_equal(trail_path_read(scratch_path(&place, "empty"), 0, &text, NULL), TRAIL_OK);
    assert_string_equal(text.bytes, "");
    assert_int_equal(trail_path_read(place.folder, 100, &text, &err), TRAIL_IO);
    assert_non_null(strstr(err.message, ": is a directory"));
    trail_text_clear(&text);
    scratch_remove(&place);
}

static trail_status list_and_read(void *context, trail_error *err)
{
    scratch *place = context;
    trail_vector names = trail_vector_of(sizeof(char *));
    trail_text text = {0};
    trail_status status = trail_path_list(place->folder, &names, err);
    if (status == TRAIL_OK) status = trail_path_read(scratch_path(place, "b"), 100, &text, err);
    if (status == TRAIL_OK) status = trail_path_make_folder(scratch_path(place, "made/deep"), err);
    if (status == TRAIL_OK) status = trail_path_remove_tree(scratch_path(place, "made"), err);
    trail_text_clear(&text);
    trail_path_list_clear(&names);
    return status;
}

static void every_refused_allocation_is_reported(void **state)
{
    scratch place;
    (void)state;
    scratch_make(&place);
    scratch_write(&place, "a/b/c", "x");
    scratch_write(&place, "b", "x");
    assert_true(failing_alloc_each(list_and_read, &place) > 8);
    scratch_remove(&place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(folder_and_name_are_joined_by_one_slash),
        cmocka_unit_test(folders_are_made_with_all_above_them_and_twice),
        cmocka_unit_test(a_file_in_the_way_of_a_folder_is_named),
        cmocka_unit_test(files_below_a_folder_are_listed_bytewise_without_links),
        cmocka_unit_test(names_of_255_bytes_and_paths_of_over_300_are_listed_and_read),
        cmocka_unit_test(a_folder_that_is_not_there_is_named_when_listed),
        cmocka_unit_test(a_tree_is_removed_but_nothing_a_link_points_to),
        cmocka_unit_test(a_file_above_the_limit_is_refused_and_the_text_left_as_it_was),
        cmocka_unit_test(an_empty_file_reads_as_an_empty_text_and_a_folder_not_at_all),
        cmocka_unit_test(every_refused_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
