#include "report/section.h"

#include "base/memory.h"
#include "export/match_words.h"

static int64_t place_of(const trail_report_view *view, uint32_t payment)
{
    if (payment == TRAIL_NO_PAYMENT || view->payment_place[payment] == TRAIL_NOT_SHOWN) return -1;
    return view->payment_place[payment];
}

static void write_reversal(const trail_report_view *view, const uint32_t *payments,
                           const trail_reversal *pair, const trail_reversal_choice *choice,
                           trail_json *json)
{
    const uint32_t record = pair != NULL ? pair->record : choice->record;
    const uint32_t original = pair != NULL ? pair->original_record : choice->original_record;
    const int64_t places[] = {place_of(view, payments[record]), place_of(view, payments[original])};

    if (places[0] < 0 && places[1] < 0) return;
    trail_json_object(json, NULL);
    trail_json_integer(json, "reversal", places[0]);
    trail_json_integer(json, "original", places[1]);
    trail_json_text(json, "kind",
                    pair == NULL    ? "undecided"
                    : pair->is_void ? "booked in error"
                                    : "return");
    trail_json_boolean(json, "exact", pair != NULL && pair->exact);
    trail_json_boolean(json, "by_reference", pair != NULL && pair->by_reference);
    trail_json_object_end(json);
}

static void write_reversals(const trail_report_view *view, const uint32_t *payments,
                            trail_json *json)
{
    const trail_reversals *found = view->findings->reversals;

    trail_json_array(json, "reversals");
    for (size_t i = 0; payments != NULL && i < found->pairs.count; i++)
        write_reversal(view, payments, trail_vector_at(&found->pairs, i), NULL, json);
    for (size_t i = 0; payments != NULL && i < found->choices.count; i++)
        write_reversal(view, payments, NULL, trail_vector_at(&found->choices, i), json);
    trail_json_array_end(json);
}

/* Records of one account that speak of one movement and contradict each other. */
static void write_conflicts(const trail_report_view *view, const uint32_t *payments,
                            trail_json *json)
{
    const trail_duplicates *found = view->findings->duplicates;

    trail_json_array(json, "conflicts");
    for (size_t i = 0; payments != NULL && i < found->conflicts.count; i++) {
        const trail_row_conflict *pair = trail_vector_at(&found->conflicts, i);
        const int64_t one = place_of(view, payments[pair->record]);
        const int64_t other = place_of(view, payments[pair->other_record]);

        if (one < 0 && other < 0) continue;
        trail_json_object(json, NULL);
        trail_json_integer(json, "payment", one);
        trail_json_integer(json, "other", other);
        trail_json_text(json, "difference",
                        trail_row_difference_text((trail_row_difference)pair->difference));
        trail_report_record(view, json, "record", pair->record);
        trail_report_record(view, json, "other_record", pair->other_record);
        trail_json_object_end(json);
    }
    trail_json_array_end(json);
}

/* Payments the amounts of whose two sides differ, and why. */
static trail_status write_differences(const trail_report_view *view, trail_json *json,
                                      trail_error *err)
{
    const trail_vector *matches = &view->findings->matching->matches;
    trail_text text = {0};
    trail_status status = TRAIL_OK;

    trail_json_array(json, "differences");
    for (size_t i = 0; status == TRAIL_OK && i < matches->count; i++) {
        const trail_match *match = trail_vector_at(matches, i);
        const int64_t place = place_of(view, match->payment);

        if (!match->scored || match->other != TRAIL_NO_PAYMENT || place < 0 ||
            match->story.link == TRAIL_AMOUNTS_EQUAL)
            continue;
        trail_text_reset(&text);
        status = trail_match_explain(view->findings->ledger, match, &text, err);
        trail_json_array(json, NULL);
        trail_json_integer(json, NULL, place);
        trail_json_slice(json, NULL, trail_text_slice(&text));
        const trail_leg credit = trail_ledger_credit(view->findings->ledger, match->payment);
        trail_report_money(json, NULL, credit.amount_minor, credit.currency);
        trail_json_integer(json, NULL, credit.currency);
        trail_json_array_end(json);
    }
    trail_json_array_end(json);
    trail_text_clear(&text);
    return status;
}

trail_status trail_report_relations(trail_report_view *view, trail_json *json, trail_error *err)
{
    const trail_findings *findings = view->findings;
    uint32_t *payments = NULL;
    trail_status status = TRAIL_OK;

    if (findings->reversals->pairs.count + findings->reversals->choices.count +
            findings->duplicates->conflicts.count >
        0)
        status = trail_record_payments(findings->ledger, &payments, err);
    write_reversals(view, payments, json);
    write_conflicts(view, payments, json);
    trail_free(payments);
    return status == TRAIL_OK ? write_differences(view, json, err) : status;
}
