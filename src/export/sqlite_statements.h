/* Statements and coverage in case.sqlite. */
#ifndef TRAIL_EXPORT_SQLITE_STATEMENTS_H
#define TRAIL_EXPORT_SQLITE_STATEMENTS_H

#include <moneytrail/error.h>

#include "export/sqlite_writer.h"

/* Tables statement, statement_part, statement_break, coverage, coverage_gap; after files, records
 * and accounts. */
trail_status trail_sqlite_statements(trail_sqlite *sqlite, const trail_findings *findings,
                                     trail_error *err) TRAIL_MUST_CHECK;

#endif
