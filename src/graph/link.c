/* Links by three stable counting sorts (currency, payee, payer) of the payments' indices, then one
 * pass that sums runs. Counting beats comparing here: 10 M payments in a fraction of a second.
 * O(payments + accounts + currencies); 8 bytes a payment while it runs. */
#include "graph/link.h"

#include "base/failure.h"
#include "base/memory.h"
#include "base/wide.h"

typedef enum sort_key { BY_CURRENCY, BY_PAYEE, BY_PAYER } sort_key;

static uint32_t key_of(const trail_ledger *ledger, sort_key key, uint32_t payment)
{
    if (key == BY_CURRENCY) return ledger->currency[payment];
    return key == BY_PAYEE ? ledger->payee[payment] : ledger->payer[payment];
}

static trail_status sort_by(const trail_ledger *ledger, sort_key key, size_t key_count,
                            const uint32_t *from, uint32_t *to, size_t count, trail_error *err)
{
    uint32_t *place = NULL;
    trail_status status = trail_alloc_zeroed(&place, key_count + 1, sizeof *place, err);
    if (status != TRAIL_OK) return status;
    for (size_t i = 0; i < count; i++)
        place[key_of(ledger, key, from[i]) + 1]++;
    for (size_t k = 0; k < key_count; k++)
        place[k + 1] += place[k];
    for (size_t i = 0; i < count; i++)
        to[place[key_of(ledger, key, from[i])]++] = from[i];
    trail_free(place);
    return TRAIL_OK;
}

static bool is_linked(const trail_ledger *ledger, size_t payment)
{
    return ledger->payer[payment] != TRAIL_NO_ACCOUNT &&
           ledger->payee[payment] != TRAIL_NO_ACCOUNT &&
           (ledger->flags[payment] & (TRAIL_VOID | TRAIL_REVERSED)) == 0;
}

static bool same_link(const trail_link *link, const trail_ledger *ledger, uint32_t payment)
{
    return link->payer == ledger->payer[payment] && link->payee == ledger->payee[payment] &&
           link->currency == ledger->currency[payment];
}

static trail_status sum_runs(const trail_ledger *ledger, const uint32_t *sorted, size_t count,
                             trail_vector *links, trail_error *err)
{
    trail_link *link = NULL;
    for (size_t i = 0; i < count; i++) {
        uint32_t payment = sorted[i];
        int32_t day = ledger->booking_day[payment];
        if (link == NULL || !same_link(link, ledger, payment)) {
            link = trail_vector_add(links, err);
            if (link == NULL) return TRAIL_NO_MEMORY;
            *link = (trail_link){.payer = ledger->payer[payment],
                                 .payee = ledger->payee[payment],
                                 .currency = ledger->currency[payment],
                                 .first_day = day,
                                 .last_day = day};
        }
        link->count++;
        if ((ledger->flags[payment] & TRAIL_MAY_BE_DOUBLE) != 0) link->may_be_double++;
        if (day < link->first_day) link->first_day = day;
        if (day > link->last_day) link->last_day = day;
        if (!trail_add_checked(link->amount_minor, ledger->amount_minor[payment],
                               &link->amount_minor))
            return trail_fail(err, TRAIL_OVERFLOW,
                              "the payments of one pair of accounts sum to more than an amount "
                              "can hold (%s)",
                              trail_currency_code(link->currency));
    }
    return TRAIL_OK;
}

trail_status trail_links_of(const trail_ledger *ledger, trail_vector *links, trail_error *err)
{
    *links = trail_vector_of(sizeof(trail_link));
    size_t account_count = trail_accounts_count(ledger->accounts);
    uint32_t *one = NULL;
    uint32_t *other = NULL;
    size_t count = 0;
    trail_status status = trail_alloc_zeroed(&one, ledger->count, sizeof *one, err);
    if (status != TRAIL_OK) goto cleanup;
    status = trail_alloc_zeroed(&other, ledger->count, sizeof *other, err);
    if (status != TRAIL_OK) goto cleanup;
    for (size_t i = 0; i < ledger->count; i++)
        if (is_linked(ledger, i)) one[count++] = (uint32_t)i;
    status = sort_by(ledger, BY_CURRENCY, trail_currency_count(), one, other, count, err);
    if (status != TRAIL_OK) goto cleanup;
    status = sort_by(ledger, BY_PAYEE, account_count, other, one, count, err);
    if (status != TRAIL_OK) goto cleanup;
    status = sort_by(ledger, BY_PAYER, account_count, one, other, count, err);
    if (status != TRAIL_OK) goto cleanup;
    status = sum_runs(ledger, other, count, links, err);
cleanup:
    trail_free(one);
    trail_free(other);
    if (status != TRAIL_OK) trail_vector_clear(links);
    return status;
}
