/* gzip in memory with reproducible bytes (mtime 0, OS 255, fixed level). Door to zlib, writing. */
#ifndef TRAIL_BASE_DEFLATE_H
#define TRAIL_BASE_DEFLATE_H

#include <moneytrail/error.h>

#include "base/text.h"

/* Appends the gzip of `bytes` to `out`. */
trail_status trail_gzip(trail_slice bytes, trail_text *out, trail_error *err) TRAIL_MUST_CHECK;
/* Appends base64 (RFC 4648, padded, no line breaks). */
trail_status trail_base64(trail_slice bytes, trail_text *out, trail_error *err) TRAIL_MUST_CHECK;

#endif
