#include "reconcile/running_balance.h"

#include "base/memory.h"
#include "base/sort.h"
#include "base/wide.h"

/* One pass over the legs in the main order, keeping the last balance of each account. A leg without
 * a balance, or in another currency than the last, ends the comparison until the next balance. */

typedef struct last_balance {
    int64_t minor;
    trail_currency currency;
    bool known;
    bool seen;
    uint32_t found; /* 1 + place in breaks, 0: none */
} last_balance;

static trail_status look_at_leg(const trail_ledger *ledger, const trail_leg *leg, bool credit,
                                last_balance *last, trail_vector *breaks, trail_error *err)
{
    const trail_detail *detail = trail_records_detail(&ledger->records, leg->record);
    if (detail == NULL || !detail->has_balance) {
        last->known = false;
        return TRAIL_OK;
    }
    int64_t expected = last->minor;
    bool fits = credit ? trail_add_checked(last->minor, leg->amount_minor, &expected)
                       : trail_sub_checked(last->minor, leg->amount_minor, &expected);
    bool breaks_here = last->known && last->currency == leg->currency &&
                       (!fits || expected != detail->balance_minor);
    last->minor = detail->balance_minor;
    last->currency = leg->currency;
    last->known = last->seen = true;
    if (!breaks_here) return TRAIL_OK;
    if (last->found > 0) {
        trail_balance_break *first = trail_vector_at(breaks, last->found - 1);
        first->breaks++;
        return TRAIL_OK;
    }
    trail_balance_break broken = {.account = leg->account,
                                  .record = leg->record,
                                  .expected_minor = expected,
                                  .stated_minor = detail->balance_minor,
                                  .currency = leg->currency,
                                  .breaks = 1};
    last->found = (uint32_t)breaks->count + 1;
    return trail_vector_push(breaks, &broken, err);
}

static int compare_breaks(const void *context, const void *a, const void *b)
{
    (void)context;
    const trail_balance_break *first = a, *second = b;
    return first->account < second->account ? -1 : first->account > second->account;
}

trail_status trail_running_balances(const trail_ledger *ledger, trail_vector *breaks,
                                    uint64_t *checked, trail_error *err)
{
    uint32_t account_count = trail_accounts_count(ledger->accounts);
    last_balance *last = NULL;
    *breaks = trail_vector_of(sizeof(trail_balance_break));
    *checked = 0;
    trail_status status = trail_alloc_zeroed(&last, account_count, sizeof *last, err);
    size_t event_count = ledger->events != NULL ? ledger->event_count : ledger->count;
    for (size_t i = 0; i < event_count && status == TRAIL_OK; i++) {
        uint32_t event = ledger->events != NULL ? ledger->events[i] : (uint32_t)(2 * i);
        uint32_t payment = event / 2;
        uint16_t flags = ledger->flags[payment];
        /* A row that is both legs belongs to no one statement. */
        if ((flags & TRAIL_TWO_RECORDS) == 0 && (flags & TRAIL_HAS_DEBIT) != 0 &&
            (flags & TRAIL_HAS_CREDIT) != 0)
            continue;
        bool credit = event % 2 == 1 || (flags & TRAIL_HAS_DEBIT) == 0;
        trail_leg leg =
            credit ? trail_ledger_credit(ledger, payment) : trail_ledger_debit(ledger, payment);
        if (leg.account == TRAIL_NO_ACCOUNT) continue;
        status = look_at_leg(ledger, &leg, credit, &last[leg.account], breaks, err);
    }
    for (uint32_t i = 0; i < account_count && status == TRAIL_OK; i++)
        *checked += last[i].seen;
    if (status == TRAIL_OK)
        status = trail_sort_items(breaks->items, breaks->count, sizeof(trail_balance_break),
                                  compare_breaks, NULL, err);
    trail_free(last);
    if (status != TRAIL_OK) trail_vector_clear(breaks);
    return status;
}
