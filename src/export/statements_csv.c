#include <stdio.h>

#include "base/attributes.h"
#include "export/citation.h"
#include "export/csv_exports.h"
#include "export/table.h"

static const char *const headings[] = {
    "account",
    "number",
    "bank",
    "currency",
    "files",
    "line",
    "pages",
    "statement_number",
    "page",
    "report",
    "balances",
    "newest_first",
    "from",
    "to",
    "period_stated",
    "opening",
    "closing",
    "rows",
    "debits",
    "credits",
    "verdict",
    "difference",
    "excepted",
    "why_not_checked",
    "stated_debits",
    "stated_credits",
    "totals_differ",
    "rows_not_following",
    "first_break",
    "would_follow",
    "stated_balance",
    "rejected_between",
    "rejected_rows",
    "reordered_rows",
    "to_previous",
    "moved_unseen",
    "numbers_missing",
    "number_repeated",
    "pages_missing",
    "page_after_missing",
};

static const trail_statement *part_of(const trail_table *table, const trail_statement_check *check,
                                      uint32_t part)
{
    return trail_check_part(table->findings->statement_checks, table->findings->ledger, check,
                            part);
}

/* The files of its pages, each once, in their order. */
static void write_files(trail_table *table, const trail_statement_check *check)
{
    const trail_vector *files = &table->findings->ledger->records.files;
    uint32_t last = UINT32_MAX;
    trail_text_reset(&table->cell);
    for (uint32_t i = 0; i < check->part_count; i++) {
        uint32_t at = part_of(table, check, i)->file;
        const trail_file *file = trail_vector_at(files, at);
        trail_status status = TRAIL_OK;
        if (at == last) continue;
        last = at;
        if (table->cell.length > 0)
            status = trail_text_add(&table->cell, trail_slice_of(" | "), table->err);
        if (status == TRAIL_OK)
            status = trail_protect_file(table->findings->protection, file->name, file->hash,
                                        &table->cell, table->err);
        if (table->status == TRAIL_OK) table->status = status;
    }
    trail_csv_field(&table->csv, trail_text_slice(&table->cell));
}

static void write_some_number(trail_table *table, bool known, int64_t number)
{
    if (known)
        trail_table_number(table, number);
    else
        trail_table_word(table, NULL);
}

static void write_some_amount(trail_table *table, bool known, int64_t minor,
                              trail_currency currency)
{
    if (known)
        trail_table_amount(table, minor, currency);
    else
        trail_table_word(table, NULL);
}

/* "14", "14-16", or empty. */
static void write_missing(trail_table *table, bool missing, uint32_t from, uint32_t to)
{
    char text[32] = "";
    if (missing && from == to) (void)snprintf(text, sizeof text, "%u", from);
    if (missing && from != to) (void)snprintf(text, sizeof text, "%u-%u", from, to);
    trail_table_word(table, text);
}

static const char *balance_kind(const trail_statement_check *check)
{
    const trail_stated_balance *balance =
        check->opening.kind != TRAIL_BALANCE_NONE ? &check->opening : &check->closing;
    return trail_balance_kind_name((trail_balance_kind)balance->kind);
}

static void write_head(trail_table *table, const trail_statement_check *check)
{
    const trail_accounts *accounts = table->findings->ledger->accounts;
    const trail_statement *first = part_of(table, check, 0);
    trail_table_account(table, check->account);
    trail_table_account_number(table, check->account);
    trail_table_text(table, trail_accounts_bank(accounts, check->account));
    trail_table_currency(table, check->currency);
    write_files(table, check);
    trail_table_number(table, (int64_t)first->line);
    trail_table_number(table, check->part_count);
    trail_table_string(table, first->number);
    write_some_number(table, first->page > 0, first->page);
    trail_table_yes(table, check->is_report);
    trail_table_word(table, balance_kind(check));
    trail_table_yes(table, check->turned);
    trail_table_day(table, check->from_day);
    trail_table_day(table, check->to_day);
    trail_table_yes(table, check->period_stated);
}

static void write_sums(trail_table *table, const trail_statement_check *check)
{
    bool judged = check->verdict != TRAIL_VERDICT_NOT_CHECKED;
    write_some_amount(table, check->opening.kind != TRAIL_BALANCE_NONE, check->opening.amount_minor,
                      check->currency);
    write_some_amount(table, check->closing.kind != TRAIL_BALANCE_NONE, check->closing.amount_minor,
                      check->currency);
    trail_table_number(table, (int64_t)check->rows);
    trail_table_amount(table, check->debit_minor, check->currency);
    trail_table_amount(table, check->credit_minor, check->currency);
    trail_table_word(table, trail_verdict_name(check->verdict));
    write_some_amount(table, judged, check->difference_minor, check->currency);
    if (check->excepted != TRAIL_NO_RECORD)
        trail_table_record(table, check->excepted);
    else
        trail_table_word(table, NULL);
    trail_table_word(table, check->why_not);
    write_some_amount(table, check->totals_stated, check->stated_debit_minor, check->currency);
    write_some_amount(table, check->totals_stated, check->stated_credit_minor, check->currency);
    trail_table_yes(table, check->totals_differ);
}

static void write_breaks(trail_table *table, const trail_statement_check *check)
{
    const trail_statement_checks *checks = table->findings->statement_checks;
    trail_table_number(table, check->break_count);
    if (check->break_count == 0) {
        for (int i = 0; i < 4; i++)
            trail_table_word(table, NULL);
    } else {
        const trail_balance_break *broken = trail_vector_at(&checks->breaks, check->first_break);
        trail_table_record(table, broken->record);
        trail_table_amount(table, broken->expected_minor, check->currency);
        trail_table_amount(table, broken->stated_minor, check->currency);
        if (broken->unread != TRAIL_NO_RECORD)
            trail_table_record(table, broken->unread);
        else
            trail_table_word(table, NULL);
    }
    trail_table_number(table, check->unread);
    trail_table_number(table, check->reordered);
}

static void write_links(trail_table *table, const trail_statement_check *check)
{
    trail_table_word(table, trail_link_name(check->link));
    write_some_amount(table, check->moved_known, check->moved_minor, check->currency);
    write_missing(table, check->missing_number != UINT32_MAX, check->missing_number,
                  check->missing_number_to);
    trail_table_yes(table, check->number_repeated);
    write_missing(table, check->missing_page > 0, check->missing_page, check->missing_page_to);
    trail_table_yes(table, check->ends_early);
}

trail_status trail_write_statements_csv(const trail_findings *findings, const char *path,
                                        trail_error *err)
{
    trail_table table;
    trail_status status =
        trail_table_open(&table, findings, path, headings, TRAIL_LENGTH_OF(headings), err);
    if (status != TRAIL_OK) return status;
    const trail_vector *checks = &findings->statement_checks->checks;
    for (size_t i = 0; i < checks->count && table.status == TRAIL_OK; i++) {
        const trail_statement_check *check = trail_vector_at(checks, i);
        write_head(&table, check);
        write_sums(&table, check);
        write_breaks(&table, check);
        write_links(&table, check);
        trail_table_row_end(&table);
    }
    return trail_table_finish(&table);
}
