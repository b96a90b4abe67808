/* How alike one run of words of a name is to one run of another's: single words, words written
 * together, initials, numbers. */
#ifndef TRAIL_IDENTITY_WORD_PAIR_H
#define TRAIL_IDENTITY_WORD_PAIR_H

#include "identity/name_compare.h"

#define TRAIL_MERGED_WORDS 4 /* "van der bilt", "a b c": words that one word may stand for */

/* Permille of single words; *letters_differ tells of Han or Hangul in other characters. */
unsigned trail_word_pair(const trail_name_word *a, const trail_name_word *b, bool *letters_differ);
/* Permille of one word and `count` words written together. */
unsigned trail_word_merged(const trail_name_word *one, const trail_name_word *run, size_t count);

#endif
