#include "ingest/wide_text.h"

#include "ingest/row.h"

static size_t put_replacement(char *out)
{
    out[0] = (char)0xEF;
    out[1] = (char)0xBF;
    out[2] = (char)0xBD;
    return 3;
}

static size_t put_code_point(char *out, uint32_t point)
{
    if (point < 0x80) {
        out[0] = (char)point;
        return 1;
    }
    if (point < 0x800) {
        out[0] = (char)(0xC0 | (point >> 6));
        out[1] = (char)(0x80 | (point & 0x3F));
        return 2;
    }
    if (point < 0x10000) {
        out[0] = (char)(0xE0 | (point >> 12));
        out[1] = (char)(0x80 | ((point >> 6) & 0x3F));
        out[2] = (char)(0x80 | (point & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | (point >> 18));
    out[1] = (char)(0x80 | ((point >> 12) & 0x3F));
    out[2] = (char)(0x80 | ((point >> 6) & 0x3F));
    out[3] = (char)(0x80 | (point & 0x3F));
    return 4;
}

static size_t put_unit(trail_wide_text *state, uint16_t unit, char *out)
{
    size_t length = 0;
    if (state->high != 0) {
        if (unit >= 0xDC00 && unit <= 0xDFFF) {
            uint32_t point = 0x10000 + (((uint32_t)state->high - 0xD800) << 10) + (unit - 0xDC00u);
            state->high = 0;
            return put_code_point(out, point);
        }
        state->high = 0;
        length = put_replacement(out);
    }
    if (unit >= 0xD800 && unit <= 0xDBFF) {
        state->high = unit;
        return length;
    }
    if (unit >= 0xDC00 && unit <= 0xDFFF) return length + put_replacement(out + length);
    return length + put_code_point(out + length, unit);
}

size_t trail_wide_text_decode(trail_wide_text *state, trail_slice wide, bool at_end, char *out,
                              size_t *used)
{
    const unsigned char *bytes = (const unsigned char *)wide.start;
    size_t length = 0;
    size_t at = 0;
    for (; at + 1 < wide.length; at += 2) {
        unsigned first = bytes[at], second = bytes[at + 1];
        uint16_t unit = (uint16_t)(state->big_endian ? first << 8 | second : second << 8 | first);
        length += put_unit(state, unit, out + length);
    }
    if (at_end) {
        if (state->high != 0) length += put_replacement(out + length);
        state->high = 0;
        if (at < wide.length) length += put_replacement(out + length);
        at = wide.length;
    }
    *used = at;
    return length;
}

uint64_t trail_wide_text_size(trail_slice utf8)
{
    uint64_t size = 0;
    for (size_t i = 0; i < utf8.length; i++) {
        unsigned char byte = (unsigned char)utf8.start[i];
        if ((byte & 0xC0) != 0x80) size += byte >= 0xF0 ? 4 : 2;
    }
    return size;
}

trail_row_wide trail_row_wide_guess(trail_slice first_bytes)
{
    const unsigned char *bytes = (const unsigned char *)first_bytes.start;
    size_t length = first_bytes.length;
    if (length >= 2 && bytes[0] == 0xFF && bytes[1] == 0xFE) return TRAIL_ROW_UTF16LE;
    if (length >= 2 && bytes[0] == 0xFE && bytes[1] == 0xFF) return TRAIL_ROW_UTF16BE;
    /* Tables hold many ASCII digits and delimiters: in UTF-16 their other bytes are NUL. */
    size_t nuls[2] = {0, 0};
    for (size_t i = 0; i < length; i++)
        nuls[i & 1] += bytes[i] == 0;
    size_t most = length / 4;
    if (nuls[1] > most && nuls[0] <= nuls[1] / 16) return TRAIL_ROW_UTF16LE;
    if (nuls[0] > most && nuls[1] <= nuls[0] / 16) return TRAIL_ROW_UTF16BE;
    return TRAIL_ROW_BYTES;
}
