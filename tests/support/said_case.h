/* A received file of a structured format as a literal, read by trail_ingest with `profile: auto`,
 * and what it gave as lines (reading_lines). */
#ifndef TESTS_SUPPORT_SAID_CASE_H
#define TESTS_SUPPORT_SAID_CASE_H

#include "ingest/ingest.h"
#include "support/reading_lines.h"
#include "support/scratch.h"

typedef struct said_case {
    scratch place;
    trail_source source;
    trail_ledger ledger;
    trail_rejects rejects;
    trail_text lines;
    trail_error error;
    trail_status status;
} said_case;

/* Reads the bytes as one file; `change` (may be NULL) may set up its source first. */
void said_case_read(said_case *test, const char *bytes, size_t size,
                    void (*change)(trail_source *source));
/* The same in steps, for failing allocations: write once, then ingest and forget many times. */
void said_case_write(said_case *test, const char *bytes, size_t size);
trail_status said_case_ingest(said_case *test, trail_error *err) TRAIL_MUST_CHECK;
void said_case_forget(said_case *test);
void said_case_end(said_case *test);

/* The line that begins with `what` (the n-th, from 1) holds all the words, each "key=value" whole;
 * NULL ends them. Fails the test and shows all lines otherwise. */
void said_case_expect(const said_case *test, const char *what, size_t nth, ...);
size_t said_case_count(const said_case *test, const char *what);

#endif
