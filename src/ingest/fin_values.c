#include "ingest/fin_values.h"

#include <string.h>

#include "model/account.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return c >= 'A' && c <= 'Z';
}

bool trail_fin_is_bic(trail_slice text)
{
    if (text.length != 8 && text.length != 11) return false;
    for (size_t i = 0; i < text.length; i++) {
        bool letter = is_letter(text.start[i]);
        if (i >= 4 && i < 6 ? !letter : !letter && !is_digit(text.start[i])) return false;
        if (i < 4 && !letter) return false;
    }
    return true;
}

bool trail_fin_is_uetr(trail_slice text)
{
    if (text.length != 36) return false;
    for (size_t i = 0; i < 36; i++) {
        char c = text.start[i];
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        bool hex = is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        if (dash ? c != '-' : !hex) return false;
    }
    return true;
}

bool trail_fin_is_iban(trail_slice text)
{
    char stripped[40];
    size_t count = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (text.start[i] == ' ') continue;
        if (count == sizeof stripped) return false;
        stripped[count++] = text.start[i];
    }
    return count >= 15 && trail_iban_valid((trail_slice){stripped, count});
}

trail_slice trail_fin_first_line(trail_slice text, trail_slice *rest)
{
    *rest = (trail_slice){"", 0};
    if (text.length == 0) return *rest;
    const char *end = memchr(text.start, '\n', text.length);
    if (end == NULL) return text;
    size_t length = (size_t)(end - text.start);
    *rest = (trail_slice){end + 1, text.length - length - 1};
    return (trail_slice){text.start, length};
}

/* Decimal digits only. */
static bool read_digits(const char *text, size_t count, int *value)
{
    *value = 0;
    for (size_t i = 0; i < count; i++) {
        if (!is_digit(text[i])) return false;
        *value = *value * 10 + (text[i] - '0');
    }
    return true;
}

static int32_t distance(int32_t a, int32_t b)
{
    return a < b ? b - a : a - b;
}

bool trail_fin_date(trail_slice text, int32_t near, int32_t *day)
{
    int year = 0, month = 0, of_month = 0;
    if (text.length < 6 || !read_digits(text.start, 2, &year) ||
        !read_digits(text.start + 2, 2, &month) || !read_digits(text.start + 4, 2, &of_month)) {
        return false;
    }
    year += year < 80 ? 2000 : 1900;
    if (near != TRAIL_NO_DAY) {
        int near_year = 0, unused = 0;
        trail_day_to_civil(near, &near_year, &unused, &unused);
        while (year > near_year + 50)
            year -= 100;
        while (year < near_year - 50)
            year += 100;
    }
    return trail_day_from_civil(year, month, of_month, day);
}

bool trail_fin_entry_date(trail_slice text, int32_t value_day, int32_t *day)
{
    int year = 0, month = 0, of_month = 0, unused = 0;
    bool found = false;
    if (text.length < 4 || !read_digits(text.start, 2, &month) ||
        !read_digits(text.start + 2, 2, &of_month)) {
        return false;
    }
    trail_day_to_civil(value_day, &year, &unused, &unused);
    for (int y = year - 1; y <= year + 1; y++) {
        int32_t candidate = 0;
        if (!trail_day_from_civil(y, month, of_month, &candidate)) continue;
        if (!found || distance(candidate, value_day) < distance(*day, value_day)) *day = candidate;
        found = true;
    }
    /* 29 February of a year beside the value date's own is no near day. */
    return found && distance(*day, value_day) <= 184;
}

size_t trail_fin_amount_length(trail_slice text)
{
    size_t length = 0;
    while (length < text.length &&
           (is_digit(text.start[length]) || text.start[length] == ',' || text.start[length] == '.'))
        length++;
    return length;
}

/* value·10 + digit, false beyond int64. */
static bool append_digit(int64_t *value, int digit)
{
    if (*value > (INT64_MAX - digit) / 10) return false;
    *value = *value * 10 + digit;
    return true;
}

trail_fin_amount_fault trail_fin_amount(trail_slice text, unsigned exponent, int64_t *minor)
{
    unsigned behind = 0;
    size_t digits = 0;
    char mark = '\0';
    bool precise = false, large = false;
    *minor = 0;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.start[i];
        if ((c == ',' || c == '.') && mark == '\0') {
            mark = c;
            /* "1.234" has two readings, "0000.00" one. */
            if (c == '.' && text.length - i - 1 > 2) return TRAIL_FIN_AMOUNT_BAD;
            continue;
        }
        if (!is_digit(c)) return TRAIL_FIN_AMOUNT_BAD;
        digits++;
        if (mark != '\0' && behind == exponent) {
            precise = precise || c != '0';
        } else {
            large = large || !append_digit(minor, c - '0');
            if (mark != '\0') behind++;
        }
    }
    if (digits == 0) return TRAIL_FIN_AMOUNT_BAD;
    if (mark == '\0') return TRAIL_FIN_AMOUNT_NO_COMMA;
    for (; behind < exponent; behind++)
        large = large || !append_digit(minor, 0);
    return large         ? TRAIL_FIN_AMOUNT_TOO_LARGE
           : precise     ? TRAIL_FIN_AMOUNT_TOO_PRECISE
           : mark == '.' ? TRAIL_FIN_AMOUNT_POINT
                         : TRAIL_FIN_AMOUNT_OK;
}

const char *trail_fin_amount_code(trail_fin_amount_fault fault)
{
    return fault == TRAIL_FIN_AMOUNT_NO_COMMA      ? "amount_without_comma"
           : fault == TRAIL_FIN_AMOUNT_TOO_PRECISE ? "amount_too_precise"
           : fault == TRAIL_FIN_AMOUNT_TOO_LARGE   ? "amount_overflow"
                                                   : "not_an_amount";
}

const char *trail_fin_amount_sentence(trail_fin_amount_fault fault)
{
    return fault == TRAIL_FIN_AMOUNT_NO_COMMA
               ? "the amount has no comma, so its decimals are not known"
           : fault == TRAIL_FIN_AMOUNT_TOO_PRECISE
               ? "the amount has more decimals than its currency"
           : fault == TRAIL_FIN_AMOUNT_TOO_LARGE ? "the amount is too large"
                                                 : "this is no amount";
}

bool trail_fin_money(trail_slice text, trail_currency *currency, int64_t *minor,
                     trail_fin_amount_fault *fault)
{
    text = trail_slice_trim(text);
    *fault = TRAIL_FIN_AMOUNT_BAD;
    if (text.length < 4 || !trail_currency_find((trail_slice){text.start, 3}, currency)) {
        return false;
    }
    trail_slice amount = trail_slice_trim((trail_slice){text.start + 3, text.length - 3});
    *fault = trail_fin_amount(amount, trail_currency_exponent(*currency), minor);
    return *fault <= TRAIL_FIN_AMOUNT_POINT;
}

bool trail_fin_rate(trail_slice text, int64_t *mantissa, uint8_t *scale)
{
    bool mark = false, digits = false;
    text = trail_slice_trim(text);
    *mantissa = 0;
    *scale = 0;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.start[i];
        if ((c == ',' || c == '.') && !mark) {
            mark = true;
            continue;
        }
        if (!is_digit(c) || *scale >= 18 || !append_digit(mantissa, c - '0')) return false;
        digits = true;
        if (mark) (*scale)++;
    }
    return digits && *mantissa > 0;
}

const char *trail_fin_balance_read(trail_slice text, trail_currency known, int32_t near,
                                   trail_fin_balance *balance)
{
    trail_slice rest;
    *balance = (trail_fin_balance){.day = TRAIL_NO_DAY};
    text = trail_slice_trim(trail_fin_first_line(text, &rest));
    if (text.length < 8 || (text.start[0] != 'C' && text.start[0] != 'D')) {
        return "the balance does not begin with C or D, a date and a currency";
    }
    trail_slice date = {text.start + 1, 6};
    if (!trail_fin_date(date, near, &balance->day)) balance->day = TRAIL_NO_DAY;
    for (size_t i = 0; i < 6; i++) {
        if (!is_digit(date.start[i])) return "the balance has no date";
    }
    trail_slice amount = {text.start + 7, text.length - 7};
    balance->currency = known;
    if (amount.length > 3 && is_letter(amount.start[0])) {
        if (!trail_currency_find((trail_slice){amount.start, 3}, &balance->currency)) {
            return "the currency of the balance is not known";
        }
        amount = (trail_slice){amount.start + 3, amount.length - 3};
    } else {
        balance->no_currency = true;
        if (known == TRAIL_NO_CURRENCY) return "the balance names no currency";
    }
    unsigned exponent = trail_currency_exponent(balance->currency);
    trail_fin_amount_fault fault = trail_fin_amount(amount, exponent, &balance->minor);
    if (fault > TRAIL_FIN_AMOUNT_POINT) return trail_fin_amount_sentence(fault);
    balance->point = fault == TRAIL_FIN_AMOUNT_POINT;
    if (text.start[0] == 'D') balance->minor = -balance->minor;
    return NULL;
}

/* Without a currency behind the number: "1017.490.554EUR", "0800003200000001610722 EUR". */
static trail_slice without_currency(trail_slice number, trail_currency currency)
{
    trail_currency found = TRAIL_NO_CURRENCY;
    if (number.length < 7) return number;
    trail_slice tail = {number.start + number.length - 3, 3};
    trail_slice head = trail_slice_trim((trail_slice){number.start, number.length - 3});
    if (!is_letter(tail.start[0]) || !trail_currency_find(tail, &found)) return number;
    if (currency != TRAIL_NO_CURRENCY && found != currency) return number;
    return head.length > 0 && is_digit(head.start[head.length - 1]) ? head : number;
}

trail_party_said trail_fin_account(trail_slice text, trail_currency currency)
{
    trail_party_said party = {{0}, {0}, {0}};
    trail_slice rest;
    text = trail_slice_trim(trail_fin_first_line(text, &rest));
    rest = trail_slice_trim(rest);
    if (text.length > 0 && text.start[0] == '/') {
        text = trail_slice_trim((trail_slice){text.start + 1, text.length - 1});
    }
    if (trail_fin_is_bic(rest)) party.bank = rest; /* :25P: */
    const char *slash = text.length == 0 ? NULL : memchr(text.start, '/', text.length);
    size_t before = slash == NULL ? 0 : (size_t)(slash - text.start);
    if (before > 0 && before <= 11 && before + 1 < text.length) {
        party.bank = (trail_slice){text.start, before};
        text = (trail_slice){slash + 1, text.length - before - 1};
    }
    party.number = without_currency(trail_slice_trim(text), currency);
    return party;
}
