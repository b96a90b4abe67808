/* A bank's file in the wrong encoding keeps the ASCII letters of a name and loses the others. Each
 * name is run over the text as a set of reachable positions, one bit each (Baeza-Yates and Gonnet,
 * A new approach to text searching, CACM 35, 1992): a letter moves the bits whose next letter it
 * is, an undecodable character moves all bits and leaves all bits, a separator keeps the bits that
 * stand between words. Names of 2 to 63 letters; O(length x names x longest name). */
#include "evidence/phrase_damaged.h"

#define MOST_LETTERS    63u
#define MOST_SEPARATORS 4u

typedef struct pattern {
    uint64_t starts_word; /* bit i: a word begins with letter i, or the name has ended */
    const uint32_t *letters;
    size_t count;
} pattern;

static uint64_t step_letter(const pattern *name, uint64_t reached, uint32_t letter)
{
    uint64_t next = 0;
    for (size_t i = 0; i < name->count; i++)
        if ((reached >> i & 1) != 0 && (name->letters[i] & ~TRAIL_PHRASE_BREAK) == letter)
            next |= UINT64_C(1) << (i + 1);
    return next;
}

/* The end of the name in the text from `start`, or `start` when it does not stand there. */
static size_t end_from(const trail_phrase_index *index, const pattern *name, trail_slice text,
                       size_t start)
{
    uint64_t whole = UINT64_C(1) << name->count;
    uint64_t reached = 1;
    size_t readable = 0;
    size_t lost = 0;
    size_t separators = 0;
    size_t end = start;
    trail_seen_character seen;
    for (size_t at = start; at < text.length && reached != 0; at += seen.size) {
        trail_phrase_see(index, text, at, &seen);
        if (seen.character == TRAIL_DAMAGED_CHARACTER) {
            reached |= reached << 1 & (whole | (whole - 1));
            if (++lost > name->count) break;
        } else if (trail_letter_is_word(seen.kind)) {
            for (size_t i = 0; i < seen.count; i++)
                reached = step_letter(name, reached, seen.bare[i]);
            readable += seen.count;
            separators = 0;
        } else if (seen.kind != TRAIL_LETTER_IGNORED) {
            reached &= name->starts_word;
            if (++separators > MOST_SEPARATORS) break;
            continue;
        }
        size_t behind = at + seen.size;
        trail_seen_character next = {.kind = TRAIL_LETTER_SEPARATOR};
        if (behind < text.length) trail_phrase_see(index, text, behind, &next);
        bool word_ends = !trail_letter_is_word(next.kind) && next.kind != TRAIL_LETTER_IGNORED &&
                         next.character != TRAIL_DAMAGED_CHARACTER;
        if ((reached & whole) != 0 && word_ends && lost > 0 && readable >= 2 &&
            2 * readable >= name->count)
            end = behind;
    }
    return end;
}

static trail_status find_one(const trail_phrase_index *index, uint32_t phrase_number,
                             const pattern *name, trail_slice text, trail_vector *matches,
                             trail_error *err)
{
    bool inside_word = false;
    trail_seen_character seen;
    for (size_t at = 0; at < text.length; at += seen.size) {
        trail_phrase_see(index, text, at, &seen);
        if (seen.kind == TRAIL_LETTER_IGNORED) continue;
        bool word = trail_letter_is_word(seen.kind) || seen.character == TRAIL_DAMAGED_CHARACTER;
        size_t end = word && !inside_word ? end_from(index, name, text, at) : at;
        inside_word = word;
        if (end == at) continue;
        trail_phrase_match match = {at, end, phrase_number};
        trail_status status = trail_vector_push(matches, &match, err);
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

trail_status trail_phrase_find_damaged(const trail_phrase_index *index, trail_slice text,
                                       trail_vector *matches, trail_error *err)
{
    for (uint32_t i = 0; i < index->phrases.count; i++) {
        const trail_phrase *phrase = trail_phrase_at(index, i);
        if (phrase->kind != TRAIL_PHRASE_NAME || phrase->length < 2 ||
            phrase->length > MOST_LETTERS)
            continue;
        pattern name = {UINT64_C(1) << phrase->length, trail_phrase_letter(index, phrase),
                        phrase->length};
        for (size_t k = 0; k < name.count; k++)
            if ((name.letters[k] & TRAIL_PHRASE_BREAK) != 0) name.starts_word |= UINT64_C(1) << k;
        trail_status status = find_one(index, i, &name, text, matches, err);
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}
