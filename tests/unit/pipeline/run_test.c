#include <moneytrail/run.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/path.h"
#include "support/scratch.h"

static const char case_text[] =
    "case: A\ncurrency: EUR\nsources: [{file: a.csv, profile: p, own_account: \"9\"}]\n"
    "profiles:\n  p: {layout: statement, date_format: YYYY-MM-DD, decimal: \".\", currency: EUR,\n"
    "      delimiter: \",\", columns: {booking_date: Date, amount: Amount}}\n";

#define ROWS 1200000 /* enough for the reader to report progress on the way */

static void write_case(scratch *place)
{
    scratch_make(place);
    scratch_write(place, "case.yaml", case_text);
    FILE *file = fopen(scratch_path(place, "a.csv"), "w");
    assert_non_null(file);
    fputs("Date,Amount\n", file);
    for (int i = 0; i < ROWS; i++)
        fputs("2024-01-02,5.00\n", file);
    assert_int_equal(fclose(file), 0);
}

static void add_a_row(void *context, const char *stage, const char *unit, uint64_t done,
                      uint64_t total)
{
    scratch *place = context;
    (void)unit, (void)done, (void)total;
    if (strcmp(stage, "read") != 0) return;
    FILE *file = fopen(scratch_path(place, "a.csv"), "a");
    if (file == NULL) return;
    fputs("2024-01-03,5.00\n", file);
    fclose(file);
}

static void a_file_that_changes_after_it_was_hashed_ends_the_run(void **state)
{
    (void)state;
    scratch place;
    trail_error err = {TRAIL_OK, ""};
    trail_progress progress = {add_a_row, &place};
    trail_run_options options = {.only = "read", .threads = 1, .progress = &progress};
    write_case(&place);
    assert_int_equal(trail_run(place.folder, &options, NULL, &err), TRAIL_BAD_DATA);
    assert_string_equal(err.message,
                        "a.csv changed between being hashed and being read: run again");
    assert_false(trail_path_exists(scratch_path(&place, "out")));
    assert_false(trail_path_exists(scratch_path(&place, "case.key")));
    scratch_remove(&place);
}

static void a_file_that_stays_as_it_is_is_read(void **state)
{
    (void)state;
    scratch place;
    trail_run_summary summary;
    trail_run_options options = {.only = "read", .threads = 1};
    write_case(&place);
    assert_int_equal(trail_run(place.folder, &options, &summary, NULL), TRAIL_OK);
    assert_int_equal(summary.rows_in, ROWS);
    assert_int_equal(summary.rows_attesting, ROWS);
    assert_true(trail_path_exists(scratch_path(&place, "out/rejects.csv")));
    scratch_remove(&place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_that_changes_after_it_was_hashed_ends_the_run),
        cmocka_unit_test(a_file_that_stays_as_it_is_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
