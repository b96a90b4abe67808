#include "base/json_writer.h"

#include <inttypes.h>

#include "base/utf8.h"

trail_json trail_json_on(trail_output *out)
{
    return (trail_json){.out = out};
}

/* One character that must not stand as it is. */
static void write_escape(trail_output *out, uint32_t code)
{
    switch (code) {
    case '"':
        trail_output_text(out, "\\\"");
        return;
    case '\\':
        trail_output_text(out, "\\\\");
        return;
    case '\n':
        trail_output_text(out, "\\n");
        return;
    case '\r':
        trail_output_text(out, "\\r");
        return;
    case '\t':
        trail_output_text(out, "\\t");
        return;
    default:
        trail_output_format(out, "\\u%04" PRIx32, code);
    }
}

static bool stands_as_it_is(uint32_t code)
{
    if (code < 0x20 || code == '"' || code == '\\' || code == '<' || code == '>' || code == '&')
        return false;
    return code != 0x7F && code != 0x2028 && code != 0x2029;
}

static void write_string(trail_output *out, trail_slice text)
{
    size_t from = 0; /* all before it is written */
    trail_output_byte(out, '"');
    for (size_t at = 0; at < text.length;) {
        uint32_t code = 0;
        size_t step = trail_utf8_step(text, at, &code);
        if (step > 0 && stands_as_it_is(code)) {
            at += step;
            continue;
        }
        trail_output_add(out, (trail_slice){text.start + from, at - from});
        if (step == 0)
            trail_output_text(out, TRAIL_UTF8_REPLACEMENT);
        else
            write_escape(out, code);
        at += step == 0 ? 1 : step;
        from = at;
    }
    if (from < text.length)
        trail_output_add(out, (trail_slice){text.start + from, text.length - from});
    trail_output_byte(out, '"');
}

/* Comma and key before a value. */
static void begin(trail_json *json, const char *key)
{
    if (json->need_comma) trail_output_byte(json->out, ',');
    json->need_comma = true;
    if (key == NULL) return;
    write_string(json->out, trail_slice_of(key));
    trail_output_byte(json->out, ':');
}

static void open_bracket(trail_json *json, const char *key, char bracket)
{
    begin(json, key);
    trail_output_byte(json->out, bracket);
    json->need_comma = false;
}

static void close_bracket(trail_json *json, char bracket)
{
    trail_output_byte(json->out, bracket);
    json->need_comma = true;
}

void trail_json_object(trail_json *json, const char *key)
{
    open_bracket(json, key, '{');
}

void trail_json_object_end(trail_json *json)
{
    close_bracket(json, '}');
}

void trail_json_array(trail_json *json, const char *key)
{
    open_bracket(json, key, '[');
}

void trail_json_array_end(trail_json *json)
{
    close_bracket(json, ']');
}

void trail_json_slice(trail_json *json, const char *key, trail_slice value)
{
    begin(json, key);
    write_string(json->out, value);
}

void trail_json_text(trail_json *json, const char *key, const char *value)
{
    if (value == NULL)
        trail_json_null(json, key);
    else
        trail_json_slice(json, key, trail_slice_of(value));
}

void trail_json_integer(trail_json *json, const char *key, int64_t value)
{
    begin(json, key);
    trail_output_number(json->out, value);
}

void trail_json_boolean(trail_json *json, const char *key, bool value)
{
    begin(json, key);
    trail_output_text(json->out, value ? "true" : "false");
}

void trail_json_null(trail_json *json, const char *key)
{
    begin(json, key);
    trail_output_text(json->out, "null");
}
