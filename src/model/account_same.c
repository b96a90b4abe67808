/* Which accounts to hold beside each other. Equal numbers lie beside each other once sorted. For
 * the others one table is sorted by what is compared (a number from its end, without its zeros, or
 * with the digits that its letters may be) and asked for a range: O(n log n) altogether, and
 * nothing at all where no account gives cause to ask. */
#include "model/account_same.h"

#include <string.h>

#include "base/memory.h"
#include "base/sort.h"
#include "model/national_number.h"

static trail_status push(trail_vector *pairs, trail_same_number pair, trail_error *err)
{
    return trail_vector_push(pairs, &pair, err);
}

typedef enum comparison { FROM_END, WITHOUT_ZEROS, AS_DIGITS } comparison;

typedef struct sorted_accounts {
    const trail_accounts *accounts;
    comparison by;
    uint32_t *items;
    uint32_t count;
} sorted_accounts;

static char as_digit(char c)
{
    return c == 'O' ? '0' : c == 'I' ? '1' : c == 'B' ? '8' : c;
}

/* Orders a before b as `by` says; with `begins`, 0 if b begins with all of a. */
static int compare(comparison by, trail_slice a, trail_slice b, bool begins)
{
    if (by == WITHOUT_ZEROS) return trail_slice_compare(a, b);
    size_t common = a.length < b.length ? a.length : b.length;
    for (size_t i = 0; i < common; i++) {
        unsigned char x =
            (unsigned char)(by == FROM_END ? a.start[a.length - 1 - i] : as_digit(a.start[i]));
        unsigned char y =
            (unsigned char)(by == FROM_END ? b.start[b.length - 1 - i] : as_digit(b.start[i]));
        if (x != y) return x < y ? -1 : 1;
    }
    if (a.length == b.length || (begins && a.length < b.length)) return 0;
    return a.length < b.length ? -1 : 1;
}

/* What of an account's number is compared. */
static trail_slice compared(const sorted_accounts *sorted, uint32_t account)
{
    trail_slice number = trail_accounts_number(sorted->accounts, account);
    return sorted->by == WITHOUT_ZEROS ? trail_national_account_part(number) : number;
}

static int compare_items(const void *context, const void *a, const void *b)
{
    const sorted_accounts *sorted = context;
    uint32_t one = *(const uint32_t *)a, other = *(const uint32_t *)b;
    int order = compare(sorted->by, compared(sorted, one), compared(sorted, other), false);
    return order != 0 ? order : (one > other) - (one < other);
}

static bool is_listed(const sorted_accounts *sorted, uint32_t account)
{
    if (sorted->by != FROM_END && !trail_accounts_is_iban(sorted->accounts, account)) return false;
    if (sorted->by == WITHOUT_ZEROS) return compared(sorted, account).length > 0;
    return !trail_number_is_masked(trail_accounts_number(sorted->accounts, account));
}

static trail_status sort_accounts(sorted_accounts *sorted, const trail_accounts *accounts,
                                  comparison by, trail_error *err)
{
    *sorted = (sorted_accounts){.accounts = accounts, .by = by};
    uint32_t count = trail_accounts_count(accounts);
    trail_status status = trail_alloc_zeroed(&sorted->items, count, sizeof *sorted->items, err);
    if (status != TRAIL_OK) return status;
    for (uint32_t i = 0; i < count; i++)
        if (is_listed(sorted, i)) sorted->items[sorted->count++] = i;
    return trail_sort_items(sorted->items, sorted->count, sizeof *sorted->items, compare_items,
                            sorted, err);
}

/* First place whose text is not before `wanted`. */
static uint32_t lowest(const sorted_accounts *sorted, trail_slice wanted)
{
    uint32_t low = 0, high = sorted->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (compare(sorted->by, wanted, compared(sorted, sorted->items[middle]), true) > 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool begins_with(trail_slice number, trail_slice begin)
{
    return number.length >= begin.length && memcmp(number.start, begin.start, begin.length) == 0;
}

/* Could the account of this number be that one, as far as bank and hidden places say? */
static bool may_be(const sorted_accounts *sorted, uint32_t other, uint32_t account,
                   trail_slice before, trail_slice wanted)
{
    trail_slice number = trail_accounts_number(sorted->accounts, other);
    if (sorted->by == WITHOUT_ZEROS)
        return trail_national_bank_open(number, trail_accounts_bank(sorted->accounts, account));
    return number.length >= before.length + wanted.length && begins_with(number, before);
}

/* Lists (an account that fits, `account`) for at most so many that fit, else how many do. */
static trail_status list_fits(const sorted_accounts *sorted, uint32_t account, trail_slice wanted,
                              trail_slice before, trail_same_reason reason, trail_vector *pairs,
                              trail_error *err)
{
    uint32_t fits[TRAIL_SAME_CANDIDATES], count = 0;
    for (uint32_t i = lowest(sorted, wanted); i < sorted->count; i++) {
        uint32_t other = sorted->items[i];
        if (compare(sorted->by, wanted, compared(sorted, other), sorted->by == FROM_END) != 0)
            break;
        if (!may_be(sorted, other, account, before, wanted)) continue;
        uint32_t at = count < TRAIL_SAME_CANDIDATES ? count : TRAIL_SAME_CANDIDATES;
        count++;
        if (at == TRAIL_SAME_CANDIDATES) continue;
        for (; at > 0 && fits[at - 1] > other; at--)
            fits[at] = fits[at - 1];
        fits[at] = other;
    }
    trail_same_number pair = {TRAIL_NO_ACCOUNT, account, 0, count, reason};
    if (count > TRAIL_SAME_CANDIDATES) return push(pairs, pair, err);
    trail_status status = TRAIL_OK;
    for (uint32_t i = 0; i < count && status == TRAIL_OK; i++) {
        pair.first = fits[i];
        pair.others = 0;
        status = push(pairs, pair, err);
    }
    return status;
}

#define SHORTEST_NUMBER 5 /* of digits that say something without a bank */
#define SHORTEST_END    3

/* What of an account to look for in the table sorted `by`; empty: it gives no cause to ask. */
static trail_slice asked(const trail_accounts *accounts, uint32_t account, comparison by,
                         trail_slice *before)
{
    trail_slice none = {"", 0}, behind = none;
    trail_slice number = trail_accounts_number(accounts, account);
    *before = none;
    if (trail_accounts_is_iban(accounts, account)) return none;
    if (trail_number_shown(number, before, &behind))
        return by == FROM_END && behind.length >= SHORTEST_END ? behind : none;
    if (by == AS_DIGITS)
        return number.length >= TRAIL_IBAN_SHORTEST && number.length <= TRAIL_IBAN_LONGEST ? number
                                                                                           : none;
    number = trail_without_zeros(number);
    return by == WITHOUT_ZEROS && number.length >= SHORTEST_NUMBER ? number : none;
}

static trail_status ask_all(const trail_accounts *accounts, comparison by, trail_same_reason reason,
                            trail_vector *pairs, trail_error *err)
{
    sorted_accounts sorted = {.items = NULL};
    trail_status status = TRAIL_OK;
    uint32_t count = trail_accounts_count(accounts);
    for (uint32_t i = 0; i < count && status == TRAIL_OK; i++) {
        trail_slice before, wanted = asked(accounts, i, by, &before);
        if (wanted.length == 0) continue;
        if (sorted.items == NULL) status = sort_accounts(&sorted, accounts, by, err);
        if (status == TRAIL_OK && sorted.count == 0) break;
        if (status == TRAIL_OK) status = list_fits(&sorted, i, wanted, before, reason, pairs, err);
    }
    trail_free(sorted.items);
    return status;
}

static trail_status list_joined(const trail_accounts *accounts, trail_vector *pairs,
                                trail_error *err)
{
    trail_status status = TRAIL_OK;
    for (uint32_t i = 0; i < trail_accounts_joined_count(accounts) && status == TRAIL_OK; i++) {
        uint32_t account = trail_accounts_joined(accounts, i).account;
        trail_same_number pair = {account, account, i, 0, TRAIL_SAME_JOINED};
        status = push(pairs, pair, err);
    }
    return status;
}

static trail_status list_equal(const trail_accounts *accounts, trail_vector *pairs,
                               trail_error *err)
{
    trail_status status = TRAIL_OK;
    for (uint32_t i = 1; i < trail_accounts_count(accounts) && status == TRAIL_OK; i++) {
        uint32_t a = trail_accounts_by_number(accounts, i - 1);
        uint32_t b = trail_accounts_by_number(accounts, i);
        trail_slice number = trail_accounts_number(accounts, a);
        if (!trail_slice_equal(number, trail_accounts_number(accounts, b)) ||
            trail_number_is_masked(number))
            continue;
        trail_same_number pair = {a < b ? a : b, a < b ? b : a, 0, 0, TRAIL_SAME_NUMBER};
        status = push(pairs, pair, err);
    }
    return status;
}

trail_status trail_accounts_same_numbers(const trail_accounts *accounts, trail_vector *pairs,
                                         trail_error *err)
{
    *pairs = trail_vector_of(sizeof(trail_same_number));
    trail_status status = list_equal(accounts, pairs, err);
    if (status == TRAIL_OK) status = list_joined(accounts, pairs, err);
    if (status == TRAIL_OK)
        status = ask_all(accounts, WITHOUT_ZEROS, TRAIL_SAME_NATIONAL, pairs, err);
    if (status == TRAIL_OK)
        status = ask_all(accounts, FROM_END, TRAIL_SAME_SHOWN_IN_PART, pairs, err);
    if (status == TRAIL_OK) status = ask_all(accounts, AS_DIGITS, TRAIL_SAME_MISREAD, pairs, err);
    return status;
}
