/* Idea: walk the legs in the main order and move layers. A debit consumes its pocket under the
 * rule, an overdrawing payer adds the bank's money as clean, last (domain B8.5); marks turn
 * untainted units into a source's (B8.3, B8.4); then the parts go to the payee's pocket, into
 * transit, to a sink or to where the records end. O(layers moved), 1.1 a payment. */
#include "trace/pass.h"

#include "base/failure.h"
#include "base/memory.h"
#include "base/wide.h"

static trail_status fill_openings(trail_pass *pass, trail_error *err)
{
    const trail_pocket_plan *planned = pass->plan->pockets.items;
    for (size_t i = 0; i < pass->plan->pockets.count; i++) {
        pass->pockets[i].balance_minor = planned[i].opening_minor;
        if (planned[i].opening_minor <= 0) continue;
        trail_status status =
            trail_pocket_append(&pass->pockets[i], pass->keeping, &pass->pool,
                                planned[i].opening_origin, planned[i].opening_minor, err);
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

trail_status trail_pass_init(trail_pass *pass, const trail_plan *plan, uint16_t rule_index,
                             trail_error *err)
{
    *pass = (trail_pass){.plan = plan,
                         .rule = trail_tracing_rules[rule_index],
                         .rule_index = rule_index,
                         .rows = trail_vector_of(sizeof(trail_traced_payment))};
    trail_layer_pool_init(&pass->pool);
    trail_tally_init(&pass->tally, rule_index);
    pass->keeping = pass->rule->keeping;
    if (pass->keeping == TRAIL_KEEP_BLEND && plan->last_partial != TRAIL_NO_PAYMENT)
        pass->keeping = TRAIL_KEEP_QUEUE;
    trail_status status = trail_mix_init(&pass->mix, plan->proceeds->count, err);
    if (status == TRAIL_OK)
        status =
            trail_alloc_zeroed(&pass->pockets, plan->pockets.count, sizeof *pass->pockets, err);
    if (status == TRAIL_OK)
        status = trail_alloc_zeroed(&pass->transits, plan->ledger->credit_sides.count,
                                    sizeof *pass->transits, err);
    if (status == TRAIL_OK)
        status = trail_alloc_zeroed(&pass->kept, plan->originals.count, sizeof *pass->kept, err);
    if (status == TRAIL_OK)
        status = trail_alloc_zeroed(&pass->introduced_minor, plan->proceeds->count,
                                    sizeof *pass->introduced_minor, err);
    if (status == TRAIL_OK) status = fill_openings(pass, err);
    if (status != TRAIL_OK) trail_pass_clear(pass);
    return status;
}

void trail_pass_clear(trail_pass *pass)
{
    if (pass->plan == NULL) return;
    for (size_t i = 0; pass->transits != NULL && i < pass->plan->ledger->credit_sides.count; i++)
        trail_parts_clear(&pass->transits[i].parts);
    for (size_t i = 0; pass->kept != NULL && i < pass->plan->originals.count; i++)
        trail_parts_clear(&pass->kept[i]);
    trail_free(pass->transits);
    trail_free(pass->kept);
    trail_free(pass->pockets);
    trail_free(pass->introduced_minor);
    trail_layer_pool_clear(&pass->pool);
    trail_mix_clear(&pass->mix);
    trail_parts_clear(&pass->parts);
    trail_parts_clear(&pass->arriving);
    trail_parts_clear(&pass->aside);
    trail_vector_clear(&pass->rows);
    trail_tally_clear(&pass->tally);
    *pass = (trail_pass){0};
}

trail_status trail_pass_record(trail_pass *pass, uint32_t payment, trail_error *err)
{
    pass->first_row = pass->rows.count;
    pass->row_count = 0;
    if (!trail_parts_tainted(&pass->parts)) return TRAIL_OK;
    trail_mix *mix = &pass->mix;
    trail_mix_begin(mix);
    for (size_t i = 0; i < pass->parts.count; i++)
        trail_mix_count(mix, pass->parts.items[i].origin, pass->parts.items[i].amount_minor);
    for (uint32_t i = 0; i < mix->touched_count; i++) {
        uint32_t origin = mix->touched[i];
        if (origin < TRAIL_FIRST_SOURCE) continue;
        int64_t amount_minor = mix->shares[origin].total_minor;
        trail_traced_payment row = {payment, pass->rule_index,
                                    (uint16_t)(origin - TRAIL_FIRST_SOURCE), amount_minor,
                                    amount_minor};
        trail_status status = trail_vector_push(&pass->rows, &row, err);
        if (status != TRAIL_OK) return status;
        pass->row_count++;
    }
    return TRAIL_OK;
}

static trail_status introduce(trail_pass *pass, uint32_t proceeds, int64_t amount_minor,
                              trail_error *err)
{
    int64_t *sum_minor = &pass->introduced_minor[proceeds];
    if (trail_add_checked(*sum_minor, amount_minor, sum_minor)) return TRAIL_OK;
    return trail_fail(err, TRAIL_OVERFLOW, "the proceeds' sum leaves the range of amounts");
}

/* The band of units that a mark covers, above those before it: the last of the payment, several
 * sources in declared order. */
static int64_t marked_in_all(const trail_pass *pass, uint32_t payment, int64_t amount_minor)
{
    const trail_vector *marks = &pass->plan->marks;
    int64_t marked_minor = 0;
    for (size_t i = trail_plan_first_mark(pass->plan, payment); i < marks->count; i++) {
        const trail_planned_mark *mark = trail_vector_at(marks, i);
        if (mark->payment != payment) break;
        int64_t room_minor = amount_minor - marked_minor;
        marked_minor += mark->amount_minor < room_minor ? mark->amount_minor : room_minor;
    }
    return marked_minor;
}

/* Untainted units of the parts at hand from `pos` to `end` (counted in the order they left) become
 * the source's; units already tainted keep their first source. */
static trail_status mark_band(trail_pass *pass, size_t *part, int64_t *used_minor,
                              int64_t band_minor, uint32_t proceeds, bool marking, trail_error *err)
{
    while (band_minor > 0) {
        const trail_layer *from = &pass->parts.items[*part];
        int64_t chunk_minor = from->amount_minor - *used_minor;
        if (chunk_minor > band_minor) chunk_minor = band_minor;
        uint32_t origin = from->origin;
        trail_status status = TRAIL_OK;
        if (marking && origin < TRAIL_FIRST_SOURCE) {
            origin = TRAIL_FIRST_SOURCE + proceeds;
            status = introduce(pass, proceeds, chunk_minor, err);
        }
        if (status == TRAIL_OK)
            status = trail_parts_add(&pass->aside, chunk_minor, origin, from->place, err);
        if (status != TRAIL_OK) return status;
        band_minor -= chunk_minor;
        *used_minor += chunk_minor;
        if (*used_minor == from->amount_minor) {
            *used_minor = 0;
            (*part)++;
        }
    }
    return TRAIL_OK;
}

static trail_status apply_marks(trail_pass *pass, uint32_t payment, int64_t amount_minor,
                                trail_error *err)
{
    const trail_vector *marks = &pass->plan->marks;
    int64_t left_minor = marked_in_all(pass, payment, amount_minor), used_minor = 0;
    size_t part = 0;
    trail_parts_reset(&pass->aside);
    pass->aside.keep_places = pass->parts.keep_places;
    trail_status status =
        mark_band(pass, &part, &used_minor, amount_minor - left_minor, 0, false, err);
    for (size_t i = trail_plan_first_mark(pass->plan, payment);
         left_minor > 0 && status == TRAIL_OK; i++) {
        const trail_planned_mark *mark = trail_vector_at(marks, i);
        int64_t band_minor = mark->amount_minor < left_minor ? mark->amount_minor : left_minor;
        status = mark_band(pass, &part, &used_minor, band_minor, mark->proceeds, true, err);
        left_minor -= band_minor;
    }
    trail_parts marked = pass->aside;
    pass->aside = pass->parts;
    pass->parts = marked;
    return status;
}

/* From here on nothing asks for the order within an origin: pockets shrink to a layer an origin. */
static trail_status stop_keeping_order(trail_pass *pass, trail_error *err)
{
    trail_status status = TRAIL_OK;
    pass->keeping = TRAIL_KEEP_BLEND;
    for (size_t i = 0; i < pass->plan->pockets.count && status == TRAIL_OK; i++)
        status = trail_pocket_blend(&pass->pockets[i], &pass->pool, err);
    return status;
}

static trail_status take(trail_pass *pass, uint32_t payment, int64_t amount_minor, trail_error *err)
{
    trail_pocket *pocket = &pass->pockets[pass->plan->payer_pocket[payment]];
    int64_t held_minor = pocket->balance_minor > 0 ? pocket->balance_minor : 0;
    int64_t own_minor = amount_minor < held_minor ? amount_minor : held_minor;
    trail_status status = TRAIL_OK;
    if (own_minor > 0)
        status = pass->rule->consume(pocket, own_minor, &pass->parts, &pass->mix, err);
    if (status == TRAIL_OK)
        status = trail_parts_add(&pass->parts, amount_minor - own_minor, TRAIL_UNITS_CLEAN,
                                 TRAIL_PLACE_BANK, err);
    if (status != TRAIL_OK) return status;
    if (!trail_sub_checked(pocket->balance_minor, amount_minor, &pocket->balance_minor))
        return trail_fail(err, TRAIL_OVERFLOW, "an overdraft leaves the range of amounts");
    return TRAIL_OK;
}

static trail_status keep_for_return(trail_pass *pass, uint32_t payment, trail_error *err)
{
    size_t slot = trail_plan_original(pass->plan, payment);
    const trail_original *original = trail_vector_at(&pass->plan->originals, slot);
    trail_parts *kept = &pass->kept[slot];
    kept->keep_places = true;
    if (original->exact) pass->pockets[pass->plan->payer_pocket[payment]].awaited++;
    for (size_t i = 0; i < pass->parts.count; i++) {
        const trail_layer *part = &pass->parts.items[i];
        trail_status status =
            trail_parts_add(kept, part->amount_minor, part->origin, part->place, err);
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

static trail_transit *transit_of(const trail_pass *pass, uint32_t payment)
{
    const trail_ledger *ledger = pass->plan->ledger;
    const trail_credit_side *side = trail_ledger_credit_side(ledger, payment);
    if (side == NULL) return NULL;
    return &pass->transits[side - (const trail_credit_side *)ledger->credit_sides.items];
}

static trail_status set_out(trail_pass *pass, uint32_t payment, trail_error *err)
{
    trail_transit *transit = transit_of(pass, payment);
    if (transit == NULL || transit->departed)
        return trail_fail(err, TRAIL_INTERNAL, "payment %u sets out twice", (unsigned)payment);
    *transit = (trail_transit){pass->parts, pass->first_row, pass->row_count, true};
    pass->parts = (trail_parts){0};
    return TRAIL_OK;
}

static trail_status come_in(trail_pass *pass, uint32_t payment, trail_error *err)
{
    trail_transit *transit = transit_of(pass, payment);
    if (transit == NULL || !transit->departed)
        return trail_fail(err, TRAIL_INTERNAL, "payment %u comes in before it sets out",
                          (unsigned)payment);
    trail_parts_clear(&pass->parts);
    pass->parts = transit->parts;
    transit->parts = (trail_parts){0};
    pass->first_row = transit->first_row;
    pass->row_count = transit->row_count;
    return trail_pass_arrive(pass, payment, err);
}

static trail_status depart(trail_pass *pass, uint32_t payment, trail_error *err)
{
    uint8_t turns = pass->plan->turns[payment];
    int64_t amount_minor = pass->plan->ledger->amount_minor[payment];
    trail_parts_reset(&pass->parts);
    pass->parts.keep_places = (turns & TRAIL_PLAN_RETURNED) != 0;
    trail_status status = take(pass, payment, amount_minor, err);
    if (status == TRAIL_OK && (turns & TRAIL_PLAN_MARKED) != 0)
        status = apply_marks(pass, payment, amount_minor, err);
    if (status == TRAIL_OK) status = trail_pass_record(pass, payment, err);
    if (status == TRAIL_OK && (turns & TRAIL_PLAN_RETURNED) != 0)
        status = keep_for_return(pass, payment, err);
    if (status != TRAIL_OK) return status;
    if (pass->plan->payee_pocket[payment] == TRAIL_NO_POCKET)
        status = trail_pass_leave(pass, payment, err);
    else if ((turns & TRAIL_PLAN_TWO_RECORDS) != 0)
        status = set_out(pass, payment, err);
    else
        status = trail_pass_arrive(pass, payment, err);
    if (status == TRAIL_OK && payment == pass->plan->last_partial &&
        pass->rule->keeping == TRAIL_KEEP_BLEND)
        status = stop_keeping_order(pass, err);
    return status;
}

/* A credit whose debit no record shows: unknown (interest: clean), the marked part on top. */
static trail_status appear(trail_pass *pass, uint32_t payment, trail_error *err)
{
    const trail_ledger *ledger = pass->plan->ledger;
    const trail_credit_side *side = trail_ledger_credit_side(ledger, payment);
    int64_t sent_minor = ledger->amount_minor[payment];
    int64_t amount_minor = side != NULL ? side->amount_minor : sent_minor;
    uint8_t kind = side != NULL ? side->kind : ledger->kind[payment];
    trail_parts_reset(&pass->parts);
    trail_status status = trail_parts_add(
        &pass->parts, amount_minor,
        kind == TRAIL_KIND_INTEREST ? TRAIL_UNITS_CLEAN : TRAIL_UNITS_UNKNOWN, 0, err);
    if (status == TRAIL_OK && (pass->plan->turns[payment] & TRAIL_PLAN_MARKED) != 0)
        status = apply_marks(pass, payment, amount_minor, err);
    if (status == TRAIL_OK) status = trail_pass_record(pass, payment, err);
    if (status != TRAIL_OK) return status;
    for (size_t i = 0; side != NULL && i < pass->row_count; i++) {
        trail_traced_payment *row = trail_vector_at(&pass->rows, pass->first_row + i);
        row->left_minor = trail_mul_div_half_up(sent_minor, row->entered_minor, amount_minor);
    }
    uint32_t pocket = pass->plan->payee_pocket[payment];
    if (pocket != TRAIL_NO_POCKET) return trail_pass_credit(pass, pocket, &pass->parts, err);
    trail_holding place = trail_pass_exit(pass, payment);
    if (side != NULL) place.currency = side->currency;
    return trail_pass_rest(pass, &pass->parts, 1, place, err);
}

trail_status trail_pass_event(trail_pass *pass, uint32_t event, trail_error *err)
{
    const trail_plan *plan = pass->plan;
    uint32_t payment = event >> 1;
    uint8_t turns = plan->turns[payment];
    bool two = (turns & TRAIL_PLAN_TWO_RECORDS) != 0, later = two && (event & 1) != 0;
    bool arrives = plan->payee_pocket[payment] != TRAIL_NO_POCKET;
    if (plan->payer_pocket[payment] != TRAIL_NO_POCKET) {
        if (later) return arrives ? come_in(pass, payment, err) : TRAIL_OK;
        return depart(pass, payment, err);
    }
    if (two && !later) return TRAIL_OK; /* only its credit is on an observed account */
    if ((turns & TRAIL_PLAN_RETURNING) != 0) return trail_pass_give_back(pass, payment, err);
    bool void_pair =
        (plan->ledger->flags[payment] & TRAIL_VOID) != 0 || (turns & TRAIL_PLAN_NEVER_WAS) != 0;
    bool moves = arrives || ((turns & TRAIL_PLAN_MARKED) != 0 && !void_pair);
    return moves ? appear(pass, payment, err) : TRAIL_OK;
}

void trail_pass_prefetch(const trail_pass *pass, uint32_t event)
{
    uint32_t payment = event >> 1;
    uint32_t payer = pass->plan->payer_pocket[payment];
    uint32_t payee = pass->plan->payee_pocket[payment];
    if (payer != TRAIL_NO_POCKET) TRAIL_PREFETCH(&pass->pockets[payer]);
    if (payee != TRAIL_NO_POCKET) TRAIL_PREFETCH(&pass->pockets[payee]);
}

static trail_status finish_pocket(trail_pass *pass, size_t index, trail_error *err)
{
    const trail_pocket_plan *planned = trail_vector_at(&pass->plan->pockets, index);
    const trail_pocket *pocket = &pass->pockets[index];
    int64_t sum_minor = 0;
    for (unsigned i = 0; i < TRAIL_LENGTH_OF(pocket->lanes); i++) {
        const trail_lane *lane = &pocket->lanes[i];
        for (uint32_t k = 0; k < lane->count; k++) {
            const trail_layer *layer = trail_lane_at(lane, k);
            sum_minor += layer->amount_minor;
            if (layer->origin < TRAIL_FIRST_SOURCE) continue;
            trail_holding place = {.proceeds = (uint16_t)(layer->origin - TRAIL_FIRST_SOURCE),
                                   .currency = planned->currency,
                                   .where = TRAIL_RESTING_ACCOUNT,
                                   .account = planned->account,
                                   .amount_minor = layer->amount_minor};
            trail_status status = trail_tally_add(&pass->tally, &place, err);
            if (status != TRAIL_OK) return status;
        }
    }
    if (sum_minor == (pocket->balance_minor > 0 ? pocket->balance_minor : 0)) return TRAIL_OK;
    trail_slice number = trail_accounts_number(pass->plan->ledger->accounts, planned->account);
    return trail_fail(err, TRAIL_INTERNAL,
                      "rule %s, account %.*s: layers hold %lld minor units, the balance is %lld",
                      pass->rule->name, (int)number.length, number.start, (long long)sum_minor,
                      (long long)pocket->balance_minor);
}

trail_status trail_pass_finish(trail_pass *pass, trail_error *err)
{
    trail_status status = TRAIL_OK;
    for (size_t i = 0; i < pass->plan->pockets.count && status == TRAIL_OK; i++)
        status = finish_pocket(pass, i, err);
    const trail_ledger *ledger = pass->plan->ledger;
    const trail_credit_side *sides = ledger->credit_sides.items;
    for (size_t i = 0; i < ledger->credit_sides.count && status == TRAIL_OK; i++) {
        trail_holding place = {.currency = ledger->currency[sides[i].payment],
                               .where = TRAIL_RESTING_TRANSIT,
                               .account = ledger->payee[sides[i].payment]};
        status = trail_pass_rest(pass, &pass->transits[i].parts, 1, place, err);
    }
    return status;
}
