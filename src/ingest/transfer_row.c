/* A row of a table of transfers: payer and payee, both legs in one. */
#include "ingest/row_mapper.h"
#include "ingest/short_equal.h"

static bool same_bytes(trail_slice a, trail_slice b)
{
    return a.length == b.length && trail_short_equal(a.start, b.start, a.length);
}

/* What was received, where the table has a column for it: in most rows the bytes of what was
 * paid. */
static bool map_received(trail_row_mapper *mapper, trail_mapped_row *mapped)
{
    const trail_column_map *map = mapper->map;
    trail_entry *entry = &mapped->entry;
    uint32_t amount = map->of[TRAIL_COLUMN_RECEIVED_AMOUNT];
    uint32_t code = map->of[TRAIL_COLUMN_RECEIVED_CURRENCY];
    uint32_t paid_code = map->of[TRAIL_COLUMN_CURRENCY];
    if (amount == TRAIL_NO_COLUMN) return true;
    entry->received_currency = entry->currency;
    bool same_code =
        code == TRAIL_NO_COLUMN || (paid_code != TRAIL_NO_COLUMN &&
                                    same_bytes(mapped->fields[code], mapped->fields[paid_code]));
    if (same_code &&
        same_bytes(mapped->fields[amount], mapped->fields[map->of[TRAIL_COLUMN_AMOUNT]])) {
        return true;
    }
    if (!same_code && !trail_row_mapper_currency(mapper, mapped, TRAIL_COLUMN_RECEIVED_CURRENCY,
                                                 &entry->received_currency)) {
        return false;
    }
    bool missing = true;
    if (!trail_row_mapper_amount(mapper, mapped, TRAIL_COLUMN_RECEIVED_AMOUNT,
                                 entry->received_currency, &entry->received_minor, &missing)) {
        return false;
    }
    if (missing && entry->received_currency != entry->currency) {
        return trail_mapped_refuse(mapped, "amount_missing",
                                   "the amount received in another currency is not given", amount,
                                   (trail_slice){"", 0});
    }
    entry->has_received = !missing;
    if (missing || entry->received_minor >= 0) return true;
    return trail_mapped_refuse(mapped, "negative_amount", "a transfer has a negative amount",
                               amount, mapped->fields[amount]);
}

/* A refund goes from the payee back to the payer; whether a fee it names is given back too, or was
 * kept, the row does not say. */
static void turn(trail_mapped_row *mapped)
{
    trail_mapped_party payer = mapped->payer;
    mapped->payer = mapped->payee;
    mapped->payee = payer;
    if (mapped->fee_minor == 0) return;
    mapped->fee_minor = 0;
    mapped->remark_code = "fee_of_refund";
    mapped->remark = "the fee of a refund is not used: the row does not say whose it is";
}

/* A fee is charged to the payer's account. */
static void check_fee(trail_mapped_row *mapped)
{
    if (mapped->fee_minor == 0 || mapped->payer.key.length > 0) return;
    mapped->fee_minor = 0;
    mapped->remark_code = "fee_without_account";
    mapped->remark = "the fee is not used: no account of the payer is named";
}

bool trail_map_transfer(trail_row_mapper *mapper, trail_mapped_row *mapped)
{
    trail_entry *entry = &mapped->entry;
    uint32_t amount = mapper->map->of[TRAIL_COLUMN_AMOUNT];
    if (!trail_row_mapper_amount(mapper, mapped, TRAIL_COLUMN_AMOUNT, entry->currency,
                                 &entry->amount_minor, NULL)) {
        return false;
    }
    if (entry->amount_minor < 0) {
        return trail_mapped_refuse(mapped, "negative_amount", "a transfer has a negative amount",
                                   amount, mapped->fields[amount]);
    }
    if (mapper->map->of[TRAIL_COLUMN_FEE] != TRAIL_NO_COLUMN &&
        !trail_map_fee(mapper, mapped, &entry->amount_minor))
        return false;
    if (!map_received(mapper, mapped) ||
        !trail_row_mapper_party(mapper, mapped, TRAIL_COLUMN_PAYER_ACCOUNT, TRAIL_COLUMN_PAYER_BANK,
                                TRAIL_COLUMN_PAYER_NAME, &mapped->payer) ||
        !trail_row_mapper_party(mapper, mapped, TRAIL_COLUMN_PAYEE_ACCOUNT, TRAIL_COLUMN_PAYEE_BANK,
                                TRAIL_COLUMN_PAYEE_NAME, &mapped->payee)) {
        return false;
    }
    if (mapped->payer.key.length == 0 && mapped->payee.key.length == 0) {
        return trail_mapped_refuse(
            mapped, "accounts_missing", "neither the payer's nor the payee's account is named",
            mapper->map->of[TRAIL_COLUMN_PAYER_ACCOUNT], mapped->payer.number);
    }
    if (mapped->refund) turn(mapped);
    check_fee(mapped);
    if (mapped->payer.key.length > 0) entry->flags |= TRAIL_HAS_DEBIT;
    if (mapped->payee.key.length > 0) entry->flags |= TRAIL_HAS_CREDIT;
    return true;
}
