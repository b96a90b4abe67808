#include "model/ledger.h"

#include "base/failure.h"
#include "base/memory.h"
#include "base/sort.h"

static size_t first_attached(const trail_ledger *ledger, uint32_t payment)
{
    const trail_attached *attached = ledger->attached.items;
    size_t low = 0, high = ledger->attached.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (attached[middle].payment < payment)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t trail_ledger_records(const trail_ledger *ledger, uint32_t payment, uint32_t *records,
                            size_t room)
{
    uint32_t own[2] = {ledger->record[payment], TRAIL_NO_RECORD};
    size_t own_count = 1;
    const trail_credit_side *side = trail_ledger_credit_side(ledger, payment);
    if (side != NULL && side->record != own[0]) {
        own[1] = side->record;
        own_count = 2;
        if (own[1] < own[0]) {
            own[1] = own[0];
            own[0] = side->record;
        }
    }
    const trail_attached *attached = ledger->attached.items;
    size_t more = first_attached(ledger, payment), more_end = more;
    while (more_end < ledger->attached.count && attached[more_end].payment == payment)
        more_end++;
    size_t count = 0;
    for (size_t i = 0; i < own_count || more < more_end; count++) {
        bool take_own = i < own_count && (more == more_end || own[i] <= attached[more].record);
        uint32_t next = take_own ? own[i++] : attached[more++].record;
        if (count < room) records[count] = next;
    }
    return count;
}

static int by_payment(const void *context, const void *a, const void *b)
{
    const trail_attached *first = a, *second = b;
    (void)context;
    if (first->payment != second->payment) return first->payment < second->payment ? -1 : 1;
    return (first->record > second->record) - (first->record < second->record);
}

trail_status trail_ledger_settle_attached(trail_ledger *ledger, trail_error *err)
{
    return trail_sort_items(ledger->attached.items, ledger->attached.count, sizeof(trail_attached),
                            by_payment, NULL, err);
}

/* The item of a record, or NULL. Items are sorted by record, their first member. */
static const void *item_of(const trail_vector *items, uint32_t record)
{
    size_t low = 0, high = items->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (*(const uint32_t *)trail_vector_at(items, middle) < record)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == items->count) return NULL;
    const uint32_t *found = trail_vector_at(items, low);
    return *found == record ? found : NULL;
}

const trail_wire *trail_ledger_wire(const trail_ledger *ledger, uint32_t record)
{
    return item_of(&ledger->wires, record);
}

const trail_message *trail_ledger_message(const trail_ledger *ledger, uint32_t record)
{
    return item_of(&ledger->messages, record);
}

const trail_leg_copy *trail_ledger_leg_copy(const trail_ledger *ledger, uint32_t record)
{
    return item_of(&ledger->leg_copies, record);
}

/* How many payments each record attests, up to 2. */
static void count_payments(const trail_ledger *ledger, uint8_t *times)
{
    const trail_attached *attached = ledger->attached.items;
    const trail_credit_side *sides = ledger->credit_sides.items;
    for (size_t i = 0; i < ledger->count; i++)
        times[ledger->record[i]] = (uint8_t)(times[ledger->record[i]] == 0 ? 1 : 2);
    for (size_t i = 0; i < ledger->credit_sides.count; i++) {
        /* A row with two amounts is both legs' record. */
        if (sides[i].payment < ledger->count && sides[i].record == ledger->record[sides[i].payment])
            continue;
        times[sides[i].record] = (uint8_t)(times[sides[i].record] == 0 ? 1 : 2);
    }
    for (size_t i = 0; i < ledger->attached.count; i++) {
        bool of_payment = attached[i].payment < ledger->count;
        uint8_t before = times[attached[i].record];
        times[attached[i].record] = (uint8_t)(before == 0 && of_payment ? 1 : 2);
    }
}

trail_status trail_ledger_check_records(const trail_ledger *ledger, trail_error *err)
{
    const trail_records *records = &ledger->records;
    uint8_t *times = NULL;
    trail_status status = trail_alloc_zeroed(&times, records->count, 1, err);
    if (status != TRAIL_OK) return status;
    count_payments(ledger, times);
    for (uint32_t i = 0; i < records->count && status == TRAIL_OK; i++) {
        unsigned wanted = trail_records_state(records, i) == TRAIL_RECORD_PAYMENT;
        if (times[i] == wanted) continue;
        status = trail_fail(err, TRAIL_INTERNAL, "record %u of %s attests %s",
                            (unsigned)trail_records_ordinal(records, i),
                            trail_records_file(records, i)->name,
                            times[i] == 0   ? "no payment"
                            : times[i] == 1 ? "a payment and must not"
                                            : "more than one payment");
    }
    trail_free(times);
    return status;
}
