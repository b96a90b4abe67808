#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/attributes.h"
#include "model/country.h"
#include "model/national_number.h"

static bool leads_to(const char *bank, const char *number, const char *iban)
{
    trail_iban_text ibans[TRAIL_NATIONAL_LIMIT];
    size_t count = trail_national_ibans(trail_slice_of(bank), trail_slice_of(number), ibans);
    for (size_t i = 0; i < count; i++)
        if (strcmp(ibans[i].text, iban) == 0) return true;
    return false;
}

typedef struct example {
    const char *bank, *number, *iban;
} example;

static void bank_and_number_lead_to_the_iban(void **state)
{
    (void)state;
    static const example examples[] = {
        {"37040044", "532013000", "DE89370400440532013000"},
        {"370 400 44", "0532013000", "DE89370400440532013000"},
        {"HABAEE2X", "221020145685", "EE382200221020145685"},
        {"BANKLV22", "0000435195001", "LV80BANK0000435195001"},
        {"BANKLV22XXX", "435195001", "LV80BANK0000435195001"},
        {"10000", "11101001000", "LT121000011101001000"},
        {"00200128", "1200527600", "CY17002001280000001200527600"},
        {"ABNANL2A", "417164300", "NL91ABNA0417164300"},
        {"19043", "234573201", "AT611904300234573201"},
        {"00762", "011623852957", "CH9300762011623852957"},
        {"2004101005", "0500013M02606", "FR1420041010050500013M02606"},
        {"10901014", "0000071219812874", "PL61109010140000071219812874"},
    };
    for (size_t i = 0; i < TRAIL_LENGTH_OF(examples); i++)
        assert_true(leads_to(examples[i].bank, examples[i].number, examples[i].iban));
}

static void a_whole_national_part_names_its_bank(void **state)
{
    (void)state;
    static const example examples[] = {
        {"", "539007547034", "BE68539007547034"},
        {"", "61109010140000071219812874", "PL61109010140000071219812874"},
        {"", "370400440532013000", "DE89370400440532013000"},
        {"COBADEFF", "370400440532013000", "DE89370400440532013000"},
        {"", "20041010050500013M02606", "FR1420041010050500013M02606"},
    };
    for (size_t i = 0; i < TRAIL_LENGTH_OF(examples); i++)
        assert_true(leads_to(examples[i].bank, examples[i].number, examples[i].iban));
}

static void a_bank_that_is_not_tied_or_contradicts_leads_nowhere(void **state)
{
    (void)state;
    static const example examples[] = {
        {"", "532013000", "DE89370400440532013000"},         /* no bank */
        {"COBADEFF", "532013000", "DE89370400440532013000"}, /* its BIC is not in the IBAN */
        {"37040045", "532013000", "DE89370400440532013000"},
        {"HABALV22", "370400440532013000", "DE89370400440532013000"},
        {"37040045", "370400440532013000", "DE89370400440532013000"},
        {"", "60109010140000071219812874", "PL61109010140000071219812874"},
        {"2004101005", "500013M02606", "FR1420041010050500013M02606"},
        {"ABNALV22", "417164300", "NL91ABNA0417164300"},
    };
    for (size_t i = 0; i < TRAIL_LENGTH_OF(examples); i++)
        assert_false(leads_to(examples[i].bank, examples[i].number, examples[i].iban));
}

static void the_own_part_of_an_iban_has_no_leading_zeros(void **state)
{
    (void)state;
    assert_true(trail_slice_is(
        trail_national_account_part(trail_slice_of("DE89370400440532013000")), "532013000"));
    assert_int_equal(trail_national_account_part(trail_slice_of("GB29NWBK60161331926819")).length,
                     0);
}

static void a_bic_has_a_country(void **state)
{
    (void)state;
    static const char *const good[] = {"HABALV22", "HABALV22XXX", "COBADEFF370", "NLPRXKPR"};
    static const char *const bad[] = {"",         "HABALV2",    "HABAZZ22",
                                      "HABA1V22", "HABALV22XX", "habalv22"};
    for (size_t i = 0; i < TRAIL_LENGTH_OF(good); i++)
        assert_true(trail_bic_well_formed(trail_slice_of(good[i])));
    for (size_t i = 0; i < TRAIL_LENGTH_OF(bad); i++)
        assert_false(trail_bic_well_formed(trail_slice_of(bad[i])));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bank_and_number_lead_to_the_iban),
        cmocka_unit_test(a_whole_national_part_names_its_bank),
        cmocka_unit_test(a_bank_that_is_not_tied_or_contradicts_leads_nowhere),
        cmocka_unit_test(the_own_part_of_an_iban_has_no_leading_zeros),
        cmocka_unit_test(a_bic_has_a_country),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
