#include "report/section.h"

#include "base/memory.h"

/* Statements that a reader should look at come first when not all fit into the page. */
static bool needs_look(const trail_statement_check *check)
{
    return check->verdict == TRAIL_VERDICT_DOES_NOT_CLOSE || check->break_count > 0 ||
           check->totals_differ || check->unread > 0 || check->missing_page > 0 ||
           check->ends_early || check->number_repeated || check->missing_number != UINT32_MAX ||
           check->link == TRAIL_LINK_GAP || check->link == TRAIL_LINK_DIFFERS;
}

trail_status trail_report_statements_listed(const trail_findings *findings, trail_vector *places,
                                            trail_error *err)
{
    const trail_statement_checks *checks = findings->statement_checks;
    trail_status status = TRAIL_OK;

    if (checks == NULL) return TRAIL_OK;
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; status == TRAIL_OK && i < checks->checks.count; i++) {
            const uint32_t place = (uint32_t)i;

            if (places->count >= TRAIL_REPORT_STATEMENTS) return TRAIL_OK;
            if (needs_look(trail_vector_at(&checks->checks, i)) != (pass == 0)) continue;
            status = trail_vector_push(places, &place, err);
        }
    }
    return status;
}

size_t trail_report_months_listed(const trail_findings *findings)
{
    const size_t count = findings->coverage == NULL ? 0 : findings->coverage->months.count;

    return count < TRAIL_REPORT_MONTHS ? count : TRAIL_REPORT_MONTHS;
}

static void write_balance(trail_json *json, const char *key, bool known, int64_t minor,
                          trail_currency currency)
{
    if (known && currency != TRAIL_NO_CURRENCY)
        trail_report_money(json, key, minor, currency);
    else
        trail_json_null(json, key);
}

void trail_report_record(const trail_report_view *view, trail_json *json, const char *key,
                         uint32_t record)
{
    const trail_records *records = &view->findings->ledger->records;

    if (record == TRAIL_NO_RECORD) {
        trail_json_null(json, key);
        return;
    }
    const trail_page_place *page = trail_records_page(records, record);
    const int64_t values[] = {trail_records_file(records, record) -
                                  (const trail_file *)records->files.items,
                              (int64_t)trail_records_line(records, record),
                              trail_records_ordinal(records, record),
                              (int64_t)trail_records_offset(records, record),
                              trail_records_length(records, record),
                              page == NULL ? 0 : page->page};
    trail_json_array(json, key);
    for (size_t i = 0; i < TRAIL_LENGTH_OF(values); i++)
        trail_json_integer(json, NULL, values[i]);
    trail_json_array_end(json);
}

/* Where its pages stand, the first few of them. */
static void write_parts(const trail_report_view *view, trail_json *json,
                        const trail_statement_check *check)
{
    const trail_findings *findings = view->findings;

    trail_json_integer(json, "pages", check->part_count);
    trail_json_array(json, "parts");
    for (uint32_t i = 0; i < check->part_count && i < 12; i++) {
        const trail_statement *part =
            trail_check_part(findings->statement_checks, findings->ledger, check, i);

        trail_json_array(json, NULL);
        trail_json_integer(json, NULL, part->file);
        trail_json_integer(json, NULL, (int64_t)part->line);
        trail_json_integer(json, NULL, part->page);
        trail_json_array_end(json);
    }
    trail_json_array_end(json);
}

static void write_range(trail_json *json, const char *key, bool is_missing, uint32_t from,
                        uint32_t to)
{
    if (!is_missing) {
        trail_json_null(json, key);
        return;
    }
    trail_json_array(json, key);
    trail_json_integer(json, NULL, from);
    trail_json_integer(json, NULL, to);
    trail_json_array_end(json);
}

static void write_figures(trail_json *json, const trail_statement_check *check)
{
    const trail_currency currency = check->currency;

    trail_json_text(
        json, "balances",
        trail_balance_kind_name((trail_balance_kind)(check->opening.kind != TRAIL_BALANCE_NONE
                                                         ? check->opening.kind
                                                         : check->closing.kind)));
    write_balance(json, "opening", check->opening.kind != TRAIL_BALANCE_NONE,
                  check->opening.amount_minor, currency);
    write_balance(json, "closing", check->closing.kind != TRAIL_BALANCE_NONE,
                  check->closing.amount_minor, currency);
    trail_json_integer(json, "rows", (int64_t)check->rows);
    write_balance(json, "debits", true, check->debit_minor, currency);
    write_balance(json, "credits", true, check->credit_minor, currency);
    trail_json_integer(json, "verdict", check->verdict);
    write_balance(json, "difference", check->verdict != TRAIL_VERDICT_NOT_CHECKED,
                  check->difference_minor, currency);
    trail_json_text(json, "why_not", check->why_not);
    trail_json_boolean(json, "totals_differ", check->totals_differ);
    trail_json_integer(json, "breaks", check->break_count);
    trail_json_integer(json, "unread", check->unread);
    trail_json_integer(json, "reordered", check->reordered);
    trail_json_text(json, "link", trail_link_name(check->link));
    write_balance(json, "moved", check->moved_known, check->moved_minor, currency);
    write_range(json, "numbers", check->missing_number != UINT32_MAX, check->missing_number,
                check->missing_number_to);
    write_range(json, "pages_missing", check->missing_page > 0, check->missing_page,
                check->missing_page_to);
    trail_json_boolean(json, "repeated", check->number_repeated);
    trail_json_boolean(json, "ends_early", check->ends_early);
}

static trail_status write_statement(trail_report_view *view, trail_json *json, uint32_t place,
                                    trail_error *err)
{
    const trail_findings *findings = view->findings;
    const trail_statement_check *check =
        trail_vector_at(&findings->statement_checks->checks, place);
    const trail_statement *first =
        trail_check_part(findings->statement_checks, findings->ledger, check, 0);
    const trail_slice number = trail_strings_get(findings->ledger->strings, first->number);
    trail_status status;

    trail_json_object(json, NULL);
    trail_json_integer(json, "no", (int64_t)place + 1);
    trail_json_integer(json, "account", trail_report_place(view, check->account));
    trail_json_integer(json, "currency",
                       check->currency == TRAIL_NO_CURRENCY ? -1 : (int64_t)check->currency);
    status =
        trail_report_words(view, json, "number", number.start == NULL ? "" : number.start, err);
    trail_json_boolean(json, "report", check->is_report);
    trail_json_boolean(json, "newest_first", check->turned);
    trail_report_day(json, "from", check->from_day);
    trail_report_day(json, "to", check->to_day);
    write_figures(json, check);
    trail_report_record(view, json, "excepted", check->excepted);
    write_parts(view, json, check);
    trail_json_boolean(json, "look", needs_look(check));
    trail_json_object_end(json);
    return status;
}

static trail_status write_statements(trail_report_view *view, trail_json *json, trail_error *err)
{
    trail_vector places = trail_vector_of(sizeof(uint32_t));
    trail_status status = trail_report_statements_listed(view->findings, &places, err);

    trail_json_array(json, "statements");
    for (size_t i = 0; status == TRAIL_OK && i < places.count; i++)
        status = write_statement(view, json, *(uint32_t *)trail_vector_at(&places, i), err);
    trail_json_array_end(json);
    trail_vector_clear(&places);
    return status;
}

/* Rows whose balance does not follow, each with its place in the evidence and its payment. */
static trail_status write_breaks(trail_report_view *view, trail_json *json, trail_error *err)
{
    const trail_statement_checks *checks = view->findings->statement_checks;
    uint32_t *payments = NULL;
    trail_status status = TRAIL_OK;

    if (checks != NULL && checks->breaks.count > 0)
        status = trail_record_payments(view->findings->ledger, &payments, err);
    trail_json_array(json, "breaks");
    for (size_t i = 0; payments != NULL && i < checks->breaks.count && i < TRAIL_REPORT_BREAKS;
         i++) {
        const trail_balance_break *row = trail_vector_at(&checks->breaks, i);
        const trail_statement_check *check = trail_vector_at(&checks->checks, row->check);
        const uint32_t payment = payments[row->record];

        trail_json_object(json, NULL);
        trail_json_integer(json, "statement", (int64_t)row->check + 1);
        trail_report_record(view, json, "record", row->record);
        trail_report_record(view, json, "before", row->record_before);
        trail_report_record(view, json, "unread", row->unread);
        write_balance(json, "expected", true, row->expected_minor, check->currency);
        write_balance(json, "stated", true, row->stated_minor, check->currency);
        trail_json_integer(json, "payment",
                           payment == TRAIL_NO_PAYMENT ||
                                   view->payment_place[payment] == TRAIL_NOT_SHOWN
                               ? -1
                               : (int64_t)view->payment_place[payment]);
        trail_json_object_end(json);
    }
    trail_json_array_end(json);
    trail_free(payments);
    return status;
}

static trail_status write_number(trail_report_view *view, trail_json *json, const char *number,
                                 trail_error *err)
{
    trail_text shown = {0};
    trail_status status =
        trail_protect_number(view->findings->protection, trail_slice_of(number), &shown, err);

    if (status == TRAIL_OK) trail_json_slice(json, "number", trail_text_slice(&shown));
    trail_text_clear(&shown);
    return status;
}

static void write_month(trail_json *json, const trail_coverage_month *month)
{
    const int64_t values[] = {month->first_day,
                              month->months,
                              month->cover,
                              month->days,
                              month->days_covered,
                              month->days_asked,
                              month->days_asked_covered,
                              month->unread_count};

    trail_json_array(json, NULL);
    for (size_t i = 0; i < TRAIL_LENGTH_OF(values); i++)
        trail_json_integer(json, NULL, values[i]);
    trail_json_array_end(json);
}

static bool same_account(const trail_coverage_month *a, const trail_coverage_month *b)
{
    if (a->account != TRAIL_NO_ACCOUNT || b->account != TRAIL_NO_ACCOUNT)
        return a->account == b->account;
    return trail_slice_is(trail_slice_of(a->number), b->number);
}

/* One object an account: its months in their order. */
static trail_status write_coverage(trail_report_view *view, trail_json *json, trail_error *err)
{
    const size_t count = trail_report_months_listed(view->findings);
    const trail_coverage_month *before = NULL;
    trail_status status = TRAIL_OK;

    trail_json_array(json, "coverage");
    for (size_t i = 0; status == TRAIL_OK && i < count; i++) {
        const trail_coverage_month *month = trail_vector_at(&view->findings->coverage->months, i);

        if (before == NULL || !same_account(before, month)) {
            if (before != NULL) {
                trail_json_array_end(json);
                trail_json_object_end(json);
            }
            trail_json_object(json, NULL);
            trail_json_integer(json, "account", trail_report_place(view, month->account));
            if (month->account == TRAIL_NO_ACCOUNT)
                status = write_number(view, json, month->number, err);
            trail_json_array(json, "months");
        }
        write_month(json, month);
        before = month;
    }
    if (before != NULL) {
        trail_json_array_end(json);
        trail_json_object_end(json);
    }
    trail_json_array_end(json);
    return status;
}

static void write_gaps(const trail_report_view *view, trail_json *json)
{
    const trail_coverage *coverage = view->findings->coverage;

    trail_json_array(json, "gaps");
    for (size_t i = 0; coverage != NULL && i < coverage->gaps.count && i < TRAIL_REPORT_GAPS; i++) {
        const trail_coverage_gap *gap = trail_vector_at(&coverage->gaps, i);

        trail_json_object(json, NULL);
        trail_json_integer(json, "account", trail_report_place(view, gap->account));
        trail_json_integer(json, "currency",
                           gap->currency == TRAIL_NO_CURRENCY ? -1 : (int64_t)gap->currency);
        trail_json_integer(json, "statement", (int64_t)gap->check + 1);
        trail_report_day(json, "from", gap->from_day);
        trail_report_day(json, "to", gap->to_day);
        write_balance(json, "moved", gap->moved_known, gap->moved_minor, gap->currency);
        trail_json_object_end(json);
    }
    trail_json_array_end(json);
}

trail_status trail_report_statements(trail_report_view *view, trail_json *json, trail_error *err)
{
    trail_status status = write_statements(view, json, err);

    if (status == TRAIL_OK) status = write_breaks(view, json, err);
    if (status == TRAIL_OK) status = write_coverage(view, json, err);
    if (status == TRAIL_OK) write_gaps(view, json);
    return status;
}
