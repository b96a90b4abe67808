/* Returns: which credit gives which earlier debit back (domain B7, B8.10).
 *
 * A credit of kind return on an observed account, whose debit no record shows and that is not
 * marked as proceeds, returns a debit of the same pocket that left to the frontier or a sink up to
 * 90 days before: the latest with the same bank reference and enough left of it, else the latest of
 * the same amount to the same named account, whole. Their counterparties must not differ where
 * both are named. Anything else stays a credit of unknown origin. O(debits of such pockets · log).
 */
#include "trace/plan.h"

#include <stdlib.h>

#include "base/memory.h"
#include "model/kind.h"

#define RETURN_DAYS 90

typedef struct candidate {
    uint32_t pocket;
    uint32_t payment;
    int64_t left_minor;
} candidate;

static int by_pocket(const void *a, const void *b)
{
    const candidate *first = a, *second = b;
    if (first->pocket != second->pocket) return first->pocket < second->pocket ? -1 : 1;
    return (first->payment > second->payment) - (first->payment < second->payment);
}

static bool is_return(const trail_plan *plan, uint32_t payment)
{
    return plan->payee_pocket[payment] != TRAIL_NO_POCKET &&
           plan->payer_pocket[payment] == TRAIL_NO_POCKET &&
           plan->ledger->kind[payment] == TRAIL_KIND_RETURN &&
           (plan->turns[payment] & TRAIL_PLAN_MARKED) == 0;
}

static bool left_the_records(const trail_plan *plan, uint32_t payment)
{
    return plan->payer_pocket[payment] != TRAIL_NO_POCKET &&
           plan->payee_pocket[payment] == TRAIL_NO_POCKET &&
           (plan->ledger->flags[payment] & TRAIL_HAS_CREDIT_SIDE) == 0 &&
           plan->ledger->amount_minor[payment] > 0;
}

static uint32_t reference_of(const trail_ledger *ledger, uint32_t payment)
{
    if (ledger->record[payment] == TRAIL_NO_RECORD) return 0;
    const trail_detail *detail = trail_records_detail(&ledger->records, ledger->record[payment]);
    return detail != NULL ? detail->reference : 0;
}

static bool differ(uint32_t a, uint32_t b)
{
    return a != TRAIL_NO_ACCOUNT && b != TRAIL_NO_ACCOUNT && a != b;
}

/* Debits that left the records from a pocket that has a return, by (pocket, payment). */
static trail_status gather_candidates(const trail_plan *plan, trail_vector *candidates,
                                      trail_error *err)
{
    const trail_ledger *ledger = plan->ledger;
    uint8_t *has_return = NULL;
    bool any = false;
    trail_status status = trail_alloc_zeroed(&has_return, plan->pockets.count, 1, err);
    if (status != TRAIL_OK) return status;
    for (size_t i = 0; i < ledger->count; i++) {
        if (!is_return(plan, (uint32_t)i)) continue;
        has_return[plan->payee_pocket[i]] = 1;
        any = true;
    }
    for (size_t i = 0; any && i < ledger->count && status == TRAIL_OK; i++) {
        if (!left_the_records(plan, (uint32_t)i) || !has_return[plan->payer_pocket[i]]) continue;
        candidate found = {plan->payer_pocket[i], (uint32_t)i, ledger->amount_minor[i]};
        status = trail_vector_push(candidates, &found, err);
    }
    trail_free(has_return);
    if (status == TRAIL_OK && candidates->count > 1)
        qsort(candidates->items, candidates->count, sizeof(candidate), by_pocket);
    return status;
}

static candidate *find_original(const trail_plan *plan, const trail_vector *candidates,
                                uint32_t payment)
{
    const trail_ledger *ledger = plan->ledger;
    candidate key = {plan->payee_pocket[payment], payment, 0};
    candidate *items = candidates->items, *same_amount = NULL;
    size_t low = 0, high = candidates->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (by_pocket(&items[middle], &key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    uint32_t reference = reference_of(ledger, payment);
    int64_t amount_minor = ledger->amount_minor[payment];
    for (size_t i = low; i > 0 && items[i - 1].pocket == key.pocket; i--) {
        candidate *debit = &items[i - 1];
        if (ledger->booking_day[payment] - ledger->booking_day[debit->payment] > RETURN_DAYS) break;
        uint32_t payee = ledger->payee[debit->payment], from = ledger->payer[payment];
        if (differ(payee, from)) continue;
        if (reference != 0 && reference_of(ledger, debit->payment) == reference &&
            amount_minor <= debit->left_minor)
            return debit;
        if (same_amount == NULL && payee != TRAIL_NO_ACCOUNT && payee == from &&
            debit->left_minor == amount_minor &&
            ledger->amount_minor[debit->payment] == amount_minor)
            same_amount = debit;
    }
    return same_amount;
}

static int by_original(const void *a, const void *b)
{
    const trail_original *first = a, *second = b;
    return (first->payment > second->payment) - (first->payment < second->payment);
}

static trail_status add_original(trail_plan *plan, const trail_return *link, trail_error *err)
{
    if ((plan->turns[link->original] & TRAIL_PLAN_RETURNED) != 0) return TRAIL_OK;
    plan->turns[link->original] |= TRAIL_PLAN_RETURNED;
    trail_original original = {link->original, link->exact};
    return trail_vector_push(&plan->originals, &original, err);
}

trail_status trail_plan_link_returns(trail_plan *plan, trail_error *err)
{
    const trail_ledger *ledger = plan->ledger;
    trail_vector candidates = trail_vector_of(sizeof(candidate));
    trail_status status = gather_candidates(plan, &candidates, err);
    for (size_t i = 0; candidates.count > 0 && i < ledger->count && status == TRAIL_OK; i++) {
        uint32_t payment = (uint32_t)i;
        if (ledger->amount_minor[i] == 0 || !is_return(plan, payment)) continue;
        candidate *original = find_original(plan, &candidates, payment);
        if (original == NULL) continue;
        trail_return link = {payment, original->payment,
                             ledger->amount_minor[i] == ledger->amount_minor[original->payment]};
        original->left_minor -= ledger->amount_minor[i];
        plan->turns[i] |= TRAIL_PLAN_RETURNING;
        status = trail_vector_push(&plan->returns, &link, err);
        if (status == TRAIL_OK) status = add_original(plan, &link, err);
    }
    if (plan->originals.count > 1)
        qsort(plan->originals.items, plan->originals.count, sizeof(trail_original), by_original);
    trail_vector_clear(&candidates);
    return status;
}
