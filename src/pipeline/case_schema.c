#include "pipeline/case_schema.h"

#include <string.h>

#include "base/failure.h"
#include "pipeline/case_values.h"

trail_status trail_case_vector(const trail_case_reading *reading, size_t count, size_t item_size,
                               trail_vector *vector)
{
    *vector = trail_vector_of(item_size);
    if (count == 0) return TRAIL_OK;
    vector->items = trail_arena_alloc(reading->arena, count * item_size, reading->err);
    if (vector->items == NULL) return TRAIL_NO_MEMORY;
    vector->count = vector->capacity = count;
    return TRAIL_OK;
}

/* The way to an item of a list; a row of a spreadsheet is named by its line alone. */
static const trail_way *way_of_item(const trail_node *item, const trail_way *way)
{
    return item->place.column == 0 ? NULL : way;
}

static trail_status read_maps(const trail_case_reading *reading, const trail_case_table *table,
                              const trail_node *node, const trail_way *way, trail_vector *items)
{
    trail_status status = TRAIL_OK;
    size_t index = 0;
    if (node->shape != TRAIL_SHAPE_LIST) {
        *items = trail_vector_of(table->item_size);
        return trail_case_note(reading, node, way, "must be a list, each item beginning with '-'");
    }
    status = trail_case_vector(reading, node->count, table->item_size, items);
    for (const trail_node *each = node->first; each != NULL && status == TRAIL_OK;
         each = each->next, index++) {
        trail_way item = {.parent = way, .number = index + 1};
        status = trail_case_read_map(reading, table, each, way_of_item(each, &item),
                                     (char *)items->items + index * table->item_size);
    }
    return status;
}

static trail_status read_named_maps(const trail_case_reading *reading,
                                    const trail_case_table *table, const trail_node *node,
                                    const trail_way *way, trail_vector *items)
{
    trail_status status = TRAIL_OK;
    size_t index = 0;
    if (node->shape != TRAIL_SHAPE_MAP) {
        *items = trail_vector_of(table->item_size);
        return trail_case_note(reading, node, way, "must be names, each with its own keys below");
    }
    status = trail_case_vector(reading, node->count, table->item_size, items);
    for (const trail_node *each = node->first; each != NULL && status == TRAIL_OK;
         each = each->next, index++) {
        trail_way item = {.parent = way, .name = each->key};
        char *target = (char *)items->items + index * table->item_size;
        status = trail_case_read_map(reading, table, each, &item, target);
        *(const char **)(void *)target = each->key;
    }
    return status;
}

static trail_status read_key(const trail_case_reading *reading, const trail_case_key *key,
                             const trail_node *node, const trail_way *way, void *item)
{
    void *target = (char *)item + key->offset;
    trail_currency currency = TRAIL_NO_CURRENCY;
    trail_status status = TRAIL_OK;
    switch (key->form) {
    case TRAIL_FORM_TEXT:
        return trail_case_text(reading, node, way, target);
    case TRAIL_FORM_CHOICE:
        return trail_case_choice(reading, node, way, key->choices, target);
    case TRAIL_FORM_DAY:
        return trail_case_day(reading, node, way, target);
    case TRAIL_FORM_CURRENCY:
        return trail_case_currency(reading, node, way, target);
    case TRAIL_FORM_CURRENCY_CODE:
        status = trail_case_currency(reading, node, way, &currency);
        if (currency != TRAIL_NO_CURRENCY) *(const char **)target = trail_currency_code(currency);
        return status;
    case TRAIL_FORM_YES_NO:
        return trail_case_yes_no(reading, node, way, target);
    case TRAIL_FORM_COUNT:
        return trail_case_count(reading, node, way, target);
    case TRAIL_FORM_AMOUNT:
        return trail_case_amount(reading, node, way, target);
    case TRAIL_FORM_TEXTS:
        return trail_case_texts(reading, node, way, target);
    case TRAIL_FORM_MAP:
        return trail_case_read_map(reading, key->table, node, way, target);
    case TRAIL_FORM_MAPS:
        return read_maps(reading, key->table, node, way, target);
    case TRAIL_FORM_NAMED_MAPS:
        return read_named_maps(reading, key->table, node, way, target);
    case TRAIL_FORM_OWN:
        return key->read(reading, node, way, item);
    }
    return trail_fail(reading->err, TRAIL_INTERNAL, "the key %s has no form", key->name);
}

static trail_status note_unknown(const trail_case_reading *reading, const trail_case_table *table,
                                 const trail_node *node, const trail_way *way)
{
    trail_way item = {.parent = way, .name = node->key};
    const char *nearest = NULL;
    char quotable[TRAIL_QUOTABLE];
    size_t best = SIZE_MAX;
    item.name = trail_quotable(node->key, quotable);
    for (size_t i = 0; i < table->count; i++) {
        if (trail_is_nearer(node->key, table->keys[i].name, &best)) nearest = table->keys[i].name;
    }
    if (nearest == NULL) {
        return trail_mistakes_add(reading->mistakes, node->key_place, &item, reading->err,
                                  "is no key that is known here");
    }
    return trail_mistakes_add(reading->mistakes, node->key_place, &item, reading->err,
                              "is no key that is known here — did you mean '%s'?", nearest);
}

static const trail_case_key *find_key(const trail_case_table *table, const char *name)
{
    for (size_t i = 0; i < table->count; i++) {
        if (strcmp(table->keys[i].name, name) == 0) return &table->keys[i];
    }
    return NULL;
}

trail_status trail_case_read_map(const trail_case_reading *reading, const trail_case_table *table,
                                 const trail_node *node, const trail_way *way, void *item)
{
    trail_status status = TRAIL_OK;
    if (table->start != NULL) table->start(item, node->place.line);
    if (node->refused) return TRAIL_OK;
    if (node->shape != TRAIL_SHAPE_MAP) {
        return trail_case_note(reading, node, way, "must be keys and values, such as '%s: …'",
                               table->keys[0].name);
    }
    for (const trail_node *each = node->first; each != NULL; each = each->next) {
        const trail_case_key *key = find_key(table, each->key);
        trail_way inner = {.parent = way, .name = each->key};
        if (key == NULL) {
            status = note_unknown(reading, table, each, way);
        } else if (!trail_node_is_empty(each) && !each->refused) {
            status = read_key(reading, key, each, &inner, item);
        }
        if (status != TRAIL_OK) return status;
    }
    for (size_t i = 0; i < table->count; i++) {
        const trail_case_key *key = &table->keys[i];
        const trail_node *given = trail_node_find(node, key->name);
        trail_way inner = {.parent = way, .name = key->name};
        if (key->needed == NULL || (given != NULL && given->refused)) continue;
        if (!trail_node_is_empty(given)) continue;
        status = trail_mistakes_add(reading->mistakes, given == NULL ? node->place : given->place,
                                    &inner, reading->err, "is missing: %s", key->needed);
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}
