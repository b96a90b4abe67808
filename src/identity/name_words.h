/* Words of names that are not names: particles, titles, words of companies, countries, numbers. */
#ifndef TRAIL_IDENTITY_NAME_WORDS_H
#define TRAIL_IDENTITY_NAME_WORDS_H

#include <stdint.h>

#include "base/text.h"

typedef enum trail_word_kind {
    TRAIL_WORD_PLAIN = 0,
    TRAIL_WORD_PARTICLE, /* bin, al, von, de, the */
    TRAIL_WORD_TITLE,    /* Dr, Mr, Sheikh: says little of who it is */
    TRAIL_WORD_COMPANY, /* Bank, Group, Trading: a company; value: equal for Corp and Corporation */
    TRAIL_WORD_COUNTRY, /* value: its code, first letter * 256 + second */
    TRAIL_WORD_NUMBER   /* value: the number */
} trail_word_kind;

/* The kind of a romanised word, its value in *value (left alone if it has none). O(log words). */
trail_word_kind trail_word_find(trail_slice word, unsigned *value);
/* The value of a Roman numeral up to 39 in small letters, or 0. */
unsigned trail_word_roman(trail_slice word);

#endif
