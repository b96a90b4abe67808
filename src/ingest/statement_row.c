/* A row of an account statement: one leg on the own account. */
#include "ingest/row_mapper.h"

/* Banks write debits with a minus or without, but not both in one table: the first debit says
 * which, and one written the other way round may be a reversal, which is not ours to decide. */
static bool take_debit_sign(trail_row_mapper *mapper, trail_mapped_row *mapped, trail_column column,
                            int64_t minor)
{
    int sign = minor < 0 ? -1 : 1;
    if (minor == 0) return true;
    if (mapper->debit_sign == 0) mapper->debit_sign = sign;
    if (mapper->debit_sign == sign) return true;
    return trail_mapped_refuse(mapped, "sign_unknown",
                               "debits of this table are written with one sign and this one with "
                               "the other",
                               mapper->map->of[column],
                               trail_row_mapper_field(mapper, mapped, column));
}

static bool refuse_credit(trail_row_mapper *mapper, trail_mapped_row *mapped, trail_column column)
{
    return trail_mapped_refuse(mapped, "sign_unknown", "a credit has a negative amount",
                               mapper->map->of[column],
                               trail_row_mapper_field(mapper, mapped, column));
}

/* Two columns: at most one of them holds an amount other than zero. */
static bool map_two_columns(trail_row_mapper *mapper, trail_mapped_row *mapped,
                            int64_t *signed_minor)
{
    int64_t debit = 0, credit = 0;
    bool no_debit = true, no_credit = true;
    trail_currency currency = mapped->entry.currency;
    if (!trail_row_mapper_amount(mapper, mapped, TRAIL_COLUMN_DEBIT, currency, &debit, &no_debit) ||
        !trail_row_mapper_amount(mapper, mapped, TRAIL_COLUMN_CREDIT, currency, &credit,
                                 &no_credit)) {
        return false;
    }
    if (no_debit && no_credit) {
        return trail_mapped_refuse(mapped, "amount_missing", "neither debit nor credit is given",
                                   mapper->map->of[TRAIL_COLUMN_DEBIT], (trail_slice){"", 0});
    }
    if (debit != 0 && credit != 0) {
        return trail_mapped_refuse(mapped, "debit_and_credit", "both debit and credit are given",
                                   mapper->map->of[TRAIL_COLUMN_DEBIT],
                                   trail_row_mapper_field(mapper, mapped, TRAIL_COLUMN_DEBIT));
    }
    if (!take_debit_sign(mapper, mapped, TRAIL_COLUMN_DEBIT, debit)) return false;
    if (credit < 0) return refuse_credit(mapper, mapped, TRAIL_COLUMN_CREDIT);
    mapped->own_is_payer = debit != 0 || no_credit;
    *signed_minor = debit != 0 ? -(debit < 0 ? -debit : debit) : credit;
    return true;
}

/* +1 or -1 for the mark, 0 when it has no meaning. */
static int32_t sign_of(trail_row_mapper *mapper, trail_slice mark)
{
    int32_t sign = 0;
    if (trail_value_memo_find(&mapper->signs, mark, &sign)) return sign;
    const trail_value_rule *rules = mapper->profile->signs.items;
    for (size_t i = 0; i < mapper->profile->signs.count && sign == 0; i++) {
        if (trail_slice_is(mark, rules[i].value)) sign = rules[i].result;
    }
    if (mark.length > 0) trail_value_memo_put(&mapper->signs, mark, sign);
    return sign;
}

static bool map_marked(trail_row_mapper *mapper, trail_mapped_row *mapped, int64_t *signed_minor)
{
    int64_t minor = 0;
    trail_slice mark = trail_row_mapper_field(mapper, mapped, TRAIL_COLUMN_MARK);
    int32_t sign = sign_of(mapper, mark);
    if (sign == 0) {
        return trail_mapped_refuse(mapped, "sign_unknown",
                                   mark.length == 0 ? "the mark is blank"
                                                    : "signs does not say what this mark means",
                                   mapper->map->of[TRAIL_COLUMN_MARK], mark);
    }
    if (!trail_row_mapper_amount(mapper, mapped, TRAIL_COLUMN_AMOUNT, mapped->entry.currency,
                                 &minor, NULL)) {
        return false;
    }
    if (sign < 0 && !take_debit_sign(mapper, mapped, TRAIL_COLUMN_AMOUNT, minor)) return false;
    if (sign > 0 && minor < 0) return refuse_credit(mapper, mapped, TRAIL_COLUMN_AMOUNT);
    mapped->own_is_payer = sign < 0;
    *signed_minor = sign < 0 && minor > 0 ? -minor : minor;
    return true;
}

static bool map_signed(trail_row_mapper *mapper, trail_mapped_row *mapped, int64_t *signed_minor)
{
    if (!trail_row_mapper_amount(mapper, mapped, TRAIL_COLUMN_AMOUNT, mapped->entry.currency,
                                 signed_minor, NULL)) {
        return false;
    }
    mapped->own_is_payer = *signed_minor < 0;
    return true;
}

static bool map_own_account(trail_row_mapper *mapper, trail_mapped_row *mapped,
                            trail_mapped_party *own)
{
    uint32_t column = mapper->map->of[TRAIL_COLUMN_OWN_ACCOUNT];
    own->number = trail_row_mapper_field(mapper, mapped, TRAIL_COLUMN_OWN_ACCOUNT);
    own->name = trail_row_mapper_field(mapper, mapped, TRAIL_COLUMN_OWN_NAME);
    for (uint32_t i = 0; i < TRAIL_COLUMNS_ALSO && own->number.length == 0; i++) {
        uint32_t also = mapper->map->also[TRAIL_COLUMN_OWN_ACCOUNT][i];
        if (also == TRAIL_NO_COLUMN) break;
        own->number = trail_slice_trim(mapped->fields[also]);
    }
    own->bank = trail_slice_of(mapper->source->bank);
    if (own->number.length == 0) own->number = mapper->own_number;
    if (!trail_row_mapper_key(mapper, mapped, column, own)) return false;
    if (own->key.length > 0) return true;
    return trail_mapped_refuse(mapped, "own_account_missing",
                               "the row does not say whose account it is on", column, own->number);
}

bool trail_map_statement(trail_row_mapper *mapper, trail_mapped_row *mapped)
{
    const uint32_t *of = mapper->map->of;
    int64_t signed_minor = 0;
    bool no_balance = true;
    bool good =
        of[TRAIL_COLUMN_AMOUNT] == TRAIL_NO_COLUMN ? map_two_columns(mapper, mapped, &signed_minor)
        : of[TRAIL_COLUMN_MARK] != TRAIL_NO_COLUMN ? map_marked(mapper, mapped, &signed_minor)
                                                   : map_signed(mapper, mapped, &signed_minor);
    if (!good) return false;
    if (!trail_row_mapper_amount(mapper, mapped, TRAIL_COLUMN_BALANCE, mapped->entry.currency,
                                 &mapped->balance_minor, &no_balance)) {
        return false;
    }
    mapped->has_balance = !no_balance;
    if (of[TRAIL_COLUMN_FEE] != TRAIL_NO_COLUMN && !trail_map_fee(mapper, mapped, &signed_minor))
        return false;
    mapped->entry.amount_minor = signed_minor < 0 ? -signed_minor : signed_minor;
    mapped->entry.flags = mapped->own_is_payer ? TRAIL_HAS_DEBIT : TRAIL_HAS_CREDIT;
    trail_mapped_party *own = mapped->own_is_payer ? &mapped->payer : &mapped->payee;
    trail_mapped_party *other = mapped->own_is_payer ? &mapped->payee : &mapped->payer;
    return map_own_account(mapper, mapped, own) &&
           trail_row_mapper_party(mapper, mapped, TRAIL_COLUMN_COUNTERPARTY_ACCOUNT,
                                  TRAIL_COLUMN_COUNTERPARTY_BANK, TRAIL_COLUMN_COUNTERPARTY_NAME,
                                  other);
}
