#include "ingest/column_map.h"

#include <string.h>

/* "Account#2" is the second column named Account, unless a column bears that very name. */
static trail_slice split_repeat(trail_slice name, uint64_t *repeat)
{
    *repeat = 1;
    for (size_t at = name.length; at > 1; at--) {
        if (name.start[at - 1] != '#') continue;
        trail_slice digits = {name.start + at, name.length - at};
        if (!trail_slice_to_u64(digits, repeat) || *repeat == 0) break;
        return (trail_slice){name.start, at - 1};
    }
    *repeat = 1;
    return name;
}

static uint32_t find_name(const trail_column_map *map, trail_slice wanted, uint64_t repeat,
                          bool any_case)
{
    char text[256];
    if (wanted.length >= sizeof text) return TRAIL_NO_COLUMN;
    memcpy(text, wanted.start, wanted.length);
    text[wanted.length] = '\0';
    for (uint32_t i = 0; i < map->most; i++) {
        trail_slice name = trail_slice_of(map->names[i]);
        bool equal =
            any_case ? trail_slice_is_ascii_nocase(name, text) : trail_slice_is(name, text);
        if (equal && --repeat == 0) return i;
    }
    return TRAIL_NO_COLUMN;
}

static uint32_t find_header(const trail_column_map *map, const char *header)
{
    trail_slice name = trail_slice_trim(trail_slice_of(header));
    uint64_t repeat = 1;
    trail_slice bare = split_repeat(name, &repeat);
    uint32_t index = find_name(map, name, 1, false);
    if (index == TRAIL_NO_COLUMN) index = find_name(map, bare, repeat, false);
    if (index == TRAIL_NO_COLUMN) index = find_name(map, name, 1, true);
    if (index == TRAIL_NO_COLUMN) index = find_name(map, bare, repeat, true);
    return index;
}

static const char *nearest_name(const trail_column_map *map, const char *header)
{
    const char *nearest = NULL;
    size_t least = strlen(header) / 3 + 1;
    for (uint32_t i = 0; i < map->most; i++) {
        size_t distance =
            trail_slice_distance(trail_slice_of(header), trail_slice_of(map->names[i]));
        if (distance <= least && map->names[i][0] != '\0') {
            if (distance < least || nearest == NULL) nearest = map->names[i];
            least = distance;
        }
    }
    return nearest;
}

static trail_status say_missing(const trail_column_map *map, const trail_profile_column *column,
                                trail_aside *aside, trail_error *err)
{
    const char *meaning = trail_column_name(column->column);
    if (column->header == NULL) {
        return trail_text_add_format(&aside->reason, err,
                                     "column %u, read as %s, is not there: the file has %u columns",
                                     column->position, meaning, map->most);
    }
    const char *nearest = nearest_name(map, column->header);
    trail_status status =
        trail_text_add_format(&aside->reason, err, "column '%s', read as %s, is not in the header",
                              column->header, meaning);
    if (status != TRAIL_OK || nearest == NULL) return status;
    status = trail_text_add_format(&aside->reason, err, " — did you mean '%s'?", nearest);
    if (status != TRAIL_OK) return status;
    return trail_text_add_format(&aside->paste, err, "%s: \"%s\"", meaning, nearest);
}

static bool is_truth(const trail_column_map *map, const trail_profile *profile, uint32_t index)
{
    for (size_t i = 0; map->names != NULL && i < profile->truth.count; i++) {
        const char *const *name = trail_vector_at(&profile->truth, i);
        if (find_header(map, *name) == index) return true;
    }
    return false;
}

static trail_status copy_names(trail_column_map *map, const trail_slice *fields, trail_error *err)
{
    map->names = trail_arena_alloc(&map->arena, (map->most + 1) * sizeof *map->names, err);
    if (map->names == NULL) return TRAIL_NO_MEMORY;
    for (uint32_t i = 0; i < map->most; i++) {
        map->names[i] = trail_arena_copy(&map->arena, trail_slice_trim(fields[i]), err);
        if (map->names[i] == NULL) return TRAIL_NO_MEMORY;
        if (map->names[i][0] != '\0') map->least = i + 1;
    }
    return TRAIL_OK;
}

static void note_read(trail_column_map *map, uint32_t index)
{
    uint32_t at = 0;
    while (at < map->read_count && map->read[at] < index)
        at++;
    if (at < map->read_count && map->read[at] == index) return;
    for (uint32_t i = map->read_count; i > at; i--)
        map->read[i] = map->read[i - 1];
    map->read[at] = index;
    map->read_count++;
}

static void note_column(trail_column_map *map, trail_column column, uint32_t index)
{
    if (map->of[column] == TRAIL_NO_COLUMN) {
        map->of[column] = index;
    } else if (trail_column_is_account(column)) {
        uint32_t at = 0;
        while (at + 1 < TRAIL_COLUMNS_ALSO && map->also[column][at] != TRAIL_NO_COLUMN)
            at++;
        map->also[column][at] = index;
    }
    if (column == TRAIL_COLUMN_TEXT && map->text_count < TRAIL_COLUMNS_ALIKE) {
        map->texts[map->text_count++] = index;
    }
    if (column == TRAIL_COLUMN_KIND && map->kind_count < TRAIL_COLUMNS_ALIKE) {
        map->kinds[map->kind_count++] = index;
    }
    note_read(map, index);
}

/* Finds one column of the profile; one that is not there sets the file aside. */
static trail_status place_column(trail_column_map *map, const trail_profile *profile,
                                 const trail_profile_column *column, uint32_t *place,
                                 trail_aside *aside, trail_error *err)
{
    uint32_t index = column->position - 1;
    if (column->header != NULL) {
        index = map->names != NULL ? find_header(map, column->header) : TRAIL_NO_COLUMN;
    }
    if (index >= map->most) return say_missing(map, column, aside, err);
    if (is_truth(map, profile, index)) {
        return trail_text_add_format(
            &aside->reason, err,
            "column '%s' is declared truth, which is never read, and is read as %s",
            trail_column_map_name(map, index), trail_column_name(column->column));
    }
    if (map->least <= index) map->least = index + 1;
    *place = index;
    return TRAIL_OK;
}

trail_status trail_column_map_bind(trail_column_map *map, const trail_profile *profile,
                                   const trail_slice *fields, uint32_t field_count,
                                   trail_aside *aside, trail_error *err)
{
    trail_status status = TRAIL_OK;
    for (size_t i = 0; i < TRAIL_COLUMN_COUNT; i++) {
        map->of[i] = TRAIL_NO_COLUMN;
        for (size_t k = 0; k < TRAIL_COLUMNS_ALSO; k++)
            map->also[i][k] = TRAIL_NO_COLUMN;
    }
    map->most = map->least = field_count;
    if (!profile->no_header) {
        map->least = 1;
        if ((status = copy_names(map, fields, err)) != TRAIL_OK) return status;
    }
    if (profile->columns.count + profile->amounts.count > TRAIL_COLUMNS_READ) {
        return trail_text_add_format(&aside->reason, err, "the profile names more than %u columns",
                                     TRAIL_COLUMNS_READ);
    }
    for (size_t i = 0; i < profile->columns.count; i++) {
        const trail_profile_column *column = trail_vector_at(&profile->columns, i);
        uint32_t index = TRAIL_NO_COLUMN;
        status = place_column(map, profile, column, &index, aside, err);
        if (status != TRAIL_OK || aside->reason.length > 0) return status;
        note_column(map, column->column, index);
    }
    for (size_t i = 0; i < profile->amounts.count && i < TRAIL_AMOUNTS; i++) {
        const trail_profile_column *column = trail_vector_at(&profile->amounts, i);
        uint32_t index = TRAIL_NO_COLUMN;
        status = place_column(map, profile, column, &index, aside, err);
        if (status != TRAIL_OK || aside->reason.length > 0) return status;
        note_column(map, TRAIL_COLUMN_AMOUNT, index);
        map->amounts[map->amount_count] = index;
        map->amount_currency[map->amount_count++] = column->currency;
    }
    return TRAIL_OK;
}

void trail_column_map_clear(trail_column_map *map)
{
    trail_arena_clear(&map->arena);
    *map = (trail_column_map){0};
}

const char *trail_column_map_name(const trail_column_map *map, uint32_t index)
{
    return map->names != NULL && index < map->most ? map->names[index] : "";
}
