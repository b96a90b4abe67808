#include "pipeline/case_sheets.h"

#include <limits.h>
#include <string.h>

#include "base/byte_source.h"
#include "base/path.h"
#include "base/unicode.h"
#include "ingest/row.h"

typedef struct sheet_column {
    const trail_case_key *outer; /* the map it lies in, or NULL */
    const trail_case_key *key;   /* NULL: nothing may stand in the column */
    const char *heading;
} sheet_column;

typedef struct sheet {
    const trail_case_reading *reading;
    const char *file;
    const trail_case_table *table;
    trail_node *list;
    trail_vector columns; /* of sheet_column */
    bool stopped;
} sheet;

/* The separator that stands most often in the first line, outside quotes. */
static char delimiter_of(trail_slice bytes)
{
    static const char candidates[] = ",;\t|";
    size_t counts[sizeof candidates] = {0}, best = 0;
    bool quoted = false;
    for (size_t i = 0; i < bytes.length; i++) {
        const char *candidate = NULL;
        char byte = bytes.start[i];
        if (byte == '"') quoted = !quoted;
        if (!quoted && (byte == '\n' || byte == '\r')) break;
        candidate = byte == '\0' ? NULL : strchr(candidates, byte);
        if (!quoted && candidate != NULL) counts[candidate - candidates]++;
    }
    for (size_t i = 1; candidates[i] != '\0'; i++) {
        if (counts[i] > counts[best]) best = i;
    }
    return candidates[best];
}

static const trail_case_key *find_key(const trail_case_table *table, trail_slice name)
{
    for (size_t i = 0; i < table->count; i++) {
        if (trail_slice_is(name, table->keys[i].name)) return &table->keys[i];
    }
    return NULL;
}

/* "role", "scope.from", or "from" when only one inner map has it. */
static void resolve(const sheet *s, trail_slice heading, sheet_column *column)
{
    size_t point = trail_slice_find(heading, trail_slice_of("."));
    if (point != SIZE_MAX) {
        const trail_case_key *outer = find_key(s->table, (trail_slice){heading.start, point});
        if (outer == NULL || outer->form != TRAIL_FORM_MAP) return;
        column->outer = outer;
        column->key = find_key(
            outer->table, (trail_slice){heading.start + point + 1, heading.length - point - 1});
        return;
    }
    column->key = find_key(s->table, heading);
    if (column->key != NULL && column->key->form == TRAIL_FORM_MAP) column->key = NULL;
    for (size_t i = 0; i < s->table->count && column->key == NULL; i++) {
        if (s->table->keys[i].form != TRAIL_FORM_MAP) continue;
        column->outer = &s->table->keys[i];
        column->key = find_key(column->outer->table, heading);
    }
}

static const char *nearest_key(const sheet *s, const char *heading)
{
    const char *nearest = NULL;
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < s->table->count; i++) {
        const trail_case_key *key = &s->table->keys[i];
        bool map = key->form == TRAIL_FORM_MAP;
        if (!map && trail_is_nearer(heading, key->name, &best)) nearest = key->name;
        for (size_t j = 0; map && j < key->table->count; j++) {
            const char *name = key->table->keys[j].name;
            if (trail_is_nearer(heading, name, &best)) nearest = name;
        }
    }
    return nearest;
}

static trail_status take_heading(sheet *s, trail_slice field, trail_place place)
{
    sheet_column column = {0};
    char quotable[TRAIL_QUOTABLE];
    const char *nearest = NULL;
    trail_way way = {0};
    trail_status status = TRAIL_OK;
    trail_slice heading = trail_slice_trim(field);
    column.heading = trail_arena_copy(s->reading->arena, heading, s->reading->err);
    if (column.heading == NULL) return TRAIL_NO_MEMORY;
    way.name = trail_quotable(column.heading, quotable);
    if (heading.length > 0) {
        resolve(s, heading, &column);
        if (column.key == NULL) {
            nearest = nearest_key(s, column.heading);
            status = trail_mistakes_add(
                s->reading->mistakes, place, &way, s->reading->err,
                "is no column that is known%s%s%s", nearest == NULL ? "" : " — did you mean '",
                nearest == NULL ? "" : nearest, nearest == NULL ? "" : "'?");
        }
    }
    for (size_t i = 0; i < s->columns.count && status == TRAIL_OK && column.key != NULL; i++) {
        const sheet_column *other = trail_vector_at(&s->columns, i);
        if (other->key != column.key) continue;
        status =
            trail_mistakes_add(s->reading->mistakes, place, &way, s->reading->err,
                               "is given twice: columns %zu and %zu", i + 1, s->columns.count + 1);
        column.key = NULL;
        column.heading = NULL; /* said once is enough: its cells are passed over */
    }
    if (status != TRAIL_OK) return status;
    return trail_vector_push(&s->columns, &column, s->reading->err);
}

static trail_node *scalar_of(sheet *s, trail_slice text, trail_place place)
{
    trail_node *node =
        trail_node_new(s->reading->arena, TRAIL_SHAPE_SCALAR, place, s->reading->err);
    if (node == NULL) return NULL;
    node->text = trail_arena_copy(s->reading->arena, text, s->reading->err);
    return node->text == NULL ? NULL : node;
}

/* "a; b" as a list of two. */
static trail_node *list_of(sheet *s, trail_slice text, trail_place place)
{
    trail_node *list = trail_node_new(s->reading->arena, TRAIL_SHAPE_LIST, place, s->reading->err);
    if (list == NULL) return NULL;
    while (text.length > 0) {
        size_t length = trail_slice_find(text, trail_slice_of(";"));
        trail_slice part = {text.start, length == SIZE_MAX ? text.length : length};
        trail_node *item = NULL;
        text.start += part.length;
        text.length -= part.length;
        if (text.length > 0) {
            text.start++;
            text.length--;
        }
        part = trail_slice_trim(part);
        if (part.length == 0) continue;
        item = scalar_of(s, part, place);
        if (item == NULL) return NULL;
        trail_node_append(list, item);
    }
    return list;
}

/* The inner map of a row, made when first needed. */
static trail_node *inner_map(sheet *s, trail_node *row, const char *name)
{
    trail_node *map = row->first;
    while (map != NULL && strcmp(map->key, name) != 0)
        map = map->next;
    if (map != NULL) return map;
    map = trail_node_new(s->reading->arena, TRAIL_SHAPE_MAP, row->place, s->reading->err);
    if (map == NULL) return NULL;
    map->key = name;
    map->key_place = row->place;
    trail_node_append(row, map);
    return map;
}

static trail_status take_cell(sheet *s, trail_node *row, const sheet_column *column,
                              size_t position, trail_slice cell)
{
    bool listed = false;
    trail_node *node = NULL, *map = row;
    trail_slice text = trail_slice_trim(cell);
    if (text.length == 0) return TRAIL_OK;
    if (column == NULL || (column->heading != NULL && column->heading[0] == '\0')) {
        char quotable[TRAIL_QUOTABLE];
        node = scalar_of(s, text, row->place);
        if (node == NULL) return TRAIL_NO_MEMORY;
        return trail_mistakes_add(s->reading->mistakes, row->place, NULL, s->reading->err,
                                  "'%s' stands in column %zu, which has no heading",
                                  trail_quotable(node->text, quotable), position);
    }
    if (column->key == NULL) return TRAIL_OK; /* noted at its heading */
    listed = column->key->listed || column->key->form == TRAIL_FORM_TEXTS;
    node = listed ? list_of(s, text, row->place) : scalar_of(s, text, row->place);
    if (node == NULL) return TRAIL_NO_MEMORY;
    if (column->outer != NULL) map = inner_map(s, row, column->outer->name);
    if (map == NULL) return TRAIL_NO_MEMORY;
    node->key = column->key->name;
    node->key_place = row->place;
    trail_node_append(map, node);
    return TRAIL_OK;
}

static trail_status take_row(sheet *s, const trail_row *row)
{
    trail_place place = {.file = s->file, .line = row->line < INT_MAX ? (int)row->line : INT_MAX};
    trail_node *map = NULL;
    trail_status status = TRAIL_OK;
    if (trail_utf8_bad_byte(row->raw) != SIZE_MAX) {
        s->stopped = true;
        return trail_mistakes_add(s->reading->mistakes, place, NULL, s->reading->err,
                                  "is not UTF-8: save the sheet as CSV UTF-8");
    }
    if (row->fault != TRAIL_ROW_OK) {
        return trail_mistakes_add(s->reading->mistakes, place, NULL, s->reading->err, "%s",
                                  trail_row_fault_text(row->fault));
    }
    if (s->columns.count == 0) {
        for (uint32_t i = 0; i < row->field_count && status == TRAIL_OK; i++) {
            status = take_heading(s, row->fields[i], place);
        }
        return status;
    }
    map = trail_node_new(s->reading->arena, TRAIL_SHAPE_MAP, place, s->reading->err);
    if (map == NULL) return TRAIL_NO_MEMORY;
    for (uint32_t i = 0; i < row->field_count && status == TRAIL_OK; i++) {
        const sheet_column *column = i < s->columns.count ? trail_vector_at(&s->columns, i) : NULL;
        status = take_cell(s, map, column, i + (size_t)1, row->fields[i]);
    }
    if (status == TRAIL_OK && map->count > 0) trail_node_append(s->list, map);
    return status;
}

trail_status trail_case_read_sheet(const trail_case_reading *reading, const char *file,
                                   const char *key, trail_slice bytes, trail_node *list)
{
    const trail_case_key *top = find_key(&trail_case_top_table, trail_slice_of(key));
    sheet s = {.reading = reading, .file = file, .table = top->table, .list = list};
    trail_row_style style = {.delimiter = delimiter_of(bytes)};
    trail_byte_source *source = NULL;
    trail_row_reader *reader = NULL;
    trail_row rows[TRAIL_ROW_BATCH];
    size_t count = 1;
    trail_status status = TRAIL_OK;
    s.columns = trail_vector_of(sizeof(sheet_column));
    status = trail_byte_source_over(&source, bytes, reading->err);
    if (status != TRAIL_OK) goto cleanup;
    status = trail_row_reader_new(&reader, source, style, reading->err);
    if (status != TRAIL_OK) goto cleanup;
    while (count > 0 && !s.stopped) {
        status = trail_row_reader_next(reader, rows, TRAIL_ROW_BATCH, &count, reading->err);
        if (status != TRAIL_OK) goto cleanup;
        for (size_t i = 0; i < count && !s.stopped; i++) {
            if ((status = take_row(&s, &rows[i])) != TRAIL_OK) goto cleanup;
        }
    }
    if (s.columns.count == 0 && !s.stopped) {
        status = trail_mistakes_add(reading->mistakes, (trail_place){.file = file}, NULL,
                                    reading->err, "is empty: its first row names the columns");
    }
cleanup:
    trail_row_reader_free(reader);
    trail_byte_source_close(source);
    trail_vector_clear(&s.columns);
    return status;
}

static trail_status add_sheet(const trail_case_reading *reading, const char *path, const char *file,
                              const char *key, trail_node *root)
{
    trail_text bytes = {0};
    const trail_node *given = trail_node_find(root, key);
    trail_node *list = NULL;
    trail_status status = TRAIL_OK;
    if (!trail_node_is_empty(given)) {
        trail_way way = {.name = key};
        return trail_mistakes_add(reading->mistakes, given->key_place, &way, reading->err,
                                  "stands in %s too: keep one of the two", file);
    }
    list = trail_node_new(reading->arena, TRAIL_SHAPE_LIST, (trail_place){.file = file, .line = 1},
                          reading->err);
    if (list == NULL) return TRAIL_NO_MEMORY;
    status = trail_path_read(path, TRAIL_SHEET_LIMIT, &bytes, reading->err);
    if (status == TRAIL_OK) {
        status = trail_case_read_sheet(reading, file, key, trail_text_slice(&bytes), list);
    } else if (status == TRAIL_BAD_DATA) {
        status = trail_mistakes_add(reading->mistakes, list->place, NULL, reading->err,
                                    "is larger than %zu bytes", TRAIL_SHEET_LIMIT);
    }
    trail_text_clear(&bytes);
    if (status != TRAIL_OK) return status;
    list->key = key;
    list->key_place = list->place;
    if (given == NULL) {
        trail_node_append(root, list);
        return TRAIL_OK;
    }
    for (trail_node *each = root->first; each != NULL; each = each->next) {
        if (each != given) continue;
        list->next = each->next; /* "people:" with nothing behind it gives way to the sheet */
        *each = *list;
    }
    return TRAIL_OK;
}

trail_status trail_case_add_sheets(const trail_case_reading *reading, const char *case_folder,
                                   trail_node *root, trail_vector *files)
{
    static const struct {
        const char *file, *key;
    } sheets[] = {{"requests.csv", "requests"},
                  {"people.csv", "people"},
                  {"proceeds.csv", "proceeds"},
                  {"destinations.csv", "destinations"}};
    trail_text path = {0};
    trail_status status = TRAIL_OK;
    for (size_t i = 0; i < TRAIL_LENGTH_OF(sheets) && status == TRAIL_OK; i++) {
        trail_text_reset(&path);
        status = trail_path_join(&path, case_folder, sheets[i].file, reading->err);
        if (status != TRAIL_OK || !trail_path_exists(path.bytes)) continue;
        status = trail_vector_push(files, &sheets[i].file, reading->err);
        if (status != TRAIL_OK) break;
        status = add_sheet(reading, path.bytes, sheets[i].file, sheets[i].key, root);
    }
    trail_text_clear(&path);
    return status;
}
