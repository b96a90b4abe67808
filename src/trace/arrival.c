/* What happens to the parts of a payment between the two accounts: a charge kept on the way, or a
 * conversion, then the payee's pocket, a sink or the frontier.
 *
 * Source: domain B8.15. A charge takes the same share of proceeds as the payment; in a conversion
 * the share carries by the payment's own two amounts: half_up(out·t/in), rounded between sources
 * as everywhere (B8.1). The parts keep their order. O(parts). */
#include "trace/pass.h"

#include "base/wide.h"

static void mix_parts(trail_mix *mix, const trail_parts *parts)
{
    trail_mix_begin(mix);
    for (size_t i = 0; i < parts->count; i++)
        trail_mix_count(mix, parts->items[i].origin, parts->items[i].amount_minor);
}

/* Rows of the payment at hand: what of each source came in. */
static void set_entered(trail_pass *pass, const trail_parts *arriving)
{
    if (pass->row_count == 0) return;
    mix_parts(&pass->mix, arriving);
    for (size_t i = 0; i < pass->row_count; i++) {
        trail_traced_payment *row = trail_vector_at(&pass->rows, pass->first_row + i);
        row->entered_minor = pass->mix.shares[TRAIL_FIRST_SOURCE + row->proceeds].total_minor;
    }
}

/* pass->parts: the charge goes to pass->aside, the rest to pass->arriving. */
static trail_status deduct(trail_pass *pass, int64_t charge_minor, trail_error *err)
{
    mix_parts(&pass->mix, &pass->parts);
    trail_mix_take(&pass->mix, charge_minor);
    trail_parts_reset(&pass->aside);
    for (size_t i = 0; i < pass->parts.count; i++) {
        trail_layer part = pass->parts.items[i];
        int64_t gone_minor = trail_mix_spread(&pass->mix, part.origin, part.amount_minor);
        trail_status status =
            trail_parts_add(&pass->aside, gone_minor, part.origin, part.place, err);
        if (status == TRAIL_OK)
            status = trail_parts_add(&pass->arriving, part.amount_minor - gone_minor, part.origin,
                                     part.place, err);
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

static trail_status same_currency(trail_pass *pass, uint32_t payment, int64_t sent_minor,
                                  int64_t received_minor, trail_error *err)
{
    const trail_ledger *ledger = pass->plan->ledger;
    trail_status status =
        deduct(pass, sent_minor > received_minor ? sent_minor - received_minor : 0, err);
    if (status != TRAIL_OK) return status;
    if (received_minor > sent_minor) /* more came in than went out: of unknown origin, on top */
        return trail_parts_add(&pass->arriving, received_minor - sent_minor, TRAIL_UNITS_UNKNOWN, 0,
                               err);
    trail_holding fee = {.currency = ledger->currency[payment],
                         .where = TRAIL_RESTING_FEE,
                         .account = ledger->payer[payment]};
    return trail_pass_rest(pass, &pass->aside, 1, fee, err);
}

/* pass->parts, scaled to the received amount, to pass->arriving. */
static trail_status scale(trail_pass *pass, int64_t received_minor, trail_error *err)
{
    mix_parts(&pass->mix, &pass->parts);
    trail_mix_take(&pass->mix, received_minor);
    for (size_t i = 0; i < pass->parts.count; i++) {
        trail_layer part = pass->parts.items[i];
        int64_t into_minor = trail_mix_spread(&pass->mix, part.origin, part.amount_minor);
        trail_status status =
            trail_parts_add(&pass->arriving, into_minor, part.origin, part.place, err);
        if (status != TRAIL_OK) return status;
    }
    if (pass->parts.count > 0) return TRAIL_OK;
    return trail_parts_add(&pass->arriving, received_minor, TRAIL_UNITS_UNKNOWN, 0, err);
}

static trail_status convert(trail_pass *pass, uint32_t payment, const trail_credit_side *side,
                            trail_error *err)
{
    const trail_ledger *ledger = pass->plan->ledger;
    trail_status status = scale(pass, side->amount_minor, err);
    trail_holding out = {.currency = ledger->currency[payment],
                         .where = TRAIL_RESTING_CONVERTED_OUT,
                         .account = ledger->payer[payment]};
    trail_holding in = {.currency = side->currency,
                        .where = TRAIL_RESTING_CONVERTED_IN,
                        .account = ledger->payee[payment]};
    if (status == TRAIL_OK) status = trail_pass_rest(pass, &pass->parts, 1, out, err);
    if (status == TRAIL_OK) status = trail_pass_rest(pass, &pass->arriving, -1, in, err);
    return status;
}

trail_status trail_pass_arrive(trail_pass *pass, uint32_t payment, trail_error *err)
{
    const trail_ledger *ledger = pass->plan->ledger;
    uint32_t pocket = pass->plan->payee_pocket[payment];
    int64_t sent_minor = ledger->amount_minor[payment];
    const trail_credit_side *side = trail_ledger_credit_side(ledger, payment);
    bool converts = side != NULL && side->currency != ledger->currency[payment];
    if (!converts && (side == NULL || side->amount_minor == sent_minor))
        return trail_pass_credit(pass, pocket, &pass->parts, err);
    trail_parts_reset(&pass->arriving);
    trail_status status = converts
                              ? convert(pass, payment, side, err)
                              : same_currency(pass, payment, sent_minor, side->amount_minor, err);
    if (status != TRAIL_OK) return status;
    set_entered(pass, &pass->arriving);
    return trail_pass_credit(pass, pocket, &pass->arriving, err);
}

trail_holding trail_pass_exit(const trail_pass *pass, uint32_t payment)
{
    const trail_ledger *ledger = pass->plan->ledger;
    unsigned exit = pass->plan->turns[payment] & TRAIL_EXIT_BITS;
    uint32_t payee = ledger->payee[payment];
    return (trail_holding){.currency = ledger->currency[payment],
                           .where = (uint8_t)trail_exit_resting(exit),
                           .reason = (uint8_t)trail_exit_reason(exit),
                           .account = payee != TRAIL_NO_ACCOUNT ? payee : ledger->payer[payment]};
}

trail_status trail_pass_leave(trail_pass *pass, uint32_t payment, trail_error *err)
{
    if (pass->row_count == 0) return TRAIL_OK;
    const trail_ledger *ledger = pass->plan->ledger;
    const trail_credit_side *side = trail_ledger_credit_side(ledger, payment);
    trail_holding place = trail_pass_exit(pass, payment);
    if (side == NULL || side->amount_minor == ledger->amount_minor[payment])
        return trail_pass_rest(pass, &pass->parts, 1, place, err);
    trail_parts_reset(&pass->arriving);
    trail_status status;
    if (side->currency != ledger->currency[payment]) {
        /* the money rests where the records end in the currency it left in; the row says both */
        status = scale(pass, side->amount_minor, err);
        if (status == TRAIL_OK) status = trail_pass_rest(pass, &pass->parts, 1, place, err);
    } else {
        status =
            same_currency(pass, payment, ledger->amount_minor[payment], side->amount_minor, err);
        if (status == TRAIL_OK) status = trail_pass_rest(pass, &pass->arriving, 1, place, err);
    }
    if (status == TRAIL_OK) set_entered(pass, &pass->arriving);
    return status;
}
