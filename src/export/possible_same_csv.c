#include "base/attributes.h"
#include "export/csv_exports.h"
#include "export/table.h"

static const char *const headings[] = {
    "account", "number", "bank", "other_account", "other_number", "other_bank", "reason",
};

trail_status trail_write_possible_same_csv(const trail_findings *findings, const char *path,
                                           trail_error *err)
{
    trail_table table;
    trail_vector pairs = trail_vector_of(sizeof(trail_same_number));
    const trail_accounts *accounts = findings->ledger->accounts;
    trail_status status = trail_accounts_same_numbers(accounts, &pairs, err);
    if (status == TRAIL_OK)
        status = trail_table_open(&table, findings, path, headings, TRAIL_LENGTH_OF(headings), err);
    if (status == TRAIL_OK) {
        for (size_t i = 0; i < pairs.count && table.status == TRAIL_OK; i++) {
            const trail_same_number *pair = trail_vector_at(&pairs, i);
            trail_table_account(&table, pair->first);
            trail_table_account_number(&table, pair->first);
            trail_table_text(&table, trail_accounts_bank(accounts, pair->first));
            trail_table_account(&table, pair->second);
            trail_table_account_number(&table, pair->second);
            trail_table_text(&table, trail_accounts_bank(accounts, pair->second));
            trail_table_word(&table, trail_accounts_bank(accounts, pair->first).length == 0
                                         ? "equal number, one without a bank"
                                         : "equal number at two banks");
            trail_table_row_end(&table);
        }
        status = trail_table_finish(&table);
    }
    trail_vector_clear(&pairs);
    return status;
}
