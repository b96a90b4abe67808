#include "reconcile/row_sources.h"

#include <string.h>

#include "base/memory.h"
#include "base/sort.h"

/* A report or another format may book a row some days off. */
#define MARGIN_DAYS 5

static uint64_t span_key(uint32_t account, uint32_t unit)
{
    return (uint64_t)account << 32 | unit;
}

uint32_t trail_row_file(const trail_ledger *ledger, uint32_t record, uint32_t *file)
{
    const trail_file *files = ledger->records.files.items;
    if (record < files[*file].first_record ||
        record - files[*file].first_record >= files[*file].record_count)
        *file = (uint32_t)(trail_records_file(&ledger->records, record) - files);
    return *file;
}

/* Reports stand in formats of one account a statement, whose ranges follow each other. */
static bool in_report(const trail_ledger *ledger, uint32_t file, uint32_t record)
{
    const trail_statement *statements = ledger->statements.items;
    size_t low = 0, high = ledger->statements.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const trail_statement *at = &statements[middle];
        if (at->file < file || (at->file == file && at->end_record <= record))
            low = middle + 1;
        else
            high = middle;
    }
    return low < ledger->statements.count && statements[low].file == file &&
           statements[low].first_record <= record && statements[low].is_report;
}

uint32_t trail_row_unit_of(const trail_row_sources *sources, uint32_t file, uint32_t record)
{
    bool report = sources->has_report[file] != 0 && in_report(sources->ledger, file, record);
    return 2 * file + (report ? 1 : 0);
}

/* A transfer row repeats another only by its reference: without any it cannot. */
static bool may_repeat(const trail_ledger *ledger, uint32_t entry)
{
    uint16_t legs = ledger->flags[entry] & (TRAIL_HAS_DEBIT | TRAIL_HAS_CREDIT);
    if (legs == TRAIL_HAS_DEBIT) return ledger->payer[entry] != TRAIL_NO_ACCOUNT;
    if (legs == TRAIL_HAS_CREDIT) return ledger->payee[entry] != TRAIL_NO_ACCOUNT;
    if (ledger->payer[entry] == TRAIL_NO_ACCOUNT) return false;
    const trail_detail *detail = trail_records_detail(&ledger->records, ledger->record[entry]);
    return detail != NULL && detail->reference != 0;
}

static uint32_t own_of(const trail_ledger *ledger, uint32_t entry)
{
    return (ledger->flags[entry] & TRAIL_HAS_DEBIT) != 0 ? ledger->payer[entry]
                                                         : ledger->payee[entry];
}

static trail_status widen(trail_row_sources *sources, uint32_t account, uint32_t unit, int32_t from,
                          int32_t to, uint32_t *last, trail_error *err)
{
    trail_row_span *spans = sources->spans.items;
    if (*last >= sources->spans.count || spans[*last].account != account ||
        spans[*last].unit != unit) {
        uint32_t *found =
            trail_map64_at(&sources->span_of, span_key(account, unit), TRAIL_NO_SPAN, err);
        if (found == NULL) return TRAIL_NO_MEMORY;
        if (*found == TRAIL_NO_SPAN) {
            trail_row_span fresh = {account, unit, from, to, sources->first_span[account]};
            *found = *last = (uint32_t)sources->spans.count;
            sources->first_span[account] = *last;
            return trail_vector_push(&sources->spans, &fresh, err);
        }
        *last = *found;
    }
    if (from < spans[*last].from_day) spans[*last].from_day = from;
    if (to > spans[*last].to_day) spans[*last].to_day = to;
    return TRAIL_OK;
}

static trail_status find_spans(trail_row_sources *sources, trail_error *err)
{
    const trail_ledger *ledger = sources->ledger;
    uint32_t file = 0, last = 0;
    trail_status status = TRAIL_OK;
    for (uint32_t i = 0; i < ledger->count && status == TRAIL_OK; i++) {
        if (sources->gone[i] || !may_repeat(ledger, i)) continue;
        uint32_t record = ledger->record[i];
        uint32_t unit = trail_row_unit_of(sources, trail_row_file(ledger, record, &file), record);
        status = widen(sources, own_of(ledger, i), unit, ledger->booking_day[i],
                       ledger->booking_day[i], &last, err);
    }
    const trail_observation *seen = ledger->observations.items;
    for (size_t i = 0; i < ledger->observations.count && status == TRAIL_OK; i++) {
        uint32_t found;
        if (seen[i].file == UINT32_MAX ||
            !trail_map64_find(&sources->span_of, span_key(seen[i].account, 2 * seen[i].file),
                              &found))
            continue;
        status = widen(sources, seen[i].account, 2 * seen[i].file, seen[i].from_day, seen[i].to_day,
                       &last, err);
    }
    return status;
}

static int by_account_and_day(const void *context, const void *a, const void *b)
{
    const trail_row_span *first = a, *second = b;
    (void)context;
    if (first->account != second->account) return first->account < second->account ? -1 : 1;
    return (first->from_day > second->from_day) - (first->from_day < second->from_day);
}

/* The hull of each account's overlaps, by a sweep over its spans. */
static trail_status find_overlaps(trail_row_sources *sources, trail_error *err)
{
    trail_vector sorted = trail_vector_of(sizeof(trail_row_span));
    trail_status status = TRAIL_OK;
    const trail_row_span *spans = sources->spans.items;
    for (size_t i = 0; i < sources->spans.count && status == TRAIL_OK; i++)
        if (spans[sources->first_span[spans[i].account]].next != TRAIL_NO_SPAN)
            status = trail_vector_push(&sorted, &spans[i], err);
    if (status == TRAIL_OK)
        status = trail_sort_items(sorted.items, sorted.count, sizeof *spans, by_account_and_day,
                                  NULL, err);
    spans = sorted.items;
    int64_t latest = 0;
    for (size_t i = 0; status == TRAIL_OK && i < sorted.count; i++) {
        uint32_t account = spans[i].account;
        int64_t from = (int64_t)spans[i].from_day - MARGIN_DAYS;
        bool first = i == 0 || spans[i - 1].account != account;
        if (!first && from <= latest) {
            int64_t to = spans[i].to_day < latest ? spans[i].to_day : latest;
            if (from < sources->from[account])
                sources->from[account] = from < INT32_MIN ? INT32_MIN : (int32_t)from;
            if (to + MARGIN_DAYS > sources->to[account])
                sources->to[account] =
                    to + MARGIN_DAYS > INT32_MAX ? INT32_MAX : (int32_t)(to + MARGIN_DAYS);
            sources->any = true;
        }
        if (first || spans[i].to_day > latest) latest = spans[i].to_day;
    }
    trail_vector_clear(&sorted);
    return status;
}

static int by_pocket(const void *context, const void *a, const void *b)
{
    const trail_row_ends *first = a, *second = b;
    (void)context;
    if (first->account != second->account) return first->account < second->account ? -1 : 1;
    if (first->unit != second->unit) return first->unit < second->unit ? -1 : 1;
    return (first->currency > second->currency) - (first->currency < second->currency);
}

static int32_t day_or(const trail_stated_balance *balance, int32_t stated)
{
    return balance->kind != TRAIL_BALANCE_NONE && balance->day != TRAIL_NO_DAY ? balance->day
                                                                               : stated;
}

/* Statements of one unit and pocket become one pair of ends. */
static trail_status find_ends(trail_row_sources *sources, trail_error *err)
{
    const trail_ledger *ledger = sources->ledger;
    const trail_statement *statement = ledger->statements.items;
    for (size_t i = 0; i < ledger->statements.count; i++, statement++) {
        trail_row_ends ends = {.account = statement->account,
                               .unit = 2 * statement->file + (statement->is_report ? 1 : 0),
                               .currency = statement->currency,
                               .first_day = day_or(&statement->opening, statement->from_day),
                               .last_day = day_or(&statement->closing, statement->to_day),
                               .opening = statement->opening,
                               .closing = statement->closing};
        trail_status status = trail_vector_push(&sources->ends, &ends, err);
        if (status != TRAIL_OK) return status;
    }
    trail_row_ends *ends = sources->ends.items;
    trail_status status =
        trail_sort_items(ends, sources->ends.count, sizeof *ends, by_pocket, NULL, err);
    size_t kept = 0;
    for (size_t i = 0; status == TRAIL_OK && i < sources->ends.count; i++) {
        if (kept == 0 || by_pocket(NULL, &ends[kept - 1], &ends[i]) != 0) {
            ends[kept++] = ends[i];
            continue;
        }
        trail_row_ends *whole = &ends[kept - 1];
        if (ends[i].first_day < whole->first_day) {
            whole->first_day = ends[i].first_day;
            whole->opening = ends[i].opening;
        }
        if (ends[i].last_day >= whole->last_day) {
            whole->last_day = ends[i].last_day;
            whole->closing = ends[i].closing;
        }
    }
    sources->ends.count = kept;
    return status;
}

static trail_status open_sources(trail_row_sources *sources, trail_error *err)
{
    const trail_ledger *ledger = sources->ledger;
    size_t files = ledger->records.files.count;
    size_t accounts = trail_accounts_count(ledger->accounts);
    trail_status status =
        trail_alloc_zeroed(&sources->units, 2 * files, sizeof *sources->units, err);
    if (status == TRAIL_OK)
        status = trail_alloc_zeroed(&sources->first_span, accounts, sizeof(uint32_t), err);
    if (status == TRAIL_OK)
        status = trail_alloc_zeroed(&sources->from, accounts, sizeof(int32_t), err);
    if (status == TRAIL_OK)
        status = trail_alloc_zeroed(&sources->to, accounts, sizeof(int32_t), err);
    for (size_t i = 0; i < accounts && status == TRAIL_OK; i++) {
        sources->first_span[i] = TRAIL_NO_SPAN;
        sources->from[i] = INT32_MAX;
        sources->to[i] = INT32_MIN;
    }
    return status;
}

trail_status trail_row_sources_make(trail_row_sources *sources, const trail_ledger *ledger,
                                    const uint8_t *gone, trail_error *err)
{
    *sources = (trail_row_sources){.ledger = ledger,
                                   .gone = gone,
                                   .spans = trail_vector_of(sizeof(trail_row_span)),
                                   .ends = trail_vector_of(sizeof(trail_row_ends))};
    bool any_report = false;
    trail_status status =
        trail_alloc_zeroed(&sources->has_report, ledger->records.files.count, 1, err);
    const trail_statement *statements = ledger->statements.items;
    for (size_t i = 0; i < ledger->statements.count && status == TRAIL_OK; i++) {
        if (!statements[i].is_report) continue;
        any_report = true;
        sources->has_report[statements[i].file] = 1;
    }
    if (status != TRAIL_OK || (ledger->records.files.count < 2 && !any_report)) return status;
    status = open_sources(sources, err);
    if (status == TRAIL_OK) status = find_spans(sources, err);
    if (status == TRAIL_OK) status = find_overlaps(sources, err);
    if (status == TRAIL_OK && sources->any) status = find_ends(sources, err);
    return status;
}

void trail_row_sources_clear(trail_row_sources *sources)
{
    trail_free(sources->has_report);
    trail_free(sources->units);
    trail_free(sources->first_span);
    trail_free(sources->from);
    trail_free(sources->to);
    trail_map64_clear(&sources->span_of);
    trail_vector_clear(&sources->spans);
    trail_vector_clear(&sources->ends);
    *sources = (trail_row_sources){.any = false};
}

static int by_rank(const void *context, uint32_t a, uint32_t b)
{
    const trail_row_sources *sources = context;
    const trail_row_unit *first = &sources->units[a], *second = &sources->units[b];
    if (a % 2 != b % 2) return a % 2 < b % 2 ? -1 : 1;
    if ((first->rows == 0) != (second->rows == 0)) return first->rows == 0 ? 1 : -1;
    /* Means compared as products: sums of fields and counts of rows are far below 2^32 each. */
    uint64_t mine = first->said_sum * second->rows, other = second->said_sum * first->rows;
    if (mine != other) return mine > other ? -1 : 1;
    const trail_file *files = sources->ledger->records.files.items;
    int order = memcmp(files[a / 2].hash, files[b / 2].hash, TRAIL_DIGEST_SIZE);
    return order != 0 ? order : strcmp(files[a / 2].name, files[b / 2].name);
}

trail_status trail_row_sources_rank(trail_row_sources *sources, trail_error *err)
{
    size_t count = 2 * sources->ledger->records.files.count;
    uint32_t *order = NULL;
    trail_status status = trail_alloc_zeroed(&order, count, sizeof *order, err);
    for (uint32_t i = 0; i < count && status == TRAIL_OK; i++)
        order[i] = i;
    if (status == TRAIL_OK) status = trail_sort_numbers(order, count, by_rank, sources, err);
    for (uint32_t i = 0; i < count && status == TRAIL_OK; i++)
        sources->units[order[i]].rank = i;
    trail_free(order);
    return status;
}

uint32_t trail_row_sources_covering(const trail_row_sources *sources, uint32_t account, int32_t day)
{
    const trail_row_span *spans = sources->spans.items;
    uint32_t covering = 0;
    for (uint32_t i = sources->first_span[account]; i != TRAIL_NO_SPAN; i = spans[i].next)
        covering += spans[i].from_day <= day && day <= spans[i].to_day;
    return covering;
}

static const trail_row_span *span_of(const trail_row_sources *sources, uint32_t unit,
                                     uint32_t account)
{
    uint32_t found;
    if (!trail_map64_find(&sources->span_of, span_key(account, unit), &found)) return NULL;
    return trail_vector_at(&sources->spans, found);
}

bool trail_row_sources_covers(const trail_row_sources *sources, uint32_t unit, uint32_t account,
                              int32_t day)
{
    const trail_row_span *span = span_of(sources, unit, account);
    return span != NULL && span->from_day <= day && day <= span->to_day;
}

static const trail_row_ends *ends_of(const trail_row_sources *sources, uint32_t account,
                                     uint32_t unit, trail_currency currency)
{
    trail_row_ends key = {.account = account, .unit = unit, .currency = currency};
    const trail_row_ends *ends = sources->ends.items;
    size_t low = 0, high = sources->ends.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (by_pocket(NULL, &ends[middle], &key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < sources->ends.count && by_pocket(NULL, &ends[low], &key) == 0 ? &ends[low] : NULL;
}

static bool is_booked(const trail_stated_balance *balance)
{
    return balance->kind != TRAIL_BALANCE_NONE && balance->kind != TRAIL_BALANCE_AVAILABLE;
}

static bool goes_on(const trail_row_sources *sources, uint32_t first, uint32_t second,
                    uint32_t account, trail_currency currency)
{
    const trail_row_ends *a = ends_of(sources, account, first, currency);
    const trail_row_ends *b = ends_of(sources, account, second, currency);
    return a != NULL && b != NULL && is_booked(&a->closing) && is_booked(&b->opening) &&
           a->closing.amount_minor == b->opening.amount_minor;
}

bool trail_row_sources_continue(const trail_row_sources *sources, uint32_t a, uint32_t b,
                                uint32_t account, trail_currency currency, int32_t day)
{
    if (sources->ends.count == 0) return false;
    const trail_row_span *first = span_of(sources, a, account);
    const trail_row_span *second = span_of(sources, b, account);
    if (first == NULL || second == NULL) return false;
    bool before = first->to_day == day && second->from_day == day;
    bool after = second->to_day == day && first->from_day == day;
    return (before && goes_on(sources, a, b, account, currency)) ||
           (after && goes_on(sources, b, a, account, currency));
}

static bool is_table(const char *format)
{
    return format == NULL || strcmp(format, "csv") == 0;
}

bool trail_row_sources_differ(const trail_row_sources *sources, uint32_t a, uint32_t b)
{
    if (a % 2 != b % 2) return true;
    const trail_file *files = sources->ledger->records.files.items;
    const char *first = files[a / 2].format, *second = files[b / 2].format;
    if (is_table(first) && is_table(second))
        return sources->units[a].fields != sources->units[b].fields;
    return is_table(first) || is_table(second) || strcmp(first, second) != 0;
}
