/* Statements list their rows oldest first or newest first. The balances say which: going down the
 * file each balance is the one above plus the row's amount, or each row's balance is the one below
 * plus its own amount. Where they follow downwards, the opening stands before the first row of the
 * file; upwards, before the last; where they do not follow throughout, before the earliest day's
 * first row, reading in the direction that follows more often. Without balances the days say it: a
 * file whose days never rise and once fall lists its newest row first. */
#include "ingest/statement_pockets.h"

#include "base/wide.h"

typedef struct pocket_sums {
    uint32_t account;
    trail_currency currency;
    int32_t first_day, last_day;
    uint64_t rows, with_balance, follow_down, follow_up;
    uint64_t days_rise, days_fall; /* from row to row */
    int32_t day;                   /* of the newest row */
    uint32_t first_record, last_record;
    trail_pocket_row first, last;             /* rows with a balance, in file order */
    trail_pocket_row early_top, early_bottom; /* of the earliest day: its first and its last */
    trail_pocket_row late_top, late_bottom;   /* of the latest day */
} pocket_sums;

void trail_statement_pockets_init(trail_statement_pockets *pockets)
{
    *pockets = (trail_statement_pockets){.pockets = trail_vector_of(sizeof(pocket_sums))};
}

void trail_statement_pockets_clear(trail_statement_pockets *pockets)
{
    trail_map64_clear(&pockets->places);
    trail_vector_clear(&pockets->pockets);
}

static bool follows(const trail_pocket_row *before, const trail_pocket_row *after)
{
    int64_t expected = 0;
    return trail_add_checked(before->balance_minor, after->signed_minor, &expected) &&
           expected == after->balance_minor;
}

static void add_balance(pocket_sums *pocket, const trail_pocket_row *row)
{
    if (pocket->with_balance == 0) {
        pocket->first = pocket->early_top = pocket->early_bottom = *row;
        pocket->late_top = pocket->late_bottom = *row;
    } else {
        pocket->follow_down += follows(&pocket->last, row);
        pocket->follow_up += follows(row, &pocket->last);
        if (row->day < pocket->early_top.day) pocket->early_top = pocket->early_bottom = *row;
        if (row->day == pocket->early_top.day) pocket->early_bottom = *row;
        if (row->day > pocket->late_top.day) pocket->late_top = pocket->late_bottom = *row;
        if (row->day == pocket->late_top.day) pocket->late_bottom = *row;
    }
    pocket->last = *row;
    pocket->with_balance++;
}

trail_status trail_statement_pockets_add(trail_statement_pockets *pockets,
                                         const trail_pocket_row *row, trail_error *err)
{
    uint32_t fresh = (uint32_t)pockets->pockets.count;
    uint32_t *place =
        trail_map64_at(&pockets->places, (uint64_t)row->account << 16 | row->currency, fresh, err);
    if (place == NULL) return TRAIL_NO_MEMORY;
    if (*place == fresh) {
        pocket_sums *added = trail_vector_add(&pockets->pockets, err);
        if (added == NULL) return TRAIL_NO_MEMORY;
        *added = (pocket_sums){.account = row->account,
                               .currency = row->currency,
                               .first_day = row->day,
                               .last_day = row->day,
                               .day = row->day,
                               .first_record = row->record};
    }
    pocket_sums *pocket = trail_vector_at(&pockets->pockets, *place);
    if (row->day < pocket->first_day) pocket->first_day = row->day;
    if (row->day > pocket->last_day) pocket->last_day = row->day;
    pocket->days_rise += row->day > pocket->day;
    pocket->days_fall += row->day < pocket->day;
    pocket->day = row->day;
    pocket->last_record = row->record;
    pocket->rows++;
    if (row->has_balance) add_balance(pocket, row);
    return TRAIL_OK;
}

/* Which way the rows stand, as far as the pocket itself says: newest first 1, oldest first -1. Some
 * files list the newest day first and its oldest row first: balances know it, days do not. */
static int direction(const pocket_sums *pocket)
{
    if (pocket->follow_up != pocket->follow_down)
        return pocket->follow_up > pocket->follow_down ? 1 : -1;
    if ((pocket->days_rise > 0) != (pocket->days_fall > 0)) return pocket->days_fall > 0 ? 1 : -1;
    return 0;
}

/* A pocket that does not say it stands as all others of its file do that say it. */
static bool is_turned(const pocket_sums *pocket, bool others_turned)
{
    int own = direction(pocket);
    return own == 0 ? others_turned : own > 0;
}

static bool all_turned(const trail_vector *pockets)
{
    bool turned = false;
    for (size_t i = 0; i < pockets->count; i++) {
        int own = direction(trail_vector_at(pockets, i));
        if (own < 0) return false;
        turned = turned || own > 0;
    }
    return turned;
}

static trail_stated_balance opening_of(const pocket_sums *pocket, bool turned)
{
    const trail_pocket_row *row = turned ? &pocket->early_bottom : &pocket->early_top;
    uint64_t steps = pocket->with_balance - 1;
    if (pocket->follow_down == steps) {
        row = &pocket->first;
    } else if (pocket->follow_up == steps) {
        row = &pocket->last;
    }
    trail_stated_balance balance = {.kind = TRAIL_BALANCE_ROWS, .day = row->day};
    if (!trail_sub_checked(row->balance_minor, row->signed_minor, &balance.amount_minor)) {
        balance = (trail_stated_balance){.day = TRAIL_NO_DAY};
    }
    return balance;
}

static trail_stated_balance closing_of(const pocket_sums *pocket, bool turned)
{
    const trail_pocket_row *row = turned ? &pocket->late_top : &pocket->late_bottom;
    uint64_t steps = pocket->with_balance - 1;
    if (pocket->follow_down == steps) {
        row = &pocket->last;
    } else if (pocket->follow_up == steps) {
        row = &pocket->first;
    }
    return (trail_stated_balance){.kind = TRAIL_BALANCE_ROWS, .day = row->day, row->balance_minor};
}

static trail_status add_statement(const pocket_sums *pocket, bool turned, trail_ledger *ledger,
                                  uint32_t file, const trail_source *source, trail_error *err)
{
    trail_statement statement = {.file = file,
                                 .account = pocket->account,
                                 .currency = pocket->currency,
                                 .turned = turned,
                                 .first_record = pocket->first_record,
                                 .end_record = pocket->last_record + 1,
                                 .line = trail_records_line(&ledger->records, pocket->first_record),
                                 .opening = {.day = TRAIL_NO_DAY},
                                 .closing = {.day = TRAIL_NO_DAY},
                                 .from_day = source->from,
                                 .to_day = source->to,
                                 .sequence = UINT32_MAX};
    if (pocket->with_balance > 0) {
        statement.opening = opening_of(pocket, turned);
        statement.closing = closing_of(pocket, turned);
    }
    trail_status status = trail_vector_push(&ledger->statements, &statement, err);
    if (status != TRAIL_OK || statement.opening.kind == TRAIL_BALANCE_NONE) return status;
    trail_opening opening = {.account = pocket->account,
                             .currency = pocket->currency,
                             .amount_minor = statement.opening.amount_minor,
                             .day = statement.opening.day,
                             .origin = TRAIL_ORIGIN_UNKNOWN,
                             .stated = true};
    return trail_vector_push(&ledger->openings, &opening, err);
}

trail_status trail_statement_pockets_finish(trail_statement_pockets *pockets, trail_ledger *ledger,
                                            uint32_t file, const trail_source *source,
                                            trail_error *err)
{
    trail_map64 observed = {0}; /* account -> observation */
    trail_status status = TRAIL_OK;
    bool turned = all_turned(&pockets->pockets);
    for (size_t i = 0; i < pockets->pockets.count && status == TRAIL_OK; i++) {
        const pocket_sums *pocket = trail_vector_at(&pockets->pockets, i);
        trail_observation observation = {
            .account = pocket->account,
            .from_day = source->from != TRAIL_NO_DAY ? source->from : pocket->first_day,
            .to_day = source->to != TRAIL_NO_DAY ? source->to : pocket->last_day,
            .file = file};
        uint32_t fresh = (uint32_t)ledger->observations.count;
        uint32_t *place = trail_map64_at(&observed, pocket->account, fresh, err);
        if (place == NULL) {
            status = TRAIL_NO_MEMORY;
        } else if (*place == fresh) {
            status = trail_vector_push(&ledger->observations, &observation, err);
        } else {
            trail_observation *earlier = trail_vector_at(&ledger->observations, *place);
            if (observation.from_day < earlier->from_day) {
                earlier->from_day = observation.from_day;
            }
            if (observation.to_day > earlier->to_day) earlier->to_day = observation.to_day;
        }
        if (status == TRAIL_OK) {
            status = add_statement(pocket, is_turned(pocket, turned), ledger, file, source, err);
        }
    }
    trail_map64_clear(&observed);
    return status;
}

trail_status trail_statement_pockets_empty(trail_ledger *ledger, uint32_t file, uint32_t account,
                                           const trail_source *source, trail_error *err)
{
    uint32_t start = (uint32_t)ledger->records.count;
    trail_observation observation = {
        .account = account, .from_day = source->from, .to_day = source->to, .file = file};
    trail_statement statement = {.file = file,
                                 .account = account,
                                 .currency = TRAIL_NO_CURRENCY,
                                 .first_record = start,
                                 .end_record = start,
                                 .line = 1,
                                 .opening = {.day = TRAIL_NO_DAY},
                                 .closing = {.day = TRAIL_NO_DAY},
                                 .from_day = source->from,
                                 .to_day = source->to,
                                 .sequence = UINT32_MAX};
    trail_status status = trail_vector_push(&ledger->observations, &observation, err);
    if (status != TRAIL_OK) return status;
    return trail_vector_push(&ledger->statements, &statement, err);
}
