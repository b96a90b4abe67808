#include "reconcile/match_join.h"

static trail_credit_side side_of(const trail_ledger *ledger, uint32_t credit, uint32_t payment)
{
    return (trail_credit_side){.payment = payment,
                               .record = ledger->record[credit],
                               .amount_minor = ledger->amount_minor[credit],
                               .booking_day = ledger->booking_day[credit],
                               .booking_second = ledger->booking_second[credit],
                               .currency = ledger->currency[credit],
                               .kind = ledger->kind[credit]};
}

static void move_entry(trail_ledger *ledger, uint32_t to, uint32_t from)
{
    ledger->payer[to] = ledger->payer[from];
    ledger->payee[to] = ledger->payee[from];
    ledger->amount_minor[to] = ledger->amount_minor[from];
    ledger->booking_day[to] = ledger->booking_day[from];
    ledger->booking_second[to] = ledger->booking_second[from];
    ledger->currency[to] = ledger->currency[from];
    ledger->kind[to] = ledger->kind[from];
    ledger->flags[to] = ledger->flags[from];
    ledger->record[to] = ledger->record[from];
}

static bool leaves(const trail_ledger *ledger, const uint32_t *partner, uint32_t entry)
{
    return partner[entry] != TRAIL_NO_PAYMENT && (ledger->flags[entry] & TRAIL_HAS_DEBIT) == 0;
}

/* What the other record says of a party, where this one does not or says another: ids of legs keep
 * to what their own record says. */
static void take_payee(trail_ledger *ledger, uint32_t debit, uint32_t credit)
{
    uint16_t flags = 0;
    if (ledger->payee[debit] == TRAIL_NO_ACCOUNT)
        flags |= TRAIL_PAYEE_SUPPLIED;
    else if (ledger->payee[debit] != ledger->payee[credit])
        flags |= TRAIL_PARTY_REPLACED;
    if (ledger->payer[credit] == TRAIL_NO_ACCOUNT)
        flags |= TRAIL_PAYER_SUPPLIED;
    else if (ledger->payer[credit] != ledger->payer[debit])
        flags |= TRAIL_PARTY_REPLACED;
    flags |= ledger->flags[credit] & (TRAIL_PAYER_SUPPLIED | TRAIL_PARTY_REPLACED);
    ledger->payee[debit] = ledger->payee[credit];
    ledger->flags[debit] |=
        (uint16_t)(flags | TRAIL_HAS_CREDIT | TRAIL_HAS_CREDIT_SIDE | TRAIL_TWO_RECORDS);
}

static trail_status number_entries(trail_ledger *ledger, const uint32_t *partner, uint32_t *number,
                                   trail_vector *sides, trail_error *err)
{
    uint32_t kept = 0;
    for (uint32_t entry = 0; entry < ledger->count; entry++) {
        trail_credit_side side;
        if (leaves(ledger, partner, entry)) continue;
        if (partner[entry] != TRAIL_NO_PAYMENT) {
            side = side_of(ledger, partner[entry], kept);
            number[partner[entry]] = kept;
            take_payee(ledger, entry, partner[entry]);
        } else if ((ledger->flags[entry] & TRAIL_HAS_CREDIT_SIDE) != 0) {
            side = *trail_ledger_credit_side(ledger, entry);
            side.payment = kept;
        } else {
            number[entry] = kept++;
            continue;
        }
        trail_status status = trail_vector_push(sides, &side, err);
        if (status != TRAIL_OK) return status;
        number[entry] = kept++;
    }
    return TRAIL_OK;
}

trail_status trail_match_join(trail_ledger *ledger, const uint32_t *partner, uint32_t *number,
                              trail_error *err)
{
    trail_vector sides = trail_vector_of(sizeof(trail_credit_side));
    trail_status status = number_entries(ledger, partner, number, &sides, err);
    if (status != TRAIL_OK) {
        trail_vector_clear(&sides);
        return status;
    }
    uint32_t kept = 0;
    for (uint32_t entry = 0; entry < ledger->count; entry++) {
        if (leaves(ledger, partner, entry)) continue;
        move_entry(ledger, number[entry], entry);
        kept++;
    }
    trail_attached *attached = ledger->attached.items;
    for (size_t i = 0; i < ledger->attached.count; i++)
        attached[i].payment = number[attached[i].payment];
    ledger->count = kept;
    trail_vector_clear(&ledger->credit_sides);
    ledger->credit_sides = sides;
    return trail_ledger_settle_attached(ledger, err);
}
