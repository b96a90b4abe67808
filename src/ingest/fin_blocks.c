#include "ingest/fin_blocks.h"

#include <string.h>

#include "ingest/fin_values.h"

trail_status trail_fin_blocks_init(trail_fin_blocks *blocks, trail_byte_source *source,
                                   trail_error *err)
{
    *blocks = (trail_fin_blocks){0};
    return trail_fin_lines_init(&blocks->lines, source, err);
}

void trail_fin_blocks_clear(trail_fin_blocks *blocks)
{
    trail_fin_lines_clear(&blocks->lines);
    *blocks = (trail_fin_blocks){0};
}

size_t trail_fin_tag_length(trail_slice text)
{
    const char *t = text.start;
    if (text.length < 4 || t[0] != ':') return 0;
    if (t[1] == 'N' && t[2] == 'S' && t[3] == ':') return 4;
    if (t[1] < '0' || t[1] > '9' || t[2] < '0' || t[2] > '9') return 0;
    if (t[3] == ':') return 4;
    return text.length >= 5 && t[3] >= 'A' && t[3] <= 'Z' && t[4] == ':' ? 5 : 0;
}

static trail_slice rest_of(const trail_fin_blocks *blocks)
{
    return (trail_slice){blocks->line.text.start + blocks->at,
                         blocks->line.text.length - blocks->at};
}

static bool starts_with(trail_slice text, const char *head)
{
    size_t length = strlen(head);
    return text.length >= length && memcmp(text.start, head, length) == 0;
}

/* Separators and padding between messages. */
static bool is_filler(char c)
{
    return (c >= 0 && c <= ' ') || c == '$' || c == '\x7f';
}

static trail_slice skip_filler(trail_slice text)
{
    while (text.length > 0) {
        size_t skip = is_filler(text.start[0]) ? 1 : starts_with(text, "\xef\xbb\xbf") ? 3 : 0;
        if (skip == 0) break;
        text = (trail_slice){text.start + skip, text.length - skip};
    }
    return text;
}

/* "ä4:" and "-å": the braces of the Swedish seven-bit alphabet, read as something else. */
static size_t swedish_opening(trail_slice text)
{
    return starts_with(text, "\xc3\xa4"
                             "4:")
               ? 4
           : starts_with(text, "\xe4"
                               "4:")
               ? 3
               : 0;
}

static size_t swedish_closing(trail_slice text)
{
    return starts_with(text, "-\xc3\xa5") ? 3 : starts_with(text, "-\xe5") ? 2 : 0;
}

/* Lines that banks put before a message in place of its blocks. */
static bool is_bank_heading(trail_slice text)
{
    text = trail_slice_trim(text);
    if (text.length == 0 || trail_slice_is(text, "-") || starts_with(text, ":940:") ||
        starts_with(text, "0000 01") || trail_fin_is_bic(text)) {
        return true;
    }
    for (size_t i = 0; i < text.length; i++) {
        if ((text.start[i] < '0' || text.start[i] > '9') && text.start[i] != ' ') return false;
    }
    return text.length <= 8; /* "940", "940 00" */
}

/* Length of the block at the start of text, with its braces; 0: it does not end in this line. */
static size_t block_length(trail_slice text)
{
    size_t depth = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (text.start[i] == '{') depth++;
        if (text.start[i] == '}' && --depth == 0) return i + 1;
    }
    return 0;
}

static void begin_text(trail_fin_blocks *blocks, trail_fin_event *event, bool has_blocks,
                       size_t skip)
{
    blocks->header = blocks->fresh;
    blocks->header.has_blocks = has_blocks;
    if (!blocks->header_open) {
        blocks->header.offset = event->offset;
        blocks->header.line = event->line;
    }
    blocks->fresh = (trail_fin_header){0};
    blocks->header_open = false;
    blocks->in_text = true;
    blocks->at += skip;
    trail_slice rest = trail_slice_trim(rest_of(blocks));
    blocks->tag_next = trail_fin_tag_length(rest) > 0;
    blocks->one_line = has_blocks && blocks->tag_next;
    event->kind = TRAIL_FIN_MESSAGE;
}

/* A header that no text followed. */
static bool close_header(trail_fin_blocks *blocks, trail_fin_event *event)
{
    if (!blocks->header_open) return false;
    blocks->header = blocks->fresh;
    blocks->header.has_blocks = true;
    blocks->fresh = (trail_fin_header){0};
    blocks->header_open = false;
    event->kind = TRAIL_FIN_EMPTY;
    return true;
}

/* A block outside a text; true when there is an event. */
static bool take_block(trail_fin_blocks *blocks, trail_fin_event *event, trail_slice rest)
{
    char id = rest.length >= 3 && rest.start[2] == ':' ? rest.start[1] : '\0';
    if (id == '4' && !starts_with(rest, "{4:{")) {
        begin_text(blocks, event, true, 3);
        return true;
    }
    if (id == '1' && close_header(blocks, event)) return true;
    size_t length = block_length(rest);
    if (length == 0) length = rest.length;
    trail_slice content = {rest.start + 3, length > 4 ? length - 4 : 0};
    blocks->at += length;
    if (id == '1') {
        blocks->fresh = (trail_fin_header){.offset = event->offset, .line = event->line};
        trail_fin_header_basic(&blocks->fresh, content);
        blocks->header_open = !blocks->fresh.is_service;
        if (blocks->fresh.is_service) blocks->acknowledgements++;
        blocks->fresh.refused = blocks->refused && blocks->header_open;
        blocks->refused = false;
    } else if (id == '2') {
        trail_fin_header_application(&blocks->fresh, content);
    } else if (id == '3') {
        trail_fin_header_user(&blocks->fresh, content);
    } else if (id == '4') {
        blocks->refused = trail_fin_header_refused(content);
    } else if (id == '\0') {
        event->kind = TRAIL_FIN_OUTSIDE;
        event->text = (trail_slice){rest.start, length};
        return true;
    }
    return false;
}

/* Between messages; true when there is an event. */
static bool step_outside(trail_fin_blocks *blocks, trail_fin_event *event)
{
    trail_slice rest = rest_of(blocks), text = skip_filler(rest);
    blocks->at += rest.length - text.length;
    event->offset = blocks->line.offset + blocks->at;
    event->line = blocks->line.number;
    if (text.length == 0) {
        blocks->has_line = false;
        return false;
    }
    if (text.start[0] == '{') return take_block(blocks, event, text);
    size_t swedish = swedish_opening(text);
    if (swedish > 0 || trail_fin_tag_length(text) > 0) {
        begin_text(blocks, event, swedish > 0, swedish);
        return true;
    }
    size_t next = trail_slice_find(text, trail_slice_of("{1:"));
    size_t length = next == SIZE_MAX ? text.length : next;
    blocks->at += length;
    text.length = length;
    blocks->in_json = next != SIZE_MAX && length > 0 && text.start[length - 1] == '"';
    if (is_bank_heading(text)) return false;
    event->kind = TRAIL_FIN_OUTSIDE;
    event->text = text;
    return true;
}

/* May the text end before `after`, which follows a closing brace? */
static bool ends_before(trail_slice after)
{
    after = skip_filler(after);
    return after.length == 0 || after.start[0] == '{' || after.start[0] == '"' ||
           after.start[0] == '<';
}

/* Where in the line the message's text ends, SIZE_MAX: not in it. *skip: bytes of the mark. */
static size_t find_close(const trail_fin_blocks *blocks, trail_slice text, bool line_start,
                         size_t *skip)
{
    trail_slice trimmed = trail_slice_trim(text);
    size_t lead = (size_t)(trimmed.start - text.start);
    *skip = 2;
    if (!blocks->header.has_blocks) {
        if (line_start && trail_slice_is(trimmed, "-")) {
            *skip = text.length - lead;
            return lead;
        }
        return line_start && starts_with(trimmed, "-}") ? lead : SIZE_MAX;
    }
    if (line_start && trimmed.length > 0) {
        if (starts_with(trimmed, "-}")) return lead;
        *skip = swedish_closing(trimmed);
        if (*skip > 0) return lead;
    }
    for (size_t i = 0; i < text.length; i++) {
        const char *brace = memchr(text.start + i, '}', text.length - i);
        if (brace == NULL) break;
        i = (size_t)(brace - text.start);
        trail_slice after = {brace + 1, text.length - i - 1};
        bool dash = i > 0 && text.start[i - 1] == '-';
        *skip = dash ? 2 : 1;
        if (dash ? ends_before(after) : starts_with(after, "{5:") || starts_with(after, "{S:")) {
            return dash ? i - 1 : i;
        }
    }
    return SIZE_MAX;
}

static void close_text(trail_fin_blocks *blocks, trail_fin_event *event, bool terminated)
{
    blocks->in_text = blocks->close_next = false;
    event->kind = TRAIL_FIN_CLOSE;
    event->terminated = terminated;
    event->offset = blocks->line.offset + blocks->at;
    event->line = blocks->line.number;
}

/* In a message's text; true when there is an event. */
static bool step_text(trail_fin_blocks *blocks, trail_fin_event *event)
{
    trail_slice text = rest_of(blocks);
    bool line_start = (blocks->at == 0 && blocks->line.starts) || blocks->tag_next;
    size_t skip = 0;
    if (blocks->close_next) {
        close_text(blocks, event, true);
        return true;
    }
    if (line_start && starts_with(skip_filler(text), "{1:")) {
        close_text(blocks, event, false);
        return true;
    }
    bool opening_line = blocks->one_line;
    blocks->tag_next = false;
    *event = (trail_fin_event){.kind = TRAIL_FIN_LINE,
                               .offset = blocks->line.offset + blocks->at,
                               .line = blocks->line.number,
                               .starts_line = line_start,
                               .one_line = opening_line};
    size_t close = find_close(blocks, text, line_start, &skip);
    if (close != SIZE_MAX) {
        event->text = (trail_slice){text.start, close};
        blocks->at += close + skip;
        blocks->close_next = true;
        if (close > 0 && trail_slice_trim(event->text).length > 0) return true;
        close_text(blocks, event, true);
        return true;
    }
    event->text = text;
    blocks->at = blocks->line.text.length;
    blocks->has_line = false;
    if (blocks->in_json && text.length > 0 && text.start[text.length - 1] == '\\')
        event->text.length--;
    /* Padding of a record that a mainframe or DOS made, and the rest of the line of "{4:". */
    if (skip_filler(event->text).length == 0 && event->text.length > 0) event->text.length = 0;
    return event->text.length > 0 || line_start;
}

trail_status trail_fin_blocks_next(trail_fin_blocks *blocks, trail_fin_event *event,
                                   trail_error *err)
{
    for (;;) {
        *event = (trail_fin_event){.kind = TRAIL_FIN_END};
        if (!blocks->has_line && !blocks->close_next) {
            bool more = false;
            blocks->one_line = false;
            trail_status status = trail_fin_lines_next(&blocks->lines, &blocks->line, &more, err);
            if (status != TRAIL_OK) return status;
            blocks->at = 0;
            blocks->has_line = more;
            if (!more) {
                if (blocks->in_text) {
                    close_text(blocks, event, false);
                } else if (!close_header(blocks, event)) {
                    event->kind = TRAIL_FIN_END;
                }
                return TRAIL_OK;
            }
        }
        if (blocks->in_text ? step_text(blocks, event) : step_outside(blocks, event))
            return TRAIL_OK;
    }
}
