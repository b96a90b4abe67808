/* Finding phrases. From each place where a word can begin, the tree is followed letter by letter;
 * separators are stepped over. Where a phrase ends and the text's word ends too, `fits` walks the
 * place once more and judges every separator inside it by the phrase's own rules. Text with
 * undecodable characters goes through phrase_damaged.c besides. O(length) for ordinary text, never
 * more than O(words x longest phrase). */
#include "evidence/phrase_index.h"

#include <stdlib.h>

#include "evidence/phrase_damaged.h"

#define MOST_SIGNS     3u  /* punctuation allowed between two words of one name */
#define MOST_BLANKS    64u /* a fixed-width column may pad a name this far */
#define MOST_CUT       2u  /* blanks allowed inside a word of a long name */
#define FILE_NAME_PART 5u  /* letters from which a name in a file name need not be a whole word */

typedef struct searcher {
    const trail_phrase_index *index;
    trail_slice text;
    trail_phrase_mode mode;
    trail_vector *matches;
    trail_letter_kind before; /* kind of the last character before the present start */
} searcher;

/* Separators between two letters of a place. */
typedef struct gap {
    size_t blanks, signs;
    uint32_t last; /* the last separator */
} gap;

static void widen(gap *between, const trail_seen_character *seen)
{
    if (seen->kind == TRAIL_LETTER_BLANK)
        between->blanks++;
    else
        between->signs++;
    between->last = seen->character;
}

static bool gap_is_empty(const gap *between)
{
    return between->blanks + between->signs == 0;
}

static bool name_gap_fits(const trail_phrase *phrase, bool at_break, bool has_breaks,
                          const gap *between)
{
    if (gap_is_empty(between)) return true;
    if (at_break) return between->signs <= MOST_SIGNS && between->blanks <= MOST_BLANKS;
    return has_breaks && phrase->length >= TRAIL_JOINED_LETTERS && between->signs == 0 &&
           between->blanks <= MOST_CUT;
}

static bool number_gap_fits(const trail_phrase *phrase, bool at_break, size_t letter,
                            const gap *between)
{
    if (gap_is_empty(between)) return true;
    if (between->blanks + between->signs > 1) return false;
    if (at_break) return true;
    bool grouping = between->blanks == 1 || between->last == '-' || between->last == 0x2010 ||
                    between->last == 0x2011;
    if (!grouping || phrase->length < TRAIL_SHORT_NUMBER) return false;
    return phrase->length >= TRAIL_GROUPED_NUMBER || letter % 4 == 0;
}

static bool has_breaks(const uint32_t *letters, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if ((letters[i] & TRAIL_PHRASE_BREAK) != 0) return true;
    return false;
}

/* Are all separators between `start` and `end` such as this phrase allows? */
static bool fits(const searcher *search, const trail_phrase *phrase, size_t start, size_t end)
{
    const uint32_t *letters = trail_phrase_letter(search->index, phrase);
    bool several_words = has_breaks(letters, phrase->length);
    gap between = {0};
    size_t letter = 0;
    trail_seen_character seen;
    for (size_t at = start; at < end && letter < phrase->length; at += seen.size) {
        trail_phrase_see(search->index, search->text, at, &seen);
        if (seen.kind == TRAIL_LETTER_IGNORED) continue;
        if (!trail_letter_is_word(seen.kind)) {
            widen(&between, &seen);
            continue;
        }
        bool at_break = (letters[letter] & TRAIL_PHRASE_BREAK) != 0;
        if (phrase->kind == TRAIL_PHRASE_NAME
                ? !name_gap_fits(phrase, at_break, several_words, &between)
                : !number_gap_fits(phrase, at_break, letter, &between))
            return false;
        between = (gap){0};
        letter += seen.count;
    }
    return true;
}

/* "123456.78" holds an amount, not account 123456. */
static bool decimals_follow(trail_slice text, size_t at)
{
    size_t digits = 0;
    if (at >= text.length || (text.start[at] != '.' && text.start[at] != ',')) return false;
    for (at++; at < text.length && text.start[at] >= '0' && text.start[at] <= '9'; at++)
        digits++;
    return digits == 1 || digits == 2;
}

static bool is_digit_letter(uint32_t letter)
{
    letter &= ~TRAIL_PHRASE_BREAK;
    return letter >= '0' && letter <= '9';
}

/* May a phrase whose edge is `edge` end beside a character of kind `beside`? */
static bool edge_is_free(const searcher *search, const trail_phrase *phrase, uint32_t edge,
                         trail_letter_kind edge_kind, trail_letter_kind beside)
{
    if (!trail_letter_is_word(beside)) return true;
    if (edge_kind == TRAIL_LETTER_UNSPACED || beside == TRAIL_LETTER_UNSPACED) return true;
    if (phrase->kind == TRAIL_PHRASE_NUMBER) return false;
    if (search->mode == TRAIL_PHRASE_IN_FILE_NAME && phrase->length >= FILE_NAME_PART) return true;
    return beside == TRAIL_LETTER_DIGIT && !is_digit_letter(edge) &&
           phrase->length >= TRAIL_DISTINCT_NAME;
}

static trail_status judge(const searcher *search, uint32_t phrase_number, size_t start, size_t end,
                          trail_letter_kind first_kind, trail_letter_kind last_kind,
                          trail_error *err)
{
    const trail_phrase *phrase = trail_phrase_at(search->index, phrase_number);
    const uint32_t *letters = trail_phrase_letter(search->index, phrase);
    trail_seen_character seen = {.kind = TRAIL_LETTER_SEPARATOR};
    for (; end < search->text.length; end += seen.size) {
        trail_phrase_see(search->index, search->text, end, &seen);
        if (seen.kind != TRAIL_LETTER_IGNORED) break;
        seen.kind = TRAIL_LETTER_SEPARATOR; /* if the text ends here */
    }
    uint32_t last = letters[phrase->length - 1];
    if (!edge_is_free(search, phrase, letters[0], first_kind, search->before) ||
        !edge_is_free(search, phrase, last, last_kind, seen.kind) ||
        !fits(search, phrase, start, end))
        return TRAIL_OK;
    if (phrase->kind == TRAIL_PHRASE_NUMBER && is_digit_letter(last) &&
        decimals_follow(search->text, end))
        return TRAIL_OK;
    trail_phrase_match match = {start, end, phrase_number};
    return trail_vector_push(search->matches, &match, err);
}

/* Follows the tree from one start and judges every phrase that ends on the way. */
static trail_status follow(const searcher *search, size_t start, trail_error *err)
{
    uint32_t node = 0;
    gap between = {0};
    trail_seen_character seen;
    trail_letter_kind first_kind = TRAIL_LETTER_SEPARATOR;
    for (size_t at = start; at < search->text.length; at += seen.size) {
        trail_phrase_see(search->index, search->text, at, &seen);
        if (seen.kind == TRAIL_LETTER_IGNORED) continue;
        if (!trail_letter_is_word(seen.kind)) {
            widen(&between, &seen);
            if (between.signs > MOST_SIGNS || between.blanks > MOST_BLANKS) break;
            continue;
        }
        between = (gap){0};
        if (at == start) first_kind = seen.kind;
        for (size_t i = 0; i < seen.count; i++)
            if (!trail_phrase_step(search->index, &node, seen.bare[i])) return TRAIL_OK;
        uint32_t phrase = trail_phrase_node_at(search->index, node)->phrase;
        while (phrase != TRAIL_NO_PHRASE) {
            trail_status status =
                judge(search, phrase, start, at + seen.size, first_kind, seen.kind, err);
            if (status != TRAIL_OK) return status;
            phrase = trail_phrase_at(search->index, phrase)->next;
        }
    }
    return TRAIL_OK;
}

/* The common case, ASCII, without a call: is there anything to do at this byte? */
static bool pass_ascii(searcher *search, uint8_t byte)
{
    const trail_known_character *known = &search->index->known[byte];
    trail_letter_kind kind = (trail_letter_kind)known->kind;
    bool word_goes_on = kind == search->before && search->mode == TRAIL_PHRASE_IN_TEXT;
    bool pass =
        !trail_letter_is_word(kind) || word_goes_on || !search->index->begins[known->bare[0]];
    if (pass) search->before = kind;
    return pass;
}

static bool can_begin(const searcher *search, trail_letter_kind kind)
{
    if (!trail_letter_is_word(kind)) return false;
    return !trail_letter_is_word(search->before) || kind == TRAIL_LETTER_UNSPACED ||
           kind != search->before || search->mode == TRAIL_PHRASE_IN_FILE_NAME;
}

static int by_place(const void *a_item, const void *b_item)
{
    const trail_phrase_match *a = a_item;
    const trail_phrase_match *b = b_item;
    if (a->start != b->start) return a->start < b->start ? -1 : 1;
    if (a->end != b->end) return a->end > b->end ? -1 : 1;
    return a->phrase < b->phrase ? -1 : a->phrase > b->phrase;
}

trail_status trail_phrase_index_find(const trail_phrase_index *index, trail_slice text,
                                     trail_phrase_mode mode, trail_vector *matches,
                                     trail_error *err)
{
    searcher search = {index, text, mode, matches, TRAIL_LETTER_SEPARATOR};
    bool damaged = false;
    trail_status status = TRAIL_OK;
    trail_seen_character seen;
    if (index->phrases.count == 0) return TRAIL_OK;
    for (size_t at = 0; at < text.length; at += seen.size) {
        uint8_t byte = (uint8_t)text.start[at];
        seen.size = 1;
        if (byte < 0x80 && pass_ascii(&search, byte)) continue;
        trail_phrase_see(index, text, at, &seen);
        if (seen.character == TRAIL_DAMAGED_CHARACTER) damaged = true;
        if (can_begin(&search, seen.kind) && (status = follow(&search, at, err)) != TRAIL_OK)
            return status;
        if (seen.kind != TRAIL_LETTER_IGNORED) search.before = seen.kind;
    }
    if (damaged) status = trail_phrase_find_damaged(index, text, matches, err);
    if (status == TRAIL_OK && matches->count > 1)
        qsort(matches->items, matches->count, sizeof(trail_phrase_match), by_place);
    return status;
}
