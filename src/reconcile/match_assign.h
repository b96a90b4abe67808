/* Which of the scored pairs are taken, so that each leg has one partner at most. */
#ifndef TRAIL_RECONCILE_MATCH_ASSIGN_H
#define TRAIL_RECONCILE_MATCH_ASSIGN_H

#include <moneytrail/error.h>

#include "reconcile/match_legs.h"

#define TRAIL_EXACT_LEGS 64 /* components up to this many legs are solved exactly */

typedef struct trail_match_edge {
    uint32_t debit, credit; /* places of legs */
    int32_t score;          /* > 0, thousandths of a bit */
} trail_match_edge;

/* edges: by (debit, credit), each pair once. chosen[edge] becomes 1 for those taken (room for
 * count). Exact components O(legs^3), greedy ones O(edges log edges). */
trail_status trail_match_assign(const trail_match_legs *legs, const trail_match_edge *edges,
                                size_t count, uint8_t *chosen, trail_error *err) TRAIL_MUST_CHECK;

#endif
