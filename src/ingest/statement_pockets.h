/* What the rows of one statement file say together of each own account: first and last booking
 * date, and the balance before the first row (model sections 5 and 6). */
#ifndef TRAIL_INGEST_STATEMENT_POCKETS_H
#define TRAIL_INGEST_STATEMENT_POCKETS_H

#include <stdbool.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/map64.h"
#include "base/vector.h"
#include "ingest/source.h"
#include "model/ledger.h"

typedef struct trail_pocket_row {
    uint32_t account;
    trail_currency currency;
    uint32_t record;
    int32_t day;
    int64_t signed_minor;
    bool has_balance;
    int64_t balance_minor;
} trail_pocket_row;

typedef struct trail_statement_pockets {
    trail_map64 places;   /* (account, currency) -> pocket */
    trail_vector pockets; /* of the file's pockets, in order of their first row */
} trail_statement_pockets;

void trail_statement_pockets_init(trail_statement_pockets *pockets);
void trail_statement_pockets_clear(trail_statement_pockets *pockets);
/* Rows in file order. O(1). */
trail_status trail_statement_pockets_add(trail_statement_pockets *pockets,
                                         const trail_pocket_row *row,
                                         trail_error *err) TRAIL_MUST_CHECK;
/* Adds, for each pocket, a statement (with an opening if it has balances), and for each account an
 * observation over the stated period or from its first to its last booking date. O(n log n). */
trail_status trail_statement_pockets_finish(trail_statement_pockets *pockets, trail_ledger *ledger,
                                            uint32_t file, const trail_source *source,
                                            trail_error *err) TRAIL_MUST_CHECK;
/* The statement of a file without rows: it observes its account over the stated period. */
trail_status trail_statement_pockets_empty(trail_ledger *ledger, uint32_t file, uint32_t account,
                                           const trail_source *source,
                                           trail_error *err) TRAIL_MUST_CHECK;

#endif
