#include "reconcile/coverage.h"

#include "support/failing_alloc.h"
#include "support/statement_case.h"

static int32_t day_of(int year, int month, int day)
{
    int32_t out = 0;
    assert_true(trail_day_from_civil(year, month, day, &out));
    return out;
}

static void observe(trail_ledger *ledger, uint32_t account, int32_t from, int32_t to, uint32_t file)
{
    trail_observation seen = {account - 1, from, to, file};
    assert_int_equal(trail_vector_push(&ledger->observations, &seen, NULL), TRAIL_OK);
}

/* One account: January whole, nothing in February, from 10 March to its end. */
static void make_gap(trail_ledger *ledger, int64_t later)
{
    int32_t first = day_of(2024, 1, 1), last = day_of(2024, 1, 31);
    reading_open(ledger, 2);
    READ_ROWS(ledger, "a.sta", 1, PLAIN("c", 2, 1, 10, first + 3));
    state_booked(ledger, 1, 1, 0, first - 1, 10, last);
    observe(ledger, 1, first, last, 0);
    first = day_of(2024, 3, 10);
    last = day_of(2024, 3, 31);
    READ_ROWS(ledger, "b.sta", 2, PLAIN("c", 2, 1, 10, first + 3));
    state_booked(ledger, 1, 1, later, first - 1, later + 10, last);
    observe(ledger, 1, first, last, 1);
}

static void make_coverage(trail_coverage *coverage, trail_statement_checks *checks,
                          const trail_ledger *ledger, const trail_coverage_said *said, size_t count)
{
    make_checks(checks, ledger, 0);
    assert_int_equal(trail_coverage_make(coverage, ledger, checks, said, count, NULL), TRAIL_OK);
}

static const trail_coverage_month *month_of(const trail_coverage *coverage, size_t at)
{
    assert_true(at < coverage->months.count);
    return trail_vector_at(&coverage->months, at);
}

static void a_month_between_covered_ones_is_a_gap_with_its_net_unseen_movement(void **state)
{
    trail_ledger ledger;
    trail_statement_checks checks;
    trail_coverage coverage;
    (void)state;
    make_gap(&ledger, 25);
    make_coverage(&coverage, &checks, &ledger, NULL, 0);
    assert_int_equal(coverage.months.count, 3);
    assert_int_equal(month_of(&coverage, 0)->cover, TRAIL_COVER_COMPLETE);
    assert_int_equal(month_of(&coverage, 0)->days_covered, 31);
    assert_int_equal(month_of(&coverage, 1)->cover, TRAIL_COVER_GAP);
    assert_int_equal(month_of(&coverage, 1)->days, 29);
    assert_int_equal(month_of(&coverage, 1)->gap_count, 1);
    assert_int_equal(month_of(&coverage, 1)->file_count, 0);
    assert_int_equal(month_of(&coverage, 2)->cover, TRAIL_COVER_PARTIAL);
    assert_int_equal(month_of(&coverage, 2)->days_covered, 22);
    assert_int_equal(month_of(&coverage, 2)->gap_count, 1);
    const trail_coverage_gap *gap = trail_vector_at(&coverage.gaps, 0);
    assert_true(gap->moved_known);
    assert_int_equal(gap->moved_minor, 15);
    assert_int_equal(gap->from_day, day_of(2024, 2, 1));
    assert_int_equal(gap->to_day, day_of(2024, 3, 9));
    trail_coverage_clear(&coverage);
    trail_statement_checks_clear(&checks);
    trail_ledger_clear(&ledger);
}

static void
days_between_equal_balances_complete_a_month_but_an_empty_month_stays_a_gap(void **state)
{
    trail_ledger ledger;
    trail_statement_checks checks;
    trail_coverage coverage;
    (void)state;
    make_gap(&ledger, 10);
    make_coverage(&coverage, &checks, &ledger, NULL, 0);
    assert_int_equal(month_of(&coverage, 1)->cover, TRAIL_COVER_GAP);
    assert_int_equal(month_of(&coverage, 1)->gap_count, 1);
    assert_int_equal(month_of(&coverage, 2)->cover, TRAIL_COVER_COMPLETE);
    assert_int_equal(month_of(&coverage, 2)->days_covered, 22);
    assert_int_equal(month_of(&coverage, 2)->gap_count, 0);
    trail_coverage_clear(&coverage);
    trail_statement_checks_clear(&checks);
    trail_ledger_clear(&ledger);
}

static void months_that_are_asked_for_and_files_not_read_are_listed(void **state)
{
    trail_ledger ledger;
    trail_statement_checks checks;
    trail_coverage coverage;
    (void)state;
    make_gap(&ledger, 25);
    const trail_coverage_said said[] = {
        {0, NULL, day_of(2023, 12, 15), day_of(2024, 1, 10), 0, UINT32_MAX},
        {0, NULL, day_of(2024, 2, 1), day_of(2024, 2, 29), UINT32_MAX, 7},
        {TRAIL_NO_ACCOUNT, "LV99", day_of(2024, 1, 1), TRAIL_NO_DAY, 0, UINT32_MAX},
    };
    make_coverage(&coverage, &checks, &ledger, said, TRAIL_LENGTH_OF(said));
    assert_int_equal(coverage.months.count, 5);
    assert_int_equal(month_of(&coverage, 0)->cover, TRAIL_COVER_NONE);
    assert_int_equal(month_of(&coverage, 0)->days_asked, 17);
    assert_int_equal(month_of(&coverage, 1)->days_asked, 10);
    assert_int_equal(month_of(&coverage, 1)->days_asked_covered, 10);
    assert_int_equal(month_of(&coverage, 2)->unread_count, 1);
    const uint32_t *report =
        trail_vector_at(&coverage.month_unread, month_of(&coverage, 2)->first_unread);
    assert_int_equal(*report, 7);
    assert_int_equal(month_of(&coverage, 4)->account, TRAIL_NO_ACCOUNT);
    assert_string_equal(month_of(&coverage, 4)->number, "LV99");
    assert_int_equal(month_of(&coverage, 4)->cover, TRAIL_COVER_NONE);
    trail_coverage_clear(&coverage);
    trail_statement_checks_clear(&checks);
    trail_ledger_clear(&ledger);
}

static void an_account_that_only_stands_in_tables_is_not_listed(void **state)
{
    trail_ledger ledger;
    trail_statement_checks checks;
    trail_coverage coverage;
    (void)state;
    make_gap(&ledger, 25);
    observe(&ledger, 2, day_of(2020, 1, 1), day_of(2024, 12, 31), 0);
    make_coverage(&coverage, &checks, &ledger, NULL, 0);
    assert_int_equal(coverage.months.count, 3);
    trail_coverage_clear(&coverage);
    trail_statement_checks_clear(&checks);
    trail_ledger_clear(&ledger);
}

static void absurd_days_do_not_make_endless_months(void **state)
{
    trail_ledger ledger;
    trail_statement_checks checks;
    trail_coverage coverage;
    (void)state;
    make_gap(&ledger, 25);
    observe(&ledger, 1, day_of(2024, 1, 1), day_of(9999, 12, 31), 0);
    observe(&ledger, 1, INT32_MIN, INT32_MAX, UINT32_MAX);
    make_coverage(&coverage, &checks, &ledger, NULL, 0);
    assert_int_equal(coverage.months.count, 600);
    uint32_t months = 0;
    for (size_t i = 0; i < coverage.months.count; i++)
        months += month_of(&coverage, i)->months;
    assert_int_equal(months, (9999 - 2024 + 1) * 12);
    trail_coverage_clear(&coverage);
    trail_statement_checks_clear(&checks);
    trail_ledger_clear(&ledger);
}

typedef struct coverage_run {
    const trail_ledger *ledger;
    const trail_statement_checks *checks;
} coverage_run;

static trail_status run_coverage(void *context, trail_error *err)
{
    const coverage_run *run = context;
    trail_coverage coverage;
    trail_coverage_said said = {0, NULL, 0, 100, UINT32_MAX, 0};
    trail_status status = trail_coverage_make(&coverage, run->ledger, run->checks, &said, 1, err);
    trail_coverage_clear(&coverage);
    return status;
}

static void a_refused_allocation_is_reported(void **state)
{
    trail_ledger ledger;
    trail_statement_checks checks;
    (void)state;
    make_gap(&ledger, 25);
    make_checks(&checks, &ledger, 0);
    coverage_run run = {&ledger, &checks};
    assert_true(failing_alloc_each(run_coverage, &run) > 5);
    trail_statement_checks_clear(&checks);
    trail_ledger_clear(&ledger);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_month_between_covered_ones_is_a_gap_with_its_net_unseen_movement),
        cmocka_unit_test(
            days_between_equal_balances_complete_a_month_but_an_empty_month_stays_a_gap),
        cmocka_unit_test(months_that_are_asked_for_and_files_not_read_are_listed),
        cmocka_unit_test(an_account_that_only_stands_in_tables_is_not_listed),
        cmocka_unit_test(absurd_days_do_not_make_endless_months),
        cmocka_unit_test(a_refused_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
