#include "base/attributes.h"
#include "base/memory.h"
#include "export/csv_exports.h"
#include "export/names_seen.h"
#include "export/table.h"

static const char *const headings[] = {
    "account",  "number",        "bank",        "country", "iban",         "name_seen",   "person",
    "observed", "observed_from", "observed_to", "why",     "payments_out", "payments_in", "group",
};

typedef struct account_counts {
    uint32_t *out, *in;
    uint32_t *names;   /* string ids */
    uint32_t *persons; /* 1 + index in people, 0 none */
} account_counts;

static void clear_counts(account_counts *counts)
{
    trail_free(counts->out);
    trail_free(counts->in);
    trail_free(counts->names);
    trail_free(counts->persons);
}

static trail_status count_accounts(const trail_findings *findings, account_counts *counts,
                                   trail_error *err)
{
    const trail_ledger *ledger = findings->ledger;
    uint32_t accounts = trail_accounts_count(ledger->accounts);
    trail_status status = trail_alloc_zeroed(&counts->out, accounts, sizeof *counts->out, err);
    if (status == TRAIL_OK)
        status = trail_alloc_zeroed(&counts->in, accounts, sizeof *counts->in, err);
    if (status == TRAIL_OK)
        status = trail_alloc_zeroed(&counts->persons, accounts, sizeof *counts->persons, err);
    if (status == TRAIL_OK) status = trail_names_seen(ledger, &counts->names, err);
    if (status != TRAIL_OK) return status;
    for (uint32_t i = 0; i < ledger->count; i++) {
        if (ledger->payer[i] != TRAIL_NO_ACCOUNT) counts->out[ledger->payer[i]]++;
        if (ledger->payee[i] != TRAIL_NO_ACCOUNT) counts->in[ledger->payee[i]]++;
    }
    for (size_t i = 0; i < findings->people->people.count; i++) {
        const trail_person *person = trail_vector_at(&findings->people->people, i);
        for (size_t k = 0; k < person->accounts.count; k++) {
            const trail_listed_account *listed = trail_vector_at(&person->accounts, k);
            if (listed->account != TRAIL_NO_ACCOUNT)
                counts->persons[listed->account] = (uint32_t)i + 1;
        }
    }
    return TRAIL_OK;
}

static void write_person(trail_table *table, uint32_t person)
{
    if (person == 0) {
        trail_table_word(table, NULL);
        return;
    }
    const char *pseudonym = trail_protect_person(table->findings->protection, person - 1);
    const trail_person *known = trail_vector_at(&table->findings->people->people, person - 1);
    if (pseudonym != NULL)
        trail_table_word(table, pseudonym);
    else
        trail_table_text(table, trail_slice_of(known->name));
}

/* From the first to the last observed day over all observations, and the files that observe it. */
static void write_observed(trail_table *table, uint32_t account)
{
    const trail_ledger *ledger = table->findings->ledger;
    const trail_observation *observations = ledger->observations.items;
    int32_t first = TRAIL_NO_DAY, last = TRAIL_NO_DAY;
    bool always = false;
    trail_text_reset(&table->cell);
    for (size_t i = trail_ledger_first_observation(ledger, account);
         i < ledger->observations.count && observations[i].account == account; i++) {
        if (observations[i].file == UINT32_MAX) {
            always = true;
            continue;
        }
        if (first == TRAIL_NO_DAY || observations[i].from_day < first)
            first = observations[i].from_day;
        if (observations[i].to_day > last) last = observations[i].to_day;
        const trail_file *file = trail_vector_at(&ledger->records.files, observations[i].file);
        trail_status status = TRAIL_OK;
        if (table->cell.length > 0)
            status = trail_text_add(&table->cell, trail_slice_of(" | "), table->err);
        if (status == TRAIL_OK)
            status = trail_protect_file(table->findings->protection, file->name, file->hash,
                                        &table->cell, table->err);
        if (table->status == TRAIL_OK) table->status = status;
    }
    bool observed = always || first != TRAIL_NO_DAY;
    if (always) { /* on all days, whatever the files cover */
        first = last = TRAIL_NO_DAY;
        trail_status status =
            trail_text_add(&table->cell,
                           trail_slice_of(table->cell.length > 0 ? " | the case file says so"
                                                                 : "the case file says so"),
                           table->err);
        if (table->status == TRAIL_OK) table->status = status;
    }
    trail_table_word(table, observed ? "yes" : "no");
    trail_table_day(table, first);
    trail_table_day(table, last);
    if (table->cell.length > 0)
        trail_csv_field(&table->csv, trail_text_slice(&table->cell));
    else
        trail_table_word(table, "no received file observes this account");
}

static void write_account(trail_table *table, const account_counts *counts, uint32_t account)
{
    const trail_findings *findings = table->findings;
    const trail_accounts *accounts = findings->ledger->accounts;
    const uint32_t *group_of = findings->communities->group_of;
    trail_table_account(table, account);
    trail_table_account_number(table, account);
    trail_table_text(table, trail_accounts_bank(accounts, account));
    trail_table_text(table, trail_accounts_country(accounts, account));
    trail_table_yes(table, trail_accounts_is_iban(accounts, account));
    trail_table_string(table, counts->names[account]);
    write_person(table, counts->persons[account]);
    write_observed(table, account);
    trail_table_number(table, counts->out[account]);
    trail_table_number(table, counts->in[account]);
    if (group_of != NULL && group_of[account] != TRAIL_NO_GROUP)
        trail_table_number(table, (int64_t)group_of[account] + 1);
    else
        trail_table_word(table, NULL);
    trail_table_row_end(table);
}

trail_status trail_write_accounts_csv(const trail_findings *findings, const char *path,
                                      trail_error *err)
{
    trail_table table;
    account_counts counts = {NULL, NULL, NULL, NULL};
    trail_status status = count_accounts(findings, &counts, err);
    if (status == TRAIL_OK)
        status = trail_table_open(&table, findings, path, headings, TRAIL_LENGTH_OF(headings), err);
    if (status == TRAIL_OK) {
        uint32_t count = trail_accounts_count(findings->ledger->accounts);
        for (uint32_t i = 0; i < count && table.status == TRAIL_OK; i++)
            write_account(&table, &counts, i);
        status = trail_table_finish(&table);
    }
    clear_counts(&counts);
    return status;
}
