#include "base/attributes.h"
#include "model/money.h"
#include "pipeline/stage.h"
#include "trace/tracing_rule.h"

/* The proof that no money was lost or made, one line per rule, proceeds and currency. */
static trail_status tell_conservation(trail_investigation *investigation,
                                      const trail_conservation *line, trail_error *err)
{
    const trail_proceeds *proceeds = trail_vector_at(&investigation->proceeds, line->proceeds);
    const char *code = trail_currency_code(line->currency);
    const int64_t amounts[] = {line->introduced_minor,  line->held_minor,
                               line->transit_minor,     line->sinks_minor,
                               line->frontier_minor,    line->converted_out_minor,
                               line->converted_in_minor};
    char texts[TRAIL_LENGTH_OF(amounts)][TRAIL_MONEY_TEXT];
    for (size_t i = 0; i < TRAIL_LENGTH_OF(amounts); i++)
        trail_money_format(amounts[i], line->currency, texts[i]);
    trail_status status = trail_investigation_say(
        investigation, err,
        "%s, proceeds %s, %s: introduced %s = in accounts %s + in transit %s + left as cash, card, "
        "fee or other %s + where our records end %s",
        trail_tracing_rules[line->rule]->name, proceeds->rule->id, code, texts[0], texts[1],
        texts[2], texts[3], texts[4]);
    if (status == TRAIL_OK && (line->converted_out_minor != 0 || line->converted_in_minor != 0))
        status = trail_investigation_say(investigation, err,
                                         "  and conversions: left as %s %s, entered as %s %s", code,
                                         texts[5], code, texts[6]);
    return status;
}

trail_status trail_stage_trace(trail_investigation *investigation, uint64_t *made, trail_error *err)
{
    trail_status status =
        trail_trace_run(&investigation->trace, &investigation->ledger, &investigation->proceeds,
                        investigation->threads, investigation->options.progress, err);
    for (size_t i = 0; i < investigation->trace.conservation.count && status == TRAIL_OK; i++)
        status = tell_conservation(investigation,
                                   trail_vector_at(&investigation->trace.conservation, i), err);
    *made = investigation->trace.payments.count;
    return status;
}
