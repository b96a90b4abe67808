#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/fin_case.h"

#define UETR "0a1b2c3d-0000-4000-8000-00000000000a"
#define HEADER(type, user)                                                                         \
    "{1:F01AAAALV22AXXX0000000000}{2:I" type "BBBBDEFFXXXXN}{3:" user "}{4:\n"

static void a_customer_transfer_says_parties_references_charges_and_rate(void **state)
{
    (void)state;
    fin_case_expect(
        HEADER("103",
               "{108:X}{121:" UETR
               "}") ":20:T1\n:13C:/CLSTIME/0915+0100\n:23B:CRED\n"
                    ":32A:250102EUR95,\n:33B:USD100,50\n:36:0,945\n:50K:/LV1234\nANNA BERG\nRIGA\n"
                    ":52A:CCCCLV22XXX\n:57A:DDDDDEFF\n:59:/9876\nOTTO KURZ\n:70:/ROC/R-1//INV 7\n"
                    "//88 AND 9\n:71A:SHA\n:71F:USD3,\n:71F:USD2,50\n-}",
        "message mt103 2025-01-02 95.00 EUR LV1234/CCCCLV22 <ANNA BERG> > 9876/DDDDDEFF "
        "<OTTO KURZ> '/ROC/R-1//INV 788 AND 9' ref=T1 AAAALV22>BBBBDEFF uetr=" UETR
        " eref=R-1 customer=T1 payer_agent=CCCCLV22XXX payee_agent=DDDDDEFF "
        "instructed=100.50USD charges=5.50USD rate=945/3 SHA\n");
}

static void customers_come_in_all_options(void **state)
{
    (void)state;
    fin_case_expect(
        HEADER("103", "{108:X}") ":20:T\n:32A:250102EUR5,\n:50F:/12\n1/ANNA\n1/BERG\n2/RIGA\n"
                                 "3/LV/RIGA\n:59F:/34\n1/OTTO\n3/DE/BONN\n-}",
        "message mt103 2025-01-02 5.00 EUR 12/AAAALV22 <ANNA BERG> > 34/BBBBDEFF <OTTO> "
        "ref=T AAAALV22>BBBBDEFF customer=T\n");
    fin_case_expect(HEADER("103", "{108:X}") ":20:T\n:32A:250102EUR5,\n:50A:EEEELV22\n:59A:/34\n"
                                             "FFFFDEFF\n-}",
                    "message mt103 2025-01-02 5.00 EUR EEEELV22/EEEELV22 > 34/BBBBDEFF <FFFFDEFF> "
                    "ref=T AAAALV22>BBBBDEFF customer=T\n");
    fin_case_expect(HEADER("103", "{108:X}") ":20:T\n:32A:250102EUR5,\n:50F:NIDN/DE/12\n1/ANNA\n"
                                             ":59:723491524\nC. KLEIN\n-}",
                    "message mt103 2025-01-02 5.00 EUR - <ANNA> > 723491524/BBBBDEFF <C. KLEIN> "
                    "ref=T AAAALV22>BBBBDEFF customer=T\n");
    fin_case_expect(HEADER("103", "{108:X}") ":20:T\n:32A:250102EUR5,\n:50K:ANNA\n:59:/-\nOTTO\n-}",
                    "message mt103 2025-01-02 5.00 EUR - <ANNA> > - <OTTO> ref=T AAAALV22>BBBBDEFF "
                    "customer=T\n");
}

static void a_cover_is_between_the_customers_of_its_transfer(void **state)
{
    (void)state;
    fin_case_expect(
        HEADER(
            "202",
            "{119:COV}{121:" UETR
            "}") ":20:C1\n:21:T1\n:32A:250102EUR95,\n:52A:"
                 "CCCCLV22\n:57A:GGGGDEFF\n:58A:DDDDDEFF\n:50K:/LV1234\nANNA\n:59:/9876\nOTTO\n-}",
        "message mt202cov 2025-01-02 95.00 EUR LV1234/CCCCLV22 <ANNA> > 9876/GGGGDEFF "
        "<OTTO> ref=C1 AAAALV22>BBBBDEFF uetr=" UETR
        " customer=C1 related=T1 payer_agent=CCCCLV22 payee_agent=GGGGDEFF\n");
}

static void a_bank_transfer_is_between_institutions(void **state)
{
    (void)state;
    fin_case_expect(HEADER("202", "{108:X}") ":20:B1\n:21:NONREF\n:32A:250102EUR95,\n:58A:"
                                             "DDDDDEFF\n:72:/BNF/FEE\n//S\n-}",
                    "message mt202 2025-01-02 95.00 EUR AAAALV22/AAAALV22 > DDDDDEFF/DDDDDEFF "
                    "'/BNF/FEES' ref=B1 AAAALV22>BBBBDEFF customer=B1 related=NONREF\n");
    fin_case_expect(
        HEADER("202", "{108:X}") ":20:B1\n:21:X\n:32A:250102EUR95,\n:52A:/77\nCCCCLV22\n"
                                 ":58A:/55\nDDDDDEFF\n-}",
        "message mt202 2025-01-02 95.00 EUR CCCCLV22/CCCCLV22 > 55/BBBBDEFF <DDDDDEFF> "
        "ref=B1 AAAALV22>BBBBDEFF customer=B1 related=X\n");
}

static void advices_are_movements_on_the_account_they_name(void **state)
{
    (void)state;
    fin_case_expect(
        HEADER("910", "{121:" UETR "}") ":20:A1\n:21:T1\n:25:77\n:32A:250102EUR5,\n:50K:/12\nANNA\n"
                                        ":52A:CCCCLV22\n-}",
        "entry 2025-01-02 +5.00 transfer 12/CCCCLV22 <ANNA> ref=A1 code=910 uetr=" UETR
        " related=T1 20=A1 payer_agent=CCCCLV22\n"
        "statement 77/AAAALV22 EUR .. records=1 20=A1 report\n");
    fin_case_expect(
        HEADER("900", "{108:X}") ":20:A1\n:21:T1\n:25:77\n:32A:250102EUR5,\n:52A:CCCCLV22\n-}",
        "entry 2025-01-02 -5.00 unnamed - ref=A1 code=900 related=T1 20=A1 "
        "payer_agent=CCCCLV22\n"
        "statement 77/AAAALV22 EUR .. records=1 20=A1 report\n");
}

static void other_types_are_named_and_move_nothing(void **state)
{
    (void)state;
    fin_case_expect(HEADER("101", "{108:X}") ":20:A\n:32B:EUR5,\n-}" HEADER(
                        "199", "{108:X}") ":20:A\n:79:x\n}\n-}",
                    "remark 1 message_type\nremark 4 message_type\nno_payment 2\n");
}

static void a_payment_that_cannot_be_read_says_what_is_missing(void **state)
{
    (void)state;
    static const struct {
        const char *field, *wanted;
    } rows[] = {{":72:x\n", "reject 1 field_missing :32A:\n"},
                {":32A:250230EUR5,\n", "reject 1 no_such_date :32A:\n"},
                {":32A:250102EUR5\n", "reject 1 amount_without_comma :32A:\n"},
                {":32A:250102QQQ5,\n", "reject 1 unknown_currency :32A:\n"},
                {":32A:250102EUR5,001\n", "reject 1 amount_too_precise :32A:\n"},
                {":32A:2501\n", "reject 1 wrong_length :32A:\n"},
                {":32A:2501EUR1500,00\n", "reject 1 wrong_length :32A:\n"}};
    for (size_t i = 0; i < TRAIL_LENGTH_OF(rows); i++) {
        trail_text text = {0};
        assert_int_equal(trail_text_add_format(&text, NULL, "%s:20:T\n%s-}",
                                               HEADER("103", "{108:X}"), rows[i].field),
                         TRAIL_OK);
        fin_case_expect(text.bytes, rows[i].wanted);
        trail_text_clear(&text);
    }
}

static void what_a_payment_lacks_is_remarked(void **state)
{
    (void)state;
    fin_case_expect(
        HEADER("103", "{121:d]8b27e4}") ":20:T\n:32A:250102EUR5,\n:71F:EUR1,\n:71F:USD1,\n"
                                        ":99Z:odd\n-}",
        "message mt103 2025-01-02 5.00 EUR - > - ref=T AAAALV22>BBBBDEFF customer=T "
        "charges=1.00EUR\n"
        "remark 5 charge_unreadable\nremark 1 party_missing\nremark 1 party_missing\n"
        "remark 1 bad_uetr\nremark 6 unknown_tag\n");
}

static void a_message_of_unusual_length_is_cut_with_one_remark(void **state)
{
    (void)state;
    trail_text text = {0};
    assert_int_equal(trail_text_add(&text,
                                    trail_slice_of(HEADER("103", "{108:X}") ":20:T\n"
                                                                            ":32A:250102EUR5,\n"
                                                                            ":50K:A\n:59:B\n"),
                                    NULL),
                     TRAIL_OK);
    for (size_t i = 0; i < 5000; i++)
        assert_int_equal(trail_text_add(&text, trail_slice_of(":71F:EUR1,\n"), NULL), TRAIL_OK);
    assert_int_equal(trail_text_add(&text, trail_slice_of("-}"), NULL), TRAIL_OK);
    fin_case_expect(text.bytes,
                    "message mt103 2025-01-02 5.00 EUR - <A> > - <B> ref=T AAAALV22>BBBBDEFF "
                    "customer=T charges=1996.00EUR\nremark 2002 message_cut\n");
    trail_text_clear(&text);
}

static void bare_tags_tell_their_type(void **state)
{
    (void)state;
    fin_case_expect(":20:T\n:23B:CRED\n:32A:250102EUR5,\n:50K:/1\nA\n:59:/2\nB\n-\n",
                    "message mt103 2025-01-02 5.00 EUR 1 <A> > 2 <B> ref=T customer=T\n");
    fin_case_expect(":20:T\n:21:U\n:32A:250102EUR5,\n:58A:DDDDDEFF\n",
                    "message mt202 2025-01-02 5.00 EUR - > DDDDDEFF/DDDDDEFF ref=T customer=T "
                    "related=U\n");
    fin_case_expect(":20:T\n:21:U\n:25:77\n:32A:250102EUR5,\n",
                    "reject 1 message_type_unknown {2:}\n");
}

static void a_closed_word_may_run_on_in_a_line(void **state)
{
    (void)state;
    fin_case_expect(
        HEADER("103",
               "{108:X}") ":20:T\n:32A:250102EUR5,\n:50K:/1\nA\n:59:/2\nB\n1040 BONN:71A:SHA\n-}",
        "message mt103 2025-01-02 5.00 EUR 1/AAAALV22 <A> > 2/BBBBDEFF <B> ref=T "
        "AAAALV22>BBBBDEFF customer=T SHA\nremark 8 tag_within_line\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_customer_transfer_says_parties_references_charges_and_rate),
        cmocka_unit_test(customers_come_in_all_options),
        cmocka_unit_test(a_cover_is_between_the_customers_of_its_transfer),
        cmocka_unit_test(a_bank_transfer_is_between_institutions),
        cmocka_unit_test(advices_are_movements_on_the_account_they_name),
        cmocka_unit_test(other_types_are_named_and_move_nothing),
        cmocka_unit_test(a_payment_that_cannot_be_read_says_what_is_missing),
        cmocka_unit_test(what_a_payment_lacks_is_remarked),
        cmocka_unit_test(a_message_of_unusual_length_is_cut_with_one_remark),
        cmocka_unit_test(bare_tags_tell_their_type),
        cmocka_unit_test(a_closed_word_may_run_on_in_a_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
