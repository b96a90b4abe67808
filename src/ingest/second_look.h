/* Statements that somebody or some program has copied from paper or a PDF: rows after which the
 * stated balance does not follow are named, because a figure may be miscopied. */
#ifndef TRAIL_INGEST_SECOND_LOOK_H
#define TRAIL_INGEST_SECOND_LOOK_H

#include <stdbool.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/vector.h"
#include "ingest/reader.h"
#include "ingest/statement_pockets.h"

typedef struct trail_second_look {
    trail_vector rows;
} trail_second_look; /* {0} is clearable */

void trail_second_look_clear(trail_second_look *look);
/* Rows in file order. O(1). */
trail_status trail_second_look_add(trail_second_look *look, const trail_pocket_row *row,
                                   uint32_t record, uint64_t line,
                                   trail_error *err) TRAIL_MUST_CHECK;
/* One remark a row that breaks the running balance of its account and currency, read in the
 * direction in which it follows more often; or one remark that nothing could be checked.
 * O(n log n). */
trail_status trail_second_look_finish(trail_second_look *look, trail_reading *reading,
                                      trail_error *err) TRAIL_MUST_CHECK;

#endif
