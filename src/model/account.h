/* Accounts: the nodes. A key is a valid IBAN alone, or (bank, number); number = letters and digits
 * as written, upper case, zeros kept. When the table is settled, a number without a bank joins the
 * only account of that number that has a bank, and a national number at a named bank the IBAN made
 * of both if that stands in the case. Numbers shown in part ("****5001") join nothing. What may be
 * one and was left apart is listed, never merged (model/account_same.h). */
#ifndef TRAIL_MODEL_ACCOUNT_H
#define TRAIL_MODEL_ACCOUNT_H

#include <stdbool.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/strings.h"
#include "base/vector.h"
#include "model/iban.h"

#define TRAIL_NO_ACCOUNT UINT32_MAX

typedef struct trail_accounts trail_accounts;

trail_status trail_accounts_new(trail_accounts **out, trail_error *err) TRAIL_MUST_CHECK;
void trail_accounts_free(trail_accounts *accounts);

/* Appends the key of (bank, number as written) to `key`: "IBAN" alone, or "BANK\x1fNUMBER" (no
 * bank: "\x1fNUMBER"). A leading + before digits alone (a telephone number) stays, and so do the
 * stars and dots of a number shown in part. "70090100/1234567" names its bank. False when the
 * number has no letter or digit, or is over 200 bytes. */
#define TRAIL_ACCOUNT_KEY_LIMIT 512
#define TRAIL_ACCOUNT_BANK_END  '\x1f' /* an IBAN's key has none */
bool trail_account_key(trail_slice bank, trail_slice number, char key[TRAIL_ACCOUNT_KEY_LIMIT],
                       size_t *length);
/* Puts a key made by trail_account_key; `hash` is trail_strings_hash of it (so that callers can
 * hash and prefetch in batches). */
trail_status trail_accounts_put(trail_accounts *accounts, trail_slice key, uint64_t hash,
                                uint32_t *account, trail_error *err) TRAIL_MUST_CHECK;
void trail_accounts_prefetch(const trail_accounts *accounts, uint64_t hash);
/* After trail_accounts_prefetch had time to arrive: asks for the stored key as well. */
void trail_accounts_prefetch_entry(const trail_accounts *accounts, uint64_t hash);
/* By bank (may be empty) and number as written, settled: UINT32_MAX if none; a number without
 * bank finds the only account of that number, one with a bank also the only account of that number
 * if the records name no bank for it. */
uint32_t trail_accounts_find(const trail_accounts *accounts, trail_slice bank, trail_slice number);

uint32_t trail_accounts_count(const trail_accounts *accounts);
trail_slice trail_accounts_key(const trail_accounts *accounts, uint32_t account);
trail_slice trail_accounts_number(const trail_accounts *accounts, uint32_t account);
trail_slice trail_accounts_bank(const trail_accounts *accounts, uint32_t account); /* "" if none */
bool trail_accounts_is_iban(const trail_accounts *accounts, uint32_t account);
/* Two letters: an IBAN's first two, or a BIC-shaped bank's fifth and sixth; "" if unknown. */
trail_slice trail_accounts_country(const trail_accounts *accounts, uint32_t account);

/* Settles numbers without bank and orders accounts by key: *renumber (count before, trail_free)
 * maps old numbers to new ones; accounts are then in key order. Call once, after reading. */
trail_status trail_accounts_settle(trail_accounts *accounts, uint32_t **renumber,
                                   trail_error *err) TRAIL_MUST_CHECK;

/* A number of a key that was joined to an IBAN's account on settling; by key. */
typedef struct trail_joined_number {
    uint32_t account;
    trail_slice bank, number;
} trail_joined_number;
uint32_t trail_accounts_joined_count(const trail_accounts *accounts);
trail_joined_number trail_accounts_joined(const trail_accounts *accounts, uint32_t index);

/* The account at this place of the order by (number, bank). Settled accounts only. */
uint32_t trail_accounts_by_number(const trail_accounts *accounts, uint32_t place);

/* Is a number (as in a key) shown in part: "****5001", "XXXX5001", "DE12…5001"? And which parts. */
bool trail_number_is_masked(trail_slice number);
bool trail_number_shown(trail_slice number, trail_slice *before, trail_slice *behind);

/* Rank of each account's number among all distinct numbers, bytewise: equal numbers share one. To
 * compare numbers without touching their text; *ranks is trail_free'd. Settled accounts only. */
trail_status trail_accounts_number_ranks(const trail_accounts *accounts, uint32_t **ranks,
                                         trail_error *err) TRAIL_MUST_CHECK;

#endif
