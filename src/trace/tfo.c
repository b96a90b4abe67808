/* Traced money first out: a debit takes tainted layers, oldest first whoever's, and untainted ones
 * only when those are gone.
 *
 * Source: Re Oatway [1903] 2 Ch 356; US v Dillon (D Idaho 2022), drugs in, first out. Two lanes a
 * pocket: 0 untainted, 1 tainted. O(layers taken). */
#include "trace/tracing_rule.h"

static trail_status consume(trail_pocket *pocket, int64_t amount_minor, trail_parts *parts,
                            trail_mix *mix, trail_error *err)
{
    (void)mix;
    trail_status status = trail_lane_take_oldest(&pocket->lanes[1], &amount_minor, parts, err);
    if (status != TRAIL_OK || amount_minor == 0) return status;
    return trail_lane_take_oldest(&pocket->lanes[0], &amount_minor, parts, err);
}

const trail_tracing_rule trail_rule_tfo = {
    .name = "tfo",
    .title = "Traced money first out",
    .summary = "The proceeds leave an account before any other money in it.",
    .authority = "Re Oatway [1903] 2 Ch 356; claimant's election: Shalson v Russo [2003] EWHC 1637 "
                 "(Ch), narrowed in Turner v Jacob [2006] EWHC 1317 (Ch); US v Dillon (D Idaho "
                 "2022) chose drugs in, first out over the lowest intermediate balance",
    .keeping = TRAIL_KEEP_TWO_LANES,
    .consume = consume,
};
