#include "base/attributes.h"
#include "export/csv_exports.h"
#include "export/table.h"
#include "trace/tracing_rule.h"

static const char *const headings[] = {
    "rule",         "proceeds",      "payment",      "booking_date",     "payer",
    "payer_number", "payee",         "payee_number", "amount",           "currency",
    "left",         "left_currency", "entered",      "entered_currency", "records",
};

static void write_traced(trail_table *table, const trail_traced_payment *traced)
{
    const trail_findings *findings = table->findings;
    const trail_proceeds *proceeds = trail_vector_at(findings->proceeds, traced->proceeds);
    trail_leg debit = trail_ledger_debit(findings->ledger, traced->payment);
    trail_leg credit = trail_ledger_credit(findings->ledger, traced->payment);
    trail_table_word(table, trail_tracing_rules[traced->rule]->name);
    trail_table_text(table, trail_slice_of(proceeds->rule->id));
    trail_table_payment(table, traced->payment);
    trail_table_day(table, debit.booking_day);
    trail_table_account(table, debit.account);
    trail_table_account_number(table, debit.account);
    trail_table_account(table, credit.account);
    trail_table_account_number(table, credit.account);
    trail_table_amount(table, debit.amount_minor, debit.currency);
    trail_table_currency(table, debit.currency);
    trail_table_amount(table, traced->left_minor, debit.currency);
    trail_table_currency(table, debit.currency);
    trail_table_amount(table, traced->entered_minor, credit.currency);
    trail_table_currency(table, credit.currency);
    trail_table_records(table, traced->payment);
    trail_table_row_end(table);
}

trail_status trail_write_trace_csv(const trail_findings *findings, const char *path,
                                   trail_error *err)
{
    trail_table table;
    trail_status status =
        trail_table_open(&table, findings, path, headings, TRAIL_LENGTH_OF(headings), err);
    if (status != TRAIL_OK) return status;
    for (size_t i = 0; i < findings->trace->payments.count && table.status == TRAIL_OK; i++)
        write_traced(&table, trail_vector_at(&findings->trace->payments, i));
    return trail_table_finish(&table);
}
