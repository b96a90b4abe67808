#include "base/attributes.h"
#include "export/csv_exports.h"
#include "export/table.h"
#include "trace/tracing_rule.h"

static const char *const headings[] = {
    "rule", "proceeds", "currency", "account", "account_number", "where", "reason", "amount",
};

trail_status trail_write_holdings_csv(const trail_findings *findings, const char *path,
                                      trail_error *err)
{
    trail_table table;
    trail_status status =
        trail_table_open(&table, findings, path, headings, TRAIL_LENGTH_OF(headings), err);
    if (status != TRAIL_OK) return status;
    for (size_t i = 0; i < findings->trace->holdings.count && table.status == TRAIL_OK; i++) {
        const trail_holding *holding = trail_vector_at(&findings->trace->holdings, i);
        const trail_proceeds *proceeds = trail_vector_at(findings->proceeds, holding->proceeds);
        trail_table_word(&table, trail_tracing_rules[holding->rule]->name);
        trail_table_text(&table, trail_slice_of(proceeds->rule->id));
        trail_table_currency(&table, holding->currency);
        trail_table_account(&table, holding->account);
        trail_table_account_number(&table, holding->account);
        trail_table_word(&table, trail_resting_name((trail_resting)holding->where));
        trail_table_word(&table,
                         trail_frontier_reason_name((trail_frontier_reason)holding->reason));
        trail_table_amount(&table, holding->amount_minor, holding->currency);
        trail_table_row_end(&table);
    }
    return trail_table_finish(&table);
}
