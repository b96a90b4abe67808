/* The search against the slow oracle, on small random ledgers with everything in them: two
 * currencies, conversions, accounts not observed, legs missing, credits of their own record and
 * day, debits booked late, clock times, cash ends, and pairs that may be one payment. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/memory.h"
#include "support/failing_alloc.h"
#include "support/route_oracle.h"

enum { ACCOUNTS = 7, PAYMENTS = 60, DAYS = 9 };

typedef struct draft {
    trail_entry entry;
    int32_t credit_day;
    bool two_records, adjusted;
    uint32_t debit_key, credit_key; /* the main order: day, then a random place in it */
} draft;

typedef struct world {
    trail_ledger ledger;
    trail_payment_graph graph;
    uint32_t twin[PAYMENTS];
    bool is_destination[ACCOUNTS];
    uint32_t destinations[ACCOUNTS];
    size_t destination_count;
    trail_vector doubles;
} world;

static void draw_shape(draft *d, uint64_t *random, const int64_t *amounts)
{
    trail_entry *entry = &d->entry;
    uint32_t shape = tiny_random(random, 10);
    if (shape == 0) entry->payee = TRAIL_NO_ACCOUNT;
    if (shape <= 1) entry->flags = TRAIL_HAS_DEBIT;
    if (shape == 2) entry->flags = TRAIL_HAS_CREDIT;
    if (shape == 3 || shape == 4) {
        entry->has_received = true;
        entry->received_minor = amounts[tiny_random(random, 6)];
        entry->received_currency = currency_of(shape == 3 ? "USD" : "EUR");
    }
    d->two_records = shape == 5 || shape == 6;
    d->adjusted = shape == 6;
}

static draft draw(uint64_t *random)
{
    static const int64_t amounts[] = {1000, 995, 900, 800, 799, 1200, 0, 640};
    int32_t day = (int32_t)tiny_random(random, DAYS);
    uint32_t payer = tiny_random(random, ACCOUNTS), payee = tiny_random(random, ACCOUNTS);
    draft d = {.entry = tiny_entry(payer, payee, amounts[tiny_random(random, 8)], day)};
    d.entry.kind = (uint8_t)tiny_random(random, 5);
    if (tiny_random(random, 3) == 0) d.entry.booking_second = (int32_t)tiny_random(random, 4) * 9;
    if (tiny_random(random, 5) == 0) d.entry.currency = currency_of("USD");
    draw_shape(&d, random, amounts);
    int32_t later = (int32_t)tiny_random(random, 3);
    d.credit_day = d.two_records && !d.adjusted ? day + later : day;
    if (d.adjusted) d.entry.booking_day = day + later;
    d.debit_key = (uint32_t)day * 100000 + tiny_random(random, 100000);
    d.credit_key = (uint32_t)d.credit_day * 100000 + tiny_random(random, 100000);
    if (d.adjusted || d.credit_key <= d.debit_key) d.credit_key = d.debit_key + 1;
    return d;
}

static void sort_drafts(draft *drafts)
{
    for (size_t i = 1; i < PAYMENTS; i++)
        for (size_t k = i; k > 0 && drafts[k].debit_key < drafts[k - 1].debit_key; k--) {
            draft swap = drafts[k];
            drafts[k] = drafts[k - 1];
            drafts[k - 1] = swap;
        }
}

/* Events by key; a credit of its own record stands at its own key. */
static void write_events(world *w, const draft *drafts)
{
    trail_ledger *ledger = &w->ledger;
    uint32_t keys[2 * PAYMENTS];
    assert_int_equal(
        trail_alloc_zeroed(&ledger->events, 2 * PAYMENTS, sizeof *ledger->events, NULL), TRAIL_OK);
    for (uint32_t i = 0; i < PAYMENTS; i++) {
        for (uint32_t leg = 0; leg < (drafts[i].two_records ? 2u : 1u); leg++) {
            uint32_t key = leg == 0 ? drafts[i].debit_key : drafts[i].credit_key;
            size_t at = ledger->event_count++;
            for (; at > 0 && keys[at - 1] > key; at--) {
                keys[at] = keys[at - 1];
                ledger->events[at] = ledger->events[at - 1];
            }
            keys[at] = key;
            ledger->events[at] = 2 * i + leg;
        }
    }
}

static void write_payments(world *w, const draft *drafts)
{
    trail_ledger *ledger = &w->ledger;
    for (size_t i = 0; i < PAYMENTS; i++) {
        const draft *d = &drafts[i];
        uint32_t payment = tiny_add(ledger, d->entry);
        if (d->two_records) {
            trail_credit_side side = {.payment = payment,
                                      .amount_minor = d->entry.amount_minor,
                                      .booking_day = d->credit_day,
                                      .booking_second = d->entry.booking_second,
                                      .currency = d->entry.currency,
                                      .kind = d->entry.kind};
            assert_int_equal(trail_vector_push(&ledger->credit_sides, &side, NULL), TRAIL_OK);
            ledger->flags[payment] |= TRAIL_TWO_RECORDS | TRAIL_HAS_CREDIT_SIDE;
            if (d->adjusted) ledger->flags[payment] |= TRAIL_ORDER_ADJUSTED;
        }
        if (d->entry.payer == d->entry.payee && !trail_ledger_converts(ledger, payment))
            ledger->flags[payment] |= TRAIL_VOID;
    }
}

static void make_twins(world *w, uint32_t debit, uint32_t credit, bool credit_unnamed)
{
    trail_ledger *ledger = &w->ledger;
    ledger->amount_minor[credit] = ledger->amount_minor[debit];
    ledger->currency[credit] = ledger->currency[debit];
    ledger->payer[credit] = ledger->payer[debit];
    if (ledger->payee[debit] != TRAIL_NO_ACCOUNT) {
        ledger->payee[credit] = ledger->payee[debit];
        if (credit_unnamed) ledger->payer[credit] = TRAIL_NO_ACCOUNT;
    }
    ledger->flags[credit] |= TRAIL_MAY_BE_DOUBLE;
    ledger->flags[debit] |= TRAIL_MAY_BE_DOUBLE;
    w->twin[debit] = credit;
    w->twin[credit] = debit;
    trail_possible_double pair = {.debit_payment = debit, .credit_payment = credit, .reason = ""};
    assert_int_equal(trail_vector_push(&w->doubles, &pair, NULL), TRAIL_OK);
}

/* Lone debits and the next lone credits become pairs that may be one payment. */
static void draw_doubles(world *w, uint64_t *random)
{
    const uint16_t *flags = w->ledger.flags;
    w->doubles = trail_vector_of(sizeof(trail_possible_double));
    for (uint32_t i = 0; i < PAYMENTS; i++)
        w->twin[i] = TRAIL_NO_PAYMENT;
    for (uint32_t d = 0; d < PAYMENTS; d++) {
        if ((flags[d] & BOTH) != TRAIL_HAS_DEBIT) continue;
        uint32_t c = d + 1;
        while (c < PAYMENTS &&
               ((flags[c] & BOTH) != TRAIL_HAS_CREDIT || w->twin[c] != TRAIL_NO_PAYMENT))
            c++;
        if (c < PAYMENTS) make_twins(w, d, c, tiny_random(random, 3) == 0);
    }
}

static void make_world(world *w, uint64_t seed)
{
    memset(w, 0, sizeof *w);
    uint64_t random = seed;
    tiny_open(&w->ledger, ACCOUNTS);
    draft drafts[PAYMENTS];
    for (size_t i = 0; i < PAYMENTS; i++)
        drafts[i] = draw(&random);
    sort_drafts(drafts);
    write_payments(w, drafts);
    if (seed % 3 != 0) write_events(w, drafts);
    for (size_t i = 0; w->ledger.events == NULL && i < PAYMENTS; i++)
        w->ledger.flags[i] &= (uint8_t)~TRAIL_TWO_RECORDS;
    draw_doubles(w, &random);
    for (uint32_t account = 0; account < ACCOUNTS; account++) {
        int32_t from = (int32_t)tiny_random(&random, 3);
        int32_t to = 4 + (int32_t)tiny_random(&random, 9);
        if (tiny_random(&random, 3) > 0) tiny_observe(&w->ledger, account, from, to);
        w->is_destination[account] = tiny_random(&random, 6) == 0;
        if (w->is_destination[account]) w->destinations[w->destination_count++] = account;
    }
    assert_int_equal(trail_payment_graph_build(&w->graph, &w->ledger, NULL), TRAIL_OK);
}

static void clear_world(world *w)
{
    trail_vector_clear(&w->doubles);
    trail_payment_graph_clear(&w->graph);
    trail_ledger_clear(&w->ledger);
}

static void compare_route(const world *w, const oracle *o, const trail_routes *routes, size_t rank)
{
    const trail_route *route = trail_vector_at(&routes->routes, rank);
    const oracle_route *expected = &o->found[rank];
    assert_int_equal(route->step_count, expected->count);
    assert_int_equal(route->got_through_minor, expected->got);
    assert_int_equal(route->end, expected->end);
    for (uint32_t k = 0; k < route->step_count; k++) {
        const trail_route_step *step = trail_vector_at(&routes->steps, route->first_step + k);
        assert_int_equal(step->payment, expected->payments[k]);
        assert_int_equal(step->twin, w->twin[step->payment]);
        assert_true(step->share_kept_millionths >= o->limits.share_kept_millionths);
        assert_in_range(step->days_held, 0, o->limits.window_days);
    }
}

static void compare_with_oracle(world *w, oracle *o)
{
    trail_routes routes;
    oracle_run(o);
    assert_int_equal(trail_routes_find(&routes, &w->ledger, &w->graph, &w->doubles, &o->start, 1,
                                       w->destinations, w->destination_count, &o->limits, NULL),
                     TRAIL_OK);
    size_t kept = o->found_count < o->limits.max_routes ? o->found_count : o->limits.max_routes;
    assert_int_equal(routes.starts_cut, 0);
    assert_int_equal(routes.routes.count, kept);
    assert_int_equal(routes.left_out, o->found_count - kept);
    for (size_t i = 0; i < kept; i++)
        compare_route(w, o, &routes, i);
    trail_routes_clear(&routes);
}

static size_t compare_seed(uint64_t seed)
{
    world w;
    make_world(&w, seed);
    size_t found = 0;
    oracle o = {.ledger = &w.ledger, .twin = w.twin, .is_destination = w.is_destination};
    for (uint32_t payment = 0; payment < PAYMENTS; payment++) {
        if ((w.ledger.flags[payment] & TRAIL_VOID) != 0) continue;
        o.limits = trail_route_limits_default();
        o.limits.window_days = (int32_t)(seed % 5);
        o.limits.share_kept_millionths = seed % 2 == 0 ? 800000 : 300000;
        o.limits.max_steps = 1 + (uint32_t)(payment % 6);
        o.limits.max_routes = payment % 4 == 0 ? 3 : 1000;
        bool received = payment % 2 == 1;
        trail_leg leg = received ? trail_ledger_credit(&w.ledger, oracle_arrival(&o, payment))
                                 : trail_ledger_debit(&w.ledger, payment);
        o.start = (trail_route_start){.payment = payment,
                                      .currency = leg.currency,
                                      .marked_minor = payment % 5 == 0 ? 850 : 0};
        compare_with_oracle(&w, &o);
        found += o.found_count;
    }
    test_free(o.found);
    clear_world(&w);
    return found;
}

static void the_search_finds_what_trying_everything_finds(void **state)
{
    (void)state;
    size_t found = 0;
    for (uint64_t seed = 1; seed <= 600; seed++)
        found += compare_seed(seed);
    assert_true(found > 10000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_search_finds_what_trying_everything_finds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
