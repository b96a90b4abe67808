/* Products of two int64 in 128 bits, the only place that names the type. */
#ifndef TRAIL_BASE_WIDE_H
#define TRAIL_BASE_WIDE_H

#include <stdbool.h>
#include <stdint.h>

__extension__ typedef __int128 trail_wide;
__extension__ typedef unsigned __int128 trail_wide_unsigned;

/* Both halves of the 128-bit product folded together: the mixing step of hashes. */
static inline uint64_t trail_wide_fold(uint64_t a, uint64_t b)
{
    trail_wide_unsigned product = (trail_wide_unsigned)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* a·b/c with a, b >= 0 and c > 0; the result must fit int64 (it does whenever b <= c). */
int64_t trail_mul_div_floor(int64_t a, int64_t b, int64_t c);
int64_t trail_mul_div_half_up(int64_t a, int64_t b, int64_t c);
/* Remainder of a·b by c, for largest-remainder sharing. */
int64_t trail_mul_mod(int64_t a, int64_t b, int64_t c);
/* <0, 0, >0 as a/b is below, equal to, above c/d; b, d > 0. */
int trail_ratio_compare(int64_t a, int64_t b, int64_t c, int64_t d);
/* Sums that refuse to wrap: false when a+b leaves int64. */
bool trail_add_checked(int64_t a, int64_t b, int64_t *sum);
bool trail_sub_checked(int64_t a, int64_t b, int64_t *difference);

#endif
