/* Why two legs of one payment differ in amount: a charge that a record states (71F, 71G, Chrgs,
 * CHGS, 33B, OCMT), a rate that it states (36, XchgRate), a charge nobody states, or another
 * currency at about the reference rate. Exact integers; a stated charge counts as equal. */
#ifndef TRAIL_RECONCILE_CHARGES_H
#define TRAIL_RECONCILE_CHARGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/wire.h"
#include "reconcile/rates.h"

typedef enum trail_amount_link {
    TRAIL_AMOUNTS_EQUAL = 0,
    TRAIL_AMOUNTS_CHARGE_STATED, /* the difference is what a record states */
    TRAIL_AMOUNTS_RATE_STATED,   /* the rate, or both amounts, are stated */
    TRAIL_AMOUNTS_CHARGE,        /* the credit is less by no more than a usual charge */
    TRAIL_AMOUNTS_RATE_NEAR,     /* within the weights' share of the reference rate */
    TRAIL_AMOUNTS_RATE_UNKNOWN,  /* two currencies and no rate to hold them against */
    TRAIL_AMOUNTS_UNEXPLAINED
} trail_amount_link;

typedef struct trail_amount_side {
    int64_t minor;
    trail_currency currency;
    int32_t day;
} trail_amount_side;

typedef struct trail_amount_story {
    trail_amount_link link;
    int64_t charge_minor;   /* of the debit's currency, or the credit's after a stated rate */
    int64_t expected_minor; /* the debit at the reference rate */
    int32_t rate_day;       /* TRAIL_NO_DAY: no reference rate */
    int64_t rate_mantissa;  /* the stated rate, 0 if none */
    uint8_t rate_scale;
} trail_amount_story;

/* wires: what records of the debit, of the credit and messages of both say; some may be NULL. */
trail_amount_story trail_charges_explain(trail_amount_side debit, trail_amount_side credit,
                                         const trail_wire *const *wires, size_t wire_count,
                                         const trail_rates *rates);

#endif
