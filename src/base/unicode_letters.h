/* Letters as a search sees them, one character at a time, so that byte positions of the text are
 * kept. Part of the door to ICU. Nothing here depends on the locale or on neighbouring characters:
 * the search form of a text is the concatenation of the search forms of its characters. */
#ifndef TRAIL_BASE_UNICODE_LETTERS_H
#define TRAIL_BASE_UNICODE_LETTERS_H

#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

typedef enum trail_letter_kind {
    TRAIL_LETTER_SEPARATOR = 0, /* punctuation, symbols, controls, U+FFFD */
    TRAIL_LETTER_BLANK,
    TRAIL_LETTER_IGNORED, /* accents, soft hyphens, zero-width characters: no search form */
    TRAIL_LETTER_ALPHA,
    TRAIL_LETTER_DIGIT,
    TRAIL_LETTER_UNSPACED /* a letter of a script that does not put blanks between all words */
} trail_letter_kind;

#define TRAIL_LETTER_LIMIT 20 /* most letters one character folds to */

/* The search form of a character: NFKC_Casefold, decomposed, accents of the alphabetic scripts
 * dropped, stroked letters and ligatures spelled plainly (ł l, ø o, æ ae). Vowel signs of Indic
 * and South-East Asian scripts stay. *count letters go to `bare` (0 for blanks and separators). */
trail_letter_kind trail_letter_bare(uint32_t character, uint32_t bare[TRAIL_LETTER_LIMIT],
                                    size_t *count);

#endif
