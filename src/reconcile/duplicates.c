#include "reconcile/duplicates.h"

#include "base/memory.h"
#include "base/sort.h"
#include "reconcile/possible_double.h"
#include "reconcile/row_clusters.h"
#include "reconcile/row_conflicts.h"
#include "reconcile/row_formats.h"
#include "reconcile/row_sources.h"
#include "reconcile/same_file.h"

/* Whole files first, then rows in the overlaps: equal ones, then those that another format tells in
 * other words; last, what the files do not tell alike. Everything is decided before the ledger
 * changes, by content and by hash and name of the files, never by the order they came in. */

const char *trail_copy_reason_text(trail_copy_reason reason)
{
    static const char *const texts[] = {"same file", "overlapping files", "another format",
                                        "same reference", "same statement"};
    return texts[reason];
}

const char *trail_row_difference_text(trail_row_difference difference)
{
    static const char *const texts[] = {"amount", "date", "debit or credit", "balance"};
    return texts[difference];
}

void trail_duplicates_init(trail_duplicates *duplicates)
{
    *duplicates = (trail_duplicates){.copies = trail_vector_of(sizeof(trail_copy)),
                                     .conflicts = trail_vector_of(sizeof(trail_row_conflict)),
                                     .alone = trail_vector_of(sizeof(trail_row_alone)),
                                     .possible = trail_vector_of(sizeof(trail_row_possible)),
                                     .messages = trail_vector_of(sizeof(trail_copy))};
}

void trail_duplicates_clear(trail_duplicates *duplicates)
{
    trail_vector_clear(&duplicates->copies);
    trail_vector_clear(&duplicates->conflicts);
    trail_vector_clear(&duplicates->alone);
    trail_vector_clear(&duplicates->possible);
    trail_vector_clear(&duplicates->messages);
}

typedef struct merging {
    trail_ledger *ledger;
    trail_duplicates *duplicates;
    uint32_t *into;
    uint8_t *gone;
} merging;

/* What the kept entry does not say and a copy does. */
static void fill(trail_ledger *ledger, uint32_t kept, uint32_t copy)
{
    bool debit = (ledger->flags[kept] & TRAIL_HAS_DEBIT) != 0;
    uint32_t *other = debit ? &ledger->payee[kept] : &ledger->payer[kept];
    if (*other == TRAIL_NO_ACCOUNT) {
        *other = debit ? ledger->payee[copy] : ledger->payer[copy];
        if (*other != TRAIL_NO_ACCOUNT)
            ledger->flags[kept] |= debit ? TRAIL_PAYEE_SUPPLIED : TRAIL_PAYER_SUPPLIED;
    }
    if (ledger->kind[kept] == TRAIL_KIND_UNNAMED) ledger->kind[kept] = ledger->kind[copy];
}

static trail_status keep_words(trail_ledger *ledger, uint32_t entry, trail_error *err)
{
    trail_said_row said = trail_said_row_of(ledger, entry);
    trail_leg_copy copy = {.record = said.record,
                           .other = said.other,
                           .amount_minor = ledger->amount_minor[entry],
                           .booking_day = said.day,
                           .currency = said.currency,
                           .credit = (ledger->flags[entry] & TRAIL_HAS_DEBIT) == 0};
    return trail_vector_push(&ledger->leg_copies, &copy, err);
}

static trail_status add_copy(merging *merge, uint32_t kept, uint32_t entry, uint8_t reason,
                             trail_error *err)
{
    const trail_ledger *ledger = merge->ledger;
    const trail_detail *first = trail_said_row_of(ledger, kept).detail;
    const trail_detail *second = trail_said_row_of(ledger, entry).detail;
    trail_copy copy = {.kept_record = ledger->record[kept],
                       .record = ledger->record[entry],
                       .reason = reason,
                       .balance_differs = first->has_balance && second->has_balance &&
                                          first->balance_minor != second->balance_minor};
    return trail_vector_push(&merge->duplicates->copies, &copy, err);
}

static trail_status apply_clusters(merging *merge, const trail_row_clusters *clusters,
                                   trail_error *err)
{
    trail_ledger *ledger = merge->ledger;
    for (uint32_t i = 0; i < clusters->rows.count; i++) {
        const trail_clustered_row *leader = trail_row_clusters_at(clusters, i);
        bool kept_words = false;
        if (leader->leader != i) continue;
        for (uint32_t k = leader->next; k != TRAIL_NO_ROW;) {
            const trail_clustered_row *row = trail_row_clusters_at(clusters, k);
            trail_status status = TRAIL_OK;
            bool other_words = row->reason == TRAIL_COPY_OTHER_FORMAT;
            merge->into[row->entry] = leader->entry;
            if (other_words && !kept_words) status = keep_words(ledger, leader->entry, err);
            kept_words = kept_words || other_words;
            if (status == TRAIL_OK && other_words) status = keep_words(ledger, row->entry, err);
            if (status == TRAIL_OK)
                status = add_copy(merge, leader->entry, row->entry, row->reason, err);
            if (status != TRAIL_OK) return status;
            fill(ledger, leader->entry, row->entry);
            k = row->next;
        }
    }
    return TRAIL_OK;
}

/* Pairs of entries become pairs of records; one that was joined after all is no question. */
static trail_status keep_possible(merging *merge, const trail_vector *pairs, trail_error *err)
{
    const trail_ledger *ledger = merge->ledger;
    for (size_t i = 0; i < pairs->count; i++) {
        const trail_row_possible *pair = trail_vector_at(pairs, i);
        uint32_t a = merge->into[pair->record], b = merge->into[pair->other_record];
        if (a == b) continue;
        uint32_t first = ledger->record[a < b ? a : b], second = ledger->record[a < b ? b : a];
        trail_row_possible kept = {first, second};
        trail_status status = trail_vector_push(&merge->duplicates->possible, &kept, err);
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

static trail_status join_rows(merging *merge, trail_error *err)
{
    trail_row_sources sources;
    trail_row_clusters clusters = {.ledger = NULL};
    trail_vector possible = trail_vector_of(sizeof(trail_row_possible));
    trail_status status = trail_row_sources_make(&sources, merge->ledger, merge->gone, err);
    if (status != TRAIL_OK || !sources.any) goto cleanup;
    status = trail_row_clusters_gather(&clusters, merge->ledger, &sources, err);
    if (status == TRAIL_OK) status = trail_row_clusters_join_equal(&clusters, err);
    if (status == TRAIL_OK) status = trail_row_formats_join(&clusters, &possible, err);
    if (status == TRAIL_OK) status = trail_row_conflicts_find(&clusters, merge->duplicates, err);
    if (status == TRAIL_OK) status = apply_clusters(merge, &clusters, err);
    if (status == TRAIL_OK) status = keep_possible(merge, &possible, err);
cleanup:
    trail_vector_clear(&possible);
    trail_row_clusters_clear(&clusters);
    trail_row_sources_clear(&sources);
    return status;
}

/* Copies of whole files and statements, once those kept know what they are copies of. */
static trail_status join_files(merging *merge, trail_error *err)
{
    trail_ledger *ledger = merge->ledger;
    for (uint32_t i = 0; i < ledger->count; i++) {
        if (!merge->gone[i]) continue;
        uint32_t kept = merge->into[i];
        while (merge->into[kept] != kept)
            kept = merge->into[kept];
        merge->into[i] = kept;
        uint8_t reason = merge->gone[i] == TRAIL_GONE_WITH_STATEMENT ? TRAIL_COPY_SAME_STATEMENT
                                                                     : TRAIL_COPY_SAME_FILE;
        trail_status status = add_copy(merge, kept, i, reason, err);
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

static int by_two(uint32_t a, uint32_t b, uint32_t c, uint32_t d)
{
    if (a != c) return a < c ? -1 : 1;
    return (b > d) - (b < d);
}

static int by_kept(const void *context, const void *a, const void *b)
{
    const trail_copy *first = a, *second = b;
    (void)context;
    return by_two(first->kept_record, first->record, second->kept_record, second->record);
}

static int by_pair(const void *context, const void *a, const void *b)
{
    const trail_row_possible *first = a, *second = b;
    (void)context;
    return by_two(first->record, first->other_record, second->record, second->other_record);
}

static int by_conflict(const void *context, const void *a, const void *b)
{
    const trail_row_conflict *first = a, *second = b;
    (void)context;
    return by_two(first->record, first->other_record, second->record, second->other_record);
}

static int by_alone(const void *context, const void *a, const void *b)
{
    const trail_row_alone *first = a, *second = b;
    (void)context;
    return by_two(first->record, first->lacking_file, second->record, second->lacking_file);
}

static int by_record(const void *context, const void *a, const void *b)
{
    const trail_leg_copy *first = a, *second = b;
    (void)context;
    return (first->record > second->record) - (first->record < second->record);
}

static trail_status sort_found(trail_ledger *ledger, trail_duplicates *found, trail_error *err)
{
    const struct {
        trail_vector *vector;
        int (*compare)(const void *, const void *, const void *);
    } sorts[] = {{&found->copies, by_kept},   {&found->messages, by_kept},
                 {&found->possible, by_pair}, {&found->conflicts, by_conflict},
                 {&found->alone, by_alone},   {&ledger->leg_copies, by_record}};
    for (size_t i = 0; i < TRAIL_LENGTH_OF(sorts); i++) {
        trail_vector *vector = sorts[i].vector;
        trail_status status = trail_sort_items(vector->items, vector->count, vector->item_size,
                                               sorts[i].compare, NULL, err);
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

trail_status trail_record_payments(const trail_ledger *ledger, uint32_t **payments,
                                   trail_error *err)
{
    trail_status status =
        trail_alloc_zeroed(payments, ledger->records.count, sizeof **payments, err);
    if (status != TRAIL_OK) return status;
    for (size_t i = 0; i < ledger->records.count; i++)
        (*payments)[i] = TRAIL_NO_PAYMENT;
    for (uint32_t i = 0; i < ledger->count; i++)
        (*payments)[ledger->record[i]] = i;
    const trail_credit_side *sides = ledger->credit_sides.items;
    for (size_t i = 0; i < ledger->credit_sides.count; i++)
        (*payments)[sides[i].record] = sides[i].payment;
    const trail_attached *attached = ledger->attached.items;
    for (size_t i = 0; i < ledger->attached.count; i++)
        (*payments)[attached[i].record] = attached[i].payment;
    return TRAIL_OK;
}

static trail_status flag_doubles(trail_ledger *ledger, const trail_duplicates *found,
                                 trail_error *err)
{
    uint32_t *payments = NULL;
    if (found->possible.count + found->conflicts.count == 0) return TRAIL_OK;
    trail_status status = trail_record_payments(ledger, &payments, err);
    if (status != TRAIL_OK) return status;
    for (size_t i = 0; i < found->possible.count; i++) {
        const trail_row_possible *pair = trail_vector_at(&found->possible, i);
        ledger->flags[payments[pair->record]] |= TRAIL_MAY_BE_DOUBLE;
        ledger->flags[payments[pair->other_record]] |= TRAIL_MAY_BE_DOUBLE;
    }
    for (size_t i = 0; i < found->conflicts.count; i++) {
        const trail_row_conflict *pair = trail_vector_at(&found->conflicts, i);
        if (pair->difference == TRAIL_DIFFERS_BALANCE) continue;
        ledger->flags[payments[pair->record]] |= TRAIL_MAY_BE_DOUBLE;
        ledger->flags[payments[pair->other_record]] |= TRAIL_MAY_BE_DOUBLE;
    }
    trail_free(payments);
    return TRAIL_OK;
}

static trail_status list_pair(const uint32_t *payments, uint32_t record, uint32_t other_record,
                              const char *reason, trail_vector *doubles, trail_error *err)
{
    uint32_t a = payments[record], b = payments[other_record];
    trail_possible_double pair = {a < b ? a : b, a < b ? b : a, reason};
    return a == b ? TRAIL_OK : trail_vector_push(doubles, &pair, err);
}

trail_status trail_duplicates_list(const trail_duplicates *duplicates, const trail_ledger *ledger,
                                   trail_vector *doubles, trail_error *err)
{
    static const char *const reasons[] = {"two files show this reference with another amount",
                                          "two files show this reference on another day",
                                          "two files show this reference as debit and as credit"};
    uint32_t *payments = NULL;
    if (duplicates->possible.count + duplicates->conflicts.count == 0) return TRAIL_OK;
    trail_status status = trail_record_payments(ledger, &payments, err);
    for (size_t i = 0; i < duplicates->possible.count && status == TRAIL_OK; i++) {
        const trail_row_possible *pair = trail_vector_at(&duplicates->possible, i);
        status = list_pair(payments, pair->record, pair->other_record,
                           "two files may show this row in other words", doubles, err);
    }
    for (size_t i = 0; i < duplicates->conflicts.count && status == TRAIL_OK; i++) {
        const trail_row_conflict *pair = trail_vector_at(&duplicates->conflicts, i);
        if (pair->difference == TRAIL_DIFFERS_BALANCE) continue;
        status = list_pair(payments, pair->record, pair->other_record, reasons[pair->difference],
                           doubles, err);
    }
    trail_free(payments);
    return status;
}

static trail_status merge_all(merging *merge, uint32_t **renumber, trail_error *err)
{
    trail_ledger *ledger = merge->ledger;
    uint32_t *moved = NULL;
    trail_status status =
        trail_same_files_join(ledger, merge->into, merge->gone, &merge->duplicates->messages, err);
    if (status == TRAIL_OK)
        status = trail_same_statements_join(ledger, merge->into, merge->gone, err);
    if (status == TRAIL_OK) status = join_rows(merge, err);
    if (status == TRAIL_OK) status = join_files(merge, err);
    if (status == TRAIL_OK) status = sort_found(ledger, merge->duplicates, err);
    if (status == TRAIL_OK && merge->duplicates->copies.count > 0) {
        if (renumber != NULL) status = trail_alloc_zeroed(&moved, ledger->count, 4, err);
        if (status == TRAIL_OK) status = trail_ledger_merge(ledger, merge->into, moved, err);
    }
    if (status == TRAIL_OK) status = flag_doubles(ledger, merge->duplicates, err);
    if (status == TRAIL_OK && renumber != NULL)
        *renumber = moved;
    else
        trail_free(moved);
    return status;
}

static bool can_repeat(const trail_ledger *ledger)
{
    const trail_statement *statements = ledger->statements.items;
    if (ledger->records.files.count > 1) return true;
    for (size_t i = 0; i < ledger->statements.count; i++)
        if (statements[i].is_report || (i > 0 && statements[i].file == statements[i - 1].file))
            return true;
    return false;
}

trail_status trail_duplicates_merge(trail_ledger *ledger, trail_duplicates *duplicates,
                                    uint32_t **renumber, trail_error *err)
{
    merging merge = {.ledger = ledger, .duplicates = duplicates};
    if (renumber != NULL) *renumber = NULL;
    if (!can_repeat(ledger)) return TRAIL_OK;
    trail_status status = trail_alloc_zeroed(&merge.into, ledger->count, sizeof(uint32_t), err);
    if (status == TRAIL_OK) status = trail_alloc_zeroed(&merge.gone, ledger->count, 1, err);
    for (uint32_t i = 0; i < ledger->count && status == TRAIL_OK; i++)
        merge.into[i] = i;
    if (status == TRAIL_OK) status = merge_all(&merge, renumber, err);
    trail_free(merge.into);
    trail_free(merge.gone);
    return status;
}
