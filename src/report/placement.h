/* Where each drawn account stands on the map. */
#ifndef TRAIL_REPORT_PLACEMENT_H
#define TRAIL_REPORT_PLACEMENT_H

#include <stdint.h>

#include <moneytrail/error.h>

#include "report/view.h"

typedef struct trail_spot {
    int32_t x, y;
} trail_spot;

/* Array by place of the drawn accounts (trail_free). */
trail_status trail_report_placement(const trail_report_view *view, trail_spot **spots,
                                    trail_error *err) TRAIL_MUST_CHECK;

#endif
