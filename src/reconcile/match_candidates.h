/* Pairs of legs worth a score: by UETR; by a reference; by equal amount and a named account or a
 * name, the credit -1 to 5 days after the debit; with another amount or currency only where an
 * account, a reference or a message anchors them. */
#ifndef TRAIL_RECONCILE_MATCH_CANDIDATES_H
#define TRAIL_RECONCILE_MATCH_CANDIDATES_H

#include <moneytrail/error.h>

#include "base/vector.h"
#include "reconcile/match_legs.h"
#include "reconcile/match_messages.h"
#include "reconcile/match_names.h"
#include "reconcile/rates.h"

typedef struct trail_candidate {
    uint32_t debit, credit; /* places of legs */
} trail_candidate;

typedef struct trail_candidates {
    trail_vector pairs;   /* of trail_candidate, by (debit, credit), each once */
    uint64_t legs_capped; /* looks of a leg that found more than the cap, the rest left out */
} trail_candidates;

/* A leg is given at most trail_weights.candidates_a_leg pairs by each way of looking, so that
 * repeats cannot blow up. O(n log n + pairs). */
trail_status trail_match_candidates(trail_candidates *candidates, const trail_match_legs *legs,
                                    const trail_told *told, const trail_rates *rates,
                                    trail_match_names *names, trail_error *err) TRAIL_MUST_CHECK;
void trail_candidates_clear(trail_candidates *candidates);

#endif
