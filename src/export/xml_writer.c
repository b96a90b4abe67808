#include "export/xml_writer.h"

/* Text is valid UTF-8 here (it came through trail_protect_text), so only ASCII needs a look, and
 * the noncharacters U+FFFE and U+FFFF (EF BF BE, EF BF BF). */
static const char *escape_of(unsigned char c)
{
    switch (c) {
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '&':
        return "&amp;";
    case '"':
        return "&quot;";
    case '\t':
        return "&#9;";
    case '\n':
        return "&#10;";
    case '\r':
        return "&#13;";
    default:
        return c < 0x20 ? "\xef\xbf\xbd" : NULL;
    }
}

void trail_xml_text(trail_output *out, trail_slice text)
{
    size_t from = 0;
    for (size_t i = 0; i < text.length; i++) {
        const unsigned char *at = (const unsigned char *)text.start + i;
        bool nonchar = at[0] == 0xef && text.length - i >= 3 && at[1] == 0xbf && at[2] >= 0xbe;
        const char *escape = nonchar ? "\xef\xbf\xbd" : escape_of(at[0]);
        if (escape == NULL) continue;
        trail_output_add(out, (trail_slice){text.start + from, i - from});
        trail_output_text(out, escape);
        if (nonchar) i += 2;
        from = i + 1;
    }
    trail_output_add(out, (trail_slice){text.start + from, text.length - from});
}

void trail_xml_attribute(trail_output *out, const char *name, trail_slice value)
{
    if (value.length == 0) return;
    trail_output_byte(out, ' ');
    trail_output_text(out, name);
    trail_output_text(out, "=\"");
    trail_xml_text(out, value);
    trail_output_byte(out, '"');
}
