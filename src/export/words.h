/* The display words (model section 13): one table for everything people read. */
#ifndef TRAIL_EXPORT_WORDS_H
#define TRAIL_EXPORT_WORDS_H

#include <stddef.h>

typedef struct trail_word {
    const char *term;        /* technical term: "frontier" */
    const char *shown;       /* "where our records end" */
    const char *explanation; /* one line */
} trail_word;

extern const trail_word trail_words[];
extern const size_t trail_word_count;
const char *trail_word_shown(const char *term); /* the term itself when it has no other word */

#endif
