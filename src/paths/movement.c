#include "paths/movement.h"

#include <stddef.h>

#include "base/memory.h"
#include "base/wide.h"
#include "reconcile/possible_double.h"

/* For each credit that is a record of its own: how many debits stand before it in the main order.
 * Payments stand in the order of their debits, so the count is also a payment number. */
static trail_status place_credits(trail_movements *movements, trail_error *err)
{
    const trail_ledger *ledger = movements->ledger;
    if (ledger->events == NULL) return TRAIL_OK;
    trail_status status =
        trail_alloc_zeroed(&movements->debits_to_credit, ledger->credit_sides.count,
                           sizeof *movements->debits_to_credit, err);
    if (status != TRAIL_OK) return status;
    const trail_credit_side *sides = ledger->credit_sides.items;
    uint32_t debits = 0;
    for (size_t i = 0; i < ledger->event_count; i++) {
        uint32_t payment = ledger->events[i] / 2;
        if (ledger->events[i] % 2 == 0) {
            debits = payment + 1;
            continue;
        }
        const trail_credit_side *side = trail_ledger_credit_side(ledger, payment);
        if (side != NULL) movements->debits_to_credit[side - sides] = debits;
    }
    return TRAIL_OK;
}

/* Two legs on one bank reference may name nobody; they must not name someone else. */
static bool no_contradiction(const trail_ledger *ledger, const trail_possible_double *pair)
{
    uint32_t to = ledger->payee[pair->debit_payment], payee = ledger->payee[pair->credit_payment];
    uint32_t from = ledger->payer[pair->credit_payment], payer = ledger->payer[pair->debit_payment];
    if (to == payee || from == payer) return true;
    return to == TRAIL_NO_ACCOUNT && from == TRAIL_NO_ACCOUNT;
}

static trail_status pair_twins(trail_movements *movements, const trail_vector *doubles,
                               trail_error *err)
{
    for (size_t i = 0; doubles != NULL && i < doubles->count; i++) {
        const trail_possible_double *pair = trail_vector_at(doubles, i);
        uint32_t taken;
        if (trail_map64_find(&movements->twins, pair->debit_payment, &taken) ||
            trail_map64_find(&movements->twins, pair->credit_payment, &taken) ||
            !no_contradiction(movements->ledger, pair))
            continue;
        if (trail_map64_at(&movements->twins, pair->debit_payment, pair->credit_payment, err) ==
                NULL ||
            trail_map64_at(&movements->twins, pair->credit_payment, pair->debit_payment, err) ==
                NULL)
            return TRAIL_NO_MEMORY;
    }
    return TRAIL_OK;
}

trail_status trail_movements_open(trail_movements *movements, const trail_ledger *ledger,
                                  const trail_payment_graph *graph, const trail_vector *doubles,
                                  trail_error *err)
{
    *movements = (trail_movements){.ledger = ledger, .graph = graph};
    trail_status status = place_credits(movements, err);
    if (status != TRAIL_OK) goto cleanup;
    status = pair_twins(movements, doubles, err);
cleanup:
    if (status != TRAIL_OK) trail_movements_clear(movements);
    return status;
}

void trail_movements_clear(trail_movements *movements)
{
    trail_map64_clear(&movements->twins);
    trail_free(movements->debits_to_credit);
    *movements = (trail_movements){0};
}

static uint32_t twin_of(const trail_movements *movements, uint32_t payment)
{
    uint32_t twin;
    return movements->twins.count > 0 && trail_map64_find(&movements->twins, payment, &twin)
               ? twin
               : TRAIL_NO_PAYMENT;
}

static uint32_t debits_before_credit(const trail_movements *movements, uint32_t payment)
{
    const trail_ledger *ledger = movements->ledger;
    if (movements->debits_to_credit != NULL && (ledger->flags[payment] & TRAIL_TWO_RECORDS) != 0) {
        const trail_credit_side *side = trail_ledger_credit_side(ledger, payment);
        if (side != NULL)
            return movements
                ->debits_to_credit[side - (const trail_credit_side *)ledger->credit_sides.items];
    }
    return payment + 1;
}

/* Both legs are recorded: the payment needs no twin to tell where it went. */
static bool is_whole(const trail_ledger *ledger, uint32_t payment)
{
    uint8_t both = TRAIL_HAS_DEBIT | TRAIL_HAS_CREDIT;
    return (ledger->flags[payment] & both) == both;
}

trail_movement trail_movement_of(const trail_movements *movements, uint32_t payment)
{
    const trail_ledger *ledger = movements->ledger;
    uint32_t twin = twin_of(movements, payment);
    bool is_debit = (ledger->flags[payment] & TRAIL_HAS_DEBIT) != 0;
    bool whole_twin = twin != TRAIL_NO_PAYMENT && is_whole(ledger, twin);
    bool arrives_as_twin =
        twin != TRAIL_NO_PAYMENT && is_debit && !is_whole(ledger, payment) && !whole_twin;
    uint32_t arriving = arrives_as_twin ? twin : payment;
    trail_leg left = trail_ledger_debit(ledger, payment);
    trail_leg entered = trail_ledger_credit(ledger, arriving);
    trail_movement movement = {.payment = payment,
                               .twin = twin,
                               .payer = ledger->payer[payment],
                               .payee = ledger->payee[arriving],
                               .left_minor = left.amount_minor,
                               .entered_minor = entered.amount_minor,
                               .left_day = left.booking_day,
                               .left_second = left.booking_second,
                               .entered_day = entered.booking_day,
                               .entered_second = entered.booking_second,
                               .debits_before = debits_before_credit(movements, arriving),
                               .left_currency = left.currency,
                               .entered_currency = entered.currency,
                               .kind = left.kind,
                               .left_recorded = left.recorded,
                               .entered_recorded = entered.recorded || whole_twin};
    int32_t place_day = trail_movement_place_day(ledger, payment);
    if (place_day != movement.left_day) {
        movement.left_day = place_day;
        movement.left_second = TRAIL_NO_TIME;
    }
    if (twin != TRAIL_NO_PAYMENT && !is_debit) {
        if (movement.payer == TRAIL_NO_ACCOUNT) movement.payer = ledger->payer[twin];
        movement.left_recorded = true;
    }
    return movement;
}

int32_t trail_movement_place_day(const trail_ledger *ledger, uint32_t payment)
{
    if ((ledger->flags[payment] & TRAIL_ORDER_ADJUSTED) == 0) return ledger->booking_day[payment];
    int32_t credit_day = trail_ledger_credit(ledger, payment).booking_day;
    return credit_day < ledger->booking_day[payment] ? credit_day : ledger->booking_day[payment];
}

/* First index in low..high of out_payment whose place is on `day` or later. */
static uint32_t first_from(const trail_movements *movements, uint32_t low, uint32_t high,
                           int64_t day)
{
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        uint32_t payment = movements->graph->out_payment[middle];
        if (trail_movement_place_day(movements->ledger, payment) < day)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void trail_movements_leaving(const trail_movements *movements, uint32_t account, int32_t first_day,
                             int32_t last_day, uint32_t *first, uint32_t *last)
{
    uint32_t low = movements->graph->out_start[account];
    uint32_t high = movements->graph->out_start[account + 1];
    *first = first_from(movements, low, high, first_day);
    *last = first_from(movements, *first, high, (int64_t)last_day + 1);
}

bool trail_movement_is_shadow(const trail_movements *movements, uint32_t payment)
{
    const trail_ledger *ledger = movements->ledger;
    uint32_t twin = twin_of(movements, payment);
    if (twin == TRAIL_NO_PAYMENT || ledger->payer[twin] != ledger->payer[payment]) return false;
    if ((ledger->flags[payment] & TRAIL_HAS_DEBIT) == 0) return true;
    return is_whole(ledger, twin) && (!is_whole(ledger, payment) || twin < payment);
}

bool trail_movement_follows(const trail_movements *movements, const trail_movement *previous,
                            const trail_movement *next, bool *same_day)
{
    bool timed = previous->entered_second != TRAIL_NO_TIME && next->left_second != TRAIL_NO_TIME;
    bool one_day = previous->entered_day == next->left_day;
    bool after = next->payment >= previous->debits_before;
    *same_day = one_day && !(timed && next->left_second >= previous->entered_second);
    if (previous->payee == TRAIL_NO_ACCOUNT || next->payer != previous->payee ||
        next->left_currency != previous->entered_currency)
        return false;
    if (!(after && next->left_day >= previous->entered_day) && !(one_day && !timed)) return false;
    if (next->left_minor <= 0 || next->entered_minor <= 0) return false;
    return next->left_recorded ||
           !trail_ledger_observes(movements->ledger, next->payer, next->left_day);
}

int64_t trail_movement_share(const trail_movement *previous, const trail_movement *next)
{
    const int64_t whole = 1000000;
    if (next->left_minor >= previous->entered_minor) return whole;
    return trail_mul_div_floor(next->left_minor, whole, previous->entered_minor);
}
