/* Pairs that the investigators decided: accepted ones are joined before any score is asked, refused
 * ones never are. Targets are published ids of legs, made of content, so that a decision survives
 * new replies; the outcome of each is set. */
#ifndef TRAIL_RECONCILE_MATCH_DECISIONS_H
#define TRAIL_RECONCILE_MATCH_DECISIONS_H

#include <moneytrail/error.h>

#include "base/map64.h"
#include "evidence/decision.h"
#include "reconcile/match_legs.h"

typedef struct trail_match_decided {
    uint32_t *partner;   /* by leg: its decided partner, TRAIL_NO_LEG; NULL: nothing decided */
    trail_map64 refused; /* debit << 32 | credit */
} trail_match_decided;

/* decisions may be NULL. Ids of legs are only made when a pair was decided. O(legs) HMACs then. */
trail_status trail_match_decisions(trail_match_decided *decided, trail_decisions *decisions,
                                   const trail_ledger *ledger, const trail_match_legs *legs,
                                   const uint8_t *key, trail_error *err) TRAIL_MUST_CHECK;
void trail_match_decided_clear(trail_match_decided *decided);
bool trail_match_is_refused(const trail_match_decided *decided, uint32_t debit, uint32_t credit);

#endif
