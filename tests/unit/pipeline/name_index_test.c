#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "pipeline/name_index.h"
#include "support/failing_alloc.h"

static size_t put(trail_name_index *index, const char *name, size_t item)
{
    size_t earlier = 0;
    assert_int_equal(trail_name_index_put(index, trail_slice_of(name), item, &earlier, NULL),
                     TRAIL_OK);
    return earlier;
}

static void the_first_who_gives_a_name_keeps_it(void **state)
{
    trail_name_index index = {0};
    (void)state;
    assert_int_equal(trail_name_index_init(&index, NULL), TRAIL_OK);
    assert_true(put(&index, "boss", 0) == TRAIL_NO_NAME);
    assert_true(put(&index, "worker", 1) == TRAIL_NO_NAME);
    assert_int_equal(put(&index, "boss", 2), 0);
    assert_int_equal(trail_name_index_find(&index, "boss"), 0);
    assert_int_equal(trail_name_index_find(&index, "worker"), 1);
    assert_true(trail_name_index_find(&index, "nobody") == TRAIL_NO_NAME);
    trail_name_index_clear(&index);
}

static void the_nearest_name_is_told(void **state)
{
    trail_name_index index = {0};
    (void)state;
    assert_int_equal(trail_name_index_init(&index, NULL), TRAIL_OK);
    assert_null(trail_name_index_nearest(&index, "boss"));
    (void)put(&index, "worker_01", 0);
    (void)put(&index, "boss", 1);
    assert_string_equal(trail_name_index_nearest(&index, "worker_10"), "worker_01");
    assert_null(trail_name_index_nearest(&index, "accountant"));
    trail_name_index_clear(&index);
}

static void every_refused_allocation_is_cleaned_up(void **state)
{
    (void)state;
    for (size_t n = 1; n < 100; n++) {
        trail_name_index index = {0};
        size_t earlier = 0;
        trail_status status = TRAIL_OK;
        failing_alloc_at(n);
        status = trail_name_index_init(&index, NULL);
        if (status == TRAIL_OK) {
            status = trail_name_index_put(&index, trail_slice_of("a"), 0, &earlier, NULL);
        }
        failing_alloc_at(0);
        trail_name_index_clear(&index);
        if (status == TRAIL_OK) return;
        assert_int_equal(status, TRAIL_NO_MEMORY);
    }
    fail();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_who_gives_a_name_keeps_it),
        cmocka_unit_test(the_nearest_name_is_told),
        cmocka_unit_test(every_refused_allocation_is_cleaned_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
