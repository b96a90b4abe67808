#include "base/sort.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "support/failing_alloc.h"

enum { COUNT = 20000 };

typedef struct item {
    uint32_t key;
    uint32_t arrival;
} item;

static int by_key(const void *context, const void *a, const void *b)
{
    const item *left = a;
    const item *right = b;
    (void)context;
    return (left->key > right->key) - (left->key < right->key);
}

static int by_key_of_number(const void *context, uint32_t a, uint32_t b)
{
    const uint32_t *keys = context;
    return (keys[a] > keys[b]) - (keys[a] < keys[b]);
}

static uint32_t key_of(uint32_t number)
{
    return number * 2654435761U >> 23; /* many ties */
}

static void items_come_in_order_and_ties_as_they_arrived(void **state)
{
    static const size_t counts[] = {0, 1, 2, 3, 17, COUNT};
    item *items = calloc(COUNT, sizeof *items);
    (void)state;
    assert_non_null(items);
    for (size_t c = 0; c < TRAIL_LENGTH_OF(counts); c++) {
        for (uint32_t i = 0; i < counts[c]; i++)
            items[i] = (item){key_of(i), i};
        assert_int_equal(trail_sort_items(items, counts[c], sizeof *items, by_key, NULL, NULL),
                         TRAIL_OK);
        for (size_t i = 1; i < counts[c]; i++) {
            assert_true(items[i - 1].key <= items[i].key);
            assert_true(items[i - 1].key < items[i].key || items[i - 1].arrival < items[i].arrival);
        }
    }
    free(items);
}

static void numbers_are_sorted_by_what_the_context_knows(void **state)
{
    uint32_t *keys = calloc(COUNT, sizeof *keys);
    uint32_t *numbers = calloc(COUNT, sizeof *numbers);
    (void)state;
    assert_non_null(keys);
    assert_non_null(numbers);
    for (uint32_t i = 0; i < COUNT; i++) {
        keys[i] = key_of(i);
        numbers[i] = i;
    }
    assert_int_equal(trail_sort_numbers(numbers, COUNT, by_key_of_number, keys, NULL), TRAIL_OK);
    for (size_t i = 1; i < COUNT; i++) {
        uint32_t before = keys[numbers[i - 1]];
        uint32_t after = keys[numbers[i]];
        assert_true(before < after || (before == after && numbers[i - 1] < numbers[i]));
    }
    free(keys);
    free(numbers);
}

static void a_refused_allocation_leaves_the_items_as_they_were(void **state)
{
    uint32_t keys[] = {3, 2, 1};
    uint32_t numbers[] = {0, 1, 2};
    item items[] = {{2, 0}, {1, 1}};
    (void)state;
    failing_alloc_at(1);
    assert_int_equal(trail_sort_numbers(numbers, 3, by_key_of_number, keys, NULL), TRAIL_NO_MEMORY);
    failing_alloc_at(1);
    assert_int_equal(trail_sort_items(items, 2, sizeof *items, by_key, NULL, NULL),
                     TRAIL_NO_MEMORY);
    failing_alloc_at(0);
    assert_int_equal(numbers[0], 0);
    assert_int_equal(numbers[2], 2);
    assert_int_equal(items[0].key, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(items_come_in_order_and_ties_as_they_arrived),
        cmocka_unit_test(numbers_are_sorted_by_what_the_context_knows),
        cmocka_unit_test(a_refused_allocation_leaves_the_items_as_they_were),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
