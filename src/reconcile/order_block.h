/* Ordering one block of legs: a day, or the legs of one instant. See main_order.h. */
#ifndef TRAIL_RECONCILE_ORDER_BLOCK_H
#define TRAIL_RECONCILE_ORDER_BLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/vector.h"
#include "model/ledger.h"
#include "reconcile/order_memory.h"

/* One leg (or both legs of one row) to be placed. */
typedef struct trail_order_node {
    uint32_t event;       /* 2·payment (+1: credit leg of its own record) */
    uint32_t accounts[2]; /* own accounts; the second TRAIL_NO_ACCOUNT unless a row is both legs */
    int32_t second;       /* time, TRAIL_NO_TIME */
    uint32_t record;
    uint32_t file;
    uint32_t waiting; /* predecessors not yet placed */
    uint32_t next[3]; /* successors: in each own account's order, and its credit leg */
    bool debit_waits; /* its own debit stands in this block and is not placed yet */
    bool placed;
} trail_order_node;

/* Memory reused from block to block. */
typedef struct trail_order_block {
    const trail_ledger *ledger;
    const uint32_t *number_rank; /* by account */
    trail_vector nodes;          /* of trail_order_node */
    trail_vector chain;          /* of (account, node) */
    trail_vector heap;           /* of uint32_t */
    trail_vector sorted;         /* of uint32_t: events in their order */
    trail_vector forced;         /* of uint32_t: events that went first on a contradiction */
    trail_order_memory memory;
    bool out_of_memory; /* in a comparison */
} trail_order_block;

trail_status trail_order_block_init(trail_order_block *block, const trail_ledger *ledger,
                                    const uint32_t *number_rank, trail_error *err) TRAIL_MUST_CHECK;
void trail_order_block_clear(trail_order_block *block);

/* Adds one leg to the block being filled. An adjusted debit and its credit go into one block. */
trail_status trail_order_block_add(trail_order_block *block, uint32_t event,
                                   trail_error *err) TRAIL_MUST_CHECK;
/* Places all nodes: appends their events to sorted (and forced), empties nodes. O(k log k). */
trail_status trail_order_block_place(trail_order_block *block, trail_error *err) TRAIL_MUST_CHECK;

/* Compares two records by their files' hashes and names, then by their place in the file: the same
 * whatever order the files were given in. */
int trail_evidence_compare(const trail_ledger *ledger, uint32_t a, uint32_t b);
/* Compares two events by content key, a leg before a whole row, then by evidence. Sets
 * *out_of_memory, and the comparison means nothing, when content keys find no room. */
int trail_event_compare(const trail_ledger *ledger, const uint32_t *number_rank, uint32_t a,
                        uint32_t b, bool *out_of_memory);

#endif
