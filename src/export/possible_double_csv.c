#include "base/attributes.h"
#include "base/memory.h"
#include "base/wide.h"
#include "export/csv_exports.h"
#include "export/table.h"

static const char *const headings[] = {
    "debit_payment", "debit_date", "payer",         "payer_number",   "credit_payment",
    "credit_date",   "payee",      "payee_number",  "amount",         "currency",
    "total_so_far",  "reason",     "debit_records", "credit_records",
};

trail_status trail_write_possible_double_csv(const trail_findings *findings, const char *path,
                                             trail_error *err)
{
    trail_table table;
    int64_t *totals = NULL;
    const trail_ledger *ledger = findings->ledger;
    trail_status status = trail_alloc_zeroed(&totals, trail_currency_count(), sizeof *totals, err);
    if (status == TRAIL_OK)
        status = trail_table_open(&table, findings, path, headings, TRAIL_LENGTH_OF(headings), err);
    if (status != TRAIL_OK) goto cleanup;
    for (size_t i = 0; i < findings->matching->doubles.count && table.status == TRAIL_OK; i++) {
        const trail_possible_double *pair = trail_vector_at(&findings->matching->doubles, i);
        trail_leg debit = trail_ledger_debit(ledger, pair->debit_payment);
        trail_leg credit = trail_ledger_credit(ledger, pair->credit_payment);
        int64_t *total = &totals[credit.currency];
        if (!trail_add_checked(*total, credit.amount_minor, total)) *total = INT64_MAX;
        trail_table_payment(&table, pair->debit_payment);
        trail_table_day(&table, debit.booking_day);
        trail_table_account(&table, debit.account);
        trail_table_account_number(&table, debit.account);
        trail_table_payment(&table, pair->credit_payment);
        trail_table_day(&table, credit.booking_day);
        trail_table_account(&table, credit.account);
        trail_table_account_number(&table, credit.account);
        trail_table_amount(&table, credit.amount_minor, credit.currency);
        trail_table_currency(&table, credit.currency);
        trail_table_amount(&table, *total, credit.currency);
        trail_table_word(&table, pair->reason);
        trail_table_records(&table, pair->debit_payment);
        trail_table_records(&table, pair->credit_payment);
        trail_table_row_end(&table);
    }
    status = trail_table_finish(&table);
cleanup:
    trail_free(totals);
    return status;
}
