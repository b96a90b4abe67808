/* Which accounts a table of transfers observes: what `observes` or `bank` says (model section 5).
 */
#ifndef TRAIL_INGEST_TABLE_OBSERVATIONS_H
#define TRAIL_INGEST_TABLE_OBSERVATIONS_H

#include <stdbool.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "ingest/source.h"
#include "ingest/value_memo.h"
#include "model/ledger.h"

typedef struct trail_table_observations {
    trail_observes observes;
    trail_slice bank; /* TRAIL_OBSERVES_BANK: its key form */
    char bank_key[TRAIL_ACCOUNT_KEY_LIMIT];
    trail_value_memo banks; /* is it that bank, as written in a row? */
    uint8_t *of_bank;       /* by account: some row names it at that bank */
    size_t capacity;
} trail_table_observations; /* {0} is clearable */

/* TRAIL_USAGE naming the source when neither observes nor a bank is said. has_banks: the table has
 * a column of banks. */
trail_status trail_table_observations_init(trail_table_observations *table,
                                           const trail_source *source, bool has_banks,
                                           trail_error *err) TRAIL_MUST_CHECK;
void trail_table_observations_clear(trail_table_observations *table);
/* One side of a row; needed for TRAIL_OBSERVES_BANK only. O(1). */
trail_status trail_table_observations_note(trail_table_observations *table, uint32_t account,
                                           trail_slice bank, trail_error *err) TRAIL_MUST_CHECK;
/* Adds the observations of the entries [first_entry, ledger->count), all of one file, from its
 * first to its last booking date or over the stated period. O(entries + accounts). */
trail_status trail_table_observations_finish(const trail_table_observations *table,
                                             trail_ledger *ledger, size_t first_entry,
                                             uint32_t file, const trail_source *source,
                                             trail_error *err) TRAIL_MUST_CHECK;

#endif
