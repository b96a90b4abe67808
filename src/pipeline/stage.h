/* The stages of a run, in their order: a straight line. One row of the table and one file each. */
#ifndef TRAIL_PIPELINE_STAGE_H
#define TRAIL_PIPELINE_STAGE_H

#include <stddef.h>
#include <stdint.h>

#include "pipeline/investigation.h"

typedef struct trail_stage {
    const char *name;
    const char *summary;
    const char *unit; /* of what it makes */
    uint32_t needs;   /* bits of earlier stages */
    trail_status (*run)(trail_investigation *investigation, uint64_t *made, trail_error *err);
} trail_stage;

extern const trail_stage trail_stages[];
extern const size_t trail_stage_total;

trail_status trail_stage_receive(trail_investigation *investigation, uint64_t *made,
                                 trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_stage_read(trail_investigation *investigation, uint64_t *made,
                              trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_stage_reconcile(trail_investigation *investigation, uint64_t *made,
                                   trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_stage_identify(trail_investigation *investigation, uint64_t *made,
                                  trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_stage_proceeds(trail_investigation *investigation, uint64_t *made,
                                  trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_stage_trace(trail_investigation *investigation, uint64_t *made,
                               trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_stage_routes(trail_investigation *investigation, uint64_t *made,
                                trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_stage_groups(trail_investigation *investigation, uint64_t *made,
                                trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_stage_name_ids(trail_investigation *investigation, uint64_t *made,
                                  trail_error *err) TRAIL_MUST_CHECK;

/* The sentence for a file system that keeps no permissions. */
trail_status trail_say_key_is_open(trail_investigation *investigation,
                                   trail_error *err) TRAIL_MUST_CHECK;

/* Writes the outputs of the stage `only` (NULL: of all) into the out folder, whole or not at all,
 * and the run into custody.jsonl. */
trail_status trail_publish(trail_investigation *investigation, const char *only,
                           trail_error *err) TRAIL_MUST_CHECK;

#endif
