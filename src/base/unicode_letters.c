#include "base/unicode_letters.h"

#include <stdbool.h>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/utf16.h>

#define REPLACEMENT 0xFFFDu

typedef struct spelling {
    uint32_t character;
    char plain[3];
} spelling;

/* Letters that Unicode does not decompose but that bank systems spell with ASCII. */
static const spelling spellings[] = {
    {0x00E6, "ae"}, {0x00F0, "d"}, {0x00F8, "o"}, {0x00FE, "th"}, {0x0111, "d"},
    {0x0127, "h"},  {0x0131, "i"}, {0x0138, "k"}, {0x0142, "l"},  {0x014B, "n"},
    {0x0153, "oe"}, {0x0167, "t"}, {0x0180, "b"}, {0x0192, "f"},  {0x019A, "l"},
    {0x01DD, "e"},  {0x0259, "e"}, {0x0268, "i"}, {0x0289, "u"},  {0x00DF, "ss"},
};

/* Combining marks of Latin, Greek, Cyrillic, Hebrew and Arabic: dropping them is what a bank
 * without them does. Marks of other scripts are vowels and stay. */
static bool is_accent(uint32_t character)
{
    static const uint32_t ranges[][2] = {
        {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05C7}, {0x0610, 0x061A},
        {0x064B, 0x065F}, {0x0670, 0x0670}, {0x06D6, 0x06ED}, {0x1AB0, 0x1AFF},
        {0x1DC0, 0x1DFF}, {0x20D0, 0x20FF}, {0xFE20, 0xFE2F},
    };
    for (size_t i = 0; i < TRAIL_LENGTH_OF(ranges); i++)
        if (character >= ranges[i][0] && character <= ranges[i][1]) return true;
    return false;
}

static bool is_unspaced(uint32_t character)
{
    UErrorCode error = U_ZERO_ERROR;
    UScriptCode script = uscript_getScript((UChar32)character, &error);
    static const UScriptCode unspaced[] = {
        USCRIPT_HAN,   USCRIPT_HIRAGANA, USCRIPT_KATAKANA, USCRIPT_THAI,    USCRIPT_LAO,
        USCRIPT_KHMER, USCRIPT_HANGUL,   USCRIPT_BOPOMOFO, USCRIPT_MYANMAR, USCRIPT_TIBETAN};
    if (U_FAILURE(error)) return false;
    for (size_t i = 0; i < TRAIL_LENGTH_OF(unspaced); i++)
        if (script == unspaced[i]) return true;
    return false;
}

static bool is_word(uint32_t character)
{
    uint32_t mask = U_GET_GC_MASK((UChar32)character);
    return (mask & (U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK)) != 0;
}

/* Circled and squared letters: symbols to Unicode, letters to a reader. */
static bool is_enclosed(uint32_t character)
{
    return (character >= 0x249C && character <= 0x24E9) ||
           (character >= 0x1F110 && character <= 0x1F189);
}

static trail_letter_kind kind_of(uint32_t character)
{
    UChar32 point = (UChar32)character;
    if (u_isUWhiteSpace(point)) return TRAIL_LETTER_BLANK;
    if (!is_word(character)) return TRAIL_LETTER_SEPARATOR;
    if ((U_GET_GC_MASK(point) & U_GC_N_MASK) != 0) return TRAIL_LETTER_DIGIT;
    return is_unspaced(character) ? TRAIL_LETTER_UNSPACED : TRAIL_LETTER_ALPHA;
}

static size_t add_plain(uint32_t letter, uint32_t bare[TRAIL_LETTER_LIMIT], size_t count)
{
    for (size_t i = 0; i < TRAIL_LENGTH_OF(spellings); i++) {
        if (spellings[i].character != letter) continue;
        for (const char *plain = spellings[i].plain; *plain != '\0'; plain++)
            if (count < TRAIL_LETTER_LIMIT) bare[count++] = (uint32_t)*plain;
        return count;
    }
    if (count < TRAIL_LETTER_LIMIT) bare[count++] = letter;
    return count;
}

/* False when ICU cannot fold (its data are missing); *ignored when nothing at all is left. */
static bool fold_one(uint32_t character, uint32_t bare[TRAIL_LETTER_LIMIT], size_t *count,
                     bool *ignored)
{
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2 *folding = unorm2_getNFKCCasefoldInstance(&error);
    const UNormalizer2 *decomposing = unorm2_getNFDInstance(&error);
    UChar whole[2];
    UChar folded[32];
    UChar apart[96];
    int32_t whole_length = 1;
    if (character > 0xFFFF) {
        whole[0] = U16_LEAD(character);
        whole[1] = U16_TRAIL(character);
        whole_length = 2;
    } else {
        whole[0] = (UChar)character;
    }
    if (U_FAILURE(error)) return false;
    int32_t folded_length = unorm2_normalize(folding, whole, whole_length, folded, 32, &error);
    int32_t length = unorm2_normalize(decomposing, folded, folded_length, apart, 96, &error);
    if (U_FAILURE(error)) return false;
    *ignored = true;
    for (int32_t i = 0; i < length;) {
        uint32_t letter = apart[i++];
        if (U16_IS_LEAD(letter) && i < length)
            letter = (uint32_t)U16_GET_SUPPLEMENTARY(letter, apart[i++]);
        if (is_accent(letter)) continue;
        *ignored = false;
        if (is_word(letter)) *count = add_plain(letter, bare, *count);
    }
    return true;
}

static trail_letter_kind bare_ascii(uint32_t character, uint32_t *bare, size_t *count)
{
    bool upper = character >= 'A' && character <= 'Z';
    bool lower = character >= 'a' && character <= 'z';
    bool digit = character >= '0' && character <= '9';
    if (upper || lower || digit) {
        *bare = upper ? character + ('a' - 'A') : character;
        *count = 1;
        return digit ? TRAIL_LETTER_DIGIT : TRAIL_LETTER_ALPHA;
    }
    bool blank = character == ' ' || (character >= '\t' && character <= '\r');
    return blank ? TRAIL_LETTER_BLANK : TRAIL_LETTER_SEPARATOR;
}

trail_letter_kind trail_letter_bare(uint32_t character, uint32_t bare[TRAIL_LETTER_LIMIT],
                                    size_t *count)
{
    *count = 0;
    if (character < 0x80) return bare_ascii(character, bare, count);
    if (character == REPLACEMENT || character > 0x10FFFF) return TRAIL_LETTER_SEPARATOR;

    bool ignored = false;
    if (!fold_one(character, bare, count, &ignored)) {
        bare[0] = character;
        *count = 1;
    }
    if (ignored) return TRAIL_LETTER_IGNORED;
    trail_letter_kind kind = kind_of(character);
    if (kind == TRAIL_LETTER_BLANK || kind == TRAIL_LETTER_SEPARATOR) {
        if (is_enclosed(character) && *count > 0) return TRAIL_LETTER_ALPHA;
        *count = 0;
    }
    return *count == 0 && kind != TRAIL_LETTER_BLANK ? TRAIL_LETTER_SEPARATOR : kind;
}
