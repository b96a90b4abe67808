/* The legs of one ledger while they are matched: candidates scored, pairs chosen and classed. */
#ifndef TRAIL_RECONCILE_MATCH_POOL_H
#define TRAIL_RECONCILE_MATCH_POOL_H

#include <moneytrail/error.h>

#include "reconcile/match_assign.h"
#include "reconcile/match_candidates.h"
#include "reconcile/match_class.h"
#include "reconcile/match_decisions.h"
#include "reconcile/match_score.h"
#include "reconcile/matching.h"

typedef struct trail_match_pool {
    trail_match_legs legs;
    trail_told told;
    trail_match_names *names;
    uint32_t *number_rank;
    trail_match_scorer scorer;
    trail_match_decided decided;
    trail_candidates candidates;
    trail_vector edges;      /* of trail_match_edge: scores above 0, by (debit, credit) */
    trail_vector weak;       /* of trail_match_edge: others that a total could count twice */
    uint8_t *chosen;         /* by edge */
    trail_match_lead *leads; /* by edge */
    uint32_t *partner;       /* by leg: joined with, TRAIL_NO_LEG */
} trail_match_pool;

/* Legs, messages, decisions, candidates, scores, assignment, classes. */
trail_status trail_match_pool_fill(trail_match_pool *pool, const trail_ledger *ledger,
                                   const trail_matching_options *options,
                                   trail_error *err) TRAIL_MUST_CHECK;
void trail_match_pool_clear(trail_match_pool *pool);

/* Matches and possible doubles, their payments still numbers of entries. */
trail_status trail_match_pool_list(const trail_match_pool *pool, trail_matching *matching,
                                   trail_error *err) TRAIL_MUST_CHECK;

#endif
