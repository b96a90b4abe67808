#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "graph/payment_graph.h"

#include "support/failing_alloc.h"
#include "support/tiny_ledger.h"

static void lists_keep_the_main_order_and_hold_every_payment_once(void **state)
{
    (void)state;
    enum { ACCOUNTS = 20, PAYMENTS = 500 };
    trail_ledger ledger;
    tiny_open(&ledger, ACCOUNTS);
    uint64_t random = 7;
    for (int32_t i = 0; i < PAYMENTS; i++) {
        trail_entry entry =
            tiny_entry(tiny_random(&random, ACCOUNTS), tiny_random(&random, ACCOUNTS), 100, i);
        if (tiny_random(&random, 10) == 0) entry.payee = TRAIL_NO_ACCOUNT;
        if (tiny_random(&random, 10) == 0) entry.payer = TRAIL_NO_ACCOUNT;
        uint32_t payment = tiny_add(&ledger, entry);
        if (entry.payer == entry.payee) ledger.flags[payment] |= TRAIL_VOID;
    }
    trail_payment_graph graph;
    assert_int_equal(trail_payment_graph_build(&graph, &ledger, NULL), TRAIL_OK);
    uint32_t out_at = 0, in_at = 0;
    for (uint32_t account = 0; account < ACCOUNTS; account++) {
        assert_int_equal(graph.out_start[account], out_at);
        assert_int_equal(graph.in_start[account], in_at);
        for (uint32_t payment = 0; payment < PAYMENTS; payment++) {
            if ((ledger.flags[payment] & TRAIL_VOID) != 0) continue;
            if (ledger.payer[payment] == account)
                assert_int_equal(graph.out_payment[out_at++], payment);
            if (ledger.payee[payment] == account)
                assert_int_equal(graph.in_payment[in_at++], payment);
        }
    }
    assert_int_equal(graph.out_start[ACCOUNTS], out_at);
    assert_int_equal(graph.in_start[ACCOUNTS], in_at);
    trail_payment_graph_clear(&graph);
    trail_ledger_clear(&ledger);
}

static void a_ledger_without_payments_gives_empty_lists(void **state)
{
    (void)state;
    trail_ledger ledger;
    tiny_open(&ledger, 2);
    trail_payment_graph graph;
    assert_int_equal(trail_payment_graph_build(&graph, &ledger, NULL), TRAIL_OK);
    assert_int_equal(graph.out_start[2], 0);
    assert_int_equal(graph.in_start[2], 0);
    trail_payment_graph_clear(&graph);
    trail_ledger_clear(&ledger);
}

static void every_refused_allocation_is_reported_and_cleaned_up(void **state)
{
    (void)state;
    trail_ledger ledger;
    tiny_open(&ledger, 3);
    tiny_pay(&ledger, 0, 1, 100, 1);
    tiny_pay(&ledger, 1, 2, 100, 2);
    trail_payment_graph graph;
    size_t nth = 1;
    for (;; nth++) {
        failing_alloc_at(nth);
        trail_status status = trail_payment_graph_build(&graph, &ledger, NULL);
        failing_alloc_at(0);
        if (status == TRAIL_OK) break;
        assert_int_equal(status, TRAIL_NO_MEMORY);
        assert_null(graph.out_start);
    }
    assert_int_equal(nth, 5);
    trail_payment_graph_clear(&graph);
    trail_ledger_clear(&ledger);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_keep_the_main_order_and_hold_every_payment_once),
        cmocka_unit_test(a_ledger_without_payments_gives_empty_lists),
        cmocka_unit_test(every_refused_allocation_is_reported_and_cleaned_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
