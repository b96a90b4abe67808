#include "pipeline/mistakes.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/failure.h"
#include "base/memory.h"

typedef struct mistake {
    char *line;
    trail_place place;
    size_t sequence;
} mistake;

void trail_mistakes_init(trail_mistakes *mistakes)
{
    *mistakes = (trail_mistakes){.items = trail_vector_of(sizeof(mistake))};
}

void trail_mistakes_clear(trail_mistakes *mistakes)
{
    for (size_t i = 0; i < mistakes->items.count; i++) {
        trail_free(((mistake *)trail_vector_at(&mistakes->items, i))->line);
    }
    trail_vector_clear(&mistakes->items);
    mistakes->count = 0;
}

static trail_status add_way(trail_text *line, const trail_way *way, trail_error *err)
{
    trail_status status = TRAIL_OK;
    if (way == NULL) return TRAIL_OK;
    if ((status = add_way(line, way->parent, err)) != TRAIL_OK) return status;
    if (way->name == NULL) return trail_text_add_format(line, err, "[%zu]", way->number);
    return trail_text_add_format(line, err, "%s%s", way->parent == NULL ? "" : ".", way->name);
}

static trail_status add_place(trail_text *line, trail_place place, trail_error *err)
{
    if (place.line == 0) return trail_text_add_format(line, err, "%s: error: ", place.file);
    if (place.column == 0) {
        return trail_text_add_format(line, err, "%s:%d: error: ", place.file, place.line);
    }
    return trail_text_add_format(line, err, "%s:%d:%d: error: ", place.file, place.line,
                                 place.column);
}

trail_status trail_mistakes_add(trail_mistakes *mistakes, trail_place place, const trail_way *way,
                                trail_error *err, const char *format, ...)
{
    trail_text line = {0};
    char sentence[sizeof err->message];
    va_list arguments;
    mistake *added = NULL;
    trail_status status = TRAIL_OK;
    mistakes->count++;
    mistakes->outside_yaml += strcmp(place.file, "case.yaml") != 0;
    if (mistakes->items.count >= TRAIL_MISTAKES_KEPT) return TRAIL_OK;
    va_start(arguments, format);
    (void)vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    for (char *c = sentence; *c != '\0'; c++) {
        if ((unsigned char)*c < 0x20 || *c == 0x7f) *c = '?';
    }
    if ((status = add_place(&line, place, err)) != TRAIL_OK) goto cleanup;
    if ((status = add_way(&line, way, err)) != TRAIL_OK) goto cleanup;
    if (way != NULL && (status = trail_text_add(&line, trail_slice_of(": "), err)) != TRAIL_OK) {
        goto cleanup;
    }
    if ((status = trail_text_add(&line, trail_slice_of(sentence), err)) != TRAIL_OK) goto cleanup;
    added = trail_vector_add(&mistakes->items, err);
    if (added == NULL) {
        status = TRAIL_NO_MEMORY;
        goto cleanup;
    }
    *added = (mistake){.line = line.bytes, .place = place, .sequence = mistakes->count};
    line = (trail_text){0};
cleanup:
    trail_text_clear(&line);
    return status;
}

static int compare(const void *left, const void *right)
{
    const mistake *a = left, *b = right;
    int order = strcmp(a->place.file, b->place.file); /* case.yaml comes before people.csv ... */
    if (order != 0) return order;
    if (a->place.line != b->place.line) return a->place.line < b->place.line ? -1 : 1;
    if (a->place.column != b->place.column) return a->place.column < b->place.column ? -1 : 1;
    return a->sequence < b->sequence ? -1 : a->sequence > b->sequence;
}

trail_status trail_mistakes_tell(trail_mistakes *mistakes, trail_vector *lines, trail_error *err)
{
    trail_text more = {0};
    trail_status status = TRAIL_OK;
    if (mistakes->items.count == 0) return TRAIL_OK;
    qsort(mistakes->items.items, mistakes->items.count, sizeof(mistake), compare);
    for (size_t i = 0; i < mistakes->items.count; i++) {
        mistake *each = trail_vector_at(&mistakes->items, i);
        if ((status = trail_vector_push(lines, &each->line, err)) != TRAIL_OK) return status;
        each->line = NULL; /* now the list's */
    }
    if (mistakes->count <= mistakes->items.count) return TRAIL_OK;
    status = trail_text_add_format(&more, err, "and %zu more mistakes",
                                   mistakes->count - mistakes->items.count);
    if (status == TRAIL_OK) status = trail_vector_push(lines, &more.bytes, err);
    if (status != TRAIL_OK) trail_text_clear(&more);
    return status;
}

bool trail_is_nearer(const char *word, const char *candidate, size_t *best)
{
    size_t length = strlen(word);
    size_t allowed = length < 3 ? 1 : length < 6 ? 2 : length / 3 + 1;
    size_t distance = trail_slice_distance(trail_slice_of(word), trail_slice_of(candidate));
    if (distance > allowed || distance >= length || distance >= *best) return false;
    *best = distance;
    return true;
}

const char *trail_nearest(const char *word, const char *const *choices)
{
    const char *nearest = NULL;
    size_t best = SIZE_MAX;
    for (size_t i = 0; choices[i] != NULL; i++) {
        if (trail_is_nearer(word, choices[i], &best)) nearest = choices[i];
    }
    return nearest;
}

const char *trail_quotable(const char *value, char quotable[TRAIL_QUOTABLE])
{
    static const char cut[] = "…";
    size_t length = strlen(value), room = TRAIL_QUOTABLE - sizeof cut;
    if (length < TRAIL_QUOTABLE) {
        memcpy(quotable, value, length + 1);
        return quotable;
    }
    while (room > 0 && ((unsigned char)value[room] & 0xC0) == 0x80)
        room--;
    memcpy(quotable, value, room);
    memcpy(quotable + room, cut, sizeof cut);
    return quotable;
}
