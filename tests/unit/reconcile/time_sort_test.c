#include "reconcile/time_sort.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "support/failing_alloc.h"

#define PAYMENTS 400

static uint32_t next(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

/* Days far apart and near, with and without times; the record is the place of arrival. */
static trail_status fill(trail_ledger *ledger, uint32_t seed, uint32_t count, trail_error *err)
{
    trail_status status = trail_ledger_init(ledger, err);
    for (uint32_t i = 0; i < count && status == TRAIL_OK; i++) {
        trail_entry entry = {.payer = next(&seed) % 5,
                             .payee = 9,
                             .amount_minor = i,
                             .booking_day = (int32_t)(next(&seed) % 7) * 40 - 100,
                             .booking_second = (int32_t)(next(&seed) % 86401) - 1,
                             .currency = 1,
                             .flags = TRAIL_HAS_DEBIT | TRAIL_HAS_CREDIT,
                             .has_received = i % 3 == 0,
                             .received_minor = i + 1,
                             .received_currency = 2,
                             .record = i};
        if (next(&seed) % 3 == 0) entry.booking_second = 60;
        status = trail_ledger_add(ledger, &entry, err);
    }
    return status;
}

static bool goes_before(const trail_ledger *ledger, uint32_t a, uint32_t b)
{
    if (ledger->booking_day[a] != ledger->booking_day[b])
        return ledger->booking_day[a] < ledger->booking_day[b];
    if (ledger->booking_second[a] != ledger->booking_second[b])
        return ledger->booking_second[a] < ledger->booking_second[b];
    return ledger->record[a] < ledger->record[b];
}

static void payments_stand_in_time_and_equal_times_as_they_came(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= 50; seed++) {
        trail_ledger ledger;
        bool seen[PAYMENTS] = {false};
        assert_int_equal(fill(&ledger, seed, PAYMENTS, NULL), TRAIL_OK);
        assert_int_equal(trail_time_sort(&ledger, NULL), TRAIL_OK);
        for (uint32_t i = 0; i < PAYMENTS; i++) {
            uint32_t record = ledger.record[i];
            assert_false(seen[record]);
            seen[record] = true;
            assert_int_equal(ledger.amount_minor[i], record);
            assert_int_equal(trail_ledger_credit(&ledger, i).amount_minor,
                             record % 3 == 0 ? record + 1 : record);
            if (i > 0) assert_true(goes_before(&ledger, i - 1, i));
        }
        trail_ledger_clear(&ledger);
    }
}

static void a_sorted_or_empty_ledger_is_left_alone(void **state)
{
    (void)state;
    trail_ledger ledger;
    assert_int_equal(fill(&ledger, 3, 0, NULL), TRAIL_OK);
    assert_int_equal(trail_time_sort(&ledger, NULL), TRAIL_OK);
    trail_ledger_clear(&ledger);
    assert_int_equal(fill(&ledger, 3, 20, NULL), TRAIL_OK);
    assert_int_equal(trail_time_sort(&ledger, NULL), TRAIL_OK);
    failing_alloc_at(1); /* sorted now: nothing is asked for */
    assert_int_equal(trail_time_sort(&ledger, NULL), TRAIL_OK);
    assert_int_equal(failing_alloc_count(), 0);
    failing_alloc_at(0);
    trail_ledger_clear(&ledger);
}

static void every_refused_allocation_is_a_clean_failure(void **state)
{
    (void)state;
    for (size_t nth = 1; nth < 40; nth++) {
        trail_ledger ledger;
        assert_int_equal(fill(&ledger, 5, 60, NULL), TRAIL_OK);
        failing_alloc_at(nth);
        trail_status status = trail_time_sort(&ledger, NULL);
        bool refused = failing_alloc_count() >= nth;
        failing_alloc_at(0);
        trail_ledger_clear(&ledger);
        assert_int_equal(status, refused ? TRAIL_NO_MEMORY : TRAIL_OK);
        if (!refused) return;
    }
    fail_msg("more allocations than the loop tries");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(payments_stand_in_time_and_equal_times_as_they_came),
        cmocka_unit_test(a_sorted_or_empty_ledger_is_left_alone),
        cmocka_unit_test(every_refused_allocation_is_a_clean_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
