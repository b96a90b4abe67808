/* A force-directed layout after ForceAtlas2 (Jacomy, Venturini, Heymann, Bastian, PLoS ONE 2014):
 * accounts push each other away by 1/distance and by their number of links, links pull by distance,
 * members of a group are drawn to the group's middle, and everything to the middle of the page.
 * Groups start on a sunflower spiral, largest in the middle, each a sunflower of its members, so
 * that nothing random is needed. Steps are cut to a share of the drawing's size that shrinks from
 * round to round (Fruchterman and Reingold 1991). */
#include "graph/layout.h"

#include <math.h>

#include "base/failure.h"
#include "base/memory.h"
#include "base/sort.h"

enum { MOST_ROUNDS = 300, LEAST_ROUNDS = 4 };
static const double PAIRS_IN_ALL = 6e8; /* bounds the time: about two seconds */
static const double PUSH = 1.0;
static const double PULL = 0.06;
static const double GROUP_PULL = 0.08;
static const double PAGE_PULL = 0.03;
static const double FIRST_STEP = 0.1, LAST_STEP = 0.001; /* shares of the drawing's radius */
/* cos and sin of the golden angle: turning by them again and again never repeats a direction. */
static const double GOLDEN_COS = -0.7373688780783197, GOLDEN_SIN = 0.6754902942615237;

typedef struct body {
    double x, y;
    double push_x, push_y;
    double mass; /* 3 + links / 2 */
} body;

typedef struct layout {
    uint32_t node_count;
    const trail_layout_edge *edges;
    size_t edge_count;
    double mean_weight;
    body *bodies;
    uint32_t group_count; /* every node without a group is a group of its own here */
    uint32_t *group_of;
    uint32_t *group_size;
    double *middle_x, *middle_y; /* by group */
} layout;

static trail_status check_edges(layout *l, trail_error *err)
{
    double sum = 0;
    size_t counted = 0;
    for (size_t i = 0; i < l->edge_count; i++) {
        const trail_layout_edge *edge = &l->edges[i];
        if (edge->first >= l->node_count || edge->second >= l->node_count)
            return trail_fail(err, TRAIL_BAD_DATA, "a link of the drawing joins no account");
        if (edge->first == edge->second) continue;
        sum += edge->weight > 0 ? edge->weight : 1;
        counted++;
        l->bodies[edge->first].mass += 0.5;
        l->bodies[edge->second].mass += 0.5;
    }
    l->mean_weight = counted > 0 ? sum / (double)counted : 1;
    return TRAIL_OK;
}

static trail_status take_groups(layout *l, const uint32_t *group_of, trail_error *err)
{
    trail_status status = trail_alloc_zeroed(&l->group_of, l->node_count, sizeof *l->group_of, err);
    if (status != TRAIL_OK) return status;
    uint32_t named = 0;
    for (uint32_t i = 0; group_of != NULL && i < l->node_count; i++)
        if (group_of[i] != TRAIL_LAYOUT_NO_GROUP && group_of[i] >= named) named = group_of[i] + 1;
    l->group_count = named;
    for (uint32_t i = 0; i < l->node_count; i++)
        l->group_of[i] = group_of != NULL && group_of[i] != TRAIL_LAYOUT_NO_GROUP
                             ? group_of[i]
                             : l->group_count++;
    status = trail_alloc_zeroed(&l->group_size, l->group_count, sizeof *l->group_size, err);
    if (status != TRAIL_OK) return status;
    for (uint32_t i = 0; i < l->node_count; i++)
        l->group_size[l->group_of[i]]++;
    status = trail_alloc_zeroed(&l->middle_x, l->group_count, sizeof *l->middle_x, err);
    if (status != TRAIL_OK) return status;
    return trail_alloc_zeroed(&l->middle_y, l->group_count, sizeof *l->middle_y, err);
}

static int larger_group_first(const void *context, uint32_t a, uint32_t b)
{
    const uint32_t *size = context;
    if (size[a] != size[b]) return size[a] > size[b] ? -1 : 1;
    return (a > b) - (a < b);
}

static void turn(double *x, double *y)
{
    double turned = *x * GOLDEN_COS - *y * GOLDEN_SIN;
    *y = *x * GOLDEN_SIN + *y * GOLDEN_COS;
    *x = turned;
}

/* Each group takes the area of its members on one sunflower; members stand round its middle. */
static trail_status start_positions(layout *l, trail_error *err)
{
    uint32_t *order = NULL;
    trail_status status = trail_alloc_zeroed(&order, l->group_count, sizeof *order, err);
    if (status != TRAIL_OK) return status;
    for (uint32_t group = 0; group < l->group_count; group++)
        order[group] = group;
    status = trail_sort_numbers(order, l->group_count, larger_group_first, l->group_size, err);
    if (status != TRAIL_OK) goto cleanup;
    double x = 1, y = 0, placed = 0;
    for (uint32_t i = 0; i < l->group_count; i++) {
        double radius = sqrt(placed + l->group_size[order[i]] / 2.0);
        l->middle_x[order[i]] = x * radius;
        l->middle_y[order[i]] = y * radius;
        placed += l->group_size[order[i]];
        turn(&x, &y);
        l->group_size[order[i]] = 0; /* counted up again while members are placed */
    }
    x = 1;
    y = 0;
    for (uint32_t node = 0; node < l->node_count; node++) {
        uint32_t group = l->group_of[node];
        double radius = sqrt(0.5 + l->group_size[group]++) / 2;
        l->bodies[node].x = l->middle_x[group] + x * radius;
        l->bodies[node].y = l->middle_y[group] + y * radius;
        turn(&x, &y);
    }
cleanup:
    trail_free(order);
    return status;
}

static void push_apart(layout *l)
{
    body *bodies = l->bodies;
    for (uint32_t i = 0; i < l->node_count; i++) {
        double x = bodies[i].x, y = bodies[i].y, push = PUSH * bodies[i].mass;
        double push_x = 0, push_y = 0;
        for (uint32_t k = i + 1; k < l->node_count; k++) {
            double dx = x - bodies[k].x, dy = y - bodies[k].y;
            double force = push * bodies[k].mass / (dx * dx + dy * dy + 1e-6);
            push_x += dx * force;
            push_y += dy * force;
            bodies[k].push_x -= dx * force;
            bodies[k].push_y -= dy * force;
        }
        bodies[i].push_x += push_x;
        bodies[i].push_y += push_y;
    }
}

static void pull_links(layout *l)
{
    for (size_t i = 0; i < l->edge_count; i++) {
        const trail_layout_edge *edge = &l->edges[i];
        body *one = &l->bodies[edge->first], *other = &l->bodies[edge->second];
        double weight = edge->weight > 0 ? edge->weight : 1;
        double force = PULL * sqrt((double)l->node_count) * (0.5 + weight / l->mean_weight / 2);
        double dx = (one->x - other->x) * force, dy = (one->y - other->y) * force;
        one->push_x -= dx;
        one->push_y -= dy;
        other->push_x += dx;
        other->push_y += dy;
    }
}

static void pull_groups(layout *l)
{
    for (uint32_t group = 0; group < l->group_count; group++)
        l->middle_x[group] = l->middle_y[group] = 0;
    for (uint32_t i = 0; i < l->node_count; i++) {
        uint32_t group = l->group_of[i];
        l->middle_x[group] += l->bodies[i].x / l->group_size[group];
        l->middle_y[group] += l->bodies[i].y / l->group_size[group];
    }
    double scale = sqrt((double)l->node_count);
    for (uint32_t i = 0; i < l->node_count; i++) {
        body *b = &l->bodies[i];
        double group_pull = GROUP_PULL * scale * b->mass;
        double page_pull = PAGE_PULL * scale * b->mass;
        b->push_x -= (b->x - l->middle_x[l->group_of[i]]) * group_pull + b->x * page_pull;
        b->push_y -= (b->y - l->middle_y[l->group_of[i]]) * group_pull + b->y * page_pull;
    }
}

static double radius_of(const layout *l)
{
    double sum = 0;
    for (uint32_t i = 0; i < l->node_count; i++)
        sum += l->bodies[i].x * l->bodies[i].x + l->bodies[i].y * l->bodies[i].y;
    return sqrt(sum / l->node_count);
}

static void move(layout *l, double longest)
{
    for (uint32_t i = 0; i < l->node_count; i++) {
        body *b = &l->bodies[i];
        double push_x = b->push_x / b->mass, push_y = b->push_y / b->mass;
        double length = sqrt(push_x * push_x + push_y * push_y);
        double share = length > longest ? longest / length : 1;
        b->x += push_x * share;
        b->y += push_y * share;
        b->push_x = b->push_y = 0;
    }
}

static void settle(layout *l)
{
    double affordable = PAIRS_IN_ALL / ((double)l->node_count * l->node_count / 2);
    int rounds = affordable > MOST_ROUNDS ? MOST_ROUNDS : (int)affordable;
    if (rounds < LEAST_ROUNDS) rounds = LEAST_ROUNDS;
    for (int round = 0; round < rounds; round++) {
        double done = (double)round / rounds;
        double step = FIRST_STEP + (LAST_STEP - FIRST_STEP) * done;
        push_apart(l);
        pull_links(l);
        pull_groups(l);
        move(l, step * radius_of(l));
    }
}

/* Fits the drawing into the square, keeping its proportions. */
static void write_points(const layout *l, trail_layout_point *points)
{
    double left = l->bodies[0].x, right = left, top = l->bodies[0].y, bottom = top;
    for (uint32_t i = 1; i < l->node_count; i++) {
        const body *b = &l->bodies[i];
        if (b->x < left) left = b->x;
        if (b->x > right) right = b->x;
        if (b->y < top) top = b->y;
        if (b->y > bottom) bottom = b->y;
    }
    double extent = right - left > bottom - top ? right - left : bottom - top;
    double scale = extent > 0 ? TRAIL_LAYOUT_SIDE / extent : 0;
    for (uint32_t i = 0; i < l->node_count; i++) {
        double x = (l->bodies[i].x - (left + right) / 2) * scale + TRAIL_LAYOUT_SIDE / 2.0;
        double y = (l->bodies[i].y - (top + bottom) / 2) * scale + TRAIL_LAYOUT_SIDE / 2.0;
        points[i] = (trail_layout_point){(int32_t)(x + 0.5), (int32_t)(y + 0.5)};
        if (points[i].x > TRAIL_LAYOUT_SIDE) points[i].x = TRAIL_LAYOUT_SIDE;
        if (points[i].y > TRAIL_LAYOUT_SIDE) points[i].y = TRAIL_LAYOUT_SIDE;
    }
}

trail_status trail_layout_place(uint32_t node_count, const trail_layout_edge *edges,
                                size_t edge_count, const uint32_t *group_of,
                                trail_layout_point *points, trail_error *err)
{
    if (node_count == 0) return TRAIL_OK;
    layout l = {.node_count = node_count, .edges = edges, .edge_count = edge_count};
    trail_status status = trail_alloc_zeroed(&l.bodies, node_count, sizeof *l.bodies, err);
    if (status != TRAIL_OK) return status;
    for (uint32_t i = 0; i < node_count; i++)
        l.bodies[i].mass = 3;
    status = check_edges(&l, err);
    if (status != TRAIL_OK) goto cleanup;
    status = take_groups(&l, group_of, err);
    if (status != TRAIL_OK) goto cleanup;
    status = start_positions(&l, err);
    if (status != TRAIL_OK) goto cleanup;
    settle(&l);
    write_points(&l, points);
cleanup:
    trail_free(l.bodies);
    trail_free(l.group_of);
    trail_free(l.group_size);
    trail_free(l.middle_x);
    trail_free(l.middle_y);
    return status;
}
