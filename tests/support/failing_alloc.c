#include "support/failing_alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

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

size_t failing_alloc_each(trail_status (*run)(void *context, trail_error *err), void *context)
{
    for (size_t nth = 1;; nth++) {
        trail_error err = {0};
        failing_alloc_at(nth);
        trail_status status = run(context, &err);
        size_t needed = failing_alloc_count();
        failing_alloc_at(0);
        if (needed < nth) {
            assert_int_equal(status, TRAIL_OK);
            return needed;
        }
        assert_int_equal(status, TRAIL_NO_MEMORY);
        assert_int_equal(err.status, TRAIL_NO_MEMORY);
        assert_string_equal(err.message, "out of memory");
    }
}
