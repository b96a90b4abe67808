/* Reading all sources of a case into a ledger. */
#ifndef TRAIL_INGEST_INGEST_H
#define TRAIL_INGEST_INGEST_H

#include <moneytrail/error.h>
#include <moneytrail/progress.h>

#include "ingest/reject.h"
#include "ingest/source.h"
#include "model/ledger.h"

typedef struct trail_ingest_options {
    unsigned threads;
    uint64_t reject_limit;          /* more than this many rejects is a failure; 0: 1,000,000 */
    const trail_progress *progress; /* may be NULL */
} trail_ingest_options;

/* Reads `count` sources (hashes already set) below case_folder, in the order of their file names,
 * into ledger: records, entries, details, openings, observations; accounts are not settled yet.
 * A file that cannot be opened or decided is set aside; the run goes on. O(bytes). */
trail_status trail_ingest(trail_ledger *ledger, trail_rejects *rejects, const char *case_folder,
                          const trail_source *sources, size_t count,
                          const trail_ingest_options *options, trail_error *err) TRAIL_MUST_CHECK;

#endif
