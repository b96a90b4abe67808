/* Progress of a long operation, reported to the caller and never printed by the library. */
#ifndef MONEYTRAIL_PROGRESS_H
#define MONEYTRAIL_PROGRESS_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* `report` is called from the thread that runs the operation, at most about ten times a second.
 * `stage` is a short name, `done` and `total` count `unit`s ("rows", "bytes"); total 0 = unknown.
 */
typedef struct trail_progress {
    void (*report)(void *context, const char *stage, const char *unit, uint64_t done,
                   uint64_t total);
    void *context;
} trail_progress;

#ifdef __cplusplus
}
#endif
#endif
