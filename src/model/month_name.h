/* Names of months as banks of many countries write them, without any locale. */
#ifndef TRAIL_MODEL_MONTH_NAME_H
#define TRAIL_MODEL_MONTH_NAME_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

/* The month (1 to 12) whose name is the run of letters that `text` begins with, in any case: whole,
 * short ("Sept", "févr", "dets") or in the case a language writes dates in ("января", "stycznia").
 * *length: its bytes, without a point. False if it is no month in any language of the table; names
 * that mean different months in two languages are not in it. O(table). */
bool trail_month_name_find(trail_slice text, int *month, size_t *length);

#endif
