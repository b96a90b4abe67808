#include "ingest/column_style.h"

#include <stdio.h>
#include <string.h>

/* The verdict over the candidates that date_style.c has counted. Idea: the best format is the one
 * that reads most; a rival falls when it reads no value the best does not (one in a thousand is
 * taken as damage, and damage is rejected, not reinterpreted). Rivals that read exactly the same
 * values are told apart by the custom of dots, by order, by span, by the stated period; if two
 * of these contradict each other, nothing is decided. */

#define DAMAGE      1000 /* one value in so many may be damage */
#define ENOUGH_DAYS 6    /* runs of one day that make order or span mean something */
#define SHORT_SPAN  400  /* days of a usual statement */
#define LONG_SPAN   2500 /* days that reading a day as a year soon makes */

static void day_in_words(int32_t day, char *text, size_t room)
{
    static const char *const months[12] = {"January",   "February", "March",    "April",
                                           "May",       "June",     "July",     "August",
                                           "September", "October",  "November", "December"};
    int year, month, day_of_month;
    trail_day_to_civil(day, &year, &month, &day_of_month);
    snprintf(text, room, "%d %s %d", day_of_month, months[month - 1], year);
}

/* D, M and h doubled where no value writes them with one digit. */
static void final_format(const trail_date_candidate *candidate, char *format)
{
    size_t out = 0;
    for (const char *f = candidate->format; *f != '\0' && out < TRAIL_DATE_FORMAT - 2;) {
        size_t same = 1;
        while (f[same] == f[0])
            same++;
        if (strncmp(f, "MON", 3) == 0) same = 3;
        bool lone = same == 1 && (f[0] == 'D' || f[0] == 'M' || f[0] == 'h');
        bool single = f[0] == 'D'   ? candidate->single_day
                      : f[0] == 'M' ? candidate->single_month
                                    : candidate->single_hour;
        for (size_t i = 0; i < same && out < TRAIL_DATE_FORMAT - 2; i++)
            format[out++] = f[i];
        if (lone && !single) format[out++] = f[0];
        f += same;
    }
    format[out] = '\0';
}

typedef struct period {
    int32_t from, to;
} period;

static bool monotone(const trail_date_candidate *candidate)
{
    return candidate->rises == 0 || candidate->falls == 0;
}

typedef enum vote { NO_VOTE = 0, FOR_FIRST, FOR_SECOND } vote;

static vote vote_of(bool first, bool second)
{
    if (first == second) return NO_VOTE;
    return first ? FOR_FIRST : FOR_SECOND;
}

/* No vote where the values are sorted as text, as a spreadsheet does: that looks like the order of
 * a month-first column whatever the column is. */
static vote vote_by_order(const trail_date_guess *guess, const trail_date_candidate *a,
                          const trail_date_candidate *b)
{
    if (a->days < ENOUGH_DAYS || b->days < ENOUGH_DAYS) return NO_VOTE;
    if (!guess->text_rises || !guess->text_falls) return NO_VOTE;
    return vote_of(monotone(a), monotone(b));
}

static bool spans_few(const trail_date_candidate *candidate)
{
    return candidate->latest - candidate->earliest <= SHORT_SPAN;
}

/* Only where the year's place is in question: day and month exchanged keep the span alike. */
static vote vote_by_span(const trail_date_candidate *a, const trail_date_candidate *b)
{
    if ((a->order == 'Y') == (b->order == 'Y')) return NO_VOTE;
    if (a->days < ENOUGH_DAYS || b->days < ENOUGH_DAYS) return NO_VOTE;
    if (spans_few(a) && b->latest - b->earliest >= LONG_SPAN) return FOR_FIRST;
    if (spans_few(b) && a->latest - a->earliest >= LONG_SPAN) return FOR_SECOND;
    return NO_VOTE;
}

static bool within(const trail_date_candidate *candidate, period stated)
{
    return (stated.from == TRAIL_NO_DAY || candidate->earliest >= stated.from) &&
           (stated.to == TRAIL_NO_DAY || candidate->latest <= stated.to);
}

/* Dates with points put the day before the month in every locale that writes them with points
 * (Unicode CLDR 42 has no M.d pattern). */
static vote vote_by_custom(const trail_date_candidate *a, const trail_date_candidate *b)
{
    if (a->separator != '.' || b->separator != '.') return NO_VOTE;
    if (a->order == 'M' && b->order != 'M') return FOR_SECOND;
    if (b->order == 'M' && a->order != 'M') return FOR_FIRST;
    return NO_VOTE;
}

/* Years from 1960 to 2079; a two-digit year always reads as one of these. */
static bool believable(const trail_date_candidate *candidate)
{
    return candidate->earliest >= -3653 && candidate->latest < 40177;
}

typedef struct ballot {
    const char *by;
    vote vote;
} ballot;

/* Who stays, and *by what; NO_VOTE when nothing or contradicting things tell them apart. */
static vote tell_apart(const trail_date_guess *guess, unsigned first, unsigned second,
                       period stated, const char **by)
{
    const trail_date_candidate *best = &guess->candidates[first];
    const trail_date_candidate *rival = &guess->candidates[second];
    const ballot ballots[] = {
        {"the stated period", vote_of(within(best, stated), within(rival, stated))},
        {"years that are believable", vote_of(believable(best), believable(rival))},
        {"the custom that dates with points put the day before the month",
         vote_by_custom(best, rival)},
        {"the order of the rows", vote_by_order(guess, best, rival)},
        {"the span of the rows", vote_by_span(best, rival)},
    };
    vote result = NO_VOTE;
    for (size_t i = 0; i < sizeof ballots / sizeof ballots[0]; i++) {
        if (ballots[i].vote == NO_VOTE) continue;
        if (result != NO_VOTE && ballots[i].vote != result) return NO_VOTE;
        if (result == NO_VOTE) *by = ballots[i].by;
        result = ballots[i].vote;
    }
    return result;
}

static void say_two_readings(const trail_date_guess *guess, unsigned a, unsigned b,
                             trail_date_verdict *verdict)
{
    size_t used = 0;
    for (int i = 0; i < 2; i++) {
        trail_slice sample = trail_slice_of(guess->samples[i]);
        int32_t one, two, second;
        if (sample.length == 0 ||
            !trail_day_parse(sample, guess->candidates[a].format, &one, &second) ||
            !trail_day_parse(sample, guess->candidates[b].format, &two, &second) || one == two)
            continue;
        char first[40], other[40];
        day_in_words(one, first, sizeof first);
        day_in_words(two, other, sizeof other);
        int wrote = used == 0 ? snprintf(verdict->reason, sizeof verdict->reason,
                                         "%s is %s (%s) or %s (%s)", guess->samples[i], first,
                                         verdict->format, other, verdict->other)
                              : snprintf(verdict->reason + used, sizeof verdict->reason - used,
                                         "; %s is %s or %s", guess->samples[i], first, other);
        if (wrote > 0) used += (size_t)wrote;
        if (used >= sizeof verdict->reason) return;
    }
}

static void undecided(const trail_date_guess *guess, unsigned a, unsigned b, bool contradiction,
                      trail_date_verdict *verdict)
{
    verdict->outcome = TRAIL_STYLE_UNDECIDED;
    final_format(&guess->candidates[b], verdict->other);
    if (contradiction)
        snprintf(verdict->reason, sizeof verdict->reason,
                 "%s can only be read as %s, and %s only as %s", guess->pairs[a][b].sample,
                 verdict->format, guess->pairs[b][a].sample, verdict->other);
    else
        say_two_readings(guess, a, b, verdict);
}

static unsigned best_candidate(const trail_date_guess *guess)
{
    unsigned best = 0;
    for (unsigned i = 1; i < guess->count; i++)
        if (guess->candidates[i].read > guess->candidates[best].read) best = i;
    return best;
}

/* Compares one format with every other of its shape: SETTLED when it stands alone, CHANGED when
 * another one is better (*best), OPEN when both stand. */
typedef enum settling { SETTLED = 0, CHANGED, OPEN } settling;

static settling settle(const trail_date_guess *guess, unsigned *best, period stated,
                       const char **by, trail_date_verdict *verdict)
{
    for (unsigned i = 0; i < guess->count; i++) {
        const trail_date_pair *ours = &guess->pairs[*best][i], *theirs = &guess->pairs[i][*best];
        bool same_shape = guess->candidates[i].shape == guess->candidates[*best].shape;
        if (i == *best || !same_shape || guess->candidates[i].read == 0) continue;
        if (theirs->only > 0 && ours->only < DAMAGE * theirs->only) {
            undecided(guess, *best, i, true, verdict);
            return OPEN;
        }
        if (ours->only > 0 || !ours->unlike) continue;
        vote winner = tell_apart(guess, *best, i, stated, by);
        if (winner == NO_VOTE) {
            undecided(guess, *best, i, false, verdict);
            return OPEN;
        }
        if (winner == FOR_FIRST) continue;
        *best = i;
        return CHANGED;
    }
    return SETTLED;
}

/* A format may win over one and lose to another; each is tried until one stands against all. */
static unsigned choose(const trail_date_guess *guess, period stated, trail_date_verdict *verdict)
{
    unsigned best = best_candidate(guess);
    const char *by = NULL;
    settling result = CHANGED;
    for (unsigned round = 0; round <= guess->count && result == CHANGED; round++) {
        final_format(&guess->candidates[best], verdict->format);
        result = settle(guess, &best, stated, &by, verdict);
    }
    if (result == CHANGED) {
        unsigned other = best == 0 ? 1 : 0;
        undecided(guess, best, other, false, verdict);
    }
    if (result == SETTLED) {
        verdict->outcome = TRAIL_STYLE_DECIDED;
        verdict->by_custom = by != NULL;
        if (by != NULL) snprintf(verdict->reason, sizeof verdict->reason, "decided by %s", by);
    }
    return best;
}

static uint64_t most_read(const trail_date_guess *guess)
{
    return guess->count == 0 ? 0 : guess->candidates[best_candidate(guess)].read;
}

void trail_date_guess_decide(const trail_date_guess *guess, int32_t from, int32_t to,
                             trail_date_verdict *verdict)
{
    *verdict = (trail_date_verdict){.values = guess->values, .read = most_read(guess)};
    if (guess->values == 0) return;
    if (verdict->read * 2 <= guess->values) {
        verdict->outcome = TRAIL_STYLE_NONE;
        snprintf(verdict->reason, sizeof verdict->reason,
                 "only %llu of %llu values are dates of one form; \"%s\" is not",
                 (unsigned long long)verdict->read, (unsigned long long)guess->values,
                 guess->unread_sample[0] != '\0' ? guess->unread_sample : guess->previous);
        return;
    }
    const trail_date_candidate *chosen =
        &guess->candidates[choose(guess, (period){from, to}, verdict)];
    verdict->has_time = chosen->has_time;
    verdict->midnight = verdict->has_time && !chosen->not_midnight;
}
