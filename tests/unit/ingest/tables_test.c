/* Tables beyond one row, one payment: totals and footers, merged headings, amounts by currency,
 * statuses and fees, pages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "support/failing_alloc.h"
#include "support/table_case.h"

#define COLUMNS(...) ((const char *const[]){__VA_ARGS__, NULL})
#define STATEMENT                                                                                  \
    COLUMNS("booking_date", "Date", "amount", "Amount", "counterparty_account", "Other")

static void expect(table_case *test, const char *wanted)
{
    trail_status status = table_case_run(test);
    if (status != TRAIL_OK) print_message("%s\n", test->error.message);
    assert_int_equal(status, TRAIL_OK);
    assert_string_equal(table_case_show(test), wanted);
}

static void totals_and_footers_are_counted_as_no_payments(void **state)
{
    (void)state;
    table_case test;
    table_case_begin(&test);
    size_t at = table_case_text(&test, "a.csv",
                                "Date,Amount,Other\n2025-01-02,5.00,B\nSumme: Ausgänge,5.00,\n"
                                ",7.00,KOP\xC4\x80\n2025-01-03,1.00,Summe\n,3.00,Summen\n"
                                "Created on 3 Jan,,\n2025-01-04,9.00,B\n",
                                TRAIL_LAYOUT_STATEMENT, STATEMENT);
    table_case_word(&test.profiles[at].totals, "summe");
    table_case_word(&test.profiles[at].totals, "Kop\xC4\x81");
    test.profiles[at].footer = "Created";
    expect(&test, "2025-01-02 B>OWN1 5.00 EUR transfer c\n"
                  "2025-01-03 SUMME>OWN1 1.00 EUR transfer c\n"
                  "!6:1 date_missing the booking date is blank\n"
                  "no-payment 4\n");
    table_case_end(&test);
}

static void headings_in_two_lines_are_joined(void **state)
{
    (void)state;
    table_case test;
    table_case_begin(&test);
    size_t at = table_case_text(
        &test, "m.csv",
        "List of transfers\nDate,Sender,,Receiver,,Amount\n,Name,Phone,Name,Phone,\n"
        "2025-01-02,Ann,+371 2000 0001,Bob,+371-2000-0002,12.00\n",
        TRAIL_LAYOUT_TRANSFERS,
        COLUMNS("booking_date", "Date", "payer_account", "Sender Phone", "payer_name",
                "Sender Name", "payee_account", "Receiver Phone", "amount", "Amount"));
    test.profiles[at].header_row = 2;
    test.profiles[at].header_lines = 2;
    expect(&test, "2025-01-02 +37120000001>+37120000002 12.00 EUR transfer dc\n");
    table_case_end(&test);
}

static void each_currency_may_have_its_own_column(void **state)
{
    (void)state;
    table_case test;
    table_case_begin(&test);
    size_t at = table_case_text(&test, "a.csv",
                                "Date,Other,EUR,JPY\n2025-01-02,B,5.00,\n2025-01-03,C,,-700\n"
                                "2025-01-04,C,1.00,7\n2025-01-05,C,,\n",
                                TRAIL_LAYOUT_STATEMENT,
                                COLUMNS("booking_date", "Date", "counterparty_account", "Other"));
    static const char *const codes[] = {"EUR", "JPY"};
    test.profiles[at].currency = NULL;
    test.profiles[at].amounts = trail_vector_of(sizeof(trail_profile_column));
    for (size_t i = 0; i < 2; i++) {
        trail_profile_column column = {.column = TRAIL_COLUMN_AMOUNT, .header = codes[i]};
        assert_true(trail_currency_find(trail_slice_of(codes[i]), &column.currency));
        assert_int_equal(trail_vector_push(&test.profiles[at].amounts, &column, NULL), TRAIL_OK);
    }
    expect(&test, "2025-01-02 B>OWN1 5.00 EUR transfer c\n"
                  "2025-01-03 OWN1>C 700 JPY transfer d\n"
                  "!4:4 several_amounts amounts are given in several currencies: '7'\n"
                  "!5:3 amount_missing no amount is given in any currency\n");
    trail_vector_clear(&test.profiles[at].amounts);
    table_case_end(&test);
}

static void only_completed_rows_of_a_wallet_are_payments(void **state)
{
    (void)state;
    table_case test;
    table_case_begin(&test);
    size_t at = table_case_text(
        &test, "w.csv",
        "Date,Gross,Fee,Net,Status,Phone,Balance\n2025-01-02,100.00,-3.20,96.80,Done,+371123456,"
        "196.80\n"
        "2025-01-03,-50.00,0.00,-50.00,Done,+371222333,146.80\n2025-01-03,70.00,,70.00,Failed,X,\n"
        "2025-01-04,-100.00,3.20,-96.80,Back,+371123456,50.00\n"
        "2025-01-05,10.00,-1.00,10.00,Done,+371123456,60.00\n2025-01-06,5.00,,5.00,Odd,B,65.00\n"
        "2025-01-06,5.00,,5.00,,B,65.00\n",
        TRAIL_LAYOUT_STATEMENT,
        COLUMNS("booking_date", "Date", "amount", "Gross", "fee", "Fee", "net", "Net", "status",
                "Status", "counterparty_account", "Phone", "balance", "Balance"));
    table_case_rule(&test.profiles[at].statuses, "Done", TRAIL_STATUS_PAYMENT);
    table_case_rule(&test.profiles[at].statuses, "Failed", TRAIL_STATUS_NO_PAYMENT);
    table_case_rule(&test.profiles[at].statuses, "Back", TRAIL_STATUS_REFUND);
    test.profiles[at].fees_signed = true;
    expect(&test, "2025-01-02 +371123456>OWN1 100.00 EUR transfer c\n"
                  "2025-01-02 OWN1>- 3.20 EUR fee d\n"
                  "2025-01-03 OWN1>+371222333 50.00 EUR transfer d\n"
                  "2025-01-04 OWN1>+371123456 100.00 EUR return d\n"
                  "2025-01-04 ->OWN1 3.20 EUR fee c\n"
                  "!6:4 fee_not_in_net amount less fee is not the net: 'amount 10.00, fee -1.00, "
                  "net 10.00'\n"
                  "!7:5 status_unknown statuses does not say what this means: 'Odd'\n"
                  "!8:5 status_unknown the status is blank\n"
                  "no-payment 1\n");
    assert_string_equal(table_case_show_accounts(&test), "OWN1 opens 100.00 EUR 2025-01-02\n"
                                                         "OWN1 2025-01-02..2025-01-04\n");
    const trail_detail *first = trail_records_detail(&test.ledger.records, 0);
    const trail_detail *second = trail_records_detail(&test.ledger.records, 1);
    assert_int_equal(first->balance_minor, 20000);
    assert_int_equal(second->balance_minor, 19680);
    table_case_end(&test);
}

static void a_fee_that_is_never_negative_is_a_cost_both_ways(void **state)
{
    (void)state;
    table_case test;
    table_case_begin(&test);
    table_case_text(
        &test, "w.csv",
        "Date,Amount,Fee,Total\n2025-01-02,-100.00,1.00,-101.00\n"
        "2025-01-03,100.00,1.00,99.00\n2025-01-04,-100.00,1.00,-99.00\n",
        TRAIL_LAYOUT_STATEMENT,
        COLUMNS("booking_date", "Date", "amount", "Amount", "fee", "Fee", "net", "Total"));
    expect(&test, "2025-01-02 OWN1>- 100.00 EUR unnamed d\n"
                  "2025-01-02 OWN1>- 1.00 EUR fee d\n"
                  "2025-01-03 ->OWN1 100.00 EUR unnamed c\n"
                  "2025-01-03 OWN1>- 1.00 EUR fee d\n"
                  "!4:4 fee_not_in_net amount less fee is not the net: 'amount -100.00, fee 1.00, "
                  "net -99.00'\n");
    table_case_end(&test);
}

static void a_money_transfer_row_has_both_legs_and_its_fee(void **state)
{
    (void)state;
    table_case test;
    table_case_begin(&test);
    size_t at = table_case_text(
        &test, "msb.csv",
        "Date,MTCN,SPhone,SId,RPhone,Sent,Fee,Total,Status\n"
        "2025-01-02,111,+371111111,ID1,+40222222,100.00,4.90,104.90,PAID\n"
        "2025-01-03,112,,ID1,+40222222,100.00,4.90,95.10,PAID\n"
        "2025-01-04,111,+371111111,ID1,+40222222,100.00,4.90,104.90,REFUND\n"
        "2025-01-05,113,+371111111,,+40222222,9.00,,9.00,CANCELLED\n"
        "2025-01-06,114,+371111111,,+40222222,9.00,1.00,12.00,PAID\n"
        "2025-01-07,115,,,+40222222,9.00,1.00,10.00,PAID\n",
        TRAIL_LAYOUT_TRANSFERS,
        COLUMNS("booking_date", "Date", "reference", "MTCN", "payer_account", "SPhone",
                "payer_account", "SId", "payee_account", "RPhone", "amount", "Sent", "fee", "Fee",
                "net", "Total", "status", "Status"));
    table_case_rule(&test.profiles[at].statuses, "PAID", TRAIL_STATUS_PAYMENT);
    table_case_rule(&test.profiles[at].statuses, "REFUND", TRAIL_STATUS_REFUND);
    table_case_rule(&test.profiles[at].statuses, "CANCELLED", TRAIL_STATUS_NO_PAYMENT);
    expect(&test, "2025-01-02 +371111111>+40222222 100.00 EUR transfer dc\n"
                  "2025-01-02 +371111111>- 4.90 EUR fee d\n"
                  "2025-01-03 ID1>+40222222 95.10 EUR transfer dc\n"
                  "2025-01-03 ID1>- 4.90 EUR fee d\n"
                  "2025-01-04 +40222222>+371111111 100.00 EUR return dc\n"
                  "2025-01-07 ->+40222222 9.00 EUR unnamed c\n"
                  "!6:8 fee_not_in_net the net is neither amount and fee nor amount less fee: "
                  "'amount 9.00, fee 1.00, net 12.00'\n"
                  "?4 fee_of_refund\n"
                  "?7 fee_without_account\n"
                  "no-payment 1\n");
    table_case_end(&test);
}

static const char layout_text[] =
    "                 Kontoauszug Seite 1\n"
    "Datum       Text                     Betrag      Saldo\n"
    "02.01.2025  Miete Januar            -500,00     500,00\n"
    "            Wohnung 3\n"
    "03.01.2025  Lohn                   1.000,00   1.500,00\n"
    "\f                 Kontoauszug Seite 2\n"
    "Datum       Text                     Betrag      Saldo\n"
    "04.01.2025  Strom                    -50,00   1.440,00\n"
    "05.01.2025  Wasser                   -40,00   1.400,00\n"
    "06.01.2025  Ein Text der bis in den Betrag reicht -1,00   1.399,00\n"
    "            \xC3\x9C"
    "bertrag                           1.399,00\n";

static size_t add_layout_text(table_case *test)
{
    static const uint32_t starts[] = {1, 13, 34, 46};
    size_t at = table_case_text(
        test, "t.txt", layout_text, TRAIL_LAYOUT_STATEMENT,
        COLUMNS("booking_date", "Datum", "text", "Text", "amount", "Betrag", "balance", "Saldo"));
    trail_profile *profile = &test->profiles[at];
    profile->delimiter = 0;
    profile->header_row = 2;
    profile->decimal = ',';
    profile->group = '.';
    profile->group_given = true;
    profile->date_format = "DD.MM.YYYY";
    profile->columns_at = trail_vector_of(sizeof(uint32_t));
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(trail_vector_push(&profile->columns_at, &starts[i], NULL), TRAIL_OK);
    table_case_word(&profile->skip_lines, "Kontoauszug Seite");
    return at;
}

static void a_text_with_columns_at_positions_is_cited_by_page(void **state)
{
    (void)state;
    table_case test;
    table_case_begin(&test);
    size_t at = add_layout_text(&test);
    expect(&test, "2025-01-02 OWN1>- 500.00 EUR unnamed d\n"
                  "2025-01-03 ->OWN1 1000.00 EUR unnamed c\n"
                  "2025-01-04 OWN1>- 50.00 EUR unnamed d\n"
                  "2025-01-05 OWN1>- 40.00 EUR unnamed d\n"
                  "!10:3 text_across_columns a word stands across the border of two columns\n"
                  "!11:1 date_missing the booking date is blank\n"
                  "?8 row_needs_second_look\n");
    const trail_records *records = &test.ledger.records;
    const trail_detail *rent = trail_records_detail(records, 0);
    assert_true(trail_slice_is(trail_strings_get(test.ledger.strings, rent->text),
                               "Miete Januar Wohnung 3"));
    const trail_page_place *place = trail_records_page(records, 2);
    assert_non_null(place);
    assert_int_equal(place->page, 2);
    assert_int_equal(place->line, 3);
    assert_int_equal(trail_records_page(records, 0)->line, 3);
    trail_vector_clear(&test.profiles[at].columns_at);
    table_case_end(&test);
}

static void a_typed_up_table_is_cited_by_the_page_it_names(void **state)
{
    (void)state;
    table_case test;
    table_case_begin(&test);
    table_case_text(&test, "typed.csv",
                    "Date,Amount,Doc,Page,Line,By\n2025-01-02,5.00,scan.pdf,3,12,K. Berg\n"
                    "2025-01-03,5.00,scan.pdf,,,K. Berg\n",
                    TRAIL_LAYOUT_STATEMENT,
                    COLUMNS("booking_date", "Date", "amount", "Amount", "source_file", "Doc",
                            "page", "Page", "page_line", "Line", "transcribed_by", "By"));
    expect(&test, "2025-01-02 ->OWN1 5.00 EUR unnamed c\n"
                  "2025-01-03 ->OWN1 5.00 EUR unnamed c\n"
                  "?1 balances_not_stated\n");
    const trail_page_place *place = trail_records_page(&test.ledger.records, 0);
    assert_non_null(place);
    assert_int_equal(place->page, 3);
    assert_int_equal(place->line, 12);
    assert_true(
        trail_slice_is(trail_strings_get(test.ledger.strings, place->document), "scan.pdf"));
    assert_true(
        trail_slice_is(trail_strings_get(test.ledger.strings, place->transcribed_by), "K. Berg"));
    assert_null(trail_records_page(&test.ledger.records, 1));
    table_case_end(&test);
}

static void every_refused_allocation_is_reported_and_cleaned_up(void **state)
{
    (void)state;
    size_t refused = 0;
    for (size_t nth = 1;; nth++) {
        table_case test;
        table_case_begin(&test);
        size_t at = add_layout_text(&test);
        test.profiles[at].header_row = 1;
        test.profiles[at].header_lines = 2;
        failing_alloc_at(nth);
        trail_status status = table_case_run(&test);
        size_t asked = failing_alloc_count();
        failing_alloc_at(0);
        if (status != TRAIL_OK) {
            assert_int_equal(status, TRAIL_NO_MEMORY);
            refused++;
        }
        trail_vector_clear(&test.profiles[at].columns_at);
        table_case_end(&test);
        if (asked < nth) break;
    }
    assert_true(refused > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(totals_and_footers_are_counted_as_no_payments),
        cmocka_unit_test(headings_in_two_lines_are_joined),
        cmocka_unit_test(each_currency_may_have_its_own_column),
        cmocka_unit_test(only_completed_rows_of_a_wallet_are_payments),
        cmocka_unit_test(a_fee_that_is_never_negative_is_a_cost_both_ways),
        cmocka_unit_test(a_money_transfer_row_has_both_legs_and_its_fee),
        cmocka_unit_test(a_text_with_columns_at_positions_is_cited_by_page),
        cmocka_unit_test(a_typed_up_table_is_cited_by_the_page_it_names),
        cmocka_unit_test(every_refused_allocation_is_reported_and_cleaned_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
