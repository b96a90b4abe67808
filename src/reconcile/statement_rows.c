/* Banks list the rows of a day in any order, and some list the newest first, but each balance is
 * printed after its own row. So rows that do not follow as they stand are put by day, and within a
 * day into the walk over its balances (balance_walk.c) that begins where the day before ended; a
 * day that has no such walk is chained from its first row as far as it goes. The order with fewer
 * breaks is taken, the order of the file when both have as many. */
#include "reconcile/statement_rows.h"

#include <string.h>

#include "base/memory.h"
#include "base/sort.h"
#include "base/wide.h"
#include "reconcile/balance_walk.h"

static uint32_t own_account(const trail_ledger *ledger, uint32_t entry)
{
    return (ledger->flags[entry] & TRAIL_HAS_DEBIT) != 0 ? ledger->payer[entry]
                                                         : ledger->payee[entry];
}

static int compare_entries(const void *context, uint32_t a, uint32_t b)
{
    const trail_ledger *ledger = context;
    uint32_t first = own_account(ledger, a), second = own_account(ledger, b);
    if (first != second) return first < second ? -1 : 1;
    if (ledger->currency[a] != ledger->currency[b])
        return ledger->currency[a] < ledger->currency[b] ? -1 : 1;
    return ledger->record[a] < ledger->record[b] ? -1 : ledger->record[a] > ledger->record[b];
}

static trail_status add_rejects(trail_row_index *index, const trail_file *file, trail_error *err)
{
    const trail_records *records = &index->ledger->records;
    for (uint32_t i = 0; i < file->record_count; i++) {
        uint32_t record = file->first_record + i;
        if (trail_records_state(records, record) != TRAIL_RECORD_REJECT) continue;
        trail_status status = trail_vector_push(&index->rejects, &record, err);
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

/* Entries of files with statements that are one leg each. */
static trail_status add_entries(trail_row_index *index, const bool *has_statement, trail_error *err)
{
    const trail_ledger *ledger = index->ledger;
    const trail_file *file = NULL;
    bool wanted = false;
    for (uint32_t i = 0; i < ledger->count; i++) {
        uint32_t record = ledger->record[i];
        uint16_t legs = ledger->flags[i] & (TRAIL_HAS_DEBIT | TRAIL_HAS_CREDIT);
        if (file == NULL || record < file->first_record ||
            record - file->first_record >= file->record_count) {
            file = trail_records_file(&ledger->records, record);
            wanted = has_statement[file - (const trail_file *)ledger->records.files.items];
        }
        if (!wanted || legs == (TRAIL_HAS_DEBIT | TRAIL_HAS_CREDIT)) continue;
        trail_status status = trail_vector_push(&index->entries, &i, err);
        if (status != TRAIL_OK) return status;
    }
    return trail_sort_numbers(index->entries.items, index->entries.count, compare_entries, ledger,
                              err);
}

trail_status trail_row_index_make(trail_row_index *index, const trail_ledger *ledger,
                                  trail_error *err)
{
    bool *has_statement = NULL;
    *index = (trail_row_index){.ledger = ledger,
                               .entries = trail_vector_of(sizeof(uint32_t)),
                               .rejects = trail_vector_of(sizeof(uint32_t))};
    if (ledger->statements.count == 0) return TRAIL_OK;
    trail_status status =
        trail_alloc_zeroed(&has_statement, ledger->records.files.count, sizeof(bool), err);
    if (status != TRAIL_OK) return status;
    const trail_statement *statements = ledger->statements.items;
    for (size_t i = 0; i < ledger->statements.count; i++)
        has_statement[statements[i].file] = true;
    for (size_t f = 0; f < ledger->records.files.count && status == TRAIL_OK; f++) {
        if (has_statement[f])
            status = add_rejects(index, trail_vector_at(&ledger->records.files, f), err);
    }
    if (status == TRAIL_OK) status = add_entries(index, has_statement, err);
    trail_free(has_statement);
    return status;
}

void trail_row_index_clear(trail_row_index *index)
{
    trail_vector_clear(&index->entries);
    trail_vector_clear(&index->rejects);
}

static bool stands_before(const trail_ledger *ledger, uint32_t entry,
                          const trail_statement *statement)
{
    uint32_t account = own_account(ledger, entry);
    if (account != statement->account) return account < statement->account;
    if (ledger->currency[entry] != statement->currency)
        return ledger->currency[entry] < statement->currency;
    return ledger->record[entry] < statement->first_record;
}

static trail_statement_row row_of(const trail_ledger *ledger, uint32_t entry)
{
    const trail_detail *detail = trail_records_detail(&ledger->records, ledger->record[entry]);
    bool debit = (ledger->flags[entry] & TRAIL_HAS_DEBIT) != 0;
    trail_statement_row row = {.record = ledger->record[entry],
                               .day = ledger->booking_day[entry],
                               .value_day = TRAIL_NO_DAY,
                               .signed_minor = debit ? -ledger->amount_minor[entry]
                                                     : ledger->amount_minor[entry]};
    if (detail == NULL) return row;
    row.value_day = detail->value_day;
    row.has_balance = detail->has_balance;
    row.balance_minor = detail->balance_minor;
    return row;
}

static void reverse(trail_statement_row *rows, size_t count)
{
    for (size_t i = 0; i < count / 2; i++) {
        trail_statement_row row = rows[i];
        rows[i] = rows[count - 1 - i];
        rows[count - 1 - i] = row;
    }
}

trail_status trail_row_index_rows(const trail_row_index *index, const trail_statement *statement,
                                  trail_vector *rows, trail_error *err)
{
    const trail_ledger *ledger = index->ledger;
    const uint32_t *entries = index->entries.items;
    size_t low = 0, high = index->entries.count, first = rows->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (stands_before(ledger, entries[middle], statement))
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < index->entries.count; low++) {
        uint32_t entry = entries[low];
        if (own_account(ledger, entry) != statement->account ||
            ledger->currency[entry] != statement->currency ||
            ledger->record[entry] >= statement->end_record)
            break;
        trail_statement_row row = row_of(ledger, entry);
        trail_status status = trail_vector_push(rows, &row, err);
        if (status != TRAIL_OK) return status;
    }
    if (statement->turned && rows->count > first)
        reverse(trail_vector_at(rows, first), rows->count - first);
    return TRAIL_OK;
}

static size_t place_of_reject(const trail_row_index *index, uint32_t record)
{
    const uint32_t *rejects = index->rejects.items;
    size_t low = 0, high = index->rejects.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (rejects[middle] < record)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

uint32_t trail_row_index_reject(const trail_row_index *index, uint32_t from, uint32_t end)
{
    size_t place = place_of_reject(index, from);
    if (place == index->rejects.count) return TRAIL_NO_RECORD;
    uint32_t record = ((const uint32_t *)index->rejects.items)[place];
    return record < end ? record : TRAIL_NO_RECORD;
}

uint32_t trail_row_index_rejects(const trail_row_index *index, uint32_t from, uint32_t end)
{
    return (uint32_t)(place_of_reject(index, end) - place_of_reject(index, from));
}

bool trail_running_balance_breaks(trail_running_balance *balance, const trail_statement_row *row,
                                  int64_t tolerance, int64_t *expected)
{
    bool known = balance->known;
    bool fits = known && trail_add_checked(balance->minor, row->signed_minor, expected);
    if (!row->has_balance) {
        balance->known = fits;
        if (fits) balance->minor = *expected;
        return false;
    }
    bool agrees = fits && trail_balances_agree(*expected, row->balance_minor, tolerance);
    if (known && !fits) *expected = row->signed_minor < 0 ? INT64_MIN : INT64_MAX;
    *balance = (trail_running_balance){true, row->balance_minor};
    return known && !agrees;
}

static trail_running_balance beginning(const int64_t *opening)
{
    return (trail_running_balance){opening != NULL, opening != NULL ? *opening : 0};
}

static size_t count_breaks(const trail_statement_row *rows, size_t count,
                           trail_running_balance from, int64_t tolerance)
{
    size_t breaks = 0;
    int64_t expected = 0;
    for (size_t i = 0; i < count; i++)
        breaks += trail_running_balance_breaks(&from, &rows[i], tolerance, &expected);
    return breaks;
}

static int compare_days(const void *context, const void *a, const void *b)
{
    const trail_statement_row *first = a, *second = b;
    (void)context;
    return (first->day > second->day) - (first->day < second->day);
}

/* Memory for the rows of a day. */
typedef struct day_work {
    trail_balance_step *steps;
    uint32_t *order;
    trail_statement_row *copy;
    size_t step_room, order_room, copy_room;
} day_work;

static trail_status make_room(day_work *work, size_t count, trail_error *err)
{
    trail_status status =
        trail_grow(&work->steps, &work->step_room, count, sizeof *work->steps, err);
    if (status == TRAIL_OK)
        status = trail_grow(&work->order, &work->order_room, count, sizeof *work->order, err);
    if (status == TRAIL_OK)
        status = trail_grow(&work->copy, &work->copy_room, count, sizeof *work->copy, err);
    return status;
}

static void clear_work(day_work *work)
{
    trail_free(work->steps);
    trail_free(work->order);
    trail_free(work->copy);
}

/* False when some row has no balance, or one before it that no number holds. */
static bool make_steps(day_work *work, const trail_statement_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        work->steps[i].after = rows[i].balance_minor;
        if (!rows[i].has_balance ||
            !trail_sub_checked(rows[i].balance_minor, rows[i].signed_minor, &work->steps[i].before))
            return false;
    }
    return true;
}

/* Rows of one day that do not follow `from` as they stand. */
static trail_status order_day(day_work *work, trail_statement_row *rows, size_t count,
                              trail_running_balance from, int64_t tolerance, trail_error *err)
{
    size_t breaks = count_breaks(rows, count, from, tolerance);
    const int64_t *start = from.known ? &from.minor : NULL;
    bool found = false;
    trail_status status = TRAIL_OK;
    if (breaks == 0 || count < 2) return TRAIL_OK;
    status = make_room(work, count, err);
    if (status != TRAIL_OK || !make_steps(work, rows, count)) return status;
    status = trail_balance_walk(work->steps, count, start, tolerance, work->order, &found, err);
    if (status == TRAIL_OK && !found && breaks == 1) return TRAIL_OK;
    if (status == TRAIL_OK && !found && start != NULL)
        status = trail_balance_walk(work->steps, count, NULL, tolerance, work->order, &found, err);
    if (status == TRAIL_OK && !found)
        status = trail_balance_chain(work->steps, count, start, tolerance, work->order, err);
    if (status != TRAIL_OK) return status;
    for (size_t i = 0; i < count; i++)
        work->copy[i] = rows[work->order[i]];
    if (count_breaks(work->copy, count, from, tolerance) < breaks)
        memcpy(rows, work->copy, count * sizeof *rows);
    return TRAIL_OK;
}

static trail_status order_days(trail_statement_row *rows, size_t count, const int64_t *opening,
                               int64_t tolerance, trail_error *err)
{
    day_work work = {.steps = NULL};
    trail_running_balance balance = beginning(opening);
    trail_status status = trail_sort_items(rows, count, sizeof *rows, compare_days, NULL, err);
    for (size_t start = 0; start < count && status == TRAIL_OK;) {
        size_t end = start + 1;
        while (end < count && rows[end].day == rows[start].day)
            end++;
        status = order_day(&work, rows + start, end - start, balance, tolerance, err);
        int64_t expected = 0;
        for (; start < end; start++)
            (void)trail_running_balance_breaks(&balance, &rows[start], tolerance, &expected);
    }
    clear_work(&work);
    return status;
}

trail_status trail_statement_rows_order(trail_vector *rows, const int64_t *opening,
                                        int64_t tolerance, uint32_t *reordered, trail_error *err)
{
    trail_statement_row *standing = rows->items, *sorted = NULL;
    size_t count = rows->count;
    size_t breaks = count_breaks(standing, count, beginning(opening), tolerance);
    *reordered = 0;
    if (breaks == 0) return TRAIL_OK;
    trail_status status = trail_alloc_zeroed(&sorted, count, sizeof *sorted, err);
    if (status != TRAIL_OK) return status;
    memcpy(sorted, standing, count * sizeof *sorted);
    status = order_days(sorted, count, opening, tolerance, err);
    if (status == TRAIL_OK && count_breaks(sorted, count, beginning(opening), tolerance) < breaks) {
        for (size_t i = 0; i < count; i++)
            *reordered += sorted[i].record != standing[i].record;
        memcpy(standing, sorted, count * sizeof *sorted);
    }
    trail_free(sorted);
    return status;
}
