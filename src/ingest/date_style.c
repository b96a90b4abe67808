#include "ingest/column_style.h"

#include <stdio.h>
#include <string.h>

/* The date format of a column. Idea: the shape of a value (runs of digits, a month's name, the
 * marks between) names the few formats it could have; every value of the column is then read under
 * each, and a format falls when it fails on a value that another one reads. Two that never fail are
 * told apart by order, span or stated period, and by nothing else: a file read under the wrong one
 * would give dates that all exist. Source: none; the cases are those that pandas, Excel and
 * DuckDB's sniffer are known to get wrong by looking at the first rows only. Precondition: values
 * in file order. O(length) a value, at most 8 formats, no allocation. */

#define ROOM_FOR_TRIALS 6

typedef struct trial {
    char format[TRAIL_DATE_FORMAT];
    char order;
    char separator;
} trial;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* Of a month's name, in any alphabet. */
static bool is_name_letter(char c)
{
    return is_letter(c) || (c & '\x80') != 0;
}

static size_t run_of(trail_slice field, size_t at, bool (*belongs)(char))
{
    size_t length = 0;
    while (at + length < field.length && belongs(field.start[at + length]))
        length++;
    return length;
}

static bool is_mark(char c)
{
    return c == '.' || c == '/' || c == '-' || c == ' ' || c == ',' || c == '\'';
}

static bool is_before_time(char c)
{
    return c == ' ' || c == 'T' || c == ',' || c == '/' || c == '-' || c == '.';
}

/* The format of what follows the date: "", " h:mm", "Th:mm:ss", " h:mm ap" ... False if it is no
 * time of day. What may follow seconds (fraction, offset) is left to trail_day_parse. */
static bool time_format(trail_slice field, size_t at, char *format, size_t room)
{
    format[0] = '\0';
    if (at == field.length) return true;
    size_t gap = run_of(field, at, is_before_time);
    if (at + gap == field.length && gap == 1 &&
        field.start[at] == '.') { /* Hungarian 2024.02.01. */
        snprintf(format, room, ".");
        return true;
    }
    size_t hour = at + gap;
    size_t hour_digits = run_of(field, hour, is_digit);
    size_t colon = hour + hour_digits;
    if (gap > 4 || hour_digits < 1 || hour_digits > 2 || colon >= field.length) return false;
    char mark = field.start[colon];
    if ((mark != ':' && mark != '.') || run_of(field, colon + 1, is_digit) != 2) return false;
    size_t rest = colon + 3;
    bool seconds =
        rest < field.length && field.start[rest] == mark && run_of(field, rest + 1, is_digit) >= 2;
    if (seconds) rest += 3;
    const char *after = "";
    if (rest + 2 == field.length && is_letter(field.start[rest])) after = "ap";
    if (rest + 3 == field.length && field.start[rest] == ' ' && is_letter(field.start[rest + 1]))
        after = " ap";
    if (seconds)
        snprintf(format, room, "%.*sh%cmm%css%s", (int)gap, field.start + at, mark, mark, after);
    else
        snprintf(format, room, "%.*sh%cmm%s", (int)gap, field.start + at, mark, after);
    return true;
}

static size_t add_trial(trial *trials, size_t count, const char *date, const char *time, char order,
                        char separator)
{
    trial *next = &trials[count];
    int length = snprintf(next->format, sizeof next->format, "%s%s", date, time);
    if (length < 0 || (size_t)length >= sizeof next->format) return count; /* no bank's format */
    next->order = order;
    next->separator = separator;
    return count + 1;
}

/* 20240131, 310124, 20240131235959 */
static size_t compact_trials(trail_slice field, size_t digits, trial *trials)
{
    char time[TRAIL_DATE_FORMAT];
    size_t count = 0;
    if (digits == 14)
        return field.length == 14 ? add_trial(trials, 0, "YYYYMMDDhhmmss", "", 'Y', 0) : 0;
    if ((digits != 6 && digits != 8) || !time_format(field, digits, time, sizeof time)) return 0;
    bool long_year = digits == 8;
    count = add_trial(trials, count, long_year ? "YYYYMMDD" : "YYMMDD", time, 'Y', 0);
    count = add_trial(trials, count, long_year ? "DDMMYYYY" : "DDMMYY", time, 'D', 0);
    return add_trial(trials, count, long_year ? "MMDDYYYY" : "MMDDYY", time, 'M', 0);
}

typedef struct pieces { /* three runs of digits or letters and the marks between them */
    size_t length[3];
    bool name[3];
    char mark[2][4];
    size_t end;
} pieces;

static bool split(trail_slice field, pieces *out)
{
    size_t at = 0;
    for (int i = 0; i < 3; i++) {
        if (at >= field.length) return false;
        out->name[i] = is_name_letter(field.start[at]);
        out->length[i] = run_of(field, at, out->name[i] ? is_name_letter : is_digit);
        if (out->length[i] == 0) return false;
        at += out->length[i];
        if (i == 2) break;
        size_t marks = run_of(field, at, is_mark);
        if (marks < 1 || marks > 3) return false;
        size_t from = out->name[i] && field.start[at] == '.' ? 1 : 0; /* "Feb." takes its point */
        memcpy(out->mark[i], field.start + at + from, marks - from);
        out->mark[i][marks - from] = '\0';
        at += marks;
    }
    out->end = at;
    return true;
}

/* 31 Jan 2024, Jan 31, 2024, 2024-Jan-31 */
static size_t named_trials(const pieces *in, const char *time, trial *trials)
{
    char date[TRAIL_DATE_FORMAT];
    const char *year = in->length[2] == 4 ? "YYYY" : "YY";
    if (in->name[1] && !in->name[0] && !in->name[2] && in->length[0] == 4) {
        snprintf(date, sizeof date, "YYYY%sMON%sD", in->mark[0], in->mark[1]);
        return in->length[2] <= 2 ? add_trial(trials, 0, date, time, 'Y', in->mark[0][0]) : 0;
    }
    if (in->name[2] || (in->length[2] != 4 && in->length[2] != 2)) return 0;
    if (in->name[1] && !in->name[0] && in->length[0] <= 2) {
        snprintf(date, sizeof date, "D%sMON%s%s", in->mark[0], in->mark[1], year);
        return add_trial(trials, 0, date, time, 'D', in->mark[0][0]);
    }
    if (in->name[0] && !in->name[1] && in->length[1] <= 2) {
        snprintf(date, sizeof date, "MON%sD%s%s", in->mark[0], in->mark[1], year);
        return add_trial(trials, 0, date, time, 'M', in->mark[0][0]);
    }
    return 0;
}

static size_t numeric_trials(const pieces *in, const char *time, trial *trials)
{
    char date[TRAIL_DATE_FORMAT];
    const char *first = in->mark[0], *second = in->mark[1];
    size_t count = 0;
    if (in->length[1] > 2) return 0;
    if (in->length[0] == 4 && in->length[2] <= 2) {
        snprintf(date, sizeof date, "YYYY%sM%sD", first, second);
        return add_trial(trials, 0, date, time, 'Y', first[0]);
    }
    if (in->length[0] > 2 || (in->length[2] != 4 && in->length[2] != 2)) return 0;
    const char *year = in->length[2] == 4 ? "YYYY" : "YY";
    snprintf(date, sizeof date, "D%sM%s%s", first, second, year);
    count = add_trial(trials, count, date, time, 'D', first[0]);
    snprintf(date, sizeof date, "M%sD%s%s", first, second, year);
    count = add_trial(trials, count, date, time, 'M', first[0]);
    if (in->length[2] == 2 && in->length[0] == 2) {
        snprintf(date, sizeof date, "YY%sM%sD", first, second);
        count = add_trial(trials, count, date, time, 'Y', first[0]);
    }
    return count;
}

static size_t trials_of(trail_slice field, trial *trials)
{
    size_t digits = run_of(field, 0, is_digit);
    if (digits >= 6) return compact_trials(field, digits, trials);
    pieces in = {.end = 0};
    char time[TRAIL_DATE_FORMAT];
    if (!split(field, &in) || !time_format(field, in.end, time, sizeof time)) return 0;
    if (in.name[0] || in.name[1] || in.name[2]) return named_trials(&in, time, trials);
    return numeric_trials(&in, time, trials);
}

static void keep_sample(char sample[TRAIL_STYLE_SAMPLE], trail_slice field)
{
    if (sample[0] != '\0') return;
    size_t length = field.length < TRAIL_STYLE_SAMPLE - 1 ? field.length : TRAIL_STYLE_SAMPLE - 1;
    while (length < field.length && length > 0 && (field.start[length] & 0xC0) == 0x80)
        length--;
    memcpy(sample, field.start, length);
    sample[length] = '\0';
}

/* Which of day, month and hour this value writes with one digit. */
static void note_single_digits(trail_date_candidate *candidate, trail_slice field)
{
    size_t at = 0;
    for (const char *f = candidate->format; *f != '\0' && at < field.length;) {
        if (strncmp(f, "MON", 3) == 0) {
            at += run_of(field, at, is_name_letter);
            if (at < field.length && field.start[at] == '.' && f[3] != '.') at++;
            f += 3;
        } else if ((f[0] == 'D' || f[0] == 'M' || f[0] == 'h') && f[1] != f[0]) {
            size_t digits = run_of(field, at, is_digit);
            bool *single = f[0] == 'D'   ? &candidate->single_day
                           : f[0] == 'M' ? &candidate->single_month
                                         : &candidate->single_hour;
            if (digits == 1) *single = true;
            at += digits;
            f++;
        } else {
            at++;
            f++;
        }
    }
}

static bool read_under(trail_date_candidate *candidate, trail_slice field, int32_t *day)
{
    int32_t second;
    if (!trail_day_parse(field, candidate->format, day, &second)) return false;
    if (candidate->read == 0) candidate->earliest = candidate->latest = *day;
    if (candidate->read == 0 || *day != candidate->newest) candidate->days++;
    if (candidate->read > 0 && *day > candidate->newest) candidate->rises++;
    if (candidate->read > 0 && *day < candidate->newest) candidate->falls++;
    if (*day < candidate->earliest) candidate->earliest = *day;
    if (*day > candidate->latest) candidate->latest = *day;
    candidate->newest = *day;
    candidate->has_time = second != TRAIL_NO_TIME;
    if (second > 0) candidate->not_midnight = true;
    note_single_digits(candidate, field);
    return true;
}

static void compare_readings(trail_date_guess *guess, trail_slice field, uint32_t readers,
                             const int32_t *days)
{
    for (unsigned i = 0; i < guess->count; i++) {
        if (!(readers >> i & 1)) continue;
        for (unsigned j = 0; j < guess->count; j++) {
            trail_date_pair *pair = &guess->pairs[i][j];
            if (!(readers >> j & 1)) {
                pair->only++;
                keep_sample(pair->sample, field);
            } else if (days != NULL && days[i] != days[j]) {
                pair->unlike = true;
                if (guess->samples[0][0] == '\0')
                    keep_sample(guess->samples[0], field);
                else if (!trail_slice_is(field, guess->samples[0]))
                    keep_sample(guess->samples[1], field);
            }
        }
    }
}

/* New formats for a value that none reads so far; the values before it count as not read by them.
 */
static uint32_t add_candidates(trail_date_guess *guess, trail_slice field, int32_t *days)
{
    trial trials[ROOM_FOR_TRIALS];
    size_t count = trials_of(field, trials);
    uint32_t readers = 0;
    unsigned before = guess->count;
    for (size_t i = 0; i < count && guess->count < TRAIL_DATE_CANDIDATES; i++) {
        trail_date_candidate fresh = {.shape = (uint8_t)guess->shapes,
                                      .order = trials[i].order,
                                      .separator = trials[i].separator};
        memcpy(fresh.format, trials[i].format, sizeof fresh.format);
        bool known = false;
        for (unsigned j = 0; j < before; j++)
            known = known || strcmp(guess->candidates[j].format, fresh.format) == 0;
        if (known) continue;
        /* A format that fails here stays a candidate: a later value may be its own. */
        unsigned number = guess->count++;
        guess->candidates[number] = fresh;
        if (read_under(&guess->candidates[number], field, &days[number])) readers |= 1u << number;
        for (unsigned j = 0; j < before; j++)
            guess->pairs[j][number].only = guess->candidates[j].read;
    }
    if (guess->count > before && readers == 0) guess->count = before;
    if (guess->count > before) guess->shapes++;
    return readers;
}

void trail_date_guess_add(trail_date_guess *guess, trail_slice field)
{
    field = trail_slice_trim(field);
    if (field.length == 0) return;
    guess->values++;
    trail_slice previous = {guess->previous, guess->previous_length};
    if (guess->previous_length > 0 && trail_slice_equal(field, previous)) {
        for (unsigned i = 0; i < guess->count; i++)
            guess->candidates[i].read += guess->previous_readers >> i & 1;
        if (guess->previous_readers == 0) guess->unread++;
        compare_readings(guess, field, guess->previous_readers, NULL);
        return;
    }
    int32_t days[TRAIL_DATE_CANDIDATES] = {0};
    uint32_t readers = 0;
    for (unsigned i = 0; i < guess->count; i++) {
        if (!read_under(&guess->candidates[i], field, &days[i])) continue;
        guess->candidates[i].read++;
        readers |= 1u << i;
    }
    if (readers == 0) {
        readers = add_candidates(guess, field, days);
        for (unsigned i = 0; i < guess->count; i++)
            guess->candidates[i].read += readers >> i & 1;
    }
    if (readers == 0) {
        guess->unread++;
        keep_sample(guess->unread_sample, field);
    }
    compare_readings(guess, field, readers, days);
    if (guess->previous_length > 0) {
        int order = trail_slice_compare(previous, field);
        guess->text_rises = guess->text_rises || order < 0;
        guess->text_falls = guess->text_falls || order > 0;
    }
    guess->previous_length = 0;
    if (field.length < TRAIL_STYLE_SAMPLE) {
        memcpy(guess->previous, field.start, field.length);
        guess->previous_length = (uint32_t)field.length;
        guess->previous_readers = readers;
    }
}
