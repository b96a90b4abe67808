#include "base/csv_writer.h"

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

static void plain_fields_stand_without_quotes(void **state)
{
    trail_csv_writer writer = trail_csv_writer_on(out);
    static const char *const names[] = {"id", "account", "amount"};
    (void)state;
    trail_csv_heading(&writer, names, 3);
    trail_csv_text(&writer, "t1");
    trail_csv_field(&writer, trail_slice_of("M\xc3\xbcller; a 'b' = 5"));
    trail_csv_number(&writer, INT64_MIN);
    trail_csv_row_end(&writer);
    assert_string_equal(text.bytes, "id,account,amount\nt1,M\xc3\xbcller; a 'b' = "
                                    "5,-9223372036854775808\n");
}

static void fields_that_need_quotes_get_them_and_inner_quotes_are_doubled(void **state)
{
    static const char *const rows[][2] = {
        {"a,b", "\"a,b\"\n"},
        {"say \"no\"", "\"say \"\"no\"\"\"\n"},
        {"two\nlines", "\"two\nlines\"\n"},
        {"a\rb", "\"a\rb\"\n"},
        {"\"", "\"\"\"\"\n"},
        {" a", "\" a\"\n"},
        {"a\t", "\"a\t\"\n"},
        {"a b", "a b\n"},
    };
    trail_csv_writer writer = trail_csv_writer_on(out);
    (void)state;
    for (size_t i = 0; i < TRAIL_LENGTH_OF(rows); i++) {
        trail_text_reset(&text);
        trail_csv_text(&writer, rows[i][0]);
        trail_csv_row_end(&writer);
        assert_string_equal(text.bytes, rows[i][1]);
    }
}

static void empty_and_missing_fields_are_empty(void **state)
{
    trail_csv_writer writer = trail_csv_writer_on(out);
    (void)state;
    trail_csv_text(&writer, "");
    trail_csv_text(&writer, NULL);
    trail_csv_field(&writer, (trail_slice){0});
    trail_csv_row_end(&writer);
    assert_string_equal(text.bytes, ",,\n");
}

static void line_end_and_one_line_fields_are_a_choice(void **state)
{
    trail_csv_writer writer = trail_csv_writer_on(out);
    (void)state;
    writer.line_end = "\r\n";
    writer.one_line = true;
    trail_csv_text(&writer, "a\r\nb\nc\rd");
    trail_csv_text(&writer, "e");
    trail_csv_row_end(&writer);
    assert_string_equal(text.bytes, "\"a b c d\",e\r\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(plain_fields_stand_without_quotes, open_text, close_text),
        cmocka_unit_test_setup_teardown(
            fields_that_need_quotes_get_them_and_inner_quotes_are_doubled, open_text, close_text),
        cmocka_unit_test_setup_teardown(empty_and_missing_fields_are_empty, open_text, close_text),
        cmocka_unit_test_setup_teardown(line_end_and_one_line_fields_are_a_choice, open_text,
                                        close_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
