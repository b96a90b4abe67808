#include "base/json_writer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static trail_text text;
static trail_output *out;

static int open_text(void **state)
{
    (void)state;
    return trail_output_into(&out, &text, NULL) == TRAIL_OK ? 0 : -1;
}

static int close_text(void **state)
{
    (void)state;
    trail_output_abandon(out);
    trail_text_clear(&text);
    return 0;
}

static void nested_values_get_their_commas(void **state)
{
    trail_json json = trail_json_on(out);
    (void)state;
    trail_json_object(&json, NULL);
    trail_json_integer(&json, "least", INT64_MIN);
    trail_json_array(&json, "list");
    trail_json_array(&json, NULL);
    trail_json_array_end(&json);
    trail_json_object(&json, NULL);
    trail_json_object_end(&json);
    trail_json_boolean(&json, NULL, true);
    trail_json_boolean(&json, NULL, false);
    trail_json_null(&json, NULL);
    trail_json_array_end(&json);
    trail_json_text(&json, "none", NULL);
    trail_json_text(&json, "key", "value");
    trail_json_object_end(&json);
    assert_string_equal(text.bytes,
                        "{\"least\":-9223372036854775808,\"list\":[[],{},true,false,null],"
                        "\"none\":null,\"key\":\"value\"}");
}

static void strings_escape_what_json_and_html_would_read(void **state)
{
    static const char *const values[][2] = {
        {"", "\"\""},
        {"a\"b\\c/d", "\"a\\\"b\\\\c/d\""},
        {"\b\f\n\r\t\x01\x1f\x7f", "\"\\u0008\\u000c\\n\\r\\t\\u0001\\u001f\\u007f\""},
        {"</script>&", "\"\\u003c/script\\u003e\\u0026\""},
        {"\xe2\x80\xa8|\xe2\x80\xa9", "\"\\u2028|\\u2029\""},
        {"M\xc3\xbcller \xf0\x9f\x98\x80", "\"M\xc3\xbcller \xf0\x9f\x98\x80\""},
        {"\xff|\xc3|\xed\xa0\x80",
         "\"\xef\xbf\xbd|\xef\xbf\xbd|\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\""},
    };
    (void)state;
    for (size_t i = 0; i < TRAIL_LENGTH_OF(values); i++) {
        trail_json json = trail_json_on(out);
        trail_text_reset(&text);
        trail_json_text(&json, NULL, values[i][0]);
        assert_string_equal(text.bytes, values[i][1]);
    }
}

static void a_nul_inside_a_slice_is_escaped_and_keys_are_too(void **state)
{
    trail_json json = trail_json_on(out);
    (void)state;
    trail_json_object(&json, NULL);
    trail_json_slice(&json, "a\"b", (trail_slice){"x\0y", 3});
    trail_json_slice(&json, "n", (trail_slice){0});
    trail_json_object_end(&json);
    assert_string_equal(text.bytes, "{\"a\\\"b\":\"x\\u0000y\",\"n\":\"\"}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nested_values_get_their_commas, open_text, close_text),
        cmocka_unit_test_setup_teardown(strings_escape_what_json_and_html_would_read, open_text,
                                        close_text),
        cmocka_unit_test_setup_teardown(a_nul_inside_a_slice_is_escaped_and_keys_are_too, open_text,
                                        close_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
