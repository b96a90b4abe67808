#include "reconcile/row_formats.h"

#include "base/memory.h"
#include "base/sort.h"
#include "base/unicode.h"
#include "reconcile/duplicates.h"

/* Open rows are sorted by (account, currency, amount, day, unit). In each group every two units of
 * different formats are compared, best ranking first: day by day, then within DAYS_APART for rows
 * that share a reference. One-to-one always, so counts stay max(nA, nB). O(n log n), and in a group
 * (its rows of one day)², which are few unless a file repeats one amount all day: then SQUARE_MAX
 * leaves them to the counts. */

#define DAYS_APART    5
#define SQUARE_MAX    ((size_t)1 << 20)
#define REFERENCE_MIN 6 /* a shorter one may stand in a text by chance */

typedef enum likeness {
    LIKE_NOT,
    LIKE_NAMES_DIFFER,
    LIKE_OPEN,
    LIKE_ACCOUNT,
    LIKE_REFERENCE
} likeness;

typedef struct open_row {
    int64_t signed_minor;
    uint32_t account, row;
    uint32_t rank, unit;
    int32_t day;
    trail_currency currency;
} open_row;

typedef struct format_search {
    trail_row_clusters *clusters;
    const trail_ledger *ledger;
    trail_vector *possible;
    uint32_t left_unit, right_unit;
    trail_vector left, right; /* of uint32_t: leaders with rows of these units, of one day */
    trail_text first, second;
} format_search;

static bool stands_in(const trail_ledger *ledger, const trail_said_references *references,
                      uint32_t text)
{
    trail_slice whole = trail_strings_get(ledger->strings, text);
    for (uint32_t i = 0; i < references->count && text != 0; i++) {
        trail_slice reference = trail_strings_get(ledger->strings, references->ids[i]);
        if (reference.length >= REFERENCE_MIN && trail_slice_find(whole, reference) != SIZE_MAX)
            return true;
    }
    return false;
}

/* Two folded names without one word in common (three bytes or more) are different names. */
static bool share_word(trail_slice a, trail_slice b)
{
    for (size_t start = 0; start < a.length;) {
        size_t end = start;
        while (end < a.length && a.start[end] != ' ')
            end++;
        trail_slice word = {a.start + start, end - start};
        if (word.length >= 3 && trail_slice_find(b, word) != SIZE_MAX) return true;
        start = end + 1;
    }
    return false;
}

static trail_status names_differ(format_search *search, uint32_t a, uint32_t b, bool *differ,
                                 trail_error *err)
{
    const trail_strings *strings = search->ledger->strings;
    *differ = false;
    if (a == 0 || b == 0 || a == b) return TRAIL_OK;
    trail_text_reset(&search->first);
    trail_text_reset(&search->second);
    trail_status status = trail_unicode_fold(trail_strings_get(strings, a), &search->first, err);
    if (status == TRAIL_OK)
        status = trail_unicode_fold(trail_strings_get(strings, b), &search->second, err);
    if (status == TRAIL_OK)
        *differ = !share_word(trail_text_slice(&search->first), trail_text_slice(&search->second));
    return status;
}

static bool contradict(uint32_t a, uint32_t b)
{
    return a != 0 && b != 0 && a != b;
}

static trail_status compare_rows(format_search *search, uint32_t a, uint32_t b, likeness *like,
                                 trail_error *err)
{
    const trail_ledger *ledger = search->ledger;
    trail_said_row first =
        trail_said_row_of(ledger, trail_row_clusters_at(search->clusters, a)->entry);
    trail_said_row second =
        trail_said_row_of(ledger, trail_row_clusters_at(search->clusters, b)->entry);
    trail_said_references mine = trail_said_references_of(ledger, first.record);
    trail_said_references other = trail_said_references_of(ledger, second.record);
    bool named = first.other != TRAIL_NO_ACCOUNT && second.other != TRAIL_NO_ACCOUNT;
    bool shared = trail_said_references_share(&mine, &other) ||
                  stands_in(ledger, &mine, second.detail->text) ||
                  stands_in(ledger, &other, first.detail->text);
    *like = LIKE_NOT;
    if (!trail_row_clusters_apart(search->clusters, a, b) || contradict(mine.uetr, other.uetr) ||
        contradict(mine.end_to_end, other.end_to_end) || (named && first.other != second.other))
        return TRAIL_OK;
    if (shared || named) {
        *like = shared ? LIKE_REFERENCE : LIKE_ACCOUNT;
        return TRAIL_OK;
    }
    bool differ;
    trail_status status = names_differ(search, first.name, second.name, &differ, err);
    *like = differ ? LIKE_NAMES_DIFFER : LIKE_OPEN;
    return status;
}

static uint32_t *row_at(trail_vector *rows, size_t at)
{
    return (uint32_t *)rows->items + at;
}

static void take(format_search *search, size_t left, size_t right)
{
    (void)trail_row_clusters_join(search->clusters, *row_at(&search->left, left),
                                  *row_at(&search->right, right), TRAIL_COPY_OTHER_FORMAT);
    *row_at(&search->left, left) = *row_at(&search->right, right) = TRAIL_NO_ROW;
}

static void close_up(trail_vector *rows)
{
    size_t kept = 0;
    for (size_t i = 0; i < rows->count; i++)
        if (*row_at(rows, i) != TRAIL_NO_ROW) *row_at(rows, kept++) = *row_at(rows, i);
    rows->count = kept;
}

/* Rows of the same day that agree in `like`, in their order: such rows differ in nothing that both
 * formats carry, or their references name the pair. */
static trail_status take_alike(format_search *search, likeness wanted, trail_error *err)
{
    if (search->left.count * search->right.count > SQUARE_MAX) return TRAIL_OK;
    for (size_t i = 0; i < search->left.count; i++) {
        for (size_t k = 0; k < search->right.count; k++) {
            likeness like;
            if (*row_at(&search->right, k) == TRAIL_NO_ROW) continue;
            trail_status status = compare_rows(search, *row_at(&search->left, i),
                                               *row_at(&search->right, k), &like, err);
            if (status != TRAIL_OK) return status;
            if (like != wanted) continue;
            take(search, i, k);
            break;
        }
    }
    close_up(&search->left);
    close_up(&search->right);
    return TRAIL_OK;
}

static bool is_report(const format_search *search, const trail_vector *rows)
{
    uint32_t row = *(const uint32_t *)rows->items;
    return trail_row_clusters_at(search->clusters, row)->unit % 2 == 1;
}

/* May the n-th of one be the n-th of the other? A statement shows all of a day; a report may show a
 * part, and then its rows must not have to choose. */
static trail_status fits_in_order(format_search *search, bool *fits, trail_error *err)
{
    size_t left = search->left.count, right = search->right.count;
    bool part = (left < right && is_report(search, &search->left)) ||
                (right < left && is_report(search, &search->right));
    size_t fewer = left < right ? left : right;
    *fits = left == right || part;
    trail_vector *more = left < right ? &search->right : &search->left;
    for (size_t i = 1; part && i < more->count && *fits; i++) {
        trail_said_row a = trail_said_row_of(
            search->ledger, trail_row_clusters_at(search->clusters, *row_at(more, 0))->entry);
        trail_said_row b = trail_said_row_of(
            search->ledger, trail_row_clusters_at(search->clusters, *row_at(more, i))->entry);
        *fits = a.other == b.other && a.name == b.name && a.detail->text == b.detail->text;
    }
    for (size_t i = 0; i < fewer && *fits; i++) {
        likeness like;
        trail_status status =
            compare_rows(search, *row_at(&search->left, i), *row_at(&search->right, i), &like, err);
        if (status != TRAIL_OK) return status;
        *fits = like >= LIKE_OPEN;
    }
    return TRAIL_OK;
}

static trail_status list_possible(format_search *search, trail_error *err)
{
    size_t k = 0;
    for (size_t i = 0; i < search->left.count; i++) {
        for (; k < search->right.count; k++) {
            uint32_t a = *row_at(&search->left, i), b = *row_at(&search->right, k);
            likeness like;
            trail_status status = compare_rows(search, a, b, &like, err);
            if (status != TRAIL_OK) return status;
            if (like == LIKE_NOT) continue;
            trail_row_possible pair = {trail_row_clusters_at(search->clusters, a)->entry,
                                       trail_row_clusters_at(search->clusters, b)->entry};
            status = trail_vector_push(search->possible, &pair, err);
            if (status != TRAIL_OK) return status;
            k++;
            break;
        }
    }
    return TRAIL_OK;
}

static trail_status match_day(format_search *search, trail_error *err)
{
    bool fits;
    trail_status status = take_alike(search, LIKE_REFERENCE, err);
    if (status == TRAIL_OK) status = take_alike(search, LIKE_ACCOUNT, err);
    if (status != TRAIL_OK || search->left.count == 0 || search->right.count == 0) return status;
    status = fits_in_order(search, &fits, err);
    if (status != TRAIL_OK) return status;
    if (!fits) return list_possible(search, err);
    for (size_t i = 0; i < search->left.count && i < search->right.count; i++)
        take(search, i, i);
    return TRAIL_OK;
}

/* The leaders of `unit` among the rows that the other unit has no part in. */
static trail_status collect(format_search *search, const open_row *rows, size_t count,
                            uint32_t unit, uint32_t other, trail_vector *into, trail_error *err)
{
    into->count = 0;
    for (size_t i = 0; i < count; i++) {
        const trail_clustered_row *row = trail_row_clusters_at(search->clusters, rows[i].row);
        if (row->leader != rows[i].row ||
            !trail_row_clusters_has(search->clusters, rows[i].row, unit) ||
            trail_row_clusters_has(search->clusters, rows[i].row, other))
            continue;
        trail_status status = trail_vector_push(into, &rows[i].row, err);
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

static int32_t value_day(const trail_said_row *row)
{
    return row->detail->value_day == TRAIL_NO_DAY ? row->day : row->detail->value_day;
}

/* A report shows what it shows; a statement that shows the other's day would have the row there. */
static bool both_show(const format_search *search, const trail_said_row *left,
                      const trail_said_row *right)
{
    const trail_row_sources *sources = search->clusters->sources;
    return (search->left_unit % 2 == 1 ||
            trail_row_sources_covers(sources, search->left_unit, left->own, right->day)) &&
           (search->right_unit % 2 == 1 ||
            trail_row_sources_covers(sources, search->right_unit, left->own, left->day));
}

/* Some days apart only a reference tells, or the day on which one books and the other values
 * with the counterparty's account. */
static bool near_enough(const format_search *search, uint32_t a, uint32_t b, likeness like)
{
    trail_said_row first =
        trail_said_row_of(search->ledger, trail_row_clusters_at(search->clusters, a)->entry);
    trail_said_row second =
        trail_said_row_of(search->ledger, trail_row_clusters_at(search->clusters, b)->entry);
    int64_t apart = (int64_t)first.day - second.day;
    if (apart > DAYS_APART || apart < -DAYS_APART || !both_show(search, &first, &second))
        return false;
    if (like == LIKE_REFERENCE) return true;
    return like == LIKE_ACCOUNT &&
           (value_day(&first) == second.day || first.day == value_day(&second));
}

static trail_status match_near(format_search *search, trail_error *err)
{
    for (size_t i = 0, from = 0; i < search->left.count; i++) {
        uint32_t a = *row_at(&search->left, i);
        int32_t day =
            search->ledger->booking_day[trail_row_clusters_at(search->clusters, a)->entry];
        for (size_t k = from; k < search->right.count; k++) {
            uint32_t b = *row_at(&search->right, k);
            if (b == TRAIL_NO_ROW) {
                if (k == from) from++;
                continue;
            }
            int32_t other =
                search->ledger->booking_day[trail_row_clusters_at(search->clusters, b)->entry];
            if (other < day - DAYS_APART && k == from) from++;
            if (other < day - DAYS_APART) continue;
            if (other > day + DAYS_APART) break;
            likeness like;
            trail_status status = compare_rows(search, a, b, &like, err);
            if (status != TRAIL_OK) return status;
            if (!near_enough(search, a, b, like)) continue;
            take(search, i, k);
            break;
        }
    }
    return TRAIL_OK;
}

static trail_status match_units(format_search *search, const open_row *rows, size_t count,
                                uint32_t a, uint32_t b, trail_error *err)
{
    trail_status status = TRAIL_OK;
    search->left_unit = a;
    search->right_unit = b;
    for (size_t start = 0; start < count && status == TRAIL_OK;) {
        size_t end = start + 1;
        while (end < count && rows[end].day == rows[start].day)
            end++;
        status = collect(search, rows + start, end - start, a, b, &search->left, err);
        if (status == TRAIL_OK)
            status = collect(search, rows + start, end - start, b, a, &search->right, err);
        if (status == TRAIL_OK && search->left.count > 0 && search->right.count > 0)
            status = match_day(search, err);
        start = end;
    }
    if (status == TRAIL_OK) status = collect(search, rows, count, a, b, &search->left, err);
    if (status == TRAIL_OK) status = collect(search, rows, count, b, a, &search->right, err);
    return status == TRAIL_OK ? match_near(search, err) : status;
}

static int by_group(const void *context, const void *a, const void *b)
{
    const open_row *first = a, *second = b;
    (void)context;
    if (first->account != second->account) return first->account < second->account ? -1 : 1;
    if (first->currency != second->currency) return first->currency < second->currency ? -1 : 1;
    if (first->signed_minor != second->signed_minor)
        return first->signed_minor < second->signed_minor ? -1 : 1;
    if (first->day != second->day) return first->day < second->day ? -1 : 1;
    if (first->rank != second->rank) return first->rank < second->rank ? -1 : 1;
    return (first->row > second->row) - (first->row < second->row);
}

static bool same_group(const open_row *a, const open_row *b)
{
    return a->account == b->account && a->currency == b->currency &&
           a->signed_minor == b->signed_minor;
}

static trail_status collect_open(const trail_row_clusters *clusters, trail_vector *rows,
                                 trail_error *err)
{
    for (uint32_t i = 0; i < clusters->rows.count; i++) {
        const trail_clustered_row *row = trail_row_clusters_at(clusters, i);
        trail_said_row said = trail_said_row_of(clusters->ledger, row->entry);
        if (said.transfer || row->leader != i) continue;
        open_row open = {.signed_minor = said.signed_minor,
                         .account = said.own,
                         .row = i,
                         .rank = clusters->sources->units[row->unit].rank,
                         .unit = row->unit,
                         .day = said.day,
                         .currency = said.currency};
        trail_status status = trail_vector_push(rows, &open, err);
        if (status != TRAIL_OK) return status;
    }
    return trail_sort_items(rows->items, rows->count, sizeof(open_row), by_group, NULL, err);
}

typedef struct ranked_unit {
    uint32_t rank, unit;
} ranked_unit;

static int by_rank(const void *context, const void *a, const void *b)
{
    const ranked_unit *first = a, *second = b;
    (void)context;
    return (first->rank > second->rank) - (first->rank < second->rank);
}

/* The distinct units of a group, best first; stops being looked for after a few: a pocket's one
 * amount does not come in more formats. */
#define UNITS_MAX 64
static trail_status units_of(const format_search *search, const open_row *rows, size_t count,
                             ranked_unit units[UNITS_MAX], size_t *unit_count, trail_error *err)
{
    *unit_count = 0;
    for (size_t i = 0; i < count; i++) {
        for (uint32_t at = rows[i].row; at != TRAIL_NO_ROW;
             at = trail_row_clusters_at(search->clusters, at)->next) {
            uint32_t unit = trail_row_clusters_at(search->clusters, at)->unit;
            size_t k = 0;
            while (k < *unit_count && units[k].unit != unit)
                k++;
            if (k == *unit_count && k < UNITS_MAX)
                units[(*unit_count)++] =
                    (ranked_unit){search->clusters->sources->units[unit].rank, unit};
        }
    }
    return trail_sort_items(units, *unit_count, sizeof *units, by_rank, NULL, err);
}

static trail_status match_group(format_search *search, const open_row *rows, size_t count,
                                trail_error *err)
{
    ranked_unit units[UNITS_MAX];
    size_t unit_count;
    trail_status status = units_of(search, rows, count, units, &unit_count, err);
    for (size_t a = 0; a + 1 < unit_count && status == TRAIL_OK; a++)
        for (size_t b = a + 1; b < unit_count && status == TRAIL_OK; b++)
            if (trail_row_sources_differ(search->clusters->sources, units[a].unit, units[b].unit))
                status = match_units(search, rows, count, units[a].unit, units[b].unit, err);
    return status;
}

trail_status trail_row_formats_join(trail_row_clusters *clusters, trail_vector *possible,
                                    trail_error *err)
{
    format_search search = {.clusters = clusters,
                            .ledger = clusters->ledger,
                            .possible = possible,
                            .left = trail_vector_of(sizeof(uint32_t)),
                            .right = trail_vector_of(sizeof(uint32_t))};
    trail_vector rows = trail_vector_of(sizeof(open_row));
    trail_status status = collect_open(clusters, &rows, err);
    const open_row *row = rows.items;
    for (size_t start = 0; start < rows.count && status == TRAIL_OK;) {
        size_t end = start + 1;
        while (end < rows.count && same_group(&row[end], &row[start]))
            end++;
        if (end - start > 1) status = match_group(&search, row + start, end - start, err);
        start = end;
    }
    trail_vector_clear(&rows);
    trail_vector_clear(&search.left);
    trail_vector_clear(&search.right);
    trail_text_clear(&search.first);
    trail_text_clear(&search.second);
    return status;
}
