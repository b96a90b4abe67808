#include "export/match_words.h"

#include "model/calendar.h"
#include "model/money.h"

static trail_status add_amount(trail_text *text, int64_t minor, trail_currency currency,
                               trail_error *err)
{
    char amount[TRAIL_MONEY_TEXT];
    trail_money_format(minor, currency, amount);
    return trail_text_add_format(text, err, "%s %s", amount, trail_currency_code(currency));
}

trail_status trail_match_explain(const trail_ledger *ledger, const trail_match *match,
                                 trail_text *text, trail_error *err)
{
    const trail_amount_story *story = &match->story;
    uint32_t credit_payment = match->other == TRAIL_NO_PAYMENT ? match->payment : match->other;
    trail_currency paid = ledger->currency[match->payment];
    trail_currency received = trail_ledger_credit(ledger, credit_payment).currency;
    trail_status status = TRAIL_OK;
    char day[TRAIL_DAY_TEXT];
    switch (story->link) {
    case TRAIL_AMOUNTS_EQUAL:
        return TRAIL_OK;
    case TRAIL_AMOUNTS_CHARGE_STATED:
        status = trail_text_add_format(text, err, "charge that a record states: ");
        return status == TRAIL_OK ? add_amount(text, story->charge_minor, paid, err) : status;
    case TRAIL_AMOUNTS_CHARGE:
        status = trail_text_add_format(text, err, "less by what no record states: ");
        return status == TRAIL_OK ? add_amount(text, story->charge_minor, paid, err) : status;
    case TRAIL_AMOUNTS_RATE_STATED:
        return trail_text_add_format(text, err,
                                     story->rate_mantissa > 0
                                         ? "at the rate that a record states: %lld / 10^%u"
                                         : "both amounts are stated by a record",
                                     (long long)story->rate_mantissa, (unsigned)story->rate_scale);
    case TRAIL_AMOUNTS_RATE_NEAR:
        trail_day_format(story->rate_day, day);
        status = trail_text_add_format(text, err, "at the reference rate of %s: ", day);
        return status == TRAIL_OK ? add_amount(text, story->expected_minor, received, err) : status;
    case TRAIL_AMOUNTS_RATE_UNKNOWN:
        return trail_text_add_format(text, err, "two currencies, no rate to hold them against");
    case TRAIL_AMOUNTS_UNEXPLAINED:
        break;
    }
    return trail_text_add_format(text, err, "nothing explains the difference of the amounts");
}
