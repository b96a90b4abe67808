#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/failure.h"
#include "base/memory.h"

void trail_text_clear(trail_text *text)
{
    trail_free(text->bytes);
    *text = (trail_text){0};
}

void trail_text_reset(trail_text *text)
{
    text->length = 0;
    if (text->bytes != NULL) text->bytes[0] = '\0';
}

/* Room for `more` bytes and the NUL. */
static trail_status make_room(trail_text *text, size_t more, trail_error *err)
{
    if (more >= SIZE_MAX / 4) return trail_fail_memory(err);
    return trail_grow(&text->bytes, &text->capacity, text->length + more + 1, 1, err);
}

trail_status trail_text_add(trail_text *text, trail_slice more, trail_error *err)
{
    trail_status status = make_room(text, more.length, err);
    if (status != TRAIL_OK) return status;
    if (more.length > 0) memcpy(text->bytes + text->length, more.start, more.length);
    text->length += more.length;
    text->bytes[text->length] = '\0';
    return TRAIL_OK;
}

trail_status trail_text_add_values(trail_text *text, trail_error *err, const char *format,
                                   va_list values)
{
    va_list measured;
    va_copy(measured, values);
    int length = vsnprintf(NULL, 0, format, measured);
    va_end(measured);
    if (length < 0) return trail_fail(err, TRAIL_INTERNAL, "cannot format \"%s\"", format);
    trail_status status = make_room(text, (size_t)length, err);
    if (status != TRAIL_OK) return status;
    (void)vsnprintf(text->bytes + text->length, (size_t)length + 1, format, values);
    text->length += (size_t)length;
    return TRAIL_OK;
}

trail_status trail_text_add_format(trail_text *text, trail_error *err, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    trail_status status = trail_text_add_values(text, err, format, values);
    va_end(values);
    return status;
}

trail_slice trail_text_slice(const trail_text *text)
{
    return (trail_slice){text->bytes, text->length};
}

size_t trail_number_format(int64_t value, char text[TRAIL_NUMBER_TEXT])
{
    char reversed[TRAIL_NUMBER_TEXT];
    size_t count = 0;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    do {
        reversed[count++] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (value < 0) reversed[count++] = '-';
    for (size_t i = 0; i < count; i++)
        text[i] = reversed[count - 1 - i];
    text[count] = '\0';
    return count;
}

trail_status trail_text_add_number(trail_text *text, int64_t value, trail_error *err)
{
    char digits[TRAIL_NUMBER_TEXT];
    size_t length = trail_number_format(value, digits);
    return trail_text_add(text, (trail_slice){digits, length}, err);
}

void trail_hex(const uint8_t *bytes, size_t size, char *hex)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < size; i++) {
        hex[2 * i] = digits[bytes[i] >> 4];
        hex[2 * i + 1] = digits[bytes[i] & 15];
    }
    hex[2 * size] = '\0';
}

static int hex_digit(char digit)
{
    if (digit >= '0' && digit <= '9') return digit - '0';
    if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
    return digit >= 'A' && digit <= 'F' ? digit - 'A' + 10 : -1;
}

bool trail_unhex(trail_slice hex, uint8_t *bytes, size_t size)
{
    if (hex.length != 2 * size) return false;
    for (size_t i = 0; i < size; i++) {
        int high = hex_digit(hex.start[2 * i]);
        int low = hex_digit(hex.start[2 * i + 1]);
        if (high < 0 || low < 0) return false;
        bytes[i] = (uint8_t)(high << 4 | low);
    }
    return true;
}
