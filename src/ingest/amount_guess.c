#include <stdio.h>

#include "ingest/guess_work.h"

/* Which columns hold the money: an amount, or debit and credit; by heading, else as the only column
 * of money, else as the column whose sum another column is. */

static unsigned columns_of_money(const trail_guess_work *work, uint32_t found[4])
{
    unsigned count = 0;
    for (uint32_t i = 0; i < work->count; i++) {
        const trail_guess_column *column = trail_guess_column_at(work->guess, i);
        if (column->meaning != TRAIL_MEANING_UNKNOWN || !trail_guess_is_clear_money(work, i) ||
            trail_guess_looks_like_dates(column))
            continue;
        if (count < 4) found[count] = i;
        count++;
    }
    return count;
}

static trail_status visit_pair(void *context, const trail_row *row, trail_error *err)
{
    trail_balance_check *pair = context;
    trail_status status = trail_balance_check_add(&pair[0], row, err);
    return status == TRAIL_OK ? trail_balance_check_add(&pair[1], row, err) : status;
}

static bool follows(const trail_balance_check *check)
{
    int order = trail_balance_check_order(check);
    return check->compared >= 4 && check->plus[order] * 20 >= check->compared * 19 &&
           check->plus[order] > 0;
}

/* Two columns of money without headings: is one the running balance of the other? */
static trail_status try_balance(trail_guess_work *work, const uint32_t found[2], bool *told,
                                trail_error *err)
{
    trail_balance_check pair[2];
    *told = false;
    for (unsigned i = 0; i < 2; i++) {
        trail_balance_check_init(&pair[i]);
        const trail_guess_column *amount = trail_guess_column_at(work->guess, found[i]);
        const trail_guess_column *balance = trail_guess_column_at(work->guess, found[1 - i]);
        pair[i].amount = (trail_check_column){found[i], amount->money.style};
        pair[i].balance = (trail_check_column){found[1 - i], balance->money.style};
    }
    trail_status status = trail_guess_each_row(work, visit_pair, pair, err);
    for (unsigned i = 0; i < 2 && status == TRAIL_OK; i++) {
        if (!follows(&pair[i]) || follows(&pair[1 - i])) continue;
        trail_guess_column_at(work->guess, found[i])->meaning = TRAIL_COLUMN_AMOUNT;
        trail_guess_column_at(work->guess, found[1 - i])->meaning = TRAIL_COLUMN_BALANCE;
        *told = true;
    }
    trail_balance_check_clear(&pair[0]);
    trail_balance_check_clear(&pair[1]);
    return status;
}

static trail_status doubt_amount(trail_guess_work *work, const uint32_t *found, unsigned count,
                                 trail_error *err)
{
    char one[24], two[24], paste[100];
    trail_doubt what = {
        .subject = TRAIL_GUESS_COLUMN, .column = TRAIL_COLUMN_AMOUNT, .blocking = true};
    if (count == 0)
        return trail_guess_doubt(work->guess, what, "amount: 1", err, "no column holds amounts");
    const trail_guess_column *a = trail_guess_column_at(work->guess, found[0]);
    const trail_guess_column *b = trail_guess_column_at(work->guess, found[1]);
    if (count == 2 && a->filled + b->filled == work->guess->rows - work->guess->odd_rows) {
        what.column = TRAIL_COLUMN_DEBIT;
        snprintf(paste, sizeof paste, "debit: %u   # and credit: %u, or the other way round",
                 a->position, b->position);
        return trail_guess_doubt(work->guess, what, paste, err,
                                 "%s and %s hold amounts on different rows, as money in and money "
                                 "out do, and nothing says which is which",
                                 trail_guess_label(a, one), trail_guess_label(b, two));
    }
    snprintf(paste, sizeof paste, "amount: %u   # or %u", a->position, b->position);
    return trail_guess_doubt(work->guess, what, paste, err,
                             "%u columns hold amounts and nothing tells which is meant: %s, %s%s",
                             count, trail_guess_label(a, one), trail_guess_label(b, two),
                             count > 2 ? " …" : "");
}

static trail_status find_amount(trail_guess_work *work, trail_error *err)
{
    trail_guess *guess = work->guess;
    if (trail_guess_column_of(guess, TRAIL_COLUMN_AMOUNT) != NULL ||
        trail_guess_is_doubted(guess, TRAIL_COLUMN_AMOUNT))
        return TRAIL_OK;
    bool debit = trail_guess_column_of(guess, TRAIL_COLUMN_DEBIT) != NULL;
    bool credit = trail_guess_column_of(guess, TRAIL_COLUMN_CREDIT) != NULL;
    if (debit && credit) return TRAIL_OK;
    uint32_t found[4] = {0};
    unsigned count = columns_of_money(work, found);
    if (debit != credit) /* half of a pair: the other may have any name */
        return doubt_amount(work, found, count < 2 ? 0 : count, err);
    if (count == 1) return trail_guess_take_only(work, found[0], TRAIL_COLUMN_AMOUNT, err);
    bool told = false;
    if (count == 2) {
        trail_status status = try_balance(work, found, &told, err);
        if (status != TRAIL_OK) return status;
    }
    return told ? TRAIL_OK : doubt_amount(work, found, count, err);
}

typedef struct both_filled {
    const trail_guess_column *debit, *credit;
    uint64_t rows;
} both_filled;

static bool is_some_money(const trail_row *row, const trail_guess_column *column)
{
    int64_t minor;
    return column->position <= row->field_count &&
           trail_money_parse(row->fields[column->position - 1], column->money.style, 4, &minor) ==
               TRAIL_MONEY_OK &&
           minor != 0;
}

static trail_status visit_both(void *context, const trail_row *row, trail_error *err)
{
    both_filled *both = context;
    (void)err;
    both->rows += is_some_money(row, both->debit) && is_some_money(row, both->credit);
    return TRAIL_OK;
}

/* A row is debit or credit. Where both are filled these are no amounts of one account: a journal
 * names the accounts debited and credited under the same headings. */
static trail_status check_debit_credit(trail_guess_work *work, trail_error *err)
{
    trail_guess *guess = work->guess;
    trail_guess_column *debit = trail_guess_column_of(guess, TRAIL_COLUMN_DEBIT);
    trail_guess_column *credit = trail_guess_column_of(guess, TRAIL_COLUMN_CREDIT);
    if (debit == NULL || credit == NULL) return TRAIL_OK;
    both_filled both = {.debit = debit, .credit = credit};
    trail_status status = trail_guess_each_row(work, visit_both, &both, err);
    if (status != TRAIL_OK || both.rows * 20 <= guess->rows) return status;
    char one[24], two[24];
    debit->meaning = credit->meaning = TRAIL_MEANING_UNKNOWN;
    return trail_guess_doubt(guess,
                             (trail_doubt){.subject = TRAIL_GUESS_COLUMN,
                                           .column = TRAIL_COLUMN_DEBIT,
                                           .blocking = true},
                             NULL, err,
                             "%s and %s are both filled on %llu row%s: they may hold accounts, "
                             "or turnovers",
                             trail_guess_label(debit, one), trail_guess_label(credit, two),
                             (unsigned long long)both.rows, both.rows == 1 ? "" : "s");
}

/* Debit and credit beside an amount: the amount if it carries signs, else the two. */
static trail_status drop_double_amount(trail_guess_work *work, trail_error *err)
{
    trail_guess *guess = work->guess;
    trail_guess_column *amount = trail_guess_column_of(guess, TRAIL_COLUMN_AMOUNT);
    trail_guess_column *debit = trail_guess_column_of(guess, TRAIL_COLUMN_DEBIT);
    trail_guess_column *credit = trail_guess_column_of(guess, TRAIL_COLUMN_CREDIT);
    if (debit == NULL && credit == NULL) return TRAIL_OK;
    if (amount == NULL && trail_guess_is_doubted(guess, TRAIL_COLUMN_AMOUNT) && debit != NULL &&
        credit != NULL)
        debit->meaning = credit->meaning = TRAIL_MEANING_NOT_NEEDED;
    if (amount == NULL) return TRAIL_OK;
    bool keep_amount = amount->money.negatives || debit == NULL || credit == NULL;
    if (keep_amount) {
        if (debit != NULL) debit->meaning = TRAIL_MEANING_NOT_NEEDED;
        if (credit != NULL) credit->meaning = TRAIL_MEANING_NOT_NEEDED;
    } else {
        amount->meaning = TRAIL_MEANING_NOT_NEEDED;
    }
    return trail_guess_note(
        guess, err, "the file has an amount and debit or credit columns; %s used",
        keep_amount ? "the amount, which carries signs, is" : "debit and credit are");
}

trail_status trail_guess_amounts(trail_guess_work *work, trail_error *err)
{
    trail_status status = find_amount(work, err);
    if (status == TRAIL_OK) status = check_debit_credit(work, err);
    return status == TRAIL_OK ? drop_double_amount(work, err) : status;
}
