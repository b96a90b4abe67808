#include "reconcile/match_names.h"

#include "base/map64.h"
#include "base/memory.h"
#include "base/unicode.h"
#include "identity/name_book.h"

/* Words of a folded name in any order count as equal; all else the book of names compares, once
 * for each two texts. */
enum { EQUAL = 1000 };
#define NOT_COMPARED UINT32_MAX

struct trail_match_names {
    const trail_strings *strings;
    uint64_t *keys; /* by string id, 0: not folded yet */
    uint32_t count;
    trail_text folded;
    trail_name_book *book;
    trail_map64 scores; /* text << 32 | text: thousandths */
};

trail_status trail_match_names_new(trail_match_names **out, const trail_strings *strings,
                                   trail_error *err)
{
    trail_match_names *names = NULL;
    *out = NULL;
    trail_status status = trail_alloc_zeroed(&names, 1, sizeof *names, err);
    if (status != TRAIL_OK) return status;
    names->strings = strings;
    names->count = trail_strings_count(strings);
    status = trail_alloc_zeroed(&names->keys, names->count, sizeof *names->keys, err);
    if (status == TRAIL_OK)
        *out = names;
    else
        trail_match_names_free(names);
    return status;
}

void trail_match_names_free(trail_match_names *names)
{
    if (names == NULL) return;
    trail_free(names->keys);
    trail_text_clear(&names->folded);
    trail_name_book_free(names->book);
    trail_map64_clear(&names->scores);
    trail_free(names);
}

/* The sum of its words' hashes does not depend on their order. */
static uint64_t key_of_words(trail_slice text)
{
    uint64_t key = 1;
    size_t start = 0;
    for (size_t i = 0; i <= text.length; i++) {
        if (i < text.length && text.start[i] != ' ' && text.start[i] != ',') continue;
        if (i > start) key += trail_strings_hash((trail_slice){text.start + start, i - start});
        start = i + 1;
    }
    return key == 0 ? 1 : key;
}

trail_status trail_match_names_key(trail_match_names *names, uint32_t name, uint64_t *key,
                                   trail_error *err)
{
    if (names->keys[name] == 0) {
        trail_text_reset(&names->folded);
        trail_status status =
            trail_unicode_fold(trail_strings_get(names->strings, name), &names->folded, err);
        if (status != TRAIL_OK) return status;
        names->keys[name] = key_of_words(trail_text_slice(&names->folded));
    }
    *key = names->keys[name];
    return TRAIL_OK;
}

trail_status trail_match_names_score(trail_match_names *names, uint32_t name_a, uint32_t name_b,
                                     unsigned *permille, trail_error *err)
{
    uint64_t first = 0, second = 0;
    trail_status status = trail_match_names_key(names, name_a, &first, err);
    if (status == TRAIL_OK) status = trail_match_names_key(names, name_b, &second, err);
    *permille = EQUAL;
    if (status != TRAIL_OK || first == second) return status;
    uint32_t low = name_a < name_b ? name_a : name_b, high = name_a < name_b ? name_b : name_a;
    uint32_t *known = trail_map64_at(&names->scores, (uint64_t)low << 32 | high, NOT_COMPARED, err);
    if (known == NULL) return TRAIL_NO_MEMORY;
    if (*known == NOT_COMPARED) {
        if (names->book == NULL) status = trail_name_book_new(&names->book, names->strings, err);
        if (status != TRAIL_OK) return status;
        status = trail_name_book_score(names->book, low, high, permille, err);
        if (status != TRAIL_OK) return status;
        *known = *permille;
    }
    *permille = *known;
    return TRAIL_OK;
}
