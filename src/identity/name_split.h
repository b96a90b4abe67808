/* A folded name cut into words. */
#ifndef TRAIL_IDENTITY_NAME_SPLIT_H
#define TRAIL_IDENTITY_NAME_SPLIT_H

#include <stdbool.h>

#include "base/text.h"
#include "base/unicode_letters.h"

#define TRAIL_SPLIT_LIMIT 32

typedef struct trail_split_word {
    trail_slice letters; /* letters and digits only */
    bool joins;          /* & or +: no letters, read as "and" */
} trail_split_word;

/* The kind of a letter of folded text: trail_letter_bare's, with a short way for ASCII. */
trail_letter_kind trail_folded_letter_kind(uint32_t letter);
/* Cuts at blanks and punctuation, not at apostrophes; what is no letter (apostrophes, vowel points)
 * leaves the text, which the words point into. Words past the limit are left out. */
void trail_name_split(trail_text *folded, trail_split_word words[TRAIL_SPLIT_LIMIT], size_t *count);

#endif
