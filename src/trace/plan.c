/* Idea: everything about a payment that no rule changes is found once, in three walks: pockets and
 * exits, marks and returns, and the lowest opening that lets every debit be paid (domain B8.9: the
 * deepest prefix deficit), so that the passes only move layers. */
#include "trace/plan.h"

#include <stdlib.h>

#include "base/failure.h"
#include "base/memory.h"
#include "base/wide.h"
#include "trace/mix.h"

static bool counts(const trail_ledger *ledger, uint32_t account, bool recorded)
{
    return recorded && account != TRAIL_NO_ACCOUNT && trail_ledger_ever_observed(ledger, account);
}

bool trail_plan_debit_counts(const trail_ledger *ledger, uint32_t payment)
{
    return counts(ledger, ledger->payer[payment], (ledger->flags[payment] & TRAIL_HAS_DEBIT) != 0);
}

static unsigned exit_of(const trail_ledger *ledger, const uint8_t *observed, uint32_t payment)
{
    uint32_t payee = ledger->payee[payment];
    if (payee != TRAIL_NO_ACCOUNT) {
        if (!observed[payee]) return TRAIL_EXIT_NOT_RECEIVED;
        return trail_ledger_observes(ledger, payee, ledger->booking_day[payment])
                   ? TRAIL_EXIT_NO_CREDIT
                   : TRAIL_EXIT_OUTSIDE_PERIOD;
    }
    switch (ledger->kind[payment]) {
    case TRAIL_KIND_CASH:
        return TRAIL_EXIT_CASH;
    case TRAIL_KIND_CARD:
        return TRAIL_EXIT_CARD;
    case TRAIL_KIND_FEE:
        return TRAIL_EXIT_FEE;
    default:
        return TRAIL_EXIT_NOT_NAMED;
    }
}

trail_resting trail_exit_resting(unsigned exit)
{
    switch (exit) {
    case TRAIL_EXIT_NONE:
        return TRAIL_RESTING_ACCOUNT;
    case TRAIL_EXIT_CASH:
        return TRAIL_RESTING_CASH;
    case TRAIL_EXIT_CARD:
        return TRAIL_RESTING_CARD;
    case TRAIL_EXIT_FEE:
        return TRAIL_RESTING_FEE;
    default:
        return TRAIL_RESTING_FRONTIER;
    }
}

trail_frontier_reason trail_exit_reason(unsigned exit)
{
    switch (exit) {
    case TRAIL_EXIT_NOT_RECEIVED:
        return TRAIL_FRONTIER_NOT_RECEIVED;
    case TRAIL_EXIT_OUTSIDE_PERIOD:
        return TRAIL_FRONTIER_OUTSIDE_PERIOD;
    case TRAIL_EXIT_NOT_NAMED:
        return TRAIL_FRONTIER_NOT_NAMED;
    case TRAIL_EXIT_NO_CREDIT:
        return TRAIL_FRONTIER_NO_CREDIT;
    default:
        return TRAIL_FRONTIER_NONE;
    }
}

/* The pocket of (account, currency): few currencies an account, so a chain from its first. */
static trail_status pocket_of(trail_plan *plan, uint32_t *first, uint32_t account,
                              trail_currency currency, uint32_t *pocket, trail_error *err)
{
    const trail_pocket_plan *pockets = plan->pockets.items;
    for (uint32_t at = first[account]; at != TRAIL_NO_POCKET; at = pockets[at].next) {
        if (pockets[at].currency != currency) continue;
        *pocket = at;
        return TRAIL_OK;
    }
    trail_pocket_plan *fresh = trail_vector_add(&plan->pockets, err);
    if (fresh == NULL) return TRAIL_NO_MEMORY;
    *fresh = (trail_pocket_plan){.account = account, .currency = currency, .next = first[account]};
    const trail_opening *opening = trail_ledger_opening(plan->ledger, account, currency);
    if (opening != NULL) {
        fresh->opening_known = true;
        fresh->opening_minor = opening->amount_minor;
        fresh->opening_origin =
            opening->origin == TRAIL_ORIGIN_CLEAN ? TRAIL_UNITS_CLEAN : TRAIL_UNITS_UNKNOWN;
    }
    first[account] = *pocket = (uint32_t)(plan->pockets.count - 1);
    return TRAIL_OK;
}

/* Does the leg move its account's money? Where a statement is held for the day, it shows what
 * moved; a leg that only a message tells is not added to it. */
static bool moves(const trail_ledger *ledger, const uint8_t *observed, uint32_t payment,
                  uint32_t account)
{
    if (account == TRAIL_NO_ACCOUNT || !observed[account]) return false;
    return (ledger->flags[payment] & TRAIL_MESSAGE_ONLY) == 0 ||
           !trail_ledger_observes(ledger, account, ledger->booking_day[payment]);
}

static trail_status plan_payment(trail_plan *plan, uint32_t *first, const uint8_t *observed,
                                 uint32_t payment, trail_error *err)
{
    const trail_ledger *ledger = plan->ledger;
    uint16_t flags = ledger->flags[payment];
    uint32_t payer = ledger->payer[payment], payee = ledger->payee[payment];
    plan->payer_pocket[payment] = plan->payee_pocket[payment] = TRAIL_NO_POCKET;
    bool never_was = (plan->turns[payment] & TRAIL_PLAN_NEVER_WAS) != 0;
    if ((flags & TRAIL_VOID) != 0 || never_was) return TRAIL_OK;
    trail_status status = TRAIL_OK;
    if ((flags & TRAIL_HAS_DEBIT) != 0 && moves(ledger, observed, payment, payer))
        status = pocket_of(plan, first, payer, ledger->currency[payment],
                           &plan->payer_pocket[payment], err);
    if (status != TRAIL_OK) return status;
    if ((flags & TRAIL_HAS_CREDIT) != 0 && moves(ledger, observed, payment, payee)) {
        const trail_credit_side *side = trail_ledger_credit_side(ledger, payment);
        trail_currency currency = side != NULL ? side->currency : ledger->currency[payment];
        status = pocket_of(plan, first, payee, currency, &plan->payee_pocket[payment], err);
    } else {
        plan->turns[payment] = (uint8_t)exit_of(ledger, observed, payment);
    }
    if ((flags & TRAIL_TWO_RECORDS) != 0) plan->turns[payment] |= TRAIL_PLAN_TWO_RECORDS;
    return status;
}

static trail_status plan_payments(trail_plan *plan, trail_error *err)
{
    const trail_ledger *ledger = plan->ledger;
    size_t account_count = trail_accounts_count(ledger->accounts);
    uint32_t *first = NULL;
    uint8_t *observed = NULL;
    trail_status status = trail_alloc_zeroed(&first, account_count, sizeof *first, err);
    if (status == TRAIL_OK)
        status = trail_alloc_zeroed(&observed, account_count, sizeof *observed, err);
    if (status != TRAIL_OK) goto cleanup;
    for (size_t i = 0; i < account_count; i++)
        first[i] = TRAIL_NO_POCKET;
    const trail_observation *observations = ledger->observations.items;
    for (size_t i = 0; i < ledger->observations.count; i++)
        observed[observations[i].account] = 1;
    for (size_t i = 0; i < ledger->count && status == TRAIL_OK; i++)
        status = plan_payment(plan, first, observed, (uint32_t)i, err);
cleanup:
    trail_free(first);
    trail_free(observed);
    return status;
}

static int by_payment(const void *a, const void *b)
{
    const trail_planned_mark *first = a, *second = b;
    if (first->payment != second->payment) return first->payment < second->payment ? -1 : 1;
    return (first->proceeds > second->proceeds) - (first->proceeds < second->proceeds);
}

static trail_status plan_marks(trail_plan *plan, trail_error *err)
{
    const trail_ledger *ledger = plan->ledger;
    for (size_t i = 0; i < plan->proceeds->count; i++) {
        const trail_proceeds *proceeds = trail_vector_at(plan->proceeds, i);
        for (size_t k = 0; k < proceeds->marks.count; k++) {
            const trail_mark *mark = trail_vector_at(&proceeds->marks, k);
            trail_planned_mark planned = {mark->payment, (uint32_t)i, mark->amount_minor};
            trail_status status = trail_vector_push(&plan->marks, &planned, err);
            if (status != TRAIL_OK) return status;
            plan->turns[mark->payment] |= TRAIL_PLAN_MARKED;
            bool partial = mark->amount_minor < ledger->amount_minor[mark->payment];
            if (partial && plan->payer_pocket[mark->payment] != TRAIL_NO_POCKET &&
                (plan->last_partial == TRAIL_NO_PAYMENT || plan->last_partial < mark->payment))
                plan->last_partial = mark->payment;
        }
    }
    if (plan->marks.count > 1)
        qsort(plan->marks.items, plan->marks.count, sizeof(trail_planned_mark), by_payment);
    return TRAIL_OK;
}

size_t trail_plan_event_count(const trail_plan *plan)
{
    return plan->ledger->events != NULL ? plan->ledger->event_count : plan->ledger->count;
}

uint32_t trail_plan_event(const trail_plan *plan, size_t index)
{
    return plan->ledger->events != NULL ? plan->ledger->events[index] : (uint32_t)(2 * index);
}

bool trail_plan_departs(const trail_plan *plan, uint32_t event)
{
    uint32_t payment = event >> 1;
    bool two = (plan->turns[payment] & TRAIL_PLAN_TWO_RECORDS) != 0;
    return plan->payer_pocket[payment] != TRAIL_NO_POCKET && (!two || (event & 1) == 0);
}

bool trail_plan_arrives(const trail_plan *plan, uint32_t event)
{
    uint32_t payment = event >> 1;
    bool two = (plan->turns[payment] & TRAIL_PLAN_TWO_RECORDS) != 0;
    return plan->payee_pocket[payment] != TRAIL_NO_POCKET && (!two || (event & 1) != 0);
}

static trail_status overflowed(const trail_plan *plan, uint32_t pocket, trail_error *err)
{
    const trail_pocket_plan *planned = trail_vector_at(&plan->pockets, pocket);
    trail_slice number = trail_accounts_number(plan->ledger->accounts, planned->account);
    return trail_fail(err, TRAIL_OVERFLOW, "account %.*s: its balance leaves the range of amounts",
                      (int)number.length, number.start);
}

typedef struct running {
    int64_t balance_minor, low_minor;
} running;

static trail_status move_running(const trail_plan *plan, running *balances, uint32_t pocket,
                                 int64_t change_minor, trail_error *err)
{
    running *at = &balances[pocket];
    if (!trail_add_checked(at->balance_minor, change_minor, &at->balance_minor))
        return overflowed(plan, pocket, err);
    if (at->balance_minor < at->low_minor) at->low_minor = at->balance_minor;
    return TRAIL_OK;
}

/* The deepest prefix deficit of each pocket whose opening nobody states. */
static trail_status plan_openings(trail_plan *plan, trail_error *err)
{
    const trail_ledger *ledger = plan->ledger;
    running *balances = NULL;
    trail_status status = trail_alloc_zeroed(&balances, plan->pockets.count, sizeof *balances, err);
    if (status != TRAIL_OK) return status;
    trail_pocket_plan *pockets = plan->pockets.items;
    for (size_t i = 0; i < plan->pockets.count; i++)
        balances[i].balance_minor = pockets[i].opening_minor;
    size_t count = trail_plan_event_count(plan);
    for (size_t i = 0; i < count && status == TRAIL_OK; i++) {
        uint32_t event = trail_plan_event(plan, i), payment = event >> 1;
        if (trail_plan_departs(plan, event))
            status = move_running(plan, balances, plan->payer_pocket[payment],
                                  -ledger->amount_minor[payment], err);
        if (status != TRAIL_OK || !trail_plan_arrives(plan, event)) continue;
        const trail_credit_side *side = trail_ledger_credit_side(ledger, payment);
        status =
            move_running(plan, balances, plan->payee_pocket[payment],
                         side != NULL ? side->amount_minor : ledger->amount_minor[payment], err);
    }
    for (size_t i = 0; i < plan->pockets.count && status == TRAIL_OK; i++) {
        if (pockets[i].opening_known) continue;
        pockets[i].opening_origin = TRAIL_UNITS_UNKNOWN;
        if (!trail_sub_checked(0, balances[i].low_minor, &pockets[i].opening_minor))
            status = overflowed(plan, (uint32_t)i, err);
    }
    trail_free(balances);
    return status;
}

trail_status trail_plan_make(trail_plan *plan, const trail_ledger *ledger,
                             const trail_reversals *reversals, const trail_vector *proceeds,
                             trail_error *err)
{
    *plan = (trail_plan){.ledger = ledger,
                         .proceeds = proceeds,
                         .last_partial = TRAIL_NO_PAYMENT,
                         .pockets = trail_vector_of(sizeof(trail_pocket_plan)),
                         .marks = trail_vector_of(sizeof(trail_planned_mark)),
                         .returns = trail_vector_of(sizeof(trail_return)),
                         .originals = trail_vector_of(sizeof(trail_original))};
    trail_status status;
    if ((status = trail_alloc_zeroed(&plan->payer_pocket, ledger->count, sizeof(uint32_t), err)) !=
            TRAIL_OK ||
        (status = trail_alloc_zeroed(&plan->payee_pocket, ledger->count, sizeof(uint32_t), err)) !=
            TRAIL_OK ||
        (status = trail_alloc_zeroed(&plan->turns, ledger->count, sizeof(uint8_t), err)) !=
            TRAIL_OK)
        goto cleanup;
    if ((status = trail_plan_leave_out(plan, reversals, err)) != TRAIL_OK) goto cleanup;
    if ((status = plan_payments(plan, err)) != TRAIL_OK) goto cleanup;
    if ((status = plan_marks(plan, err)) != TRAIL_OK) goto cleanup;
    if ((status = trail_plan_link_returns(plan, reversals, err)) != TRAIL_OK) goto cleanup;
    status = plan_openings(plan, err);
cleanup:
    if (status != TRAIL_OK) trail_plan_clear(plan);
    return status;
}

void trail_plan_clear(trail_plan *plan)
{
    trail_free(plan->payer_pocket);
    trail_free(plan->payee_pocket);
    trail_free(plan->turns);
    trail_vector_clear(&plan->pockets);
    trail_vector_clear(&plan->marks);
    trail_vector_clear(&plan->returns);
    trail_vector_clear(&plan->originals);
    *plan = (trail_plan){0};
}

/* First item whose leading payment number is not below `payment`. */
static size_t find(const trail_vector *sorted, uint32_t payment)
{
    size_t low = 0, high = sorted->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (*(const uint32_t *)trail_vector_at(sorted, middle) < payment)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t trail_plan_first_mark(const trail_plan *plan, uint32_t payment)
{
    return find(&plan->marks, payment);
}

const trail_return *trail_plan_return(const trail_plan *plan, uint32_t payment)
{
    return trail_vector_at(&plan->returns, find(&plan->returns, payment));
}

size_t trail_plan_original(const trail_plan *plan, uint32_t payment)
{
    return find(&plan->originals, payment);
}
