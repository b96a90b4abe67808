/* Published ids: HMAC-SHA-256 under the case key of content, 128 bits (model section 9). An
 * account's is of its key; a leg's of its content key; a payment's is its debit leg's, else its
 * credit leg's, and the other leg's stays a valid alias. */
#ifndef TRAIL_MODEL_PUBLISHED_ID_H
#define TRAIL_MODEL_PUBLISHED_ID_H

#include <stdint.h>

#include <moneytrail/error.h>

#include "base/digest.h"
#include "model/ledger.h"

#define TRAIL_ID_SIZE       16
#define TRAIL_ID_TEXT       (2 * TRAIL_ID_SIZE + 2) /* letter, 32 hex digits, NUL */
#define TRAIL_CASE_KEY_SIZE 32

typedef struct trail_id {
    uint8_t bytes[TRAIL_ID_SIZE];
} trail_id;

/* Another id of a payment: one of its records would have it alone (the same data in another
 * format). */
typedef struct trail_id_alias {
    trail_id id;
    uint32_t payment;
} trail_id_alias;

typedef struct trail_published_ids {
    trail_id *accounts;     /* by account number */
    trail_id *payments;     /* by payment */
    trail_id *credit_alias; /* by payment: the credit leg's id (all zero if it is the payment's) */
    trail_vector aliases;   /* of trail_id_alias, in payment order, debits before credits */
} trail_published_ids;

/* O(n) HMACs; needs a finished ledger. A leg's id is the smallest of those that its records' own
 * words give, so that a record in another format that comes later leaves the id or its alias. */
trail_status trail_published_ids_make(trail_published_ids *ids, const trail_ledger *ledger,
                                      const uint8_t key[TRAIL_CASE_KEY_SIZE],
                                      trail_error *err) TRAIL_MUST_CHECK;
void trail_published_ids_clear(trail_published_ids *ids);

/* Ids of the legs of one-sided entries in the given order, before they are joined: what the ids of
 * their payments, or the aliases, will be. Twins are numbered in that order. O(count) HMACs. */
trail_status trail_leg_ids_make(trail_id *ids, const trail_ledger *ledger, const uint32_t *entries,
                                size_t count, const uint8_t key[TRAIL_CASE_KEY_SIZE],
                                trail_error *err) TRAIL_MUST_CHECK;

/* letter 'a', 't', 'f', 'x', 'p' + 32 hex digits. */
void trail_id_text(char letter, const trail_id *id, char text[TRAIL_ID_TEXT]);
/* The id of any other thing: HMAC of length-prefixed parts. */
trail_status trail_id_of(trail_hmac *hmac, const trail_slice *parts, size_t part_count,
                         trail_id *id, trail_error *err) TRAIL_MUST_CHECK;

/* The content key of one leg, unkeyed: (own account, booking date, signed amount, currency, bank
 * reference, counterparty, folded text), length-prefixed, appended to `key`; the occurrence number
 * is added by the caller. credit: the credit leg. */
trail_status trail_content_key(const trail_ledger *ledger, uint32_t payment, bool credit,
                               trail_text *key, trail_error *err) TRAIL_MUST_CHECK;

#endif
