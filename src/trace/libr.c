/* Own money first, lowest intermediate balance: a debit takes untainted layers (clean and unknown
 * together, oldest first), and tainted ones, oldest first whoever's, only when those are gone. So
 * taint in a pocket never exceeds the lowest balance since it came in.
 *
 * Source: Re Hallett's Estate (1880) 13 Ch D 696; James Roscoe v Winder [1915] 1 Ch 62. Two lanes
 * a pocket: 0 untainted, 1 tainted. O(layers taken). */
#include "trace/tracing_rule.h"

static trail_status consume(trail_pocket *pocket, int64_t amount_minor, trail_parts *parts,
                            trail_mix *mix, trail_error *err)
{
    (void)mix;
    trail_status status = trail_lane_take_oldest(&pocket->lanes[0], &amount_minor, parts, err);
    if (status != TRAIL_OK || amount_minor == 0) return status;
    return trail_lane_take_oldest(&pocket->lanes[1], &amount_minor, parts, err);
}

const trail_tracing_rule trail_rule_libr = {
    .name = "libr",
    .title = "Own money first, lowest intermediate balance",
    .summary = "The holder's own money leaves first; what is traced never exceeds the lowest "
               "balance since it came in.",
    .authority = "Re Hallett's Estate (1880) 13 Ch D 696; James Roscoe v Winder [1915] 1 Ch 62; In "
                 "re Columbia Gas 997 F.2d 1039 (3d Cir 1993); Cunningham v Brown 265 US 1 (1924); "
                 "In re Dameron 155 F.3d 718 (4th Cir 1998); Restatement (3d) Restitution §59",
    .keeping = TRAIL_KEEP_TWO_LANES,
    .consume = consume,
};
