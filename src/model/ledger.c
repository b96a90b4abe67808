#include "model/ledger.h"

#include <stddef.h>
#include <string.h>

#include "base/failure.h"
#include "base/memory.h"

/* 2·payment+1 must fit an event number. */
#define PAYMENT_LIMIT ((size_t)1 << 31)
enum { FIRST_CAPACITY = 1024 };

/* The hot columns, in one table so that growing, freeing and moving them is one loop. */
typedef struct hot_column {
    size_t offset;
    size_t item_size;
} hot_column;

static const hot_column hot_columns[] = {
    {offsetof(trail_ledger, payer), sizeof(uint32_t)},
    {offsetof(trail_ledger, payee), sizeof(uint32_t)},
    {offsetof(trail_ledger, amount_minor), sizeof(int64_t)},
    {offsetof(trail_ledger, booking_day), sizeof(int32_t)},
    {offsetof(trail_ledger, booking_second), sizeof(int32_t)},
    {offsetof(trail_ledger, currency), sizeof(trail_currency)},
    {offsetof(trail_ledger, kind), sizeof(uint8_t)},
    {offsetof(trail_ledger, flags), sizeof(uint16_t)},
    {offsetof(trail_ledger, record), sizeof(uint32_t)},
};

static void *column_get(const trail_ledger *ledger, const hot_column *column)
{
    void *items;
    memcpy(&items, (const char *)ledger + column->offset, sizeof items);
    return items;
}

static void column_set(trail_ledger *ledger, const hot_column *column, void *items)
{
    memcpy((char *)ledger + column->offset, &items, sizeof items);
}

trail_status trail_ledger_init(trail_ledger *ledger, trail_error *err)
{
    *ledger = (trail_ledger){.count = 0};
    trail_records_init(&ledger->records);
    ledger->credit_sides = trail_vector_of(sizeof(trail_credit_side));
    ledger->openings = trail_vector_of(sizeof(trail_opening));
    ledger->observations = trail_vector_of(sizeof(trail_observation));
    ledger->attached = trail_vector_of(sizeof(trail_attached));
    ledger->leg_copies = trail_vector_of(sizeof(trail_leg_copy));
    ledger->statements = trail_vector_of(sizeof(trail_statement));
    ledger->wires = trail_vector_of(sizeof(trail_wire));
    ledger->outside = trail_vector_of(sizeof(trail_outside));
    ledger->messages = trail_vector_of(sizeof(trail_message));
    trail_status status = trail_strings_new(&ledger->strings, err);
    if (status == TRAIL_OK) status = trail_accounts_new(&ledger->accounts, err);
    if (status != TRAIL_OK) trail_ledger_clear(ledger);
    return status;
}

void trail_ledger_clear(trail_ledger *ledger)
{
    for (size_t i = 0; i < TRAIL_LENGTH_OF(hot_columns); i++)
        trail_free(column_get(ledger, &hot_columns[i]));
    trail_strings_free(ledger->strings);
    trail_accounts_free(ledger->accounts);
    trail_records_clear(&ledger->records);
    trail_vector_clear(&ledger->credit_sides);
    trail_vector_clear(&ledger->openings);
    trail_vector_clear(&ledger->observations);
    trail_vector_clear(&ledger->attached);
    trail_vector_clear(&ledger->leg_copies);
    trail_vector_clear(&ledger->statements);
    trail_vector_clear(&ledger->wires);
    trail_vector_clear(&ledger->outside);
    trail_vector_clear(&ledger->messages);
    trail_free(ledger->events);
    *ledger = (trail_ledger){.count = 0};
}

static trail_status grow_columns(trail_ledger *ledger, trail_error *err)
{
    if (ledger->count >= PAYMENT_LIMIT)
        return trail_fail(err, TRAIL_BAD_DATA, "the case has more than 2 billion payments");
    size_t capacity = ledger->capacity;
    /* Asked for alike, so that columns of narrow and of wide items hold equally many. */
    size_t needed = capacity < FIRST_CAPACITY ? FIRST_CAPACITY : capacity + 1;
    for (size_t i = 0; i < TRAIL_LENGTH_OF(hot_columns); i++) {
        void *items = column_get(ledger, &hot_columns[i]);
        capacity = ledger->capacity;
        trail_status status = trail_grow(&items, &capacity, needed, hot_columns[i].item_size, err);
        if (status != TRAIL_OK) return status;
        column_set(ledger, &hot_columns[i], items);
    }
    ledger->capacity = capacity;
    return TRAIL_OK;
}

static trail_status add_received(trail_ledger *ledger, const trail_entry *entry, trail_error *err)
{
    trail_credit_side side = {.payment = (uint32_t)ledger->count,
                              .record = entry->record,
                              .amount_minor = entry->received_minor,
                              .booking_day = entry->booking_day,
                              .booking_second = entry->booking_second,
                              .currency = entry->received_currency,
                              .kind = entry->kind};
    return trail_vector_push(&ledger->credit_sides, &side, err);
}

trail_status trail_ledger_add(trail_ledger *ledger, const trail_entry *entry, trail_error *err)
{
    trail_status status;
    if (ledger->count == ledger->capacity && (status = grow_columns(ledger, err)) != TRAIL_OK)
        return status;
    bool differs = entry->has_received && (entry->received_minor != entry->amount_minor ||
                                           entry->received_currency != entry->currency);
    if (differs && (status = add_received(ledger, entry, err)) != TRAIL_OK) return status;
    size_t at = ledger->count++;
    ledger->payer[at] = entry->payer;
    ledger->payee[at] = entry->payee;
    ledger->amount_minor[at] = entry->amount_minor;
    ledger->booking_day[at] = entry->booking_day;
    ledger->booking_second[at] = entry->booking_second;
    ledger->currency[at] = entry->currency;
    ledger->kind[at] = entry->kind;
    ledger->flags[at] = (uint16_t)(entry->flags | (differs ? TRAIL_HAS_CREDIT_SIDE : 0));
    ledger->record[at] = entry->record;
    return TRAIL_OK;
}

const trail_credit_side *trail_ledger_credit_side(const trail_ledger *ledger, uint32_t payment)
{
    if ((ledger->flags[payment] & TRAIL_HAS_CREDIT_SIDE) == 0) return NULL;
    size_t low = 0, high = ledger->credit_sides.count;
    const trail_credit_side *sides = ledger->credit_sides.items;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (sides[middle].payment < payment)
            low = middle + 1;
        else
            high = middle;
    }
    return &sides[low];
}

trail_leg trail_ledger_debit(const trail_ledger *ledger, uint32_t payment)
{
    bool recorded = (ledger->flags[payment] & TRAIL_HAS_DEBIT) != 0;
    return (trail_leg){.account = ledger->payer[payment],
                       .currency = ledger->currency[payment],
                       .recorded = recorded,
                       .kind = ledger->kind[payment],
                       .amount_minor = ledger->amount_minor[payment],
                       .booking_day = ledger->booking_day[payment],
                       .booking_second = ledger->booking_second[payment],
                       .record = recorded ? ledger->record[payment] : TRAIL_NO_RECORD};
}

trail_leg trail_ledger_credit(const trail_ledger *ledger, uint32_t payment)
{
    bool recorded = (ledger->flags[payment] & TRAIL_HAS_CREDIT) != 0;
    trail_leg leg = trail_ledger_debit(ledger, payment);
    leg.account = ledger->payee[payment];
    leg.recorded = recorded;
    leg.record = recorded ? ledger->record[payment] : TRAIL_NO_RECORD;
    const trail_credit_side *side = trail_ledger_credit_side(ledger, payment);
    if (side == NULL) return leg;
    leg.currency = side->currency;
    leg.kind = side->kind;
    leg.amount_minor = side->amount_minor;
    leg.booking_day = side->booking_day;
    leg.booking_second = side->booking_second;
    leg.record = side->record;
    return leg;
}

bool trail_ledger_converts(const trail_ledger *ledger, uint32_t payment)
{
    const trail_credit_side *side = trail_ledger_credit_side(ledger, payment);
    return side != NULL && side->currency != ledger->currency[payment];
}

size_t trail_ledger_first_observation(const trail_ledger *ledger, uint32_t account)
{
    const trail_observation *observations = ledger->observations.items;
    size_t low = 0, high = ledger->observations.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (observations[middle].account < account)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool trail_ledger_observes(const trail_ledger *ledger, uint32_t account, int32_t day)
{
    const trail_observation *observations = ledger->observations.items;
    for (size_t i = trail_ledger_first_observation(ledger, account);
         i < ledger->observations.count && observations[i].account == account; i++) {
        if (observations[i].from_day <= day && day <= observations[i].to_day) return true;
    }
    return false;
}

bool trail_ledger_ever_observed(const trail_ledger *ledger, uint32_t account)
{
    const trail_observation *observations = ledger->observations.items;
    size_t at = trail_ledger_first_observation(ledger, account);
    return at < ledger->observations.count && observations[at].account == account;
}

const trail_opening *trail_ledger_opening(const trail_ledger *ledger, uint32_t account,
                                          trail_currency currency)
{
    const trail_opening *openings = ledger->openings.items;
    size_t low = 0, high = ledger->openings.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const trail_opening *opening = &openings[middle];
        if (opening->account < account ||
            (opening->account == account && opening->currency < currency))
            low = middle + 1;
        else
            high = middle;
    }
    if (low == ledger->openings.count || openings[low].account != account ||
        openings[low].currency != currency)
        return NULL;
    return &openings[low];
}

void trail_ledger_renumber_accounts(trail_ledger *ledger, const uint32_t *renumber)
{
    for (size_t i = 0; i < ledger->count; i++) {
        if (ledger->payer[i] != TRAIL_NO_ACCOUNT) ledger->payer[i] = renumber[ledger->payer[i]];
        if (ledger->payee[i] != TRAIL_NO_ACCOUNT) ledger->payee[i] = renumber[ledger->payee[i]];
    }
    trail_opening *openings = ledger->openings.items;
    for (size_t i = 0; i < ledger->openings.count; i++)
        openings[i].account = renumber[openings[i].account];
    trail_observation *observations = ledger->observations.items;
    for (size_t i = 0; i < ledger->observations.count; i++)
        observations[i].account = renumber[observations[i].account];
    trail_statement *statements = ledger->statements.items;
    for (size_t i = 0; i < ledger->statements.count; i++)
        statements[i].account = renumber[statements[i].account];
    trail_message *messages = ledger->messages.items;
    for (size_t i = 0; i < ledger->messages.count; i++) {
        if (messages[i].payer != TRAIL_NO_ACCOUNT) messages[i].payer = renumber[messages[i].payer];
        if (messages[i].payee != TRAIL_NO_ACCOUNT) messages[i].payee = renumber[messages[i].payee];
    }
}

/* Half a column of the widest kind at a time: `lane` holds the pieces in their new order until the
 * column can take them. Reading out of order and writing in order lets the memory work ahead, which
 * following the cycles in place does not. */
#define PIECE 4

static inline void move_pieces(char *items, size_t stride, size_t size, const uint32_t *order,
                               size_t count, uint32_t *lane)
{
    for (size_t i = 0; i < count; i++)
        memcpy(&lane[i], items + order[i] * stride, size);
    for (size_t i = 0; i < count; i++)
        memcpy(items + i * stride, &lane[i], size);
}

/* The same with the sizes known, so that copies become moves of a register. */
static void move_column(char *items, size_t size, const uint32_t *order, size_t count,
                        uint32_t *lane)
{
    switch (size) {
    case 8:
        move_pieces(items, 8, PIECE, order, count, lane);
        move_pieces(items + PIECE, 8, PIECE, order, count, lane);
        break;
    case 4:
        move_pieces(items, 4, PIECE, order, count, lane);
        break;
    case 2:
        move_pieces(items, 2, 2, order, count, lane);
        break;
    default:
        move_pieces(items, 1, 1, order, count, lane);
        break;
    }
}

static trail_status move_columns(trail_ledger *ledger, const uint32_t *order, trail_error *err)
{
    uint32_t *lane = trail_alloc(NULL, (ledger->count + 1) * sizeof *lane);
    if (lane == NULL) return trail_fail_memory(err);
    for (size_t i = 0; i < TRAIL_LENGTH_OF(hot_columns); i++)
        move_column(column_get(ledger, &hot_columns[i]), hot_columns[i].item_size, order,
                    ledger->count, lane);
    trail_free(lane);
    return TRAIL_OK;
}

/* Credit sides in the payments' new order: sides are found through their old payment. */
static trail_status move_credit_sides(trail_ledger *ledger, const uint32_t *order, trail_error *err)
{
    const trail_credit_side *sides = ledger->credit_sides.items;
    size_t count = ledger->credit_sides.count;
    if (count == 0) return TRAIL_OK;
    trail_vector moved = trail_vector_of(sizeof(trail_credit_side));
    for (size_t i = 0; i < ledger->count; i++) {
        size_t low = 0, high = count;
        if ((ledger->flags[i] & TRAIL_HAS_CREDIT_SIDE) == 0) continue;
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            if (sides[middle].payment < order[i])
                low = middle + 1;
            else
                high = middle;
        }
        trail_credit_side side = sides[low];
        side.payment = (uint32_t)i;
        trail_status status = trail_vector_push(&moved, &side, err);
        if (status != TRAIL_OK) {
            trail_vector_clear(&moved);
            return status;
        }
    }
    trail_vector_clear(&ledger->credit_sides);
    ledger->credit_sides = moved;
    return TRAIL_OK;
}

static trail_status move_attached(trail_ledger *ledger, const uint32_t *order, trail_error *err)
{
    trail_attached *attached = ledger->attached.items;
    if (ledger->attached.count == 0) return TRAIL_OK;
    uint32_t *place = trail_alloc(NULL, (ledger->count + 1) * sizeof *place);
    if (place == NULL) return trail_fail_memory(err);
    for (size_t i = 0; i < ledger->count; i++)
        place[order[i]] = (uint32_t)i;
    for (size_t i = 0; i < ledger->attached.count; i++)
        attached[i].payment = place[attached[i].payment];
    trail_free(place);
    return trail_ledger_settle_attached(ledger, err);
}

/* Records of leaving entries go to those that stay, under the old numbers. */
static trail_status attach_merged(trail_ledger *ledger, const uint32_t *into, trail_error *err)
{
    trail_attached *attached = ledger->attached.items;
    for (size_t i = 0; i < ledger->attached.count; i++)
        attached[i].payment = into[attached[i].payment];
    for (size_t i = 0; i < ledger->count; i++) {
        trail_attached more = {.payment = into[i], .record = ledger->record[i]};
        if (into[i] == i) continue;
        trail_status status = trail_vector_push(&ledger->attached, &more, err);
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

static void close_columns(trail_ledger *ledger, const uint32_t *into)
{
    for (size_t c = 0; c < TRAIL_LENGTH_OF(hot_columns); c++) {
        char *items = column_get(ledger, &hot_columns[c]);
        size_t size = hot_columns[c].item_size, to = 0;
        for (size_t i = 0; i < ledger->count; i++) {
            if (into[i] != i) continue;
            if (to != i) memcpy(items + to * size, items + i * size, size);
            to++;
        }
    }
}

trail_status trail_ledger_merge(trail_ledger *ledger, const uint32_t *into, uint32_t *renumber,
                                trail_error *err)
{
    uint32_t *place = trail_alloc(NULL, (ledger->count + 1) * sizeof *place);
    uint32_t kept = 0;
    if (place == NULL) return trail_fail_memory(err);
    trail_status status = attach_merged(ledger, into, err);
    if (status != TRAIL_OK) goto cleanup;
    for (size_t i = 0; i < ledger->count; i++)
        if (into[i] == i) place[i] = kept++;
    for (size_t i = 0; i < ledger->count; i++)
        if (into[i] != i) place[i] = place[into[i]];
    trail_credit_side *sides = ledger->credit_sides.items;
    size_t sides_kept = 0;
    for (size_t i = 0; i < ledger->credit_sides.count; i++) {
        if (into[sides[i].payment] != sides[i].payment) continue;
        sides[sides_kept] = sides[i];
        sides[sides_kept].payment = place[sides[i].payment];
        sides_kept++;
    }
    ledger->credit_sides.count = sides_kept;
    trail_attached *attached = ledger->attached.items;
    for (size_t i = 0; i < ledger->attached.count; i++)
        attached[i].payment = place[attached[i].payment];
    close_columns(ledger, into);
    if (renumber != NULL) memcpy(renumber, place, ledger->count * sizeof *place);
    ledger->count = kept;
    status = trail_ledger_settle_attached(ledger, err);
cleanup:
    trail_free(place);
    return status;
}

trail_status trail_ledger_permute(trail_ledger *ledger, const uint32_t *order, trail_error *err)
{
    trail_status status = move_columns(ledger, order, err);
    if (status == TRAIL_OK) status = move_credit_sides(ledger, order, err);
    if (status == TRAIL_OK) status = move_attached(ledger, order, err);
    return status;
}
