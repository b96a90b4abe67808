/* Adjacency by counting: payments already stand in the main order, so counting them per account and
 * dealing them out again keeps that order within each account and needs no sort.
 * O(payments + accounts), 8 bytes each. */
#include "graph/payment_graph.h"

#include <stddef.h>

#include "base/memory.h"

static bool takes_part(const trail_ledger *ledger, const uint32_t *side, size_t payment)
{
    return side[payment] != TRAIL_NO_ACCOUNT &&
           (ledger->flags[payment] & (TRAIL_VOID | TRAIL_REVERSED)) == 0;
}

/* side: ledger->payer or ledger->payee. */
static trail_status deal_out(const trail_ledger *ledger, const uint32_t *side,
                             uint32_t account_count, uint32_t **start_out, uint32_t **payment_out,
                             trail_error *err)
{
    trail_status status =
        trail_alloc_zeroed(start_out, (size_t)account_count + 1, sizeof **start_out, err);
    if (status != TRAIL_OK) return status;
    uint32_t *start = *start_out;
    uint32_t total = 0;
    for (size_t i = 0; i < ledger->count; i++) {
        if (!takes_part(ledger, side, i)) continue;
        start[side[i]]++;
        total++;
    }
    status = trail_alloc_zeroed(payment_out, total, sizeof **payment_out, err);
    if (status != TRAIL_OK) return status;
    uint32_t end = 0;
    for (uint32_t account = 0; account < account_count; account++) {
        end += start[account];
        start[account] = end;
    }
    start[account_count] = total;
    /* From the last payment back, each list fills from its end, and start[] ends at its start. */
    for (size_t i = ledger->count; i-- > 0;)
        if (takes_part(ledger, side, i)) (*payment_out)[--start[side[i]]] = (uint32_t)i;
    return TRAIL_OK;
}

trail_status trail_payment_graph_build(trail_payment_graph *graph, const trail_ledger *ledger,
                                       trail_error *err)
{
    *graph = (trail_payment_graph){.account_count = trail_accounts_count(ledger->accounts)};
    trail_status status = deal_out(ledger, ledger->payer, graph->account_count, &graph->out_start,
                                   &graph->out_payment, err);
    if (status != TRAIL_OK) goto cleanup;
    status = deal_out(ledger, ledger->payee, graph->account_count, &graph->in_start,
                      &graph->in_payment, err);
cleanup:
    if (status != TRAIL_OK) trail_payment_graph_clear(graph);
    return status;
}

void trail_payment_graph_clear(trail_payment_graph *graph)
{
    trail_free(graph->out_start);
    trail_free(graph->out_payment);
    trail_free(graph->in_start);
    trail_free(graph->in_payment);
    *graph = (trail_payment_graph){0};
}
