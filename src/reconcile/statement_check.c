#include "reconcile/statement_check.h"

#include "base/attributes.h"
#include "base/memory.h"
#include "base/sort.h"
#include "base/wide.h"
#include "model/money.h"
#include "reconcile/balance_walk.h"
#include "reconcile/statement_links.h"
#include "reconcile/statement_pages.h"
#include "reconcile/statement_rows.h"

typedef struct check_work {
    trail_statement_checks *checks;
    const trail_ledger *ledger;
    trail_row_index index;
    trail_vector rows; /* of trail_statement_row, of the statement at hand */
    int64_t tolerance_millionths, tolerance;
} check_work;

void trail_statement_checks_init(trail_statement_checks *checks)
{
    *checks = (trail_statement_checks){.checks = trail_vector_of(sizeof(trail_statement_check)),
                                       .parts = trail_vector_of(sizeof(uint32_t)),
                                       .breaks = trail_vector_of(sizeof(trail_balance_break))};
}

void trail_statement_checks_clear(trail_statement_checks *checks)
{
    trail_vector_clear(&checks->checks);
    trail_vector_clear(&checks->parts);
    trail_vector_clear(&checks->breaks);
}

const char *trail_verdict_name(trail_verdict verdict)
{
    static const char *const names[TRAIL_VERDICT_COUNT] = {
        "closes", "closes but for rows valued after the closing day", "does not close",
        "cannot be checked"};
    return names[verdict];
}

const char *trail_link_name(trail_statement_link link)
{
    static const char *const names[TRAIL_LINK_COUNT] = {"first",
                                                        "follows",
                                                        "gap",
                                                        "overlap",
                                                        "repeated",
                                                        "opens with another balance",
                                                        "no balance to compare"};
    return names[link];
}

const char *trail_balance_kind_name(trail_balance_kind kind)
{
    static const char *const names[] = {"not stated", "booked", "page", "available", "rows"};
    return names[kind];
}

int64_t trail_balance_tolerance(int64_t millionths, trail_currency currency)
{
    int64_t minor = millionths;
    unsigned exponent = trail_currency_exponent(currency);
    for (unsigned i = exponent; i < 6; i++)
        minor /= 10;
    for (unsigned i = 6; i < exponent; i++)
        minor *= 10;
    return minor;
}

const trail_statement *trail_check_part(const trail_statement_checks *checks,
                                        const trail_ledger *ledger,
                                        const trail_statement_check *check, uint32_t part)
{
    const uint32_t *place = trail_vector_at(&checks->parts, check->first_part + part);
    return trail_vector_at(&ledger->statements, *place);
}

static void take_day(trail_statement_check *check, int32_t day)
{
    if (day == TRAIL_NO_DAY) return;
    if (check->from_day == TRAIL_NO_DAY || day < check->from_day) check->from_day = day;
    if (check->to_day == TRAIL_NO_DAY || day > check->to_day) check->to_day = day;
}

/* Rows of all pages, their days, the days that are stated. */
static trail_status take_parts(check_work *work, trail_statement_check *check, trail_error *err)
{
    int32_t from = TRAIL_NO_DAY, to = TRAIL_NO_DAY;
    work->rows.count = 0;
    for (uint32_t i = 0; i < check->part_count; i++) {
        const trail_statement *part = trail_check_part(work->checks, work->ledger, check, i);
        trail_status status = trail_row_index_rows(&work->index, part, &work->rows, err);
        if (status != TRAIL_OK) return status;
        if (part->from_day != TRAIL_NO_DAY && (from == TRAIL_NO_DAY || part->from_day < from))
            from = part->from_day;
        if (part->to_day != TRAIL_NO_DAY && (to == TRAIL_NO_DAY || part->to_day > to))
            to = part->to_day;
        check->turned = check->turned || part->turned;
        check->unread +=
            trail_row_index_rejects(&work->index, part->first_record, part->end_record);
        take_day(check, trail_statement_first_day(part));
        if (part->closing.kind != TRAIL_BALANCE_ROWS) take_day(check, part->closing.day);
    }
    const trail_statement_row *rows = work->rows.items;
    for (size_t i = 0; i < work->rows.count; i++)
        take_day(check, rows[i].day);
    check->period_stated = from != TRAIL_NO_DAY && to != TRAIL_NO_DAY;
    if (from != TRAIL_NO_DAY) check->from_day = from;
    if (to != TRAIL_NO_DAY) check->to_day = to;
    return TRAIL_OK;
}

static bool add_up(check_work *work, trail_statement_check *check, int64_t *sum)
{
    const trail_statement_row *rows = work->rows.items;
    *sum = 0;
    check->rows = work->rows.count;
    for (size_t i = 0; i < work->rows.count; i++) {
        int64_t amount = rows[i].signed_minor;
        bool fits = amount < 0
                        ? trail_sub_checked(check->debit_minor, amount, &check->debit_minor)
                        : trail_add_checked(check->credit_minor, amount, &check->credit_minor);
        if (!fits) return false;
    }
    return trail_sub_checked(check->credit_minor, check->debit_minor, sum);
}

static void take_totals(const check_work *work, trail_statement_check *check)
{
    for (uint32_t i = 0; i < check->part_count; i++) {
        const trail_statement *part = trail_check_part(work->checks, work->ledger, check, i);
        bool fits = trail_add_checked(check->stated_debit_minor, part->stated_debit_minor,
                                      &check->stated_debit_minor) &&
                    trail_add_checked(check->stated_credit_minor, part->stated_credit_minor,
                                      &check->stated_credit_minor);
        check->totals_stated = fits && part->has_totals && (i == 0 || check->totals_stated);
        if (!check->totals_stated) break;
    }
    if (!check->totals_stated) check->stated_debit_minor = check->stated_credit_minor = 0;
    check->totals_differ =
        check->totals_stated && (check->stated_debit_minor != check->debit_minor ||
                                 check->stated_credit_minor != check->credit_minor);
}

/* A rejected record between two rows, as they stand in the file. */
static uint32_t unread_between(const check_work *work, uint32_t before, uint32_t record)
{
    if (before == TRAIL_NO_RECORD) return TRAIL_NO_RECORD;
    uint32_t first = before < record ? before : record, last = before < record ? record : before;
    const trail_records *records = &work->ledger->records;
    if (trail_records_file(records, first) != trail_records_file(records, last))
        return TRAIL_NO_RECORD;
    return trail_row_index_reject(&work->index, first + 1, last);
}

static trail_status find_breaks(check_work *work, trail_statement_check *check, uint32_t at,
                                const int64_t *opening, trail_error *err)
{
    const trail_statement_row *rows = work->rows.items;
    trail_running_balance balance = {opening != NULL, opening != NULL ? *opening : 0};
    uint32_t before = TRAIL_NO_RECORD;
    int64_t expected = 0;
    check->first_break = (uint32_t)work->checks->breaks.count;
    for (size_t i = 0; i < work->rows.count; i++) {
        if (trail_running_balance_breaks(&balance, &rows[i], work->tolerance, &expected)) {
            trail_balance_break broken = {.check = at,
                                          .record = rows[i].record,
                                          .record_before = before,
                                          .unread = unread_between(work, before, rows[i].record),
                                          .expected_minor = expected,
                                          .stated_minor = rows[i].balance_minor};
            trail_status status = trail_vector_push(&work->checks->breaks, &broken, err);
            if (status != TRAIL_OK) return status;
            check->break_count++;
        }
        before = rows[i].record;
    }
    return TRAIL_OK;
}

/* Opening and closing as the rows themselves say them, in the order that was found. */
static bool balances_of_rows(const check_work *work, trail_statement_check *check)
{
    const trail_statement_row *rows = work->rows.items;
    int64_t before = 0, balance = 0;
    bool known = false;
    for (size_t i = 0; i < work->rows.count; i++) {
        if (!trail_add_checked(known ? balance : before, rows[i].signed_minor,
                               known ? &balance : &before))
            return false;
        if (!rows[i].has_balance) continue;
        if (!known && !trail_sub_checked(rows[i].balance_minor, before, &before)) return false;
        balance = rows[i].balance_minor;
        known = true;
    }
    if (!known) return false;
    check->opening = (trail_stated_balance){TRAIL_BALANCE_ROWS, rows[0].day, before};
    check->closing =
        (trail_stated_balance){TRAIL_BALANCE_ROWS, rows[work->rows.count - 1].day, balance};
    return true;
}

/* Rows valued after the closing day: all of them together, else a single one, make the difference
 * (rows of such days are booked, and left out of a closing balance that goes by value dates). */
static void look_for_late_values(check_work *work, trail_statement_check *check)
{
    const trail_statement_row *rows = work->rows.items;
    int32_t day = check->closing.day != TRAIL_NO_DAY ? check->closing.day : check->to_day;
    int64_t all = 0;
    uint32_t count = 0, first = TRAIL_NO_RECORD, single = TRAIL_NO_RECORD;
    for (size_t i = 0; i < work->rows.count; i++) {
        const trail_statement_row *row = &rows[i];
        if (row->value_day == TRAIL_NO_DAY || day == TRAIL_NO_DAY || row->value_day <= day)
            continue;
        if (!trail_sub_checked(all, row->signed_minor, &all)) return;
        if (count++ == 0) first = row->record;
        if (single == TRAIL_NO_RECORD && row->signed_minor != INT64_MIN &&
            trail_balances_agree(-row->signed_minor, check->difference_minor, work->tolerance))
            single = row->record;
    }
    if (count == 0) return;
    if (trail_balances_agree(all, check->difference_minor, work->tolerance)) {
        check->excepted = first;
        check->excepted_count = count;
    } else if (single != TRAIL_NO_RECORD) {
        check->excepted = single;
        check->excepted_count = 1;
    } else {
        return;
    }
    check->verdict = TRAIL_VERDICT_CLOSES_BUT;
}

static const char *why_not(const trail_statement_check *check)
{
    if (check->opening.kind == TRAIL_BALANCE_AVAILABLE ||
        check->closing.kind == TRAIL_BALANCE_AVAILABLE)
        return "its balances are available balances, not booked ones";
    if (check->opening.kind == TRAIL_BALANCE_NONE && check->closing.kind == TRAIL_BALANCE_NONE)
        return check->is_report ? "a report states no balances" : "it states no balances";
    if (check->opening.kind == TRAIL_BALANCE_NONE) return "it states no opening balance";
    if (check->closing.kind == TRAIL_BALANCE_NONE) return "it states no closing balance";
    return NULL;
}

static void judge(check_work *work, trail_statement_check *check, int64_t sum)
{
    int64_t expected = 0;
    check->verdict = TRAIL_VERDICT_NOT_CHECKED;
    check->why_not = why_not(check);
    if (check->why_not != NULL) return;
    if (!trail_add_checked(check->opening.amount_minor, sum, &expected) ||
        !trail_sub_checked(check->closing.amount_minor, expected, &check->difference_minor)) {
        check->why_not = "its sums are larger than can be counted";
        return;
    }
    /* Where every row carries a balance the tolerance is for each row. */
    bool rows_speak = check->opening.kind == TRAIL_BALANCE_ROWS;
    bool closes = rows_speak ? check->break_count == 0
                             : trail_balances_agree(check->difference_minor, 0, work->tolerance);
    check->verdict = closes ? TRAIL_VERDICT_CLOSES : TRAIL_VERDICT_DOES_NOT_CLOSE;
    if (!closes && !rows_speak) look_for_late_values(work, check);
}

static trail_status check_one(check_work *work, uint32_t at, trail_error *err)
{
    trail_statement_check *check = trail_vector_at(&work->checks->checks, at);
    int64_t sum = 0;
    work->tolerance = trail_balance_tolerance(work->tolerance_millionths, check->currency);
    trail_status status = take_parts(work, check, err);
    if (status != TRAIL_OK) return status;
    bool stated =
        check->opening.kind == TRAIL_BALANCE_BOOKED || check->opening.kind == TRAIL_BALANCE_PAGE;
    const int64_t *opening = stated ? &check->opening.amount_minor : NULL;
    status =
        trail_statement_rows_order(&work->rows, opening, work->tolerance, &check->reordered, err);
    if (status == TRAIL_OK) status = find_breaks(work, check, at, opening, err);
    if (status != TRAIL_OK) return status;
    bool counted = add_up(work, check, &sum);
    if (check->opening.kind == TRAIL_BALANCE_ROWS && !balances_of_rows(work, check))
        check->opening.kind = check->closing.kind = TRAIL_BALANCE_NONE;
    take_totals(work, check);
    if (counted) {
        judge(work, check, sum);
    } else {
        check->verdict = TRAIL_VERDICT_NOT_CHECKED;
        check->why_not = "its sums are larger than can be counted";
    }
    return TRAIL_OK;
}

static trail_status add_check(check_work *work, const uint32_t *next, uint32_t first,
                              trail_error *err)
{
    const trail_statement *statements = work->ledger->statements.items;
    trail_statement_check check = {.account = statements[first].account,
                                   .currency = statements[first].currency,
                                   .is_report = statements[first].is_report,
                                   .first_part = (uint32_t)work->checks->parts.count,
                                   .opening = statements[first].opening,
                                   .from_day = TRAIL_NO_DAY,
                                   .to_day = TRAIL_NO_DAY,
                                   .excepted = TRAIL_NO_RECORD,
                                   .previous = TRAIL_NO_CHECK,
                                   .missing_number = UINT32_MAX,
                                   .missing_number_to = UINT32_MAX};
    trail_status status = TRAIL_OK;
    for (uint32_t at = first; at != TRAIL_NO_STATEMENT && status == TRAIL_OK; at = next[at]) {
        status = trail_vector_push(&work->checks->parts, &at, err);
        check.closing = statements[at].closing;
        check.part_count++;
    }
    uint32_t at = (uint32_t)work->checks->checks.count;
    if (status == TRAIL_OK) status = trail_vector_push(&work->checks->checks, &check, err);
    return status == TRAIL_OK ? check_one(work, at, err) : status;
}

static int compare_days(int32_t a, int32_t b)
{
    return (a > b) - (a < b);
}

static int compare_checks(const void *context, uint32_t a, uint32_t b)
{
    const check_work *work = context;
    const trail_statement_check *first = trail_vector_at(&work->checks->checks, a);
    const trail_statement_check *second = trail_vector_at(&work->checks->checks, b);
    if (first->account != second->account) return first->account < second->account ? -1 : 1;
    if (first->currency != second->currency) return first->currency < second->currency ? -1 : 1;
    if (first->is_report != second->is_report) return second->is_report ? -1 : 1;
    int order = compare_days(first->from_day, second->from_day);
    if (order != 0) return order;
    const trail_statement *one = trail_check_part(work->checks, work->ledger, first, 0);
    const trail_statement *two = trail_check_part(work->checks, work->ledger, second, 0);
    if (one->sequence != two->sequence) return one->sequence < two->sequence ? -1 : 1;
    if (one->page != two->page) return one->page < two->page ? -1 : 1;
    order = compare_days(first->to_day, second->to_day);
    return order != 0 ? order : (a > b) - (a < b);
}

/* Breaks go with their checks. */
static trail_status sort_checks(check_work *work, trail_error *err)
{
    trail_statement_checks *checks = work->checks;
    size_t count = checks->checks.count;
    uint32_t *order = NULL;
    trail_vector sorted = trail_vector_of(sizeof(trail_statement_check));
    trail_vector breaks = trail_vector_of(sizeof(trail_balance_break));
    trail_status status = trail_alloc_zeroed(&order, count, sizeof *order, err);
    for (uint32_t i = 0; i < count && status == TRAIL_OK; i++)
        order[i] = i;
    if (status == TRAIL_OK) status = trail_sort_numbers(order, count, compare_checks, work, err);
    for (uint32_t i = 0; i < count && status == TRAIL_OK; i++) {
        trail_statement_check check =
            *(const trail_statement_check *)trail_vector_at(&checks->checks, order[i]);
        uint32_t first = check.first_break;
        check.first_break = (uint32_t)breaks.count;
        for (uint32_t k = 0; k < check.break_count && status == TRAIL_OK; k++) {
            trail_balance_break broken =
                *(const trail_balance_break *)trail_vector_at(&checks->breaks, first + k);
            broken.check = i;
            status = trail_vector_push(&breaks, &broken, err);
        }
        if (status == TRAIL_OK) status = trail_vector_push(&sorted, &check, err);
    }
    trail_free(order);
    if (status != TRAIL_OK) {
        trail_vector_clear(&sorted);
        trail_vector_clear(&breaks);
        return status;
    }
    trail_vector_clear(&checks->checks);
    trail_vector_clear(&checks->breaks);
    checks->checks = sorted;
    checks->breaks = breaks;
    return TRAIL_OK;
}

trail_status trail_statement_checks_make(trail_statement_checks *checks, const trail_ledger *ledger,
                                         int64_t tolerance_millionths, trail_error *err)
{
    check_work work = {.checks = checks,
                       .ledger = ledger,
                       .rows = trail_vector_of(sizeof(trail_statement_row)),
                       .tolerance_millionths = tolerance_millionths};
    uint32_t *next = NULL, *before = NULL;
    trail_statement_checks_init(checks);
    if (ledger->statements.count == 0) return TRAIL_OK;
    trail_status status = trail_row_index_make(&work.index, ledger, err);
    if (status == TRAIL_OK) status = trail_statement_pages(ledger, &next, &before, err);
    for (uint32_t i = 0; i < ledger->statements.count && status == TRAIL_OK; i++) {
        if (before[i] == TRAIL_NO_STATEMENT) status = add_check(&work, next, i, err);
    }
    if (status == TRAIL_OK) status = sort_checks(&work, err);
    if (status == TRAIL_OK)
        status = trail_statement_links_make(checks, &work.index, tolerance_millionths, err);
    trail_free(next);
    trail_free(before);
    trail_vector_clear(&work.rows);
    trail_row_index_clear(&work.index);
    if (status != TRAIL_OK) trail_statement_checks_clear(checks);
    return status;
}
