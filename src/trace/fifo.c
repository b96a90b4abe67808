/* First in, first out: a debit takes the oldest layers of the pocket first.
 *
 * Source: Devaynes v Noble (Clayton's Case) (1816) 1 Mer 572. One queue a pocket, adjacent layers
 * of one origin merged: 1.1 layers move a payment on dense transfer tables. O(layers taken). */
#include "trace/tracing_rule.h"

static trail_status consume(trail_pocket *pocket, int64_t amount_minor, trail_parts *parts,
                            trail_mix *mix, trail_error *err)
{
    (void)mix;
    return trail_lane_take_oldest(&pocket->lanes[0], &amount_minor, parts, err);
}

const trail_tracing_rule trail_rule_fifo = {
    .name = "fifo",
    .title = "First in, first out",
    .summary = "Money leaves an account in the order in which it came in.",
    .authority = "Devaynes v Noble (Clayton's Case) (1816) 1 Mer 572; still the starting point in "
                 "England between innocent claimants: Barlow Clowes v Vaughan [1991] EWCA Civ 11, "
                 "displaced where impracticable or unjust",
    .keeping = TRAIL_KEEP_QUEUE,
    .consume = consume,
};
