/* Returns: which credit gives which earlier debit back (domain B7, B8.10).
 *
 * Reconciliation says what takes what back (reconcile/reversals.h). Tracing follows a pair when the
 * credit comes in on an observed account, no record shows its debit and it is not marked as
 * proceeds, and the debit left the same pocket to the frontier or a sink. Anything else stays a
 * credit of unknown origin. A credit booked in error and taken back never was: both are left out,
 * unless one is marked. O(pairs · log pairs).
 */
#include "trace/plan.h"

#include <stdlib.h>

#include "base/memory.h"
#include "reconcile/duplicates.h"

static bool comes_in(const trail_plan *plan, uint32_t payment)
{
    return plan->payee_pocket[payment] != TRAIL_NO_POCKET &&
           plan->payer_pocket[payment] == TRAIL_NO_POCKET &&
           (plan->turns[payment] & TRAIL_PLAN_MARKED) == 0;
}

static bool left_the_records(const trail_plan *plan, uint32_t payment)
{
    return plan->payer_pocket[payment] != TRAIL_NO_POCKET &&
           plan->payee_pocket[payment] == TRAIL_NO_POCKET &&
           (plan->ledger->flags[payment] & TRAIL_HAS_CREDIT_SIDE) == 0 &&
           plan->ledger->amount_minor[payment] > 0;
}

static bool in_order(const trail_plan *plan, uint32_t original, uint32_t payment)
{
    return original < payment && comes_in(plan, payment) && left_the_records(plan, original) &&
           plan->payer_pocket[original] == plan->payee_pocket[payment];
}

static int by_return(const void *a, const void *b)
{
    const trail_return *first = a, *second = b;
    return (first->payment > second->payment) - (first->payment < second->payment);
}

static int by_original(const void *a, const void *b)
{
    const trail_original *first = a, *second = b;
    return (first->payment > second->payment) - (first->payment < second->payment);
}

static trail_status add_return(trail_plan *plan, const trail_return *link, trail_error *err)
{
    plan->turns[link->payment] |= TRAIL_PLAN_RETURNING;
    trail_status status = trail_vector_push(&plan->returns, link, err);
    if (status != TRAIL_OK || (plan->turns[link->original] & TRAIL_PLAN_RETURNED) != 0)
        return status;
    plan->turns[link->original] |= TRAIL_PLAN_RETURNED;
    trail_original original = {link->original, link->exact};
    return trail_vector_push(&plan->originals, &original, err);
}

trail_status trail_plan_leave_out(trail_plan *plan, const trail_reversals *reversals,
                                  trail_error *err)
{
    uint32_t *payments = NULL;
    if (reversals == NULL || reversals->pairs.count == 0) return TRAIL_OK;
    trail_status status = trail_record_payments(plan->ledger, &payments, err);
    for (size_t i = 0; i < reversals->pairs.count && status == TRAIL_OK; i++) {
        const trail_reversal *pair = trail_vector_at(&reversals->pairs, i);
        uint32_t original = payments[pair->original_record], payment = payments[pair->record];
        bool credit_taken_back = (plan->ledger->flags[original] & TRAIL_HAS_CREDIT) != 0;
        if (!pair->is_void || !credit_taken_back) continue;
        plan->turns[original] |= TRAIL_PLAN_NEVER_WAS;
        plan->turns[payment] |= TRAIL_PLAN_NEVER_WAS;
    }
    trail_free(payments);
    return status;
}

trail_status trail_plan_link_returns(trail_plan *plan, const trail_reversals *reversals,
                                     trail_error *err)
{
    uint32_t *payments = NULL;
    if (reversals == NULL || reversals->pairs.count == 0) return TRAIL_OK;
    trail_status status = trail_record_payments(plan->ledger, &payments, err);
    for (size_t i = 0; i < reversals->pairs.count && status == TRAIL_OK; i++) {
        const trail_reversal *pair = trail_vector_at(&reversals->pairs, i);
        trail_return link = {payments[pair->record], payments[pair->original_record], pair->exact};
        if (in_order(plan, link.original, link.payment)) status = add_return(plan, &link, err);
    }
    if (plan->returns.count > 1)
        qsort(plan->returns.items, plan->returns.count, sizeof(trail_return), by_return);
    if (plan->originals.count > 1)
        qsort(plan->originals.items, plan->originals.count, sizeof(trail_original), by_original);
    trail_free(payments);
    return status;
}
