#include "model/currency.h"
#include "model/currency_life.h"

#include "support/reading.h"

static void every_currency_stands_once_by_code_and_is_found_in_any_case(void **state)
{
    (void)state;
    assert_true(trail_currency_count() > 150);
    assert_string_equal(trail_currency_code(TRAIL_NO_CURRENCY), "");
    for (unsigned i = 1; i < trail_currency_count(); i++) {
        const char *code = trail_currency_code((trail_currency)i);
        char lower[4] = {0};
        trail_currency found = TRAIL_NO_CURRENCY;
        assert_int_equal(strlen(code), 3);
        assert_true(strcmp(trail_currency_code((trail_currency)(i - 1)), code) < 0);
        for (size_t k = 0; k < 3; k++) {
            assert_true(code[k] >= 'A' && code[k] <= 'Z');
            lower[k] = (char)(code[k] - 'A' + 'a');
        }
        assert_true(trail_currency_find(trail_slice_of(lower), &found));
        assert_int_equal(found, i);
        assert_true(trail_currency_exponent((trail_currency)i) <= 8);
    }
}

static void exponents_are_those_of_iso_4217(void **state)
{
    static const struct {
        const char *code;
        unsigned exponent;
    } known[] = {{"EUR", 2}, {"USD", 2}, {"JPY", 0}, {"KWD", 3}, {"BHD", 3}, {"KRW", 0},
                 {"CLF", 4}, {"XBT", 8}, {"ISK", 0}, {"HUF", 2}, {"TND", 3}, {"VND", 0},
                 {"IQD", 3}, {"MGA", 2}, {"AFN", 2}, {"LBP", 2}, {"IRR", 2}, {"UGX", 0},
                 {"OMR", 3}, {"JOD", 3}, {"LYD", 3}, {"UYW", 4}, {"BYR", 0}, {"BYN", 2},
                 {"TRL", 0}, {"TRY", 2}, {"ROL", 2}, {"BEF", 0}, {"ITL", 0}, {"RUR", 2}};
    (void)state;
    for (size_t i = 0; i < TRAIL_LENGTH_OF(known); i++)
        assert_int_equal(trail_currency_exponent(currency_of(known[i].code)), known[i].exponent);
}

static void currencies_end_when_their_successors_came(void **state)
{
    static const struct {
        const char *code;
        int year, month, day;
    } last[] = {{"DEM", 2001, 12, 31}, {"SIT", 2006, 12, 31}, {"CYP", 2007, 12, 31},
                {"MTL", 2007, 12, 31}, {"SKK", 2008, 12, 31}, {"EEK", 2010, 12, 31},
                {"LVL", 2013, 12, 31}, {"LTL", 2014, 12, 31}, {"HRK", 2022, 12, 31},
                {"BGN", 2025, 12, 31}, {"TRL", 2005, 12, 31}};
    (void)state;
    for (size_t i = 0; i < TRAIL_LENGTH_OF(last); i++) {
        int32_t day = 0;
        assert_true(trail_day_from_civil(last[i].year, last[i].month, last[i].day, &day));
        assert_int_equal(trail_currency_life_of(currency_of(last[i].code)).last_day, day);
    }
    trail_currency_life dollar = trail_currency_life_of(currency_of("USD"));
    assert_int_equal(dollar.first_day, INT32_MIN);
    assert_int_equal(dollar.last_day, INT32_MAX);
    for (unsigned i = 0; i < trail_currency_count(); i++) {
        trail_currency_life life = trail_currency_life_of((trail_currency)i);
        assert_true(life.first_day < life.last_day);
    }
}

static void names_are_found_and_others_are_not(void **state)
{
    trail_currency found;
    (void)state;
    assert_int_equal(currency_of("US Dollar"), currency_of("USD"));
    assert_int_equal(currency_of("Bitcoin"), currency_of("XBT"));
    assert_int_equal(currency_of("Euro"), currency_of("EUR"));
    assert_int_equal(currency_of(" EUR\t"), currency_of("EUR"));
    assert_int_equal(currency_of("BTC"), currency_of("XBT"));
    static const char *const none[] = {"", "EU", "EURO1", "ZZZ", "E UR"};
    for (size_t i = 0; i < TRAIL_LENGTH_OF(none); i++)
        assert_false(trail_currency_find(trail_slice_of(none[i]), &found));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_currency_stands_once_by_code_and_is_found_in_any_case),
        cmocka_unit_test(exponents_are_those_of_iso_4217),
        cmocka_unit_test(currencies_end_when_their_successors_came),
        cmocka_unit_test(names_are_found_and_others_are_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
