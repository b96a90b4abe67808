#include "base/map64.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/failing_alloc.h"

static void an_empty_map_finds_nothing(void **state)
{
    trail_map64 map = {0};
    uint32_t value = 9;
    (void)state;
    assert_false(trail_map64_find(&map, 0, &value));
    assert_int_equal(value, 9);
    trail_map64_clear(&map);
}

static void any_key_and_any_value_are_kept(void **state)
{
    static const uint64_t keys[] = {0, 1, UINT64_MAX, UINT64_MAX - 1, UINT64_C(1) << 63};
    trail_map64 map = {0};
    (void)state;
    for (size_t i = 0; i < TRAIL_LENGTH_OF(keys); i++) {
        const uint32_t *place = trail_map64_at(&map, keys[i], UINT32_MAX - (uint32_t)i, NULL);
        assert_int_equal(*place, UINT32_MAX - (uint32_t)i);
    }
    for (size_t i = 0; i < TRAIL_LENGTH_OF(keys); i++) {
        uint32_t value = 0;
        assert_true(trail_map64_find(&map, keys[i], &value));
        assert_int_equal(value, UINT32_MAX - (uint32_t)i);
    }
    assert_int_equal(map.count, TRAIL_LENGTH_OF(keys));
    trail_map64_clear(&map);
}

static void a_known_key_keeps_its_value_and_can_be_changed_in_place(void **state)
{
    trail_map64 map = {0};
    uint32_t value = 0;
    (void)state;
    *trail_map64_at(&map, 5, 1, NULL) += 10;
    assert_int_equal(*trail_map64_at(&map, 5, 99, NULL), 11);
    assert_true(trail_map64_find(&map, 5, &value));
    assert_int_equal(value, 11);
    assert_int_equal(map.count, 1);
    trail_map64_clear(&map);
}

static void many_keys_with_equal_low_bits_are_kept_apart(void **state)
{
    trail_map64 map = {0};
    (void)state;
    for (uint32_t i = 0; i < 100000; i++)
        assert_int_equal(*trail_map64_at(&map, (uint64_t)i << 40, i, NULL), i);
    for (uint32_t i = 0; i < 100000; i++) {
        uint32_t value = 0;
        assert_true(trail_map64_find(&map, (uint64_t)i << 40, &value));
        assert_int_equal(value, i);
        assert_false(trail_map64_find(&map, (uint64_t)i << 40 | 1, &value));
    }
    assert_int_equal(map.count, 100000);
    assert_true(map.count < map.capacity);
    trail_map64_clear(&map);
}

static trail_status fill_map(void *context, trail_error *err)
{
    trail_map64 map = {0};
    trail_status status = TRAIL_OK;
    (void)context;
    for (uint64_t i = 0; status == TRAIL_OK && i < 200; i++)
        if (trail_map64_at(&map, i, 0, err) == NULL) status = TRAIL_NO_MEMORY;
    trail_map64_clear(&map);
    return status;
}

static void every_refused_allocation_is_reported(void **state)
{
    (void)state;
    assert_true(failing_alloc_each(fill_map, NULL) > 9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_map_finds_nothing),
        cmocka_unit_test(any_key_and_any_value_are_kept),
        cmocka_unit_test(a_known_key_keeps_its_value_and_can_be_changed_in_place),
        cmocka_unit_test(many_keys_with_equal_low_bits_are_kept_apart),
        cmocka_unit_test(every_refused_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
