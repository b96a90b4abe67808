/* Does a balance column follow from an amount column? Counts, row by row and own account by own
 * account, where balance after = balance before + amount, or minus it, in rising and in falling
 * order of rows, also per value of columns that might say debit or credit. */
#ifndef TRAIL_INGEST_BALANCE_CHECK_H
#define TRAIL_INGEST_BALANCE_CHECK_H

#include <stdbool.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/map64.h"
#include "base/vector.h"
#include "ingest/column_content.h"
#include "ingest/row.h"
#include "model/money.h"

#define TRAIL_NO_INDEX    UINT32_MAX
#define TRAIL_CHECK_MARKS 6

typedef struct trail_check_column {
    uint32_t index; /* of the column, TRAIL_NO_INDEX: none */
    trail_money_style style;
} trail_check_column;

typedef struct trail_mark_tally {
    uint32_t index;
    const trail_column_content *content; /* borrowed: its distinct values */
    uint64_t plus[2][TRAIL_DISTINCT_LIMIT], minus[2][TRAIL_DISTINCT_LIMIT];
} trail_mark_tally;

typedef struct trail_balance_check {
    trail_check_column amount, debit, credit, balance;
    uint32_t account; /* index of the own account's column or TRAIL_NO_INDEX */
    trail_mark_tally marks[TRAIL_CHECK_MARKS];
    unsigned mark_count;
    uint64_t compared;          /* pairs of neighbouring rows of one account */
    uint64_t plus[2], minus[2]; /* [0] rows in time's order, [1] newest first */
    trail_map64 accounts;
    trail_vector last; /* of the last row of each account */
} trail_balance_check;

void trail_balance_check_init(trail_balance_check *check);
void trail_balance_check_clear(trail_balance_check *check);
trail_status trail_balance_check_add(trail_balance_check *check, const trail_row *row,
                                     trail_error *err) TRAIL_MUST_CHECK;
/* 0: rows in time's order, 1: newest first: whichever agrees more often. */
int trail_balance_check_order(const trail_balance_check *check);

#endif
