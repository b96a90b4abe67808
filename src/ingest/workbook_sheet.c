/* One sheet (ECMA-376 18.3) as lines of text, a block of its part at a time: read as XML, each row
 * becomes one line as wide as the sheet, rows that are not there become empty lines. The place of
 * every row in the part is kept (16 bytes a row). O(bytes). */
#include <string.h>

#include "base/failure.h"
#include "base/memory.h"
#include "ingest/cell_place.h"
#include "ingest/workbook.h"
#include "ingest/workbook_number.h"
#include "ingest/workbook_xml.h"

#define LINE_LIMIT ((size_t)4 << 20) /* bytes of a line; the row reader takes fewer */

typedef enum cell_type {
    CELL_NUMBER = 0,
    CELL_SHARED,
    CELL_INLINE,
    CELL_TEXT, /* of a formula */
    CELL_FLAG,
    CELL_ERROR,
    CELL_DATE /* ISO 8601 */
} cell_type;

typedef enum cell_part { PART_NONE = 0, PART_VALUE, PART_FORMULA } cell_part;

typedef struct row_place {
    uint64_t offset, length;
} row_place;

typedef struct sheet_stream {
    const trail_workbook *workbook;
    trail_sheet *survey;     /* counted into when the sheet is looked through; else NULL */
    uint32_t columns;        /* every line has as many; 0 when looked through */
    trail_byte_source *part; /* when looked through: it passes `taken` on, hashed */
    trail_byte_source *taken;
    trail_workbook_xml *xml; /* closes `part` */
    trail_digest *digest;
    trail_text out;
    size_t out_at, out_ready; /* only whole lines are given */
    trail_vector places;      /* of row_place, one a line */
    bool ended;
    /* The row and the cell being read. */
    bool in_row, row_has_text, in_phonetic, has_formula, has_value;
    uint64_t row;
    uint32_t column; /* of the cell, from 1 */
    uint32_t next_column;
    size_t line_start;
    cell_type type;
    unsigned form;
    cell_part part_of_cell;
    trail_text value, formula;
    char broken[200];
} sheet_stream;

static void count(const sheet_stream *s, trail_sheet_count *counted)
{
    if (counted->count++ == 0) trail_cell_place_write(s->row, s->column, counted->first);
}

static trail_status add_byte(sheet_stream *s, char byte, trail_error *err)
{
    return trail_text_add(&s->out, (trail_slice){&byte, 1}, err);
}

static trail_status begin_row(sheet_stream *s, const char *const *attributes, trail_error *err)
{
    const char *given = trail_workbook_attribute(attributes, "r");
    uint64_t row = s->row + 1;
    trail_status status = TRAIL_OK;
    if (given != NULL && (!trail_slice_to_u64(trail_slice_of(given), &row) || row <= s->row)) {
        trail_workbook_xml_stop(s->xml, "its rows are not in order");
        return TRAIL_OK;
    }
    if (row > TRAIL_SHEET_ROWS) {
        trail_workbook_xml_stop(s->xml, "it has more rows than a sheet can hold");
        return TRAIL_OK;
    }
    while (++s->row < row && s->survey == NULL && status == TRAIL_OK) {
        row_place nowhere = {trail_workbook_xml_begin(s->xml), 0};
        status = trail_vector_push(&s->places, &nowhere, err);
        if (status == TRAIL_OK) status = add_byte(s, '\n', err);
    }
    s->row = row;
    s->in_row = true;
    s->column = 0;
    s->next_column = 1;
    s->line_start = s->out.length;
    s->row_has_text = false;
    if (s->survey != NULL && trail_workbook_flag(attributes, "hidden"))
        count(s, &s->survey->hidden_rows);
    row_place place = {trail_workbook_xml_begin(s->xml), 0};
    return status == TRAIL_OK && s->survey == NULL ? trail_vector_push(&s->places, &place, err)
                                                   : status;
}

static trail_status pad(sheet_stream *s, uint32_t column, trail_error *err)
{
    trail_status status = TRAIL_OK;
    for (; s->next_column < column && status == TRAIL_OK; s->next_column++)
        status = add_byte(s, '\t', err);
    return status;
}

static trail_status end_row(sheet_stream *s, trail_error *err)
{
    s->in_row = false;
    if (s->survey != NULL) {
        if (s->out.length > 0) s->survey->rows++;
        trail_text_reset(&s->out);
        return TRAIL_OK;
    }
    trail_status status = TRAIL_OK;
    if (s->row_has_text)
        status = pad(s, s->columns, err);
    else
        s->out.length = s->line_start; /* cells that are only coloured */
    row_place *place = trail_vector_at(&s->places, s->places.count - 1);
    place->length = trail_workbook_xml_end(s->xml) - place->offset;
    if (status == TRAIL_OK) status = add_byte(s, '\n', err);
    s->out_ready = s->out.length;
    return status;
}

static cell_type type_of(const char *name)
{
    static const char *const names[] = {"n", "s", "inlineStr", "str", "b", "e", "d"};
    for (size_t i = 0; name != NULL && i < TRAIL_LENGTH_OF(names); i++)
        if (strcmp(names[i], name) == 0) return (cell_type)i;
    return CELL_NUMBER;
}

static void begin_cell(sheet_stream *s, const char *const *attributes)
{
    const char *place = trail_workbook_attribute(attributes, "r");
    const char *style = trail_workbook_attribute(attributes, "s");
    uint64_t number = 0;
    uint32_t column =
        place == NULL ? s->column + 1 : trail_cell_place_column(place, TRAIL_SHEET_COLUMNS);
    if (column <= s->column || column > TRAIL_SHEET_COLUMNS) {
        trail_workbook_xml_stop(s->xml, "the cells of a row are not in order");
        return;
    }
    s->column = column;
    s->type = type_of(trail_workbook_attribute(attributes, "t"));
    s->form = TRAIL_CELL_PLAIN;
    if (style != NULL && trail_slice_to_u64(trail_slice_of(style), &number) &&
        number < s->workbook->forms.count)
        s->form = *(const uint32_t *)trail_vector_at(&s->workbook->forms, (size_t)number);
    s->has_formula = s->has_value = s->in_phonetic = false;
    s->part_of_cell = PART_NONE;
    trail_text_reset(&s->value);
    trail_text_reset(&s->formula);
}

/* "_x000D_" stands for a character that XML cannot hold. */
static size_t escape_at(trail_slice text, size_t at)
{
    if (text.length - at < 7 || text.start[at] != '_' || text.start[at + 1] != 'x' ||
        text.start[at + 6] != '_')
        return 0;
    uint8_t bytes[2];
    char digits[4];
    for (size_t i = 0; i < 4; i++) {
        char c = text.start[at + 2 + i];
        digits[i] = c >= 'A' && c <= 'F' ? (char)(c + ('a' - 'A')) : c;
    }
    return trail_unhex((trail_slice){digits, 4}, bytes, 2) && bytes[0] == 0 && bytes[1] < 0x20 ? 7
                                                                                               : 0;
}

/* On one line: tabs, line ends and other control characters are blanks. */
static trail_status add_text(sheet_stream *s, trail_slice text, trail_error *err)
{
    size_t from = 0;
    trail_status status = TRAIL_OK;
    if (s->out.length - s->line_start > LINE_LIMIT)
        return TRAIL_OK; /* a row too long, and said so */
    for (size_t i = 0; i < text.length && status == TRAIL_OK;) {
        bool control = (unsigned char)text.start[i] < 0x20;
        size_t width = control ? 1 : escape_at(text, i);
        if (width == 0) {
            i++;
            continue;
        }
        status = trail_text_add(&s->out, (trail_slice){text.start + from, i - from}, err);
        if (status == TRAIL_OK) status = add_byte(s, ' ', err);
        from = i += width;
    }
    if (status != TRAIL_OK || from >= text.length) return status;
    return trail_text_add(&s->out, (trail_slice){text.start + from, text.length - from}, err);
}

/* What the cell shows; a formula whose value was never stored shows itself, so that a row which
 * needs it is refused with it. */
static trail_status add_cell(sheet_stream *s, trail_error *err)
{
    char number[TRAIL_CELL_NUMBER_TEXT];
    trail_slice value = trail_text_slice(&s->value);
    uint64_t index = 0;
    if (s->has_formula && !s->has_value) {
        trail_status status = add_byte(s, '=', err);
        return status == TRAIL_OK ? add_text(s, trail_text_slice(&s->formula), err) : status;
    }
    switch (s->type) {
    case CELL_SHARED:
        if (!trail_slice_to_u64(trail_slice_trim(value), &index)) return TRAIL_OK;
        return add_text(s, trail_workbook_string(s->workbook, index), err);
    case CELL_NUMBER:
        if (value.length == 0) return TRAIL_OK;
        value.length = trail_cell_number(value, s->form, s->workbook->from_1904, number);
        value.start = number;
        return add_text(s, value, err);
    case CELL_FLAG:
        if (value.length == 0) return TRAIL_OK;
        return add_text(s, trail_slice_of(trail_slice_is(value, "1") ? "TRUE" : "FALSE"), err);
    case CELL_ERROR:
        return TRAIL_OK;
    case CELL_INLINE:
    case CELL_TEXT:
    case CELL_DATE:
    default:
        return add_text(s, value, err);
    }
}

static trail_status end_cell(sheet_stream *s, trail_error *err)
{
    size_t before;
    trail_status status = TRAIL_OK;
    /* A stored value may be empty only where it is a text. */
    s->has_value = s->has_value && (s->value.length > 0 || s->type == CELL_TEXT);
    if (s->survey == NULL) {
        if (s->column > s->columns) return TRAIL_OK; /* empty: the survey would have met it */
        status = pad(s, s->column, err);
        before = s->out.length;
        if (status == TRAIL_OK) status = add_cell(s, err);
        s->row_has_text = s->row_has_text || s->out.length > before;
        return status;
    }
    trail_sheet *survey = s->survey;
    if (s->has_formula) count(s, &survey->formulas);
    if (s->has_formula && !s->has_value) count(s, &survey->without_value);
    if (s->type == CELL_ERROR && s->has_value) count(s, &survey->errors);
    before = s->out.length;
    status = add_cell(s, err);
    if (s->out.length > before && s->column > survey->columns) survey->columns = s->column;
    return status;
}

static void count_hidden_column(sheet_stream *s, const char *const *attributes)
{
    uint64_t first = 0, last = 0;
    const char *min = trail_workbook_attribute(attributes, "min");
    const char *max = trail_workbook_attribute(attributes, "max");
    if (!trail_workbook_flag(attributes, "hidden") || min == NULL || max == NULL) return;
    if (!trail_slice_to_u64(trail_slice_of(min), &first) ||
        !trail_slice_to_u64(trail_slice_of(max), &last) || last < first ||
        last > TRAIL_SHEET_COLUMNS)
        return;
    trail_sheet_count *counted = &s->survey->hidden_columns;
    if (counted->count == 0) trail_cell_place_write(1, (uint32_t)first, counted->first);
    counted->count += last - first + 1;
}

static void count_merged(const sheet_stream *s, const char *const *attributes)
{
    const char *range = trail_workbook_attribute(attributes, "ref");
    trail_sheet_count *merged = &s->survey->merged;
    size_t length = range == NULL ? 0 : strlen(range);
    if (merged->count++ > 0 || length >= TRAIL_CELL_PLACE) return;
    if (length > 0) memcpy(merged->first, range, length);
    merged->first[length] = '\0';
}

static trail_status start_element(void *context, const char *name, const char *const *attributes,
                                  trail_error *err)
{
    sheet_stream *s = context;
    if (!s->in_row) {
        if (strcmp(name, "row") == 0) return begin_row(s, attributes, err);
        if (s->survey != NULL && strcmp(name, "mergeCell") == 0) count_merged(s, attributes);
        if (s->survey != NULL && strcmp(name, "col") == 0) count_hidden_column(s, attributes);
        return TRAIL_OK;
    }
    if (strcmp(name, "c") == 0) {
        begin_cell(s, attributes);
    } else if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0) {
        s->part_of_cell = PART_VALUE;
        s->has_value = true;
    } else if (strcmp(name, "f") == 0) {
        s->has_formula = true;
        s->part_of_cell = PART_FORMULA;
    } else if (strcmp(name, "rPh") == 0) {
        s->in_phonetic = true;
    }
    return TRAIL_OK;
}

static trail_status end_element(void *context, const char *name, trail_error *err)
{
    sheet_stream *s = context;
    if (!s->in_row) return TRAIL_OK;
    if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0 || strcmp(name, "f") == 0)
        s->part_of_cell = PART_NONE;
    else if (strcmp(name, "rPh") == 0)
        s->in_phonetic = false;
    else if (strcmp(name, "c") == 0)
        return end_cell(s, err);
    else if (strcmp(name, "row") == 0)
        return end_row(s, err);
    return TRAIL_OK;
}

static trail_status text(void *context, trail_slice more, trail_error *err)
{
    sheet_stream *s = context;
    trail_text *into = s->part_of_cell == PART_FORMULA ? &s->formula : &s->value;
    if (s->part_of_cell == PART_NONE || s->in_phonetic) return TRAIL_OK;
    if (into->length + more.length > TRAIL_CELL_LIMIT) {
        trail_workbook_xml_stop(s->xml, "a cell holds more text than a cell can");
        return TRAIL_OK;
    }
    return trail_text_add(into, more, err);
}

static const trail_workbook_events events = {
    .start = start_element, .end = end_element, .text = text};

static void keep_fault(sheet_stream *s, const char *why)
{
    size_t length = strlen(why);
    if (length >= sizeof s->broken) length = sizeof s->broken - 1;
    memcpy(s->broken, why, length);
    s->broken[length] = '\0';
}

/* On by a block of the part. */
static trail_status read_block(sheet_stream *s, trail_error *err)
{
    bool more = false;
    trail_status status = trail_workbook_xml_step(s->xml, &more, err);
    const char *why = trail_workbook_xml_fault(s->xml);
    s->ended = !more;
    if (status == TRAIL_OK && why != NULL) keep_fault(s, why);
    return status;
}

static trail_status read_lines(void *context, void *bytes, size_t capacity, size_t *size,
                               trail_error *err)
{
    sheet_stream *s = context;
    trail_status status = TRAIL_OK;
    *size = 0;
    while (s->out_at == s->out_ready && !s->ended && status == TRAIL_OK) {
        size_t kept = s->out.length - s->out_ready;
        if (kept > 0) memmove(s->out.bytes, s->out.bytes + s->out_ready, kept);
        s->line_start -= s->out_ready < s->line_start ? s->out_ready : s->line_start;
        s->out.length = kept;
        s->out_at = s->out_ready = 0;
        status = read_block(s, err);
        if (s->ended) s->out_ready = s->out.length; /* of a row that is cut off, what there is */
    }
    if (status != TRAIL_OK) return status;
    *size = s->out_ready - s->out_at < capacity ? s->out_ready - s->out_at : capacity;
    if (*size > 0) memcpy(bytes, s->out.bytes + s->out_at, *size);
    s->out_at += *size;
    return TRAIL_OK;
}

static const char *broken(void *context)
{
    const sheet_stream *s = context;
    return s->broken[0] == '\0' ? NULL : s->broken;
}

static bool place_of(void *context, uint64_t line, uint64_t *offset, uint64_t *length)
{
    const sheet_stream *s = context;
    *offset = *length = 0;
    if (line == 0 || line > s->places.count) return true;
    const row_place *place = trail_vector_at(&s->places, (size_t)line - 1);
    *offset = place->offset;
    *length = place->length;
    return true;
}

static void close_sheet(void *context)
{
    sheet_stream *s = context;
    if (s == NULL) return;
    trail_workbook_xml_free(s->xml);
    trail_byte_source_close(s->taken);
    trail_digest_free(s->digest);
    trail_text_clear(&s->out);
    trail_text_clear(&s->value);
    trail_text_clear(&s->formula);
    trail_vector_clear(&s->places);
    trail_free(s);
}

static trail_status read_hashed(void *context, void *bytes, size_t capacity, size_t *size,
                                trail_error *err)
{
    sheet_stream *s = context;
    trail_status status = trail_byte_source_read(s->taken, bytes, capacity, size, err);
    s->survey->size += *size;
    return status == TRAIL_OK ? trail_digest_add(s->digest, bytes, *size, err) : status;
}

static const char *hashed_broken(void *context)
{
    return trail_byte_source_break(((const sheet_stream *)context)->taken);
}

static void close_hashed(void *context)
{
    (void)context;
}

/* The part passes through the digest on its way. */
static trail_status hash_part(sheet_stream *s, trail_byte_source *part, trail_error *err)
{
    const trail_byte_stream stream = {
        .context = s, .read = read_hashed, .broken = hashed_broken, .close = close_hashed};
    s->taken = part;
    trail_status status = trail_digest_new(&s->digest, err);
    return status == TRAIL_OK ? trail_byte_source_from(&s->part, &stream, err) : status;
}

/* survey NULL: the sheet is read, not looked through. */
static trail_status begin_sheet(sheet_stream **out, const trail_workbook *workbook,
                                const trail_sheet *sheet, trail_sheet *survey, trail_error *err)
{
    sheet_stream *s = NULL;
    trail_byte_source *part = NULL;
    trail_status status = trail_alloc_zeroed(&s, 1, sizeof *s, err);
    *out = NULL;
    if (status != TRAIL_OK) return status;
    s->workbook = workbook;
    s->survey = survey;
    s->places = trail_vector_of(sizeof(row_place));
    status = trail_workbook_part(workbook, sheet->part, &part, err);
    if (status == TRAIL_OK && part == NULL)
        status = trail_fail(err, TRAIL_IO, "the workbook has no part %s", sheet->part);
    if (status == TRAIL_OK && survey != NULL)
        status = hash_part(s, part, err);
    else
        s->part = part;
    if (status == TRAIL_OK) status = trail_workbook_xml_new(&s->xml, s->part, &events, s, err);
    if (status == TRAIL_OK)
        *out = s;
    else
        close_sheet(s);
    return status;
}

trail_status trail_workbook_sheet_open(trail_byte_source **out, const trail_workbook *workbook,
                                       uint32_t index, trail_error *err)
{
    trail_byte_stream stream = {
        .read = read_lines, .broken = broken, .place = place_of, .close = close_sheet};
    const trail_sheet *sheet = trail_vector_at(&workbook->sheets, index);
    sheet_stream *s = NULL;
    *out = NULL;
    if (sheet->problem != NULL)
        return trail_fail(err, TRAIL_IO, "cannot read sheet %s: %s", sheet->name, sheet->problem);
    trail_status status = begin_sheet(&s, workbook, sheet, NULL, err);
    if (status != TRAIL_OK) return status;
    s->columns = sheet->columns;
    stream.context = s;
    return trail_byte_source_from(out, &stream, err);
}

trail_status trail_workbook_survey(trail_workbook *workbook, trail_sheet *sheet, trail_error *err)
{
    sheet_stream *s = NULL;
    trail_error why = {.status = TRAIL_OK};
    char rest[4096];
    size_t size = 1;
    if (sheet->problem != NULL) return TRAIL_OK;
    trail_status status = begin_sheet(&s, workbook, sheet, sheet, &why);
    if (status == TRAIL_IO) { /* the other sheets may be there */
        sheet->problem = trail_arena_copy(&workbook->arena, trail_slice_of(why.message), err);
        return sheet->problem == NULL ? TRAIL_NO_MEMORY : TRAIL_OK;
    }
    if (status != TRAIL_OK) {
        if (err != NULL) *err = why;
        return status;
    }
    while (status == TRAIL_OK && !s->ended)
        status = read_block(s, err);
    while (status == TRAIL_OK && size > 0) /* what a fault left, for the hash */
        status = trail_byte_source_read(s->part, rest, sizeof rest, &size, err);
    if (status == TRAIL_OK) status = trail_digest_finish(s->digest, sheet->hash, err);
    close_sheet(s);
    return status;
}
