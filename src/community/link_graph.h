/* The graph that groups are found in: accounts, joined where they pay each other in either
 * direction. Weight = floor(log2(1 + sum of minor units / 10^4)) + min(payments, 15), the sum in
 * the report currency only; payments in other currencies count as payments. Left out: an account's
 * links to itself, payments of kind own, and super-hubs, which join everyone to everyone. */
#ifndef TRAIL_COMMUNITY_LINK_GRAPH_H
#define TRAIL_COMMUNITY_LINK_GRAPH_H

#include <stddef.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/attributes.h"
#include "base/vector.h"
#include "graph/igraph_bridge.h"
#include "graph/link.h"
#include "model/ledger.h"

typedef struct trail_link_graph {
    uint32_t *account_of; /* by node: accounts with a neighbour, ascending */
    uint32_t node_count;
    trail_vector edges; /* of trail_igraph_edge between nodes, first < second, sorted */
    trail_vector hubs;  /* of uint32_t accounts set aside, ascending */
} trail_link_graph;

/* O(links log links). */
trail_status trail_link_graph_build(trail_link_graph *graph, const trail_ledger *ledger,
                                    const trail_vector *links, trail_currency report_currency,
                                    trail_error *err) TRAIL_MUST_CHECK;
void trail_link_graph_clear(trail_link_graph *graph);

/* The weight of a pair of accounts; amount_minor >= 0, payment_count >= 1. Exact: no logarithm is
 * taken in floating point. */
uint32_t trail_link_weight(int64_t amount_minor, uint64_t payment_count);

#endif
