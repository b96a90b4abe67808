#include "ingest/member_name.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

static trail_slice from_byte(trail_slice whole, size_t at)
{
    if (whole.length == 0) return whole; /* a name may be absent */
    return (trail_slice){whole.start + at, whole.length - at};
}

/* Bytes of a character that ends a line somewhere: U+0080 to U+009F, U+2028, U+2029. */
static size_t line_ender(trail_slice text)
{
    const unsigned char *at = (const unsigned char *)text.start;
    if (text.length >= 2 && at[0] == 0xC2 && at[1] >= 0x80 && at[1] <= 0x9F) return 2;
    if (text.length >= 3 && at[0] == 0xE2 && at[1] == 0x80 && (at[2] == 0xA8 || at[2] == 0xA9))
        return 3;
    return 0;
}

trail_status trail_member_name_cite(trail_slice raw, trail_text *out, trail_error *err)
{
    size_t bad, coded = 0; /* bytes still to be written as %XX */
    trail_status status = TRAIL_OK;
    while (raw.length >= 2 && raw.start[0] == '.' && raw.start[1] == '/')
        raw = from_byte(raw, 2);
    bad = trail_utf8_bad_byte(raw);
    for (size_t i = 0; i < raw.length && status == TRAIL_OK; i++) {
        unsigned char byte = (unsigned char)raw.start[i];
        if (bad != SIZE_MAX && i > bad) {
            size_t next = trail_utf8_bad_byte(from_byte(raw, i));
            bad = next == SIZE_MAX ? SIZE_MAX : i + next;
        }
        if (coded == 0) coded = line_ender(from_byte(raw, i));
        if (byte < 0x20 || byte == 0x7F || byte == '!' || i == bad) coded = 1;
        if (coded > 0)
            status = trail_text_add_format(out, err, "%%%02X", (unsigned)byte);
        else
            status = trail_text_add(out, (trail_slice){raw.start + i, 1}, err);
        coded -= coded > 0;
    }
    return status;
}

bool trail_member_name_leads_out(trail_slice raw)
{
    size_t start = 0;
    if (raw.length == 0) return false;
    if (raw.start[0] == '/' || raw.start[0] == '\\') return true;
    if (raw.length > 1 && raw.start[1] == ':') return true;
    for (size_t i = 0; i <= raw.length; i++) {
        if (i < raw.length && raw.start[i] != '/' && raw.start[i] != '\\') continue;
        if (trail_slice_is((trail_slice){raw.start + start, i - start}, "..")) return true;
        start = i + 1;
    }
    return false;
}

bool trail_member_name_is_system(trail_slice raw)
{
    static const char folder[] = "__MACOSX/";
    size_t start = raw.length;
    if (raw.length >= sizeof folder - 1 && memcmp(raw.start, folder, sizeof folder - 1) == 0)
        return true;
    while (start > 0 && raw.start[start - 1] != '/')
        start--;
    trail_slice base = from_byte(raw, start);
    return trail_slice_is(base, ".DS_Store") || trail_slice_is(base, "Thumbs.db") ||
           trail_slice_is(base, "desktop.ini");
}
