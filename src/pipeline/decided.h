/* The payments that logged decisions are about, found by their published ids. */
#ifndef TRAIL_PIPELINE_DECIDED_H
#define TRAIL_PIPELINE_DECIDED_H

#include "pipeline/investigation.h"

/* A decision and the payment that is its first target. */
typedef struct trail_decided {
    uint32_t payment;
    uint32_t decision; /* index in the case's decisions */
} trail_decided;

/* Finds the payments of all decisions of a type, by either leg's id; one that is in the data no
 * more gets the outcome TARGET_GONE. Needs a finished ledger. *decided: of trail_decided, in the
 * order of the decisions. O(payments) ids when there is such a decision, else nothing. */
trail_status trail_decided_payments(trail_investigation *investigation, trail_decision_type type,
                                    trail_vector *decided, trail_error *err) TRAIL_MUST_CHECK;
/* Gives payments the kinds that were decided. */
trail_status trail_decide_kinds(trail_investigation *investigation,
                                trail_error *err) TRAIL_MUST_CHECK;
/* Tells decisions whose target is gone or changed, and marks releases that let rows in. */
trail_status trail_tell_decisions(trail_investigation *investigation,
                                  trail_error *err) TRAIL_MUST_CHECK;

#endif
