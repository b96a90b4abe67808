#include "base/unicode.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "support/failing_alloc.h"

typedef struct text_pair {
    const char *from;
    const char *to;
} text_pair;

typedef trail_status text_function(trail_slice text, trail_text *out, trail_error *err);

static void becomes(text_function *function, const text_pair *pairs, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        trail_text out = {0};
        assert_int_equal(trail_text_add(&out, trail_slice_of("> "), NULL), TRAIL_OK);
        assert_int_equal(function(trail_slice_of(pairs[i].from), &out, NULL), TRAIL_OK);
        assert_string_equal(out.bytes + 2, pairs[i].to);
        assert_int_equal(strlen(out.bytes), out.length);
        trail_text_clear(&out);
    }
}

/* Frozen: published ids depend on every one of these. */
static void folding_is_as_it_always_was(void **state)
{
    static const text_pair pairs[] = {
        {"", ""},
        {"   ", ""},
        {" \tMiete   M\xc3\xa4rz\r\n", "miete m\xc3\xa4rz"},
        {"ABC\t\v\f\n xyz", "abc xyz"},
        {"Stra\xc3\x9f"
         "e",
         "strasse"},
        {"STRA\xe1\xba\x9e"
         "E",
         "strasse"},
        {"a\xcc\x88", "\xc3\xa4"},                                   /* a + diaeresis: composed */
        {"\xef\xbc\xa1\xef\xbc\x97", "a7"},                          /* full width */
        {"\xef\xac\x81n", "fin"},                                    /* ligature */
        {"\xe2\x85\xa7", "viii"},                                    /* roman numeral sign */
        {"\xce\xa3\xce\xaf\xcf\x83\xcf\x85\xcf\x86\xce\xbf\xcf\x82", /* final sigma */
         "\xcf\x83\xce\xaf\xcf\x83\xcf\x85\xcf\x86\xce\xbf\xcf\x83"},
        {"\xc4\xb0", "i\xcc\x87"},  /* dotted capital I */
        {"I\xc4\xb1", "i\xc4\xb1"}, /* no Turkish rule */
        {"\xd0\x9f\xd0\x95\xd0\xa2\xd0\xa0", "\xd0\xbf\xd0\xb5\xd1\x82\xd1\x80"},
        {"a\xc2\xad"
         "b\xe2\x80\x8b"
         "c\xef\xbb\xbf",
         "abc"}, /* soft hyphen, zero width, BOM */
        {"a\xe2\x80\xae"
         "b",
         "ab"}, /* direction override */
        {"\xc2\xa0 a\xe2\x80\xaf\xe3\x80\x80"
         "b\xc2\x85\xe2\x80\xa8",
         "a b"}, /* other blanks */
        {"a\xe1\x9a\x80"
         "b",
         "a b"},
        {"\xff"
         "a\xc3",
         "\xef\xbf\xbd"
         "a\xef\xbf\xbd"},
        {"\xf0\x90\x90\x80", "\xf0\x90\x90\xa8"}, /* beyond the first plane */
        {"\xef\xb7\xba",                          /* one character becomes eighteen */
         "\xd8\xb5\xd9\x84\xd9\x89 \xd8\xa7\xd9\x84\xd9\x84\xd9\x87 "
         "\xd8\xb9\xd9\x84\xd9\x8a\xd9\x87 \xd9\x88\xd8\xb3\xd9\x84\xd9\x85"},
    };
    (void)state;
    becomes(trail_unicode_fold, pairs, TRAIL_LENGTH_OF(pairs));
}

/* The short way for ASCII must not differ: the same text with a foreign letter behind it. */
static void the_short_way_for_ascii_folds_as_the_long_way(void **state)
{
    (void)state;
    for (int first = 1; first < 128; first++)
        for (int second = 1; second < 128; second++) {
            char ascii[] = {'x', (char)first, (char)second, 'Y', '\0'};
            char mixed[] = {'x', (char)first, (char)second, 'Y', '\xc3', '\xbc', '\0'};
            trail_text a = {0};
            trail_text b = {0};
            assert_int_equal(trail_unicode_fold(trail_slice_of(ascii), &a, NULL), TRAIL_OK);
            assert_int_equal(trail_unicode_fold(trail_slice_of(mixed), &b, NULL), TRAIL_OK);
            assert_int_equal(a.length + 2, b.length);
            assert_memory_equal(a.bytes, b.bytes, a.length);
            trail_text_clear(&a);
            trail_text_clear(&b);
        }
}

static void folding_a_folded_text_changes_nothing(void **state)
{
    (void)state;
    for (uint32_t code = 0x80; code < 0x3000; code++) {
        char letter[4] = {0};
        trail_text once = {0};
        trail_text twice = {0};
        if (code < 0x800) {
            letter[0] = (char)(0xC0 | code >> 6);
            letter[1] = (char)(0x80 | (code & 63));
        } else {
            letter[0] = (char)(0xE0 | code >> 12);
            letter[1] = (char)(0x80 | (code >> 6 & 63));
            letter[2] = (char)(0x80 | (code & 63));
        }
        assert_int_equal(trail_unicode_fold(trail_slice_of(letter), &once, NULL), TRAIL_OK);
        assert_int_equal(trail_unicode_fold(trail_text_slice(&once), &twice, NULL), TRAIL_OK);
        assert_true(trail_slice_equal(trail_text_slice(&once), trail_text_slice(&twice)));
        trail_text_clear(&once);
        trail_text_clear(&twice);
    }
}

static void printable_text_has_no_controls_and_no_hidden_directions(void **state)
{
    static const text_pair pairs[] = {
        {"", ""},
        {"plain \t M\xc3\xbcller \xf0\x9f\x98\x80", "plain \t M\xc3\xbcller \xf0\x9f\x98\x80"},
        {"a\nb\x1b[0m\x7f", "a\xef\xbf\xbd"
                            "b\xef\xbf\xbd[0m\xef\xbf\xbd"},
        {"\xc2\x85\xc2\x9f\xc2\xa0", "\xef\xbf\xbd\xef\xbf\xbd\xc2\xa0"},
        {"\xe2\x80\xae"
         "fdp\xe2\x81\xa6\xd8\x9c\xe2\x80\x8f",
         "\xef\xbf\xbd"
         "fdp\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
        {"\xef\xbf\xbe|\xef\xbf\xbf|\xef\xb7\x90|\xf0\x9f\xbf\xbe",
         "\xef\xbf\xbd|\xef\xbf\xbd|\xef\xbf\xbd|\xef\xbf\xbd"},
        {"\xff\xfe", "\xef\xbf\xbd\xef\xbf\xbd"},
    };
    (void)state;
    becomes(trail_unicode_printable, pairs, TRAIL_LENGTH_OF(pairs));
}

static void the_first_bad_byte_is_found_behind_any_run_of_good_ones(void **state)
{
    static const char *const bad[] = {
        "\x80",         "\xc0\xaf",         "\xc1\xbf",         "\xe0\x9f\xbf",
        "\xed\xa0\x80", "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80",
        "\xc3",         "\xe2\x82",         "\xf0\x9f\x98",     "\xfe",
    };
    static const char *const good[] = {"\xc2\x80",        "\xdf\xbf",     "\xe0\xa0\x80",
                                       "\xed\x9f\xbf",    "\xee\x80\x80", "\xf0\x90\x80\x80",
                                       "\xf4\x8f\xbf\xbf"};
    char text[64];
    (void)state;
    for (size_t run = 0; run < 20; run++) {
        memset(text, 'a', run);
        for (size_t i = 0; i < TRAIL_LENGTH_OF(bad); i++) {
            (void)snprintf(text + run, sizeof text - run, "%s", bad[i]);
            assert_int_equal(trail_utf8_bad_byte(trail_slice_of(text)), run);
        }
        for (size_t i = 0; i < TRAIL_LENGTH_OF(good); i++) {
            (void)snprintf(text + run, sizeof text - run, "%sxyz", good[i]);
            assert_int_equal(trail_utf8_bad_byte(trail_slice_of(text)), SIZE_MAX);
            assert_int_equal(trail_utf8_ascii_run(trail_slice_of(text)), run);
        }
    }
    assert_int_equal(trail_utf8_bad_byte((trail_slice){0}), SIZE_MAX);
    uint32_t code = 0;
    assert_int_equal(trail_utf8_step(trail_slice_of("\xf4\x8f\xbf\xbf"), 0, &code), 4);
    assert_int_equal(code, 0x10FFFF);
    assert_int_equal(trail_utf8_step(trail_slice_of("a"), 1, &code), 0);
}

static trail_status fold_much(void *context, trail_error *err)
{
    trail_text out = {0};
    trail_status status = trail_unicode_fold(trail_slice_of("ABC"), &out, err);
    if (status == TRAIL_OK) status = trail_unicode_fold(trail_slice_of(context), &out, err);
    if (status == TRAIL_OK) status = trail_unicode_printable(trail_slice_of(context), &out, err);
    trail_text_clear(&out);
    return status;
}

static void every_refused_allocation_is_reported(void **state)
{
    char text[] = "\xef\xb7\xba\xef\xb7\xba\xef\xb7\xba\xef\xb7\xba\xef\xb7\xba \xff";
    (void)state;
    assert_true(failing_alloc_each(fold_much, text) >= 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(folding_is_as_it_always_was),
        cmocka_unit_test(the_short_way_for_ascii_folds_as_the_long_way),
        cmocka_unit_test(folding_a_folded_text_changes_nothing),
        cmocka_unit_test(printable_text_has_no_controls_and_no_hidden_directions),
        cmocka_unit_test(the_first_bad_byte_is_found_behind_any_run_of_good_ones),
        cmocka_unit_test(every_refused_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
