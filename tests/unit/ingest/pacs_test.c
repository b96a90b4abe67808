#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "support/said_case.h"

#define OPEN(version, root)                                                                        \
    "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:" version "\"><" root ">"
#define CLOSE(root)  "</" root "></Document>\n"
#define BANK(bic)    "<FinInstnId><BICFI>" bic "</BICFI></FinInstnId>"
#define ACCOUNT(n)   "<Id><IBAN>" n "</IBAN></Id>"
#define PAYER_NUMBER "DE26999123450000012345"
#define PAYEE_NUMBER "LV43DAKR0055100010002"
#define UETR         "1d3a6f6e-0000-4000-8000-000000000001"

#define CUSTOMERS                                                                                  \
    "<Dbtr><Nm>Anna Vogt</Nm></Dbtr><DbtrAcct>" ACCOUNT(PAYER_NUMBER) "</DbtrAcct><DbtrAgt>" BANK( \
        "TESTDEFF") "</DbtrAgt><CdtrAgt>" BANK("DAKRLV22") "</CdtrAgt><Cdtr><Nm>Bruno Adler</Nm>"  \
                                                           "</Cdtr><CdtrAcct>" ACCOUNT(            \
                                                               PAYEE_NUMBER) "</"                  \
                                                                             "CdtrAcct><RmtInf><"  \
                                                                             "Ustrd>rent"          \
                                                                             "</Ustrd></RmtInf>"

static void read_text(said_case *test, const char *text)
{
    said_case_read(test, text, strlen(text), NULL);
    assert_int_equal(test->status, TRAIL_OK);
}

#define HEADER                                                                                     \
    "<AppHdr xmlns=\"urn:iso:std:iso:20022:tech:xsd:head.001.001.02\"><Fr><FIId>" BANK(            \
        "TESTDEFF") "</FIId></Fr><To><FIId>" BANK("DAKRLV22") "</FIId></To></AppHdr>"
#define IDS                                                                                        \
    "<PmtId><InstrId>I1</InstrId><EndToEndId>E1</EndToEndId><TxId>T1</TxId><UETR>" UETR            \
    "</UETR></PmtId>"
#define AMOUNTS                                                                                    \
    "<IntrBkSttlmAmt Ccy=\"EUR\">990.00</IntrBkSttlmAmt><InstdAmt Ccy=\"EUR\">1000.00</InstdAmt>"  \
    "<ChrgBr>SHAR</ChrgBr><ChrgsInf><Amt Ccy=\"EUR\">6.00</Amt></ChrgsInf><ChrgsInf>"              \
    "<Amt Ccy=\"EUR\">4.00</Amt></ChrgsInf>"
#define GROUP       "<GrpHdr><MsgId>M1</MsgId><IntrBkSttlmDt>2025-03-14</IntrBkSttlmDt></GrpHdr>\n"
#define TOO_PRECISE "<CdtTrfTxInf><IntrBkSttlmAmt Ccy=\"JPY\">100.5</IntrBkSttlmAmt></CdtTrfTxInf>"

static void a_customer_transfer_is_a_message_with_its_parties_charges_and_references(void **state)
{
    (void)state;
    said_case test;
    static const char text[] = "<Wrapper>" HEADER OPEN("pacs.008.001.08", "FIToFICstmrCdtTrf") GROUP
        "<CdtTrfTxInf>" IDS AMOUNTS CUSTOMERS
        "</CdtTrfTxInf>" TOO_PRECISE CLOSE("FIToFICstmrCdtTrf") "</Wrapper>";
    read_text(&test, text);
    assert_int_equal(said_case_count(&test, "message"), 1);
    said_case_expect(&test, "message", 1, "line=2", "type=pacs.008", "day=2025-03-14",
                     "amount=990.00 EUR", "payer=" PAYER_NUMBER, "payee=" PAYEE_NUMBER,
                     "sender=TESTDEFF", "receiver=DAKRLV22", "payer_name=Anna Vogt",
                     "payee_name=Bruno Adler", "text=rent", "reference=T1", "uetr=" UETR,
                     "end_to_end=E1", "instruction=I1", "transaction=T1", "message=M1",
                     "payer_agent=TESTDEFF", "payee_agent=DAKRLV22", "instructed=1000.00 EUR",
                     "charges=10.00 EUR", "bearer=shared", NULL);
    said_case_expect(&test, "reject", 1, "code=amount_too_precise", "column=IntrBkSttlmAmt", NULL);
    assert_int_equal(said_case_count(&test, "remark"), 0);
    said_case_end(&test);
}

static void a_cover_names_the_customers_under_it(void **state)
{
    (void)state;
    said_case test;
#define COVER(underlying)                                                                                                                                  \
    OPEN("pacs.009.001.08", "FICdtTrf")                                                                                                                    \
    "<GrpHdr><MsgId>M2</MsgId></GrpHdr><CdtTrfTxInf><PmtId><InstrId>I2</InstrId>"                                                                          \
    "<EndToEndId>I1</EndToEndId><UETR>" UETR "</UETR></PmtId><IntrBkSttlmAmt Ccy=\"EUR\">990.00"                                                           \
    "</IntrBkSttlmAmt><IntrBkSttlmDt>2025-03-14</IntrBkSttlmDt><InstgAgt>" BANK(                                                                           \
        "TESTDEFF") "</InstgAgt><InstdAgt>" BANK("MIDDDEFF") "</InstdAgt><Dbtr>" BANK("TESTDEFF") "</Dbtr><Cdtr>" BANK("DAKRLV22") "</Cdtr>" underlying    \
                                                                                                                                   "</CdtTrfTxInf>" CLOSE( \
                                                                                                                                       "FICdtTrf")
    read_text(&test, COVER("<UndrlygCstmrCdtTrf>" CUSTOMERS "</UndrlygCstmrCdtTrf>"));
    said_case_expect(&test, "message", 1, "type=pacs.009COV", "amount=990.00 EUR",
                     "payer=" PAYER_NUMBER, "payee=" PAYEE_NUMBER, "sender=TESTDEFF",
                     "receiver=MIDDDEFF", "payer_name=Anna Vogt", "text=rent", "uetr=" UETR, NULL);
    said_case_end(&test);
    read_text(&test, COVER(""));
    said_case_expect(&test, "message", 1, "type=pacs.009", "payer_name=TESTDEFF",
                     "payee_name=DAKRLV22", NULL);
    said_case_end(&test);
}

static void a_return_goes_back_to_the_payer_with_the_original_references(void **state)
{
    (void)state;
    said_case test;
    read_text(
        &test,
        OPEN(
            "pacs.004.001.09",
            "PmtRtr") "<GrpHdr><MsgId>M3</MsgId></GrpHdr><TxInf><RtrId>R1</RtrId><OrgnlGrpInf>"
                      "<OrgnlMsgId>M1</OrgnlMsgId></OrgnlGrpInf><OrgnlInstrId>I1</OrgnlInstrId>"
                      "<OrgnlEndToEndId>E1</OrgnlEndToEndId><OrgnlTxId>T1</"
                      "OrgnlTxId><OrgnlUETR>" UETR
                      "</OrgnlUETR><RtrdIntrBkSttlmAmt Ccy=\"EUR\">985.00</RtrdIntrBkSttlmAmt>"
                      "<IntrBkSttlmDt>2025-03-17</IntrBkSttlmDt><RtrRsnInf><Rsn><Cd>AC04</Cd></Rsn>"
                      "</RtrRsnInf><OrgnlTxRef>" CUSTOMERS "</OrgnlTxRef></TxInf>" CLOSE("PmtRtr"));
    said_case_expect(&test, "message", 1, "type=pacs.004", "day=2025-03-17", "amount=985.00 EUR",
                     "payer=" PAYEE_NUMBER, "payee=" PAYER_NUMBER, "payer_name=Bruno Adler",
                     "reference=R1", "uetr=" UETR, "related=I1", "reason=AC04", "returned=1", NULL);
    said_case_end(&test);
}

static void a_message_that_breaks_off_loses_one_payment_and_says_so(void **state)
{
    (void)state;
    said_case test;
    read_text(&test,
              OPEN("pacs.008.001.02",
                   "FIToFICstmrCdtTrf") "<CdtTrfTxInf><IntrBkSttlmAmt "
                                        "Ccy=\"EUR\">1.00</"
                                        "IntrBkSttlmAmt><IntrBkSttlmDt>2025-03-14</IntrBkSttlmDt>"
                                        "</CdtTrfTxInf><CdtTrfTxInf><PmtId>");
    assert_int_equal(said_case_count(&test, "message"), 1);
    said_case_expect(&test, "reject", 1, "code=row_cut_off", NULL);
    said_case_expect(&test, "file", 1, "in part", NULL);
    said_case_end(&test);
}

static void a_message_without_payments_is_set_aside(void **state)
{
    (void)state;
    said_case test;
    read_text(&test, OPEN("pacs.008.001.08", "FIToFICstmrCdtTrf") CLOSE("FIToFICstmrCdtTrf"));
    said_case_expect(&test, "file", 1, "aside", "reason=the document holds no payment", NULL);
    said_case_end(&test);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_customer_transfer_is_a_message_with_its_parties_charges_and_references),
        cmocka_unit_test(a_cover_names_the_customers_under_it),
        cmocka_unit_test(a_return_goes_back_to_the_payer_with_the_original_references),
        cmocka_unit_test(a_message_that_breaks_off_loses_one_payment_and_says_so),
        cmocka_unit_test(a_message_without_payments_is_set_aside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
