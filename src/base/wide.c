#include "base/wide.h"

#include <assert.h>

int64_t trail_mul_div_floor(int64_t a, int64_t b, int64_t c)
{
    assert(a >= 0 && b >= 0 && c > 0);
    return (int64_t)((trail_wide)a * b / c);
}

int64_t trail_mul_div_half_up(int64_t a, int64_t b, int64_t c)
{
    assert(a >= 0 && b >= 0 && c > 0);
    trail_wide product = (trail_wide)a * b;
    trail_wide rest = product % c;
    return (int64_t)(product / c + (rest >= c - rest ? 1 : 0));
}

int64_t trail_mul_mod(int64_t a, int64_t b, int64_t c)
{
    assert(a >= 0 && b >= 0 && c > 0);
    return (int64_t)((trail_wide)a * b % c);
}

int trail_ratio_compare(int64_t a, int64_t b, int64_t c, int64_t d)
{
    assert(b > 0 && d > 0);
    trail_wide left = (trail_wide)a * d;
    trail_wide right = (trail_wide)c * b;
    return (left > right) - (left < right);
}

bool trail_add_checked(int64_t a, int64_t b, int64_t *sum)
{
    if (b >= 0 ? a > INT64_MAX - b : a < INT64_MIN - b) return false;
    *sum = a + b;
    return true;
}

bool trail_sub_checked(int64_t a, int64_t b, int64_t *difference)
{
    if (b >= 0 ? a < INT64_MIN + b : a > INT64_MAX + b) return false;
    *difference = a - b;
    return true;
}
