/* How rare the words of names are among the names of a case: log2(names / names with the word). */
#ifndef TRAIL_IDENTITY_WORD_RARITY_H
#define TRAIL_IDENTITY_WORD_RARITY_H

#include <stdint.h>

#include <moneytrail/error.h>

#include "base/strings.h"
#include "base/vector.h"
#include "identity/name_fold.h"

typedef struct trail_word_rarity {
    trail_strings *words;
    trail_vector counts; /* of uint32_t, by word */
    uint32_t names;
} trail_word_rarity;

trail_status trail_word_rarity_init(trail_word_rarity *rarity, trail_error *err) TRAIL_MUST_CHECK;
void trail_word_rarity_clear(trail_word_rarity *rarity);
/* Counts one name's words, each once. */
trail_status trail_word_rarity_add(trail_word_rarity *rarity, const trail_folded_name *name,
                                   trail_error *err) TRAIL_MUST_CHECK;
/* Names that have the word, at least 1. */
uint32_t trail_word_frequency(const trail_word_rarity *rarity, const trail_name_word *word);
/* Thousandths of a bit. */
int32_t trail_word_millibits(const trail_word_rarity *rarity, const trail_name_word *word);

/* 1000 · log2(whole / part), rounded down, for whole >= part >= 1. */
int32_t trail_millibits(uint32_t whole, uint32_t part);

#endif
