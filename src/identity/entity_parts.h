/* What the steps of trail_identify hand to each other. */
#ifndef TRAIL_IDENTITY_ENTITY_PARTS_H
#define TRAIL_IDENTITY_ENTITY_PARTS_H

#include "identity/entity.h"
#include "identity/name_book.h"
#include "identity/word_rarity.h"

/* Fills names, folds, seen and entities; the book's names are identity->folds. */
trail_status trail_entities_find(trail_identity *identity, const trail_identity_input *input,
                                 trail_name_book *book, trail_error *err) TRAIL_MUST_CHECK;

/* Two folded names that are alike, a <= b by text; equal: the name at several entities. */
typedef struct trail_alike_names {
    uint32_t a, b;
} trail_alike_names;
/* Pairs of folds worth comparing that turn out alike: *pairs of trail_alike_names, by text. */
trail_status trail_names_block(trail_identity *identity, trail_name_book *book,
                               const trail_word_rarity *rarity, trail_vector *pairs,
                               trail_error *err) TRAIL_MUST_CHECK;

/* Candidates of alike names, with their addends, unsorted. */
trail_status trail_candidates_score(trail_identity *identity, const trail_identity_input *input,
                                    trail_name_book *book, const trail_word_rarity *rarity,
                                    const trail_vector *pairs, trail_error *err) TRAIL_MUST_CHECK;

/* Applies the decisions on entities: those against first, then those for, in file order. Sets
 * groups, outcomes and candidates' decisions. */
trail_status trail_same_decide(trail_identity *identity, trail_decisions *decisions,
                               trail_error *err) TRAIL_MUST_CHECK;

/* Compares two strings of the table bytewise. */
int trail_strings_order(const trail_strings *strings, uint32_t a, uint32_t b);

#endif
