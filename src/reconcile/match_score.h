/* How well a debit and a credit fit as one payment: addends in thousandths of a bit under the
 * frozen weights. Contradictions (two UETRs, another account, an amount nothing explains) veto. */
#ifndef TRAIL_RECONCILE_MATCH_SCORE_H
#define TRAIL_RECONCILE_MATCH_SCORE_H

#include <stdbool.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "reconcile/charges.h"
#include "reconcile/match_legs.h"
#include "reconcile/match_messages.h"
#include "reconcile/match_names.h"
#include "reconcile/match_weights.h"

/* What ties legs to the message they share, weakest first. */
typedef enum trail_message_tie {
    TRAIL_MESSAGE_BY_NONE = 0,
    TRAIL_MESSAGE_BY_ACCOUNTS, /* both accounts, amount and value date */
    TRAIL_MESSAGE_BY_REFERENCE,
    TRAIL_MESSAGE_BY_UETR
} trail_message_tie;

typedef struct trail_match_scorer {
    const trail_ledger *ledger;
    const trail_match_legs *legs;
    const trail_rates *rates;    /* or NULL */
    const trail_told *told;      /* what messages tell, or NULL (match_messages.h) */
    const uint32_t *number_rank; /* by account: equal for equal numbers */
    trail_match_names *names;
    int32_t caution; /* what a small case takes off: its frequencies are guessed, not counted */
    int32_t around;  /* log2 of the legs of one side within the days looked at, with a floor */
} trail_match_scorer;

typedef struct trail_match_score {
    int32_t addends[TRAIL_MATCH_ADDEND_COUNT];
    int32_t sum;
    bool vetoed;
    bool account_tied, reference_tied, uetr_tied;
    trail_amount_story story;
} trail_match_score;

trail_status trail_match_score_of(const trail_match_scorer *scorer, uint32_t debit, uint32_t credit,
                                  trail_match_score *score, trail_error *err) TRAIL_MUST_CHECK;

#endif
