#include "base/memory.h"
#include "model/money.h"
#include "pipeline/stage.h"

static trail_status tell_selection(trail_investigation *investigation,
                                   const trail_proceeds *proceeds, trail_error *err)
{
    char amount[TRAIL_MONEY_TEXT];
    trail_money_format(proceeds->amount_minor, proceeds->currency, amount);
    return trail_investigation_note(
        investigation, err, "Proceeds %s: payments marked: %zu, together %s %s", proceeds->rule->id,
        proceeds->marks.count, amount, trail_currency_code(proceeds->currency));
}

trail_status trail_stage_proceeds(trail_investigation *investigation, uint64_t *made,
                                  trail_error *err)
{
    const trail_case *case_file = investigation->case_file;
    trail_vector notes = trail_vector_of(sizeof(char *));
    if (case_file->proceeds.count == 0)
        return trail_investigation_note(
            investigation, err,
            "No proceeds are marked, so nothing is traced: under `proceeds:` in case.yaml, select "
            "the payments through which the money of the offence entered");
    trail_status status =
        trail_proceeds_select(&investigation->ledger, &case_file->people, case_file->proceeds.items,
                              case_file->proceeds.count, &investigation->pairing.doubles,
                              &investigation->proceeds, &notes, err);
    for (size_t i = 0; i < investigation->proceeds.count && status == TRAIL_OK; i++) {
        const trail_proceeds *proceeds = trail_vector_at(&investigation->proceeds, i);
        status = tell_selection(investigation, proceeds, err);
        *made += proceeds->marks.count;
    }
    for (size_t i = 0; i < notes.count; i++) {
        char *note = *(char **)trail_vector_at(&notes, i);
        if (status == TRAIL_OK) status = trail_investigation_note(investigation, err, "%s", note);
        trail_free(note);
    }
    trail_vector_clear(&notes);
    return status;
}
