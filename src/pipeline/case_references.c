#include "pipeline/case_references.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/path.h"
#include "pipeline/case_decisions.h"

/* The deepest part of "scope.from" that is there. */
static const trail_node *node_at(const trail_node *item, const char *key)
{
    const trail_node *node = item;
    while (key != NULL && *key != '\0') {
        char name[64];
        size_t length = strcspn(key, ".");
        const trail_node *inner = NULL;
        if (length >= sizeof name) break;
        memcpy(name, key, length);
        name[length] = '\0';
        inner = trail_node_find(node, name);
        if (inner == NULL) break;
        node = inner;
        key += length + (key[length] == '.');
    }
    return node;
}

trail_status trail_case_note_at(const trail_case_reading *reading, trail_case_spot spot,
                                const char *key, const char *format, ...)
{
    char sentence[800];
    const trail_node *node = node_at(spot.item, key);
    bool row = spot.item->place.column == 0; /* of a spreadsheet: its line says enough */
    trail_way list = {.name = spot.list};
    trail_way item = {.parent = &list, .name = spot.name, .number = spot.number};
    trail_way inner = {.parent = row ? NULL : spot.list == NULL ? NULL : &item, .name = key};
    const trail_way *way = key != NULL ? &inner : row || spot.list == NULL ? NULL : &item;
    va_list arguments;
    if (node->refused) return TRAIL_OK;
    va_start(arguments, format);
    (void)vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    return trail_mistakes_add(reading->mistakes, node->place, way, reading->err, "%s", sentence);
}

trail_status trail_case_note_absent(const trail_case_reading *reading, trail_case_spot spot,
                                    const char *key, const char *absent, const char *name,
                                    const char *nearest)
{
    char quotable[TRAIL_QUOTABLE];
    if (nearest == NULL) {
        return trail_case_note_at(reading, spot, key, "%s '%s'", absent,
                                  trail_quotable(name, quotable));
    }
    return trail_case_note_at(reading, spot, key, "%s '%s' — did you mean '%s'?", absent,
                              trail_quotable(name, quotable), nearest);
}

static trail_status check_rates(const trail_case_reading *reading, const trail_node *root,
                                const trail_case *read_case, const char *case_folder)
{
    trail_case_spot top = {.item = root};
    trail_text path = {0};
    char quotable[TRAIL_QUOTABLE];
    trail_status status = TRAIL_OK;
    if (read_case->rates == NULL || case_folder == NULL) return TRAIL_OK;
    status = trail_path_join(&path, case_folder, read_case->rates, reading->err);
    if (status == TRAIL_OK &&
        (!trail_path_exists(path.bytes) || trail_path_is_folder(path.bytes))) {
        status = trail_case_note_at(reading, top, "rates", "there is no file '%s'",
                                    trail_quotable(read_case->rates, quotable));
    }
    trail_text_clear(&path);
    return status;
}

trail_status trail_case_check_references(const trail_case_reading *reading, const trail_node *root,
                                         trail_case *read_case, const char *case_folder)
{
    trail_status status = check_rates(reading, root, read_case, case_folder);
    if (status == TRAIL_OK) status = trail_case_check_profiles(reading, root, read_case);
    if (status == TRAIL_OK) {
        status = trail_case_check_sources(reading, root, read_case, case_folder);
    }
    if (status == TRAIL_OK) status = trail_case_check_people(reading, root, read_case);
    if (status == TRAIL_OK) status = trail_case_check_proceeds(reading, root, read_case);
    if (status == TRAIL_OK) status = trail_case_check_decisions(reading, root, read_case);
    return status;
}
