#include "identity/word_rarity.h"

trail_status trail_word_rarity_init(trail_word_rarity *rarity, trail_error *err)
{
    uint32_t none = 0;
    *rarity = (trail_word_rarity){.counts = trail_vector_of(sizeof(uint32_t))};
    trail_status status = trail_strings_new(&rarity->words, err);
    if (status == TRAIL_OK) status = trail_vector_push(&rarity->counts, &none, err);
    return status;
}

void trail_word_rarity_clear(trail_word_rarity *rarity)
{
    trail_strings_free(rarity->words);
    trail_vector_clear(&rarity->counts);
    *rarity = (trail_word_rarity){0};
}

/* Words that no one can romanise are told apart by their own letters. */
static trail_slice key_of(const trail_name_word *word)
{
    if (word->roman_length > 0) return (trail_slice){word->roman, word->roman_length};
    return (trail_slice){(const char *)word->native, word->native_length * sizeof *word->native};
}

trail_status trail_word_rarity_add(trail_word_rarity *rarity, const trail_folded_name *name,
                                   trail_error *err)
{
    rarity->names++;
    for (size_t i = 0; i < name->count; i++) {
        uint32_t id = 0;
        uint32_t none = 0;
        bool again = false;
        for (size_t k = 0; k < i; k++)
            again = again || trail_slice_equal(key_of(&name->words[k]), key_of(&name->words[i]));
        if (again) continue;
        trail_status status = trail_strings_put(rarity->words, key_of(&name->words[i]), &id, err);
        if (status == TRAIL_OK && id >= rarity->counts.count)
            status = trail_vector_push(&rarity->counts, &none, err);
        if (status != TRAIL_OK) return status;
        (*(uint32_t *)trail_vector_at(&rarity->counts, id))++;
    }
    return TRAIL_OK;
}

uint32_t trail_word_frequency(const trail_word_rarity *rarity, const trail_name_word *word)
{
    uint32_t id = trail_strings_find(rarity->words, key_of(word));
    if (id == UINT32_MAX || id >= rarity->counts.count) return 1;
    uint32_t count = *(uint32_t *)trail_vector_at(&rarity->counts, id);
    return count == 0 ? 1 : count;
}

int32_t trail_word_millibits(const trail_word_rarity *rarity, const trail_name_word *word)
{
    uint32_t count = trail_word_frequency(rarity, word);
    return rarity->names < count ? 0 : trail_millibits(rarity->names, count);
}

/* Squares the mantissa once for each binary digit: whole numbers only, the same everywhere. */
int32_t trail_millibits(uint32_t whole, uint32_t part)
{
    uint64_t mantissa = ((uint64_t)whole << 31) / part; /* the ratio times 2^31 */
    int32_t digits = 0;
    int32_t fraction = 0;
    while (mantissa >= (uint64_t)1 << 32) {
        mantissa >>= 1;
        digits++;
    }
    for (int i = 0; i < 14; i++) {
        mantissa = (mantissa * mantissa) >> 31;
        fraction <<= 1;
        if (mantissa >= (uint64_t)1 << 32) {
            mantissa >>= 1;
            fraction |= 1;
        }
    }
    return digits * 1000 + (int32_t)((fraction * (int64_t)1000) >> 14);
}
