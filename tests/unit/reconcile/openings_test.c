#include "reconcile/openings.h"

#include "reconcile/observations.h"
#include "support/failing_alloc.h"
#include "support/reading.h"

static void state_opening(trail_ledger *ledger, uint32_t account, int64_t minor, int32_t day)
{
    trail_opening opening = {.account = account,
                             .currency = currency_of("EUR"),
                             .amount_minor = minor,
                             .day = day,
                             .stated = true};
    assert_int_equal(trail_vector_push(&ledger->openings, &opening, NULL), TRAIL_OK);
}

static void the_earliest_stated_opening_stays_and_takes_the_declared_origin(void **state)
{
    trail_ledger ledger;
    (void)state;
    reading_open(&ledger, 4);
    state_opening(&ledger, 2, 500, 40);
    state_opening(&ledger, 2, 700, 10);
    state_opening(&ledger, 0, 30, 5);
    trail_declared_opening declared[] = {
        {2, currency_of("EUR"), 700, TRAIL_ORIGIN_CLEAN, 9},
        {2, currency_of("USD"), 11, TRAIL_ORIGIN_UNKNOWN, 10},
        {1, currency_of("EUR"), 12, TRAIL_ORIGIN_CLEAN, 11},
    };
    assert_int_equal(trail_openings_settle(&ledger, declared, 3, NULL), TRAIL_OK);
    assert_int_equal(ledger.openings.count, 4);
    const trail_opening *opening = trail_ledger_opening(&ledger, 2, currency_of("EUR"));
    assert_int_equal(opening->amount_minor, 700);
    assert_int_equal(opening->day, 10);
    assert_int_equal(opening->origin, TRAIL_ORIGIN_CLEAN);
    assert_true(opening->stated);
    assert_int_equal(trail_ledger_opening(&ledger, 2, currency_of("USD"))->amount_minor, 11);
    assert_false(trail_ledger_opening(&ledger, 1, currency_of("EUR"))->stated);
    assert_int_equal(trail_ledger_opening(&ledger, 0, currency_of("EUR"))->origin,
                     TRAIL_ORIGIN_UNKNOWN);
    assert_null(trail_ledger_opening(&ledger, 3, currency_of("EUR")));
    trail_ledger_clear(&ledger);
}

static void stated_and_declared_openings_that_differ_are_refused_naming_both(void **state)
{
    trail_ledger ledger;
    trail_error err = {TRAIL_OK, ""};
    (void)state;
    reading_open(&ledger, 2);
    state_opening(&ledger, 1, 100050, 3);
    trail_declared_opening declared = {1, currency_of("EUR"), 100049, TRAIL_ORIGIN_CLEAN, 17};
    assert_int_equal(trail_openings_settle(&ledger, &declared, 1, &err), TRAIL_USAGE);
    assert_non_null(strstr(err.message, "case.yaml:17: account 00000001"));
    assert_non_null(strstr(err.message, "1000.49 EUR"));
    assert_non_null(strstr(err.message, "the records state 1000.50 EUR"));
    trail_ledger_clear(&ledger);
}

static trail_status settle_openings(void *context, trail_error *err)
{
    trail_ledger *ledger = context;
    ledger->openings.count = 0;
    for (uint32_t i = 0; i < 3; i++) {
        trail_opening *opening = trail_vector_add(&ledger->openings, err);
        if (opening == NULL) return TRAIL_NO_MEMORY;
        *opening = (trail_opening){.account = 2 - i, .currency = currency_of("EUR")};
    }
    trail_declared_opening declared = {1, currency_of("EUR"), 0, TRAIL_ORIGIN_CLEAN, 1};
    return trail_openings_settle(ledger, &declared, 1, err);
}

static void two_declared_openings_of_one_account_are_not_laid_to_the_records(void **state)
{
    trail_ledger ledger;
    trail_error err = {TRAIL_OK, ""};
    (void)state;
    reading_open(&ledger, 2);
    trail_declared_opening declared[] = {{1, currency_of("EUR"), 10000, TRAIL_ORIGIN_CLEAN, 7},
                                         {1, currency_of("EUR"), 9000, TRAIL_ORIGIN_CLEAN, 9}};
    assert_int_equal(trail_openings_settle(&ledger, declared, 2, &err), TRAIL_USAGE);
    assert_non_null(strstr(err.message, "an opening of 100.00 EUR, and another of 90.00 EUR"));
    trail_ledger_clear(&ledger);
}

static void a_refused_allocation_is_reported(void **state)
{
    trail_ledger ledger;
    (void)state;
    reading_open(&ledger, 3);
    assert_true(failing_alloc_each(settle_openings, &ledger) > 0);
    trail_ledger_clear(&ledger);
}

static void observations_are_sorted_and_stand_once(void **state)
{
    trail_ledger ledger;
    static const trail_observation given[] = {{2, 5, 9, 0}, {1, 7, 8, 1}, {2, 5, 9, 0},
                                              {2, 1, 9, 3}, {2, 5, 7, 0}, {1, 7, 8, 0}};
    (void)state;
    reading_open(&ledger, 3);
    for (size_t i = 0; i < TRAIL_LENGTH_OF(given); i++)
        assert_int_equal(trail_vector_push(&ledger.observations, &given[i], NULL), TRAIL_OK);
    assert_int_equal(trail_observations_settle(&ledger, NULL), TRAIL_OK);
    assert_int_equal(ledger.observations.count, 5);
    const trail_observation *kept = ledger.observations.items;
    for (size_t i = 1; i < 5; i++)
        assert_true(kept[i - 1].account < kept[i].account ||
                    kept[i - 1].from_day <= kept[i].from_day);
    assert_int_equal(kept[0].file, 0);
    assert_int_equal(kept[2].from_day, 1);
    assert_true(trail_ledger_observes(&ledger, 2, 1));
    assert_false(trail_ledger_observes(&ledger, 2, 10));
    assert_false(trail_ledger_observes(&ledger, 1, 6));
    assert_false(trail_ledger_ever_observed(&ledger, 0));
    trail_ledger_clear(&ledger);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_earliest_stated_opening_stays_and_takes_the_declared_origin),
        cmocka_unit_test(stated_and_declared_openings_that_differ_are_refused_naming_both),
        cmocka_unit_test(two_declared_openings_of_one_account_are_not_laid_to_the_records),
        cmocka_unit_test(a_refused_allocation_is_reported),
        cmocka_unit_test(observations_are_sorted_and_stand_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
