#include "reconcile/plain_order.h"

#include <string.h>

#include "base/failure.h"
#include "base/memory.h"
#include "base/sort.h"
#include "reconcile/order_block.h"

/* As order_block.c, on integers: content keys are compared once by sorting (rank of the own number,
 * place), which gives each row a position; the heap then holds positions. A row waits for the
 * previous row of each of its accounts, found through last_seen in one pass. */

#define NO_PLACE UINT32_MAX

trail_status trail_plain_order_init(trail_plain_order *order, const trail_ledger *ledger,
                                    const uint32_t *number_rank, trail_error *err)
{
    *order = (trail_plain_order){.ledger = ledger, .number_rank = number_rank};
    return trail_alloc_zeroed(&order->last_seen, trail_accounts_count(ledger->accounts),
                              sizeof *order->last_seen, err);
}

void trail_plain_order_clear(trail_plain_order *order)
{
    trail_free(order->last_seen);
    trail_free(order->keys);
    trail_free(order->position);
    trail_free(order->next);
    trail_free(order->waiting);
    trail_free(order->heap);
    trail_free(order->placed);
    *order = (trail_plain_order){.ledger = NULL};
}

static trail_status make_room(trail_plain_order *order, size_t count, trail_error *err)
{
    if (count <= order->capacity) return TRAIL_OK;
    size_t room[6] = {0};
    trail_status status = trail_grow(&order->keys, &room[0], count, sizeof *order->keys, err);
    if (status == TRAIL_OK) status = trail_grow(&order->position, &room[1], count, 4, err);
    if (status == TRAIL_OK) status = trail_grow(&order->next, &room[2], 2 * count, 4, err);
    if (status == TRAIL_OK) status = trail_grow(&order->waiting, &room[3], count, 4, err);
    if (status == TRAIL_OK) status = trail_grow(&order->heap, &room[4], count, 4, err);
    if (status == TRAIL_OK) status = trail_grow(&order->placed, &room[5], count, 4, err);
    if (status == TRAIL_OK) order->capacity = count;
    return status;
}

/* The account whose leg the event is, and the payee's if a row is both legs. */
static void accounts_of(const trail_ledger *ledger, uint32_t event, uint32_t accounts[2])
{
    uint32_t payment = event / 2;
    uint16_t flags = ledger->flags[payment];
    accounts[0] = (flags & TRAIL_HAS_DEBIT) != 0 ? ledger->payer[payment] : ledger->payee[payment];
    accounts[1] = (flags & TRAIL_HAS_DEBIT) != 0 && (flags & TRAIL_HAS_CREDIT) != 0 &&
                          ledger->payee[payment] != accounts[0]
                      ? ledger->payee[payment]
                      : TRAIL_NO_ACCOUNT;
}

/* Returns whether any row waits for another. */
static bool link_rows(trail_plain_order *order, const uint32_t *events, uint32_t count)
{
    bool linked = false;
    uint64_t stamp = (uint64_t)++order->block << 32;
    for (uint32_t place = 0; place < count; place++) {
        uint32_t accounts[2];
        accounts_of(order->ledger, events[place], accounts);
        order->waiting[place] = 0;
        order->next[2 * place] = order->next[2 * place + 1] = NO_PLACE;
        uint32_t rank = accounts[0] == TRAIL_NO_ACCOUNT ? 0 : order->number_rank[accounts[0]] + 1;
        order->keys[place] = (uint64_t)rank << 32 | place;
        for (uint32_t side = 0; side < 2; side++) {
            if (accounts[side] == TRAIL_NO_ACCOUNT) continue;
            uint64_t *seen = &order->last_seen[accounts[side]];
            if ((*seen & ~(uint64_t)UINT32_MAX) == stamp) {
                uint32_t slot = (uint32_t)*seen; /* 2·place + side of the previous row */
                order->next[slot] = place;
                order->waiting[place]++;
                linked = true;
            }
            *seen = stamp | (2 * place + side);
        }
    }
    return linked;
}

/* Shell sort with Ciura's gaps: blocks are small, keys are distinct. */
static void sort_keys(uint64_t *keys, size_t count)
{
    static const size_t gaps[] = {510774, 227011, 100894, 44842, 19930, 8858, 3937, 1750,
                                  701,    301,    132,    57,    23,    10,   4,    1};
    for (size_t g = 0; g < TRAIL_LENGTH_OF(gaps); g++) {
        size_t gap = gaps[g];
        for (size_t i = gap; i < count; i++) {
            uint64_t key = keys[i];
            size_t at = i;
            for (; at >= gap && keys[at - gap] > key; at -= gap)
                keys[at] = keys[at - gap];
            keys[at] = key;
        }
    }
}

typedef struct same_rank {
    const trail_plain_order *order;
    const uint32_t *events;
    bool *out_of_memory;
} same_rank;

static int compare_same_rank(const void *context, uint32_t a, uint32_t b)
{
    const same_rank *same = context;
    return trail_event_compare(same->order->ledger, same->order->number_rank, same->events[a],
                               same->events[b], same->out_of_memory);
}

/* Rows of one own account stand in its chain already, so their positions never meet. Rows whose own
 * account is not named stand in none. */
static bool one_account(const trail_plain_order *order, const uint32_t *events, size_t start,
                        size_t end)
{
    uint32_t first[2], other[2];
    accounts_of(order->ledger, events[(uint32_t)order->keys[start]], first);
    if (first[0] == TRAIL_NO_ACCOUNT) return false;
    for (size_t i = start + 1; i < end; i++) {
        accounts_of(order->ledger, events[(uint32_t)order->keys[i]], other);
        if (other[0] != first[0]) return false;
    }
    return true;
}

/* Rows of equal number compare by the rest of their content keys. */
static trail_status settle_equal_ranks(trail_plain_order *order, const uint32_t *events,
                                       size_t count, trail_error *err)
{
    bool out_of_memory = false;
    same_rank same = {order, events, &out_of_memory};
    for (size_t start = 0; start < count;) {
        size_t end = start + 1;
        while (end < count && order->keys[end] >> 32 == order->keys[start] >> 32)
            end++;
        for (size_t i = start; i < end; i++)
            order->heap[i] = (uint32_t)order->keys[i];
        if (end - start > 1 && !one_account(order, events, start, end)) {
            trail_status status =
                trail_sort_numbers(order->heap + start, end - start, compare_same_rank, &same, err);
            if (status != TRAIL_OK) return status;
            if (out_of_memory) return trail_fail_memory(err);
        }
        start = end;
    }
    for (size_t i = 0; i < count; i++)
        order->position[order->heap[i]] = (uint32_t)i;
    for (size_t i = 0; i < count; i++)
        order->keys[i] = order->heap[i]; /* position -> place */
    return TRAIL_OK;
}

static void heap_up(uint32_t *heap, size_t at)
{
    uint32_t item = heap[at];
    for (; at > 0 && item < heap[(at - 1) / 2]; at = (at - 1) / 2)
        heap[at] = heap[(at - 1) / 2];
    heap[at] = item;
}

static uint32_t heap_take(uint32_t *heap, size_t *count)
{
    uint32_t top = heap[0], item = heap[--*count];
    size_t at = 0;
    for (size_t child = 1; child < *count; child = 2 * at + 1) {
        if (child + 1 < *count && heap[child + 1] < heap[child]) child++;
        if (item <= heap[child]) break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = item;
    return top;
}

static void place_linked(trail_plain_order *order, const uint32_t *events, size_t count)
{
    size_t free_count = 0;
    for (uint32_t place = 0; place < count; place++) {
        if (order->waiting[place] > 0) continue;
        order->heap[free_count] = order->position[place];
        heap_up(order->heap, free_count++);
    }
    /* Links go from earlier to later rows, so there is always a free one. */
    for (size_t placed = 0; placed < count; placed++) {
        uint32_t place = (uint32_t)order->keys[heap_take(order->heap, &free_count)];
        order->placed[placed] = events[place];
        for (uint32_t side = 0; side < 2; side++) {
            uint32_t next = order->next[2 * place + side];
            if (next == NO_PLACE || --order->waiting[next] > 0) continue;
            order->heap[free_count] = order->position[next];
            heap_up(order->heap, free_count++);
        }
    }
}

trail_status trail_plain_order_place(trail_plain_order *order, uint32_t *events, size_t count,
                                     trail_error *err)
{
    if (count < 2) return TRAIL_OK;
    trail_status status = make_room(order, count, err);
    if (status != TRAIL_OK) return status;
    bool linked = link_rows(order, events, (uint32_t)count);
    sort_keys(order->keys, count);
    if ((status = settle_equal_ranks(order, events, count, err)) != TRAIL_OK) return status;
    if (linked) {
        place_linked(order, events, count);
    } else {
        for (size_t i = 0; i < count; i++)
            order->placed[i] = events[order->keys[i]];
    }
    memcpy(events, order->placed, count * sizeof *events);
    return TRAIL_OK;
}
