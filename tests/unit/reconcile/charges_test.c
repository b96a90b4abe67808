#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "model/calendar.h"
#include "reconcile/charges.h"

static trail_currency code(const char *text)
{
    trail_currency currency = TRAIL_NO_CURRENCY;
    assert_true(trail_currency_find(trail_slice_of(text), &currency));
    return currency;
}

static trail_amount_side side(int64_t minor, const char *currency)
{
    return (trail_amount_side){minor, code(currency), 100};
}

static trail_amount_link link_of(trail_amount_side debit, trail_amount_side credit,
                                 const trail_wire *wire)
{
    return trail_charges_explain(debit, credit, &wire, 1, NULL).link;
}

static void a_charge_that_a_message_states_counts_as_equal(void **state)
{
    trail_wire wire = {.charges_minor = 1500, .charges_currency = code("EUR")};
    (void)state;
    assert_int_equal(link_of(side(100000, "EUR"), side(98500, "EUR"), &wire),
                     TRAIL_AMOUNTS_CHARGE_STATED);
    assert_int_equal(link_of(side(100000, "EUR"), side(98400, "EUR"), &wire), TRAIL_AMOUNTS_CHARGE);
    wire.charges_currency = code("USD");
    assert_int_equal(link_of(side(100000, "EUR"), side(98500, "EUR"), &wire), TRAIL_AMOUNTS_CHARGE);
}

static void senders_and_receivers_charges_may_come_off_together(void **state)
{
    trail_wire wire = {
        .charges_minor = 1500, .receiver_charges_minor = 700, .charges_currency = code("EUR")};
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        static const int64_t charges[] = {1500, 700, 2200};
        assert_int_equal(link_of(side(100000, "EUR"), side(100000 - charges[i], "EUR"), &wire),
                         TRAIL_AMOUNTS_CHARGE_STATED);
    }
}

static void a_credit_above_its_debit_is_never_explained_by_a_charge(void **state)
{
    trail_wire wire = {.charges_minor = 1500, .charges_currency = code("EUR")};
    (void)state;
    assert_int_equal(link_of(side(98500, "EUR"), side(100000, "EUR"), &wire),
                     TRAIL_AMOUNTS_UNEXPLAINED);
    assert_int_equal(link_of(side(5000, "EUR"), side(3000, "EUR"), NULL),
                     TRAIL_AMOUNTS_UNEXPLAINED); /* more than a quarter */
}

/* 10,000.00 EUR at 1.0850 are 10,850.00 USD; 20.00 USD come off. */
static void a_stated_rate_and_charge_give_the_credit_to_the_cent(void **state)
{
    trail_wire wire = {.rate_mantissa = 10850,
                       .rate_scale = 4,
                       .charges_minor = 2000,
                       .charges_currency = code("USD")};
    const trail_wire *wires[] = {&wire};
    (void)state;
    trail_amount_story story =
        trail_charges_explain(side(1000000, "EUR"), side(1083000, "USD"), wires, 1, NULL);
    assert_int_equal(story.link, TRAIL_AMOUNTS_RATE_STATED);
    assert_int_equal(story.charge_minor, 2000);
    assert_int_equal(link_of(side(1000000, "EUR"), side(1085000, "USD"), &wire),
                     TRAIL_AMOUNTS_RATE_STATED);
    assert_int_equal(link_of(side(1000000, "EUR"), side(1084000, "USD"), &wire),
                     TRAIL_AMOUNTS_RATE_UNKNOWN);
}

static void the_original_amount_that_the_receiving_bank_states_ties_two_currencies(void **state)
{
    trail_wire wire = {.instructed_minor = 1000000, .instructed_currency = code("EUR")};
    (void)state;
    assert_int_equal(link_of(side(1000000, "EUR"), side(1083000, "USD"), &wire),
                     TRAIL_AMOUNTS_RATE_STATED);
    assert_int_equal(link_of(side(1000001, "EUR"), side(1083000, "USD"), &wire),
                     TRAIL_AMOUNTS_RATE_UNKNOWN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_charge_that_a_message_states_counts_as_equal),
        cmocka_unit_test(senders_and_receivers_charges_may_come_off_together),
        cmocka_unit_test(a_credit_above_its_debit_is_never_explained_by_a_charge),
        cmocka_unit_test(a_stated_rate_and_charge_give_the_credit_to_the_cent),
        cmocka_unit_test(the_original_amount_that_the_receiving_bank_states_ties_two_currencies),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
