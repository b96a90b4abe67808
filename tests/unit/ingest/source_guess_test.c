#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "support/table_case.h"

static const char *const no_columns[] = {NULL};

static size_t add_unknown(table_case *test, const char *file, const char *text)
{
    size_t index = table_case_text(test, file, text, TRAIL_LAYOUT_STATEMENT, no_columns);
    test->sources[index].profile = NULL;
    return index;
}

static void a_file_without_a_profile_is_read_when_it_is_certain(void **state)
{
    (void)state;
    table_case test;
    table_case_begin(&test);
    add_unknown(&test, "a.csv",
                "Konts;Partnera konts;Datums;Summa;Valūta;Mērķis\n"
                "LV80BANK0000435195001;B7;13.02.2024;-1.005,20;EUR;īre\n"
                "LV80BANK0000435195001;B8;14.02.2024;7,00;EUR;alga\n");
    assert_int_equal(table_case_run(&test), TRAIL_OK);
    const char *shown = table_case_show(&test);
    print_message("%s\n", shown);
    assert_non_null(strstr(shown, "2024-02-13 LV80BANK0000435195001>B7 1005.20 EUR"));
    assert_non_null(strstr(shown, "2024-02-14 B8>LV80BANK0000435195001 7.00 EUR"));
    assert_null(strstr(shown, "aside"));
    table_case_end(&test);
}

static void a_file_that_cannot_be_decided_is_set_aside_with_the_line_to_paste(void **state)
{
    (void)state;
    table_case test;
    table_case_begin(&test);
    size_t index = add_unknown(&test, "a.csv",
                               "Date;Amount;Currency\n01/02/2024;-5.20;EUR\n"
                               "03/04/2024;7.00;EUR\n");
    test.sources[index].own_account = "LV1";
    assert_int_equal(table_case_run(&test), TRAIL_OK);
    const char *shown = table_case_show(&test);
    print_message("%s\n", shown);
    assert_non_null(strstr(shown,
                           "aside a.csv: Date: 01/02/2024 is 1 February 2024 (DD/MM/YYYY) or "
                           "2 January 2024 (MM/DD/YYYY); 03/04/2024 is 3 April 2024 or 4 "
                           "March 2024 [date_format: DD/MM/YYYY   # or MM/DD/YYYY]"));
    table_case_end(&test);
}

static void the_stated_period_of_the_source_may_decide(void **state)
{
    (void)state;
    table_case test;
    table_case_begin(&test);
    size_t index = add_unknown(&test, "a.csv",
                               "Date;Counterparty account;Amount;Currency\n"
                               "03/02/2024;B7;-5.20;EUR\n07/02/2024;B7;7.00;EUR\n");
    test.sources[index].own_account = "LV1";
    assert_true(trail_day_from_civil(2024, 2, 1, &test.sources[index].from));
    assert_true(trail_day_from_civil(2024, 2, 29, &test.sources[index].to));
    assert_int_equal(table_case_run(&test), TRAIL_OK);
    const char *shown = table_case_show(&test);
    print_message("%s\n", shown);
    assert_non_null(strstr(shown, "2024-02-03 LV1>B7 5.20 EUR"));
    table_case_end(&test);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_without_a_profile_is_read_when_it_is_certain),
        cmocka_unit_test(a_file_that_cannot_be_decided_is_set_aside_with_the_line_to_paste),
        cmocka_unit_test(the_stated_period_of_the_source_may_decide),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
