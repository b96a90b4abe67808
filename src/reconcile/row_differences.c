#include "reconcile/row_differences.h"

#include "base/memory.h"
#include "reconcile/record_says.h"

/* A row that a third file repeats may stand under that file's record: its leg is found through the
 * record that was kept. */
typedef struct rows {
    const trail_ledger *ledger;
    uint32_t *payments; /* by record */
    uint32_t *kept;     /* by record: the record whose row it repeats, or itself */
} rows;

static uint32_t kept_of(const rows *at, uint32_t record)
{
    /* A chain of copies is as long as there are files; a ring there is none. */
    for (size_t i = 0; i < at->ledger->records.count && at->kept[record] != record; i++)
        record = at->kept[record];
    return record;
}

static bool is_credit(const rows *at, uint32_t payment, uint32_t record)
{
    uint16_t flags = at->ledger->flags[payment];
    if ((flags & TRAIL_HAS_DEBIT) == 0) return true;
    return (flags & TRAIL_TWO_RECORDS) != 0 &&
           trail_ledger_credit(at->ledger, payment).record == kept_of(at, record);
}

static const trail_leg_copy *copy_of(const trail_ledger *ledger, uint32_t record)
{
    for (size_t i = 0; i < ledger->leg_copies.count; i++) {
        const trail_leg_copy *copy = trail_vector_at(&ledger->leg_copies, i);
        if (copy->record == record) return copy;
    }
    return NULL;
}

static trail_conflict_value value_of(const rows *at, uint32_t record, bool balance, uint8_t *sayer)
{
    uint32_t payment = at->payments[record];
    bool credit = is_credit(at, payment, record);
    trail_leg leg =
        credit ? trail_ledger_credit(at->ledger, payment) : trail_ledger_debit(at->ledger, payment);
    const trail_leg_copy *copy = copy_of(at->ledger, record);
    const trail_detail *detail = trail_records_detail(&at->ledger->records, record);
    int64_t size = copy != NULL ? copy->amount_minor : leg.amount_minor;
    *sayer = credit ? TRAIL_SAYER_CREDIT : TRAIL_SAYER_DEBIT;
    return (trail_conflict_value){.account = TRAIL_NO_ACCOUNT,
                                  .minor = balance ? (detail == NULL ? 0 : detail->balance_minor)
                                                   : (credit ? size : -size),
                                  .day = copy != NULL ? copy->booking_day : leg.booking_day,
                                  .currency = copy != NULL ? copy->currency : leg.currency};
}

static trail_status list(const rows *at, const trail_row_conflict *pair, trail_vector *found,
                         trail_error *err)
{
    static const trail_conflict_kind kinds[] = {TRAIL_CONFLICT_ROW_AMOUNT, TRAIL_CONFLICT_ROW_DAY,
                                                TRAIL_CONFLICT_ROW_SIGN,
                                                TRAIL_CONFLICT_ROW_BALANCE};
    uint32_t record = pair->record, other = pair->other_record;
    if (at->payments[record] == TRAIL_NO_PAYMENT || at->payments[other] == TRAIL_NO_PAYMENT)
        return TRAIL_OK;
    if (at->payments[record] > at->payments[other]) {
        record = pair->other_record;
        other = pair->record;
    }
    trail_conflict conflict = {.payment = at->payments[record],
                               .other_payment = at->payments[other],
                               .record = record,
                               .other_record = other,
                               .kind = (uint8_t)kinds[pair->difference]};
    bool balance = pair->difference == TRAIL_DIFFERS_BALANCE;
    conflict.says = value_of(at, record, balance, &conflict.said_by);
    conflict.other_says = value_of(at, other, balance, &conflict.other_said_by);
    return trail_vector_push(found, &conflict, err);
}

trail_status trail_row_differences_list(const trail_duplicates *duplicates,
                                        const trail_ledger *ledger, trail_vector *found,
                                        trail_error *err)
{
    rows at = {.ledger = ledger};
    if (duplicates == NULL || duplicates->conflicts.count == 0) return TRAIL_OK;
    trail_status status = trail_record_payments(ledger, &at.payments, err);
    if (status == TRAIL_OK)
        status = trail_alloc_zeroed(&at.kept, ledger->records.count, sizeof *at.kept, err);
    for (uint32_t i = 0; status == TRAIL_OK && i < ledger->records.count; i++)
        at.kept[i] = i;
    for (size_t i = 0; status == TRAIL_OK && i < duplicates->copies.count; i++) {
        const trail_copy *copy = trail_vector_at(&duplicates->copies, i);
        at.kept[copy->record] = copy->kept_record;
    }
    for (size_t i = 0; status == TRAIL_OK && i < duplicates->conflicts.count; i++)
        status = list(&at, trail_vector_at(&duplicates->conflicts, i), found, err);
    trail_free(at.payments);
    trail_free(at.kept);
    return status;
}
