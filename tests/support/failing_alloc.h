/* Makes the n-th allocation fail. Linked with -Wl,--wrap=trail_alloc into every unit test. */
#ifndef TESTS_SUPPORT_FAILING_ALLOC_H
#define TESTS_SUPPORT_FAILING_ALLOC_H

#include <stddef.h>

#include <moneytrail/error.h>

void failing_alloc_at(size_t nth); /* 1: the next one; 0: none fails */
size_t failing_alloc_count(void);  /* allocations asked for since the last failing_alloc_at */

/* Runs `run` with its first, second, ... allocation failing until it needs no more: every failure
 * must be TRAIL_NO_MEMORY with a message, and the last run TRAIL_OK. `run` starts afresh and frees
 * what it made each time (a leak check sees the rest). Returns how many allocations it needed. */
size_t failing_alloc_each(trail_status (*run)(void *context, trail_error *err), void *context);

#endif
