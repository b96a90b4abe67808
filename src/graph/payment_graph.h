/* The payment graph in columns: for each account its payments out and in, in the main order, as
 * CSR index arrays into the ledger. Built when first needed; <= 20 bytes a payment. */
#ifndef TRAIL_GRAPH_PAYMENT_GRAPH_H
#define TRAIL_GRAPH_PAYMENT_GRAPH_H

#include <stdbool.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/attributes.h"
#include "base/vector.h"
#include "model/ledger.h"

/* out_payment[out_start[a] .. out_start[a+1]]: every payment whose payer is account a, also one
 * whose payee is not named; in_payment likewise for the payee. Void payments are left out, a
 * conversion on one account stands in both lists. 8 bytes a payment and 8 an account. */
typedef struct trail_payment_graph {
    uint32_t account_count;
    uint32_t *out_start; /* account_count + 1 */
    uint32_t *out_payment;
    uint32_t *in_start; /* account_count + 1 */
    uint32_t *in_payment;
} trail_payment_graph;

/* Needs a finished ledger. O(payments + accounts), by counting. TRAIL_NO_MEMORY. */
trail_status trail_payment_graph_build(trail_payment_graph *graph, const trail_ledger *ledger,
                                       trail_error *err) TRAIL_MUST_CHECK;
void trail_payment_graph_clear(trail_payment_graph *graph);

#endif
