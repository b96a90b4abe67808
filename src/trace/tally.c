/* Conservation, per (proceeds, currency): introduced = held + transit + sinks + frontier +
 * converted out - converted in, the last being kept as a negative holding of the currency entered.
 * Exact integers, every sum checked. */
#include "trace/tally.h"

#include <stdlib.h>

#include "base/failure.h"
#include "base/wide.h"
#include "trace/tracing_rule.h"

/* account 32 bits, proceeds 16, currency 9, where 4, reason 3. */
#define CURRENCY_LIMIT 512

void trail_tally_init(trail_tally *tally, uint16_t rule)
{
    *tally = (trail_tally){.rule = rule, .holdings = trail_vector_of(sizeof(trail_holding))};
}

void trail_tally_clear(trail_tally *tally)
{
    trail_map64_clear(&tally->places);
    trail_vector_clear(&tally->holdings);
}

static trail_status add_to(int64_t *sum_minor, int64_t amount_minor, trail_error *err)
{
    if (trail_add_checked(*sum_minor, amount_minor, sum_minor)) return TRAIL_OK;
    return trail_fail(err, TRAIL_OVERFLOW, "a sum of traced amounts leaves the range of amounts");
}

trail_status trail_tally_add(trail_tally *tally, const trail_holding *holding, trail_error *err)
{
    if (holding->currency >= CURRENCY_LIMIT)
        return trail_fail(err, TRAIL_INTERNAL, "currency number %u is over %d",
                          (unsigned)holding->currency, CURRENCY_LIMIT);
    uint64_t key = (uint64_t)holding->account << 32 | (uint64_t)holding->proceeds << 16 |
                   (uint64_t)holding->currency << 7 | (uint64_t)holding->where << 3 |
                   holding->reason;
    uint32_t *place = trail_map64_at(&tally->places, key, UINT32_MAX, err);
    if (place == NULL) return TRAIL_NO_MEMORY;
    if (*place == UINT32_MAX) {
        *place = (uint32_t)tally->holdings.count;
        trail_holding *fresh = trail_vector_add(&tally->holdings, err);
        if (fresh == NULL) return TRAIL_NO_MEMORY;
        *fresh = *holding;
        fresh->rule = tally->rule;
        return TRAIL_OK;
    }
    trail_holding *known = trail_vector_at(&tally->holdings, *place);
    return add_to(&known->amount_minor, holding->amount_minor, err);
}

static int compare(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

static int by_place(const void *a, const void *b)
{
    const trail_holding *first = a, *second = b;
    int order = compare(first->proceeds, second->proceeds);
    if (order == 0) order = compare(first->currency, second->currency);
    if (order == 0) order = compare(first->where, second->where);
    if (order == 0) order = compare(first->account, second->account);
    return order != 0 ? order : compare(first->reason, second->reason);
}

static void drop_zeros(trail_vector *holdings)
{
    size_t kept = 0;
    trail_holding *items = holdings->items;
    for (size_t i = 0; i < holdings->count; i++) {
        if (items[i].amount_minor != 0) items[kept++] = items[i];
    }
    holdings->count = kept;
}

static int64_t *sum_of(trail_conservation *row, uint8_t where)
{
    switch ((trail_resting)where) {
    case TRAIL_RESTING_ACCOUNT:
        return &row->held_minor;
    case TRAIL_RESTING_TRANSIT:
        return &row->transit_minor;
    case TRAIL_RESTING_FRONTIER:
        return &row->frontier_minor;
    case TRAIL_RESTING_CONVERTED_OUT:
        return &row->converted_out_minor;
    case TRAIL_RESTING_CONVERTED_IN:
        return &row->converted_in_minor;
    case TRAIL_RESTING_CASH:
    case TRAIL_RESTING_CARD:
    case TRAIL_RESTING_FEE:
    case TRAIL_RESTING_ASSET:
    case TRAIL_RESTING_OVERDRAFT:
    case TRAIL_RESTING_GOOD_FAITH:
        break;
    }
    return &row->sinks_minor;
}

static trail_status check(const trail_conservation *row, const trail_vector *proceeds,
                          trail_error *err)
{
    const int64_t *parts[] = {&row->held_minor,          &row->transit_minor,
                              &row->sinks_minor,         &row->frontier_minor,
                              &row->converted_out_minor, &row->converted_in_minor};
    int64_t sum_minor = 0;
    for (size_t i = 0; i < TRAIL_LENGTH_OF(parts); i++) {
        trail_status status = add_to(&sum_minor, *parts[i], err);
        if (status != TRAIL_OK) return status;
    }
    if (sum_minor == row->introduced_minor) return TRAIL_OK;
    const trail_proceeds *source = trail_vector_at(proceeds, row->proceeds);
    return trail_fail(err, TRAIL_INTERNAL,
                      "rule %s, proceeds %s, %s: %lld minor units introduced, %lld accounted for",
                      trail_tracing_rules[row->rule]->name, source->rule->id,
                      trail_currency_code(row->currency), (long long)row->introduced_minor,
                      (long long)sum_minor);
}

/* Rows of one source: its own currency always, others where it has holdings. */
static trail_status close_source(const trail_tally *tally, uint16_t source, size_t *at,
                                 const trail_vector *proceeds, int64_t introduced_minor,
                                 trail_vector *rows, trail_error *err)
{
    const trail_holding *items = tally->holdings.items;
    size_t end = *at;
    while (end < tally->holdings.count && items[end].proceeds == source)
        end++;
    trail_currency own = ((const trail_proceeds *)trail_vector_at(proceeds, source))->currency;
    bool own_done = false;
    while (*at < end || !own_done) {
        trail_currency currency = *at < end ? items[*at].currency : own;
        if (!own_done && own < currency) currency = own;
        if (currency == own) own_done = true;
        trail_conservation row = {.rule = tally->rule,
                                  .proceeds = source,
                                  .currency = currency,
                                  .introduced_minor = currency == own ? introduced_minor : 0};
        trail_status status = TRAIL_OK;
        for (; *at < end && items[*at].currency == currency && status == TRAIL_OK; (*at)++)
            status = add_to(sum_of(&row, items[*at].where), items[*at].amount_minor, err);
        if (status == TRAIL_OK) status = check(&row, proceeds, err);
        if (status == TRAIL_OK) status = trail_vector_push(rows, &row, err);
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

trail_status trail_tally_close(trail_tally *tally, const trail_vector *proceeds,
                               const int64_t *introduced_minor, trail_vector *rows,
                               trail_error *err)
{
    drop_zeros(&tally->holdings);
    if (tally->holdings.count > 1)
        qsort(tally->holdings.items, tally->holdings.count, sizeof(trail_holding), by_place);
    size_t at = 0;
    for (size_t i = 0; i < proceeds->count; i++) {
        trail_status status =
            close_source(tally, (uint16_t)i, &at, proceeds, introduced_minor[i], rows, err);
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}
