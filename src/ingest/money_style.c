#include "ingest/column_style.h"

#include <stdio.h>
#include <string.h>

#include "base/attributes.h"

/* The decimal and group marks of a column of amounts. Idea: a field with two kinds of mark, with
 * one mark repeated, or with other than three digits behind a single one proves what its marks are;
 * "1.234" proves nothing. The column is decided by its proofs; proofs against each other, or open
 * fields without a proof, leave it undecided.
 * Precondition: the fields of one column, undecoded bytes are fine. O(length) a field. */

#define DAMAGE 1000 /* one value in so many may be damage */

enum { POINT = 0, COMMA, BLANK, APOSTROPHE, MARK_KINDS };

static const char mark_letters[MARK_KINDS] = {'.', ',', ' ', '\''};
static const char *const mark_names[MARK_KINDS] = {"point", "comma", "blank", "apostrophe"};

static bool strip_front(trail_slice *field, const char *text)
{
    size_t length = strlen(text);
    if (field->length < length || memcmp(field->start, text, length) != 0) return false;
    field->start += length;
    field->length -= length;
    return true;
}

static bool strip_back(trail_slice *field, const char *text)
{
    size_t length = strlen(text);
    if (field->length < length || memcmp(field->start + field->length - length, text, length) != 0)
        return false;
    field->length -= length;
    return true;
}

typedef enum sign { NO_SIGN = 0, MINUS, PLUS } sign;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The signs that trail_money_parse takes. */
static sign peel_sign(trail_slice *field)
{
    static const char *const minus[] = {"-", "\xe2\x88\x92", "\xe2\x80\x93"};
    static const char *const words[] = {"CR", "Cr", "cr", "DR", "Dr", "dr", "C", "D"};
    sign result = NO_SIGN;
    if (is_digit(field->start[0]) && is_digit(field->start[field->length - 1])) return NO_SIGN;
    if (field->length >= 2 && field->start[0] == '(' && strip_back(field, ")")) {
        (void)strip_front(field, "(");
        result = MINUS;
    }
    for (size_t i = 0; i < TRAIL_LENGTH_OF(minus); i++)
        if (strip_front(field, minus[i]) || strip_back(field, minus[i])) result = MINUS;
    if (strip_front(field, "+") || strip_back(field, "+")) result = PLUS;
    for (size_t i = 0; i < TRAIL_LENGTH_OF(words) && result == NO_SIGN; i++)
        if (strip_back(field, words[i])) result = (words[i][0] | 0x20) == 'd' ? MINUS : PLUS;
    *field = trail_slice_trim(*field);
    return result;
}

/* The kind of mark at `at` and its bytes; MARK_KINDS if none stands there. */
static int mark_at(trail_slice field, size_t at, size_t *bytes)
{
    static const char *const wide[] = {"\xc2\xa0", "\xe2\x80\xaf", "\xe2\x80\x89"};
    *bytes = 1;
    for (int kind = 0; kind < MARK_KINDS; kind++)
        if (field.start[at] == mark_letters[kind]) return kind;
    if ((unsigned char)field.start[at] == 0xA0) return BLANK; /* NBSP of one-byte encodings */
    for (size_t i = 0; i < TRAIL_LENGTH_OF(wide); i++) {
        *bytes = strlen(wide[i]);
        if (field.length - at >= *bytes && memcmp(field.start + at, wide[i], *bytes) == 0)
            return BLANK;
    }
    return MARK_KINDS;
}

typedef struct anatomy {
    size_t front;       /* digits before the first mark */
    size_t last_run;    /* digits after the last mark */
    size_t middle_odd;  /* runs between marks that are not two or three digits */
    size_t before_last; /* digits between the last two marks */
    unsigned marks[MARK_KINDS];
    unsigned total;
    int last_kind, first_kind;
    bool zero_front; /* "0" stands before the first mark */
    bool ok;
} anatomy;

static bool skip_exponent(trail_slice field, size_t at)
{
    if (at < field.length && (field.start[at] == '+' || field.start[at] == '-')) at++;
    size_t digits = 0;
    while (at + digits < field.length && field.start[at + digits] >= '0' &&
           field.start[at + digits] <= '9')
        digits++;
    return digits >= 1 && digits <= 3 && at + digits == field.length;
}

static anatomy take_apart(trail_slice field)
{
    anatomy out = {.last_kind = MARK_KINDS, .first_kind = MARK_KINDS};
    size_t run = 0, digits = 0;
    for (size_t at = 0; at < field.length;) {
        char c = field.start[at];
        if (c >= '0' && c <= '9') {
            run++;
            digits++;
            at++;
            continue;
        }
        if ((c == 'E' || c == 'e') && digits > 0) {
            if (!skip_exponent(field, at + 1)) return out;
            break;
        }
        size_t bytes;
        int kind = mark_at(field, at, &bytes);
        if (kind == MARK_KINDS) return out;
        if (out.total == 0) {
            out.front = run;
            out.first_kind = kind;
            out.zero_front = run == 1 && field.start[at - 1] == '0';
        } else {
            if (run != 2 && run != 3) out.middle_odd++;
            out.before_last = run;
        }
        out.marks[kind]++;
        out.total++;
        out.last_kind = kind;
        run = 0;
        at += bytes;
    }
    out.last_run = run;
    out.ok = digits > 0 && digits <= 30;
    return out;
}

static void keep_sample(char sample[TRAIL_STYLE_SAMPLE], trail_slice field)
{
    if (sample[0] != '\0' || field.length >= TRAIL_STYLE_SAMPLE) return;
    memcpy(sample, field.start, field.length);
    sample[field.length] = '\0';
}

static void prove_decimal(trail_money_guess *guess, int kind, trail_slice field)
{
    guess->decimal[kind]++;
    keep_sample(guess->decimal_sample[kind], field);
}

static void prove_grouping(trail_money_guess *guess, int kind, trail_slice field)
{
    guess->grouping[kind]++;
    keep_sample(guess->grouping_sample[kind], field);
}

/* What one field proves; false when its marks stand as in no amount. */
static bool weigh(trail_money_guess *guess, const anatomy *in, trail_slice field)
{
    if (in->total == 0) return true;
    if (in->total == 1) {
        int kind = in->last_kind;
        bool could_group = in->last_run == 3 && in->front >= 1 && in->front <= 3;
        if (kind >= BLANK) {
            if (could_group) prove_grouping(guess, kind, field);
            return could_group;
        }
        if (!could_group || in->zero_front) {
            prove_decimal(guess, kind, field);
            return true;
        }
        guess->open[kind]++;
        char(*samples)[TRAIL_STYLE_SAMPLE] = guess->open_sample[kind];
        if (samples[0][0] == '\0')
            keep_sample(samples[0], field);
        else if (!trail_slice_is(field, samples[0]))
            keep_sample(samples[1], field);
        return true;
    }
    if (in->front < 1 || in->front > 3 || in->middle_odd > 0) return false;
    if (in->marks[in->first_kind] == in->total) { /* one mark, repeated */
        if (in->last_run != 3) return false;
        prove_grouping(guess, in->first_kind, field);
        return true;
    }
    bool rest_groups = in->marks[in->first_kind] == in->total - 1 && in->marks[in->last_kind] == 1;
    if (!rest_groups || in->last_kind >= BLANK || in->before_last != 3) return false;
    prove_grouping(guess, in->first_kind, field);
    prove_decimal(guess, in->last_kind, field);
    return true;
}

void trail_money_guess_add(trail_money_guess *guess, trail_slice field)
{
    field = trail_slice_trim(field);
    if (field.length == 0) return;
    guess->values++;
    trail_slice body = field;
    sign peeled = peel_sign(&body);
    anatomy parts = take_apart(body);
    if (!parts.ok || !weigh(guess, &parts, field)) {
        guess->strange++;
        keep_sample(guess->strange_sample, field);
        return;
    }
    if (peeled == MINUS) guess->negatives++;
    if (peeled == PLUS) guess->pluses++;
}

/* Proofs count as none when they are rare beside the proofs of the contrary. */
static bool outweighs(uint64_t many, uint64_t few)
{
    return many > 0 && many >= DAMAGE * few;
}

static void contradiction(trail_money_verdict *verdict, const char *one, const char *role_of_one,
                          int kind_of_one, const char *two, const char *role_of_two,
                          int kind_of_two)
{
    verdict->outcome = TRAIL_STYLE_UNDECIDED;
    snprintf(verdict->reason, sizeof verdict->reason,
             "in %s the %s can only be %s, and in %s the %s can only be %s", one,
             mark_names[kind_of_one], role_of_one, two, mark_names[kind_of_two], role_of_two);
}

#define AS_DECIMAL "the decimal mark"
#define AS_GROUP   "the mark between thousands"

/* The mark that is proved to be the decimal one (MARK_KINDS: none); false on a contradiction. */
static bool proved_decimal(const trail_money_guess *guess, int *decimal,
                           trail_money_verdict *verdict)
{
    *decimal = MARK_KINDS;
    for (int kind = POINT; kind <= COMMA; kind++) {
        uint64_t for_it = guess->decimal[kind], against = guess->grouping[kind];
        if (for_it == 0 || outweighs(against, for_it)) continue;
        if (against > 0 && !outweighs(for_it, against)) {
            contradiction(verdict, guess->decimal_sample[kind], AS_DECIMAL, kind,
                          guess->grouping_sample[kind], AS_GROUP, kind);
            return false;
        }
        int other = COMMA - kind;
        if (outweighs(guess->decimal[other], for_it)) continue;
        if (guess->decimal[other] > 0 && !outweighs(for_it, guess->decimal[other])) {
            contradiction(verdict, guess->decimal_sample[kind], AS_DECIMAL, kind,
                          guess->decimal_sample[other], AS_DECIMAL, other);
            return false;
        }
        *decimal = kind;
    }
    return true;
}

static bool proved_group(const trail_money_guess *guess, int decimal, int *group,
                         trail_money_verdict *verdict)
{
    *group = MARK_KINDS;
    for (int kind = 0; kind < MARK_KINDS; kind++) {
        if (guess->grouping[kind] == 0 || kind == decimal) continue;
        if (*group == MARK_KINDS || outweighs(guess->grouping[kind], guess->grouping[*group])) {
            *group = kind;
        } else if (!outweighs(guess->grouping[*group], guess->grouping[kind])) {
            contradiction(verdict, guess->grouping_sample[*group], AS_GROUP, *group,
                          guess->grouping_sample[kind], AS_GROUP, kind);
            return false;
        }
    }
    return true;
}

static void without_mark(const char *sample, char mark, char replacement, char *out)
{
    size_t length = 0;
    for (; *sample != '\0'; sample++) {
        char c = *sample == mark ? replacement : *sample;
        if (c != '\0') out[length++] = c;
    }
    out[length] = '\0';
}

static void say_two_readings(const trail_money_guess *guess, int kind, trail_money_verdict *verdict)
{
    verdict->outcome = TRAIL_STYLE_UNDECIDED;
    size_t used = 0;
    for (int i = 0; i < 2; i++) {
        const char *sample = guess->open_sample[kind][i];
        if (sample[0] == '\0' || used >= sizeof verdict->reason) continue;
        char whole[TRAIL_STYLE_SAMPLE], fraction[TRAIL_STYLE_SAMPLE];
        without_mark(sample, mark_letters[kind], '\0', whole);
        without_mark(sample, mark_letters[kind], '.', fraction);
        char *out = verdict->reason + used;
        size_t room = sizeof verdict->reason - used;
        const char *name = mark_names[kind];
        int wrote = used == 0
                        ? snprintf(out, room, "%s is %s (%s between thousands) or %s (decimal %s)",
                                   sample, whole, name, fraction, name)
                        : snprintf(out, room, "; %s is %s or %s", sample, whole, fraction);
        if (wrote > 0) used += (size_t)wrote;
    }
}

static void decide_marks(const trail_money_guess *guess, trail_money_verdict *verdict)
{
    int decimal, group;
    if (!proved_decimal(guess, &decimal, verdict)) return;
    if (!proved_group(guess, decimal, &group, verdict)) return;
    for (int kind = POINT; kind <= COMMA; kind++) {
        int other = COMMA - kind;
        if (guess->open[kind] == 0 || decimal == kind || group == kind) continue;
        if (decimal == other) { /* 1.234 beside 5,00; beside 1 234,00 it fits nothing */
            if (group == MARK_KINDS) group = kind;
        } else if (group != MARK_KINDS) { /* 1.234 beside 1 234 */
            decimal = kind;
        } else {
            say_two_readings(guess, kind, verdict);
            return;
        }
    }
    verdict->outcome = TRAIL_STYLE_DECIDED;
    if (decimal == MARK_KINDS && (group == POINT || group == COMMA)) decimal = COMMA - group;
    verdict->style.decimal = decimal == MARK_KINDS ? 0 : mark_letters[decimal];
    verdict->style.group = group == MARK_KINDS ? 0 : mark_letters[group];
}

void trail_money_guess_decide(const trail_money_guess *guess, trail_money_verdict *verdict)
{
    *verdict = (trail_money_verdict){
        .values = guess->values, .strange = guess->strange, .negatives = guess->negatives > 0};
    if (guess->values == 0) return;
    if (guess->strange * 2 >= guess->values) {
        verdict->outcome = TRAIL_STYLE_NONE;
        snprintf(verdict->reason, sizeof verdict->reason,
                 "%llu of %llu values are no amounts; \"%s\" is not",
                 (unsigned long long)guess->strange, (unsigned long long)guess->values,
                 guess->strange_sample);
        return;
    }
    decide_marks(guess, verdict);
}
