#include "model/account.h"

#include <string.h>

#include "base/memory.h"
#include "base/sort.h"
#include "model/national_number.h"

#define BANK_END TRAIL_ACCOUNT_BANK_END

/* Before settling, account n is string n+1 of keys. Settling fills the three maps. */
struct trail_accounts {
    trail_strings *keys;
    uint32_t count;
    uint32_t *string_of;  /* account -> string id */
    uint32_t *account_of; /* string id -> account */
    uint32_t *by_number;  /* accounts sorted by (number, bank) */
    uint32_t *joined;     /* string ids of national numbers that are an IBAN's, by key */
    uint32_t joined_count;
};

trail_status trail_accounts_new(trail_accounts **out, trail_error *err)
{
    trail_accounts *accounts = NULL;
    trail_status status = trail_alloc_zeroed(&accounts, 1, sizeof *accounts, err);
    if (status != TRAIL_OK) return status;
    status = trail_strings_new(&accounts->keys, err);
    if (status != TRAIL_OK) {
        trail_free(accounts);
        return status;
    }
    *out = accounts;
    return TRAIL_OK;
}

void trail_accounts_free(trail_accounts *accounts)
{
    if (accounts == NULL) return;
    trail_strings_free(accounts->keys);
    trail_free(accounts->string_of);
    trail_free(accounts->account_of);
    trail_free(accounts->by_number);
    trail_free(accounts->joined);
    trail_free(accounts);
}

trail_status trail_accounts_put(trail_accounts *accounts, trail_slice key, uint64_t hash,
                                uint32_t *account, trail_error *err)
{
    uint32_t string;
    trail_status status = trail_strings_put_hashed(accounts->keys, key, hash, &string, err);
    if (status != TRAIL_OK) return status;
    *account = string - 1;
    if (string > accounts->count) accounts->count = string;
    return TRAIL_OK;
}

void trail_accounts_prefetch(const trail_accounts *accounts, uint64_t hash)
{
    trail_strings_prefetch(accounts->keys, hash);
}

void trail_accounts_prefetch_entry(const trail_accounts *accounts, uint64_t hash)
{
    trail_strings_prefetch_entry(accounts->keys, hash);
}

uint32_t trail_accounts_count(const trail_accounts *accounts)
{
    return accounts->count;
}

trail_slice trail_accounts_key(const trail_accounts *accounts, uint32_t account)
{
    uint32_t string = accounts->string_of != NULL ? accounts->string_of[account] : account + 1;
    return trail_strings_get(accounts->keys, string);
}

/* Bytes before the number in a key; 0 for an IBAN. */
static size_t number_at(trail_slice key)
{
    const char *end = memchr(key.start, BANK_END, key.length);
    return end == NULL ? 0 : (size_t)(end - key.start) + 1;
}

static trail_slice number_in(trail_slice key)
{
    size_t at = number_at(key);
    return (trail_slice){key.start + at, key.length - at};
}

static trail_slice bank_in(trail_slice key)
{
    size_t at = number_at(key);
    return (trail_slice){key.start, at > 0 ? at - 1 : 0};
}

trail_slice trail_accounts_number(const trail_accounts *accounts, uint32_t account)
{
    return number_in(trail_accounts_key(accounts, account));
}

trail_slice trail_accounts_bank(const trail_accounts *accounts, uint32_t account)
{
    return bank_in(trail_accounts_key(accounts, account));
}

bool trail_accounts_is_iban(const trail_accounts *accounts, uint32_t account)
{
    return number_at(trail_accounts_key(accounts, account)) == 0;
}

static bool is_bic(trail_slice bank)
{
    if (bank.length != 8 && bank.length != 11) return false;
    for (size_t i = 0; i < 6; i++) {
        if (bank.start[i] < 'A' || bank.start[i] > 'Z') return false;
    }
    return true;
}

trail_slice trail_accounts_country(const trail_accounts *accounts, uint32_t account)
{
    trail_slice key = trail_accounts_key(accounts, account);
    if (number_at(key) == 0) return (trail_slice){key.start, 2};
    trail_slice bank = bank_in(key);
    return is_bic(bank) ? (trail_slice){bank.start + 4, 2} : (trail_slice){"", 0};
}

/* A string to be sorted, with the first eight bytes of what it is sorted by: most comparisons need
 * no more. */
typedef struct sorted_string {
    uint64_t prefix;
    uint32_t string;
} sorted_string;

static uint64_t prefix_of(trail_slice text)
{
    uint64_t prefix = 0;
    for (size_t i = 0; i < 8; i++)
        prefix = prefix << 8 | (i < text.length ? (unsigned char)text.start[i] : 0);
    return prefix;
}

static int compare_by_number(const void *context, const void *a, const void *b)
{
    const trail_accounts *accounts = context;
    const sorted_string *one = a, *other = b;
    if (one->prefix != other->prefix) return one->prefix < other->prefix ? -1 : 1;
    trail_slice first = trail_strings_get(accounts->keys, one->string);
    trail_slice second = trail_strings_get(accounts->keys, other->string);
    int order = trail_slice_compare(number_in(first), number_in(second));
    return order != 0 ? order : trail_slice_compare(first, second);
}

static int compare_by_key(const void *context, const void *a, const void *b)
{
    const trail_accounts *accounts = context;
    const sorted_string *one = a, *other = b;
    if (one->prefix != other->prefix) return one->prefix < other->prefix ? -1 : 1;
    return trail_slice_compare(trail_strings_get(accounts->keys, one->string),
                               trail_strings_get(accounts->keys, other->string));
}

static trail_status sort_strings(const trail_accounts *accounts, uint32_t *strings, size_t count,
                                 bool by_number, trail_error *err)
{
    sorted_string *sorted = NULL;
    trail_status status = trail_alloc_zeroed(&sorted, count, sizeof *sorted, err);
    if (status != TRAIL_OK) return status;
    for (size_t i = 0; i < count; i++) {
        trail_slice key = trail_strings_get(accounts->keys, strings[i]);
        sorted[i] = (sorted_string){prefix_of(by_number ? number_in(key) : key), strings[i]};
    }
    status = trail_sort_items(sorted, count, sizeof *sorted,
                              by_number ? compare_by_number : compare_by_key, accounts, err);
    for (size_t i = 0; i < count && status == TRAIL_OK; i++)
        strings[i] = sorted[i].string;
    trail_free(sorted);
    return status;
}

/* joined[string] = the string it joins (itself for most): within one number, the entry without a
 * bank comes first and joins the other if there is just one. */
static void join_numbers_without_bank(const trail_accounts *accounts, const uint32_t *by_number,
                                      uint32_t *joined)
{
    for (uint32_t i = 0; i < accounts->count;) {
        trail_slice number = number_in(trail_strings_get(accounts->keys, by_number[i]));
        uint32_t end = i + 1;
        while (
            end < accounts->count &&
            trail_slice_equal(number, number_in(trail_strings_get(accounts->keys, by_number[end]))))
            end++;
        trail_slice first = trail_strings_get(accounts->keys, by_number[i]);
        for (uint32_t k = i; k < end; k++)
            joined[by_number[k]] = by_number[k];
        if (end - i == 2 && number_at(first) == 1 && !trail_number_is_masked(number))
            joined[by_number[i]] = by_number[i + 1];
        i = end;
    }
}

static bool knows_an_iban(const trail_accounts *accounts)
{
    for (uint32_t i = 0; i < accounts->count; i++)
        if (number_at(trail_strings_get(accounts->keys, i + 1)) == 0) return true;
    return false;
}

/* The only IBAN of the case that an account of this (bank, number) has; UINT32_MAX if none or
 * several. */
static uint32_t iban_of(const trail_accounts *accounts, trail_slice key)
{
    trail_iban_text ibans[TRAIL_NATIONAL_LIMIT];
    uint32_t found = UINT32_MAX;
    size_t count = trail_national_ibans(bank_in(key), number_in(key), ibans);
    for (size_t i = 0; i < count; i++) {
        uint32_t string = trail_strings_find(accounts->keys, trail_slice_of(ibans[i].text));
        if (string == UINT32_MAX || string == found) continue;
        if (found != UINT32_MAX) return UINT32_MAX;
        found = string;
    }
    return found;
}

/* (bank, national number) joins the account of its IBAN, with whatever joined it before. */
static void join_national_numbers(const trail_accounts *accounts, uint32_t *joined)
{
    if (!knows_an_iban(accounts)) return;
    for (uint32_t string = 1; string <= accounts->count; string++) {
        trail_slice key = trail_strings_get(accounts->keys, string);
        if (joined[string] != string || number_at(key) == 0) continue;
        uint32_t iban = iban_of(accounts, key);
        if (iban != UINT32_MAX) joined[string] = iban;
    }
    for (uint32_t string = 1; string <= accounts->count; string++)
        joined[string] = joined[joined[string]];
}

static trail_status list_joined(const trail_accounts *accounts, const uint32_t *joined,
                                uint32_t **list, uint32_t *count, trail_error *err)
{
    *count = 0;
    for (uint32_t string = 1; string <= accounts->count; string++)
        *count += joined[string] != string &&
                  number_at(trail_strings_get(accounts->keys, joined[string])) == 0;
    if (*count == 0) return TRAIL_OK;
    trail_status status = trail_alloc_zeroed(list, *count, sizeof **list, err);
    if (status != TRAIL_OK) return status;
    uint32_t at = 0;
    for (uint32_t string = 1; string <= accounts->count; string++) {
        if (joined[string] != string &&
            number_at(trail_strings_get(accounts->keys, joined[string])) == 0)
            (*list)[at++] = string;
    }
    return sort_strings(accounts, *list, *count, false, err);
}

static uint32_t keep_joined(const uint32_t *joined, uint32_t *strings, uint32_t count)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (joined[strings[i]] == strings[i]) strings[kept++] = strings[i];
    }
    return kept;
}

trail_status trail_accounts_settle(trail_accounts *accounts, uint32_t **renumber, trail_error *err)
{
    uint32_t before = accounts->count;
    uint32_t *joined = NULL, *by_number = NULL, *by_key = NULL, *account_of = NULL, *moved = NULL;
    trail_status status = trail_alloc_zeroed(&joined, (size_t)before + 1, sizeof *joined, err);
    if (status == TRAIL_OK) status = trail_alloc_zeroed(&by_number, before, sizeof *by_number, err);
    if (status == TRAIL_OK) status = trail_alloc_zeroed(&by_key, before, sizeof *by_key, err);
    if (status == TRAIL_OK)
        status = trail_alloc_zeroed(&account_of, (size_t)before + 1, sizeof *account_of, err);
    if (status == TRAIL_OK) status = trail_alloc_zeroed(&moved, before, sizeof *moved, err);
    if (status != TRAIL_OK) goto cleanup;
    for (uint32_t i = 0; i < before; i++)
        by_number[i] = i + 1;
    status = sort_strings(accounts, by_number, before, true, err);
    if (status != TRAIL_OK) goto cleanup;
    join_numbers_without_bank(accounts, by_number, joined);
    join_national_numbers(accounts, joined);
    status = list_joined(accounts, joined, &accounts->joined, &accounts->joined_count, err);
    if (status != TRAIL_OK) goto cleanup;
    uint32_t kept = keep_joined(joined, by_number, before);
    memcpy(by_key, by_number, kept * sizeof *by_key);
    status = sort_strings(accounts, by_key, kept, false, err);
    if (status != TRAIL_OK) goto cleanup;

    for (uint32_t i = 0; i < kept; i++)
        account_of[by_key[i]] = i;
    for (uint32_t i = 0; i < before; i++)
        moved[i] = account_of[i + 1] = account_of[joined[i + 1]];
    for (uint32_t i = 0; i < kept; i++)
        by_number[i] = account_of[by_number[i]];
    accounts->count = kept;
    accounts->string_of = by_key;
    accounts->account_of = account_of;
    accounts->by_number = by_number;
    *renumber = moved;
    by_key = account_of = by_number = moved = NULL;
cleanup:
    trail_free(joined);
    trail_free(by_number);
    trail_free(by_key);
    trail_free(account_of);
    trail_free(moved);
    return status;
}

/* First place in by_number whose number is not below `number`. */
static uint32_t lowest_place(const trail_accounts *accounts, trail_slice number)
{
    uint32_t low = 0, high = accounts->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (trail_slice_compare(trail_accounts_number(accounts, accounts->by_number[middle]),
                                number) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The only account that a joined number is of, whatever bank stands with it. */
static uint32_t joined_of(const trail_accounts *accounts, trail_slice number)
{
    uint32_t found = TRAIL_NO_ACCOUNT;
    for (uint32_t i = 0; i < accounts->joined_count; i++) {
        trail_joined_number joined = trail_accounts_joined(accounts, i);
        if (!trail_slice_equal(joined.number, number) || joined.account == found) continue;
        if (found != TRAIL_NO_ACCOUNT) return TRAIL_NO_ACCOUNT;
        found = joined.account;
    }
    return found;
}

uint32_t trail_accounts_find(const trail_accounts *accounts, trail_slice bank, trail_slice number)
{
    char key[TRAIL_ACCOUNT_KEY_LIMIT];
    size_t length;
    if (!trail_account_key(bank, number, key, &length)) return TRAIL_NO_ACCOUNT;
    uint32_t string = trail_strings_find(accounts->keys, (trail_slice){key, length});
    if (string != UINT32_MAX && accounts->account_of != NULL) return accounts->account_of[string];
    if (string != UINT32_MAX) return string - 1;
    trail_slice wanted = number_in((trail_slice){key, length});
    if (accounts->by_number == NULL || wanted.length == length) return TRAIL_NO_ACCOUNT;
    string = iban_of(accounts, (trail_slice){key, length});
    if (string != UINT32_MAX) return accounts->account_of[string];
    if (trail_number_is_masked(wanted)) return TRAIL_NO_ACCOUNT;
    uint32_t place = lowest_place(accounts, wanted);
    uint32_t found = TRAIL_NO_ACCOUNT;
    for (; place < accounts->count; place++) {
        uint32_t account = accounts->by_number[place];
        if (!trail_slice_equal(trail_accounts_number(accounts, account), wanted)) break;
        if (found != TRAIL_NO_ACCOUNT) return TRAIL_NO_ACCOUNT; /* several: not decided */
        found = account;
    }
    if (found == TRAIL_NO_ACCOUNT && key[0] == BANK_END) return joined_of(accounts, wanted);
    bool named = key[0] != BANK_END; /* then only an account that names no bank is it */
    bool other =
        named && found != TRAIL_NO_ACCOUNT && trail_accounts_bank(accounts, found).length > 0;
    return other ? TRAIL_NO_ACCOUNT : found;
}

trail_status trail_accounts_number_ranks(const trail_accounts *accounts, uint32_t **ranks,
                                         trail_error *err)
{
    trail_status status = trail_alloc_zeroed(ranks, accounts->count, sizeof **ranks, err);
    uint32_t rank = 0;
    for (uint32_t i = 0; status == TRAIL_OK && i < accounts->count; i++) {
        uint32_t account = accounts->by_number[i];
        if (i > 0 && !trail_slice_equal(trail_accounts_number(accounts, accounts->by_number[i - 1]),
                                        trail_accounts_number(accounts, account)))
            rank++;
        (*ranks)[account] = rank;
    }
    return status;
}

uint32_t trail_accounts_joined_count(const trail_accounts *accounts)
{
    return accounts->joined_count;
}

trail_joined_number trail_accounts_joined(const trail_accounts *accounts, uint32_t index)
{
    uint32_t string = accounts->joined[index];
    trail_slice key = trail_strings_get(accounts->keys, string);
    return (trail_joined_number){accounts->account_of[string], bank_in(key), number_in(key)};
}

uint32_t trail_accounts_by_number(const trail_accounts *accounts, uint32_t place)
{
    return accounts->by_number[place];
}
