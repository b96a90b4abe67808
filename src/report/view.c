#include "report/view.h"

#include <string.h>

#include "base/memory.h"
#include "trace/tracing_rule.h"

trail_report_budget trail_report_budget_default(void)
{
    return (trail_report_budget){
        .accounts = 2000, .links = 10000, .payments = 100000, .routes = 2000, .rejects = 1000};
}

size_t trail_report_rule_count(const trail_findings *findings)
{
    return findings->proceeds->count == 0 ? 0 : trail_tracing_rule_count();
}

trail_status trail_report_view_init(trail_report_view *view, const trail_findings *findings,
                                    const trail_report_budget *budget, trail_error *err)
{
    trail_status status;

    memset(view, 0, sizeof *view);
    view->findings = findings;
    view->budget = *budget;
    view->sums = trail_totals_empty();
    view->traced_accounts = trail_totals_empty();
    view->traced_groups = trail_totals_empty();
    view->traced_payments = trail_totals_empty();
    view->days = trail_totals_empty();
    view->traced_days = trail_totals_empty();
    view->payments = trail_vector_of(sizeof(uint32_t));
    view->accounts = trail_vector_of(sizeof(uint32_t));
    view->links = trail_vector_of(sizeof(uint32_t));
    if ((status = trail_strings_new(&view->texts, err)) != TRAIL_OK) return status;
    if ((status = trail_report_sum(view, err)) != TRAIL_OK) return status;
    return trail_report_choose(view, err);
}

void trail_report_view_clear(trail_report_view *view)
{
    trail_totals_clear(&view->sums);
    trail_totals_clear(&view->traced_accounts);
    trail_totals_clear(&view->traced_groups);
    trail_totals_clear(&view->traced_payments);
    trail_totals_clear(&view->days);
    trail_totals_clear(&view->traced_days);
    trail_map64_clear(&view->marks);
    trail_free(view->largest_payment);
    trail_free(view->largest_turnover);
    trail_free(view->payment_class);
    trail_free(view->payment_place);
    trail_free(view->account_place);
    trail_vector_clear(&view->payments);
    trail_vector_clear(&view->accounts);
    trail_vector_clear(&view->links);
    trail_strings_free(view->texts);
    trail_map64_clear(&view->text_place);
}

uint32_t trail_report_payment(const trail_report_view *view, size_t place)
{
    return *(const uint32_t *)trail_vector_at(&view->payments, place);
}

uint32_t trail_report_account(const trail_report_view *view, size_t place)
{
    return *(const uint32_t *)trail_vector_at(&view->accounts, place);
}

int64_t trail_report_place(const trail_report_view *view, uint32_t account)
{
    if (account == TRAIL_NO_ACCOUNT) return -1;
    return view->account_place[account] == TRAIL_NOT_SHOWN ? -1
                                                           : (int64_t)view->account_place[account];
}

trail_status trail_report_text(trail_report_view *view, trail_slice text, uint32_t *number,
                               trail_error *err)
{
    trail_text shown = {0};
    trail_status status = trail_protect_text(view->findings->protection, text, &shown, err);

    if (status == TRAIL_OK) {
        status = trail_strings_put(view->texts, trail_text_slice(&shown), number, err);
    }
    trail_text_clear(&shown);
    return status;
}

trail_status trail_report_ledger_text(trail_report_view *view, uint32_t string, uint32_t *number,
                                      trail_error *err)
{
    trail_status status;
    uint32_t *place;

    *number = 0;
    if (string == 0) return TRAIL_OK;
    if (trail_map64_find(&view->text_place, string, number)) return TRAIL_OK;
    status = trail_report_text(view, trail_strings_get(view->findings->ledger->strings, string),
                               number, err);
    if (status != TRAIL_OK) return status;
    place = trail_map64_at(&view->text_place, string, *number, err);
    return place == NULL ? TRAIL_NO_MEMORY : TRAIL_OK;
}
