/* All that speaks of an account's days is a piece: an observation, days that balances bridge, a
 * gap, a request, a file that is not read. Pieces are sorted by account and first day; months are
 * swept with the pieces that reach into them. O(pieces log pieces), and what is listed. */
#include "reconcile/coverage.h"

#include <string.h>

#include "base/memory.h"
#include "base/sort.h"
#include "model/calendar.h"

#define MONTHS_LISTED 600

typedef enum piece_kind {
    PIECE_SEEN = 0, /* index: file, or UINT32_MAX: the case file says so */
    PIECE_BRIDGED,  /* index: gap */
    PIECE_GAP,
    PIECE_ASKED,
    PIECE_UNREAD /* index: report */
} piece_kind;

typedef struct piece {
    uint32_t account;
    const char *number;
    int64_t from, to; /* open: beyond all days */
    piece_kind kind;
    uint32_t index;
} piece;

#define OPEN_FROM ((int64_t)INT32_MIN)
#define OPEN_TO   ((int64_t)INT32_MAX)

typedef struct sweep {
    trail_coverage *coverage;
    const piece *pieces; /* of one account */
    size_t count;
    trail_vector active; /* of uint32_t: pieces that reach into the month */
    size_t next;         /* first piece not yet active */
} sweep;

void trail_coverage_init(trail_coverage *coverage)
{
    *coverage = (trail_coverage){.months = trail_vector_of(sizeof(trail_coverage_month)),
                                 .gaps = trail_vector_of(sizeof(trail_coverage_gap)),
                                 .said = trail_vector_of(sizeof(trail_coverage_said)),
                                 .month_files = trail_vector_of(sizeof(uint32_t)),
                                 .month_gaps = trail_vector_of(sizeof(uint32_t)),
                                 .month_unread = trail_vector_of(sizeof(uint32_t))};
}

void trail_coverage_clear(trail_coverage *coverage)
{
    trail_vector_clear(&coverage->months);
    trail_vector_clear(&coverage->gaps);
    trail_vector_clear(&coverage->said);
    trail_vector_clear(&coverage->month_files);
    trail_vector_clear(&coverage->month_gaps);
    trail_vector_clear(&coverage->month_unread);
}

const char *trail_cover_name(trail_cover cover)
{
    static const char *const names[TRAIL_COVER_COUNT] = {"complete", "partial", "gap", "none"};
    return names[cover];
}

static int compare_subjects(const piece *a, const piece *b)
{
    if (a->account != b->account) return a->account < b->account ? -1 : 1;
    return a->account == TRAIL_NO_ACCOUNT ? strcmp(a->number, b->number) : 0;
}

static int compare_pieces(const void *context, const void *a, const void *b)
{
    const piece *first = a, *second = b;
    (void)context;
    int order = compare_subjects(first, second);
    if (order != 0) return order;
    if (first->from != second->from) return first->from < second->from ? -1 : 1;
    if (first->to != second->to) return first->to < second->to ? -1 : 1;
    if (first->kind != second->kind) return first->kind < second->kind ? -1 : 1;
    return (first->index > second->index) - (first->index < second->index);
}

static trail_status add_said(trail_coverage *coverage, trail_vector *pieces,
                             const trail_coverage_said *said, size_t count, trail_error *err)
{
    trail_status status = TRAIL_OK;
    for (size_t i = 0; i < count && status == TRAIL_OK; i++) {
        bool asked = said[i].request != UINT32_MAX;
        piece added = {.account = said[i].account,
                       .number = said[i].account == TRAIL_NO_ACCOUNT ? said[i].number : NULL,
                       .from = said[i].from_day == TRAIL_NO_DAY ? OPEN_FROM : said[i].from_day,
                       .to = said[i].to_day == TRAIL_NO_DAY ? OPEN_TO : said[i].to_day,
                       .kind = asked ? PIECE_ASKED : PIECE_UNREAD,
                       .index = asked ? said[i].request : said[i].report};
        status = trail_vector_push(&coverage->said, &said[i], err);
        if (status == TRAIL_OK && added.from <= added.to)
            status = trail_vector_push(pieces, &added, err);
    }
    return status;
}

/* What lies between a check and the one it is compared with. */
static trail_status add_between(trail_coverage *coverage, trail_vector *pieces,
                                const trail_statement_checks *checks, uint32_t at, trail_error *err)
{
    const trail_statement_check *check = trail_vector_at(&checks->checks, at);
    bool moved = check->link == TRAIL_LINK_GAP || check->link == TRAIL_LINK_DIFFERS;
    if (!moved && check->link != TRAIL_LINK_FOLLOWS) return TRAIL_OK;
    const trail_statement_check *before = trail_vector_at(&checks->checks, check->previous);
    if (before->to_day == TRAIL_NO_DAY || check->from_day == TRAIL_NO_DAY) return TRAIL_OK;
    trail_coverage_gap gap = {.account = check->account,
                              .currency = check->currency,
                              .check = at,
                              .from_day = before->to_day + 1,
                              .to_day = check->from_day - 1,
                              .moved_known = !moved || check->moved_known,
                              .moved_minor = moved ? check->moved_minor : 0};
    if (!moved && gap.from_day > gap.to_day) return TRAIL_OK;
    piece between = {.account = check->account,
                     .from = gap.from_day <= gap.to_day ? gap.from_day : gap.to_day,
                     .to = gap.from_day <= gap.to_day ? gap.to_day : gap.from_day,
                     .kind = moved ? PIECE_GAP : PIECE_BRIDGED,
                     .index = (uint32_t)coverage->gaps.count};
    trail_status status = trail_vector_push(&coverage->gaps, &gap, err);
    return status == TRAIL_OK ? trail_vector_push(pieces, &between, err) : status;
}

static trail_status add_observations(trail_vector *pieces, const trail_ledger *ledger,
                                     const bool *wanted, trail_error *err)
{
    const trail_observation *observations = ledger->observations.items;
    for (size_t i = 0; i < ledger->observations.count; i++) {
        piece seen = {.account = observations[i].account,
                      .from = observations[i].from_day,
                      .to = observations[i].to_day,
                      .kind = PIECE_SEEN,
                      .index = observations[i].file};
        if (!wanted[seen.account] || seen.from > seen.to) continue;
        trail_status status = trail_vector_push(pieces, &seen, err);
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

static int32_t first_of_month(int64_t day)
{
    int year, month, day_of_month;
    trail_day_to_civil((int32_t)day, &year, &month, &day_of_month);
    return (int32_t)day - day_of_month + 1;
}

static int32_t next_month(int32_t first_day)
{
    return first_of_month((int64_t)first_day + 31);
}

/* Days of [from, to] in the month as bits. */
static uint32_t days_in(const piece *part, int32_t first_day, int32_t last_day)
{
    int64_t from = part->from > first_day ? part->from : first_day;
    int64_t to = part->to < last_day ? part->to : last_day;
    if (from > to) return 0;
    uint32_t upto = (uint32_t)(((uint64_t)1 << (to - first_day + 1)) - 1);
    uint32_t before = (uint32_t)(((uint64_t)1 << (from - first_day)) - 1);
    return upto & ~before;
}

static uint32_t count_days(uint32_t days)
{
    uint32_t count = 0;
    for (; days != 0; days &= days - 1)
        count++;
    return count;
}

/* First and last day of all pieces that name one, and of those that are seen. */
typedef struct day_span {
    int64_t first, last;
    bool any;
} day_span;

static void widen(day_span *span, int64_t day)
{
    if (day == OPEN_FROM || day == OPEN_TO) return;
    if (!span->any || day < span->first) span->first = day;
    if (!span->any || day > span->last) span->last = day;
    span->any = true;
}

static trail_status move_on(sweep *work, int32_t first_day, int32_t last_day, trail_error *err)
{
    uint32_t *active = work->active.items;
    size_t kept = 0;
    for (size_t i = 0; i < work->active.count; i++) {
        if (work->pieces[active[i]].to >= first_day) active[kept++] = active[i];
    }
    work->active.count = kept;
    for (; work->next < work->count && work->pieces[work->next].from <= last_day; work->next++) {
        uint32_t place = (uint32_t)work->next;
        if (work->pieces[place].to < first_day) continue;
        trail_status status = trail_vector_push(&work->active, &place, err);
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

/* A file may observe an account in several pieces; it is listed once. */
static trail_status list_file(trail_coverage *coverage, trail_coverage_month *month, uint32_t file,
                              trail_error *err)
{
    const uint32_t *files = coverage->month_files.items;
    for (uint32_t i = 0; i < month->file_count && i < 64; i++) {
        if (files[month->first_file + month->file_count - 1 - i] == file) return TRAIL_OK;
    }
    month->file_count++;
    return trail_vector_push(&coverage->month_files, &file, err);
}

static trail_status list_pieces(sweep *work, trail_coverage_month *month, trail_error *err)
{
    trail_coverage *coverage = work->coverage;
    const uint32_t *active = work->active.items;
    trail_status status = TRAIL_OK;
    month->first_file = (uint32_t)coverage->month_files.count;
    month->first_gap = (uint32_t)coverage->month_gaps.count;
    month->first_unread = (uint32_t)coverage->month_unread.count;
    for (size_t i = 0; i < work->active.count && status == TRAIL_OK; i++) {
        const piece *part = &work->pieces[active[i]];
        bool empty = month->cover == TRAIL_COVER_GAP;
        if (part->kind == PIECE_SEEN && part->index != UINT32_MAX) {
            status = list_file(coverage, month, part->index, err);
        } else if (part->kind == PIECE_GAP || (part->kind == PIECE_BRIDGED && empty)) {
            month->gap_count++;
            status = trail_vector_push(&coverage->month_gaps, &part->index, err);
        } else if (part->kind == PIECE_UNREAD) {
            month->unread_count++;
            status = trail_vector_push(&coverage->month_unread, &part->index, err);
        }
    }
    return status;
}

static trail_status add_month(sweep *work, int32_t first_day, const day_span *seen_span,
                              trail_error *err)
{
    int32_t last_day = next_month(first_day) - 1;
    uint32_t whole = (uint32_t)(((uint64_t)1 << (last_day - first_day + 1)) - 1);
    uint32_t seen = 0, bridged = 0, asked = 0;
    trail_status status = move_on(work, first_day, last_day, err);
    if (status != TRAIL_OK) return status;
    const uint32_t *active = work->active.items;
    for (size_t i = 0; i < work->active.count; i++) {
        const piece *part = &work->pieces[active[i]];
        uint32_t days = days_in(part, first_day, last_day);
        if (part->kind == PIECE_SEEN) seen |= days;
        if (part->kind == PIECE_BRIDGED) bridged |= days;
        if (part->kind == PIECE_ASKED) asked |= days;
    }
    trail_coverage_month month = {.account = work->pieces[0].account,
                                  .number = work->pieces[0].number,
                                  .first_day = first_day,
                                  .months = 1,
                                  .days = count_days(whole),
                                  .days_covered = count_days(seen),
                                  .days_asked = count_days(asked),
                                  .days_asked_covered = count_days(asked & (seen | bridged)),
                                  .cover = TRAIL_COVER_PARTIAL};
    if (seen == 0) {
        bool between = seen_span->any && seen_span->first < first_day && seen_span->last > last_day;
        month.cover = between ? TRAIL_COVER_GAP : TRAIL_COVER_NONE;
    } else if ((seen | bridged) == whole) {
        month.cover = TRAIL_COVER_COMPLETE;
    }
    status = list_pieces(work, &month, err);
    return status == TRAIL_OK ? trail_vector_push(&work->coverage->months, &month, err) : status;
}

static trail_status sweep_months(sweep *work, trail_error *err)
{
    day_span all = {.any = false}, seen = {.any = false};
    for (size_t i = 0; i < work->count; i++) {
        const piece *part = &work->pieces[i];
        if (part->kind == PIECE_GAP || part->kind == PIECE_BRIDGED) continue;
        widen(&all, part->from);
        widen(&all, part->to);
        if (part->kind != PIECE_SEEN) continue;
        widen(&seen, part->from);
        widen(&seen, part->to);
    }
    if (!all.any) return TRAIL_OK; /* nothing names a day */
    trail_status status = TRAIL_OK;
    int32_t month = first_of_month(all.first), last = first_of_month(all.last);
    work->active.count = work->next = 0;
    for (uint32_t listed = 0; month <= last && listed < MONTHS_LISTED && status == TRAIL_OK;
         listed++) {
        status = add_month(work, month, &seen, err);
        month = next_month(month);
    }
    if (status != TRAIL_OK || month > last) return status;
    trail_coverage_month *rest =
        trail_vector_at(&work->coverage->months, work->coverage->months.count - 1);
    for (; month <= last; month = next_month(month))
        rest->months++;
    return TRAIL_OK;
}

static trail_status sweep_accounts(trail_coverage *coverage, trail_vector *pieces, trail_error *err)
{
    trail_status status =
        trail_sort_items(pieces->items, pieces->count, sizeof(piece), compare_pieces, NULL, err);
    sweep work = {.coverage = coverage, .active = trail_vector_of(sizeof(uint32_t))};
    const piece *items = pieces->items;
    for (size_t start = 0; start < pieces->count && status == TRAIL_OK;) {
        size_t end = start + 1;
        while (end < pieces->count && compare_subjects(&items[start], &items[end]) == 0)
            end++;
        work.pieces = items + start;
        work.count = end - start;
        status = sweep_months(&work, err);
        start = end;
    }
    trail_vector_clear(&work.active);
    return status;
}

trail_status trail_coverage_make(trail_coverage *coverage, const trail_ledger *ledger,
                                 const trail_statement_checks *checks,
                                 const trail_coverage_said *said, size_t said_count,
                                 trail_error *err)
{
    trail_vector pieces = trail_vector_of(sizeof(piece));
    bool *wanted = NULL;
    trail_coverage_init(coverage);
    if (checks->checks.count == 0 && said_count == 0) return TRAIL_OK;
    trail_status status =
        trail_alloc_zeroed(&wanted, trail_accounts_count(ledger->accounts), sizeof(bool), err);
    for (uint32_t i = 0; i < checks->checks.count && status == TRAIL_OK; i++) {
        const trail_statement_check *check = trail_vector_at(&checks->checks, i);
        wanted[check->account] = true;
        status = add_between(coverage, &pieces, checks, i, err);
    }
    for (size_t i = 0; i < said_count && status == TRAIL_OK; i++) {
        if (said[i].account != TRAIL_NO_ACCOUNT) wanted[said[i].account] = true;
    }
    if (status == TRAIL_OK) status = add_said(coverage, &pieces, said, said_count, err);
    if (status == TRAIL_OK) status = add_observations(&pieces, ledger, wanted, err);
    if (status == TRAIL_OK) status = sweep_accounts(coverage, &pieces, err);
    trail_free(wanted);
    trail_vector_clear(&pieces);
    if (status != TRAIL_OK) trail_coverage_clear(coverage);
    return status;
}
