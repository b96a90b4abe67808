#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "graph/link.h"

#include "support/failing_alloc.h"
#include "support/tiny_ledger.h"

static void links_sum_each_pair_and_currency_in_order(void **state)
{
    (void)state;
    trail_ledger ledger;
    tiny_open(&ledger, 3);
    tiny_pay(&ledger, 2, 0, 5, 1);
    tiny_pay(&ledger, 0, 1, 100, 2);
    trail_entry dollars = tiny_entry(0, 1, 7, 3);
    dollars.currency = currency_of("USD");
    tiny_add(&ledger, dollars);
    uint32_t doubtful = tiny_pay(&ledger, 0, 1, 50, 9);
    ledger.flags[doubtful] |= TRAIL_MAY_BE_DOUBLE;
    tiny_pay(&ledger, 1, 0, 1, 9);
    tiny_pay(&ledger, 0, TRAIL_NO_ACCOUNT, 1000, 9);
    uint32_t to_itself = tiny_pay(&ledger, 1, 1, 1000, 9);
    ledger.flags[to_itself] |= TRAIL_VOID;
    trail_vector links;
    assert_int_equal(trail_links_of(&ledger, &links, NULL), TRAIL_OK);
    assert_int_equal(links.count, 4);
    const trail_link *link = links.items;
    trail_currency eur = currency_of("EUR"), usd = currency_of("USD");
    const trail_link *in_eur = eur < usd ? &link[0] : &link[1];
    const trail_link *in_usd = eur < usd ? &link[1] : &link[0];
    assert_int_equal(in_eur->currency, eur);
    assert_int_equal(in_eur->count, 2);
    assert_int_equal(in_eur->amount_minor, 150);
    assert_int_equal(in_eur->may_be_double, 1);
    assert_int_equal(in_eur->first_day, 2);
    assert_int_equal(in_eur->last_day, 9);
    assert_int_equal(in_usd->amount_minor, 7);
    assert_int_equal(link[2].payer, 1);
    assert_int_equal(link[2].payee, 0);
    assert_int_equal(link[3].payer, 2);
    trail_vector_clear(&links);
    trail_ledger_clear(&ledger);
}

static void a_sum_beyond_int64_is_refused_not_wrapped(void **state)
{
    (void)state;
    trail_ledger ledger;
    tiny_open(&ledger, 2);
    tiny_pay(&ledger, 0, 1, INT64_MAX, 1);
    tiny_pay(&ledger, 0, 1, 1, 1);
    trail_vector links;
    assert_int_equal(trail_links_of(&ledger, &links, NULL), TRAIL_OVERFLOW);
    trail_ledger_clear(&ledger);
}

static void sums_agree_with_a_plain_count(void **state)
{
    (void)state;
    enum { ACCOUNTS = 9, PAYMENTS = 400 };
    trail_ledger ledger;
    tiny_open(&ledger, ACCOUNTS);
    uint64_t random = 3;
    for (int32_t i = 0; i < PAYMENTS; i++)
        tiny_pay(&ledger, tiny_random(&random, ACCOUNTS), tiny_random(&random, ACCOUNTS),
                 tiny_random(&random, 1000), i / 9);
    trail_vector links;
    assert_int_equal(trail_links_of(&ledger, &links, NULL), TRAIL_OK);
    size_t counted = 0;
    for (size_t i = 0; i < links.count; i++) {
        const trail_link *link = trail_vector_at(&links, i);
        int64_t sum = 0;
        uint32_t count = 0;
        for (size_t p = 0; p < ledger.count; p++) {
            if (ledger.payer[p] != link->payer || ledger.payee[p] != link->payee) continue;
            sum += ledger.amount_minor[p];
            count++;
        }
        assert_int_equal(link->amount_minor, sum);
        assert_int_equal(link->count, count);
        counted += count;
    }
    assert_int_equal(counted, PAYMENTS);
    trail_vector_clear(&links);
    trail_ledger_clear(&ledger);
}

static void every_refused_allocation_is_reported_and_cleaned_up(void **state)
{
    (void)state;
    trail_ledger ledger;
    tiny_open(&ledger, 2);
    tiny_pay(&ledger, 0, 1, 100, 1);
    trail_vector links;
    size_t nth = 1;
    for (;; nth++) {
        failing_alloc_at(nth);
        trail_status status = trail_links_of(&ledger, &links, NULL);
        failing_alloc_at(0);
        if (status == TRAIL_OK) break;
        assert_int_equal(status, TRAIL_NO_MEMORY);
    }
    assert_true(nth > 5);
    trail_vector_clear(&links);
    trail_ledger_clear(&ledger);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(links_sum_each_pair_and_currency_in_order),
        cmocka_unit_test(a_sum_beyond_int64_is_refused_not_wrapped),
        cmocka_unit_test(sums_agree_with_a_plain_count),
        cmocka_unit_test(every_refused_allocation_is_reported_and_cleaned_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
