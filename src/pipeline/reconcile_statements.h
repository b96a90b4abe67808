/* The parts of stage reconcile that look at statements and at what they cover. */
#ifndef TRAIL_PIPELINE_RECONCILE_STATEMENTS_H
#define TRAIL_PIPELINE_RECONCILE_STATEMENTS_H

#include <moneytrail/error.h>

#include "pipeline/investigation.h"

/* Before anything is merged. */
trail_status trail_reconcile_statements(trail_investigation *investigation,
                                        trail_error *err) TRAIL_MUST_CHECK;
/* Once observations are final. */
trail_status trail_reconcile_coverage(trail_investigation *investigation,
                                      trail_error *err) TRAIL_MUST_CHECK;
/* Notes on statements that do not close or follow, and on months without records; once protected
 * people are known. */
trail_status trail_reconcile_tell_statements(trail_investigation *investigation,
                                             trail_error *err) TRAIL_MUST_CHECK;

#endif
