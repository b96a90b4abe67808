/* Lists of the case that stand in spreadsheets beside case.yaml: people.csv, proceeds.csv,
 * destinations.csv, requests.csv. Their rows join the tree as if they stood in case.yaml, so that
 * one set of rules reads both. The columns are the keys ("scope.from", or "from" where that is the
 * only one); lists in a cell are separated by ';'. */
#ifndef TRAIL_PIPELINE_CASE_SHEETS_H
#define TRAIL_PIPELINE_CASE_SHEETS_H

#include "base/vector.h"
#include "pipeline/case_schema.h"

#define TRAIL_SHEET_LIMIT ((size_t)16 << 20) /* bytes of one spreadsheet */

/* Adds the sheets that lie in case_folder to root, a map; a list given in both is a mistake. The
 * names of the sheets read are added to `files` (of const char *, static storage). O(bytes). */
trail_status trail_case_add_sheets(const trail_case_reading *reading, const char *case_folder,
                                   trail_node *root, trail_vector *files) TRAIL_MUST_CHECK;
/* One sheet from memory: appends its rows to `list`. `key` is the top key they belong to. */
trail_status trail_case_read_sheet(const trail_case_reading *reading, const char *file,
                                   const char *key, trail_slice bytes,
                                   trail_node *list) TRAIL_MUST_CHECK;

#endif
