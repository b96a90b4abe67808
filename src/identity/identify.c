#include "base/sort.h"
#include "identity/entity_parts.h"

const trail_entity *trail_identity_entity(const trail_identity *identity, uint32_t entity)
{
    return trail_vector_at(&identity->entities, entity);
}

static int order_candidates(const void *context, const void *a, const void *b)
{
    const trail_candidate *one = a;
    const trail_candidate *other = b;
    (void)context;
    if (one->millibits != other->millibits) return one->millibits > other->millibits ? -1 : 1;
    if (one->first != other->first) return one->first < other->first ? -1 : 1;
    return one->second < other->second ? -1 : one->second > other->second;
}

static trail_status count_words(const trail_identity *identity, trail_name_book *book,
                                trail_word_rarity *rarity, trail_error *err)
{
    trail_status status = trail_word_rarity_init(rarity, err);
    for (uint32_t i = 1; i < trail_strings_count(identity->folds) && status == TRAIL_OK; i++) {
        const trail_folded_name *name = NULL;
        status = trail_name_book_fold(book, i, &name, err);
        if (status == TRAIL_OK) status = trail_word_rarity_add(rarity, name, err);
    }
    return status;
}

trail_status trail_identify(trail_identity *identity, const trail_identity_input *input,
                            trail_error *err)
{
    trail_name_book *book = NULL;
    trail_word_rarity rarity = {0};
    trail_vector pairs = trail_vector_of(sizeof(trail_alike_names));
    *identity = (trail_identity){.seen = trail_vector_of(sizeof(trail_seen_name)),
                                 .entities = trail_vector_of(sizeof(trail_entity)),
                                 .candidates = trail_vector_of(sizeof(trail_candidate))};
    trail_status status = trail_strings_new(&identity->names, err);
    if (status == TRAIL_OK) status = trail_strings_new(&identity->folds, err);
    if (status == TRAIL_OK) status = trail_strings_new(&identity->words, err);
    if (status == TRAIL_OK) status = trail_name_book_new(&book, identity->folds, err);
    if (status == TRAIL_OK) status = trail_entities_find(identity, input, book, err);
    if (status == TRAIL_OK) status = count_words(identity, book, &rarity, err);
    if (status == TRAIL_OK) identity->distinct_names = trail_strings_count(identity->folds) - 1;
    if (status == TRAIL_OK) status = trail_names_block(identity, book, &rarity, &pairs, err);
    if (status == TRAIL_OK)
        status = trail_candidates_score(identity, input, book, &rarity, &pairs, err);
    if (status == TRAIL_OK)
        status = trail_sort_items(identity->candidates.items, identity->candidates.count,
                                  sizeof(trail_candidate), order_candidates, NULL, err);
    if (status == TRAIL_OK && input->decisions != NULL)
        status = trail_same_decide(identity, input->decisions, err);
    trail_vector_clear(&pairs);
    trail_word_rarity_clear(&rarity);
    trail_name_book_free(book);
    return status;
}

void trail_identity_clear(trail_identity *identity)
{
    trail_strings_free(identity->names);
    trail_strings_free(identity->folds);
    trail_strings_free(identity->words);
    trail_vector_clear(&identity->seen);
    trail_vector_clear(&identity->entities);
    trail_vector_clear(&identity->candidates);
    *identity = (trail_identity){0};
}
