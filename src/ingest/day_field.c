#include "ingest/day_field.h"

#include <string.h>

#include "base/attributes.h"
#include "ingest/short_equal.h"
#include "model/calendar.h"

static const struct {
    const char *letters;
    uint8_t part;
} fixed_parts[] = {{"YYYY", 0}, {"YY", 0}, {"MM", 1}, {"DD", 2}, {"hh", 3}, {"mm", 4}, {"ss", 5}};

/* Length of the fixed part at `format`, 0 for none. */
static size_t fixed_part_at(const char *format, uint8_t *part)
{
    for (size_t i = 0; i < TRAIL_LENGTH_OF(fixed_parts); i++) {
        size_t length = strlen(fixed_parts[i].letters);
        if (strncmp(format, fixed_parts[i].letters, length) == 0) {
            *part = fixed_parts[i].part;
            return length;
        }
    }
    return 0;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* False when the format holds anything but fixed parts, each once, and literals that are no
 * letters. */
static bool lay_out(trail_day_field *column)
{
    size_t length = strlen(column->format);
    if (length >= TRAIL_DAY_FIELD_TEXT) return false;
    for (size_t at = 0; at < length;) {
        uint8_t part = 0;
        size_t part_length = fixed_part_at(column->format + at, &part);
        if (part_length == 0) {
            if (is_letter(column->format[at])) return false;
            column->literal[at++] = true;
            continue;
        }
        if (column->at[part] >= 0) return false;
        column->at[part] = (int8_t)at;
        if (part == 0) column->short_year = part_length == 2;
        at += part_length;
    }
    return column->at[0] >= 0 && column->at[1] >= 0 && column->at[2] >= 0;
}

void trail_day_field_init(trail_day_field *column, const char *format)
{
    *column = (trail_day_field){.format = format, .at = {-1, -1, -1, -1, -1, -1}};
    if (format != NULL && lay_out(column)) column->length = (uint32_t)strlen(format);
}

static bool take_two(const char *text, int *value)
{
    unsigned tens = (unsigned)(unsigned char)text[0] - '0';
    unsigned ones = (unsigned)(unsigned char)text[1] - '0';
    *value = (int)(tens * 10 + ones);
    return tens <= 9 && ones <= 9;
}

static bool read_fixed(const trail_day_field *column, const char *text, int32_t *day,
                       int32_t *second)
{
    int year = 0, century = 0, month = 0, day_of_month = 0;
    int hour = 0, minute = 0, seconds = 0;
    for (uint32_t i = 0; i < column->length; i++) {
        if (column->literal[i] && text[i] != column->format[i]) return false;
    }
    if (!take_two(text + column->at[0], &year) || !take_two(text + column->at[1], &month) ||
        !take_two(text + column->at[2], &day_of_month)) {
        return false;
    }
    if (column->short_year) {
        year += year < 80 ? 2000 : 1900;
    } else {
        century = year;
        if (!take_two(text + column->at[0] + 2, &year)) return false;
        year += century * 100;
    }
    if ((column->at[3] >= 0 && !take_two(text + column->at[3], &hour)) ||
        (column->at[4] >= 0 && !take_two(text + column->at[4], &minute)) ||
        (column->at[5] >= 0 && !take_two(text + column->at[5], &seconds)) || hour > 23 ||
        minute > 59 || seconds > 59) {
        return false;
    }
    *second = column->at[3] >= 0 ? hour * 3600 + minute * 60 + seconds : TRAIL_NO_TIME;
    return trail_day_from_civil(year, month, day_of_month, day);
}

bool trail_day_field_read(trail_day_field *column, trail_slice field, int32_t *day, int32_t *second)
{
    if (field.length == column->last_length && field.length > 0 &&
        trail_short_equal(field.start, column->last, field.length)) {
        *day = column->last_day;
        *second = column->last_second;
        return true;
    }
    bool good = column->length != 0 && field.length == column->length
                    ? read_fixed(column, field.start, day, second)
                    : trail_day_parse(trail_slice_trim(field), column->format, day, second);
    if (good && field.length <= sizeof column->last) {
        memcpy(column->last, field.start, field.length);
        column->last_length = (uint32_t)field.length;
        column->last_day = *day;
        column->last_second = *second;
    }
    return good;
}
