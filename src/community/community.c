/* Leiden (Traag, Waltman, van Eck, From Louvain to Leiden, 2019) maximises modularity; it is
 * seeded, runs on nodes in account order with integer weights, and is iterated until nothing moves.
 * Its promise of connected groups holds at the end of its own refinement only, so every group is
 * split into its connected parts here whatever was promised. Groups are numbered by their smallest
 * account. */
#include "community/community.h"

#include <string.h>

#include "base/failure.h"
#include "base/map64.h"
#include "base/memory.h"
#include "base/sort.h"
#include "base/wide.h"
#include "community/link_graph.h"
#include "graph/igraph_bridge.h"

static const double RESOLUTION = 1;
static const uint64_t SEED = 1;

static uint32_t root_of(uint32_t *parent, uint32_t node)
{
    while (parent[node] != node) {
        parent[node] = parent[parent[node]];
        node = parent[node];
    }
    return node;
}

/* Replaces each node's group by the smallest node it is connected to inside the group. */
static trail_status split_disconnected(const trail_link_graph *graph, uint32_t *membership,
                                       trail_error *err)
{
    uint32_t *parent = NULL;
    trail_status status = trail_alloc_zeroed(&parent, graph->node_count, sizeof *parent, err);
    if (status != TRAIL_OK) return status;
    for (uint32_t node = 0; node < graph->node_count; node++)
        parent[node] = node;
    for (size_t i = 0; i < graph->edges.count; i++) {
        const trail_igraph_edge *edge = trail_vector_at(&graph->edges, i);
        if (membership[edge->first] != membership[edge->second]) continue;
        uint32_t one = root_of(parent, edge->first), other = root_of(parent, edge->second);
        if (one < other)
            parent[other] = one;
        else
            parent[one] = other;
    }
    for (uint32_t node = 0; node < graph->node_count; node++)
        membership[node] = root_of(parent, node);
    trail_free(parent);
    return TRAIL_OK;
}

/* Numbers groups of two and more by their smallest member and lists their members. membership: by
 * node, the smallest node of its group. */
static trail_status list_groups(trail_communities *communities, const trail_link_graph *graph,
                                const uint32_t *membership, trail_error *err)
{
    uint32_t *size = NULL; /* by smallest node; then where its next member goes */
    trail_status status = trail_alloc_zeroed(&size, graph->node_count, sizeof *size, err);
    if (status != TRAIL_OK) return status;
    for (uint32_t node = 0; node < graph->node_count; node++)
        size[membership[node]]++;
    uint32_t members = 0;
    for (uint32_t node = 0; node < graph->node_count; node++) {
        if (size[node] < 2) continue;
        trail_group group = {.first_member = members, .member_count = size[node]};
        communities->group_of[graph->account_of[node]] = (uint32_t)communities->groups.count;
        members += size[node];
        status = trail_vector_push(&communities->groups, &group, err);
        if (status != TRAIL_OK) goto cleanup;
    }
    for (uint32_t i = 0; i < members; i++)
        if (trail_vector_add(&communities->members, err) == NULL) {
            status = TRAIL_NO_MEMORY;
            goto cleanup;
        }
    memset(size, 0, graph->node_count * sizeof *size);
    for (uint32_t node = 0; node < graph->node_count; node++) {
        uint32_t smallest = graph->account_of[membership[node]];
        uint32_t number = communities->group_of[smallest];
        if (number == TRAIL_NO_GROUP) continue;
        const trail_group *group = trail_vector_at(&communities->groups, number);
        uint32_t *member =
            trail_vector_at(&communities->members, group->first_member + size[membership[node]]++);
        *member = graph->account_of[node];
        communities->group_of[*member] = number;
    }
cleanup:
    trail_free(size);
    return status;
}

/* What one account paid and received: for the largest account of a group. */
typedef struct turnover {
    uint64_t count;
    int64_t amount_minor;
} turnover;

static void turn_over(turnover *t, const trail_link *link, trail_currency report_currency)
{
    t->count += link->count;
    if (link->currency == report_currency &&
        !trail_add_checked(t->amount_minor, link->amount_minor, &t->amount_minor))
        t->amount_minor = INT64_MAX;
}

static trail_status find_largest(trail_communities *communities, const trail_vector *links,
                                 uint32_t account_count, trail_currency report_currency,
                                 trail_error *err)
{
    turnover *turnovers = NULL;
    trail_status status = trail_alloc_zeroed(&turnovers, account_count, sizeof *turnovers, err);
    if (status != TRAIL_OK) return status;
    for (size_t i = 0; i < links->count; i++) {
        const trail_link *link = trail_vector_at(links, i);
        if (link->payer == link->payee) continue;
        turn_over(&turnovers[link->payer], link, report_currency);
        turn_over(&turnovers[link->payee], link, report_currency);
    }
    const uint32_t *members = communities->members.items;
    for (size_t i = 0; i < communities->groups.count; i++) {
        trail_group *group = trail_vector_at(&communities->groups, i);
        group->largest_account = members[group->first_member];
        for (uint32_t k = 1; k < group->member_count; k++) {
            uint32_t member = members[group->first_member + k];
            const turnover *one = &turnovers[member], *best = &turnovers[group->largest_account];
            if (one->count > best->count ||
                (one->count == best->count && one->amount_minor > best->amount_minor))
                group->largest_account = member;
        }
    }
    trail_free(turnovers);
    return TRAIL_OK;
}

static trail_status flow_of(trail_communities *communities, trail_map64 *places, uint32_t group,
                            trail_currency currency, trail_group_flow **flow, trail_error *err)
{
    uint64_t key = (uint64_t)group << 16 | currency;
    uint32_t fresh = (uint32_t)communities->flows.count;
    const uint32_t *place = trail_map64_at(places, key, fresh, err);
    if (place == NULL) return TRAIL_NO_MEMORY;
    uint32_t at = *place;
    if (at == fresh) {
        *flow = trail_vector_add(&communities->flows, err);
        if (*flow == NULL) return TRAIL_NO_MEMORY;
        (*flow)->group = group;
        (*flow)->currency = currency;
    }
    *flow = trail_vector_at(&communities->flows, at);
    return TRAIL_OK;
}

static trail_status add_flow(const trail_link *link, int64_t *minor, uint32_t *count,
                             trail_error *err)
{
    if (!trail_add_checked(*minor, link->amount_minor, minor))
        return trail_fail(err, TRAIL_OVERFLOW,
                          "the payments of one group of accounts sum to more than an amount can "
                          "hold (%s)",
                          trail_currency_code(link->currency));
    *count += link->count;
    return TRAIL_OK;
}

static trail_status add_link(trail_communities *communities, trail_map64 *places,
                             const trail_link *link, trail_error *err)
{
    uint32_t from = communities->group_of[link->payer], to = communities->group_of[link->payee];
    trail_group_flow *flow;
    trail_status status = TRAIL_OK;
    if (from != TRAIL_NO_GROUP) {
        status = flow_of(communities, places, from, link->currency, &flow, err);
        if (status != TRAIL_OK) return status;
        status = from == to ? add_flow(link, &flow->inside_minor, &flow->inside_count, err)
                            : add_flow(link, &flow->out_minor, &flow->out_count, err);
    }
    if (status != TRAIL_OK || to == TRAIL_NO_GROUP || from == to) return status;
    status = flow_of(communities, places, to, link->currency, &flow, err);
    if (status != TRAIL_OK) return status;
    return add_flow(link, &flow->in_minor, &flow->in_count, err);
}

static int compare_flows(const void *context, const void *a, const void *b)
{
    (void)context;
    const trail_group_flow *first = a, *second = b;
    if (first->group != second->group) return first->group < second->group ? -1 : 1;
    return (first->currency > second->currency) - (first->currency < second->currency);
}

static trail_status sum_flows(trail_communities *communities, const trail_vector *links,
                              trail_error *err)
{
    trail_map64 places = {0};
    trail_status status = TRAIL_OK;
    for (size_t i = 0; i < links->count && status == TRAIL_OK; i++) {
        const trail_link *link = trail_vector_at(links, i);
        if (link->payer != link->payee) status = add_link(communities, &places, link, err);
    }
    trail_map64_clear(&places);
    if (status != TRAIL_OK) return status;
    return trail_sort_items(communities->flows.items, communities->flows.count,
                            sizeof(trail_group_flow), compare_flows, NULL, err);
}

static trail_status group_nodes(trail_communities *communities, const trail_link_graph *graph,
                                trail_error *err)
{
    uint32_t *membership = NULL;
    trail_status status =
        trail_alloc_zeroed(&membership, graph->node_count, sizeof *membership, err);
    if (status != TRAIL_OK) return status;
    trail_igraph_graph weighted = {graph->node_count, graph->edges.items, graph->edges.count};
    status = trail_igraph_leiden(&weighted, RESOLUTION, SEED, membership, err);
    if (status != TRAIL_OK) goto cleanup;
    status = split_disconnected(graph, membership, err);
    if (status != TRAIL_OK) goto cleanup;
    status = list_groups(communities, graph, membership, err);
cleanup:
    trail_free(membership);
    return status;
}

trail_status trail_communities_find(trail_communities *communities, const trail_ledger *ledger,
                                    const trail_vector *links, trail_currency report_currency,
                                    trail_error *err)
{
    uint32_t account_count = trail_accounts_count(ledger->accounts);
    trail_link_graph graph = {0};
    *communities = (trail_communities){.groups = trail_vector_of(sizeof(trail_group)),
                                       .members = trail_vector_of(sizeof(uint32_t)),
                                       .flows = trail_vector_of(sizeof(trail_group_flow))};
    trail_status status = trail_alloc_zeroed(&communities->group_of, account_count,
                                             sizeof *communities->group_of, err);
    if (status != TRAIL_OK) goto cleanup;
    for (uint32_t account = 0; account < account_count; account++)
        communities->group_of[account] = TRAIL_NO_GROUP;
    status = trail_link_graph_build(&graph, ledger, links, report_currency, err);
    if (status != TRAIL_OK) goto cleanup;
    status = group_nodes(communities, &graph, err);
    if (status != TRAIL_OK) goto cleanup;
    communities->hubs = graph.hubs;
    graph.hubs = trail_vector_of(sizeof(uint32_t));
    status = find_largest(communities, links, account_count, report_currency, err);
    if (status != TRAIL_OK) goto cleanup;
    status = sum_flows(communities, links, err);
cleanup:
    trail_link_graph_clear(&graph);
    if (status != TRAIL_OK) trail_communities_clear(communities);
    return status;
}

void trail_communities_clear(trail_communities *communities)
{
    trail_free(communities->group_of);
    trail_vector_clear(&communities->groups);
    trail_vector_clear(&communities->members);
    trail_vector_clear(&communities->flows);
    trail_vector_clear(&communities->hubs);
    *communities = (trail_communities){0};
}
