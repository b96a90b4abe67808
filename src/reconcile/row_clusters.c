#include "reconcile/row_clusters.h"

#include "base/memory.h"
#include "base/sort.h"
#include "base/unicode.h"
#include "base/wide.h"
#include "reconcile/duplicates.h"

/* Idea: occurrence-suffixed keys. Rows of one key stand sorted by unit; the first of each unit are
 * one, the second of each are one, and so on, so max(nA, nB) remain. Three keys after each other:
 * with the balance after the row (it tells twins apart), without it (files order a day
 * differently), with folded text (files write blanks and case differently). A cluster with a row of
 * every unit that shows its account and day takes no further part. Hashes filter, say_same()
 * decides. O(n log n). */

typedef enum key_level { KEY_ALL, KEY_NO_BALANCE, KEY_FOLDED, KEY_COUNT } key_level;

typedef struct keyed_row {
    uint64_t hash;
    uint32_t rank, row;
} keyed_row;

typedef struct fold_pair {
    trail_text first, second;
} fold_pair;

static uint64_t mix(uint64_t hash, uint64_t value)
{
    return trail_wide_fold(hash ^ 0x9e3779b97f4a7c15u, value ^ 0xff51afd7ed558ccdu);
}

static uint32_t fields_said(const trail_ledger *ledger, const trail_said_row *row)
{
    const trail_detail *detail = row->detail;
    const trail_wire *wire = trail_ledger_wire(ledger, row->record);
    bool said[] = {row->other != TRAIL_NO_ACCOUNT,
                   row->name != 0,
                   detail->text != 0,
                   detail->reference != 0,
                   detail->code != 0,
                   detail->has_balance,
                   row->second != TRAIL_NO_TIME,
                   detail->value_day != TRAIL_NO_DAY,
                   wire != NULL};
    uint32_t bits = 0;
    for (size_t i = 0; i < TRAIL_LENGTH_OF(said); i++)
        bits |= (uint32_t)said[i] << i;
    for (size_t i = 0; wire != NULL && i < TRAIL_WIRE_TEXT_COUNT; i++)
        bits |= (uint32_t)(wire->texts[i] != 0) << (TRAIL_LENGTH_OF(said) + i);
    return bits;
}

static void count_fields(trail_row_unit *unit, uint32_t bits)
{
    unit->rows++;
    unit->fields |= bits;
    for (; bits != 0; bits &= bits - 1)
        unit->said_sum++;
}

/* A transfer row needs a reference that names a payment; a leg its own account. */
static bool takes_part(const trail_row_clusters *clusters, uint32_t entry,
                       const trail_said_row *row)
{
    const trail_ledger *ledger = clusters->ledger;
    const trail_row_sources *sources = clusters->sources;
    if (row->own == TRAIL_NO_ACCOUNT || sources->gone[entry] ||
        row->day < sources->from[row->own] || row->day > sources->to[row->own])
        return false;
    return !row->transfer ||
           trail_reference_names(trail_strings_get(ledger->strings, row->detail->reference));
}

trail_status trail_row_clusters_gather(trail_row_clusters *clusters, const trail_ledger *ledger,
                                       trail_row_sources *sources, trail_error *err)
{
    *clusters = (trail_row_clusters){
        .ledger = ledger, .sources = sources, .rows = trail_vector_of(sizeof(trail_clustered_row))};
    uint32_t file = 0;
    for (uint32_t i = 0; i < ledger->count; i++) {
        trail_said_row said = trail_said_row_of(ledger, i);
        if (!takes_part(clusters, i, &said)) continue;
        uint32_t place = (uint32_t)clusters->rows.count;
        uint32_t in_file = trail_row_file(ledger, said.record, &file);
        trail_clustered_row row = {.entry = i,
                                   .unit = trail_row_unit_of(sources, in_file, said.record),
                                   .leader = place,
                                   .next = TRAIL_NO_ROW,
                                   .last = place,
                                   .size = 1};
        count_fields(&sources->units[row.unit], fields_said(ledger, &said));
        trail_status status = trail_vector_push(&clusters->rows, &row, err);
        if (status != TRAIL_OK) return status;
    }
    return trail_row_sources_rank(sources, err);
}

void trail_row_clusters_clear(trail_row_clusters *clusters)
{
    trail_vector_clear(&clusters->rows);
}

trail_clustered_row *trail_row_clusters_at(const trail_row_clusters *clusters, uint32_t row)
{
    return (trail_clustered_row *)clusters->rows.items + row;
}

bool trail_row_clusters_open(const trail_row_clusters *clusters, uint32_t row)
{
    const trail_clustered_row *at = trail_row_clusters_at(clusters, row);
    if (at->leader != row) return false;
    const trail_ledger *ledger = clusters->ledger;
    trail_said_row said = trail_said_row_of(ledger, at->entry);
    return at->size < trail_row_sources_covering(clusters->sources, said.own, said.day);
}

bool trail_row_clusters_has(const trail_row_clusters *clusters, uint32_t leader, uint32_t unit)
{
    for (uint32_t i = leader; i != TRAIL_NO_ROW; i = trail_row_clusters_at(clusters, i)->next)
        if (trail_row_clusters_at(clusters, i)->unit == unit) return true;
    return false;
}

bool trail_row_clusters_apart(const trail_row_clusters *clusters, uint32_t a, uint32_t b)
{
    trail_said_row said =
        trail_said_row_of(clusters->ledger, trail_row_clusters_at(clusters, b)->entry);
    for (uint32_t i = a; i != TRAIL_NO_ROW; i = trail_row_clusters_at(clusters, i)->next) {
        uint32_t unit = trail_row_clusters_at(clusters, i)->unit;
        for (uint32_t k = b; k != TRAIL_NO_ROW; k = trail_row_clusters_at(clusters, k)->next) {
            uint32_t other = trail_row_clusters_at(clusters, k)->unit;
            if (unit == other || trail_row_sources_continue(clusters->sources, unit, other,
                                                            said.own, said.currency, said.day))
                return false;
        }
    }
    return true;
}

uint32_t trail_row_clusters_join(trail_row_clusters *clusters, uint32_t a, uint32_t b,
                                 uint8_t reason)
{
    const trail_row_unit *units = clusters->sources->units;
    trail_clustered_row *first = trail_row_clusters_at(clusters, a);
    trail_clustered_row *second = trail_row_clusters_at(clusters, b);
    if (units[second->unit].rank < units[first->unit].rank) {
        trail_clustered_row *swap = first;
        first = second;
        second = swap;
        a = b;
    }
    trail_row_clusters_at(clusters, first->last)->next = second->leader;
    first->last = second->last;
    first->size += second->size;
    for (uint32_t i = second->leader; i != TRAIL_NO_ROW;) {
        trail_clustered_row *row = trail_row_clusters_at(clusters, i);
        row->leader = a;
        if (row->reason < reason) row->reason = reason;
        i = row->next;
    }
    return a;
}

static trail_status add_folded(const trail_ledger *ledger, uint32_t string, trail_text *out,
                               trail_error *err)
{
    trail_status status = trail_text_add(out, (trail_slice){"\x1f", 1}, err);
    if (string == 0 || status != TRAIL_OK) return status;
    return trail_unicode_fold(trail_strings_get(ledger->strings, string), out, err);
}

static trail_status fold_row(const trail_ledger *ledger, const trail_said_row *row, trail_text *out,
                             trail_error *err)
{
    trail_text_reset(out);
    trail_status status = add_folded(ledger, row->detail->text, out, err);
    if (status != TRAIL_OK || row->other != TRAIL_NO_ACCOUNT) return status;
    return add_folded(ledger, row->name, out, err);
}

static trail_status hash_row(const trail_ledger *ledger, const trail_said_row *row, key_level level,
                             fold_pair *folding, uint64_t *out, trail_error *err)
{
    uint64_t hash = mix((uint64_t)row->own << 32 | row->other, (uint64_t)row->signed_minor);
    hash = mix(hash, (uint64_t)(uint32_t)row->day << 32 | (uint32_t)row->second);
    hash = mix(hash, (uint64_t)row->currency << 32 | row->detail->reference);
    if (row->transfer) hash = mix(hash ^ row->received_currency, ~(uint64_t)row->received_minor);
    if (level == KEY_ALL && row->detail->has_balance)
        hash = mix(hash, (uint64_t)row->detail->balance_minor);
    trail_status status = TRAIL_OK;
    if (level == KEY_FOLDED) {
        status = fold_row(ledger, row, &folding->first, err);
        hash ^= trail_strings_hash(trail_text_slice(&folding->first));
    } else {
        uint32_t name = row->other == TRAIL_NO_ACCOUNT ? row->name : 0;
        hash = mix(hash, (uint64_t)name << 32 | row->detail->text);
    }
    *out = hash;
    return status;
}

static trail_status say_same(const trail_ledger *ledger, uint32_t a, uint32_t b, key_level level,
                             fold_pair *folding, bool *same, trail_error *err)
{
    trail_said_row first = trail_said_row_of(ledger, a), second = trail_said_row_of(ledger, b);
    const trail_detail *mine = first.detail, *other = second.detail;
    *same = first.own == second.own && first.other == second.other &&
            first.signed_minor == second.signed_minor && first.currency == second.currency &&
            first.day == second.day && first.second == second.second &&
            first.transfer == second.transfer && mine->reference == other->reference &&
            first.received_minor == second.received_minor &&
            first.received_currency == second.received_currency;
    if (!*same) return TRAIL_OK;
    if (level == KEY_FOLDED) {
        trail_status status = fold_row(ledger, &first, &folding->first, err);
        if (status == TRAIL_OK) status = fold_row(ledger, &second, &folding->second, err);
        *same = trail_slice_equal(trail_text_slice(&folding->first),
                                  trail_text_slice(&folding->second));
        return status;
    }
    *same =
        mine->text == other->text && (first.other != TRAIL_NO_ACCOUNT || first.name == second.name);
    if (level == KEY_ALL)
        *same = *same && mine->has_balance == other->has_balance &&
                (!mine->has_balance || mine->balance_minor == other->balance_minor);
    return TRAIL_OK;
}

static int by_key(const void *context, const void *a, const void *b)
{
    const keyed_row *first = a, *second = b;
    (void)context;
    if (first->hash != second->hash) return first->hash < second->hash ? -1 : 1;
    if (first->rank != second->rank) return first->rank < second->rank ? -1 : 1;
    return (first->row > second->row) - (first->row < second->row);
}

static trail_status key_rows(const trail_row_clusters *clusters, key_level level,
                             fold_pair *folding, trail_vector *keys, trail_error *err)
{
    const trail_ledger *ledger = clusters->ledger;
    for (uint32_t i = 0; i < clusters->rows.count; i++) {
        if (!trail_row_clusters_open(clusters, i)) continue;
        const trail_clustered_row *row = trail_row_clusters_at(clusters, i);
        trail_said_row said = trail_said_row_of(ledger, row->entry);
        keyed_row key = {.rank = clusters->sources->units[row->unit].rank, .row = i};
        trail_status status = hash_row(ledger, &said, level, folding, &key.hash, err);
        if (status == TRAIL_OK) status = trail_vector_push(keys, &key, err);
        if (status != TRAIL_OK) return status;
    }
    return trail_sort_items(keys->items, keys->count, sizeof(keyed_row), by_key, NULL, err);
}

/* One hash's rows by rank of unit: each joins the first cluster that says the same and lacks its
 * unit; a unit's search begins where its last one ended. */
static trail_status join_group(trail_row_clusters *clusters, const keyed_row *keys, size_t count,
                               key_level level, fold_pair *folding, trail_error *err)
{
    const trail_ledger *ledger = clusters->ledger;
    size_t from = 0;
    for (size_t i = 1; i < count; i++) {
        uint32_t row = keys[i].row;
        if (keys[i].rank != keys[i - 1].rank) from = 0;
        for (size_t k = from; k < i && keys[k].rank < keys[i].rank; k++) {
            uint32_t leader = trail_row_clusters_at(clusters, keys[k].row)->leader;
            const trail_clustered_row *unit = trail_row_clusters_at(clusters, row);
            if (leader != keys[k].row || trail_row_clusters_has(clusters, leader, unit->unit)) {
                if (k == from) from++;
                continue;
            }
            bool same = false;
            trail_status status = say_same(ledger, trail_row_clusters_at(clusters, leader)->entry,
                                           unit->entry, level, folding, &same, err);
            if (status != TRAIL_OK) return status;
            if (!same || !trail_row_clusters_apart(clusters, leader, row)) continue;
            bool transfer = trail_said_row_of(ledger, unit->entry).transfer;
            (void)trail_row_clusters_join(clusters, leader, row,
                                          transfer ? TRAIL_COPY_TRANSFER : TRAIL_COPY_OVERLAP);
            if (k == from) from++;
            break;
        }
    }
    return TRAIL_OK;
}

trail_status trail_row_clusters_join_equal(trail_row_clusters *clusters, trail_error *err)
{
    fold_pair folding = {.first = {0}};
    trail_vector keys = trail_vector_of(sizeof(keyed_row));
    trail_status status = TRAIL_OK;
    for (key_level level = KEY_ALL; level < KEY_COUNT && status == TRAIL_OK; level++) {
        keys.count = 0;
        status = key_rows(clusters, level, &folding, &keys, err);
        const keyed_row *key = keys.items;
        for (size_t start = 0; start < keys.count && status == TRAIL_OK;) {
            size_t end = start + 1;
            while (end < keys.count && key[end].hash == key[start].hash)
                end++;
            status = join_group(clusters, key + start, end - start, level, &folding, err);
            start = end;
        }
    }
    trail_vector_clear(&keys);
    trail_text_clear(&folding.first);
    trail_text_clear(&folding.second);
    return status;
}
