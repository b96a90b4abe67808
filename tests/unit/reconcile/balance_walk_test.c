#include "reconcile/balance_walk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/failing_alloc.h"

static void expect_walk(const trail_balance_step *steps, size_t count, const int64_t *start,
                        int64_t tolerance, const uint32_t *expected)
{
    uint32_t order[16] = {0};
    bool found = false;
    assert_int_equal(trail_balance_walk(steps, count, start, tolerance, order, &found, NULL),
                     TRAIL_OK);
    assert_int_equal(found, expected != NULL);
    for (size_t i = 0; i < count && found; i++)
        assert_int_equal(order[i], expected[i]);
}

static void an_order_that_follows_is_kept(void **state)
{
    (void)state;
    const trail_balance_step steps[] = {{10, 20}, {20, 10}, {10, 30}};
    expect_walk(steps, 3, NULL, 0, (const uint32_t[]){0, 1, 2});
}

static void rows_listed_newest_first_are_reversed(void **state)
{
    (void)state;
    const trail_balance_step steps[] = {{30, 35}, {20, 30}, {10, 20}};
    expect_walk(steps, 3, NULL, 0, (const uint32_t[]){2, 1, 0});
}

static void mixed_rows_are_put_into_the_only_walk(void **state)
{
    (void)state;
    /* A greedy chain from 10 would take the first step to 40 and be stuck. */
    const trail_balance_step steps[] = {{10, 40}, {20, 10}, {10, 20}};
    expect_walk(steps, 3, NULL, 0, (const uint32_t[]){2, 1, 0});
}

static void the_balance_before_the_day_decides_between_two_walks(void **state)
{
    (void)state;
    const trail_balance_step steps[] = {{500, 600}, {600, 500}};
    int64_t low = 500, high = 600, other = 700;
    expect_walk(steps, 2, &low, 0, (const uint32_t[]){0, 1});
    expect_walk(steps, 2, &high, 0, (const uint32_t[]){1, 0});
    expect_walk(steps, 2, &other, 0, NULL);
}

static void steps_within_the_tolerance_follow_and_those_beyond_do_not(void **state)
{
    (void)state;
    const trail_balance_step steps[] = {{100, 250}, {0, 60}, {60, 95}};
    expect_walk(steps, 3, NULL, 5, (const uint32_t[]){1, 2, 0});
    expect_walk(steps, 3, NULL, 4, NULL);
}

static void two_circles_that_never_meet_are_no_walk(void **state)
{
    (void)state;
    const trail_balance_step steps[] = {{1, 2}, {7, 8}, {2, 1}, {8, 7}};
    expect_walk(steps, 4, NULL, 0, NULL);
}

static void the_ends_of_int64_do_not_overflow(void **state)
{
    (void)state;
    const trail_balance_step steps[] = {{INT64_MAX, INT64_MIN}, {INT64_MIN, INT64_MAX}};
    int64_t start = INT64_MIN;
    expect_walk(steps, 2, &start, INT64_MAX, (const uint32_t[]){1, 0});
    assert_false(trail_balances_agree(INT64_MIN, INT64_MAX, INT64_MAX));
}

static void a_chain_takes_every_row_and_goes_on_where_it_is_broken(void **state)
{
    (void)state;
    const trail_balance_step steps[] = {{50, 60}, {20, 30}, {99, 98}, {10, 20}, {60, 70}};
    const uint32_t expected[] = {3, 1, 0, 4, 2};
    uint32_t order[5];
    int64_t start = 10;
    assert_int_equal(trail_balance_chain(steps, 5, &start, 0, order, NULL), TRAIL_OK);
    assert_memory_equal(order, expected, sizeof expected);
}

/* A million steps that never fit, and a circle of as many, cost no more than sorting them. */
static void many_rows_of_one_day_are_done_at_once(void **state)
{
    (void)state;
    enum { MANY = 200000 };
    trail_balance_step *steps = test_malloc(MANY * sizeof *steps);
    uint32_t *order = test_malloc(MANY * sizeof *order);
    bool found = false;
    for (int i = 0; i < MANY; i++) {
        int64_t mixed = (int64_t)i * 7919 % MANY;
        steps[i] = (trail_balance_step){mixed, mixed + 1};
    }
    assert_int_equal(trail_balance_walk(steps, MANY, NULL, 0, order, &found, NULL), TRAIL_OK);
    assert_true(found);
    for (int i = 0; i < MANY; i++)
        assert_int_equal(steps[order[i]].before, i);
    steps[5].after = -1;
    assert_int_equal(trail_balance_walk(steps, MANY, NULL, 0, order, &found, NULL), TRAIL_OK);
    assert_false(found);
    assert_int_equal(trail_balance_chain(steps, MANY, NULL, 0, order, NULL), TRAIL_OK);
    test_free(steps);
    test_free(order);
}

static void every_failed_allocation_is_told(void **state)
{
    (void)state;
    const trail_balance_step steps[] = {{10, 40}, {20, 10}, {10, 20}};
    uint32_t order[3];
    bool found = false, failed = true;
    for (unsigned n = 1; failed; n++) {
        failing_alloc_at(n);
        trail_status status = trail_balance_walk(steps, 3, NULL, 0, order, &found, NULL);
        if (status == TRAIL_OK) status = trail_balance_chain(steps, 3, NULL, 0, order, NULL);
        failing_alloc_at(0);
        failed = status != TRAIL_OK;
        if (failed) assert_int_equal(status, TRAIL_NO_MEMORY);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_order_that_follows_is_kept),
        cmocka_unit_test(rows_listed_newest_first_are_reversed),
        cmocka_unit_test(mixed_rows_are_put_into_the_only_walk),
        cmocka_unit_test(the_balance_before_the_day_decides_between_two_walks),
        cmocka_unit_test(steps_within_the_tolerance_follow_and_those_beyond_do_not),
        cmocka_unit_test(two_circles_that_never_meet_are_no_walk),
        cmocka_unit_test(the_ends_of_int64_do_not_overflow),
        cmocka_unit_test(a_chain_takes_every_row_and_goes_on_where_it_is_broken),
        cmocka_unit_test(many_rows_of_one_day_are_done_at_once),
        cmocka_unit_test(every_failed_allocation_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
