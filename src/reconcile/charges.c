#include "reconcile/charges.h"

#include "base/wide.h"
#include "model/calendar.h"
#include "reconcile/match_weights.h"

static int64_t charges_in(const trail_wire *wire, trail_currency currency)
{
    bool same = wire->charges_currency == TRAIL_NO_CURRENCY || wire->charges_currency == currency;
    return same ? wire->charges_minor : 0;
}

static int64_t receiver_charges_in(const trail_wire *wire, trail_currency currency)
{
    bool same = wire->charges_currency == TRAIL_NO_CURRENCY || wire->charges_currency == currency;
    return same ? wire->receiver_charges_minor : 0;
}

/* Is `difference` a charge that the wires state: of one wire, its two kinds alone or together, or
 * the sum over all wires. */
static bool states_charge(const trail_wire *const *wires, size_t count, trail_currency currency,
                          int64_t difference)
{
    int64_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        if (wires[i] == NULL) continue;
        int64_t sent = charges_in(wires[i], currency), both = 0;
        int64_t received = receiver_charges_in(wires[i], currency);
        if (!trail_add_checked(sent, received, &both) || !trail_add_checked(sum, both, &sum))
            return false;
        if (difference == sent || difference == received || difference == both) return true;
    }
    return difference == sum;
}

/* A wire that gives the other side's own amount (33B, OCMT) ties both amounts together. */
static bool states_amount(const trail_wire *const *wires, size_t count, trail_amount_side side)
{
    for (size_t i = 0; i < count; i++) {
        if (wires[i] != NULL && wires[i]->instructed_currency == side.currency &&
            wires[i]->instructed_minor == side.minor)
            return true;
    }
    return false;
}

static trail_wide power_of_ten(unsigned exponent)
{
    trail_wide power = 1;
    for (unsigned i = 0; i < exponent; i++)
        power *= 10;
    return power;
}

/* minor x mantissa / 10^scale in the other currency's units, half up; false when it is no int64. */
static bool at_rate(int64_t minor, trail_currency from, trail_currency to, int64_t mantissa,
                    unsigned scale, int64_t *out)
{
    trail_wide above = (trail_wide)minor * mantissa, below = power_of_ten(scale);
    unsigned from_exponent = trail_currency_exponent(from),
             to_exponent = trail_currency_exponent(to);
    if (to_exponent > from_exponent) {
        trail_wide power = power_of_ten(to_exponent - from_exponent);
        if (above > (trail_wide)INT64_MAX * INT64_MAX / power) return false;
        above *= power;
    } else {
        below *= power_of_ten(from_exponent - to_exponent);
    }
    trail_wide result = (above + below / 2) / below;
    if (result > INT64_MAX) return false;
    *out = (int64_t)result;
    return true;
}

/* The stated rate, as units of the credit's currency for one of the debit's or the other way. */
static bool states_rate(const trail_wire *const *wires, size_t count, trail_amount_side debit,
                        trail_amount_side credit, trail_amount_story *story)
{
    for (size_t i = 0; i < count; i++) {
        const trail_wire *wire = wires[i];
        int64_t converted;
        if (wire == NULL || wire->rate_mantissa <= 0 || wire->rate_scale > 18) continue;
        story->rate_mantissa = wire->rate_mantissa;
        story->rate_scale = wire->rate_scale;
        if (at_rate(debit.minor, debit.currency, credit.currency, wire->rate_mantissa,
                    wire->rate_scale, &converted)) {
            int64_t charge = converted - credit.minor;
            story->charge_minor = charge > 1 ? charge : 0;
            if ((charge >= -1 && charge <= 1) ||
                (charge > 0 && states_charge(wires, count, credit.currency, charge)))
                return true;
        }
        if (at_rate(credit.minor, credit.currency, debit.currency, wire->rate_mantissa,
                    wire->rate_scale, &converted)) {
            int64_t charge = debit.minor - converted;
            story->charge_minor = charge > 1 ? charge : 0;
            if ((charge >= -1 && charge <= 1) ||
                (charge > 0 && states_charge(wires, count, debit.currency, charge)))
                return true;
        }
    }
    story->rate_mantissa = 0;
    story->charge_minor = 0;
    return false;
}

static bool is_usual_charge(trail_amount_side debit, int64_t charge)
{
    unsigned exponent = trail_currency_exponent(debit.currency);
    int64_t units = (int64_t)power_of_ten(exponent < 2 ? 2 : exponent);
    trail_wide share = (trail_wide)debit.minor * trail_weights.charge_permille / 1000;
    trail_wide ceiling = (trail_wide)units * trail_weights.charge_units;
    if (share > ceiling) ceiling = share;
    return charge > 0 && charge <= ceiling && charge <= debit.minor / 4;
}

static trail_amount_link link_of_rates(trail_amount_side debit, trail_amount_side credit,
                                       const trail_rates *rates, trail_amount_story *story)
{
    if (!trail_rates_convert(rates, debit.minor, debit.currency, credit.currency, debit.day,
                             &story->expected_minor, &story->rate_day)) {
        story->rate_day = TRAIL_NO_DAY;
        return TRAIL_AMOUNTS_RATE_UNKNOWN;
    }
    trail_wide off = (trail_wide)credit.minor - story->expected_minor;
    if (off < 0) off = -off;
    return off * 1000 <= (trail_wide)story->expected_minor * trail_weights.rate_permille
               ? TRAIL_AMOUNTS_RATE_NEAR
               : TRAIL_AMOUNTS_UNEXPLAINED;
}

trail_amount_story trail_charges_explain(trail_amount_side debit, trail_amount_side credit,
                                         const trail_wire *const *wires, size_t wire_count,
                                         const trail_rates *rates)
{
    trail_amount_story story = {.link = TRAIL_AMOUNTS_UNEXPLAINED, .rate_day = TRAIL_NO_DAY};
    if (debit.currency == credit.currency) {
        int64_t difference = debit.minor - credit.minor;
        story.charge_minor = difference;
        if (difference == 0)
            story.link = TRAIL_AMOUNTS_EQUAL;
        else if (difference > 0 &&
                 (states_charge(wires, wire_count, debit.currency, difference) ||
                  (states_amount(wires, wire_count, debit) && is_usual_charge(debit, difference))))
            story.link = TRAIL_AMOUNTS_CHARGE_STATED;
        else if (is_usual_charge(debit, difference))
            story.link = TRAIL_AMOUNTS_CHARGE;
        return story;
    }
    if (states_rate(wires, wire_count, debit, credit, &story) ||
        states_amount(wires, wire_count, debit))
        story.link = TRAIL_AMOUNTS_RATE_STATED;
    else
        story.link = link_of_rates(debit, credit, rates, &story);
    return story;
}
