#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include <moneytrail/case.h>

#include "base/path.h"
#include "support/failing_alloc.h"
#include "support/scratch.h"

static const char *const table = "Date;Amount;Account;Counterparty account;Currency\n"
                                 "31.01.2025;-1.234,50;LV80BANK0000435195001;"
                                 "LV97HABA0012345678910;EUR\n"
                                 "28.02.2025;2.000,00;LV80BANK0000435195001;"
                                 "LV97HABA0012345678910;EUR\n";

static void start(scratch *place, char *from, char *to)
{
    scratch_make(place);
    scratch_write(place, "from/b/a.csv", table);
    scratch_write(place, "from/Thumbs.db", "x");
    memcpy(from, scratch_path(place, "from"), SCRATCH_PATH);
    memcpy(to, scratch_path(place, "case"), SCRATCH_PATH);
}

static void a_new_case_has_no_mistakes(void **state)
{
    scratch place;
    char from[SCRATCH_PATH], to[SCRATCH_PATH];
    trail_case_made made = {0};
    trail_case_counts counts = {0};
    (void)state;
    start(&place, from, to);
    assert_int_equal(trail_case_new(to, from, &made, NULL, NULL, NULL), TRAIL_OK);
    assert_int_equal(made.files, 1); /* what desktops leave behind is no evidence */
    assert_int_equal(made.decided, 1);
    assert_int_equal(made.copied, 1);
    assert_int_equal(trail_case_check(to, &counts, NULL, NULL), TRAIL_OK);
    assert_int_equal(counts.sources, 1);
    assert_int_equal(counts.profiles, 1);
    scratch_remove(&place);
}

static void a_case_among_its_files_is_passed_over(void **state)
{
    scratch place;
    char from[SCRATCH_PATH], to[SCRATCH_PATH];
    trail_case_made made = {0};
    (void)state;
    start(&place, from, to);
    scratch_write(&place, "from/case/notes.csv", "x");
    memcpy(to, scratch_path(&place, "from/case"), SCRATCH_PATH);
    assert_int_equal(trail_case_new(to, from, &made, NULL, NULL, NULL), TRAIL_OK);
    assert_int_equal(made.files, 1);
    assert_true(trail_path_exists(scratch_path(&place, "from/case/received/b/a.csv")));
    scratch_remove(&place);
}

static void a_folder_that_holds_its_files_becomes_a_case(void **state)
{
    scratch place;
    char from[SCRATCH_PATH], to[SCRATCH_PATH];
    trail_case_made made = {0};
    (void)state;
    start(&place, from, to);
    scratch_write(&place, "from/people.csv", "key\n");
    scratch_write(&place, "from/out/old.csv", "x");
    assert_int_equal(trail_case_new(from, from, &made, NULL, NULL, NULL), TRAIL_OK);
    assert_int_equal(made.files, 1);
    assert_int_equal(made.copied, 0);
    assert_int_equal(trail_case_check(from, NULL, NULL, NULL), TRAIL_OK);
    scratch_remove(&place);
}

static void a_refusal_leaves_nothing(void **state)
{
    scratch place;
    char from[SCRATCH_PATH], to[SCRATCH_PATH];
    trail_error err = {0};
    (void)state;
    start(&place, from, to);
    assert_int_equal(trail_case_new(to, "/nowhere/at/all", NULL, NULL, NULL, &err), TRAIL_USAGE);
    assert_string_equal(err.message, "there is no folder /nowhere/at/all");
    assert_false(trail_path_exists(to));
    scratch_write(&place, "case/case.yaml", "mine");
    assert_int_equal(trail_case_new(to, from, NULL, NULL, NULL, &err), TRAIL_USAGE);
    assert_false(trail_path_exists(scratch_path(&place, "case/case.key")));
    scratch_remove(&place);
}

static void every_refused_allocation_leaves_no_case_file(void **state)
{
    scratch place;
    char from[SCRATCH_PATH], to[SCRATCH_PATH];
    trail_status status = TRAIL_NO_MEMORY;
    (void)state;
    start(&place, from, to);
    /* Every one of the first, then steps: each attempt goes on where the last one broke off. */
    for (size_t n = 1; status != TRAIL_OK; n += n < 150 ? 1 : 7) {
        failing_alloc_at(n);
        status = trail_case_new(to, from, NULL, NULL, NULL, NULL);
        failing_alloc_at(0);
        if (status == TRAIL_OK) break;
        assert_int_equal(status, TRAIL_NO_MEMORY);
        assert_false(trail_path_exists(scratch_path(&place, "case/case.yaml")));
        assert_true(n < 20000);
    }
    scratch_remove(&place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_case_has_no_mistakes),
        cmocka_unit_test(a_case_among_its_files_is_passed_over),
        cmocka_unit_test(a_folder_that_holds_its_files_becomes_a_case),
        cmocka_unit_test(a_refusal_leaves_nothing),
        cmocka_unit_test(every_refused_allocation_leaves_no_case_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
