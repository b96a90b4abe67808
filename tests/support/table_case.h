/* Tables as literals, read by trail_ingest into a ledger and shown as text. */
#ifndef TESTS_SUPPORT_TABLE_CASE_H
#define TESTS_SUPPORT_TABLE_CASE_H

#include <stdint.h>

#include "ingest/ingest.h"

#define TABLE_CASE_SOURCES 4

typedef struct table_case {
    char folder[64]; /* a fresh temporary folder */
    trail_source sources[TABLE_CASE_SOURCES];
    trail_profile profiles[TABLE_CASE_SOURCES];
    size_t count;
    trail_ledger ledger;
    trail_rejects rejects;
    uint64_t reject_limit;
    trail_error error; /* of the last table_case_run */
} table_case;

void table_case_begin(table_case *test);
void table_case_end(table_case *test); /* removes the folder */

/* Writes the file and adds its source with a profile of the columns: pairs "booking_date", "Datum",
 * …, NULL; a header of digits is a position. Delimiter ',', decimal '.', YYYY-MM-DD, EUR. Returns
 * the index. */
size_t table_case_add(table_case *test, const char *file, const void *bytes, size_t size,
                      trail_layout layout, const char *const *columns);
size_t table_case_text(table_case *test, const char *file, const char *text, trail_layout layout,
                       const char *const *columns);
/* A rule in one of the profile's vectors. */
void table_case_rule(trail_vector *rules, const char *value, int32_t result);
void table_case_word(trail_vector *words, const char *word);

trail_status table_case_run(table_case *test);
/* Entries "2025-01-02 16:40 A>B 12.00 EUR transfer dc", rejects "!3:2 code message", remarks "?3
 * code", counts of the other states "no-payment 1", "out-of-scope 2", files set aside "aside f:
 * reason [paste]" or in part "part f: reason". Borrowed until the next call on the same case. */
const char *table_case_show(table_case *test);
/* Openings "A EUR 100.00 2025-01-01" and observations "A 2025-01-01..2025-01-31". */
const char *table_case_show_accounts(table_case *test);

#endif
