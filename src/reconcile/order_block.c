#include "reconcile/order_block.h"

#include <string.h>

#include "base/failure.h"
#include "base/memory.h"
#include "base/sort.h"
#include "model/money.h"
#include "model/published_id.h"
#include "reconcile/own_order.h"

/* Kahn's topological sort (1962) with a heap: among the legs free to go, no time before time,
 * earlier time, then content key. When none is free the constraints contradict each other: the
 * smallest content key goes first and is marked. */

#define NO_NODE UINT32_MAX

typedef struct chain_link {
    uint32_t account;
    uint32_t node;
} chain_link;

trail_status trail_order_block_init(trail_order_block *block, const trail_ledger *ledger,
                                    const uint32_t *number_rank, trail_error *err)
{
    *block = (trail_order_block){.ledger = ledger, .number_rank = number_rank};
    block->nodes = trail_vector_of(sizeof(trail_order_node));
    block->chain = trail_vector_of(sizeof(chain_link));
    block->heap = trail_vector_of(sizeof(uint32_t));
    block->sorted = trail_vector_of(sizeof(uint32_t));
    block->forced = trail_vector_of(sizeof(uint32_t));
    return trail_order_memory_init(&block->memory, ledger, err);
}

void trail_order_block_clear(trail_order_block *block)
{
    trail_vector_clear(&block->nodes);
    trail_vector_clear(&block->chain);
    trail_vector_clear(&block->heap);
    trail_vector_clear(&block->sorted);
    trail_vector_clear(&block->forced);
    trail_order_memory_clear(&block->memory);
}

static bool is_credit_event(const trail_ledger *ledger, uint32_t event)
{
    uint16_t flags = ledger->flags[event / 2];
    return event % 2 == 1 || (flags & TRAIL_HAS_DEBIT) == 0;
}

static trail_leg leg_of(const trail_ledger *ledger, uint32_t event)
{
    return is_credit_event(ledger, event) ? trail_ledger_credit(ledger, event / 2)
                                          : trail_ledger_debit(ledger, event / 2);
}

static uint32_t file_of(const trail_ledger *ledger, uint32_t record)
{
    const trail_file *files = ledger->records.files.items;
    return (uint32_t)(trail_records_file(&ledger->records, record) - files);
}

/* Out of memory is told apart, for the records would decide otherwise then. */
static int compare_content(const trail_ledger *ledger, uint32_t a, uint32_t b, bool *out_of_memory)
{
    trail_text first = {0}, second = {0};
    int order = 0;
    if (trail_content_key(ledger, a / 2, is_credit_event(ledger, a), &first, NULL) == TRAIL_OK &&
        trail_content_key(ledger, b / 2, is_credit_event(ledger, b), &second, NULL) == TRAIL_OK)
        order = trail_slice_compare(trail_text_slice(&first), trail_text_slice(&second));
    else
        *out_of_memory = true;
    trail_text_clear(&first);
    trail_text_clear(&second);
    return order;
}

int trail_evidence_compare(const trail_ledger *ledger, uint32_t a, uint32_t b)
{
    const trail_file *first = trail_records_file(&ledger->records, a);
    const trail_file *second = trail_records_file(&ledger->records, b);
    if (first != second) {
        int order = memcmp(first->hash, second->hash, TRAIL_DIGEST_SIZE);
        if (order != 0) return order;
        return strcmp(first->name, second->name);
    }
    return a < b ? -1 : a > b;
}

int trail_event_compare(const trail_ledger *ledger, const uint32_t *number_rank, uint32_t a,
                        uint32_t b, bool *out_of_memory)
{
    trail_leg first = leg_of(ledger, a), second = leg_of(ledger, b);
    uint32_t first_rank = first.account == TRAIL_NO_ACCOUNT ? 0 : number_rank[first.account] + 1;
    uint32_t second_rank = second.account == TRAIL_NO_ACCOUNT ? 0 : number_rank[second.account] + 1;
    if (first_rank != second_rank) return first_rank < second_rank ? -1 : 1;
    int order = compare_content(ledger, a, b, out_of_memory);
    if (order != 0) return order;
    const unsigned both = TRAIL_HAS_DEBIT | TRAIL_HAS_CREDIT;
    unsigned first_has = ledger->flags[a / 2] & both, second_has = ledger->flags[b / 2] & both;
    if (first_has != second_has) return first_has < second_has ? -1 : 1;
    order = trail_evidence_compare(ledger, first.record, second.record);
    return order != 0 ? order : (a < b ? -1 : a > b);
}

/* A debit booked after its own credit: taken just before it, outside its account's order. */
static bool is_adjusted_debit(const trail_ledger *ledger, uint32_t event)
{
    return event % 2 == 0 && (ledger->flags[event / 2] & TRAIL_ORDER_ADJUSTED) != 0;
}

trail_status trail_order_block_add(trail_order_block *block, uint32_t event, trail_error *err)
{
    const trail_ledger *ledger = block->ledger;
    if (is_adjusted_debit(ledger, event)) return TRAIL_OK; /* placed with its credit */
    trail_order_node *node = trail_vector_add(&block->nodes, err);
    if (node == NULL) return TRAIL_NO_MEMORY;
    trail_leg leg = leg_of(ledger, event);
    uint16_t flags = ledger->flags[event / 2];
    uint8_t both = TRAIL_HAS_DEBIT | TRAIL_HAS_CREDIT;
    *node = (trail_order_node){.event = event,
                               .accounts = {leg.account, TRAIL_NO_ACCOUNT},
                               .second = leg.booking_second,
                               .record = leg.record,
                               .file = file_of(ledger, leg.record),
                               .next = {NO_NODE, NO_NODE, NO_NODE}};
    if ((flags & both) == both && (flags & TRAIL_TWO_RECORDS) == 0)
        node->accounts[1] = ledger->payee[event / 2];
    return TRAIL_OK;
}

static trail_order_node *node_at(const trail_order_block *block, uint32_t index)
{
    return trail_vector_at(&block->nodes, index);
}

static void link_nodes(trail_order_block *block, uint32_t earlier, uint32_t later, size_t slot)
{
    node_at(block, earlier)->next[slot] = later;
    node_at(block, later)->waiting++;
}

static int compare_links(const void *context, const void *a, const void *b)
{
    (void)context;
    const chain_link *first = a, *second = b;
    if (first->account != second->account) return first->account < second->account ? -1 : 1;
    return first->node < second->node ? -1 : first->node > second->node;
}

static trail_status collect_links(trail_order_block *block, trail_error *err)
{
    block->chain.count = 0;
    for (uint32_t i = 0; i < block->nodes.count; i++) {
        const trail_order_node *node = node_at(block, i);
        for (size_t side = 0; side < 2; side++) {
            chain_link link = {node->accounts[side], i};
            if (link.account == TRAIL_NO_ACCOUNT ||
                (side == 1 && node->accounts[0] == link.account))
                continue;
            trail_status status = trail_vector_push(&block->chain, &link, err);
            if (status != TRAIL_OK) return status;
        }
    }
    return trail_sort_items(block->chain.items, block->chain.count, sizeof(chain_link),
                            compare_links, NULL, err);
}

/* One account's legs become a chain of successors (several chains where files do not decide). */
static trail_status chain_account(trail_order_block *block, const chain_link *links, size_t count,
                                  trail_error *err)
{
    uint32_t *members = NULL;
    bool *linked = NULL;
    trail_status status = trail_alloc_zeroed(&members, count, sizeof *members, err);
    if (status == TRAIL_OK) status = trail_alloc_zeroed(&linked, count, sizeof *linked, err);
    if (status != TRAIL_OK) goto cleanup;
    for (size_t i = 0; i < count; i++)
        members[i] = links[i].node;
    status = trail_own_order(block->ledger, block->number_rank, block->nodes.items, &block->memory,
                             links->account, members, count, linked, &block->out_of_memory, err);
    for (size_t i = 0; status == TRAIL_OK && i + 1 < count; i++) {
        size_t slot = node_at(block, members[i])->accounts[0] == links->account ? 0 : 1;
        if (linked[i]) link_nodes(block, members[i], members[i + 1], slot);
    }
cleanup:
    trail_free(members);
    trail_free(linked);
    return status;
}

static trail_status chain_accounts(trail_order_block *block, trail_error *err)
{
    const chain_link *links = block->chain.items;
    for (size_t start = 0; start < block->chain.count;) {
        size_t end = start + 1;
        while (end < block->chain.count && links[end].account == links[start].account)
            end++;
        if (end - start > 1) {
            trail_status status = chain_account(block, links + start, end - start, err);
            if (status != TRAIL_OK) return status;
        }
        start = end;
    }
    return TRAIL_OK;
}

static int compare_events(const void *context, uint32_t a, uint32_t b)
{
    const trail_order_block *block = context;
    uint32_t first = node_at(block, a)->event, second = node_at(block, b)->event;
    return first < second ? -1 : first > second;
}

/* A payment's debit before its credit, where both stand in this block. */
static trail_status link_payments(trail_order_block *block, trail_error *err)
{
    uint32_t *order = NULL;
    size_t count = block->nodes.count;
    bool any = false;
    for (uint32_t i = 0; i < count && !any; i++)
        any = node_at(block, i)->event % 2 == 1;
    if (!any) return TRAIL_OK;
    trail_status status = trail_alloc_zeroed(&order, count, sizeof *order, err);
    if (status != TRAIL_OK) return status;
    for (uint32_t i = 0; i < count; i++)
        order[i] = i;
    status = trail_sort_numbers(order, count, compare_events, block, err);
    for (size_t i = 1; status == TRAIL_OK && i < count; i++) {
        uint32_t debit = node_at(block, order[i - 1])->event;
        if (debit % 2 == 0 && node_at(block, order[i])->event == debit + 1) {
            link_nodes(block, order[i - 1], order[i], 2);
            node_at(block, order[i])->debit_waits = true;
        }
    }
    trail_free(order);
    return status;
}

static bool goes_before(trail_order_block *block, uint32_t a, uint32_t b)
{
    const trail_order_node *first = node_at(block, a), *second = node_at(block, b);
    if (first->second != second->second) return first->second < second->second;
    return trail_event_compare(block->ledger, block->number_rank, first->event, second->event,
                               &block->out_of_memory) < 0;
}

static trail_status heap_push(trail_order_block *block, uint32_t node, trail_error *err)
{
    trail_status status = trail_vector_push(&block->heap, &node, err);
    if (status != TRAIL_OK) return status;
    uint32_t *heap = block->heap.items;
    size_t at = block->heap.count - 1;
    while (at > 0 && goes_before(block, heap[at], heap[(at - 1) / 2])) {
        uint32_t swap = heap[at];
        heap[at] = heap[(at - 1) / 2];
        heap[(at - 1) / 2] = swap;
        at = (at - 1) / 2;
    }
    return TRAIL_OK;
}

static uint32_t heap_pop(trail_order_block *block)
{
    uint32_t *heap = block->heap.items;
    uint32_t top = heap[0];
    heap[0] = heap[--block->heap.count];
    size_t count = block->heap.count;
    for (size_t at = 0;;) {
        size_t least = at, left = 2 * at + 1, right = left + 1;
        if (left < count && goes_before(block, heap[left], heap[least])) least = left;
        if (right < count && goes_before(block, heap[right], heap[least])) least = right;
        if (least == at) return top;
        uint32_t swap = heap[at];
        heap[at] = heap[least];
        heap[least] = swap;
        at = least;
    }
}

/* The smallest content key among the nodes not placed, but never a credit before its debit. */
static uint32_t smallest_left(trail_order_block *block)
{
    uint32_t best = NO_NODE;
    for (uint32_t i = 0; i < block->nodes.count; i++) {
        if (node_at(block, i)->placed || node_at(block, i)->debit_waits) continue;
        if (best == NO_NODE ||
            trail_event_compare(block->ledger, block->number_rank, node_at(block, i)->event,
                                node_at(block, best)->event, &block->out_of_memory) < 0)
            best = i;
    }
    return best;
}

static trail_status place_node(trail_order_block *block, uint32_t index, trail_error *err)
{
    trail_order_node *node = node_at(block, index);
    uint32_t debit = node->event - 1;
    trail_status status = TRAIL_OK;
    node->placed = true;
    if (node->event % 2 == 1 && is_adjusted_debit(block->ledger, debit))
        status = trail_vector_push(&block->sorted, &debit, err);
    if (status == TRAIL_OK) status = trail_vector_push(&block->sorted, &node->event, err);
    if (node->next[2] != NO_NODE) node_at(block, node->next[2])->debit_waits = false;
    for (size_t slot = 0; slot < 3 && status == TRAIL_OK; slot++) {
        uint32_t next = node->next[slot];
        if (next == NO_NODE) continue;
        trail_order_node *later = node_at(block, next);
        if (--later->waiting == 0 && !later->placed) status = heap_push(block, next, err);
    }
    return status;
}

/* A leg that goes first on a contradiction leaves its place in its accounts' orders: what came
 * after it goes on waiting for what came before it. */
static void leave_chains(trail_order_block *block, uint32_t index)
{
    trail_order_node *node = node_at(block, index);
    for (uint32_t i = 0; i < block->nodes.count; i++) {
        trail_order_node *earlier = node_at(block, i);
        for (size_t side = 0; side < 2 && !earlier->placed; side++) {
            if (earlier->next[side] != index) continue;
            size_t slot = node->accounts[0] == earlier->accounts[side] ? 0 : 1;
            earlier->next[side] = node->next[slot];
            node->next[slot] = NO_NODE;
        }
    }
}

trail_status trail_order_block_place(trail_order_block *block, trail_error *err)
{
    trail_status status = collect_links(block, err);
    if (status == TRAIL_OK) status = chain_accounts(block, err);
    if (status == TRAIL_OK) status = link_payments(block, err);
    block->heap.count = 0;
    for (uint32_t i = 0; i < block->nodes.count && status == TRAIL_OK; i++) {
        if (node_at(block, i)->waiting == 0) status = heap_push(block, i, err);
    }
    for (size_t placed = 0; placed < block->nodes.count && status == TRAIL_OK; placed++) {
        if (block->heap.count > 0) {
            status = place_node(block, heap_pop(block), err);
            continue;
        }
        uint32_t forced = smallest_left(block);
        leave_chains(block, forced);
        status = trail_vector_push(&block->forced, &node_at(block, forced)->event, err);
        if (status == TRAIL_OK) status = place_node(block, forced, err);
    }
    block->nodes.count = 0;
    return status == TRAIL_OK && block->out_of_memory ? trail_fail_memory(err) : status;
}
