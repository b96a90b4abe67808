#include "ingest/row.h"

#include <string.h>

#include "base/failure.h"
#include "base/memory.h"
#include "base/vector.h"
#include "ingest/csv_reader.h"
#include "ingest/row_block.h"
#include "ingest/row_marks.h"

/* A row without quotes is split where its marks stand. A quote changes the way: the row then ends
 * at the first line end outside quotes by parity, which is right for every good row, and libcsv
 * judges and splits it. A row that libcsv refuses, or whose quotes stay open, counts as its first
 * physical line only, and reading goes on behind that. Each byte is so looked at a bounded number
 * of times: a second open quote closes the parity of the first. */

struct trail_row_reader {
    trail_row_block block;
    trail_row_style style;
    uint32_t least_fields, most_fields; /* of a good row; most 0: any number */
    uint64_t line;                      /* of the next row */
    char quote;                         /* the delimiter again when there are no quotes */
    trail_csv_reader *csv;              /* made when the first quote is met */

    trail_row_marks *marks; /* of block bytes [marks_at, marked_to) */
    size_t marks_at, marked_to, next_mark;
    bool ascii; /* all bytes marked since the row began */

    trail_vector fields; /* of trail_slice: the batch's */
    trail_text unquoted; /* bytes of fields that had quotes */
};

typedef enum row_outcome { ROW_READ, ROW_NEEDS_MORE, ROW_ENDED } row_outcome;

typedef struct row_extent {
    size_t end;             /* of its bytes in the block */
    size_t after;           /* where the next row starts */
    bool quoted, nul, open; /* open: quotes do not close before the end of all bytes */
} row_extent;

static const struct {
    const char *code, *text;
} faults[] = {
    [TRAIL_ROW_OK] = {"", ""},
    [TRAIL_ROW_QUOTE_NOT_CLOSED] = {"quote_not_closed",
                                    "a quote opens a field and no quote closes it"},
    [TRAIL_ROW_QUOTE_MISPLACED] =
        {"quote_misplaced", "a quote stands inside a field that is not quoted, or text follows a "
                            "closing quote (if quotes are plain characters here: quote: none)"},
    [TRAIL_ROW_TOO_LONG] = {"row_too_long", "the row is longer than the limit"},
    [TRAIL_ROW_TOO_MANY_FIELDS] = {"too_many_columns", "the row has more columns than the limit"},
    [TRAIL_ROW_ACROSS_COLUMNS] = {"text_across_columns",
                                  "a word stands across the border of two columns"},
    [TRAIL_ROW_NUL_BYTE] = {"nul_byte", "the row holds a NUL byte"},
};

const char *trail_row_fault_code(trail_row_fault fault)
{
    return faults[fault].code;
}

const char *trail_row_fault_text(trail_row_fault fault)
{
    return faults[fault].text;
}

trail_status trail_row_reader_new(trail_row_reader **out, trail_byte_source *source,
                                  trail_row_style style, trail_error *err)
{
    trail_row_reader *reader = NULL;
    trail_status status = trail_alloc_zeroed(&reader, 1, sizeof *reader, err);
    if (status != TRAIL_OK) return status;
    reader->style = style;
    if (style.length_limit == 0) reader->style.length_limit = TRAIL_ROW_LENGTH_LIMIT;
    reader->line = 1;
    reader->quote = '"';
    if (style.no_quotes) reader->quote = style.delimiter;
    reader->fields = trail_vector_of(sizeof(trail_slice));
    trail_row_block_init(&reader->block, source, style.wide, reader->style.length_limit);
    status = trail_alloc_zeroed(&reader->marks, 1, sizeof *reader->marks, err);
    if (status != TRAIL_OK) {
        trail_row_reader_free(reader);
        return status;
    }
    reader->marks->ascii = true;
    *out = reader;
    return TRAIL_OK;
}

void trail_row_reader_free(trail_row_reader *reader)
{
    if (reader == NULL) return;
    trail_row_block_clear(&reader->block);
    trail_csv_reader_free(reader->csv);
    trail_free(reader->marks);
    trail_vector_clear(&reader->fields);
    trail_text_clear(&reader->unquoted);
    trail_free(reader);
}

void trail_row_reader_expect(trail_row_reader *reader, uint32_t least, uint32_t most)
{
    reader->least_fields = least;
    reader->most_fields = most;
}

/* The next marked place at or behind the block's start, or SIZE_MAX when no more bytes are there.
 */
static inline size_t next_place(trail_row_reader *reader)
{
    const trail_row_block *block = &reader->block;
    while (reader->next_mark == reader->marks->count) {
        if (reader->marked_to == block->end) return SIZE_MAX;
        size_t length = block->end - reader->marked_to;
        if (length > TRAIL_ROW_MARKS_BLOCK) length = TRAIL_ROW_MARKS_BLOCK;
        reader->marks_at = reader->marked_to;
        trail_row_marks_find(reader->marks, block->bytes + reader->marks_at, length,
                             reader->style.delimiter, reader->quote);
        reader->marked_to += length;
        reader->next_mark = 0;
        reader->ascii = reader->ascii && reader->marks->ascii;
    }
    return reader->marks_at + reader->marks->places[reader->next_mark++];
}

static void mark_again_from_start(trail_row_reader *reader)
{
    reader->marks->count = reader->next_mark = 0;
    reader->marks->ascii = true;
    reader->marks_at = reader->marked_to = reader->block.start;
}

/* Behind the line end at `end`: CRLF is one. SIZE_MAX when the byte after a CR is not there yet. */
static size_t after_line_end(const trail_row_block *block, size_t end)
{
    if (end == block->end || block->bytes[end] == '\n') return end == block->end ? end : end + 1;
    if (end + 1 == block->end) return block->ended ? end + 1 : SIZE_MAX;
    return block->bytes[end + 1] == '\n' ? end + 2 : end + 1;
}

static inline trail_status push_field(trail_row_reader *reader, size_t from, size_t to,
                                      trail_error *err)
{
    trail_vector *fields = &reader->fields;
    if (fields->count == fields->capacity) {
        trail_status status = trail_grow(&fields->items, &fields->capacity, fields->count + 1,
                                         sizeof(trail_slice), err);
        if (status != TRAIL_OK) return status;
    }
    trail_slice *field = (trail_slice *)fields->items + fields->count++;
    field->start = reader->block.bytes + from;
    field->length = to - from;
    return TRAIL_OK;
}

/* Finds where the row ends and, as long as it has no quote, pushes its fields. */
static trail_status find_extent(trail_row_reader *reader, row_extent *extent, row_outcome *outcome,
                                trail_error *err)
{
    const trail_row_block *block = &reader->block;
    char delimiter = reader->style.delimiter;
    size_t field_start = block->start;
    bool inside = false;
    trail_status status = TRAIL_OK;
    reader->ascii = reader->marks->ascii;
    *extent = (row_extent){0};
    *outcome = ROW_NEEDS_MORE;
    for (;;) {
        size_t place = next_place(reader);
        if (place == SIZE_MAX) {
            if (!block->ended) return TRAIL_OK;
            extent->end = extent->after = block->end;
            extent->open = inside;
            break;
        }
        char byte = block->bytes[place];
        if (byte == delimiter) {
            if (extent->quoted) continue;
            if ((status = push_field(reader, field_start, place, err)) != TRAIL_OK) return status;
            field_start = place + 1;
        } else if (byte == '\n' || byte == '\r') {
            if (inside) continue;
            extent->end = place;
            if ((extent->after = after_line_end(block, place)) == SIZE_MAX) return TRAIL_OK;
            /* The LF of a CRLF is marked too; it belongs to this line end. */
            if (extent->after == place + 2 && next_place(reader) == SIZE_MAX) return TRAIL_OK;
            break;
        } else if (byte == 0) {
            extent->nul = true;
        } else {
            extent->quoted = true;
            inside = !inside;
        }
    }
    *outcome = ROW_READ;
    return extent->quoted ? TRAIL_OK : push_field(reader, field_start, extent->end, err);
}

static size_t first_line_end(const trail_row_block *block)
{
    return trail_row_block_line_end(block, block->start);
}

static uint32_t count_line_ends(trail_slice bytes)
{
    uint32_t count = 0;
    for (size_t i = 0; i < bytes.length; i++) {
        if (bytes.start[i] == '\n' ||
            (bytes.start[i] == '\r' && (i + 1 == bytes.length || bytes.start[i + 1] != '\n'))) {
            count++;
        }
    }
    return count;
}

static trail_status split_quoted(trail_row_reader *reader, trail_slice raw, size_t first_field,
                                 trail_csv_verdict *verdict, trail_error *err)
{
    trail_status status = TRAIL_OK;
    if (reader->csv == NULL) {
        status = trail_csv_reader_new(&reader->csv, reader->style.delimiter, err);
        if (status != TRAIL_OK) return status;
    }
    if (reader->unquoted.capacity <= reader->block.capacity) {
        /* First quoted row since the block grew, so no field of this batch is in there yet. */
        status = trail_grow(&reader->unquoted.bytes, &reader->unquoted.capacity,
                            reader->block.capacity + 1, 1, err);
        if (status != TRAIL_OK) return status;
    }
    reader->fields.count = first_field;
    return trail_csv_reader_split(reader->csv, raw, &reader->unquoted, &reader->fields, verdict,
                                  err);
}

/* The row is bad from its first quote on: it counts as one physical line. */
static trail_status take_bad_line(trail_row_reader *reader, size_t first_field, trail_row *row,
                                  row_extent *extent, trail_error *err)
{
    const trail_row_block *block = &reader->block;
    extent->end = first_line_end(block);
    extent->after = after_line_end(block, extent->end);
    trail_slice line = {block->bytes + block->start, extent->end - block->start};
    trail_csv_verdict verdict = TRAIL_CSV_GOOD;
    size_t unquoted = reader->unquoted.length;
    trail_status status = split_quoted(reader, line, first_field, &verdict, err);
    row->fault =
        verdict == TRAIL_CSV_MISPLACED ? TRAIL_ROW_QUOTE_MISPLACED : TRAIL_ROW_QUOTE_NOT_CLOSED;
    row->fault_column = (uint32_t)(reader->fields.count - first_field) + 1;
    reader->fields.count = first_field;
    reader->unquoted.length = unquoted;
    return status;
}

static bool has_expected(const trail_row_reader *reader, size_t first_field)
{
    const trail_slice *fields = reader->fields.items;
    size_t count = reader->fields.count - first_field;
    if (reader->most_fields == 0) return true;
    if (count < reader->least_fields) return false;
    while (count > reader->most_fields && fields[first_field + count - 1].length == 0)
        count--;
    return count <= reader->most_fields;
}

static trail_status judge_quoted(trail_row_reader *reader, size_t first_field, trail_row *row,
                                 row_extent *extent, trail_error *err)
{
    const trail_row_block *block = &reader->block;
    trail_slice raw = {block->bytes + block->start, extent->end - block->start};
    trail_csv_verdict verdict = TRAIL_CSV_NOT_CLOSED;
    size_t unquoted = reader->unquoted.length;
    trail_status status = TRAIL_OK;
    if (!extent->open && raw.length <= reader->style.length_limit) {
        status = split_quoted(reader, raw, first_field, &verdict, err);
        if (status != TRAIL_OK) return status;
    }
    uint32_t line_ends = count_line_ends(raw);
    bool swallowed =
        line_ends > 0 && verdict == TRAIL_CSV_GOOD && !has_expected(reader, first_field);
    if (verdict == TRAIL_CSV_GOOD && !swallowed) {
        row->line_count = line_ends + 1;
        return TRAIL_OK;
    }
    reader->unquoted.length = unquoted;
    status = take_bad_line(reader, first_field, row, extent, err);
    mark_again_from_start(reader);
    return status;
}

/* A row over the limit: its first bytes are kept, the rest passes through the block. */
static trail_status take_long_row(trail_row_reader *reader, trail_row *row, trail_error *err)
{
    trail_row_block *block = &reader->block;
    row->fault = TRAIL_ROW_TOO_LONG;
    row->line = reader->line++;
    row->line_count = 1;
    row->offset = trail_row_block_offset(block, block->start);
    trail_status status =
        trail_row_block_pass_line(block, reader->style.length_limit, &row->raw, &row->length, err);
    mark_again_from_start(reader);
    return status;
}

/* True when no row within the limit can start here: its first line alone goes beyond it. */
static bool first_line_too_long(const trail_row_reader *reader)
{
    return first_line_end(&reader->block) - reader->block.start > reader->style.length_limit;
}

static bool is_quote_fault(trail_row_fault fault)
{
    return fault == TRAIL_ROW_QUOTE_NOT_CLOSED || fault == TRAIL_ROW_QUOTE_MISPLACED;
}

/* Takes the row of this extent from the block. */
static trail_status take_row(trail_row_reader *reader, size_t first_field, row_extent *extent,
                             trail_row *row, trail_error *err)
{
    trail_row_block *block = &reader->block;
    if (extent->end - block->start > reader->style.length_limit && first_line_too_long(reader)) {
        reader->fields.count = first_field;
        return take_long_row(reader, row, err);
    }
    if (extent->quoted) {
        trail_status status = judge_quoted(reader, first_field, row, extent, err);
        if (status != TRAIL_OK) return status;
    }
    row->field_count = (uint32_t)(reader->fields.count - first_field);
    if (row->fault == TRAIL_ROW_OK && extent->nul) row->fault = TRAIL_ROW_NUL_BYTE;
    if (row->field_count > TRAIL_ROW_FIELD_LIMIT) {
        row->fault = TRAIL_ROW_TOO_MANY_FIELDS;
        row->field_count = 0;
        reader->fields.count = first_field;
    }
    row->raw = (trail_slice){block->bytes + block->start, extent->end - block->start};
    row->offset = trail_row_block_offset(block, block->start);
    row->length = trail_row_block_size(block, row->raw);
    row->cut = extent->after == extent->end;
    reader->line += row->line_count;
    trail_row_block_take(block, extent->after);
    if (is_quote_fault(row->fault)) mark_again_from_start(reader);
    return TRAIL_OK;
}

/* One row from the block's start; row->fields is set by the caller when the batch is whole. */
static trail_status read_row(trail_row_reader *reader, trail_row *row, row_outcome *outcome,
                             trail_error *err)
{
    trail_row_block *block = &reader->block;
    size_t first_field = reader->fields.count;
    row_extent extent;
    for (;;) {
        trail_status status = find_extent(reader, &extent, outcome, err);
        if (status != TRAIL_OK) return status;
        if (*outcome != ROW_READ || extent.quoted || extent.end != block->start) break;
        /* A line without any byte. */
        reader->fields.count = first_field;
        if (extent.end == block->end) {
            *outcome = ROW_ENDED;
            return TRAIL_OK;
        }
        reader->line++;
        trail_row_block_take(block, extent.after);
    }
    if (*outcome == ROW_NEEDS_MORE) {
        mark_again_from_start(reader);
        if (!trail_row_block_is_full(block)) {
            reader->fields.count = first_field;
            return TRAIL_OK;
        }
        extent.open = extent.quoted;
        extent.end = block->end;
        *outcome = ROW_READ;
    }
    *row = (trail_row){.line = reader->line, .line_count = 1, .ascii = reader->ascii};
    return take_row(reader, first_field, &extent, row, err);
}

trail_status trail_row_reader_next(trail_row_reader *reader, trail_row *rows, size_t room,
                                   size_t *count, trail_error *err)
{
    size_t first_fields[TRAIL_ROW_BATCH];
    reader->fields.count = 0;
    reader->unquoted.length = 0;
    *count = 0;
    if (room > TRAIL_ROW_BATCH) room = TRAIL_ROW_BATCH;
    while (*count < room) {
        row_outcome outcome = ROW_ENDED;
        first_fields[*count] = reader->fields.count;
        trail_status status = read_row(reader, &rows[*count], &outcome, err);
        if (status != TRAIL_OK) return status;
        if (outcome == ROW_READ) {
            ++*count;
        } else if (outcome == ROW_ENDED || *count > 0) {
            break;
        } else {
            if ((status = trail_row_block_fill(&reader->block, err)) != TRAIL_OK) return status;
            mark_again_from_start(reader);
        }
    }
    const trail_slice *fields = reader->fields.items; /* NULL when no row has any */
    for (size_t i = 0; i < *count; i++) {
        rows[i].fields = fields == NULL ? NULL : fields + first_fields[i];
    }
    return TRAIL_OK;
}
