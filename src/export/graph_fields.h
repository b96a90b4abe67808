/* The fields of nodes, transfers and links, in one table each: every graph format writes the same.
 */
#ifndef TRAIL_EXPORT_GRAPH_FIELDS_H
#define TRAIL_EXPORT_GRAPH_FIELDS_H

#include <moneytrail/error.h>

#include "export/graph_model.h"

typedef enum trail_field_type {
    TRAIL_FIELD_STRING,
    TRAIL_FIELD_LONG,
    TRAIL_FIELD_BOOLEAN
} trail_field_type;

typedef struct trail_graph_field {
    const char *name; /* snake_case: an NMTOKEN */
    trail_field_type type;
    /* Appends the value; nothing when there is none. `index`: node, payment or link. */
    trail_status (*value)(const trail_graph_model *model, size_t index, trail_text *out,
                          trail_error *err);
    size_t rule; /* for traced amounts */
} trail_graph_field;

#define TRAIL_FIELDS_MOST 32

/* Fills fields[] and returns how many; the traced amounts take one field a rule. */
size_t trail_node_fields(trail_graph_field fields[TRAIL_FIELDS_MOST]);
size_t trail_transfer_fields(trail_graph_field fields[TRAIL_FIELDS_MOST]);
size_t trail_link_fields(trail_graph_field fields[TRAIL_FIELDS_MOST]);

/* The value of a field, traced amounts included. */
trail_status trail_graph_value(const trail_graph_model *model, const trail_graph_field *field,
                               size_t index, trail_text *out, trail_error *err) TRAIL_MUST_CHECK;

#endif
