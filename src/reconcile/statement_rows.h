/* The rows of a statement: found among the entries, and put into the order in which their balances
 * follow. */
#ifndef TRAIL_RECONCILE_STATEMENT_ROWS_H
#define TRAIL_RECONCILE_STATEMENT_ROWS_H

#include <stdbool.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/vector.h"
#include "model/ledger.h"

typedef struct trail_statement_row {
    uint32_t record;
    int32_t day, value_day;
    bool has_balance;
    int64_t signed_minor; /* credits above 0 */
    int64_t balance_minor;
} trail_statement_row;

/* Entries and rejects of the files that hold statements. */
typedef struct trail_row_index {
    const trail_ledger *ledger;
    trail_vector entries; /* of uint32_t, by own account, currency, record */
    trail_vector rejects; /* of uint32_t records, ascending */
} trail_row_index;

trail_status trail_row_index_make(trail_row_index *index, const trail_ledger *ledger,
                                  trail_error *err) TRAIL_MUST_CHECK;
void trail_row_index_clear(trail_row_index *index);
/* Appends the rows of one statement of the ledger, oldest first if it says which way it stands. */
trail_status trail_row_index_rows(const trail_row_index *index, const trail_statement *statement,
                                  trail_vector *rows, trail_error *err) TRAIL_MUST_CHECK;
/* First rejected record in [from, end), or TRAIL_NO_RECORD; and how many there are. */
uint32_t trail_row_index_reject(const trail_row_index *index, uint32_t from, uint32_t end);
uint32_t trail_row_index_rejects(const trail_row_index *index, uint32_t from, uint32_t end);

/* A balance followed from row to row. */
typedef struct trail_running_balance {
    bool known;
    int64_t minor;
} trail_running_balance;
/* True when the row states another balance than `*expected`; the stated one holds from then on. */
bool trail_running_balance_breaks(trail_running_balance *balance, const trail_statement_row *row,
                                  int64_t tolerance, int64_t *expected);

/* Puts the rows into the order in which most balances follow: as they stand, or by day and within
 * each day by their balances. opening: NULL if not stated. *reordered: rows that moved. Rows
 * without any balance stay. O(rows log rows). */
trail_status trail_statement_rows_order(trail_vector *rows, const int64_t *opening,
                                        int64_t tolerance, uint32_t *reordered,
                                        trail_error *err) TRAIL_MUST_CHECK;

#endif
