#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/path.h"
#include "reconcile/statement_check.h"
#include "support/table_case.h"

#define BERKA "../shared/corpora/berka/trans.asc.gz"

static void read_berka(table_case *test)
{
    char here[2048], absolute[4096];
    assert_non_null(getcwd(here, sizeof here));
    (void)snprintf(absolute, sizeof absolute, "%s/%s", here, BERKA);
    table_case_begin(test);
    size_t at = table_case_add(test, absolute, NULL, 0, TRAIL_LAYOUT_STATEMENT,
                               (const char *const[]){"booking_date", "date", "amount", "amount",
                                                     "mark", "type", "balance", "balance",
                                                     "own_account", "account_id", NULL});
    test->profiles[at].delimiter = ';';
    test->profiles[at].date_format = "YYMMDD";
    test->profiles[at].currency = "CZK";
    test->sources[at].own_account = NULL;
    table_case_rule(&test->profiles[at].signs, "PRIJEM", 1);
    table_case_rule(&test->profiles[at].signs, "VYDAJ", -1);
    table_case_rule(&test->profiles[at].signs, "VYBER", -1);
    assert_int_equal(table_case_run(test), TRAIL_OK);
    uint32_t *renumber = NULL;
    assert_int_equal(trail_accounts_settle(test->ledger.accounts, &renumber, NULL), TRAIL_OK);
    trail_ledger_renumber_accounts(&test->ledger, renumber);
    trail_free(renumber);
}

static size_t count_closing(const trail_statement_checks *checks)
{
    size_t closing = 0;
    for (size_t i = 0; i < checks->checks.count; i++) {
        const trail_statement_check *check = trail_vector_at(&checks->checks, i);
        closing += check->verdict == TRAIL_VERDICT_CLOSES;
    }
    return closing;
}

static void
of_1229_accounts_342_close_1201_within_a_tenth_and_28_break_where_it_was_cut(void **state)
{
    (void)state;
    if (!trail_path_exists(BERKA)) {
        print_message("skipped: %s is not there\n", BERKA);
        skip();
    }
    table_case test;
    trail_statement_checks checks;
    int32_t cut = 0;
    read_berka(&test);
    assert_true(trail_day_from_civil(1994, 3, 31, &cut));
    assert_int_equal(trail_statement_checks_make(&checks, &test.ledger, 0, NULL), TRAIL_OK);
    assert_int_equal(checks.checks.count, 1229);
    assert_int_equal(count_closing(&checks), 342);
    trail_statement_checks_clear(&checks);
    assert_int_equal(trail_statement_checks_make(&checks, &test.ledger, 100000, NULL), TRAIL_OK);
    assert_int_equal(count_closing(&checks), 1201);
    size_t broken = 0;
    for (size_t i = 0; i < checks.checks.count; i++) {
        const trail_statement_check *check = trail_vector_at(&checks.checks, i);
        if (check->verdict != TRAIL_VERDICT_DOES_NOT_CLOSE) continue;
        const trail_balance_break *first = trail_vector_at(&checks.breaks, check->first_break);
        broken++;
        for (size_t k = 0; k < test.ledger.count; k++) {
            if (test.ledger.record[k] == first->record)
                assert_int_equal(test.ledger.booking_day[k], cut);
        }
    }
    assert_int_equal(broken, 28);
    trail_statement_checks_clear(&checks);
    table_case_end(&test);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            of_1229_accounts_342_close_1201_within_a_tenth_and_28_break_where_it_was_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
