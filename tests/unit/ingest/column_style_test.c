#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "ingest/column_style.h"

static void decide_dates(const char *const *values, trail_date_verdict *verdict)
{
    trail_date_guess guess = {0};
    for (size_t i = 0; values[i] != NULL; i++)
        trail_date_guess_add(&guess, trail_slice_of(values[i]));
    trail_date_guess_decide(&guess, TRAIL_NO_DAY, TRAIL_NO_DAY, verdict);
}

static void expect_format(const char *format, const char *const *values)
{
    trail_date_verdict verdict;
    decide_dates(values, &verdict);
    if (verdict.outcome != TRAIL_STYLE_DECIDED) print_message("%s: %s\n", format, verdict.reason);
    assert_int_equal(verdict.outcome, TRAIL_STYLE_DECIDED);
    assert_string_equal(verdict.format, format);
}

#define VALUES(...) ((const char *const[]){__VA_ARGS__, NULL})

static void a_field_over_twelve_decides_day_and_month(void **state)
{
    (void)state;
    expect_format("DD/MM/YYYY", VALUES("01/02/2024", "03/04/2024", "13/02/2024"));
    expect_format("MM/DD/YYYY", VALUES("01/02/2024", "03/04/2024", "02/13/2024"));
    expect_format("MM-DD-YY", VALUES("01-02-24", "02-13-24", "02-13-99"));
    expect_format("YYMMDD", VALUES("930101", "930115"));
    expect_format("YYYYMMDD", VALUES("20240105", "20101210"));
}

static void formats_of_many_shapes_are_read(void **state)
{
    (void)state;
    expect_format("YYYY-MM-DD", VALUES("2018-03-01", "2018-03-09"));
    expect_format("YYYY/MM/DD", VALUES("1111/11/11"));
    expect_format("YYYY/MM/DD hh:mm", VALUES("2022/09/01 00:20", "2022/09/02 13:20"));
    expect_format("YYYY-MM-DDThh:mm:ss", VALUES("2017-01-01T00:00:00Z", "2017-01-01T00:00:00Z"));
    expect_format("YYYY-MM-DD hh:mm:ss", VALUES("2018-02-25 12:34:56 +0000"));
    expect_format("DD MON YYYY", VALUES("27 Feb 2018"));
    expect_format("DD MON YY", VALUES("10 Feb 18"));
    expect_format("D MON YYYY", VALUES("27 Feb 2018", "3 March 2018"));
    expect_format("MON DD, YYYY", VALUES("Feb 27, 2018"));
    expect_format("D/M/YYYY", VALUES("1/2/2024", "13/2/2024", "25/11/2024"));
    expect_format("DD.MM.YYYY.", VALUES("13.02.2024.", "25.11.2024."));
    expect_format("MM/DD/YYYY hh:mm ap", VALUES("01/13/2024 01:05 PM"));
    expect_format("YYYYMMDDhhmmss", VALUES("20240131235959"));
}

static void a_later_row_overturns_what_the_first_rows_allow(void **state)
{
    (void)state;
    trail_date_guess guess = {0};
    for (int i = 0; i < 5000; i++)
        trail_date_guess_add(&guess, trail_slice_of("01/02/2024"));
    trail_date_guess_add(&guess, trail_slice_of("02/28/2024"));
    trail_date_verdict verdict;
    trail_date_guess_decide(&guess, TRAIL_NO_DAY, TRAIL_NO_DAY, &verdict);
    assert_int_equal(verdict.outcome, TRAIL_STYLE_DECIDED);
    assert_string_equal(verdict.format, "MM/DD/YYYY");
    assert_int_equal(verdict.read, 5001);
}

static void no_way_to_know_is_said_with_two_values_read_both_ways(void **state)
{
    (void)state;
    trail_date_verdict verdict;
    decide_dates(VALUES("01/02/2024", "03/04/2024", "05/05/2024"), &verdict);
    assert_int_equal(verdict.outcome, TRAIL_STYLE_UNDECIDED);
    assert_string_equal(verdict.format, "DD/MM/YYYY");
    assert_string_equal(verdict.other, "MM/DD/YYYY");
    assert_string_equal(verdict.reason,
                        "01/02/2024 is 1 February 2024 (DD/MM/YYYY) or 2 January 2024 "
                        "(MM/DD/YYYY); 03/04/2024 is 3 April 2024 or 4 March 2024");
}

static void values_that_contradict_each_other_decide_nothing(void **state)
{
    (void)state;
    trail_date_verdict verdict;
    decide_dates(VALUES("13/02/2024", "02/14/2024", "03/04/2024"), &verdict);
    assert_int_equal(verdict.outcome, TRAIL_STYLE_UNDECIDED);
    assert_non_null(strstr(verdict.reason, "13/02/2024 can only be read as DD/MM/YYYY"));
    assert_non_null(strstr(verdict.reason, "02/14/2024 only as MM/DD/YYYY"));
}

static void one_damaged_date_does_not_undecide_a_long_column(void **state)
{
    (void)state;
    trail_date_guess guess = {0};
    for (int i = 0; i < 5000; i++)
        trail_date_guess_add(&guess, trail_slice_of(i % 2 == 0 ? "13/02/2024" : "14/02/2024"));
    trail_date_guess_add(&guess, trail_slice_of("02/14/2024"));
    trail_date_guess_add(&guess, trail_slice_of("31/02/2024"));
    trail_date_guess_add(&guess, trail_slice_of("Total"));
    trail_date_verdict verdict;
    trail_date_guess_decide(&guess, TRAIL_NO_DAY, TRAIL_NO_DAY, &verdict);
    assert_int_equal(verdict.outcome, TRAIL_STYLE_DECIDED);
    assert_string_equal(verdict.format, "DD/MM/YYYY");
    assert_int_equal(verdict.read, 5000);
    assert_int_equal(verdict.values, 5003);
}

static void the_order_of_the_rows_decides_when_no_field_does(void **state)
{
    (void)state;
    const char *const *rising = VALUES("05/01/2024", "11/01/2024", "02/02/2024", "09/02/2024",
                                       "01/03/2024", "12/03/2024", "03/04/2024");
    trail_date_verdict verdict;
    decide_dates(rising, &verdict);
    assert_int_equal(verdict.outcome, TRAIL_STYLE_DECIDED);
    assert_string_equal(verdict.format, "DD/MM/YYYY");
    assert_true(verdict.by_custom);
}

static void values_sorted_as_text_are_no_order(void **state)
{
    (void)state;
    trail_date_verdict verdict;
    decide_dates(VALUES("01/02/2024", "01/09/2024", "02/03/2024", "02/11/2024", "05/01/2024",
                        "06/04/2024", "08/01/2024"),
                 &verdict);
    assert_int_equal(verdict.outcome, TRAIL_STYLE_UNDECIDED);
}

static void the_stated_period_decides_when_one_reading_leaves_it(void **state)
{
    (void)state;
    trail_date_guess guess = {0};
    trail_date_guess_add(&guess, trail_slice_of("03/02/2024"));
    trail_date_guess_add(&guess, trail_slice_of("07/02/2024"));
    int32_t from, to;
    assert_true(trail_day_from_civil(2024, 2, 1, &from));
    assert_true(trail_day_from_civil(2024, 2, 29, &to));
    trail_date_verdict verdict;
    trail_date_guess_decide(&guess, from, to, &verdict);
    assert_int_equal(verdict.outcome, TRAIL_STYLE_DECIDED);
    assert_string_equal(verdict.format, "DD/MM/YYYY");
    trail_date_guess_decide(&guess, TRAIL_NO_DAY, TRAIL_NO_DAY, &verdict);
    assert_int_equal(verdict.outcome, TRAIL_STYLE_UNDECIDED);
}

static void dates_with_points_put_the_day_first(void **state)
{
    (void)state;
    expect_format("DD.MM.YYYY", VALUES("02.03.2018", "02.04.2018"));
    expect_format("MM.DD.YYYY", VALUES("02.28.2018", "02.03.2018"));
}

static void a_two_digit_year_may_stand_first(void **state)
{
    (void)state;
    trail_date_verdict verdict;
    decide_dates(VALUES("20.02.18"), &verdict);
    assert_int_equal(verdict.outcome, TRAIL_STYLE_UNDECIDED);
    expect_format("YY.MM.DD", VALUES("18.02.20", "18.02.28", "95.02.20"));
    expect_format("DD.MM.YY", VALUES("31.01.99", "20.02.18"));
}

static void midnight_on_every_row_is_told(void **state)
{
    (void)state;
    trail_date_verdict verdict;
    decide_dates(VALUES("2017-01-01T00:00:00Z", "2017-01-02T00:00:00Z"), &verdict);
    assert_true(verdict.has_time);
    assert_true(verdict.midnight);
    decide_dates(VALUES("2017-01-01T00:00:00Z", "2017-01-02T00:00:01Z"), &verdict);
    assert_false(verdict.midnight);
}

static void words_are_no_dates(void **state)
{
    (void)state;
    trail_date_verdict verdict;
    decide_dates(VALUES("Rent", "Food", "1/2", "99/99/9999"), &verdict);
    assert_int_equal(verdict.outcome, TRAIL_STYLE_NONE);
    decide_dates(VALUES("", "  "), &verdict);
    assert_int_equal(verdict.outcome, TRAIL_STYLE_EMPTY);
}

static trail_money_verdict decide_money(const char *const *values)
{
    trail_money_guess guess = {0};
    for (size_t i = 0; values[i] != NULL; i++)
        trail_money_guess_add(&guess, trail_slice_of(values[i]));
    trail_money_verdict verdict;
    trail_money_guess_decide(&guess, &verdict);
    return verdict;
}

static void expect_marks(char decimal, char group, const char *const *values)
{
    trail_money_verdict verdict = decide_money(values);
    if (verdict.outcome != TRAIL_STYLE_DECIDED)
        print_message("%s: %s\n", values[0], verdict.reason);
    assert_int_equal(verdict.outcome, TRAIL_STYLE_DECIDED);
    assert_int_equal(verdict.style.decimal, decimal);
    assert_int_equal(verdict.style.group, group);
}

static void marks_are_decided_by_what_proves_them(void **state)
{
    (void)state;
    expect_marks('.', ',', VALUES("1,234.56", "12"));
    expect_marks(',', '.', VALUES("1.234,56", "12"));
    expect_marks(',', '.', VALUES("1.234", "-5,00"));
    expect_marks('.', ',', VALUES("1,234", "(5.00)"));
    expect_marks(',', ' ', VALUES("1 234,56", "24 207,40"));
    expect_marks(',', ' ',
                 VALUES("1\xc2\xa0"
                        "234,56",
                        "5,00 CR"));
    expect_marks('.', '\'', VALUES("1'234.50", "7.00-"));
    expect_marks('.', 0,
                 VALUES("337.49", "+50.00",
                        "\xe2\x88\x92"
                        "7.1"));
    expect_marks(0, 0, VALUES("100", "2500"));
    expect_marks(',', '.', VALUES("1.234.567"));
    expect_marks('.', ',', VALUES("12,34,567.00"));
    expect_marks('.', 0, VALUES("5.689852347E7", "1.2E+05"));
    expect_marks('.', 0, VALUES("0.123"));
}

static void one_group_of_three_is_ambiguous(void **state)
{
    (void)state;
    trail_money_verdict verdict = decide_money(VALUES("1.234", "12.500", "7"));
    assert_int_equal(verdict.outcome, TRAIL_STYLE_UNDECIDED);
    assert_string_equal(verdict.reason, "1.234 is 1234 (point between thousands) or 1.234 "
                                        "(decimal point); 12.500 is 12500 or 12.500");
    assert_int_equal(decide_money(VALUES("1,234")).outcome, TRAIL_STYLE_UNDECIDED);
    assert_int_equal(decide_money(VALUES("1,234", "1.234")).outcome, TRAIL_STYLE_UNDECIDED);
}

static void marks_that_contradict_each_other_decide_nothing(void **state)
{
    (void)state;
    trail_money_verdict verdict = decide_money(VALUES("1.234,50", "1,234.50"));
    assert_int_equal(verdict.outcome, TRAIL_STYLE_UNDECIDED);
    assert_non_null(strstr(verdict.reason, "1.234,50"));
    assert_non_null(strstr(verdict.reason, "1,234.50"));
    assert_int_equal(decide_money(VALUES("12,50", "13.50")).outcome, TRAIL_STYLE_UNDECIDED);
}

static void dates_and_words_are_no_amounts(void **state)
{
    (void)state;
    assert_int_equal(decide_money(VALUES("01.02.2024", "02.02.2024")).outcome, TRAIL_STYLE_NONE);
    assert_int_equal(decide_money(VALUES("10.02.18", "12:30")).outcome, TRAIL_STYLE_NONE);
    assert_int_equal(decide_money(VALUES("Rent", "12,50", "x")).outcome, TRAIL_STYLE_NONE);
    assert_int_equal(decide_money(VALUES("", " ")).outcome, TRAIL_STYLE_EMPTY);
}

static void negative_amounts_are_told(void **state)
{
    (void)state;
    assert_true(decide_money(VALUES("5.00", "(12.00)")).negatives);
    assert_true(decide_money(VALUES("5.00", "12.00-")).negatives);
    assert_true(decide_money(VALUES("5.00 DR")).negatives);
    assert_false(decide_money(VALUES("5.00", "+12.00", "3.00 CR")).negatives);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_field_over_twelve_decides_day_and_month),
        cmocka_unit_test(formats_of_many_shapes_are_read),
        cmocka_unit_test(a_later_row_overturns_what_the_first_rows_allow),
        cmocka_unit_test(no_way_to_know_is_said_with_two_values_read_both_ways),
        cmocka_unit_test(values_that_contradict_each_other_decide_nothing),
        cmocka_unit_test(one_damaged_date_does_not_undecide_a_long_column),
        cmocka_unit_test(the_order_of_the_rows_decides_when_no_field_does),
        cmocka_unit_test(values_sorted_as_text_are_no_order),
        cmocka_unit_test(the_stated_period_decides_when_one_reading_leaves_it),
        cmocka_unit_test(dates_with_points_put_the_day_first),
        cmocka_unit_test(a_two_digit_year_may_stand_first),
        cmocka_unit_test(midnight_on_every_row_is_told),
        cmocka_unit_test(words_are_no_dates),
        cmocka_unit_test(marks_are_decided_by_what_proves_them),
        cmocka_unit_test(one_group_of_three_is_ambiguous),
        cmocka_unit_test(marks_that_contradict_each_other_decide_nothing),
        cmocka_unit_test(dates_and_words_are_no_amounts),
        cmocka_unit_test(negative_amounts_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
