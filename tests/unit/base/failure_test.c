#include "base/failure.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <string.h>

static void a_failure_returns_its_status_and_keeps_status_and_message(void **state)
{
    trail_error err = {0};
    (void)state;
    assert_int_equal(trail_fail(&err, TRAIL_USAGE, "no %s in %d rows", "amount", 3), TRAIL_USAGE);
    assert_int_equal(err.status, TRAIL_USAGE);
    assert_string_equal(err.message, "no amount in 3 rows");
}

static void a_failure_without_an_error_to_fill_still_returns_its_status(void **state)
{
    (void)state;
    assert_int_equal(trail_fail(NULL, TRAIL_BAD_DATA, "lost"), TRAIL_BAD_DATA);
    assert_int_equal(trail_fail_system(NULL, ENOENT, "lost"), TRAIL_IO);
    assert_int_equal(trail_fail_memory(NULL), TRAIL_NO_MEMORY);
}

static void control_characters_and_bad_bytes_become_question_marks(void **state)
{
    trail_error err = {0};
    (void)state;
    (void)trail_fail(&err, TRAIL_IO, "a\nb\x1b[2J\x7f \xff \xc2\x9b \xe2\x80\xa8 \xc3\xbc");
    assert_string_equal(err.message, "a?b?[2J? ? ?? ??? \xc3\xbc");
}

static void a_message_too_long_is_cut_between_two_characters(void **state)
{
    trail_error err = {0};
    char name[2001];
    (void)state;
    for (size_t i = 0; i < 1000; i++)
        memcpy(name + 2 * i, "\xc3\xbc", 2);
    name[2000] = '\0';
    (void)trail_fail(&err, TRAIL_IO, "%s", name);
    assert_int_equal(strlen(err.message), 998);
    (void)trail_fail(&err, TRAIL_IO, "x%s", name);
    assert_int_equal(strlen(err.message), 999);
    assert_null(strchr(err.message, '?'));
}

static void the_systems_reason_follows_in_lower_case(void **state)
{
    trail_error err = {0};
    (void)state;
    assert_int_equal(trail_fail_system(&err, EACCES, "cannot open %s", "received/a.csv"), TRAIL_IO);
    assert_string_equal(err.message, "cannot open received/a.csv: permission denied");
}

static void the_systems_reason_is_kept_after_a_very_long_name(void **state)
{
    trail_error err = {0};
    char name[2000];
    (void)state;
    memset(name, 'n', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    (void)trail_fail_system(&err, ENOENT, "cannot open %s", name);
    assert_int_equal(strlen(err.message), sizeof err.message - 1);
    assert_non_null(strstr(err.message, "nnn: no such file or directory"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_failure_returns_its_status_and_keeps_status_and_message),
        cmocka_unit_test(a_failure_without_an_error_to_fill_still_returns_its_status),
        cmocka_unit_test(control_characters_and_bad_bytes_become_question_marks),
        cmocka_unit_test(a_message_too_long_is_cut_between_two_characters),
        cmocka_unit_test(the_systems_reason_follows_in_lower_case),
        cmocka_unit_test(the_systems_reason_is_kept_after_a_very_long_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
