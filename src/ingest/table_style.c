#include "ingest/table_style.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "ingest/table_rows.h"

static const trail_column amount_columns[] = {
    TRAIL_COLUMN_AMOUNT,          TRAIL_COLUMN_DEBIT, TRAIL_COLUMN_CREDIT, TRAIL_COLUMN_BALANCE,
    TRAIL_COLUMN_RECEIVED_AMOUNT, TRAIL_COLUMN_FEE,   TRAIL_COLUMN_NET};
enum { AMOUNT_COLUMNS = TRAIL_LENGTH_OF(amount_columns), BOOKING = 0, VALUE = 1 };

typedef struct style_guesses {
    bool day_open[2];
    bool money_open; /* all amount columns: the profile speaks for all of them or for none */
    trail_date_guess days[2];
    trail_money_guess money[AMOUNT_COLUMNS];
} style_guesses;

static const trail_column day_columns[2] = {TRAIL_COLUMN_BOOKING_DATE, TRAIL_COLUMN_VALUE_DATE};

static bool has_column(const trail_profile *profile, trail_column column)
{
    if (column == TRAIL_COLUMN_AMOUNT && profile->amounts.count > 0) return true;
    for (size_t i = 0; i < profile->columns.count; i++) {
        const trail_profile_column *each = trail_vector_at(&profile->columns, i);
        if (each->column == column) return true;
    }
    return false;
}

static trail_status feed(style_guesses *guesses, trail_table_rows *rows, trail_error *err)
{
    const uint32_t *of = rows->map.of;
    trail_row batch[TRAIL_ROW_BATCH];
    size_t count = 0;
    for (;;) {
        trail_status status = trail_table_rows_next(rows, batch, TRAIL_ROW_BATCH, &count, err);
        if (status != TRAIL_OK || count == 0) return status;
        for (size_t i = 0; i < count; i++) {
            const trail_slice *fields = NULL;
            uint32_t bad = TRAIL_NO_COLUMN;
            const trail_row *row = &batch[i];
            if (row->fault != TRAIL_ROW_OK || row->field_count < rows->map.least) continue;
            status = trail_table_rows_fields(rows, row, &fields, &bad, err);
            if (status != TRAIL_OK) return status;
            for (size_t k = 0; k < 2; k++) {
                uint32_t column = of[day_columns[k]];
                if (guesses->day_open[k] && column != TRAIL_NO_COLUMN) {
                    trail_date_guess_add(&guesses->days[k], fields[column]);
                }
            }
            for (size_t k = 0; k < AMOUNT_COLUMNS && guesses->money_open; k++) {
                uint32_t column = of[amount_columns[k]];
                if (column != TRAIL_NO_COLUMN) {
                    trail_money_guess_add(&guesses->money[k], fields[column]);
                }
            }
            for (uint32_t k = 1; k < rows->map.amount_count && guesses->money_open; k++) {
                trail_money_guess_add(&guesses->money[0], fields[rows->map.amounts[k]]);
            }
        }
    }
}

static trail_status settle_day(const trail_date_guess *guess, const trail_source *source,
                               trail_column column, char *format, trail_aside *aside,
                               trail_error *err)
{
    trail_date_verdict verdict;
    trail_status status = TRAIL_OK;
    trail_date_guess_decide(guess, source->from, source->to, &verdict);
    (void)snprintf(format, TRAIL_DATE_FORMAT, "%s", verdict.format);
    if (verdict.outcome == TRAIL_STYLE_EMPTY) {
        (void)snprintf(format, TRAIL_DATE_FORMAT, "YYYY-MM-DD");
    }
    if (verdict.outcome == TRAIL_STYLE_EMPTY || verdict.outcome == TRAIL_STYLE_DECIDED ||
        aside->reason.length > 0) {
        return TRAIL_OK;
    }
    status = trail_text_add_format(&aside->reason, err, "%s: %s", trail_column_name(column),
                                   verdict.reason);
    if (status != TRAIL_OK || verdict.format[0] == '\0') return status;
    const char *key = column == TRAIL_COLUMN_VALUE_DATE ? "value_date_format" : "date_format";
    status = trail_text_add_format(&aside->paste, err, "%s: %s", key, verdict.format);
    if (status != TRAIL_OK || verdict.other[0] == '\0') return status;
    return trail_text_add_format(&aside->paste, err, "   # or %s", verdict.other);
}

static trail_status settle_money(const trail_money_guess *guess, const trail_profile *profile,
                                 trail_column column, trail_money_field *field, trail_aside *aside,
                                 trail_error *err)
{
    trail_money_verdict verdict;
    trail_money_guess_decide(guess, &verdict);
    field->style = verdict.style;
    field->style.scientific_exact = profile->scientific_exact;
    if (verdict.outcome == TRAIL_STYLE_EMPTY || verdict.outcome == TRAIL_STYLE_DECIDED ||
        aside->reason.length > 0) {
        return TRAIL_OK;
    }
    trail_status status = trail_text_add_format(&aside->reason, err, "%s: %s",
                                                trail_column_name(column), verdict.reason);
    if (status != TRAIL_OK || verdict.outcome != TRAIL_STYLE_UNDECIDED) return status;
    return trail_text_add_format(&aside->paste, err, "decimal: \".\"   # or \",\"");
}

static trail_status decide_from_file(trail_table_style *style, style_guesses *guesses,
                                     const trail_location *location, const trail_source *source,
                                     const trail_profile *profile, trail_aside *aside,
                                     trail_error *err)
{
    trail_table_rows rows;
    trail_status status = trail_table_rows_open(&rows, location, source, profile, aside, err);
    if (status == TRAIL_OK && aside->reason.length == 0) status = feed(guesses, &rows, err);
    char *formats[2] = {style->booking_format, style->value_format};
    for (size_t i = 0; i < 2 && status == TRAIL_OK; i++) {
        if (!guesses->day_open[i] || !has_column(profile, day_columns[i])) continue;
        status = settle_day(&guesses->days[i], source, day_columns[i], formats[i], aside, err);
    }
    for (size_t i = 0; i < AMOUNT_COLUMNS && status == TRAIL_OK && guesses->money_open; i++) {
        trail_column column = amount_columns[i];
        if (!has_column(profile, column)) continue;
        status =
            settle_money(&guesses->money[i], profile, column, &style->money[column], aside, err);
    }
    trail_table_rows_close(&rows);
    return status;
}

static void take_money(trail_table_style *style, const trail_profile *profile)
{
    trail_money_field field = {.style = {.decimal = profile->decimal,
                                         .group = profile->group,
                                         .scientific_exact = profile->scientific_exact},
                               .any_group = !profile->group_given};
    for (size_t i = 0; i < AMOUNT_COLUMNS; i++)
        style->money[amount_columns[i]] = field;
}

static const char *first_of(const char *a, const char *b, const char *c)
{
    if (a != NULL) return a;
    if (b != NULL) return b;
    return c[0] != '\0' ? c : NULL;
}

static void take_formats(trail_table_style *style, const trail_profile *profile)
{
    const char *time = profile->time_format;
    trail_day_field_init(&style->booking,
                         first_of(profile->date_format, NULL, style->booking_format));
    trail_day_field_init(&style->value, first_of(profile->value_date_format, profile->date_format,
                                                 style->value_format));
    trail_day_field_init(&style->times[0], time != NULL ? time : "h:mm:ss");
    trail_day_field_init(&style->times[1], time != NULL ? time : "h:mm");
}

trail_status trail_table_style_decide(trail_table_style *style, const trail_location *location,
                                      const trail_source *source, const trail_profile *profile,
                                      trail_aside *aside, trail_error *err)
{
    style_guesses *guesses = NULL;
    memset(style, 0, sizeof *style);
    trail_status status = trail_alloc_zeroed(&guesses, 1, sizeof *guesses, err);
    if (status != TRAIL_OK) return status;
    guesses->day_open[BOOKING] = profile->date_format == NULL;
    guesses->day_open[VALUE] = profile->date_format == NULL && profile->value_date_format == NULL &&
                               has_column(profile, TRAIL_COLUMN_VALUE_DATE);
    guesses->money_open = !profile->decimal_given;
    take_money(style, profile);
    if (guesses->day_open[BOOKING] || guesses->day_open[VALUE] || guesses->money_open) {
        status = decide_from_file(style, guesses, location, source, profile, aside, err);
    }
    take_formats(style, profile);
    trail_free(guesses);
    return status;
}
