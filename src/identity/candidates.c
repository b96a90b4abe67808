/* Pairs of holders whose names are alike, weighed in bits after Fellegi and Sunter (1969): each
 * field adds log2(m / u), m how often spellings of one holder agree so, u how often those of two
 * do. The table is frozen under TRAIL_IDENTITY_TABLE. Its name levels are whole bits chosen by
 * hand, with the shares among 222 labelled pairs (m) and 169,848 crossed ones (u) in view, less
 * what rarity says already; country and counterparties are judged, not measured, and no weight
 * comes from EM. Rarity is log2(names / names with the word), at most 12 bits; counterparties that
 * both accounts paid or were paid by, at most 4. */
#include "base/map64.h"
#include "base/memory.h"
#include "base/sort.h"
#include "identity/entity_parts.h"

#define EQUAL_NAME         6000
#define NEAR_NAME          5000 /* from 920 on */
#define ALIKE_NAME         3000
#define RARITY_CAP         12000
#define SAME_COUNTRY       1000
#define OTHER_COUNTRY      (-500)
#define COUNTERPARTIES_CAP 4000
#define PAIRS_OF_A_NAME    200
#define COUNTERPARTY_ROWS  8000000u

typedef struct fold_entity {
    uint32_t fold, entity, name;
} fold_entity;

typedef struct counterparty {
    uint32_t account, other;
} counterparty;

typedef struct scoring {
    trail_identity *identity;
    const trail_identity_input *input;
    trail_name_book *book;
    const trail_word_rarity *rarity;
    trail_vector holders; /* of fold_entity, by fold */
    trail_map64 places;   /* pair of entities -> its candidate */
    trail_vector others;  /* of counterparty */
    trail_text text;      /* of aligned words */
} scoring;

const char *trail_addend_name(trail_addend addend)
{
    static const char *const names[TRAIL_ADDEND_COUNT] = {"name", "rarity of its words", "country",
                                                          "counterparties in common"};
    return names[addend];
}

static int order_holders(const void *context, const void *a, const void *b)
{
    const fold_entity *one = a;
    const fold_entity *other = b;
    (void)context;
    if (one->fold != other->fold) return one->fold < other->fold ? -1 : 1;
    return one->entity < other->entity ? -1 : one->entity > other->entity;
}

/* The holders and people of each fold, with the first of their spellings of it. */
static trail_status list_holders(scoring *work, trail_error *err)
{
    const trail_identity *identity = work->identity;
    const trail_seen_name *seen = identity->seen.items;
    trail_status status = TRAIL_OK;
    for (uint32_t i = 0; i < identity->entities.count && status == TRAIL_OK; i++) {
        const trail_entity *entity = trail_identity_entity(identity, i);
        if (entity->kind == TRAIL_ENTITY_ACCOUNT) continue;
        for (uint32_t k = 0; k < entity->name_count && status == TRAIL_OK; k++) {
            const trail_seen_name *name = &seen[entity->first_name + k];
            fold_entity holder = {name->fold, i, name->name};
            if (k > 0 && name[-1].fold == name->fold) continue;
            status = trail_vector_push(&work->holders, &holder, err);
        }
    }
    if (status != TRAIL_OK) return status;
    return trail_sort_items(work->holders.items, work->holders.count, sizeof(fold_entity),
                            order_holders, NULL, err);
}

static const fold_entity *holders_of(const scoring *work, uint32_t fold, size_t *count)
{
    const fold_entity *items = work->holders.items;
    size_t from = 0;
    size_t to = work->holders.count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (items[middle].fold < fold)
            from = middle + 1;
        else
            to = middle;
    }
    *count = 0;
    while (from + *count < work->holders.count && items[from + *count].fold == fold)
        (*count)++;
    return items + from;
}

static bool lists_account(const scoring *work, const trail_entity *person, uint32_t account)
{
    const trail_person *known = trail_vector_at(&work->input->people->people, person->person);
    for (size_t i = 0; i < known->accounts.count; i++) {
        const trail_listed_account *listed = trail_vector_at(&known->accounts, i);
        if (listed->account != TRAIL_NO_ACCOUNT && listed->account == account) return true;
    }
    return false;
}

/* Is there something to ask? Not of two people whom the case file tells apart, of names at one
 * account, or of a person and the account that the case file lists. */
static bool is_question(const scoring *work, uint32_t first, uint32_t second)
{
    const trail_entity *a = trail_identity_entity(work->identity, first);
    const trail_entity *b = trail_identity_entity(work->identity, second);
    bool person_a = a->kind == TRAIL_ENTITY_PERSON;
    bool person_b = b->kind == TRAIL_ENTITY_PERSON;
    if (first == second || (person_a && person_b)) return false;
    if (person_a) return !lists_account(work, a, b->account);
    if (person_b) return !lists_account(work, b, a->account);
    return a->account == TRAIL_NO_ACCOUNT || a->account != b->account;
}

static int32_t rarity_of(const scoring *work, const trail_folded_name *a,
                         const trail_folded_name *b, const trail_name_match *match)
{
    int64_t sum = 0;
    for (size_t i = 0; i < match->word_count; i++) {
        const trail_aligned_words *pair = &match->words[i];
        const trail_name_word *one = &a->words[pair->a];
        const trail_name_word *other = &b->words[pair->b];
        if (pair->likeness < TRAIL_NAME_ALIKE || one->weight < 300 || other->weight < 300) continue;
        int32_t bits = trail_word_millibits(work->rarity, one);
        int32_t other_bits = trail_word_millibits(work->rarity, other);
        sum += (int64_t)(bits < other_bits ? bits : other_bits) * pair->likeness / 1000;
    }
    return sum > RARITY_CAP ? RARITY_CAP : (int32_t)sum;
}

static int32_t country_of(const scoring *work, const trail_entity *a, const trail_entity *b)
{
    const trail_accounts *accounts = work->input->ledger->accounts;
    if (a->account == TRAIL_NO_ACCOUNT || b->account == TRAIL_NO_ACCOUNT) return 0;
    trail_slice one = trail_accounts_country(accounts, a->account);
    trail_slice other = trail_accounts_country(accounts, b->account);
    if (one.length == 0 || other.length == 0) return 0;
    return trail_slice_equal(one, other) ? SAME_COUNTRY : OTHER_COUNTRY;
}

static trail_status add_run(trail_text *text, const trail_folded_name *name, size_t from,
                            size_t count, trail_error *err)
{
    trail_status status = TRAIL_OK;
    for (size_t i = from; i < from + count && status == TRAIL_OK; i++) {
        trail_slice word = {name->words[i].roman, name->words[i].roman_length};
        if (word.length == 0) word = trail_slice_of("?");
        if (i > from) status = trail_text_add(text, trail_slice_of(" "), err);
        if (status == TRAIL_OK) status = trail_text_add(text, word, err);
    }
    return status;
}

/* Which words were laid beside which, for the reader: "olga=olga, sevcenko~shevchenko 0.90". */
static trail_status put_words(scoring *work, const trail_folded_name *a, const trail_folded_name *b,
                              trail_candidate *found, trail_error *err)
{
    trail_text *text = &work->text;
    trail_status status = TRAIL_OK;
    trail_text_reset(text);
    for (size_t i = 0; i < found->match.word_count && status == TRAIL_OK; i++) {
        const trail_aligned_words *pair = &found->match.words[i];
        bool equal = pair->likeness == 1000;
        if (i > 0) status = trail_text_add(text, trail_slice_of(", "), err);
        if (status == TRAIL_OK) status = add_run(text, a, pair->a, pair->a_count, err);
        if (status == TRAIL_OK)
            status = trail_text_add(text, trail_slice_of(equal ? "=" : "~"), err);
        if (status == TRAIL_OK) status = add_run(text, b, pair->b, pair->b_count, err);
        if (status == TRAIL_OK && !equal)
            status = trail_text_add_format(text, err, " 0.%02u", pair->likeness / 10u);
    }
    if (status != TRAIL_OK) return status;
    return trail_strings_put(work->identity->words, trail_text_slice(text), &found->words, err);
}

static trail_status score_pair(scoring *work, const fold_entity *a, const fold_entity *b,
                               trail_error *err)
{
    const trail_folded_name *one = NULL;
    const trail_folded_name *other = NULL;
    const trail_identity *identity = work->identity;
    trail_candidate found = {a->entity, b->entity, a->name, b->name, .decision = UINT32_MAX};
    if (a->entity > b->entity) return score_pair(work, b, a, err);
    trail_status status = trail_name_book_fold(work->book, a->fold, &one, err);
    if (status == TRAIL_OK) status = trail_name_book_fold(work->book, b->fold, &other, err);
    if (status != TRAIL_OK) return status;
    trail_name_compare(one, other, &found.match);
    status = put_words(work, one, other, &found, err);
    if (status != TRAIL_OK) return status;
    unsigned alike = found.match.permille;
    found.addends[TRAIL_ADDEND_NAME] = alike == 1000  ? EQUAL_NAME
                                       : alike >= 920 ? NEAR_NAME
                                                      : ALIKE_NAME;
    found.addends[TRAIL_ADDEND_RARITY] = rarity_of(work, one, other, &found.match);
    found.addends[TRAIL_ADDEND_COUNTRY] =
        country_of(work, trail_identity_entity(identity, a->entity),
                   trail_identity_entity(identity, b->entity));
    for (int i = 0; i < TRAIL_ADDEND_COUNT; i++)
        found.millibits += found.addends[i];
    uint64_t key = (uint64_t)a->entity << 32 | b->entity;
    uint32_t *place = trail_map64_at(&work->places, key, (uint32_t)identity->candidates.count, err);
    if (place == NULL) return TRAIL_NO_MEMORY;
    if (*place == identity->candidates.count)
        return trail_vector_push(&work->identity->candidates, &found, err);
    trail_candidate *known = trail_vector_at(&identity->candidates, *place);
    if (found.millibits > known->millibits) *known = found; /* pairs come by text: ties stay */
    return TRAIL_OK;
}

/* All pairs of the entities of two names, up to a limit; the rest is counted. */
static trail_status score_names(scoring *work, const trail_alike_names *pair, trail_error *err)
{
    size_t a_count = 0;
    size_t b_count = 0;
    size_t made = 0;
    const fold_entity *a = holders_of(work, pair->a, &a_count);
    const fold_entity *b = holders_of(work, pair->b, &b_count);
    trail_status status = TRAIL_OK;
    for (size_t i = 0; i < a_count && status == TRAIL_OK; i++)
        for (size_t k = pair->a == pair->b ? i + 1 : 0; k < b_count && status == TRAIL_OK; k++) {
            if (!is_question(work, a[i].entity, b[k].entity)) continue;
            if (made++ < PAIRS_OF_A_NAME)
                status = score_pair(work, &a[i], &b[k], err);
            else
                work->identity->pairs_left_out++;
        }
    return status;
}

static int order_counterparties(const void *context, const void *a, const void *b)
{
    const counterparty *one = a;
    const counterparty *other = b;
    (void)context;
    if (one->account != other->account) return one->account < other->account ? -1 : 1;
    return one->other < other->other ? -1 : one->other > other->other;
}

static trail_status note_counterparty(scoring *work, const uint8_t *asked, uint32_t account,
                                      uint32_t other, trail_error *err)
{
    counterparty pair = {account, other};
    if (account == TRAIL_NO_ACCOUNT || other == TRAIL_NO_ACCOUNT || account == other ||
        !asked[account])
        return TRAIL_OK;
    return trail_vector_push(&work->others, &pair, err);
}

/* Counterparties of the accounts that stand in candidates, each once. More rows than the limit:
 * nothing is said of counterparties. */
static trail_status list_counterparties(scoring *work, trail_error *err)
{
    const trail_ledger *ledger = work->input->ledger;
    const trail_candidate *candidates = work->identity->candidates.items;
    uint8_t *asked = NULL;
    trail_status status =
        trail_alloc_zeroed(&asked, trail_accounts_count(ledger->accounts), 1, err);
    for (size_t i = 0; i < work->identity->candidates.count && status == TRAIL_OK; i++) {
        const uint32_t ends[2] = {candidates[i].first, candidates[i].second};
        for (int k = 0; k < 2; k++) {
            uint32_t account = trail_identity_entity(work->identity, ends[k])->account;
            if (account != TRAIL_NO_ACCOUNT) asked[account] = 1;
        }
    }
    for (size_t i = 0; i < ledger->count && status == TRAIL_OK; i++) {
        status = note_counterparty(work, asked, ledger->payer[i], ledger->payee[i], err);
        if (status == TRAIL_OK)
            status = note_counterparty(work, asked, ledger->payee[i], ledger->payer[i], err);
        if (work->others.count > COUNTERPARTY_ROWS) {
            work->others.count = 0;
            break;
        }
    }
    trail_free(asked);
    if (status != TRAIL_OK) return status;
    return trail_sort_items(work->others.items, work->others.count, sizeof(counterparty),
                            order_counterparties, NULL, err);
}

static size_t first_counterparty(const scoring *work, uint32_t account)
{
    const counterparty *items = work->others.items;
    size_t from = 0;
    size_t to = work->others.count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (items[middle].account < account)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

/* Accounts that both paid or were paid by. */
static uint32_t count_shared(const scoring *work, uint32_t a, uint32_t b)
{
    const counterparty *items = work->others.items;
    size_t count = work->others.count;
    size_t i = first_counterparty(work, a);
    size_t k = first_counterparty(work, b);
    uint32_t shared = 0;
    uint32_t last = TRAIL_NO_ACCOUNT;
    while (i < count && k < count && items[i].account == a && items[k].account == b) {
        if (items[i].other < items[k].other) {
            i++;
        } else if (items[k].other < items[i].other) {
            k++;
        } else {
            if (items[i].other != last) shared++;
            last = items[i].other;
            i++;
            k++;
        }
    }
    return shared;
}

static trail_status add_counterparties(scoring *work, trail_error *err)
{
    trail_identity *identity = work->identity;
    trail_status status = list_counterparties(work, err);
    for (size_t i = 0; i < identity->candidates.count && status == TRAIL_OK; i++) {
        trail_candidate *found = trail_vector_at(&identity->candidates, i);
        uint32_t a = trail_identity_entity(identity, found->first)->account;
        uint32_t b = trail_identity_entity(identity, found->second)->account;
        if (a != TRAIL_NO_ACCOUNT && b != TRAIL_NO_ACCOUNT)
            found->shared_counterparties = count_shared(work, a, b);
        int64_t bits = (int64_t)found->shared_counterparties * 1500;
        if (bits > COUNTERPARTIES_CAP) bits = COUNTERPARTIES_CAP;
        found->addends[TRAIL_ADDEND_COUNTERPARTIES] = (int32_t)bits;
        found->millibits += (int32_t)bits;
        if (found->millibits >= TRAIL_REVIEW_MILLIBITS) found->class = TRAIL_CANDIDATE_REVIEW;
    }
    return status;
}

trail_status trail_candidates_score(trail_identity *identity, const trail_identity_input *input,
                                    trail_name_book *book, const trail_word_rarity *rarity,
                                    const trail_vector *pairs, trail_error *err)
{
    scoring work = {.identity = identity,
                    .input = input,
                    .book = book,
                    .rarity = rarity,
                    .holders = trail_vector_of(sizeof(fold_entity)),
                    .others = trail_vector_of(sizeof(counterparty))};
    trail_status status = list_holders(&work, err);
    for (size_t i = 0; i < pairs->count && status == TRAIL_OK; i++)
        status = score_names(&work, trail_vector_at(pairs, i), err);
    if (status == TRAIL_OK) status = add_counterparties(&work, err);
    trail_vector_clear(&work.holders);
    trail_vector_clear(&work.others);
    trail_map64_clear(&work.places);
    trail_text_clear(&work.text);
    return status;
}
