#include <string.h>

#include "base/wide.h"
#include "ingest/guess_work.h"

/* Rows that have no day and are no payments for certain: one whose figure is the sum of the column
 * above it (or, per side, of debits and credits), and lines below the last row that hold neither
 * day nor amount. O(rows). */

#define LONGEST_LABEL 60u

typedef struct total_search {
    trail_guess_work *work;
    const trail_guess_column *day, *amounts[3]; /* amount, or debit and credit */
    trail_wide sums[3];
    uint64_t rows; /* with a day */
    const char
        *footer;    /* the first cell of the first line that is no row, NULL while rows follow */
    bool no_footer; /* rows followed, or what follows is not empty of figures */
} total_search;

static bool read_amount(const trail_row *row, const trail_guess_column *column, int64_t *minor)
{
    return column != NULL && column->position <= row->field_count &&
           trail_money_parse(row->fields[column->position - 1], column->money.style, 4, minor) ==
               TRAIL_MONEY_OK;
}

static bool has_day(const total_search *search, const trail_row *row)
{
    int32_t day, second;
    uint32_t position = search->day->position;
    return position <= row->field_count &&
           trail_day_parse(trail_slice_trim(row->fields[position - 1]), search->day->date.format,
                           &day, &second);
}

/* The first cell that holds words. */
static trail_slice label_of(const trail_row *row)
{
    for (uint32_t i = 0; i < row->field_count; i++) {
        trail_slice cell = trail_slice_trim(row->fields[i]);
        if (cell.length > 0 && !trail_field_is_amount(cell) && !trail_field_is_date(cell))
            return cell;
    }
    return (trail_slice){"", 0};
}

static trail_status add_total(total_search *search, const trail_row *row, trail_error *err)
{
    trail_guess *guess = search->work->guess;
    trail_slice label = label_of(row);
    if (label.length == 0 || label.length > LONGEST_LABEL) return TRAIL_OK;
    const char *word = trail_guess_text(search->work, label, err);
    if (word == NULL) return TRAIL_NO_MEMORY;
    for (size_t i = 0; i < guess->profile.totals.count; i++) {
        const char *const *other = trail_vector_at(&guess->profile.totals, i);
        if (trail_slice_is(trail_slice_of(word), *other)) return TRAIL_OK;
    }
    trail_status status = trail_vector_push(&guess->profile.totals, &word, err);
    if (status != TRAIL_OK) return status;
    return trail_guess_note(guess, err,
                            "line %llu (%s) has no day, and its figure is the sum of the rows "
                            "above: it is no payment",
                            (unsigned long long)row->line, word);
}

static trail_status visit_row(void *context, const trail_row *row, trail_error *err)
{
    total_search *search = context;
    int64_t minor = 0;
    bool any = false, sums = true;
    if (row->fault != TRAIL_ROW_OK) return TRAIL_OK;
    bool day = has_day(search, row);
    for (size_t i = 0; i < 3; i++) {
        if (!read_amount(row, search->amounts[i], &minor)) continue;
        any = true;
        sums = sums && search->sums[i] == minor;
        if (day) search->sums[i] += minor;
    }
    if (day) {
        search->rows++;
        search->no_footer = search->no_footer || search->footer != NULL;
        return TRAIL_OK;
    }
    if (any && sums && search->rows >= 2) return add_total(search, row, err);
    trail_slice label = label_of(row);
    if (any) search->no_footer = true;
    if (any || label.length == 0 || search->footer != NULL || search->rows == 0) return TRAIL_OK;
    if (label.length > LONGEST_LABEL) label.length = LONGEST_LABEL;
    while (label.length > 0 && (label.start[label.length - 1] & '\x80') != 0 &&
           label.length == LONGEST_LABEL)
        label.length--;
    search->footer = trail_guess_text(search->work, label, err);
    return search->footer == NULL ? TRAIL_NO_MEMORY : TRAIL_OK;
}

static trail_status visit_start(void *context, const trail_row *row, trail_error *err)
{
    total_search *search = context;
    if (row->fault != TRAIL_ROW_OK || !has_day(search, row)) return TRAIL_OK;
    for (uint32_t i = 0; i < row->field_count; i++) {
        if (trail_slice_trim(row->fields[i]).length == 0) continue;
        const char *first = trail_guess_text(search->work, row->fields[i], err);
        if (first == NULL) return TRAIL_NO_MEMORY;
        if (strncmp(first, search->footer, strlen(search->footer)) == 0) search->no_footer = true;
        break;
    }
    return TRAIL_OK;
}

trail_status trail_guess_totals(trail_guess_work *work, trail_error *err)
{
    trail_guess *guess = work->guess;
    total_search search = {.work = work,
                           .day = trail_guess_column_of(guess, TRAIL_COLUMN_BOOKING_DATE),
                           .amounts = {trail_guess_column_of(guess, TRAIL_COLUMN_AMOUNT),
                                       trail_guess_column_of(guess, TRAIL_COLUMN_DEBIT),
                                       trail_guess_column_of(guess, TRAIL_COLUMN_CREDIT)}};
    if (search.day == NULL || search.day->date.outcome != TRAIL_STYLE_DECIDED) return TRAIL_OK;
    if (search.day->date.read == guess->rows) return TRAIL_OK;
    trail_status status = trail_guess_each_row(work, visit_row, &search, err);
    if (status != TRAIL_OK || search.footer == NULL || search.no_footer) return status;
    /* The words must not begin a row, or it and all below would be lost. */
    status = trail_guess_each_row(work, visit_start, &search, err);
    if (status != TRAIL_OK || search.no_footer) return status;
    guess->profile.footer = search.footer;
    return trail_guess_note(guess, err,
                            "from the line that begins with '%s' on no line has a day or an amount",
                            search.footer);
}
