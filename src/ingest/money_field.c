#include "ingest/money_field.h"

/* Digits, and with a decimal mark as many behind it as the currency has or fewer: most fields of
 * most tables. 17 digits cannot overflow. */
static bool read_plain(trail_slice field, char decimal, unsigned exponent, int64_t *minor)
{
    const char *at = field.start;
    const char *end = at + field.length;
    bool negative = at < end && *at == '-';
    if (negative) at++;
    if (end - at > 18) return false;
    const char *first = at;
    uint64_t value = 0;
    while (at < end && (unsigned)(*at - '0') <= 9)
        value = value * 10 + (unsigned)(*at++ - '0');
    if (at == first) return false;
    unsigned behind = 0;
    if (at < end) {
        if (decimal == 0 || *at != decimal) return false;
        first = ++at;
        while (at < end && (unsigned)(*at - '0') <= 9)
            value = value * 10 + (unsigned)(*at++ - '0');
        behind = (unsigned)(at - first);
        if (at != end || behind == 0 || behind > exponent) return false;
    }
    size_t digits = (size_t)(end - field.start);
    for (; behind < exponent; behind++, digits++)
        value *= 10;
    if (digits > 18) return false;
    *minor = negative ? -(int64_t)value : (int64_t)value;
    return true;
}

trail_money_fault trail_money_field_read(const trail_money_field *column, trail_slice field,
                                         unsigned exponent, int64_t *minor)
{
    if (read_plain(field, column->style.decimal, exponent, minor)) return TRAIL_MONEY_OK;
    trail_money_fault fault = trail_money_parse(field, column->style, exponent, minor);
    if (!column->any_group || fault != TRAIL_MONEY_NOT_AN_AMOUNT) return fault;
    static const char groups[] = {'.', ',', ' ', '\''};
    for (size_t i = 0; i < sizeof groups && fault == TRAIL_MONEY_NOT_AN_AMOUNT; i++) {
        trail_money_style style = column->style;
        if (groups[i] == style.decimal) continue;
        style.group = groups[i];
        fault = trail_money_parse(field, style, exponent, minor);
    }
    return fault;
}
