/* The report's totals, over every payment of the ledger: by account, group and day, and what of
 * them is traced under each rule. One pass over payments, one over traced rows. */
#include "report/view.h"

#include "base/memory.h"

static uint32_t day_key(int32_t day)
{
    return (uint32_t)day + 0x80000000u;
}

static void raise_to(int64_t *largest, trail_currency currency, int64_t minor)
{
    if (minor > largest[currency]) largest[currency] = minor;
}

static trail_status sum_payment(trail_report_view *view, uint32_t payment, trail_error *err)
{
    const trail_ledger *ledger = view->findings->ledger;
    const trail_leg debit = trail_ledger_debit(ledger, payment);
    const trail_leg credit = trail_ledger_credit(ledger, payment);
    const bool is_double = (ledger->flags[payment] & TRAIL_MAY_BE_DOUBLE) != 0;
    const int32_t day = ledger->booking_day[payment];
    trail_status status;
    uint64_t key;

    if (day != TRAIL_NO_DAY) {
        if (view->first_day == TRAIL_NO_DAY || day < view->first_day) view->first_day = day;
        if (view->last_day == TRAIL_NO_DAY || day > view->last_day) view->last_day = day;
    }
    if ((ledger->flags[payment] & (TRAIL_VOID | TRAIL_REVERSED)) != 0) return TRAIL_OK;
    raise_to(view->largest_payment, debit.currency, debit.amount_minor);
    if (debit.account != TRAIL_NO_ACCOUNT) {
        key = trail_totals_key(debit.account, debit.currency, 0);
        status = trail_totals_add_out(&view->sums, key, debit.amount_minor, err);
        if (status == TRAIL_OK && is_double) {
            status = trail_totals_add_double(&view->sums, key, debit.amount_minor, err);
        }
        if (status != TRAIL_OK) return status;
    }
    if (credit.account != TRAIL_NO_ACCOUNT) {
        key = trail_totals_key(credit.account, credit.currency, 0);
        status = trail_totals_add_in(&view->sums, key, credit.amount_minor, err);
        if (status == TRAIL_OK && is_double) {
            status = trail_totals_add_double(&view->sums, key, credit.amount_minor, err);
        }
        if (status != TRAIL_OK) return status;
    }
    if (day == TRAIL_NO_DAY) return TRAIL_OK;
    key = trail_totals_key(day_key(day), debit.currency, 0);
    status = trail_totals_add_out(&view->days, key, debit.amount_minor, err);
    if (status == TRAIL_OK && is_double) {
        status = trail_totals_add_double(&view->days, key, debit.amount_minor, err);
    }
    return status;
}

static trail_status note_marks(trail_report_view *view, trail_error *err)
{
    for (size_t i = 0; i < view->findings->proceeds->count; i++) {
        const trail_proceeds *proceeds = trail_vector_at(view->findings->proceeds, i);

        for (size_t m = 0; m < proceeds->marks.count; m++) {
            const trail_mark *mark = trail_vector_at(&proceeds->marks, m);

            if (trail_map64_at(&view->marks, (uint64_t)i << 32 | mark->payment, 1, err) == NULL) {
                return TRAIL_NO_MEMORY;
            }
        }
    }
    return TRAIL_OK;
}

static bool is_mark(const trail_report_view *view, const trail_traced_payment *row)
{
    uint32_t ignored;

    return trail_map64_find(&view->marks, (uint64_t)row->proceeds << 32 | row->payment, &ignored);
}

/* Money that enters a group counts once: payments inside it are left out, the marked ones are the
 * entry themselves. */
static trail_status sum_group(trail_report_view *view, const trail_traced_payment *row,
                              const trail_leg *debit, const trail_leg *credit, trail_error *err)
{
    const trail_communities *communities = view->findings->communities;
    uint32_t from = TRAIL_NO_GROUP, to;

    if (credit->account == TRAIL_NO_ACCOUNT || row->entered_minor == 0) return TRAIL_OK;
    to = communities->group_of[credit->account];
    if (to == TRAIL_NO_GROUP) return TRAIL_OK;
    if (debit->account != TRAIL_NO_ACCOUNT) from = communities->group_of[debit->account];
    if (from == to && !is_mark(view, row)) return TRAIL_OK;
    return trail_totals_add_in(&view->traced_groups,
                               trail_totals_key(to, row->rule, credit->currency),
                               row->entered_minor, err);
}

static trail_status sum_traced(trail_report_view *view, trail_totals *by_rule,
                               const trail_traced_payment *row, trail_error *err)
{
    const trail_ledger *ledger = view->findings->ledger;
    const trail_leg debit = trail_ledger_debit(ledger, row->payment);
    const trail_leg credit = trail_ledger_credit(ledger, row->payment);
    const int32_t day = ledger->booking_day[row->payment];
    trail_status status;

    status = trail_totals_add_out(by_rule, trail_totals_key(row->payment, row->rule, 0),
                                  row->left_minor, err);
    if (status == TRAIL_OK && debit.account != TRAIL_NO_ACCOUNT) {
        status = trail_totals_add_out(&view->traced_accounts,
                                      trail_totals_key(debit.account, row->rule, debit.currency),
                                      row->left_minor, err);
    }
    if (status == TRAIL_OK && credit.account != TRAIL_NO_ACCOUNT) {
        status = trail_totals_add_in(&view->traced_accounts,
                                     trail_totals_key(credit.account, row->rule, credit.currency),
                                     row->entered_minor, err);
    }
    if (status == TRAIL_OK && day != TRAIL_NO_DAY) {
        status = trail_totals_add_out(&view->traced_days,
                                      trail_totals_key(day_key(day), row->rule, debit.currency),
                                      row->left_minor, err);
    }
    return status == TRAIL_OK ? sum_group(view, row, &debit, &credit, err) : status;
}

static trail_status highest_of_rules(trail_report_view *view, const trail_totals *by_rule,
                                     trail_error *err)
{
    for (size_t i = 0; i < by_rule->rows.count; i++) {
        const trail_totals_row *row = trail_vector_at(&by_rule->rows, i);
        trail_totals_row *highest =
            trail_totals_at(&view->traced_payments, trail_totals_first(row->key), err);

        if (highest == NULL) return TRAIL_NO_MEMORY;
        if (row->out_minor > highest->out_minor) highest->out_minor = row->out_minor;
    }
    return TRAIL_OK;
}

trail_status trail_report_sum(trail_report_view *view, trail_error *err)
{
    const trail_findings *findings = view->findings;
    const size_t currencies = trail_currency_count();
    trail_totals by_rule = trail_totals_empty();
    trail_status status;

    view->first_day = view->last_day = TRAIL_NO_DAY;
    status = trail_alloc_zeroed(&view->largest_payment, currencies, sizeof(int64_t), err);
    if (status != TRAIL_OK) goto cleanup;
    status = trail_alloc_zeroed(&view->largest_turnover, currencies, sizeof(int64_t), err);
    if (status == TRAIL_OK) status = note_marks(view, err);
    if (status != TRAIL_OK) goto cleanup;
    for (size_t i = 0; i < findings->ledger->count; i++) {
        if ((status = sum_payment(view, (uint32_t)i, err)) != TRAIL_OK) goto cleanup;
    }
    for (size_t i = 0; i < view->sums.rows.count; i++) {
        const trail_totals_row *row = trail_vector_at(&view->sums.rows, i);
        const trail_currency currency = (trail_currency)trail_totals_second(row->key);

        raise_to(view->largest_turnover, currency,
                 row->in_minor > row->out_minor ? row->in_minor : row->out_minor);
    }
    for (size_t i = 0; i < findings->trace->payments.count; i++) {
        const trail_traced_payment *row = trail_vector_at(&findings->trace->payments, i);

        if ((status = sum_traced(view, &by_rule, row, err)) != TRAIL_OK) goto cleanup;
    }
    status = highest_of_rules(view, &by_rule, err);
cleanup:
    trail_totals_clear(&by_rule);
    return status;
}
