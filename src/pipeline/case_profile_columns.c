/* columns: and amounts: of a profile. */
#include "pipeline/case_profile_columns.h"

#include <string.h>

#include "ingest/profile.h"
#include "pipeline/case_values.h"

static trail_status read_column(const trail_case_reading *reading, const trail_node *node,
                                const trail_way *way, trail_column column, trail_vector *columns)
{
    trail_profile_column *target = NULL;
    const char *text = NULL;
    char quotable[TRAIL_QUOTABLE];
    uint64_t position = 0;
    trail_status status = trail_case_text(reading, node, way, &text);
    if (status != TRAIL_OK || text == NULL) return status;
    target = (trail_profile_column *)columns->items + columns->count;
    *target = (trail_profile_column){
        .column = column, .line = node->place.line, .column_mark = node->place.column};
    if (!node->quoted && trail_slice_to_u64(trail_slice_of(text), &position)) {
        if (position == 0 || position > 4096) {
            return trail_case_note(reading, node, way,
                                   "'%s' is no position: columns are counted from 1",
                                   trail_quotable(text, quotable));
        }
        target->position = (uint32_t)position;
    } else {
        target->header = text;
    }
    columns->count++;
    return TRAIL_OK;
}

/* The columns a key may name, or -1 after a mistake. */
static trail_status find_column(const trail_case_reading *reading, const trail_node *node,
                                const trail_way *way, int *column)
{
    const char *nearest = NULL;
    size_t best = SIZE_MAX;
    *column = -1;
    for (int i = 0; i < TRAIL_COLUMN_COUNT; i++) {
        const char *name = trail_column_name((trail_column)i);
        if (strcmp(name, node->key) == 0) {
            *column = i;
            return TRAIL_OK;
        }
        if (trail_is_nearer(node->key, name, &best)) nearest = name;
    }
    if (nearest == NULL) {
        return trail_mistakes_add(reading->mistakes, node->key_place, way, reading->err,
                                  "is no column that is known");
    }
    return trail_mistakes_add(reading->mistakes, node->key_place, way, reading->err,
                              "is no column that is known — did you mean '%s'?", nearest);
}

trail_status trail_case_read_columns(const trail_case_reading *reading, const trail_node *node,
                                     const trail_way *way, void *item)
{
    trail_vector *columns = &((trail_profile *)item)->columns;
    size_t room = 0;
    trail_status status = TRAIL_OK;
    if (node->shape != TRAIL_SHAPE_MAP) {
        return trail_case_note(reading, node, way,
                               "must be meanings and headers, such as 'booking_date: Datum'");
    }
    for (const trail_node *each = node->first; each != NULL; each = each->next) {
        room += each->shape == TRAIL_SHAPE_LIST ? each->count : 1;
    }
    status = trail_case_vector(reading, room, sizeof(trail_profile_column), columns);
    columns->count = 0;
    for (const trail_node *each = node->first; each != NULL && status == TRAIL_OK;
         each = each->next) {
        trail_way inner = {.parent = way, .name = each->key};
        int column = 0;
        if ((status = find_column(reading, each, &inner, &column)) != TRAIL_OK) return status;
        if (column < 0 || trail_node_is_empty(each)) continue;
        if (each->shape != TRAIL_SHAPE_LIST) {
            status = read_column(reading, each, &inner, (trail_column)column, columns);
        } else if (column != TRAIL_COLUMN_TEXT && column != TRAIL_COLUMN_KIND &&
                   !trail_column_is_account((trail_column)column)) {
            status = trail_case_note(reading, each, &inner,
                                     "must be one column: only text, kind and accounts may be "
                                     "several");
        } else {
            size_t number = 1;
            for (const trail_node *one = each->first; one != NULL && status == TRAIL_OK;
                 one = one->next) {
                trail_way place = {.parent = &inner, .number = number++};
                status = read_column(reading, one, &place, (trail_column)column, columns);
            }
        }
    }
    return status;
}

trail_status trail_case_read_amounts(const trail_case_reading *reading, const trail_node *node,
                                     const trail_way *way, void *item)
{
    trail_vector *amounts = &((trail_profile *)item)->amounts;
    if (node->shape != TRAIL_SHAPE_MAP) {
        return trail_case_note(reading, node, way,
                               "must be currencies and headers, such as {EUR: Betrag EUR}");
    }
    trail_status status =
        trail_case_vector(reading, node->count, sizeof(trail_profile_column), amounts);
    amounts->count = 0;
    for (const trail_node *each = node->first; each != NULL && status == TRAIL_OK;
         each = each->next) {
        trail_way inner = {.parent = way, .name = each->key};
        trail_currency currency = TRAIL_NO_CURRENCY;
        size_t before = amounts->count;
        if (!trail_currency_find(trail_slice_of(each->key), &currency)) {
            status = trail_mistakes_add(reading->mistakes, each->key_place, &inner, reading->err,
                                        "is no currency that is known");
            continue;
        }
        status = read_column(reading, each, &inner, TRAIL_COLUMN_AMOUNT, amounts);
        if (status == TRAIL_OK && amounts->count > before)
            ((trail_profile_column *)amounts->items)[before].currency = currency;
    }
    return status;
}
