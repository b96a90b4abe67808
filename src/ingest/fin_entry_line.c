#include "ingest/fin_entry_line.h"

#include <string.h>

static bool refuse(trail_fin_entry_line *entry, const char *code, const char *sentence,
                   trail_slice wrong)
{
    entry->code = code;
    entry->sentence = sentence;
    entry->wrong = wrong;
    return false;
}

static trail_slice behind(trail_slice text, size_t skip)
{
    return (trail_slice){text.start + skip, text.length - skip};
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static size_t count_digits(trail_slice text)
{
    size_t count = 0;
    while (count < text.length && is_digit(text.start[count]))
        count++;
    return count;
}

/* Value date and entry date; four blanks may stand for the second. */
static bool read_dates(trail_fin_entry_line *entry, trail_slice *rest, int32_t near)
{
    size_t digits = count_digits(*rest);
    trail_slice dates = {rest->start, digits};
    if (digits < 6) {
        return refuse(entry, "wrong_length", "the line does not begin with a date of six digits",
                      *rest);
    }
    if (!trail_fin_date(*rest, near, &entry->value_day)) {
        return refuse(entry, "no_such_date", "there is no such value date",
                      (trail_slice){rest->start, 6});
    }
    entry->entry_day = TRAIL_NO_DAY;
    if (digits == 10) {
        if (!trail_fin_entry_date(behind(dates, 6), entry->value_day, &entry->entry_day)) {
            return refuse(entry, "no_such_date", "there is no such entry date near the value date",
                          behind(dates, 6));
        }
    } else if (digits != 6) {
        return refuse(entry, "wrong_length",
                      "the dates have neither six nor ten digits before the mark", dates);
    }
    *rest = behind(*rest, digits);
    while (rest->length > 0 && rest->start[0] == ' ')
        *rest = behind(*rest, 1);
    return true;
}

/* R?[CD] or E[CD], then the funds code: DR is a debit whose currency ends in R, not a reversal. */
static bool read_mark(trail_fin_entry_line *entry, trail_slice *rest)
{
    size_t at = 0;
    if (rest->length > 1 && (rest->start[0] == 'R' || rest->start[0] == 'E')) {
        entry->reversal = rest->start[0] == 'R';
        entry->expected = rest->start[0] == 'E';
        at = 1;
    }
    if (at >= rest->length || (rest->start[at] != 'C' && rest->start[at] != 'D')) {
        trail_slice wrong = {rest->start, rest->length < 16 ? rest->length : 16};
        return refuse(entry, "sign_unknown", "there is no mark C, D, RC or RD", wrong);
    }
    entry->credit = (rest->start[at] == 'C') != entry->reversal;
    at++;
    if (at < rest->length && is_upper(rest->start[at])) at++;
    *rest = behind(*rest, at);
    return true;
}

/* Some banks put a blank or a new line before the amount. */
static bool read_amount(trail_fin_entry_line *entry, trail_slice *rest, unsigned exponent)
{
    while (rest->length > 0 && (rest->start[0] == ' ' || rest->start[0] == '\n'))
        *rest = behind(*rest, 1);
    entry->amount = (trail_slice){rest->start, trail_fin_amount_length(*rest)};
    trail_fin_amount_fault fault = trail_fin_amount(entry->amount, exponent, &entry->amount_minor);
    *rest = behind(*rest, entry->amount.length);
    entry->point = fault == TRAIL_FIN_AMOUNT_POINT;
    if (fault <= TRAIL_FIN_AMOUNT_POINT) return true;
    return refuse(entry, trail_fin_amount_code(fault), trail_fin_amount_sentence(fault),
                  entry->amount);
}

/* N, F or S and three characters; some banks leave it out or blank. */
static void read_type(trail_fin_entry_line *entry, trail_slice *rest)
{
    while (rest->length > 0 && rest->start[0] == ' ')
        *rest = behind(*rest, 1);
    bool letter = rest->length >= 4 &&
                  (rest->start[0] == 'N' || rest->start[0] == 'F' || rest->start[0] == 'S');
    bool none = rest->length >= 6 && memcmp(rest->start, "NONREF", 6) == 0;
    if (!letter || none) {
        entry->type_missing = true;
        return;
    }
    entry->type = trail_slice_trim((trail_slice){rest->start, 4});
    *rest = behind(*rest, 4);
}

/* Words that point to ":86:" or say that there is no reference. */
static trail_slice said(trail_slice reference)
{
    static const char *const words[] = {"NONREF", "EREF", "PREF", "KREF+", "EREF+", "MREF+"};
    reference = trail_slice_trim(reference);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (trail_slice_is(reference, words[i])) return (trail_slice){"", 0};
    }
    return reference;
}

static void read_references(trail_fin_entry_line *entry, trail_slice line)
{
    size_t at = trail_slice_find(line, (trail_slice){"//", 2});
    if (at == SIZE_MAX) {
        entry->reference = said(line);
        return;
    }
    entry->reference = said((trail_slice){line.start, at});
    entry->bank_reference = said(behind(line, at + 2));
}

bool trail_fin_entry_line_read(trail_slice value, unsigned exponent, int32_t near,
                               trail_fin_entry_line *entry)
{
    trail_slice rest = value, below;
    *entry = (trail_fin_entry_line){.entry_day = TRAIL_NO_DAY};
    if (!read_dates(entry, &rest, near) || !read_mark(entry, &rest) ||
        !read_amount(entry, &rest, exponent)) {
        return false;
    }
    trail_slice line = trail_fin_first_line(rest, &below);
    read_type(entry, &line);
    read_references(entry, line);
    entry->supplement = trail_slice_trim(below);
    return true;
}
