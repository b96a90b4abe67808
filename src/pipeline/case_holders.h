/* An account that names its holder is an account of that person, as if it stood in the person's own
 * list: what protects people, marks proceeds and finds destinations reads one list only. */
#ifndef TRAIL_PIPELINE_CASE_HOLDERS_H
#define TRAIL_PIPELINE_CASE_HOLDERS_H

#include "pipeline/case_file.h"
#include "pipeline/case_schema.h"

/* Appends to each person's accounts those under `accounts:` that name the person as holder, in
 * case-file order, unless the person lists them. Unknown holders are left to the checks.
 * O(people + accounts x accounts of one person). */
trail_status trail_case_tie_holders(const trail_case_reading *reading,
                                    trail_case *read_case) TRAIL_MUST_CHECK;

#endif
