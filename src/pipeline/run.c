#include <moneytrail/run.h>

#include <stdio.h>
#include <string.h>

#include "base/failure.h"
#include "pipeline/stage.h"

static trail_status find_stage(const char *only, size_t *stage, trail_error *err)
{
    for (*stage = 0; *stage < trail_stage_total; (*stage)++) {
        if (strcmp(trail_stages[*stage].name, only) == 0) return TRAIL_OK;
    }
    size_t best = 0, best_distance = SIZE_MAX;
    for (size_t i = 0; i < trail_stage_total; i++) {
        size_t distance =
            trail_slice_distance(trail_slice_of(only), trail_slice_of(trail_stages[i].name));
        if (distance < best_distance) {
            best = i;
            best_distance = distance;
        }
    }
    return trail_fail(err, TRAIL_USAGE, "there is no stage '%s': did you mean '%s'?", only,
                      trail_stages[best].name);
}

static trail_status read_case(trail_investigation *investigation, trail_error *err)
{
    trail_vector messages = trail_vector_of(sizeof(char *));
    trail_status status =
        trail_case_read(&investigation->case_file, investigation->case_folder, &messages, err);
    const trail_notices *notices = investigation->options.notices;
    for (size_t i = 0; i < messages.count && notices != NULL && notices->say != NULL; i++)
        notices->say(notices->context, *(char **)trail_vector_at(&messages, i));
    trail_case_messages_clear(&messages);
    return status;
}

/* The stages that the chosen one needs, in order; then ids, which all outputs carry. */
static trail_status run_stages(trail_investigation *investigation, uint32_t chosen,
                               trail_error *err)
{
    trail_run_summary *summary = &investigation->summary;
    for (size_t i = 0; i < trail_stage_total; i++) {
        const trail_stage *stage = &trail_stages[i];
        if ((chosen & (1u << i)) == 0) continue;
        uint64_t made = 0;
        trail_status status = stage->run(investigation, &made, err);
        if (status != TRAIL_OK) return status;
        summary->stages[summary->stage_count++] =
            (trail_run_stage){.name = stage->name, .rows = made, .unit = stage->unit};
    }
    return TRAIL_OK;
}

/* An error may name a party: protected people are replaced here too. */
static void protect_error(const trail_investigation *investigation, trail_error *err)
{
    trail_text shown = {0};
    if (err == NULL || investigation->protection == NULL) return;
    if (trail_protect_text(investigation->protection, trail_slice_of(err->message), &shown, NULL) ==
        TRAIL_OK)
        snprintf(err->message, sizeof err->message, "%s", shown.bytes);
    trail_text_clear(&shown);
}

trail_status trail_run(const char *case_folder, const trail_run_options *options,
                       trail_run_summary *summary, trail_error *err)
{
    trail_investigation investigation;
    const char *only = options != NULL ? options->only : NULL;
    uint32_t chosen = (1u << trail_stage_total) - 1;
    trail_status status;
    if (only != NULL) {
        size_t stage;
        if ((status = find_stage(only, &stage, err)) != TRAIL_OK) return status;
        chosen = trail_stages[stage].needs | 1u << stage | 1u << (trail_stage_total - 1);
    }
    status = trail_investigation_init(&investigation, case_folder, options, err);
    if (status == TRAIL_OK) status = read_case(&investigation, err);
    if (status == TRAIL_OK) status = run_stages(&investigation, chosen, err);
    if (status == TRAIL_OK) status = trail_publish(&investigation, only, err);
    if (status != TRAIL_OK) protect_error(&investigation, err);
    trail_run_summary *made = &investigation.summary;
    made->anomalies = made->rows_rejected > 0 || made->files_read_in_part > 0 ||
                      made->files_set_aside > 0 || made->files_not_read > 0 ||
                      made->files_not_listed > 0 || made->statements_not_closing > 0 ||
                      made->statements_totals_differ > 0;
    if (summary != NULL) *summary = *made;
    trail_investigation_clear(&investigation);
    return status;
}
