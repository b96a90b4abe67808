/* "Did you mean": the word nearest to one that is not known. */
#ifndef CLI_SUGGESTION_H
#define CLI_SUGGESTION_H

#include <stddef.h>

/* Makes `candidate` the *nearest when it is near `word` and nearer than *best (SIZE_MAX at the
 * start). */
void cli_suggest(const char *word, const char *candidate, size_t *best, const char **nearest);

#endif
