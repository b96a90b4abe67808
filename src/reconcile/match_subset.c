#include "reconcile/match_subset.h"

#include "base/memory.h"
#include "base/sort.h"
#include "base/wide.h"

/* Idea: candidates of a total stand together once sorted by (payer, payee, currency, side, day);
 * choices are tried largest part first, left when the rest cannot reach the sum any more, and given
 * up at the second that fits. A total with more candidates than the bound says nothing: among many
 * rows some choice always fits. */

static const uint16_t both = TRAIL_HAS_DEBIT | TRAIL_HAS_CREDIT;

typedef struct subset_search {
    const trail_ledger *ledger;
    trail_subsets *subsets;
    uint32_t *order; /* payments that could be totals or parts */
    uint32_t count;
} subset_search;

typedef struct choice {
    uint32_t rows[TRAIL_SUBSET_ROWS];
    int64_t amounts[TRAIL_SUBSET_ROWS];
    int64_t rest[TRAIL_SUBSET_ROWS + 1]; /* sum of the amounts from there on */
    unsigned count;
    unsigned fits;  /* choices that make the sum, 2 for more */
    uint32_t taken; /* the first of them, as bits */
} choice;

static bool is_credit(const trail_ledger *ledger, uint32_t payment)
{
    return (ledger->flags[payment] & both) == TRAIL_HAS_CREDIT;
}

static bool could_be(const trail_ledger *ledger, uint32_t payment)
{
    const uint16_t told = TRAIL_AMBIGUOUS | TRAIL_MAY_BE_DOUBLE | TRAIL_REVERSED | TRAIL_VOID;
    uint16_t flags = ledger->flags[payment];
    return (flags & both) != both && (flags & told) == 0 &&
           ledger->payer[payment] != TRAIL_NO_ACCOUNT &&
           ledger->payee[payment] != TRAIL_NO_ACCOUNT && ledger->amount_minor[payment] > 0;
}

static int compare_groups(const trail_ledger *ledger, uint32_t a, uint32_t b)
{
    if (ledger->payer[a] != ledger->payer[b]) return ledger->payer[a] < ledger->payer[b] ? -1 : 1;
    if (ledger->payee[a] != ledger->payee[b]) return ledger->payee[a] < ledger->payee[b] ? -1 : 1;
    if (ledger->currency[a] != ledger->currency[b])
        return ledger->currency[a] < ledger->currency[b] ? -1 : 1;
    return 0;
}

static int compare_rows(const void *context, uint32_t a, uint32_t b)
{
    const trail_ledger *ledger = context;
    int group = compare_groups(ledger, a, b);
    if (group != 0) return group;
    if (is_credit(ledger, a) != is_credit(ledger, b)) return is_credit(ledger, b) ? -1 : 1;
    if (ledger->booking_day[a] != ledger->booking_day[b])
        return ledger->booking_day[a] < ledger->booking_day[b] ? -1 : 1;
    return (a > b) - (a < b);
}

/* First of the ordered rows not before (group of `like`, side, day). */
static uint32_t first_from(const subset_search *at, uint32_t like, bool credit, int32_t day)
{
    uint32_t low = 0, high = at->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2, row = at->order[middle];
        int group = compare_groups(at->ledger, row, like);
        bool before = group < 0;
        if (group == 0) {
            before =
                is_credit(at->ledger, row) != credit ? credit : at->ledger->booking_day[row] < day;
        }
        if (before)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void insert(choice *parts, uint32_t row, int64_t amount)
{
    unsigned place = parts->count++;
    for (; place > 0 && parts->amounts[place - 1] < amount; place--) {
        parts->rows[place] = parts->rows[place - 1];
        parts->amounts[place] = parts->amounts[place - 1];
    }
    parts->rows[place] = row;
    parts->amounts[place] = amount;
}

/* False when more rows than the bound could be parts, or their sum leaves the range. */
static bool gather(const subset_search *at, uint32_t total, choice *parts)
{
    const trail_ledger *ledger = at->ledger;
    bool credit = is_credit(ledger, total);
    int64_t first = (int64_t)ledger->booking_day[total] - (credit ? TRAIL_SUBSET_DAYS : 0);
    int64_t last = first + TRAIL_SUBSET_DAYS;
    *parts = (choice){.count = 0};
    if (first <= INT32_MIN) return false;
    for (uint32_t i = first_from(at, total, !credit, (int32_t)first); i < at->count; i++) {
        uint32_t row = at->order[i];
        if (compare_groups(ledger, row, total) != 0 || is_credit(ledger, row) == credit ||
            ledger->booking_day[row] > last)
            break;
        if (ledger->amount_minor[row] >= ledger->amount_minor[total]) continue;
        if (parts->count == TRAIL_SUBSET_ROWS) return false;
        insert(parts, row, ledger->amount_minor[row]);
    }
    for (unsigned i = parts->count; i > 0; i--) {
        if (!trail_add_checked(parts->rest[i], parts->amounts[i - 1], &parts->rest[i - 1]))
            return false;
    }
    return parts->count >= 2;
}

/* Walks the choices as bits from the first row on, without recursion: `left` is what is missing. */
static void choose(choice *parts, int64_t sum)
{
    int64_t left[TRAIL_SUBSET_ROWS + 1] = {sum};
    uint32_t taken = 0;
    unsigned depth = 0;
    for (;;) {
        bool open = depth < parts->count && left[depth] > 0 && parts->rest[depth] >= left[depth];
        if (left[depth] == 0) {
            if (parts->fits++ == 0) parts->taken = taken;
            if (parts->fits > 1) return;
        }
        if (open) { /* with this row first */
            taken |= 1u << depth;
            left[depth + 1] = left[depth] - parts->amounts[depth];
            depth++;
            continue;
        }
        while (depth > 0 && (taken & 1u << (depth - 1)) == 0)
            depth--;
        if (depth == 0) return;
        taken &= ~(1u << (depth - 1)); /* then without it */
        left[depth] = left[depth - 1];
    }
}

static trail_status add(subset_search *at, uint32_t total, const choice *parts, trail_error *err)
{
    trail_subset subset = {.total = total, .first = (uint32_t)at->subsets->parts.count};
    for (unsigned i = 0; i < parts->count; i++) {
        if ((parts->taken & 1u << i) == 0) continue;
        trail_status status = trail_vector_push(&at->subsets->parts, &parts->rows[i], err);
        if (status != TRAIL_OK) return status;
        subset.count++;
    }
    return trail_vector_push(&at->subsets->found, &subset, err);
}

static trail_status find_totals(subset_search *at, trail_error *err)
{
    const trail_ledger *ledger = at->ledger;
    trail_status status = TRAIL_OK;
    for (uint32_t total = 0; total < ledger->count && status == TRAIL_OK; total++) {
        choice parts;
        if (!could_be(ledger, total) || !gather(at, total, &parts)) continue;
        choose(&parts, ledger->amount_minor[total]);
        if (parts.fits == 1) status = add(at, total, &parts, err);
    }
    return status;
}

trail_status trail_subsets_find(trail_subsets *subsets, const trail_ledger *ledger,
                                trail_error *err)
{
    subset_search at = {.ledger = ledger, .subsets = subsets};
    *subsets = (trail_subsets){.found = trail_vector_of(sizeof(trail_subset)),
                               .parts = trail_vector_of(sizeof(uint32_t))};
    for (uint32_t i = 0; i < ledger->count; i++)
        at.count += could_be(ledger, i);
    if (at.count < 3) return TRAIL_OK;
    trail_status status = trail_alloc_zeroed(&at.order, at.count, sizeof *at.order, err);
    uint32_t place = 0;
    for (uint32_t i = 0; i < ledger->count && status == TRAIL_OK; i++) {
        if (could_be(ledger, i)) at.order[place++] = i;
    }
    if (status == TRAIL_OK)
        status = trail_sort_numbers(at.order, at.count, compare_rows, ledger, err);
    if (status == TRAIL_OK) status = find_totals(&at, err);
    trail_free(at.order);
    if (status != TRAIL_OK) trail_subsets_clear(subsets);
    return status;
}

void trail_subsets_clear(trail_subsets *subsets)
{
    trail_vector_clear(&subsets->found);
    trail_vector_clear(&subsets->parts);
}
