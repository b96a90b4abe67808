#include <string.h>

#include "base/attributes.h"
#include "base/failure.h"
#include "pipeline/stage.h"

/* A file in the evidence that no source names is reported beside those that were read. */
static trail_status report_not_listed(trail_investigation *investigation, trail_error *err)
{
    const trail_received *received = investigation->received.items;
    const char *rates = investigation->case_file->rates;
    for (size_t i = 0; i < investigation->received.count; i++) {
        if (received[i].source != UINT32_MAX ||
            (rates != NULL && strcmp(received[i].name, rates) == 0))
            continue;
        trail_file_report report = {.source = UINT32_MAX,
                                    .name = received[i].name,
                                    .hashed = true,
                                    .size = received[i].receipt.size,
                                    .outcome = TRAIL_FILE_NOT_LISTED};
        memcpy(report.hash, received[i].receipt.hash, TRAIL_DIGEST_SIZE);
        trail_status status = trail_strings_put(
            investigation->ledger.strings,
            trail_slice_of("no source in the case file names this file"), &report.reason, err);
        if (status == TRAIL_OK)
            status = trail_vector_push(&investigation->rejects.files, &report, err);
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

static void count_records(trail_investigation *investigation)
{
    trail_run_summary *summary = &investigation->summary;
    const trail_records *records = &investigation->ledger.records;
    uint64_t states[4] = {0}, outcomes[5] = {0};
    for (uint32_t i = 0; i < records->count; i++)
        states[trail_records_state(records, i)]++;
    const trail_file_report *files = investigation->rejects.files.items;
    for (size_t i = 0; i < investigation->rejects.files.count; i++)
        outcomes[files[i].outcome]++;
    summary->rows_in = records->count;
    summary->rows_attesting = states[TRAIL_RECORD_PAYMENT];
    summary->rows_rejected = states[TRAIL_RECORD_REJECT];
    summary->rows_no_payment = states[TRAIL_RECORD_NO_PAYMENT];
    summary->rows_out_of_scope = states[TRAIL_RECORD_OUT_OF_SCOPE];
    summary->files_read = outcomes[TRAIL_FILE_READ];
    summary->files_read_in_part = outcomes[TRAIL_FILE_READ_IN_PART];
    summary->files_set_aside = outcomes[TRAIL_FILE_SET_ASIDE];
    summary->files_not_read = outcomes[TRAIL_FILE_NOT_READ];
    summary->files_not_listed = outcomes[TRAIL_FILE_NOT_LISTED];
}

/* Every record that attests a payment made exactly one entry or message. */
static trail_status check_identity(const trail_investigation *investigation, trail_error *err)
{
    uint64_t entries = investigation->ledger.count + investigation->ledger.messages.count;
    uint64_t attesting = investigation->summary.rows_attesting;
    if (entries == attesting) return TRAIL_OK;
    return trail_fail(
        err, TRAIL_INTERNAL,
        "rows are not all accounted for: %llu records attest payments, %llu entries and messages",
        (unsigned long long)attesting, (unsigned long long)entries);
}

static trail_status tell_files(trail_investigation *investigation, trail_error *err)
{
    static const char *const outcomes[] = {"read", "read in part", "set aside", "not read",
                                           "not read"};
    const trail_strings *strings = investigation->ledger.strings;
    const trail_file_report *files = investigation->rejects.files.items;
    trail_text citation = {0};
    trail_status status = TRAIL_OK;
    for (size_t i = 0; i < investigation->rejects.files.count && status == TRAIL_OK; i++) {
        if (files[i].outcome == TRAIL_FILE_READ) continue;
        trail_slice reason = trail_strings_get(strings, files[i].reason);
        trail_slice paste = trail_strings_get(strings, files[i].paste);
        trail_text_reset(&citation);
        status = trail_investigation_cite(investigation, files[i].name, &citation, err);
        if (status != TRAIL_OK) break;
        status = trail_investigation_note(
            investigation, err, "%s: %s: %.*s%s%.*s", citation.bytes, outcomes[files[i].outcome],
            (int)reason.length, reason.start, paste.length > 0 ? "; to decide it, paste: " : "",
            (int)paste.length, paste.start);
    }
    trail_text_clear(&citation);
    return status;
}

trail_status trail_stage_read(trail_investigation *investigation, uint64_t *made, trail_error *err)
{
    const trail_case *case_file = investigation->case_file;
    trail_ingest_options options = {.threads = investigation->threads,
                                    .reject_limit = case_file->reject_limit,
                                    .progress = investigation->options.progress};
    trail_status status =
        trail_ingest(&investigation->ledger, &investigation->rejects, investigation->case_folder,
                     case_file->sources.items, case_file->sources.count, &options, err);
    if (status == TRAIL_OK) status = trail_investigation_unchanged(investigation, err);
    if (status == TRAIL_OK) status = report_not_listed(investigation, err);
    if (status != TRAIL_OK) return status;
    count_records(investigation);
    *made = investigation->ledger.records.count;
    if ((status = check_identity(investigation, err)) != TRAIL_OK) return status;
    return tell_files(investigation, err);
}
