/* Where accounts stand in a drawing. The same input gives the same picture on every machine: only
 * +, -, *, / and square roots of IEEE doubles are used, in one order, and the result is whole
 * numbers. */
#ifndef TRAIL_GRAPH_LAYOUT_H
#define TRAIL_GRAPH_LAYOUT_H

#include <stddef.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/attributes.h"

#define TRAIL_LAYOUT_SIDE     10000
#define TRAIL_LAYOUT_NO_GROUP UINT32_MAX

typedef struct trail_layout_edge {
    uint32_t first, second; /* nodes; a loop is passed over, parallel edges pull together */
    uint32_t weight;        /* pull: 1 and more, 0 counts as 1 */
} trail_layout_edge;

typedef struct trail_layout_point {
    int32_t x, y; /* 0..TRAIL_LAYOUT_SIDE, y downwards or upwards as the drawer likes */
} trail_layout_point;

/* group_of: by node, groups numbered 0, 1, ... or TRAIL_LAYOUT_NO_GROUP; NULL: no groups. Members
 * of a group are drawn near one another. points: node_count of them. About 2 s for 2,000 nodes
 * and 10,000 edges, and never much more: O(rounds * (nodes^2 + edges)), with fewer rounds for more
 * nodes. TRAIL_NO_MEMORY; TRAIL_BAD_DATA for an edge to no node. */
trail_status trail_layout_place(uint32_t node_count, const trail_layout_edge *edges,
                                size_t edge_count, const uint32_t *group_of,
                                trail_layout_point *points, trail_error *err) TRAIL_MUST_CHECK;

#endif
