/* The own letters of romanisation: how one small letter is spelled in plain Latin. */
#ifndef TRAIL_BASE_ROMANISE_LETTERS_H
#define TRAIL_BASE_ROMANISE_LETTERS_H

#include <stdbool.h>
#include <stdint.h>

/* The spelling, "" for letters without a sound of their own, NULL for letters not in the table.
 * Ukrainian (of a word with і, ї, є or ґ) says г as h and и as y. */
const char *trail_letter_spelling(uint32_t letter, bool ukrainian);
/* One of і, ї, є, ґ. */
bool trail_letter_is_ukrainian(uint32_t letter);

#endif
