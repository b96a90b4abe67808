/* The short way to order a block of legs: rows of one file, no balances, no credit legs of their
 * own record. The result is the same as trail_order_block's; a test holds them equal. */
#ifndef TRAIL_RECONCILE_PLAIN_ORDER_H
#define TRAIL_RECONCILE_PLAIN_ORDER_H

#include <stdint.h>

#include <moneytrail/error.h>

#include "base/attributes.h"
#include "model/ledger.h"

/* Memory reused from block to block. */
typedef struct trail_plain_order {
    const trail_ledger *ledger;
    const uint32_t *number_rank;
    uint64_t *last_seen; /* by account: block number << 32 | place of its latest row in the block */
    uint64_t *keys;      /* rank << 32 | place */
    uint32_t *position;  /* by place: where it stands by content key */
    uint32_t *next;      /* 2 a place: the next row of each own account */
    uint32_t *waiting;   /* by place */
    uint32_t *heap;
    uint32_t *placed; /* events in their order */
    size_t capacity;
    uint32_t block;
} trail_plain_order;

trail_status trail_plain_order_init(trail_plain_order *order, const trail_ledger *ledger,
                                    const uint32_t *number_rank, trail_error *err) TRAIL_MUST_CHECK;
void trail_plain_order_clear(trail_plain_order *order);

/* events: in record order; reordered in place. O(k log k) on integers. */
trail_status trail_plain_order_place(trail_plain_order *order, uint32_t *events, size_t count,
                                     trail_error *err) TRAIL_MUST_CHECK;

#endif
