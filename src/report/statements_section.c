#include "report/section.h"

#include "model/calendar.h"
#include "model/money.h"

/* Listed here at most; statements.csv and coverage.csv hold all. */
#define COVERAGE_LISTED 500

static trail_status write_number(trail_report_view *view, trail_json *json, uint32_t account,
                                 const char *written, trail_error *err)
{
    const trail_findings *findings = view->findings;
    const char *pseudonym =
        account == TRAIL_NO_ACCOUNT ? NULL : trail_protect_account(findings->protection, account);
    trail_text shown = {0};
    trail_status status = TRAIL_OK;

    if (pseudonym != NULL) {
        status = trail_text_add(&shown, trail_slice_of(pseudonym), err);
    } else {
        trail_slice number = account == TRAIL_NO_ACCOUNT
                                 ? trail_slice_of(written)
                                 : trail_accounts_number(findings->ledger->accounts, account);
        status = trail_protect_number(findings->protection, number, &shown, err);
    }
    if (status == TRAIL_OK) trail_json_slice(json, "number", trail_text_slice(&shown));
    trail_text_clear(&shown);
    return status;
}

static bool has_remark(const trail_statement_check *check)
{
    return check->verdict == TRAIL_VERDICT_DOES_NOT_CLOSE || check->break_count > 0 ||
           check->totals_differ || check->link == TRAIL_LINK_GAP ||
           check->link == TRAIL_LINK_DIFFERS || check->missing_number != UINT32_MAX ||
           check->number_repeated || check->missing_page > 0 || check->ends_early;
}

static void say_break(const trail_report_view *view, const trail_statement_check *check,
                      trail_json *json)
{
    const trail_findings *findings = view->findings;
    const trail_balance_break *broken =
        trail_vector_at(&findings->statement_checks->breaks, check->first_break);
    const trail_records *records = &findings->ledger->records;
    trail_json_object(json, "first_break");
    trail_json_integer(json, "file",
                       trail_records_file(records, broken->record) -
                           (const trail_file *)records->files.items);
    trail_json_integer(json, "line", (int64_t)trail_records_line(records, broken->record));
    trail_report_money(json, "would_follow", broken->expected_minor, check->currency);
    trail_report_money(json, "stated", broken->stated_minor, check->currency);
    trail_json_integer(json, "rejected_between", broken->unread != TRAIL_NO_RECORD);
    trail_json_object_end(json);
}

static void write_range(trail_json *json, const char *key, bool known, uint32_t from, uint32_t to)
{
    trail_json_array(json, key);
    if (known) trail_json_integer(json, NULL, from);
    if (known) trail_json_integer(json, NULL, to);
    trail_json_array_end(json);
}

static trail_status write_statement(trail_report_view *view, const trail_statement_check *check,
                                    trail_json *json, trail_error *err)
{
    const trail_statement *first =
        trail_check_part(view->findings->statement_checks, view->findings->ledger, check, 0);
    trail_json_object(json, NULL);
    trail_status status = write_number(view, json, check->account, NULL, err);
    trail_slice said = trail_strings_get(view->findings->ledger->strings, first->number);
    if (status == TRAIL_OK)
        status = trail_report_words(view, json, "statement_number",
                                    said.start == NULL ? "" : said.start, err);
    trail_json_text(json, "currency", trail_currency_code(check->currency));
    trail_json_integer(json, "file", first->file);
    trail_json_integer(json, "line", (int64_t)first->line);
    trail_json_integer(json, "pages", check->part_count);
    trail_report_day(json, "from", check->from_day);
    trail_report_day(json, "to", check->to_day);
    trail_json_text(json, "balances",
                    trail_balance_kind_name((trail_balance_kind)check->opening.kind));
    trail_report_money(json, "opening", check->opening.amount_minor, check->currency);
    trail_report_money(json, "closing", check->closing.amount_minor, check->currency);
    trail_json_integer(json, "rows", (int64_t)check->rows);
    trail_json_text(json, "verdict", trail_verdict_name(check->verdict));
    trail_report_money(json, "difference", check->difference_minor, check->currency);
    trail_json_text(json, "why_not", check->why_not == NULL ? "" : check->why_not);
    trail_json_integer(json, "breaks", check->break_count);
    if (check->break_count > 0) say_break(view, check, json);
    trail_json_integer(json, "totals_differ", check->totals_differ);
    trail_json_text(json, "link", trail_link_name(check->link));
    if (check->moved_known)
        trail_report_money(json, "moved", check->moved_minor, check->currency);
    else
        trail_json_null(json, "moved");
    write_range(json, "missing_numbers", check->missing_number != UINT32_MAX, check->missing_number,
                check->missing_number_to);
    write_range(json, "missing_pages", check->missing_page > 0, check->missing_page,
                check->missing_page_to);
    trail_json_integer(json, "number_repeated", check->number_repeated);
    trail_json_integer(json, "ends_early", check->ends_early);
    trail_json_object_end(json);
    return status;
}

/* Those with something to say come first. */
static trail_status write_statements(trail_report_view *view, trail_json *json, trail_error *err)
{
    const trail_vector *checks = &view->findings->statement_checks->checks;
    size_t listed = 0;
    trail_status status = TRAIL_OK;

    trail_json_array(json, "statements");
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < checks->count && listed < view->budget.rejects; i++) {
            const trail_statement_check *check = trail_vector_at(checks, i);
            if (has_remark(check) != (pass == 0)) continue;
            listed++;
            status = write_statement(view, check, json, err);
            if (status != TRAIL_OK) break;
        }
    }
    trail_json_array_end(json);
    return status;
}

static bool same_account(const trail_coverage_month *a, const trail_coverage_month *b)
{
    return a->account == b->account && a->number == b->number;
}

static void write_gaps(const trail_report_view *view, const trail_coverage_month *month,
                       trail_json *json)
{
    const trail_coverage *coverage = view->findings->coverage;
    trail_json_array(json, "gaps");
    for (uint32_t i = 0; i < month->gap_count; i++) {
        const uint32_t *at = trail_vector_at(&coverage->month_gaps, month->first_gap + i);
        const trail_coverage_gap *gap = trail_vector_at(&coverage->gaps, *at);
        trail_json_object(json, NULL);
        trail_report_day(json, "from", gap->from_day);
        trail_report_day(json, "to", gap->to_day);
        trail_json_text(json, "currency", trail_currency_code(gap->currency));
        if (gap->moved_known)
            trail_report_money(json, "moved", gap->moved_minor, gap->currency);
        else
            trail_json_null(json, "moved");
        trail_json_object_end(json);
    }
    trail_json_array_end(json);
}

static void write_month(const trail_report_view *view, const trail_coverage_month *month,
                        trail_json *json)
{
    trail_json_object(json, NULL);
    trail_report_day(json, "day", month->first_day);
    trail_json_integer(json, "months", month->months);
    trail_json_text(json, "cover", trail_cover_name(month->cover));
    trail_json_integer(json, "days", month->days);
    trail_json_integer(json, "covered", month->days_covered);
    trail_json_integer(json, "asked", month->days_asked);
    trail_json_integer(json, "unread", month->unread_count);
    write_gaps(view, month, json);
    trail_json_object_end(json);
}

trail_status trail_report_statements(trail_report_view *view, trail_json *json, trail_error *err)
{
    const trail_vector *months = &view->findings->coverage->months;
    trail_status status = write_statements(view, json, err);

    trail_json_integer(json, "statement_count",
                       (int64_t)view->findings->statement_checks->checks.count);
    trail_json_array(json, "coverage");
    for (size_t start = 0, listed = 0;
         start < months->count && listed < COVERAGE_LISTED && status == TRAIL_OK; listed++) {
        const trail_coverage_month *first = trail_vector_at(months, start);
        trail_json_object(json, NULL);
        status = write_number(view, json, first->account, first->number, err);
        trail_json_array(json, "months");
        for (; start < months->count && same_account(first, trail_vector_at(months, start));
             start++)
            write_month(view, trail_vector_at(months, start), json);
        trail_json_array_end(json);
        trail_json_object_end(json);
    }
    trail_json_array_end(json);
    return status;
}
