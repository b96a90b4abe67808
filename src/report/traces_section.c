#include "report/section.h"

static trail_status write_proceeds(trail_report_view *view, trail_json *json, trail_error *err)
{
    const trail_vector *all = view->findings->proceeds;
    trail_status status = TRAIL_OK;

    trail_json_array(json, "proceeds");
    for (size_t i = 0; status == TRAIL_OK && i < all->count; i++) {
        const trail_proceeds *proceeds = trail_vector_at(all, i);

        trail_json_object(json, NULL);
        status = trail_report_words(view, json, "id", proceeds->rule->id, err);
        if (status == TRAIL_OK) {
            status = trail_report_words(view, json, "why", proceeds->rule->why, err);
        }
        trail_json_integer(json, "currency", proceeds->currency);
        trail_report_money(json, "amount", proceeds->amount_minor, proceeds->currency);
        trail_json_integer(json, "marks", (int64_t)proceeds->marks.count);
        trail_json_object_end(json);
    }
    trail_json_array_end(json);
    return status;
}

static void write_traced(const trail_report_view *view, trail_json *json)
{
    static const char *const keys[] = {"payment", "rule", "proceeds", "left", "entered"};
    const trail_ledger *ledger = view->findings->ledger;
    const trail_vector *rows = &view->findings->trace->payments;

    trail_json_object(json, "traced");
    for (size_t key = 0; key < TRAIL_LENGTH_OF(keys); key++) {
        trail_json_array(json, keys[key]);
        for (size_t i = 0; i < rows->count; i++) {
            const trail_traced_payment *row = trail_vector_at(rows, i);
            const uint32_t place = view->payment_place[row->payment];
            const int64_t values[] = {place, row->rule, row->proceeds};

            if (place == TRAIL_NOT_SHOWN) continue;
            if (key < TRAIL_LENGTH_OF(values)) {
                trail_json_integer(json, NULL, values[key]);
            } else if (key == 3) {
                trail_report_money(json, NULL, row->left_minor, ledger->currency[row->payment]);
            } else {
                trail_report_money(json, NULL, row->entered_minor,
                                   trail_ledger_credit(ledger, row->payment).currency);
            }
        }
        trail_json_array_end(json);
    }
    trail_json_object_end(json);
}

static void write_holdings(const trail_report_view *view, trail_json *json)
{
    const trail_vector *holdings = &view->findings->trace->holdings;

    trail_json_array(json, "holdings");
    for (size_t i = 0; i < holdings->count; i++) {
        const trail_holding *holding = trail_vector_at(holdings, i);
        const trail_frontier_reason reason = (trail_frontier_reason)holding->reason;

        trail_json_object(json, NULL);
        trail_json_integer(json, "rule", holding->rule);
        trail_json_integer(json, "proceeds", holding->proceeds);
        trail_json_integer(json, "currency", holding->currency);
        trail_json_text(json, "where", trail_resting_name((trail_resting)holding->where));
        trail_json_text(json, "reason",
                        reason == TRAIL_FRONTIER_NONE ? "" : trail_frontier_reason_name(reason));
        trail_json_integer(json, "account", trail_report_place(view, holding->account));
        trail_report_money(json, "amount", holding->amount_minor, holding->currency);
        trail_json_object_end(json);
    }
    trail_json_array_end(json);
}

trail_status trail_report_traces(trail_report_view *view, trail_json *json, trail_error *err)
{
    trail_status status = write_proceeds(view, json, err);

    if (status != TRAIL_OK) return status;
    write_traced(view, json);
    write_holdings(view, json);
    return TRAIL_OK;
}
