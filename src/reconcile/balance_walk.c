/* Balances are the nodes and rows the edges of a graph: an order in which each row follows from the
 * one before is a walk that takes every edge once (Euler 1736), found in linear time (Hierholzer
 * 1873), where trying orders would take exponential time. Edges of a node are taken in the order
 * given. With a tolerance, balances nearer to each other than it are one node; a walk over such
 * nodes is believed only if every single step agrees. */
#include "reconcile/balance_walk.h"

#include <string.h>

#include "base/memory.h"
#include "base/sort.h"
#include "base/wide.h"

bool trail_balances_agree(int64_t a, int64_t b, int64_t tolerance)
{
    if (a < b) return trail_balances_agree(b, a, tolerance);
    return (uint64_t)a - (uint64_t)b <= (uint64_t)tolerance;
}

static bool is_walk(const trail_balance_step *steps, size_t count, const int64_t *start,
                    int64_t tolerance, const uint32_t *order, bool reversed)
{
    int64_t balance = start != NULL ? *start : 0;
    for (size_t i = 0; i < count; i++) {
        size_t at = reversed ? count - 1 - i : i;
        const trail_balance_step *step = &steps[order != NULL ? order[at] : at];
        bool checked = i > 0 || start != NULL;
        if (checked && !trail_balances_agree(balance, step->before, tolerance)) return false;
        balance = step->after;
    }
    return true;
}

typedef struct walk_graph {
    const trail_balance_step *steps;
    size_t count;
    int64_t *nodes; /* smallest balance of each node, ascending */
    size_t node_count;
    uint32_t *from, *to; /* nodes of each step */
    uint32_t *edges;     /* steps by node they leave, in the order given */
    uint32_t *next;      /* by node: its first edge not yet taken */
    uint32_t *end;
    int32_t *surplus; /* edges out less edges in */
    uint32_t *stack;
} walk_graph;

static void clear_graph(walk_graph *graph)
{
    trail_free(graph->nodes);
    trail_free(graph->from);
    trail_free(graph->to);
    trail_free(graph->edges);
    trail_free(graph->next);
    trail_free(graph->end);
    trail_free(graph->surplus);
    trail_free(graph->stack);
}

static int compare_balances(const void *context, const void *a, const void *b)
{
    const int64_t *first = a, *second = b;
    (void)context;
    return (*first > *second) - (*first < *second);
}

static trail_status find_nodes(walk_graph *graph, const int64_t *start, int64_t tolerance,
                               trail_error *err)
{
    size_t count = 0;
    trail_status status =
        trail_alloc_zeroed(&graph->nodes, 2 * graph->count + 1, sizeof *graph->nodes, err);
    if (status != TRAIL_OK) return status;
    for (size_t i = 0; i < graph->count; i++) {
        graph->nodes[count++] = graph->steps[i].before;
        graph->nodes[count++] = graph->steps[i].after;
    }
    if (start != NULL) graph->nodes[count++] = *start;
    status =
        trail_sort_items(graph->nodes, count, sizeof *graph->nodes, compare_balances, NULL, err);
    if (status != TRAIL_OK) return status;
    int64_t last = graph->nodes[0];
    graph->node_count = 1;
    for (size_t i = 1; i < count; i++) {
        int64_t balance = graph->nodes[i];
        if (!trail_balances_agree(last, balance, tolerance))
            graph->nodes[graph->node_count++] = balance;
        last = balance;
    }
    return TRAIL_OK;
}

/* The last node that does not begin above the balance. */
static uint32_t node_of(const walk_graph *graph, int64_t balance)
{
    size_t low = 0, high = graph->node_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (graph->nodes[middle] <= balance)
            low = middle;
        else
            high = middle;
    }
    return (uint32_t)low;
}

static trail_status make_graph(walk_graph *graph, const int64_t *start, int64_t tolerance,
                               trail_error *err)
{
    size_t count = graph->count;
    trail_status status = find_nodes(graph, start, tolerance, err);
    if (status == TRAIL_OK) status = trail_alloc_zeroed(&graph->from, count, sizeof(uint32_t), err);
    if (status == TRAIL_OK) status = trail_alloc_zeroed(&graph->to, count, sizeof(uint32_t), err);
    if (status == TRAIL_OK)
        status = trail_alloc_zeroed(&graph->edges, count, sizeof(uint32_t), err);
    if (status == TRAIL_OK)
        status = trail_alloc_zeroed(&graph->stack, count + 1, sizeof(uint32_t), err);
    if (status == TRAIL_OK)
        status = trail_alloc_zeroed(&graph->next, graph->node_count + 1, sizeof(uint32_t), err);
    if (status == TRAIL_OK)
        status = trail_alloc_zeroed(&graph->end, graph->node_count + 1, sizeof(uint32_t), err);
    if (status == TRAIL_OK)
        status = trail_alloc_zeroed(&graph->surplus, graph->node_count, sizeof(int32_t), err);
    if (status != TRAIL_OK) return status;
    for (size_t i = 0; i < count; i++) {
        graph->from[i] = node_of(graph, graph->steps[i].before);
        graph->to[i] = node_of(graph, graph->steps[i].after);
        graph->surplus[graph->from[i]]++;
        graph->surplus[graph->to[i]]--;
        graph->end[graph->from[i]]++;
    }
    for (size_t node = 0, place = 0; node < graph->node_count; node++) {
        graph->next[node] = (uint32_t)place;
        place += graph->end[node];
        graph->end[node] = graph->next[node];
    }
    for (uint32_t i = 0; i < count; i++)
        graph->edges[graph->end[graph->from[i]]++] = i;
    return TRAIL_OK;
}

/* Where a walk over all edges must begin; false if there is none. */
static bool find_beginning(const walk_graph *graph, const int64_t *start, uint32_t *beginning)
{
    bool open = false;
    *beginning = start != NULL ? node_of(graph, *start) : graph->from[0];
    for (uint32_t node = 0; node < graph->node_count; node++) {
        int32_t surplus = graph->surplus[node];
        if (surplus > 1 || surplus < -1) return false;
        if (surplus != 1) continue;
        if (open || (start != NULL && *beginning != node)) return false;
        open = true;
        *beginning = node;
    }
    return true;
}

/* Walks on until stuck, then back to where another edge is left; edges are noted on the way back,
 * so the walk comes out last first. */
static bool take_edges(walk_graph *graph, uint32_t node, uint32_t *order)
{
    size_t depth = 0, placed = graph->count;
    for (;;) {
        if (graph->next[node] < graph->end[node]) {
            uint32_t edge = graph->edges[graph->next[node]++];
            graph->stack[depth++] = edge;
            node = graph->to[edge];
            continue;
        }
        if (depth == 0) return placed == 0;
        uint32_t edge = graph->stack[--depth];
        order[--placed] = edge;
        node = graph->from[edge];
    }
}

static void keep_order(uint32_t *order, size_t count, bool reversed)
{
    for (size_t i = 0; i < count; i++)
        order[i] = (uint32_t)(reversed ? count - 1 - i : i);
}

trail_status trail_balance_walk(const trail_balance_step *steps, size_t count, const int64_t *start,
                                int64_t tolerance, uint32_t *order, bool *found, trail_error *err)
{
    *found = true;
    if (count == 0 || is_walk(steps, count, start, tolerance, NULL, false)) {
        keep_order(order, count, false);
        return TRAIL_OK;
    }
    if (is_walk(steps, count, start, tolerance, NULL, true)) {
        keep_order(order, count, true);
        return TRAIL_OK;
    }
    *found = false;
    walk_graph graph = {.steps = steps, .count = count};
    uint32_t beginning = 0, *walk = NULL;
    trail_status status = make_graph(&graph, start, tolerance, err);
    if (status == TRAIL_OK) status = trail_alloc_zeroed(&walk, count, sizeof *walk, err);
    if (status == TRAIL_OK && find_beginning(&graph, start, &beginning) &&
        take_edges(&graph, beginning, walk) &&
        is_walk(steps, count, start, tolerance, walk, false)) {
        memcpy(order, walk, count * sizeof *order);
        *found = true;
    }
    trail_free(walk);
    clear_graph(&graph);
    return status;
}

static int compare_steps(const void *context, uint32_t a, uint32_t b)
{
    const trail_balance_step *steps = context;
    if (steps[a].before != steps[b].before) return steps[a].before < steps[b].before ? -1 : 1;
    return (a > b) - (a < b);
}

/* First place from `place` on whose step is not taken; paths are halved on the way. */
static uint32_t first_left(uint32_t *skip, uint32_t place)
{
    while (skip[place] != place) {
        skip[place] = skip[skip[place]];
        place = skip[place];
    }
    return place;
}

/* First place whose step begins at `balance` or above. */
static uint32_t place_of(const trail_balance_step *steps, const uint32_t *sorted, size_t count,
                         int64_t balance)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (steps[sorted[middle]].before < balance)
            low = middle + 1;
        else
            high = middle;
    }
    return (uint32_t)low;
}

/* The place of a step that fits `balance`: exactly if there is one; count if there is none. */
static uint32_t fitting(const trail_balance_step *steps, const uint32_t *sorted, uint32_t *skip,
                        size_t count, int64_t balance, int64_t tolerance)
{
    int64_t lowest = balance;
    uint32_t place = first_left(skip, place_of(steps, sorted, count, balance));
    if (place < count && steps[sorted[place]].before == balance) return place;
    if (!trail_sub_checked(balance, tolerance, &lowest)) lowest = INT64_MIN;
    place = first_left(skip, place_of(steps, sorted, count, lowest));
    if (place < count && trail_balances_agree(steps[sorted[place]].before, balance, tolerance))
        return place;
    return (uint32_t)count;
}

trail_status trail_balance_chain(const trail_balance_step *steps, size_t count,
                                 const int64_t *start, int64_t tolerance, uint32_t *order,
                                 trail_error *err)
{
    uint32_t *sorted = NULL, *skip = NULL, *place_by_step = NULL;
    trail_status status = trail_alloc_zeroed(&sorted, count, sizeof *sorted, err);
    if (status == TRAIL_OK) status = trail_alloc_zeroed(&skip, count + 1, sizeof *skip, err);
    if (status == TRAIL_OK)
        status = trail_alloc_zeroed(&place_by_step, count, sizeof *place_by_step, err);
    for (uint32_t i = 0; i < count && status == TRAIL_OK; i++)
        sorted[i] = skip[i] = i;
    if (status == TRAIL_OK) status = trail_sort_numbers(sorted, count, compare_steps, steps, err);
    if (status != TRAIL_OK) goto cleanup;
    skip[count] = (uint32_t)count;
    for (uint32_t i = 0; i < count; i++)
        place_by_step[sorted[i]] = i;
    uint32_t oldest = 0; /* all steps before it are taken */
    bool known = start != NULL;
    int64_t balance = known ? *start : 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t place = (uint32_t)count;
        if (known) place = fitting(steps, sorted, skip, count, balance, tolerance);
        while (place == count) {
            uint32_t candidate = place_by_step[oldest];
            if (skip[candidate] == candidate)
                place = candidate;
            else
                oldest++;
        }
        order[i] = sorted[place];
        skip[place] = place + 1;
        balance = steps[order[i]].after;
        known = true;
    }
cleanup:
    trail_free(sorted);
    trail_free(skip);
    trail_free(place_by_step);
    return status;
}
