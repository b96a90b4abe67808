/* JSON (RFC 8259) onto an output, commas handled, compact. `< > &` and U+2028/9 are written as
 * \uXXXX so that a block can stand inside HTML. Invalid UTF-8 becomes U+FFFD. */
#ifndef TRAIL_BASE_JSON_WRITER_H
#define TRAIL_BASE_JSON_WRITER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/output.h"

typedef struct trail_json {
    trail_output *out; /* borrowed */
    bool need_comma;
} trail_json;

trail_json trail_json_on(trail_output *out);
/* `key` NULL inside arrays and at the top. */
void trail_json_object(trail_json *json, const char *key);
void trail_json_object_end(trail_json *json);
void trail_json_array(trail_json *json, const char *key);
void trail_json_array_end(trail_json *json);
void trail_json_slice(trail_json *json, const char *key, trail_slice value);
void trail_json_text(trail_json *json, const char *key, const char *value); /* NULL: null */
void trail_json_integer(trail_json *json, const char *key, int64_t value);
void trail_json_boolean(trail_json *json, const char *key, bool value);
void trail_json_null(trail_json *json, const char *key);

#endif
