/* The tables and views of case.sqlite. Amounts are decimal text with the currency beside them and
 * integer minor units; every finding leads to records, and every record to its file's hash. */
#ifndef TRAIL_EXPORT_CASE_SCHEMA_H
#define TRAIL_EXPORT_CASE_SCHEMA_H

extern const char *const trail_case_schema[]; /* statements, NULL-ended */

#endif
