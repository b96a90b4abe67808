/* The payment graph in columns: for each account its payments out and in, in the main order, as
 * CSR index arrays into the ledger. Built when first needed; <= 20 bytes a payment. */
#ifndef TRAIL_GRAPH_PAYMENT_GRAPH_H
#define TRAIL_GRAPH_PAYMENT_GRAPH_H

#include <stdbool.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/vector.h"
#include "model/ledger.h"

typedef struct trail_payment_graph {
    uint32_t account_count;
    uint32_t *out_start;   /* account_count + 1 */
    uint32_t *out_payment; /* payments whose payer is the account and whose payee is named */
    uint32_t *in_start;
    uint32_t *in_payment;
} trail_payment_graph;

trail_status trail_payment_graph_build(trail_payment_graph *graph, const trail_ledger *ledger,
                                       trail_error *err) TRAIL_MUST_CHECK;
void trail_payment_graph_clear(trail_payment_graph *graph);

/* A link: all payments of one ordered pair of accounts in one currency. Sorted by (payer, payee,
 * currency). The currency and amounts are the debit side's. Void payments and ends without account
 * are left out. A link's payments that may be double are counted. */
typedef struct trail_link {
    uint32_t payer, payee;
    trail_currency currency;
    uint32_t count;
    uint32_t may_be_double;
    int64_t amount_minor;
    int32_t first_day, last_day;
} trail_link;

/* Vector of trail_link. Radix by pair: O(n). */
trail_status trail_links_of(const trail_ledger *ledger, trail_vector *links, trail_error *err)
    TRAIL_MUST_CHECK;

#endif
