#include "model/calendar.h"

#include <string.h>

#include "base/attributes.h"
#include "model/month_name.h"

/* Days from civil and back: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2013):
 * eras of 400 years that start on 1 March, so that the leap day comes last. */

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in_month(int year, int month)
{
    static const int days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

bool trail_day_from_civil(int year, int month, int day, int32_t *out)
{
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 ||
        day > days_in_month(year, month))
        return false;
    int y = month <= 2 ? year - 1 : year;
    int era = y / 400;
    int year_of_era = y - era * 400;
    int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    *out = era * 146097 + day_of_era - 719468;
    return true;
}

void trail_day_to_civil(int32_t day, int *year, int *month, int *day_of_month)
{
    int z = day + 719468;
    int era = (z >= 0 ? z : z - 146096) / 146097;
    int day_of_era = z - era * 146097;
    int year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int shifted = (5 * day_of_year + 2) / 153;
    *day_of_month = day_of_year - (153 * shifted + 2) / 5 + 1;
    *month = shifted < 10 ? shifted + 3 : shifted - 9;
    *year = year_of_era + era * 400 + (*month <= 2 ? 1 : 0);
}

int trail_day_weekday(int32_t day)
{
    int32_t since_monday = (day + 3) % 7; /* 1970-01-01 was a Thursday */
    return (since_monday < 0 ? since_monday + 7 : since_monday) + 1;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* `least`..`most` digits at *at. */
static bool take_number(trail_slice field, size_t *at, unsigned least, unsigned most, int *value)
{
    unsigned digits = 0;
    int number = 0;
    while (digits < most && *at < field.length && is_digit(field.start[*at])) {
        number = number * 10 + (field.start[*at] - '0');
        (*at)++;
        digits++;
    }
    *value = number;
    return digits >= least;
}

static bool take_month_name(trail_slice field, size_t *at, int *month)
{
    size_t letters = 0;
    trail_slice rest = {field.start + *at, field.length - *at};
    if (!trail_month_name_find(rest, month, &letters)) return false;
    *at += letters;
    if (*at < field.length && field.start[*at] == '.') (*at)++;
    return true;
}

/* After seconds: ".123", then "Z", "+0000", "+00:00", " UTC" are the bank's notation, not ours. */
static void skip_zone(trail_slice field, size_t *at)
{
    if (*at + 1 < field.length && field.start[*at] == '.' && is_digit(field.start[*at + 1])) {
        (*at)++;
        while (*at < field.length && is_digit(field.start[*at]))
            (*at)++;
    }
    trail_slice rest = {field.start + *at, field.length - *at};
    if (trail_slice_is(rest, "Z") || trail_slice_is(rest, " UTC") || trail_slice_is(rest, "UTC")) {
        *at = field.length;
        return;
    }
    size_t next = *at;
    if (next < field.length && field.start[next] == ' ') next++;
    if (next >= field.length || (field.start[next] != '+' && field.start[next] != '-')) return;
    next++;
    int hours = 0, minutes = 0;
    if (!take_number(field, &next, 2, 2, &hours)) return;
    if (next < field.length && field.start[next] == ':') next++;
    if (next < field.length && !take_number(field, &next, 2, 2, &minutes)) return;
    *at = next;
}

typedef struct parts {
    int year, month, day, hour, minute, second;
    bool has_time, afternoon, morning;
} parts;

static bool take_meridiem(trail_slice field, size_t *at, parts *out)
{
    if (*at + 2 > field.length) return false;
    char a = (char)(field.start[*at] | 0x20), m = (char)(field.start[*at + 1] | 0x20);
    if ((a != 'a' && a != 'p') || m != 'm') return false;
    out->afternoon = a == 'p';
    out->morning = a == 'a';
    *at += 2;
    return true;
}

typedef enum element {
    NONE,
    YEAR4,
    YEAR2,
    MONTH,
    MONTH_NAME,
    DAY,
    HOUR,
    MINUTE,
    SECOND,
    AM_PM
} element;

typedef struct format_letter {
    const char *text;
    element what;
    unsigned least, most;
} format_letter;

static const format_letter format_letters[] = {
    {"YYYY", YEAR4, 4, 4}, {"MON", MONTH_NAME, 0, 0}, {"YY", YEAR2, 2, 2},  {"MM", MONTH, 2, 2},
    {"DD", DAY, 2, 2},     {"hh", HOUR, 2, 2},        {"mm", MINUTE, 2, 2}, {"ss", SECOND, 2, 2},
    {"ap", AM_PM, 0, 0},   {"M", MONTH, 1, 2},        {"D", DAY, 1, 2},     {"h", HOUR, 1, 2},
};

static const format_letter *letters_at(const char *format)
{
    for (size_t i = 0; i < TRAIL_LENGTH_OF(format_letters); i++) {
        if (strncmp(format, format_letters[i].text, strlen(format_letters[i].text)) == 0)
            return &format_letters[i];
    }
    return NULL;
}

static bool take_element(const format_letter *wanted, trail_slice field, size_t *at, parts *out)
{
    if (wanted->what == MONTH_NAME) return take_month_name(field, at, &out->month);
    if (wanted->what == AM_PM) return take_meridiem(field, at, out);
    int value = 0;
    if (!take_number(field, at, wanted->least, wanted->most, &value)) return false;
    switch (wanted->what) {
    case YEAR4:
        out->year = value;
        break;
    case YEAR2:
        out->year = value < 80 ? 2000 + value : 1900 + value;
        break;
    case MONTH:
        out->month = value;
        break;
    case DAY:
        out->day = value;
        break;
    case HOUR:
        out->hour = value;
        out->has_time = true;
        break;
    case MINUTE:
        out->minute = value;
        break;
    case SECOND:
        out->second = value;
        break;
    case MONTH_NAME:
    case AM_PM:
    case NONE:
        break;
    }
    return true;
}

static bool settle_time(parts *out, int32_t *second)
{
    if (out->afternoon || out->morning) {
        if (out->hour < 1 || out->hour > 12) return false;
        out->hour = out->hour % 12 + (out->afternoon ? 12 : 0);
    }
    if (out->hour > 23 || out->minute > 59 || out->second > 59) return false;
    *second = out->has_time ? out->hour * 3600 + out->minute * 60 + out->second : TRAIL_NO_TIME;
    return true;
}

bool trail_day_parse(trail_slice field, const char *format, int32_t *day, int32_t *second)
{
    parts out = {.year = 1970, .month = 1, .day = 1};
    size_t at = 0;
    bool seconds_read = false;
    while (*format != '\0') {
        const format_letter *wanted = letters_at(format);
        if (wanted != NULL) {
            if (!take_element(wanted, field, &at, &out)) return false;
            format += strlen(wanted->text);
            seconds_read = wanted->what == SECOND;
            continue;
        }
        if (at >= field.length || field.start[at] != *format) return false;
        at++;
        format++;
    }
    if (seconds_read) skip_zone(field, &at);
    if (at != field.length || !settle_time(&out, second)) return false;
    return trail_day_from_civil(out.year, out.month, out.day, day);
}

static void two_digits(int value, char *text)
{
    text[0] = (char)('0' + value / 10);
    text[1] = (char)('0' + value % 10);
}

void trail_day_format(int32_t day, char text[TRAIL_DAY_TEXT])
{
    text[0] = '\0';
    if (day == TRAIL_NO_DAY) return;
    int year, month, day_of_month;
    trail_day_to_civil(day, &year, &month, &day_of_month);
    two_digits(year / 100, text);
    two_digits(year % 100, text + 2);
    text[4] = '-';
    two_digits(month, text + 5);
    text[7] = '-';
    two_digits(day_of_month, text + 8);
    text[10] = '\0';
}

void trail_time_format(int32_t second, char text[TRAIL_TIME_TEXT])
{
    text[0] = '\0';
    if (second < 0) return;
    two_digits(second / 3600, text);
    text[2] = ':';
    two_digits(second / 60 % 60, text + 3);
    text[5] = ':';
    two_digits(second % 60, text + 6);
    text[8] = '\0';
}
