/* The summary of a command as one line of JSON (RFC 8259) on stdout. */
#ifndef CLI_JSON_LINE_H
#define CLI_JSON_LINE_H

#include <stdbool.h>
#include <stdint.h>

typedef struct cli_json {
    bool need_comma;
} cli_json;

/* Opens the object with "command". name NULL: an item of a list. */
cli_json cli_json_open(const char *command);
void cli_json_number(cli_json *json, const char *name, uint64_t value);
void cli_json_text(cli_json *json, const char *name, const char *value);
void cli_json_truth(cli_json *json, const char *name, bool value);
void cli_json_list(cli_json *json, const char *name);
void cli_json_list_end(cli_json *json);
void cli_json_object(cli_json *json); /* an item of a list */
void cli_json_object_end(cli_json *json);
/* Adds "exit" and ends the line. */
void cli_json_close(cli_json *json, int exit_code);

#endif
