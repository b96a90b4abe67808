/* Looking at one received file for the case.yaml that `new` writes. */
#ifndef TRAIL_PIPELINE_DRAFT_LOOK_H
#define TRAIL_PIPELINE_DRAFT_LOOK_H

#include <moneytrail/error.h>

#include "base/attributes.h"
#include "pipeline/case_draft.h"

/* Fills in what the file at `path` seems to be: its profile if it is one table; of a container or
 * workbook what each member is, as comments. */
trail_status trail_draft_look(trail_draft_file *file, const char *path,
                              trail_error *err) TRAIL_MUST_CHECK;

#endif
