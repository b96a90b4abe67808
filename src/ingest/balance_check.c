#include "ingest/balance_check.h"

#include "base/attributes.h"
#include "base/strings.h"
#include "base/wide.h"

#define EXPONENT 4 /* enough for every currency; nothing is printed from here */

typedef struct last_row {
    int64_t balance, amount;
    uint32_t marks[TRAIL_CHECK_MARKS];
} last_row;

void trail_balance_check_init(trail_balance_check *check)
{
    *check = (trail_balance_check){.last = trail_vector_of(sizeof(last_row))};
    check->amount.index = check->debit.index = check->credit.index = TRAIL_NO_INDEX;
    check->balance.index = check->account = TRAIL_NO_INDEX;
}

void trail_balance_check_clear(trail_balance_check *check)
{
    trail_map64_clear(&check->accounts);
    trail_vector_clear(&check->last);
}

static bool read_column(const trail_check_column *column, const trail_row *row, int64_t *minor)
{
    *minor = 0;
    if (column->index == TRAIL_NO_INDEX || column->index >= row->field_count) return false;
    return trail_money_parse(row->fields[column->index], column->style, EXPONENT, minor) ==
           TRAIL_MONEY_OK;
}

static bool read_amount(const trail_balance_check *check, const trail_row *row, int64_t *amount)
{
    if (check->amount.index != TRAIL_NO_INDEX) return read_column(&check->amount, row, amount);
    int64_t debit, credit;
    bool has_debit = read_column(&check->debit, row, &debit);
    bool has_credit = read_column(&check->credit, row, &credit);
    if (!has_debit && !has_credit) return false;
    return trail_sub_checked(credit, debit < 0 ? -debit : debit, amount);
}

static void tally(trail_balance_check *check, int order, int64_t amount, trail_wide difference,
                  const uint32_t *marks)
{
    bool plus = difference == amount, minus = difference == -(trail_wide)amount;
    if (amount == 0 || (!plus && !minus)) return;
    if (plus)
        check->plus[order]++;
    else
        check->minus[order]++;
    for (unsigned i = 0; i < check->mark_count; i++) {
        if (marks[i] >= TRAIL_DISTINCT_LIMIT) continue;
        if (plus)
            check->marks[i].plus[order][marks[i]]++;
        else
            check->marks[i].minus[order][marks[i]]++;
    }
}

trail_status trail_balance_check_add(trail_balance_check *check, const trail_row *row,
                                     trail_error *err)
{
    last_row now = {0};
    if (!read_column(&check->balance, row, &now.balance)) return TRAIL_OK;
    if (!read_amount(check, row, &now.amount)) return TRAIL_OK;
    for (unsigned i = 0; i < check->mark_count; i++) {
        uint32_t column = check->marks[i].index;
        now.marks[i] =
            column < row->field_count
                ? trail_column_content_index(check->marks[i].content, row->fields[column])
                : TRAIL_NO_INDEX;
    }
    uint64_t key = 0;
    if (check->account != TRAIL_NO_INDEX && check->account < row->field_count)
        key = trail_strings_hash(row->fields[check->account]);
    uint32_t *place = trail_map64_at(&check->accounts, key, (uint32_t)check->last.count, err);
    if (place == NULL) return TRAIL_NO_MEMORY;
    if (*place == check->last.count) return trail_vector_push(&check->last, &now, err);
    last_row *before = trail_vector_at(&check->last, *place);
    trail_wide difference = (trail_wide)now.balance - before->balance;
    check->compared++;
    tally(check, 0, now.amount, difference, now.marks);
    tally(check, 1, before->amount, -difference, before->marks);
    *before = now;
    return TRAIL_OK;
}

int trail_balance_check_order(const trail_balance_check *check)
{
    return check->plus[1] + check->minus[1] > check->plus[0] + check->minus[0];
}
