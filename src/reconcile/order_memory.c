#include "reconcile/order_memory.h"

#define ANY_ACCOUNT UINT32_MAX

static uint64_t key_of(uint32_t high, uint32_t low)
{
    return (uint64_t)high << 32 | low;
}

trail_status trail_order_memory_init(trail_order_memory *memory, const trail_ledger *ledger,
                                     trail_error *err)
{
    *memory = (trail_order_memory){.balances = trail_vector_of(sizeof(int64_t))};
    const trail_statement *statements = ledger->statements.items;
    for (size_t i = 0; i < ledger->statements.count; i++) {
        if (!statements[i].turned) continue;
        if (trail_map64_at(&memory->turned, key_of(statements[i].file, statements[i].account), 1,
                           err) == NULL ||
            trail_map64_at(&memory->turned, key_of(statements[i].file, ANY_ACCOUNT), 1, err) ==
                NULL)
            return TRAIL_NO_MEMORY;
    }
    return TRAIL_OK;
}

void trail_order_memory_clear(trail_order_memory *memory)
{
    trail_map64_clear(&memory->turned);
    trail_map64_clear(&memory->pockets);
    trail_vector_clear(&memory->balances);
}

trail_status trail_order_memory_note(trail_order_memory *memory, const trail_ledger *ledger,
                                     uint32_t event, trail_error *err)
{
    uint32_t payment = event / 2;
    uint16_t flags = ledger->flags[payment];
    const uint16_t both = TRAIL_HAS_DEBIT | TRAIL_HAS_CREDIT;
    /* A row that is both legs is of no one statement. */
    if ((flags & TRAIL_TWO_RECORDS) == 0 && (flags & both) == both) return TRAIL_OK;
    bool credit = event % 2 == 1 || (flags & TRAIL_HAS_DEBIT) == 0;
    trail_leg leg =
        credit ? trail_ledger_credit(ledger, payment) : trail_ledger_debit(ledger, payment);
    const trail_detail *detail =
        leg.record != TRAIL_NO_RECORD ? trail_records_detail(&ledger->records, leg.record) : NULL;
    if (leg.account == TRAIL_NO_ACCOUNT || detail == NULL || !detail->has_balance) return TRAIL_OK;
    uint32_t fresh = (uint32_t)memory->balances.count;
    uint32_t *place =
        trail_map64_at(&memory->pockets, key_of(leg.account, leg.currency), fresh, err);
    if (place == NULL) return TRAIL_NO_MEMORY;
    if (*place == fresh) return trail_vector_push(&memory->balances, &detail->balance_minor, err);
    int64_t *balance = trail_vector_at(&memory->balances, *place);
    *balance = detail->balance_minor;
    return TRAIL_OK;
}

bool trail_order_memory_balance(const trail_order_memory *memory, uint32_t account,
                                trail_currency currency, int64_t *balance_minor)
{
    uint32_t place;
    if (!trail_map64_find(&memory->pockets, key_of(account, currency), &place)) return false;
    *balance_minor = *(const int64_t *)trail_vector_at(&memory->balances, place);
    return true;
}

bool trail_order_memory_turned(const trail_order_memory *memory, uint32_t file, uint32_t account)
{
    uint32_t found;
    return memory->turned.count > 0 &&
           trail_map64_find(&memory->turned, key_of(file, account), &found);
}

bool trail_order_memory_turned_file(const trail_order_memory *memory, uint32_t file)
{
    return trail_order_memory_turned(memory, file, ANY_ACCOUNT);
}
