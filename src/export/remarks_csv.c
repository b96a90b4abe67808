#include "base/attributes.h"
#include "export/csv_exports.h"
#include "export/table.h"

static const char *const headings[] = {"file", "line", "record", "code", "message"};

trail_status trail_write_remarks_csv(const trail_findings *findings, const char *path,
                                     trail_error *err)
{
    trail_table table;
    const trail_records *records = &findings->ledger->records;
    const trail_vector *remarks = &findings->rejects->remarks;
    trail_status status =
        trail_table_open(&table, findings, path, headings, TRAIL_LENGTH_OF(headings), err);
    if (status != TRAIL_OK) return status;
    for (size_t i = 0; i < remarks->count && table.status == TRAIL_OK; i++) {
        const trail_remark *remark = trail_vector_at(remarks, i);
        trail_table_file(&table, trail_vector_at(&records->files, remark->file));
        trail_table_number(&table, (int64_t)remark->line);
        if (remark->record != TRAIL_NO_RECORD)
            trail_table_number(&table, trail_records_ordinal(records, remark->record));
        else
            trail_table_word(&table, NULL);
        trail_table_word(&table, remark->code);
        trail_table_string(&table, remark->message);
        trail_table_row_end(&table);
    }
    return trail_table_finish(&table);
}
