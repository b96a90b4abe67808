/* What is known of a table's days only when all of its rows are read. */
#ifndef TRAIL_INGEST_TABLE_DAYS_H
#define TRAIL_INGEST_TABLE_DAYS_H

#include <stddef.h>
#include <stdint.h>

#include "model/ledger.h"

/* The entries from first_entry on, and credit sides from first_side on, have no time of day: one
 * that is midnight on every row is none. O(entries). */
void trail_drop_midnights(trail_ledger *ledger, size_t first_entry, size_t first_side);
/* First and last booking day of the file whose entries these are. O(entries). */
void trail_set_file_days(trail_ledger *ledger, uint32_t file, size_t first_entry);

#endif
