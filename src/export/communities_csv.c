#include <stdio.h>

#include "base/attributes.h"
#include "base/failure.h"
#include "base/memory.h"
#include "base/wide.h"
#include "export/csv_exports.h"
#include "export/table.h"
#include "trace/tracing_rule.h"

static const char *const headings[] = {
    "group", "accounts", "largest_account", "largest_number", "currency",     "inside",
    "in",    "out",      "payments_inside", "payments_in",    "payments_out", "may_be_double",
};
#define RULES_MOST 16

/* The flow of that group and currency, or flows->count. */
static size_t find_flow(const trail_vector *flows, uint32_t group, trail_currency currency)
{
    const trail_group_flow *flow = flows->items;
    size_t low = 0, high = flows->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (flow[middle].group < group ||
            (flow[middle].group == group && flow[middle].currency < currency))
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < flows->count && flow[low].group == group && flow[low].currency == currency;
    return found ? low : flows->count;
}

static trail_status add_to(const trail_vector *flows, int64_t *sums, uint32_t group,
                           trail_currency currency, int64_t amount_minor, trail_error *err)
{
    size_t at = find_flow(flows, group, currency);
    if (at == flows->count || trail_add_checked(sums[at], amount_minor, &sums[at])) return TRAIL_OK;
    return trail_fail(err, TRAIL_OVERFLOW, "what may be double of a group");
}

/* What the flows of a group could count twice: pairs that may be one payment where each side names
 * both accounts, for one that does not is no part of a flow. */
static trail_status sum_doubles(const trail_findings *findings, int64_t *sums, trail_error *err)
{
    const trail_ledger *ledger = findings->ledger;
    const trail_vector *flows = &findings->communities->flows;
    const uint32_t *group_of = findings->communities->group_of;
    trail_status status = TRAIL_OK;
    for (size_t i = 0; i < findings->matching->doubles.count && status == TRAIL_OK; i++) {
        const trail_possible_double *pair = trail_vector_at(&findings->matching->doubles, i);
        uint32_t payer = ledger->payer[pair->credit_payment];
        uint32_t payee = ledger->payee[pair->debit_payment];
        if (payer == TRAIL_NO_ACCOUNT || payee == TRAIL_NO_ACCOUNT) continue;
        trail_leg debit = trail_ledger_debit(ledger, pair->debit_payment);
        if (group_of[payer] != TRAIL_NO_GROUP)
            status = add_to(flows, sums, group_of[payer], debit.currency, debit.amount_minor, err);
        if (status == TRAIL_OK && group_of[payee] != TRAIL_NO_GROUP &&
            group_of[payee] != group_of[payer])
            status = add_to(flows, sums, group_of[payee], debit.currency, debit.amount_minor, err);
    }
    return status;
}

/* Traced money that came into the group from outside it (or whose payer is not named), by rule,
 * proceeds together; in the currency in which it entered. */
static trail_status sum_traced(const trail_findings *findings, int64_t *sums, size_t rules,
                               trail_error *err)
{
    const trail_ledger *ledger = findings->ledger;
    const uint32_t *group_of = findings->communities->group_of;
    for (size_t i = 0; i < findings->trace->payments.count; i++) {
        const trail_traced_payment *traced = trail_vector_at(&findings->trace->payments, i);
        uint32_t payer = ledger->payer[traced->payment], payee = ledger->payee[traced->payment];
        uint32_t group = payee == TRAIL_NO_ACCOUNT ? TRAIL_NO_GROUP : group_of[payee];
        if (group == TRAIL_NO_GROUP || (payer != TRAIL_NO_ACCOUNT && group_of[payer] == group))
            continue;
        trail_currency currency = trail_ledger_credit(ledger, traced->payment).currency;
        size_t at = find_flow(&findings->communities->flows, group, currency);
        if (at == findings->communities->flows.count) continue;
        int64_t *sum = &sums[at * rules + traced->rule];
        if (!trail_add_checked(*sum, traced->entered_minor, sum))
            return trail_fail(err, TRAIL_OVERFLOW, "the traced total of a group");
    }
    return TRAIL_OK;
}

static void write_flow(trail_table *table, const trail_group_flow *flow, int64_t double_minor,
                       const int64_t *sums, size_t rules)
{
    const trail_communities *communities = table->findings->communities;
    const trail_group *group = trail_vector_at(&communities->groups, flow->group);
    trail_table_number(table, (int64_t)flow->group + 1);
    trail_table_number(table, group->member_count);
    trail_table_account(table, group->largest_account);
    trail_table_account_number(table, group->largest_account);
    trail_table_currency(table, flow->currency);
    trail_table_amount(table, flow->inside_minor, flow->currency);
    trail_table_amount(table, flow->in_minor, flow->currency);
    trail_table_amount(table, flow->out_minor, flow->currency);
    trail_table_number(table, flow->inside_count);
    trail_table_number(table, flow->in_count);
    trail_table_number(table, flow->out_count);
    trail_table_amount(table, double_minor, flow->currency);
    for (size_t rule = 0; rule < rules; rule++)
        trail_table_amount(table, sums[rule], flow->currency);
    trail_table_row_end(table);
}

trail_status trail_write_communities_csv(const trail_findings *findings, const char *path,
                                         trail_error *err)
{
    trail_table table;
    size_t rules = trail_tracing_rule_count();
    const trail_vector *flows = &findings->communities->flows;
    char traced_headings[RULES_MOST][40];
    const char *all[TRAIL_LENGTH_OF(headings) + RULES_MOST];
    int64_t *sums = NULL, *doubles = NULL;
    for (size_t i = 0; i < TRAIL_LENGTH_OF(headings); i++)
        all[i] = headings[i];
    for (size_t i = 0; i < rules; i++) {
        snprintf(traced_headings[i], sizeof traced_headings[i], "traced_in_%s",
                 trail_tracing_rules[i]->name);
        all[TRAIL_LENGTH_OF(headings) + i] = traced_headings[i];
    }
    trail_status status = trail_alloc_zeroed(&sums, flows->count * rules, sizeof *sums, err);
    if (status == TRAIL_OK)
        status = trail_alloc_zeroed(&doubles, flows->count, sizeof *doubles, err);
    if (status == TRAIL_OK) status = sum_traced(findings, sums, rules, err);
    if (status == TRAIL_OK) status = sum_doubles(findings, doubles, err);
    if (status == TRAIL_OK)
        status =
            trail_table_open(&table, findings, path, all, TRAIL_LENGTH_OF(headings) + rules, err);
    if (status == TRAIL_OK) {
        for (size_t i = 0; i < flows->count && table.status == TRAIL_OK; i++)
            write_flow(&table, trail_vector_at(flows, i), doubles[i], sums + i * rules, rules);
        status = trail_table_finish(&table);
    }
    trail_free(sums);
    trail_free(doubles);
    return status;
}
