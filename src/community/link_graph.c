#include "community/link_graph.h"

#include <stdbool.h>

#include "base/memory.h"
#include "base/sort.h"
#include "base/wide.h"

enum { HUB_LEAST_DEGREE = 50, PAYMENTS_COUNTED = 15 };
static const uint64_t WEIGHT_UNIT = 10000;

/* A pair of accounts, low < high, while degrees are counted. */
typedef struct pair {
    uint32_t low, high;
    uint64_t count;
    int64_t amount_minor; /* in the report currency; stays at INT64_MAX once there */
} pair;

typedef struct builder {
    const trail_ledger *ledger;
    const trail_vector *links;
    trail_currency report_currency;
    trail_vector pairs; /* of pair, sorted by (low, high) */
    uint32_t *degree;   /* by account */
    uint32_t *node_of;  /* by account */
    size_t account_count;
} builder;

uint32_t trail_link_weight(int64_t amount_minor, uint64_t payment_count)
{
    uint64_t scaled = (uint64_t)amount_minor + WEIGHT_UNIT;
    uint32_t power = 0;
    while (WEIGHT_UNIT << (power + 1) <= scaled)
        power++;
    uint64_t counted = payment_count < PAYMENTS_COUNTED ? payment_count : PAYMENTS_COUNTED;
    return power + (uint32_t)counted;
}

static int compare_links(const trail_link *a, uint32_t payer, uint32_t payee,
                         trail_currency currency)
{
    if (a->payer != payer) return a->payer < payer ? -1 : 1;
    if (a->payee != payee) return a->payee < payee ? -1 : 1;
    return (a->currency > currency) - (a->currency < currency);
}

static size_t link_of(const builder *b, size_t payment)
{
    size_t low = 0, high = b->links->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_links(trail_vector_at(b->links, middle), b->ledger->payer[payment],
                          b->ledger->payee[payment], b->ledger->currency[payment]) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Every link as a pair of its own, in the order of links. */
static trail_status list_pairs(builder *b, trail_error *err)
{
    for (size_t i = 0; i < b->links->count; i++) {
        const trail_link *link = trail_vector_at(b->links, i);
        bool forth = link->payer < link->payee;
        pair p = {.low = forth ? link->payer : link->payee,
                  .high = forth ? link->payee : link->payer,
                  .count = link->count};
        if (link->currency == b->report_currency) p.amount_minor = link->amount_minor;
        trail_status status = trail_vector_push(&b->pairs, &p, err);
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

/* Takes payments of kind own out again; pairs still stand where their links stand. */
static void take_out_own(builder *b)
{
    const trail_ledger *ledger = b->ledger;
    for (size_t i = 0; i < ledger->count; i++) {
        if (ledger->kind[i] != TRAIL_KIND_OWN || ledger->payer[i] == TRAIL_NO_ACCOUNT ||
            ledger->payee[i] == TRAIL_NO_ACCOUNT ||
            (ledger->flags[i] & (TRAIL_VOID | TRAIL_REVERSED)) != 0)
            continue;
        pair *p = trail_vector_at(&b->pairs, link_of(b, i));
        p->count--;
        if (ledger->currency[i] == b->report_currency) p->amount_minor -= ledger->amount_minor[i];
    }
}

static int compare_pairs(const void *context, const void *a, const void *b)
{
    (void)context;
    const pair *first = a, *second = b;
    if (first->low != second->low) return first->low < second->low ? -1 : 1;
    return (first->high > second->high) - (first->high < second->high);
}

/* Sums equal pairs and drops empty ones and accounts paired with themselves. */
static trail_status merge_pairs(builder *b, trail_error *err)
{
    trail_status status =
        trail_sort_items(b->pairs.items, b->pairs.count, sizeof(pair), compare_pairs, NULL, err);
    if (status != TRAIL_OK) return status;
    pair *pairs = b->pairs.items;
    size_t kept = 0;
    for (size_t i = 0; i < b->pairs.count; i++) {
        if (pairs[i].low == pairs[i].high || pairs[i].count == 0) continue;
        if (kept > 0 && compare_pairs(NULL, &pairs[kept - 1], &pairs[i]) == 0) {
            pair *sum = &pairs[kept - 1];
            sum->count += pairs[i].count;
            if (!trail_add_checked(sum->amount_minor, pairs[i].amount_minor, &sum->amount_minor))
                sum->amount_minor = INT64_MAX;
            continue;
        }
        pairs[kept++] = pairs[i];
    }
    b->pairs.count = kept;
    return TRAIL_OK;
}

static trail_status count_degrees(builder *b, trail_error *err)
{
    trail_status status = trail_alloc_zeroed(&b->degree, b->account_count, sizeof *b->degree, err);
    for (size_t i = 0; status == TRAIL_OK && i < b->pairs.count; i++) {
        const pair *p = trail_vector_at(&b->pairs, i);
        b->degree[p->low]++;
        b->degree[p->high]++;
    }
    return status;
}

/* The degree below or at which 99.9 % of the accounts with a neighbour stand (nearest rank). */
static trail_status high_degree(const builder *b, uint32_t *limit, trail_error *err)
{
    uint64_t joined = 0;
    uint32_t *accounts_at = NULL;
    trail_status status =
        trail_alloc_zeroed(&accounts_at, b->account_count + 1, sizeof *accounts_at, err);
    if (status != TRAIL_OK) return status;
    for (size_t account = 0; account < b->account_count; account++) {
        if (b->degree[account] == 0) continue;
        accounts_at[b->degree[account]]++;
        joined++;
    }
    uint64_t rank = (joined * 999 + 999) / 1000;
    uint64_t passed = 0;
    *limit = 0;
    while (passed < rank)
        passed += accounts_at[++*limit];
    trail_free(accounts_at);
    return TRAIL_OK;
}

static trail_status set_hubs_aside(builder *b, trail_link_graph *graph, trail_error *err)
{
    uint32_t limit;
    trail_status status = high_degree(b, &limit, err);
    for (uint32_t account = 0; status == TRAIL_OK && account < b->account_count; account++)
        if (b->degree[account] > limit && b->degree[account] >= HUB_LEAST_DEGREE)
            status = trail_vector_push(&graph->hubs, &account, err);
    if (status != TRAIL_OK) return status;
    /* From here on degree only says whether an account is a node: hubs go, and those whose every
     * neighbour is a hub. */
    for (size_t i = 0; i < graph->hubs.count; i++)
        b->degree[*(const uint32_t *)trail_vector_at(&graph->hubs, i)] = UINT32_MAX;
    for (uint32_t account = 0; account < b->account_count; account++)
        b->degree[account] = b->degree[account] == UINT32_MAX ? UINT32_MAX : 0;
    for (size_t i = 0; i < b->pairs.count; i++) {
        const pair *p = trail_vector_at(&b->pairs, i);
        if (b->degree[p->low] == UINT32_MAX || b->degree[p->high] == UINT32_MAX) continue;
        b->degree[p->low] = b->degree[p->high] = 1;
    }
    return TRAIL_OK;
}

static trail_status make_nodes(builder *b, trail_link_graph *graph, trail_error *err)
{
    trail_status status =
        trail_alloc_zeroed(&b->node_of, b->account_count, sizeof *b->node_of, err);
    if (status != TRAIL_OK) return status;
    status =
        trail_alloc_zeroed(&graph->account_of, b->account_count, sizeof *graph->account_of, err);
    if (status != TRAIL_OK) return status;
    for (uint32_t account = 0; account < b->account_count; account++) {
        if (b->degree[account] != 1) continue;
        b->node_of[account] = graph->node_count;
        graph->account_of[graph->node_count++] = account;
    }
    for (size_t i = 0; i < b->pairs.count; i++) {
        const pair *p = trail_vector_at(&b->pairs, i);
        if (b->degree[p->low] != 1 || b->degree[p->high] != 1) continue;
        trail_igraph_edge edge = {.first = b->node_of[p->low],
                                  .second = b->node_of[p->high],
                                  .weight = trail_link_weight(p->amount_minor, p->count)};
        status = trail_vector_push(&graph->edges, &edge, err);
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

trail_status trail_link_graph_build(trail_link_graph *graph, const trail_ledger *ledger,
                                    const trail_vector *links, trail_currency report_currency,
                                    trail_error *err)
{
    *graph = (trail_link_graph){.edges = trail_vector_of(sizeof(trail_igraph_edge)),
                                .hubs = trail_vector_of(sizeof(uint32_t))};
    builder b = {.ledger = ledger,
                 .links = links,
                 .report_currency = report_currency,
                 .pairs = trail_vector_of(sizeof(pair)),
                 .account_count = trail_accounts_count(ledger->accounts)};
    trail_status status = list_pairs(&b, err);
    if (status != TRAIL_OK) goto cleanup;
    take_out_own(&b);
    status = merge_pairs(&b, err);
    if (status != TRAIL_OK) goto cleanup;
    status = count_degrees(&b, err);
    if (status != TRAIL_OK) goto cleanup;
    status = set_hubs_aside(&b, graph, err);
    if (status != TRAIL_OK) goto cleanup;
    status = make_nodes(&b, graph, err);
cleanup:
    trail_vector_clear(&b.pairs);
    trail_free(b.degree);
    trail_free(b.node_of);
    if (status != TRAIL_OK) trail_link_graph_clear(graph);
    return status;
}

void trail_link_graph_clear(trail_link_graph *graph)
{
    trail_free(graph->account_of);
    trail_vector_clear(&graph->edges);
    trail_vector_clear(&graph->hubs);
    *graph = (trail_link_graph){0};
}
