#include "reconcile/match_weights.h"

#include <stddef.h>

#include "base/attributes.h"

/* Source: the trial of the scored leg matching (synthetic replies of several banks): the signs and
 * sizes of Fellegi and Sunter's (1969) agreement weights, rounded. Populations keep small cases
 * sane: two legs of 500.00 in a case of ten rows are no evidence of 14 bits. Version 2: the prior
 * follows how many legs stand within the days looked at, and an account's bits how many of them are
 * its own; version 1 had a fixed prior of 17 bits, by which pairs at 0 bits were true 98 times in
 * 100. At 6 bits chance alone is right 1 time in 65; what such pairs are in invented replies stands
 * in bench/results; small cases, whose frequencies are guessed, are held to more. */
const trail_match_weights trail_weights = {
    .version = TRAIL_MATCH_VERSION,
    .uetr_equal = 40000,
    .reference_most = 24000,
    .reference_differs = -6000,
    .reference_other = -1000,
    .reference_strong = 18000,
    .message_uetr = 40000,
    .message_reference = 20000,
    .message_accounts = 8000,
    .around_least = 11500,
    .account_contradicts = -8000,
    .name_equal = 8000,
    .name_near = 4000,
    .name_differs = -5000,
    .amount_most = 14000,
    .charge_undeclared = 4000,
    .amount_unexplained = -12000,
    .rate_near = 2000,
    .rate_unknown = -6000,
    .lag = {-6000, 2000, 700, -900, -1600, -3900, -3900},
    .prior = -1000,
    .small_case = 512,
    .needed = 6000,
    .needed_by_names = 10000,
    .margin = 3000,
    .reference_times = 20,
    .reference_population = 22,
    .name_equal_permille = 920,
    .name_near_permille = 800,
    .name_differs_permille = 500,
    .charge_units = 50,
    .charge_permille = 20,
    .rate_permille = 20,
    .candidates_a_leg = 24,
};

const char *trail_match_addend_name(trail_match_addend addend)
{
    static const char *const names[TRAIL_MATCH_ADDEND_COUNT] = {
        "uetr",       "reference", "message", "payee_account", "payer_account", "payee_name",
        "payer_name", "amount",    "charge",  "rate",          "lag",           "prior",
    };
    return names[addend];
}

/* Whole bits by shifting, the fraction by squaring: each square's overflow past 2 is the next
 * binary digit. Twelve digits are more than a thousandth. */
int32_t trail_log2_millibits(uint64_t value)
{
    if (value == 0) return 0;
    unsigned whole = 0;
    while (whole < 63 && (value >> whole) > 1)
        whole++;
    uint64_t mantissa = whole <= 31 ? value << (31 - whole) : value >> (whole - 31);
    uint32_t fraction = 0;
    for (unsigned digit = 0; digit < 12; digit++) {
        mantissa = mantissa * mantissa >> 31;
        fraction <<= 1;
        if (mantissa >> 32 != 0) {
            mantissa >>= 1;
            fraction |= 1;
        }
    }
    return (int32_t)(whole * 1000 + (fraction * 1000 >> 12));
}

int64_t trail_amount_population(int64_t amount_minor, unsigned exponent)
{
    static const struct {
        int64_t units, population;
    } round[] = {{1000, 1 << 8}, {100, 1 << 9}, {10, 1 << 11}, {1, 1 << 12}};
    int64_t unit = 1;
    for (unsigned i = 0; i < exponent; i++)
        unit *= 10;
    for (size_t i = 0; i < TRAIL_LENGTH_OF(round); i++) {
        if (amount_minor % (unit * round[i].units) == 0) return round[i].population;
    }
    return 1 << 14;
}
