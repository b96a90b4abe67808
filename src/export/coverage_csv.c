#include <stdio.h>

#include "base/attributes.h"
#include "export/csv_exports.h"
#include "export/table.h"
#include "model/money.h"

static const char *const headings[] = {
    "account",         "number", "bank",         "month",      "months",
    "coverage",        "days",   "days_covered", "days_asked", "days_asked_covered",
    "unseen_movement", "files",  "not_read",
};

static void keep(trail_table *table, trail_status status)
{
    if (table->status == TRAIL_OK) table->status = status;
}

static void separate(trail_table *table)
{
    if (table->cell.length > 0)
        keep(table, trail_text_add(&table->cell, trail_slice_of(" | "), table->err));
}

/* "2024-02-01..2024-02-29: +150.00 EUR"; "unknown" where a balance is not stated. */
static void add_gap(trail_table *table, const trail_coverage_gap *gap)
{
    char from[TRAIL_DAY_TEXT], to[TRAIL_DAY_TEXT], amount[TRAIL_MONEY_TEXT];
    bool turned = gap->from_day > gap->to_day;
    trail_day_format(turned ? gap->to_day : gap->from_day, from);
    trail_day_format(turned ? gap->from_day : gap->to_day, to);
    trail_money_format(gap->moved_minor, gap->currency, amount);
    separate(table);
    keep(table, gap->moved_known
                    ? trail_text_add_format(&table->cell, table->err, "%s..%s: %s%s %s", from, to,
                                            gap->moved_minor > 0 ? "+" : "", amount,
                                            trail_currency_code(gap->currency))
                    : trail_text_add_format(&table->cell, table->err, "%s..%s: unknown", from, to));
}

static void write_gaps(trail_table *table, const trail_coverage_month *month)
{
    const trail_coverage *coverage = table->findings->coverage;
    trail_text_reset(&table->cell);
    for (uint32_t i = 0; i < month->gap_count; i++) {
        const uint32_t *gap = trail_vector_at(&coverage->month_gaps, month->first_gap + i);
        add_gap(table, trail_vector_at(&coverage->gaps, *gap));
    }
    trail_csv_field(&table->csv, trail_text_slice(&table->cell));
}

static void write_files(trail_table *table, const trail_coverage_month *month)
{
    const trail_findings *findings = table->findings;
    trail_text_reset(&table->cell);
    for (uint32_t i = 0; i < month->file_count; i++) {
        const uint32_t *at =
            trail_vector_at(&findings->coverage->month_files, month->first_file + i);
        const trail_file *file = trail_vector_at(&findings->ledger->records.files, *at);
        separate(table);
        keep(table, trail_protect_file(findings->protection, file->name, file->hash, &table->cell,
                                       table->err));
    }
    trail_csv_field(&table->csv, trail_text_slice(&table->cell));
}

static void write_unread(trail_table *table, const trail_coverage_month *month)
{
    const trail_findings *findings = table->findings;
    trail_text_reset(&table->cell);
    for (uint32_t i = 0; i < month->unread_count; i++) {
        const uint32_t *at =
            trail_vector_at(&findings->coverage->month_unread, month->first_unread + i);
        const trail_file_report *report = trail_vector_at(&findings->rejects->files, *at);
        separate(table);
        if (report->source < findings->source_count)
            keep(table, trail_protect_file(findings->protection, report->name,
                                           findings->sources[report->source].hash, &table->cell,
                                           table->err));
    }
    trail_csv_field(&table->csv, trail_text_slice(&table->cell));
}

static void write_account(trail_table *table, const trail_coverage_month *month)
{
    const trail_accounts *accounts = table->findings->ledger->accounts;
    trail_table_account(table, month->account);
    if (month->account != TRAIL_NO_ACCOUNT) {
        trail_table_account_number(table, month->account);
        trail_table_text(table, trail_accounts_bank(accounts, month->account));
    } else {
        trail_table_number_said(table, trail_slice_of(month->number));
        trail_table_word(table, NULL);
    }
}

trail_status trail_write_coverage_csv(const trail_findings *findings, const char *path,
                                      trail_error *err)
{
    trail_table table;
    trail_status status =
        trail_table_open(&table, findings, path, headings, TRAIL_LENGTH_OF(headings), err);
    if (status != TRAIL_OK) return status;
    const trail_vector *months = &findings->coverage->months;
    for (size_t i = 0; i < months->count && table.status == TRAIL_OK; i++) {
        const trail_coverage_month *month = trail_vector_at(months, i);
        char day[TRAIL_DAY_TEXT];
        trail_day_format(month->first_day, day);
        day[7] = '\0';
        write_account(&table, month);
        trail_table_word(&table, day);
        trail_table_number(&table, month->months);
        trail_table_word(&table, trail_cover_name(month->cover));
        trail_table_number(&table, month->days);
        trail_table_number(&table, month->days_covered);
        trail_table_number(&table, month->days_asked);
        trail_table_number(&table, month->days_asked_covered);
        write_gaps(&table, month);
        write_files(&table, month);
        write_unread(&table, month);
        trail_table_row_end(&table);
    }
    return trail_table_finish(&table);
}
