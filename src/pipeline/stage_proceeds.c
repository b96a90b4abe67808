#include "base/memory.h"
#include "model/money.h"
#include "pipeline/decided.h"
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

/* applied: one for each decision of the case (trail_free). */
static trail_status find_decided(trail_investigation *investigation, trail_vector *decided,
                                 bool **applied, trail_error *err)
{
    const trail_vector *decisions = &investigation->case_file->decisions.decisions;
    trail_vector found;
    trail_status status =
        trail_decided_payments(investigation, TRAIL_DECISION_PROCEEDS, &found, err);
    if (status == TRAIL_OK)
        status = trail_alloc_zeroed(applied, decisions->count, sizeof **applied, err);
    for (size_t i = 0; i < found.count && status == TRAIL_OK; i++) {
        const trail_decided *one = trail_vector_at(&found, i);
        const trail_decision *decision = trail_vector_at(decisions, one->decision);
        trail_decided_proceeds said = {.id = decision->value,
                                       .payment = one->payment,
                                       .refused = decision->refused,
                                       .applied = *applied + one->decision};
        status = trail_vector_push(decided, &said, err);
    }
    trail_vector_clear(&found);
    return status;
}

trail_status trail_stage_proceeds(trail_investigation *investigation, uint64_t *made,
                                  trail_error *err)
{
    const trail_case *case_file = investigation->case_file;
    trail_vector notes = trail_vector_of(sizeof(char *));
    trail_vector decided = trail_vector_of(sizeof(trail_decided_proceeds));
    if (case_file->proceeds.count == 0)
        return trail_investigation_note(
            investigation, err,
            "No proceeds are marked, so nothing is traced: under `proceeds:` in case.yaml, select "
            "the payments through which the money of the offence entered");
    bool *applied = NULL;
    trail_status status = find_decided(investigation, &decided, &applied, err);
    if (status == TRAIL_OK)
        status = trail_proceeds_select(&investigation->ledger, &case_file->people,
                                       case_file->proceeds.items, case_file->proceeds.count,
                                       &investigation->matching.doubles, &decided,
                                       &investigation->proceeds, &notes, err);
    for (size_t i = 0; applied != NULL && i < case_file->decisions.decisions.count; i++) {
        trail_decision *decision = trail_vector_at(&case_file->decisions.decisions, i);
        if (applied[i]) decision->outcome = TRAIL_DECISION_APPLIED;
    }
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
    trail_vector_clear(&decided);
    trail_free(applied);
    return status;
}
