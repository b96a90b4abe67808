#include "base/attributes.h"
#include "export/csv_exports.h"
#include "export/table.h"
#include "model/account_same.h"

static const char *const headings[] = {
    "account",      "number",     "bank",   "other_account",
    "other_number", "other_bank", "reason", "accounts",
};

static const char *reason_of(const trail_accounts *accounts, const trail_same_number *pair)
{
    switch (pair->reason) {
    case TRAIL_SAME_JOINED:
        return "joined: national number of the IBAN";
    case TRAIL_SAME_NATIONAL:
        return "national number of that IBAN, bank not named";
    case TRAIL_SAME_SHOWN_IN_PART:
        return "shown in part, ends the same";
    case TRAIL_SAME_MISREAD:
        return "that IBAN with a letter for a digit";
    case TRAIL_SAME_NUMBER:
        break;
    }
    return trail_accounts_bank(accounts, pair->first).length == 0 ||
                   trail_accounts_bank(accounts, pair->second).length == 0
               ? "equal number, one without a bank"
               : "equal number at two banks";
}

static void write_account(trail_table *table, uint32_t account)
{
    if (account == TRAIL_NO_ACCOUNT) {
        for (unsigned i = 0; i < 3; i++)
            trail_table_word(table, NULL);
        return;
    }
    trail_table_account(table, account);
    trail_table_account_number(table, account);
    trail_table_text(table, trail_accounts_bank(table->findings->ledger->accounts, account));
}

/* The number that was joined, under the pseudonym of the account that it is of. */
static void write_joined(trail_table *table, uint32_t index)
{
    const trail_findings *findings = table->findings;
    trail_joined_number joined = trail_accounts_joined(findings->ledger->accounts, index);
    const char *pseudonym = trail_protect_account(findings->protection, joined.account);
    trail_table_account(table, joined.account);
    if (pseudonym != NULL)
        trail_table_word(table, pseudonym);
    else
        trail_table_text(table, joined.number);
    trail_table_text(table, joined.bank);
}

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
            write_account(&table, pair->first);
            if (pair->reason == TRAIL_SAME_JOINED)
                write_joined(&table, pair->joined);
            else
                write_account(&table, pair->second);
            trail_table_word(&table, reason_of(accounts, pair));
            trail_table_number(&table, pair->first == TRAIL_NO_ACCOUNT ? pair->others : 1);
            trail_table_row_end(&table);
        }
        status = trail_table_finish(&table);
    }
    trail_vector_clear(&pairs);
    return status;
}
