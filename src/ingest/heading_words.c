#include "ingest/heading_words.h"

#include <string.h>

#include "base/attributes.h"
#include "base/unicode.h"
#include "ingest/guess.h"

/* A heading is folded (NFKC_Casefold), its brackets, punctuation, currency codes and last number
 * dropped, its letters reduced to their base, and then looked up whole: "Kwota operacji (PLN)" is
 * "kwota operacji". O(table), a few thousand comparisons a file. */

typedef struct base_letters {
    char base;
    const char *letters; /* folded, UTF-8 */
} base_letters;

static const base_letters latin_bases[] = {
    {'a', "àáâãäåāăąǎ"}, {'c', "çćčĉċ"},      {'d', "ďđ"},  {'e', "èéêëēĕėęě"},
    {'g', "ğģĝġ"},       {'i', "ìíîïīĭįı"},   {'k', "ķ"},   {'l', "ĺļľł"},
    {'n', "ñńņň"},       {'o', "òóôõöøōŏő"},  {'r', "ŕřŗ"}, {'s', "śşšșŝ"},
    {'t', "ţťț"},        {'u', "ùúûüũūŭůűų"}, {'y', "ýÿ"},  {'z', "źżž"},
};

typedef struct base_pair {
    const char *letter, *base;
} base_pair;

static const base_pair other_bases[] = {
    {"ά", "α"}, {"έ", "ε"}, {"ή", "η"}, {"ί", "ι"}, {"ϊ", "ι"}, {"ό", "ο"}, {"ύ", "υ"},
    {"ϋ", "υ"}, {"ώ", "ω"}, {"ς", "σ"}, {"ё", "е"}, {"أ", "ا"}, {"إ", "ا"}, {"آ", "ا"},
};

static size_t letter_bytes(char first)
{
    unsigned char c = (unsigned char)first;
    return c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
}

/* The base of the letter at *at (several bytes may stay as they are); 0 length at a combining mark.
 */
static trail_slice base_of(trail_slice text, size_t *at)
{
    size_t bytes = letter_bytes(text.start[*at]);
    if (bytes > text.length - *at) bytes = text.length - *at;
    trail_slice letter = {text.start + *at, bytes};
    *at += bytes;
    if (bytes != 2) return letter;
    unsigned char first = (unsigned char)letter.start[0], second = (unsigned char)letter.start[1];
    if (first == 0xCC || (first == 0xCD && second < 0xB0)) return (trail_slice){NULL, 0};
    for (size_t i = 0; i < TRAIL_LENGTH_OF(latin_bases); i++)
        if (trail_slice_find(trail_slice_of(latin_bases[i].letters), letter) != SIZE_MAX)
            return (trail_slice){&latin_bases[i].base, 1};
    for (size_t i = 0; i < TRAIL_LENGTH_OF(other_bases); i++)
        if (trail_slice_is(letter, other_bases[i].letter))
            return trail_slice_of(other_bases[i].base);
    return letter;
}

static bool is_ascii_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_word(char c)
{
    return is_upper(c) || is_ascii_word(c) || (unsigned char)c >= 0x80;
}

/* Three capitals that stand alone and are a currency. */
static bool take_currency(trail_slice text, size_t at, trail_currency *currency)
{
    if (at > 0 && is_word(text.start[at - 1])) return false;
    if (at + 3 > text.length || (at + 3 < text.length && is_word(text.start[at + 3]))) return false;
    for (size_t i = 0; i < 3; i++)
        if (!is_upper(text.start[at + i])) return false;
    return trail_currency_find((trail_slice){text.start + at, 3}, currency);
}

/* Without brackets and currency codes; a bracket may hold the currency. A heading of nothing else
 * stays as it is. */
static trail_status drop_units(trail_slice text, trail_text *out, trail_currency *currency,
                               trail_error *err)
{
    int depth = 0;
    trail_status status = TRAIL_OK;
    for (size_t at = 0; at < text.length && status == TRAIL_OK;) {
        trail_currency found;
        char c = text.start[at];
        if (take_currency(text, at, &found)) {
            *currency = found;
            at += 3;
            continue;
        }
        if (c == '(' || c == '[') depth++;
        if (depth == 0) status = trail_text_add(out, (trail_slice){text.start + at, 1}, err);
        if ((c == ')' || c == ']') && depth > 0) depth--;
        at++;
    }
    return status;
}

static bool is_camel_break(trail_slice text, size_t at)
{
    return at > 0 && is_upper(text.start[at]) && text.start[at - 1] >= 'a' &&
           text.start[at - 1] <= 'z';
}

/* "TransactionDate" -> "Transaction Date" */
static trail_status part_words(trail_slice text, trail_text *out, trail_error *err)
{
    trail_status status = TRAIL_OK;
    for (size_t at = 0; at < text.length && status == TRAIL_OK; at++) {
        if (is_camel_break(text, at)) status = trail_text_add(out, trail_slice_of(" "), err);
        if (status == TRAIL_OK)
            status = trail_text_add(out, (trail_slice){text.start + at, 1}, err);
    }
    return status;
}

/* Base letters, one blank for anything that is no letter or digit, no number at the end. */
static trail_status reduce(trail_slice folded, trail_text *out, trail_error *err)
{
    trail_status status = TRAIL_OK;
    bool blank = false;
    for (size_t at = 0; at < folded.length && status == TRAIL_OK;) {
        trail_slice letter = base_of(folded, &at);
        if (letter.length == 0) continue;
        if (letter.length == 1 && !is_ascii_word(letter.start[0])) {
            blank = out->length > 0;
            continue;
        }
        if (blank) status = trail_text_add(out, trail_slice_of(" "), err);
        blank = false;
        if (status == TRAIL_OK) status = trail_text_add(out, letter, err);
    }
    while (out->length > 0) {
        char last = out->bytes[out->length - 1];
        if (last != ' ' && (last < '0' || last > '9')) break;
        out->bytes[--out->length] = '\0';
    }
    return status;
}

static void add_sense(trail_heading *heading, int meaning, unsigned rank)
{
    unsigned at = heading->count;
    for (unsigned i = 0; i < heading->count; i++)
        if (heading->senses[i].meaning == meaning) return;
    if (at == TRAIL_HEADING_SENSES) return;
    while (at > 0 && heading->senses[at - 1].rank < rank) {
        heading->senses[at] = heading->senses[at - 1];
        at--;
    }
    heading->senses[at] = (trail_heading_sense){meaning, rank};
    heading->count++;
}

static bool has_word(const char *words, trail_slice word)
{
    while (*words != '\0') {
        const char *end = strchr(words, '|');
        size_t length = end == NULL ? strlen(words) : (size_t)(end - words);
        if (length == word.length && memcmp(words, word.start, length) == 0) return true;
        if (end == NULL) return false;
        words = end + 1;
    }
    return false;
}

static void look_up(trail_slice word, bool part, trail_heading *heading)
{
    const trail_heading_words *(*const tables[])(size_t *) = {
        trail_heading_date_words, trail_heading_money_words, trail_heading_party_words};
    for (size_t t = 0; t < TRAIL_LENGTH_OF(tables); t++) {
        size_t count;
        const trail_heading_words *rows = tables[t](&count);
        for (size_t i = 0; i < count; i++) {
            if (part && rows[i].rank < 2) continue;
            if (has_word(rows[i].words, word))
                add_sense(heading, rows[i].meaning, part ? 0 : rows[i].rank);
        }
    }
}

/* The words one by one, where the whole says nothing: "bedrag in de rekeningvaluta". */
static void look_up_parts(trail_slice words, trail_heading *heading)
{
    size_t from = 0;
    for (size_t at = 0; at <= words.length; at++) {
        if (at < words.length && words.start[at] != ' ') continue;
        if (at - from >= 4) look_up((trail_slice){words.start + from, at - from}, true, heading);
        from = at + 1;
    }
}

trail_status trail_heading_read(trail_slice text, trail_heading *heading, trail_error *err)
{
    *heading = (trail_heading){.currency = TRAIL_NO_CURRENCY};
    trail_text bare = {0}, parted = {0}, folded = {0}, reduced = {0};
    trail_status status = drop_units(text, &bare, &heading->currency, err);
    if (status != TRAIL_OK) goto cleanup;
    if ((status = trail_unicode_fold(trail_text_slice(&bare), &folded, err)) != TRAIL_OK)
        goto cleanup;
    if ((status = reduce(trail_text_slice(&folded), &reduced, err)) != TRAIL_OK) goto cleanup;
    look_up(trail_text_slice(&reduced), false, heading);
    if (heading->count > 0) goto cleanup;
    trail_text_reset(&folded);
    trail_text_reset(&reduced);
    if ((status = part_words(trail_text_slice(&bare), &parted, err)) != TRAIL_OK) goto cleanup;
    if ((status = trail_unicode_fold(trail_text_slice(&parted), &folded, err)) != TRAIL_OK)
        goto cleanup;
    if ((status = reduce(trail_text_slice(&folded), &reduced, err)) != TRAIL_OK) goto cleanup;
    look_up(trail_text_slice(&reduced), false, heading);
    if (heading->count == 0) {
        trail_slice words = trail_text_slice(&reduced);
        if (words.length > 3 && memcmp(words.start + words.length - 3, " in", 3) == 0) {
            words.length -= 3; /* "bedrag in EUR" */
            look_up(words, false, heading);
        }
        if (heading->count == 0) look_up_parts(words, heading);
    }
cleanup:
    trail_text_clear(&bare);
    trail_text_clear(&parted);
    trail_text_clear(&folded);
    trail_text_clear(&reduced);
    return status;
}
