#include "reconcile/reply_months.h"

#include <string.h>

#include "base/memory.h"
#include "base/sort.h"
#include "model/calendar.h"

typedef struct day_run {
    int32_t from_day, to_day;
} day_run;

uint32_t trail_reply_request_of(const trail_reply_given *given, uint32_t source)
{
    const trail_request *requests = given->mandate->requests.items;
    if (source >= given->source_count || given->sources[source].request == NULL) return UINT32_MAX;
    for (uint32_t i = 0; i < given->mandate->requests.count; i++) {
        if (strcmp(requests[i].id, given->sources[source].request) == 0) return i;
    }
    return UINT32_MAX;
}

static int32_t first_of_month(int32_t day)
{
    int year, month, day_of_month;
    trail_day_to_civil(day, &year, &month, &day_of_month);
    return day - day_of_month + 1;
}

static int32_t first_of_next(int32_t first)
{
    return first_of_month(first + 31);
}

static int by_day(const void *context, const void *a, const void *b)
{
    const day_run *first = a, *second = b;
    (void)context;
    return (first->from_day > second->from_day) - (first->from_day < second->from_day);
}

/* Days of the account that were received: observed ones, and months whose balances prove that
 * nothing moved on the others. Sorted. */
static trail_status covered_days(const trail_reply_given *given, uint32_t account,
                                 trail_vector *runs, trail_error *err)
{
    const trail_ledger *ledger = given->ledger;
    trail_status status = TRAIL_OK;
    for (size_t i = trail_ledger_first_observation(ledger, account);
         i < ledger->observations.count && status == TRAIL_OK; i++) {
        const trail_observation *seen = trail_vector_at(&ledger->observations, i);
        if (seen->account != account) break;
        day_run run = {seen->from_day, seen->to_day};
        if (seen->file != UINT32_MAX) status = trail_vector_push(runs, &run, err);
    }
    for (size_t i = 0; i < given->coverage->months.count && status == TRAIL_OK; i++) {
        const trail_coverage_month *month = trail_vector_at(&given->coverage->months, i);
        if (month->account != account || month->cover != TRAIL_COVER_COMPLETE) continue;
        day_run run = {month->first_day, first_of_next(month->first_day) - 1};
        if (month->months == 1) status = trail_vector_push(runs, &run, err);
    }
    if (status != TRAIL_OK) return status;
    return trail_sort_items(runs->items, runs->count, sizeof(day_run), by_day, NULL, err);
}

/* The next uncovered stretch at or after *day, up to `last`; false when there is none. */
static bool next_uncovered(const trail_vector *runs, int32_t *day, int32_t last, day_run *found)
{
    const day_run *items = runs->items;
    for (size_t i = 0; i < runs->count; i++) {
        if (items[i].from_day > *day) {
            if (*day > last) return false;
            int32_t end = items[i].from_day - 1 < last ? items[i].from_day - 1 : last;
            *found = (day_run){*day, end};
            *day = end + 1;
            return true;
        }
        if (items[i].to_day >= *day) {
            if (items[i].to_day >= last) return false;
            *day = items[i].to_day + 1;
        }
    }
    if (*day > last) return false;
    *found = (day_run){*day, last};
    *day = last + 1;
    return true;
}

static uint32_t count_covered(const trail_vector *runs, int32_t from, int32_t to)
{
    uint32_t covered = (uint32_t)(to - from + 1);
    day_run gap;
    for (int32_t day = from; next_uncovered(runs, &day, to, &gap);)
        covered -= (uint32_t)(gap.to_day - gap.from_day + 1);
    return covered;
}

static bool is_said_unread(const trail_reply_given *given, uint32_t account, int32_t month)
{
    for (size_t i = 0; i < given->coverage->months.count; i++) {
        const trail_coverage_month *one = trail_vector_at(&given->coverage->months, i);
        if (one->account == account && one->first_day == month && one->unread_count > 0)
            return true;
    }
    return false;
}

static trail_status add_months(trail_reply_check *check, const trail_reply_given *given,
                               const trail_reply_month *asked, const trail_vector *runs,
                               day_run period, trail_error *err)
{
    trail_status status = TRAIL_OK;
    for (int32_t first = first_of_month(period.from_day);
         first <= period.to_day && status == TRAIL_OK; first = first_of_next(first)) {
        int32_t last = first_of_next(first) - 1;
        int32_t from = first > period.from_day ? first : period.from_day;
        int32_t to = last < period.to_day ? last : period.to_day;
        trail_reply_month month = *asked;
        month.first_day = first;
        month.days_asked = (uint32_t)(to - from + 1);
        month.days_covered = count_covered(runs, from, to);
        month.state = month.days_covered == month.days_asked ? TRAIL_REPLY_RECEIVED
                      : month.days_covered > 0               ? TRAIL_REPLY_PARTLY
                                                             : TRAIL_REPLY_MISSING;
        if (month.state == TRAIL_REPLY_MISSING && is_said_unread(given, asked->account, first))
            month.state = TRAIL_REPLY_NOT_READ;
        status = trail_vector_push(&check->months, &month, err);
    }
    return status;
}

static trail_status add_missing_days(trail_reply_check *check, const trail_reply_month *asked,
                                     const trail_vector *runs, day_run period, trail_error *err)
{
    day_run gap;
    for (int32_t day = period.from_day; next_uncovered(runs, &day, period.to_day, &gap);) {
        trail_deficiency lack = {.request = asked->request,
                                 .kind = TRAIL_LACKS_DAYS,
                                 .account = asked->account,
                                 .number = asked->number,
                                 .from_day = gap.from_day,
                                 .to_day = gap.to_day,
                                 .record = TRAIL_NO_RECORD};
        if (runs->count == 0) lack.kind = TRAIL_LACKS_ACCOUNT;
        trail_status status = trail_vector_push(&check->deficiencies, &lack, err);
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

/* The period that is asked for: open ends reach as far as the account's records do. */
static bool asked_period(const trail_request *request, const trail_vector *runs, day_run *period)
{
    const day_run *items = runs->items;
    *period = (day_run){request->from, request->to};
    if (period->from_day == TRAIL_NO_DAY && runs->count > 0) period->from_day = items[0].from_day;
    for (size_t i = 0; request->to == TRAIL_NO_DAY && i < runs->count; i++) {
        if (period->to_day == TRAIL_NO_DAY || items[i].to_day > period->to_day)
            period->to_day = items[i].to_day;
    }
    return period->from_day != TRAIL_NO_DAY && period->to_day != TRAIL_NO_DAY &&
           period->from_day <= period->to_day;
}

static trail_status add_account(trail_reply_check *check, const trail_reply_given *given,
                                uint32_t request, trail_slice number, uint32_t account,
                                trail_error *err)
{
    trail_vector runs = trail_vector_of(sizeof(day_run));
    const trail_request *asked = trail_vector_at(&given->mandate->requests, request);
    trail_reply_month month = {.request = request, .account = account};
    day_run period;
    trail_status status = trail_strings_put(given->ledger->strings, number, &month.number, err);
    if (status == TRAIL_OK && account != TRAIL_NO_ACCOUNT)
        status = covered_days(given, account, &runs, err);
    if (status == TRAIL_OK && asked_period(asked, &runs, &period)) {
        status = add_months(check, given, &month, &runs, period, err);
        if (status == TRAIL_OK) status = add_missing_days(check, &month, &runs, period, err);
    } else if (status == TRAIL_OK && runs.count == 0) {
        trail_deficiency lack = {.request = request,
                                 .kind = TRAIL_LACKS_ACCOUNT,
                                 .account = account,
                                 .number = month.number,
                                 .from_day = asked->from,
                                 .to_day = asked->to,
                                 .record = TRAIL_NO_RECORD};
        status = trail_vector_push(&check->deficiencies, &lack, err);
    }
    trail_vector_clear(&runs);
    return status;
}

/* A request that names no accounts asks for those its files observe. */
static trail_status add_observed(trail_reply_check *check, const trail_reply_given *given,
                                 uint32_t request, trail_error *err)
{
    const trail_ledger *ledger = given->ledger;
    const trail_observation *seen = ledger->observations.items;
    uint32_t last = TRAIL_NO_ACCOUNT;
    trail_status status = TRAIL_OK;
    for (size_t i = 0; i < ledger->observations.count && status == TRAIL_OK; i++) {
        if (seen[i].account == last || seen[i].file == UINT32_MAX) continue;
        const trail_file *file = trail_vector_at(&ledger->records.files, seen[i].file);
        if (trail_reply_request_of(given, file->source) != request) continue;
        last = seen[i].account;
        status = add_account(check, given, request, trail_accounts_number(ledger->accounts, last),
                             last, err);
    }
    return status;
}

trail_status trail_reply_months_asked(trail_reply_check *check, const trail_reply_given *given,
                                      uint32_t request, trail_error *err)
{
    const trail_request *asked = trail_vector_at(&given->mandate->requests, request);
    const char *const *numbers = asked->accounts.items;
    trail_status status = TRAIL_OK;
    if (asked->accounts.count == 0) return add_observed(check, given, request, err);
    for (size_t i = 0; i < asked->accounts.count && status == TRAIL_OK; i++) {
        trail_slice number = trail_slice_of(numbers[i]);
        uint32_t account =
            trail_accounts_find(given->ledger->accounts, (trail_slice){"", 0}, number);
        status = add_account(check, given, request, number, account, err);
    }
    return status;
}

static int by_number_and_day(const void *context, const void *a, const void *b)
{
    const trail_strings *strings = context;
    const trail_outside *first = a, *second = b;
    if (first->number != second->number) {
        return trail_slice_compare(trail_strings_get(strings, first->number),
                                   trail_strings_get(strings, second->number));
    }
    return (first->day > second->day) - (first->day < second->day);
}

static trail_status add_outside(trail_reply_check *check, const trail_reply_given *given,
                                uint32_t request, const trail_outside *rows, size_t count,
                                trail_error *err)
{
    const trail_strings *strings = given->ledger->strings;
    for (size_t i = 0; i < count;) {
        trail_slice number = trail_strings_get(strings, rows[i].number);
        trail_reply_month month = {
            .request = request,
            .account = trail_accounts_find(given->ledger->accounts, (trail_slice){"", 0}, number),
            .number = rows[i].number,
            .first_day = first_of_month(rows[i].day),
            .state = TRAIL_REPLY_OUTSIDE};
        for (; i < count && rows[i].number == month.number &&
               first_of_month(rows[i].day) == month.first_day;
             i++)
            month.rows_outside++;
        trail_status status = trail_vector_push(&check->months, &month, err);
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

trail_status trail_reply_months_outside(trail_reply_check *check, const trail_reply_given *given,
                                        uint32_t request, trail_error *err)
{
    const trail_ledger *ledger = given->ledger;
    trail_vector rows = trail_vector_of(sizeof(trail_outside));
    trail_status status = TRAIL_OK;
    for (size_t i = 0; i < ledger->outside.count && status == TRAIL_OK; i++) {
        const trail_outside *row = trail_vector_at(&ledger->outside, i);
        const trail_file *file = trail_records_file(&ledger->records, row->record);
        if (trail_reply_request_of(given, file->source) == request)
            status = trail_vector_push(&rows, row, err);
    }
    if (status == TRAIL_OK)
        status = trail_sort_items(rows.items, rows.count, sizeof(trail_outside), by_number_and_day,
                                  ledger->strings, err);
    if (status == TRAIL_OK)
        status = add_outside(check, given, request, rows.items, rows.count, err);
    trail_vector_clear(&rows);
    return status;
}
