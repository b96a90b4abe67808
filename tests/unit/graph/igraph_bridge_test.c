#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "graph/igraph_bridge.h"

#include <math.h>

#include "base/attributes.h"
#include "support/failing_alloc.h"

/* Two triangles joined by one thin edge. */
static const trail_igraph_edge two_triangles[] = {
    {0, 2, 5}, {2, 4, 5}, {0, 4, 5}, {1, 3, 5}, {3, 5, 5}, {1, 5, 5}, {4, 5, 1},
};

static void two_triangles_are_two_groups_numbered_by_smallest_node(void **state)
{
    (void)state;
    trail_igraph_graph graph = {6, two_triangles, TRAIL_LENGTH_OF(two_triangles)};
    uint32_t groups[6];
    const uint32_t expected[6] = {0, 1, 0, 1, 0, 1};
    for (uint64_t seed = 0; seed < 20; seed++) {
        assert_int_equal(trail_igraph_leiden(&graph, 1, seed, groups, NULL), TRAIL_OK);
        assert_memory_equal(groups, expected, sizeof groups);
    }
    assert_int_equal(trail_igraph_multilevel(&graph, 1, 1, groups, NULL), TRAIL_OK);
    assert_memory_equal(groups, expected, sizeof groups);
}

static void modularity_is_newmans(void **state)
{
    (void)state;
    trail_igraph_graph graph = {6, two_triangles, TRAIL_LENGTH_OF(two_triangles)};
    const uint32_t groups[6] = {0, 1, 0, 1, 0, 1};
    double modularity = 0;
    assert_int_equal(trail_igraph_modularity(&graph, groups, 1, &modularity, NULL), TRAIL_OK);
    /* inside 30 of 31; each side holds half of the strength */
    assert_true(fabs(modularity - (30.0 / 31.0 - 0.5)) < 1e-12);
}

static void wrong_edges_are_refused_without_aborting(void **state)
{
    (void)state;
    const trail_igraph_edge wrong[] = {{0, 1, -1}, {0, 1, 0}, {0, 1, NAN}, {0, 9, 1}, {1, 1, 1}};
    uint32_t groups[2];
    for (size_t i = 0; i < TRAIL_LENGTH_OF(wrong); i++) {
        trail_igraph_graph graph = {2, &wrong[i], 1};
        trail_error err = {0};
        assert_int_equal(trail_igraph_leiden(&graph, 1, 1, groups, &err), TRAIL_BAD_DATA);
        assert_true(err.message[0] != '\0');
    }
}

static void nodes_without_edges_stay_alone(void **state)
{
    (void)state;
    trail_igraph_graph graph = {3, NULL, 0};
    uint32_t groups[3];
    double modularity = 1;
    assert_int_equal(trail_igraph_leiden(&graph, 1, 1, groups, NULL), TRAIL_OK);
    assert_int_equal(groups[2], 2);
    assert_int_equal(trail_igraph_modularity(&graph, groups, 1, &modularity, NULL), TRAIL_OK);
    assert_true(modularity == 0);
}

static void every_refused_allocation_is_reported(void **state)
{
    (void)state;
    trail_igraph_graph graph = {6, two_triangles, TRAIL_LENGTH_OF(two_triangles)};
    uint32_t groups[6];
    size_t nth = 1;
    for (;; nth++) {
        failing_alloc_at(nth);
        trail_status status = trail_igraph_leiden(&graph, 1, 1, groups, NULL);
        failing_alloc_at(0);
        if (status == TRAIL_OK) break;
        assert_int_equal(status, TRAIL_NO_MEMORY);
    }
    assert_true(nth > 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_triangles_are_two_groups_numbered_by_smallest_node),
        cmocka_unit_test(modularity_is_newmans),
        cmocka_unit_test(wrong_edges_are_refused_without_aborting),
        cmocka_unit_test(nodes_without_edges_stay_alone),
        cmocka_unit_test(every_refused_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
