#include "reconcile/match_assign.h"

#include "base/memory.h"
#include "base/sort.h"

/* Legs that edges connect are one component. Small ones: the assignment problem, maximum sum of
 * scores (Kuhn 1955, with the potentials of Jonker and Volgenant 1987), where a missing edge is a
 * pair of weight nothing. Equal sums are decided towards pairing in the order of content: a square
 * of the distance in order, too small to outweigh a thousandth of a bit, is taken off each weight.
 * Large ones: greedy by (score, lag, debit, credit). Nothing depends on pointers or files. */

#define HALF          (TRAIL_EXACT_LEGS / 2)
#define ORDER_ROOM    ((int64_t)1 << 20) /* above the sum of 64 squares below 64 */
#define BEYOND_WEIGHT (INT64_MAX / 4)

typedef struct assignment {
    const trail_match_legs *legs;
    const trail_match_edge *edges;
    uint8_t *chosen;
    uint32_t *root;  /* by leg: union-find */
    uint32_t *size;  /* by root: legs */
    uint32_t *place; /* by leg: place within its component's side, while it is solved */
    uint8_t *taken;  /* by leg */
} assignment;

/* Rows are the smaller side; weights[row][column], 0 where there is no edge. */
typedef struct matrix {
    unsigned rows, columns;
    int64_t weights[HALF + 1][TRAIL_EXACT_LEGS + 1];
    size_t edge[HALF + 1][TRAIL_EXACT_LEGS + 1];
} matrix;

static uint32_t root_of(assignment *at, uint32_t leg)
{
    while (at->root[leg] != leg) {
        at->root[leg] = at->root[at->root[leg]];
        leg = at->root[leg];
    }
    return leg;
}

static void find_components(assignment *at, size_t count)
{
    for (uint32_t i = 0; i < at->legs->count; i++) {
        at->root[i] = i;
        at->size[i] = 1;
    }
    for (size_t i = 0; i < count; i++) {
        uint32_t a = root_of(at, at->edges[i].debit), b = root_of(at, at->edges[i].credit);
        if (a == b) continue;
        uint32_t low = a < b ? a : b, high = a < b ? b : a;
        at->root[high] = low;
        at->size[low] += at->size[high];
    }
}

/* Shortest augmenting paths, row by row; potentials keep reduced costs at or above 0. owner[column]
 * becomes its row, 0 if none; rows and columns from 1. O(rows^2 columns). */
static void solve(const matrix *m, unsigned *owner)
{
    int64_t row_potential[HALF + 1] = {0}, column_potential[TRAIL_EXACT_LEGS + 1] = {0};
    for (unsigned row = 1; row <= m->rows; row++) {
        int64_t least[TRAIL_EXACT_LEGS + 1];
        unsigned way[TRAIL_EXACT_LEGS + 1] = {0}, column = 0;
        bool used[TRAIL_EXACT_LEGS + 1] = {false};
        for (unsigned i = 0; i <= m->columns; i++)
            least[i] = BEYOND_WEIGHT;
        owner[0] = row;
        do {
            unsigned from = owner[column], next = 0;
            int64_t delta = BEYOND_WEIGHT;
            used[column] = true;
            for (unsigned i = 1; i <= m->columns; i++) {
                if (used[i]) continue;
                int64_t cost = -m->weights[from][i] - row_potential[from] - column_potential[i];
                if (cost < least[i]) {
                    least[i] = cost;
                    way[i] = column;
                }
                if (least[i] < delta) {
                    delta = least[i];
                    next = i;
                }
            }
            for (unsigned i = 0; i <= m->columns; i++) {
                if (used[i]) {
                    row_potential[owner[i]] += delta;
                    column_potential[i] -= delta;
                } else {
                    least[i] -= delta;
                }
            }
            column = next;
        } while (owner[column] != 0);
        while (column != 0) {
            owner[column] = owner[way[column]];
            column = way[column];
        }
    }
}

/* Legs of one side of the component, numbered from 1 in their own order. */
static unsigned number_side(assignment *at, const uint32_t *edges, size_t count, bool credit,
                            uint32_t *side)
{
    unsigned found = 0;
    for (size_t i = 0; i < count; i++) {
        const trail_match_edge *edge = &at->edges[edges[i]];
        uint32_t leg = credit ? edge->credit : edge->debit;
        unsigned k = 0;
        while (k < found && side[k] < leg)
            k++;
        if (k < found && side[k] == leg) continue;
        for (unsigned move = found; move > k; move--)
            side[move] = side[move - 1];
        side[k] = leg;
        found++;
    }
    for (unsigned i = 0; i < found; i++)
        at->place[side[i]] = i + 1;
    return found;
}

static void assign_exactly(assignment *at, matrix *m, const uint32_t *edges, size_t count)
{
    uint32_t side[TRAIL_EXACT_LEGS];
    unsigned owner[TRAIL_EXACT_LEGS + 1] = {0};
    unsigned debits = number_side(at, edges, count, false, side);
    unsigned credits = number_side(at, edges, count, true, side);
    bool turned = debits > credits;
    m->rows = turned ? credits : debits;
    m->columns = turned ? debits : credits;
    for (unsigned row = 1; row <= m->rows; row++) {
        for (unsigned column = 1; column <= m->columns; column++)
            m->weights[row][column] = 0;
    }
    for (size_t i = 0; i < count; i++) {
        const trail_match_edge *edge = &at->edges[edges[i]];
        uint32_t debit = at->place[edge->debit], credit = at->place[edge->credit];
        uint32_t row = turned ? credit : debit, column = turned ? debit : credit;
        int64_t apart = (int64_t)row - column;
        m->weights[row][column] = (int64_t)edge->score * ORDER_ROOM - apart * apart;
        m->edge[row][column] = edges[i];
    }
    solve(m, owner);
    for (unsigned column = 1; column <= m->columns; column++) {
        unsigned row = owner[column];
        if (row != 0 && m->weights[row][column] > 0) at->chosen[m->edge[row][column]] = 1;
    }
}

static int by_worth(const void *context, uint32_t a, uint32_t b)
{
    const assignment *at = context;
    const trail_match_edge *first = &at->edges[a], *second = &at->edges[b];
    if (first->score != second->score) return first->score > second->score ? -1 : 1;
    int32_t first_lag = at->legs->legs[first->credit].day - at->legs->legs[first->debit].day;
    int32_t second_lag = at->legs->legs[second->credit].day - at->legs->legs[second->debit].day;
    if (first_lag != second_lag) return first_lag < second_lag ? -1 : 1;
    return (a > b) - (a < b);
}

static trail_status assign_greedily(assignment *at, uint32_t *edges, size_t count, trail_error *err)
{
    trail_status status = trail_sort_numbers(edges, count, by_worth, at, err);
    for (size_t i = 0; i < count && status == TRAIL_OK; i++) {
        const trail_match_edge *edge = &at->edges[edges[i]];
        if (at->taken[edge->debit] || at->taken[edge->credit]) continue;
        at->taken[edge->debit] = at->taken[edge->credit] = 1;
        at->chosen[edges[i]] = 1;
    }
    return status;
}

static int by_root(const void *context, uint32_t a, uint32_t b)
{
    const assignment *at = context;
    uint32_t first = at->root[at->edges[a].debit], second = at->root[at->edges[b].debit];
    return (first > second) - (first < second);
}

static trail_status assign_components(assignment *at, size_t count, trail_error *err)
{
    uint32_t *order = NULL;
    matrix *m = NULL;
    trail_status status = trail_alloc_zeroed(&order, count, sizeof *order, err);
    if (status == TRAIL_OK) status = trail_alloc_zeroed(&m, 1, sizeof *m, err);
    if (status != TRAIL_OK) goto cleanup;
    find_components(at, count);
    for (uint32_t i = 0; i < at->legs->count; i++)
        at->root[i] = root_of(at, i);
    for (uint32_t i = 0; i < count; i++)
        order[i] = i;
    if ((status = trail_sort_numbers(order, count, by_root, at, err)) != TRAIL_OK) goto cleanup;
    for (size_t start = 0, end; start < count && status == TRAIL_OK; start = end) {
        uint32_t root = at->root[at->edges[order[start]].debit];
        for (end = start + 1; end < count && at->root[at->edges[order[end]].debit] == root;)
            end++;
        if (end == start + 1)
            at->chosen[order[start]] = 1;
        else if (at->size[root] <= TRAIL_EXACT_LEGS)
            assign_exactly(at, m, order + start, end - start);
        else
            status = assign_greedily(at, order + start, end - start, err);
    }
cleanup:
    trail_free(order);
    trail_free(m);
    return status;
}

trail_status trail_match_assign(const trail_match_legs *legs, const trail_match_edge *edges,
                                size_t count, uint8_t *chosen, trail_error *err)
{
    assignment at = {.legs = legs, .edges = edges, .chosen = chosen};
    trail_status status = trail_alloc_zeroed(&at.root, legs->count, sizeof *at.root, err);
    if (status == TRAIL_OK)
        status = trail_alloc_zeroed(&at.size, legs->count, sizeof *at.size, err);
    if (status == TRAIL_OK)
        status = trail_alloc_zeroed(&at.place, legs->count, sizeof *at.place, err);
    if (status == TRAIL_OK) status = trail_alloc_zeroed(&at.taken, legs->count, 1, err);
    for (size_t i = 0; i < count && status == TRAIL_OK; i++)
        chosen[i] = 0;
    if (status == TRAIL_OK && count > 0) status = assign_components(&at, count, err);
    trail_free(at.root);
    trail_free(at.size);
    trail_free(at.place);
    trail_free(at.taken);
    return status;
}
