#include "evidence/phrase_index.h"

#include <string.h>

#include "base/memory.h"

#define LETTER_BITS 21
#define NO_OWNER    UINT32_MAX

trail_status trail_phrase_index_init(trail_phrase_index *index, trail_error *err)
{
    *index = (trail_phrase_index){0};
    index->nodes = trail_vector_of(sizeof(trail_phrase_node));
    index->letters = trail_vector_of(sizeof(uint32_t));
    index->phrases = trail_vector_of(sizeof(trail_phrase));
    index->owners = trail_vector_of(sizeof(trail_phrase_owner));

    trail_status status =
        trail_alloc_zeroed(&index->known, TRAIL_KNOWN_CHARACTERS, sizeof *index->known, err);
    if (status != TRAIL_OK) return status;
    for (uint32_t i = 0; i < TRAIL_KNOWN_CHARACTERS; i++) {
        trail_known_character *known = &index->known[i];
        uint32_t bare[TRAIL_LETTER_LIMIT];
        size_t count = 0;
        known->kind = (uint8_t)trail_letter_bare(i, bare, &count);
        known->count = count <= TRAIL_LENGTH_OF(known->bare) ? (uint8_t)count : UINT8_MAX;
        if (known->count != UINT8_MAX) memcpy(known->bare, bare, count * sizeof *bare);
    }
    trail_phrase_node root = {TRAIL_NO_PHRASE, 0, 0};
    return trail_vector_push(&index->nodes, &root, err);
}

void trail_phrase_index_clear(trail_phrase_index *index)
{
    trail_free(index->known);
    trail_map64_clear(&index->children);
    trail_vector_clear(&index->nodes);
    trail_vector_clear(&index->letters);
    trail_vector_clear(&index->phrases);
    trail_vector_clear(&index->owners);
    *index = (trail_phrase_index){0};
}

const trail_phrase *trail_phrase_at(const trail_phrase_index *index, uint32_t phrase)
{
    return trail_vector_at(&index->phrases, phrase);
}

const uint32_t *trail_phrase_letter(const trail_phrase_index *index, const trail_phrase *phrase)
{
    return trail_vector_at(&index->letters, phrase->first_letter);
}

const trail_phrase_node *trail_phrase_node_at(const trail_phrase_index *index, uint32_t node)
{
    return trail_vector_at(&index->nodes, node);
}

bool trail_letter_is_word(trail_letter_kind kind)
{
    return kind >= TRAIL_LETTER_ALPHA;
}

void trail_phrase_see(const trail_phrase_index *index, trail_slice text, size_t at,
                      trail_seen_character *seen)
{
    uint8_t byte = (uint8_t)text.start[at];
    seen->character = byte < 0x80 ? byte : 0xFFFD;
    seen->size = byte < 0x80 ? 1 : trail_utf8_step(text, at, &seen->character);
    if (seen->size == 0) seen->size = 1;
    if (seen->character < TRAIL_KNOWN_CHARACTERS) {
        const trail_known_character *known = &index->known[seen->character];
        if (known->count != UINT8_MAX) {
            seen->kind = (trail_letter_kind)known->kind;
            seen->count = known->count;
            memcpy(seen->bare, known->bare, sizeof known->bare);
            return;
        }
    }
    seen->kind = trail_letter_bare(seen->character, seen->bare, &seen->count);
}

trail_status trail_phrase_letters(const trail_phrase_index *index, trail_slice text,
                                  trail_vector *letters, trail_error *err)
{
    bool new_word = true;
    trail_seen_character seen;
    for (size_t at = 0; at < text.length; at += seen.size) {
        trail_phrase_see(index, text, at, &seen);
        if (seen.kind == TRAIL_LETTER_IGNORED) continue;
        if (!trail_letter_is_word(seen.kind)) {
            new_word = true;
            continue;
        }
        for (size_t i = 0; i < seen.count; i++) {
            uint32_t letter = seen.bare[i] | (new_word ? TRAIL_PHRASE_BREAK : 0);
            trail_status status = trail_vector_push(letters, &letter, err);
            if (status != TRAIL_OK) return status;
            new_word = false;
        }
    }
    return TRAIL_OK;
}

static uint64_t child_key(uint32_t node, uint32_t letter)
{
    return (uint64_t)node << LETTER_BITS | (letter & ~TRAIL_PHRASE_BREAK);
}

bool trail_phrase_step(const trail_phrase_index *index, uint32_t *node, uint32_t letter)
{
    return trail_map64_find(&index->children, child_key(*node, letter), node);
}

static bool only_digits(const uint32_t *letters, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint32_t letter = letters[i] & ~TRAIL_PHRASE_BREAK;
        if (letter < '0' || letter > '9') return false;
    }
    return true;
}

static trail_status add_owner(trail_phrase_index *index, uint32_t phrase, uint32_t person,
                              uint32_t account, trail_error *err)
{
    trail_phrase *owned = trail_vector_at(&index->phrases, phrase);
    uint32_t last = NO_OWNER;
    for (uint32_t i = owned->first_owner; i != NO_OWNER;) {
        const trail_phrase_owner *owner = trail_vector_at(&index->owners, i);
        if (owner->person == person && owner->account == account) return TRAIL_OK;
        last = i;
        i = owner->next;
    }
    trail_phrase_owner fresh = {person, account, NO_OWNER};
    uint32_t added = (uint32_t)index->owners.count;
    trail_status status = trail_vector_push(&index->owners, &fresh, err);
    if (status != TRAIL_OK) return status;
    if (last == NO_OWNER)
        owned->first_owner = added;
    else
        ((trail_phrase_owner *)trail_vector_at(&index->owners, last))->next = added;
    return TRAIL_OK;
}

/* The node that spells the letters, made where it is missing. */
static trail_status make_node(trail_phrase_index *index, const uint32_t *letters, size_t count,
                              uint32_t *node, trail_error *err)
{
    *node = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t fresh = (uint32_t)index->nodes.count;
        uint32_t *child =
            trail_map64_at(&index->children, child_key(*node, letters[i]), fresh, err);
        if (child == NULL) return TRAIL_NO_MEMORY;
        uint32_t parent = *node;
        *node = *child;
        if (*node != fresh) continue;
        trail_phrase_node *added = trail_vector_add(&index->nodes, err);
        if (added == NULL) return TRAIL_NO_MEMORY;
        trail_phrase_node *above = trail_vector_at(&index->nodes, parent);
        *added = (trail_phrase_node){TRAIL_NO_PHRASE, 0, above->first_child};
        above->first_child = fresh;
    }
    return TRAIL_OK;
}

trail_status trail_phrase_index_add(trail_phrase_index *index, trail_phrase_kind kind,
                                    const uint32_t *letters, size_t count, uint32_t person,
                                    uint32_t account, trail_error *err)
{
    if (count == 0 || count > TRAIL_PHRASE_LIMIT) return TRAIL_OK;
    if (kind == TRAIL_PHRASE_NAME && only_digits(letters, count)) return TRAIL_OK;

    uint32_t node = 0;
    uint32_t first = letters[0] & ~TRAIL_PHRASE_BREAK;
    if (first < TRAIL_LENGTH_OF(index->begins)) index->begins[first] = true;
    trail_status status = make_node(index, letters, count, &node, err);
    if (status != TRAIL_OK) return status;
    trail_phrase_node *end = trail_vector_at(&index->nodes, node);
    for (uint32_t i = end->phrase; i != TRAIL_NO_PHRASE; i = trail_phrase_at(index, i)->next) {
        const trail_phrase *there = trail_phrase_at(index, i);
        if (there->kind != kind) continue;
        /* The same letters cut differently: a cut of either is a cut of both. */
        uint32_t *kept = trail_vector_at(&index->letters, there->first_letter);
        for (size_t k = 0; k < count; k++)
            kept[k] |= letters[k];
        return add_owner(index, i, person, account, err);
    }
    trail_phrase fresh = {(uint32_t)index->letters.count, (uint32_t)count, kind, NO_OWNER,
                          end->phrase};
    uint32_t added = (uint32_t)index->phrases.count;
    for (size_t i = 0; i < count; i++)
        if ((status = trail_vector_push(&index->letters, &letters[i], err)) != TRAIL_OK)
            return status;
    if ((status = trail_vector_push(&index->phrases, &fresh, err)) != TRAIL_OK) return status;
    end->phrase = added;
    return add_owner(index, added, person, account, err);
}

uint32_t trail_phrase_index_number(const trail_phrase_index *index, trail_slice number)
{
    uint32_t node = 0;
    trail_seen_character seen;
    for (size_t at = 0; at < number.length; at += seen.size) {
        trail_phrase_see(index, number, at, &seen);
        for (size_t i = 0; i < seen.count; i++)
            if (!trail_phrase_step(index, &node, seen.bare[i])) return TRAIL_NO_PHRASE;
    }
    if (node == 0) return TRAIL_NO_PHRASE;
    uint32_t phrase = trail_phrase_node_at(index, node)->phrase;
    while (phrase != TRAIL_NO_PHRASE && trail_phrase_at(index, phrase)->kind != TRAIL_PHRASE_NUMBER)
        phrase = trail_phrase_at(index, phrase)->next;
    return phrase;
}

bool trail_phrase_share_owner(const trail_phrase_index *index, const trail_phrase *a,
                              const trail_phrase *b)
{
    for (uint32_t i = a->first_owner; i != NO_OWNER;) {
        const trail_phrase_owner *mine = trail_vector_at(&index->owners, i);
        for (uint32_t j = b->first_owner; j != NO_OWNER;) {
            const trail_phrase_owner *other = trail_vector_at(&index->owners, j);
            if (mine->person == other->person) return true;
            j = other->next;
        }
        i = mine->next;
    }
    return false;
}
