#include "ingest/iso_value.h"

#include <string.h>

#include "model/calendar.h"
#include "model/money.h"

enum { NEWEST_VERSION = 13, MOST_RATE_DIGITS = 18 };

static trail_iso_fault refuse(const char *code, const char *sentence, trail_slice value)
{
    return (trail_iso_fault){code, sentence, value};
}

static const trail_iso_fault no_fault = {0};

trail_iso_fault trail_iso_amount(trail_slice amount, trail_slice code, trail_currency *currency,
                                 int64_t *minor)
{
    const trail_money_style style = {.decimal = '.'};
    *minor = 0;
    if (amount.length == 0) return refuse("amount_missing", "there is no amount", amount);
    if (code.length == 0) return refuse("currency_missing", "the amount names no currency", amount);
    /* Three letters: the names that tables use are none here. */
    if (code.length != 3 || !trail_currency_find(code, currency))
        return refuse("unknown_currency", "there is no such currency", code);
    switch (trail_money_parse(amount, style, trail_currency_exponent(*currency), minor)) {
    case TRAIL_MONEY_OK:
        break;
    case TRAIL_MONEY_TOO_PRECISE:
        return refuse("amount_too_precise", "the amount has more decimals than its currency",
                      amount);
    case TRAIL_MONEY_OVERFLOW:
        return refuse("amount_overflow", "the amount is too large", amount);
    case TRAIL_MONEY_SCIENTIFIC:
        return refuse("amount_scientific", "the amount is in E-notation", amount);
    case TRAIL_MONEY_EMPTY:
    case TRAIL_MONEY_NOT_AN_AMOUNT:
        return refuse("not_an_amount", "this is no amount", amount);
    }
    if (*minor < 0) return refuse("negative_amount", "the amount is below zero", amount);
    return no_fault;
}

trail_iso_fault trail_iso_day(trail_slice text, int32_t *day, int32_t *second)
{
    enum { DAY_LENGTH = 10 };
    *day = TRAIL_NO_DAY;
    *second = TRAIL_NO_TIME;
    if (text.length == 0) return refuse("date_missing", "there is no date", text);
    trail_slice date = text;
    if (date.length > DAY_LENGTH && memchr("+-Z", date.start[DAY_LENGTH], 3) != NULL)
        date.length = DAY_LENGTH; /* a day with the offset of its zone */
    if (trail_day_parse(date, "YYYY-MM-DD", day, second)) return no_fault;
    if (trail_day_parse(text, "YYYY-MM-DDThh:mm:ss", day, second)) {
        if (*second == 0) *second = TRAIL_NO_TIME;
        return no_fault;
    }
    *day = TRAIL_NO_DAY;
    *second = TRAIL_NO_TIME;
    return refuse("no_such_date", "there is no such day or time", text);
}

bool trail_iso_rate(trail_slice text, int64_t *mantissa, uint8_t *scale)
{
    bool behind = false;
    unsigned digits = 0;
    *mantissa = 0;
    *scale = 0;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.start[i];
        if (c == '.' && !behind) {
            behind = true;
            continue;
        }
        if (c < '0' || c > '9' || (digits == MOST_RATE_DIGITS && c != '0')) return false;
        if (digits == MOST_RATE_DIGITS && behind) continue; /* zeros behind the last digit */
        if (digits == MOST_RATE_DIGITS) return false;
        *mantissa = *mantissa * 10 + (c - '0');
        if (*mantissa > 0) digits++;
        if (behind) (*scale)++;
    }
    return *mantissa > 0;
}

trail_charge_bearer trail_iso_bearer(trail_slice code)
{
    if (trail_slice_is(code, "DEBT")) return TRAIL_BEARER_PAYER;
    if (trail_slice_is(code, "CRED")) return TRAIL_BEARER_PAYEE;
    if (trail_slice_is(code, "SHAR") || trail_slice_is(code, "SLEV")) return TRAIL_BEARER_SHARED;
    return TRAIL_BEARER_UNKNOWN;
}

bool trail_iso_true(trail_slice text)
{
    return trail_slice_is(text, "true") || trail_slice_is(text, "1");
}

unsigned trail_iso_version(trail_slice space)
{
    static const char tail[] = "camt.053.001.08"; /* and others of its shape */
    uint64_t version = 0;
    size_t length = sizeof tail - 1;
    if (space.length < length) return 0;
    trail_slice name = {space.start + space.length - length, length};
    bool shaped = name.start[4] == '.' && memcmp(name.start + 8, ".001.", 5) == 0;
    if (!shaped || !trail_slice_to_u64((trail_slice){name.start + 13, 2}, &version)) return 0;
    trail_slice stem = {space.start, space.length - length};
    bool known = trail_slice_is(stem, "urn:iso:std:iso:20022:tech:xsd:") ||
                 trail_slice_is(stem, "urn:swift:xsd:");
    return known && version >= 1 && version <= NEWEST_VERSION ? (unsigned)version : 0;
}
