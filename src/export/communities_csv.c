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
    "in",    "out",      "payments_inside", "payments_in",    "payments_out",
};
#define RULES_MOST 16

/* Traced money that came into the group from outside it (or whose payer is not named), by rule,
 * proceeds together; in the currency in which it entered. */
static trail_status sum_traced(const trail_findings *findings, int64_t *sums, size_t rules,
                               trail_error *err)
{
    const trail_ledger *ledger = findings->ledger;
    const uint32_t *group_of = findings->communities->group_of;
    const trail_group_flow *flows = findings->communities->flows.items;
    size_t flow_count = findings->communities->flows.count;
    for (size_t i = 0; i < findings->trace->payments.count; i++) {
        const trail_traced_payment *traced = trail_vector_at(&findings->trace->payments, i);
        uint32_t payer = ledger->payer[traced->payment], payee = ledger->payee[traced->payment];
        uint32_t group = payee == TRAIL_NO_ACCOUNT ? TRAIL_NO_GROUP : group_of[payee];
        if (group == TRAIL_NO_GROUP || (payer != TRAIL_NO_ACCOUNT && group_of[payer] == group))
            continue;
        trail_currency currency = trail_ledger_credit(ledger, traced->payment).currency;
        size_t low = 0, high = flow_count;
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            if (flows[middle].group < group ||
                (flows[middle].group == group && flows[middle].currency < currency))
                low = middle + 1;
            else
                high = middle;
        }
        if (low == flow_count || flows[low].group != group || flows[low].currency != currency)
            continue;
        int64_t *sum = &sums[low * rules + traced->rule];
        if (!trail_add_checked(*sum, traced->entered_minor, sum))
            return trail_fail(err, TRAIL_OVERFLOW, "the traced total of a group");
    }
    return TRAIL_OK;
}

static void write_flow(trail_table *table, const trail_group_flow *flow, const int64_t *sums,
                       size_t rules)
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
    int64_t *sums = NULL;
    for (size_t i = 0; i < TRAIL_LENGTH_OF(headings); i++)
        all[i] = headings[i];
    for (size_t i = 0; i < rules; i++) {
        snprintf(traced_headings[i], sizeof traced_headings[i], "traced_in_%s",
                 trail_tracing_rules[i]->name);
        all[TRAIL_LENGTH_OF(headings) + i] = traced_headings[i];
    }
    trail_status status = trail_alloc_zeroed(&sums, flows->count * rules, sizeof *sums, err);
    if (status == TRAIL_OK) status = sum_traced(findings, sums, rules, err);
    if (status == TRAIL_OK)
        status =
            trail_table_open(&table, findings, path, all, TRAIL_LENGTH_OF(headings) + rules, err);
    if (status == TRAIL_OK) {
        for (size_t i = 0; i < flows->count && table.status == TRAIL_OK; i++)
            write_flow(&table, trail_vector_at(flows, i), sums + i * rules, rules);
        status = trail_table_finish(&table);
    }
    trail_free(sums);
    return status;
}
