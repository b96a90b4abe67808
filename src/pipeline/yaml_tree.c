/* Events, not libyaml's document: an event still says that it has an anchor or a tag, and no alias
 * is ever followed, so a few kilobytes cannot grow into gigabytes. */
#include "pipeline/yaml_tree.h"

#include <limits.h>
#include <string.h>

#include <yaml.h>

#include "base/failure.h"
#include "base/map64.h"
#include "base/strings.h"

typedef struct level {
    trail_node *node;
    const char *key; /* of a map: read, and its value is awaited */
    trail_place key_place;
    bool key_refused;
} level;

typedef struct builder {
    yaml_parser_t parser;
    trail_slice bytes;
    const char *file;
    trail_arena *arena;
    trail_mistakes *mistakes;
    trail_strings *keys; /* with `seen`: which map holds which key */
    trail_map64 seen;
    trail_node *root;
    level levels[TRAIL_YAML_DEPTH];
    size_t depth;
    uint32_t maps[TRAIL_YAML_DEPTH]; /* number of the open map */
    uint32_t map_count;
    size_t documents;
    bool stopped; /* nothing more can be made of the file */
    trail_error *err;
} builder;

trail_node *trail_node_new(trail_arena *arena, trail_shape shape, trail_place place,
                           trail_error *err)
{
    trail_node *node = trail_arena_alloc(arena, sizeof *node, err);
    if (node == NULL) return NULL;
    node->shape = shape;
    node->place = place;
    return node;
}

void trail_node_append(trail_node *parent, trail_node *child)
{
    if (parent->last == NULL) {
        parent->first = child;
    } else {
        parent->last->next = child;
    }
    parent->last = child;
    parent->count++;
}

const trail_node *trail_node_find(const trail_node *node, const char *key)
{
    if (node == NULL || node->shape != TRAIL_SHAPE_MAP) return NULL;
    for (const trail_node *each = node->first; each != NULL; each = each->next) {
        if (strcmp(each->key, key) == 0) return each;
    }
    return NULL;
}

const trail_node *trail_node_item(const trail_node *node, size_t index)
{
    const trail_node *each = node == NULL ? NULL : node->first;
    while (each != NULL && index > 0) {
        each = each->next;
        index--;
    }
    return each;
}

bool trail_node_is_empty(const trail_node *node)
{
    return node == NULL ||
           (node->shape == TRAIL_SHAPE_SCALAR && !node->quoted && node->text[0] == '\0');
}

static trail_place place_of(const builder *b, yaml_mark_t mark)
{
    return (trail_place){.file = b->file,
                         .line = mark.line < INT_MAX ? (int)mark.line + 1 : INT_MAX,
                         .column = mark.column < INT_MAX ? (int)mark.column + 1 : INT_MAX};
}

/* What libyaml says, and what a person can do about it. */
static const struct {
    const char *theirs;
    const char *ours;
} wordings[] = {
    {"did not find expected key",
     "a key such as 'name:' was expected here: check the indentation of this and the line above"},
    {"did not find expected '-' indicator",
     "an item beginning with '-' was expected here: check the indentation"},
    {"mapping values are not allowed in this context",
     "a ':' stands where no key can be: check the indentation, or put the value in quotes"},
    {"found character that cannot start any token",
     "a value cannot begin with this character: put it in quotes, and indent by spaces, not tabs"},
    {"could not find expected ':'", "a ':' is missing after this key"},
    {"did not find expected ',' or ']'", "a ',' or ']' is missing in the list"},
    {"did not find expected ',' or '}'", "a ',' or '}' is missing after this value"},
    {"block sequence entries are not allowed in this context",
     "an item '-' stands where none can be: begin it on a line of its own"},
    {"did not find expected <document start>",
     "this cannot follow: check the indentation of this and the line above"},
    {"control characters are not allowed", "a control character cannot stand in a case file"},
};

static trail_status note_syntax(builder *b)
{
    const yaml_parser_t *parser = &b->parser;
    trail_place place = place_of(b, parser->problem_mark);
    const char *problem = parser->problem == NULL ? "cannot be read" : parser->problem;
    b->stopped = true;
    if (parser->error == YAML_MEMORY_ERROR) return trail_fail_memory(b->err);
    if (parser->error == YAML_READER_ERROR) {
        place = (trail_place){.file = b->file, .line = 1, .column = 1};
        for (size_t i = 0; i < parser->problem_offset && i < b->bytes.length; i++) {
            place.column = b->bytes.start[i] == '\n' ? 1 : place.column + 1;
            place.line += b->bytes.start[i] == '\n';
        }
    }
    if (strcmp(problem, "found unexpected end of stream") == 0) {
        return trail_mistakes_add(b->mistakes, place_of(b, parser->context_mark), NULL, b->err,
                                  "a quote opens here and is never closed");
    }
    if (strcmp(problem, "found unexpected document indicator") == 0) {
        return trail_mistakes_add(b->mistakes, place_of(b, parser->context_mark), NULL, b->err,
                                  "a quote opens here and is not closed before line %d",
                                  place.line);
    }
    for (size_t i = 0; i < TRAIL_LENGTH_OF(wordings); i++) {
        if (strcmp(problem, wordings[i].theirs) == 0) problem = wordings[i].ours;
    }
    if (parser->error == YAML_READER_ERROR && strstr(problem, "UTF") != NULL) {
        return trail_mistakes_add(b->mistakes, place, NULL, b->err,
                                  "this byte is not UTF-8: save the file as UTF-8");
    }
    return trail_mistakes_add(b->mistakes, place, NULL, b->err, "%s", problem);
}

static trail_status note_marks(builder *b, trail_place place, const yaml_char_t *anchor,
                               const yaml_char_t *tag)
{
    trail_status status = TRAIL_OK;
    char quotable[TRAIL_QUOTABLE];
    if (anchor != NULL) {
        status = trail_mistakes_add(b->mistakes, place, NULL, b->err,
                                    "anchors are not used in case files: write the value out "
                                    "instead of '&%s'",
                                    trail_quotable((const char *)anchor, quotable));
    }
    if (status == TRAIL_OK && tag != NULL) {
        status = trail_mistakes_add(b->mistakes, place, NULL, b->err,
                                    "tags are not used in case files: take out '%s'",
                                    trail_quotable((const char *)tag, quotable));
    }
    return status;
}

/* The open map awaits its value for `text`. */
static trail_status take_key(builder *b, const char *text, trail_place place)
{
    level *top = &b->levels[b->depth - 1];
    char quotable[TRAIL_QUOTABLE];
    uint32_t id = 0, *line = NULL;
    trail_status status = trail_strings_put(b->keys, trail_slice_of(text), &id, b->err);
    if (status != TRAIL_OK) return status;
    line = trail_map64_at(&b->seen, (uint64_t)b->maps[b->depth - 1] << 32 | id, 0, b->err);
    if (line == NULL) return TRAIL_NO_MEMORY;
    top->key = text;
    top->key_place = place;
    top->key_refused = *line != 0;
    if (*line != 0) {
        return trail_mistakes_add(b->mistakes, place, NULL, b->err,
                                  "'%s' is given twice: first in line %lu",
                                  trail_quotable(text, quotable), (unsigned long)*line);
    }
    *line = (uint32_t)place.line;
    return TRAIL_OK;
}

/* Puts a finished or opened value where the open list or map wants it. */
static trail_status take_value(builder *b, trail_node *node)
{
    level *top = b->depth == 0 ? NULL : &b->levels[b->depth - 1];
    if (top == NULL) {
        b->root = node;
        return TRAIL_OK;
    }
    if (top->node->shape == TRAIL_SHAPE_LIST) {
        trail_node_append(top->node, node);
        return TRAIL_OK;
    }
    if (top->key == NULL) {
        if (node->shape == TRAIL_SHAPE_SCALAR) return take_key(b, node->text, node->place);
        top->key = "";
        top->key_refused = true; /* its value is read and left */
        return trail_mistakes_add(b->mistakes, node->place, NULL, b->err,
                                  "a key must be one word or text, not a list or a map");
    }
    node->key = top->key;
    node->key_place = top->key_place;
    if (!top->key_refused) trail_node_append(top->node, node);
    top->key = NULL;
    return TRAIL_OK;
}

static trail_status take_scalar(builder *b, const yaml_event_t *event)
{
    trail_place place = place_of(b, event->start_mark);
    trail_slice text = {(const char *)event->data.scalar.value, event->data.scalar.length};
    trail_node *node = trail_node_new(b->arena, TRAIL_SHAPE_SCALAR, place, b->err);
    trail_status status = TRAIL_OK;
    if (node == NULL) return TRAIL_NO_MEMORY;
    node->text = trail_arena_copy(b->arena, text, b->err);
    if (node->text == NULL) return TRAIL_NO_MEMORY;
    node->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    if (memchr(text.start, '\0', text.length) != NULL) {
        node->refused = true;
        status = trail_mistakes_add(b->mistakes, place, NULL, b->err,
                                    "a NUL character cannot stand in a case file");
        if (status != TRAIL_OK) return status;
    }
    status = note_marks(b, place, event->data.scalar.anchor, event->data.scalar.tag);
    return status == TRAIL_OK ? take_value(b, node) : status;
}

static trail_status take_alias(builder *b, const yaml_event_t *event)
{
    trail_place place = place_of(b, event->start_mark);
    char quotable[TRAIL_QUOTABLE];
    trail_node *node = trail_node_new(b->arena, TRAIL_SHAPE_SCALAR, place, b->err);
    trail_status status = TRAIL_OK;
    if (node == NULL) return TRAIL_NO_MEMORY;
    node->text = "";
    node->refused = true;
    status = trail_mistakes_add(
        b->mistakes, place, NULL, b->err,
        "aliases are not used in case files: write the value out instead of '*%s'",
        trail_quotable((const char *)event->data.alias.anchor, quotable));
    return status == TRAIL_OK ? take_value(b, node) : status;
}

static trail_status open_level(builder *b, const yaml_event_t *event)
{
    bool map = event->type == YAML_MAPPING_START_EVENT;
    trail_place place = place_of(b, event->start_mark);
    trail_node *node = NULL;
    trail_status status = TRAIL_OK;
    if (b->depth == TRAIL_YAML_DEPTH) {
        b->stopped = true;
        return trail_mistakes_add(b->mistakes, place, NULL, b->err,
                                  "nested deeper than %d levels: reading stops here",
                                  TRAIL_YAML_DEPTH);
    }
    status =
        map ? note_marks(b, place, event->data.mapping_start.anchor, event->data.mapping_start.tag)
            : note_marks(b, place, event->data.sequence_start.anchor,
                         event->data.sequence_start.tag);
    if (status != TRAIL_OK) return status;
    node = trail_node_new(b->arena, map ? TRAIL_SHAPE_MAP : TRAIL_SHAPE_LIST, place, b->err);
    if (node == NULL) return TRAIL_NO_MEMORY;
    if ((status = take_value(b, node)) != TRAIL_OK) return status;
    b->levels[b->depth] = (level){.node = node};
    b->maps[b->depth] = b->map_count++;
    b->depth++;
    return TRAIL_OK;
}

static trail_status take_document(builder *b, const yaml_event_t *event)
{
    if (b->documents++ == 0) return TRAIL_OK;
    b->stopped = true;
    return trail_mistakes_add(b->mistakes, place_of(b, event->start_mark), NULL, b->err,
                              "a case file is one document: a second one begins here");
}

static trail_status take_event(builder *b, const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        return take_document(b, event);
    case YAML_SCALAR_EVENT:
        return take_scalar(b, event);
    case YAML_ALIAS_EVENT:
        return take_alias(b, event);
    case YAML_SEQUENCE_START_EVENT:
    case YAML_MAPPING_START_EVENT:
        return open_level(b, event);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        b->depth--;
        return TRAIL_OK;
    case YAML_STREAM_END_EVENT:
        b->stopped = true;
        return TRAIL_OK;
    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
    case YAML_DOCUMENT_END_EVENT:
        return TRAIL_OK;
    }
    return TRAIL_OK;
}

trail_status trail_yaml_read(trail_slice bytes, const char *file, trail_arena *arena,
                             trail_mistakes *mistakes, trail_node **root, trail_error *err)
{
    builder b = {.bytes = bytes, .file = file, .arena = arena, .mistakes = mistakes, .err = err};
    size_t before = mistakes->count;
    yaml_event_t event;
    bool syntax = true;
    trail_status status = TRAIL_OK;
    *root = NULL;
    if (!yaml_parser_initialize(&b.parser)) return trail_fail_memory(err);
    if ((status = trail_strings_new(&b.keys, err)) != TRAIL_OK) goto cleanup;
    yaml_parser_set_input_string(&b.parser, (const unsigned char *)bytes.start, bytes.length);
    while (status == TRAIL_OK && !b.stopped) {
        if (!yaml_parser_parse(&b.parser, &event)) {
            syntax = false;
            status = note_syntax(&b);
        } else {
            status = take_event(&b, &event);
            yaml_event_delete(&event);
        }
    }
    /* After a break in the syntax the tree is only half there: no more is said of it. */
    if (syntax && (b.depth == 0 || mistakes->count == before)) *root = b.root;
cleanup:
    trail_map64_clear(&b.seen);
    trail_strings_free(b.keys);
    yaml_parser_delete(&b.parser);
    return status;
}
