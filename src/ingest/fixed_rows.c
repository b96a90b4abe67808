#include "ingest/fixed_rows.h"

#include <string.h>

#include "base/memory.h"

typedef struct text_line {
    trail_text bytes; /* without form feeds */
    uint64_t offset, length, line;
    uint32_t page, page_line;
    trail_row_fault fault;
    bool cut;
} text_line;

struct trail_fixed_rows {
    trail_row_reader *reader;
    const trail_profile *profile;
    const trail_column_map *map; /* NULL until bound */
    bool one_byte, ended;
    uint32_t page;
    uint64_t page_start; /* physical line that page begins with */
    trail_text header;
    text_line next; /* read and not yet taken */
    bool has_next;
    uint32_t count;     /* columns */
    trail_slice *cells; /* of one line */
    trail_text *fields; /* of the row being made */
    trail_slice *slices;
    trail_text raw;
    trail_row row;
};

trail_status trail_fixed_rows_new(trail_fixed_rows **out, trail_row_reader *reader,
                                  const trail_profile *profile, bool one_byte, trail_error *err)
{
    trail_fixed_rows *rows = NULL;
    uint32_t count = (uint32_t)profile->columns_at.count;
    trail_status status = trail_alloc_zeroed(&rows, 1, sizeof *rows, err);
    if (status != TRAIL_OK) return status;
    rows->reader = reader;
    rows->profile = profile;
    rows->one_byte = one_byte;
    rows->page = 1;
    rows->page_start = 1;
    rows->count = count;
    status = trail_alloc_zeroed(&rows->cells, count, sizeof *rows->cells, err);
    if (status == TRAIL_OK)
        status = trail_alloc_zeroed(&rows->fields, count, sizeof *rows->fields, err);
    if (status == TRAIL_OK)
        status = trail_alloc_zeroed(&rows->slices, count, sizeof *rows->slices, err);
    if (status != TRAIL_OK) {
        trail_fixed_rows_free(rows);
        return status;
    }
    *out = rows;
    return TRAIL_OK;
}

void trail_fixed_rows_free(trail_fixed_rows *rows)
{
    if (rows == NULL) return;
    for (uint32_t i = 0; rows->fields != NULL && i < rows->count; i++)
        trail_text_clear(&rows->fields[i]);
    trail_text_clear(&rows->header);
    trail_text_clear(&rows->next.bytes);
    trail_text_clear(&rows->raw);
    trail_free(rows->cells);
    trail_free(rows->fields);
    trail_free(rows->slices);
    trail_free(rows);
}

/* Reads the next line unless one waits. */
static trail_status fetch(trail_fixed_rows *rows, trail_error *err)
{
    trail_row row;
    size_t count = 0;
    if (rows->has_next || rows->ended) return TRAIL_OK;
    trail_status status = trail_row_reader_next(rows->reader, &row, 1, &count, err);
    if (status != TRAIL_OK) return status;
    if (count == 0) {
        rows->ended = true;
        return TRAIL_OK;
    }
    trail_slice bytes = row.raw;
    while (bytes.length > 0 && bytes.start[0] == '\f') {
        rows->page++;
        rows->page_start = row.line;
        bytes.start++;
        bytes.length--;
    }
    text_line *next = &rows->next;
    next->offset = row.offset;
    next->length = row.length;
    next->line = row.line;
    next->page = rows->page;
    next->page_line = (uint32_t)(row.line - rows->page_start + 1);
    next->fault = row.fault;
    next->cut = row.cut;
    trail_text_reset(&next->bytes);
    rows->has_next = true;
    return trail_text_add(&next->bytes, bytes, err);
}

/* Bytes of the character at `at`. */
static size_t character(const trail_fixed_rows *rows, trail_slice text, size_t at)
{
    size_t bytes = 1;
    while (!rows->one_byte && at + bytes < text.length && (text.start[at + bytes] & 0xC0) == 0x80)
        bytes++;
    return bytes;
}

/* Cuts the waiting line into cells; gives the column (from 1) whose border a word crosses, or 0. */
static uint32_t cut_cells(trail_fixed_rows *rows)
{
    const uint32_t *starts = rows->profile->columns_at.items;
    trail_slice text = trail_text_slice(&rows->next.bytes);
    uint32_t column = 0, crossed = 0, position = 1;
    size_t from = 0;
    bool blank_before = true;
    for (size_t at = 0; at < text.length;) {
        bool blank = text.start[at] == ' ' || text.start[at] == '\t';
        if (column + 1 < rows->count && position == starts[column + 1]) {
            if (!blank && !blank_before && crossed == 0) crossed = column + 2;
            rows->cells[column++] = trail_slice_trim((trail_slice){text.start + from, at - from});
            from = at;
        }
        blank_before = blank;
        at += character(rows, text, at);
        position++;
    }
    rows->cells[column++] = trail_slice_trim((trail_slice){text.start + from, text.length - from});
    for (; column < rows->count; column++)
        rows->cells[column] = (trail_slice){"", 0};
    return crossed;
}

/* The waiting line becomes the row. */
static trail_status begin_row(trail_fixed_rows *rows, uint32_t crossed, trail_error *err)
{
    const text_line *line = &rows->next;
    trail_status status = TRAIL_OK;
    rows->row = (trail_row){.offset = line->offset,
                            .length = line->length,
                            .line = line->line,
                            .line_count = 1,
                            .page = line->page,
                            .page_line = line->page_line,
                            .fault = line->fault,
                            .cut = line->cut,
                            .field_count = rows->count};
    if (crossed > 0 && line->fault == TRAIL_ROW_OK) {
        rows->row.fault = TRAIL_ROW_ACROSS_COLUMNS;
        rows->row.fault_column = crossed;
    }
    trail_text_reset(&rows->raw);
    status = trail_text_add(&rows->raw, trail_text_slice(&line->bytes), err);
    for (uint32_t i = 0; i < rows->count && status == TRAIL_OK; i++) {
        trail_text_reset(&rows->fields[i]);
        status = trail_text_add(&rows->fields[i], rows->cells[i], err);
    }
    rows->has_next = false;
    return status;
}

static bool is_text_column(const trail_column_map *map, uint32_t column)
{
    for (uint32_t i = 0; i < map->text_count; i++)
        if (map->texts[i] == column) return true;
    return column == map->of[TRAIL_COLUMN_COUNTERPARTY_NAME] ||
           column == map->of[TRAIL_COLUMN_PAYER_NAME] || column == map->of[TRAIL_COLUMN_PAYEE_NAME];
}

static bool continues(const trail_fixed_rows *rows, uint32_t crossed)
{
    if (crossed > 0 || rows->next.page != rows->row.page || rows->next.fault != TRAIL_ROW_OK ||
        rows->next.line != rows->row.line + rows->row.line_count)
        return false;
    for (uint32_t i = 0; i < rows->count; i++)
        if (rows->cells[i].length > 0 && !is_text_column(rows->map, i)) return false;
    return true;
}

static trail_status join_line(trail_fixed_rows *rows, trail_error *err)
{
    const text_line *line = &rows->next;
    trail_slice end = {"\n", 1}, blank = {" ", 1};
    trail_status status = trail_text_add(&rows->raw, end, err);
    if (status == TRAIL_OK)
        status = trail_text_add(&rows->raw, trail_text_slice(&line->bytes), err);
    for (uint32_t i = 0; i < rows->count && status == TRAIL_OK; i++) {
        if (rows->cells[i].length == 0) continue;
        if (rows->fields[i].length > 0) status = trail_text_add(&rows->fields[i], blank, err);
        if (status == TRAIL_OK) status = trail_text_add(&rows->fields[i], rows->cells[i], err);
    }
    rows->row.length = line->offset + line->length - rows->row.offset;
    rows->row.line_count++;
    rows->row.cut = line->cut;
    rows->has_next = false;
    return status;
}

static void give(trail_fixed_rows *rows, trail_row *row)
{
    for (uint32_t i = 0; i < rows->count; i++)
        rows->slices[i] =
            rows->fields[i].length > 0 ? trail_text_slice(&rows->fields[i]) : (trail_slice){"", 0};
    rows->row.fields = rows->slices;
    rows->row.raw = trail_text_slice(&rows->raw);
    *row = rows->row;
}

trail_status trail_fixed_rows_line(trail_fixed_rows *rows, trail_row *row, bool *given,
                                   trail_error *err)
{
    trail_status status = fetch(rows, err);
    *given = rows->has_next;
    if (status != TRAIL_OK || !rows->has_next) return status;
    (void)cut_cells(rows);
    status = begin_row(rows, 0, err);
    give(rows, row);
    return status;
}

trail_status trail_fixed_rows_bind(trail_fixed_rows *rows, const trail_column_map *map,
                                   trail_slice header, trail_error *err)
{
    rows->map = map;
    trail_text_reset(&rows->header);
    return trail_text_add(&rows->header, trail_slice_trim(header), err);
}

/* A running header or footer, the headings again, or nothing. */
static bool is_passed_over(const trail_fixed_rows *rows)
{
    trail_slice line = trail_slice_trim(trail_text_slice(&rows->next.bytes));
    if (line.length == 0) return true;
    if (rows->header.length > 0 && trail_slice_equal(line, trail_text_slice(&rows->header)))
        return true;
    for (size_t i = 0; i < rows->profile->skip_lines.count; i++) {
        const char *const *start = trail_vector_at(&rows->profile->skip_lines, i);
        size_t length = strlen(*start);
        if (length > 0 && line.length >= length && memcmp(line.start, *start, length) == 0)
            return true;
    }
    return false;
}

trail_status trail_fixed_rows_next(trail_fixed_rows *rows, trail_row *row, bool *given,
                                   trail_error *err)
{
    bool begun = false, dated = false;
    *given = false;
    for (;;) {
        trail_status status = fetch(rows, err);
        if (status != TRAIL_OK) return status;
        if (!rows->has_next) break;
        if (is_passed_over(rows)) {
            rows->has_next = false;
            continue;
        }
        uint32_t crossed = cut_cells(rows);
        uint32_t day = rows->map->of[TRAIL_COLUMN_BOOKING_DATE];
        if (!begun) {
            begun = true;
            dated = day < rows->count && rows->cells[day].length > 0;
            status = begin_row(rows, crossed, err);
        } else if (dated && continues(rows, crossed)) {
            status = join_line(rows, err);
        } else {
            break;
        }
        if (status != TRAIL_OK) return status;
    }
    *given = begun;
    if (begun) give(rows, row);
    return TRAIL_OK;
}
