#include <string.h>

#include "reconcile/match_assign.h"
#include "support/tiny_ledger.h"

#define SIDE 5

/* The greatest sum by trying everything. */
static int64_t best_sum(int64_t weights[SIDE][SIDE], unsigned row, unsigned used)
{
    if (row == SIDE) return 0;
    int64_t best = best_sum(weights, row + 1, used);
    for (unsigned column = 0; column < SIDE; column++) {
        if (weights[row][column] == 0 || (used >> column & 1) != 0) continue;
        int64_t sum = weights[row][column] + best_sum(weights, row + 1, used | 1u << column);
        if (sum > best) best = sum;
    }
    return best;
}

static void small_components_get_the_greatest_sum_there_is(void **state)
{
    (void)state;
    for (uint64_t round = 0; round < 3000; round++) {
        uint64_t seed = round;
        int64_t weights[SIDE][SIDE] = {{0}};
        trail_match_leg legs[2 * SIDE] = {{0}};
        trail_match_legs pool = {.legs = legs, .count = 2 * SIDE};
        trail_match_edge edges[SIDE * SIDE];
        uint8_t chosen[SIDE * SIDE], taken[2 * SIDE] = {0};
        size_t count = 0;
        for (uint32_t d = 0; d < SIDE; d++) {
            for (uint32_t c = 0; c < SIDE; c++) {
                if (tiny_random(&seed, 3) == 0) continue;
                int32_t score = (int32_t)(1 + tiny_random(&seed, 20));
                edges[count++] = (trail_match_edge){d, SIDE + c, score};
                weights[d][c] = score;
            }
        }
        assert_int_equal(trail_match_assign(&pool, edges, count, chosen, NULL), TRAIL_OK);
        int64_t sum = 0;
        for (size_t i = 0; i < count; i++) {
            if (!chosen[i]) continue;
            assert_int_equal(taken[edges[i].debit]++, 0);
            assert_int_equal(taken[edges[i].credit]++, 0);
            sum += edges[i].score;
        }
        assert_int_equal(sum, best_sum(weights, 0, 0));
    }
}

static void equal_pairs_are_taken_in_order(void **state)
{
    enum { EACH = 32 };
    trail_match_leg legs[2 * EACH] = {{0}};
    trail_match_legs pool = {.legs = legs, .count = 2 * EACH};
    trail_match_edge edges[EACH * EACH];
    uint8_t chosen[EACH * EACH];
    (void)state;
    for (uint32_t i = 0; i < EACH * EACH; i++)
        edges[i] = (trail_match_edge){i / EACH, EACH + i % EACH, 7};
    assert_int_equal(trail_match_assign(&pool, edges, EACH * EACH, chosen, NULL), TRAIL_OK);
    for (uint32_t i = 0; i < EACH * EACH; i++)
        assert_int_equal(chosen[i], i / EACH == i % EACH);
}

static void large_components_go_by_score_then_days_then_content(void **state)
{
    enum { EACH = 40 };
    trail_match_leg legs[2 * EACH] = {{0}};
    trail_match_legs pool = {.legs = legs, .count = 2 * EACH};
    trail_match_edge edges[2 * EACH];
    uint8_t chosen[2 * EACH];
    size_t count = 0;
    (void)state;
    for (uint32_t i = 0; i < EACH; i++) { /* a chain through all legs */
        edges[count++] = (trail_match_edge){i, EACH + i, 5};
        if (i + 1 < EACH) edges[count++] = (trail_match_edge){i, EACH + i + 1, i == 10 ? 6 : 5};
        legs[EACH + i].day = 1;
    }
    assert_int_equal(trail_match_assign(&pool, edges, count, chosen, NULL), TRAIL_OK);
    for (size_t i = 0; i < count; i++) {
        uint32_t step = edges[i].credit - EACH - edges[i].debit;
        assert_int_equal(chosen[i], edges[i].debit < 10    ? step == 0
                                    : edges[i].debit == 10 ? step == 1
                                                           : step == 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_components_get_the_greatest_sum_there_is),
        cmocka_unit_test(equal_pairs_are_taken_in_order),
        cmocka_unit_test(large_components_go_by_score_then_days_then_content),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
