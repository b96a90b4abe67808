#include "base/utf8.h"

#include <string.h>

#define HIGH_BITS UINT64_C(0x8080808080808080)

static size_t length_by_first(uint8_t first)
{
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first < 0xE0) return 2;
    if (first >= 0xE0 && first < 0xF0) return 3;
    return first >= 0xF0 && first < 0xF5 ? 4 : 0;
}

size_t trail_utf8_step(trail_slice text, size_t at, uint32_t *code)
{
    static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};

    if (at >= text.length) return 0;
    const uint8_t *bytes = (const uint8_t *)text.start + at;
    size_t length = length_by_first(bytes[0]);
    if (length == 0 || length > text.length - at) return 0;
    uint32_t value = length == 1 ? bytes[0] : bytes[0] & (0x7FU >> length);
    for (size_t i = 1; i < length; i++) {
        if ((bytes[i] & 0xC0) != 0x80) return 0;
        value = value << 6 | (bytes[i] & 0x3FU);
    }
    if (value < smallest[length] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
        return 0;
    if (code != NULL) *code = value;
    return length;
}

size_t trail_utf8_ascii_run(trail_slice text)
{
    size_t at = 0;
    uint64_t eight;
    while (text.length - at >= sizeof eight) {
        memcpy(&eight, text.start + at, sizeof eight);
        if ((eight & HIGH_BITS) != 0) break;
        at += sizeof eight;
    }
    while (at < text.length && (uint8_t)text.start[at] < 0x80)
        at++;
    return at;
}

size_t trail_utf8_bad_byte(trail_slice text)
{
    size_t at = 0;
    while (at < text.length) {
        at += trail_utf8_ascii_run((trail_slice){text.start + at, text.length - at});
        while (at < text.length && (uint8_t)text.start[at] >= 0x80) {
            size_t step = trail_utf8_step(text, at, NULL);
            if (step == 0) return at;
            at += step;
        }
    }
    return SIZE_MAX;
}
