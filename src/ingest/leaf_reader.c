#include "ingest/leaf_reader.h"

#include <string.h>

#include "base/unicode.h"
#include "ingest/first_bytes.h"
#include "ingest/page_count.h"
#include "ingest/source_guess.h"

static trail_status put_text(trail_ledger *ledger, trail_slice text, uint32_t *id, trail_error *err)
{
    trail_text printable = {0};
    trail_status status = trail_unicode_printable(text, &printable, err);
    if (status == TRAIL_OK) {
        status = trail_strings_put(ledger->strings, trail_text_slice(&printable), id, err);
    }
    trail_text_clear(&printable);
    return status;
}

static trail_file_report start_report(const trail_reading *reading, const trail_leaf *leaf)
{
    trail_file_report report = {.source = reading->source_index,
                                .name = reading->name,
                                .is_member = leaf->member != NULL || leaf->sheet != NULL,
                                .is_sheet = leaf->sheet != NULL,
                                .hashed = leaf->hash != NULL,
                                .size = reading->size,
                                .rows = reading->rows,
                                .encoding = reading->encoding,
                                .reason = reading->break_reason};
    memcpy(report.hash, reading->hash, TRAIL_DIGEST_SIZE);
    return report;
}

trail_status trail_leaf_report(const trail_reading *reading, const trail_leaf *leaf,
                               trail_file_outcome outcome, const char *reason, trail_error *err)
{
    trail_file_report report = start_report(reading, leaf);
    report.outcome = outcome;
    trail_status status = put_text(reading->ledger, trail_slice_of(reason), &report.reason, err);
    return status == TRAIL_OK ? trail_vector_push(&reading->rejects->files, &report, err) : status;
}

static trail_status report_read(const trail_reading *reading, const trail_leaf *leaf, bool opened,
                                trail_error *err)
{
    const trail_aside *aside = &reading->aside;
    trail_file_report report = start_report(reading, leaf);
    trail_status status = TRAIL_OK;
    if (opened) report.file_number = reading->file + 1;
    if (aside->reason.length > 0) {
        report.outcome = TRAIL_FILE_SET_ASIDE;
        status = put_text(reading->ledger, trail_text_slice(&aside->reason), &report.reason, err);
        if (status == TRAIL_OK)
            status = put_text(reading->ledger, trail_text_slice(&aside->paste), &report.paste, err);
    } else if (reading->break_reason != 0) {
        report.outcome = TRAIL_FILE_READ_IN_PART;
    } else if (leaf->broken != NULL) {
        report.outcome = TRAIL_FILE_READ_IN_PART;
        status = put_text(reading->ledger, trail_slice_of(leaf->broken), &report.reason, err);
    }
    if (status != TRAIL_OK) return status;
    return trail_vector_push(&reading->rejects->files, &report, err);
}

/* Pages that only people read: hashed and counted. */
static trail_status report_pages(const trail_reading *reading, const trail_leaf *leaf,
                                 trail_error *err)
{
    trail_file_report report = start_report(reading, leaf);
    trail_text reason = {0};
    report.outcome = TRAIL_FILE_NOT_READ;
    trail_status status = trail_page_count(&leaf->location, &report.pages, err);
    if (status == TRAIL_OK && report.pages == TRAIL_PAGES_UNKNOWN)
        status = trail_text_add_format(&reason, err, "%s (number of pages unknown)",
                                       trail_first_bytes_kind(leaf->first));
    else if (status == TRAIL_OK)
        status = trail_text_add_format(&reason, err, "%s (%u page%s)",
                                       trail_first_bytes_kind(leaf->first), (unsigned)report.pages,
                                       report.pages == 1 ? "" : "s");
    if (status == TRAIL_OK)
        status = put_text(reading->ledger, trail_text_slice(&reason), &report.reason, err);
    if (status == TRAIL_OK) status = trail_vector_push(&reading->rejects->files, &report, err);
    trail_text_clear(&reason);
    return status;
}

TRAIL_PRINTF(5, 6)
static trail_status remark(const trail_reading *reading, const char *code, uint64_t line,
                           trail_error *err, const char *format, ...)
{
    trail_remark said = {
        .file = reading->file, .record = TRAIL_NO_RECORD, .code = code, .line = line};
    trail_text message = {0};
    va_list values;
    va_start(values, format);
    trail_status status = trail_text_add_values(&message, err, format, values);
    va_end(values);
    if (status == TRAIL_OK)
        status = put_text(reading->ledger, trail_text_slice(&message), &said.message, err);
    if (status == TRAIL_OK) status = trail_vector_push(&reading->rejects->remarks, &said, err);
    trail_text_clear(&message);
    return status;
}

static trail_status remark_count(const trail_reading *reading, const char *code,
                                 const trail_sheet_count *counted, const char *words,
                                 trail_error *err)
{
    size_t letters = 0;
    uint64_t line = 0;
    if (counted->count == 0) return TRAIL_OK;
    while (counted->first[letters] >= 'A' && counted->first[letters] <= 'Z')
        letters++;
    for (const char *at = counted->first + letters; *at >= '0' && *at <= '9'; at++)
        line = line * 10 + (uint64_t)(*at - '0');
    return remark(reading, code, line, err, "%s (%llu, the first %s)", words,
                  (unsigned long long)counted->count, counted->first);
}

static trail_status remark_sheet(const trail_reading *reading, const trail_sheet *sheet,
                                 trail_error *err)
{
    const struct {
        const char *code;
        const trail_sheet_count *counted;
        const char *words;
    } rows[] = {
        {"formula_cells", &sheet->formulas,
         "cells hold formulas: the results stored with them are read"},
        {"formula_without_value", &sheet->without_value,
         "formulas have no stored result: rows that need one are rejected"},
        {"error_cells", &sheet->errors, "cells hold an error such as #N/A: taken as empty"},
        {"merged_cells", &sheet->merged,
         "cells are merged: the value stands in the first of each group, the others are empty"},
        {"hidden_rows", &sheet->hidden_rows, "rows are hidden in the sheet: they are read"},
        {"hidden_columns", &sheet->hidden_columns,
         "columns are hidden in the sheet: they are read"},
    };
    trail_status status = TRAIL_OK;
    if (sheet->hidden)
        status = remark(reading, "hidden_sheet", 0, err,
                        "the sheet is hidden in the workbook: it is read");
    for (size_t i = 0; i < TRAIL_LENGTH_OF(rows) && status == TRAIL_OK; i++)
        status = remark_count(reading, rows[i].code, rows[i].counted, rows[i].words, err);
    return status;
}

static trail_status remark_no_table(trail_reading *reading, const trail_leaf *leaf,
                                    trail_error *err)
{
    trail_text reason = reading->aside.reason;
    reading->aside.reason = (trail_text){0};
    trail_text_reset(&reading->aside.paste);
    trail_status status =
        trail_records_open_file(&reading->ledger->records, reading->name, reading->hash,
                                reading->size, reading->source_index, &reading->file, err);
    if (status == TRAIL_OK)
        status = remark(reading, "sheet_without_table", 0, err,
                        "the sheet holds no table that is read: %s", reason.bytes);
    trail_text_clear(&reason);
    if (status == TRAIL_OK) status = remark_sheet(reading, leaf->sheet, err);
    return status == TRAIL_OK ? report_read(reading, leaf, true, err) : status;
}

/* Which reader read a file tells whether another one shows the same data in another format. */
static void name_format(trail_ledger *ledger, size_t from, const char *format)
{
    for (size_t i = from; i < ledger->records.files.count; i++) {
        trail_file *file = trail_vector_at(&ledger->records.files, i);
        if (file->format == NULL) file->format = format;
    }
}

static trail_status say_encoding(trail_reading *reading, const trail_guess *guess, trail_error *err)
{
    trail_text words = {0};
    if (guess->encoding == NULL || guess->encoding_how == NULL) return TRAIL_OK;
    trail_status status =
        trail_text_add_format(&words, err, "%s, %s", guess->encoding, guess->encoding_how);
    if (status == TRAIL_OK)
        status = put_text(reading->ledger, trail_text_slice(&words), &reading->encoding, err);
    trail_text_clear(&words);
    return status;
}

static const trail_reader *reader_of(const trail_reading *reading, const trail_leaf *leaf)
{
    if (leaf->sheet != NULL) return &trail_table_reader;
    if (reading->source->format != NULL) return trail_reader_find(reading->source->format);
    return trail_reader_for(leaf->first);
}

trail_status trail_leaf_read(trail_reading *reading, const trail_leaf *leaf, bool *holds_table,
                             trail_error *err)
{
    trail_guess guess = {0};
    trail_error why = {.status = TRAIL_OK};
    trail_status status = TRAIL_OK;
    size_t files = reading->ledger->records.files.count;
    bool no_table = false;
    if (leaf->sheet == NULL && reading->source->format == NULL &&
        trail_first_bytes_is_pages(leaf->first))
        return report_pages(reading, leaf, err);
    const trail_reader *reader = reader_of(reading, leaf);
    reading->profile = reading->source->profile;
    if (reader->needs_profile && reading->profile == NULL) {
        status =
            trail_source_guess(&guess, &reading->location, reading->source, &reading->aside, &why);
        reading->profile = &guess.profile;
        no_table = status == TRAIL_OK && trail_guess_is_no_table(&guess);
        if (status == TRAIL_OK && leaf->sheet == NULL) status = say_encoding(reading, &guess, &why);
    }
    if (status == TRAIL_OK && reading->aside.reason.length == 0) {
        status = reader->read(reading, &why);
        name_format(reading->ledger, files, leaf->sheet != NULL ? "xlsx" : reader->name);
    }
    if (status == TRAIL_IO && reading->rows == 0) {
        status = trail_text_add_format(&reading->aside.reason, err, "%s", why.message);
    } else if (status != TRAIL_OK && err != NULL) {
        *err = why;
    }
    reading->profile = NULL; /* a guessed one goes now */
    trail_guess_clear(&guess);
    if (status != TRAIL_OK) return status;
    if (holds_table != NULL) *holds_table = !no_table;
    if (no_table && holds_table != NULL) return remark_no_table(reading, leaf, err);
    bool opened = reading->ledger->records.files.count > files;
    if (leaf->sheet != NULL && opened) status = remark_sheet(reading, leaf->sheet, err);
    return status == TRAIL_OK ? report_read(reading, leaf, opened, err) : status;
}
