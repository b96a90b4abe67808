#include "evidence/people.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void every_role_is_found_by_its_name(void **state)
{
    (void)state;
    for (size_t i = 0; i < TRAIL_ROLE_COUNT; i++) {
        trail_role role = TRAIL_ROLE_UNKNOWN;
        assert_true(trail_role_find(trail_slice_of(trail_role_name((trail_role)i)), &role));
        assert_int_equal(role, i);
    }
}

static void a_role_that_is_misspelled_is_not_found(void **state)
{
    trail_role role;
    (void)state;
    assert_false(trail_role_find(trail_slice_of("Victim"), &role));
    assert_false(trail_role_find(trail_slice_of("possible victim"), &role));
    assert_false(trail_role_find(trail_slice_of(""), &role));
}

static void victims_possible_victims_and_witnesses_are_protected(void **state)
{
    (void)state;
    assert_true(trail_role_is_protected(TRAIL_ROLE_VICTIM));
    assert_true(trail_role_is_protected(TRAIL_ROLE_POSSIBLE_VICTIM));
    assert_true(trail_role_is_protected(TRAIL_ROLE_WITNESS));
    assert_false(trail_role_is_protected(TRAIL_ROLE_UNKNOWN));
    assert_false(trail_role_is_protected(TRAIL_ROLE_SUSPECT));
    assert_false(trail_role_is_protected(TRAIL_ROLE_CONVICTED));
    assert_false(trail_role_is_protected(TRAIL_ROLE_THIRD_PARTY));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_role_is_found_by_its_name),
        cmocka_unit_test(a_role_that_is_misspelled_is_not_found),
        cmocka_unit_test(victims_possible_victims_and_witnesses_are_protected),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
