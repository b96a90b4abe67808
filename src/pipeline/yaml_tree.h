/* A YAML document as a tree with the place of every value, the door to libyaml. The one rule: what
 * stands there stays text (NO is Norway, 0123 an account); anchors, aliases, tags, repeated keys
 * and second documents are mistakes. Spreadsheets are brought into the same tree (case_sheets.h).
 */
#ifndef TRAIL_PIPELINE_YAML_TREE_H
#define TRAIL_PIPELINE_YAML_TREE_H

#include <stdbool.h>
#include <stddef.h>

#include <moneytrail/error.h>

#include "base/arena.h"
#include "base/text.h"
#include "pipeline/mistakes.h"

typedef enum trail_shape { TRAIL_SHAPE_SCALAR = 0, TRAIL_SHAPE_LIST, TRAIL_SHAPE_MAP } trail_shape;

typedef struct trail_node {
    trail_shape shape;
    bool quoted;  /* a scalar in quotes */
    bool refused; /* a mistake about it is noted already: say no more */
    trail_place place;
    const char *text; /* a scalar's, NUL-ended */
    const char *key;  /* its key, if it is a value of a map */
    trail_place key_place;
    struct trail_node *first, *last; /* items of a list, values of a map, in order */
    struct trail_node *next;
    size_t count;
} trail_node;

#define TRAIL_YAML_DEPTH 64 /* levels of nesting */

/* Reads one document. *root is NULL when there is none, or when the syntax is wrong (then mistakes
 * has grown). `file` is the name for messages. The tree lives in the arena. O(bytes). */
trail_status trail_yaml_read(trail_slice bytes, const char *file, trail_arena *arena,
                             trail_mistakes *mistakes, trail_node **root,
                             trail_error *err) TRAIL_MUST_CHECK;

/* The value of a key, or NULL. node may be NULL, or no map. */
const trail_node *trail_node_find(const trail_node *node, const char *key);
/* Item `index` of a list or map, or NULL. O(index). */
const trail_node *trail_node_item(const trail_node *node, size_t index);
/* An absent value: nothing after the colon. */
bool trail_node_is_empty(const trail_node *node);

/* Adds `child` at the end of a list or map. */
void trail_node_append(trail_node *parent, trail_node *child);
/* A zeroed node in the arena, or NULL with err set. */
trail_node *trail_node_new(trail_arena *arena, trail_shape shape, trail_place place,
                           trail_error *err) TRAIL_MUST_CHECK;

#endif
