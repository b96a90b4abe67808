#include "ingest/table_rows.h"

#include <string.h>

#include "base/memory.h"
#include "ingest/encoding_guess.h"
#include "ingest/first_bytes.h"
#include "ingest/table_shape.h"

static const char *declared_encoding(const trail_table_rows *rows)
{
    return rows->source->encoding != NULL ? rows->source->encoding : rows->profile->encoding;
}

static bool begins_nocase(const char *text, const char *start)
{
    trail_slice head = trail_slice_of(text);
    if (head.length > strlen(start)) head.length = strlen(start);
    return trail_slice_is_ascii_nocase(head, start);
}

static trail_status say_encoding(trail_table_rows *rows, const char *name, const char *how,
                                 trail_error *err)
{
    return trail_text_add_format(&rows->encoding, err, "%s, %s", name, how);
}

/* Nothing is declared: strict UTF-8 as far as the first bytes go, else what the letters say. */
static trail_status weigh_encoding(trail_table_rows *rows, const trail_location *location,
                                   trail_slice first, trail_aside *aside, trail_error *err)
{
    trail_encoding_verdict verdict;
    if (trail_slice_find(first, trail_slice_of("\xef\xbb\xbf")) == 0)
        return say_encoding(rows, "UTF-8", "by its byte order mark", err);
    size_t end = first.length; /* the last character may be cut */
    while (end > 0 && first.length - end < 4 && (first.start[end - 1] & '\x80') != 0)
        end--;
    if (trail_utf8_bad_byte((trail_slice){first.start, end}) == SIZE_MAX)
        return say_encoding(rows, "UTF-8", "as its first bytes are", err);
    trail_status status = trail_encoding_weigh(location, rows->source->state, &verdict, err);
    if (status != TRAIL_OK) return status;
    if (!verdict.decided) {
        status = trail_text_add_format(
            &aside->reason, err, "the bytes above 127 are not UTF-8; they may be %s%s%s",
            verdict.encoding, verdict.rival != NULL ? " or " : ", but fit no language for certain",
            verdict.rival != NULL ? verdict.rival : "");
        if (status != TRAIL_OK) return status;
        return trail_text_add_format(&aside->paste, err, "encoding: %s", verdict.encoding);
    }
    status = say_encoding(rows, verdict.encoding, verdict.how, err);
    if (status != TRAIL_OK || strcmp(verdict.encoding, "UTF-8") == 0) return status;
    return trail_decoder_new(&rows->decoder, verdict.encoding, err);
}

static trail_status choose_encoding(trail_table_rows *rows, const trail_location *location,
                                    trail_slice first, trail_aside *aside, trail_error *err)
{
    const char *encoding = declared_encoding(rows);
    trail_row_wide guess = trail_row_wide_guess(first);
    if (encoding != NULL &&
        (begins_nocase(encoding, "utf-16") || begins_nocase(encoding, "utf16"))) {
        size_t length = strlen(encoding);
        bool big = length >= 2 && begins_nocase(encoding + length - 2, "be");
        rows->style.wide = guess != TRAIL_ROW_BYTES ? guess
                           : big                    ? TRAIL_ROW_UTF16BE
                                                    : TRAIL_ROW_UTF16LE;
        return say_encoding(rows, encoding, "as the case file says", err);
    }
    if (guess != TRAIL_ROW_BYTES && (trail_slice_find(first, trail_slice_of("\xff\xfe")) == 0 ||
                                     trail_slice_find(first, trail_slice_of("\xfe\xff")) == 0)) {
        rows->style.wide = guess;
        return say_encoding(rows, guess == TRAIL_ROW_UTF16BE ? "UTF-16BE" : "UTF-16LE",
                            "by its byte order mark", err);
    }
    if (guess != TRAIL_ROW_BYTES) {
        trail_status status = trail_text_add_format(
            &aside->reason, err, "the file is UTF-16 text and its encoding is not declared");
        if (status != TRAIL_OK) return status;
        return trail_text_add_format(&aside->paste, err, "encoding: %s",
                                     guess == TRAIL_ROW_UTF16BE ? "utf-16be" : "utf-16le");
    }
    if (encoding == NULL) return weigh_encoding(rows, location, first, aside, err);
    trail_status status = say_encoding(rows, encoding, "as the case file says", err);
    bool is_utf8 = begins_nocase(encoding, "utf-8") || begins_nocase(encoding, "utf8");
    if (status != TRAIL_OK || is_utf8) return status;
    return trail_decoder_new(&rows->decoder, encoding, err);
}

static void name_delimiter(char delimiter, char name[4])
{
    const char *text = delimiter == '\t' ? "tab" : (const char[]){'"', delimiter, '"', '\0'};
    memcpy(name, text, 4);
}

static trail_status choose_delimiter(trail_table_rows *rows, trail_slice first, trail_aside *aside,
                                     trail_error *err)
{
    trail_delimiter_guess guess = {0};
    char name[4], rival[4];
    rows->style.delimiter = rows->profile->delimiter;
    rows->style.no_quotes = rows->profile->no_quotes;
    if (rows->profile->columns_at.count > 0) { /* lines are cut by positions */
        rows->style.delimiter = '\x1f';
        rows->style.no_quotes = true;
    }
    if (rows->style.delimiter != 0) return TRAIL_OK;
    if (first.length == 0) { /* any will do: reading the header says why there is nothing */
        rows->style.delimiter = ',';
        return TRAIL_OK;
    }
    trail_status status = trail_delimiter_decide(first, rows->style.wide, &guess, err);
    if (status != TRAIL_OK) return status;
    if (guess.delimiter == 0) {
        return trail_text_add_format(&aside->reason, err,
                                     "no delimiter makes a table of the file's first rows");
    }
    rows->style.delimiter = guess.delimiter;
    rows->style.no_quotes = rows->style.no_quotes || guess.no_quotes;
    if (guess.rival == 0) return TRAIL_OK;
    name_delimiter(guess.delimiter, name);
    name_delimiter(guess.rival, rival);
    status = trail_text_add_format(
        &aside->reason, err, "the delimiter may be %.3s or %.3s: both make a table", name, rival);
    if (status != TRAIL_OK) return status;
    return trail_text_add_format(&aside->paste, err, "delimiter: %.3s   # or %.3s", name, rival);
}

trail_status trail_table_rows_decode(trail_table_rows *rows, trail_slice bytes, trail_text *out,
                                     trail_error *err)
{
    size_t bad = 0;
    if (rows->decoder == NULL) return trail_text_add(out, bytes, err);
    return trail_decoder_text(rows->decoder, bytes, out, &bad, err);
}

/* Decodes fields[columns[i]] (all fields when columns is NULL) into decoded_fields. */
static trail_status decode_fields(trail_table_rows *rows, const trail_row *row,
                                  const uint32_t *columns, uint32_t count, uint32_t *bad_column,
                                  trail_error *err)
{
    trail_vector *fields = &rows->decoded_fields;
    trail_status status = trail_grow(&fields->items, &fields->capacity, row->field_count + 1,
                                     sizeof(trail_slice), err);
    if (status != TRAIL_OK) return status;
    trail_slice *out = fields->items;
    if (row->field_count > 0) memcpy(out, row->fields, row->field_count * sizeof *out);
    trail_text_reset(&rows->decoded);
    *bad_column = TRAIL_NO_COLUMN;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t column = columns != NULL ? columns[i] : i;
        size_t bad = SIZE_MAX, before = rows->decoded.length;
        if (column >= row->field_count) continue;
        if (rows->decoder != NULL) {
            status =
                trail_decoder_text(rows->decoder, row->fields[column], &rows->decoded, &bad, err);
        } else {
            bad = trail_utf8_bad_byte(row->fields[column]);
            status = trail_text_add(&rows->decoded, row->fields[column], err);
        }
        if (status != TRAIL_OK) return status;
        if (bad != SIZE_MAX && *bad_column == TRAIL_NO_COLUMN) *bad_column = column;
        out[column].length = rows->decoded.length - before;
    }
    size_t at = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t column = columns != NULL ? columns[i] : i;
        if (column >= row->field_count) continue;
        out[column].start = rows->decoded.bytes != NULL ? rows->decoded.bytes + at : "";
        at += out[column].length;
    }
    return TRAIL_OK;
}

trail_status trail_table_rows_fields(trail_table_rows *rows, const trail_row *row,
                                     const trail_slice **fields, uint32_t *bad_column,
                                     trail_error *err)
{
    *bad_column = TRAIL_NO_COLUMN;
    *fields = row->fields;
    if (row->ascii) return TRAIL_OK;
    const trail_column_map *map = &rows->map;
    if (rows->decoder != NULL) {
        bool all = rows->profile->totals.count > 0 || rows->profile->footer != NULL;
        trail_status status =
            decode_fields(rows, row, all ? NULL : map->read,
                          all ? row->field_count : map->read_count, bad_column, err);
        *fields = rows->decoded_fields.items;
        return status;
    }
    for (uint32_t i = 0; i < map->read_count && *bad_column == TRAIL_NO_COLUMN; i++) {
        uint32_t column = map->read[i];
        if (column >= row->field_count) break;
        if (trail_utf8_bad_byte(row->fields[column]) != SIZE_MAX) *bad_column = column;
    }
    return TRAIL_OK;
}

/* "Konts: LV80…" in one field, or "Konts:" and the number in the next that is not empty. */
static trail_status look_for_own_number(trail_table_rows *rows, const trail_row *row,
                                        trail_error *err)
{
    uint32_t bad = 0;
    if (rows->profile->own_account_line == NULL || rows->own_number.length > 0) return TRAIL_OK;
    trail_slice wanted = trail_slice_trim(trail_slice_of(rows->profile->own_account_line));
    trail_status status = decode_fields(rows, row, NULL, row->field_count, &bad, err);
    const trail_slice *fields = rows->decoded_fields.items;
    bool found = false;
    for (uint32_t i = 0; i < row->field_count && status == TRAIL_OK; i++) {
        trail_slice field = trail_slice_trim(fields[i]);
        if (!found && field.length >= wanted.length &&
            memcmp(field.start, wanted.start, wanted.length) == 0) {
            found = true;
            field.start += wanted.length;
            field.length -= wanted.length;
            field = trail_slice_trim(field);
        }
        if (!found || field.length == 0) continue;
        return trail_text_add(&rows->own_number, field, err);
    }
    return status;
}

/* The row's fields as UTF-8 headings in decoded_fields. */
static trail_status decode_headings(trail_table_rows *rows, const trail_row *row,
                                    trail_aside *aside, trail_error *err)
{
    uint32_t bad = TRAIL_NO_COLUMN;
    if (!rows->profile->no_header && row->fault != TRAIL_ROW_OK) {
        return trail_text_add_format(&aside->reason, err, "the header in line %llu: %s",
                                     (unsigned long long)row->line,
                                     trail_row_fault_text(row->fault));
    }
    trail_status status = decode_fields(rows, row, NULL, row->field_count, &bad, err);
    if (status != TRAIL_OK || bad == TRAIL_NO_COLUMN || rows->profile->no_header) return status;
    return trail_text_add_format(
        &aside->reason, err,
        "column %u of the header is not %s text: the encoding must be declared", bad + 1,
        declared_encoding(rows) != NULL ? declared_encoding(rows) : "UTF-8");
}

/* One line of several that the headings stand in, kept until the last one is read. */
static trail_status hold_headings(trail_table_rows *rows, const trail_row *row, trail_aside *aside,
                                  trail_error *err)
{
    trail_status status = decode_headings(rows, row, aside, err);
    if (status != TRAIL_OK || aside->reason.length > 0) return status;
    return trail_merged_headings_add(&rows->headings, rows->decoded_fields.items, row->field_count,
                                     err);
}

static trail_status bind_header(trail_table_rows *rows, const trail_row *row, trail_aside *aside,
                                trail_error *err)
{
    trail_status status = decode_headings(rows, row, aside, err);
    if (status != TRAIL_OK || aside->reason.length > 0) return status;
    const trail_slice *names = rows->decoded_fields.items;
    uint32_t count = row->field_count;
    if (rows->headings.ends.count > 0) {
        status = trail_merged_headings_add(&rows->headings, names, count, err);
        if (status != TRAIL_OK) return status;
        status = trail_merged_headings_join(&rows->headings, &names, &count, err);
        if (status != TRAIL_OK) return status;
    }
    status = trail_column_map_bind(&rows->map, rows->profile, names, count, aside, err);
    if (status != TRAIL_OK) return status;
    if (rows->fixed != NULL) {
        trail_slice header = rows->profile->no_header ? (trail_slice){"", 0} : row->raw;
        return trail_fixed_rows_bind(rows->fixed, &rows->map, header, err);
    }
    trail_row_reader_expect(rows->reader, rows->map.least, rows->map.most);
    return TRAIL_OK;
}

static trail_status next_line(trail_table_rows *rows, trail_row *row, bool *given, trail_error *err)
{
    size_t count = 0;
    if (rows->fixed != NULL) return trail_fixed_rows_line(rows->fixed, row, given, err);
    trail_status status = trail_row_reader_next(rows->reader, row, 1, &count, err);
    *given = count > 0;
    return status;
}

static trail_status say_no_header(const trail_table_rows *rows, uint64_t line, trail_aside *aside,
                                  trail_error *err)
{
    if (trail_byte_source_given(rows->bytes) == 0) {
        return trail_text_add_format(&aside->reason, err, "%s",
                                     trail_byte_source_nothing(rows->bytes));
    }
    return trail_text_add_format(&aside->reason, err,
                                 "line %llu, where the header should stand, is not there",
                                 (unsigned long long)line);
}

/* Passes over the lines above the header and binds the columns. */
static trail_status read_header(trail_table_rows *rows, trail_aside *aside, trail_error *err)
{
    const trail_profile *profile = rows->profile;
    uint64_t header_line = profile->header_row == 0 ? 1 : profile->header_row;
    uint32_t lines = profile->header_lines == 0 ? 1 : profile->header_lines;
    if (profile->no_header) header_line = lines = 1;
    for (uint32_t done = 0; done < lines;) {
        trail_row row;
        bool given = false;
        trail_status status = next_line(rows, &row, &given, err);
        if (status != TRAIL_OK) return status;
        if (!given) return say_no_header(rows, header_line, aside, err);
        if (row.line < header_line) {
            status = look_for_own_number(rows, &row, err);
            if (status != TRAIL_OK) return status;
            continue;
        }
        if (profile->no_header) {
            rows->pending = row;
            rows->has_pending = true;
        }
        done++;
        status = done < lines ? hold_headings(rows, &row, aside, err)
                              : bind_header(rows, &row, aside, err);
        if (status != TRAIL_OK || aside->reason.length > 0) return status;
    }
    return TRAIL_OK;
}

trail_status trail_table_rows_open(trail_table_rows *rows, const trail_location *location,
                                   const trail_source *source, const trail_profile *profile,
                                   trail_aside *aside, trail_error *err)
{
    trail_text first = {0};
    *rows = (trail_table_rows){.source = source, .profile = profile};
    rows->decoded_fields = trail_vector_of(sizeof(trail_slice));
    trail_status status = trail_first_bytes(location, &first, err);
    trail_slice bytes = {first.bytes, first.length};
    bool is_sheet = trail_location_is_sheet(location);
    const char *kind = status == TRAIL_OK && !is_sheet ? trail_first_bytes_kind(bytes) : NULL;
    if (kind != NULL) status = trail_text_add_format(&aside->reason, err, "the file is %s", kind);
    if (is_sheet) {
        rows->style = (trail_row_style){.delimiter = '\t', .no_quotes = true};
    } else if (status == TRAIL_OK && kind == NULL) {
        status = choose_encoding(rows, location, bytes, aside, err);
        if (status == TRAIL_OK && aside->reason.length == 0)
            status = choose_delimiter(rows, bytes, aside, err);
    }
    if (status != TRAIL_OK || aside->reason.length > 0) goto cleanup;
    status = trail_location_open(&rows->bytes, location, err);
    if (status != TRAIL_OK) goto cleanup;
    status = trail_row_reader_new(&rows->reader, rows->bytes, rows->style, err);
    if (status == TRAIL_OK && profile->columns_at.count > 0)
        status =
            trail_fixed_rows_new(&rows->fixed, rows->reader, profile, rows->decoder != NULL, err);
    if (status == TRAIL_OK) status = read_header(rows, aside, err);
cleanup:
    trail_text_clear(&first);
    return status;
}

void trail_table_rows_close(trail_table_rows *rows)
{
    trail_fixed_rows_free(rows->fixed);
    trail_merged_headings_clear(&rows->headings);
    trail_text_clear(&rows->encoding);
    trail_row_reader_free(rows->reader);
    trail_byte_source_close(rows->bytes);
    trail_decoder_free(rows->decoder);
    trail_column_map_clear(&rows->map);
    trail_text_clear(&rows->own_number);
    trail_text_clear(&rows->decoded);
    trail_vector_clear(&rows->decoded_fields);
    *rows = (trail_table_rows){0};
}

trail_status trail_table_rows_next(trail_table_rows *rows, trail_row *batch, size_t room,
                                   size_t *count, trail_error *err)
{
    if (rows->has_pending) {
        rows->has_pending = false;
        batch[0] = rows->pending;
        *count = 1;
        return TRAIL_OK;
    }
    if (rows->fixed != NULL) {
        bool given = false;
        trail_status status = trail_fixed_rows_next(rows->fixed, batch, &given, err);
        *count = given;
        return status;
    }
    return trail_row_reader_next(rows->reader, batch, room, count, err);
}
