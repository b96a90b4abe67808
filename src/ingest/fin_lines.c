#include "ingest/fin_lines.h"

#include <string.h>

#include "base/memory.h"

enum { BUFFER = 256 * 1024, PIECE = 64 * 1024, LOOK = 4096 };

trail_status trail_fin_lines_init(trail_fin_lines *lines, trail_byte_source *source,
                                  trail_error *err)
{
    *lines = (trail_fin_lines){.source = source};
    return trail_alloc_zeroed(&lines->bytes, BUFFER, 1, err);
}

void trail_fin_lines_clear(trail_fin_lines *lines)
{
    trail_free(lines->bytes);
    *lines = (trail_fin_lines){0};
}

static trail_status refill(trail_fin_lines *lines, trail_error *err)
{
    memmove(lines->bytes, lines->bytes + lines->at, lines->filled - lines->at);
    lines->base += lines->at;
    lines->filled -= lines->at;
    lines->at = 0;
    while (!lines->ended && lines->filled < BUFFER) {
        size_t size = 0;
        trail_status status = trail_byte_source_read(lines->source, lines->bytes + lines->filled,
                                                     BUFFER - lines->filled, &size, err);
        if (status != TRAIL_OK) return status;
        lines->filled += size;
        lines->ended = size == 0;
    }
    return TRAIL_OK;
}

/* Files that German banking programs keep end lines with "@@". */
static void look(trail_fin_lines *lines)
{
    trail_slice first = {lines->bytes, lines->filled < LOOK ? lines->filled : LOOK};
    lines->looked = true;
    lines->by_ats = trail_slice_find(first, trail_slice_of("@@:25:")) != SIZE_MAX ||
                    trail_slice_find(first, trail_slice_of("@@:28C:")) != SIZE_MAX;
}

/* Length of the line at `rest` without its end, and of the end; SIZE_MAX: not there. */
static size_t find_end(const trail_fin_lines *lines, trail_slice rest, size_t *end)
{
    const char *newline = memchr(rest.start, '\n', rest.length);
    size_t most = newline == NULL ? rest.length : (size_t)(newline - rest.start);
    const char *carriage = memchr(rest.start, '\r', most);
    size_t length = newline == NULL ? SIZE_MAX : most;
    *end = 1;
    if (carriage != NULL) {
        size_t at = (size_t)(carriage - rest.start);
        bool last = at + 1 == rest.length;
        if (!last || lines->ended) {
            length = at;
            *end = !last && rest.start[at + 1] == '\n' ? 2 : 1;
        }
    }
    if (lines->by_ats) {
        trail_slice head = {rest.start, length == SIZE_MAX ? rest.length : length};
        size_t at = trail_slice_find(head, (trail_slice){"@@", 2});
        if (at != SIZE_MAX) {
            length = at;
            *end = 2;
        }
    }
    return length;
}

trail_status trail_fin_lines_next(trail_fin_lines *lines, trail_fin_line *line, bool *more,
                                  trail_error *err)
{
    size_t end = 0, length = SIZE_MAX;
    for (;;) {
        trail_slice rest = {lines->bytes + lines->at, lines->filled - lines->at};
        if (lines->looked) length = find_end(lines, rest, &end);
        if (length != SIZE_MAX && length <= PIECE) break;
        if (rest.length > PIECE) {
            length = PIECE;
            end = 0;
            break;
        }
        if (lines->ended && lines->looked) {
            length = rest.length;
            end = 0;
            break;
        }
        trail_status status = refill(lines, err);
        if (status != TRAIL_OK) return status;
        if (!lines->looked) look(lines);
    }
    *more = length + end > 0;
    if (*more) lines->open_end = end == 0;
    if (!lines->inside) lines->number++;
    *line = (trail_fin_line){.text = {lines->bytes + lines->at, length},
                             .offset = lines->base + lines->at,
                             .number = lines->number,
                             .starts = !lines->inside};
    lines->inside = end == 0;
    lines->at += length + end;
    return TRAIL_OK;
}
