#include "model/money.h"

#include <string.h>

#include "base/attributes.h"
#include "base/wide.h"

/* Reading an amount in three steps: peel the signs, collect digits with their marks, scale to minor
 * units. No double ever holds money. */

#define MOST_DIGITS 60

typedef struct digits {
    char digit[MOST_DIGITS];
    int count;
    int whole;      /* digits before the decimal mark (may be moved by an exponent) */
    bool mark_seen; /* a decimal mark stood in the field */
    bool scientific;
} digits;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool strip_prefix(trail_slice *field, const char *prefix)
{
    size_t length = strlen(prefix);
    if (field->length < length || memcmp(field->start, prefix, length) != 0) return false;
    field->start += length;
    field->length -= length;
    return true;
}

static bool strip_suffix(trail_slice *field, const char *suffix)
{
    size_t length = strlen(suffix);
    if (field->length < length ||
        memcmp(field->start + field->length - length, suffix, length) != 0)
        return false;
    field->length -= length;
    return true;
}

/* One sign at most, in front, behind, as parentheses or as a word behind. */
static bool peel_sign(trail_slice *field, bool *negative)
{
    static const char *const minus[] = {"-", "\xe2\x88\x92", "\xe2\x80\x93"}; /* U+2212, U+2013 */
    static const char *const debit[] = {"DR", "Dr", "dr", "D"};
    static const char *const credit[] = {"CR", "Cr", "cr", "C"};
    int signs = 0;
    *negative = false;
    if (field->length >= 2 && field->start[0] == '(' && strip_suffix(field, ")")) {
        strip_prefix(field, "(");
        *negative = true;
        signs++;
    }
    for (size_t i = 0; i < TRAIL_LENGTH_OF(minus); i++) {
        if (strip_prefix(field, minus[i]) || strip_suffix(field, minus[i])) {
            *negative = true;
            signs++;
        }
    }
    if (strip_prefix(field, "+") || strip_suffix(field, "+")) signs++;
    for (size_t i = 0; i < TRAIL_LENGTH_OF(debit) && signs == 0; i++) {
        if (strip_suffix(field, debit[i])) {
            *negative = true;
            signs++;
        } else if (strip_suffix(field, credit[i])) {
            signs++;
        }
    }
    *field = trail_slice_trim(*field);
    return signs <= 1;
}

/* The bytes of a group separator at `at`, 0 if none stands there. */
static size_t group_at(trail_slice field, size_t at, char group)
{
    if (group == 0) return 0;
    if (group != ' ') return field.start[at] == group ? 1 : 0;
    static const char *const blanks[] = {" ", "\xc2\xa0", "\xe2\x80\xaf", "\xe2\x80\x89"};
    for (size_t i = 0; i < TRAIL_LENGTH_OF(blanks); i++) {
        size_t length = strlen(blanks[i]);
        if (field.length - at >= length && memcmp(field.start + at, blanks[i], length) == 0)
            return length;
    }
    return 0;
}

static trail_money_fault take_exponent(trail_slice field, size_t at, digits *out)
{
    bool down = false;
    if (at < field.length && (field.start[at] == '+' || field.start[at] == '-'))
        down = field.start[at++] == '-';
    int exponent = 0, count = 0;
    for (; at < field.length && is_digit(field.start[at]) && count < 3; at++, count++)
        exponent = exponent * 10 + (field.start[at] - '0');
    if (count == 0 || at != field.length) return TRAIL_MONEY_NOT_AN_AMOUNT;
    out->whole += down ? -exponent : exponent;
    out->scientific = true;
    return TRAIL_MONEY_OK;
}

/* Groups are three digits each after a first group of one to three (1,234,567), or in the Indian
 * way two each before the last three (12,34,567). */
static trail_money_fault take_digits(trail_slice field, trail_money_style style, digits *out)
{
    int since_group = -1; /* digits since the last separator; -1: none yet */
    for (size_t at = 0; at < field.length;) {
        char c = field.start[at];
        if (is_digit(c)) {
            if (out->count == MOST_DIGITS) return TRAIL_MONEY_OVERFLOW;
            out->digit[out->count++] = c;
            if (!out->mark_seen) {
                out->whole++;
                if (since_group >= 0) since_group++;
            }
            at++;
            continue;
        }
        if ((c == 'E' || c == 'e') && out->count > 0)
            return since_group >= 0 ? TRAIL_MONEY_NOT_AN_AMOUNT : take_exponent(field, at + 1, out);
        size_t group = out->mark_seen ? 0 : group_at(field, at, style.group);
        if (group > 0) {
            bool first_ok = since_group < 0 && out->whole >= 1 && out->whole <= 3;
            bool next_ok = since_group == 3 || since_group == 2;
            if (!first_ok && !next_ok) return TRAIL_MONEY_NOT_AN_AMOUNT;
            since_group = 0;
            at += group;
            continue;
        }
        if (style.decimal == 0 || c != style.decimal || out->mark_seen)
            return TRAIL_MONEY_NOT_AN_AMOUNT;
        if (since_group >= 0 && since_group != 3) return TRAIL_MONEY_NOT_AN_AMOUNT;
        since_group = -1;
        out->mark_seen = true;
        at++;
    }
    if (since_group >= 0 && since_group != 3) return TRAIL_MONEY_NOT_AN_AMOUNT;
    return out->count > 0 ? TRAIL_MONEY_OK : TRAIL_MONEY_NOT_AN_AMOUNT;
}

static trail_money_fault scale(const digits *in, unsigned exponent, bool exact, int64_t *minor)
{
    int wanted = in->whole + (int)exponent; /* digits that make up the minor units */
    if (in->scientific && !exact && in->count < wanted) return TRAIL_MONEY_SCIENTIFIC;
    int64_t value = 0;
    for (int i = 0; i < in->count || i < wanted; i++) {
        int digit = i < in->count ? in->digit[i] - '0' : 0;
        if (i >= wanted) {
            if (digit != 0) return TRAIL_MONEY_TOO_PRECISE;
            continue;
        }
        if (value == 0 && digit == 0) {
            if (i > 400) break; /* 0E+999 */
            continue;
        }
        trail_wide next = (trail_wide)value * 10 + digit;
        if (next > INT64_MAX) return TRAIL_MONEY_OVERFLOW;
        value = (int64_t)next;
    }
    *minor = value;
    return TRAIL_MONEY_OK;
}

trail_money_fault trail_money_parse(trail_slice field, trail_money_style style, unsigned exponent,
                                    int64_t *minor)
{
    *minor = 0;
    field = trail_slice_trim(field);
    if (field.length == 0) return TRAIL_MONEY_EMPTY;
    bool negative;
    if (!peel_sign(&field, &negative)) return TRAIL_MONEY_NOT_AN_AMOUNT;
    digits found = {.count = 0};
    trail_money_fault fault = take_digits(field, style, &found);
    if (fault == TRAIL_MONEY_OK) fault = scale(&found, exponent, style.scientific_exact, minor);
    if (negative) *minor = -*minor;
    return fault;
}

const char *trail_money_fault_text(trail_money_fault fault)
{
    static const char *const texts[] = {
        "amount is read",
        "amount is empty",
        "not an amount in this column's notation",
        "amount has a digit below the currency's minor unit",
        "amount in E-notation has lost digits",
        "amount is out of range",
    };
    return texts[fault];
}

size_t trail_money_format(int64_t minor, trail_currency currency, char text[TRAIL_MONEY_TEXT])
{
    unsigned exponent = trail_currency_exponent(currency);
    char reversed[TRAIL_MONEY_TEXT];
    size_t count = 0;
    uint64_t rest = minor < 0 ? 0 - (uint64_t)minor : (uint64_t)minor;
    do {
        reversed[count++] = (char)('0' + rest % 10);
        rest /= 10;
        if (count == exponent && exponent > 0) reversed[count++] = '.';
    } while (rest > 0 || count <= (exponent > 0 ? exponent + 1 : 0));
    if (minor < 0) reversed[count++] = '-';
    for (size_t i = 0; i < count; i++)
        text[i] = reversed[count - 1 - i];
    text[count] = '\0';
    return count;
}
