#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/deflate.h"
#include "support/failing_alloc.h"
#include "support/table_case.h"

#define COLUMNS(...) ((const char *const[]){__VA_ARGS__, NULL})
#define STATEMENT                                                                                  \
    COLUMNS("booking_date", "Date", "amount", "Amount", "counterparty_account", "Other")
#define TRANSFERS                                                                                  \
    COLUMNS("booking_date", "Date", "payer_account", "From", "payee_account", "To", "amount",      \
            "Amount")

static void expect(table_case *test, const char *wanted)
{
    trail_status status = table_case_run(test);
    if (status != TRAIL_OK) print_message("%s\n", test->error.message);
    assert_int_equal(status, TRAIL_OK);
    assert_string_equal(table_case_show(test), wanted);
}

/* One statement of OWN1. */
static void expect_statement(const char *text, const char *wanted)
{
    table_case test;
    table_case_begin(&test);
    table_case_text(&test, "a.csv", text, TRAIL_LAYOUT_STATEMENT, STATEMENT);
    expect(&test, wanted);
    table_case_end(&test);
}

static void a_signed_amount_says_which_side_the_own_account_is_on(void **state)
{
    (void)state;
    expect_statement(
        "Date,Amount,Other\n2025-01-02,-12.50,B2\n2025-01-03,7,C3\n2025-01-04,-1.00,\n",
        "2025-01-02 OWN1>B2 12.50 EUR transfer d\n"
        "2025-01-03 C3>OWN1 7.00 EUR transfer c\n"
        "2025-01-04 OWN1>- 1.00 EUR unnamed d\n");
}

static void a_transfer_row_is_both_legs(void **state)
{
    (void)state;
    table_case test;
    table_case_begin(&test);
    table_case_text(&test, "t.csv",
                    "Date,From,To,Amount\n2025-01-02,A1,B2,12.50\n2025-01-03,,B2,3\n"
                    "2025-01-03,A1,,4\n2025-01-03,,,5\n2025-01-03,A1,B2,-6\n2025-01-04,A1,B2,0\n",
                    TRAIL_LAYOUT_TRANSFERS, TRANSFERS);
    expect(&test, "2025-01-02 A1>B2 12.50 EUR transfer dc\n"
                  "2025-01-03 ->B2 3.00 EUR unnamed c\n"
                  "2025-01-03 A1>- 4.00 EUR unnamed d\n"
                  "2025-01-04 A1>B2 0.00 EUR transfer dc\n"
                  "!5:2 accounts_missing neither the payer's nor the payee's account is named\n"
                  "!6:4 negative_amount a transfer has a negative amount: '-6'\n");
    table_case_end(&test);
}

static void amounts_that_lose_digits_or_do_not_fit_the_notation_are_refused(void **state)
{
    (void)state;
    expect_statement(
        "Date,Amount,Other\n2025-01-02,\"1,234.56\",B\n2025-01-02,\"1.234,56\",B\n"
        "2025-01-02,(12.00),B\n2025-01-02,12.00-,B\n2025-01-02,\xE2\x88\x92"
        "5,B\n2025-01-02,1E+05,B\n2025-01-02,99999999999999999999,B\n2025-01-02,1.005,B\n"
        "2025-01-02,,B\n2025-01-02,abc,B\n2025-01-02,1.500,B\n",
        "2025-01-02 B>OWN1 1234.56 EUR transfer c\n"
        "2025-01-02 OWN1>B 12.00 EUR transfer d\n"
        "2025-01-02 OWN1>B 12.00 EUR transfer d\n"
        "2025-01-02 OWN1>B 5.00 EUR transfer d\n"
        "2025-01-02 B>OWN1 1.50 EUR transfer c\n"
        "!3:2 not_an_amount not an amount in this column's notation: '1.234,56'\n"
        "!7:2 amount_scientific amount in E-notation has lost digits: '1E+05'\n"
        "!8:2 amount_overflow amount is out of range: '99999999999999999999'\n"
        "!9:2 amount_too_precise amount has a digit below the currency's minor unit: '1.005'\n"
        "!10:2 amount_missing amount is empty\n"
        "!11:2 not_an_amount not an amount in this column's notation: 'abc'\n");
}

static void a_declared_group_separator_is_the_only_one(void **state)
{
    (void)state;
    table_case test;
    table_case_begin(&test);
    size_t at = table_case_text(&test, "a.csv",
                                "Date;Amount;Other\n2025-01-02;1.234,56;B\n2025-01-02;1 234,56;B\n",
                                TRAIL_LAYOUT_STATEMENT, STATEMENT);
    test.profiles[at].delimiter = ';';
    test.profiles[at].decimal = ',';
    test.profiles[at].group = '.';
    test.profiles[at].group_given = true;
    expect(&test, "2025-01-02 B>OWN1 1234.56 EUR transfer c\n"
                  "!3:2 not_an_amount not an amount in this column's notation: '1 234,56'\n");
    table_case_end(&test);
}

static void days_that_do_not_exist_are_refused(void **state)
{
    (void)state;
    table_case test;
    table_case_begin(&test);
    size_t at = table_case_text(&test, "a.csv",
                                "Date,Amount,Other\n31/02/2024,1,B\n29/02/2024,1,B\n"
                                "29/02/2023,1,B\n,1,B\n1/2/2024,1,B\n01/02/20245,1,B\n",
                                TRAIL_LAYOUT_STATEMENT, STATEMENT);
    test.profiles[at].date_format = "DD/MM/YYYY";
    expect(&test, "2024-02-29 B>OWN1 1.00 EUR transfer c\n"
                  "!2:1 no_such_date no such date in this column's notation: '31/02/2024'\n"
                  "!4:1 no_such_date no such date in this column's notation: '29/02/2023'\n"
                  "!5:1 date_missing the booking date is blank\n"
                  "!6:1 no_such_date no such date in this column's notation: '1/2/2024'\n"
                  "!7:1 no_such_date no such date in this column's notation: '01/02/20245'\n");
    table_case_end(&test);
}

static void dates_that_can_be_read_two_ways_set_the_file_aside(void **state)
{
    (void)state;
    table_case test;
    table_case_begin(&test);
    size_t at = table_case_text(
        &test, "a.csv", "Date,Amount,Other\n01/02/2024,1,B\n03/04/2024,1,B\n01/02/2024,1,B\n",
        TRAIL_LAYOUT_STATEMENT, STATEMENT);
    test.profiles[at].date_format = NULL;
    table_case_text(&test, "b.csv", "Date,Amount,Other\n2025-01-02,1,B\n", TRAIL_LAYOUT_STATEMENT,
                    STATEMENT);
    assert_int_equal(table_case_run(&test), TRAIL_OK);
    const char *shown = table_case_show(&test);
    assert_non_null(
        strstr(shown, "2025-01-02 B>OWN1 1.00 EUR transfer c\naside a.csv: booking_date: "));
    assert_non_null(strstr(shown, "01/02/2024"));
    assert_non_null(strstr(shown, "[date_format: "));
    assert_int_equal(test.ledger.records.files.count, 1);
    table_case_end(&test);
}

static void notation_that_the_profile_leaves_open_is_decided_from_the_column(void **state)
{
    (void)state;
    table_case test;
    table_case_begin(&test);
    size_t at = table_case_text(&test, "a.csv",
                                "Date;Amount;Other\n01.02.2024;1.234,5;B\n13.02.2024;-7,25;B\n",
                                TRAIL_LAYOUT_STATEMENT, STATEMENT);
    test.profiles[at].delimiter = ';';
    test.profiles[at].date_format = NULL;
    test.profiles[at].decimal_given = false;
    test.profiles[at].decimal = 0;
    expect(&test, "2024-02-01 B>OWN1 1234.50 EUR transfer c\n"
                  "2024-02-13 OWN1>B 7.25 EUR transfer d\n");
    table_case_end(&test);
}

static void decimals_that_can_be_read_two_ways_set_the_file_aside(void **state)
{
    (void)state;
    table_case test;
    table_case_begin(&test);
    size_t at = table_case_text(&test, "a.csv", "Date,Amount,Other\n2025-01-02,1.234,B\n",
                                TRAIL_LAYOUT_STATEMENT, STATEMENT);
    test.profiles[at].decimal_given = false;
    test.profiles[at].decimal = 0;
    assert_int_equal(table_case_run(&test), TRAIL_OK);
    const char *shown = table_case_show(&test);
    assert_non_null(strstr(shown, "aside a.csv: amount: "));
    assert_non_null(strstr(shown, "1.234"));
    assert_non_null(strstr(shown, "[decimal: "));
    table_case_end(&test);
}

static void debit_and_credit_columns_give_the_side(void **state)
{
    (void)state;
    table_case test;
    table_case_begin(&test);
    table_case_text(&test, "a.csv",
                    "Date,Out,In,Other\n2025-01-02,5.00,,B\n2025-01-02,,6.00,B\n"
                    "2025-01-02,5.00,6.00,B\n2025-01-02,,,B\n2025-01-02,0.00,7.00,B\n"
                    "2025-01-02,-5.00,,B\n2025-01-02,,-6.00,B\n",
                    TRAIL_LAYOUT_STATEMENT,
                    COLUMNS("booking_date", "Date", "debit", "Out", "credit", "In",
                            "counterparty_account", "Other"));
    expect(&test, "2025-01-02 OWN1>B 5.00 EUR transfer d\n"
                  "2025-01-02 B>OWN1 6.00 EUR transfer c\n"
                  "2025-01-02 B>OWN1 7.00 EUR transfer c\n"
                  "!4:2 debit_and_credit both debit and credit are given: '5.00'\n"
                  "!5:2 amount_missing neither debit nor credit is given\n"
                  "!7:2 sign_unknown debits of this table are written with one sign and this one "
                  "with the other: '-5.00'\n"
                  "!8:3 sign_unknown a credit has a negative amount: '-6.00'\n");
    table_case_end(&test);
}

static void a_mark_gives_the_side_and_a_blank_one_is_refused(void **state)
{
    (void)state;
    table_case test;
    table_case_begin(&test);
    size_t at = table_case_text(&test, "a.csv",
                                "Date,Amount,Mark,Other\n2025-01-02,5.00,D,B\n2025-01-02,6.00,K,B\n"
                                "2025-01-02,6.00,,B\n2025-01-02,6.00,X,B\n",
                                TRAIL_LAYOUT_STATEMENT,
                                COLUMNS("booking_date", "Date", "amount", "Amount", "mark", "Mark",
                                        "counterparty_account", "Other"));
    table_case_rule(&test.profiles[at].signs, "D", -1);
    table_case_rule(&test.profiles[at].signs, "K", 1);
    expect(&test, "2025-01-02 OWN1>B 5.00 EUR transfer d\n"
                  "2025-01-02 B>OWN1 6.00 EUR transfer c\n"
                  "!4:3 sign_unknown the mark is blank\n"
                  "!5:3 sign_unknown signs does not say what this mark means: 'X'\n");
    table_case_end(&test);
}

static void a_delimiter_that_the_profile_leaves_open_is_decided_from_the_file(void **state)
{
    (void)state;
    table_case test;
    table_case_begin(&test);
    size_t at = table_case_text(&test, "a.csv",
                                "Date;Amount;Other\n2025-01-02;1,5;B\n2025-01-03;-2,25;C, D\n",
                                TRAIL_LAYOUT_STATEMENT, STATEMENT);
    test.profiles[at].delimiter = 0;
    test.profiles[at].decimal = ',';
    at =
        table_case_text(&test, "b.csv", "nothing\nof a table\n", TRAIL_LAYOUT_STATEMENT, STATEMENT);
    test.profiles[at].delimiter = 0;
    expect(&test, "2025-01-02 B>OWN1 1.50 EUR transfer c\n"
                  "2025-01-03 OWN1>CD 2.25 EUR transfer d\n"
                  "aside b.csv: no delimiter makes a table of the file's first rows []\n");
    table_case_end(&test);
}

static void account_numbers_that_a_spreadsheet_rounded_are_refused(void **state)
{
    (void)state;
    expect_statement("Date,Amount,Other\n2025-01-02,1,1.23E+15\n2025-01-02,2,1E+15\n"
                     "2025-01-02,3,12E7\n2025-01-02,4,1.2\n",
                     "2025-01-02 12E7>OWN1 3.00 EUR transfer c\n"
                     "2025-01-02 12>OWN1 4.00 EUR transfer c\n"
                     "!2:3 account_scientific account number in E-notation has lost digits: "
                     "'1.23E+15'\n"
                     "!3:3 account_scientific account number in E-notation has lost digits: "
                     "'1E+15'\n");
}

static void repeated_headers_positions_and_other_languages_are_found(void **state)
{
    (void)state;
    table_case test;
    table_case_begin(&test);
    table_case_text(&test, "t.csv",
                    "Laiks,Account,Account,\xC4\x81zv\xC4\x93rte, x \n2025-01-02,A1,B2,3.00,EUR\n",
                    TRAIL_LAYOUT_TRANSFERS,
                    COLUMNS("booking_date", "1", "payer_account", "Account", "payee_account",
                            "Account#2", "amount", "\xC4\x81zv\xC4\x93rte", "currency", "x"));
    expect(&test, "2025-01-02 A1>B2 3.00 EUR transfer dc\n");
    table_case_end(&test);
}

static void a_column_that_is_not_there_sets_the_file_aside_with_a_suggestion(void **state)
{
    (void)state;
    table_case test;
    table_case_begin(&test);
    table_case_text(&test, "a.csv", "Date,Amounts,Other\n2025-01-02,1,B\n", TRAIL_LAYOUT_STATEMENT,
                    STATEMENT);
    expect(&test, "aside a.csv: column 'Amount', read as amount, is not in the header — did you "
                  "mean 'Amounts'? [amount: \"Amounts\"]\n");
    table_case_end(&test);
}

static void declared_truth_is_never_read(void **state)
{
    (void)state;
    table_case test;
    table_case_begin(&test);
    size_t at = table_case_text(&test, "a.csv", "Date,Amount,Other\n2025-01-02,1,B\n",
                                TRAIL_LAYOUT_STATEMENT, STATEMENT);
    table_case_word(&test.profiles[at].truth, "Other");
    expect(&test, "aside a.csv: column 'Other' is declared truth, which is never read, and is read "
                  "as counterparty_account []\n");
    table_case_end(&test);
}

static void rows_with_another_number_of_columns_are_refused(void **state)
{
    (void)state;
    expect_statement("Date,Amount,Other\n2025-01-02,1\n2025-01-02,1,B,x\n2025-01-02,1,B,,\n",
                     "2025-01-02 B>OWN1 1.00 EUR transfer c\n"
                     "!2:0 too_few_columns the row has fewer columns than the header\n"
                     "!3:0 too_many_columns the row has more columns than the header\n");
}

static void a_nul_or_invalid_utf8_refuses_its_row_only(void **state)
{
    (void)state;
    table_case test;
    table_case_begin(&test);
    static const char bytes[] =
        "Date,Amount,Other\n2025-01-02,1,B\0\n2025-01-02,2,\xFF\n2025-01-02,3,B\n";
    table_case_add(&test, "a.csv", bytes, sizeof bytes - 1, TRAIL_LAYOUT_STATEMENT, STATEMENT);
    expect(&test, "2025-01-02 B>OWN1 3.00 EUR transfer c\n"
                  "!2:0 nul_byte the row holds a NUL byte\n"
                  "!3:3 invalid_encoding the field is not text in the file's encoding\n");
    table_case_end(&test);
}

static void utf16_is_told_by_its_mark_or_must_be_declared(void **state)
{
    (void)state;
    static const char bytes[] = "\xFF\xFE"
                                "D\0a\0t\0e\0,\0A\0m\0o\0u\0n\0t\0,\0O\0t\0h\0e\0r\0\n\0"
                                "2\0"
                                "0\0"
                                "2\0"
                                "5\0-\0"
                                "0\0"
                                "1\0-\0"
                                "0\0"
                                "2\0,\0"
                                "1\0,\0B\0\n\0";
    for (int marked = 0; marked < 2; marked++) {
        for (int declared = 0; declared < 2; declared++) {
            table_case test;
            table_case_begin(&test);
            size_t skip = marked ? 0 : 2;
            size_t at = table_case_add(&test, "a.csv", bytes + skip, sizeof bytes - 1 - skip,
                                       TRAIL_LAYOUT_STATEMENT, STATEMENT);
            if (declared) test.sources[at].encoding = "UTF-16";
            expect(&test, declared || marked
                              ? "2025-01-02 B>OWN1 1.00 EUR transfer c\n"
                              : "aside a.csv: the file is UTF-16 text and its encoding is not "
                                "declared [encoding: utf-16le]\n");
            table_case_end(&test);
        }
    }
}

static void a_declared_encoding_is_decoded(void **state)
{
    (void)state;
    table_case test;
    table_case_begin(&test);
    /* windows-1257: \xE2 is U+0101, \xA0 the blank that groups thousands. */
    size_t at = table_case_text(
        &test, "a.csv",
        "Date;Amount;V\xE2rds\n2025-01-02;-1\xA0"
        "234,50;J\xE2nis\n",
        TRAIL_LAYOUT_STATEMENT,
        COLUMNS("booking_date", "Date", "amount", "Amount", "counterparty_name", "V\xC4\x81rds"));
    test.profiles[at].delimiter = ';';
    test.profiles[at].decimal = ',';
    test.profiles[at].encoding = "windows-1257";
    expect(&test, "2025-01-02 OWN1>- 1234.50 EUR unnamed d\n");
    const trail_detail *detail = trail_records_detail(&test.ledger.records, 0);
    assert_string_equal(trail_strings_get(test.ledger.strings, detail->payee_name).start,
                        "J\xC4\x81nis");
    table_case_end(&test);
}

static void files_that_cannot_be_read_are_set_aside_and_the_run_goes_on(void **state)
{
    (void)state;
    table_case test;
    table_case_begin(&test);
    table_case_add(&test, "missing.csv", NULL, 0, TRAIL_LAYOUT_STATEMENT, STATEMENT);
    table_case_text(&test, "empty.csv", "", TRAIL_LAYOUT_STATEMENT, STATEMENT);
    table_case_text(&test, "header.csv", "Date,Amount,Other\n", TRAIL_LAYOUT_STATEMENT, STATEMENT);
    table_case_add(&test, ".", NULL, 0, TRAIL_LAYOUT_STATEMENT, STATEMENT);
    assert_int_equal(table_case_run(&test), TRAIL_OK);
    const char *shown = table_case_show(&test);
    assert_non_null(strstr(shown, "aside .: "));
    assert_non_null(strstr(shown, "aside empty.csv: the file is empty []"));
    assert_non_null(strstr(shown, "aside missing.csv: cannot open "));
    assert_null(strstr(shown, "header.csv"));
    assert_int_equal(test.rejects.files.count, 4);
    table_case_end(&test);
}

static void a_cut_gzip_keeps_what_was_readable_and_refuses_the_cut_row(void **state)
{
    (void)state;
    table_case test;
    trail_text rows = {0}, packed = {0};
    table_case_begin(&test);
    assert_int_equal(trail_text_add(&rows, trail_slice_of("Date,Amount,Other\n"), NULL), TRAIL_OK);
    for (int i = 0; i < 20000; i++) {
        assert_int_equal(trail_text_add_format(&rows, NULL, "2025-01-02,%d.%02d,B%d\n", i * 7 % 997,
                                               i * 31 % 100, i * 7919 % 10007),
                         TRAIL_OK);
    }
    assert_int_equal(trail_gzip(trail_text_slice(&rows), &packed, NULL), TRAIL_OK);
    table_case_add(&test, "a.csv.gz", packed.bytes, packed.length / 2, TRAIL_LAYOUT_STATEMENT,
                   STATEMENT);
    assert_int_equal(table_case_run(&test), TRAIL_OK);
    assert_true(test.ledger.count > 1000);
    assert_int_equal(test.rejects.rejects.count, 1);
    const trail_reject *reject = trail_vector_at(&test.rejects.rejects, 0);
    assert_string_equal(reject->code, "row_cut_off");
    const trail_file_report *report = trail_vector_at(&test.rejects.files, 0);
    assert_int_equal(report->outcome, TRAIL_FILE_READ_IN_PART);
    assert_int_equal(report->rows, test.ledger.count + 1);
    assert_true(report->reason != 0);
    trail_text_clear(&rows);
    trail_text_clear(&packed);
    table_case_end(&test);
}

static void currencies_come_from_column_names_or_the_source(void **state)
{
    (void)state;
    table_case test;
    table_case_begin(&test);
    size_t at = table_case_text(
        &test, "t.csv",
        "Date,From,To,Amount,Cur,Got,GotCur\n2025-01-02,A,B,10.00,US Dollar,10.00,US Dollar\n"
        "2025-01-02,A,B,10.00,Lats,8.5,Euro\n2025-01-02,A,B,10.00,Gold,1,Euro\n"
        "2025-01-02,A,B,10.00,,10,\n2025-01-02,A,B,1.00,Bitcoin,1.00000000,Bitcoin\n"
        "2025-01-02,A,B,10.00,EUR,,USD\n",
        TRAIL_LAYOUT_TRANSFERS,
        COLUMNS("booking_date", "Date", "payer_account", "From", "payee_account", "To", "amount",
                "Amount", "currency", "Cur", "received_amount", "Got", "received_currency",
                "GotCur"));
    trail_currency lats = TRAIL_NO_CURRENCY;
    assert_true(trail_currency_find(trail_slice_of("LVL"), &lats));
    table_case_rule(&test.profiles[at].currencies, "Lats", lats);
    test.sources[at].currency = "CHF";
    expect(&test, "2025-01-02 A>B 10.00 USD transfer dc\n"
                  "2025-01-02 A>B 10.00 LVL = 8.50 EUR transfer dc\n"
                  "2025-01-02 A>B 10.00 CHF transfer dc\n"
                  "2025-01-02 A>B 1.00000000 XBT transfer dc\n"
                  "!4:5 unknown_currency the currency is not known: 'Gold'\n"
                  "!7:6 amount_missing the amount received in another currency is not given\n");
    table_case_end(&test);
}

static void codes_and_texts_give_kinds_and_rows_that_are_no_payment(void **state)
{
    (void)state;
    table_case test;
    table_case_begin(&test);
    size_t at =
        table_case_text(&test, "a.csv",
                        "Date,Amount,Other,Code,T1,T2\n2025-01-02,-1,,ATM,x,\n2025-01-02,-2,,ZZZ,"
                        "CASH  Withdrawal,\n"
                        "2025-01-02,-3,B,,,\n,pending,,PENDING,,\n2025-01-02,-4,-,,\xC4\x80,"
                        "b\n2025-01-02,-5,0,,a,b\n",
                        TRAIL_LAYOUT_STATEMENT,
                        COLUMNS("booking_date", "Date", "amount", "Amount", "counterparty_account",
                                "Other", "kind", "Code", "text", "T1", "text", "T2"));
    trail_profile *profile = &test.profiles[at];
    table_case_rule(&profile->kinds, "ATM", TRAIL_KIND_CASH);
    table_case_rule(&profile->texts, "cash withdrawal", TRAIL_KIND_CASH);
    table_case_rule(&profile->texts, "\xC4\x81 b", TRAIL_KIND_FEE);
    table_case_rule(&profile->no_payment, "PENDING", 0);
    table_case_word(&profile->empty_accounts, "0");
    expect(&test, "2025-01-02 OWN1>- 1.00 EUR cash d\n"
                  "2025-01-02 OWN1>- 2.00 EUR cash d\n"
                  "2025-01-02 OWN1>B 3.00 EUR transfer d\n"
                  "2025-01-02 OWN1>- 4.00 EUR fee d\n"
                  "2025-01-02 OWN1>- 5.00 EUR unnamed d\n"
                  "no-payment 1\n");
    const trail_detail *detail = trail_records_detail(&test.ledger.records, 5);
    assert_string_equal(trail_strings_get(test.ledger.strings, detail->text).start, "a b");
    table_case_end(&test);
}

static void rows_outside_the_request_are_counted_and_left_out(void **state)
{
    (void)state;
    table_case test;
    table_case_begin(&test);
    size_t at = table_case_text(&test, "t.csv",
                                "Date,From,To,Amount\n2025-01-02,A1,B2,1\n2025-01-02,C3,D4,2\n"
                                "2025-02-02,A1,B2,3\n2024-12-31,A1,B2,4\n2025-01-05,D4,a-1,5\n",
                                TRAIL_LAYOUT_TRANSFERS, TRANSFERS);
    table_case_word(&test.sources[at].scope_accounts, "A1");
    assert_true(trail_day_from_civil(2025, 1, 1, &test.sources[at].scope_from));
    assert_true(trail_day_from_civil(2025, 1, 31, &test.sources[at].scope_to));
    expect(&test, "2025-01-02 A1>B2 1.00 EUR transfer dc\n"
                  "2025-01-05 D4>A1 5.00 EUR transfer dc\n"
                  "out-of-scope 3\n");
    table_case_end(&test);
}

static void times_are_kept_unless_all_are_midnight(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "Date,Amount,Other,Time\n2025-01-02,1,B,00:00\n2025-01-02,2,B,16:40:05\n2025-01-02,3,B,\n",
        "Date,Amount,Other,Time\n2025-01-02,1,B,00:00\n2025-01-02,2,B,0:00\n2025-01-02,3,B,\n"};
    static const char *const wanted[] = {"2025-01-02 00:00:00 B>OWN1 1.00 EUR transfer c\n"
                                         "2025-01-02 16:40:05 B>OWN1 2.00 EUR transfer c\n"
                                         "2025-01-02 B>OWN1 3.00 EUR transfer c\n",
                                         "2025-01-02 B>OWN1 1.00 EUR transfer c\n"
                                         "2025-01-02 B>OWN1 2.00 EUR transfer c\n"
                                         "2025-01-02 B>OWN1 3.00 EUR transfer c\n"};
    for (size_t i = 0; i < 2; i++) {
        table_case test;
        table_case_begin(&test);
        table_case_text(&test, "a.csv", texts[i], TRAIL_LAYOUT_STATEMENT,
                        COLUMNS("booking_date", "Date", "amount", "Amount", "counterparty_account",
                                "Other", "time", "Time"));
        expect(&test, wanted[i]);
        table_case_end(&test);
    }
}

static void the_own_account_comes_from_a_column_a_line_or_the_case_file(void **state)
{
    (void)state;
    table_case test;
    table_case_begin(&test);
    size_t at = table_case_text(&test, "line.csv",
                                "Bank of Examples;;\nKonts: X 77-1;;\n\nDate;Amount;Other\n"
                                "2025-01-02;1;B\n",
                                TRAIL_LAYOUT_STATEMENT, STATEMENT);
    test.sources[at].own_account = NULL;
    test.profiles[at].delimiter = ';';
    test.profiles[at].header_row = 4;
    test.profiles[at].own_account_line = "Konts:";
    at = table_case_text(&test, "next.csv", "Konts:;;X 78\nDate;Amount;Other\n2025-01-02;1;B\n",
                         TRAIL_LAYOUT_STATEMENT, STATEMENT);
    test.sources[at].own_account = NULL;
    test.sources[at].bank = "habalv22xxx";
    test.profiles[at].delimiter = ';';
    test.profiles[at].header_row = 2;
    test.profiles[at].own_account_line = "Konts:";
    at = table_case_text(&test, "none.csv", "Date,Amount,Other\n2025-01-02,1,B\n",
                         TRAIL_LAYOUT_STATEMENT, STATEMENT);
    test.sources[at].own_account = NULL;
    at = table_case_text(&test, "own.csv", "Date,Amount,Own\n2025-01-02,1,Q9\n2025-01-02,2,\n",
                         TRAIL_LAYOUT_STATEMENT,
                         COLUMNS("booking_date", "Date", "amount", "Amount", "own_account", "Own"));
    test.sources[at].own_account = NULL;
    expect(&test, "2025-01-02 B>X771 1.00 EUR transfer c\n"
                  "2025-01-02 B>HABALV22/X78 1.00 EUR transfer c\n"
                  "2025-01-02 ->Q9 1.00 EUR unnamed c\n"
                  "!3:3 own_account_missing the row does not say whose account it is on\n"
                  "aside none.csv: nothing says whose account the statement is of "
                  "[own_account: \"...\"]\n");
    table_case_end(&test);
}

static void a_table_without_a_header_is_read_by_positions(void **state)
{
    (void)state;
    table_case test;
    table_case_begin(&test);
    size_t at =
        table_case_text(&test, "a.csv", "2025-01-02,1,B\n2025-01-03,2,B\n", TRAIL_LAYOUT_STATEMENT,
                        COLUMNS("booking_date", "1", "amount", "2", "counterparty_account", "3"));
    test.profiles[at].no_header = true;
    expect(&test, "2025-01-02 B>OWN1 1.00 EUR transfer c\n2025-01-03 B>OWN1 2.00 EUR transfer c\n");
    table_case_end(&test);
}

static void the_opening_stands_before_the_first_row_in_either_order(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "Date,Amount,Other,Bal\n2025-01-02,10,B,110\n2025-01-02,-5,B,105\n2025-01-03,1,B,106\n",
        "Date,Amount,Other,Bal\n2025-01-03,1,B,106\n2025-01-02,-5,B,105\n2025-01-02,10,B,110\n",
        "Date,Amount,Other,Bal\n2025-01-03,1,B,106\n2025-01-02,10,B,110\n2025-01-02,-5,B,105\n"};
    for (size_t i = 0; i < TRAIL_LENGTH_OF(texts); i++) {
        table_case test;
        table_case_begin(&test);
        table_case_text(&test, "a.csv", texts[i], TRAIL_LAYOUT_STATEMENT,
                        COLUMNS("booking_date", "Date", "amount", "Amount", "counterparty_account",
                                "Other", "balance", "Bal"));
        assert_int_equal(table_case_run(&test), TRAIL_OK);
        assert_string_equal(table_case_show_accounts(&test),
                            "OWN1 opens 100.00 EUR 2025-01-02\nOWN1 2025-01-02..2025-01-03\n");
        table_case_end(&test);
    }
}

static void a_statement_observes_its_stated_period_even_without_rows(void **state)
{
    (void)state;
    table_case test;
    table_case_begin(&test);
    size_t at =
        table_case_text(&test, "a.csv", "Date,Amount,Other\n", TRAIL_LAYOUT_STATEMENT, STATEMENT);
    assert_true(trail_day_from_civil(2025, 1, 1, &test.sources[at].from));
    assert_true(trail_day_from_civil(2025, 1, 31, &test.sources[at].to));
    assert_int_equal(table_case_run(&test), TRAIL_OK);
    assert_string_equal(table_case_show_accounts(&test), "OWN1 2025-01-01..2025-01-31\n");
    table_case_end(&test);
}

#define BANKED                                                                                     \
    COLUMNS("booking_date", "Date", "payer_account", "From", "payer_bank", "FB", "payee_account",  \
            "To", "payee_bank", "TB", "amount", "Amount")

static void a_table_observes_what_its_source_says(void **state)
{
    (void)state;
    static const char text[] =
        "Date,From,FB,To,TB,Amount\n2025-01-02,A,X,B,Y,1\n2025-01-05,C,x,B,Y,1\n";
    static const char *const wanted[] = {
        "X/A 2025-01-02..2025-01-05\nY/B 2025-01-02..2025-01-05\nX/C 2025-01-02..2025-01-05\n",
        "X/A 2025-01-02..2025-01-05\nX/C 2025-01-02..2025-01-05\n",
        "X/C 2025-01-02..2025-01-05\nZ9 2025-01-02..2025-01-05\n"};
    for (int i = 0; i < 3; i++) {
        table_case test;
        table_case_begin(&test);
        size_t at = table_case_text(&test, "t.csv", text, TRAIL_LAYOUT_TRANSFERS, BANKED);
        trail_source *source = &test.sources[at];
        if (i == 1) source->observes = TRAIL_OBSERVES_DEFAULT;
        if (i == 1) source->bank = "X";
        if (i == 2) source->observes = TRAIL_OBSERVES_LIST;
        if (i == 2) table_case_word(&source->observed, "c");
        if (i == 2) table_case_word(&source->observed, "Z-9");
        assert_int_equal(table_case_run(&test), TRAIL_OK);
        assert_string_equal(table_case_show_accounts(&test), wanted[i]);
        table_case_end(&test);
    }
}

static void a_table_that_says_nothing_of_observation_is_a_case_file_error(void **state)
{
    (void)state;
    table_case test;
    table_case_begin(&test);
    size_t at =
        table_case_text(&test, "t.csv", "Date,From,To,Amount\n", TRAIL_LAYOUT_TRANSFERS, TRANSFERS);
    test.sources[at].observes = TRAIL_OBSERVES_DEFAULT;
    assert_int_equal(table_case_run(&test), TRAIL_USAGE);
    assert_non_null(strstr(test.error.message, "case.yaml:7: t.csv is a table of transfers"));
    table_case_end(&test);
}

static void more_rejects_than_the_limit_end_the_run(void **state)
{
    (void)state;
    table_case test;
    table_case_begin(&test);
    table_case_text(&test, "a.csv", "Date,Amount,Other\nx,1,B\ny,1,B\n", TRAIL_LAYOUT_STATEMENT,
                    STATEMENT);
    test.reject_limit = 1;
    assert_int_equal(table_case_run(&test), TRAIL_BAD_DATA);
    assert_non_null(strstr(test.error.message, "a.csv line 3"));
    table_case_end(&test);
}

static void a_reject_keeps_place_and_text(void **state)
{
    (void)state;
    table_case test;
    table_case_begin(&test);
    table_case_text(&test, "a.csv", "Date,Amount,Other\n2025-01-02,1,B\n2025-01-02,\"1,B\n",
                    TRAIL_LAYOUT_STATEMENT, STATEMENT);
    expect(&test, "2025-01-02 B>OWN1 1.00 EUR transfer c\n"
                  "!3:2 quote_not_closed a quote opens a field and no quote closes it\n");
    const trail_reject *reject = trail_vector_at(&test.rejects.rejects, 0);
    assert_int_equal(reject->offset, 33);
    assert_int_equal(reject->record, 1);
    assert_string_equal(trail_strings_get(test.ledger.strings, reject->column_name).start,
                        "Amount");
    assert_string_equal(trail_strings_get(test.ledger.strings, reject->text).start,
                        "2025-01-02,\"1,B");
    assert_int_equal(trail_records_line(&test.ledger.records, 1), 3);
    assert_int_equal(trail_records_length(&test.ledger.records, 1), 15);
    table_case_end(&test);
}

static void the_order_in_which_sources_are_named_does_not_matter(void **state)
{
    (void)state;
    static const char *const names[] = {"b.csv", "a.csv"};
    for (size_t i = 0; i < 2; i++) {
        table_case test;
        table_case_begin(&test);
        for (size_t k = 0; k < 2; k++) {
            const char *name = names[(i + k) % 2];
            table_case_text(&test, name,
                            name[0] == 'a' ? "Date,Amount,Other\n2025-01-02,1,A\n"
                                           : "Date,Amount,Other\n2025-01-02,2,B\n",
                            TRAIL_LAYOUT_STATEMENT, STATEMENT);
        }
        expect(&test, "2025-01-02 A>OWN1 1.00 EUR transfer c\n"
                      "2025-01-02 B>OWN1 2.00 EUR transfer c\n");
        table_case_end(&test);
    }
}

static void every_refused_allocation_is_reported_and_cleaned_up(void **state)
{
    (void)state;
    size_t refused = 0;
    for (size_t nth = 1;; nth++) {
        table_case test;
        table_case_begin(&test);
        size_t at = table_case_text(
            &test, "a.csv",
            "Date;Amount;Other;T\n02.01.2025;1,5;B;\"a;b\"\n13.01.2025;x;C;\xC4\x81\n",
            TRAIL_LAYOUT_STATEMENT,
            COLUMNS("booking_date", "Date", "amount", "Amount", "counterparty_account", "Other",
                    "text", "T"));
        test.profiles[at].delimiter = ';';
        test.profiles[at].date_format = NULL;
        test.profiles[at].decimal = ',';
        table_case_rule(&test.profiles[at].texts, "x", TRAIL_KIND_FEE);
        table_case_word(&test.sources[at].scope_accounts, "OWN1");
        failing_alloc_at(nth);
        trail_status status = table_case_run(&test);
        size_t asked = failing_alloc_count();
        failing_alloc_at(0);
        /* libcsv asks again for less when it is refused. */
        if (status != TRAIL_OK) {
            assert_int_equal(status, TRAIL_NO_MEMORY);
            refused++;
        }
        table_case_end(&test);
        if (asked < nth) break;
    }
    assert_true(refused > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_signed_amount_says_which_side_the_own_account_is_on),
        cmocka_unit_test(a_transfer_row_is_both_legs),
        cmocka_unit_test(amounts_that_lose_digits_or_do_not_fit_the_notation_are_refused),
        cmocka_unit_test(a_declared_group_separator_is_the_only_one),
        cmocka_unit_test(days_that_do_not_exist_are_refused),
        cmocka_unit_test(dates_that_can_be_read_two_ways_set_the_file_aside),
        cmocka_unit_test(notation_that_the_profile_leaves_open_is_decided_from_the_column),
        cmocka_unit_test(decimals_that_can_be_read_two_ways_set_the_file_aside),
        cmocka_unit_test(debit_and_credit_columns_give_the_side),
        cmocka_unit_test(a_mark_gives_the_side_and_a_blank_one_is_refused),
        cmocka_unit_test(a_delimiter_that_the_profile_leaves_open_is_decided_from_the_file),
        cmocka_unit_test(account_numbers_that_a_spreadsheet_rounded_are_refused),
        cmocka_unit_test(repeated_headers_positions_and_other_languages_are_found),
        cmocka_unit_test(a_column_that_is_not_there_sets_the_file_aside_with_a_suggestion),
        cmocka_unit_test(declared_truth_is_never_read),
        cmocka_unit_test(rows_with_another_number_of_columns_are_refused),
        cmocka_unit_test(a_nul_or_invalid_utf8_refuses_its_row_only),
        cmocka_unit_test(utf16_is_told_by_its_mark_or_must_be_declared),
        cmocka_unit_test(a_declared_encoding_is_decoded),
        cmocka_unit_test(files_that_cannot_be_read_are_set_aside_and_the_run_goes_on),
        cmocka_unit_test(a_cut_gzip_keeps_what_was_readable_and_refuses_the_cut_row),
        cmocka_unit_test(currencies_come_from_column_names_or_the_source),
        cmocka_unit_test(codes_and_texts_give_kinds_and_rows_that_are_no_payment),
        cmocka_unit_test(rows_outside_the_request_are_counted_and_left_out),
        cmocka_unit_test(times_are_kept_unless_all_are_midnight),
        cmocka_unit_test(the_own_account_comes_from_a_column_a_line_or_the_case_file),
        cmocka_unit_test(a_table_without_a_header_is_read_by_positions),
        cmocka_unit_test(the_opening_stands_before_the_first_row_in_either_order),
        cmocka_unit_test(a_statement_observes_its_stated_period_even_without_rows),
        cmocka_unit_test(a_table_observes_what_its_source_says),
        cmocka_unit_test(a_table_that_says_nothing_of_observation_is_a_case_file_error),
        cmocka_unit_test(more_rejects_than_the_limit_end_the_run),
        cmocka_unit_test(a_reject_keeps_place_and_text),
        cmocka_unit_test(the_order_in_which_sources_are_named_does_not_matter),
        cmocka_unit_test(every_refused_allocation_is_reported_and_cleaned_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
