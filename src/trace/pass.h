/* One rule's pass over all events: the state, and the steps a payment takes. Passes share the plan
 * only, so rules run side by side. */
#ifndef TRAIL_TRACE_PASS_H
#define TRAIL_TRACE_PASS_H

#include <stdint.h>

#include <moneytrail/error.h>

#include "base/vector.h"
#include "trace/mix.h"
#include "trace/plan.h"
#include "trace/pocket.h"
#include "trace/tally.h"
#include "trace/trace.h"
#include "trace/tracing_rule.h"

/* Parts between a debit and its later credit, and the payment's rows that wait for it. */
typedef struct trail_transit {
    trail_parts parts;
    size_t first_row, row_count;
    bool departed;
} trail_transit;

typedef struct trail_pass {
    const trail_plan *plan;
    const trail_tracing_rule *rule;
    uint16_t rule_index;
    trail_keeping keeping;
    trail_pocket *pockets; /* by pocket of the plan */
    trail_layer_pool pool;
    trail_mix mix;
    trail_parts parts;           /* what the payment at hand carries */
    trail_parts arriving;        /* the same after charge, conversion, discharge */
    trail_parts aside;           /* marks, charges */
    trail_transit *transits;     /* by credit side */
    trail_parts *kept;           /* by original: what a later return gives back */
    int64_t *introduced_minor;   /* by proceeds */
    trail_vector rows;           /* of trail_traced_payment, in event order */
    size_t first_row, row_count; /* of the payment at hand */
    trail_tally tally;
} trail_pass;

trail_status trail_pass_init(trail_pass *pass, const trail_plan *plan, uint16_t rule_index,
                             trail_error *err) TRAIL_MUST_CHECK;
void trail_pass_clear(trail_pass *pass);
trail_status trail_pass_event(trail_pass *pass, uint32_t event, trail_error *err) TRAIL_MUST_CHECK;
/* Fetches the pockets that an event some places ahead will touch. */
void trail_pass_prefetch(const trail_pass *pass, uint32_t event);
/* After the last event: what rests in pockets and in transit goes to the tally; every pocket's
 * layers are checked against its balance. */
trail_status trail_pass_finish(trail_pass *pass, trail_error *err) TRAIL_MUST_CHECK;

/* Steps. trace/arrival.c: the parts at hand reach the payee's pocket, or leave the records. */
trail_status trail_pass_arrive(trail_pass *pass, uint32_t payment,
                               trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_pass_leave(trail_pass *pass, uint32_t payment,
                              trail_error *err) TRAIL_MUST_CHECK;

/* trace/credit.c: parts into a pocket, its overdraft first; a credit that gives an earlier debit
 * back; tainted parts, times sign, to a place of the tally. */
trail_status trail_pass_credit(trail_pass *pass, uint32_t pocket, const trail_parts *parts,
                               trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_pass_give_back(trail_pass *pass, uint32_t payment,
                                  trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_pass_rest(trail_pass *pass, const trail_parts *parts, int sign,
                             trail_holding place, trail_error *err) TRAIL_MUST_CHECK;
trail_holding trail_pass_exit(const trail_pass *pass, uint32_t payment);

/* Rows of the payment at hand from pass->parts: left, and entered the same. */
trail_status trail_pass_record(trail_pass *pass, uint32_t payment,
                               trail_error *err) TRAIL_MUST_CHECK;

#endif
