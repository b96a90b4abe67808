#include "pipeline/investigation.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <moneytrail/version.h>

#include "base/memory.h"
#include "base/threads.h"

trail_status trail_investigation_init(trail_investigation *investigation, const char *case_folder,
                                      const trail_run_options *options, trail_error *err)
{
    *investigation = (trail_investigation){.case_folder = case_folder};
    if (options != NULL) investigation->options = *options;
    investigation->threads = investigation->options.threads > 0 ? investigation->options.threads
                                                                : trail_threads_available();
    investigation->received = trail_vector_of(sizeof(trail_received));
    investigation->links = trail_vector_of(sizeof(trail_link));
    investigation->proceeds = trail_vector_of(sizeof(trail_proceeds));
    investigation->destinations = trail_vector_of(sizeof(uint32_t));
    investigation->notes = trail_vector_of(sizeof(char *));
    trail_rejects_init(&investigation->rejects);
    trail_duplicates_init(&investigation->duplicates);
    trail_statement_checks_init(&investigation->statement_checks);
    trail_coverage_init(&investigation->coverage);
    trail_reversals_init(&investigation->reversals);
    trail_reply_check_init(&investigation->reply_check);
    return trail_ledger_init(&investigation->ledger, err);
}

void trail_investigation_clear(trail_investigation *investigation)
{
    for (size_t i = 0; i < investigation->received.count; i++) {
        trail_received *received = trail_vector_at(&investigation->received, i);
        trail_free(received->name);
    }
    for (size_t i = 0; i < investigation->notes.count; i++)
        trail_free(*(char **)trail_vector_at(&investigation->notes, i));
    trail_vector_clear(&investigation->received);
    trail_vector_clear(&investigation->notes);
    trail_vector_clear(&investigation->links);
    trail_vector_clear(&investigation->destinations);
    trail_proceeds_clear(&investigation->proceeds);
    trail_trace_clear(&investigation->trace);
    trail_routes_clear(&investigation->routes);
    trail_communities_clear(&investigation->communities);
    trail_payment_graph_clear(&investigation->graph);
    trail_duplicates_clear(&investigation->duplicates);
    trail_statement_checks_clear(&investigation->statement_checks);
    trail_coverage_clear(&investigation->coverage);
    trail_reversals_clear(&investigation->reversals);
    trail_reply_check_clear(&investigation->reply_check);
    trail_identity_clear(&investigation->identity);
    trail_matching_clear(&investigation->matching);
    trail_conflicts_clear(&investigation->conflicts);
    trail_subsets_clear(&investigation->subsets);
    trail_published_ids_clear(&investigation->ids);
    trail_protection_free(investigation->protection);
    trail_rejects_clear(&investigation->rejects);
    trail_ledger_clear(&investigation->ledger);
    trail_case_free(investigation->case_file);
    *investigation = (trail_investigation){.case_folder = NULL};
}

/* The sentence as it may be shown, in *line (cleared by the caller). Never cut short before names
 * are replaced: half a name would be shown. */
TRAIL_PRINTF(3, 0)
static trail_status word(const trail_investigation *investigation, trail_text *line,
                         const char *format, va_list values, trail_error *err)
{
    if (investigation->protection == NULL) return trail_text_add_values(line, err, format, values);
    trail_text sentence = {0};
    trail_status status = trail_text_add_values(&sentence, err, format, values);
    if (status == TRAIL_OK)
        status =
            trail_protect_text(investigation->protection, trail_text_slice(&sentence), line, err);
    trail_text_clear(&sentence);
    return status;
}

static void tell(const trail_investigation *investigation, const char *line)
{
    const trail_notices *notices = investigation->options.notices;
    if (notices != NULL && notices->say != NULL) notices->say(notices->context, line);
}

trail_status trail_investigation_say(trail_investigation *investigation, trail_error *err,
                                     const char *format, ...)
{
    trail_text line = {0};
    va_list values;
    va_start(values, format);
    trail_status status = word(investigation, &line, format, values, err);
    va_end(values);
    if (status == TRAIL_OK) tell(investigation, line.bytes);
    trail_text_clear(&line);
    return status;
}

trail_status trail_investigation_note(trail_investigation *investigation, trail_error *err,
                                      const char *format, ...)
{
    trail_text line = {0};
    va_list values;
    va_start(values, format);
    trail_status status = word(investigation, &line, format, values, err);
    va_end(values);
    if (status == TRAIL_OK) tell(investigation, line.bytes);
    if (status == TRAIL_OK) status = trail_vector_push(&investigation->notes, &line.bytes, err);
    if (status != TRAIL_OK) trail_text_clear(&line);
    return status;
}

trail_status trail_investigation_cite(const trail_investigation *investigation, const char *name,
                                      trail_text *citation, trail_error *err)
{
    for (size_t i = 0; i < investigation->received.count; i++) {
        const trail_received *received = trail_vector_at(&investigation->received, i);
        if (strcmp(received->name, name) == 0)
            return trail_protect_file(investigation->protection, name, received->receipt.hash,
                                      citation, err);
    }
    const trail_file_report *files = investigation->rejects.files.items;
    for (size_t i = 0; i < investigation->rejects.files.count; i++) {
        if (strcmp(files[i].name, name) == 0)
            return trail_protect_file(investigation->protection, name, files[i].hash, citation,
                                      err);
    }
    return trail_text_add(citation, trail_slice_of(name), err);
}

trail_findings trail_investigation_findings(const trail_investigation *investigation)
{
    const trail_case *case_file = investigation->case_file;
    return (trail_findings){.mandate = &case_file->mandate,
                            .sources = case_file->sources.items,
                            .source_count = case_file->sources.count,
                            .people = &case_file->people,
                            .decisions = &case_file->decisions,
                            .protection = investigation->protection,
                            .ledger = &investigation->ledger,
                            .ids = &investigation->ids,
                            .rejects = &investigation->rejects,
                            .duplicates = &investigation->duplicates,
                            .statement_checks = &investigation->statement_checks,
                            .coverage = &investigation->coverage,
                            .reversals = &investigation->reversals,
                            .reply_check = &investigation->reply_check,
                            .identity = &investigation->identity,
                            .matching = &investigation->matching,
                            .conflicts = &investigation->conflicts,
                            .subsets = &investigation->subsets,
                            .links = &investigation->links,
                            .proceeds = &investigation->proceeds,
                            .notes = &investigation->notes,
                            .trace = &investigation->trace,
                            .routes = &investigation->routes,
                            .route_limits = &case_file->route_limits,
                            .communities = &investigation->communities,
                            .evidence_digest = investigation->evidence_digest,
                            .program_version = trail_version()};
}
