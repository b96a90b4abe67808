/* What ordering a day needs to know beyond the day: which files list an account's newest row first,
 * and where each pocket's balance stood before. */
#ifndef TRAIL_RECONCILE_ORDER_MEMORY_H
#define TRAIL_RECONCILE_ORDER_MEMORY_H

#include <stdbool.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/map64.h"
#include "base/vector.h"
#include "model/ledger.h"

typedef struct trail_order_memory {
    trail_map64 turned;    /* (file, account), and files */
    trail_map64 pockets;   /* (account, currency) -> place in balances */
    trail_vector balances; /* of int64_t */
} trail_order_memory;

/* Takes the turned statements of the ledger. */
trail_status trail_order_memory_init(trail_order_memory *memory, const trail_ledger *ledger,
                                     trail_error *err) TRAIL_MUST_CHECK;
void trail_order_memory_clear(trail_order_memory *memory);

/* A leg in its order: its balance, if it has one, is where the pocket stands. */
trail_status trail_order_memory_note(trail_order_memory *memory, const trail_ledger *ledger,
                                     uint32_t event, trail_error *err) TRAIL_MUST_CHECK;
bool trail_order_memory_balance(const trail_order_memory *memory, uint32_t account,
                                trail_currency currency, int64_t *balance_minor);
bool trail_order_memory_turned(const trail_order_memory *memory, uint32_t file, uint32_t account);
/* Some statement in it is. */
bool trail_order_memory_turned_file(const trail_order_memory *memory, uint32_t file);

#endif
