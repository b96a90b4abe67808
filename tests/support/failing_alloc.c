#include "support/failing_alloc.h"

#include <stdbool.h>

void *__real_trail_alloc(void *old, size_t size);
void *__wrap_trail_alloc(void *old, size_t size);

static size_t fail_at;
static size_t asked;

void failing_alloc_at(size_t nth)
{
    fail_at = nth;
    asked = 0;
}

size_t failing_alloc_count(void)
{
    return asked;
}

void *__wrap_trail_alloc(void *old, size_t size)
{
    asked++;
    return asked == fail_at ? NULL : __real_trail_alloc(old, size);
}
