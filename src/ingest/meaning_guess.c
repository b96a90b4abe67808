#include <stdio.h>
#include <string.h>

#include "base/attributes.h"
#include "ingest/guess_work.h"

/* What each column means. A heading proposes, the content confirms; for each meaning the column
 * whose heading says it most exactly has it, and two that say it alike leave it in doubt. Without
 * headings the content decides where only one column can be meant. */

#define NO_COLUMN UINT32_MAX

static bool mostly(uint64_t part, const trail_guess_column *column)
{
    return column->filled > 0 && part * 10 >= column->filled * 9;
}

static bool are_marks(const trail_column_content *content)
{
    return !content->many && content->distinct_count <= 8 && content->filled > 0;
}

/* Does the content fit the meaning? Empty columns fit only where emptiness is usual. */
static bool suits(const trail_guess_work *work, uint32_t index, int meaning)
{
    const trail_guess_column *column = trail_guess_column_at(work->guess, index);
    const trail_column_content *content = &work->contents[index];
    bool date = trail_guess_is_date(column), money = trail_guess_is_money(column);
    switch (meaning) {
    case TRAIL_COLUMN_BOOKING_DATE:
    case TRAIL_COLUMN_VALUE_DATE:
        return date;
    case TRAIL_COLUMN_AMOUNT:
    case TRAIL_COLUMN_RECEIVED_AMOUNT:
    case TRAIL_COLUMN_BALANCE:
        return money;
    case TRAIL_COLUMN_FEE:
    case TRAIL_COLUMN_NET:
        return money;
    case TRAIL_COLUMN_STATUS:
        return are_marks(content) && !money && !date;
    case TRAIL_COLUMN_DEBIT:
    case TRAIL_COLUMN_CREDIT:
        return money || column->filled == 0;
    case TRAIL_COLUMN_MARK:
        return are_marks(content) && !money;
    case TRAIL_COLUMN_CURRENCY:
    case TRAIL_COLUMN_RECEIVED_CURRENCY:
        return mostly(content->currencies, column) || (are_marks(content) && !date && !money);
    case TRAIL_COLUMN_TIME:
        return mostly(content->times[0], column) || mostly(content->times[1], column);
    case TRAIL_COLUMN_KIND:
        return !date && !content->many && column->filled > 0;
    case TRAIL_MEANING_TRUTH:
    case TRAIL_MEANING_NOT_NEEDED:
        return true;
    default:
        return column->filled > 0 &&
               (meaning == TRAIL_COLUMN_TEXT || !trail_guess_looks_like_dates(column));
    }
}

typedef struct claim {
    int meaning;
    unsigned rank;
} claim;

/* The first sense of the heading that the content confirms. */
static claim claim_of(const trail_guess_work *work, uint32_t index)
{
    const trail_heading *heading = &work->headings[index];
    for (unsigned i = 0; i < heading->count; i++)
        if (suits(work, index, heading->senses[i].meaning))
            return (claim){heading->senses[i].meaning, heading->senses[i].rank};
    return (claim){TRAIL_MEANING_UNKNOWN, 0};
}

static bool may_repeat(int meaning)
{
    return meaning == TRAIL_COLUMN_TEXT || meaning >= TRAIL_MEANING_UNKNOWN;
}

/* A meaning that two columns claim alike. */
static trail_status doubt_pair(trail_guess_work *work, int meaning, uint32_t first, uint32_t second,
                               trail_error *err)
{
    char one[24], two[24], paste[200];
    const trail_guess_column *a = trail_guess_column_at(work->guess, first);
    const trail_guess_column *b = trail_guess_column_at(work->guess, second);
    const char *name = trail_column_name((trail_column)meaning);
    bool blocking = meaning == TRAIL_COLUMN_BOOKING_DATE || meaning == TRAIL_COLUMN_AMOUNT ||
                    meaning == TRAIL_COLUMN_DEBIT || meaning == TRAIL_COLUMN_CREDIT ||
                    meaning == TRAIL_COLUMN_CURRENCY || meaning == TRAIL_COLUMN_PAYER_ACCOUNT ||
                    meaning == TRAIL_COLUMN_PAYEE_ACCOUNT;
    snprintf(paste, sizeof paste, "%s: %u   # or %u", name, a->position, b->position);
    return trail_guess_doubt(work->guess,
                             (trail_doubt){.subject = TRAIL_GUESS_COLUMN,
                                           .column = (trail_column)meaning,
                                           .blocking = blocking},
                             paste, err, "%s may be %s or %s", name, trail_guess_label(a, one),
                             trail_guess_label(b, two));
}

/* Gives each meaning to the column that claims it best; ties stay unknown and are doubted. */
static trail_status settle_claims(trail_guess_work *work, const claim *claims, trail_error *err)
{
    for (int meaning = 0; meaning < TRAIL_COLUMN_COUNT; meaning++) {
        uint32_t best = NO_COLUMN, rival = NO_COLUMN;
        for (uint32_t i = 0; i < work->count; i++) {
            if (claims[i].meaning != meaning || may_repeat(meaning)) continue;
            if (best == NO_COLUMN || claims[i].rank > claims[best].rank) {
                best = i;
                rival = NO_COLUMN;
            } else if (claims[i].rank == claims[best].rank) {
                rival = i;
            }
        }
        if (best == NO_COLUMN) continue;
        if (claims[best].rank == 0 && (rival != NO_COLUMN || meaning != TRAIL_COLUMN_BALANCE))
            continue;
        if (rival == NO_COLUMN) {
            trail_guess_column_at(work->guess, best)->meaning = meaning;
        } else if (meaning == TRAIL_COLUMN_KIND) {
            trail_guess_column_at(work->guess, best)->meaning = meaning;
        } else if (meaning != TRAIL_COLUMN_REFERENCE && meaning != TRAIL_COLUMN_BOOKING_DATE) {
            trail_status status = doubt_pair(work, meaning, best, rival, err);
            if (status != TRAIL_OK) return status;
        }
    }
    for (uint32_t i = 0; i < work->count; i++)
        if (may_repeat(claims[i].meaning))
            trail_guess_column_at(work->guess, i)->meaning = claims[i].meaning;
    return TRAIL_OK;
}

/* The only column that claims the booking date at the best rank, or the only column of dates. */
static trail_status find_booking_date(trail_guess_work *work, const claim *claims, trail_error *err)
{
    trail_guess_column *settled = trail_guess_column_of(work->guess, TRAIL_COLUMN_BOOKING_DATE);
    uint32_t first = NO_COLUMN, second = NO_COLUMN;
    bool strong = settled != NULL && claims[settled->position - 1].rank >= 2;
    if (strong) return TRAIL_OK;
    if (settled != NULL) settled->meaning = TRAIL_MEANING_UNKNOWN;
    for (int round = 0; round < 2 && first == NO_COLUMN; round++) {
        for (uint32_t i = 0; i < work->count; i++) {
            const trail_guess_column *column = trail_guess_column_at(work->guess, i);
            bool claimed = claims[i].meaning == TRAIL_COLUMN_BOOKING_DATE;
            bool unknown = claims[i].meaning == TRAIL_MEANING_UNKNOWN ||
                           (round == 1 && claims[i].meaning == TRAIL_COLUMN_VALUE_DATE);
            if (!claimed && !(unknown && trail_guess_looks_like_dates(column))) continue;
            if (first == NO_COLUMN)
                first = i;
            else if (second == NO_COLUMN)
                second = i;
        }
    }
    if (first == NO_COLUMN)
        return trail_guess_doubt(work->guess,
                                 (trail_doubt){.subject = TRAIL_GUESS_COLUMN,
                                               .column = TRAIL_COLUMN_BOOKING_DATE,
                                               .blocking = true},
                                 "booking_date: 1", err, "no column holds dates");
    if (second != NO_COLUMN) {
        /* Two headings of equal worth (booked, booking day), or two columns without a name. */
        return doubt_pair(work, TRAIL_COLUMN_BOOKING_DATE, first, second, err);
    }
    trail_guess_column *only = trail_guess_column_at(work->guess, first);
    bool value_date = only->meaning == TRAIL_COLUMN_VALUE_DATE;
    if (!value_date) return trail_guess_take_only(work, first, TRAIL_COLUMN_BOOKING_DATE, err);
    only->meaning = TRAIL_COLUMN_BOOKING_DATE;
    return trail_guess_doubt(
        work->guess,
        (trail_doubt){.subject = TRAIL_GUESS_COLUMN, .column = TRAIL_COLUMN_BOOKING_DATE}, NULL,
        err,
        "the only dates are value dates (%s); they stand for "
        "booking dates",
        only->header);
}

static void find_currency(trail_guess_work *work)
{
    trail_guess *guess = work->guess;
    if (trail_guess_column_of(guess, TRAIL_COLUMN_CURRENCY) != NULL ||
        trail_guess_is_doubted(guess, TRAIL_COLUMN_CURRENCY))
        return;
    trail_guess_column *only = NULL;
    unsigned count = 0;
    for (uint32_t i = 0; i < work->count; i++) {
        trail_guess_column *column = trail_guess_column_at(guess, i);
        if (column->meaning != TRAIL_MEANING_UNKNOWN ||
            !mostly(work->contents[i].currencies, column) || column->filled * 10 < guess->rows * 9)
            continue;
        only = column;
        count++;
    }
    if (count == 1) only->meaning = TRAIL_COLUMN_CURRENCY;
}

static trail_status doubt_styles(trail_guess_work *work, trail_error *err)
{
    for (uint32_t i = 0; i < work->count; i++) {
        const trail_guess_column *column = trail_guess_column_at(work->guess, i);
        trail_status status = TRAIL_OK;
        trail_doubt what = {.column = (trail_column)column->meaning, .blocking = true};
        char paste[160], room[24];
        bool value = column->meaning == TRAIL_COLUMN_VALUE_DATE;
        if ((column->meaning == TRAIL_COLUMN_BOOKING_DATE || value) &&
            column->date.outcome == TRAIL_STYLE_UNDECIDED) {
            what.subject = TRAIL_GUESS_DATES;
            what.blocking = !value;
            snprintf(paste, sizeof paste, "%sdate_format: %s   # or %s", value ? "value_" : "",
                     column->date.format, column->date.other);
            status = trail_guess_doubt(work->guess, what, paste, err, "%s: %s",
                                       trail_guess_label(column, room), column->date.reason);
        }
        bool money = column->meaning == TRAIL_COLUMN_AMOUNT ||
                     column->meaning == TRAIL_COLUMN_DEBIT ||
                     column->meaning == TRAIL_COLUMN_CREDIT ||
                     column->meaning == TRAIL_COLUMN_RECEIVED_AMOUNT ||
                     column->meaning == TRAIL_COLUMN_BALANCE;
        if (status == TRAIL_OK && money && column->money.outcome == TRAIL_STYLE_UNDECIDED) {
            what.subject = TRAIL_GUESS_AMOUNTS;
            what.blocking = column->meaning != TRAIL_COLUMN_BALANCE;
            status =
                trail_guess_doubt(work->guess, what, "decimal: \",\"   # or \".\"", err, "%s: %s",
                                  trail_guess_label(column, room), column->money.reason);
        }
        if (status == TRAIL_OK && column->meaning == TRAIL_COLUMN_BOOKING_DATE &&
            column->date.outcome == TRAIL_STYLE_DECIDED && column->date.by_custom)
            status = trail_guess_note(work->guess, err, "the date format of %s is %s",
                                      trail_guess_label(column, room), column->date.reason);
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

trail_status trail_guess_meanings(trail_guess_work *work, trail_error *err)
{
    trail_guess *guess = work->guess;
    if (trail_known_layout_apply(guess)) return doubt_styles(work, err);
    claim claims[TRAIL_GUESS_COLUMNS];
    for (uint32_t i = 0; i < work->count; i++)
        claims[i] = claim_of(work, i);
    trail_status status = settle_claims(work, claims, err);
    if (status != TRAIL_OK) return status;
    if ((status = find_booking_date(work, claims, err)) != TRAIL_OK) return status;
    if ((status = trail_guess_amounts(work, err)) != TRAIL_OK) return status;
    find_currency(work);
    return doubt_styles(work, err);
}
