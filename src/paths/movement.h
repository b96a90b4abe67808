/* A payment as a route sees it: money leaves an account in one currency and arrives at another,
 * and two payments that may be one are a single movement. */
#ifndef TRAIL_PATHS_MOVEMENT_H
#define TRAIL_PATHS_MOVEMENT_H

#include <stdbool.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/attributes.h"
#include "base/map64.h"
#include "base/vector.h"
#include "graph/payment_graph.h"
#include "model/ledger.h"

/* What tells movements from payments. Borrows ledger and graph. */
typedef struct trail_movements {
    const trail_ledger *ledger;
    const trail_payment_graph *graph;
    trail_map64 twins;          /* payment -> the other of a pair that may be one payment */
    uint32_t *debits_to_credit; /* by credit side: debits before that credit in the main order */
} trail_movements;

/* doubles: vector of trail_possible_double or NULL. Each payment gets at most one twin: the pairs
 * are taken in their order, and only where what they name does not contradict. */
trail_status trail_movements_open(trail_movements *movements, const trail_ledger *ledger,
                                  const trail_payment_graph *graph, const trail_vector *doubles,
                                  trail_error *err) TRAIL_MUST_CHECK;
void trail_movements_clear(trail_movements *movements);

typedef struct trail_movement {
    uint32_t payment, twin; /* twin: TRAIL_NO_PAYMENT if none */
    uint32_t payer, payee;
    int64_t left_minor, entered_minor;
    int32_t left_day, left_second; /* booked after its own credit: taken on the credit's day */
    int32_t entered_day, entered_second;
    uint32_t debits_before; /* payments below this number left before the arrival */
    trail_currency left_currency, entered_currency;
    uint8_t kind;
    bool left_recorded, entered_recorded;
} trail_movement;

trail_movement trail_movement_of(const trail_movements *movements, uint32_t payment);

/* The day by which the payment stands in the main order: never falls from payment to payment. */
int32_t trail_movement_place_day(const trail_ledger *ledger, uint32_t payment);

/* Payments out of `account` that could leave on days first_day..last_day: *first..*last index
 * graph->out_payment. O(log n). */
void trail_movements_leaving(const trail_movements *movements, uint32_t account, int32_t first_day,
                             int32_t last_day, uint32_t *first, uint32_t *last);
/* True for the one of a pair that may be one payment, leaving the same account, for which the other
 * stands: a whole payment stands for a leg, the debit for a credit, the earlier of two wholes for
 * the later. */
bool trail_movement_is_shadow(const trail_movements *movements, uint32_t payment);

/* Does `next` leave with what `previous` brought: same account and currency, not before, and the
 * stop's own records, where they cover the day, show the debit? *same_day: only the day says so. */
bool trail_movement_follows(const trail_movements *movements, const trail_movement *previous,
                            const trail_movement *next, bool *same_day);
/* min(1, next / previous) in millionths, rounded down. */
int64_t trail_movement_share(const trail_movement *previous, const trail_movement *next);

#endif
