/* Interned byte strings: each distinct string has one dense id, in order of first arrival.
 * Id 0 is the empty string from the start. The hot path takes hashes and prefetches in batches:
 * hash 32 keys, prefetch their slots, then their entries, then put them. O(1) expected; about
 * (bytes + 15 + 8/load) a string, load 0.3 to 0.6. Not thread-safe for writing. */
#ifndef TRAIL_BASE_STRINGS_H
#define TRAIL_BASE_STRINGS_H

#include <stdint.h>

#include <moneytrail/error.h>

#include "base/text.h"

typedef struct trail_strings trail_strings;

trail_status trail_strings_new(trail_strings **out, trail_error *err) TRAIL_MUST_CHECK;
void trail_strings_free(trail_strings *strings);

uint64_t trail_strings_hash(trail_slice key); /* the same on every machine */
void trail_strings_prefetch(const trail_strings *strings, uint64_t hash);
/* After trail_strings_prefetch had time to arrive: asks for the stored string as well. */
void trail_strings_prefetch_entry(const trail_strings *strings, uint64_t hash);
trail_status trail_strings_put(trail_strings *strings, trail_slice key, uint32_t *id,
                               trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_strings_put_hashed(trail_strings *strings, trail_slice key, uint64_t hash,
                                      uint32_t *id, trail_error *err) TRAIL_MUST_CHECK;
/* UINT32_MAX when the key was never put. */
uint32_t trail_strings_find(const trail_strings *strings, trail_slice key);
/* The string of an id: borrowed, NUL-terminated, valid until the next put. */
trail_slice trail_strings_get(const trail_strings *strings, uint32_t id);
uint32_t trail_strings_count(const trail_strings *strings);

#endif
