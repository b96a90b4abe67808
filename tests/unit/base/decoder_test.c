#include "base/unicode.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "support/failing_alloc.h"

typedef struct decode_case {
    const char *encoding;
    const char *bytes;
    size_t length;
    const char *text;
    size_t bad_offset;
} decode_case;

#define BYTES(literal) literal, sizeof(literal) - 1
#define REPLACED       "\xef\xbf\xbd"

static void declared_encodings_become_utf8_and_the_first_bad_byte_is_named(void **state)
{
    static const decode_case cases[] = {
        {"windows-1257",
         BYTES("K\xe2rlis \xd0"
               "olk"),
         "K\xc4\x81rlis \xc5\xa0olk", SIZE_MAX},
        {"cp866", BYTES("\x8f\x85\x92\x90"), "\xd0\x9f\xd0\x95\xd0\xa2\xd0\xa0", SIZE_MAX},
        {"iso-8859-15", BYTES("\xa4 5"), "\xe2\x82\xac 5", SIZE_MAX},
        {"UTF-16LE", BYTES("A\0\x3d\xd8\x00\xde"), "A\xf0\x9f\x98\x80", SIZE_MAX},
        {"UTF-16BE", BYTES("\0A\0\xfc"), "A\xc3\xbc", SIZE_MAX},
        {"UTF-16LE", BYTES("A\0B"), "A" REPLACED, 2},
        {"UTF-16LE",
         BYTES("A\0\x00\xde"
               "B\0"),
         "A" REPLACED "B", 2},
        {"UTF-8",
         BYTES("ab\xff"
               "c\xfe"),
         "ab" REPLACED "c" REPLACED, 2},
        {"UTF-8", BYTES("ab\xe2\x82"), "ab" REPLACED, 2},
        {"Shift_JIS", BYTES("\x83\x41\xff"), "\xe3\x82\xa2" REPLACED, 2},
        {"us-ascii", BYTES("a\xfc"), "a" REPLACED, 1},
        {"windows-1257", BYTES(""), "", SIZE_MAX},
    };
    (void)state;
    for (size_t i = 0; i < TRAIL_LENGTH_OF(cases); i++) {
        trail_decoder *decoder = NULL;
        assert_int_equal(trail_decoder_new(&decoder, cases[i].encoding, NULL), TRAIL_OK);
        for (int again = 0; again < 2; again++) { /* no state is carried over */
            trail_text text = {0};
            size_t bad = 0;
            trail_slice bytes = {cases[i].bytes, cases[i].length};
            assert_int_equal(trail_decoder_text(decoder, bytes, &text, &bad, NULL), TRAIL_OK);
            assert_string_equal(text.bytes, cases[i].text);
            assert_int_equal(bad, cases[i].bad_offset);
            trail_text_clear(&text);
        }
        trail_decoder_free(decoder);
    }
    trail_decoder_free(NULL);
}

static void rows_may_be_split_first_only_where_ascii_means_itself(void **state)
{
    static const struct {
        const char *encoding;
        bool keeps;
    } encodings[] = {
        {"UTF-8", true},         {"windows-1252", true}, {"windows-1257", true}, {"cp866", true},
        {"cp437", true},         {"iso-8859-2", true},   {"macintosh", true},    {"KOI8-R", true},
        {"EUC-JP", true},        {"EUC-KR", true},       {"Shift_JIS", false},   {"GBK", false},
        {"gb18030", false},      {"Big5", false},        {"UTF-16LE", false},    {"UTF-16", false},
        {"UTF-32BE", false},     {"UTF-7", false},       {"ISO-2022-JP", false}, {"HZ", false},
        {"ebcdic-cp-us", false},
    };
    (void)state;
    for (size_t i = 0; i < TRAIL_LENGTH_OF(encodings); i++) {
        trail_decoder *decoder = NULL;
        assert_int_equal(trail_decoder_new(&decoder, encodings[i].encoding, NULL), TRAIL_OK);
        if (trail_decoder_keeps_ascii(decoder) != encodings[i].keeps)
            fail_msg("%s", encodings[i].encoding);
        trail_decoder_free(decoder);
    }
}

static void an_unknown_or_missing_encoding_is_the_callers_mistake(void **state)
{
    trail_decoder *decoder = NULL;
    trail_error err = {0};
    (void)state;
    assert_int_equal(trail_decoder_new(&decoder, "windows-9999", &err), TRAIL_USAGE);
    assert_string_equal(err.message, "unknown encoding windows-9999");
    assert_int_equal(trail_decoder_new(&decoder, "", &err), TRAIL_USAGE);
    assert_int_equal(trail_decoder_new(&decoder, NULL, &err), TRAIL_USAGE);
    assert_null(decoder);
}

static void a_long_text_is_decoded_whole(void **state)
{
    enum { COUNT = 300000 };
    char *bytes = malloc(COUNT);
    trail_decoder *decoder = NULL;
    trail_text text = {0};
    size_t bad = 0;
    (void)state;
    assert_non_null(bytes);
    memset(bytes, '\xfc', COUNT);
    assert_int_equal(trail_decoder_new(&decoder, "windows-1252", NULL), TRAIL_OK);
    assert_int_equal(trail_decoder_text(decoder, (trail_slice){bytes, COUNT}, &text, &bad, NULL),
                     TRAIL_OK);
    assert_int_equal(text.length, 2 * COUNT);
    assert_int_equal(bad, SIZE_MAX);
    assert_memory_equal(text.bytes + text.length - 4, "\xc3\xbc\xc3\xbc", 4);
    trail_text_clear(&text);
    trail_decoder_free(decoder);
    free(bytes);
}

static trail_status decode_once(void *context, trail_error *err)
{
    trail_decoder *decoder = NULL;
    trail_text text = {0};
    size_t bad;
    trail_status status = trail_decoder_new(&decoder, "Shift_JIS", err);
    if (status == TRAIL_OK)
        status = trail_decoder_text(decoder, trail_slice_of(context), &text, &bad, err);
    trail_text_clear(&text);
    trail_decoder_free(decoder);
    return status;
}

static void every_refused_allocation_is_reported(void **state)
{
    char text[] = "a text that needs more than the units that a new decoder already holds, "
                  "a text that needs more than the units that a new decoder already holds";
    (void)state;
    assert_true(failing_alloc_each(decode_once, text) >= 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(declared_encodings_become_utf8_and_the_first_bad_byte_is_named),
        cmocka_unit_test(rows_may_be_split_first_only_where_ascii_means_itself),
        cmocka_unit_test(an_unknown_or_missing_encoding_is_the_callers_mistake),
        cmocka_unit_test(a_long_text_is_decoded_whole),
        cmocka_unit_test(every_refused_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
