/* Reading one leaf of a received file into the ledger, and what is said of it: its report, and
 * remarks on a sheet. */
#ifndef TRAIL_INGEST_LEAF_READER_H
#define TRAIL_INGEST_LEAF_READER_H

#include <stdbool.h>

#include <moneytrail/error.h>

#include "ingest/expansion.h"
#include "ingest/reader.h"

/* reading: source, name, hash, size and location are set. *holds_table (NULL: not asked) is set
 * when a sheet holds one; one that holds none is then read as empty, with a remark. */
trail_status trail_leaf_read(trail_reading *reading, const trail_leaf *leaf, bool *holds_table,
                             trail_error *err) TRAIL_MUST_CHECK;
/* A leaf that nothing is read of, with the reason. */
trail_status trail_leaf_report(const trail_reading *reading, const trail_leaf *leaf,
                               trail_file_outcome outcome, const char *reason,
                               trail_error *err) TRAIL_MUST_CHECK;

#endif
