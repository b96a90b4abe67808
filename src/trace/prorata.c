/* Rolling charge, or averaging: every layer of the pocket shrinks by the same fraction.
 *
 * Source: Barlow Clowes v Vaughan (Woolf LJ, "cocktail"); Re Ontario Securities Commission and
 * Greymac. What leaves of each origin is exact: trace/mix. Within an origin each layer gives its
 * cumulated share, rounded down, so parts keep the layers' order. The pockets keep one layer an
 * origin, unless a mark smaller than its payment makes the order matter. O(layers). */
#include "trace/tracing_rule.h"

static trail_status consume(trail_pocket *pocket, int64_t amount_minor, trail_parts *parts,
                            trail_mix *mix, trail_error *err)
{
    trail_lane *lane = &pocket->lanes[0];
    if (lane->count == 1) return trail_lane_take_oldest(lane, &amount_minor, parts, err);
    trail_mix_begin(mix);
    for (uint32_t i = 0; i < lane->count; i++) {
        const trail_layer *layer = trail_lane_at(lane, i);
        trail_mix_count(mix, layer->origin, layer->amount_minor);
    }
    trail_mix_take(mix, amount_minor);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < lane->count; i++) {
        trail_layer layer = *trail_lane_at(lane, i);
        int64_t part = trail_mix_spread(mix, layer.origin, layer.amount_minor);
        trail_status status = trail_parts_add(parts, part, layer.origin, layer.place, err);
        if (status != TRAIL_OK) return status;
        layer.amount_minor -= part;
        if (layer.amount_minor > 0) *trail_lane_at(lane, kept++) = layer;
    }
    lane->count = kept;
    return TRAIL_OK;
}

const trail_tracing_rule trail_rule_prorata = {
    .name = "prorata",
    .title = "Rolling charge (in proportion)",
    .summary = "Every payment carries the same share of proceeds as the account held at that "
               "moment.",
    .authority = "Barlow Clowes v Vaughan [1991] EWCA Civ 11 (Woolf LJ: in the same proportions as "
                 "the different interests); Re Ontario Securities Commission & Greymac (1986) 55 "
                 "OR (2d) 673, aff'd [1988] 2 SCR 172; US v Banco Cafetero 797 F.2d 1154 (2d Cir "
                 "1986), averaging",
    .keeping = TRAIL_KEEP_BLEND,
    .consume = consume,
};
