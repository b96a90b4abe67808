/* The order of one account's legs within one day or instant (model section 4, i): balances where
 * they decide, else time where all have one, else record order within one file, from its end where
 * the file lists the newest row first. */
#ifndef TRAIL_RECONCILE_OWN_ORDER_H
#define TRAIL_RECONCILE_OWN_ORDER_H

#include <moneytrail/error.h>

#include "reconcile/order_block.h"

/* Sorts `count` nodes of `account` (numbers into nodes, given in any order) in place.
 * *out_of_memory is set when a comparison found no room. linked[i] = true when the order decides
 * that i comes right before i+1; false between files. */
trail_status trail_own_order(const trail_ledger *ledger, const uint32_t *number_rank,
                             const trail_order_node *nodes, const trail_order_memory *memory,
                             uint32_t account, uint32_t *members, size_t count, bool *linked,
                             bool *out_of_memory, trail_error *err) TRAIL_MUST_CHECK;

#endif
