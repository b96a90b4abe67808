/* Rows of one day as steps from the balance before to the balance after: the order in which they
 * follow each other. */
#ifndef TRAIL_RECONCILE_BALANCE_WALK_H
#define TRAIL_RECONCILE_BALANCE_WALK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/attributes.h"

typedef struct trail_balance_step {
    int64_t before, after;
} trail_balance_step;

/* Do two balances agree within the tolerance (>= 0)? Never overflows. */
bool trail_balances_agree(int64_t a, int64_t b, int64_t tolerance);

/* *found: the steps form one walk that takes each once, from `start` if it is not NULL; then order
 * (room for count) holds it. The order given is kept if it is a walk, else its reverse, else the
 * walk that keeps most of the order at its head. Without a walk order is untouched.
 * O(count log count). */
trail_status trail_balance_walk(const trail_balance_step *steps, size_t count, const int64_t *start,
                                int64_t tolerance, uint32_t *order, bool *found,
                                trail_error *err) TRAIL_MUST_CHECK;

/* Always gives an order: goes on with the first step that fits, or the first left where none does.
 * O(count log count). */
trail_status trail_balance_chain(const trail_balance_step *steps, size_t count,
                                 const int64_t *start, int64_t tolerance, uint32_t *order,
                                 trail_error *err) TRAIL_MUST_CHECK;

#endif
