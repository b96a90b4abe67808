/* What readers of structured formats put into a ledger, as lines "movement | line=4 | amount=+8.85
 * EUR | …" with only what was said; for tests, and for comparing whole corpora. Statements first,
 * then records in order, then rejects, remarks and files. */
#ifndef TESTS_SUPPORT_READING_LINES_H
#define TESTS_SUPPORT_READING_LINES_H

#include "ingest/reject.h"
#include "model/ledger.h"

/* Out of memory aborts. */
void reading_lines(const trail_ledger *ledger, const trail_rejects *rejects, trail_text *out);

#endif
