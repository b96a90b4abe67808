#include "base/attributes.h"
#include "export/csv_exports.h"
#include "export/table.h"

static const char *const headings[] = {
    "total_payment", "total_date",   "payer",         "payer_number", "payee",
    "payee_number",  "total_amount", "currency",      "parts",        "part_payment",
    "part_date",     "part_amount",  "total_records", "part_records",
};

static void write_part(trail_table *table, const trail_subset *subset, uint32_t part)
{
    const trail_ledger *ledger = table->findings->ledger;
    uint32_t total = subset->total;
    trail_currency currency = ledger->currency[total];
    trail_table_payment(table, total);
    trail_table_day(table, ledger->booking_day[total]);
    trail_table_account(table, ledger->payer[total]);
    trail_table_account_number(table, ledger->payer[total]);
    trail_table_account(table, ledger->payee[total]);
    trail_table_account_number(table, ledger->payee[total]);
    trail_table_amount(table, ledger->amount_minor[total], currency);
    trail_table_currency(table, currency);
    trail_table_number(table, subset->count);
    trail_table_payment(table, part);
    trail_table_day(table, ledger->booking_day[part]);
    trail_table_amount(table, ledger->amount_minor[part], currency);
    trail_table_records(table, total);
    trail_table_records(table, part);
    trail_table_row_end(table);
}

trail_status trail_write_sums_csv(const trail_findings *findings, const char *path,
                                  trail_error *err)
{
    trail_table table;
    const trail_subsets *subsets = findings->subsets;
    trail_status status =
        trail_table_open(&table, findings, path, headings, TRAIL_LENGTH_OF(headings), err);
    if (status != TRAIL_OK) return status;
    for (size_t i = 0; i < subsets->found.count && table.status == TRAIL_OK; i++) {
        const trail_subset *subset = trail_vector_at(&subsets->found, i);
        const uint32_t *parts = trail_vector_at(&subsets->parts, subset->first);
        for (uint32_t k = 0; k < subset->count; k++)
            write_part(&table, subset, parts[k]);
    }
    return trail_table_finish(&table);
}
