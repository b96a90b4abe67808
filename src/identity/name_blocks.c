/* Which names to compare, of all n² pairs: those that share a block. Blocks are made of what a
 * misspelling leaves alone: the two rarest words; the sound of one of them with the first letter
 * of the other; the first four letters. A block over 200 names is cut by the sound of its names'
 * second rarest word; what is then still over 200 is left out, and counted (formats 14.4). */
#include "base/map64.h"
#include "base/memory.h"
#include "base/sort.h"
#include "identity/entity_parts.h"

#define BLOCK_LIMIT 200

typedef struct block_entry {
    uint64_t key;
    uint32_t fold;
    uint32_t rank;   /* of the fold's text among all */
    uint64_t second; /* cuts blocks that are too large */
} block_entry;

typedef struct block_work {
    trail_identity *identity;
    trail_name_book *book;
    const trail_word_rarity *rarity;
    uint32_t *rank;
    trail_vector entries; /* of block_entry */
    trail_map64 seen;
    trail_vector *pairs;
} block_work;

static uint64_t mix(uint64_t a, uint64_t b)
{
    uint64_t x = a * 0x9E3779B97F4A7C15u ^ (b + 0x632BE59BD9B4E019u);
    x ^= x >> 32;
    x *= 0xD6E8FEB86659FD93u;
    return x ^ x >> 29;
}

static uint64_t key_of_word(const trail_name_word *word)
{
    if (word->roman_length > 0)
        return trail_strings_hash((trail_slice){word->roman, word->roman_length});
    return trail_strings_hash(
        (trail_slice){(const char *)word->native, word->native_length * sizeof *word->native});
}

static uint64_t sound_of_word(const trail_name_word *word)
{
    return word->skeleton >> 5 != 0 ? word->skeleton : key_of_word(word);
}

/* The two rarest words that say who it is. */
static size_t rarest(const block_work *work, const trail_folded_name *name,
                     const trail_name_word *found[2])
{
    size_t count = 0;
    uint32_t counts[2] = {0, 0};
    for (size_t i = 0; i < name->count; i++) {
        const trail_name_word *word = &name->words[i];
        bool says_who = word->kind == TRAIL_WORD_PLAIN || word->kind == TRAIL_WORD_COMPANY ||
                        word->kind == TRAIL_WORD_COUNTRY;
        if (!says_who || word->weight < 300) continue;
        uint32_t often = trail_word_frequency(work->rarity, word);
        if (count == 0 || often < counts[0]) {
            found[1] = found[0];
            counts[1] = counts[0];
            found[0] = word;
            counts[0] = often;
        } else if (count == 1 || often < counts[1]) {
            found[1] = word;
            counts[1] = often;
        }
        if (count < 2) count++;
    }
    return count;
}

static trail_status add_entry(block_work *work, uint32_t fold, uint64_t kind, uint64_t key,
                              uint64_t second, trail_error *err)
{
    block_entry entry = {mix(kind, key), fold, work->rank[fold], second};
    return trail_vector_push(&work->entries, &entry, err);
}

static trail_status add_entries(block_work *work, uint32_t fold, trail_error *err)
{
    const trail_folded_name *name = NULL;
    const trail_name_word *words[2] = {NULL, NULL};
    char first[4] = {0};
    size_t letters = 0;
    trail_status status = trail_name_book_fold(work->book, fold, &name, err);
    if (status != TRAIL_OK) return status;
    size_t count = rarest(work, name, words);
    for (size_t i = 0; i < name->count; i++)
        for (size_t k = 0; k < name->words[i].roman_length && letters < 4; k++)
            first[letters++] = name->words[i].roman[k];
    uint64_t second = count > 1 ? sound_of_word(words[1]) : 0;
    if (count > 0)
        status =
            add_entry(work, fold, 1,
                      key_of_word(words[0]) ^ (count > 1 ? key_of_word(words[1]) : 0), second, err);
    if (count == 2 && status == TRAIL_OK)
        status =
            add_entry(work, fold, 2,
                      mix(sound_of_word(words[0]), (unsigned char)words[1]->roman[0]), second, err);
    if (count == 2 && status == TRAIL_OK)
        status =
            add_entry(work, fold, 2,
                      mix(sound_of_word(words[1]), (unsigned char)words[0]->roman[0]), second, err);
    if (count == 1 && status == TRAIL_OK)
        status = add_entry(work, fold, 3, sound_of_word(words[0]), second, err);
    if (letters == 4 && status == TRAIL_OK)
        status = add_entry(work, fold, 4, trail_strings_hash((trail_slice){first, 4}), second, err);
    return status;
}

static int order_entries(const void *context, const void *a, const void *b)
{
    const block_entry *one = a;
    const block_entry *other = b;
    (void)context;
    if (one->key != other->key) return one->key < other->key ? -1 : 1;
    if (one->second != other->second) return one->second < other->second ? -1 : 1;
    return one->rank < other->rank ? -1 : one->rank > other->rank;
}

static trail_status compare_pair(block_work *work, const block_entry *one, const block_entry *other,
                                 trail_error *err)
{
    trail_name_match match;
    const block_entry *low = one->rank < other->rank ? one : other;
    const block_entry *high = low == one ? other : one;
    uint64_t key = (uint64_t)low->fold << 32 | high->fold;
    size_t before = work->seen.count;
    if (one->fold == other->fold) return TRAIL_OK;
    if (trail_map64_at(&work->seen, key, 0, err) == NULL) return TRAIL_NO_MEMORY;
    if (work->seen.count == before) return TRAIL_OK;
    trail_status status = trail_name_book_match(work->book, low->fold, high->fold, &match, err);
    if (status != TRAIL_OK || match.permille < TRAIL_NAME_ALIKE) return status;
    trail_alike_names pair = {low->fold, high->fold};
    return trail_vector_push(work->pairs, &pair, err);
}

static trail_status compare_block(block_work *work, const block_entry *entries, size_t count,
                                  trail_error *err)
{
    trail_status status = TRAIL_OK;
    for (size_t i = 0; i < count && status == TRAIL_OK; i++)
        for (size_t k = i + 1; k < count && status == TRAIL_OK; k++)
            status = compare_pair(work, &entries[i], &entries[k], err);
    return status;
}

/* A block of one key: whole, or cut by `second`. */
static trail_status walk_block(block_work *work, const block_entry *entries, size_t count,
                               trail_error *err)
{
    trail_status status = TRAIL_OK;
    if (count <= BLOCK_LIMIT) return compare_block(work, entries, count, err);
    for (size_t from = 0, to = 0; from < count && status == TRAIL_OK; from = to) {
        while (to < count && entries[to].second == entries[from].second)
            to++;
        if (to - from <= BLOCK_LIMIT)
            status = compare_block(work, entries + from, to - from, err);
        else
            work->identity->blocks_left_out++;
    }
    return status;
}

static int order_folds(const void *context, uint32_t a, uint32_t b)
{
    return trail_strings_order(context, a, b);
}

/* The place of each fold's text among all, so that nothing depends on which was read first. */
static trail_status rank_folds(block_work *work, uint32_t count, trail_error *err)
{
    uint32_t *order = NULL;
    trail_status status = trail_alloc_zeroed(&order, count, sizeof *order, err);
    if (status == TRAIL_OK)
        status = trail_alloc_zeroed(&work->rank, count, sizeof *work->rank, err);
    for (uint32_t i = 0; i < count && status == TRAIL_OK; i++)
        order[i] = i;
    if (status == TRAIL_OK)
        status = trail_sort_numbers(order, count, order_folds, work->identity->folds, err);
    for (uint32_t i = 0; i < count && status == TRAIL_OK; i++)
        work->rank[order[i]] = i;
    trail_free(order);
    return status;
}

static int order_pairs(const void *context, const void *a, const void *b)
{
    const uint32_t *rank = context;
    const trail_alike_names *one = a;
    const trail_alike_names *other = b;
    if (one->a != other->a) return rank[one->a] < rank[other->a] ? -1 : 1;
    if (one->b != other->b) return rank[one->b] < rank[other->b] ? -1 : 1;
    return 0;
}

trail_status trail_names_block(trail_identity *identity, trail_name_book *book,
                               const trail_word_rarity *rarity, trail_vector *pairs,
                               trail_error *err)
{
    uint32_t count = trail_strings_count(identity->folds);
    block_work work = {.identity = identity,
                       .book = book,
                       .rarity = rarity,
                       .pairs = pairs,
                       .entries = trail_vector_of(sizeof(block_entry))};
    trail_status status = rank_folds(&work, count, err);
    for (uint32_t i = 1; i < count && status == TRAIL_OK; i++) {
        trail_alike_names itself = {i, i};
        status = add_entries(&work, i, err);
        if (status == TRAIL_OK) status = trail_vector_push(pairs, &itself, err);
    }
    if (status == TRAIL_OK)
        status = trail_sort_items(work.entries.items, work.entries.count, sizeof(block_entry),
                                  order_entries, NULL, err);
    const block_entry *entries = work.entries.items;
    for (size_t from = 0, to = 0; from < work.entries.count && status == TRAIL_OK; from = to) {
        while (to < work.entries.count && entries[to].key == entries[from].key)
            to++;
        status = walk_block(&work, entries + from, to - from, err);
    }
    if (status == TRAIL_OK)
        status = trail_sort_items(pairs->items, pairs->count, sizeof(trail_alike_names),
                                  order_pairs, work.rank, err);
    trail_free(work.rank);
    trail_vector_clear(&work.entries);
    trail_map64_clear(&work.seen);
    return status;
}
