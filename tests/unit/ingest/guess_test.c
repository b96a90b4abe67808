#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "ingest/guess.h"
#include "ingest/guess_text.h"
#include "support/failing_alloc.h"

static void guess_of(trail_guess *guess, const char *text)
{
    trail_error err = {0};
    if (trail_guess_bytes(guess, trail_slice_of(text), NULL, &err) != TRAIL_OK)
        fail_msg("%s", err.message);
}

static const char *header_of(const trail_guess *guess, int meaning)
{
    const trail_guess_column *column = trail_guess_find(guess, meaning);
    return column == NULL ? "(none)" : column->header != NULL ? column->header : "(no heading)";
}

static uint32_t position_of(const trail_guess *guess, int meaning)
{
    const trail_guess_column *column = trail_guess_find(guess, meaning);
    return column == NULL ? 0 : column->position;
}

static const trail_doubt *doubt_on(const trail_guess *guess, trail_guess_subject subject)
{
    for (size_t i = 0; i < guess->doubts.count; i++) {
        const trail_doubt *doubt = trail_vector_at(&guess->doubts, i);
        if (doubt->subject == subject) return doubt;
    }
    return NULL;
}

static void expect_decided(const trail_guess *guess)
{
    for (size_t i = 0; i < guess->doubts.count; i++) {
        const trail_doubt *doubt = trail_vector_at(&guess->doubts, i);
        if (doubt->blocking) print_message("doubt: %s\n", doubt->text);
    }
    assert_true(trail_guess_decided(guess));
}

static void a_semicolon_file_with_decimal_commas_is_no_comma_file(void **state)
{
    (void)state;
    trail_guess guess = {0};
    guess_of(&guess, "Konto;Gegenkonto;Datum;Betrag;Saldo\n1;2;13.02.2024;-5,20;94,80\n"
                     "1;3;14.02.2024;-4,80;90,00\n");
    assert_int_equal(guess.profile.delimiter, ';');
    assert_int_equal(guess.profile.decimal, ',');
    trail_guess_clear(&guess);
    guess_of(&guess, "13.02.2024|-5,20|94,80\n14.02.2024|-4,80|90,00\n");
    assert_int_equal(guess.profile.delimiter, '|');
    trail_guess_clear(&guess);
    guess_of(&guess, "Date\tAmount\n2024-02-13\t-5.20\n");
    assert_int_equal(guess.profile.delimiter, '\t');
    trail_guess_clear(&guess);
}

static void lines_above_the_header_are_passed_and_name_the_account(void **state)
{
    (void)state;
    trail_guess guess = {0};
    guess_of(&guess,
             "Konta pārskats\nKonts:;LV80BANK0000435195001\nPeriods:;01.01.2024-31.01.2024\n\n"
             "Datums;Saņēmējs;Summa;Valūta\n13.01.2024;Anna Roze;-5,20;EUR\n"
             "14.01.2024;Ivo Ozols;7,00;EUR\n");
    assert_int_equal(guess.header_row, 5);
    assert_string_equal(guess.profile.own_account_line, "Konts:");
    assert_string_equal(header_of(&guess, TRAIL_COLUMN_COUNTERPARTY_NAME), "Saņēmējs");
    assert_int_equal(guess.rows, 2);
    expect_decided(&guess);
    trail_guess_clear(&guess);
}

static void dates_without_a_way_to_know_are_asked_with_the_line_to_paste(void **state)
{
    (void)state;
    trail_guess guess = {0};
    guess_of(&guess, "Date,Amount\n01/02/2024,-5.20\n03/04/2024,7.00\n");
    const trail_doubt *doubt = doubt_on(&guess, TRAIL_GUESS_DATES);
    assert_non_null(doubt);
    assert_true(doubt->blocking);
    assert_string_equal(doubt->paste, "date_format: DD/MM/YYYY   # or MM/DD/YYYY");
    assert_non_null(strstr(doubt->text, "01/02/2024 is 1 February 2024"));
    assert_null(guess.profile.date_format);
    trail_guess_clear(&guess);
}

static void amounts_that_fit_both_marks_are_asked(void **state)
{
    (void)state;
    trail_guess guess = {0};
    guess_of(&guess, "Date;Amount\n2024-01-13;-1.200\n2024-01-14;7.500\n");
    const trail_doubt *doubt = doubt_on(&guess, TRAIL_GUESS_AMOUNTS);
    assert_non_null(doubt);
    assert_true(doubt->blocking);
    assert_non_null(strstr(doubt->text, "-1.200 is -1200"));
    trail_guess_clear(&guess);
}

static void two_columns_of_dates_without_headings_are_asked(void **state)
{
    (void)state;
    trail_guess guess = {0};
    guess_of(&guess,
             "13.02.2024;rent;12.02.2024;-5,20;EUR\n14.02.2024;food;14.02.2024;-7,00;EUR\n");
    assert_true(guess.profile.no_header);
    assert_int_equal(position_of(&guess, TRAIL_COLUMN_BOOKING_DATE), 0);
    assert_int_equal(position_of(&guess, TRAIL_COLUMN_AMOUNT), 4);
    assert_int_equal(position_of(&guess, TRAIL_COLUMN_CURRENCY), 5);
    assert_non_null(doubt_on(&guess, TRAIL_GUESS_COLUMN));
    assert_false(trail_guess_decided(&guess));
    trail_guess_clear(&guess);
}

static void a_running_balance_is_found_by_arithmetic(void **state)
{
    (void)state;
    trail_guess guess = {0};
    guess_of(&guess, "2024-02-13;-5,20;94,80\n2024-02-14;-4,80;90,00\n2024-02-15;10,00;100,00\n"
                     "2024-02-16;-1,00;99,00\n2024-02-17;-9,00;90,00\n2024-02-18;3,50;93,50\n");
    assert_int_equal(position_of(&guess, TRAIL_COLUMN_AMOUNT), 2);
    assert_int_equal(position_of(&guess, TRAIL_COLUMN_BALANCE), 3);
    assert_int_equal(guess.balance_checked, 5);
    assert_int_equal(guess.balance_closed, 5);
    trail_guess_clear(&guess);
}

static void marks_get_their_signs_from_known_words(void **state)
{
    (void)state;
    trail_guess guess = {0};
    guess_of(&guess, "Datum;Rekening;Tegenrekening;Af Bij;Bedrag (EUR)\n20240113;1;2;Af;5,20\n"
                     "20240114;1;3;Bij;7,00\n");
    assert_string_equal(header_of(&guess, TRAIL_COLUMN_MARK), "Af Bij");
    assert_int_equal(guess.profile.signs.count, 2);
    const trail_value_rule *rule = trail_vector_at(&guess.profile.signs, 0);
    assert_string_equal(rule->value, "Af");
    assert_int_equal(rule->result, -1);
    assert_string_equal(guess.profile.currency, "EUR");
    assert_string_equal(guess.profile.date_format, "YYYYMMDD");
    expect_decided(&guess);
    trail_guess_clear(&guess);
}

static void marks_nobody_knows_are_proved_by_the_balance(void **state)
{
    (void)state;
    trail_guess guess = {0};
    guess_of(&guess, "Date;Art;Amount;Balance\n2024-01-13;q;5;95\n2024-01-14;p;7;102\n"
                     "2024-01-15;q;2;100\n2024-01-16;p;10;110\n2024-01-17;q;20;90\n");
    assert_string_equal(header_of(&guess, TRAIL_COLUMN_MARK), "Art");
    const trail_value_rule *first = trail_vector_at(&guess.profile.signs, 0);
    assert_string_equal(first->value, "q");
    assert_int_equal(first->result, -1);
    assert_null(doubt_on(&guess, TRAIL_GUESS_SIGN));
    trail_guess_clear(&guess);
}

static void amounts_without_any_sign_are_asked(void **state)
{
    (void)state;
    trail_guess guess = {0};
    guess_of(&guess, "Date;Description;Amount\n2024-01-13;rent;5.20\n2024-01-14;food;7.00\n");
    assert_non_null(doubt_on(&guess, TRAIL_GUESS_SIGN));
    assert_false(trail_guess_decided(&guess));
    trail_guess_clear(&guess);
}

static void a_balance_of_debt_makes_the_signs_doubtful(void **state)
{
    (void)state;
    trail_guess guess = {0};
    guess_of(&guess, "Date;Amount;Balance\n2024-01-13;-5.00;100.00\n2024-01-14;-7.00;107.00\n"
                     "2024-01-15;-1.00;108.00\n2024-01-16;50.00;58.00\n2024-01-17;-2.00;60.00\n"
                     "2024-01-18;-3.00;63.00\n");
    assert_non_null(doubt_on(&guess, TRAIL_GUESS_SIGN));
    trail_guess_clear(&guess);
}

static void debit_and_credit_columns_are_found(void **state)
{
    (void)state;
    trail_guess guess = {0};
    guess_of(&guess,
             "Transaction Date,Transaction Description,Withdrawal,Deposit,Available Balance\n"
             "27 Feb 2018,RENT,7.80,,100.00\n28 Feb 2018,WAGE,,9.80,109.80\n");
    assert_string_equal(header_of(&guess, TRAIL_COLUMN_DEBIT), "Withdrawal");
    assert_string_equal(header_of(&guess, TRAIL_COLUMN_CREDIT), "Deposit");
    assert_string_equal(header_of(&guess, TRAIL_COLUMN_BOOKING_DATE), "Transaction Date");
    assert_int_equal(position_of(&guess, TRAIL_COLUMN_AMOUNT), 0);
    trail_guess_clear(&guess);
}

static void accounts_under_debit_and_credit_are_no_amounts(void **state)
{
    (void)state;
    trail_guess guess = {0};
    guess_of(&guess,
             "Дата;Дебет;Кредит;Сумма\n13.02.2024;5110;6020;5,20\n14.02.2024;5110;7100;7,00\n");
    assert_int_equal(position_of(&guess, TRAIL_COLUMN_DEBIT), 0);
    assert_int_equal(position_of(&guess, TRAIL_COLUMN_CREDIT), 0);
    assert_false(trail_guess_decided(&guess));
    trail_guess_clear(&guess);
}

static void letters_under_any_heading_are_no_marks(void **state)
{
    (void)state;
    trail_guess guess = {0};
    guess_of(&guess, "Date;Code;Amount\n2024-01-13;C;5.20\n2024-01-14;D;7.00\n2024-01-15;C;1.00\n");
    assert_int_equal(position_of(&guess, TRAIL_COLUMN_MARK), 0);
    assert_non_null(doubt_on(&guess, TRAIL_GUESS_SIGN));
    trail_guess_clear(&guess);
    guess_of(&guess, "Date;D/C;Amount\n2024-01-13;C;5.20\n2024-01-14;D;7.00\n2024-01-15;C;1.00\n");
    assert_int_equal(position_of(&guess, TRAIL_COLUMN_MARK), 2);
    assert_null(doubt_on(&guess, TRAIL_GUESS_SIGN));
    trail_guess_clear(&guess);
}

static void a_column_taken_by_content_alone_is_said(void **state)
{
    (void)state;
    trail_guess guess = {0};
    guess_of(&guess, "Date;Description;Qwerty\n2024-01-13;rent;-5.20\n2024-01-14;food;7.00\n");
    assert_int_equal(position_of(&guess, TRAIL_COLUMN_AMOUNT), 3);
    const trail_doubt *doubt = doubt_on(&guess, TRAIL_GUESS_COLUMN);
    assert_non_null(doubt);
    assert_false(doubt->blocking);
    assert_string_equal(doubt->text, "Qwerty is taken for amount: no other column fits");
    trail_guess_clear(&guess);
}

static void amlworld_is_recognised_and_its_answer_column_declared(void **state)
{
    (void)state;
    trail_guess guess = {0};
    guess_of(&guess,
             "Timestamp,From Bank,Account,To Bank,Account,Amount Received,Receiving Currency,"
             "Amount Paid,Payment Currency,Payment Format,Is Laundering\n"
             "2022/09/01 00:20,010,8000EBD30,010,8000EBD31,3697.34,US Dollar,3697.34,US Dollar,"
             "Reinvestment,0\n"
             "2022/09/13 00:26,03208,8000F4580,001,8000F5340,0.01,Bitcoin,0.01,Bitcoin,"
             "Cheque,0\n");
    expect_decided(&guess);
    assert_int_equal(guess.profile.layout, TRAIL_LAYOUT_TRANSFERS);
    assert_string_equal(header_of(&guess, TRAIL_COLUMN_PAYEE_ACCOUNT), "Account#2");
    assert_string_equal(header_of(&guess, TRAIL_COLUMN_PAYER_ACCOUNT), "Account");
    assert_string_equal(header_of(&guess, TRAIL_COLUMN_RECEIVED_AMOUNT), "Amount Received");
    assert_string_equal(guess.profile.date_format, "YYYY/MM/DD hh:mm");
    assert_int_equal(guess.profile.truth.count, 1);
    trail_guess_clear(&guess);
}

static void transfers_with_known_headings_are_no_statement(void **state)
{
    (void)state;
    trail_guess guess = {0};
    guess_of(&guess,
             "Time,Date,Sender_account,Receiver_account,Amount,Payment_currency,Is_laundering\n"
             "10:35:19,2022-10-07,8724731955,2769355426,1459.15,USD,0\n"
             "10:35:20,2022-10-07,1491989064,8401255335,6019.64,USD,0\n");
    expect_decided(&guess);
    assert_int_equal(guess.profile.layout, TRAIL_LAYOUT_TRANSFERS);
    assert_string_equal(header_of(&guess, TRAIL_COLUMN_PAYER_ACCOUNT), "Sender_account");
    assert_string_equal(header_of(&guess, TRAIL_COLUMN_TIME), "Time");
    assert_string_equal(guess.profile.time_format, "h:mm:ss");
    assert_int_equal(guess.profile.truth.count, 1);
    trail_guess_clear(&guess);
}

static void encodings_are_told_by_the_letters_of_a_language(void **state)
{
    (void)state;
    trail_guess guess = {0};
    /* windows-1257: Saņēmējs, Jānis Bērziņš, Kļaviņa */
    guess_of(&guess, "Datums;Sa\xf2\xe7m\xe7js;Summa\n13.01.2024;J\xe2nis B\xe7rzi\xf2\xf0;-5,20\n"
                     "14.01.2024;K\xef"
                     "avi\xf2"
                     "a;7,00\n");
    assert_string_equal(guess.encoding, "windows-1257");
    assert_null(doubt_on(&guess, TRAIL_GUESS_ENCODING));
    assert_string_equal(header_of(&guess, TRAIL_COLUMN_COUNTERPARTY_NAME), "Saņēmējs");
    trail_guess_clear(&guess);
    /* windows-1251: Дата, Сумма, Назначение платежа */
    guess_of(&guess,
             "\xc4\xe0\xf2\xe0;\xcd\xe0\xe7\xed\xe0\xf7\xe5\xed\xe8\xe5 \xef\xeb\xe0\xf2\xe5"
             "\xe6\xe0;\xd1\xf3\xec\xec\xe0\n13.01.2024;\xe0\xf0\xe5\xed\xe4\xe0;-5,20\n");
    assert_string_equal(guess.encoding, "windows-1251");
    assert_string_equal(header_of(&guess, TRAIL_COLUMN_AMOUNT), "Сумма");
    trail_guess_clear(&guess);
    /* A letter that is one thing in Dutch and another in Lithuanian. */
    guess_of(&guess, "Datum;X;Bedrag\n13.01.2024;initi\xebrend;-5,20\n");
    assert_non_null(doubt_on(&guess, TRAIL_GUESS_ENCODING));
    trail_guess_clear(&guess);
}

static void utf16_and_byte_order_marks_are_read(void **state)
{
    (void)state;
    static const char plain[] = "Date;Amount\n2024-01-13;-5.20\n";
    char wide[2 * sizeof plain + 2] = {(char)0xFF, (char)0xFE};
    for (size_t i = 0; i < sizeof plain - 1; i++)
        wide[2 + 2 * i] = plain[i];
    trail_guess guess = {0};
    trail_slice bytes = {wide, 2 + 2 * (sizeof plain - 1)};
    assert_int_equal(trail_guess_bytes(&guess, bytes, NULL, NULL), TRAIL_OK);
    assert_string_equal(guess.encoding, "UTF-16LE");
    assert_string_equal(header_of(&guess, TRAIL_COLUMN_BOOKING_DATE), "Date");
    trail_guess_clear(&guess);
    guess_of(&guess, "\xef\xbb\xbf"
                     "Date;Amount\n2024-01-13;-5.20\n");
    assert_string_equal(header_of(&guess, TRAIL_COLUMN_BOOKING_DATE), "Date");
    trail_guess_clear(&guess);
}

static void what_is_no_table_gives_a_doubt_and_no_failure(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",         "\n",          "hello", "a;b\nc;d\n", "\"", "Date;Amount\n", "1;2;3\n4;5;6\n",
        "\xff\xfe", ";;;;\n;;;;\n"};
    for (size_t i = 0; i < TRAIL_LENGTH_OF(texts); i++) {
        trail_guess guess = {0};
        guess_of(&guess, texts[i]);
        assert_false(trail_guess_decided(&guess));
        trail_guess_clear(&guess);
    }
}

static void codes_are_counted_with_their_totals(void **state)
{
    (void)state;
    trail_guess guess = {0};
    guess_of(&guess,
             "Date;Type;Amount;Currency\n2024-01-13;ATM;-5.20;EUR\n2024-01-14;ATM;-7.00;EUR\n"
             "2024-01-15;FEE;-1.00;EUR\n2024-01-16;ATM;-2.00;USD\n");
    assert_int_equal(guess.codes.count, 3);
    const trail_guess_code *code = trail_vector_at(&guess.codes, 0);
    assert_string_equal(code->value, "ATM");
    assert_string_equal(code->currency, "EUR");
    assert_int_equal(code->count, 2);
    assert_int_equal(code->total_minor, -1220);
    trail_guess_clear(&guess);
}

static void what_the_source_says_is_not_doubted(void **state)
{
    (void)state;
    trail_guess guess = {0};
    trail_guess_known known = {.currency = "EUR", .own_account = "LV1", .has_period = true};
    assert_true(trail_day_from_civil(2024, 2, 1, &known.from));
    assert_true(trail_day_from_civil(2024, 2, 29, &known.to));
    trail_slice text = trail_slice_of("Date;Amount\n03/02/2024;-5.20\n05/02/2024;7.00\n");
    assert_int_equal(trail_guess_bytes(&guess, text, &known, NULL), TRAIL_OK);
    expect_decided(&guess);
    assert_string_equal(guess.profile.date_format, "DD/MM/YYYY");
    assert_string_equal(guess.profile.currency, "EUR");
    trail_guess_clear(&guess);
}

static void the_profile_is_written_as_yaml(void **state)
{
    (void)state;
    trail_guess guess = {0};
    trail_text text = {0};
    trail_output *out = NULL;
    guess_of(&guess,
             "Konto;Gegenkonto;Datum;Text: 1;Betrag;Währung\n1;2;13.02.2024;a;-1.005,20;EUR\n"
             "1;3;14.02.2024;b;-4,80;EUR\n");
    assert_int_equal(trail_output_into(&out, &text, NULL), TRAIL_OK);
    trail_profile_write_yaml(&guess.profile, "  ", out);
    assert_int_equal(trail_output_finish(out, NULL, NULL), TRAIL_OK);
    assert_string_equal(text.bytes, "  layout: statement\n"
                                    "  delimiter: \";\"\n"
                                    "  header: 1\n"
                                    "  date_format: DD.MM.YYYY\n"
                                    "  decimal: \",\"\n"
                                    "  group: \".\"\n"
                                    "  columns:\n"
                                    "    booking_date: Datum\n"
                                    "    amount: Betrag\n"
                                    "    currency: Währung\n"
                                    "    own_account: Konto\n"
                                    "    counterparty_account: Gegenkonto\n"
                                    "    text: \"Text: 1\"\n");
    trail_text_clear(&text);
    trail_guess_clear(&guess);
}

static void every_failing_allocation_is_cleaned_up(void **state)
{
    (void)state;
    static const char text[] =
        "Konts:;LV80BANK0000435195001\nDatums;Sa\xf2\xe7m\xe7js;Kods;D/K;Summa;Atlikums\n"
        "13.01.2024;J\xe2nis B\xe7rzi\xf2\xf0;ATM;D;5,20;10,00\n14.01.2024;b;FEE;K;5,20;15,20\n";
    for (size_t nth = 1;; nth++) {
        trail_guess guess = {0};
        trail_error err = {0};
        failing_alloc_at(nth);
        trail_status status = trail_guess_bytes(&guess, trail_slice_of(text), NULL, &err);
        size_t asked = failing_alloc_count();
        failing_alloc_at(0);
        trail_guess_clear(&guess);
        if (asked < nth) {
            assert_int_equal(status, TRAIL_OK);
            break;
        }
        assert_int_equal(status, TRAIL_NO_MEMORY);
    }
}

static void changing_ibans_are_the_other_partys_once_the_own_account_is_known(void **state)
{
    (void)state;
    static const char rows[] = "Datum;Betrag;W\xc3\xa4hrung;IBAN;Verwendungszweck\n"
                               "13.02.2024;-5,20;EUR;DE65999123450000410022;Miete\n"
                               "14.02.2024;4,80;EUR;DE93999123450088001100;Lohn\n";
    trail_guess guess = {0};
    guess_of(&guess, rows);
    assert_false(trail_guess_decided(&guess));
    assert_string_equal(header_of(&guess, TRAIL_COLUMN_COUNTERPARTY_ACCOUNT), "(none)");
    const trail_doubt *doubt = doubt_on(&guess, TRAIL_GUESS_COLUMN);
    assert_non_null(doubt);
    assert_string_equal(doubt->paste, "counterparty_account: 4");
    trail_guess_clear(&guess);

    trail_guess_known known = {.own_account = "LV70DAKR0055100010001"};
    assert_int_equal(trail_guess_bytes(&guess, trail_slice_of(rows), &known, NULL), TRAIL_OK);
    expect_decided(&guess);
    assert_string_equal(header_of(&guess, TRAIL_COLUMN_COUNTERPARTY_ACCOUNT), "IBAN");
    trail_guess_clear(&guess);
}

static void an_account_above_the_header_makes_changing_ibans_the_other_partys(void **state)
{
    (void)state;
    trail_guess guess = {0};
    guess_of(&guess, "Konts: LV70DAKR0055100010001;;;\n"
                     "Datums;Summa;Val\xc5\xabta;Konts\n"
                     "13.02.2024;-5,20;EUR;DE65999123450000410022\n"
                     "14.02.2024;4,80;EUR;DE93999123450088001100\n");
    expect_decided(&guess);
    assert_string_equal(guess.profile.own_account_line, "Konts:");
    assert_string_equal(header_of(&guess, TRAIL_COLUMN_COUNTERPARTY_ACCOUNT), "Konts");
    trail_guess_clear(&guess);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(changing_ibans_are_the_other_partys_once_the_own_account_is_known),
        cmocka_unit_test(an_account_above_the_header_makes_changing_ibans_the_other_partys),
        cmocka_unit_test(a_semicolon_file_with_decimal_commas_is_no_comma_file),
        cmocka_unit_test(lines_above_the_header_are_passed_and_name_the_account),
        cmocka_unit_test(dates_without_a_way_to_know_are_asked_with_the_line_to_paste),
        cmocka_unit_test(amounts_that_fit_both_marks_are_asked),
        cmocka_unit_test(two_columns_of_dates_without_headings_are_asked),
        cmocka_unit_test(a_running_balance_is_found_by_arithmetic),
        cmocka_unit_test(marks_get_their_signs_from_known_words),
        cmocka_unit_test(marks_nobody_knows_are_proved_by_the_balance),
        cmocka_unit_test(amounts_without_any_sign_are_asked),
        cmocka_unit_test(a_balance_of_debt_makes_the_signs_doubtful),
        cmocka_unit_test(debit_and_credit_columns_are_found),
        cmocka_unit_test(accounts_under_debit_and_credit_are_no_amounts),
        cmocka_unit_test(letters_under_any_heading_are_no_marks),
        cmocka_unit_test(a_column_taken_by_content_alone_is_said),
        cmocka_unit_test(amlworld_is_recognised_and_its_answer_column_declared),
        cmocka_unit_test(transfers_with_known_headings_are_no_statement),
        cmocka_unit_test(encodings_are_told_by_the_letters_of_a_language),
        cmocka_unit_test(utf16_and_byte_order_marks_are_read),
        cmocka_unit_test(what_is_no_table_gives_a_doubt_and_no_failure),
        cmocka_unit_test(codes_are_counted_with_their_totals),
        cmocka_unit_test(what_the_source_says_is_not_doubted),
        cmocka_unit_test(the_profile_is_written_as_yaml),
        cmocka_unit_test(every_failing_allocation_is_cleaned_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
