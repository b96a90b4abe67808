#include "identity/word_pair.h"

#include <string.h>

#include "identity/word_distance.h"

#define INITIAL       750u
#define SAME_SOUND    900u
#define LIKE_PARTICLE 950u
#define MERGED_APART  3 /* letters by which words written together may differ in length */

static size_t roman_letters(const trail_name_word *word, uint32_t *letters)
{
    for (size_t i = 0; i < word->roman_length; i++)
        letters[i] = (unsigned char)word->roman[i];
    return word->roman_length;
}

static unsigned roman_likeness(const trail_name_word *a, const trail_name_word *b)
{
    uint32_t left[TRAIL_WORD_LETTERS];
    uint32_t right[TRAIL_WORD_LETTERS];
    size_t left_length = roman_letters(a, left);
    size_t right_length = roman_letters(b, right);
    return trail_word_likeness(left, left_length, right, right_length);
}

static bool same_native(const trail_name_word *a, const trail_name_word *b)
{
    return a->native_length == b->native_length &&
           memcmp(a->native, b->native, a->native_length * sizeof *a->native) == 0;
}

static bool is_syllabic(const trail_name_word *word)
{
    return word->script == TRAIL_SCRIPT_HAN || word->script == TRAIL_SCRIPT_HANGUL;
}

/* Scripts that leave vowels out: the consonants decide across scripts. */
static bool same_sound(const trail_name_word *a, const trail_name_word *b)
{
    bool vowelless = a->script == TRAIL_SCRIPT_ARABIC || a->script == TRAIL_SCRIPT_HEBREW ||
                     b->script == TRAIL_SCRIPT_ARABIC || b->script == TRAIL_SCRIPT_HEBREW ||
                     a->script == TRAIL_SCRIPT_OTHER || b->script == TRAIL_SCRIPT_OTHER;
    return vowelless && a->script != b->script && a->skeleton == b->skeleton &&
           a->skeleton >> 5 != 0;
}

static unsigned initial_pair(const trail_name_word *a, const trail_name_word *b)
{
    if (a->roman_length == 0 || b->roman_length == 0 || a->roman[0] != b->roman[0]) return 0;
    return a->roman_length == b->roman_length ? 1000 : INITIAL;
}

static bool is_like_particle(const trail_name_word *a, const trail_name_word *b)
{
    bool fathers = (strcmp(a->roman, "bin") == 0 || strcmp(a->roman, "ibn") == 0 ||
                    strcmp(a->roman, "ben") == 0) &&
                   (strcmp(b->roman, "bin") == 0 || strcmp(b->roman, "ibn") == 0 ||
                    strcmp(b->roman, "ben") == 0);
    bool articles = (strcmp(a->roman, "al") == 0 || strcmp(a->roman, "el") == 0) &&
                    (strcmp(b->roman, "al") == 0 || strcmp(b->roman, "el") == 0);
    return fathers || articles;
}

unsigned trail_word_pair(const trail_name_word *a, const trail_name_word *b, bool *letters_differ)
{
    bool numbers = a->kind == TRAIL_WORD_NUMBER && b->kind == TRAIL_WORD_NUMBER;
    bool countries = a->kind == TRAIL_WORD_COUNTRY && b->kind == TRAIL_WORD_COUNTRY;
    *letters_differ = false;
    if (numbers || countries) return a->value == b->value ? 1000 : 0;
    if (a->kind == TRAIL_WORD_NUMBER || b->kind == TRAIL_WORD_NUMBER) return 0;
    if (same_native(a, b)) return 1000;
    if (a->kind == TRAIL_WORD_COMPANY && b->kind == TRAIL_WORD_COMPANY && a->value != 0 &&
        a->value == b->value)
        return 1000;
    if (is_syllabic(a) && a->script == b->script) {
        *letters_differ = true;
        return 0;
    }
    if (a->kind == TRAIL_WORD_PARTICLE && b->kind == TRAIL_WORD_PARTICLE)
        return strcmp(a->roman, b->roman) == 0 ? 1000 : is_like_particle(a, b) ? LIKE_PARTICLE : 0;
    if (a->roman_length == 1 || b->roman_length == 1) return initial_pair(a, b);
    unsigned likeness = roman_likeness(a, b);
    if (a->script == b->script && a->script != TRAIL_SCRIPT_LATIN) {
        unsigned native =
            trail_word_likeness(a->native, a->native_length, b->native, b->native_length);
        if (native > likeness) likeness = native;
    }
    if (likeness < SAME_SOUND && same_sound(a, b)) likeness = SAME_SOUND;
    return likeness;
}

unsigned trail_word_merged(const trail_name_word *one, const trail_name_word *run, size_t count)
{
    uint32_t left[TRAIL_WORD_LETTERS];
    uint32_t right[TRAIL_WORD_LETTERS];
    size_t length = 0;
    size_t together = 0;
    for (size_t i = 0; i < count; i++)
        together += run[i].roman_length;
    size_t apart =
        together > one->roman_length ? together - one->roman_length : one->roman_length - together;
    if (apart > MERGED_APART) return 0;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < run[i].roman_length; k++) {
            if (length == TRAIL_WORD_LETTERS) return 0;
            right[length++] = (unsigned char)run[i].roman[k];
        }
    size_t left_length = roman_letters(one, left);
    if (left_length < 3 || length < 3) return 0;
    return trail_word_likeness(left, left_length, right, length);
}
