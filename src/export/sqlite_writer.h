/* Rows into an SQLite file, the door to SQLite. The first failure is kept; finish tells it. The
 * same rows give the same bytes: one transaction, no journal, fixed page size, VACUUM into the
 * final file. */
#ifndef TRAIL_EXPORT_SQLITE_WRITER_H
#define TRAIL_EXPORT_SQLITE_WRITER_H

#include <stdint.h>

#include <moneytrail/error.h>

#include "export/findings.h"

typedef struct trail_sqlite trail_sqlite;

/* Writes to "<path>.part"; runs the statements of `schema` (NULL-ended). */
trail_status trail_sqlite_open(trail_sqlite **out, const trail_findings *findings, const char *path,
                               const char *const *schema, trail_error *err) TRAIL_MUST_CHECK;
/* Prepares the insert that the next rows use. */
void trail_sqlite_into(trail_sqlite *sqlite, const char *insert);
/* Values of one row, in the order of the insert's places; then row. */
void trail_sqlite_null(trail_sqlite *sqlite);
void trail_sqlite_integer(trail_sqlite *sqlite, int64_t value);
void trail_sqlite_word(trail_sqlite *sqlite, const char *word);  /* NULL or "": null */
void trail_sqlite_slice(trail_sqlite *sqlite, trail_slice text); /* already fit to be shown */
void trail_sqlite_text(trail_sqlite *sqlite, trail_slice text);  /* from evidence: protected */
void trail_sqlite_string(trail_sqlite *sqlite, uint32_t string);
void trail_sqlite_amount(trail_sqlite *sqlite, int64_t minor, trail_currency currency); /* text */
void trail_sqlite_day(trail_sqlite *sqlite, int32_t day);
void trail_sqlite_payment(trail_sqlite *sqlite, uint32_t payment);
void trail_sqlite_account(trail_sqlite *sqlite, uint32_t account); /* null when not named */
void trail_sqlite_row(trail_sqlite *sqlite);
/* Commits, writes the final file at path, removes the part file. Frees in every case. */
trail_status trail_sqlite_finish(trail_sqlite *sqlite, trail_error *err) TRAIL_MUST_CHECK;

#endif
