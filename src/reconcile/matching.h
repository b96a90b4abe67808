/* One payment, many records: legs that two banks show, and messages about them, become one payment
 * (formats 15). A pair is joined only when it is decided, certain, probable or interchangeable; all
 * else stays apart and is listed, with the totals that could hold it twice. */
#ifndef TRAIL_RECONCILE_MATCHING_H
#define TRAIL_RECONCILE_MATCHING_H

#include <moneytrail/error.h>

#include "base/vector.h"
#include "evidence/decision.h"
#include "model/ledger.h"
#include "reconcile/charges.h"
#include "reconcile/match_class.h"
#include "reconcile/match_weights.h"
#include "reconcile/possible_double.h"
#include "reconcile/rates.h"

typedef struct trail_match {
    uint32_t payment;    /* the joined one; where ambiguous, the debit's */
    uint32_t other;      /* ambiguous: the credit's payment; else TRAIL_NO_PAYMENT */
    uint8_t match_class; /* trail_match_class */
    bool scored;         /* addends and score say something: not for decisions and messages alone */
    int32_t addends[TRAIL_MATCH_ADDEND_COUNT];
    int32_t score, rival; /* thousandths of a bit; TRAIL_NO_RIVAL */
    trail_amount_story story;
} trail_match;

typedef struct trail_matching {
    size_t paired;                            /* payments made of two entries */
    trail_vector doubles;                     /* of trail_possible_double, in payment order */
    trail_vector matches;                     /* of trail_match, by (payment, other) */
    uint64_t counts[TRAIL_MATCH_CLASS_COUNT]; /* payments; of ambiguous ones candidates */
    uint64_t candidates, capped;              /* pairs compared; looks of a leg that met the cap */
    size_t message_only, expected_absent;
} trail_matching;

typedef struct trail_matching_options {
    const trail_rates *rates;           /* or NULL */
    trail_decisions *decisions;         /* or NULL; outcomes of pairs are set */
    const uint8_t *key;                 /* the case key, needed for decisions */
    const trail_vector *message_copies; /* of trail_copy (duplicates.h), or NULL */
} trail_matching_options;

/* Settled accounts and observations needed; options may be NULL. Joins entries in place, count
 * shrinks, messages that no leg shows are added. O(n log n + candidates). */
trail_status trail_match_payments(trail_ledger *ledger, const trail_matching_options *options,
                                  trail_matching *matching, trail_error *err) TRAIL_MUST_CHECK;
/* Follows payments into their new order. moved[old] = new. */
trail_status trail_matching_move(trail_matching *matching, const uint32_t *moved,
                                 trail_error *err) TRAIL_MUST_CHECK;
/* Puts matches and doubles into payment order, after doubles were added. */
trail_status trail_matching_sort(trail_matching *matching, trail_error *err) TRAIL_MUST_CHECK;
void trail_matching_clear(trail_matching *matching);

/* The first match of a payment, NULL if none. O(log n). */
const trail_match *trail_matching_find(const trail_matching *matching, uint32_t payment);
/* The class of any payment: a transfer row has none, "". */
const char *trail_matching_class(const trail_matching *matching, const trail_ledger *ledger,
                                 uint32_t payment);

#endif
