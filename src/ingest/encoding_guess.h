/* The encoding of a file, from all its words that are not ASCII. */
#ifndef TRAIL_INGEST_ENCODING_GUESS_H
#define TRAIL_INGEST_ENCODING_GUESS_H

#include <stdbool.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/text.h"
#include "ingest/location.h"

typedef struct trail_encoding_evidence {
    trail_text words; /* words that are not UTF-8, one a line, the first 8 KiB of them */
    uint64_t utf8_rows, other_rows;
} trail_encoding_evidence; /* {0} is empty */

void trail_encoding_evidence_clear(trail_encoding_evidence *evidence);
/* One row that is not ASCII. */
trail_status trail_encoding_note(trail_encoding_evidence *evidence, trail_slice row,
                                 trail_error *err) TRAIL_MUST_CHECK;

typedef struct trail_encoding_verdict {
    const char *encoding; /* an ICU name; never NULL */
    const char *rival;    /* undecided: another one, under which the words also look right */
    bool decided;
    bool immaterial; /* several encodings give the very same letters here */
    char how[160];   /* what decided, as a clause without full stop */
} trail_encoding_verdict;

/* state: two letters of the state whose bank made the file, or NULL. O(words × encodings). */
trail_status trail_encoding_decide(const trail_encoding_evidence *evidence, const char *state,
                                   trail_encoding_verdict *verdict,
                                   trail_error *err) TRAIL_MUST_CHECK;
/* The same of a whole file whose encoding nothing declares. O(bytes). */
trail_status trail_encoding_weigh(const trail_location *location, const char *state,
                                  trail_encoding_verdict *verdict,
                                  trail_error *err) TRAIL_MUST_CHECK;

#endif
