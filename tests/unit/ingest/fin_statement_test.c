#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "support/failing_alloc.h"
#include "support/fin_case.h"

#define HEAD   ":20:S1\n:25:10020030/1234567\n:28C:5/1\n:60F:C250101EUR100,00\n"
#define OWN    "statement 1234567/10020030 EUR 100.00.."
#define NUMBER " 20=S1 28=5/1 n5 p1\n"
#define ENTRY  ":61:2501020103C10,00NTRFNONREF//B1\n"
#define TAIL   ":62F:C250103EUR110,00\n-\n"

static void an_entry_is_one_leg_with_its_references_apart(void **state)
{
    (void)state;
    fin_case_expect(HEAD ":61:2501020103C10,00NTRFINV-7//B1\n:86:thanks\n" TAIL,
                    "entry 2025-01-03 v2025-01-02 +10.00 unnamed - 'thanks' ref=B1 code=NTRF "
                    "customer=INV-7 20=S1\n" OWN "110.00 records=1" NUMBER);
}

static void a_record_covers_its_entry_and_its_information(void **state)
{
    (void)state;
    fin_case test;
    fin_case_begin(&test);
    const char *text = HEAD ":61:2501020103C10,00NTRFX\r\n:86:one\r\ntwo\r\n" TAIL;
    fin_case_write(&test, text, strlen(text));
    assert_int_equal(fin_case_run(&test, NULL), TRAIL_OK);
    const trail_records *records = &test.ledger.records;
    assert_int_equal(records->count, 1);
    assert_int_equal(trail_records_offset(records, 0), strlen(HEAD));
    assert_int_equal(trail_records_length(records, 0),
                     strlen(":61:2501020103C10,00NTRFX\r\n:86:one\r\ntwo"));
    assert_int_equal(trail_records_line(records, 0), 5);
    fin_case_end(&test);
}

static void a_reversed_credit_takes_money_and_a_reversed_debit_gives_it_back(void **state)
{
    (void)state;
    fin_case_expect(HEAD ":61:2501020103RC10,00NTRFA\n:61:2501020103RD3,00NTRFB\n"
                         ":62F:C250103EUR93,00\n-\n",
                    "entry 2025-01-03 v2025-01-02 -10.00 unnamed - code=NTRF customer=A 20=S1 "
                    "reversal\n"
                    "entry 2025-01-03 v2025-01-02 +3.00 unnamed - code=NTRF customer=B 20=S1 "
                    "reversal\n" OWN "93.00 records=2" NUMBER);
}

static void the_balance_decides_where_a_bank_means_the_reversal_the_other_way(void **state)
{
    (void)state;
    fin_case_expect(HEAD ":61:2501020103RC10,00NTRFA\n:62F:C250103EUR110,00\n-\n",
                    "entry 2025-01-03 v2025-01-02 +10.00 unnamed - code=NTRF customer=A 20=S1 "
                    "reversal\n" OWN "110.00 records=1" NUMBER "remark 1 reversal_sign_turned\n");
}

static void expected_entries_of_a_942_are_not_booked(void **state)
{
    (void)state;
    fin_case_expect(
        "{1:F01AAAALV22AXXX0000000000}{2:I942BBBBLV22XXXXN}{4:\n:20:R\n:25:77\n:28C:2/2\n"
        ":34F:EURD0,\n:13D:2501031000+0200\n:61:250102EC5,00NTRFA\n"
        ":61:250102D3,00NTRFB\n:90D:1EUR3,\n:90C:1EUR5,\n-}",
        "entry 2025-01-02 -3.00 unnamed - code=NTRF customer=B 20=R\n"
        "statement 77/AAAALV22 EUR .. records=2 20=R 28=2/2 n2 p2 totals=-3.00+5.00 "
        "report\n"
        "remark 7 not_booked\nremark 8 entry_date_missing\nno_payment 1\n");
}

static void information_belongs_to_the_entry_only_directly_behind_it(void **state)
{
    (void)state;
    fin_case_expect(HEAD ENTRY
                    ":62F:C250103EUR110,00\n:64:C250103EUR110,00\n:86:of the statement\n-\n",
                    "entry 2025-01-03 v2025-01-02 +10.00 unnamed - ref=B1 code=NTRF 20=S1\n" OWN
                    "110.00 records=1" NUMBER);
    fin_case_expect(HEAD ENTRY ":86:one\n:86:two\n" TAIL,
                    "entry 2025-01-03 v2025-01-02 +10.00 unnamed - 'one two' ref=B1 code=NTRF "
                    "20=S1\n" OWN "110.00 records=1" NUMBER);
}

static void sums_below_a_statement_are_its_totals(void **state)
{
    (void)state;
    fin_case_expect(HEAD ENTRY ":62F:C250103EUR110,00\n:86:D000000C000001D0,00C10,00\n-\n",
                    "entry 2025-01-03 v2025-01-02 +10.00 unnamed - ref=B1 code=NTRF 20=S1\n" OWN
                    "110.00 records=1 20=S1 28=5/1 n5 p1 totals=-0.00+10.00\n");
}

static void lines_of_text_that_look_like_tags_are_text(void **state)
{
    (void)state;
    fin_case_expect(HEAD ENTRY ":86:meeting at\n20:44:45\n:12:30 sharp\n:KO:17\n: end\n" TAIL,
                    "entry 2025-01-03 v2025-01-02 +10.00 unnamed - 'meeting at 20:44:45 :12:30 "
                    "sharp :KO:17 : end' ref=B1 code=NTRF 20=S1\n" OWN "110.00 records=1" NUMBER);
}

static void every_statement_of_a_file_is_read(void **state)
{
    (void)state;
    fin_case_expect(HEAD ENTRY TAIL
                    ":20:S2\n:25:999\n:60F:D250101USD5,\n:61:250105D1,NTRFX\n:62F:D250105USD6,\n",
                    "entry 2025-01-03 v2025-01-02 +10.00 unnamed - ref=B1 code=NTRF 20=S1\n"
                    "entry 2025-01-05 -1.00 unnamed - code=NTRF customer=X 20=S2\n" OWN
                    "110.00 records=1" NUMBER "statement 999 USD -5.00..-6.00 records=1 20=S2\n"
                    "remark 11 entry_date_missing\n");
}

static void pages_are_chained_by_their_intermediate_balances(void **state)
{
    (void)state;
    fin_case_expect(HEAD ENTRY ":62M:C250103EUR110,00\n-\n:20:S1\n:25:10020030/1234567\n:28C:5/2\n"
                               ":60M:C250103EUR110,00\n" ENTRY ":62F:C250103EUR120,00\n-\n",
                    "entry 2025-01-03 v2025-01-02 +10.00 unnamed - ref=B1 code=NTRF 20=S1\n"
                    "entry 2025-01-03 v2025-01-02 +10.00 unnamed - ref=B1 code=NTRF 20=S1\n" OWN
                    "110.00M records=1" NUMBER "statement 1234567/10020030 EUR 110.00M..120.00 "
                    "records=1 20=S1 28=5/2 n5 p2\n");
}

static void a_statement_without_its_reference_begins_with_its_account(void **state)
{
    (void)state;
    fin_case_expect(":25:111\n:28:1/1\n:60F:C250101EUR1,00\n:62F:C250101EUR1,00\n:25:222\n:28:1/1\n"
                    ":60F:C250101EUR2,00\n:62F:C250101EUR2,00\n",
                    "statement 111 EUR 1.00..1.00 records=0 20= 28=1/1 n1 p1\n"
                    "statement 222 EUR 2.00..2.00 records=0 20= 28=1/1 n1 p1\n");
}

static void a_statement_without_closing_balance_keeps_its_entries(void **state)
{
    (void)state;
    fin_case_expect(HEAD ENTRY, "entry 2025-01-03 v2025-01-02 +10.00 unnamed - ref=B1 code=NTRF "
                                "20=S1\n" OWN " records=1" NUMBER "remark 1 closing_missing\n");
}

static void an_entry_behind_the_closing_balance_is_read_and_remarked(void **state)
{
    (void)state;
    fin_case_expect(HEAD ":62F:C250103EUR110,00\n" ENTRY "-\n",
                    "entry 2025-01-03 v2025-01-02 +10.00 unnamed - ref=B1 code=NTRF 20=S1\n" OWN
                    "110.00 records=1" NUMBER "remark 6 entry_after_closing\n");
}

static void an_unknown_tag_is_remarked_and_the_rest_is_read(void **state)
{
    (void)state;
    fin_case_expect(HEAD ENTRY ":65F:Dnull7,3\n" TAIL,
                    "entry 2025-01-03 v2025-01-02 +10.00 unnamed - ref=B1 code=NTRF 20=S1\n" OWN
                    "110.00 records=1" NUMBER "remark 6 unknown_tag\n");
}

static void what_cannot_be_read_is_a_reject_of_its_entry_alone(void **state)
{
    (void)state;
    fin_case_expect(HEAD ":61:250230C1,00NTRFX\n:86:no such day\n:61:250102C500NTRFX\n" ENTRY TAIL,
                    "entry 2025-01-03 v2025-01-02 +10.00 unnamed - ref=B1 code=NTRF 20=S1\n" OWN
                    "110.00 records=3" NUMBER "reject 5 no_such_date :61:\n"
                    "reject 7 amount_without_comma :61:\n");
}

static void closing_and_opening_days_may_differ(void **state)
{
    (void)state;
    fin_case test;
    const char *text = HEAD ENTRY TAIL;
    fin_case_begin(&test);
    fin_case_write(&test, text, strlen(text));
    assert_int_equal(fin_case_run(&test, NULL), TRAIL_OK);
    const trail_statement *statement = trail_vector_at(&test.ledger.statements, 0);
    assert_int_equal(statement->closing.day - statement->opening.day, 2);
    const trail_observation *observed = trail_vector_at(&test.ledger.observations, 0);
    assert_int_equal(observed->to_day, statement->closing.day);
    fin_case_end(&test);
}

static void digits_below_the_minor_unit_matter_only_if_not_zero(void **state)
{
    (void)state;
    fin_case_expect(":20:S\n:25:1\n:60F:C250101XOF4105400,0\n:61:250102D5400,00NTRFX\n"
                    ":61:250102D,32NTRFX\n:62F:C250102XOF4100000,0\n",
                    "entry 2025-01-02 -5400 unnamed - code=NTRF customer=X 20=S\n"
                    "statement 1 XOF 4105400..4100000 records=2 20=S\n"
                    "reject 5 amount_too_precise :61:\nremark 4 entry_date_missing\n");
}

static void standard_codes_set_the_kind_and_cash_is_not_guessed(void **state)
{
    (void)state;
    fin_case_expect(HEAD ":61:2501020102D1,00NCHGX\n:61:2501020102C1,00NINTX\n"
                         ":61:2501020102C2,00NTRFX\n:86:808?00BANK?20charges\n"
                         ":61:2501020102D3,00NMSCX\n:86:ATM CASH WITHDRAWAL\n"
                         ":62F:C250103EUR99,00\n-\n",
                    "entry 2025-01-02 -1.00 fee - code=NCHG customer=X 20=S1\n"
                    "entry 2025-01-02 +1.00 interest - code=NINT customer=X 20=S1\n"
                    "entry 2025-01-02 +2.00 fee - 'charges' code=808 customer=X 20=S1\n"
                    "entry 2025-01-02 -3.00 unnamed - 'ATM CASH WITHDRAWAL' code=NMSC customer=X "
                    "20=S1\n" OWN "99.00 records=4" NUMBER);
}

static void the_original_amount_and_charges_stand_below_the_entry(void **state)
{
    (void)state;
    fin_case_expect(HEAD ":61:2501020103D10,00NTRFX//B\n/OCMT/CAD47,11/CHGS/EUR1,23/\n"
                         ":62F:C250103EUR90,00\n-\n",
                    "entry 2025-01-03 v2025-01-02 -10.00 unnamed - ref=B code=NTRF customer=X "
                    "20=S1 instructed=47.11CAD charges=1.23EUR\n" OWN "90.00 records=1" NUMBER);
}

static void bytes_that_are_not_utf8_are_windows_1252_unless_declared(void **state)
{
    (void)state;
    const char *text = HEAD ENTRY ":86:\xdc"
                                  "berweisung M\x81ller\n" TAIL;
    fin_case_expect(HEAD ENTRY ":86:\xdc"
                               "berweisung\n" TAIL,
                    "entry 2025-01-03 v2025-01-02 +10.00 unnamed - 'Überweisung' ref=B1 code=NTRF "
                    "20=S1\n" OWN "110.00 records=1" NUMBER "remark 6 encoding_assumed\n");
    fin_case test;
    fin_case_begin(&test);
    fin_case_write(&test, text, strlen(text));
    test.source.encoding = "cp437";
    assert_int_equal(fin_case_run(&test, NULL), TRAIL_OK);
    assert_non_null(strstr(fin_case_show(&test), "Müller"));
    fin_case_end(&test);
}

static void the_case_file_may_say_account_and_currency_of_a_fragment(void **state)
{
    (void)state;
    const char *text = ":61:2501020103C10,00NTRFX\n";
    fin_case test;
    fin_case_expect(text, "reject 1 currency_missing :60F:\nremark 1 opening_missing\n"
                          "remark 1 closing_missing\nremark 1 own_account_missing\n");
    fin_case_begin(&test);
    fin_case_write(&test, text, strlen(text));
    test.source.currency = "EUR";
    test.source.own_account = "OWN9";
    assert_int_equal(fin_case_run(&test, NULL), TRAIL_OK);
    assert_string_equal(fin_case_show(&test),
                        "entry 2025-01-03 v2025-01-02 +10.00 unnamed - code=NTRF customer=X\n"
                        "statement OWN9 EUR .. records=1 20=\nremark 1 opening_missing\n"
                        "remark 1 closing_missing\n");
    fin_case_end(&test);
}

static trail_status run_case(void *context, trail_error *err)
{
    return fin_case_run(context, err);
}

static void any_failed_allocation_leaves_nothing_behind(void **state)
{
    (void)state;
    const char *text =
        HEAD ENTRY ":86:166?00X?20EREF+1 SVWZ+\xdc?31DE1?32N\n"
                   ":61:250230C1,00NTRFX\n:86:/TRTP/A/IBAN/B/REMI/C\n" TAIL
                   "{1:F01AAAALV22AXXX0000000000}{2:I103BBBBLV22XXXXN}{4:\n:20:T\n"
                   ":32A:250102EUR5,\n:50F:/1\n1/A\n1/B\n:59:/2\nC\n:70:/ROC/1\n-}\n";
    fin_case test;
    fin_case_begin(&test);
    fin_case_write(&test, text, strlen(text));
    assert_true(failing_alloc_each(run_case, &test) > 20);
    fin_case_end(&test);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_entry_is_one_leg_with_its_references_apart),
        cmocka_unit_test(a_record_covers_its_entry_and_its_information),
        cmocka_unit_test(a_reversed_credit_takes_money_and_a_reversed_debit_gives_it_back),
        cmocka_unit_test(the_balance_decides_where_a_bank_means_the_reversal_the_other_way),
        cmocka_unit_test(expected_entries_of_a_942_are_not_booked),
        cmocka_unit_test(information_belongs_to_the_entry_only_directly_behind_it),
        cmocka_unit_test(sums_below_a_statement_are_its_totals),
        cmocka_unit_test(lines_of_text_that_look_like_tags_are_text),
        cmocka_unit_test(every_statement_of_a_file_is_read),
        cmocka_unit_test(pages_are_chained_by_their_intermediate_balances),
        cmocka_unit_test(a_statement_without_its_reference_begins_with_its_account),
        cmocka_unit_test(a_statement_without_closing_balance_keeps_its_entries),
        cmocka_unit_test(an_entry_behind_the_closing_balance_is_read_and_remarked),
        cmocka_unit_test(an_unknown_tag_is_remarked_and_the_rest_is_read),
        cmocka_unit_test(what_cannot_be_read_is_a_reject_of_its_entry_alone),
        cmocka_unit_test(closing_and_opening_days_may_differ),
        cmocka_unit_test(digits_below_the_minor_unit_matter_only_if_not_zero),
        cmocka_unit_test(standard_codes_set_the_kind_and_cash_is_not_guessed),
        cmocka_unit_test(the_original_amount_and_charges_stand_below_the_entry),
        cmocka_unit_test(bytes_that_are_not_utf8_are_windows_1252_unless_declared),
        cmocka_unit_test(the_case_file_may_say_account_and_currency_of_a_fragment),
        cmocka_unit_test(any_failed_allocation_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
