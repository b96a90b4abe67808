#include "reconcile/same_file.h"

#include <string.h>

#include "base/memory.h"
#include "base/sort.h"
#include "base/wide.h"
#include "reconcile/duplicates.h"
#include "reconcile/said_row.h"

/* Records are compared where they stand in the unpacked bytes (offset, length, state) and by what
 * was read from them; a hash of the places finds the pairs. The hash of the file does not decide:
 * the same bytes may be packed twice, and one file may be read under two profiles. */

typedef struct file_print {
    uint64_t hash;
    uint32_t file;
    uint32_t first_entry, entry_count, first_message, message_count;
} file_print;

typedef struct file_search {
    const trail_ledger *ledger;
    trail_vector prints; /* of file_print, by file */
    uint32_t *into;
    uint8_t *gone;
    trail_vector *messages;
} file_search;

static void print_places(const trail_ledger *ledger, file_print *print)
{
    const trail_file *file = trail_vector_at(&ledger->records.files, print->file);
    const uint64_t *places = ledger->records.places + file->first_record;
    uint64_t hash = file->record_count;
    for (uint32_t i = 0; i < file->record_count; i++)
        hash = trail_wide_fold(hash ^ 0x9e3779b97f4a7c15u, places[i] ^ 0xff51afd7ed558ccdu);
    print->hash = hash;
}

/* Entries and messages of each file: both stand in record order. */
static trail_status print_files(file_search *search, trail_error *err)
{
    const trail_ledger *ledger = search->ledger;
    const trail_file *files = ledger->records.files.items;
    const trail_message *messages = ledger->messages.items;
    uint32_t entry = 0, message = 0;
    for (uint32_t i = 0; i < ledger->records.files.count; i++) {
        uint32_t end = files[i].first_record + files[i].record_count;
        file_print print = {.file = i, .first_entry = entry, .first_message = message};
        while (entry < ledger->count && ledger->record[entry] < end)
            entry++;
        while (message < ledger->messages.count && messages[message].record < end)
            message++;
        print.entry_count = entry - print.first_entry;
        print.message_count = message - print.first_message;
        print_places(ledger, &print);
        if (print.entry_count + print.message_count == 0) continue;
        trail_status status = trail_vector_push(&search->prints, &print, err);
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

static int by_print(const void *context, const void *a, const void *b)
{
    const trail_ledger *ledger = context;
    const trail_file *files = ledger->records.files.items;
    const file_print *first = a, *second = b;
    if (first->hash != second->hash) return first->hash < second->hash ? -1 : 1;
    int order = memcmp(files[first->file].hash, files[second->file].hash, TRAIL_DIGEST_SIZE);
    return order != 0 ? order : strcmp(files[first->file].name, files[second->file].name);
}

static bool same_detail(const trail_detail *a, const trail_detail *b)
{
    return a->has_balance == b->has_balance && a->balance_minor == b->balance_minor &&
           a->value_day == b->value_day && a->payer_name == b->payer_name &&
           a->payee_name == b->payee_name && a->payer_number == b->payer_number &&
           a->payee_number == b->payee_number && a->text == b->text &&
           a->reference == b->reference && a->code == b->code;
}

static bool same_entry(const trail_ledger *ledger, uint32_t a, uint32_t b)
{
    trail_said_row first = trail_said_row_of(ledger, a), second = trail_said_row_of(ledger, b);
    return ledger->flags[a] == ledger->flags[b] && first.own == second.own &&
           first.other == second.other && first.signed_minor == second.signed_minor &&
           first.currency == second.currency && first.day == second.day &&
           first.second == second.second && first.received_minor == second.received_minor &&
           first.received_currency == second.received_currency &&
           ledger->kind[a] == ledger->kind[b] && same_detail(first.detail, second.detail);
}

static bool same_message(const trail_message *a, const trail_message *b)
{
    return a->payer == b->payer && a->payee == b->payee && a->amount_minor == b->amount_minor &&
           a->value_day == b->value_day && a->currency == b->currency && a->type == b->type &&
           a->sender == b->sender && a->receiver == b->receiver;
}

static bool same_files(const trail_ledger *ledger, const file_print *a, const file_print *b)
{
    const trail_file *first = trail_vector_at(&ledger->records.files, a->file);
    const trail_file *second = trail_vector_at(&ledger->records.files, b->file);
    const uint64_t *places = ledger->records.places;
    const trail_message *messages = ledger->messages.items;
    if (first->record_count != second->record_count || a->entry_count != b->entry_count ||
        a->message_count != b->message_count ||
        memcmp(places + first->first_record, places + second->first_record,
               first->record_count * sizeof *places) != 0)
        return false;
    for (uint32_t i = 0; i < a->entry_count; i++) {
        uint32_t x = a->first_entry + i, y = b->first_entry + i;
        if (ledger->record[x] - first->first_record != ledger->record[y] - second->first_record ||
            !same_entry(ledger, x, y))
            return false;
    }
    for (uint32_t i = 0; i < a->message_count; i++)
        if (!same_message(&messages[a->first_message + i], &messages[b->first_message + i]))
            return false;
    return true;
}

static trail_status join(file_search *search, const file_print *kept, const file_print *again,
                         trail_error *err)
{
    const trail_message *messages = search->ledger->messages.items;
    for (uint32_t i = 0; i < again->entry_count; i++) {
        search->into[again->first_entry + i] = kept->first_entry + i;
        search->gone[again->first_entry + i] = TRAIL_GONE_WITH_FILE;
    }
    for (uint32_t i = 0; i < again->message_count; i++) {
        trail_copy copy = {.kept_record = messages[kept->first_message + i].record,
                           .record = messages[again->first_message + i].record,
                           .reason = TRAIL_COPY_SAME_FILE};
        trail_status status = trail_vector_push(search->messages, &copy, err);
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

trail_status trail_same_files_join(const trail_ledger *ledger, uint32_t *into, uint8_t *gone,
                                   trail_vector *messages, trail_error *err)
{
    file_search search = {.ledger = ledger,
                          .prints = trail_vector_of(sizeof(file_print)),
                          .into = into,
                          .gone = gone,
                          .messages = messages};
    trail_status status = print_files(&search, err);
    if (status == TRAIL_OK)
        status = trail_sort_items(search.prints.items, search.prints.count, sizeof(file_print),
                                  by_print, ledger, err);
    const file_print *prints = search.prints.items;
    for (size_t start = 0; start < search.prints.count && status == TRAIL_OK;) {
        size_t end = start + 1;
        while (end < search.prints.count && prints[end].hash == prints[start].hash)
            end++;
        for (size_t i = start + 1; i < end && status == TRAIL_OK; i++) {
            size_t kept = start;
            while (kept < i && !same_files(ledger, &prints[kept], &prints[i]))
                kept++;
            if (kept < i) status = join(&search, &prints[kept], &prints[i], err);
        }
        start = end;
    }
    trail_vector_clear(&search.prints);
    return status;
}

typedef struct statement_print {
    const trail_statement *statement;
    uint32_t first_entry, entry_count;
} statement_print;

static uint32_t first_entry_from(const trail_ledger *ledger, uint32_t record)
{
    size_t low = 0, high = ledger->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (ledger->record[middle] < record)
            low = middle + 1;
        else
            high = middle;
    }
    return (uint32_t)low;
}

static bool is_of_whole(const trail_stated_balance *balance)
{
    return balance->kind == TRAIL_BALANCE_BOOKED || balance->kind == TRAIL_BALANCE_PAGE;
}

static int by_amount(const trail_stated_balance *a, const trail_stated_balance *b)
{
    if (a->kind != b->kind) return a->kind < b->kind ? -1 : 1;
    if (a->day != b->day) return a->day < b->day ? -1 : 1;
    return (a->amount_minor > b->amount_minor) - (a->amount_minor < b->amount_minor);
}

static int by_head(const statement_print *a, const statement_print *b)
{
    const trail_statement *first = a->statement, *second = b->statement;
    if (first->file != second->file) return first->file < second->file ? -1 : 1;
    if (first->account != second->account) return first->account < second->account ? -1 : 1;
    if (first->currency != second->currency) return first->currency < second->currency ? -1 : 1;
    if (first->number != second->number) return first->number < second->number ? -1 : 1;
    if (first->page != second->page) return first->page < second->page ? -1 : 1;
    int order = by_amount(&first->opening, &second->opening);
    if (order == 0) order = by_amount(&first->closing, &second->closing);
    if (order != 0) return order;
    return (a->entry_count > b->entry_count) - (a->entry_count < b->entry_count);
}

static int by_statement(const void *context, const void *a, const void *b)
{
    const statement_print *first = a, *second = b;
    int order = by_head(first, second);
    (void)context;
    if (order != 0) return order;
    return (first->first_entry > second->first_entry) - (first->first_entry < second->first_entry);
}

static bool same_statements(const trail_ledger *ledger, const statement_print *a,
                            const statement_print *b)
{
    const trail_statement *first = a->statement, *second = b->statement;
    if (by_head(a, b) != 0 || first->is_report != second->is_report ||
        first->from_day != second->from_day || first->to_day != second->to_day)
        return false;
    for (uint32_t i = 0; i < a->entry_count; i++)
        if (!same_entry(ledger, a->first_entry + i, b->first_entry + i)) return false;
    return true;
}

/* Statements whose balances say that they cannot follow themselves. */
static trail_status print_statements(const trail_ledger *ledger, const uint8_t *gone,
                                     trail_vector *prints, trail_error *err)
{
    const trail_statement *statement = ledger->statements.items;
    for (size_t i = 0; i < ledger->statements.count; i++, statement++) {
        uint32_t from = first_entry_from(ledger, statement->first_record);
        uint32_t end = first_entry_from(ledger, statement->end_record);
        statement_print print = {statement, from, end - from};
        bool moves = statement->opening.amount_minor != statement->closing.amount_minor;
        if (from == end || gone[from] || !is_of_whole(&statement->opening) ||
            !is_of_whole(&statement->closing) || (!moves && statement->number == 0))
            continue;
        trail_status status = trail_vector_push(prints, &print, err);
        if (status != TRAIL_OK) return status;
    }
    return trail_sort_items(prints->items, prints->count, sizeof(statement_print), by_statement,
                            NULL, err);
}

trail_status trail_same_statements_join(const trail_ledger *ledger, uint32_t *into, uint8_t *gone,
                                        trail_error *err)
{
    trail_vector prints = trail_vector_of(sizeof(statement_print));
    trail_status status = print_statements(ledger, gone, &prints, err);
    const statement_print *print = prints.items;
    for (size_t i = 1, kept = 0; status == TRAIL_OK && i < prints.count; i++) {
        if (!same_statements(ledger, &print[kept], &print[i])) {
            kept = i;
            continue;
        }
        for (uint32_t k = 0; k < print[i].entry_count; k++) {
            into[print[i].first_entry + k] = print[kept].first_entry + k;
            gone[print[i].first_entry + k] = TRAIL_GONE_WITH_STATEMENT;
        }
    }
    trail_vector_clear(&prints);
    return status;
}
