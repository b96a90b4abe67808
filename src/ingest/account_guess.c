#include <stdio.h>
#include <string.h>

#include "ingest/guess_work.h"

/* Whose table is it: statements of own accounts, or transfers between any two; and where the own
 * account stands. */

static void drop(trail_guess *guess, int meaning)
{
    trail_guess_column *column = trail_guess_column_of(guess, meaning);
    if (column != NULL) column->meaning = TRAIL_MEANING_NOT_NEEDED;
}

static trail_status settle_transfers(trail_guess_work *work, trail_error *err)
{
    trail_guess *guess = work->guess;
    guess->profile.layout = TRAIL_LAYOUT_TRANSFERS;
    const trail_guess_column *amount = trail_guess_column_of(guess, TRAIL_COLUMN_AMOUNT);
    drop(guess, TRAIL_COLUMN_OWN_ACCOUNT);
    drop(guess, TRAIL_COLUMN_OWN_NAME);
    if (amount == NULL || !amount->money.negatives) return TRAIL_OK;
    return trail_guess_doubt(guess, (trail_doubt){.subject = TRAIL_GUESS_SIGN, .blocking = true},
                             "layout: statement   # or transfers", err,
                             "payer and payee stand on each row and some amounts are negative: it "
                             "may be a statement");
}

/* In a statement one name beside the row is the other party's. */
static trail_status settle_names(trail_guess_work *work, trail_error *err)
{
    static const int sides[] = {TRAIL_COLUMN_PAYER_ACCOUNT, TRAIL_COLUMN_PAYEE_ACCOUNT,
                                TRAIL_COLUMN_PAYER_BANK, TRAIL_COLUMN_PAYEE_BANK};
    trail_guess *guess = work->guess;
    trail_guess_column *payer = trail_guess_column_of(guess, TRAIL_COLUMN_PAYER_NAME);
    trail_guess_column *payee = trail_guess_column_of(guess, TRAIL_COLUMN_PAYEE_NAME);
    bool named = trail_guess_column_of(guess, TRAIL_COLUMN_COUNTERPARTY_NAME) != NULL;
    trail_guess_column *lone = payer == NULL ? payee : payee == NULL ? payer : NULL;
    if (payer != NULL) payer->meaning = TRAIL_MEANING_NOT_NEEDED;
    if (payee != NULL) payee->meaning = TRAIL_MEANING_NOT_NEEDED;
    if (lone != NULL && !named) lone->meaning = TRAIL_COLUMN_COUNTERPARTY_NAME;
    for (size_t i = 0; i < sizeof sides / sizeof sides[0]; i++) {
        trail_guess_column *column = trail_guess_column_of(guess, sides[i]);
        if (column == NULL) continue;
        column->meaning = TRAIL_MEANING_NOT_NEEDED;
        char paste[200];
        snprintf(paste, sizeof paste, "counterparty_account: %u", column->position);
        trail_status status = trail_guess_doubt(
            guess,
            (trail_doubt){.subject = TRAIL_GUESS_COLUMN,
                          .column = TRAIL_COLUMN_COUNTERPARTY_ACCOUNT},
            paste, err, "%s may be the other party's or the own account or bank; it is not used",
            column->header != NULL ? column->header : "a column");
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

static unsigned rank_of(const trail_guess_work *work, const trail_guess_column *column, int meaning)
{
    const trail_heading *heading = &work->headings[column->position - 1];
    for (unsigned i = 0; i < heading->count; i++)
        if (heading->senses[i].meaning == meaning) return heading->senses[i].rank;
    return 0;
}

static bool is_number(trail_slice text)
{
    size_t digits = 0;
    for (size_t i = 0; i < text.length; i++)
        digits += text.start[i] >= '0' && text.start[i] <= '9';
    return digits >= 5 && text.length <= 34;
}

static trail_status means_account(trail_slice label, bool *means, trail_error *err)
{
    trail_heading heading;
    *means = false;
    trail_status status = trail_heading_read(label, &heading, err);
    for (unsigned i = 0; status == TRAIL_OK && i < heading.count; i++)
        if (heading.senses[i].meaning == TRAIL_COLUMN_OWN_ACCOUNT && heading.senses[i].rank > 0)
            *means = true;
    return status;
}

/* "Konts: LV80…" in one cell, or "Konts:" and the number in the next. */
static trail_status label_in(trail_guess_work *work, const trail_sample_row *row,
                             const char **label, trail_error *err)
{
    for (uint32_t i = 0; i < row->count && *label == NULL; i++) {
        trail_slice cell = trail_slice_trim(row->cells[i]), name = {0}, number = {0};
        size_t colon = trail_slice_find(cell, trail_slice_of(":"));
        if (colon != SIZE_MAX && colon + 1 < cell.length) {
            name = (trail_slice){cell.start, colon + 1};
            number =
                trail_slice_trim((trail_slice){cell.start + colon + 1, cell.length - colon - 1});
        } else if (i + 1 < row->count) {
            name = cell;
            number = trail_slice_trim(row->cells[i + 1]);
        }
        if (name.length == 0) continue;
        bool means;
        trail_status status = means_account(name, &means, err);
        if (status != TRAIL_OK) return status;
        if (!trail_field_is_iban(number) && !(means && is_number(number))) continue;
        *label = trail_guess_text(work, name, err);
        if (*label == NULL) return TRAIL_NO_MEMORY;
    }
    return TRAIL_OK;
}

static trail_status find_above_header(trail_guess_work *work, trail_error *err)
{
    for (size_t i = 0; i < work->sample.count; i++) {
        const trail_sample_row *row = trail_vector_at(&work->sample, i);
        if (row->line >= work->header_line) return TRAIL_OK;
        const char *label = NULL;
        trail_status status = label_in(work, row, &label, err);
        if (status != TRAIL_OK) return status;
        if (label == NULL) continue;
        work->guess->profile.own_account_line = label;
        return TRAIL_OK;
    }
    return TRAIL_OK;
}

/* One own account, which the source or a line above the header names. */
static bool has_one_own(const trail_guess_work *work)
{
    return work->known.own_account != NULL || work->guess->profile.own_account_line != NULL;
}

static bool holds_other_ibans(const trail_guess_work *work, const trail_guess_column *column)
{
    const trail_column_content *content = &work->contents[column->position - 1];
    return column->filled > 0 && content->ibans * 2 >= column->filled && content->changes;
}

static trail_status find_own_account(trail_guess_work *work, trail_error *err)
{
    trail_guess *guess = work->guess;
    trail_guess_column *own = trail_guess_column_of(guess, TRAIL_COLUMN_OWN_ACCOUNT);
    trail_doubt what = {.subject = TRAIL_GUESS_ACCOUNT,
                        .column = TRAIL_COLUMN_OWN_ACCOUNT,
                        .blocking = work->known.own_account == NULL};
    if (own != NULL) {
        bool other = trail_guess_column_of(guess, TRAIL_COLUMN_COUNTERPARTY_ACCOUNT) != NULL;
        bool same = guess->rows >= 3 && !work->contents[own->position - 1].changes;
        if (rank_of(work, own, TRAIL_COLUMN_OWN_ACCOUNT) == 3 || other || same) return TRAIL_OK;
        own->meaning = TRAIL_MEANING_UNKNOWN;
        trail_status status = find_above_header(work, err);
        if (status != TRAIL_OK || (has_one_own(work) && holds_other_ibans(work, own)))
            return status;
        what.subject = TRAIL_GUESS_COLUMN;
        char paste[200];
        snprintf(paste, sizeof paste, "own_account: %u   # or counterparty_account: %u",
                 own->position, own->position);
        return trail_guess_doubt(guess, what, paste, err,
                                 "%s may be the own account or the other party's", own->header);
    }
    trail_status status = find_above_header(work, err);
    if (status != TRAIL_OK || guess->profile.own_account_line != NULL || !what.blocking)
        return status;
    for (uint32_t i = 0; i < work->count; i++) {
        const trail_guess_column *column = trail_guess_column_at(guess, i);
        const trail_column_content *content = &work->contents[i];
        if (column->meaning < TRAIL_COLUMN_COUNT || column->filled == 0 ||
            content->ibans < column->filled || content->changes)
            continue;
        what.subject = TRAIL_GUESS_COLUMN;
        char paste[40];
        snprintf(paste, sizeof paste, "own_account: %u", column->position);
        return trail_guess_doubt(guess, what, paste, err,
                                 "column %u holds one IBAN, which may be the own account",
                                 column->position);
    }
    return trail_guess_doubt(guess, what, "own_account: …   # in the source, not the profile", err,
                             "the file does not name the account whose statement it is");
}

/* A column of IBANs whose heading says nothing. Where the own account is one and known, numbers
 * that change are the other parties'; else it is said, so that no counterparty is lost in silence.
 */
static trail_status find_counterparty(trail_guess_work *work, trail_error *err)
{
    trail_guess *guess = work->guess;
    trail_guess_column *only = NULL;
    unsigned count = 0;
    char paste[40], room[24];
    if (trail_guess_column_of(guess, TRAIL_COLUMN_COUNTERPARTY_ACCOUNT) != NULL ||
        trail_guess_is_doubted(guess, TRAIL_COLUMN_COUNTERPARTY_ACCOUNT))
        return TRAIL_OK;
    for (size_t i = 0; i < guess->doubts.count; i++) { /* which of the two it is, is asked */
        const trail_doubt *doubt = trail_vector_at(&guess->doubts, i);
        if (doubt->subject == TRAIL_GUESS_COLUMN && doubt->column == TRAIL_COLUMN_OWN_ACCOUNT)
            return TRAIL_OK;
    }
    for (uint32_t i = 0; i < work->count; i++) {
        trail_guess_column *column = trail_guess_column_at(guess, i);
        if (column->meaning != TRAIL_MEANING_UNKNOWN || !holds_other_ibans(work, column)) continue;
        only = column;
        count++;
    }
    if (count != 1) return TRAIL_OK;
    if (has_one_own(work) && trail_guess_column_of(guess, TRAIL_COLUMN_OWN_ACCOUNT) == NULL) {
        only->meaning = TRAIL_COLUMN_COUNTERPARTY_ACCOUNT;
        return trail_guess_note(work->guess, err,
                                "%s is the other party's account: its IBANs change, and the own "
                                "account is one",
                                trail_guess_label(only, room));
    }
    snprintf(paste, sizeof paste, "counterparty_account: %u", only->position);
    return trail_guess_doubt(
        guess,
        (trail_doubt){.subject = TRAIL_GUESS_COLUMN, .column = TRAIL_COLUMN_COUNTERPARTY_ACCOUNT},
        paste, err,
        "the account numbers in %s are not used: they may be the "
        "other party's",
        trail_guess_label(only, room));
}

static trail_status settle_empty(trail_guess_work *work, trail_error *err)
{
    trail_guess *guess = work->guess;
    const trail_guess_column *column =
        trail_guess_column_of(guess, TRAIL_COLUMN_COUNTERPARTY_ACCOUNT);
    if (column == NULL) return TRAIL_OK;
    const trail_column_content *content = &work->contents[column->position - 1];
    const char *const words[] = {"0", "-"};
    const uint64_t counts[] = {content->zeros, content->dashes};
    for (size_t i = 0; i < 2; i++) {
        if (counts[i] == 0) continue;
        trail_status status = trail_vector_push(&guess->profile.empty_accounts, &words[i], err);
        if (status != TRAIL_OK) return status;
        status = trail_guess_doubt(
            guess,
            (trail_doubt){.subject = TRAIL_GUESS_COLUMN,
                          .column = TRAIL_COLUMN_COUNTERPARTY_ACCOUNT},
            NULL, err, "counterparty_account is '%s' on %llu row%s: taken as no account", words[i],
            (unsigned long long)counts[i], counts[i] == 1 ? "" : "s");
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

trail_status trail_guess_accounts(trail_guess_work *work, trail_error *err)
{
    trail_guess *guess = work->guess;
    if (trail_guess_column_of(guess, TRAIL_COLUMN_PAYER_ACCOUNT) != NULL &&
        trail_guess_column_of(guess, TRAIL_COLUMN_PAYEE_ACCOUNT) != NULL)
        return settle_transfers(work, err);
    drop(guess, TRAIL_COLUMN_RECEIVED_AMOUNT);
    drop(guess, TRAIL_COLUMN_RECEIVED_CURRENCY);
    trail_status status = settle_names(work, err);
    if (status != TRAIL_OK) return status;
    if (guess->layout_name == NULL) status = find_own_account(work, err);
    if (status == TRAIL_OK && guess->layout_name == NULL) status = find_counterparty(work, err);
    if (status != TRAIL_OK) return status;
    return settle_empty(work, err);
}
