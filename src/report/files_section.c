#include "report/section.h"

#include "base/memory.h"

/* The record table of a file or member, NULL when nothing of it was read. */
static const trail_file *table_of(const trail_findings *findings, const trail_file_report *report)
{
    const trail_vector *files = &findings->ledger->records.files;

    return report->file_number == 0 ? NULL : trail_vector_at(files, report->file_number - 1);
}

static trail_status write_hash_and_name(trail_report_view *view, const char *name,
                                        const uint8_t hash[TRAIL_DIGEST_SIZE], trail_json *json,
                                        trail_error *err)
{
    char hex[TRAIL_DIGEST_HEX];
    trail_text shown = {0};
    trail_status status = trail_protect_file(view->findings->protection, name, hash, &shown, err);

    trail_hex(hash, TRAIL_DIGEST_SIZE, hex);
    if (status == TRAIL_OK) trail_json_slice(json, "name", trail_text_slice(&shown));
    trail_json_text(json, "sha256", hex);
    trail_text_clear(&shown);
    return status;
}

static int64_t count_rejects(const trail_findings *findings, const trail_file *table)
{
    const trail_vector *rejects = &findings->rejects->rejects;
    int64_t count = 0;

    if (table == NULL) return 0;
    for (size_t i = 0; i < rejects->count; i++) {
        const trail_reject *reject = trail_vector_at(rejects, i);

        if (trail_vector_at(&findings->ledger->records.files, reject->file) == table) count++;
    }
    return count;
}

static int64_t count_remarks(const trail_findings *findings, const trail_file *table)
{
    const trail_vector *remarks = &findings->rejects->remarks;
    int64_t count = 0;

    for (size_t i = 0; table != NULL && i < remarks->count; i++) {
        const trail_remark *remark = trail_vector_at(remarks, i);

        if (trail_vector_at(&findings->ledger->records.files, remark->file) == table) count++;
    }
    return count;
}

/* null: of a kind that has no pages; -1: not known. */
static void write_pages(trail_json *json, const trail_file_report *report)
{
    if (report == NULL || report->outcome != TRAIL_FILE_NOT_READ || report->pages == 0)
        trail_json_null(json, "pages");
    else
        trail_json_integer(json, "pages",
                           report->pages == TRAIL_PAGES_UNKNOWN ? -1 : (int64_t)report->pages);
}

static trail_status write_text(trail_report_view *view, trail_json *json, const char *key,
                               uint32_t string, trail_error *err)
{
    const trail_slice text = trail_strings_get(view->findings->ledger->strings, string);

    return trail_report_words(view, json, key, text.start == NULL ? "" : text.start, err);
}

/* A member names what its container was received as. */
static void write_container(trail_json *json, const trail_file_report *report,
                            const trail_source *source)
{
    char hex[TRAIL_DIGEST_HEX];

    if (report == NULL || !report->is_member || source == NULL) return;
    trail_hex(source->hash, TRAIL_DIGEST_SIZE, hex);
    trail_json_text(json, "container_sha256", hex);
    trail_json_integer(json, "container_size", (int64_t)source->size);
}

/* `report` NULL: a file of the ledger that no source report names. */
static trail_status write_file(trail_report_view *view, const trail_file_report *report,
                               const trail_file *table, trail_json *json, trail_error *err)
{
    static const char *const outcomes[] = {"read", "read_in_part", "set_aside", "not_read",
                                           "not_listed"};
    const trail_findings *findings = view->findings;
    const trail_source *source = NULL;
    static const uint8_t no_hash[TRAIL_DIGEST_SIZE] = {0};
    const uint8_t *hash = no_hash;
    trail_status status;

    if (report != NULL && report->source < findings->source_count) {
        source = &findings->sources[report->source];
    }
    if (table != NULL) {
        hash = table->hash;
    } else if (report != NULL && report->hashed) {
        hash = report->hash;
    } else if (source != NULL) {
        hash = source->hash;
    }
    trail_json_object(json, NULL);
    status =
        write_hash_and_name(view, report != NULL ? report->name : table->name, hash, json, err);
    trail_json_text(json, "outcome", report != NULL ? outcomes[report->outcome] : "read");
    if (status == TRAIL_OK) {
        status = write_text(view, json, "reason", report != NULL ? report->reason : 0, err);
    }
    if (status == TRAIL_OK) {
        status = write_text(view, json, "paste", report != NULL ? report->paste : 0, err);
    }
    if (status == TRAIL_OK) {
        status = write_text(view, json, "encoding", report != NULL ? report->encoding : 0, err);
    }
    trail_json_integer(json, "rows", table != NULL ? (int64_t)table->record_count : 0);
    trail_json_integer(json, "size",
                       table != NULL                      ? (int64_t)table->size
                       : report != NULL && report->hashed ? (int64_t)report->size
                       : source != NULL                   ? (int64_t)source->size
                                                          : 0);
    write_container(json, report, source);
    trail_json_boolean(json, "member", report != NULL && report->is_member);
    trail_json_boolean(json, "sheet", report != NULL && report->is_sheet);
    trail_json_text(json, "format", table != NULL ? table->format : NULL);
    write_pages(json, report);
    trail_json_integer(json, "rejects", count_rejects(findings, table));
    trail_json_integer(json, "remarks", count_remarks(findings, table));
    trail_report_day(json, "first", table != NULL ? table->first_day : TRAIL_NO_DAY);
    trail_report_day(json, "last", table != NULL ? table->last_day : TRAIL_NO_DAY);
    if (status == TRAIL_OK) {
        status =
            trail_report_words(view, json, "request", source != NULL ? source->request : NULL, err);
    }
    trail_json_object_end(json);
    return status;
}

/* First the files of the ledger, so that a record's file number is its place here; then those of
 * which nothing was read. */
static trail_status write_files(trail_report_view *view, trail_json *json, trail_error *err)
{
    const trail_findings *findings = view->findings;
    const trail_vector *tables = &findings->ledger->records.files;
    const trail_vector *reports = &findings->rejects->files;
    trail_status status = TRAIL_OK;

    trail_json_array(json, "files");
    for (size_t i = 0; status == TRAIL_OK && i < tables->count; i++) {
        const trail_file *table = trail_vector_at(tables, i);
        const trail_file_report *own = NULL;

        for (size_t r = 0; own == NULL && r < reports->count; r++) {
            const trail_file_report *report = trail_vector_at(reports, r);

            if (table_of(findings, report) == table) own = report;
        }
        status = write_file(view, own, table, json, err);
    }
    for (size_t r = 0; status == TRAIL_OK && r < reports->count; r++) {
        const trail_file_report *report = trail_vector_at(reports, r);

        if (table_of(findings, report) != NULL) continue;
        status = write_file(view, report, NULL, json, err);
    }
    trail_json_array_end(json);
    return status;
}

static trail_status write_rejects(trail_report_view *view, trail_json *json, trail_error *err)
{
    const trail_findings *findings = view->findings;
    const trail_vector *rejects = &findings->rejects->rejects;
    trail_status status = TRAIL_OK;

    trail_json_array(json, "rejects");
    for (size_t i = 0; status == TRAIL_OK && i < rejects->count && i < view->budget.rejects; i++) {
        const trail_reject *reject = trail_vector_at(rejects, i);

        trail_json_object(json, NULL);
        trail_json_integer(json, "file", reject->file);
        trail_json_integer(json, "ordinal",
                           trail_records_ordinal(&findings->ledger->records, reject->record));
        trail_json_integer(json, "line", (int64_t)reject->line);
        trail_json_integer(json, "offset", (int64_t)reject->offset);
        trail_json_text(json, "code", reject->code);
        status = write_text(view, json, "column", reject->column_name, err);
        if (status == TRAIL_OK) status = write_text(view, json, "message", reject->message, err);
        if (status == TRAIL_OK) status = write_text(view, json, "text", reject->text, err);
        trail_json_object_end(json);
    }
    trail_json_array_end(json);
    return status;
}

/* null where the case file says all days: no day that a calendar could show. */
static void write_bound(trail_json *json, int32_t day)
{
    if (day == INT32_MIN || day == INT32_MAX)
        trail_json_null(json, NULL);
    else
        trail_json_integer(json, NULL, day);
}

static void write_observation(const trail_report_view *view, trail_json *json,
                              const trail_observation *row, size_t key)
{
    const size_t files = view->findings->ledger->records.files.count;
    const int64_t place = trail_report_place(view, row->account);

    if (place < 0) return;
    if (key == 0) trail_json_integer(json, NULL, place);
    if (key == 1) write_bound(json, row->from_day);
    if (key == 2) write_bound(json, row->to_day);
    if (key == 3) trail_json_integer(json, NULL, row->file < files ? (int64_t)row->file : -1);
}

static void write_observations(const trail_report_view *view, trail_json *json)
{
    static const char *const keys[] = {"account", "from", "to", "file"};
    const trail_vector *rows = &view->findings->ledger->observations;

    trail_json_object(json, "observations");
    for (size_t key = 0; key < TRAIL_LENGTH_OF(keys); key++) {
        trail_json_array(json, keys[key]);
        for (size_t i = 0; i < rows->count; i++)
            write_observation(view, json, trail_vector_at(rows, i), key);
        trail_json_array_end(json);
    }
    trail_json_object_end(json);
}

trail_status trail_report_files(trail_report_view *view, trail_json *json, trail_error *err)
{
    trail_status status = write_files(view, json, err);

    if (status == TRAIL_OK) status = write_rejects(view, json, err);
    if (status == TRAIL_OK) write_observations(view, json);
    return status;
}
