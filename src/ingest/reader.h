/* The table of readers: one row a format of received files. A reader pushes what it reads into the
 * ledger, record by record, in file order. */
#ifndef TRAIL_INGEST_READER_H
#define TRAIL_INGEST_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <moneytrail/error.h>
#include <moneytrail/progress.h>

#include "ingest/aside.h"
#include "ingest/location.h"
#include "ingest/reject.h"
#include "ingest/source.h"
#include "model/ledger.h"

/* One file to be read. */
typedef struct trail_reading {
    trail_ledger *ledger;
    trail_rejects *rejects;
    uint64_t reject_limit;
    const trail_source *source;
    uint32_t source_index;
    const trail_profile *profile; /* the source's, or guessed */
    trail_location location;
    const char *name; /* as records and outputs cite it: the source's file, or "a.zip!b.csv" */
    const uint8_t *hash;
    uint64_t size;
    const trail_progress *progress;     /* may be NULL */
    uint64_t bytes_before, bytes_total; /* of all sources, for progress */
    /* What came of it. */
    trail_aside aside;
    uint32_t file;         /* in the ledger's records, when it was not set aside */
    uint64_t rows;         /* records */
    uint32_t encoding;     /* string id: which, and how that was decided; 0: not said */
    uint32_t break_reason; /* string id: why the bytes ended before their end; 0: they did not */
} trail_reading;

typedef struct trail_reader {
    const char *name;    /* "csv" */
    const char *summary; /* for help: one line */
    bool needs_profile;  /* columns and notation come from a profile, or are guessed */
    /* Could the file be this reader's, by its first (decompressed) bytes? */
    bool (*recognise)(trail_slice first_bytes);
    trail_status (*read)(trail_reading *reading, trail_error *err);
} trail_reader;

/* Is that a reader's name (`format:` of a source)? NULL if not. */
const trail_reader *trail_reader_find(const char *name);
/* Readers from the most particular to the most general; the last recognises everything. */
size_t trail_reader_count(void);
const trail_reader *trail_reader_at(size_t index);
const trail_reader *trail_reader_for(trail_slice first_bytes);

/* SWIFT messages and bank statements in their format. */
extern const trail_reader trail_fin_reader;
/* ISO 20022: statements (camt), payment messages (pacs). */
extern const trail_reader trail_camt_reader, trail_pacs_reader;
/* Delimited tables. */
extern const trail_reader trail_table_reader;

#endif
