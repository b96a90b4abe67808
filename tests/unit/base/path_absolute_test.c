#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/path.h"
#include "support/failing_alloc.h"

static void expect(const char *path, const char *wanted)
{
    trail_text text = {0};
    assert_int_equal(trail_path_absolute(&text, path, NULL), TRAIL_OK);
    assert_string_equal(text.bytes, wanted);
    trail_text_clear(&text);
}

static void points_are_resolved_by_name(void **state)
{
    (void)state;
    expect("/a/b", "/a/b");
    expect("/a/./b//c/", "/a/b/c");
    expect("/a/b/../c", "/a/c");
    expect("/../..", "/");
    expect("/", "/");
    expect("/a/..", "/");
}

static void a_relative_path_begins_where_we_are(void **state)
{
    trail_text here = {0}, there = {0};
    (void)state;
    assert_int_equal(trail_path_absolute(&here, ".", NULL), TRAIL_OK);
    assert_int_equal(here.bytes[0], '/');
    assert_int_equal(trail_path_absolute(&there, "x/../y", NULL), TRAIL_OK);
    assert_int_equal(there.length, here.length + 2);
    assert_memory_equal(there.bytes, here.bytes, here.length);
    assert_string_equal(there.bytes + here.length, "/y");
    trail_text_clear(&here);
    trail_text_clear(&there);
}

static void what_stood_in_the_text_stays(void **state)
{
    trail_text text = {0};
    (void)state;
    assert_int_equal(trail_text_add(&text, trail_slice_of("in /x"), NULL), TRAIL_OK);
    assert_int_equal(trail_path_absolute(&text, "/../a", NULL), TRAIL_OK);
    assert_string_equal(text.bytes, "in /x/a");
    trail_text_clear(&text);
}

static void a_refused_allocation_is_said(void **state)
{
    trail_text text = {0};
    (void)state;
    failing_alloc_at(1);
    assert_int_equal(trail_path_absolute(&text, "/a", NULL), TRAIL_NO_MEMORY);
    failing_alloc_at(0);
    trail_text_clear(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(points_are_resolved_by_name),
        cmocka_unit_test(a_relative_path_begins_where_we_are),
        cmocka_unit_test(what_stood_in_the_text_stays),
        cmocka_unit_test(a_refused_allocation_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
