#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>
#include <sys/stat.h>

#include "base/path.h"
#include "pipeline/received_copy.h"
#include "support/failing_alloc.h"
#include "support/scratch.h"

typedef struct copying {
    scratch place;
    char from[SCRATCH_PATH], to[SCRATCH_PATH];
    uint8_t hash[TRAIL_DIGEST_SIZE];
} copying;

static void make(copying *c)
{
    uint64_t size = 0;
    scratch_make(&c->place);
    scratch_write(&c->place, "from/a b.csv", "one\ntwo\n");
    memcpy(c->from, scratch_path(&c->place, "from/a b.csv"), SCRATCH_PATH);
    memcpy(c->to, scratch_path(&c->place, "case/received/deep/a b.csv"), SCRATCH_PATH);
    assert_int_equal(trail_digest_file(c->from, c->hash, &size, NULL), TRAIL_OK);
}

static void a_copy_is_equal_and_read_only(void **state)
{
    copying c;
    struct stat facts;
    trail_text text = {0};
    (void)state;
    make(&c);
    assert_int_equal(trail_received_copy(c.from, c.to, c.hash, NULL), TRAIL_OK);
    text = scratch_read(&c.place, "case/received/deep/a b.csv");
    assert_string_equal(text.bytes, "one\ntwo\n");
    trail_text_clear(&text);
    assert_int_equal(stat(c.to, &facts), 0);
    assert_int_equal(facts.st_mode & 0777, 0444);
    scratch_remove(&c.place);
}

static void an_equal_file_that_is_there_stays(void **state)
{
    copying c;
    struct stat before, after;
    (void)state;
    make(&c);
    assert_int_equal(trail_received_copy(c.from, c.to, c.hash, NULL), TRAIL_OK);
    assert_int_equal(stat(c.to, &before), 0);
    assert_int_equal(trail_received_copy(c.from, c.to, c.hash, NULL), TRAIL_OK);
    assert_int_equal(stat(c.to, &after), 0);
    assert_true(before.st_ino == after.st_ino);
    scratch_remove(&c.place);
}

static void another_file_that_is_there_is_never_replaced(void **state)
{
    copying c;
    trail_error err = {0};
    trail_text text = {0};
    (void)state;
    make(&c);
    scratch_write(&c.place, "case/received/deep/a b.csv", "mine");
    assert_int_equal(trail_received_copy(c.from, c.to, c.hash, &err), TRAIL_USAGE);
    assert_non_null(strstr(err.message, "a b.csv is there already and is another file"));
    text = scratch_read(&c.place, "case/received/deep/a b.csv");
    assert_string_equal(text.bytes, "mine");
    trail_text_clear(&text);
    scratch_remove(&c.place);
}

static void an_original_that_changed_leaves_no_copy(void **state)
{
    copying c;
    trail_error err = {0};
    (void)state;
    make(&c);
    c.hash[0] ^= 1;
    assert_int_equal(trail_received_copy(c.from, c.to, c.hash, &err), TRAIL_IO);
    assert_non_null(strstr(err.message, "changed while it was copied"));
    assert_false(trail_path_exists(c.to));
    scratch_remove(&c.place);
}

static void every_refused_allocation_leaves_no_half_copy(void **state)
{
    copying c;
    (void)state;
    make(&c);
    for (size_t n = 1;; n++) {
        trail_status status = TRAIL_OK;
        failing_alloc_at(n);
        status = trail_received_copy(c.from, c.to, c.hash, NULL);
        failing_alloc_at(0);
        if (status == TRAIL_OK) break;
        assert_int_equal(status, TRAIL_NO_MEMORY);
        assert_true(n < 100);
    }
    scratch_remove(&c.place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_copy_is_equal_and_read_only),
        cmocka_unit_test(an_equal_file_that_is_there_stays),
        cmocka_unit_test(another_file_that_is_there_is_never_replaced),
        cmocka_unit_test(an_original_that_changed_leaves_no_copy),
        cmocka_unit_test(every_refused_allocation_leaves_no_half_copy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
