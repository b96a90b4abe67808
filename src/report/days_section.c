#include "report/section.h"

static int64_t day_of(const trail_totals_row *row)
{
    return (int64_t)trail_totals_first(row->key) - 0x80000000LL;
}

trail_status trail_report_days(trail_report_view *view, trail_json *json, trail_error *err)
{
    static const char *const keys[] = {"day", "currency", "count", "double", "amount"};
    static const char *const traced_keys[] = {"day", "rule", "currency", "amount"};
    trail_status status = trail_totals_sort(&view->days, err);

    if (status == TRAIL_OK) status = trail_totals_sort(&view->traced_days, err);
    if (status != TRAIL_OK) return status;
    trail_json_object(json, "days");
    for (size_t key = 0; key < TRAIL_LENGTH_OF(keys); key++) {
        trail_json_array(json, keys[key]);
        for (size_t i = 0; i < view->days.rows.count; i++) {
            const trail_totals_row *row = trail_vector_at(&view->days.rows, i);
            const uint32_t currency = trail_totals_second(row->key);
            const int64_t values[] = {day_of(row), currency, row->out_count, row->double_count};

            if (key < TRAIL_LENGTH_OF(values)) {
                trail_json_integer(json, NULL, values[key]);
            } else {
                trail_report_money(json, NULL, row->out_minor, (trail_currency)currency);
            }
        }
        trail_json_array_end(json);
    }
    trail_json_object_end(json);
    trail_json_object(json, "traced_days");
    for (size_t key = 0; key < TRAIL_LENGTH_OF(traced_keys); key++) {
        trail_json_array(json, traced_keys[key]);
        for (size_t i = 0; i < view->traced_days.rows.count; i++) {
            const trail_totals_row *row = trail_vector_at(&view->traced_days.rows, i);
            const uint32_t currency = trail_totals_third(row->key);
            const int64_t values[] = {day_of(row), trail_totals_second(row->key), currency};

            if (key < TRAIL_LENGTH_OF(values)) {
                trail_json_integer(json, NULL, values[key]);
            } else {
                trail_report_money(json, NULL, row->out_minor, (trail_currency)currency);
            }
        }
        trail_json_array_end(json);
    }
    trail_json_object_end(json);
    return TRAIL_OK;
}
