/* Best-first one-to-one alignment of words, with words written together, then coverage on both
 * sides: words left over on both sides contradict each other and count against the names most;
 * words left over on one side only are missing and weigh little for people, much for companies.
 * Vetoes and the 0.88 for another kind of company come last (formats 5a, 14). */
#include "identity/name_compare.h"

#include <string.h>

#include "identity/word_pair.h"

#define CONTRADICTION   2000u /* permille: weight of words left over on both sides */
#define MISSING_PERSON  150u  /* of words left over on one side */
#define MISSING_COMPANY 900u
#define FORMS_DIFFER    880u
#define FORM_MISSING    985u
#define MERGED_AT_LEAST 850u
#define MERGED_COST     20u
#define FATHER_MOVED    600u /* a father's name against an own name */

typedef struct alignment {
    const trail_folded_name *a, *b;
    bool a_used[TRAIL_NAME_WORDS], b_used[TRAIL_NAME_WORDS];
    bool fathers; /* both names say a father's name */
    bool letters_differ;
    trail_name_match *match;
} alignment;

static bool is_fathers(const trail_folded_name *name)
{
    for (size_t i = 0; i < name->count; i++)
        if (name->words[i].fathers) return true;
    return false;
}

static unsigned single(alignment *work, size_t i, size_t k)
{
    bool differ = false;
    unsigned likeness = trail_word_pair(&work->a->words[i], &work->b->words[k], &differ);
    if (differ) work->letters_differ = true;
    if (work->fathers && work->a->words[i].fathers != work->b->words[k].fathers)
        likeness = likeness * FATHER_MOVED / 1000;
    return likeness;
}

static unsigned merged(const trail_name_word *one, const trail_name_word *run, size_t count)
{
    unsigned likeness = trail_word_merged(one, run, count);
    return likeness < MERGED_AT_LEAST ? 0 : likeness - MERGED_COST;
}

/* All pairs of runs that are alike at all. */
typedef struct pair_list {
    trail_aligned_words pairs[TRAIL_NAME_WORDS * TRAIL_NAME_WORDS * 7];
    size_t count;
} pair_list;

static void list_pair(pair_list *list, size_t a, size_t a_count, size_t b, size_t b_count,
                      unsigned likeness)
{
    if (likeness == 0) return;
    list->pairs[list->count++] = (trail_aligned_words){(uint8_t)a, (uint8_t)a_count, (uint8_t)b,
                                                       (uint8_t)b_count, (uint16_t)likeness};
}

static void list_pairs(alignment *work, pair_list *list)
{
    const trail_folded_name *a = work->a;
    const trail_folded_name *b = work->b;
    for (size_t i = 0; i < a->count; i++)
        for (size_t k = 0; k < b->count; k++) {
            list_pair(list, i, 1, k, 1, single(work, i, k));
            for (size_t n = 2; n <= TRAIL_MERGED_WORDS; n++) {
                if (k + n <= b->count)
                    list_pair(list, i, 1, k, n, merged(&a->words[i], &b->words[k], n));
                if (i + n <= a->count)
                    list_pair(list, i, n, k, 1, merged(&b->words[k], &a->words[i], n));
            }
        }
}

static bool is_free(const bool *used, size_t from, size_t count)
{
    for (size_t i = from; i < from + count; i++)
        if (used[i]) return false;
    return true;
}

static unsigned apart(const trail_aligned_words *pair)
{
    return pair->a > pair->b ? (unsigned)(pair->a - pair->b) : (unsigned)(pair->b - pair->a);
}

static bool is_better(const trail_aligned_words *one, const trail_aligned_words *other)
{
    unsigned words = one->a_count + one->b_count;
    unsigned other_words = other->a_count + other->b_count;
    if (one->likeness != other->likeness) return one->likeness > other->likeness;
    if (words != other_words) return words > other_words;
    if (apart(one) != apart(other)) return apart(one) < apart(other);
    return one->a != other->a ? one->a < other->a : one->b < other->b;
}

static void align(alignment *work)
{
    pair_list list;
    list.count = 0;
    list_pairs(work, &list);
    for (;;) {
        const trail_aligned_words *best = NULL;
        for (size_t i = 0; i < list.count; i++) {
            const trail_aligned_words *pair = &list.pairs[i];
            bool open = is_free(work->a_used, pair->a, pair->a_count) &&
                        is_free(work->b_used, pair->b, pair->b_count);
            if (open && (best == NULL || is_better(pair, best))) best = pair;
        }
        if (best == NULL) return;
        for (size_t i = 0; i < best->a_count; i++)
            work->a_used[best->a + i] = true;
        for (size_t i = 0; i < best->b_count; i++)
            work->b_used[best->b + i] = true;
        work->match->words[work->match->word_count++] = *best;
    }
}

static unsigned weight_of_run(const trail_folded_name *name, size_t from, size_t count)
{
    unsigned weight = 0;
    for (size_t i = from; i < from + count; i++)
        weight += name->words[i].weight;
    return weight;
}

static bool is_repeated(const trail_folded_name *name, const bool *used, size_t at)
{
    for (size_t i = 0; i < name->count; i++)
        if (used[i] && strcmp(name->words[i].roman, name->words[at].roman) == 0) return true;
    return false;
}

/* Weight of the words left over: all, or without those said twice. */
static unsigned weight_left(const trail_folded_name *name, const bool *used, bool repeated)
{
    unsigned weight = 0;
    for (size_t i = 0; i < name->count; i++)
        if (!used[i] && (repeated || !is_repeated(name, used, i))) weight += name->words[i].weight;
    return weight;
}

/* The numbers, or countries, of one name that the other lacks. */
static bool lacks(const trail_folded_name *name, const bool *used, trail_word_kind kind)
{
    for (size_t i = 0; i < name->count; i++)
        if (!used[i] && name->words[i].kind == kind && !is_repeated(name, used, i)) return true;
    return false;
}

static unsigned find_vetoes(const alignment *work)
{
    const trail_folded_name *a = work->a;
    const trail_folded_name *b = work->b;
    unsigned vetoes = 0;
    if (lacks(a, work->a_used, TRAIL_WORD_NUMBER) || lacks(b, work->b_used, TRAIL_WORD_NUMBER))
        vetoes |= TRAIL_VETO_NUMERALS;
    bool country =
        lacks(a, work->a_used, TRAIL_WORD_COUNTRY) || lacks(b, work->b_used, TRAIL_WORD_COUNTRY);
    if (country && (a->company || b->company)) vetoes |= TRAIL_VETO_COUNTRY;
    if (work->letters_differ) {
        for (size_t i = 0; i < a->count; i++)
            for (size_t k = 0; k < b->count; k++)
                if (!work->a_used[i] && !work->b_used[k] &&
                    a->words[i].script == b->words[k].script &&
                    (a->words[i].script == TRAIL_SCRIPT_HAN ||
                     a->words[i].script == TRAIL_SCRIPT_HANGUL))
                    vetoes |= TRAIL_VETO_LETTERS;
    }
    return vetoes;
}

/* Do both say a kind of company, and none in common? */
static bool do_forms_differ(const trail_folded_name *a, const trail_folded_name *b)
{
    if (a->form_count == 0 || b->form_count == 0) return false;
    for (size_t i = 0; i < a->form_count; i++)
        for (size_t k = 0; k < b->form_count; k++) {
            const trail_legal_form *x = &a->forms[i];
            const trail_legal_form *y = &b->forms[k];
            if (x->form == y->form || x->kind == 0 || y->kind == 0 || x->kind == y->kind)
                return false;
        }
    return true;
}

static unsigned coverage(const alignment *work)
{
    uint64_t agreed = 0;
    uint64_t weight = 0;
    unsigned whole = 0; /* pairs of words that are more than initials and particles */
    for (size_t i = 0; i < work->match->word_count; i++) {
        const trail_aligned_words *pair = &work->match->words[i];
        unsigned a = weight_of_run(work->a, pair->a, pair->a_count);
        unsigned b = weight_of_run(work->b, pair->b, pair->b_count);
        agreed += (uint64_t)(a + b) * pair->likeness;
        weight += a + b;
        if (a >= 300 && b >= 300)
            whole += pair->a_count > pair->b_count ? pair->a_count : pair->b_count;
    }
    if (weight == 0) return 0;
    /* A word said twice is no word more, unless the other name has another in its place. */
    bool both = weight_left(work->a, work->a_used, true) > 0 &&
                weight_left(work->b, work->b_used, true) > 0;
    unsigned left_a = weight_left(work->a, work->a_used, both);
    unsigned left_b = weight_left(work->b, work->b_used, both);
    unsigned contradiction = left_a < left_b ? left_a : left_b;
    unsigned missing = left_a < left_b ? left_b - left_a : left_a - left_b;
    bool company = work->a->company || work->b->company;
    unsigned share = company || whole < 2 ? MISSING_COMPANY : MISSING_PERSON;
    uint64_t full =
        weight * 1000 + 2 * ((uint64_t)contradiction * CONTRADICTION + (uint64_t)missing * share);
    return (unsigned)(agreed * 1000 / full);
}

static bool is_before(const trail_folded_name *a, const trail_folded_name *b)
{
    if (a->count != b->count) return a->count < b->count;
    for (size_t i = 0; i < a->count; i++) {
        int order = strcmp(a->words[i].roman, b->words[i].roman);
        if (order != 0) return order < 0;
    }
    return true;
}

static void compare_in_order(const trail_folded_name *a, const trail_folded_name *b,
                             trail_name_match *match)
{
    alignment work = {.a = a, .b = b, .match = match};
    work.fathers = is_fathers(a) && is_fathers(b);
    align(&work);
    match->permille = coverage(&work);
    match->vetoes = find_vetoes(&work);
    match->forms_differ = do_forms_differ(a, b);
    if (match->forms_differ)
        match->permille = match->permille * FORMS_DIFFER / 1000;
    else if ((a->form_count == 0) != (b->form_count == 0))
        match->permille = match->permille * FORM_MISSING / 1000;
    if (match->vetoes != 0 && match->permille > TRAIL_NAME_VETOED)
        match->permille = TRAIL_NAME_VETOED;
}

void trail_name_compare(const trail_folded_name *a, const trail_folded_name *b,
                        trail_name_match *match)
{
    *match = (trail_name_match){0};
    if (is_before(a, b)) {
        compare_in_order(a, b, match);
        return;
    }
    compare_in_order(b, a, match);
    for (size_t i = 0; i < match->word_count; i++) {
        trail_aligned_words *pair = &match->words[i];
        *pair =
            (trail_aligned_words){pair->b, pair->b_count, pair->a, pair->a_count, pair->likeness};
    }
}
