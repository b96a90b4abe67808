/* A small case to find routes in: accounts 0..7, of which 0..5 are observed on days 0..100. */
#ifndef TESTS_SUPPORT_ROUTE_CASE_H
#define TESTS_SUPPORT_ROUTE_CASE_H

#include "paths/route.h"
#include "reconcile/matching.h"
#include "support/tiny_ledger.h"

typedef struct small_case {
    trail_ledger ledger;
    trail_payment_graph graph;
    trail_vector doubles;
    trail_route_limits limits;
    trail_routes routes;
    bool has_graph;
} small_case;

static inline void open_case(small_case *c)
{
    *c = (small_case){.limits = trail_route_limits_default()};
    tiny_open(&c->ledger, 8);
    for (uint32_t account = 0; account < 6; account++)
        tiny_observe(&c->ledger, account, 0, 100);
    c->doubles = trail_vector_of(sizeof(trail_possible_double));
}

/* Routes from one payment, in its paid currency, to account 5. */
static inline size_t find_from(small_case *c, uint32_t payment)
{
    const uint32_t destination = 5;
    trail_route_start start = {.payment = payment, .currency = c->ledger.currency[payment]};
    if (c->has_graph) {
        trail_payment_graph_clear(&c->graph);
        trail_routes_clear(&c->routes);
    }
    assert_int_equal(trail_payment_graph_build(&c->graph, &c->ledger, NULL), TRAIL_OK);
    assert_int_equal(trail_routes_find(&c->routes, &c->ledger, &c->graph, &c->doubles, &start, 1,
                                       &destination, 1, &c->limits, NULL),
                     TRAIL_OK);
    c->has_graph = true;
    return c->routes.routes.count;
}

static inline size_t find(small_case *c)
{
    return find_from(c, 0);
}

static inline void close_case(small_case *c)
{
    trail_payment_graph_clear(&c->graph);
    trail_routes_clear(&c->routes);
    trail_vector_clear(&c->doubles);
    trail_ledger_clear(&c->ledger);
}

static inline const trail_route *route_at(const small_case *c, size_t rank)
{
    return trail_vector_at(&c->routes.routes, rank);
}

static inline const trail_route_step *step_at(const small_case *c, size_t rank, uint32_t step)
{
    return trail_vector_at(&c->routes.steps, route_at(c, rank)->first_step + step);
}

#endif
