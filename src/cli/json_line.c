#include "json_line.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>

/* Bytes of the UTF-8 character at `c`, 0 if it is none. */
static size_t character_length(const unsigned char *c)
{
    size_t length = *c < 0x80   ? 1
                    : *c < 0xC2 ? 0
                    : *c < 0xE0 ? 2
                    : *c < 0xF0 ? 3
                    : *c < 0xF5 ? 4
                                : 0;
    for (size_t i = 1; i < length; i++) {
        if ((c[i] & 0xC0) != 0x80) return 0;
    }
    if (*c == 0xE0 && c[1] < 0xA0) return 0;
    if (*c == 0xED && c[1] > 0x9F) return 0;
    if (*c == 0xF0 && c[1] < 0x90) return 0;
    if (*c == 0xF4 && c[1] > 0x8F) return 0;
    return length;
}

static void put_string(const char *text)
{
    const unsigned char *c = (const unsigned char *)text;
    putchar('"');
    while (*c != '\0') {
        size_t length = character_length(c);
        if (length == 0) {
            fputs("\\ufffd", stdout);
            length = 1;
        } else if (*c == '"' || *c == '\\') {
            printf("\\%c", *c);
        } else if (*c < 0x20 || *c == 0x7f) {
            printf("\\u%04x", (unsigned)*c);
        } else {
            fwrite(c, 1, length, stdout);
        }
        c += length;
    }
    putchar('"');
}

static void put_name(cli_json *json, const char *name)
{
    if (json->need_comma) putchar(',');
    json->need_comma = true;
    if (name == NULL) return;
    put_string(name);
    putchar(':');
}

cli_json cli_json_open(const char *command)
{
    cli_json json = {0};
    putchar('{');
    cli_json_text(&json, "command", command);
    return json;
}

void cli_json_number(cli_json *json, const char *name, uint64_t value)
{
    put_name(json, name);
    printf("%" PRIu64, value);
}

void cli_json_text(cli_json *json, const char *name, const char *value)
{
    put_name(json, name);
    put_string(value);
}

void cli_json_truth(cli_json *json, const char *name, bool value)
{
    put_name(json, name);
    fputs(value ? "true" : "false", stdout);
}

void cli_json_list(cli_json *json, const char *name)
{
    put_name(json, name);
    putchar('[');
    json->need_comma = false;
}

void cli_json_list_end(cli_json *json)
{
    putchar(']');
    json->need_comma = true;
}

void cli_json_object(cli_json *json)
{
    put_name(json, NULL);
    putchar('{');
    json->need_comma = false;
}

void cli_json_object_end(cli_json *json)
{
    putchar('}');
    json->need_comma = true;
}

void cli_json_close(cli_json *json, int exit_code)
{
    cli_json_number(json, "exit", (uint64_t)exit_code);
    puts("}");
}
