#include "export/conflict_shown.h"

#include "model/money.h"

bool trail_conflict_has_sayers(trail_conflict_kind kind)
{
    return kind < TRAIL_CONFLICT_ROW_AMOUNT;
}

static trail_status show_number(const trail_findings *findings, const trail_conflict_value *value,
                                trail_text *shown, trail_error *err)
{
    if (value->account == TRAIL_NO_ACCOUNT)
        return trail_protect_number(findings->protection,
                                    trail_strings_get(findings->ledger->strings, value->text),
                                    shown, err);
    const char *hidden = trail_protect_account(findings->protection, value->account);
    if (hidden != NULL) return trail_text_add(shown, trail_slice_of(hidden), err);
    return trail_protect_number(findings->protection,
                                trail_accounts_number(findings->ledger->accounts, value->account),
                                shown, err);
}

trail_status trail_conflict_value_show(const trail_findings *findings, trail_conflict_kind kind,
                                       const trail_conflict_value *value, trail_text *shown,
                                       trail_error *err)
{
    trail_text_reset(shown);
    if (value->currency != TRAIL_NO_CURRENCY && kind != TRAIL_CONFLICT_ROW_DAY) {
        char amount[TRAIL_MONEY_TEXT];
        trail_money_format(value->minor, value->currency, amount);
        return trail_text_add_format(shown, err, "%s %s", amount,
                                     trail_currency_code(value->currency));
    }
    if (value->day != TRAIL_NO_DAY) {
        char day[TRAIL_DAY_TEXT];
        trail_day_format(value->day, day);
        return trail_text_add(shown, trail_slice_of(day), err);
    }
    if (value->is_number) return show_number(findings, value, shown, err);
    if (value->text == 0) return TRAIL_OK;
    return trail_protect_text(findings->protection,
                              trail_strings_get(findings->ledger->strings, value->text), shown,
                              err);
}
