/* The one door to igraph. Nothing of igraph's is seen outside; its errors come back as statuses and
 * never abort. igraph is built without thread safety and has a global random number generator: call
 * from one thread at a time, and never from the workers of trail_threads_run. */
#ifndef TRAIL_GRAPH_IGRAPH_BRIDGE_H
#define TRAIL_GRAPH_IGRAPH_BRIDGE_H

#include <stddef.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/attributes.h"

/* An undirected edge between two different nodes. */
typedef struct trail_igraph_edge {
    uint32_t first, second;
    double weight; /* finite, > 0 */
} trail_igraph_edge;

/* An undirected simple graph: each pair of nodes at most once. Borrowed. */
typedef struct trail_igraph_graph {
    uint32_t node_count;
    const trail_igraph_edge *edges;
    size_t edge_count;
} trail_igraph_graph;

/* Leiden (Traag, Waltman, van Eck 2019) for modularity at `resolution` (1: the usual), node weights
 * being strengths, iterated until no node moves. membership: node_count numbers, groups numbered by
 * their smallest node. The same input and seed give the same groups. A group may still be
 * disconnected in rare cases: callers check. TRAIL_BAD_DATA on a weight that is not positive, a
 * loop, or a node out of range; O(edges) a sweep. */
trail_status trail_igraph_leiden(const trail_igraph_graph *graph, double resolution, uint64_t seed,
                                 uint32_t *membership, trail_error *err) TRAIL_MUST_CHECK;

/* Louvain's multilevel method, to compare with. Same rules. */
trail_status trail_igraph_multilevel(const trail_igraph_graph *graph, double resolution,
                                     uint64_t seed, uint32_t *membership,
                                     trail_error *err) TRAIL_MUST_CHECK;

/* Newman's modularity of a grouping, with weights; 0 for a graph without edges. */
trail_status trail_igraph_modularity(const trail_igraph_graph *graph, const uint32_t *membership,
                                     double resolution, double *modularity,
                                     trail_error *err) TRAIL_MUST_CHECK;

/* Renumbers groups 0, 1, ... by their smallest node, in place. */
trail_status trail_groups_renumber(uint32_t *membership, uint32_t node_count,
                                   trail_error *err) TRAIL_MUST_CHECK;

#endif
