/* Work shared between threads; results must not depend on who did what. */
#ifndef TRAIL_BASE_THREADS_H
#define TRAIL_BASE_THREADS_H

#include <stddef.h>

#include <moneytrail/error.h>

#include "base/attributes.h"

/* Calls work(context, index) for every index < count on up to `threads` threads (1: this one).
 * Returns when all are done. The first failure by index is the one returned. */
trail_status trail_threads_run(unsigned threads, size_t count,
                               trail_status (*work)(void *context, size_t index, trail_error *err),
                               void *context, trail_error *err) TRAIL_MUST_CHECK;
/* Online processors, at least 1. */
unsigned trail_threads_available(void);

#endif
