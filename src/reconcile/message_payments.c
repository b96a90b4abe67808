#include "reconcile/message_payments.h"

static trail_status attach(trail_ledger *ledger, const trail_told *told,
                           const trail_told_transfer *transfer, uint32_t payment,
                           uint32_t own_record, trail_error *err)
{
    for (uint32_t i = 0; i < transfer->count; i++) {
        const trail_message *message =
            trail_vector_at(&ledger->messages, told->members[transfer->first + i]);
        trail_attached more = {payment, message->record};
        if (message->record == own_record) continue;
        trail_status status = trail_vector_push(&ledger->attached, &more, err);
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

/* The message names the party that the only leg's record does not. */
static void supply_party(trail_ledger *ledger, const trail_match_leg *leg, uint32_t payment)
{
    const uint16_t both = TRAIL_HAS_DEBIT | TRAIL_HAS_CREDIT;
    if ((ledger->flags[payment] & both) == both || leg->other == TRAIL_NO_ACCOUNT) return;
    uint32_t *party = leg->credit ? &ledger->payer[payment] : &ledger->payee[payment];
    if (*party != TRAIL_NO_ACCOUNT) return;
    *party = leg->other;
    ledger->flags[payment] |= (uint16_t)(leg->credit ? TRAIL_PAYER_SUPPLIED : TRAIL_PAYEE_SUPPLIED);
}

static trail_status add_payment(trail_ledger *ledger, const trail_message *lead, trail_error *err)
{
    trail_entry entry = {
        .payer = lead->payer,
        .payee = lead->payee,
        .amount_minor = lead->amount_minor,
        .booking_day = lead->value_day,
        .booking_second = TRAIL_NO_TIME,
        .currency = lead->currency,
        .kind = lead->type == TRAIL_MESSAGE_PACS004 ? TRAIL_KIND_RETURN : TRAIL_KIND_TRANSFER,
        .flags = TRAIL_HAS_DEBIT | TRAIL_HAS_CREDIT | TRAIL_MESSAGE_ONLY | TRAIL_MAY_BE_DOUBLE,
        .record = lead->record};
    return trail_ledger_add(ledger, &entry, err);
}

trail_status trail_message_payments(trail_ledger *ledger, const trail_told *told,
                                    const trail_match_legs *legs, const uint32_t *number,
                                    uint32_t *payments, trail_error *err)
{
    const trail_told_transfer *transfers = told->transfers.items;
    trail_status status = TRAIL_OK;
    for (size_t i = 0; i < told->transfers.count && status == TRAIL_OK; i++) {
        const trail_message *lead = trail_vector_at(&ledger->messages, transfers[i].lead);
        uint32_t place =
            transfers[i].debit != TRAIL_NO_LEG ? transfers[i].debit : transfers[i].credit;
        if (place == TRAIL_NO_LEG) {
            payments[i] = (uint32_t)ledger->count;
            status = add_payment(ledger, lead, err);
            if (status == TRAIL_OK)
                status = attach(ledger, told, &transfers[i], payments[i], lead->record, err);
            continue;
        }
        payments[i] = number[legs->legs[place].entry];
        supply_party(ledger, &legs->legs[place], payments[i]);
        if (transfers[i].debit != TRAIL_NO_LEG && transfers[i].credit != TRAIL_NO_LEG) {
            const trail_match_leg *credit = &legs->legs[transfers[i].credit];
            supply_party(ledger, credit, number[credit->entry]);
        }
        status = attach(ledger, told, &transfers[i], payments[i], TRAIL_NO_RECORD, err);
    }
    return status == TRAIL_OK ? trail_ledger_settle_attached(ledger, err) : status;
}
