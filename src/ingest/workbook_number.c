#include "ingest/workbook_number.h"

#include <stdio.h>
#include <string.h>

#include "model/calendar.h"

enum { SIGNIFICANT = 15, DIGITS = 40, LARGEST_EXPONENT = 320, FRACTION = 12 };

#define LAST_SERIAL 2958465 /* 31 December 9999 */

/* digits[0].digits[1]… times 10^exponent */
typedef struct decimal {
    bool negative;
    char digits[DIGITS]; /* '0'…'9', the first not '0' */
    int count;           /* 0: the number is zero */
    int exponent;
} decimal;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool read_exponent(trail_slice text, size_t at, int *exponent)
{
    bool negative = at < text.length && text.start[at] == '-';
    int value = 0;
    if (at < text.length && (text.start[at] == '-' || text.start[at] == '+')) at++;
    if (at == text.length) return false;
    for (; at < text.length; at++) {
        if (!is_digit(text.start[at]) || value > LARGEST_EXPONENT) return false;
        value = value * 10 + (text.start[at] - '0');
    }
    *exponent += negative ? -value : value;
    return *exponent<LARGEST_EXPONENT && * exponent> - LARGEST_EXPONENT;
}

static bool read_decimal(trail_slice text, decimal *number)
{
    size_t at = 0;
    bool point = false, any = false;
    *number = (decimal){.exponent = -1};
    number->negative = text.length > 0 && text.start[0] == '-';
    if (text.length > 0 && (text.start[0] == '-' || text.start[0] == '+')) at++;
    for (; at < text.length; at++) {
        char c = text.start[at];
        if (c == '.' && !point) {
            point = true;
            continue;
        }
        if (!is_digit(c)) break;
        any = true;
        if (c != '0' || number->count > 0) {
            if (number->count < DIGITS) number->digits[number->count++] = c;
            if (!point) number->exponent++;
        } else if (point) {
            number->exponent--;
        }
    }
    if (!any) return false;
    if (at < text.length && (text.start[at] == 'E' || text.start[at] == 'e'))
        return read_exponent(text, at + 1, &number->exponent);
    return at == text.length;
}

/* To 15 digits, half up, without zeros behind. */
static void round_decimal(decimal *number)
{
    if (number->count > SIGNIFICANT) {
        bool up = number->digits[SIGNIFICANT] >= '5';
        int at = SIGNIFICANT - 1;
        number->count = SIGNIFICANT;
        while (up && at >= 0 && number->digits[at] == '9')
            number->digits[at--] = '0';
        if (up && at >= 0) number->digits[at]++;
        if (up && at < 0) {
            number->digits[0] = '1';
            number->exponent++;
        }
    }
    while (number->count > 0 && number->digits[number->count - 1] == '0')
        number->count--;
}

static char digit_at(const decimal *number, int power)
{
    int at = number->exponent - power;
    return at >= 0 && at < number->count ? number->digits[at] : '0';
}

/* A fraction of exactly three digits gets a zero, so that nothing takes its point for a mark
 * between thousands. */
static size_t write_plain(const decimal *number, unsigned zeros, char *text)
{
    size_t length = 0;
    int last = number->exponent - number->count + 1; /* the power of the last digit */
    int first = number->exponent > 0 && number->count > 0 ? number->exponent : 0;
    if (number->count == 0) last = 0;
    if (number->negative && number->count > 0) text[length++] = '-';
    if (last >= 0 && !number->negative && zeros > 0 && first < (int)zeros - 1)
        first = (int)zeros - 1;
    for (int power = first; power >= 0; power--)
        text[length++] = number->count == 0 ? '0' : digit_at(number, power);
    if (last < 0) {
        text[length++] = '.';
        for (int power = -1; power >= last; power--)
            text[length++] = digit_at(number, power);
        if (last == -3) text[length++] = '0';
    }
    text[length] = '\0';
    return length;
}

/* Whole days and seconds of the day, rounded; false beyond what a spreadsheet calls a date. */
static bool read_serial(const decimal *number, int64_t *days, int64_t *seconds)
{
    uint64_t fraction = 0, scale = 1;
    if (number->negative || (number->count > 0 && number->exponent > 7)) return false;
    *days = 0;
    for (int power = number->exponent > 0 ? number->exponent : 0; power >= 0; power--)
        *days = *days * 10 + (number->count == 0 ? 0 : digit_at(number, power) - '0');
    for (int power = -1; power >= -FRACTION; power--) {
        fraction =
            fraction * 10 + (number->count == 0 ? 0 : (uint64_t)(digit_at(number, power) - '0'));
        scale *= 10;
    }
    *seconds = (int64_t)((fraction * 86400 + scale / 2) / scale);
    if (*seconds == 86400) {
        *seconds = 0;
        ++*days;
    }
    return *days <= LAST_SERIAL;
}

static void write_day(int64_t serial, bool from_1904, char text[TRAIL_DAY_TEXT])
{
    int32_t epoch = 0;
    if (!from_1904 && serial == 60) { /* the day that 1900 never had, as it is shown */
        memcpy(text, "1900-02-29", TRAIL_DAY_TEXT);
        return;
    }
    if (from_1904)
        (void)trail_day_from_civil(1904, 1, 1, &epoch);
    else
        (void)trail_day_from_civil(1899, 12, serial < 60 ? 31 : 30, &epoch);
    trail_day_format((int32_t)(epoch + serial), text);
}

size_t trail_cell_number(trail_slice value, unsigned form, bool from_1904,
                         char text[TRAIL_CELL_NUMBER_TEXT])
{
    decimal number;
    int64_t days = 0, seconds = 0;
    char day[TRAIL_DAY_TEXT], time[TRAIL_TIME_TEXT];
    value = trail_slice_trim(value);
    if (!read_decimal(value, &number)) {
        size_t length =
            value.length < TRAIL_CELL_NUMBER_TEXT ? value.length : TRAIL_CELL_NUMBER_TEXT - 1;
        if (length > 0) memcpy(text, value.start, length);
        text[length] = '\0';
        return length;
    }
    round_decimal(&number);
    if (form == TRAIL_CELL_PLAIN || form >= TRAIL_CELL_ZEROS ||
        !read_serial(&number, &days, &seconds)) {
        return write_plain(&number, form > TRAIL_CELL_ZEROS ? form - TRAIL_CELL_ZEROS : 0, text);
    }
    write_day(days, from_1904, day);
    trail_time_format((int32_t)seconds, time);
    int length =
        snprintf(text, TRAIL_CELL_NUMBER_TEXT, "%s%s%s", form == TRAIL_CELL_TIME ? "" : day,
                 form == TRAIL_CELL_DATE_TIME ? " " : "", form == TRAIL_CELL_DATE ? "" : time);
    return length < 0 ? 0 : (size_t)length;
}

/* The letters of a format that stand for parts of a date, without quoted text, escapes, colours and
 * conditions; [h], [m], [s] count hours and are times. */
static void find_parts(const char *code, bool *day, bool *time, bool *month)
{
    for (const char *at = code; *at != '\0' && *at != ';'; at++) {
        char c = (char)(*at >= 'A' && *at <= 'Z' ? *at + ('a' - 'A') : *at);
        if (c == '"') {
            at = strchr(at + 1, '"');
            if (at == NULL) return;
        } else if (c == '\\' || c == '_' || c == '*') {
            if (*++at == '\0') return;
        } else if (c == '[') {
            char inner = at[1];
            const char *close = strchr(at, ']');
            if (close == NULL) return;
            if (inner != '\0' && strchr("hHmMsS", inner) != NULL &&
                (close == at + 2 || at[2] == inner))
                *time = true;
            at = close;
        } else if (c == 'y' || c == 'd') {
            *day = true;
        } else if (c == 'h' || c == 's') {
            *time = true;
        } else if (c == 'm') {
            *month = true;
        }
    }
}

static unsigned form_of_code(const char *code)
{
    bool day = false, time = false, month = false;
    size_t zeros = strspn(code, "0");
    if (zeros > 1 && zeros <= SIGNIFICANT && code[zeros] == '\0')
        return (unsigned)(TRAIL_CELL_ZEROS + zeros);
    if (strcmp(code, "General") == 0) return TRAIL_CELL_PLAIN;
    find_parts(code, &day, &time, &month);
    if (!time) return day || month ? TRAIL_CELL_DATE : TRAIL_CELL_PLAIN;
    return day ? TRAIL_CELL_DATE_TIME : TRAIL_CELL_TIME;
}

unsigned trail_cell_form_of(unsigned number, const char *code)
{
    if (code != NULL) return form_of_code(code);
    if (number == 22) return TRAIL_CELL_DATE_TIME;
    if ((number >= 18 && number <= 21) || (number >= 45 && number <= 47)) return TRAIL_CELL_TIME;
    if ((number >= 14 && number <= 17) || (number >= 27 && number <= 31) || number == 36 ||
        (number >= 50 && number <= 54) || number == 57 || number == 58)
        return TRAIL_CELL_DATE;
    return TRAIL_CELL_PLAIN;
}
