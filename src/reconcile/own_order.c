#include "reconcile/own_order.h"

#include <string.h>

#include "base/memory.h"
#include "base/sort.h"
#include "base/wide.h"
#include "reconcile/balance_walk.h"

/* Balances decide when the legs, each an edge from the balance before it to the balance after it,
 * form one walk (balance_walk.c). The order that would hold without balances (time, else record
 * order) is kept if it is one, else its reverse, else the walk that is found. A walk that begins
 * where the account's last balance stands goes before all others; without any walk the balances
 * decide nothing. */

typedef struct own_legs {
    const trail_ledger *ledger;
    const uint32_t *number_rank;
    const trail_order_node *nodes;
    const trail_order_memory *memory;
    uint32_t account;
    bool *out_of_memory;
} own_legs;

static int compare_records(const void *context, uint32_t a, uint32_t b)
{
    const own_legs *own = context;
    uint32_t first = own->nodes[a].record, second = own->nodes[b].record;
    if (first != second) {
        int order = trail_evidence_compare(own->ledger, first, second);
        bool turned = own->nodes[a].file == own->nodes[b].file &&
                      trail_order_memory_turned(own->memory, own->nodes[a].file, own->account);
        return turned ? -order : order;
    }
    return own->nodes[a].event < own->nodes[b].event ? -1 : 1; /* a row's debit first */
}

static int compare_times(const void *context, uint32_t a, uint32_t b)
{
    const own_legs *own = context;
    const trail_order_node *first = &own->nodes[a], *second = &own->nodes[b];
    if (first->second != second->second) return first->second < second->second ? -1 : 1;
    return compare_records(context, a, b);
}

/* Of the chains members[from[f]..end[f]), the one whose first leg has the smallest content key. */
static size_t choose_chain(const own_legs *own, const uint32_t *members, const size_t *from,
                           const size_t *end, size_t chain_count)
{
    size_t best = chain_count;
    for (size_t f = 0; f < chain_count; f++) {
        if (from[f] == end[f]) continue;
        if (best == chain_count ||
            trail_event_compare(own->ledger, own->number_rank, own->nodes[members[from[f]]].event,
                                own->nodes[members[from[best]]].event, own->out_of_memory) < 0)
            best = f;
    }
    return best;
}

/* Legs of several files, sorted by file: each file's stay in record order, and the content keys
 * choose between the files. */
static trail_status merge_files(const own_legs *own, uint32_t *members, size_t count,
                                trail_error *err)
{
    const trail_order_node *nodes = own->nodes;
    if (nodes[members[0]].file == nodes[members[count - 1]].file) return TRAIL_OK;
    size_t *from = NULL, *end = NULL, chain_count = 0;
    uint32_t *copy = NULL;
    trail_status status = trail_alloc_zeroed(&from, count, sizeof *from, err);
    if (status == TRAIL_OK) status = trail_alloc_zeroed(&end, count, sizeof *end, err);
    if (status == TRAIL_OK) status = trail_alloc_zeroed(&copy, count, sizeof *copy, err);
    if (status != TRAIL_OK) goto cleanup;
    for (size_t i = 0; i < count; i++) {
        copy[i] = members[i];
        if (i == 0 || nodes[members[i]].file != nodes[members[i - 1]].file) from[chain_count++] = i;
        end[chain_count - 1] = i + 1;
    }
    for (size_t i = 0; i < count; i++)
        members[i] = copy[from[choose_chain(own, copy, from, end, chain_count)]++];
cleanup:
    trail_free(from);
    trail_free(end);
    trail_free(copy);
    return status;
}

/* By time if all members have one; within one second, or without times, by record and content. */
static trail_status sort_without_balances(const own_legs *own, uint32_t *members, size_t count,
                                          bool timed, trail_error *err)
{
    trail_status status =
        trail_sort_numbers(members, count, timed ? compare_times : compare_records, own, err);
    for (size_t start = 0; start < count && status == TRAIL_OK;) {
        int32_t second = own->nodes[members[start]].second;
        size_t end = start + 1;
        while (end < count && (!timed || own->nodes[members[end]].second == second))
            end++;
        status = merge_files(own, members + start, end - start, err);
        start = end;
    }
    return status;
}

static trail_currency currency_of(const own_legs *own, uint32_t member)
{
    const trail_order_node *node = &own->nodes[member];
    uint32_t payment = node->event / 2;
    bool credit = node->event % 2 == 1 || own->ledger->payer[payment] != own->account;
    return credit ? trail_ledger_credit(own->ledger, payment).currency
                  : own->ledger->currency[payment];
}

/* Signed effect of the leg on the account and the balance after it; false if not recorded. */
static bool balances_of(const own_legs *own, uint32_t member, int64_t *before, int64_t *after)
{
    const trail_order_node *node = &own->nodes[member];
    const trail_detail *detail = trail_records_detail(&own->ledger->records, node->record);
    if (detail == NULL || !detail->has_balance) return false;
    uint32_t payment = node->event / 2;
    bool credit = node->event % 2 == 1 || own->ledger->payer[payment] != own->account;
    trail_leg leg = credit ? trail_ledger_credit(own->ledger, payment)
                           : trail_ledger_debit(own->ledger, payment);
    *after = detail->balance_minor;
    return credit ? trail_sub_checked(*after, leg.amount_minor, before)
                  : trail_add_checked(*after, leg.amount_minor, before);
}

/* The last balance of the pocket, if all members are of one currency. */
static bool find_start(const own_legs *own, const uint32_t *members, size_t count, int64_t *start)
{
    trail_currency currency = currency_of(own, members[0]);
    for (size_t i = 1; i < count; i++) {
        if (currency_of(own, members[i]) != currency) return false;
    }
    return trail_order_memory_balance(own->memory, own->account, currency, start);
}

/* Members stand as they would without balances. *decided: members are now in the order of their
 * balances. */
static trail_status order_by_balances(const own_legs *own, uint32_t *members, size_t count,
                                      bool *decided, trail_error *err)
{
    trail_balance_step *steps = NULL;
    uint32_t *order = NULL;
    int64_t start = 0;
    *decided = false;
    trail_status status = TRAIL_OK;
    trail_balance_step first;
    if (!balances_of(own, members[0], &first.before, &first.after)) return TRAIL_OK;
    status = trail_alloc_zeroed(&steps, count, sizeof *steps, err);
    if (status == TRAIL_OK) status = trail_alloc_zeroed(&order, count, sizeof *order, err);
    for (size_t i = 0; i < count && status == TRAIL_OK; i++) {
        if (!balances_of(own, members[i], &steps[i].before, &steps[i].after)) goto cleanup;
    }
    if (status == TRAIL_OK && find_start(own, members, count, &start))
        status = trail_balance_walk(steps, count, &start, 0, order, decided, err);
    if (status == TRAIL_OK && !*decided)
        status = trail_balance_walk(steps, count, NULL, 0, order, decided, err);
    if (status != TRAIL_OK || !*decided) goto cleanup;
    for (size_t i = 0; i < count; i++)
        order[i] = members[order[i]];
    memcpy(members, order, count * sizeof *members);
cleanup:
    trail_free(steps);
    trail_free(order);
    return status;
}

trail_status trail_own_order(const trail_ledger *ledger, const uint32_t *number_rank,
                             const trail_order_node *nodes, const trail_order_memory *memory,
                             uint32_t account, uint32_t *members, size_t count, bool *linked,
                             bool *out_of_memory, trail_error *err)
{
    own_legs own = {ledger, number_rank, nodes, memory, account, out_of_memory};
    bool decided = false, timed = true, one_file = true;
    for (size_t i = 0; i < count; i++) {
        timed = timed && nodes[members[i]].second != TRAIL_NO_TIME;
        one_file = one_file && nodes[members[i]].file == nodes[members[0]].file;
        linked[i] = true;
    }
    trail_status status = sort_without_balances(&own, members, count, timed, err);
    if (status == TRAIL_OK) status = order_by_balances(&own, members, count, &decided, err);
    if (status != TRAIL_OK || decided || timed || one_file) return status;
    /* Between files the content keys decide, as they free up. */
    status = trail_sort_numbers(members, count, compare_records, &own, err);
    for (size_t i = 0; i + 1 < count; i++)
        linked[i] = nodes[members[i]].file == nodes[members[i + 1]].file;
    return status;
}
