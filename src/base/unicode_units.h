/* UTF-16 between our UTF-8 and ICU. */
#ifndef TRAIL_BASE_UNICODE_UNITS_H
#define TRAIL_BASE_UNICODE_UNITS_H

#include <stddef.h>

#include <unicode/utypes.h>

#include "base/text.h"

typedef struct trail_units {
    UChar *units;
    size_t count;
    size_t capacity;
} trail_units; /* {0} is empty */

void trail_units_clear(trail_units *units);
/* Appends; every byte that is not valid UTF-8 becomes U+FFFD. Texts over 1 GiB are refused, for
 * ICU counts in int32. */
trail_status trail_units_from_utf8(trail_units *units, trail_slice text,
                                   trail_error *err) TRAIL_MUST_CHECK;
/* Appends; an unpaired surrogate becomes U+FFFD. */
trail_status trail_units_to_utf8(const trail_units *units, trail_text *out,
                                 trail_error *err) TRAIL_MUST_CHECK;

#endif
