/* Amount, fee and net of one row: wallets, card processors, mobile money. The three figures must
 * agree, because a fee may be taken from the amount or come on top of it and no heading says which;
 * what does not agree is refused with its figures. */
#include "ingest/row_mapper.h"

#include <stdio.h>

#include "model/money.h"

#define FIGURES 160

static bool refuse(trail_row_mapper *mapper, trail_mapped_row *mapped, const char *sentence,
                   int64_t amount, int64_t fee, int64_t net)
{
    char texts[3][TRAIL_MONEY_TEXT];
    const int64_t figures[3] = {amount, fee, net};
    char *room = mapper->keys + mapper->keys_used;
    for (size_t i = 0; i < 3; i++)
        trail_money_format(figures[i], mapped->entry.currency, texts[i]);
    int length = snprintf(room, FIGURES, "amount %s, fee %s, net %s", texts[0], texts[1], texts[2]);
    if (length < 0 || length >= FIGURES) length = 0;
    mapper->keys_used += (size_t)length;
    return trail_mapped_refuse(mapped, "fee_not_in_net", sentence,
                               mapper->map->of[TRAIL_COLUMN_NET] != TRAIL_NO_COLUMN
                                   ? mapper->map->of[TRAIL_COLUMN_NET]
                                   : mapper->map->of[TRAIL_COLUMN_FEE],
                               (trail_slice){room, (size_t)length});
}

static int64_t magnitude(int64_t minor)
{
    return minor < 0 ? -minor : minor;
}

/* Payers pay the amount and the fee, or a net reaches the payee and the fee is the rest. */
static bool transfer_fee(trail_row_mapper *mapper, trail_mapped_row *mapped, int64_t *minor,
                         int64_t fee, bool has_net, int64_t net)
{
    int64_t amount = *minor, charged = magnitude(fee);
    mapped->fee_minor = charged;
    if (!has_net || net == amount + charged) return true;
    if (net != amount - charged || net < 0)
        return refuse(mapper, mapped, "the net is neither amount and fee nor amount less fee",
                      amount, fee, net);
    *minor = net;
    return true;
}

bool trail_map_fee(trail_row_mapper *mapper, trail_mapped_row *mapped, int64_t *signed_minor)
{
    const uint32_t *of = mapper->map->of;
    int64_t fee = 0, net = 0, amount = *signed_minor;
    bool no_fee = true, no_net = true;
    trail_currency currency = mapped->entry.currency;
    if (!trail_row_mapper_amount(mapper, mapped, TRAIL_COLUMN_FEE, currency, &fee, &no_fee) ||
        !trail_row_mapper_amount(mapper, mapped, TRAIL_COLUMN_NET, currency, &net, &no_net))
        return false;
    if (no_fee) fee = 0;
    if (mapper->profile->layout == TRAIL_LAYOUT_TRANSFERS)
        return transfer_fee(mapper, mapped, signed_minor, fee, !no_net, net);
    if (no_net && fee == 0) return true;
    if (no_net)
        return refuse(mapper, mapped, "the net is blank and there is a fee", amount, fee, net);
    bool unsigned_amounts =
        of[TRAIL_COLUMN_MARK] != TRAIL_NO_COLUMN || of[TRAIL_COLUMN_AMOUNT] == TRAIL_NO_COLUMN;
    if (unsigned_amounts && mapped->own_is_payer && net > 0) net = -net;
    int64_t charged = mapper->profile->fees_signed ? -fee : magnitude(fee);
    if (net != amount - charged)
        return refuse(mapper, mapped, "amount less fee is not the net", amount, fee, net);
    mapped->fee_minor = charged;
    return true;
}

void trail_fee_leg(const trail_mapped_row *mapped, trail_layout layout, trail_mapped_row *fee)
{
    bool charged = mapped->fee_minor > 0;
    bool own_is_payer = layout == TRAIL_LAYOUT_TRANSFERS || mapped->own_is_payer;
    *fee = (trail_mapped_row){.reference = mapped->reference,
                              .code_text = mapped->code_text,
                              .value_day = mapped->value_day,
                              .has_balance = mapped->has_balance,
                              .balance_minor = mapped->balance_minor,
                              .fields = mapped->fields,
                              .entry = mapped->entry};
    fee->entry.amount_minor = magnitude(mapped->fee_minor);
    fee->entry.has_received = false;
    fee->entry.kind = TRAIL_KIND_FEE;
    fee->entry.flags = charged ? TRAIL_HAS_DEBIT : TRAIL_HAS_CREDIT;
    *(charged ? &fee->payer : &fee->payee) = own_is_payer ? mapped->payer : mapped->payee;
}
