/* Looking at a file nobody has described: what it seems to be, and a profile to paste. */
#ifndef MONEYTRAIL_SNIFF_H
#define MONEYTRAIL_SNIFF_H

#include <stdbool.h>

#include <moneytrail/error.h>
#include <moneytrail/notices.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Reads `path` and tells, line by line through `text`, a profile in the form case.yaml takes, with
 * what is unsure as comments. *decided: every column that a run needs is certain; may be NULL. The
 * file is opened read-only. TRAIL_IO if it cannot be read. */
trail_status trail_sniff(const char *path, const trail_notices *text, bool *decided,
                         trail_error *err);

#ifdef __cplusplus
}
#endif
#endif
