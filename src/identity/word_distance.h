/* How far apart two words are written: an edit distance in hundredths of a letter, where what
 * hands, ears and scanners confuse costs less. */
#ifndef TRAIL_IDENTITY_WORD_DISTANCE_H
#define TRAIL_IDENTITY_WORD_DISTANCE_H

#include <stddef.h>
#include <stdint.h>

#define TRAIL_WORD_TOO_FAR 100000u

/* Of two words of at most TRAIL_WORD_LETTERS (40) letters each. O(length of a * length of b). */
unsigned trail_word_distance(const uint32_t *a, size_t a_length, const uint32_t *b,
                             size_t b_length);
/* Likeness in permille: 1000 - distance by letters, 0 past a budget that grows with the length of
 * the shorter word (a cliff: beyond it the words are different words). */
unsigned trail_word_likeness(const uint32_t *a, size_t a_length, const uint32_t *b,
                             size_t b_length);

#endif
