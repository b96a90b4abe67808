#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "paths/route.h"

#include "support/failing_alloc.h"
#include "support/route_case.h"

static void no_more_steps_than_the_limit(void **state)
{
    (void)state;
    small_case c;
    open_case(&c);
    tiny_pay(&c.ledger, 0, 1, 1000, 10);
    tiny_pay(&c.ledger, 1, 2, 1000, 11);
    tiny_pay(&c.ledger, 2, 5, 1000, 12);
    c.limits.max_steps = 2;
    assert_int_equal(find(&c), 0);
    c.limits.max_steps = 3;
    assert_int_equal(find(&c), 1);
    close_case(&c);
}

static void the_largest_routes_are_kept_and_the_rest_counted(void **state)
{
    (void)state;
    small_case c;
    open_case(&c);
    tiny_pay(&c.ledger, 0, 1, 1000, 10);
    static const int64_t amounts[] = {850, 900, 800, 900, 1000};
    for (size_t i = 0; i < TRAIL_LENGTH_OF(amounts); i++)
        tiny_pay(&c.ledger, 1, 5, amounts[i], 11);
    c.limits.max_routes = 3;
    assert_int_equal(find(&c), 3);
    assert_int_equal(c.routes.left_out, 2);
    assert_int_equal(c.routes.starts_cut, 0);
    static const uint32_t expected[] = {5, 2, 4};
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(step_at(&c, i, 1)->payment, expected[i]);
    close_case(&c);
}

static void impossible_limits_are_refused(void **state)
{
    (void)state;
    small_case c;
    open_case(&c);
    trail_route_limits wrong[4];
    for (size_t i = 0; i < 4; i++)
        wrong[i] = trail_route_limits_default();
    wrong[0].max_steps = 0;
    wrong[1].max_steps = TRAIL_ROUTE_STEP_LIMIT + 1;
    wrong[2].share_kept_millionths = 1000001;
    wrong[3].window_days = -1;
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(trail_routes_find(&c.routes, &c.ledger, &c.graph, NULL, NULL, 0, NULL, 0,
                                           &wrong[i], NULL),
                         TRAIL_USAGE);
    close_case(&c);
}

/* Every account pays every other every day: more routes than anyone could list. */
static void a_search_without_end_is_cut_and_says_so(void **state)
{
    (void)state;
    small_case c;
    open_case(&c);
    tiny_pay(&c.ledger, 7, 0, 1000, 0);
    for (int32_t day = 1; day < 40; day++)
        for (uint32_t payer = 0; payer < 5; payer++)
            for (uint32_t payee = 0; payee < 6; payee++)
                if (payer != payee) tiny_pay(&c.ledger, payer, payee, 1000 - day, day);
    c.limits.max_work = 20000;
    c.limits.max_routes = 10;
    assert_int_equal(find(&c), 10);
    assert_int_equal(c.routes.starts_cut, 1);
    assert_true(c.routes.left_out > 0);
    assert_int_equal(route_at(&c, 0)->got_through_minor, 999);
    close_case(&c);
}

static void a_million_payments_are_searched(void **state)
{
    (void)state;
    enum { ACCOUNTS = 5000, PAYMENTS = 1000000, STARTS = 20 };
    trail_ledger ledger;
    tiny_open(&ledger, ACCOUNTS);
    for (uint32_t account = 0; account < ACCOUNTS; account++)
        tiny_observe(&ledger, account, 0, 1000);
    uint64_t random = 11;
    trail_entry entry = tiny_entry(0, 0, 0, 0);
    for (uint32_t i = 0; i < PAYMENTS; i++) {
        uint32_t payer = tiny_random(&random, ACCOUNTS), payee = tiny_random(&random, ACCOUNTS - 1);
        entry.payer = payer;
        entry.payee = payee < payer ? payee : payee + 1;
        entry.amount_minor = 1000 + tiny_random(&random, 1000);
        entry.booking_day = (int32_t)(i / 5000);
        tiny_add(&ledger, entry);
    }
    trail_payment_graph graph;
    assert_int_equal(trail_payment_graph_build(&graph, &ledger, NULL), TRAIL_OK);
    trail_route_start starts[STARTS];
    uint32_t destinations[STARTS];
    for (uint32_t i = 0; i < STARTS; i++) {
        starts[i] = (trail_route_start){i * 1000, 0, entry.currency, 0};
        destinations[i] = i;
    }
    trail_route_limits limits = trail_route_limits_default();
    trail_routes routes;
    assert_int_equal(trail_routes_find(&routes, &ledger, &graph, NULL, starts, STARTS, destinations,
                                       STARTS, &limits, NULL),
                     TRAIL_OK);
    assert_int_equal(routes.starts_cut, 0);
    assert_true(routes.routes.count > 0);
    trail_routes_clear(&routes);
    trail_payment_graph_clear(&graph);
    trail_ledger_clear(&ledger);
}

static void every_refused_allocation_is_reported_and_cleaned_up(void **state)
{
    (void)state;
    small_case c;
    open_case(&c);
    tiny_pay(&c.ledger, 0, 1, 1000, 10);
    trail_entry debit = tiny_entry(1, 2, 1000, 11), credit = tiny_entry(1, 2, 1000, 12);
    debit.flags = TRAIL_HAS_DEBIT | TRAIL_MAY_BE_DOUBLE;
    credit.flags = TRAIL_HAS_CREDIT | TRAIL_MAY_BE_DOUBLE;
    trail_possible_double pair = {tiny_add(&c.ledger, debit), tiny_add(&c.ledger, credit), "test"};
    assert_int_equal(trail_vector_push(&c.doubles, &pair, NULL), TRAIL_OK);
    tiny_pay(&c.ledger, 2, 5, 1000, 13);
    assert_int_equal(find(&c), 1);
    trail_routes_clear(&c.routes);
    const uint32_t destination = 5;
    trail_route_start start = {.payment = 0, .currency = c.ledger.currency[0]};
    size_t nth = 1;
    for (;; nth++) {
        failing_alloc_at(nth);
        trail_status status = trail_routes_find(&c.routes, &c.ledger, &c.graph, &c.doubles, &start,
                                                1, &destination, 1, &c.limits, NULL);
        failing_alloc_at(0);
        if (status == TRAIL_OK) break;
        assert_int_equal(status, TRAIL_NO_MEMORY);
    }
    assert_true(nth > 8);
    close_case(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_more_steps_than_the_limit),
        cmocka_unit_test(the_largest_routes_are_kept_and_the_rest_counted),
        cmocka_unit_test(impossible_limits_are_refused),
        cmocka_unit_test(a_search_without_end_is_cut_and_says_so),
        cmocka_unit_test(a_million_payments_are_searched),
        cmocka_unit_test(every_refused_allocation_is_reported_and_cleaned_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
