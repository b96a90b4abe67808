/* Money that comes into a pocket.
 *
 * Overdraft (domain B8.6): it is paid first, by origin in proportion, within an origin by the
 * earliest parts; what is left is appended in its order. Returns (B8.10): all of a debit goes back
 * to its places, what the bank had lent first meets the overdraft; a part of it comes as new top
 * layers with the original's mix. O(parts), and O(layers behind) for a part put back. */
#include "trace/pass.h"

#include "base/failure.h"
#include "base/wide.h"

trail_status trail_pass_rest(trail_pass *pass, const trail_parts *parts, int sign,
                             trail_holding place, trail_error *err)
{
    for (size_t i = 0; i < parts->count; i++) {
        const trail_layer *part = &parts->items[i];
        if (part->origin < TRAIL_FIRST_SOURCE) continue;
        place.proceeds = (uint16_t)(part->origin - TRAIL_FIRST_SOURCE);
        place.amount_minor = sign < 0 ? -part->amount_minor : part->amount_minor;
        trail_status status = trail_tally_add(&pass->tally, &place, err);
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

static trail_holding overdraft_of(const trail_pass *pass, uint32_t pocket)
{
    const trail_pocket_plan *planned = trail_vector_at(&pass->plan->pockets, pocket);
    return (trail_holding){.currency = planned->currency,
                           .where = TRAIL_RESTING_OVERDRAFT,
                           .account = planned->account};
}

static trail_status raise(trail_pass *pass, uint32_t pocket, int64_t amount_minor, trail_error *err)
{
    int64_t *balance_minor = &pass->pockets[pocket].balance_minor;
    if (trail_add_checked(*balance_minor, amount_minor, balance_minor)) return TRAIL_OK;
    return trail_fail(err, TRAIL_OVERFLOW, "a balance leaves the range of amounts");
}

/* Pays `owed` (<= their sum) out of parts; *rest is what is left of them, in order. */
static trail_status discharge(trail_pass *pass, uint32_t pocket, int64_t owed_minor,
                              const trail_parts *parts, trail_parts *rest, trail_error *err)
{
    trail_holding place = overdraft_of(pass, pocket);
    trail_mix *mix = &pass->mix;
    trail_mix_begin(mix);
    for (size_t i = 0; i < parts->count; i++)
        trail_mix_count(mix, parts->items[i].origin, parts->items[i].amount_minor);
    trail_mix_take(mix, owed_minor);
    trail_parts_reset(rest);
    rest->keep_places = parts->keep_places;
    for (size_t i = 0; i < parts->count; i++) {
        const trail_layer *part = &parts->items[i];
        int64_t paid_minor = trail_mix_earliest(mix, part->origin, part->amount_minor);
        trail_status status = TRAIL_OK;
        if (paid_minor > 0 && part->origin >= TRAIL_FIRST_SOURCE) {
            place.proceeds = (uint16_t)(part->origin - TRAIL_FIRST_SOURCE);
            place.amount_minor = paid_minor;
            status = trail_tally_add(&pass->tally, &place, err);
        }
        if (status == TRAIL_OK)
            status = trail_parts_add(rest, part->amount_minor - paid_minor, part->origin,
                                     part->place, err);
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

static trail_status append(trail_pass *pass, uint32_t pocket, const trail_parts *parts,
                           trail_error *err)
{
    uint32_t from = 0;
    bool blend = pass->keeping == TRAIL_KEEP_BLEND;
    for (size_t i = 0; i < parts->count; i++) {
        const trail_layer *part = &parts->items[i];
        trail_status status =
            blend ? trail_pocket_blend_in(&pass->pockets[pocket], &pass->pool, part, &from, err)
                  : trail_pocket_append(&pass->pockets[pocket], pass->keeping, &pass->pool,
                                        part->origin, part->amount_minor, err);
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

static int64_t owed(const trail_pass *pass, uint32_t pocket, int64_t most_minor)
{
    int64_t balance_minor = pass->pockets[pocket].balance_minor;
    if (balance_minor >= 0) return 0;
    return balance_minor <= -most_minor ? most_minor : -balance_minor;
}

trail_status trail_pass_credit(trail_pass *pass, uint32_t pocket, const trail_parts *parts,
                               trail_error *err)
{
    int64_t sum_minor = trail_parts_sum(parts);
    int64_t owed_minor = owed(pass, pocket, sum_minor);
    trail_status status = TRAIL_OK;
    if (owed_minor > 0) {
        status = discharge(pass, pocket, owed_minor, parts, &pass->aside, err);
        parts = &pass->aside;
    }
    if (status == TRAIL_OK) status = append(pass, pocket, parts, err);
    if (status == TRAIL_OK) status = raise(pass, pocket, sum_minor, err);
    return status;
}

/* What the bank lent for the debit pays the overdraft first; pass->arriving is what is left of
 * pass->parts. */
static trail_status repay_bank(trail_pass *pass, uint32_t pocket, trail_error *err)
{
    trail_holding place = overdraft_of(pass, pocket);
    trail_parts_reset(&pass->arriving);
    pass->arriving.keep_places = true;
    for (size_t i = 0; i < pass->parts.count; i++) {
        trail_layer part = pass->parts.items[i];
        int64_t paid_minor =
            part.place == TRAIL_PLACE_BANK ? owed(pass, pocket, part.amount_minor) : 0;
        trail_status status = raise(pass, pocket, paid_minor, err);
        if (status == TRAIL_OK && paid_minor > 0 && part.origin >= TRAIL_FIRST_SOURCE) {
            place.proceeds = (uint16_t)(part.origin - TRAIL_FIRST_SOURCE);
            place.amount_minor = paid_minor;
            status = trail_tally_add(&pass->tally, &place, err);
        }
        if (status == TRAIL_OK)
            status = trail_parts_add(&pass->arriving, part.amount_minor - paid_minor, part.origin,
                                     part.place, err);
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

static trail_status put_back_all(trail_pass *pass, uint32_t pocket, trail_error *err)
{
    trail_status status = repay_bank(pass, pocket, err);
    if (status != TRAIL_OK) return status;
    int64_t sum_minor = trail_parts_sum(&pass->arriving);
    status =
        discharge(pass, pocket, owed(pass, pocket, sum_minor), &pass->arriving, &pass->aside, err);
    for (size_t i = 0; i < pass->aside.count && status == TRAIL_OK; i++) {
        const trail_layer *part = &pass->aside.items[i];
        trail_pocket *to = &pass->pockets[pocket];
        status = part->place == TRAIL_PLACE_BANK
                     ? trail_pocket_append(to, pass->keeping, &pass->pool, part->origin,
                                           part->amount_minor, err)
                     : trail_pocket_put_back(to, pass->keeping, &pass->pool, part, err);
    }
    if (status == TRAIL_OK) status = raise(pass, pocket, sum_minor, err);
    pass->pockets[pocket].awaited--;
    return status;
}

/* pass->parts: the returned amount of what was kept, in the original's mix; kept shrinks. */
static trail_status take_back(trail_pass *pass, trail_parts *kept, int64_t amount_minor,
                              trail_error *err)
{
    trail_mix *mix = &pass->mix;
    trail_mix_begin(mix);
    for (size_t i = 0; i < kept->count; i++)
        trail_mix_count(mix, kept->items[i].origin, kept->items[i].amount_minor);
    trail_mix_take(mix, amount_minor);
    size_t left = 0;
    trail_parts_reset(&pass->parts);
    pass->parts.keep_places = true;
    for (size_t i = 0; i < kept->count; i++) {
        trail_layer part = kept->items[i];
        int64_t back_minor = trail_mix_spread(mix, part.origin, part.amount_minor);
        trail_status status =
            trail_parts_add(&pass->parts, back_minor, part.origin, part.place, err);
        if (status != TRAIL_OK) return status;
        part.amount_minor -= back_minor;
        if (part.amount_minor > 0) kept->items[left++] = part;
    }
    kept->count = left;
    return TRAIL_OK;
}

trail_status trail_pass_give_back(trail_pass *pass, uint32_t payment, trail_error *err)
{
    const trail_return *link = trail_plan_return(pass->plan, payment);
    trail_parts *kept = &pass->kept[trail_plan_original(pass->plan, link->original)];
    uint32_t pocket = pass->plan->payee_pocket[payment];
    trail_status status = take_back(pass, kept, pass->plan->ledger->amount_minor[payment], err);
    if (status == TRAIL_OK)
        status =
            trail_pass_rest(pass, &pass->parts, -1, trail_pass_exit(pass, link->original), err);
    if (status == TRAIL_OK) status = trail_pass_record(pass, payment, err);
    if (status != TRAIL_OK) return status;
    if (link->exact) return put_back_all(pass, pocket, err);
    return trail_pass_credit(pass, pocket, &pass->parts, err);
}
