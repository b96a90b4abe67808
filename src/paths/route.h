/* Time-respecting routes from the proceeds to destinations, or to where the records end. */
#ifndef TRAIL_PATHS_ROUTE_H
#define TRAIL_PATHS_ROUTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/attributes.h"
#include "base/vector.h"
#include "graph/payment_graph.h"
#include "model/ledger.h"

#define TRAIL_ROUTE_STEP_LIMIT 32

/* Case-file parameters, domain defaults. Share as a fraction so that no double enters. */
typedef struct trail_route_limits {
    int32_t window_days;           /* 3: days held at most per stop */
    int64_t share_kept_millionths; /* 800,000: least share kept per step */
    uint32_t max_steps;            /* 6; at most TRAIL_ROUTE_STEP_LIMIT */
    size_t max_routes;             /* 1,000 kept per start, the largest; the rest counted */
    uint64_t max_work;             /* payments tried in all, shared evenly between the starts */
} trail_route_limits;
trail_route_limits trail_route_limits_default(void);

/* One start: a marked payment. */
typedef struct trail_route_start {
    uint32_t payment;
    uint16_t proceeds;
    trail_currency currency; /* of the proceeds: the payment's paid or received currency */
    int64_t marked_minor;    /* no more than this can get through; 0: the whole payment */
} trail_route_start;

typedef enum trail_route_end {
    TRAIL_END_DESTINATION = 0,
    TRAIL_END_RECORDS_END, /* no account named, or its records are not here or show no arrival */
    TRAIL_END_CASH,
    TRAIL_END_CARD,
    TRAIL_END_FEE
} trail_route_end;

typedef struct trail_route_step {
    uint32_t payment;
    uint32_t twin;                 /* the payment that may be the same one; else TRAIL_NO_PAYMENT */
    int32_t days_held;             /* since the previous step's credit; 0 for the first */
    int64_t share_kept_millionths; /* min(1, next / previous), down; 1,000,000 for the first */
    bool same_day;                 /* same day as the previous step, no clock times that tell */
    bool payer_not_observed;       /* the stop before this step is not observed */
    bool may_be_double;            /* the payment is flagged so */
} trail_route_step;

typedef struct trail_route {
    uint16_t proceeds;
    uint8_t end;                     /* trail_route_end */
    trail_currency currency;         /* of the proceeds */
    int64_t got_through_minor;       /* smallest amount on the route, in that currency */
    uint32_t first_step, step_count; /* in trail_routes.steps */
    uint32_t end_account;            /* TRAIL_NO_ACCOUNT when not named */
    int32_t days;                    /* from first debit to last credit */
} trail_route;

typedef struct trail_routes {
    trail_vector routes; /* of trail_route: by currency code, largest got_through first, then
                            payments in the main order, then proceeds */
    trail_vector steps;  /* of trail_route_step */
    uint64_t left_out;   /* routes found beyond max_routes */
    size_t starts_cut;   /* starts whose search reached max_work: more routes may exist */
} trail_routes;

/* A step follows another when
 *  - its debit stands after that credit in the main order, or on the same day and no clock times
 *    tell the order; and at most window_days later;
 *  - it leaves from the account and in the currency that received, and share_kept holds;
 *  - where the stop's own records cover the day, they show the debit.
 * An account appears once in a route; a conversion on the account itself is a step and no new stop.
 * A debit and a credit that may be one payment (doubles: vector of trail_possible_double, may be
 * NULL; each taken once, in order) are one step: it leaves as the debit and arrives as the credit.
 * A route ends at the first destination (account) it reaches; at a payment that names no payee; at
 * a payee whose own records cover the day and do not show the arrival; and at a payee not observed
 * that day from which no payment in the records follows. Payments of zero are passed over.
 * got_through: each amount after a conversion is brought back by that conversion's own two amounts,
 * rounded down. Best first, pruned by the steps still needed to reach an end: O(work · log work)
 * after one pass over the payments that follow the earliest start, times max_steps. */
trail_status trail_routes_find(trail_routes *routes, const trail_ledger *ledger,
                               const trail_payment_graph *graph, const trail_vector *doubles,
                               const trail_route_start *starts, size_t start_count,
                               const uint32_t *destinations, size_t destination_count,
                               const trail_route_limits *limits, trail_error *err) TRAIL_MUST_CHECK;
void trail_routes_clear(trail_routes *routes);

#endif
