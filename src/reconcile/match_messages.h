/* What payment messages tell: the transfers they speak of, each with all its messages (a customer's
 * message, copies of it, its cover), and the legs that show it. The cover of an MT103 is the same
 * money: it never makes a second payment. */
#ifndef TRAIL_RECONCILE_MATCH_MESSAGES_H
#define TRAIL_RECONCILE_MATCH_MESSAGES_H

#include <moneytrail/error.h>

#include "base/vector.h"
#include "reconcile/match_legs.h"
#include "reconcile/rates.h"

#define TRAIL_TOLD_WIRES 4

typedef struct trail_told_transfer {
    uint32_t lead;          /* index in ledger->messages: the customer's message, else the cover */
    uint32_t first, count;  /* in members */
    uint32_t debit, credit; /* places of legs, TRAIL_NO_LEG */
} trail_told_transfer;

typedef struct trail_told {
    trail_vector transfers; /* of trail_told_transfer, in the order of their leads' content */
    uint32_t *members;      /* indices in ledger->messages */
} trail_told;

/* Joins messages among themselves and to legs: those of a file that was received twice (`copies`,
 * of trail_copy, or NULL), by UETR, else by reference, amount and date, else by both accounts,
 * amount and value date. Legs get `message` and what they do not say themselves: counterparty and
 * its name. O(n log n). */
trail_status trail_told_make(trail_told *told, const trail_ledger *ledger, trail_match_legs *legs,
                             const trail_vector *copies, trail_error *err) TRAIL_MUST_CHECK;
void trail_told_clear(trail_told *told);

/* Wires of up to TRAIL_TOLD_WIRES messages of a transfer; places beyond stay as they are. */
void trail_told_wires(const trail_told *told, const trail_ledger *ledger, uint32_t transfer,
                      const trail_wire **wires);

#endif
