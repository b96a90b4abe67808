#include "report/section.h"

static void write_flows(const trail_report_view *view, size_t group, size_t *flow, trail_json *json)
{
    const trail_vector *flows = &view->findings->communities->flows;

    trail_json_array(json, "flows");
    for (; *flow < flows->count; (*flow)++) {
        const trail_group_flow *row = trail_vector_at(flows, *flow);

        if (row->group != group) break;
        trail_json_object(json, NULL);
        trail_json_integer(json, "currency", row->currency);
        trail_report_money(json, "inside", row->inside_minor, row->currency);
        trail_report_money(json, "in", row->in_minor, row->currency);
        trail_report_money(json, "out", row->out_minor, row->currency);
        trail_json_integer(json, "inside_count", row->inside_count);
        trail_json_integer(json, "in_count", row->in_count);
        trail_json_integer(json, "out_count", row->out_count);
        trail_json_object_end(json);
    }
    trail_json_array_end(json);
}

static void write_groups(const trail_report_view *view, trail_json *json)
{
    const trail_communities *communities = view->findings->communities;
    size_t flow = 0;

    trail_json_array(json, "groups");
    for (size_t i = 0; i < communities->groups.count; i++) {
        const trail_group *group = trail_vector_at(&communities->groups, i);

        trail_json_object(json, NULL);
        trail_json_integer(json, "number", (int64_t)i + 1);
        trail_json_integer(json, "count", group->member_count);
        trail_json_integer(json, "largest", trail_report_place(view, group->largest_account));
        write_flows(view, i, &flow, json);
        trail_json_object_end(json);
    }
    trail_json_array_end(json);
}

static void write_traced_groups(const trail_report_view *view, trail_json *json)
{
    static const char *const keys[] = {"group", "rule", "currency", "in"};

    trail_json_object(json, "traced_groups");
    for (size_t key = 0; key < TRAIL_LENGTH_OF(keys); key++) {
        trail_json_array(json, keys[key]);
        for (size_t i = 0; i < view->traced_groups.rows.count; i++) {
            const trail_totals_row *row = trail_vector_at(&view->traced_groups.rows, i);
            const uint32_t parts[] = {trail_totals_first(row->key), trail_totals_second(row->key),
                                      trail_totals_third(row->key)};

            if (key < 3) {
                trail_json_integer(json, NULL, parts[key]);
            } else {
                trail_report_money(json, NULL, row->in_minor, (trail_currency)parts[2]);
            }
        }
        trail_json_array_end(json);
    }
    trail_json_object_end(json);
}

static void write_links(const trail_report_view *view, trail_json *json)
{
    static const char *const keys[] = {"payer",  "payee", "currency", "count",
                                       "double", "first", "last",     "amount"};

    trail_json_object(json, "links");
    for (size_t key = 0; key < TRAIL_LENGTH_OF(keys); key++) {
        trail_json_array(json, keys[key]);
        for (size_t i = 0; i < view->links.count; i++) {
            const uint32_t at = *(const uint32_t *)trail_vector_at(&view->links, i);
            const trail_link *link = trail_vector_at(view->findings->links, at);
            const int64_t values[] = {trail_report_place(view, link->payer),
                                      trail_report_place(view, link->payee),
                                      link->currency,
                                      link->count,
                                      link->may_be_double,
                                      link->first_day,
                                      link->last_day};

            if (key < TRAIL_LENGTH_OF(values)) {
                trail_json_integer(json, NULL, values[key]);
            } else {
                trail_report_money(json, NULL, link->amount_minor, link->currency);
            }
        }
        trail_json_array_end(json);
    }
    trail_json_object_end(json);
}

trail_status trail_report_groups(trail_report_view *view, trail_json *json, trail_error *err)
{
    trail_status status = trail_totals_sort(&view->traced_groups, err);

    if (status != TRAIL_OK) return status;
    write_groups(view, json);
    write_traced_groups(view, json);
    write_links(view, json);
    return TRAIL_OK;
}
