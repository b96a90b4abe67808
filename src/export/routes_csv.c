#include "base/attributes.h"
#include "export/csv_exports.h"
#include "export/table.h"

static const char *const headings[] = {
    "route",         "proceeds",
    "currency",      "got_through",
    "days",          "ends",
    "end_account",   "end_number",
    "steps",         "step",
    "payment",       "booking_date",
    "payer",         "payer_number",
    "payee",         "payee_number",
    "amount",        "amount_currency",
    "days_held",     "share_kept",
    "same_day",      "stop_not_observed",
    "may_be_double", "records",
};

static const char *end_name(trail_route_end end)
{
    static const char *const names[] = {"destination", "where our records end", "left as cash",
                                        "left as card", "left as fee"};
    return names[end];
}

static void write_step(trail_table *table, size_t number, const trail_route *route, uint32_t place)
{
    const trail_findings *findings = table->findings;
    const trail_proceeds *proceeds = trail_vector_at(findings->proceeds, route->proceeds);
    const trail_route_step *step =
        trail_vector_at(&findings->routes->steps, route->first_step + place);
    trail_leg debit = trail_ledger_debit(findings->ledger, step->payment);
    trail_table_number(table, (int64_t)number);
    trail_table_text(table, trail_slice_of(proceeds->rule->id));
    trail_table_currency(table, route->currency);
    trail_table_amount(table, route->got_through_minor, route->currency);
    trail_table_number(table, route->days);
    trail_table_word(table, end_name((trail_route_end)route->end));
    trail_table_account(table, route->end_account);
    trail_table_account_number(table, route->end_account);
    trail_table_number(table, route->step_count);
    trail_table_number(table, (int64_t)place + 1);
    trail_table_payment(table, step->payment);
    trail_table_day(table, debit.booking_day);
    trail_table_account(table, debit.account);
    trail_table_account_number(table, debit.account);
    trail_table_account(table, findings->ledger->payee[step->payment]);
    trail_table_account_number(table, findings->ledger->payee[step->payment]);
    trail_table_amount(table, debit.amount_minor, debit.currency);
    trail_table_currency(table, debit.currency);
    trail_table_number(table, step->days_held);
    trail_table_share(table, step->share_kept_millionths);
    trail_table_yes(table, step->same_day);
    trail_table_yes(table, step->payer_not_observed);
    trail_table_yes(table, step->may_be_double);
    trail_table_records(table, step->payment);
    trail_table_row_end(table);
}

trail_status trail_write_routes_csv(const trail_findings *findings, const char *path,
                                    trail_error *err)
{
    trail_table table;
    trail_status status =
        trail_table_open(&table, findings, path, headings, TRAIL_LENGTH_OF(headings), err);
    if (status != TRAIL_OK) return status;
    for (size_t i = 0; i < findings->routes->routes.count && table.status == TRAIL_OK; i++) {
        const trail_route *route = trail_vector_at(&findings->routes->routes, i);
        for (uint32_t place = 0; place < route->step_count; place++)
            write_step(&table, i + 1, route, place);
    }
    return trail_table_finish(&table);
}
