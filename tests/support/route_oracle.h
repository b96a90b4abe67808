/* Routes the slow and obvious way: every payment is tried after every other, nothing is pruned, and
 * positions are read off the list of events. To check the search against. */
#ifndef TESTS_SUPPORT_ROUTE_ORACLE_H
#define TESTS_SUPPORT_ROUTE_ORACLE_H

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "paths/route.h"
#include "reconcile/matching.h"
#include "support/tiny_ledger.h"

#define ORACLE_DEPTH 8

typedef struct oracle_route {
    uint32_t payments[ORACLE_DEPTH];
    uint32_t count;
    int64_t got;
    uint8_t end;
} oracle_route;

typedef struct oracle {
    const trail_ledger *ledger;
    const uint32_t *twin; /* by payment, TRAIL_NO_PAYMENT if none */
    const bool *is_destination;
    trail_route_limits limits;
    trail_route_start start;
    uint32_t path[ORACLE_DEPTH];
    uint32_t depth;
    oracle_route *found;
    size_t found_count, found_capacity;
} oracle;

/* Place of an event in the main order. */
static inline size_t oracle_place(const oracle *o, uint32_t event)
{
    if (o->ledger->events == NULL) return event;
    for (size_t i = 0; i < o->ledger->event_count; i++)
        if (o->ledger->events[i] == event) return i;
    /* both legs of one row are one event */
    return oracle_place(o, event - 1);
}

static inline bool oracle_is_debit(const oracle *o, uint32_t payment)
{
    return (o->ledger->flags[payment] & TRAIL_HAS_DEBIT) != 0;
}

/* The payment that shows the arrival. */
static inline uint32_t oracle_arrival(const oracle *o, uint32_t payment)
{
    uint32_t twin = o->twin[payment];
    return twin != TRAIL_NO_PAYMENT && oracle_is_debit(o, payment) ? twin : payment;
}

static inline uint32_t oracle_payer(const oracle *o, uint32_t payment)
{
    uint32_t payer = o->ledger->payer[payment];
    if (payer == TRAIL_NO_ACCOUNT && o->twin[payment] != TRAIL_NO_PAYMENT)
        return o->ledger->payer[o->twin[payment]];
    return payer;
}

static inline uint32_t oracle_payee(const oracle *o, uint32_t payment)
{
    return o->ledger->payee[oracle_arrival(o, payment)];
}

/* Window, order, currency, records and share, between two payments in a row. */
static inline bool oracle_follows(const oracle *o, uint32_t before, uint32_t after)
{
    const trail_ledger *ledger = o->ledger;
    uint32_t arrival = oracle_arrival(o, before);
    trail_leg in = trail_ledger_credit(ledger, arrival);
    trail_leg out = trail_ledger_debit(ledger, after);
    int32_t own_credit_day = trail_ledger_credit(ledger, after).booking_day;
    if ((ledger->flags[after] & TRAIL_ORDER_ADJUSTED) != 0 && own_credit_day < out.booking_day) {
        out.booking_day = own_credit_day;
        out.booking_second = TRAIL_NO_TIME;
    }
    if ((ledger->flags[after] & TRAIL_VOID) != 0 || in.account == TRAIL_NO_ACCOUNT ||
        ledger->payer[after] != in.account || in.currency != out.currency)
        return false;
    uint32_t twin = o->twin[after];
    if (twin != TRAIL_NO_PAYMENT && !oracle_is_debit(o, after) &&
        ledger->payer[twin] == ledger->payer[after])
        return false; /* the debit of the pair stands for both */
    bool credit_apart = (ledger->flags[arrival] & TRAIL_TWO_RECORDS) != 0;
    size_t in_place = oracle_place(o, 2 * arrival + (credit_apart ? 1 : 0));
    size_t out_place = oracle_place(o, 2 * after);
    bool timed = in.booking_second != TRAIL_NO_TIME && out.booking_second != TRAIL_NO_TIME;
    bool ordered = out_place > in_place && out.booking_day >= in.booking_day;
    bool one_day = out.booking_day == in.booking_day && !timed;
    if (!ordered && !one_day) return false;
    if (out.booking_day - in.booking_day > o->limits.window_days) return false;
    bool shown = out.recorded || twin != TRAIL_NO_PAYMENT;
    if (!shown && trail_ledger_observes(ledger, out.account, out.booking_day)) return false;
    int64_t entered = trail_ledger_credit(ledger, oracle_arrival(o, after)).amount_minor;
    if (out.amount_minor <= 0 || entered <= 0) return false;
    return out.amount_minor * 1000000 >= o->limits.share_kept_millionths * in.amount_minor;
}

static inline int64_t oracle_got(const oracle *o)
{
    int64_t least = INT64_MAX;
    for (uint32_t i = o->depth; i-- > 0;) {
        trail_leg in = trail_ledger_credit(o->ledger, oracle_arrival(o, o->path[i]));
        trail_leg out = trail_ledger_debit(o->ledger, o->path[i]);
        if (in.amount_minor < least) least = in.amount_minor;
        if (i == 0 && o->start.currency != out.currency) break;
        if (in.currency != out.currency) least = least * out.amount_minor / in.amount_minor;
        if (out.amount_minor < least) least = out.amount_minor;
    }
    if (o->start.marked_minor > 0 && o->start.marked_minor < least) least = o->start.marked_minor;
    return least;
}

static inline void oracle_keep(oracle *o, trail_route_end end)
{
    if (o->found_count == o->found_capacity) {
        o->found_capacity = o->found_capacity * 2 + 16;
        o->found = test_realloc(o->found, o->found_capacity * sizeof *o->found);
    }
    oracle_route *route = &o->found[o->found_count++];
    memcpy(route->payments, o->path, sizeof route->payments);
    route->count = o->depth;
    route->got = oracle_got(o);
    route->end = (uint8_t)end;
}

static inline bool oracle_was_there(const oracle *o, uint32_t next)
{
    uint32_t payee = oracle_payee(o, next);
    bool stays = payee == o->ledger->payer[next];
    trail_currency currency = trail_ledger_credit(o->ledger, oracle_arrival(o, next)).currency;
    for (uint32_t i = 0; i < o->depth; i++) {
        if (o->twin[next] == o->path[i]) return true;
        if (payee == TRAIL_NO_ACCOUNT) continue;
        trail_leg in = trail_ledger_credit(o->ledger, oracle_arrival(o, o->path[i]));
        trail_leg out = trail_ledger_debit(o->ledger, o->path[i]);
        if (in.account == payee && (!stays || in.currency == currency)) return true;
        if (i == 0 && oracle_payer(o, o->path[0]) == payee && (!stays || out.currency == currency))
            return true;
    }
    return false;
}

static inline void oracle_walk(oracle *o)
{
    uint32_t last = o->path[o->depth - 1];
    trail_leg in = trail_ledger_credit(o->ledger, oracle_arrival(o, last));
    uint8_t kind = o->ledger->kind[last];
    if (in.account == TRAIL_NO_ACCOUNT) {
        oracle_keep(o, kind == TRAIL_KIND_CASH   ? TRAIL_END_CASH
                       : kind == TRAIL_KIND_CARD ? TRAIL_END_CARD
                       : kind == TRAIL_KIND_FEE  ? TRAIL_END_FEE
                                                 : TRAIL_END_RECORDS_END);
        return;
    }
    if (o->is_destination[in.account]) {
        oracle_keep(o, TRAIL_END_DESTINATION);
        return;
    }
    bool observed = trail_ledger_observes(o->ledger, in.account, in.booking_day);
    if (observed && !in.recorded) {
        oracle_keep(o, TRAIL_END_RECORDS_END);
        return;
    }
    bool any = false;
    for (uint32_t next = 0; next < o->ledger->count; next++) {
        if (!oracle_follows(o, last, next)) continue;
        any = true;
        if (o->depth == o->limits.max_steps || oracle_was_there(o, next)) continue;
        o->path[o->depth++] = next;
        oracle_walk(o);
        o->depth--;
    }
    if (!any && !observed) oracle_keep(o, TRAIL_END_RECORDS_END);
}

static inline int oracle_compare(const void *a, const void *b)
{
    const oracle_route *first = a, *second = b;
    if (first->got != second->got) return first->got > second->got ? -1 : 1;
    for (uint32_t i = 0; i < first->count && i < second->count; i++)
        if (first->payments[i] != second->payments[i])
            return first->payments[i] < second->payments[i] ? -1 : 1;
    return (first->count > second->count) - (first->count < second->count);
}

/* All routes from o->start, in rank. No two routes are alike, so qsort's ties do not matter. */
static inline void oracle_run(oracle *o)
{
    o->found_count = 0;
    o->path[0] = o->start.payment;
    o->depth = 1;
    trail_leg in = trail_ledger_credit(o->ledger, oracle_arrival(o, o->start.payment));
    trail_leg out = trail_ledger_debit(o->ledger, o->start.payment);
    if (in.amount_minor > 0 && out.amount_minor > 0) oracle_walk(o);
    if (o->found_count > 0) qsort(o->found, o->found_count, sizeof *o->found, oracle_compare);
}

#endif
