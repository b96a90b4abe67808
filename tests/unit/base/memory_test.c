#include "base/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/arena.h"
#include "base/vector.h"
#include "support/failing_alloc.h"

static void grown_arrays_keep_what_they_held(void **state)
{
    uint32_t *items = NULL;
    size_t capacity = 0;
    (void)state;
    for (uint32_t i = 0; i < 100000; i++) {
        assert_int_equal(trail_grow(&items, &capacity, i + 1, sizeof *items, NULL), TRAIL_OK);
        assert_true(capacity > i);
        items[i] = i;
    }
    for (uint32_t i = 0; i < 100000; i++)
        assert_int_equal(items[i], i);
    trail_free(items);
}

static void an_array_large_enough_is_left_alone(void **state)
{
    uint32_t *items = NULL;
    size_t capacity = 0;
    (void)state;
    assert_int_equal(trail_grow(&items, &capacity, 100, sizeof *items, NULL), TRAIL_OK);
    const uint32_t *before = items;
    size_t held = capacity;
    failing_alloc_at(0);
    assert_int_equal(trail_grow(&items, &capacity, held, sizeof *items, NULL), TRAIL_OK);
    assert_int_equal(failing_alloc_count(), 0);
    assert_ptr_equal(items, before);
    assert_int_equal(capacity, held);
    trail_free(items);
}

static void sizes_beyond_all_memory_are_refused_not_wrapped(void **state)
{
    uint64_t *items = NULL;
    size_t capacity = 0;
    trail_error err = {0};
    (void)state;
    assert_int_equal(trail_grow(&items, &capacity, SIZE_MAX / 4, sizeof *items, &err),
                     TRAIL_NO_MEMORY);
    assert_int_equal(err.status, TRAIL_NO_MEMORY);
    assert_int_equal(trail_alloc_zeroed(&items, SIZE_MAX / 4, 8, &err), TRAIL_NO_MEMORY);
    assert_null(items);
    assert_int_equal(capacity, 0);
}

static void a_refused_growth_leaves_the_array_as_it_was(void **state)
{
    uint32_t *items = NULL;
    size_t capacity = 0;
    (void)state;
    assert_int_equal(trail_grow(&items, &capacity, 4, sizeof *items, NULL), TRAIL_OK);
    items[3] = 7;
    size_t before = capacity;
    failing_alloc_at(1);
    assert_int_equal(trail_grow(&items, &capacity, 1000, sizeof *items, NULL), TRAIL_NO_MEMORY);
    failing_alloc_at(0);
    assert_int_equal(items[3], 7);
    assert_int_equal(capacity, before);
    trail_free(items);
}

static void zeroed_memory_is_zero_also_for_no_items(void **state)
{
    char *bytes = NULL;
    (void)state;
    assert_int_equal(trail_alloc_zeroed(&bytes, 0, 3, NULL), TRAIL_OK);
    assert_memory_equal(bytes, "\0\0\0", 3);
    trail_free(bytes);
}

static void vectors_hold_copies_and_zeroed_new_items(void **state)
{
    trail_vector numbers = trail_vector_of(sizeof(uint64_t));
    (void)state;
    for (uint64_t i = 0; i < 1000; i++)
        assert_int_equal(trail_vector_push(&numbers, &i, NULL), TRAIL_OK);
    const uint64_t *fresh = trail_vector_add(&numbers, NULL);
    assert_int_equal(*fresh, 0);
    assert_int_equal(numbers.count, 1001);
    for (size_t i = 0; i < 1000; i++)
        assert_int_equal(*(const uint64_t *)trail_vector_at(&numbers, i), i);
    trail_vector_clear(&numbers);
    assert_int_equal(numbers.count, 0);
    assert_int_equal(numbers.item_size, sizeof(uint64_t));
}

static void a_vector_that_cannot_grow_keeps_its_items(void **state)
{
    trail_vector bytes = trail_vector_of(1);
    trail_error err = {0};
    (void)state;
    while (bytes.count == 0 || bytes.count < bytes.capacity)
        assert_int_equal(trail_vector_push(&bytes, "x", NULL), TRAIL_OK);
    size_t held = bytes.count;
    failing_alloc_at(1);
    assert_null(trail_vector_add(&bytes, &err));
    failing_alloc_at(0);
    assert_int_equal(err.status, TRAIL_NO_MEMORY);
    assert_int_equal(bytes.count, held);
    trail_vector_clear(&bytes);
}

static void arena_memory_is_zeroed_aligned_and_stays_put(void **state)
{
    trail_arena arena = {0};
    char *places[2000];
    (void)state;
    for (size_t i = 0; i < 2000; i++) {
        size_t size = i % 97 == 0 ? 20000 + i : i % 50;
        places[i] = trail_arena_alloc(&arena, size, NULL);
        assert_non_null(places[i]);
        assert_int_equal((uintptr_t)places[i] % _Alignof(max_align_t), 0);
        for (size_t k = 0; k < size; k++)
            assert_int_equal(places[i][k], 0);
        memset(places[i], (int)(i & 127), size);
    }
    for (size_t i = 0; i < 2000; i++) {
        size_t size = i % 97 == 0 ? 20000 + i : i % 50;
        for (size_t k = 0; k < size; k++)
            assert_int_equal(places[i][k], i & 127);
    }
    trail_arena_clear(&arena);
    assert_null(arena.newest);
}

static void arena_copies_end_with_nul(void **state)
{
    trail_arena arena = {0};
    (void)state;
    char *copy = trail_arena_copy(&arena, (trail_slice){"north", 3}, NULL);
    assert_string_equal(copy, "nor");
    assert_string_equal(trail_arena_copy(&arena, (trail_slice){0}, NULL), "");
    trail_arena_clear(&arena);
}

static trail_status fill_arena(void *context, trail_error *err)
{
    trail_arena arena = {0};
    trail_status status = TRAIL_OK;
    (void)context;
    for (size_t i = 0; status == TRAIL_OK && i < 40; i++)
        if (trail_arena_alloc(&arena, i * 400, err) == NULL) status = TRAIL_NO_MEMORY;
    trail_arena_clear(&arena);
    return status;
}

static void an_arena_survives_every_refused_block(void **state)
{
    (void)state;
    assert_true(failing_alloc_each(fill_arena, NULL) > 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grown_arrays_keep_what_they_held),
        cmocka_unit_test(an_array_large_enough_is_left_alone),
        cmocka_unit_test(sizes_beyond_all_memory_are_refused_not_wrapped),
        cmocka_unit_test(a_refused_growth_leaves_the_array_as_it_was),
        cmocka_unit_test(zeroed_memory_is_zero_also_for_no_items),
        cmocka_unit_test(vectors_hold_copies_and_zeroed_new_items),
        cmocka_unit_test(a_vector_that_cannot_grow_keeps_its_items),
        cmocka_unit_test(arena_memory_is_zeroed_aligned_and_stays_put),
        cmocka_unit_test(arena_copies_end_with_nul),
        cmocka_unit_test(an_arena_survives_every_refused_block),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
