#include "base/wide.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/attributes.h"

static uint64_t next_random(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

/* Of every magnitude, not mostly huge. */
static int64_t any_amount(uint64_t *seed)
{
    uint64_t bits = next_random(seed) % 63;
    return (int64_t)(next_random(seed) >> 1 >> bits);
}

/* The slow way: one bit of `a` at a time, quotient and remainder carried along, nothing wider than
 * 64 bits. Needs b < c, and so does a quotient that fits. */
static void multiply_and_divide_by_bits(uint64_t a, uint64_t b, uint64_t c, uint64_t *quotient,
                                        uint64_t *rest)
{
    *quotient = 0;
    *rest = 0;
    for (int bit = 63; bit >= 0; bit--) {
        *quotient = *quotient * 2;
        *rest = *rest * 2; /* c < 2^63, so this does not wrap */
        if (*rest >= c) {
            *rest -= c;
            *quotient += 1;
        }
        if ((a >> bit & 1) == 0) continue;
        *rest += b;
        if (*rest >= c) {
            *rest -= c;
            *quotient += 1;
        }
    }
}

static void products_and_quotients_agree_with_long_division_by_bits(void **state)
{
    uint64_t seed = 20240229;
    (void)state;
    for (int i = 0; i < 20000; i++) {
        int64_t a = any_amount(&seed);
        int64_t c = any_amount(&seed);
        if (c == 0) c = 1;
        int64_t b = any_amount(&seed) % c;
        uint64_t quotient;
        uint64_t rest;
        multiply_and_divide_by_bits((uint64_t)a, (uint64_t)b, (uint64_t)c, &quotient, &rest);
        assert_true(trail_mul_div_floor(a, b, c) == (int64_t)quotient);
        assert_true(trail_mul_mod(a, b, c) == (int64_t)rest);
        bool up = rest >= (uint64_t)c - rest;
        assert_true(trail_mul_div_half_up(a, b, c) == (int64_t)quotient + (up ? 1 : 0));
    }
}

static void the_largest_amounts_are_shared_exactly(void **state)
{
    (void)state;
    assert_true(trail_mul_div_floor(INT64_MAX, INT64_MAX, INT64_MAX) == INT64_MAX);
    assert_true(trail_mul_div_half_up(INT64_MAX, INT64_MAX, INT64_MAX) == INT64_MAX);
    assert_true(trail_mul_div_floor(INT64_MAX, INT64_MAX - 1, INT64_MAX) == INT64_MAX - 1);
    assert_true(trail_mul_mod(INT64_MAX - 1, INT64_MAX - 1, INT64_MAX) == 1);
    assert_true(trail_mul_div_floor(0, INT64_MAX, 1) == 0);
    assert_true(trail_mul_div_floor(INT64_MAX, 1, 1) == INT64_MAX);
}

static void halves_round_up_and_less_rounds_down(void **state)
{
    (void)state;
    assert_int_equal(trail_mul_div_half_up(1, 1, 2), 1);
    assert_int_equal(trail_mul_div_half_up(1, 1, 3), 0);
    assert_int_equal(trail_mul_div_half_up(2, 1, 3), 1);
    assert_int_equal(trail_mul_div_half_up(3, 1, 2), 2);
    assert_int_equal(trail_mul_div_half_up(5, 5, 10), 3);
    assert_int_equal(trail_mul_div_floor(5, 5, 10), 2);
}

static void ratios_compare_exactly_where_doubles_would_not(void **state)
{
    (void)state;
    assert_true(trail_ratio_compare(INT64_MAX - 1, INT64_MAX, INT64_MAX - 2, INT64_MAX - 1) > 0);
    assert_true(trail_ratio_compare(INT64_MAX - 2, INT64_MAX - 1, INT64_MAX - 1, INT64_MAX) < 0);
    assert_int_equal(trail_ratio_compare(1, 3, INT64_MAX / 7 * 2, INT64_MAX / 7 * 6), 0);
    assert_true(trail_ratio_compare(-1, 2, 1, 1000) < 0);
    assert_true(trail_ratio_compare(INT64_MIN, 1, INT64_MIN, 2) < 0);
    assert_int_equal(trail_ratio_compare(0, 5, 0, 7), 0);
}

static void sums_and_differences_refuse_to_wrap(void **state)
{
    static const int64_t values[] = {INT64_MIN, INT64_MIN + 1, INT64_MIN / 2, -2,       -1, 0, 1,
                                     2,         INT64_MAX / 2, INT64_MAX - 1, INT64_MAX};
    (void)state;
    for (size_t i = 0; i < TRAIL_LENGTH_OF(values); i++)
        for (size_t k = 0; k < TRAIL_LENGTH_OF(values); k++) {
            trail_wide sum = (trail_wide)values[i] + values[k];
            trail_wide difference = (trail_wide)values[i] - values[k];
            int64_t got = 77;
            bool fits = sum >= INT64_MIN && sum <= INT64_MAX;
            assert_int_equal(trail_add_checked(values[i], values[k], &got), fits);
            assert_true(got == (fits ? (int64_t)sum : 77));
            got = 77;
            fits = difference >= INT64_MIN && difference <= INT64_MAX;
            assert_int_equal(trail_sub_checked(values[i], values[k], &got), fits);
            assert_true(got == (fits ? (int64_t)difference : 77));
        }
}

static void the_fold_joins_both_halves_of_the_product(void **state)
{
    (void)state;
    assert_true(trail_wide_fold(UINT64_MAX, UINT64_MAX) == (UINT64_C(1) ^ (UINT64_MAX - 1)));
    assert_true(trail_wide_fold(UINT64_C(1) << 32, UINT64_C(1) << 32) == 1);
    assert_true(trail_wide_fold(3, 5) == 15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(products_and_quotients_agree_with_long_division_by_bits),
        cmocka_unit_test(the_largest_amounts_are_shared_exactly),
        cmocka_unit_test(halves_round_up_and_less_rounds_down),
        cmocka_unit_test(ratios_compare_exactly_where_doubles_would_not),
        cmocka_unit_test(sums_and_differences_refuse_to_wrap),
        cmocka_unit_test(the_fold_joins_both_halves_of_the_product),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
