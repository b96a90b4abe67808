#include "base/unicode_units.h"

#include <unicode/utf16.h>

#include "base/failure.h"
#include "base/memory.h"
#include "base/utf8.h"

#define TEXT_MAX    ((size_t)1 << 30)
#define REPLACEMENT 0xFFFDU

void trail_units_clear(trail_units *units)
{
    trail_free(units->units);
    *units = (trail_units){0};
}

trail_status trail_units_from_utf8(trail_units *units, trail_slice text, trail_error *err)
{
    if (text.length > TEXT_MAX)
        return trail_fail(err, TRAIL_BAD_DATA, "a text of %zu bytes is too long", text.length);
    /* A character never takes more units than bytes. */
    trail_status status = trail_grow(&units->units, &units->capacity, units->count + text.length,
                                     sizeof *units->units, err);
    if (status != TRAIL_OK) return status;
    UChar *to = units->units + units->count;
    for (size_t at = 0; at < text.length;) {
        uint32_t code = REPLACEMENT;
        size_t step = trail_utf8_step(text, at, &code);
        at += step == 0 ? 1 : step;
        if (code > 0xFFFF) {
            *to++ = (UChar)U16_LEAD(code);
            *to++ = (UChar)U16_TRAIL(code);
        } else {
            *to++ = (UChar)code;
        }
    }
    units->count = (size_t)(to - units->units);
    return TRAIL_OK;
}

static size_t put_code(char *to, uint32_t code)
{
    if (code < 0x80) {
        to[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        to[0] = (char)(0xC0 | code >> 6);
        to[1] = (char)(0x80 | (code & 63));
        return 2;
    }
    if (code < 0x10000) {
        to[0] = (char)(0xE0 | code >> 12);
        to[1] = (char)(0x80 | (code >> 6 & 63));
        to[2] = (char)(0x80 | (code & 63));
        return 3;
    }
    to[0] = (char)(0xF0 | code >> 18);
    to[1] = (char)(0x80 | (code >> 12 & 63));
    to[2] = (char)(0x80 | (code >> 6 & 63));
    to[3] = (char)(0x80 | (code & 63));
    return 4;
}

trail_status trail_units_to_utf8(const trail_units *units, trail_text *out, trail_error *err)
{
    trail_status status =
        trail_grow(&out->bytes, &out->capacity, out->length + 3 * units->count + 1, 1, err);
    if (status != TRAIL_OK) return status;
    for (size_t i = 0; i < units->count; i++) {
        uint32_t code = units->units[i];
        if (U16_IS_LEAD(code) && i + 1 < units->count && U16_IS_TRAIL(units->units[i + 1]))
            code = (uint32_t)U16_GET_SUPPLEMENTARY(code, units->units[++i]);
        else if (U_IS_SURROGATE(code))
            code = REPLACEMENT;
        out->length += put_code(out->bytes + out->length, code);
    }
    out->bytes[out->length] = '\0';
    return TRAIL_OK;
}
