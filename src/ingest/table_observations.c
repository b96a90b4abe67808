#include "ingest/table_observations.h"

#include <string.h>

#include "base/failure.h"
#include "base/memory.h"

/* The bank's part of an account key, as model/account writes it. */
static trail_slice bank_key(trail_slice bank, char key[TRAIL_ACCOUNT_KEY_LIMIT])
{
    size_t length = 0;
    if (!trail_account_key(bank, trail_slice_of("0"), key, &length) || length < 2) {
        return (trail_slice){"", 0};
    }
    return (trail_slice){key, length - 2};
}

trail_status trail_table_observations_init(trail_table_observations *table,
                                           const trail_source *source, bool has_banks,
                                           trail_error *err)
{
    *table = (trail_table_observations){.observes = source->observes};
    const char *bank = source->observed_bank;
    if (source->observes == TRAIL_OBSERVES_DEFAULT) {
        table->observes = TRAIL_OBSERVES_BANK;
        bank = source->bank;
    }
    if (table->observes != TRAIL_OBSERVES_BANK) return TRAIL_OK;
    if (bank == NULL) {
        return trail_fail(err, TRAIL_USAGE,
                          "case.yaml:%d: %s is a table of transfers: say what it observes, such as "
                          "observes: all, or whose it is with bank",
                          source->line, source->file);
    }
    if (!has_banks) {
        return trail_fail(err, TRAIL_USAGE,
                          "case.yaml:%d: %s has no column of banks, so bank %s does not say which "
                          "accounts it observes: add observes: all, or a list of accounts",
                          source->line, source->file, bank);
    }
    table->bank = bank_key(trail_slice_of(bank), table->bank_key);
    return TRAIL_OK;
}

void trail_table_observations_clear(trail_table_observations *table)
{
    trail_free(table->of_bank);
    *table = (trail_table_observations){0};
}

trail_status trail_table_observations_note(trail_table_observations *table, uint32_t account,
                                           trail_slice bank, trail_error *err)
{
    int32_t same = 0;
    if (account == TRAIL_NO_ACCOUNT) return TRAIL_OK;
    if (!trail_value_memo_find(&table->banks, bank, &same)) {
        char key[TRAIL_ACCOUNT_KEY_LIMIT];
        same = trail_slice_equal(bank_key(bank, key), table->bank);
        trail_value_memo_put(&table->banks, bank, same);
    }
    if (!same) return TRAIL_OK;
    if (account >= table->capacity) {
        size_t before = table->capacity;
        trail_status status =
            trail_grow(&table->of_bank, &table->capacity, (size_t)account + 1, 1, err);
        if (status != TRAIL_OK) return status;
        memset(table->of_bank + before, 0, table->capacity - before);
    }
    table->of_bank[account] = 1;
    return TRAIL_OK;
}

static trail_status put_listed_number(const trail_source *source, size_t index,
                                      trail_strings *numbers, trail_error *err)
{
    const char *const *number = trail_vector_at(&source->observed, index);
    char key[TRAIL_ACCOUNT_KEY_LIMIT];
    size_t length = 0;
    uint32_t id = 0;
    if (!trail_account_key((trail_slice){"", 0}, trail_slice_of(*number), key, &length)) {
        return TRAIL_OK;
    }
    size_t skip = key[0] == '\x1f' ? 1 : 0;
    return trail_strings_put(numbers, (trail_slice){key + skip, length - skip}, &id, err);
}

/* Numbers are listed as written, often without a bank: compared by the number alone. One that the
 * table never names is observed too: that it has no row says something. */
static trail_status note_listed(const trail_source *source, trail_ledger *ledger, uint8_t **seen,
                                size_t *seen_room, trail_error *err)
{
    trail_strings *numbers = NULL;
    uint8_t *found = NULL;
    uint32_t count = trail_accounts_count(ledger->accounts);
    trail_status status = trail_strings_new(&numbers, err);
    if (status != TRAIL_OK) return status;
    status = trail_alloc_zeroed(&found, source->observed.count + 1, 1, err);
    for (size_t i = 0; i < source->observed.count && status == TRAIL_OK; i++) {
        status = put_listed_number(source, i, numbers, err);
    }
    for (uint32_t account = 0; account < count && status == TRAIL_OK; account++) {
        if (!(*seen)[account]) continue;
        uint32_t id = trail_strings_find(numbers, trail_accounts_number(ledger->accounts, account));
        (*seen)[account] = id != UINT32_MAX;
        if (id != UINT32_MAX) found[id] = 1;
    }
    for (uint32_t id = 1; id < trail_strings_count(numbers) && status == TRAIL_OK; id++) {
        if (found[id]) continue;
        char key[TRAIL_ACCOUNT_KEY_LIMIT];
        size_t length = 0;
        uint32_t account = 0;
        (void)trail_account_key((trail_slice){"", 0}, trail_strings_get(numbers, id), key, &length);
        trail_slice text = {key, length};
        status =
            trail_accounts_put(ledger->accounts, text, trail_strings_hash(text), &account, err);
        size_t before = *seen_room;
        if (status == TRAIL_OK) {
            status = trail_grow(seen, seen_room, (size_t)account + 1, 1, err);
        }
        if (status != TRAIL_OK) break;
        if (*seen_room > before) memset(*seen + before, 0, *seen_room - before);
        (*seen)[account] = 1;
    }
    trail_free(found);
    trail_strings_free(numbers);
    return status;
}

typedef struct day_span {
    int32_t first, last;
} day_span;

/* Marks the accounts of the entries and returns their first and last day. */
static day_span note_all(const trail_ledger *ledger, size_t first_entry, uint8_t *seen)
{
    day_span span = {INT32_MAX, INT32_MIN};
    for (size_t i = first_entry; i < ledger->count; i++) {
        int32_t day = ledger->booking_day[i];
        if (day < span.first) span.first = day;
        if (day > span.last) span.last = day;
        if (ledger->payer[i] != TRAIL_NO_ACCOUNT) seen[ledger->payer[i]] = 1;
        if (ledger->payee[i] != TRAIL_NO_ACCOUNT) seen[ledger->payee[i]] = 1;
    }
    return span;
}

trail_status trail_table_observations_finish(const trail_table_observations *table,
                                             trail_ledger *ledger, size_t first_entry,
                                             uint32_t file, const trail_source *source,
                                             trail_error *err)
{
    uint8_t *seen = NULL;
    size_t seen_room = trail_accounts_count(ledger->accounts);
    if (first_entry == ledger->count) return TRAIL_OK;
    trail_status status = trail_alloc_zeroed(&seen, seen_room, 1, err);
    if (status != TRAIL_OK) return status;
    day_span span = note_all(ledger, first_entry, seen);
    if (table->observes == TRAIL_OBSERVES_LIST) {
        status = note_listed(source, ledger, &seen, &seen_room, err);
    }
    uint32_t count = trail_accounts_count(ledger->accounts);
    for (uint32_t account = 0; account < count && status == TRAIL_OK; account++) {
        bool of_bank = account < table->capacity && table->of_bank[account];
        if (!seen[account] || (table->observes == TRAIL_OBSERVES_BANK && !of_bank)) continue;
        trail_observation observation = {
            .account = account,
            .from_day = source->from != TRAIL_NO_DAY ? source->from : span.first,
            .to_day = source->to != TRAIL_NO_DAY ? source->to : span.last,
            .file = file};
        status = trail_vector_push(&ledger->observations, &observation, err);
    }
    trail_free(seen);
    return status;
}
