#include "reconcile/match_candidates.h"

#include "base/memory.h"
#include "base/sort.h"
#include "base/wide.h"
#include "reconcile/match_directory.h"
#include "reconcile/match_weights.h"

/* Ways of looking: legs that share a key (a UETR, a reference, amount and name) meet in groups
 * sorted by key and day; a leg that names an account looks into that account's legs, kept by
 * (account, currency, day, amount), for equal amounts, amounts less a charge, and amounts in other
 * currencies near the reference rate. Twins are taken side by side: the k-th of equal debits looks
 * first at the k-th of equal credits, so that long runs of repeats keep partners. */

#define CURRENCY_LIMIT 8 /* other currencies looked into: those with most legs */

typedef struct keyed_leg {
    uint64_t key; /* lowest bit: 1 for credits */
    uint32_t leg;
} keyed_leg;

typedef struct search {
    trail_candidates *found;
    const trail_match_legs *legs;
    const trail_rates *rates;
    trail_match_names *names;
    trail_vector keyed; /* of keyed_leg */
    trail_match_directory debits, credits;
    trail_currency currencies[CURRENCY_LIMIT];
    unsigned currency_count;
} search;

static trail_status push_pair(search *at, uint32_t a, uint32_t b, trail_error *err)
{
    bool swap = at->legs->legs[a].credit;
    trail_candidate pair = {swap ? b : a, swap ? a : b};
    return trail_vector_push(&at->found->pairs, &pair, err);
}

static trail_status push_key(search *at, uint64_t key, uint32_t leg, trail_error *err)
{
    keyed_leg keyed = {(key & ~UINT64_C(1)) | at->legs->legs[leg].credit, leg};
    return trail_vector_push(&at->keyed, &keyed, err);
}

static int by_key(const void *context, const void *a, const void *b)
{
    const keyed_leg *first = a, *second = b;
    (void)context;
    return (first->key > second->key) - (first->key < second->key);
}

/* How far the leg stands behind the first of its twins. */
static uint32_t rank_among_twins(const search *at, uint32_t leg)
{
    return leg - at->legs->legs[leg].twin;
}

/* A debit with a group's credits from..to, at most the cap, shifted for twins. */
static trail_status pair_window(search *at, uint32_t debit, const keyed_leg *credits, size_t from,
                                size_t to, trail_error *err)
{
    size_t cap = trail_weights.candidates_a_leg;
    if (to - from > cap) {
        size_t shift = rank_among_twins(at, debit);
        from = shift > to - from - cap ? to - cap : from + shift;
        to = from + cap;
        at->found->legs_capped++;
    }
    for (size_t i = from; i < to; i++) {
        trail_status status = push_pair(at, debit, credits[i].leg, err);
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

/* Every debit with the credits of its key within the days (any_day: all of them). */
static trail_status pair_groups(search *at, bool any_day, trail_error *err)
{
    const keyed_leg *keyed = at->keyed.items;
    const trail_match_leg *legs = at->legs->legs;
    trail_status status =
        trail_sort_items(at->keyed.items, at->keyed.count, sizeof(keyed_leg), by_key, NULL, err);
    for (size_t start = 0; start < at->keyed.count && status == TRAIL_OK;) {
        uint64_t key = keyed[start].key | 1;
        size_t middle = start, end;
        while (middle < at->keyed.count && keyed[middle].key == (key ^ 1))
            middle++;
        for (end = middle; end < at->keyed.count && keyed[end].key == key;)
            end++;
        size_t from = middle, to = any_day ? end : middle;
        for (size_t i = start; i < middle && status == TRAIL_OK; i++) {
            int64_t day = legs[keyed[i].leg].day;
            while (!any_day && from < end && legs[keyed[from].leg].day - day < TRAIL_LAG_FIRST)
                from++;
            while (!any_day && to < end && legs[keyed[to].leg].day - day <= TRAIL_LAG_LAST)
                to++;
            status = pair_window(at, keyed[i].leg, keyed, from, to, err);
        }
        start = end;
    }
    at->keyed.count = 0;
    return status;
}

static trail_status by_uetr(search *at, trail_error *err)
{
    for (uint32_t i = 0; i < at->legs->count; i++) {
        if (at->legs->legs[i].uetr == 0) continue;
        trail_status status = push_key(at, (uint64_t)at->legs->legs[i].uetr << 1, i, err);
        if (status != TRAIL_OK) return status;
    }
    return pair_groups(at, true, err);
}

static trail_status by_reference(search *at, trail_error *err)
{
    for (uint32_t i = 0; i < at->legs->count; i++) {
        const uint32_t *references = at->legs->legs[i].references;
        for (size_t k = 0; k < TRAIL_LEG_REFERENCES && references[k] != 0; k++) {
            if (at->legs->reference_times[references[k]] < 2 ||
                trail_match_legs_common(at->legs, references[k]))
                continue;
            trail_status status = push_key(at, (uint64_t)references[k] << 1, i, err);
            if (status != TRAIL_OK) return status;
        }
    }
    return pair_groups(at, false, err);
}

/* Equal amounts of legs that bear the same name: the payee's, or the payer's. */
static trail_status by_name(search *at, bool payee, trail_error *err)
{
    for (uint32_t i = 0; i < at->legs->count; i++) {
        const trail_match_leg *leg = &at->legs->legs[i];
        uint32_t name = leg->credit == payee ? leg->own_name : leg->other_name;
        uint64_t key = 0;
        if (name == 0) continue;
        trail_status status = trail_match_names_key(at->names, name, &key, err);
        key = trail_wide_fold(key ^ (uint64_t)leg->amount_minor,
                              0x9e3779b97f4a7c15u ^ (uint64_t)leg->currency << 1);
        if (status == TRAIL_OK) status = push_key(at, key, i, err);
        if (status != TRAIL_OK) return status;
    }
    return pair_groups(at, false, err);
}

/* Where the other side's amounts may lie, in one currency. */
typedef struct amount_range {
    trail_currency currency;
    int64_t from, to;
} amount_range;

static int64_t share_of(int64_t amount, int64_t permille)
{
    return trail_mul_div_floor(amount, permille, 1000);
}

/* A debit's credit is less by up to a charge, a credit's debit is more. */
static amount_range same_currency_range(const trail_match_leg *leg)
{
    int64_t unit = 1, amount = leg->amount_minor, charge;
    unsigned exponent = trail_currency_exponent(leg->currency);
    for (unsigned i = 0; i < (exponent < 2 ? 2 : exponent); i++)
        unit *= 10;
    charge = share_of(amount, trail_weights.charge_permille);
    if (leg->credit) charge += charge / 10; /* the share is of the debit, which is more */
    if (charge < unit * trail_weights.charge_units) charge = unit * trail_weights.charge_units;
    if (leg->credit)
        return (amount_range){leg->currency, amount,
                              amount > INT64_MAX - charge ? INT64_MAX : amount + charge};
    return (amount_range){leg->currency, charge > amount ? 0 : amount - charge, amount};
}

static bool other_currency_range(const search *at, const trail_match_leg *leg,
                                 trail_currency currency, amount_range *range)
{
    int64_t expected;
    int32_t used;
    if (at->rates == NULL) {
        *range = (amount_range){currency, 0, INT64_MAX};
        return true;
    }
    if (!trail_rates_convert(at->rates, leg->amount_minor, leg->currency, currency, leg->day,
                             &expected, &used))
        return false;
    /* Half as much again: the rate of the debit's day decides later, this is the credit's. */
    int64_t off = share_of(expected, trail_weights.rate_permille * 3 / 2) + 1;
    *range = (amount_range){currency, expected - off,
                            expected > INT64_MAX - off ? INT64_MAX : expected + off};
    return true;
}

/* The legs of the named account on one day within the range: all, or the cap from the leg's own
 * place among its twins on. */
static trail_status look_into_day(search *at, uint32_t leg, const trail_match_directory *directory,
                                  amount_range range, int32_t day, uint32_t *room, trail_error *err)
{
    const trail_match_leg *legs = at->legs->legs;
    uint32_t account = legs[leg].other;
    uint32_t from = trail_match_directory_from(directory, account, range.currency, day, range.from);
    uint32_t end =
        range.to == INT64_MAX
            ? trail_match_directory_from(directory, account, range.currency, day + 1, 0)
            : trail_match_directory_from(directory, account, range.currency, day, range.to + 1);
    uint32_t count = end - from;
    if (count > *room) {
        uint32_t shift = rank_among_twins(at, leg);
        from += shift < count - *room ? shift : count - *room;
        count = *room;
        at->found->legs_capped++;
    }
    *room -= count;
    for (uint32_t i = from; i < from + count; i++) {
        trail_status status = push_pair(at, leg, directory->places[i], err);
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

/* Nearest days first, so that the cap cuts the far ones. */
static trail_status look_into(search *at, uint32_t leg, amount_range range, trail_error *err)
{
    static const int lags[TRAIL_LAG_COUNT] = {0, 1, 2, 3, -1, 4, 5};
    const trail_match_leg *named_by = &at->legs->legs[leg];
    const trail_match_directory *directory = named_by->credit ? &at->debits : &at->credits;
    uint32_t room = trail_weights.candidates_a_leg;
    for (size_t i = 0; i < TRAIL_LENGTH_OF(lags); i++) {
        int32_t day = named_by->day + (named_by->credit ? -lags[i] : lags[i]);
        trail_status status = look_into_day(at, leg, directory, range, day, &room, err);
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

static trail_status look_for_equal(search *at, uint32_t leg, trail_error *err)
{
    const trail_match_leg *named_by = &at->legs->legs[leg];
    amount_range range = {named_by->currency, named_by->amount_minor, named_by->amount_minor};
    trail_status status = look_into(at, leg, range, err);
    if (status != TRAIL_OK) return status;
    range = same_currency_range(named_by);
    if (named_by->credit)
        range.from++;
    else
        range.to--;
    return look_into(at, leg, range, err);
}

static trail_status by_account(search *at, trail_error *err)
{
    for (uint32_t i = 0; i < at->legs->count; i++) {
        const trail_match_leg *leg = &at->legs->legs[i];
        if (leg->other == TRAIL_NO_ACCOUNT) continue;
        trail_status status = look_for_equal(at, i, err);
        for (unsigned k = 0; k < at->currency_count && status == TRAIL_OK; k++) {
            amount_range range;
            if (at->currencies[k] == leg->currency ||
                !other_currency_range(at, leg, at->currencies[k], &range))
                continue;
            status = look_into(at, i, range, err);
        }
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

/* Currencies by how many legs are in them; the table's order on a tie. */
static trail_status find_currencies(search *at, trail_error *err)
{
    uint32_t *times = NULL;
    unsigned all = trail_currency_count();
    trail_status status = trail_alloc_zeroed(&times, all, sizeof *times, err);
    if (status != TRAIL_OK) return status;
    for (uint32_t i = 0; i < at->legs->count; i++)
        times[at->legs->legs[i].currency]++;
    while (at->currency_count < CURRENCY_LIMIT) {
        unsigned most = 0;
        for (unsigned i = 1; i < all; i++) {
            if (times[i] > times[most]) most = i;
        }
        if (times[most] == 0) break;
        times[most] = 0;
        at->currencies[at->currency_count++] = (trail_currency)most;
    }
    trail_free(times);
    return TRAIL_OK;
}

static trail_status by_message(search *at, const trail_told *told, trail_error *err)
{
    const trail_told_transfer *transfers = told->transfers.items;
    for (size_t i = 0; i < told->transfers.count; i++) {
        if (transfers[i].debit == TRAIL_NO_LEG || transfers[i].credit == TRAIL_NO_LEG) continue;
        trail_status status = push_pair(at, transfers[i].debit, transfers[i].credit, err);
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

static int compare_pairs(const void *context, const void *a, const void *b)
{
    const trail_candidate *first = a, *second = b;
    (void)context;
    if (first->debit != second->debit) return first->debit < second->debit ? -1 : 1;
    return (first->credit > second->credit) - (first->credit < second->credit);
}

static trail_status settle_pairs(trail_vector *pairs, trail_error *err)
{
    trail_candidate *pair = pairs->items;
    size_t kept = 0;
    trail_status status =
        trail_sort_items(pairs->items, pairs->count, sizeof *pair, compare_pairs, NULL, err);
    for (size_t i = 0; i < pairs->count && status == TRAIL_OK; i++) {
        if (kept > 0 && compare_pairs(NULL, &pair[kept - 1], &pair[i]) == 0) continue;
        pair[kept++] = pair[i];
    }
    if (status == TRAIL_OK) pairs->count = kept;
    return status;
}

trail_status trail_match_candidates(trail_candidates *candidates, const trail_match_legs *legs,
                                    const trail_told *told, const trail_rates *rates,
                                    trail_match_names *names, trail_error *err)
{
    search at = {.found = candidates, .legs = legs, .rates = rates, .names = names};
    *candidates = (trail_candidates){.pairs = trail_vector_of(sizeof(trail_candidate))};
    at.keyed = trail_vector_of(sizeof(keyed_leg));
    trail_status status = trail_match_directory_make(&at.debits, legs, false, err);
    if (status == TRAIL_OK) status = trail_match_directory_make(&at.credits, legs, true, err);
    if (status == TRAIL_OK) status = find_currencies(&at, err);
    if (status == TRAIL_OK) status = by_uetr(&at, err);
    if (status == TRAIL_OK) status = by_reference(&at, err);
    if (status == TRAIL_OK) status = by_account(&at, err);
    if (status == TRAIL_OK) status = by_name(&at, true, err);
    if (status == TRAIL_OK) status = by_name(&at, false, err);
    if (status == TRAIL_OK && told != NULL) status = by_message(&at, told, err);
    if (status == TRAIL_OK) status = settle_pairs(&candidates->pairs, err);
    trail_vector_clear(&at.keyed);
    trail_match_directory_clear(&at.debits);
    trail_match_directory_clear(&at.credits);
    if (status != TRAIL_OK) trail_candidates_clear(candidates);
    return status;
}

void trail_candidates_clear(trail_candidates *candidates)
{
    trail_vector_clear(&candidates->pairs);
}
