#include "base/deflate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "support/failing_alloc.h"

/* RFC 4648, section 10. */
static void base64_has_the_rfcs_values(void **state)
{
    static const char *const known[][2] = {
        {"", ""},
        {"f", "Zg=="},
        {"fo", "Zm8="},
        {"foo", "Zm9v"},
        {"foob", "Zm9vYg=="},
        {"fooba", "Zm9vYmE="},
        {"foobar", "Zm9vYmFy"},
        {"\xff\xfe\xfd", "//79"},
        {"\xfb\xef\xbe", "++++"},
    };
    (void)state;
    for (size_t i = 0; i < TRAIL_LENGTH_OF(known); i++) {
        trail_text text = {0};
        assert_int_equal(trail_text_add(&text, trail_slice_of("b64:"), NULL), TRAIL_OK);
        assert_int_equal(trail_base64(trail_slice_of(known[i][0]), &text, NULL), TRAIL_OK);
        assert_string_equal(text.bytes + 4, known[i][1]);
        assert_int_equal(strlen(text.bytes), text.length);
        trail_text_clear(&text);
    }
}

static void the_gzip_head_holds_no_time_and_no_system(void **state)
{
    trail_text packed = {0};
    (void)state;
    assert_int_equal(trail_gzip(trail_slice_of("payments"), &packed, NULL), TRAIL_OK);
    assert_true(packed.length > 18);
    assert_memory_equal(packed.bytes, "\x1f\x8b\x08\x00\x00\x00\x00\x00", 8);
    assert_int_equal((uint8_t)packed.bytes[9], 255);
    trail_text_clear(&packed);
}

static void equal_bytes_pack_equally_and_are_appended(void **state)
{
    trail_text once = {0};
    trail_text twice = {0};
    (void)state;
    assert_int_equal(trail_gzip(trail_slice_of("payments"), &once, NULL), TRAIL_OK);
    assert_int_equal(trail_gzip(trail_slice_of("payments"), &twice, NULL), TRAIL_OK);
    assert_int_equal(trail_gzip(trail_slice_of("payments"), &twice, NULL), TRAIL_OK);
    assert_int_equal(twice.length, 2 * once.length);
    assert_memory_equal(twice.bytes, once.bytes, once.length);
    assert_memory_equal(twice.bytes + once.length, once.bytes, once.length);
    trail_text_clear(&once);
    trail_text_clear(&twice);
}

static trail_status pack(void *context, trail_error *err)
{
    trail_text packed = {0};
    trail_status status = trail_gzip(trail_slice_of(context), &packed, err);
    if (status == TRAIL_OK) status = trail_base64(trail_slice_of(context), &packed, err);
    trail_text_clear(&packed);
    return status;
}

static void every_refused_allocation_is_reported(void **state)
{
    char text[] = "payments";
    (void)state;
    assert_true(failing_alloc_each(pack, text) >= 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(base64_has_the_rfcs_values),
        cmocka_unit_test(the_gzip_head_holds_no_time_and_no_system),
        cmocka_unit_test(equal_bytes_pack_equally_and_are_appended),
        cmocka_unit_test(every_refused_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
