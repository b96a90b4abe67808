#include "reconcile/main_order.h"

#include <string.h>

#include "base/memory.h"
#include "base/sort.h"
#include "reconcile/order_block.h"
#include "reconcile/plain_order.h"
#include "reconcile/time_sort.h"

/* Events are counted into days, a day is cut into instants where every leg has a time and no
 * balance speaks, and each block is ordered: the short way for rows of one file, else by the
 * constraints of order_block.c. Payments then move to the place of their first leg. */

typedef struct day_range {
    int32_t first;
    size_t count;
} day_range;

/* Time of an event that is not adjusted; an adjusted debit takes its credit's. */
typedef struct instant {
    int32_t day, second;
} instant;

static bool is_adjusted(const trail_ledger *ledger, uint32_t payment)
{
    if ((ledger->flags[payment] & TRAIL_TWO_RECORDS) == 0) return false;
    const trail_credit_side *side = trail_ledger_credit_side(ledger, payment);
    if (ledger->booking_day[payment] != side->booking_day)
        return ledger->booking_day[payment] > side->booking_day;
    return side->booking_second != TRAIL_NO_TIME &&
           ledger->booking_second[payment] > side->booking_second;
}

static instant instant_of(const trail_ledger *ledger, uint32_t event)
{
    uint32_t payment = event / 2;
    if (event % 2 == 1 || (ledger->flags[payment] & TRAIL_ORDER_ADJUSTED) != 0) {
        const trail_credit_side *side = trail_ledger_credit_side(ledger, payment);
        return (instant){side->booking_day, side->booking_second};
    }
    return (instant){ledger->booking_day[payment], ledger->booking_second[payment]};
}

static void mark_adjusted(trail_ledger *ledger, size_t *event_count)
{
    *event_count = ledger->count;
    for (uint32_t i = 0; i < ledger->count; i++) {
        ledger->flags[i] &= (uint16_t) ~(TRAIL_ORDER_ADJUSTED | TRAIL_ORDER_SENSITIVE);
        if ((ledger->flags[i] & TRAIL_TWO_RECORDS) == 0) continue;
        (*event_count)++;
        if (is_adjusted(ledger, i)) ledger->flags[i] |= TRAIL_ORDER_ADJUSTED;
    }
}

static day_range find_range(const trail_ledger *ledger)
{
    if (ledger->count == 0) return (day_range){0, 0};
    int32_t first = ledger->booking_day[0], last = first;
    for (size_t i = 1; i < ledger->count; i++) {
        if (ledger->booking_day[i] < first) first = ledger->booking_day[i];
        if (ledger->booking_day[i] > last) last = ledger->booking_day[i];
    }
    const trail_credit_side *sides = ledger->credit_sides.items;
    for (size_t i = 0; i < ledger->credit_sides.count; i++) {
        if (sides[i].booking_day < first) first = sides[i].booking_day;
        if (sides[i].booking_day > last) last = sides[i].booking_day;
    }
    return (day_range){first, (size_t)(last - first) + 1};
}

/* Counting sort of events by day; day_start[d] is the first event of day d. */
static trail_status sort_into_days(const trail_ledger *ledger, day_range range, uint32_t *events,
                                   uint32_t **day_start, trail_error *err)
{
    trail_status status = trail_alloc_zeroed(day_start, range.count + 2, sizeof **day_start, err);
    if (status != TRAIL_OK) return status;
    uint32_t *start = *day_start;
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < ledger->count; i++) {
            bool two = (ledger->flags[i] & TRAIL_TWO_RECORDS) != 0;
            for (uint32_t event = 2 * i; event <= 2 * i + (two ? 1 : 0); event++) {
                size_t day = (size_t)(instant_of(ledger, event).day - range.first);
                if (pass == 0)
                    start[day + 2]++;
                else
                    events[start[day + 1]++] = event;
            }
        }
        for (size_t day = 2; pass == 0 && day < range.count + 2; day++)
            start[day] += start[day - 1];
    }
    return TRAIL_OK;
}

typedef struct day_traits {
    bool timed;    /* every leg has a time */
    bool untimed;  /* no leg has one */
    bool balanced; /* some leg has a balance */
    bool plain;    /* rows of one file, none with TWO_RECORDS */
} day_traits;

static bool has_balance(const trail_ledger *ledger, const trail_file *file, uint32_t record)
{
    if (file->details == NULL) return false;
    const trail_detail *detail = trail_records_detail(&ledger->records, record);
    return detail != NULL && detail->has_balance;
}

static day_traits look_at_day(const trail_ledger *ledger, const trail_order_memory *memory,
                              const uint32_t *events, size_t count)
{
    day_traits traits = {.timed = true, .untimed = true, .plain = true};
    const trail_file *file = trail_records_file(&ledger->records, ledger->record[events[0] / 2]);
    const trail_file *files = ledger->records.files.items;
    if (trail_order_memory_turned_file(memory, (uint32_t)(file - files))) traits.plain = false;
    for (size_t i = 0; i < count; i++) {
        uint32_t payment = events[i] / 2;
        const trail_credit_side *side =
            events[i] % 2 == 1 ? trail_ledger_credit_side(ledger, payment) : NULL;
        uint32_t record = side != NULL ? side->record : ledger->record[payment];
        if (record < file->first_record || record - file->first_record >= file->record_count) {
            traits.plain = false;
            file = trail_records_file(&ledger->records, record);
        }
        if ((ledger->flags[payment] & TRAIL_TWO_RECORDS) != 0) traits.plain = false;
        if (instant_of(ledger, events[i]).second == TRAIL_NO_TIME)
            traits.timed = false;
        else
            traits.untimed = false;
        if (has_balance(ledger, file, record)) traits.balanced = true;
    }
    return traits;
}

static int compare_instants(const void *context, uint32_t a, uint32_t b)
{
    const trail_ledger *ledger = context;
    int32_t first = instant_of(ledger, a).second, second = instant_of(ledger, b).second;
    if (first != second) return first < second ? -1 : 1;
    uint32_t first_record = ledger->record[a / 2], second_record = ledger->record[b / 2];
    if (first_record != second_record) return first_record < second_record ? -1 : 1;
    return a < b ? -1 : a > b;
}

static int compare_record_order(const void *context, uint32_t a, uint32_t b)
{
    const trail_ledger *ledger = context;
    uint32_t first = ledger->record[a / 2], second = ledger->record[b / 2];
    return first < second ? -1 : first > second;
}

static bool is_sorted(const trail_ledger *ledger, const uint32_t *events, size_t count,
                      int (*compare)(const void *context, uint32_t a, uint32_t b))
{
    for (size_t i = 1; i < count; i++) {
        if (compare(ledger, events[i - 1], events[i]) > 0) return false;
    }
    return true;
}

typedef struct day_orderer {
    trail_ledger *ledger;
    trail_order_block block;
    trail_plain_order plain;
} day_orderer;

static trail_status place_block(day_orderer *orderer, uint32_t *events, size_t count, bool plain,
                                trail_error *err)
{
    if (count < 2) return TRAIL_OK;
    if (plain) return trail_plain_order_place(&orderer->plain, events, count, err);
    trail_order_block *block = &orderer->block;
    block->sorted.count = block->forced.count = 0;
    for (size_t i = 0; i < count; i++) {
        trail_status status = trail_order_block_add(block, events[i], err);
        if (status != TRAIL_OK) return status;
    }
    trail_status status = trail_order_block_place(block, err);
    if (status != TRAIL_OK) return status;
    memcpy(events, block->sorted.items, count * sizeof *events);
    const uint32_t *forced = block->forced.items;
    for (size_t i = 0; i < block->forced.count; i++)
        orderer->ledger->flags[forced[i] / 2] |= TRAIL_ORDER_SENSITIVE;
    return TRAIL_OK;
}

static trail_status place_day(day_orderer *orderer, uint32_t *events, size_t count,
                              day_traits traits, trail_error *err)
{
    trail_ledger *ledger = orderer->ledger;
    bool instants = traits.timed && !traits.balanced;
    int (*compare)(const void *, uint32_t, uint32_t) =
        instants ? compare_instants : compare_record_order;
    if (!is_sorted(ledger, events, count, compare)) {
        trail_status status = trail_sort_numbers(events, count, compare, ledger, err);
        if (status != TRAIL_OK) return status;
    }
    if (!instants)
        return place_block(orderer, events, count,
                           traits.plain && !traits.balanced && traits.untimed, err);
    for (size_t start = 0; start < count;) {
        size_t end = start + 1;
        int32_t second = instant_of(ledger, events[start]).second;
        while (end < count && instant_of(ledger, events[end]).second == second)
            end++;
        trail_status status = place_block(orderer, events + start, end - start, traits.plain, err);
        if (status != TRAIL_OK) return status;
        start = end;
    }
    return TRAIL_OK;
}

static trail_status order_day(day_orderer *orderer, uint32_t *events, size_t count,
                              trail_error *err)
{
    trail_order_memory *memory = &orderer->block.memory;
    if (count == 0) return TRAIL_OK;
    day_traits traits = look_at_day(orderer->ledger, memory, events, count);
    trail_status status = count < 2 ? TRAIL_OK : place_day(orderer, events, count, traits, err);
    for (size_t i = 0; traits.balanced && i < count && status == TRAIL_OK; i++)
        status = trail_order_memory_note(memory, orderer->ledger, events[i], err);
    return status;
}

/* order[i] is the payment that comes i-th, place[payment] = i; events are renumbered. */
static void number_payments(uint32_t *events, size_t event_count, uint32_t *order, uint32_t *place)
{
    uint32_t count = 0;
    for (size_t i = 0; i < event_count; i++) {
        uint32_t payment = events[i] / 2;
        if (place[payment] == TRAIL_NO_PAYMENT) {
            order[count] = payment;
            place[payment] = count++;
        }
        events[i] = 2 * place[payment] + events[i] % 2;
    }
}

/* Rows that are one event each: the events themselves become the order, in place. */
static trail_status apply_single_events(trail_ledger *ledger, uint32_t *events, trail_error *err)
{
    bool moved = false;
    for (size_t i = 0; i < ledger->count; i++) {
        events[i] /= 2;
        moved = moved || events[i] != i;
    }
    return moved ? trail_ledger_permute(ledger, events, err) : TRAIL_OK;
}

/* Payments in the order of their first event. Events are kept only when they say more than the
 * payments' own order does. Takes events. */
static trail_status apply_order(trail_ledger *ledger, uint32_t *taken_events, size_t event_count,
                                uint32_t **moved, trail_error *err)
{
    uint32_t *order = NULL, *place = NULL;
    trail_status status;
    if (event_count == ledger->count && moved == NULL) {
        status = apply_single_events(ledger, taken_events, err);
        goto cleanup;
    }
    status = trail_alloc_zeroed(&order, ledger->count, sizeof *order, err);
    if (status == TRAIL_OK) status = trail_alloc_zeroed(&place, ledger->count, sizeof *place, err);
    if (status != TRAIL_OK) goto cleanup;
    for (size_t i = 0; i < ledger->count; i++)
        place[i] = TRAIL_NO_PAYMENT;
    number_payments(taken_events, event_count, order, place);
    if ((status = trail_ledger_permute(ledger, order, err)) != TRAIL_OK) goto cleanup;
    if (event_count != ledger->count) {
        ledger->events = taken_events;
        ledger->event_count = event_count;
        taken_events = NULL;
    }
    if (moved != NULL) {
        *moved = place;
        place = NULL;
    }
cleanup:
    trail_free(order);
    trail_free(place);
    trail_free(taken_events);
    return status;
}

static trail_status order_days(trail_ledger *ledger, uint32_t *events, trail_error *err)
{
    uint32_t *day_start = NULL, *number_rank = NULL;
    day_orderer orderer = {.ledger = ledger};
    day_range range = find_range(ledger);
    trail_status status = sort_into_days(ledger, range, events, &day_start, err);
    if (status == TRAIL_OK)
        status = trail_accounts_number_ranks(ledger->accounts, &number_rank, err);
    if (status == TRAIL_OK)
        status = trail_order_block_init(&orderer.block, ledger, number_rank, err);
    if (status == TRAIL_OK)
        status = trail_plain_order_init(&orderer.plain, ledger, number_rank, err);
    for (size_t day = 0; day < range.count && status == TRAIL_OK; day++)
        status =
            order_day(&orderer, events + day_start[day], day_start[day + 1] - day_start[day], err);
    trail_order_block_clear(&orderer.block);
    trail_plain_order_clear(&orderer.plain);
    trail_free(day_start);
    trail_free(number_rank);
    return status;
}

trail_status trail_main_order(trail_ledger *ledger, uint32_t **moved, trail_error *err)
{
    size_t event_count;
    uint32_t *events = NULL;
    mark_adjusted(ledger, &event_count);
    trail_status status = TRAIL_OK;
    if (event_count == ledger->count && moved == NULL) status = trail_time_sort(ledger, err);
    if (status == TRAIL_OK) status = trail_alloc_zeroed(&events, event_count, sizeof *events, err);
    if (status == TRAIL_OK) status = order_days(ledger, events, err);
    if (status != TRAIL_OK) {
        trail_free(events);
        return status;
    }
    status = apply_order(ledger, events, event_count, moved, err);
    ledger->finished = status == TRAIL_OK;
    return status;
}
