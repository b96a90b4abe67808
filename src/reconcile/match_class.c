#include "reconcile/match_class.h"

#include "base/memory.h"
#include "base/sort.h"
#include "reconcile/match_weights.h"

#define NO_EDGE SIZE_MAX

typedef struct leading {
    const trail_match_legs *legs;
    const trail_match_edge *edges;
    size_t count;
    size_t *first;       /* by debit leg: its first edge */
    size_t *taken;       /* by leg: its chosen edge, NO_EDGE */
    uint32_t *by_credit; /* edges by (credit, debit) */
    size_t *credit_first;
} leading;

const char *trail_match_class_name(trail_match_class match_class)
{
    static const char *const names[TRAIL_MATCH_CLASS_COUNT] = {
        "decided", "certain", "clear", "interchangeable", "ambiguous", "message", "unmatched",
    };
    return names[match_class];
}

static int by_credit(const void *context, uint32_t a, uint32_t b)
{
    const leading *at = context;
    uint32_t first = at->edges[a].credit, second = at->edges[b].credit;
    return (first > second) - (first < second);
}

static trail_status index_edges(leading *at, const uint8_t *chosen, trail_error *err)
{
    uint32_t legs = at->legs->count;
    trail_status status = trail_alloc_zeroed(&at->first, legs + 1, sizeof *at->first, err);
    if (status == TRAIL_OK) status = trail_alloc_zeroed(&at->taken, legs, sizeof *at->taken, err);
    if (status == TRAIL_OK)
        status = trail_alloc_zeroed(&at->by_credit, at->count, sizeof *at->by_credit, err);
    if (status == TRAIL_OK)
        status = trail_alloc_zeroed(&at->credit_first, legs + 1, sizeof *at->credit_first, err);
    if (status != TRAIL_OK) return status;
    for (uint32_t i = 0; i < legs; i++)
        at->taken[i] = NO_EDGE;
    for (size_t i = 0; i < at->count; i++) {
        at->first[at->edges[i].debit + 1]++;
        at->credit_first[at->edges[i].credit + 1]++;
        at->by_credit[i] = (uint32_t)i;
        if (chosen[i]) at->taken[at->edges[i].debit] = at->taken[at->edges[i].credit] = i;
    }
    for (uint32_t i = 0; i < legs; i++) {
        at->first[i + 1] += at->first[i];
        at->credit_first[i + 1] += at->credit_first[i];
    }
    return trail_sort_numbers(at->by_credit, at->count, by_credit, at, err);
}

/* Score of a pair, 0 when it is no edge. */
static int32_t score_of(const leading *at, uint32_t debit, uint32_t credit)
{
    size_t low = at->first[debit], high = at->first[debit + 1];
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (at->edges[middle].credit < credit)
            low = middle + 1;
        else
            high = middle;
    }
    return low < at->first[debit + 1] && at->edges[low].credit == credit ? at->edges[low].score : 0;
}

static bool are_alike(const trail_match_leg *a, const trail_match_leg *b)
{
    return a->own == b->own && a->amount_minor == b->amount_minor && a->currency == b->currency;
}

/* The other edge shares one leg with the chosen one. What is lost if it were taken instead: its
 * other leg's partner comes free and may take the leg that the chosen edge lets go. Where both ways
 * make two payments of the same accounts and amounts, they differ in days only. */
static void consider(const leading *at, const trail_match_edge *edge, const trail_match_edge *other,
                     bool same_debit, trail_match_lead *lead)
{
    const trail_match_leg *legs = at->legs->legs;
    uint32_t gone = same_debit ? edge->credit : edge->debit;
    uint32_t come = same_debit ? other->credit : other->debit;
    uint32_t kept = same_debit ? edge->debit : edge->credit;
    int64_t loss = (int64_t)edge->score - other->score;
    bool twins = legs[gone].twin == legs[come].twin;
    if (at->taken[come] != NO_EDGE) {
        const trail_match_edge *theirs = &at->edges[at->taken[come]];
        uint32_t left = same_debit ? theirs->debit : theirs->credit;
        loss += theirs->score;
        int32_t crossed = same_debit ? score_of(at, left, gone) : score_of(at, gone, left);
        loss -= crossed;
        twins = twins || legs[left].twin == legs[kept].twin ||
                (crossed > 0 && are_alike(&legs[gone], &legs[come]) &&
                 are_alike(&legs[left], &legs[kept]));
    }
    if (other->score > lead->rival) lead->rival = other->score;
    if (twins)
        lead->twins = lead->twins || loss < trail_weights.margin;
    else if (loss < lead->margin)
        lead->margin = (int32_t)loss;
}

trail_status trail_match_leads(const trail_match_legs *legs, const trail_match_edge *edges,
                               size_t count, const uint8_t *chosen, trail_match_lead *leads,
                               trail_error *err)
{
    leading at = {.legs = legs, .edges = edges, .count = count};
    trail_status status = index_edges(&at, chosen, err);
    for (size_t i = 0; i < count && status == TRAIL_OK; i++) {
        const trail_match_edge *edge = &edges[i];
        if (!chosen[i]) continue;
        leads[i] = (trail_match_lead){TRAIL_NO_RIVAL, INT32_MAX, false};
        for (size_t k = at.first[edge->debit]; k < at.first[edge->debit + 1]; k++) {
            if (k != i) consider(&at, edge, &edges[k], true, &leads[i]);
        }
        for (size_t k = at.credit_first[edge->credit]; k < at.credit_first[edge->credit + 1]; k++) {
            if (at.by_credit[k] != i)
                consider(&at, edge, &edges[at.by_credit[k]], false, &leads[i]);
        }
    }
    trail_free(at.first);
    trail_free(at.taken);
    trail_free(at.by_credit);
    trail_free(at.credit_first);
    return status;
}
