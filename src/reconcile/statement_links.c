#include "reconcile/statement_links.h"

#include "base/sort.h"
#include "base/wide.h"
#include "model/calendar.h"
#include "reconcile/balance_walk.h"

/* The balance of a statement after each of its rows, to compare a later opening with. */
typedef struct balance_point {
    int32_t day;
    int64_t minor;
} balance_point;

typedef struct link_work {
    trail_statement_checks *checks;
    const trail_row_index *index;
    int64_t tolerance;
    uint32_t of;          /* check whose points these are */
    trail_vector points;  /* of balance_point: after each row, by day and balance */
    trail_vector endings; /* of balance_point: after each day, by day */
} link_work;

static trail_statement_check *check_at(const link_work *work, size_t at)
{
    return trail_vector_at(&work->checks->checks, at);
}

static bool is_comparable(const trail_stated_balance *balance)
{
    return balance->kind == TRAIL_BALANCE_BOOKED || balance->kind == TRAIL_BALANCE_PAGE ||
           balance->kind == TRAIL_BALANCE_ROWS;
}

static bool same_pocket(const trail_statement_check *a, const trail_statement_check *b)
{
    return a->account == b->account && a->currency == b->currency && a->is_report == b->is_report;
}

static const trail_statement *part_of(const link_work *work, const trail_statement_check *check,
                                      uint32_t part)
{
    return trail_check_part(work->checks, work->index->ledger, check, part);
}

static bool same_balance(const trail_stated_balance *a, const trail_stated_balance *b)
{
    return a->kind == b->kind && a->day == b->day && a->amount_minor == b->amount_minor;
}

static bool is_repeated(const link_work *work, const trail_statement_check *before,
                        const trail_statement_check *check)
{
    const trail_statement *first = part_of(work, before, 0), *second = part_of(work, check, 0);
    return first->sequence == second->sequence && first->page == second->page &&
           before->from_day == check->from_day && before->to_day == check->to_day &&
           before->rows == check->rows && before->debit_minor == check->debit_minor &&
           before->credit_minor == check->credit_minor &&
           same_balance(&before->opening, &check->opening) &&
           same_balance(&before->closing, &check->closing);
}

static bool follows(const link_work *work, const trail_statement_check *before,
                    const trail_statement_check *check)
{
    return is_comparable(&before->closing) && is_comparable(&check->opening) &&
           trail_balances_agree(before->closing.amount_minor, check->opening.amount_minor,
                                work->tolerance);
}

static int compare_points(const void *context, const void *a, const void *b)
{
    const balance_point *first = a, *second = b;
    (void)context;
    if (first->day != second->day) return first->day < second->day ? -1 : 1;
    return (first->minor > second->minor) - (first->minor < second->minor);
}

static int compare_row_days(const void *context, const void *a, const void *b)
{
    const trail_statement_row *first = a, *second = b;
    (void)context;
    return (first->day > second->day) - (first->day < second->day);
}

static trail_status add_points(link_work *work, const trail_vector *rows, int64_t balance,
                               trail_error *err)
{
    trail_status status = TRAIL_OK;
    balance_point point = {TRAIL_NO_DAY, balance};
    status = trail_vector_push(&work->endings, &point, err);
    for (size_t i = 0; i < rows->count && status == TRAIL_OK; i++) {
        const trail_statement_row *row = trail_vector_at(rows, i);
        bool new_day = i == 0 || row->day != point.day;
        point.day = row->day;
        if (new_day) status = trail_vector_push(&work->points, &point, err); /* before its rows */
        if (!trail_add_checked(point.minor, row->signed_minor, &point.minor)) return status;
        if (status == TRAIL_OK) status = trail_vector_push(&work->points, &point, err);
        const trail_statement_row *next = i + 1 < rows->count ? row + 1 : NULL;
        if (status == TRAIL_OK && (next == NULL || next->day != row->day))
            status = trail_vector_push(&work->endings, &point, err);
    }
    if (status != TRAIL_OK) return status;
    return trail_sort_items(work->points.items, work->points.count, sizeof(balance_point),
                            compare_points, NULL, err);
}

/* Each check becomes the one that reaches furthest at most once, so this is linear over all. */
static trail_status load_points(link_work *work, uint32_t at, trail_error *err)
{
    const trail_statement_check *check = check_at(work, at);
    if (work->of == at) return TRAIL_OK;
    work->of = at;
    work->points.count = work->endings.count = 0;
    trail_vector rows = trail_vector_of(sizeof(trail_statement_row));
    trail_status status = TRAIL_OK;
    for (uint32_t i = 0; i < check->part_count && status == TRAIL_OK; i++)
        status = trail_row_index_rows(work->index, part_of(work, check, i), &rows, err);
    uint32_t reordered = 0;
    if (status == TRAIL_OK)
        status = trail_statement_rows_order(&rows, &check->opening.amount_minor, work->tolerance,
                                            &reordered, err);
    if (status == TRAIL_OK)
        status = trail_sort_items(rows.items, rows.count, sizeof(trail_statement_row),
                                  compare_row_days, NULL, err);
    if (status == TRAIL_OK) status = add_points(work, &rows, check->opening.amount_minor, err);
    trail_vector_clear(&rows);
    return status;
}

static size_t first_point(const trail_vector *points, balance_point wanted)
{
    size_t low = 0, high = points->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_points(NULL, trail_vector_at(points, middle), &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void compare_apart(const trail_statement_check *before, trail_statement_check *check)
{
    bool days_known = before->to_day != TRAIL_NO_DAY && check->from_day != TRAIL_NO_DAY;
    bool days_between = days_known && (int64_t)check->from_day - before->to_day > 1;
    bool stated = is_comparable(&before->closing) && is_comparable(&check->opening);
    check->link = days_between ? TRAIL_LINK_GAP : stated ? TRAIL_LINK_DIFFERS : TRAIL_LINK_UNKNOWN;
    check->moved_known =
        stated && trail_sub_checked(check->opening.amount_minor, before->closing.amount_minor,
                                    &check->moved_minor);
    if (!check->moved_known) check->moved_minor = 0;
}

/* `check` begins on a day that `furthest` covers: do its rows lead to the opening? */
static trail_status compare_within(link_work *work, uint32_t furthest, trail_statement_check *check,
                                   trail_error *err)
{
    const trail_statement_check *before = check_at(work, furthest);
    check->link = TRAIL_LINK_OVERLAP;
    if (!is_comparable(&before->opening) || !is_comparable(&check->opening)) return TRAIL_OK;
    trail_status status = load_points(work, furthest, err);
    if (status != TRAIL_OK) return status;
    int64_t opening = check->opening.amount_minor, lowest = INT64_MIN;
    (void)trail_sub_checked(opening, work->tolerance, &lowest);
    size_t place = first_point(&work->points, (balance_point){check->from_day, lowest});
    if (place < work->points.count) {
        const balance_point *point = trail_vector_at(&work->points, place);
        if (point->day == check->from_day &&
            trail_balances_agree(point->minor, opening, work->tolerance))
            return TRAIL_OK;
    }
    if (check->from_day == before->to_day && is_comparable(&before->closing)) {
        compare_apart(before, check);
        return TRAIL_OK;
    }
    size_t ending = first_point(&work->endings, (balance_point){check->from_day, INT64_MIN});
    const balance_point *expected = trail_vector_at(&work->endings, ending > 0 ? ending - 1 : 0);
    if (trail_balances_agree(expected->minor, opening, work->tolerance)) return TRAIL_OK;
    check->link = TRAIL_LINK_DIFFERS;
    check->moved_known = trail_sub_checked(opening, expected->minor, &check->moved_minor);
    return TRAIL_OK;
}

static int year_of(int32_t day)
{
    int year = 0, month = 0, day_of_month = 0;
    if (day != TRAIL_NO_DAY) trail_day_to_civil(day, &year, &month, &day_of_month);
    return year;
}

static void compare_numbers(const link_work *work, const trail_statement_check *before,
                            trail_statement_check *check)
{
    const trail_statement *last = part_of(work, before, before->part_count - 1);
    const trail_statement *first = part_of(work, check, 0);
    if (last->sequence == UINT32_MAX || first->sequence == UINT32_MAX) return;
    bool new_year = year_of(check->to_day) > year_of(before->to_day);
    if (first->sequence == last->sequence) {
        bool other_page = first->page != part_of(work, before, 0)->page;
        check->number_repeated =
            check->link != TRAIL_LINK_REPEATED && !other_page && !new_year && first->sequence > 0;
    } else if (first->sequence > last->sequence && first->sequence - last->sequence > 1) {
        check->missing_number = last->sequence + 1;
        check->missing_number_to = first->sequence - 1;
    } else if (first->sequence < last->sequence && new_year && first->sequence > 1) {
        check->missing_number = 1; /* numbers begin anew with the year */
        check->missing_number_to = first->sequence - 1;
    }
}

/* before: NULL if there is none. */
static void compare_pages(const link_work *work, const trail_statement_check *before,
                          trail_statement_check *check)
{
    const trail_statement *first = part_of(work, check, 0);
    const trail_statement *own_last = part_of(work, check, check->part_count - 1);
    check->ends_early = !check->is_report && own_last->closing.kind == TRAIL_BALANCE_PAGE &&
                        own_last->page > 0 && own_last->sequence != UINT32_MAX;
    if (check->is_report || first->opening.kind != TRAIL_BALANCE_PAGE || first->page < 2) return;
    uint32_t expected = 1;
    if (before != NULL) {
        const trail_statement *last = part_of(work, before, before->part_count - 1);
        if (last->sequence == first->sequence && last->page < first->page)
            expected = last->page + 1;
    }
    if (expected >= first->page) return;
    check->missing_page = expected;
    check->missing_page_to = first->page - 1;
}

static trail_status link_one(link_work *work, uint32_t at, uint32_t furthest, trail_error *err)
{
    trail_statement_check *check = check_at(work, at);
    const trail_statement_check *last = check_at(work, at - 1), *far = check_at(work, furthest);
    check->previous = at - 1;
    if (is_repeated(work, last, check)) {
        check->link = TRAIL_LINK_REPEATED;
    } else if (follows(work, last, check)) {
        check->link = TRAIL_LINK_FOLLOWS;
    } else if (follows(work, far, check)) {
        check->link = TRAIL_LINK_FOLLOWS;
        check->previous = furthest;
    } else {
        check->previous = furthest;
        bool shares_days = far->to_day != TRAIL_NO_DAY && check->from_day != TRAIL_NO_DAY &&
                           check->from_day <= far->to_day && far->rows > 0;
        bool is_page = check->opening.kind == TRAIL_BALANCE_PAGE;
        if (is_page) check->previous = at - 1; /* of the page before, wherever that ended */
        if (!shares_days || is_page) {
            compare_apart(is_page ? last : far, check);
            return TRAIL_OK;
        }
        return compare_within(work, furthest, check, err);
    }
    return TRAIL_OK;
}

trail_status trail_statement_links_make(trail_statement_checks *checks,
                                        const trail_row_index *index, int64_t tolerance_millionths,
                                        trail_error *err)
{
    link_work work = {.checks = checks,
                      .index = index,
                      .of = TRAIL_NO_CHECK,
                      .points = trail_vector_of(sizeof(balance_point)),
                      .endings = trail_vector_of(sizeof(balance_point))};
    trail_status status = TRAIL_OK;
    uint32_t furthest = 0;
    for (uint32_t i = 0; i < checks->checks.count && status == TRAIL_OK; i++) {
        trail_statement_check *check = check_at(&work, i);
        bool first = i == 0 || !same_pocket(check - 1, check);
        work.tolerance = trail_balance_tolerance(tolerance_millionths, check->currency);
        if (!first && !check->is_report) {
            status = link_one(&work, i, furthest, err);
            compare_numbers(&work, check - 1, check);
        }
        compare_pages(&work, first ? NULL : check - 1, check);
        if (first || check->to_day >= check_at(&work, furthest)->to_day) furthest = i;
    }
    trail_vector_clear(&work.points);
    trail_vector_clear(&work.endings);
    return status;
}
