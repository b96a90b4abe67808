#include "suggestion.h"

#include <stdint.h>
#include <string.h>

#define LONGEST 32

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Edit distance with swaps of neighbours (restricted Damerau). O(length squared). */
static size_t distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
    size_t rows[LONGEST + 1][LONGEST + 1];
    for (size_t i = 0; i <= a_length; i++) {
        for (size_t j = 0; j <= b_length; j++) {
            if (i == 0 || j == 0) {
                rows[i][j] = i + j;
                continue;
            }
            rows[i][j] = least(least(rows[i - 1][j], rows[i][j - 1]) + 1,
                               rows[i - 1][j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                rows[i][j] = least(rows[i][j], rows[i - 2][j - 2] + 1);
            }
        }
    }
    return rows[a_length][b_length];
}

void cli_suggest(const char *word, const char *candidate, size_t *best, const char **nearest)
{
    size_t length = strcspn(word, "="), other = strlen(candidate), apart = 0;
    if (length > LONGEST || other > LONGEST) return;
    apart = distance(word, length, candidate, other);
    if (apart > (length < 3 ? 1 : length < 6 ? 2 : length / 3 + 1)) return;
    if (apart >= length || apart >= *best) return;
    *best = apart;
    *nearest = candidate;
}
