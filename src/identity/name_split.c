#include "identity/name_split.h"

#include <string.h>

#include "base/utf8.h"

static bool is_apostrophe(uint32_t letter)
{
    return letter == '\'' || letter == '`' || letter == 0xB4 ||
           (letter >= 0x2B9 && letter <= 0x2BF) || letter == 0x2018 || letter == 0x2019 ||
           letter == 0x201B || letter == 0x2032;
}

trail_letter_kind trail_folded_letter_kind(uint32_t letter)
{
    uint32_t bare[TRAIL_LETTER_LIMIT];
    size_t count;
    /* Latin, Cyrillic and Han letters, by far the most. */
    bool alphabetic =
        (letter >= 0xDF && letter < 0x250 && letter != 0xF7) || (letter >= 0x430 && letter < 0x480);
    if (alphabetic) return TRAIL_LETTER_ALPHA;
    if (letter >= 0x4E00 && letter < 0xA000) return TRAIL_LETTER_UNSPACED;
    if (letter >= 0x80) return trail_letter_bare(letter, bare, &count);
    if (letter >= 'a' && letter <= 'z') return TRAIL_LETTER_ALPHA;
    if (letter >= '0' && letter <= '9') return TRAIL_LETTER_DIGIT;
    return letter == ' ' ? TRAIL_LETTER_BLANK : TRAIL_LETTER_SEPARATOR;
}

/* Ends the word that is open, if one is. */
static void close_word(trail_split_word *words, size_t *count, char *start, char *end)
{
    if (end > start && *count < TRAIL_SPLIT_LIMIT)
        words[(*count)++] = (trail_split_word){{start, (size_t)(end - start)}, false};
}

void trail_name_split(trail_text *folded, trail_split_word words[TRAIL_SPLIT_LIMIT], size_t *count)
{
    trail_slice text = trail_text_slice(folded);
    char *start = folded->bytes; /* of the open word */
    char *to = folded->bytes;    /* letters are moved down to here */
    *count = 0;
    for (size_t at = 0; at < text.length;) {
        uint32_t letter = 0;
        size_t step = trail_utf8_step(text, at, &letter);
        if (step == 0) step = 1;
        trail_letter_kind kind =
            is_apostrophe(letter) ? TRAIL_LETTER_IGNORED : trail_folded_letter_kind(letter);
        if (kind >= TRAIL_LETTER_ALPHA) {
            memmove(to, text.start + at, step);
            to += step;
        } else if (kind != TRAIL_LETTER_IGNORED) {
            close_word(words, count, start, to);
            start = to;
            if ((letter == '&' || letter == '+') && *count < TRAIL_SPLIT_LIMIT)
                words[(*count)++] = (trail_split_word){{0}, true};
        }
        at += step;
    }
    close_word(words, count, start, to);
}
