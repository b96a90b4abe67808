/* Makes the n-th allocation fail. Linked with -Wl,--wrap=trail_alloc into every unit test. */
#ifndef TESTS_SUPPORT_FAILING_ALLOC_H
#define TESTS_SUPPORT_FAILING_ALLOC_H

#include <stddef.h>

void failing_alloc_at(size_t nth); /* 1: the next one; 0: none fails */
size_t failing_alloc_count(void);  /* allocations asked for since the last failing_alloc_at */

#endif
