/* Time-respecting routes from the proceeds to destinations, or to where the records end. */
#ifndef TRAIL_PATHS_ROUTE_H
#define TRAIL_PATHS_ROUTE_H

#include <stdbool.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/vector.h"
#include "graph/payment_graph.h"
#include "model/ledger.h"

/* Case-file parameters, domain defaults. Share as a fraction so that no double enters. */
typedef struct trail_route_limits {
    int32_t window_days;     /* 3: days held at most per stop */
    int64_t share_kept_millionths; /* 800,000: least share kept per step */
    uint32_t max_steps;      /* 6 */
    size_t max_routes;       /* 1,000 kept per start; the rest counted */
} trail_route_limits;
trail_route_limits trail_route_limits_default(void);

/* One start: a marked payment. One destination: an account, or any account of a country. */
typedef struct trail_route_start {
    uint32_t payment;
    uint16_t proceeds;
} trail_route_start;

typedef enum trail_route_end {
    TRAIL_END_DESTINATION = 0,
    TRAIL_END_RECORDS_END, /* the account is not observed, or the payment names no account */
    TRAIL_END_CASH,
    TRAIL_END_CARD,
    TRAIL_END_FEE
} trail_route_end;

typedef struct trail_route_step {
    uint32_t payment;
    int32_t days_held;             /* since the previous step's credit; 0 for the first */
    int64_t share_kept_millionths; /* min(1, next / previous); 1,000,000 for the first */
    bool same_day;                 /* "not before" held only as the same day */
    bool payer_not_observed;       /* the stop before this step is not observed */
    bool may_be_double;
} trail_route_step;

typedef struct trail_route {
    uint16_t proceeds;
    uint8_t end;                   /* trail_route_end */
    trail_currency currency;       /* of the proceeds */
    int64_t got_through_minor;     /* smallest amount on the route, in that currency */
    uint32_t first_step, step_count; /* in trail_routes.steps */
    uint32_t end_account;          /* TRAIL_NO_ACCOUNT when not named */
    int32_t days;                  /* from first debit to last credit */
} trail_route;

typedef struct trail_routes {
    trail_vector routes; /* of trail_route: ranked per currency, largest got_through first */
    trail_vector steps;  /* of trail_route_step */
    uint64_t left_out;   /* routes beyond max_routes: the search was cut, and says so */
} trail_routes;

/* destinations: accounts. Also ends where records end. Depth-first over the graph, pruned by window,
 * share and simple-account rule; O(routes · steps · fan-out). */
trail_status trail_routes_find(trail_routes *routes, const trail_ledger *ledger,
                               const trail_payment_graph *graph, const trail_route_start *starts,
                               size_t start_count, const uint32_t *destinations,
                               size_t destination_count, const trail_route_limits *limits,
                               trail_error *err) TRAIL_MUST_CHECK;
void trail_routes_clear(trail_routes *routes);

#endif
