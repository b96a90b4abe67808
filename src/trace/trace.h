/* Tracing: what of every later payment, balance and exit is the proceeds' money, under each rule
 * (domain B0-B3, B8). Exact integers; conservation is proved per rule, proceeds and currency. */
#ifndef TRAIL_TRACE_TRACE_H
#define TRAIL_TRACE_TRACE_H

#include <stdint.h>

#include <moneytrail/error.h>
#include <moneytrail/progress.h>

#include "base/vector.h"
#include "model/ledger.h"
#include "reconcile/reversals.h"
#include "trace/proceeds.h"

/* Where traced money is at the end of the records: `where` of holdings.csv. */
typedef enum trail_resting {
    TRAIL_RESTING_ACCOUNT = 0,
    TRAIL_RESTING_TRANSIT,
    TRAIL_RESTING_CASH,
    TRAIL_RESTING_CARD,
    TRAIL_RESTING_FEE,
    TRAIL_RESTING_ASSET,
    TRAIL_RESTING_OVERDRAFT,
    TRAIL_RESTING_GOOD_FAITH,
    TRAIL_RESTING_FRONTIER,
    TRAIL_RESTING_CONVERTED_OUT,
    TRAIL_RESTING_CONVERTED_IN /* amounts negative */
} trail_resting;
const char *trail_resting_name(trail_resting resting);

typedef enum trail_frontier_reason {
    TRAIL_FRONTIER_NONE = 0,
    TRAIL_FRONTIER_NOT_RECEIVED,   /* "not received" */
    TRAIL_FRONTIER_OUTSIDE_PERIOD, /* "outside period" */
    TRAIL_FRONTIER_NOT_NAMED,      /* "counterparty not named" */
    TRAIL_FRONTIER_NO_CREDIT       /* "no matching credit in the records" */
} trail_frontier_reason;
const char *trail_frontier_reason_name(trail_frontier_reason reason);

/* One payment under one rule and one proceeds: left_minor in the debit's currency, entered_minor in
 * the credit's (equal when nothing converts or is lost en route). The marked payment itself shows
 * its full marked amount. Zero rows are omitted. Sorted by (rule, proceeds, payment). */
typedef struct trail_traced_payment {
    uint32_t payment;
    uint16_t rule;     /* index in trail_tracing_rules */
    uint16_t proceeds; /* index in the proceeds vector */
    int64_t left_minor;
    int64_t entered_minor;
} trail_traced_payment;

/* Sorted by (rule, proceeds, currency, where, account, reason). Per rule, proceeds and currency the
 * amounts sum to what was introduced in that currency. */
typedef struct trail_holding {
    uint16_t rule, proceeds;
    trail_currency currency;
    uint8_t where;    /* trail_resting */
    uint8_t reason;   /* trail_frontier_reason */
    uint32_t account; /* whose money it is or was: for sinks and unnamed ends the own account */
    int64_t amount_minor;
} trail_holding;

typedef struct trail_conservation {
    uint16_t rule, proceeds;
    trail_currency currency;
    int64_t introduced_minor;
    int64_t held_minor, transit_minor, sinks_minor, frontier_minor;
    int64_t converted_out_minor, converted_in_minor;
} trail_conservation;

typedef struct trail_trace {
    trail_vector payments;     /* of trail_traced_payment */
    trail_vector holdings;     /* of trail_holding */
    trail_vector conservation; /* of trail_conservation, sorted by (rule, proceeds, currency) */
} trail_trace;

/* Runs every rule of the table over all pockets in the main order. TRAIL_INTERNAL if money is not
 * conserved. reversals NULL: none. Empty proceeds give an empty trace. O(events · rules) amortised
 * for the queues. */
trail_status trail_trace_run(trail_trace *trace, const trail_ledger *ledger,
                             const trail_reversals *reversals, const trail_vector *proceeds,
                             unsigned threads, const trail_progress *progress,
                             trail_error *err) TRAIL_MUST_CHECK;
void trail_trace_clear(trail_trace *trace);

/* Lowest and highest traced amount of a payment over the rules (left_minor), for the default
 * display. False when no rule traces anything. */
typedef struct trail_traced_range {
    int64_t lowest_minor, highest_minor;
} trail_traced_range;
/* Array by payment of ranges summed over proceeds in the debit currency (trail_free). */
trail_status trail_trace_ranges(const trail_trace *trace, size_t payment_count,
                                trail_traced_range **ranges, trail_error *err) TRAIL_MUST_CHECK;

#endif
