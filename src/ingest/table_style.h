/* How one table writes its dates and amounts: as its profile says, and where the profile is silent,
 * decided per column from all its values. */
#ifndef TRAIL_INGEST_TABLE_STYLE_H
#define TRAIL_INGEST_TABLE_STYLE_H

#include <stdint.h>

#include <moneytrail/error.h>

#include "ingest/location.h"
#include "ingest/aside.h"
#include "ingest/column_style.h"
#include "ingest/day_field.h"
#include "ingest/money_field.h"
#include "ingest/source.h"

typedef struct trail_table_style {
    trail_day_field booking, value;
    trail_day_field times[2];                    /* the profile's, or h:mm:ss and h:mm */
    trail_money_field money[TRAIL_COLUMN_COUNT]; /* for the columns that hold amounts */
    char booking_format[TRAIL_DATE_FORMAT], value_format[TRAIL_DATE_FORMAT];
} trail_table_style; /* holds pointers into itself and into the profile: not to be copied */

/* Reads the file once when something is open. What stays undecided sets the file aside. O(bytes).
 */
trail_status trail_table_style_decide(trail_table_style *style, const trail_location *location,
                                      const trail_source *source, const trail_profile *profile,
                                      trail_aside *aside, trail_error *err) TRAIL_MUST_CHECK;

#endif
