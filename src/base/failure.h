/* Setting a trail_error. The one rule: whoever finds the failure words it; nobody rewords it. */
#ifndef TRAIL_BASE_FAILURE_H
#define TRAIL_BASE_FAILURE_H

#include <moneytrail/error.h>

#include "base/attributes.h"

/* Writes status and message into err (NULL is fine) and returns status, so a finder can write
 * `return trail_fail(err, TRAIL_IO, "cannot open %s: %s", path, strerror(errno));`.
 * Control characters in the message are replaced by '?' so that it stays one line. */
trail_status trail_fail(trail_error *err, trail_status status, const char *format, ...)
    TRAIL_PRINTF(3, 4);

/* TRAIL_IO with the system's reason after the message: "cannot open a.csv: permission denied". */
trail_status trail_fail_system(trail_error *err, int error_number, const char *format, ...)
    TRAIL_PRINTF(3, 4);

/* TRAIL_NO_MEMORY with its usual sentence. */
trail_status trail_fail_memory(trail_error *err);

#endif
