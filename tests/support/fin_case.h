/* Messages as literals, read by trail_ingest without a profile and shown as text. */
#ifndef TESTS_SUPPORT_FIN_CASE_H
#define TESTS_SUPPORT_FIN_CASE_H

#include <stddef.h>

#include "ingest/ingest.h"
#include "support/scratch.h"

typedef struct fin_case {
    scratch place;
    trail_source source; /* may be changed before reading */
    trail_ledger ledger;
    trail_rejects rejects;
    trail_text shown;
} fin_case;

void fin_case_begin(fin_case *test);
void fin_case_end(fin_case *test);
void fin_case_write(fin_case *test, const char *bytes, size_t size);
/* Reads what was written, into fresh ledgers. */
trail_status fin_case_run(fin_case *test, trail_error *err);
/* One line each, borrowed until the next call:
 * "entry 2025-01-02 v2025-01-01 own +12.00 EUR transfer other/bank/name 'text' ref=…" with
 *   " code=", " KEY=value" for what a wire says, " reversal", " returned"
 * "statement account EUR 10.00..20.00 28C=1/2 1/2" with "report", "M" behind a page's balance
 * "message mt103 payer>payee …", "reject 5 code column", "remark 5 code", "no_payment 1". */
const char *fin_case_show(fin_case *test);
/* Begins, reads `text`, compares what is shown, ends. */
void fin_case_expect(const char *text, const char *wanted);
void fin_case_expect_bytes(const char *bytes, size_t size, const char *wanted);

#endif
