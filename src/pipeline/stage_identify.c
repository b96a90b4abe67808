#include "pipeline/stage.h"

static trail_status tell_left_out(trail_investigation *investigation, trail_error *err)
{
    const trail_identity *identity = &investigation->identity;
    trail_status status = TRAIL_OK;
    if (identity->blocks_left_out > 0)
        status = trail_investigation_note(
            investigation, err,
            "Names: %zu sets of more than 200 names that share their rare words were not compared "
            "with each other",
            identity->blocks_left_out);
    if (status == TRAIL_OK && identity->pairs_left_out > 0)
        status = trail_investigation_note(
            investigation, err,
            "Names: %zu pairs of accounts with names that stand at very many accounts are not "
            "listed in candidates.csv",
            identity->pairs_left_out);
    return status;
}

trail_status trail_stage_identify(trail_investigation *investigation, uint64_t *made,
                                  trail_error *err)
{
    const trail_identity_input input = {&investigation->ledger, &investigation->case_file->people,
                                        &investigation->case_file->decisions, investigation->key};
    trail_status status = trail_identify(&investigation->identity, &input, err);
    if (status == TRAIL_OK) status = tell_left_out(investigation, err);
    *made = investigation->identity.candidates.count;
    return status;
}
