/* Last in, first out: a debit takes the newest layers of the pocket first, so a part that came in
 * last leaves first and lies lower in the receiving pocket.
 *
 * Source: forensic accountants' comparison method; US proof under 18 USC 1957 that proceeds went
 * straight out again. O(layers taken). */
#include "trace/tracing_rule.h"

static trail_status consume(trail_pocket *pocket, int64_t amount_minor, trail_parts *parts,
                            trail_mix *mix, trail_error *err)
{
    (void)mix;
    return trail_lane_take_newest(&pocket->lanes[0], &amount_minor, parts, err);
}

const trail_tracing_rule trail_rule_lifo = {
    .name = "lifo",
    .title = "Last in, first out",
    .summary = "The money that came in last leaves first.",
    .authority = "No leading case adopts it for mixed trust money; used by forensic accountants as "
                 "a comparison, and in US proof under 18 USC 1957 that proceeds went straight out",
    .keeping = TRAIL_KEEP_QUEUE,
    .consume = consume,
};
