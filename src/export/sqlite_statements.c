#include "export/sqlite_statements.h"

static void put_balance(trail_sqlite *sqlite, bool known, int64_t minor, trail_currency currency)
{
    if (known) {
        trail_sqlite_amount(sqlite, minor, currency);
        trail_sqlite_integer(sqlite, minor);
    } else {
        trail_sqlite_null(sqlite);
        trail_sqlite_null(sqlite);
    }
}

static void put_record(trail_sqlite *sqlite, uint32_t record)
{
    if (record != TRAIL_NO_RECORD)
        trail_sqlite_integer(sqlite, record);
    else
        trail_sqlite_null(sqlite);
}

static void put_number(trail_sqlite *sqlite, bool known, uint32_t number)
{
    if (known)
        trail_sqlite_integer(sqlite, number);
    else
        trail_sqlite_null(sqlite);
}

static void write_check(trail_sqlite *sqlite, const trail_findings *findings,
                        const trail_statement_check *check, size_t number)
{
    const trail_statement *first =
        trail_check_part(findings->statement_checks, findings->ledger, check, 0);
    trail_sqlite_integer(sqlite, (int64_t)number);
    trail_sqlite_account(sqlite, check->account);
    trail_sqlite_word(sqlite, trail_currency_code(check->currency));
    trail_sqlite_string(sqlite, first->number);
    trail_sqlite_integer(sqlite, check->is_report);
    trail_sqlite_word(sqlite, trail_balance_kind_name((trail_balance_kind)check->opening.kind));
    trail_sqlite_integer(sqlite, check->turned);
    trail_sqlite_day(sqlite, check->from_day);
    trail_sqlite_day(sqlite, check->to_day);
    put_balance(sqlite, check->opening.kind != TRAIL_BALANCE_NONE, check->opening.amount_minor,
                check->currency);
    put_balance(sqlite, check->closing.kind != TRAIL_BALANCE_NONE, check->closing.amount_minor,
                check->currency);
    trail_sqlite_integer(sqlite, (int64_t)check->rows);
    put_balance(sqlite, true, check->debit_minor, check->currency);
    put_balance(sqlite, true, check->credit_minor, check->currency);
    trail_sqlite_word(sqlite, trail_verdict_name(check->verdict));
    put_balance(sqlite, check->verdict != TRAIL_VERDICT_NOT_CHECKED, check->difference_minor,
                check->currency);
    put_record(sqlite, check->excepted);
    trail_sqlite_word(sqlite, check->why_not);
    trail_sqlite_integer(sqlite, check->totals_differ);
    trail_sqlite_integer(sqlite, check->break_count);
    trail_sqlite_integer(sqlite, check->reordered);
    trail_sqlite_word(sqlite, trail_link_name(check->link));
    put_number(sqlite, check->previous != TRAIL_NO_CHECK, check->previous + 1);
    put_balance(sqlite, check->moved_known, check->moved_minor, check->currency);
    put_number(sqlite, check->missing_number != UINT32_MAX, check->missing_number);
    put_number(sqlite, check->missing_number != UINT32_MAX, check->missing_number_to);
    trail_sqlite_integer(sqlite, check->number_repeated);
    put_number(sqlite, check->missing_page > 0, check->missing_page);
    put_number(sqlite, check->missing_page > 0, check->missing_page_to);
    trail_sqlite_integer(sqlite, check->ends_early);
    trail_sqlite_row(sqlite);
}

static void write_checks(trail_sqlite *sqlite, const trail_findings *findings)
{
    const trail_statement_checks *checks = findings->statement_checks;
    trail_sqlite_into(sqlite, "INSERT INTO statement VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                              " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                              " ?)");
    for (size_t i = 0; i < checks->checks.count; i++)
        write_check(sqlite, findings, trail_vector_at(&checks->checks, i), i + 1);
    trail_sqlite_into(sqlite, "INSERT INTO statement_part VALUES (?, ?, ?, ?, ?)");
    for (size_t i = 0; i < checks->checks.count; i++) {
        const trail_statement_check *check = trail_vector_at(&checks->checks, i);
        for (uint32_t k = 0; k < check->part_count; k++) {
            const trail_statement *part = trail_check_part(checks, findings->ledger, check, k);
            trail_sqlite_integer(sqlite, (int64_t)i + 1);
            trail_sqlite_integer(sqlite, k + 1);
            trail_sqlite_integer(sqlite, part->file);
            trail_sqlite_integer(sqlite, (int64_t)part->line);
            put_number(sqlite, part->page > 0, part->page);
            trail_sqlite_row(sqlite);
        }
    }
    trail_sqlite_into(sqlite, "INSERT INTO statement_break VALUES (?, ?, ?, ?, ?, ?, ?)");
    for (size_t i = 0; i < checks->breaks.count; i++) {
        const trail_balance_break *broken = trail_vector_at(&checks->breaks, i);
        const trail_statement_check *check = trail_vector_at(&checks->checks, broken->check);
        trail_sqlite_integer(sqlite, (int64_t)broken->check + 1);
        trail_sqlite_integer(sqlite, broken->record);
        put_balance(sqlite, true, broken->expected_minor, check->currency);
        put_balance(sqlite, true, broken->stated_minor, check->currency);
        put_record(sqlite, broken->unread);
        trail_sqlite_row(sqlite);
    }
}

static trail_status write_months(trail_sqlite *sqlite, const trail_findings *findings,
                                 trail_error *err)
{
    const trail_coverage *coverage = findings->coverage;
    trail_text number = {0};
    trail_status status = TRAIL_OK;
    trail_sqlite_into(sqlite, "INSERT INTO coverage VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    for (size_t i = 0; i < coverage->months.count && status == TRAIL_OK; i++) {
        const trail_coverage_month *month = trail_vector_at(&coverage->months, i);
        trail_text_reset(&number);
        if (month->account == TRAIL_NO_ACCOUNT)
            status = trail_protect_number(findings->protection, trail_slice_of(month->number),
                                          &number, err);
        trail_sqlite_account(sqlite, month->account);
        if (number.length > 0)
            trail_sqlite_slice(sqlite, trail_text_slice(&number));
        else
            trail_sqlite_null(sqlite);
        trail_sqlite_day(sqlite, month->first_day);
        trail_sqlite_integer(sqlite, month->months);
        trail_sqlite_word(sqlite, trail_cover_name(month->cover));
        trail_sqlite_integer(sqlite, month->days);
        trail_sqlite_integer(sqlite, month->days_covered);
        trail_sqlite_integer(sqlite, month->days_asked);
        trail_sqlite_integer(sqlite, month->days_asked_covered);
        trail_sqlite_row(sqlite);
    }
    trail_text_clear(&number);
    trail_sqlite_into(sqlite, "INSERT INTO coverage_gap VALUES (?, ?, ?, ?, ?, ?, ?)");
    for (size_t i = 0; i < coverage->gaps.count; i++) {
        const trail_coverage_gap *gap = trail_vector_at(&coverage->gaps, i);
        trail_sqlite_account(sqlite, gap->account);
        trail_sqlite_word(sqlite, trail_currency_code(gap->currency));
        trail_sqlite_integer(sqlite, (int64_t)gap->check + 1);
        trail_sqlite_day(sqlite, gap->from_day);
        trail_sqlite_day(sqlite, gap->to_day);
        put_balance(sqlite, gap->moved_known, gap->moved_minor, gap->currency);
        trail_sqlite_row(sqlite);
    }
    return status;
}

trail_status trail_sqlite_statements(trail_sqlite *sqlite, const trail_findings *findings,
                                     trail_error *err)
{
    write_checks(sqlite, findings);
    return write_months(sqlite, findings, err);
}
