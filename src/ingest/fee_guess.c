#include <inttypes.h>

#include "ingest/guess_work.h"

/* Fee and net are used if on every row of a statement amount and fee give the net, in one way of
 * writing fees. A fee without a net, or figures that do not agree, are said and left alone. */

typedef struct fee_check {
    const trail_guess_column *amount, *fee, *net;
    uint64_t rows, charged, as_signed, fees, differ;
} fee_check;

static bool read_money(const trail_row *row, const trail_guess_column *column, int64_t *minor)
{
    *minor = 0;
    return column != NULL && column->position <= row->field_count &&
           trail_money_parse(row->fields[column->position - 1], column->money.style, 4, minor) ==
               TRAIL_MONEY_OK;
}

static trail_status visit_fee(void *context, const trail_row *row, trail_error *err)
{
    fee_check *check = context;
    int64_t amount, fee, net;
    (void)err;
    if (row->fault != TRAIL_ROW_OK || !read_money(row, check->amount, &amount)) return TRAIL_OK;
    (void)read_money(row, check->fee, &fee);
    check->fees += fee != 0;
    if (!read_money(row, check->net, &net)) return TRAIL_OK;
    int64_t cost = fee < 0 ? -fee : fee;
    check->rows++;
    check->charged += net == amount - cost;
    check->as_signed += net == amount + fee;
    check->differ += net != amount - cost && net != amount + fee;
    return TRAIL_OK;
}

static void drop(trail_guess_column *column)
{
    if (column != NULL) column->meaning = TRAIL_MEANING_NOT_NEEDED;
}

trail_status trail_guess_fees(trail_guess_work *work, trail_error *err)
{
    trail_guess *guess = work->guess;
    trail_guess_column *fee = trail_guess_column_of(guess, TRAIL_COLUMN_FEE);
    trail_guess_column *net = trail_guess_column_of(guess, TRAIL_COLUMN_NET);
    fee_check check = {
        .amount = trail_guess_column_of(guess, TRAIL_COLUMN_AMOUNT), .fee = fee, .net = net};
    if (fee == NULL && net == NULL) return TRAIL_OK;
    trail_status status =
        check.amount == NULL ? TRAIL_OK : trail_guess_each_row(work, visit_fee, &check, err);
    if (status != TRAIL_OK) return status;
    bool statement = guess->profile.layout == TRAIL_LAYOUT_STATEMENT;
    if (statement && fee != NULL && net != NULL && check.rows > 0 && check.fees > 0 &&
        (check.charged == check.rows || check.as_signed == check.rows)) {
        guess->profile.fees_signed = check.charged != check.rows;
        return trail_guess_note(guess, err,
                                "amount and fee give the net on all %" PRIu64 " rows: fees are "
                                "legs of their own",
                                check.rows);
    }
    if (check.fees > 0) {
        char room[24];
        status = trail_guess_doubt(
            guess,
            (trail_doubt){.subject = TRAIL_GUESS_COLUMN,
                          .column = TRAIL_COLUMN_FEE,
                          .blocking = check.differ > 0 && statement},
            net == NULL ? NULL : "fee: …   # and net: …, or neither", err,
            "%s holds fees, and nothing proves whether they are in the amounts: they are not used",
            trail_guess_label(fee, room));
    }
    drop(fee);
    drop(net);
    return status;
}
