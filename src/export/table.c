#include "export/table.h"

#include <stdio.h>

#include "export/citation.h"
#include "model/money.h"

trail_status trail_table_open(trail_table *table, const trail_findings *findings, const char *path,
                              const char *const *headings, size_t count, trail_error *err)
{
    *table = (trail_table){.findings = findings, .err = err};
    table->status = trail_output_open(&table->out, path, err);
    if (table->status != TRAIL_OK) return table->status;
    table->csv = trail_csv_writer_on(table->out);
    for (size_t i = 0; i < count; i++)
        trail_csv_text(&table->csv, headings[i]);
    trail_csv_text(&table->csv, trail_protection_heading(findings->protection));
    trail_csv_row_end(&table->csv);
    return TRAIL_OK;
}

trail_status trail_table_finish(trail_table *table)
{
    trail_text_clear(&table->cell);
    if (table->status != TRAIL_OK) {
        trail_output_abandon(table->out);
        return table->status;
    }
    return trail_output_finish(table->out, NULL, table->err);
}

void trail_table_row_end(trail_table *table)
{
    trail_csv_text(&table->csv, NULL); /* under the notice */
    trail_csv_row_end(&table->csv);
}

void trail_table_word(trail_table *table, const char *word)
{
    trail_csv_text(&table->csv, word);
}

void trail_table_number(trail_table *table, int64_t value)
{
    trail_csv_number(&table->csv, value);
}

void trail_table_yes(trail_table *table, bool yes)
{
    trail_csv_text(&table->csv, yes ? "yes" : NULL);
}

/* The cell that a maker filled, or nothing once something has failed. */
static void put_cell(trail_table *table, trail_status status)
{
    if (table->status == TRAIL_OK) table->status = status;
    trail_csv_field(&table->csv, trail_text_slice(&table->cell));
}

void trail_table_text(trail_table *table, trail_slice text)
{
    trail_text_reset(&table->cell);
    put_cell(table, text.length == 0 ? TRAIL_OK
                                     : trail_protect_text(table->findings->protection, text,
                                                          &table->cell, table->err));
}

void trail_table_string(trail_table *table, uint32_t string)
{
    trail_table_text(table, trail_strings_get(table->findings->ledger->strings, string));
}

void trail_table_amount(trail_table *table, int64_t minor, trail_currency currency)
{
    char text[TRAIL_MONEY_TEXT];
    trail_money_format(minor, currency, text);
    trail_csv_text(&table->csv, text);
}

void trail_table_currency(trail_table *table, trail_currency currency)
{
    trail_csv_text(&table->csv, trail_currency_code(currency));
}

void trail_table_day(trail_table *table, int32_t day)
{
    char text[TRAIL_DAY_TEXT];
    trail_day_format(day, text);
    trail_csv_text(&table->csv, text);
}

void trail_table_time(trail_table *table, int32_t second)
{
    char text[TRAIL_TIME_TEXT];
    trail_time_format(second, text);
    trail_csv_text(&table->csv, text);
}

void trail_table_payment(trail_table *table, uint32_t payment)
{
    char text[TRAIL_ID_TEXT];
    trail_id_text('t', &table->findings->ids->payments[payment], text);
    trail_csv_text(&table->csv, text);
}

void trail_table_account(trail_table *table, uint32_t account)
{
    char text[TRAIL_ID_TEXT] = "";
    if (account != TRAIL_NO_ACCOUNT)
        trail_id_text('a', &table->findings->ids->accounts[account], text);
    trail_csv_text(&table->csv, text);
}

void trail_table_number_said(trail_table *table, trail_slice number)
{
    trail_text_reset(&table->cell);
    put_cell(table,
             trail_protect_number(table->findings->protection, number, &table->cell, table->err));
}

void trail_table_account_number(trail_table *table, uint32_t account)
{
    if (account == TRAIL_NO_ACCOUNT) {
        trail_csv_text(&table->csv, NULL);
        return;
    }
    const char *label = trail_protect_account(table->findings->protection, account);
    if (label != NULL) {
        trail_csv_text(&table->csv, label);
        return;
    }
    trail_table_number_said(table,
                            trail_accounts_number(table->findings->ledger->accounts, account));
}

void trail_table_share(trail_table *table, int64_t millionths)
{
    char text[32];
    snprintf(text, sizeof text, "%lld.%06lld", (long long)(millionths / 1000000),
             (long long)(millionths % 1000000));
    trail_csv_text(&table->csv, text);
}

void trail_table_file(trail_table *table, const trail_file *file)
{
    trail_text_reset(&table->cell);
    trail_status status = trail_protect_file(table->findings->protection, file->name, file->hash,
                                             &table->cell, table->err);
    if (table->status == TRAIL_OK) table->status = status;
    trail_csv_field(&table->csv, trail_text_slice(&table->cell));
}

void trail_table_records(trail_table *table, uint32_t payment)
{
    trail_text_reset(&table->cell);
    put_cell(table, trail_cite_payment(table->findings, payment, &table->cell, table->err));
}

void trail_table_record(trail_table *table, uint32_t record)
{
    trail_text_reset(&table->cell);
    put_cell(table, trail_cite_record(table->findings, record, &table->cell, table->err));
}
