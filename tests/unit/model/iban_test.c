#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/attributes.h"
#include "model/iban.h"

static trail_iban_verdict check(const char *number)
{
    return trail_iban_check(trail_slice_of(number));
}

static void published_examples_are_valid(void **state)
{
    (void)state;
    static const char *const numbers[] = {
        "DE89370400440532013000",
        "LV80BANK0000435195001",
        "EE382200221020145685",
        "LT121000011101001000",
        "CY17002001280000001200527600",
        "NL91ABNA0417164300",
        "PL61109010140000071219812874",
        "AT611904300234573201",
        "BE68539007547034",
        "CH9300762011623852957",
        "FR1420041010050500013M02606",
        "GB29NWBK60161331926819",
        "MT84MALT011000012345MTLCAST001S",
        "NO9386011117947",
        "SC18SSCB11010000000000001497USD",
        "LC55HEMM000100010012001200023015",
    };
    for (size_t i = 0; i < TRAIL_LENGTH_OF(numbers); i++)
        assert_int_equal(check(numbers[i]), TRAIL_IBAN_VALID);
}

static void check_digits_and_structure_are_told_apart(void **state)
{
    (void)state;
    assert_int_equal(check("DE88370400440532013000"), TRAIL_IBAN_CHECK_DIGITS);
    assert_int_equal(check("DE8937040044053201300"), TRAIL_IBAN_STRUCTURE);
    assert_int_equal(check("DE89370400440532O13000"), TRAIL_IBAN_STRUCTURE);
    assert_int_equal(check("LV801ANK0000435195001"), TRAIL_IBAN_STRUCTURE);
}

/* Letters where the registry has digits: mod 97 alone would take it. */
static void a_number_that_only_the_check_digits_fit_is_no_iban(void **state)
{
    (void)state;
    char number[] = "EE00220022102014568A";
    bool found = false;
    for (int i = 2; i < 99; i++) {
        number[2] = (char)('0' + i / 10);
        number[3] = (char)('0' + i % 10);
        assert_false(trail_iban_valid(trail_slice_of(number)));
        found = found || check(number) == TRAIL_IBAN_STRUCTURE;
    }
    assert_true(found);
}

static void numbers_of_other_kinds_are_not_meant_as_ibans(void **state)
{
    (void)state;
    static const char *const numbers[] = {"",
                                          "DE",
                                          "DE12345678",
                                          "8000EBD30",
                                          "ZZ89370400440532013000",
                                          "DEPOT893704004405320130",
                                          "SE12ACCOUNTOFSOMEBODYELSE"};
    for (size_t i = 0; i < TRAIL_LENGTH_OF(numbers); i++)
        assert_int_equal(check(numbers[i]), TRAIL_IBAN_NOT_SHAPED);
}

static void the_registry_is_in_order_and_its_lengths_fit(void **state)
{
    (void)state;
    assert_true(trail_iban_country_count > 80);
    for (size_t i = 0; i < trail_iban_country_count; i++) {
        const trail_iban_country *country = &trail_iban_countries[i];
        assert_int_equal(strlen(country->places) + 4, country->length);
        assert_in_range(country->length, TRAIL_IBAN_SHORTEST, TRAIL_IBAN_LONGEST);
        assert_ptr_equal(trail_iban_country_of(trail_slice_of(country->code)), country);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_examples_are_valid),
        cmocka_unit_test(check_digits_and_structure_are_told_apart),
        cmocka_unit_test(a_number_that_only_the_check_digits_fit_is_no_iban),
        cmocka_unit_test(numbers_of_other_kinds_are_not_meant_as_ibans),
        cmocka_unit_test(the_registry_is_in_order_and_its_lengths_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
