#include "ingest/guess_work.h"

/* The guess as a profile: what is certain stands in it, what is in doubt is left out. */

static bool is_account(int meaning)
{
    return meaning == TRAIL_COLUMN_OWN_ACCOUNT || meaning == TRAIL_COLUMN_COUNTERPARTY_ACCOUNT ||
           meaning == TRAIL_COLUMN_PAYER_ACCOUNT || meaning == TRAIL_COLUMN_PAYEE_ACCOUNT;
}

static bool is_amount(int meaning)
{
    return meaning == TRAIL_COLUMN_AMOUNT || meaning == TRAIL_COLUMN_DEBIT ||
           meaning == TRAIL_COLUMN_CREDIT || meaning == TRAIL_COLUMN_BALANCE ||
           meaning == TRAIL_COLUMN_RECEIVED_AMOUNT || meaning == TRAIL_COLUMN_FEE ||
           meaning == TRAIL_COLUMN_NET;
}

static trail_status add_columns(trail_guess *guess, trail_error *err)
{
    for (uint32_t i = 0; i < guess->columns.count; i++) {
        const trail_guess_column *column = trail_guess_column_at(guess, i);
        trail_status status = TRAIL_OK;
        if (column->meaning == TRAIL_MEANING_TRUTH && column->header != NULL)
            status = trail_vector_push(&guess->profile.truth, &column->header, err);
        if (column->meaning < TRAIL_COLUMN_COUNT) {
            trail_profile_column entry = {.column = (trail_column)column->meaning,
                                          .header = column->header,
                                          .position = column->position};
            status = trail_vector_push(&guess->profile.columns, &entry, err);
        }
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

/* Excel writes a long account number as 1.23E+15: its digits are lost. */
static trail_status doubt_accounts(trail_guess_work *work, trail_error *err)
{
    for (uint32_t i = 0; i < work->count; i++) {
        const trail_guess_column *column = trail_guess_column_at(work->guess, i);
        const trail_column_content *content = &work->contents[i];
        if (!is_account(column->meaning) ||
            content->money.decimal[0] + content->money.decimal[1] == 0)
            continue;
        trail_status status = trail_guess_doubt(
            work->guess,
            (trail_doubt){.subject = TRAIL_GUESS_COLUMN, .column = (trail_column)column->meaning},
            NULL, err, "%s holds numbers such as %s: a spreadsheet may have cut account numbers",
            column->header != NULL ? column->header : "an account column",
            content->money.decimal[0] > 0 ? content->money.decimal_sample[0]
                                          : content->money.decimal_sample[1]);
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

/* One decimal and one group mark where all columns of money agree; else each column has its own. */
static void settle_marks(trail_guess *guess)
{
    char decimal = 0, group = 0;
    for (uint32_t i = 0; i < guess->columns.count; i++) {
        const trail_guess_column *column = trail_guess_column_at(guess, i);
        if (!is_amount(column->meaning)) continue;
        if (column->money.outcome == TRAIL_STYLE_UNDECIDED) return;
        char own = column->money.style.decimal, own_group = column->money.style.group;
        if ((own != 0 && decimal != 0 && own != decimal) ||
            (own_group != 0 && group != 0 && own_group != group))
            return;
        if (own != 0) decimal = own;
        if (own_group != 0) group = own_group;
    }
    if (decimal == 0 || decimal == group) return;
    guess->profile.decimal = decimal;
    guess->profile.decimal_given = true;
    if (group == 0) return;
    guess->profile.group = group;
    guess->profile.group_given = true;
}

static const char *format_of(const trail_guess_column *column)
{
    return column != NULL && column->date.outcome == TRAIL_STYLE_DECIDED ? column->date.format
                                                                         : NULL;
}

static trail_status settle_formats(trail_guess_work *work, trail_error *err)
{
    trail_guess *guess = work->guess;
    trail_profile *profile = &guess->profile;
    const char *booking = format_of(trail_guess_column_of(guess, TRAIL_COLUMN_BOOKING_DATE));
    const char *value = format_of(trail_guess_column_of(guess, TRAIL_COLUMN_VALUE_DATE));
    const trail_guess_column *time = trail_guess_column_of(guess, TRAIL_COLUMN_TIME);
    if (booking != NULL) {
        profile->date_format = trail_arena_copy(&guess->arena, trail_slice_of(booking), err);
        if (profile->date_format == NULL) return TRAIL_NO_MEMORY;
    }
    bool other =
        value != NULL && (booking == NULL || !trail_slice_is(trail_slice_of(value), booking));
    if (other) {
        profile->value_date_format = trail_arena_copy(&guess->arena, trail_slice_of(value), err);
        if (profile->value_date_format == NULL) return TRAIL_NO_MEMORY;
    }
    if (time != NULL)
        profile->time_format = work->contents[time->position - 1].times[1] > 0 ? "h:mm:ss" : "h:mm";
    return TRAIL_OK;
}

static trail_status say_odd_rows(trail_guess_work *work, trail_error *err)
{
    trail_guess *guess = work->guess;
    if (guess->odd_rows == 0) return TRAIL_OK;
    return trail_guess_doubt(
        guess, (trail_doubt){.subject = TRAIL_GUESS_FILE}, NULL, err,
        "of the rows (%llu), %llu have damage or other than %u fields; a run lists those it cannot "
        "read in rejects.csv",
        (unsigned long long)guess->rows, (unsigned long long)guess->odd_rows, guess->field_count);
}

/* Money that stands in the file and is not read. */
static trail_status say_unused_money(trail_guess_work *work, trail_error *err)
{
    if (trail_guess_column_of(work->guess, TRAIL_COLUMN_AMOUNT) == NULL &&
        trail_guess_column_of(work->guess, TRAIL_COLUMN_DEBIT) == NULL)
        return TRAIL_OK; /* which of them is meant is asked elsewhere */

    for (uint32_t i = 0; i < work->count; i++) {
        const trail_guess_column *column = trail_guess_column_at(work->guess, i);
        if (column->meaning != TRAIL_MEANING_UNKNOWN || !trail_guess_is_clear_money(work, i) ||
            trail_guess_is_date(column) || column->header == NULL)
            continue;
        trail_status status =
            trail_guess_doubt(work->guess, (trail_doubt){.subject = TRAIL_GUESS_AMOUNTS}, NULL, err,
                              "%s holds amounts and is not used", column->header);
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

trail_status trail_guess_profile(trail_guess_work *work, trail_error *err)
{
    trail_guess *guess = work->guess;
    guess->profile.no_header = guess->header_row == 0;
    guess->profile.header_row = guess->header_row;
    trail_status status = add_columns(guess, err);
    if (status != TRAIL_OK) return status;
    settle_marks(guess);
    if ((status = settle_formats(work, err)) != TRAIL_OK) return status;
    if ((status = doubt_accounts(work, err)) != TRAIL_OK) return status;
    if ((status = say_odd_rows(work, err)) != TRAIL_OK) return status;
    return say_unused_money(work, err);
}
