#include "base/attributes.h"
#include "base/wide.h"
#include "model/money.h"
#include "pipeline/stage.h"
#include "trace/tracing_rule.h"

/* One term of the proof; terms of nothing are left out. */
static trail_status add_term(trail_text *line, const char *words, int64_t minor,
                             trail_currency currency, bool *first, trail_error *err)
{
    char amount[TRAIL_MONEY_TEXT];
    if (minor == 0) return TRAIL_OK;
    trail_money_format(minor, currency, amount);
    const char *joint = *first ? "" : " + ";
    *first = false;
    return trail_text_add_format(line, err, "%s%s %s", joint, words, amount);
}

/* Units that an earlier proceeds marked keep that mark, so less may be introduced than marked. */
static trail_status add_kept_marks(trail_text *sentence, const trail_proceeds *proceeds,
                                   const trail_conservation *line, trail_error *err)
{
    char introduced[TRAIL_MONEY_TEXT], text[TRAIL_MONEY_TEXT];
    int64_t marked = 0;
    if (line->currency != proceeds->currency) return TRAIL_OK;
    for (size_t i = 0; i < proceeds->marks.count; i++) {
        const trail_mark *mark = trail_vector_at(&proceeds->marks, i);
        if (!trail_add_checked(marked, mark->amount_minor, &marked)) return TRAIL_OK;
    }
    if (line->introduced_minor >= marked) return TRAIL_OK;
    trail_money_format(line->introduced_minor, line->currency, introduced);
    trail_money_format(marked, line->currency, text);
    return trail_text_add_format(sentence, err,
                                 "%sintroduced %s of %s marked: the rest keeps an earlier mark",
                                 sentence->length > 0 ? "; " : "", introduced, text);
}

/* The proof that no money was lost or made, one line per rule, proceeds and currency: what came in
 * on the left, where it is on the right. */
static trail_status tell_conservation(trail_investigation *investigation,
                                      const trail_conservation *line, trail_error *err)
{
    const trail_proceeds *proceeds = trail_vector_at(&investigation->proceeds, line->proceeds);
    const struct {
        const char *words;
        int64_t minor;
    } terms[] = {
        {"introduced", line->introduced_minor},
        {"entered by conversion", -line->converted_in_minor},
        {"in accounts", line->held_minor},
        {"in transit", line->transit_minor},
        {"left as cash, card, fee or to the bank", line->sinks_minor},
        {"where our records end", line->frontier_minor},
        {"left by conversion", line->converted_out_minor},
    };
    trail_text sentence = {0};
    bool first = true;
    trail_status status = TRAIL_OK;
    bool any = line->introduced_minor != 0 || line->converted_in_minor != 0;
    for (size_t i = 0; any && i < TRAIL_LENGTH_OF(terms) && status == TRAIL_OK; i++) {
        if (i == 2) status = trail_text_add(&sentence, trail_slice_of(" = "), err);
        if (i == 2) first = true;
        if (status == TRAIL_OK)
            status =
                add_term(&sentence, terms[i].words, terms[i].minor, line->currency, &first, err);
    }
    if (status == TRAIL_OK) status = add_kept_marks(&sentence, proceeds, line, err);
    if (status == TRAIL_OK && sentence.length > 0)
        status = trail_investigation_say(investigation, err, "%s, proceeds %s, %s: %s",
                                         trail_tracing_rules[line->rule]->name, proceeds->rule->id,
                                         trail_currency_code(line->currency), sentence.bytes);
    trail_text_clear(&sentence);
    return status;
}

trail_status trail_stage_trace(trail_investigation *investigation, uint64_t *made, trail_error *err)
{
    trail_status status = trail_trace_run(
        &investigation->trace, &investigation->ledger, &investigation->reversals,
        &investigation->proceeds, investigation->threads, investigation->options.progress, err);
    for (size_t i = 0; i < investigation->trace.conservation.count && status == TRAIL_OK; i++)
        status = tell_conservation(investigation,
                                   trail_vector_at(&investigation->trace.conservation, i), err);
    *made = investigation->trace.payments.count;
    return status;
}
