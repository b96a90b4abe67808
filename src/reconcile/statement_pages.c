#include "reconcile/statement_pages.h"

#include "base/map64.h"
#include "base/memory.h"
#include "base/sort.h"

typedef struct page_join {
    const trail_statement *statements;
    size_t count;
    uint32_t *next, *before;
    uint32_t *chain; /* union-find: no chain may bite its tail */
} page_join;

/* What a page that ends, or the page that goes on, is looked up by. */
typedef struct page_key {
    uint32_t account, sequence, page, statement;
    trail_currency currency;
    int64_t amount_minor;
} page_key;

static uint32_t root_of(page_join *join, uint32_t at)
{
    while (join->chain[at] != at) {
        join->chain[at] = join->chain[join->chain[at]];
        at = join->chain[at];
    }
    return at;
}

static void link_pages(page_join *join, uint32_t page, uint32_t next)
{
    uint32_t first = root_of(join, page), second = root_of(join, next);
    if (first == second) return;
    join->chain[second] = first;
    join->next[page] = next;
    join->before[next] = page;
}

static bool ends_a_page(const page_join *join, uint32_t at)
{
    const trail_statement *statement = &join->statements[at];
    return !statement->is_report && statement->closing.kind == TRAIL_BALANCE_PAGE &&
           join->next[at] == TRAIL_NO_STATEMENT;
}

static bool goes_on(const page_join *join, uint32_t at)
{
    const trail_statement *statement = &join->statements[at];
    return !statement->is_report && statement->opening.kind == TRAIL_BALANCE_PAGE &&
           join->before[at] == TRAIL_NO_STATEMENT;
}

static bool is_next_page(const trail_statement *page, const trail_statement *next)
{
    bool same_amount = page->closing.amount_minor == next->opening.amount_minor;
    if (page->sequence != next->sequence) return false;
    if (page->page > 0 && next->page > 0) return next->page == page->page + 1;
    return same_amount;
}

/* Pages follow each other in a file, with those of other accounts between them. */
static trail_status join_within_files(page_join *join, trail_error *err)
{
    trail_map64 latest = {0};
    trail_status status = TRAIL_OK;
    for (uint32_t i = 0; i < join->count && status == TRAIL_OK; i++) {
        const trail_statement *statement = &join->statements[i];
        if (i > 0 && statement->file != statement[-1].file) trail_map64_clear(&latest);
        if (statement->is_report) continue;
        uint64_t pocket = (uint64_t)statement->account << 16 | statement->currency;
        uint32_t *place = trail_map64_at(&latest, pocket, i, err);
        if (place == NULL) {
            status = TRAIL_NO_MEMORY;
        } else if (*place != i) {
            if (ends_a_page(join, *place) && goes_on(join, i) &&
                is_next_page(&join->statements[*place], statement))
                link_pages(join, *place, i);
            *place = i;
        }
    }
    trail_map64_clear(&latest);
    return status;
}

static int compare_numbers(const page_key *a, const page_key *b)
{
    if (a->account != b->account) return a->account < b->account ? -1 : 1;
    if (a->currency != b->currency) return a->currency < b->currency ? -1 : 1;
    if (a->sequence != b->sequence) return a->sequence < b->sequence ? -1 : 1;
    return (a->page > b->page) - (a->page < b->page);
}

static int compare_amounts(const page_key *a, const page_key *b)
{
    int order = compare_numbers(a, b);
    if (order != 0) return order;
    return (a->amount_minor > b->amount_minor) - (a->amount_minor < b->amount_minor);
}

static int compare_keys(const void *context, const void *a, const void *b)
{
    const page_key *first = a, *second = b;
    (void)context;
    int order = compare_amounts(first, second);
    if (order != 0) return order;
    return (first->statement > second->statement) - (first->statement < second->statement);
}

static trail_status collect(page_join *join, bool ends, trail_vector *keys, trail_error *err)
{
    for (uint32_t i = 0; i < join->count; i++) {
        const trail_statement *statement = &join->statements[i];
        if (!(ends ? ends_a_page(join, i) : goes_on(join, i))) continue;
        page_key key = {.account = statement->account,
                        .sequence = statement->sequence,
                        .page = statement->page,
                        .statement = i,
                        .currency = statement->currency,
                        .amount_minor = ends ? statement->closing.amount_minor
                                             : statement->opening.amount_minor};
        if (!ends && key.page > 0) key.page--;
        trail_status status = trail_vector_push(keys, &key, err);
        if (status != TRAIL_OK) return status;
    }
    return trail_sort_items(keys->items, keys->count, sizeof(page_key), compare_keys, NULL, err);
}

static trail_status join_across_files(page_join *join, bool by_amount, trail_error *err)
{
    trail_vector ends = trail_vector_of(sizeof(page_key));
    trail_vector heads = trail_vector_of(sizeof(page_key));
    trail_status status = collect(join, true, &ends, err);
    if (status == TRAIL_OK) status = collect(join, false, &heads, err);
    const page_key *end = ends.items, *head = heads.items;
    for (size_t e = 0, h = 0; status == TRAIL_OK && e < ends.count && h < heads.count;) {
        int order =
            by_amount ? compare_amounts(&end[e], &head[h]) : compare_numbers(&end[e], &head[h]);
        /* An amount alone would join pages of different years. */
        bool numbered = end[e].sequence != UINT32_MAX && (by_amount || end[e].page > 0);
        if (order == 0 && numbered) link_pages(join, end[e].statement, head[h].statement);
        if (order <= 0) e++;
        if (order >= 0) h++;
    }
    trail_vector_clear(&ends);
    trail_vector_clear(&heads);
    return status;
}

trail_status trail_statement_pages(const trail_ledger *ledger, uint32_t **next, uint32_t **before,
                                   trail_error *err)
{
    page_join join = {.statements = ledger->statements.items, .count = ledger->statements.count};
    trail_status status = trail_alloc_zeroed(&join.next, join.count, sizeof *join.next, err);
    if (status == TRAIL_OK)
        status = trail_alloc_zeroed(&join.before, join.count, sizeof *join.before, err);
    if (status == TRAIL_OK)
        status = trail_alloc_zeroed(&join.chain, join.count, sizeof *join.chain, err);
    for (uint32_t i = 0; i < join.count && status == TRAIL_OK; i++) {
        join.next[i] = join.before[i] = TRAIL_NO_STATEMENT;
        join.chain[i] = i;
    }
    if (status == TRAIL_OK) status = join_within_files(&join, err);
    if (status == TRAIL_OK) status = join_across_files(&join, true, err);
    if (status == TRAIL_OK) status = join_across_files(&join, false, err);
    trail_free(join.chain);
    *next = join.next;
    *before = join.before;
    return status;
}
