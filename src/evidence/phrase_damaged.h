/* Names in text where some characters could not be decoded and became U+FFFD: "M?ller". */
#ifndef TRAIL_EVIDENCE_PHRASE_DAMAGED_H
#define TRAIL_EVIDENCE_PHRASE_DAMAGED_H

#include "evidence/phrase_index.h"

#define TRAIL_DAMAGED_CHARACTER 0xFFFDu

/* Appends the places where a name stands if each U+FFFD is taken for one of its letters or for
 * none; at least half of the letters must be readable, and at least two. Names of up to 63 letters.
 */
trail_status trail_phrase_find_damaged(const trail_phrase_index *index, trail_slice text,
                                       trail_vector *matches, trail_error *err) TRAIL_MUST_CHECK;

#endif
