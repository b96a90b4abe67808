#include "pipeline/case_holders.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static const char *const with_holders = "case: T-1\n"
                                        "title: Test\n"
                                        "currency: EUR\n"
                                        "sources:\n"
                                        "  - file: a.csv\n"
                                        "people:\n"
                                        "  - key: w1\n"
                                        "    name: Anna Berzina\n"
                                        "    role: victim\n"
                                        "    accounts: [\"12-34\"]\n"
                                        "  - key: w2\n"
                                        "    name: Maria Kalnina\n"
                                        "    role: victim\n"
                                        "accounts:\n"
                                        "  - {number: \"1234\", bank: HABALV22, holder: w1}\n"
                                        "  - {number: \"5678\", bank: HABALV22, holder: w1}\n"
                                        "  - {number: \"5678\", bank: UNLALV2X, holder: w1}\n"
                                        "  - {number: \"99\", holder: w2}\n"
                                        "  - {number: \"100\"}\n";

static void accounts_that_name_a_holder_join_the_holders_list_once(void **state)
{
    trail_case *made = NULL;
    trail_error err = {0};
    (void)state;
    trail_status status = trail_case_parse(&made, trail_slice_of(with_holders), NULL, &err);
    assert_string_equal(err.message, "");
    assert_int_equal(status, TRAIL_OK);
    const trail_person *anna = trail_vector_at(&made->people.people, 0);
    const trail_person *maria = trail_vector_at(&made->people.people, 1);
    assert_int_equal(anna->accounts.count, 3);
    const trail_listed_account *listed = anna->accounts.items;
    assert_string_equal(listed[0].number, "12-34");
    assert_string_equal(listed[1].number, "5678");
    assert_string_equal(listed[1].bank, "HABALV22");
    assert_string_equal(listed[2].bank, "UNLALV2X");
    assert_int_equal(listed[2].account, TRAIL_NO_ACCOUNT);
    assert_int_equal(maria->accounts.count, 1);
    trail_case_free(made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(accounts_that_name_a_holder_join_the_holders_list_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
