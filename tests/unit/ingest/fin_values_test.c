#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "ingest/fin_entry_line.h"
#include "ingest/fin_values.h"

static int32_t day_of(int year, int month, int day)
{
    int32_t out = 0;
    assert_true(trail_day_from_civil(year, month, day, &out));
    return out;
}

static trail_fin_entry_line line_of(const char *text)
{
    trail_fin_entry_line entry;
    if (!trail_fin_entry_line_read(trail_slice_of(text), 2, TRAIL_NO_DAY, &entry))
        fail_msg("%s: %s", text, entry.sentence);
    return entry;
}

static void expect_refused(const char *text, const char *code)
{
    trail_fin_entry_line entry;
    assert_false(trail_fin_entry_line_read(trail_slice_of(text), 2, TRAIL_NO_DAY, &entry));
    assert_string_equal(entry.code, code);
}

static void expect_slice(trail_slice slice, const char *text)
{
    if (!trail_slice_is(slice, text))
        fail_msg("'%.*s' is not '%s'", (int)slice.length, slice.start, text);
}

static void the_entry_year_wraps_both_ways(void **state)
{
    (void)state;
    int32_t day = 0;
    assert_true(trail_fin_entry_date(trail_slice_of("1229"), day_of(2014, 1, 4), &day));
    assert_int_equal(day, day_of(2013, 12, 29));
    assert_true(trail_fin_entry_date(trail_slice_of("0102"), day_of(2014, 12, 24), &day));
    assert_int_equal(day, day_of(2015, 1, 2));
    assert_true(trail_fin_entry_date(trail_slice_of("0704"), day_of(2014, 7, 3), &day));
    assert_int_equal(day, day_of(2014, 7, 4));
}

static void a_29_february_needs_a_leap_year_nearby(void **state)
{
    (void)state;
    int32_t day = 0;
    assert_true(trail_fin_entry_date(trail_slice_of("0229"), day_of(2024, 3, 1), &day));
    assert_int_equal(day, day_of(2024, 2, 29));
    assert_false(trail_fin_entry_date(trail_slice_of("0229"), day_of(2023, 3, 1), &day));
    assert_false(trail_fin_entry_date(trail_slice_of("0230"), day_of(2024, 3, 1), &day));
}

static void two_digit_years_follow_the_period_of_the_case(void **state)
{
    (void)state;
    int32_t day = 0;
    assert_true(trail_fin_date(trail_slice_of("991231"), TRAIL_NO_DAY, &day));
    assert_int_equal(day, day_of(1999, 12, 31));
    assert_true(trail_fin_date(trail_slice_of("790101"), TRAIL_NO_DAY, &day));
    assert_int_equal(day, day_of(2079, 1, 1));
    assert_true(trail_fin_date(trail_slice_of("790101"), day_of(1994, 1, 1), &day));
    assert_int_equal(day, day_of(1979, 1, 1));
    assert_false(trail_fin_date(trail_slice_of("250230"), TRAIL_NO_DAY, &day));
}

static void amounts_keep_every_digit(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        unsigned exponent;
        int64_t minor;
        trail_fin_amount_fault fault;
    } rows[] = {{"20,", 2, 2000, TRAIL_FIN_AMOUNT_OK},
                {",92", 2, 92, TRAIL_FIN_AMOUNT_OK},
                {"653,00", 2, 65300, TRAIL_FIN_AMOUNT_OK},
                {"000000000012,34", 2, 1234, TRAIL_FIN_AMOUNT_OK},
                {"620,3", 2, 62030, TRAIL_FIN_AMOUNT_OK},
                {"4105400,0", 0, 4105400, TRAIL_FIN_AMOUNT_OK},
                {"1,500", 2, 150, TRAIL_FIN_AMOUNT_OK},
                {"1,505", 2, 0, TRAIL_FIN_AMOUNT_TOO_PRECISE},
                {"7,005", 3, 7005, TRAIL_FIN_AMOUNT_OK},
                {"000000000300.00", 2, 30000, TRAIL_FIN_AMOUNT_POINT},
                {"1.234", 2, 0, TRAIL_FIN_AMOUNT_BAD},
                {"1.234,56", 2, 0, TRAIL_FIN_AMOUNT_BAD},
                {"500", 2, 0, TRAIL_FIN_AMOUNT_NO_COMMA},
                {",", 2, 0, TRAIL_FIN_AMOUNT_BAD},
                {"", 2, 0, TRAIL_FIN_AMOUNT_BAD},
                {"-1,00", 2, 0, TRAIL_FIN_AMOUNT_BAD},
                {"92233720368547758,07", 2, INT64_MAX, TRAIL_FIN_AMOUNT_OK},
                {"92233720368547758,08", 2, 0, TRAIL_FIN_AMOUNT_TOO_LARGE}};
    for (size_t i = 0; i < TRAIL_LENGTH_OF(rows); i++) {
        int64_t minor = 0;
        trail_fin_amount_fault fault =
            trail_fin_amount(trail_slice_of(rows[i].text), rows[i].exponent, &minor);
        if (fault != rows[i].fault) fail_msg("%s: fault %d", rows[i].text, (int)fault);
        if (fault <= TRAIL_FIN_AMOUNT_POINT && minor != rows[i].minor)
            fail_msg("%s: %lld", rows[i].text, (long long)minor);
    }
}

static void marks_say_the_sign_and_the_funds_letter_is_no_reversal(void **state)
{
    (void)state;
    static const struct {
        const char *mark;
        bool credit, reversal, expected;
    } rows[] = {
        {"C", true, false, false},   {"D", false, false, false},  {"RC", false, true, false},
        {"RD", true, true, false},   {"EC", true, false, true},   {"ED", false, false, true},
        {"DR", false, false, false}, {"CR", true, false, false},  {"RCR", false, true, false},
        {"RDR", true, true, false},  {"DF", false, false, false}, {"CN", true, false, false},
        {"DD", false, false, false}, {"CD", true, false, false}};
    for (size_t i = 0; i < TRAIL_LENGTH_OF(rows); i++) {
        char text[40];
        (void)snprintf(text, sizeof text, "2501020103%s12,50NTRFNONREF", rows[i].mark);
        trail_fin_entry_line entry = line_of(text);
        if (entry.credit != rows[i].credit || entry.reversal != rows[i].reversal ||
            entry.expected != rows[i].expected || entry.amount_minor != 1250)
            fail_msg("%s", rows[i].mark);
    }
}

static void the_entry_date_may_be_missing_or_blank(void **state)
{
    (void)state;
    assert_int_equal(line_of("250102C1,00NTRFX").entry_day, TRAIL_NO_DAY);
    assert_int_equal(line_of("250102    C1,00NTRFX").entry_day, TRAIL_NO_DAY);
    assert_int_equal(line_of("2501020103C1,00NTRFX").entry_day, day_of(2025, 1, 3));
}

static void a_blank_or_a_new_line_may_stand_before_the_amount(void **state)
{
    (void)state;
    assert_int_equal(line_of("2501020103C 12,50NTRFX").amount_minor, 1250);
    assert_int_equal(line_of("2501020103D\n12,50NTRFX").amount_minor, 1250);
}

static void the_type_may_be_blank_or_missing(void **state)
{
    (void)state;
    expect_slice(line_of("250102C1,00S051REF").type, "S051");
    expect_slice(line_of("250102C1,00FMSCREF").type, "FMSC");
    expect_slice(line_of("250102C1,00 NRTIKREF+").type, "NRTI");
    expect_slice(line_of("250102C1,00NOV NONREF").type, "NOV");
    assert_true(line_of("250102C1,00NONREF").type_missing);
    assert_true(line_of("250102C1,00    //98").type_missing);
    expect_slice(line_of("250102C1,00    //98").bank_reference, "98");
    expect_slice(line_of("250102C1,00").type, "");
}

static void references_stay_apart_and_keep_their_length(void **state)
{
    (void)state;
    trail_fin_entry_line entry =
        line_of("2501020103C1,00NTRF0000549855700010//02549855700000112345678\nsupplement");
    expect_slice(entry.reference, "0000549855700010");
    expect_slice(entry.bank_reference, "02549855700000112345678");
    expect_slice(entry.supplement, "supplement");
    entry = line_of("250102C1,00NTRFA/B-12345678901234567890//C/D//E");
    expect_slice(entry.reference, "A/B-12345678901234567890");
    expect_slice(entry.bank_reference, "C/D//E");
    entry = line_of("250102C1,00NTRFNONREF//NONREF");
    expect_slice(entry.reference, "");
    expect_slice(entry.bank_reference, "");
    expect_slice(line_of("250102C1,00NTRFKREF+//7").reference, "");
    expect_slice(line_of("250102C1,00NMSCFOOBAR/123//HERP").reference, "FOOBAR/123");
}

static void lines_that_cannot_be_read_say_why(void **state)
{
    (void)state;
    expect_refused("250230C1,00NTRFX", "no_such_date");
    expect_refused("2502280230C1,00NTRFX", "no_such_date");
    expect_refused("25022805DB1000,00NMSC", "wrong_length");
    expect_refused("2502C1,00NTRFX", "wrong_length");
    expect_refused("250228X1,00NTRFX", "sign_unknown");
    expect_refused("250228", "sign_unknown");
    expect_refused("250228C500NTRFX", "amount_without_comma");
    expect_refused("250228CNTRFX", "not_an_amount");
    expect_refused("250228C1,005NTRFX", "amount_too_precise");
    expect_refused("250228C99999999999999999999,NTRFX", "amount_overflow");
}

static void accounts_come_with_a_bank_or_a_currency(void **state)
{
    (void)state;
    static const struct {
        const char *text, *bank, *number;
    } rows[] = {{"NL18KNAB0200000000", "", "NL18KNAB0200000000"},
                {"10020030/1234567", "10020030", "1234567"},
                {"70011110/4005287001EUR", "70011110", "4005287001"},
                {"NL10BUNQ2290325473 EUR", "", "NL10BUNQ2290325473"},
                {"1017.490.554EUR", "", "1017.490.554"},
                {"BPHKPLPK/320000546101", "BPHKPLPK", "320000546101"},
                {"123-304958", "", "123-304958"},
                {"1234ABC", "", "1234ABC"},
                {"12345678USD", "", "12345678USD"}, /* not this statement's currency */
                {"0123456\nDEUTDEFF", "DEUTDEFF", "0123456"}};
    trail_currency eur = TRAIL_NO_CURRENCY;
    assert_true(trail_currency_find(trail_slice_of("EUR"), &eur));
    for (size_t i = 0; i < TRAIL_LENGTH_OF(rows); i++) {
        trail_party_said party = trail_fin_account(trail_slice_of(rows[i].text), eur);
        expect_slice(party.bank, rows[i].bank);
        expect_slice(party.number, rows[i].number);
    }
}

static void a_bic_has_eight_or_eleven_places(void **state)
{
    (void)state;
    assert_true(trail_fin_is_bic(trail_slice_of("DEUTDEFF")));
    assert_true(trail_fin_is_bic(trail_slice_of("ASNBNL21XXX")));
    assert_false(trail_fin_is_bic(trail_slice_of("DEUTDEF")));
    assert_false(trail_fin_is_bic(trail_slice_of("DEUT12FF")));
    assert_false(trail_fin_is_bic(trail_slice_of("0987654321")));
}

static void a_balance_without_currency_is_in_that_of_the_opening(void **state)
{
    (void)state;
    trail_fin_balance balance;
    trail_currency dem = TRAIL_NO_CURRENCY;
    assert_true(trail_currency_find(trail_slice_of("DEM"), &dem));
    assert_null(
        trail_fin_balance_read(trail_slice_of("D0203151050,25"), dem, TRAIL_NO_DAY, &balance));
    assert_true(balance.no_currency);
    assert_int_equal(balance.minor, -105025);
    assert_non_null(trail_fin_balance_read(trail_slice_of("D0203151050,25"), TRAIL_NO_CURRENCY,
                                           TRAIL_NO_DAY, &balance));
    assert_null(
        trail_fin_balance_read(trail_slice_of("C021131EUR5,00"), dem, TRAIL_NO_DAY, &balance));
    assert_int_equal(balance.day, TRAIL_NO_DAY);
    assert_non_null(
        trail_fin_balance_read(trail_slice_of("Dnullnull7414,3"), dem, TRAIL_NO_DAY, &balance));
    assert_non_null(trail_fin_balance_read(trail_slice_of("C141387INR11 27421,94"), dem,
                                           TRAIL_NO_DAY, &balance));
}

static void a_rate_keeps_its_digits(void **state)
{
    (void)state;
    int64_t mantissa = 0;
    uint8_t scale = 0;
    assert_true(trail_fin_rate(trail_slice_of("0,978"), &mantissa, &scale));
    assert_int_equal(mantissa, 978);
    assert_int_equal(scale, 3);
    assert_false(trail_fin_rate(trail_slice_of("0,"), &mantissa, &scale));
    assert_false(trail_fin_rate(trail_slice_of("1,2,3"), &mantissa, &scale));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_entry_year_wraps_both_ways),
        cmocka_unit_test(a_29_february_needs_a_leap_year_nearby),
        cmocka_unit_test(two_digit_years_follow_the_period_of_the_case),
        cmocka_unit_test(amounts_keep_every_digit),
        cmocka_unit_test(marks_say_the_sign_and_the_funds_letter_is_no_reversal),
        cmocka_unit_test(the_entry_date_may_be_missing_or_blank),
        cmocka_unit_test(a_blank_or_a_new_line_may_stand_before_the_amount),
        cmocka_unit_test(the_type_may_be_blank_or_missing),
        cmocka_unit_test(references_stay_apart_and_keep_their_length),
        cmocka_unit_test(lines_that_cannot_be_read_say_why),
        cmocka_unit_test(accounts_come_with_a_bank_or_a_currency),
        cmocka_unit_test(a_bic_has_eight_or_eleven_places),
        cmocka_unit_test(a_balance_without_currency_is_in_that_of_the_opening),
        cmocka_unit_test(a_rate_keeps_its_digits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
