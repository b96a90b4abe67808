#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/attributes.h"
#include "model/money.h"

typedef struct amount_case {
    const char *field;
    trail_money_style style;
    unsigned exponent;
    trail_money_fault fault;
    int64_t minor;
} amount_case;

#define POINT                                                                                      \
    {                                                                                              \
        '.', ',', false                                                                            \
    }
#define COMMA                                                                                      \
    {                                                                                              \
        ',', '.', false                                                                            \
    }
#define COMMA_BLANK                                                                                \
    {                                                                                              \
        ',', ' ', false                                                                            \
    }
#define EXACT                                                                                      \
    {                                                                                              \
        '.', 0, true                                                                               \
    }

static const amount_case amount_cases[] = {
    {"1,234.56", POINT, 2, TRAIL_MONEY_OK, 123456},
    {"1.234,56", COMMA, 2, TRAIL_MONEY_OK, 123456},
    {"1 234,56", COMMA_BLANK, 2, TRAIL_MONEY_OK, 123456},
    {"1\xc2\xa0"
     "234,56",
     COMMA_BLANK, 2, TRAIL_MONEY_OK, 123456},
    {"1\xe2\x80\xaf"
     "234,56",
     COMMA_BLANK, 2, TRAIL_MONEY_OK, 123456},
    {"(12.00)", POINT, 2, TRAIL_MONEY_OK, -1200},
    {"12.00-", POINT, 2, TRAIL_MONEY_OK, -1200},
    {"\xe2\x88\x92"
     "5",
     POINT, 2, TRAIL_MONEY_OK, -500},
    {"\xe2\x80\x93"
     "5.5",
     POINT, 2, TRAIL_MONEY_OK, -550},
    {"+7", POINT, 2, TRAIL_MONEY_OK, 700},
    {"12.30 DR", POINT, 2, TRAIL_MONEY_OK, -1230},
    {"12.30CR", POINT, 2, TRAIL_MONEY_OK, 1230},
    {",92", COMMA, 2, TRAIL_MONEY_OK, 92},
    {"20,", COMMA, 2, TRAIL_MONEY_OK, 2000},
    {"0.00", POINT, 2, TRAIL_MONEY_OK, 0},
    {"12,34,567.00", POINT, 2, TRAIL_MONEY_OK, 123456700},
    {"1234", POINT, 0, TRAIL_MONEY_OK, 1234},
    {"4105400,0", COMMA, 0, TRAIL_MONEY_OK, 4105400},
    {"0.00000001", POINT, 8, TRAIL_MONEY_OK, 1},
    {"92233720368547758.07", POINT, 2, TRAIL_MONEY_OK, INT64_MAX},
    {"92233720368547758.08", POINT, 2, TRAIL_MONEY_OVERFLOW, 0},
    {"1E+05", POINT, 2, TRAIL_MONEY_SCIENTIFIC, 0},
    {"1.23E+05", POINT, 2, TRAIL_MONEY_SCIENTIFIC, 0},
    {"1.23E+05", EXACT, 2, TRAIL_MONEY_OK, 12300000},
    {"5.689852347E7", POINT, 2, TRAIL_MONEY_OK, 5689852347},
    {"1.5E-1", EXACT, 2, TRAIL_MONEY_OK, 15},
    {"1.005", POINT, 2, TRAIL_MONEY_TOO_PRECISE, 0},
    {"1.500", POINT, 2, TRAIL_MONEY_OK, 150},
    {"", POINT, 2, TRAIL_MONEY_EMPTY, 0},
    {"  ", POINT, 2, TRAIL_MONEY_EMPTY, 0},
    {"1,23", POINT, 2, TRAIL_MONEY_NOT_AN_AMOUNT, 0},
    {"1.2.3", POINT, 2, TRAIL_MONEY_NOT_AN_AMOUNT, 0},
    {"--5", POINT, 2, TRAIL_MONEY_NOT_AN_AMOUNT, 0},
    {"-5-", POINT, 2, TRAIL_MONEY_NOT_AN_AMOUNT, 0},
    {"abc", POINT, 2, TRAIL_MONEY_NOT_AN_AMOUNT, 0},
    {".", POINT, 2, TRAIL_MONEY_NOT_AN_AMOUNT, 0},
    {"1,234,56.00", POINT, 2, TRAIL_MONEY_NOT_AN_AMOUNT, 0},
};

static void every_amount_is_read_or_refused_as_listed(void **state)
{
    (void)state;
    for (size_t i = 0; i < TRAIL_LENGTH_OF(amount_cases); i++) {
        const amount_case *it = &amount_cases[i];
        int64_t minor = -1;
        trail_money_fault fault =
            trail_money_parse(trail_slice_of(it->field), it->style, it->exponent, &minor);
        if (fault != it->fault || (fault == TRAIL_MONEY_OK && minor != it->minor))
            fail_msg("'%s' gave %s, %lld", it->field, trail_money_fault_text(fault),
                     (long long)minor);
    }
}

static void a_formatted_amount_reads_back_the_same(void **state)
{
    (void)state;
    static const int64_t amounts[] = {0,    1,         9,          10,        99,
                                      100,  -1,        -100,       123456789, INT64_MAX,
                                      -105, 100000000, -INT64_MAX, 999999999};
    static const char *const codes[] = {"EUR", "JPY", "KWD", "XBT"};
    for (size_t c = 0; c < TRAIL_LENGTH_OF(codes); c++) {
        trail_currency currency;
        assert_true(trail_currency_find(trail_slice_of(codes[c]), &currency));
        for (size_t i = 0; i < TRAIL_LENGTH_OF(amounts); i++) {
            char text[TRAIL_MONEY_TEXT];
            int64_t back;
            size_t length = trail_money_format(amounts[i], currency, text);
            assert_int_equal(length, strlen(text));
            assert_int_equal(trail_money_parse(trail_slice_of(text), (trail_money_style)POINT,
                                               trail_currency_exponent(currency), &back),
                             TRAIL_MONEY_OK);
            assert_int_equal(back, amounts[i]);
        }
    }
}

static void amounts_print_with_all_their_minor_digits(void **state)
{
    (void)state;
    char text[TRAIL_MONEY_TEXT];
    trail_currency eur, jpy, xbt;
    assert_true(trail_currency_find(trail_slice_of("eur"), &eur));
    assert_true(trail_currency_find(trail_slice_of("Yen"), &jpy));
    assert_true(trail_currency_find(trail_slice_of("Bitcoin"), &xbt));
    trail_money_format(-5, eur, text);
    assert_string_equal(text, "-0.05");
    trail_money_format(1234, jpy, text);
    assert_string_equal(text, "1234");
    trail_money_format(1, xbt, text);
    assert_string_equal(text, "0.00000001");
    assert_false(trail_currency_find(trail_slice_of("ZZZ"), &eur));
    assert_string_equal(trail_currency_code(xbt), "XBT");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_amount_is_read_or_refused_as_listed),
        cmocka_unit_test(a_formatted_amount_reads_back_the_same),
        cmocka_unit_test(amounts_print_with_all_their_minor_digits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
