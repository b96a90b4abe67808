#include "base/strings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "support/failing_alloc.h"

static uint32_t put(trail_strings *strings, trail_slice key)
{
    uint32_t id = UINT32_MAX;
    assert_int_equal(trail_strings_put(strings, key, &id, NULL), TRAIL_OK);
    return id;
}

static trail_strings *fresh_strings(void)
{
    trail_strings *strings = NULL;
    assert_int_equal(trail_strings_new(&strings, NULL), TRAIL_OK);
    return strings;
}

static void ids_are_dense_and_in_order_of_arrival(void **state)
{
    trail_strings *strings = fresh_strings();
    (void)state;
    assert_int_equal(trail_strings_count(strings), 1);
    assert_int_equal(put(strings, trail_slice_of("north")), 1);
    assert_int_equal(put(strings, trail_slice_of("south")), 2);
    assert_int_equal(put(strings, trail_slice_of("north")), 1);
    assert_int_equal(put(strings, trail_slice_of("")), 0);
    assert_int_equal(put(strings, (trail_slice){0}), 0);
    assert_int_equal(trail_strings_count(strings), 3);
    assert_string_equal(trail_strings_get(strings, 2).start, "south");
    assert_int_equal(trail_strings_get(strings, 0).length, 0);
    assert_string_equal(trail_strings_get(strings, 0).start, "");
    trail_strings_free(strings);
}

static void only_what_was_put_is_found(void **state)
{
    trail_strings *strings = fresh_strings();
    (void)state;
    (void)put(strings, trail_slice_of("north"));
    assert_int_equal(trail_strings_find(strings, trail_slice_of("north")), 1);
    assert_int_equal(trail_strings_find(strings, trail_slice_of("nort")), UINT32_MAX);
    assert_int_equal(trail_strings_find(strings, trail_slice_of("north ")), UINT32_MAX);
    assert_int_equal(trail_strings_find(strings, (trail_slice){0}), 0);
    assert_int_equal(trail_strings_count(strings), 2);
    trail_strings_free(strings);
}

static void strings_that_differ_in_any_byte_or_length_are_different(void **state)
{
    trail_strings *strings = fresh_strings();
    char key[80] = {0};
    uint32_t expected = 0;
    (void)state;
    for (size_t length = 1; length <= sizeof key; length++) {
        memset(key, 0, sizeof key);
        assert_int_equal(put(strings, (trail_slice){key, length}), ++expected);
        for (size_t i = 0; i < length; i++) {
            key[i] = 1;
            assert_int_equal(put(strings, (trail_slice){key, length}), ++expected);
            key[i] = 0;
        }
    }
    trail_strings_free(strings);
}

static void half_a_million_strings_keep_their_ids(void **state)
{
    trail_strings *strings = fresh_strings();
    char key[32];
    (void)state;
    for (uint32_t i = 0; i < 500000; i++) {
        int length = snprintf(key, sizeof key, "8%07X0", i * 2654435761U & 0xFFFFFFF);
        assert_int_equal(put(strings, (trail_slice){key, (size_t)length}), i + 1);
    }
    for (uint32_t i = 0; i < 500000; i++) {
        int length = snprintf(key, sizeof key, "8%07X0", i * 2654435761U & 0xFFFFFFF);
        trail_slice slice = {key, (size_t)length};
        uint64_t hash = trail_strings_hash(slice);
        uint32_t id = 0;
        trail_strings_prefetch(strings, hash);
        trail_strings_prefetch_entry(strings, hash);
        assert_int_equal(trail_strings_put_hashed(strings, slice, hash, &id, NULL), TRAIL_OK);
        assert_int_equal(id, i + 1);
        assert_true(trail_slice_equal(trail_strings_get(strings, id), slice));
    }
    assert_int_equal(trail_strings_count(strings), 500001);
    trail_strings_free(strings);
}

/* Frozen: the same on every machine. */
static void hashes_have_known_values(void **state)
{
    static const struct {
        const char *key;
        uint64_t hash;
    } known[] = {
        {"", UINT64_C(0xA5506FF52926AC13)},
        {"a", UINT64_C(0x37C0AB888779F5BA)},
        {"abc", UINT64_C(0xAFB283181D8CEA3F)},
        {"8000EBD30", UINT64_C(0xEB65903468325A0B)},
        {"DE89370400440532013000", UINT64_C(0x15CAEB7853884D9F)},
        {"a string longer than two blocks of sixteen bytes", UINT64_C(0xD18EFFAD3E446A47)},
    };
    (void)state;
    for (size_t i = 0; i < TRAIL_LENGTH_OF(known); i++)
        assert_true(trail_strings_hash(trail_slice_of(known[i].key)) == known[i].hash);
}

static void hashes_do_not_depend_on_alignment(void **state)
{
    char bytes[80];
    const char *key = "DE89370400440532013000 and a little more than three blocks";
    size_t length = strlen(key);
    (void)state;
    for (size_t shift = 0; shift < 16; shift++) {
        memcpy(bytes + shift, key, length);
        assert_true(trail_strings_hash((trail_slice){bytes + shift, length}) ==
                    trail_strings_hash(trail_slice_of(key)));
    }
}

static trail_status fill_strings(void *context, trail_error *err)
{
    trail_strings *strings = NULL;
    char key[16];
    (void)context;
    trail_status status = trail_strings_new(&strings, err);
    for (uint32_t i = 0; status == TRAIL_OK && i < 3000; i++) {
        uint32_t id;
        int length = snprintf(key, sizeof key, "%u", i);
        status = trail_strings_put(strings, (trail_slice){key, (size_t)length}, &id, err);
    }
    trail_strings_free(strings);
    return status;
}

static void every_refused_allocation_is_reported(void **state)
{
    (void)state;
    assert_true(failing_alloc_each(fill_strings, NULL) > 10);
}

static void a_refused_put_changes_nothing(void **state)
{
    trail_strings *strings = fresh_strings();
    char key[16];
    uint32_t refusals = 0;
    (void)state;
    for (uint32_t i = 0; i < 5000; i++) {
        uint32_t id;
        int length = snprintf(key, sizeof key, "%u", i);
        trail_slice slice = {key, (size_t)length};
        failing_alloc_at(1);
        trail_status status = trail_strings_put(strings, slice, &id, NULL);
        failing_alloc_at(0);
        if (status != TRAIL_OK) {
            refusals++;
            assert_int_equal(trail_strings_find(strings, slice), UINT32_MAX);
            assert_int_equal(put(strings, slice), i + 1);
        }
    }
    assert_true(refusals > 5);
    assert_int_equal(trail_strings_count(strings), 5001);
    trail_strings_free(strings);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_are_dense_and_in_order_of_arrival),
        cmocka_unit_test(only_what_was_put_is_found),
        cmocka_unit_test(strings_that_differ_in_any_byte_or_length_are_different),
        cmocka_unit_test(half_a_million_strings_keep_their_ids),
        cmocka_unit_test(hashes_have_known_values),
        cmocka_unit_test(hashes_do_not_depend_on_alignment),
        cmocka_unit_test(every_refused_allocation_is_reported),
        cmocka_unit_test(a_refused_put_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
