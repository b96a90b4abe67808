#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "support/failing_alloc.h"

static trail_slice of(const char *text)
{
    return trail_slice_of(text);
}

static void slices_compare_bytewise_and_shorter_first(void **state)
{
    (void)state;
    assert_true(trail_slice_compare(of("ab"), of("abc")) < 0);
    assert_true(trail_slice_compare(of("b"), of("abc")) > 0);
    assert_true(trail_slice_compare(of("\xc3\xa9"), of("z")) > 0);
    assert_int_equal(trail_slice_compare(of(NULL), of("")), 0);
    assert_true(trail_slice_compare((trail_slice){"a\0b", 3}, (trail_slice){"a\0c", 3}) < 0);
    assert_true(trail_slice_equal(of(NULL), of("")));
    assert_false(trail_slice_equal(of("a"), of("b")));
    assert_true(trail_slice_is(of("abc"), "abc"));
    assert_false(trail_slice_is(of("abc"), "abcd"));
}

static void only_ascii_letters_lose_their_case(void **state)
{
    (void)state;
    assert_true(trail_slice_is_ascii_nocase(of("UTF-8"), "utf-8"));
    assert_false(trail_slice_is_ascii_nocase(of("\xc3\x84"), "\xc3\xa4"));
    assert_false(trail_slice_is_ascii_nocase(of("@"), "`"));
    assert_false(trail_slice_is_ascii_nocase(of("ab"), "a"));
}

static void blanks_are_trimmed_also_the_narrow_and_the_hard_ones(void **state)
{
    static const char *const trimmed[][2] = {
        {" a b\t\r\n", "a b"},
        {"\xc2\xa0\xe2\x80\xaf x \xc2\xa0", "x"},
        {" \t ", ""},
        {"", ""},
        {"\xc3\xa0", "\xc3\xa0"}, /* à ends in the byte that ends a hard blank */
        {"\xe2\x80\xa6", "\xe2\x80\xa6"},
    };
    (void)state;
    for (size_t i = 0; i < TRAIL_LENGTH_OF(trimmed); i++)
        assert_true(trail_slice_is(trail_slice_trim(of(trimmed[i][0])), trimmed[i][1]));
    assert_int_equal(trail_slice_trim((trail_slice){0}).length, 0);
}

static void the_first_occurrence_is_found(void **state)
{
    (void)state;
    assert_int_equal(trail_slice_find(of("aabaab"), of("ab")), 1);
    assert_int_equal(trail_slice_find(of("aabaab"), of("abb")), SIZE_MAX);
    assert_int_equal(trail_slice_find(of("abc"), of("abc")), 0);
    assert_int_equal(trail_slice_find(of("abc"), of("bc")), 1);
    assert_int_equal(trail_slice_find(of("abc"), of("abcd")), SIZE_MAX);
    assert_int_equal(trail_slice_find(of("abc"), of("")), 0);
    assert_int_equal(trail_slice_find(of(""), of("a")), SIZE_MAX);
}

static void whole_numbers_are_digits_that_fit(void **state)
{
    uint64_t value = 0;
    (void)state;
    assert_true(trail_slice_to_u64(of("18446744073709551615"), &value));
    assert_true(value == UINT64_MAX);
    assert_true(trail_slice_to_u64(of("007"), &value));
    assert_int_equal(value, 7);
    static const char *const refused[] = {"", "-1", "+1", "1 ", "1.0", "18446744073709551616", "x"};
    for (size_t i = 0; i < TRAIL_LENGTH_OF(refused); i++)
        assert_false(trail_slice_to_u64(of(refused[i]), &value));
    assert_int_equal(value, 7);
}

static void distances_count_edits_and_swaps(void **state)
{
    static const struct {
        const char *a, *b;
        size_t distance;
    } pairs[] = {
        {"", "", 0},
        {"", "abc", 3},
        {"window", "window", 0},
        {"acount", "account", 1},
        {"amuont", "amount", 1},
        {"kitten", "sitting", 3},
        {"ca", "abc", 3}, /* the restricted distance edits no substring twice */
    };
    char longest[66];
    (void)state;
    for (size_t i = 0; i < TRAIL_LENGTH_OF(pairs); i++) {
        assert_int_equal(trail_slice_distance(of(pairs[i].a), of(pairs[i].b)), pairs[i].distance);
        assert_int_equal(trail_slice_distance(of(pairs[i].b), of(pairs[i].a)), pairs[i].distance);
    }
    memset(longest, 'a', sizeof longest);
    assert_int_equal(trail_slice_distance((trail_slice){longest, 64}, of("")), 64);
    assert_int_equal(trail_slice_distance((trail_slice){longest, 65}, of("")), SIZE_MAX);
}

static void texts_grow_and_always_end_with_nul(void **state)
{
    trail_text text = {0};
    (void)state;
    for (int i = 0; i < 300; i++) {
        assert_int_equal(trail_text_add_format(&text, NULL, "%d,", i), TRAIL_OK);
        assert_int_equal(strlen(text.bytes), text.length);
    }
    assert_true(strncmp(text.bytes, "0,1,2,3,", 8) == 0);
    assert_string_equal(text.bytes + text.length - 8, "298,299,");
    trail_text_reset(&text);
    assert_string_equal(text.bytes, "");
    assert_int_equal(trail_text_add(&text, (trail_slice){0}, NULL), TRAIL_OK);
    assert_int_equal(trail_text_slice(&text).length, 0);
    trail_text_clear(&text);
    assert_null(text.bytes);
    trail_text_reset(&text);
}

static trail_status fill_text(void *context, trail_error *err)
{
    trail_text text = {0};
    trail_status status = TRAIL_OK;
    (void)context;
    for (int i = 0; status == TRAIL_OK && i < 200; i++)
        status = i % 2 ? trail_text_add(&text, of("word "), err)
                       : trail_text_add_format(&text, err, "%d", i);
    trail_text_clear(&text);
    return status;
}

static void a_text_survives_every_refused_growth(void **state)
{
    (void)state;
    assert_true(failing_alloc_each(fill_text, NULL) > 3);
}

static void hex_is_read_back(void **state)
{
    uint8_t bytes[4] = {0x00, 0x1f, 0xa0, 0xff};
    uint8_t back[4] = {1, 1, 1, 1};
    char hex[9];
    (void)state;
    trail_hex(bytes, 4, hex);
    assert_string_equal(hex, "001fa0ff");
    assert_true(trail_unhex(of("001fA0FF"), back, 4));
    assert_memory_equal(bytes, back, 4);
    assert_false(trail_unhex(of("001fa0f"), back, 4));
    assert_false(trail_unhex(of("001fa0fff"), back, 4));
    assert_false(trail_unhex(of("001fa0fg"), back, 4));
    assert_false(trail_unhex(of("001fa0f "), back, 4));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slices_compare_bytewise_and_shorter_first),
        cmocka_unit_test(only_ascii_letters_lose_their_case),
        cmocka_unit_test(blanks_are_trimmed_also_the_narrow_and_the_hard_ones),
        cmocka_unit_test(the_first_occurrence_is_found),
        cmocka_unit_test(whole_numbers_are_digits_that_fit),
        cmocka_unit_test(distances_count_edits_and_swaps),
        cmocka_unit_test(texts_grow_and_always_end_with_nul),
        cmocka_unit_test(a_text_survives_every_refused_growth),
        cmocka_unit_test(hex_is_read_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
