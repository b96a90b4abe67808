/* A bank's file in the wrong encoding keeps the ASCII letters of a name and loses the others. From
 * each beginning of a word the tree of phrases is followed with all readings at once; the names
 * that end on the way are then run over the place as a set of reachable positions, one bit each
 * (Baeza-Yates and Gonnet, A new approach to text searching, CACM 35, 1992): a letter moves the
 * bits whose next letter it is, an undecodable character moves all bits and leaves all bits, a
 * separator keeps the bits that stand between words. Names of 2 to 63 letters. O(words x nodes near
 * the root) for text full of damage, near O(length) for text with little. */
#include "evidence/phrase_damaged.h"

#include <stdlib.h>

#define MOST_LETTERS    63u
#define MOST_SEPARATORS 4u
#define MOST_LOST_AHEAD 2u /* undecodable characters beyond the readable ones before them */

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

static trail_status judge(const trail_phrase_index *index, uint32_t phrase_number, trail_slice text,
                          size_t start, trail_vector *matches, trail_error *err)
{
    const trail_phrase *phrase = trail_phrase_at(index, phrase_number);
    if (phrase->kind != TRAIL_PHRASE_NAME || phrase->length < 2 || phrase->length > MOST_LETTERS)
        return TRAIL_OK;
    pattern name = {UINT64_C(1) << phrase->length, trail_phrase_letter(index, phrase),
                    phrase->length};
    for (size_t i = 0; i < name.count; i++)
        if ((name.letters[i] & TRAIL_PHRASE_BREAK) != 0) name.starts_word |= UINT64_C(1) << i;
    trail_phrase_match match = {start, end_from(index, &name, text, start), phrase_number};
    return match.end == start ? TRAIL_OK : trail_vector_push(matches, &match, err);
}

static int by_number(const void *a_item, const void *b_item)
{
    uint32_t a = *(const uint32_t *)a_item;
    uint32_t b = *(const uint32_t *)b_item;
    return a < b ? -1 : a > b;
}

/* The nodes and all their children, each once. */
static trail_status spread(const trail_phrase_index *index, trail_vector *nodes, trail_error *err)
{
    size_t count = nodes->count;
    for (size_t i = 0; i < count; i++) {
        uint32_t node = *(const uint32_t *)trail_vector_at(nodes, i);
        for (uint32_t child = trail_phrase_node_at(index, node)->first_child; child != 0;
             child = trail_phrase_node_at(index, child)->sibling) {
            trail_status status = trail_vector_push(nodes, &child, err);
            if (status != TRAIL_OK) return status;
        }
    }
    if (nodes->count > 1) qsort(nodes->items, nodes->count, sizeof(uint32_t), by_number);
    uint32_t *all = nodes->items;
    size_t kept = 0;
    for (size_t i = 0; i < nodes->count; i++)
        if (i == 0 || all[i] != all[kept - 1]) all[kept++] = all[i];
    nodes->count = kept;
    return TRAIL_OK;
}

static void advance(const trail_phrase_index *index, trail_vector *nodes, uint32_t letter)
{
    uint32_t *all = nodes->items;
    size_t kept = 0;
    for (size_t i = 0; i < nodes->count; i++) {
        uint32_t node = all[i];
        if (trail_phrase_step(index, &node, letter)) all[kept++] = node;
    }
    nodes->count = kept;
}

/* Adds the phrases that end at one of the nodes to `candidates`. */
static trail_status collect(const trail_phrase_index *index, const trail_vector *nodes,
                            trail_vector *candidates, trail_error *err)
{
    trail_status status;
    for (size_t i = 0; i < nodes->count; i++) {
        uint32_t node = *(const uint32_t *)trail_vector_at(nodes, i);
        uint32_t phrase = trail_phrase_node_at(index, node)->phrase;
        for (; phrase != TRAIL_NO_PHRASE; phrase = trail_phrase_at(index, phrase)->next)
            if ((status = trail_vector_push(candidates, &phrase, err)) != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

/* All phrases that may stand at `start`, found by following the tree with every reading of the
 * undecodable characters at once. Separators are stepped over; end_from judges them. */
static trail_status find_candidates(const trail_phrase_index *index, trail_slice text, size_t start,
                                    trail_vector *nodes, trail_vector *candidates, trail_error *err)
{
    uint32_t root = 0;
    size_t readable = 0;
    size_t lost = 0;
    size_t separators = 0;
    trail_seen_character seen;
    nodes->count = 0;
    candidates->count = 0;
    trail_status status = trail_vector_push(nodes, &root, err);
    for (size_t at = start; status == TRAIL_OK && at < text.length && nodes->count > 0;
         at += seen.size) {
        trail_phrase_see(index, text, at, &seen);
        if (seen.character == TRAIL_DAMAGED_CHARACTER) {
            if (++lost > readable + MOST_LOST_AHEAD) break;
            status = spread(index, nodes, err);
        } else if (trail_letter_is_word(seen.kind)) {
            for (size_t i = 0; i < seen.count; i++)
                advance(index, nodes, seen.bare[i]);
            readable += seen.count;
            separators = 0;
        } else if (seen.kind != TRAIL_LETTER_IGNORED && ++separators > MOST_SEPARATORS) {
            break;
        }
        if (status == TRAIL_OK && lost > 0 && readable >= 2)
            status = collect(index, nodes, candidates, err);
    }
    return status;
}

/* Does a readable letter come before too many undecodable ones? Most damage fails here at once. */
static bool starts_readable(const trail_phrase_index *index, trail_slice text, size_t start)
{
    size_t lost = 0;
    trail_seen_character seen;
    for (size_t at = start; at < text.length && lost <= MOST_LOST_AHEAD; at += seen.size) {
        trail_phrase_see(index, text, at, &seen);
        if (trail_letter_is_word(seen.kind)) return true;
        if (seen.character == TRAIL_DAMAGED_CHARACTER) lost++;
    }
    return false;
}

static trail_status find_from(const trail_phrase_index *index, trail_slice text, size_t start,
                              trail_vector *nodes, trail_vector *candidates, trail_vector *matches,
                              trail_error *err)
{
    trail_status status = find_candidates(index, text, start, nodes, candidates, err);
    if (status != TRAIL_OK) return status;
    if (candidates->count > 1)
        qsort(candidates->items, candidates->count, sizeof(uint32_t), by_number);
    const uint32_t *phrases = candidates->items;
    for (size_t i = 0; i < candidates->count; i++) {
        if (i > 0 && phrases[i] == phrases[i - 1]) continue;
        if ((status = judge(index, phrases[i], text, start, matches, err)) != TRAIL_OK)
            return status;
    }
    return TRAIL_OK;
}

trail_status trail_phrase_find_damaged(const trail_phrase_index *index, trail_slice text,
                                       trail_vector *matches, trail_error *err)
{
    trail_vector nodes = trail_vector_of(sizeof(uint32_t));
    trail_vector candidates = trail_vector_of(sizeof(uint32_t));
    trail_status status = TRAIL_OK;
    bool inside_word = false;
    trail_seen_character seen;
    for (size_t at = 0; status == TRAIL_OK && at < text.length; at += seen.size) {
        trail_phrase_see(index, text, at, &seen);
        if (seen.kind == TRAIL_LETTER_IGNORED) continue;
        bool word = trail_letter_is_word(seen.kind) || seen.character == TRAIL_DAMAGED_CHARACTER;
        if (word && !inside_word && starts_readable(index, text, at))
            status = find_from(index, text, at, &nodes, &candidates, matches, err);
        inside_word = word;
    }
    trail_vector_clear(&candidates);
    trail_vector_clear(&nodes);
    return status;
}
