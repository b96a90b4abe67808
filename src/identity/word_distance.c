/* Restricted Damerau-Levenshtein distance with weights (formats 5a): confusable letters .7, another
 * digit 1.5, h, y and doubled letters .6, a transposition .9, else 1. Whole numbers only, so that
 * every machine finds the same. Preconditions: both words folded, at most 40 letters. */
#include "identity/word_distance.h"

#include <stdbool.h>

#include "base/attributes.h"

#define LETTERS     40
#define CONFUSABLE  70u
#define OTHER_DIGIT 150u
#define LIGHT       60u
#define TRANSPOSED  90u
#define WHOLE       100u

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

static bool is_vowel(uint32_t c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
}

static bool is_confusable(uint32_t a, uint32_t b)
{
    static const char pairs[][2] = {{'0', 'o'}, {'1', 'i'}, {'1', 'l'}, {'5', 's'}, {'8', 'b'},
                                    {'2', 'z'}, {'9', 'g'}, {'3', 'e'}, {'4', 'a'}, {'i', 'y'},
                                    {'i', 'j'}, {'j', 'y'}, {'v', 'w'}, {'u', 'w'}, {'u', 'v'},
                                    {'c', 'k'}, {'k', 'q'}, {'s', 'z'}, {'o', 'u'}, {'e', 'i'},
                                    {'c', 's'}, {'d', 't'}, {'b', 'p'}, {'g', 'h'}, {'i', 'l'},
                                    {'a', 'e'}, {'a', 'o'}, {'g', 'k'}, {'f', 'v'}, {'x', 's'}};
    for (size_t i = 0; i < TRAIL_LENGTH_OF(pairs); i++) {
        uint32_t x = (uint32_t)pairs[i][0];
        uint32_t y = (uint32_t)pairs[i][1];
        if ((a == x && b == y) || (a == y && b == x)) return true;
    }
    return false;
}

static unsigned replaced(uint32_t a, uint32_t b)
{
    if (a == b) return 0;
    if (is_confusable(a, b)) return CONFUSABLE;
    if (is_digit(a) || is_digit(b)) return OTHER_DIGIT;
    return WHOLE;
}

/* Of the letter at `at`, added to or left out of its word. */
static unsigned extra(const uint32_t *word, size_t at)
{
    uint32_t c = word[at];
    uint32_t before = at > 0 ? word[at - 1] : 0;
    if (is_digit(c)) return OTHER_DIGIT;
    if (c == 'h' || c == 'y' || c == before) return LIGHT;
    if (c == 'e' && (before == 'a' || before == 'o' || before == 'u')) return LIGHT;
    if (is_vowel(c) && is_vowel(before)) return CONFUSABLE;
    return WHOLE;
}

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

unsigned trail_word_distance(const uint32_t *a, size_t a_length, const uint32_t *b, size_t b_length)
{
    unsigned rows[3][LETTERS + 1];
    if (a_length > LETTERS || b_length > LETTERS) return TRAIL_WORD_TOO_FAR;
    rows[0][0] = 0;
    for (size_t k = 0; k < b_length; k++)
        rows[0][k + 1] = rows[0][k] + extra(b, k);
    for (size_t i = 0; i < a_length; i++) {
        unsigned *above = rows[i % 3];
        unsigned *row = rows[(i + 1) % 3];
        const unsigned *two_above = rows[(i + 2) % 3];
        unsigned cost = extra(a, i);
        row[0] = above[0] + cost;
        for (size_t k = 0; k < b_length; k++) {
            row[k + 1] = least(above[k] + replaced(a[i], b[k]),
                               least(above[k + 1] + cost, row[k] + extra(b, k)));
            bool crossed = i > 0 && k > 0 && a[i] == b[k - 1] && a[i - 1] == b[k] && a[i] != b[k];
            if (crossed) row[k + 1] = least(row[k + 1], two_above[k - 1] + TRANSPOSED);
        }
    }
    return rows[a_length % 3][b_length];
}

/* Words of two letters are equal or different; then a letter in three, at most three and a half. */
static unsigned budget_of(size_t length)
{
    if (length <= 2) return 0;
    unsigned budget = (unsigned)(length * 100 / 3);
    return budget > 350 ? 350 : budget;
}

/* At least half the letters that only one word has must be edited: rules most pairs out at once. */
static unsigned cheapest(const uint32_t *a, size_t a_length, const uint32_t *b, size_t b_length)
{
    uint64_t in_a = 0;
    uint64_t in_b = 0;
    unsigned count = 0;
    for (size_t i = 0; i < a_length; i++)
        in_a |= (uint64_t)1 << (a[i] & 63);
    for (size_t i = 0; i < b_length; i++)
        in_b |= (uint64_t)1 << (b[i] & 63);
    for (uint64_t only = in_a ^ in_b; only != 0; only &= only - 1)
        count++;
    return (count + 1) / 2 * LIGHT;
}

unsigned trail_word_likeness(const uint32_t *a, size_t a_length, const uint32_t *b, size_t b_length)
{
    size_t shorter = a_length < b_length ? a_length : b_length;
    size_t longer = a_length < b_length ? b_length : a_length;
    if (longer == 0) return 0;
    unsigned budget = budget_of(shorter);
    if ((longer - shorter) * LIGHT > budget) return 0;
    if (cheapest(a, a_length, b, b_length) > budget) return 0;
    unsigned distance = trail_word_distance(a, a_length, b, b_length);
    if (distance > budget) return 0;
    return 1000 - distance * 10 / (unsigned)longer;
}
