#include "ingest/member_name.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

static trail_slice from_byte(trail_slice whole, size_t at)
{
    return (trail_slice){whole.start + at, whole.length - at};
}

trail_status trail_member_name_cite(trail_slice raw, trail_text *out, trail_error *err)
{
    size_t bad;
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
        if (byte < 0x20 || byte == 0x7F || byte == '!' || i == bad)
            status = trail_text_add_format(out, err, "%%%02X", (unsigned)byte);
        else
            status = trail_text_add(out, (trail_slice){raw.start + i, 1}, err);
    }
    return status;
}

bool trail_member_name_leads_out(trail_slice raw)
{
    size_t start = 0;
    if (raw.length > 0 && (raw.start[0] == '/' || raw.start[0] == '\\')) return true;
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

trail_slice trail_member_name_first(const char *chain, const char **rest)
{
    const char *mark = strchr(chain, '!');
    size_t length = mark == NULL ? strlen(chain) : (size_t)(mark - chain);
    *rest = mark == NULL ? chain + length : mark + 1;
    return (trail_slice){chain, length};
}
