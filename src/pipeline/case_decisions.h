/* decisions.yaml: what the investigators decided, who, when and why. Its list joins the case's tree
 * as `decisions`, so that one set of rules reads both. */
#ifndef TRAIL_PIPELINE_CASE_DECISIONS_H
#define TRAIL_PIPELINE_CASE_DECISIONS_H

#include "base/vector.h"
#include "pipeline/case_file.h"
#include "pipeline/case_schema.h"

#define TRAIL_DECISIONS_NAME  "decisions.yaml"
#define TRAIL_DECISIONS_LIMIT ((size_t)4 << 20) /* bytes */

/* Adds the list of decisions.yaml in case_folder to root, if the file is there; its name is added
 * to `files`. */
trail_status trail_case_add_decisions(const trail_case_reading *reading, const char *case_folder,
                                      trail_node *root, trail_vector *files) TRAIL_MUST_CHECK;
/* Checks that each decision says what it needs and refers to what is there; gives releases to the
 * sources that answer their request. */
trail_status trail_case_check_decisions(const trail_case_reading *reading, const trail_node *root,
                                        trail_case *read_case) TRAIL_MUST_CHECK;

#endif
