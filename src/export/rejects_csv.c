#include "base/attributes.h"
#include "export/csv_exports.h"
#include "export/table.h"

static const char *const headings[] = {
    "file", "record", "line", "byte_offset", "column", "column_name", "code", "message", "text",
};

trail_status trail_write_rejects_csv(const trail_findings *findings, const char *path,
                                     trail_error *err)
{
    trail_table table;
    const trail_records *records = &findings->ledger->records;
    trail_status status =
        trail_table_open(&table, findings, path, headings, TRAIL_LENGTH_OF(headings), err);
    if (status != TRAIL_OK) return status;
    for (size_t i = 0; i < findings->rejects->rejects.count && table.status == TRAIL_OK; i++) {
        const trail_reject *reject = trail_vector_at(&findings->rejects->rejects, i);
        trail_table_file(&table, trail_vector_at(&records->files, reject->file));
        trail_table_number(&table, trail_records_ordinal(records, reject->record));
        trail_table_number(&table, (int64_t)reject->line);
        trail_table_number(&table, (int64_t)reject->offset);
        if (reject->column > 0)
            trail_table_number(&table, reject->column);
        else
            trail_table_word(&table, NULL);
        trail_table_string(&table, reject->column_name);
        trail_table_word(&table, reject->code);
        trail_table_string(&table, reject->message);
        trail_table_string(&table, reject->text);
        trail_table_row_end(&table);
    }
    return trail_table_finish(&table);
}
