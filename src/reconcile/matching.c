#include "reconcile/matching.h"

#include "base/memory.h"
#include "base/sort.h"
#include "reconcile/match_join.h"
#include "reconcile/match_pool.h"
#include "reconcile/message_payments.h"
#include "reconcile/transfer_doubles.h"

/* The stages in a line: legs and messages into a pool, candidates, scores, assignment, classes;
 * then chosen pairs are joined, messages attached or made payments, and what stays alone is told:
 * possible doubles, and legs that records we hold should show and do not. */

static const uint16_t both = TRAIL_HAS_DEBIT | TRAIL_HAS_CREDIT;

/* A one-sided row that names its own account as counterparty names nobody. */
static void forget_self(trail_ledger *ledger)
{
    for (uint32_t i = 0; i < ledger->count; i++) {
        uint16_t side = ledger->flags[i] & both;
        if (ledger->payer[i] != ledger->payee[i]) continue;
        if (side == TRAIL_HAS_DEBIT) ledger->payee[i] = TRAIL_NO_ACCOUNT;
        if (side == TRAIL_HAS_CREDIT) ledger->payer[i] = TRAIL_NO_ACCOUNT;
    }
}

static bool has_work(const trail_ledger *ledger)
{
    if (ledger->messages.count > 0) return true;
    for (uint32_t i = 0; i < ledger->count; i++) {
        if ((ledger->flags[i] & both) != both) return true;
    }
    return false;
}

static void void_to_itself(trail_ledger *ledger)
{
    for (uint32_t i = 0; i < ledger->count; i++) {
        if (ledger->payer[i] != TRAIL_NO_ACCOUNT && ledger->payer[i] == ledger->payee[i] &&
            (ledger->flags[i] & both) == both && !trail_ledger_converts(ledger, i))
            ledger->flags[i] |= TRAIL_VOID;
    }
}

static void renumber(trail_matching *matching, const uint32_t *number)
{
    trail_match *matches = matching->matches.items;
    for (size_t i = 0; i < matching->matches.count; i++) {
        matches[i].payment = number[matches[i].payment];
        if (matches[i].other != TRAIL_NO_PAYMENT) matches[i].other = number[matches[i].other];
    }
    trail_possible_double *doubles = matching->doubles.items;
    for (size_t i = 0; i < matching->doubles.count; i++) {
        doubles[i].debit_payment = number[doubles[i].debit_payment];
        doubles[i].credit_payment = number[doubles[i].credit_payment];
    }
}

static void mark(trail_ledger *ledger, trail_matching *matching)
{
    const trail_match *matches = matching->matches.items;
    for (size_t i = 0; i < matching->matches.count; i++) {
        matching->counts[matches[i].match_class]++;
        if (matches[i].other == TRAIL_NO_PAYMENT) continue;
        ledger->flags[matches[i].payment] |= TRAIL_AMBIGUOUS;
        ledger->flags[matches[i].other] |= TRAIL_AMBIGUOUS;
    }
    const trail_possible_double *doubles = matching->doubles.items;
    for (size_t i = 0; i < matching->doubles.count; i++) {
        ledger->flags[doubles[i].debit_payment] |= TRAIL_MAY_BE_DOUBLE;
        ledger->flags[doubles[i].credit_payment] |= TRAIL_MAY_BE_DOUBLE;
    }
}

/* Payments that messages alone, or messages and one leg, attest are listed too. */
static trail_status list_messages(const trail_ledger *ledger, const trail_told *told,
                                  const uint32_t *payments, trail_matching *matching,
                                  trail_error *err)
{
    for (size_t i = 0; i < told->transfers.count; i++) {
        trail_match match = {.payment = payments[i],
                             .other = TRAIL_NO_PAYMENT,
                             .match_class = TRAIL_MATCH_MESSAGE,
                             .rival = TRAIL_NO_RIVAL};
        uint16_t flags = ledger->flags[payments[i]];
        if ((flags & TRAIL_TWO_RECORDS) != 0) continue;
        if ((flags & TRAIL_MESSAGE_ONLY) != 0) matching->message_only++;
        trail_status status = trail_vector_push(&matching->matches, &match, err);
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

static trail_status join(trail_ledger *ledger, const trail_match_pool *pool,
                         trail_matching *matching, trail_error *err)
{
    uint32_t *partner = NULL, *number = NULL, *payments = NULL;
    const trail_match_leg *legs = pool->legs.legs;
    trail_status status = trail_alloc_zeroed(&partner, ledger->count, sizeof *partner, err);
    if (status == TRAIL_OK)
        status = trail_alloc_zeroed(&number, ledger->count, sizeof *number, err);
    if (status == TRAIL_OK)
        status = trail_alloc_zeroed(&payments, pool->told.transfers.count, sizeof *payments, err);
    if (status != TRAIL_OK) goto cleanup;
    for (uint32_t i = 0; i < ledger->count; i++)
        partner[i] = TRAIL_NO_PAYMENT;
    for (uint32_t i = 0; i < pool->legs.count; i++) {
        if (pool->partner[i] == TRAIL_NO_LEG) continue;
        partner[legs[i].entry] = legs[pool->partner[i]].entry;
        matching->paired += !legs[i].credit;
    }
    status = trail_match_join(ledger, partner, number, err);
    if (status != TRAIL_OK) goto cleanup;
    renumber(matching, number);
    status = trail_message_payments(ledger, &pool->told, &pool->legs, number, payments, err);
    if (status == TRAIL_OK) status = list_messages(ledger, &pool->told, payments, matching, err);
cleanup:
    trail_free(partner);
    trail_free(number);
    trail_free(payments);
    return status;
}

/* The other account is observed on every day the leg could stand there, and lacks it. */
/* Is the account observed on all days from `first` on that its leg could be booked? */
static bool is_covered(const trail_ledger *ledger, uint32_t account, int32_t first)
{
    bool seen = account != TRAIL_NO_ACCOUNT;
    for (int lag = 0; lag <= TRAIL_LAG_LAST && seen; lag++)
        seen = trail_ledger_observes(ledger, account, first + lag);
    return seen;
}

static void mark_absent(trail_ledger *ledger, trail_matching *matching)
{
    const uint16_t told = TRAIL_AMBIGUOUS | TRAIL_MAY_BE_DOUBLE | TRAIL_REVERSED | TRAIL_VOID;
    for (uint32_t i = 0; i < ledger->count; i++) {
        uint16_t side = ledger->flags[i] & both;
        bool message_only = (ledger->flags[i] & TRAIL_MESSAGE_ONLY) != 0;
        if (!message_only && (side == both || (ledger->flags[i] & told) != 0)) continue;
        int32_t day = ledger->booking_day[i];
        bool payee = message_only || side == TRAIL_HAS_DEBIT;
        bool payer = message_only || side == TRAIL_HAS_CREDIT;
        if (!(payee && is_covered(ledger, ledger->payee[i], day)) &&
            !(payer && is_covered(ledger, ledger->payer[i], day - TRAIL_LAG_LAST)))
            continue;
        ledger->flags[i] |= TRAIL_EXPECTED_ABSENT;
        matching->expected_absent++;
    }
}

static int compare_matches(const void *context, const void *a, const void *b)
{
    const trail_match *first = a, *second = b;
    (void)context;
    if (first->payment != second->payment) return first->payment < second->payment ? -1 : 1;
    return (first->other > second->other) - (first->other < second->other);
}

static int compare_doubles(const void *context, const void *a, const void *b)
{
    (void)context;
    const trail_possible_double *first = a, *second = b;
    if (first->debit_payment != second->debit_payment)
        return first->debit_payment < second->debit_payment ? -1 : 1;
    return first->credit_payment < second->credit_payment
               ? -1
               : first->credit_payment > second->credit_payment;
}

trail_status trail_matching_sort(trail_matching *matching, trail_error *err)
{
    trail_status status = trail_sort_items(matching->matches.items, matching->matches.count,
                                           sizeof(trail_match), compare_matches, NULL, err);
    if (status != TRAIL_OK) return status;
    return trail_sort_items(matching->doubles.items, matching->doubles.count,
                            sizeof(trail_possible_double), compare_doubles, NULL, err);
}

trail_status trail_match_payments(trail_ledger *ledger, const trail_matching_options *options,
                                  trail_matching *matching, trail_error *err)
{
    static const trail_matching_options none = {.rates = NULL};
    trail_status status = TRAIL_OK;
    *matching = (trail_matching){.doubles = trail_vector_of(sizeof(trail_possible_double)),
                                 .matches = trail_vector_of(sizeof(trail_match))};
    forget_self(ledger);
    if (has_work(ledger)) {
        trail_match_pool pool;
        status = trail_match_pool_fill(&pool, ledger, options == NULL ? &none : options, err);
        if (status == TRAIL_OK) status = trail_match_pool_list(&pool, matching, err);
        if (status == TRAIL_OK) status = join(ledger, &pool, matching, err);
        trail_match_pool_clear(&pool);
    }
    if (status == TRAIL_OK) {
        void_to_itself(ledger);
        mark(ledger, matching);
        status = trail_transfer_doubles(ledger, &matching->doubles, err);
    }
    if (status == TRAIL_OK) {
        mark_absent(ledger, matching);
        status = trail_matching_sort(matching, err);
    }
    if (status != TRAIL_OK) trail_matching_clear(matching);
    return status;
}

trail_status trail_matching_move(trail_matching *matching, const uint32_t *moved, trail_error *err)
{
    renumber(matching, moved);
    return trail_matching_sort(matching, err);
}

void trail_matching_clear(trail_matching *matching)
{
    trail_vector_clear(&matching->doubles);
    trail_vector_clear(&matching->matches);
}

const trail_match *trail_matching_find(const trail_matching *matching, uint32_t payment)
{
    const trail_match *matches = matching->matches.items;
    size_t low = 0, high = matching->matches.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (matches[middle].payment < payment)
            low = middle + 1;
        else
            high = middle;
    }
    return low < matching->matches.count && matches[low].payment == payment ? &matches[low] : NULL;
}

const char *trail_matching_class(const trail_matching *matching, const trail_ledger *ledger,
                                 uint32_t payment)
{
    uint16_t flags = ledger->flags[payment];
    if ((flags & TRAIL_TWO_RECORDS) != 0) {
        const trail_match *match = trail_matching_find(matching, payment);
        return match == NULL ? "" : trail_match_class_name((trail_match_class)match->match_class);
    }
    if ((flags & TRAIL_MESSAGE_ONLY) != 0) return trail_match_class_name(TRAIL_MATCH_MESSAGE);
    if ((flags & both) == both) return "";
    return trail_match_class_name((flags & TRAIL_AMBIGUOUS) != 0 ? TRAIL_MATCH_AMBIGUOUS
                                                                 : TRAIL_MATCH_UNMATCHED);
}
