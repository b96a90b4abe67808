/* igraph 0.10.2: its default error handler aborts, its Leiden refuses directed graphs and, with
 * null node weights, needs a resolution that fits none of our uses; it takes negative weights
 * without a word. All of that is settled here. Iterating is done here too, one igraph iteration at
 * a time with a cap, so that a swing between two equal groupings cannot run for ever. */
#include "graph/igraph_bridge.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include <igraph.h>

#include "base/failure.h"
#include "base/memory.h"

enum { ITERATION_LIMIT = 200 };
/* igraph's own default: how freely Leiden's refinement merges; small means nearly greedy. */
static const double REFINEMENT_RANDOMNESS = 0.01;

typedef struct bridge {
    igraph_t graph;
    igraph_vector_t weights;
    igraph_vector_t strengths;
    igraph_vector_int_t groups;
    bool has_graph, has_weights, has_strengths, has_groups;
    double weight_sum;
} bridge;

static trail_status told(igraph_error_t code, const char *doing, trail_error *err)
{
    if (code == IGRAPH_SUCCESS) return TRAIL_OK;
    if (code == IGRAPH_ENOMEM) return trail_fail_memory(err);
    return trail_fail(err, TRAIL_INTERNAL, "cannot %s: %s", doing, igraph_strerror(code));
}

static void bridge_clear(bridge *b)
{
    if (b->has_graph) igraph_destroy(&b->graph);
    if (b->has_weights) igraph_vector_destroy(&b->weights);
    if (b->has_strengths) igraph_vector_destroy(&b->strengths);
    if (b->has_groups) igraph_vector_int_destroy(&b->groups);
    memset(b, 0, sizeof *b);
}

static trail_status check_edges(const trail_igraph_graph *graph, trail_error *err)
{
    for (size_t i = 0; i < graph->edge_count; i++) {
        const trail_igraph_edge *edge = &graph->edges[i];
        if (!isfinite(edge->weight) || edge->weight <= 0)
            return trail_fail(err, TRAIL_BAD_DATA, "the weight of a link must be above zero");
        if (edge->first >= graph->node_count || edge->second >= graph->node_count ||
            edge->first == edge->second)
            return trail_fail(err, TRAIL_BAD_DATA, "a link must join two different accounts");
    }
    return TRAIL_OK;
}

static trail_status make_graph(bridge *b, const trail_igraph_graph *graph, trail_error *err)
{
    igraph_vector_int_t ends;
    trail_status status = told(
        igraph_vector_int_init(&ends, (igraph_integer_t)(2 * graph->edge_count)), "build", err);
    if (status != TRAIL_OK) return status;
    for (size_t i = 0; i < graph->edge_count; i++) {
        VECTOR(ends)[2 * i] = graph->edges[i].first;
        VECTOR(ends)[2 * i + 1] = graph->edges[i].second;
    }
    status = told(igraph_create(&b->graph, &ends, graph->node_count, IGRAPH_UNDIRECTED),
                  "build the graph of links", err);
    b->has_graph = status == TRAIL_OK;
    igraph_vector_int_destroy(&ends);
    return status;
}

static trail_status bridge_open(bridge *b, const trail_igraph_graph *graph, uint64_t seed,
                                trail_error *err)
{
    memset(b, 0, sizeof *b);
    /* No state of ours says whether this was done before, and doing it again is harmless. */
    igraph_set_error_handler(igraph_error_handler_ignore);
    igraph_set_warning_handler(igraph_warning_handler_ignore);
    trail_status status = check_edges(graph, err);
    if (status != TRAIL_OK) return status;
    status = told(igraph_rng_seed(igraph_rng_default(), (igraph_uint_t)seed), "seed", err);
    if (status != TRAIL_OK) return status;
    status = make_graph(b, graph, err);
    if (status != TRAIL_OK) return status;
    igraph_integer_t nodes = graph->node_count;
    status =
        told(igraph_vector_init(&b->weights, (igraph_integer_t)graph->edge_count), "build", err);
    if (status != TRAIL_OK) return status;
    b->has_weights = true;
    status = told(igraph_vector_init(&b->strengths, nodes), "build", err);
    if (status != TRAIL_OK) return status;
    b->has_strengths = true;
    status = told(igraph_vector_int_init(&b->groups, nodes), "build", err);
    if (status != TRAIL_OK) return status;
    b->has_groups = true;
    for (size_t i = 0; i < graph->edge_count; i++) {
        const trail_igraph_edge *edge = &graph->edges[i];
        VECTOR(b->weights)[i] = edge->weight;
        VECTOR(b->strengths)[edge->first] += edge->weight;
        VECTOR(b->strengths)[edge->second] += edge->weight;
        b->weight_sum += edge->weight;
    }
    return TRAIL_OK;
}

trail_status trail_groups_renumber(uint32_t *membership, uint32_t node_count, trail_error *err)
{
    uint32_t highest = 0;
    for (uint32_t i = 0; i < node_count; i++)
        if (membership[i] > highest) highest = membership[i];
    uint32_t *fresh = NULL; /* 1 + the new number; 0: not met yet */
    trail_status status = trail_alloc_zeroed(&fresh, (size_t)highest + 1, sizeof *fresh, err);
    if (status != TRAIL_OK) return status;
    uint32_t count = 0;
    for (uint32_t i = 0; i < node_count; i++) {
        if (fresh[membership[i]] == 0) fresh[membership[i]] = ++count;
        membership[i] = fresh[membership[i]] - 1;
    }
    trail_free(fresh);
    return TRAIL_OK;
}

/* Copies igraph's groups into membership, renumbered; *changed says whether they differ from what
 * membership held. `room`: node_count numbers of scratch. */
static trail_status take_groups(const bridge *b, uint32_t node_count, uint32_t *room,
                                uint32_t *membership, bool *changed, trail_error *err)
{
    for (uint32_t i = 0; i < node_count; i++)
        room[i] = (uint32_t)VECTOR(b->groups)[i];
    trail_status status = trail_groups_renumber(room, node_count, err);
    if (status != TRAIL_OK) return status;
    *changed = memcmp(room, membership, node_count * sizeof *room) != 0;
    memcpy(membership, room, node_count * sizeof *room);
    return TRAIL_OK;
}

static trail_status iterate_leiden(bridge *b, const trail_igraph_graph *graph, double resolution,
                                   uint32_t *membership, trail_error *err)
{
    uint32_t *room = NULL;
    trail_status status = trail_alloc_zeroed(&room, graph->node_count, sizeof *room, err);
    if (status != TRAIL_OK) return status;
    double gamma = resolution / (2 * b->weight_sum);
    bool changed = true;
    for (int i = 0; i < ITERATION_LIMIT && changed; i++) {
        igraph_integer_t group_count = 0;
        igraph_error_t code = igraph_community_leiden(
            &b->graph, &b->weights, &b->strengths, gamma, REFINEMENT_RANDOMNESS,
            /* start from groups: */ i > 0, /* iterations: */ 1, &b->groups, &group_count, NULL);
        if ((status = told(code, "group the accounts", err)) != TRAIL_OK) goto cleanup;
        status = take_groups(b, graph->node_count, room, membership, &changed, err);
        if (status != TRAIL_OK) goto cleanup;
    }
cleanup:
    trail_free(room);
    return status;
}

static void each_alone(uint32_t *membership, uint32_t node_count)
{
    for (uint32_t i = 0; i < node_count; i++)
        membership[i] = i;
}

trail_status trail_igraph_leiden(const trail_igraph_graph *graph, double resolution, uint64_t seed,
                                 uint32_t *membership, trail_error *err)
{
    bridge b;
    each_alone(membership, graph->node_count);
    trail_status status = bridge_open(&b, graph, seed, err);
    if (status != TRAIL_OK) goto cleanup;
    if (graph->edge_count > 0) status = iterate_leiden(&b, graph, resolution, membership, err);
cleanup:
    bridge_clear(&b);
    return status;
}

trail_status trail_igraph_multilevel(const trail_igraph_graph *graph, double resolution,
                                     uint64_t seed, uint32_t *membership, trail_error *err)
{
    bridge b;
    each_alone(membership, graph->node_count);
    trail_status status = bridge_open(&b, graph, seed, err);
    if (status != TRAIL_OK || graph->edge_count == 0) goto cleanup;
    status =
        told(igraph_community_multilevel(&b.graph, &b.weights, resolution, &b.groups, NULL, NULL),
             "group the accounts", err);
    if (status != TRAIL_OK) goto cleanup;
    for (uint32_t i = 0; i < graph->node_count; i++)
        membership[i] = (uint32_t)VECTOR(b.groups)[i];
    status = trail_groups_renumber(membership, graph->node_count, err);
cleanup:
    bridge_clear(&b);
    return status;
}

trail_status trail_igraph_modularity(const trail_igraph_graph *graph, const uint32_t *membership,
                                     double resolution, double *modularity, trail_error *err)
{
    bridge b;
    *modularity = 0;
    trail_status status = bridge_open(&b, graph, 0, err);
    if (status != TRAIL_OK || graph->edge_count == 0) goto cleanup;
    for (uint32_t i = 0; i < graph->node_count; i++)
        VECTOR(b.groups)[i] = membership[i];
    status = told(igraph_modularity(&b.graph, &b.groups, &b.weights, resolution, IGRAPH_UNDIRECTED,
                                    modularity),
                  "measure the groups", err);
cleanup:
    bridge_clear(&b);
    return status;
}
