#include "base/threads.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdatomic.h>
#include <stdbool.h>

#include "base/failure.h"
#include "support/failing_alloc.h"

enum { COUNT = 5000 };

typedef struct counted {
    atomic_uint times[COUNT];
    size_t fails_from; /* every 100th index from here on fails */
} counted;

static trail_status count_up(void *context, size_t index, trail_error *err)
{
    counted *work = context;
    atomic_fetch_add(&work->times[index], 1);
    if (index >= work->fails_from && (index - work->fails_from) % 100 == 0)
        return trail_fail(err, TRAIL_BAD_DATA, "item %zu", index);
    return TRAIL_OK;
}

static void every_index_is_worked_on_exactly_once(void **state)
{
    static const unsigned threads[] = {0, 1, 2, 3, 8, 64};
    (void)state;
    for (size_t i = 0; i < TRAIL_LENGTH_OF(threads); i++) {
        counted work = {.fails_from = SIZE_MAX};
        assert_int_equal(trail_threads_run(threads[i], COUNT, count_up, &work, NULL), TRAIL_OK);
        for (size_t k = 0; k < COUNT; k++)
            assert_int_equal(atomic_load(&work.times[k]), 1);
    }
}

static void the_first_failure_by_index_is_the_one_told_for_any_number_of_threads(void **state)
{
    (void)state;
    for (unsigned threads = 1; threads <= 8; threads++)
        for (int again = 0; again < 20; again++) {
            counted work = {.fails_from = 37};
            trail_error err = {0};
            assert_int_equal(trail_threads_run(threads, COUNT, count_up, &work, &err),
                             TRAIL_BAD_DATA);
            assert_string_equal(err.message, "item 37");
            assert_int_equal(trail_threads_run(threads, COUNT, count_up, &work, NULL),
                             TRAIL_BAD_DATA);
        }
}

static void no_work_is_done_at_once(void **state)
{
    (void)state;
    assert_int_equal(trail_threads_run(4, 0, count_up, NULL, NULL), TRAIL_OK);
    assert_true(trail_threads_available() >= 1);
}

static void a_refused_allocation_starts_nothing(void **state)
{
    counted work = {.fails_from = SIZE_MAX};
    (void)state;
    failing_alloc_at(1);
    assert_int_equal(trail_threads_run(4, COUNT, count_up, &work, NULL), TRAIL_NO_MEMORY);
    failing_alloc_at(0);
    for (size_t k = 0; k < COUNT; k++)
        assert_int_equal(atomic_load(&work.times[k]), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_index_is_worked_on_exactly_once),
        cmocka_unit_test(the_first_failure_by_index_is_the_one_told_for_any_number_of_threads),
        cmocka_unit_test(no_work_is_done_at_once),
        cmocka_unit_test(a_refused_allocation_starts_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
