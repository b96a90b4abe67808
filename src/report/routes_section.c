#include "report/section.h"

static void write_step(const trail_report_view *view, const trail_route_step *step,
                       trail_json *json)
{
    trail_json_object(json, NULL);
    trail_json_integer(json, "payment", view->payment_place[step->payment]);
    if (step->twin != TRAIL_NO_PAYMENT) {
        trail_json_integer(json, "twin", view->payment_place[step->twin]);
    } else {
        trail_json_null(json, "twin");
    }
    trail_json_integer(json, "days_held", step->days_held);
    trail_json_integer(json, "share_kept", step->share_kept_millionths);
    trail_json_boolean(json, "same_day", step->same_day);
    trail_json_boolean(json, "payer_not_observed", step->payer_not_observed);
    trail_json_boolean(json, "may_be_double", step->may_be_double);
    trail_json_object_end(json);
}

trail_status trail_report_routes(trail_report_view *view, trail_json *json, trail_error *err)
{
    const trail_routes *routes = view->findings->routes;

    (void)err;
    trail_json_array(json, "routes");
    for (size_t i = 0; i < routes->routes.count && i < view->budget.routes; i++) {
        const trail_route *route = trail_vector_at(&routes->routes, i);

        trail_json_object(json, NULL);
        trail_json_integer(json, "proceeds", route->proceeds);
        trail_json_integer(json, "end", route->end);
        trail_json_integer(json, "currency", route->currency);
        trail_report_money(json, "got_through", route->got_through_minor, route->currency);
        trail_json_integer(json, "days", route->days);
        trail_json_integer(json, "end_account", trail_report_place(view, route->end_account));
        trail_json_array(json, "steps");
        for (size_t s = 0; s < route->step_count; s++) {
            write_step(view, trail_vector_at(&routes->steps, route->first_step + s), json);
        }
        trail_json_array_end(json);
        trail_json_object_end(json);
    }
    trail_json_array_end(json);
    return TRAIL_OK;
}
