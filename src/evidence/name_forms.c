#include "evidence/name_forms.h"

#include "base/utf8.h"

#define MOST_TURNED_WORDS 8u /* longer names are taken as declared and backwards only */

/* Words of a name: where each begins in the letters, and the end of the last. */
static trail_status find_words(const trail_vector *letters, trail_vector *words, trail_error *err)
{
    trail_status status;
    for (uint32_t i = 0; i < letters->count; i++) {
        const uint32_t *letter = trail_vector_at(letters, i);
        if ((*letter & TRAIL_PHRASE_BREAK) == 0) continue;
        if ((status = trail_vector_push(words, &i, err)) != TRAIL_OK) return status;
    }
    uint32_t end = (uint32_t)letters->count;
    return trail_vector_push(words, &end, err);
}

/* Adds the name with its words in the order first, first + step, ... (counted round). */
static trail_status add_order(trail_phrase_index *index, const trail_vector *letters,
                              const trail_vector *words, size_t first, size_t step, uint32_t person,
                              trail_error *err)
{
    trail_vector ordered = trail_vector_of(sizeof(uint32_t));
    size_t word_count = words->count - 1;
    const uint32_t *begins = words->items;
    trail_status status = TRAIL_OK;
    for (size_t i = 0; i < word_count; i++) {
        size_t word = (first + i * step) % word_count;
        for (uint32_t k = begins[word]; k < begins[word + 1]; k++)
            if ((status = trail_vector_push(&ordered, trail_vector_at(letters, k), err)) !=
                TRAIL_OK)
                goto cleanup;
    }
    status = trail_phrase_index_add(index, TRAIL_PHRASE_NAME, ordered.items, ordered.count, person,
                                    0, err);
cleanup:
    trail_vector_clear(&ordered);
    return status;
}

static trail_status add_orders(trail_phrase_index *index, trail_slice name, uint32_t person,
                               trail_error *err)
{
    trail_vector letters = trail_vector_of(sizeof(uint32_t));
    trail_vector words = trail_vector_of(sizeof(uint32_t));
    trail_status status;
    if ((status = trail_phrase_letters(index, name, &letters, err)) != TRAIL_OK) goto cleanup;
    if (letters.count == 0) goto cleanup;
    if ((status = find_words(&letters, &words, err)) != TRAIL_OK) goto cleanup;

    size_t word_count = words.count - 1;
    size_t turns = word_count <= MOST_TURNED_WORDS ? word_count : 1;
    for (size_t first = 0; first < turns; first++)
        if ((status = add_order(index, &letters, &words, first, 1, person, err)) != TRAIL_OK)
            goto cleanup;
    if (word_count > 2) /* a step of count - 1 goes backwards */
        status = add_order(index, &letters, &words, word_count - 1, word_count - 1, person, err);
cleanup:
    trail_vector_clear(&words);
    trail_vector_clear(&letters);
    return status;
}

static const char *spelled_out(uint32_t character)
{
    switch (character) {
    case 0x00C4:
    case 0x00E4:
        return "ae";
    case 0x00D6:
    case 0x00F6:
    case 0x00D8:
    case 0x00F8:
        return "oe";
    case 0x00DC:
    case 0x00FC:
        return "ue";
    case 0x00C5:
    case 0x00E5:
        return "aa";
    case 0x0308: /* a combining diaeresis after its vowel */
        return "e";
    default:
        return NULL;
    }
}

static trail_status spell_out(trail_slice name, trail_text *out, bool *changed, trail_error *err)
{
    *changed = false;
    for (size_t at = 0; at < name.length;) {
        uint32_t character = 0;
        size_t step = trail_utf8_step(name, at, &character);
        const char *spelled = step == 0 ? NULL : spelled_out(character);
        if (step == 0) step = 1;
        trail_slice piece = {name.start + at, step};
        if (spelled != NULL) {
            piece = trail_slice_of(spelled);
            *changed = true;
        }
        trail_status status = trail_text_add(out, piece, err);
        if (status != TRAIL_OK) return status;
        at += step;
    }
    return TRAIL_OK;
}

trail_status trail_name_forms_add(trail_phrase_index *index, trail_slice name, uint32_t person,
                                  trail_error *err)
{
    trail_text spelled = {0};
    bool changed = false;
    trail_status status;
    if ((status = add_orders(index, name, person, err)) != TRAIL_OK) goto cleanup;
    if ((status = spell_out(name, &spelled, &changed, err)) != TRAIL_OK) goto cleanup;
    if (changed) status = add_orders(index, trail_text_slice(&spelled), person, err);
cleanup:
    trail_text_clear(&spelled);
    return status;
}
