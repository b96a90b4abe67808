#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "graph/layout.h"

#include "support/failing_alloc.h"
#include "support/tiny_ledger.h"

enum { GROUPS = 6, SIZE = 20, NODES = GROUPS * SIZE, EDGES = NODES * 4 };

typedef struct drawing {
    trail_layout_edge edges[EDGES];
    uint32_t group_of[NODES];
    trail_layout_point points[NODES];
} drawing;

/* Three links inside the group and one anywhere, for each node. */
static void draw(drawing *d)
{
    uint64_t random = 9;
    for (uint32_t i = 0; i < EDGES; i++) {
        uint32_t node = i / 4;
        uint32_t inside = node / SIZE * SIZE + tiny_random(&random, SIZE);
        uint32_t anywhere = tiny_random(&random, NODES);
        d->edges[i] = (trail_layout_edge){node, i % 4 == 0 ? anywhere : inside, 1 + i % 9};
        d->group_of[node] = node / SIZE;
    }
    assert_int_equal(trail_layout_place(NODES, d->edges, EDGES, d->group_of, d->points, NULL),
                     TRAIL_OK);
}

static int64_t distance_squared(trail_layout_point a, trail_layout_point b)
{
    int64_t x = a.x - b.x, y = a.y - b.y;
    return x * x + y * y;
}

static void the_same_input_gives_the_same_picture(void **state)
{
    (void)state;
    static drawing one, other;
    draw(&one);
    draw(&other);
    assert_memory_equal(one.points, other.points, sizeof one.points);
}

static void points_fill_the_square_and_stand_apart(void **state)
{
    (void)state;
    static drawing d;
    draw(&d);
    int32_t least = TRAIL_LAYOUT_SIDE, most = 0;
    for (size_t i = 0; i < NODES; i++) {
        assert_in_range(d.points[i].x, 0, TRAIL_LAYOUT_SIDE);
        assert_in_range(d.points[i].y, 0, TRAIL_LAYOUT_SIDE);
        if (d.points[i].x < least) least = d.points[i].x;
        if (d.points[i].x > most) most = d.points[i].x;
        for (size_t k = 0; k < i; k++)
            assert_true(distance_squared(d.points[i], d.points[k]) > 50 * 50);
    }
    assert_true(most - least > TRAIL_LAYOUT_SIDE / 2);
}

static void members_of_a_group_stand_nearer_than_others(void **state)
{
    (void)state;
    static drawing d;
    draw(&d);
    double inside = 0, across = 0;
    size_t inside_count = 0, across_count = 0;
    for (size_t i = 0; i < NODES; i++)
        for (size_t k = 0; k < i; k++) {
            double square = (double)distance_squared(d.points[i], d.points[k]);
            bool together = i / SIZE == k / SIZE;
            *(together ? &inside : &across) += square;
            *(together ? &inside_count : &across_count) += 1;
        }
    assert_true(inside / (double)inside_count * 3 < across / (double)across_count);
}

static void one_account_stands_in_the_middle_and_none_is_no_error(void **state)
{
    (void)state;
    trail_layout_point point = {1, 1};
    assert_int_equal(trail_layout_place(0, NULL, 0, NULL, NULL, NULL), TRAIL_OK);
    assert_int_equal(trail_layout_place(1, NULL, 0, NULL, &point, NULL), TRAIL_OK);
    assert_int_equal(point.x, TRAIL_LAYOUT_SIDE / 2);
    assert_int_equal(point.y, TRAIL_LAYOUT_SIDE / 2);
}

static void loops_and_parallel_links_are_borne(void **state)
{
    (void)state;
    const trail_layout_edge edges[] = {{0, 0, 5}, {0, 1, 0}, {1, 0, 3}};
    trail_layout_point points[2];
    assert_int_equal(trail_layout_place(2, edges, 3, NULL, points, NULL), TRAIL_OK);
    assert_true(distance_squared(points[0], points[1]) >= INT64_C(50000000));
}

static void a_link_to_no_account_is_refused(void **state)
{
    (void)state;
    const trail_layout_edge edge = {0, 2, 1};
    trail_layout_point points[2];
    assert_int_equal(trail_layout_place(2, &edge, 1, NULL, points, NULL), TRAIL_BAD_DATA);
}

static void every_refused_allocation_is_reported_and_cleaned_up(void **state)
{
    (void)state;
    const trail_layout_edge edge = {0, 1, 1};
    trail_layout_point points[2];
    size_t nth = 1;
    for (;; nth++) {
        failing_alloc_at(nth);
        trail_status status = trail_layout_place(2, &edge, 1, NULL, points, NULL);
        failing_alloc_at(0);
        if (status == TRAIL_OK) break;
        assert_int_equal(status, TRAIL_NO_MEMORY);
    }
    assert_true(nth > 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_input_gives_the_same_picture),
        cmocka_unit_test(points_fill_the_square_and_stand_apart),
        cmocka_unit_test(members_of_a_group_stand_nearer_than_others),
        cmocka_unit_test(one_account_stands_in_the_middle_and_none_is_no_error),
        cmocka_unit_test(loops_and_parallel_links_are_borne),
        cmocka_unit_test(a_link_to_no_account_is_refused),
        cmocka_unit_test(every_refused_allocation_is_reported_and_cleaned_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
