#include "ingest/merged_headings.h"

void trail_merged_headings_clear(trail_merged_headings *headings)
{
    trail_vector_clear(&headings->cells);
    trail_vector_clear(&headings->ends);
    trail_vector_clear(&headings->names);
    trail_arena_clear(&headings->arena);
    *headings = (trail_merged_headings){0};
}

trail_status trail_merged_headings_add(trail_merged_headings *headings, const trail_slice *cells,
                                       uint32_t count, trail_error *err)
{
    if (headings->cells.item_size == 0) {
        headings->cells = trail_vector_of(sizeof(const char *));
        headings->ends = trail_vector_of(sizeof(size_t));
        headings->names = trail_vector_of(sizeof(trail_slice));
    }
    for (uint32_t i = 0; i < count; i++) {
        const char *cell = trail_arena_copy(&headings->arena, trail_slice_trim(cells[i]), err);
        if (cell == NULL) return TRAIL_NO_MEMORY;
        trail_status status = trail_vector_push(&headings->cells, &cell, err);
        if (status != TRAIL_OK) return status;
    }
    return trail_vector_push(&headings->ends, &headings->cells.count, err);
}

static const char *cell_at(const trail_merged_headings *headings, size_t line, uint32_t column)
{
    const size_t *ends = headings->ends.items;
    size_t from = line == 0 ? 0 : ends[line - 1];
    if (line >= headings->ends.count || from + column >= ends[line]) return "";
    return *(const char *const *)trail_vector_at(&headings->cells, from + column);
}

static bool has_below(const trail_merged_headings *headings, size_t line, uint32_t column)
{
    for (size_t below = line + 1; below < headings->ends.count; below++)
        if (cell_at(headings, below, column)[0] != '\0') return true;
    return false;
}

static const char *heading_of(const trail_merged_headings *headings, size_t line, uint32_t column)
{
    uint32_t at = column;
    while (at > 0 && cell_at(headings, line, at)[0] == '\0' && has_below(headings, line, at) &&
           has_below(headings, line, at - 1))
        at--;
    return cell_at(headings, line, at);
}

trail_status trail_merged_headings_join(trail_merged_headings *headings, const trail_slice **names,
                                        uint32_t *count, trail_error *err)
{
    const size_t *ends = headings->ends.items;
    trail_text name = {0};
    trail_status status = TRAIL_OK;
    *count = 0;
    for (size_t line = 0; line < headings->ends.count; line++) {
        size_t columns = ends[line] - (line == 0 ? 0 : ends[line - 1]);
        if (columns > *count) *count = (uint32_t)columns;
    }
    for (uint32_t i = 0; i < *count && status == TRAIL_OK; i++) {
        trail_text_reset(&name);
        for (size_t line = 0; line < headings->ends.count && status == TRAIL_OK; line++) {
            trail_slice part = trail_slice_of(heading_of(headings, line, i));
            if (part.length == 0) continue;
            if (name.length > 0) status = trail_text_add(&name, trail_slice_of(" "), err);
            if (status == TRAIL_OK) status = trail_text_add(&name, part, err);
        }
        if (status != TRAIL_OK) break;
        const char *copy = trail_arena_copy(&headings->arena, trail_text_slice(&name), err);
        trail_slice slice = trail_slice_of(copy);
        status = copy == NULL ? TRAIL_NO_MEMORY : trail_vector_push(&headings->names, &slice, err);
    }
    *names = headings->names.items;
    trail_text_clear(&name);
    return status;
}
