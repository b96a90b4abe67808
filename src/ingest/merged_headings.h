/* Headings that stand in several lines: the upper one may span the columns of a group. */
#ifndef TRAIL_INGEST_MERGED_HEADINGS_H
#define TRAIL_INGEST_MERGED_HEADINGS_H

#include <stdint.h>

#include <moneytrail/error.h>

#include "base/arena.h"
#include "base/text.h"
#include "base/vector.h"

typedef struct trail_merged_headings {
    trail_vector cells; /* of const char *, line by line */
    trail_vector ends;  /* of size_t: cells up to and with each line */
    trail_vector names; /* of trail_slice: joined */
    trail_arena arena;
} trail_merged_headings; /* {0} is clearable */

void trail_merged_headings_clear(trail_merged_headings *headings);
/* The next line, copied. */
trail_status trail_merged_headings_add(trail_merged_headings *headings, const trail_slice *cells,
                                       uint32_t count, trail_error *err) TRAIL_MUST_CHECK;
/* One name a column: its cells from above, joined by a blank. An empty cell takes the one on its
 * left if both columns have a heading below, for then the upper one spans them. Borrowed. */
trail_status trail_merged_headings_join(trail_merged_headings *headings, const trail_slice **names,
                                        uint32_t *count, trail_error *err) TRAIL_MUST_CHECK;

#endif
