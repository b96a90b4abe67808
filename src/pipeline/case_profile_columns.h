/* columns: and amounts: of a profile, as the case file writes them. */
#ifndef TRAIL_PIPELINE_CASE_PROFILE_COLUMNS_H
#define TRAIL_PIPELINE_CASE_PROFILE_COLUMNS_H

#include "pipeline/case_schema.h"

/* item: a trail_profile. */
trail_status trail_case_read_columns(const trail_case_reading *reading, const trail_node *node,
                                     const trail_way *way, void *item) TRAIL_MUST_CHECK;
trail_status trail_case_read_amounts(const trail_case_reading *reading, const trail_node *node,
                                     const trail_way *way, void *item) TRAIL_MUST_CHECK;

#endif
