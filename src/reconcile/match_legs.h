/* The legs that may find a partner: every entry with one side only that nothing took back. Legs
 * stand in the order of their content (day, amount, currency, accounts, time, texts, evidence), so
 * that a leg's place is a tie-break that no file name, file order or thread can change. */
#ifndef TRAIL_RECONCILE_MATCH_LEGS_H
#define TRAIL_RECONCILE_MATCH_LEGS_H

#include <stdbool.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/vector.h"
#include "model/ledger.h"

#define TRAIL_LEG_REFERENCES 4
#define TRAIL_NO_LEG         UINT32_MAX

typedef struct trail_match_leg {
    uint32_t entry;
    uint32_t own;                  /* own account */
    uint32_t other;                /* counterparty, TRAIL_NO_ACCOUNT; its message may name it */
    uint32_t own_name, other_name; /* string ids, 0 = none */
    uint32_t uetr;                 /* string id, 0 = none */
    uint32_t references[TRAIL_LEG_REFERENCES]; /* string ids */
    int64_t amount_minor;
    int32_t day, value_day, second;
    trail_currency currency;
    bool credit;
    uint32_t twin; /* place of the first leg equal in both accounts, amount, currency, day */
    uint32_t amount_times; /* legs of this side with this amount and currency */
    uint32_t own_times;    /* legs of this side of its own account */
    uint32_t message;      /* place of its message among the transfers told, TRAIL_NO_LEG */
    uint8_t message_tie;   /* trail_message_tie */
    bool end_to_end;       /* references[0] is the parties' own, which no bank may change */
} trail_match_leg;

typedef struct trail_match_legs {
    trail_match_leg *legs;
    uint32_t count;
    uint32_t debit_count, credit_count;
    uint32_t days;             /* from the first leg to the last */
    uint32_t *reference_times; /* by string id: how many legs bear the reference */
    uint32_t string_count;
} trail_match_legs;

/* Settled accounts needed. O(n log n). */
trail_status trail_match_legs_make(trail_match_legs *legs, const trail_ledger *ledger,
                                   trail_error *err) TRAIL_MUST_CHECK;
void trail_match_legs_clear(trail_match_legs *legs);

/* True for texts that stand where a reference could and name no payment: NOTPROVIDED, NONREF, -. */
bool trail_reference_says_nothing(trail_slice reference);
/* A reference borne by both that may join them: the one borne by the fewest legs; 0 if none. */
uint32_t trail_match_legs_shared(const trail_match_legs *legs, const trail_match_leg *debit,
                                 const trail_match_leg *credit);
/* True when so many legs bear it that it names no single payment. */
bool trail_match_legs_common(const trail_match_legs *legs, uint32_t reference);

#endif
