/* How alike two folded names are, and why. A likeness is no identity: it gives candidates for a
 * question put to records, never a merge. */
#ifndef TRAIL_IDENTITY_NAME_COMPARE_H
#define TRAIL_IDENTITY_NAME_COMPARE_H

#include <stdint.h>

#include "identity/name_fold.h"

/* What rules out that two names are one. */
enum {
    TRAIL_VETO_NUMERALS = 1u << 0, /* VIII and IX, or II and none */
    TRAIL_VETO_COUNTRY = 1u << 1,  /* another country in a company's name */
    TRAIL_VETO_LETTERS = 1u << 2   /* other Han or Hangul characters */
};

/* Words [a, a + a_count) of one name stand for words [b, b + b_count) of the other. */
typedef struct trail_aligned_words {
    uint8_t a, a_count, b, b_count;
    uint16_t likeness; /* permille */
} trail_aligned_words;

typedef struct trail_name_match {
    unsigned permille; /* 0 to 1000; at most TRAIL_NAME_VETOED under a veto */
    unsigned vetoes;
    bool forms_differ; /* a GmbH and an AG */
    trail_aligned_words words[TRAIL_NAME_WORDS];
    size_t word_count;
} trail_name_match;

#define TRAIL_NAME_VETOED 500u
/* From here on two names are said to be alike; chosen on bench/names' half of labelled pairs. */
#define TRAIL_NAME_ALIKE 800u

/* Symmetric in a and b but for the places in `words`. At most 16 x 16 words: bounded time, about
 * 5 µs. */
void trail_name_compare(const trail_folded_name *a, const trail_folded_name *b,
                        trail_name_match *match);

#endif
