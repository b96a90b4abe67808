#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "ingest/reader.h"
#include "support/fin_case.h"

#define BASIC "{1:F01AAAALV22AXXX0000000000}"
#define INPUT "{2:I940BBBBLV22XXXXN}"
#define BODY  ":20:S1\n:25:77\n:60F:C250101EUR1,00\n:62F:C250101EUR1,00\n"
#define SHOWN "statement 77/AAAALV22 EUR 1.00..1.00 records=0 20=S1\n"
#define BARE  "statement 77 EUR 1.00..1.00 records=0 20=S1\n"

static void blocks_may_stand_on_one_line_or_on_several(void **state)
{
    (void)state;
    fin_case_expect(BASIC INPUT "{4:\n" BODY "-}", SHOWN);
    fin_case_expect(BASIC "\n" INPUT "\n{4:\n" BODY "-}{5:{CHK:12}}\n", SHOWN);
    fin_case_expect(BASIC "{3:{108:X}}" INPUT "{4:\r\n" BODY "-}{5:}{S:{COP:P}}", SHOWN);
}

static void the_sender_of_a_delivered_statement_stands_in_block_2(void **state)
{
    (void)state;
    fin_case_expect(
        "{1:F01BBBBLV22AXXX0000000000}{2:O9401200250103AAAALV22AXXX22221234562501031201N}"
        "{4:\n" BODY "-}",
        SHOWN);
}

static void rje_files_hold_several_messages_and_equal_references_are_two(void **state)
{
    (void)state;
    fin_case_expect(BASIC INPUT "{4:\n" BODY "-}$" BASIC INPUT "{4:\n" BODY "-}$\n\n", SHOWN SHOWN);
}

static void dos_files_have_control_characters_and_padding(void **state)
{
    (void)state;
    static const char bytes[] = "\x01" BASIC INPUT "{4:\r\n" BODY "-}\x03      \x01" BASIC INPUT
                                "{4:\r\n" BODY "-}{5:{MAC:0}}\x03\r\n\x1a";
    fin_case_expect_bytes(bytes, sizeof bytes - 1, SHOWN SHOWN);
}

static void acknowledgements_stand_before_their_message(void **state)
{
    (void)state;
    fin_case_expect("{1:F21AAAALV22AXXX0000000000}{4:{177:2501031200}{451:0}}" BASIC INPUT
                    "{4:\n" BODY "-}",
                    SHOWN);
    fin_case_expect("{1:F21AAAALV22AXXX0000000000}{4:{177:2501031200}{451:0}}\n",
                    "remark 1 acknowledgement\nno_payment 1\n");
}

static void a_message_the_network_refused_is_no_payment(void **state)
{
    (void)state;
    fin_case_expect("{1:F21AAAALV22AXXX0000000000}{4:{177:2501031200}{451:1}{405:T13}}" BASIC
                    "{2:I103BBBBLV22XXXXN}{4:\n:20:T\n:32A:250102EUR5,\n:50K:A\n:59:B\n-}",
                    "remark 1 message_refused\nno_payment 1\n");
}

static void a_statement_the_network_refused_is_read_and_remarked(void **state)
{
    (void)state;
    fin_case_expect("{1:F21AAAALV22AXXX0000000000}{4:{177:2501031200}{451:1}}" BASIC INPUT
                    "{4:\n" BODY "-}",
                    SHOWN "remark 1 message_refused\n");
}

static void a_whole_message_may_stand_on_one_line(void **state)
{
    (void)state;
    fin_case_expect(BASIC INPUT "{4::20:S1:25:77:60F:C250101EUR1,00:61:250102C2,00NTRFX:86:at "
                                "10:20:30:61:250102C3,00NTRFY:62F:C250102EUR6,00-}",
                    "entry 2025-01-02 +2.00 unnamed - 'at 10:20:30' code=NTRF customer=X 20=S1\n"
                    "entry 2025-01-02 +3.00 unnamed - code=NTRF customer=Y 20=S1\n"
                    "statement 77/AAAALV22 EUR 1.00..6.00 records=2 20=S1\n"
                    "remark 1 tag_within_line\nremark 1 entry_date_missing\n");
}

static void the_account_may_run_on_in_the_line_of_the_reference(void **state)
{
    (void)state;
    fin_case_expect(":20:S1:25:77\n:60F:C250101EUR1,00\n:62F:C250101EUR1,00\n",
                    BARE "remark 1 tag_within_line\n");
}

static void lines_end_in_any_way(void **state)
{
    (void)state;
    static const char *const ends[] = {"\n", "\r\n", "\r", "@@"};
    static const char *const lines[] = {
        ":20:S1", ":25:77", ":28C:1", ":60F:C250101EUR1,00", ":62F:C250101EUR1,00", "-"};
    for (size_t e = 0; e < 4; e++) {
        trail_text text = {0};
        if (e == 3) assert_int_equal(trail_text_add(&text, trail_slice_of("@@"), NULL), TRAIL_OK);
        for (size_t i = 0; i < 6; i++)
            assert_int_equal(trail_text_add_format(&text, NULL, "%s%s", lines[i], ends[e]),
                             TRAIL_OK);
        fin_case_expect(text.bytes, "statement 77 EUR 1.00..1.00 records=0 20=S1 28=1 n1\n");
        trail_text_clear(&text);
    }
}

static void bank_headings_and_byte_order_marks_are_passed_over(void **state)
{
    (void)state;
    fin_case_expect("ABNANL2A\n940\nABNANL2A\n" BODY "-\nABNANL2A\n940\nABNANL2A\n" BODY,
                    BARE BARE);
    fin_case_expect("0000 01INGBNL2AXXXX00001\n0000 01INGBNL2AXXXX00001\n940 00\n" BODY, BARE);
    fin_case_expect(":940:\n" BODY BODY, BARE BARE);
    fin_case_expect("\xef\xbb\xbf" BODY, BARE);
    fin_case_expect("\xc3\xa4"
                    "4:\n" BODY "-\xc3\xa5\n\xe4"
                    "4:\n" BODY "-\xe5\n",
                    BARE BARE "remark 1 block_missing\nremark 7 block_missing\n");
}

static void a_brace_within_a_party_does_not_end_the_message(void **state)
{
    (void)state;
    fin_case_expect(
        BASIC "{2:I103BBBBLV22XXXXN}{4:\n:20:T\n:32A:250102EUR5,\n:50K:/1\nA } {B-} C\n"
              ":59:/2\nD\n}\n:70:x\n-}",
        "message mt103 2025-01-02 5.00 EUR 1/AAAALV22 <A } {B-} C> > 2/BBBBLV22 <D> 'x' "
        "ref=T AAAALV22>BBBBLV22 customer=T\n");
}

static void the_end_may_stand_behind_the_last_field_or_be_the_trailer(void **state)
{
    (void)state;
#define MESSAGE BASIC "{2:I103BBBBLV22XXXXN}{4:\n:20:T\n:50K:/1\nA\n:59:/2\nD\n:32A:250102EUR5,"
    const char *shown = "message mt103 2025-01-02 5.00 EUR 1/AAAALV22 <A> > 2/BBBBLV22 <D> "
                        "ref=T AAAALV22>BBBBLV22 customer=T\n";
    fin_case_expect(MESSAGE "-}", shown);
    fin_case_expect(MESSAGE "-}{5:{CHK:1}}", shown);
    fin_case_expect(MESSAGE "\n}{5:{CHK:1}}", shown);
    char text[400];
    (void)snprintf(text, sizeof text, "%sremark 1 message_unterminated\n", shown);
    fin_case_expect(MESSAGE "\n", text);
    (void)snprintf(text, sizeof text, "%sremark 8 text_outside_message\n", shown);
    fin_case_expect(MESSAGE "-}\nfoo\nbar\n", text);
}

static void read_in_part(const char *text, const char *wanted, const char *reason)
{
    fin_case test;
    fin_case_begin(&test);
    fin_case_write(&test, text, strlen(text));
    assert_int_equal(fin_case_run(&test, NULL), TRAIL_OK);
    assert_string_equal(fin_case_show(&test), wanted);
    const trail_file_report *report = trail_vector_at(&test.rejects.files, 0);
    assert_int_equal(report->outcome, reason == NULL ? TRAIL_FILE_READ : TRAIL_FILE_READ_IN_PART);
    if (reason != NULL)
        assert_non_null(
            strstr(trail_strings_get(test.ledger.strings, report->reason).start, reason));
    fin_case_end(&test);
}

static void a_file_that_ends_in_a_message_is_read_in_part(void **state)
{
    (void)state;
    const char *reason = "the file breaks off in the message that begins in line 1";
#define OPEN BASIC INPUT "{4:\n:20:S0\n:25:66\n:60F:C250101EUR1,00\n"
    const char *closing = "statement 66/AAAALV22 EUR 1.00.. records=1 20=S0\n";
    char text[400];
    /* The digits that follow are gone: the amount is not the one that was booked. */
    (void)snprintf(text, sizeof text,
                   "%sreject 5 row_cut_off :61:\nremark 2 closing_missing\n"
                   "remark 1 message_unterminated\n",
                   closing);
    read_in_part(OPEN ":61:250102C1250,7", text, reason);
    read_in_part(MESSAGE "7", "reject 1 row_cut_off :32A:\nremark 1 message_unterminated\n",
                 reason);
    read_in_part(BASIC INPUT "{4:\n" BODY "-}", SHOWN, NULL);
}

static void files_in_utf_16_are_set_aside_with_that_reason(void **state)
{
    (void)state;
    static const char text[] = "\xFF\xFE:\0002\0000\000:\000S\0001\000\n\000:\0002\0005\000:\0007"
                               "\0007\000\n\000:\0002\0008\000:\0001\000\n";
    fin_case test;
    fin_case_begin(&test);
    fin_case_write(&test, text, sizeof text); /* the last zero is a letter's */
    assert_ptr_equal(trail_reader_for((trail_slice){text, sizeof text}), &trail_fin_reader);
    assert_int_equal(fin_case_run(&test, NULL), TRAIL_OK);
    const trail_file_report *report = trail_vector_at(&test.rejects.files, 0);
    assert_int_equal(report->outcome, TRAIL_FILE_SET_ASIDE);
    assert_non_null(
        strstr(trail_strings_get(test.ledger.strings, report->reason).start, "in UTF-16"));
    fin_case_end(&test);
}

static void a_message_that_breaks_off_does_not_take_the_next_with_it(void **state)
{
    (void)state;
    fin_case_expect(BASIC INPUT "{4:\n:20:S0\n:25:66\n:60F:C250101EUR1,00\n" BASIC INPUT
                                "{4:\n" BODY "-}",
                    "statement 66/AAAALV22 EUR 1.00.. records=0 20=S0\n" SHOWN
                    "remark 2 closing_missing\nremark 1 message_unterminated\n");
    fin_case_expect(BASIC INPUT BASIC INPUT "{4:\n" BODY "-}",
                    SHOWN "reject 1 message_empty {4:}\n");
    fin_case_expect(BASIC INPUT "{4:\n", "reject 1 message_empty {4:}\nremark 1 "
                                         "message_unterminated\n");
}

static void a_missing_block_2_is_remarked(void **state)
{
    (void)state;
    fin_case_expect(BASIC "{4:\n" BODY "-}", SHOWN "remark 1 block_missing\n");
    fin_case_expect(BASIC "{2:E623XXXX}{4:\n" BODY "-}", SHOWN "remark 1 block_missing\n");
}

static void a_line_without_end_is_read_in_bounded_memory(void **state)
{
    (void)state;
    enum { LONG = 400000 };
    trail_text text = {0};
    assert_int_equal(trail_text_add(&text,
                                    trail_slice_of(":20:S1\n:25:77\n:60F:C250101EUR1,00\n:61:"
                                                   "2501020102C1,00NTRFX\n:86:"),
                                    NULL),
                     TRAIL_OK);
    for (size_t i = 0; i < LONG; i++)
        assert_int_equal(trail_text_add(&text, trail_slice_of("x"), NULL), TRAIL_OK);
    assert_int_equal(trail_text_add(&text, trail_slice_of("\n:62F:C250102EUR2,00\n"), NULL),
                     TRAIL_OK);
    fin_case test;
    fin_case_begin(&test);
    fin_case_write(&test, text.bytes, text.length);
    assert_int_equal(fin_case_run(&test, NULL), TRAIL_OK);
    assert_int_equal(test.ledger.count, 1);
    assert_true(trail_records_length(&test.ledger.records, 0) > LONG);
    assert_non_null(strstr(fin_case_show(&test), "EUR 1.00..2.00 records=1"));
    assert_non_null(strstr(fin_case_show(&test), "field_cut"));
    fin_case_end(&test);
    trail_text_clear(&text);
}

static void files_are_recognised_by_their_first_bytes(void **state)
{
    (void)state;
    static const char *const messages[] = {
        BASIC INPUT "{4:\n",     ":20:S\n:25:1\n",      "ABNANL2A\n940\nABNANL2A\n:20:X\n",
        "\x01{1:F01A}{2:I940B}", "@@:20:S@@:25:1@@",    ":61:2501020102C1,00NTRFX\n",
        "\xef\xbb\xbf:20:S\n",   "<x>{1:F01A}{4:\n:20:"};
    static const char *const others[] = {"Date,Amount\n2025-01-01,1\n",
                                         "a:20:b\n",
                                         "",
                                         "{\"a\": 1}",
                                         "note :20:\n",
                                         "10:20:30;x\n",
                                         "<?xml version=\"1.0\"?><Document>"};
    for (size_t i = 0; i < TRAIL_LENGTH_OF(messages); i++) {
        if (!trail_fin_reader.recognise(trail_slice_of(messages[i]))) fail_msg("%s", messages[i]);
    }
    for (size_t i = 0; i < TRAIL_LENGTH_OF(others); i++) {
        if (trail_fin_reader.recognise(trail_slice_of(others[i]))) fail_msg("%s", others[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_may_stand_on_one_line_or_on_several),
        cmocka_unit_test(the_sender_of_a_delivered_statement_stands_in_block_2),
        cmocka_unit_test(rje_files_hold_several_messages_and_equal_references_are_two),
        cmocka_unit_test(dos_files_have_control_characters_and_padding),
        cmocka_unit_test(acknowledgements_stand_before_their_message),
        cmocka_unit_test(a_message_the_network_refused_is_no_payment),
        cmocka_unit_test(a_statement_the_network_refused_is_read_and_remarked),
        cmocka_unit_test(a_whole_message_may_stand_on_one_line),
        cmocka_unit_test(the_account_may_run_on_in_the_line_of_the_reference),
        cmocka_unit_test(lines_end_in_any_way),
        cmocka_unit_test(bank_headings_and_byte_order_marks_are_passed_over),
        cmocka_unit_test(a_brace_within_a_party_does_not_end_the_message),
        cmocka_unit_test(the_end_may_stand_behind_the_last_field_or_be_the_trailer),
        cmocka_unit_test(a_file_that_ends_in_a_message_is_read_in_part),
        cmocka_unit_test(files_in_utf_16_are_set_aside_with_that_reason),
        cmocka_unit_test(a_message_that_breaks_off_does_not_take_the_next_with_it),
        cmocka_unit_test(a_missing_block_2_is_remarked),
        cmocka_unit_test(a_line_without_end_is_read_in_bounded_memory),
        cmocka_unit_test(files_are_recognised_by_their_first_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
