#include "reconcile/row_conflicts.h"

#include "base/memory.h"
#include "base/sort.h"
#include "base/wide.h"

typedef struct grouped_row {
    uint64_t key;
    uint32_t row, unit;
} grouped_row;

typedef struct conflict_search {
    const trail_row_clusters *clusters;
    const trail_ledger *ledger;
    trail_duplicates *duplicates;
    trail_vector grouped; /* of grouped_row */
    uint8_t *in_conflict; /* by row */
} conflict_search;

static uint64_t mix(uint64_t hash, uint64_t value)
{
    return trail_wide_fold(hash ^ 0x9e3779b97f4a7c15u, value ^ 0xff51afd7ed558ccdu);
}

static trail_said_row said_of(const conflict_search *search, uint32_t row)
{
    return trail_said_row_of(search->ledger, trail_row_clusters_at(search->clusters, row)->entry);
}

static bool key_of(const conflict_search *search, const trail_said_row *said, bool by_reference,
                   uint64_t *key)
{
    uint64_t pocket = (uint64_t)said->own << 32 | said->currency;
    if (by_reference) {
        uint32_t reference = said->detail->reference;
        *key = mix(pocket, reference);
        return trail_reference_names(trail_strings_get(search->ledger->strings, reference));
    }
    *key = mix(mix(mix(pocket, (uint64_t)said->other << 32 | said->name), said->detail->text),
               (uint64_t)(uint32_t)said->day << 1 | (said->signed_minor < 0));
    return said->detail->text != 0;
}

static int by_key(const void *context, const void *a, const void *b)
{
    const grouped_row *first = a, *second = b;
    (void)context;
    if (first->key != second->key) return first->key < second->key ? -1 : 1;
    return (first->row > second->row) - (first->row < second->row);
}

/* Could the other unit have shown the row, and has it not? */
static bool lacks(const conflict_search *search, uint32_t row, uint32_t unit)
{
    trail_said_row said = said_of(search, row);
    return !trail_row_clusters_has(search->clusters, row, unit) &&
           trail_row_sources_covers(search->clusters->sources, unit, said.own, said.day);
}

static trail_status tell(conflict_search *search, uint32_t a, uint32_t b,
                         trail_row_difference difference, trail_error *err)
{
    uint32_t first = said_of(search, a).record, second = said_of(search, b).record;
    trail_row_conflict conflict = {first < second ? first : second, first < second ? second : first,
                                   (uint8_t)difference};
    search->in_conflict[a] = search->in_conflict[b] = 1;
    return trail_vector_push(&search->duplicates->conflicts, &conflict, err);
}

/* Two rows of one key, the only ones of their units: do they contradict each other? */
static trail_status compare_two(conflict_search *search, const grouped_row *a, const grouped_row *b,
                                bool by_reference, trail_error *err)
{
    trail_said_row first = said_of(search, a->row), second = said_of(search, b->row);
    if (search->in_conflict[a->row] || search->in_conflict[b->row] ||
        !trail_row_clusters_apart(search->clusters, a->row, b->row) ||
        !lacks(search, a->row, b->unit) || !lacks(search, b->row, a->unit))
        return TRAIL_OK;
    trail_row_difference difference = TRAIL_DIFFERS_AMOUNT;
    if (first.signed_minor == second.signed_minor)
        difference = TRAIL_DIFFERS_DAY;
    else if (first.signed_minor == -second.signed_minor)
        difference = TRAIL_DIFFERS_SIGN;
    if (difference == TRAIL_DIFFERS_DAY && first.day == second.day) return TRAIL_OK;
    bool same_reference = first.detail->reference == second.detail->reference;
    if (!by_reference && !same_reference && first.detail->reference != 0 &&
        second.detail->reference != 0)
        return TRAIL_OK;
    return tell(search, a->row, b->row, difference, err);
}

static trail_status compare_group(conflict_search *search, const grouped_row *rows, size_t count,
                                  bool by_reference, trail_error *err)
{
    bool sole = count == 2 && rows[0].unit != rows[1].unit;
    return sole ? compare_two(search, &rows[0], &rows[1], by_reference, err) : TRAIL_OK;
}

static trail_status find_conflicts(conflict_search *search, bool by_reference, trail_error *err)
{
    const trail_row_clusters *clusters = search->clusters;
    search->grouped.count = 0;
    trail_status status = TRAIL_OK;
    for (uint32_t i = 0; i < clusters->rows.count && status == TRAIL_OK; i++) {
        if (!trail_row_clusters_open(clusters, i)) continue;
        trail_said_row said = said_of(search, i);
        grouped_row row = {.row = i, .unit = trail_row_clusters_at(clusters, i)->unit};
        if (said.transfer || !key_of(search, &said, by_reference, &row.key)) continue;
        status = trail_vector_push(&search->grouped, &row, err);
    }
    if (status == TRAIL_OK)
        status = trail_sort_items(search->grouped.items, search->grouped.count, sizeof(grouped_row),
                                  by_key, NULL, err);
    const grouped_row *rows = search->grouped.items;
    for (size_t start = 0; start < search->grouped.count && status == TRAIL_OK;) {
        size_t end = start + 1;
        while (end < search->grouped.count && rows[end].key == rows[start].key)
            end++;
        status = compare_group(search, rows + start, end - start, by_reference, err);
        start = end;
    }
    return status;
}

static bool within(const conflict_search *search, uint32_t unit, const trail_said_row *said)
{
    const trail_row_sources *sources = search->clusters->sources;
    return trail_row_sources_covers(sources, unit, said->own, said->day - 1) &&
           trail_row_sources_covers(sources, unit, said->own, said->day + 1);
}

static bool file_observes(const trail_ledger *ledger, uint32_t file, uint32_t account, int32_t day)
{
    const trail_observation *seen = ledger->observations.items;
    for (size_t i = trail_ledger_first_observation(ledger, account);
         i < ledger->observations.count && seen[i].account == account; i++)
        if (seen[i].file == file && seen[i].from_day <= day && day <= seen[i].to_day) return true;
    return false;
}

static trail_status find_alone(conflict_search *search, uint32_t row, trail_error *err)
{
    trail_said_row said = said_of(search, row);
    const trail_row_sources *sources = search->clusters->sources;
    const trail_row_span *spans = sources->spans.items;
    if (said.transfer || search->in_conflict[row] ||
        trail_row_clusters_at(search->clusters, row)->unit % 2 == 1)
        return TRAIL_OK;
    for (uint32_t i = sources->first_span[said.own]; i != TRAIL_NO_SPAN; i = spans[i].next) {
        trail_row_alone alone = {said.record, spans[i].unit / 2};
        if (spans[i].unit % 2 == 1 || !lacks(search, row, spans[i].unit) ||
            !within(search, spans[i].unit, &said) ||
            !file_observes(search->ledger, alone.lacking_file, said.own, said.day))
            continue;
        trail_status status = trail_vector_push(&search->duplicates->alone, &alone, err);
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

/* Rows of one unit, account, currency and day. */
static uint64_t day_key(const conflict_search *search, uint32_t row)
{
    trail_said_row said = said_of(search, row);
    uint64_t unit = trail_row_clusters_at(search->clusters, row)->unit;
    return mix(mix((uint64_t)said.own << 32 | unit, said.currency), (uint64_t)(uint32_t)said.day);
}

static trail_status find_balances(conflict_search *search, trail_error *err)
{
    const trail_row_clusters *clusters = search->clusters;
    trail_map64 rows_of_day = {0};
    trail_vector differing = trail_vector_of(sizeof(uint32_t));
    trail_status status = TRAIL_OK;
    for (uint32_t i = 0; i < clusters->rows.count && status == TRAIL_OK; i++) {
        uint32_t leader = trail_row_clusters_at(clusters, i)->leader;
        const trail_detail *mine = said_of(search, i).detail,
                           *first = said_of(search, leader).detail;
        if (mine->has_balance && first->has_balance && mine->balance_minor != first->balance_minor)
            status = trail_vector_push(&differing, &i, err);
    }
    for (uint32_t i = 0; i < clusters->rows.count && differing.count > 0 && status == TRAIL_OK;
         i++) {
        uint32_t *count = trail_map64_at(&rows_of_day, day_key(search, i), 0, err);
        if (count == NULL)
            status = TRAIL_NO_MEMORY;
        else
            (*count)++;
    }
    for (size_t i = 0; i < differing.count && status == TRAIL_OK; i++) {
        uint32_t row = *(const uint32_t *)trail_vector_at(&differing, i), mine = 0, first = 0;
        uint32_t leader = trail_row_clusters_at(clusters, row)->leader;
        (void)trail_map64_find(&rows_of_day, day_key(search, row), &mine);
        (void)trail_map64_find(&rows_of_day, day_key(search, leader), &first);
        if (mine == 1 && first == 1) status = tell(search, leader, row, TRAIL_DIFFERS_BALANCE, err);
    }
    trail_vector_clear(&differing);
    trail_map64_clear(&rows_of_day);
    return status;
}

trail_status trail_row_conflicts_find(const trail_row_clusters *clusters,
                                      trail_duplicates *duplicates, trail_error *err)
{
    conflict_search search = {.clusters = clusters,
                              .ledger = clusters->ledger,
                              .duplicates = duplicates,
                              .grouped = trail_vector_of(sizeof(grouped_row))};
    trail_status status = trail_alloc_zeroed(&search.in_conflict, clusters->rows.count, 1, err);
    if (status == TRAIL_OK) status = find_conflicts(&search, true, err);
    if (status == TRAIL_OK) status = find_conflicts(&search, false, err);
    for (uint32_t i = 0; i < clusters->rows.count && status == TRAIL_OK; i++)
        if (trail_row_clusters_open(clusters, i)) status = find_alone(&search, i, err);
    if (status == TRAIL_OK) status = find_balances(&search, err);
    trail_free(search.in_conflict);
    trail_vector_clear(&search.grouped);
    return status;
}
