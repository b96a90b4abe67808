#include "reconcile/match_pool.h"

#include "base/memory.h"
#include "base/sort.h"

static trail_status set_scorer(trail_match_pool *pool, const trail_ledger *ledger,
                               const trail_rates *rates, trail_error *err)
{
    uint64_t days = pool->legs.days > TRAIL_LAG_COUNT ? pool->legs.days : TRAIL_LAG_COUNT;
    int32_t around = trail_log2_millibits((uint64_t)pool->legs.count / 2 * TRAIL_LAG_COUNT / days);
    trail_status status = trail_match_names_new(&pool->names, ledger->strings, err);
    if (status == TRAIL_OK)
        status = trail_accounts_number_ranks(ledger->accounts, &pool->number_rank, err);
    pool->scorer = (trail_match_scorer){
        .ledger = ledger,
        .legs = &pool->legs,
        .rates = rates,
        .told = &pool->told,
        .number_rank = pool->number_rank,
        .names = pool->names,
        .caution = trail_log2_millibits(1024 + (uint64_t)trail_weights.small_case * 1024 /
                                                   (pool->legs.count + 1)) -
                   10000,
        .around = around > trail_weights.around_least ? around : trail_weights.around_least,
    };
    return status;
}

static bool is_decided(const trail_match_pool *pool, uint32_t leg)
{
    return pool->decided.partner != NULL && pool->decided.partner[leg] != TRAIL_NO_LEG;
}

/* A pair too weak to be joined, but with what a total could count twice: one names the other. */
static bool may_be_double(const trail_match_score *score)
{
    bool both_named = score->addends[TRAIL_MATCH_ADDEND_PAYEE_ACCOUNT] > 0 &&
                      score->addends[TRAIL_MATCH_ADDEND_PAYER_ACCOUNT] > 0;
    if (score->story.link == TRAIL_AMOUNTS_EQUAL)
        return score->account_tied || score->reference_tied;
    return score->story.link != TRAIL_AMOUNTS_UNEXPLAINED && (both_named || score->reference_tied);
}

static trail_status score_candidates(trail_match_pool *pool, trail_error *err)
{
    const trail_candidate *pairs = pool->candidates.pairs.items;
    for (size_t i = 0; i < pool->candidates.pairs.count; i++) {
        trail_match_score score;
        if (is_decided(pool, pairs[i].debit) || is_decided(pool, pairs[i].credit) ||
            trail_match_is_refused(&pool->decided, pairs[i].debit, pairs[i].credit))
            continue;
        trail_status status =
            trail_match_score_of(&pool->scorer, pairs[i].debit, pairs[i].credit, &score, err);
        if (status != TRAIL_OK) return status;
        if (score.vetoed || (score.sum <= 0 && !may_be_double(&score))) continue;
        trail_match_edge edge = {pairs[i].debit, pairs[i].credit, score.sum};
        status = trail_vector_push(score.sum > 0 ? &pool->edges : &pool->weak, &edge, err);
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

static trail_match_class class_of(const trail_match_edge *edge, const trail_match_lead *lead,
                                  const trail_match_score *score)
{
    bool amount = score->story.link <= TRAIL_AMOUNTS_RATE_STATED;
    bool tied = score->account_tied || score->reference_tied || score->uetr_tied;
    if (edge->score < (tied ? trail_weights.needed : trail_weights.needed_by_names) ||
        lead->margin < trail_weights.margin)
        return TRAIL_MATCH_AMBIGUOUS;
    /* Two currencies and nothing to hold the amounts against: for a person to decide. */
    if (score->story.link == TRAIL_AMOUNTS_RATE_UNKNOWN && !score->uetr_tied)
        return TRAIL_MATCH_AMBIGUOUS;
    if (lead->twins) return TRAIL_MATCH_INTERCHANGEABLE;
    return score->uetr_tied || (score->reference_tied && score->account_tied && amount)
               ? TRAIL_MATCH_CERTAIN
               : TRAIL_MATCH_PROBABLE;
}

static trail_status join_chosen(trail_match_pool *pool, trail_error *err)
{
    const trail_match_edge *edges = pool->edges.items;
    for (uint32_t i = 0; i < pool->legs.count; i++)
        pool->partner[i] = pool->decided.partner == NULL ? TRAIL_NO_LEG : pool->decided.partner[i];
    for (size_t i = 0; i < pool->edges.count; i++) {
        trail_match_score score;
        if (!pool->chosen[i]) continue;
        trail_status status =
            trail_match_score_of(&pool->scorer, edges[i].debit, edges[i].credit, &score, err);
        if (status != TRAIL_OK) return status;
        if (class_of(&edges[i], &pool->leads[i], &score) == TRAIL_MATCH_AMBIGUOUS) continue;
        pool->partner[edges[i].debit] = edges[i].credit;
        pool->partner[edges[i].credit] = edges[i].debit;
    }
    return TRAIL_OK;
}

static trail_status match(trail_match_pool *pool, trail_error *err)
{
    size_t count;
    trail_status status = score_candidates(pool, err);
    if (status != TRAIL_OK) return status;
    count = pool->edges.count;
    status = trail_alloc_zeroed(&pool->chosen, count, 1, err);
    if (status == TRAIL_OK)
        status = trail_alloc_zeroed(&pool->leads, count, sizeof *pool->leads, err);
    if (status == TRAIL_OK)
        status = trail_alloc_zeroed(&pool->partner, pool->legs.count, sizeof *pool->partner, err);
    if (status == TRAIL_OK)
        status = trail_match_assign(&pool->legs, pool->edges.items, count, pool->chosen, err);
    if (status == TRAIL_OK)
        status = trail_match_leads(&pool->legs, pool->edges.items, count, pool->chosen, pool->leads,
                                   err);
    return status == TRAIL_OK ? join_chosen(pool, err) : status;
}

trail_status trail_match_pool_fill(trail_match_pool *pool, const trail_ledger *ledger,
                                   const trail_matching_options *options, trail_error *err)
{
    *pool = (trail_match_pool){.edges = trail_vector_of(sizeof(trail_match_edge)),
                               .weak = trail_vector_of(sizeof(trail_match_edge))};
    pool->told.transfers = trail_vector_of(sizeof(trail_told_transfer));
    trail_status status = trail_match_legs_make(&pool->legs, ledger, err);
    if (status == TRAIL_OK)
        status = trail_match_decisions(&pool->decided, options->decisions, ledger, &pool->legs,
                                       options->key, err);
    if (status == TRAIL_OK)
        status = trail_told_make(&pool->told, ledger, &pool->legs, options->message_copies, err);
    if (status == TRAIL_OK) status = set_scorer(pool, ledger, options->rates, err);
    if (status == TRAIL_OK)
        status = trail_match_candidates(&pool->candidates, &pool->legs, &pool->told, options->rates,
                                        pool->names, err);
    if (status == TRAIL_OK) status = match(pool, err);
    if (status != TRAIL_OK) trail_match_pool_clear(pool);
    return status;
}

void trail_match_pool_clear(trail_match_pool *pool)
{
    trail_match_legs_clear(&pool->legs);
    trail_told_clear(&pool->told);
    trail_match_names_free(pool->names);
    trail_match_decided_clear(&pool->decided);
    trail_candidates_clear(&pool->candidates);
    trail_vector_clear(&pool->edges);
    trail_vector_clear(&pool->weak);
    trail_free(pool->number_rank);
    trail_free(pool->chosen);
    trail_free(pool->leads);
    trail_free(pool->partner);
    pool->names = NULL;
    pool->number_rank = pool->partner = NULL;
    pool->chosen = NULL;
    pool->leads = NULL;
}

/* A pair with its score, as the output shows it; payments are the entries'. */
static trail_status describe(const trail_match_pool *pool, const trail_match_edge *edge,
                             const trail_match_lead *lead, trail_match *match, trail_error *err)
{
    trail_match_score score;
    const trail_match_leg *legs = pool->legs.legs;
    trail_status status =
        trail_match_score_of(&pool->scorer, edge->debit, edge->credit, &score, err);
    if (status != TRAIL_OK) return status;
    bool joined = pool->partner[edge->debit] == edge->credit;
    *match = (trail_match){.payment = legs[edge->debit].entry,
                           .other = joined ? TRAIL_NO_PAYMENT : legs[edge->credit].entry,
                           .scored = true,
                           .score = score.sum,
                           .rival = lead->rival,
                           .story = score.story};
    match->match_class = (uint8_t)(joined ? class_of(edge, lead, &score) : TRAIL_MATCH_AMBIGUOUS);
    for (size_t i = 0; i < TRAIL_MATCH_ADDEND_COUNT; i++)
        match->addends[i] = score.addends[i];
    return TRAIL_OK;
}

static bool both_free(const trail_match_pool *pool, const trail_match_edge *edge)
{
    return pool->partner[edge->debit] == TRAIL_NO_LEG &&
           pool->partner[edge->credit] == TRAIL_NO_LEG;
}

static trail_status list_matches(const trail_match_pool *pool, trail_vector *matches,
                                 trail_error *err)
{
    static const trail_match_lead no_lead = {.rival = TRAIL_NO_RIVAL};
    const trail_match_edge *edges = pool->edges.items;
    trail_status status = TRAIL_OK;
    for (size_t i = 0; i < pool->edges.count && status == TRAIL_OK; i++) {
        trail_match match;
        if (pool->partner[edges[i].debit] != edges[i].credit && !both_free(pool, &edges[i]))
            continue;
        status =
            describe(pool, &edges[i], pool->chosen[i] ? &pool->leads[i] : &no_lead, &match, err);
        if (status == TRAIL_OK) status = trail_vector_push(matches, &match, err);
    }
    for (uint32_t i = 0; i < pool->legs.count && status == TRAIL_OK; i++) {
        if (pool->legs.legs[i].credit || !is_decided(pool, i)) continue;
        trail_match match = {.payment = pool->legs.legs[i].entry,
                             .other = TRAIL_NO_PAYMENT,
                             .match_class = TRAIL_MATCH_DECIDED,
                             .rival = TRAIL_NO_RIVAL};
        status = trail_vector_push(matches, &match, err);
    }
    return status;
}

typedef struct double_context {
    const trail_match_edge *edges;
    const trail_match_leg *legs;
} double_context;

static int by_worth(const void *context, uint32_t a, uint32_t b)
{
    const double_context *at = context;
    const trail_match_edge *first = &at->edges[a], *second = &at->edges[b];
    if (first->score != second->score) return first->score > second->score ? -1 : 1;
    if (first->debit != second->debit) return first->debit < second->debit ? -1 : 1;
    return (first->credit > second->credit) - (first->credit < second->credit);
}

static const char *reason_of(const trail_match_score *score)
{
    bool payee = score->addends[TRAIL_MATCH_ADDEND_PAYEE_ACCOUNT] > 0;
    bool payer = score->addends[TRAIL_MATCH_ADDEND_PAYER_ACCOUNT] > 0;
    if (score->story.link == TRAIL_AMOUNTS_CHARGE) return "the amounts differ, perhaps by a charge";
    if (score->story.link > TRAIL_AMOUNTS_CHARGE) return "the amounts are in two currencies";
    if (payee && payer) return "several payments have these accounts, amount and days";
    if (score->reference_tied) return "several legs share this bank reference and amount";
    if (payee) return "the credit names no payer";
    if (payer) return "the debit names no payee";
    return "the amount and a name agree; no account is named";
}

/* The most that a total could count twice: free legs in pairs, the best first. */
static trail_status list_doubles(const trail_match_pool *pool, trail_vector *doubles,
                                 trail_error *err)
{
    trail_vector all = trail_vector_of(sizeof(trail_match_edge));
    uint32_t *order = NULL;
    uint8_t *taken = NULL;
    trail_status status = TRAIL_OK;
    for (size_t i = 0; i < pool->edges.count + pool->weak.count && status == TRAIL_OK; i++) {
        const trail_match_edge *edge = i < pool->edges.count
                                           ? trail_vector_at(&pool->edges, i)
                                           : trail_vector_at(&pool->weak, i - pool->edges.count);
        if (both_free(pool, edge)) status = trail_vector_push(&all, edge, err);
    }
    double_context context = {all.items, pool->legs.legs};
    if (status == TRAIL_OK) status = trail_alloc_zeroed(&order, all.count, sizeof *order, err);
    if (status == TRAIL_OK) status = trail_alloc_zeroed(&taken, pool->legs.count, 1, err);
    for (uint32_t i = 0; i < all.count && status == TRAIL_OK; i++)
        order[i] = i;
    if (status == TRAIL_OK) status = trail_sort_numbers(order, all.count, by_worth, &context, err);
    for (size_t i = 0; i < all.count && status == TRAIL_OK; i++) {
        const trail_match_edge *edge = &context.edges[order[i]];
        trail_match_score score;
        if (taken[edge->debit] || taken[edge->credit]) continue;
        taken[edge->debit] = taken[edge->credit] = 1;
        status = trail_match_score_of(&pool->scorer, edge->debit, edge->credit, &score, err);
        trail_possible_double pair = {context.legs[edge->debit].entry,
                                      context.legs[edge->credit].entry, reason_of(&score)};
        if (status == TRAIL_OK) status = trail_vector_push(doubles, &pair, err);
    }
    trail_vector_clear(&all);
    trail_free(order);
    trail_free(taken);
    return status;
}

trail_status trail_match_pool_list(const trail_match_pool *pool, trail_matching *matching,
                                   trail_error *err)
{
    matching->candidates = pool->candidates.pairs.count;
    matching->capped = pool->candidates.legs_capped;
    trail_status status = list_matches(pool, &matching->matches, err);
    return status == TRAIL_OK ? list_doubles(pool, &matching->doubles, err) : status;
}
