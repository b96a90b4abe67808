/* The tables and views of case.sqlite. Amounts are decimal text with the currency beside them and
 * integer minor units; every finding leads to records, and every record to its file's hash. */
#ifndef TRAIL_EXPORT_CASE_SCHEMA_H
#define TRAIL_EXPORT_CASE_SCHEMA_H

#include "export/sqlite_writer.h"

extern const char *const trail_case_schema[]; /* statements, NULL-ended */

/* The rows of conflict. */
trail_status trail_case_write_conflicts(trail_sqlite *sqlite, const trail_findings *findings,
                                        trail_error *err) TRAIL_MUST_CHECK;
/* The rows of entity and candidate. */
trail_status trail_case_write_identity(trail_sqlite *sqlite, const trail_findings *findings,
                                       trail_error *err) TRAIL_MUST_CHECK;

#endif
