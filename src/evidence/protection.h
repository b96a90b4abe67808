/* Protected people: their declared names and accounts are replaced in every output (model section
 * 12). One object, built once, asked by every writer. Thread-safe for reading. */
#ifndef TRAIL_EVIDENCE_PROTECTION_H
#define TRAIL_EVIDENCE_PROTECTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/text.h"
#include "evidence/people.h"
#include "model/ledger.h"
#include "model/published_id.h"

typedef struct trail_protection trail_protection;

/* `internal`: nothing is replaced (run --internal, logged). The ledger may be NULL (before
 * reading); then accounts are matched by number only. */
trail_status trail_protection_new(trail_protection **out, const trail_people *people,
                                  const trail_ledger *ledger,
                                  const uint8_t key[TRAIL_CASE_KEY_SIZE], bool internal,
                                  trail_error *err) TRAIL_MUST_CHECK;
void trail_protection_free(trail_protection *protection);

/* Appends `text` made printable, with protected names (whole words, folded, also joined) and
 * account numbers (whole tokens of >= 6 characters, or any length beside the person's name)
 * replaced by pseudonyms. Use it for every piece of text that comes from evidence or the case file.
 */
trail_status trail_protect_text(const trail_protection *protection, trail_slice text,
                                trail_text *out, trail_error *err) TRAIL_MUST_CHECK;
/* Appends an account-number field: "V-xxxxxxxx/n" if it is a protected account, else as it is. */
trail_status trail_protect_number(const trail_protection *protection, trail_slice number,
                                  trail_text *out, trail_error *err) TRAIL_MUST_CHECK;
/* "V-xxxxxxxx/n" for a protected person's account in the ledger, else NULL. */
const char *trail_protect_account(const trail_protection *protection, uint32_t account);
/* "V-xxxxxxxx" (letter by role: V victim, P possible victim, W witness) for a protected person
 * (index in trail_people), else NULL. */
const char *trail_protect_person(const trail_protection *protection, uint32_t person);
/* A received file's citation: its name, or "F-" + 12 hex digits of its hash if the name holds a
 * protected name. */
trail_status trail_protect_file(const trail_protection *protection, const char *name,
                                const uint8_t hash[TRAIL_DIGEST_SIZE], trail_text *out,
                                trail_error *err) TRAIL_MUST_CHECK;
size_t trail_protection_count(const trail_protection *protection);
/* "Protected: n declared people. Anyone not declared is named in full. Working copy, not for
 * disclosure." — stands in every output. */
const char *trail_protection_notice(const trail_protection *protection);
/* Adds a sentence (protected like any text) behind the notice, for outputs that have one line on
 * top and nowhere else to say it. */
trail_status trail_protection_add_heading(trail_protection *protection, trail_slice sentence,
                                          trail_error *err) TRAIL_MUST_CHECK;
/* The notice and these sentences. */
const char *trail_protection_heading(const trail_protection *protection);

#endif
