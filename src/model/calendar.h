/* Days and times of day as banks write them: no clock, no time zone arithmetic, proleptic
 * Gregorian. A day is int32 days since 1970-01-01; a time of day int32 seconds, -1 = none. */
#ifndef TRAIL_MODEL_CALENDAR_H
#define TRAIL_MODEL_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

#define TRAIL_NO_DAY  INT32_MIN
#define TRAIL_NO_TIME (-1)

bool trail_day_from_civil(int year, int month, int day, int32_t *out); /* false: no such day */
void trail_day_to_civil(int32_t day, int *year, int *month, int *day_of_month);
/* Monday = 1 … Sunday = 7 (ISO 8601). */
int trail_day_weekday(int32_t day);

/* Reads a whole field by a format of the letters YYYY YY MM M DD D MON hh h mm ss ap and literal
 * characters; a fraction of a second and a trailing Z or UTC offset after ss are allowed and kept
 * out (the bank's own local day and time count). MM and DD need two digits, M and D one or two.
 * YY: 00-79 is 20YY, 80-99 is 19YY. second = TRAIL_NO_TIME when the format has no hh.
 * False when anything is left over or no such day or time exists. */
bool trail_day_parse(trail_slice field, const char *format, int32_t *day, int32_t *second);

#define TRAIL_DAY_TEXT  11                                          /* "2025-03-14" */
#define TRAIL_TIME_TEXT 9                                           /* "16:40:00" */
void trail_day_format(int32_t day, char text[TRAIL_DAY_TEXT]);      /* "" for TRAIL_NO_DAY */
void trail_time_format(int32_t second, char text[TRAIL_TIME_TEXT]); /* "" for TRAIL_NO_TIME */

#endif
