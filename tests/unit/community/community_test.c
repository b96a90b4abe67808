#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "community/community.h"

#include <string.h>

#include "base/memory.h"
#include "community/link_graph.h"
#include "support/failing_alloc.h"
#include "support/tiny_ledger.h"

static void group(const trail_ledger *ledger, trail_communities *communities)
{
    trail_vector links;
    assert_int_equal(trail_links_of(ledger, &links, NULL), TRAIL_OK);
    assert_int_equal(trail_communities_find(communities, ledger, &links, currency_of("EUR"), NULL),
                     TRAIL_OK);
    trail_vector_clear(&links);
}

/* first..last all pay one another. */
static void add_circle(trail_ledger *ledger, uint32_t first, uint32_t last, int64_t minor)
{
    for (uint32_t payer = first; payer <= last; payer++)
        for (uint32_t payee = first; payee <= last; payee++)
            if (payer != payee) tiny_pay(ledger, payer, payee, minor, 1);
}

static void weights_are_exact_at_powers_of_two(void **state)
{
    (void)state;
    static const struct {
        int64_t minor;
        uint64_t count;
        uint32_t weight;
    } rows[] = {{0, 1, 1},         {9999, 1, 1},       {10000, 1, 2},   {29999, 1, 2},
                {30000, 1, 3},     {30000, 15, 17},    {30000, 16, 17}, {10230000, 2, 12},
                {10229999, 2, 11}, {INT64_MAX, 99, 64}};
    for (size_t i = 0; i < TRAIL_LENGTH_OF(rows); i++)
        assert_int_equal(trail_link_weight(rows[i].minor, rows[i].count), rows[i].weight);
}

static void groups_are_numbered_by_their_smallest_account(void **state)
{
    (void)state;
    trail_ledger ledger;
    tiny_open(&ledger, 12);
    add_circle(&ledger, 6, 9, 1000000);
    add_circle(&ledger, 1, 4, 1000000);
    tiny_pay(&ledger, 4, 6, 100, 1);
    tiny_pay(&ledger, 6, TRAIL_NO_ACCOUNT, 100, 1);
    trail_communities c;
    group(&ledger, &c);
    static const uint32_t none = TRAIL_NO_GROUP;
    const uint32_t expected[12] = {none, 0, 0, 0, 0, none, 1, 1, 1, 1, none, none};
    assert_memory_equal(c.group_of, expected, sizeof expected);
    assert_int_equal(c.groups.count, 2);
    const trail_group *second = trail_vector_at(&c.groups, 1);
    assert_int_equal(second->member_count, 4);
    assert_int_equal(second->largest_account, 6);
    for (uint32_t i = 0; i < 4; i++)
        assert_int_equal(*(uint32_t *)trail_vector_at(&c.members, second->first_member + i), 6 + i);
    assert_int_equal(c.hubs.count, 0);
    trail_communities_clear(&c);
    trail_ledger_clear(&ledger);
}

static void flows_inside_in_and_out_are_kept_apart_by_currency(void **state)
{
    (void)state;
    trail_ledger ledger;
    tiny_open(&ledger, 8);
    add_circle(&ledger, 0, 3, 1000);
    add_circle(&ledger, 4, 7, 1000);
    tiny_pay(&ledger, 0, 4, 70, 1);
    trail_entry dollars = tiny_entry(4, 0, 30, 1);
    dollars.currency = currency_of("USD");
    tiny_add(&ledger, dollars);
    trail_communities c;
    group(&ledger, &c);
    assert_int_equal(c.flows.count, 4);
    for (size_t i = 0; i < c.flows.count; i++) {
        const trail_group_flow *flow = trail_vector_at(&c.flows, i);
        bool euro = flow->currency == currency_of("EUR");
        assert_int_equal(flow->group, i / 2);
        assert_int_equal(flow->inside_minor, euro ? 12000 : 0);
        assert_int_equal(flow->inside_count, euro ? 12 : 0);
        assert_int_equal(flow->out_minor, flow->group == 0 ? (euro ? 70 : 0) : (euro ? 0 : 30));
        assert_int_equal(flow->in_minor, flow->group == 1 ? (euro ? 70 : 0) : (euro ? 0 : 30));
    }
    trail_communities_clear(&c);
    trail_ledger_clear(&ledger);
}

static void payments_of_kind_own_and_to_oneself_join_nobody(void **state)
{
    (void)state;
    trail_ledger ledger;
    tiny_open(&ledger, 4);
    trail_entry own = tiny_entry(0, 1, 5000, 1);
    own.kind = TRAIL_KIND_OWN;
    tiny_add(&ledger, own);
    trail_entry change = tiny_entry(2, 2, 5000, 1);
    change.has_received = true;
    change.received_minor = 6000;
    change.received_currency = currency_of("USD");
    tiny_add(&ledger, change);
    trail_communities c;
    group(&ledger, &c);
    assert_int_equal(c.groups.count, 0);
    assert_int_equal(c.flows.count, 0);
    trail_communities_clear(&c);
    trail_ledger_clear(&ledger);
}

static void a_super_hub_is_set_aside_and_listed(void **state)
{
    (void)state;
    enum { ACCOUNTS = 2001 };
    trail_ledger ledger;
    tiny_open(&ledger, ACCOUNTS);
    for (uint32_t i = 1; i < ACCOUNTS; i++)
        tiny_pay(&ledger, 0, i, 100000, 1);
    for (uint32_t i = 1; i < ACCOUNTS - 4; i += 4)
        add_circle(&ledger, i, i + 3, 1000);
    trail_communities c;
    group(&ledger, &c);
    assert_int_equal(c.hubs.count, 1);
    assert_int_equal(*(uint32_t *)trail_vector_at(&c.hubs, 0), 0);
    assert_int_equal(c.group_of[0], TRAIL_NO_GROUP);
    assert_int_equal(c.groups.count, 499);
    /* the last four pay nobody but the hub: they are in no group */
    assert_int_equal(c.group_of[ACCOUNTS - 1], TRAIL_NO_GROUP);
    trail_communities_clear(&c);
    trail_ledger_clear(&ledger);
}

/* 40 groups of 25; each account pays 6 of its own group and 1 of another. */
static void planted_groups_are_recovered(void **state)
{
    (void)state;
    enum { GROUPS = 40, SIZE = 25 };
    trail_ledger ledger;
    tiny_open(&ledger, GROUPS * SIZE);
    uint64_t random = 5;
    for (uint32_t account = 0; account < GROUPS * SIZE; account++) {
        for (int i = 0; i < 6; i++)
            tiny_pay(&ledger, account, account / SIZE * SIZE + tiny_random(&random, SIZE), 50000,
                     1);
        tiny_pay(&ledger, account, tiny_random(&random, GROUPS * SIZE), 50000, 1);
    }
    trail_communities c, again;
    group(&ledger, &c);
    group(&ledger, &again);
    assert_int_equal(c.groups.count, GROUPS);
    uint32_t right = 0;
    for (uint32_t account = 0; account < GROUPS * SIZE; account++)
        if (c.group_of[account] == account / SIZE) right++;
    assert_true(right > GROUPS * SIZE * 98 / 100);
    assert_memory_equal(c.group_of, again.group_of, GROUPS * SIZE * sizeof *c.group_of);
    assert_int_equal(c.flows.count, again.flows.count);
    assert_memory_equal(c.members.items, again.members.items, c.members.count * sizeof(uint32_t));
    trail_communities_clear(&c);
    trail_communities_clear(&again);
    trail_ledger_clear(&ledger);
}

/* Floods each group from its first member over links that stay inside. */
static void assert_connected(const trail_communities *c, const trail_vector *links,
                             uint32_t account_count)
{
    bool *reached = NULL;
    assert_int_equal(trail_alloc_zeroed(&reached, account_count, sizeof *reached, NULL), TRAIL_OK);
    for (size_t i = 0; i < c->groups.count; i++) {
        const trail_group *g = trail_vector_at(&c->groups, i);
        reached[*(uint32_t *)trail_vector_at(&c->members, g->first_member)] = true;
    }
    for (bool grew = true; grew;) {
        grew = false;
        for (size_t i = 0; i < links->count; i++) {
            const trail_link *link = trail_vector_at(links, i);
            if (c->group_of[link->payer] != c->group_of[link->payee] ||
                reached[link->payer] == reached[link->payee])
                continue;
            reached[link->payer] = reached[link->payee] = grew = true;
        }
    }
    for (uint32_t account = 0; account < account_count; account++)
        assert_int_equal(reached[account], c->group_of[account] != TRAIL_NO_GROUP);
    trail_free(reached);
}

static void every_group_is_connected(void **state)
{
    (void)state;
    enum { ACCOUNTS = 600 };
    for (uint64_t seed = 1; seed <= 10; seed++) {
        trail_ledger ledger;
        tiny_open(&ledger, ACCOUNTS);
        uint64_t random = seed;
        for (int i = 0; i < 1200; i++)
            tiny_pay(&ledger, tiny_random(&random, ACCOUNTS), tiny_random(&random, ACCOUNTS),
                     tiny_random(&random, 1000000), 1);
        for (size_t i = 0; i < ledger.count; i++)
            if (ledger.payer[i] == ledger.payee[i]) ledger.flags[i] |= TRAIL_VOID;
        trail_vector links;
        trail_communities c;
        assert_int_equal(trail_links_of(&ledger, &links, NULL), TRAIL_OK);
        group(&ledger, &c);
        assert_connected(&c, &links, ACCOUNTS);
        trail_communities_clear(&c);
        trail_vector_clear(&links);
        trail_ledger_clear(&ledger);
    }
}

static void every_refused_allocation_is_reported_and_cleaned_up(void **state)
{
    (void)state;
    trail_ledger ledger;
    tiny_open(&ledger, 8);
    add_circle(&ledger, 0, 3, 1000);
    add_circle(&ledger, 4, 7, 1000);
    trail_vector links;
    assert_int_equal(trail_links_of(&ledger, &links, NULL), TRAIL_OK);
    trail_communities c;
    size_t nth = 1;
    for (;; nth++) {
        failing_alloc_at(nth);
        trail_status status = trail_communities_find(&c, &ledger, &links, currency_of("EUR"), NULL);
        failing_alloc_at(0);
        if (status == TRAIL_OK) break;
        assert_int_equal(status, TRAIL_NO_MEMORY);
        assert_null(c.group_of);
    }
    assert_true(nth > 15);
    trail_communities_clear(&c);
    trail_vector_clear(&links);
    trail_ledger_clear(&ledger);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weights_are_exact_at_powers_of_two),
        cmocka_unit_test(groups_are_numbered_by_their_smallest_account),
        cmocka_unit_test(flows_inside_in_and_out_are_kept_apart_by_currency),
        cmocka_unit_test(payments_of_kind_own_and_to_oneself_join_nobody),
        cmocka_unit_test(a_super_hub_is_set_aside_and_listed),
        cmocka_unit_test(planted_groups_are_recovered),
        cmocka_unit_test(every_group_is_connected),
        cmocka_unit_test(every_refused_allocation_is_reported_and_cleaned_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
