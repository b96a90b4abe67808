#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "model/calendar.h"
#include "reconcile/rates.h"
#include "support/failing_alloc.h"

static const char history[] = "Date,USD,JPY,GBP,\n"
                              "2024-09-09,1.1050,158.12,0.84415,\n"
                              "2024-09-06,1.1103,N/A,0.84240,\n"
                              "2024-09-05,1.1080,159.22,0.84318,\n";

static trail_status read_text(trail_rates **rates, const char *text, trail_error *err)
{
    trail_byte_source *source = NULL;
    trail_status status = trail_byte_source_over(&source, trail_slice_of(text), err);
    *rates = NULL;
    if (status == TRAIL_OK) status = trail_rates_read(rates, source, err);
    trail_byte_source_close(source);
    return status;
}

static int32_t day(int of_september)
{
    int32_t found = 0;
    assert_true(trail_day_from_civil(2024, 9, of_september, &found));
    return found;
}

static trail_currency code(const char *text)
{
    trail_currency currency = TRAIL_NO_CURRENCY;
    assert_true(trail_currency_find(trail_slice_of(text), &currency));
    return currency;
}

static void expect(const trail_rates *rates, int64_t minor, const char *from, const char *to,
                   int on, int64_t wanted, int used_wanted)
{
    int64_t converted = 0;
    int32_t used = 0;
    assert_true(
        trail_rates_convert(rates, minor, code(from), code(to), day(on), &converted, &used));
    assert_int_equal(converted, wanted);
    assert_int_equal(used, day(used_wanted));
}

static void amounts_are_converted_through_the_euro_to_the_minor_unit(void **state)
{
    trail_rates *rates;
    (void)state;
    assert_int_equal(read_text(&rates, history, NULL), TRAIL_OK);
    expect(rates, 100000, "EUR", "USD", 9, 110500, 9);
    expect(rates, 110500, "USD", "EUR", 9, 100000, 9);
    expect(rates, 100000, "EUR", "JPY", 9, 158120, 9); /* yen have no minor unit */
    expect(rates, 158120, "JPY", "USD", 9, 110500, 9);
    expect(rates, 12345, "GBP", "GBP", 5, 12345, 5);
    trail_rates_free(rates);
}

static void a_day_without_a_rate_takes_the_last_one_up_to_7_days_back(void **state)
{
    trail_rates *rates;
    int64_t converted;
    int32_t used;
    (void)state;
    assert_int_equal(read_text(&rates, history, NULL), TRAIL_OK);
    expect(rates, 100000, "EUR", "USD", 8, 111030, 6);
    expect(rates, 100000, "EUR", "JPY", 6, 159220, 5);
    expect(rates, 100000, "EUR", "USD", 16, 110500, 9);
    assert_false(
        trail_rates_convert(rates, 1, code("EUR"), code("USD"), day(17), &converted, &used));
    assert_false(
        trail_rates_convert(rates, 1, code("EUR"), code("USD"), day(4), &converted, &used));
    assert_false(
        trail_rates_convert(rates, 1, code("EUR"), code("CHF"), day(9), &converted, &used));
    assert_false(trail_rates_convert(NULL, 1, code("EUR"), code("USD"), day(9), &converted, &used));
    trail_rates_free(rates);
}

static void what_is_no_rates_file_is_named_by_its_line(void **state)
{
    static const struct {
        const char *text, *told;
    } cases[] = {
        {"", "empty"},
        {"Day,USD\n", "begin with Date"},
        {"Date,USD\n2024-09-31,1.1\n", "line 2"},
        {"Date,USD\n2024-09-09,1.1x\n", "line 2"},
        {"Date,USD\n2024-09-09,1.1,2.2\n", "line 2"},
        {"Date,USD\n2024-09-09,0\n", "line 2"},
        {"Date,USD\n2024-09-09,1.1\n2024-09-09,1.2\n", "two rows for 2024-09-09"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        trail_rates *rates;
        trail_error err = {TRAIL_OK, ""};
        assert_int_equal(read_text(&rates, cases[i].text, &err), TRAIL_BAD_DATA);
        assert_null(rates);
        assert_non_null(strstr(err.message, cases[i].told));
    }
}

static void every_refused_allocation_is_reported(void **state)
{
    (void)state;
    for (size_t nth = 1; nth < 100; nth++) {
        trail_rates *rates;
        trail_error err = {TRAIL_OK, ""};
        failing_alloc_at(nth);
        trail_status status = read_text(&rates, history, &err);
        failing_alloc_at(0);
        if (status == TRAIL_OK) {
            trail_rates_free(rates);
            assert_true(nth > 3);
            return;
        }
        assert_int_equal(status, TRAIL_NO_MEMORY);
        assert_null(rates);
    }
    fail();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(amounts_are_converted_through_the_euro_to_the_minor_unit),
        cmocka_unit_test(a_day_without_a_rate_takes_the_last_one_up_to_7_days_back),
        cmocka_unit_test(what_is_no_rates_file_is_named_by_its_line),
        cmocka_unit_test(every_refused_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
