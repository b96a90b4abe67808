#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <unistd.h>

#include "base/path.h"
#include "ingest/ingest.h"
#include "support/table_case.h"

#define CORPORA "../shared/corpora"

static void skip_without(const char *path)
{
    if (trail_path_exists(path)) return;
    print_message("skipped: %s is not there\n", path);
    skip();
}

#define BERKA  CORPORA "/berka/trans.asc.gz"
#define AMLSIM CORPORA "/amlsim-123k/transactions.csv.gz"

/* The folder of the case is the temporary one; an absolute file name leads out of it. */
static size_t add_absolute(table_case *test, const char *path, char *absolute, size_t room,
                           trail_layout layout, const char *const *columns)
{
    char here[2048];
    assert_non_null(getcwd(here, sizeof here));
    (void)snprintf(absolute, room, "%s/%s", here, path);
    return table_case_add(test, absolute, NULL, 0, layout, columns);
}

static void berka_gives_49102_rows_1229_accounts_and_one_reject(void **state)
{
    (void)state;
    skip_without(BERKA);
    table_case test;
    char absolute[4096];
    table_case_begin(&test);
    size_t at = add_absolute(&test, BERKA, absolute, sizeof absolute, TRAIL_LAYOUT_STATEMENT,
                             (const char *const[]){"booking_date", "date", "amount", "amount",
                                                   "mark", "type", "balance", "balance", "kind",
                                                   "operation", "own_account", "account_id", "text",
                                                   "k_symbol", "counterparty_bank", "bank",
                                                   "counterparty_account", "account", NULL});
    trail_profile *profile = &test.profiles[at];
    profile->delimiter = ';';
    profile->date_format = "YYMMDD";
    profile->currency = "CZK";
    test.sources[at].own_account = NULL;
    table_case_rule(&profile->signs, "PRIJEM", 1);
    table_case_rule(&profile->signs, "VYDAJ", -1);
    table_case_rule(&profile->signs, "VYBER", -1);
    table_case_rule(&profile->kinds, "VYBER", TRAIL_KIND_CASH);
    table_case_rule(&profile->kinds, "VKLAD", TRAIL_KIND_CASH);
    table_case_rule(&profile->kinds, "VYBER KARTOU", TRAIL_KIND_CARD);
    table_case_rule(&profile->texts, "urok", TRAIL_KIND_INTEREST);
    table_case_rule(&profile->texts, "sluzby", TRAIL_KIND_FEE);
    table_case_word(&profile->empty_accounts, "0");

    assert_int_equal(table_case_run(&test), TRAIL_OK);
    assert_int_equal(test.ledger.records.count, 49103);
    assert_int_equal(test.ledger.count, 49102);
    assert_int_equal(test.rejects.rejects.count, 1);
    const trail_reject *reject = trail_vector_at(&test.rejects.rejects, 0);
    assert_string_equal(reject->code, "quote_not_closed");
    assert_int_equal(reject->line, 49104);
    assert_int_equal(test.ledger.observations.count, 1229);
    size_t unnamed = 0, no_counterparty = 0;
    for (size_t i = 0; i < test.ledger.count; i++) {
        unnamed += test.ledger.kind[i] == TRAIL_KIND_UNNAMED;
        no_counterparty +=
            test.ledger.payer[i] == TRAIL_NO_ACCOUNT || test.ledger.payee[i] == TRAIL_NO_ACCOUNT;
    }
    assert_int_equal(unnamed, 0);
    assert_int_equal(no_counterparty, 38987);
    table_case_end(&test);
}

static void amlsim_is_read_whole_and_its_midnights_are_dates(void **state)
{
    (void)state;
    skip_without(AMLSIM);
    table_case test;
    char absolute[4096];
    table_case_begin(&test);
    size_t at = add_absolute(&test, AMLSIM, absolute, sizeof absolute, TRAIL_LAYOUT_TRANSFERS,
                             (const char *const[]){"booking_date", "tran_timestamp",
                                                   "payer_account", "orig_acct", "payee_account",
                                                   "bene_acct", "amount", "base_amt", "kind",
                                                   "tx_type", "reference", "tran_id", NULL});
    test.profiles[at].date_format = "YYYY-MM-DDThh:mm:ss";
    table_case_word(&test.profiles[at].truth, "is_sar");
    table_case_word(&test.profiles[at].truth, "alert_id");
    assert_int_equal(table_case_run(&test), TRAIL_OK);
    assert_int_equal(test.ledger.count, 123078);
    assert_int_equal(test.rejects.rejects.count, 0);
    for (size_t i = 0; i < test.ledger.count; i++) {
        assert_int_equal(test.ledger.booking_second[i], TRAIL_NO_TIME);
    }
    table_case_end(&test);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(berka_gives_49102_rows_1229_accounts_and_one_reject),
        cmocka_unit_test(amlsim_is_read_whole_and_its_midnights_are_dates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
