#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "ingest/guess.h"
#include "support/failing_alloc.h"
#include "support/said_case.h"

#define NAMESPACE "xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\""
#define HEAD                                                                                       \
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Document " NAMESPACE "><BkToCstmrStmt><GrpHdr>"  \
    "<MsgId>M1</MsgId></GrpHdr>\n"
#define ACCOUNT                                                                                    \
    "<Acct><Id><IBAN>DE26999123450000012345</IBAN></Id><Ccy>EUR</Ccy><Ownr><Nm>Anna Vogt</Nm>"     \
    "</Ownr><Svcr><FinInstnId><BICFI>TESTDEFF</BICFI></FinInstnId></Svcr></Acct>\n"
#define BALANCE(code, amount, sign, day)                                                           \
    "<Bal><Tp><CdOrPrtry><Cd>" code "</Cd></CdOrPrtry></Tp><Amt Ccy=\"EUR\">" amount               \
    "</Amt><CdtDbtInd>" sign "</CdtDbtInd><Dt><Dt>" day "</Dt></Dt></Bal>\n"
#define STATEMENT            HEAD "<Stmt><Id>S1</Id><ElctrncSeqNb>7</ElctrncSeqNb>" ACCOUNT
#define FOOT                 "</Stmt></BkToCstmrStmt></Document>\n"
#define AMOUNT(amount, sign) "<Amt Ccy=\"EUR\">" amount "</Amt><CdtDbtInd>" sign "</CdtDbtInd>"
#define BOOKED                                                                                     \
    "<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2025-03-14</Dt></BookgDt><ValDt><Dt>2025-03-15</Dt>"     \
    "</ValDt>"
#define DETAIL(amount, name)                                                                       \
    "<TxDtls><Refs><EndToEndId>E-" name "</EndToEndId></Refs><Amt Ccy=\"EUR\">" amount             \
    "</Amt><RltdPties><Cdtr><Pty><Nm>" name "</Nm></Pty></Cdtr></RltdPties></TxDtls>\n"

static void read_text(said_case *test, const char *text)
{
    said_case_read(test, text, strlen(text), NULL);
    assert_int_equal(test->status, TRAIL_OK);
}

static void a_statement_says_whose_it_is_its_balances_and_that_it_closes(void **state)
{
    (void)state;
    said_case test;
    read_text(&test, STATEMENT BALANCE("OPBD", "100.00", "CRDT", "2025-03-13")
                         BALANCE("CLBD", "85.00", "CRDT",
                                 "2025-03-14") "<Ntry>" AMOUNT("15.00", "DBIT") BOOKED
              "<AcctSvcrRef>BANK1</AcctSvcrRef><BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>ICDT</Cd>"
              "<SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd><NtryDtls><TxDtls><Refs>"
              "<InstrId>I1</InstrId><EndToEndId>E1</EndToEndId><TxId>T1</TxId>"
              "<UETR>1d3a6f6e-0000-4000-8000-000000000001</UETR></Refs><RltdPties><Dbtr><Pty>"
              "<Nm>Anna Vogt</Nm></Pty></Dbtr><Cdtr><Pty><Nm>Bruno Adler</Nm></Pty></Cdtr>"
              "<CdtrAcct><Id><IBAN>DE28999123450000067890</IBAN></Id></CdtrAcct></RltdPties>"
              "<RltdAgts><CdtrAgt><FinInstnId><BICFI>OTHRDEFF</BICFI></FinInstnId></CdtrAgt>"
              "</RltdAgts><RmtInf><Ustrd>rent</Ustrd><Ustrd>March</Ustrd></RmtInf></TxDtls>"
              "</NtryDtls></Ntry>" FOOT);
    said_case_expect(&test, "statement", 1, "account=DE26999123450000012345", "currency=EUR",
                     "opening=booked 2025-03-13 100.00", "closing=booked 2025-03-14 85.00",
                     "reference=S1", "number=7", "verdict=closes", NULL);
    said_case_expect(
        &test, "movement", 1, "line=6", "day=2025-03-14", "value=2025-03-15", "amount=-15.00 EUR",
        "kind=transfer", "payer=DE26999123450000012345", "payee=DE28999123450000067890",
        "payer_name=Anna Vogt", "payee_name=Bruno Adler", "text=rent March", "reference=BANK1",
        "code=PMNT-ICDT-ESCT", "uetr=1d3a6f6e-0000-4000-8000-000000000001", "end_to_end=E1",
        "instruction=I1", "transaction=T1", "message=M1", "payee_agent=OTHRDEFF", NULL);
    assert_int_equal(said_case_count(&test, "remark"), 0);
    assert_int_equal(said_case_count(&test, "file"), 1);
    said_case_end(&test);
}

static void details_that_sum_to_their_entry_replace_it_whatever_their_stated_number(void **state)
{
    (void)state;
    said_case test;
    read_text(&test, STATEMENT "<Ntry>" AMOUNT("15.00", "DBIT") BOOKED
              "<NtryDtls><Btch><PmtInfId>B1</PmtInfId><NbOfTxs>3</NbOfTxs></Btch>\n" DETAIL(
                  "10.00", "one") DETAIL("5.00", "two") "</NtryDtls></Ntry>" FOOT);
    assert_int_equal(said_case_count(&test, "movement"), 2);
    said_case_expect(&test, "movement", 1, "line=5", "amount=-10.00 EUR", "payee_name=one",
                     "end_to_end=E-one", "batch=B1", NULL);
    said_case_expect(&test, "movement", 2, "line=6", "amount=-5.00 EUR", "payee_name=two",
                     "end_to_end=E-two", "batch=B1", NULL);
    assert_int_equal(said_case_count(&test, "remark"), 0);
    said_case_end(&test);
}

static void charges_that_explain_the_difference_become_a_movement_of_their_own(void **state)
{
    (void)state;
    said_case test;
    read_text(&test, STATEMENT "<Ntry>" AMOUNT("1526.00", "DBIT") BOOKED
              "<Chrgs><Rcrd><Amt Ccy=\"EUR\">26.00</Amt><CdtDbtInd>DBIT</CdtDbtInd></Rcrd></Chrgs>"
              "<NtryDtls>\n" DETAIL("1500.00", "one") "</NtryDtls></Ntry>\n<Ntry>" AMOUNT(
                  "974.00", "CRDT") BOOKED
              "<Chrgs><Rcrd><Amt Ccy=\"EUR\">26.00</Amt></Rcrd></Chrgs><NtryDtls>" DETAIL(
                  "1000.00", "two") "</NtryDtls></Ntry>" FOOT);
    assert_int_equal(said_case_count(&test, "movement"), 4);
    said_case_expect(&test, "movement", 1, "amount=-26.00 EUR", "kind=fee", NULL);
    said_case_expect(&test, "movement", 2, "amount=-1500.00 EUR", "payee_name=one", NULL);
    said_case_expect(&test, "movement", 3, "amount=-26.00 EUR", "kind=fee", NULL);
    said_case_expect(&test, "movement", 4, "amount=+1000.00 EUR", NULL);
    said_case_expect(&test, "remark", 1, "code=charges_split", NULL);
    said_case_end(&test);
}

static void details_that_do_not_sum_leave_the_entry_whole_with_a_remark(void **state)
{
    (void)state;
    said_case test;
    read_text(&test, STATEMENT "<Ntry>" AMOUNT("16.00", "DBIT") BOOKED
              "<NtryDtls>" DETAIL("10.00", "one") DETAIL("5.00", "two") "</NtryDtls></Ntry>" FOOT);
    assert_int_equal(said_case_count(&test, "movement"), 1);
    said_case_expect(&test, "movement", 1, "amount=-16.00 EUR", NULL);
    said_case_expect(&test, "remark", 1, "code=details_differ",
                     "message=the details do not come to the entry, which stays whole; they come "
                     "to: '-15.00'",
                     NULL);
    said_case_end(&test);
}

static void pending_and_informative_entries_move_nothing(void **state)
{
    (void)state;
    said_case test;
    read_text(
        &test,
        STATEMENT "<Ntry>" AMOUNT("16.00", "DBIT") "<Sts>PDNG</Sts></Ntry><Ntry>" AMOUNT(
            "1.00",
            "CRDT") "<Sts><Cd>INFO</Cd></Sts></Ntry><Ntry>" AMOUNT("2.00",
                                                                   "CRDT") "<Sts><Cd>QQQQ</Cd></"
                                                                           "Sts></Ntry>" FOOT);
    assert_int_equal(said_case_count(&test, "movement"), 0);
    assert_int_equal(said_case_count(&test, "no_payment"), 2);
    said_case_expect(&test, "remark", 1, "code=entry_pending", NULL);
    said_case_expect(&test, "remark", 2, "code=entry_for_information", NULL);
    /* Not declared to be no payment: for a person to look at. */
    said_case_expect(&test, "reject", 1, "code=entry_status_unknown", NULL);
    said_case_end(&test);
}

static void a_reversal_keeps_the_sign_of_the_standard_unless_the_balances_turn_it(void **state)
{
    (void)state;
    said_case test;
#define REVERSAL                                                                                   \
    "<Ntry><Amt Ccy=\"EUR\">15.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><RvslInd>true</RvslInd>" BOOKED  \
    "<NtryDtls><TxDtls><RltdPties><Cdtr><Nm>Bruno Adler</Nm></Cdtr></RltdPties></TxDtls>"          \
    "</NtryDtls></Ntry>"
    read_text(&test, STATEMENT BALANCE("OPBD", "100.00", "CRDT", "2025-03-13")
                         BALANCE("CLBD", "115.00", "CRDT", "2025-03-14") REVERSAL FOOT);
    said_case_expect(&test, "movement", 1, "amount=+15.00 EUR", "reversal=1",
                     "payer_name=Bruno Adler", NULL);
    said_case_end(&test);
    read_text(&test, STATEMENT BALANCE("OPBD", "100.00", "CRDT", "2025-03-13")
                         BALANCE("CLBD", "85.00", "CRDT", "2025-03-14") REVERSAL FOOT);
    said_case_expect(&test, "movement", 1, "amount=-15.00 EUR", "reversal=1", NULL);
    said_case_expect(&test, "remark", 1, "code=reversal_sign_turned", NULL);
    said_case_end(&test);
}

static void a_return_names_its_reason_and_the_original(void **state)
{
    (void)state;
    said_case test;
    read_text(&test, STATEMENT "<Ntry>" AMOUNT("15.00", "CRDT") BOOKED
              "<NtryDtls><TxDtls><Refs><EndToEndId>E1</EndToEndId></Refs><RltdPties><Dbtr><Pty>"
              "<Nm>Anna Vogt</Nm></Pty></Dbtr><Cdtr><Pty><Nm>Bruno Adler</Nm></Pty></Cdtr>"
              "<CdtrAcct><Id><IBAN>DE28999123450000067890</IBAN></Id></CdtrAcct></RltdPties>"
              "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf></TxDtls></NtryDtls></Ntry>" FOOT);
    said_case_expect(&test, "movement", 1, "amount=+15.00 EUR", "kind=return",
                     "payer=DE28999123450000067890", "payer_name=Bruno Adler", "related=E1",
                     "reason=AC04", "returned=1", NULL);
    said_case_end(&test);
}

static void another_currency_is_what_was_instructed_with_its_rate(void **state)
{
    (void)state;
    said_case test;
    read_text(
        &test, STATEMENT "<Ntry>" AMOUNT("92.53", "DBIT") BOOKED
        "<NtryDtls><TxDtls><Amt Ccy=\"USD\">100.00</Amt><AmtDtls><InstdAmt>"
        "<Amt Ccy=\"USD\">100.00</Amt></InstdAmt><TxAmt><Amt Ccy=\"EUR\">92.53</Amt></TxAmt>"
        "<CntrValAmt><Amt Ccy=\"EUR\">92.53</Amt><CcyXchg><SrcCcy>USD</SrcCcy>"
        "<XchgRate>0.9253</XchgRate></CcyXchg></CntrValAmt></AmtDtls><Chrgs><Rcrd>"
        "<Amt Ccy=\"EUR\">1.10</Amt><Br>SHAR</Br></Rcrd></Chrgs></TxDtls></NtryDtls></Ntry>" FOOT);
    said_case_expect(&test, "movement", 1, "amount=-92.53 EUR", "instructed=100.00 USD",
                     "rate=9253e-4", "charges=1.10 EUR", "bearer=shared", NULL);
    assert_int_equal(said_case_count(&test, "remark"), 0);
    said_case_end(&test);
}

static void totals_that_contradict_the_entries_are_a_remark_with_both_figures(void **state)
{
    (void)state;
    said_case test;
    read_text(&test, STATEMENT
              "<TxsSummry><TtlNtries><NbOfNtries>2</NbOfNtries></TtlNtries>"
              "<TtlCdtNtries><NbOfNtries>0</NbOfNtries><Sum>0</Sum></TtlCdtNtries><TtlDbtNtries>"
              "<Sum>20.00</Sum></TtlDbtNtries></TxsSummry><Ntry>" AMOUNT("15.00", "DBIT") BOOKED
              "</Ntry>" FOOT);
    said_case_expect(&test, "statement", 1, "debits=20.00 EUR", "credits=0.00 EUR", NULL);
    said_case_expect(&test, "remark", 1, "code=totals_differ",
                     "message=the totals that the statement gives are not those of its booked "
                     "entries: 'debits: stated 20.00, entries 15.00 EUR'",
                     NULL);
    said_case_expect(&test, "remark", 2, "code=totals_differ",
                     "message=the statement has not as many entries as it says: 'entries: stated "
                     "2, entries 1'",
                     NULL);
    said_case_end(&test);
}

static void balances_of_another_kind_are_named_by_their_kind(void **state)
{
    (void)state;
    said_case test;
    read_text(&test, STATEMENT BALANCE("OPAV", "1.00", "CRDT", "2025-03-13")
                         BALANCE("CLAV", "2.00", "DBIT", "2025-03-14") FOOT);
    said_case_expect(&test, "statement", 1, "opening=available 2025-03-13 1.00",
                     "closing=available 2025-03-14 -2.00", "verdict=cannot be checked", NULL);
    said_case_end(&test);
    read_text(&test, STATEMENT BALANCE("ITBD", "1.00", "CRDT", "2025-03-13")
                         BALANCE("ITBD", "1.00", "CRDT", "2025-03-14") FOOT);
    said_case_expect(&test, "statement", 1, "opening=page 2025-03-13 1.00",
                     "closing=page 2025-03-14 1.00", "verdict=closes", NULL);
    said_case_end(&test);
}

static void published_codes_set_the_kind(void **state)
{
    (void)state;
    static const char *const rows[][4] = {
        {"PMNT", "CCRD", "POSD", "kind=card"},     {"PMNT", "CCRD", "CWDL", "kind=cash"},
        {"PMNT", "CNTR", "CDPT", "kind=cash"},     {"ACMT", "MDOP", "CHRG", "kind=fee"},
        {"LDAS", "NTAV", "INTR", "kind=interest"}, {"PMNT", "ICDT", "RRTN", "kind=return"},
        {"PMNT", "RCDT", "SALA", "kind=wages"},    {"PMNT", "RCDT", "ESCT", "kind=unnamed"}};
    for (size_t i = 0; i < TRAIL_LENGTH_OF(rows); i++) {
        said_case test;
        trail_text text = {0};
        assert_int_equal(
            trail_text_add_format(&text, NULL,
                                  "%s<Ntry>%s%s<BkTxCd><Domn><Cd>%s</Cd><Fmly><Cd>%s</Cd>"
                                  "<SubFmlyCd>%s</SubFmlyCd></Fmly></Domn></BkTxCd></Ntry>%s",
                                  STATEMENT, AMOUNT("1.00", "DBIT"), BOOKED, rows[i][0], rows[i][1],
                                  rows[i][2], FOOT),
            TRAIL_OK);
        read_text(&test, text.bytes);
        said_case_expect(&test, "movement", 1, rows[i][3], NULL);
        said_case_end(&test);
        trail_text_clear(&text);
    }
}

static void what_cannot_be_read_is_a_reject_that_names_the_element(void **state)
{
    (void)state;
    static const char *const rows[][3] = {
        {"<CdtDbtInd>DBIT</CdtDbtInd>" BOOKED, "code=amount_missing", "column=Ntry/Amt"},
        {"<Amt>1.00</Amt><CdtDbtInd>DBIT</CdtDbtInd>" BOOKED, "code=currency_missing",
         "column=Ntry/Amt"},
        {"<Amt Ccy=\"QQQ\">1.00</Amt><CdtDbtInd>DBIT</CdtDbtInd>" BOOKED, "code=unknown_currency",
         "column=Ntry/Amt"},
        {AMOUNT("1.005", "DBIT") BOOKED, "code=amount_too_precise", "column=Ntry/Amt"},
        {AMOUNT("1,00", "DBIT") BOOKED, "code=not_an_amount", "column=Ntry/Amt"},
        {AMOUNT("-1.00", "DBIT") BOOKED, "code=negative_amount", "column=Ntry/Amt"},
        {AMOUNT("99999999999999999999", "DBIT") BOOKED, "code=amount_overflow", "column=Ntry/Amt"},
        {AMOUNT("1.00", "BOTH") BOOKED, "code=sign_unknown", "column=Ntry/CdtDbtInd"},
        {AMOUNT("1.00", "DBIT") "<Sts>BOOK</Sts><BookgDt><Dt>2025-02-30</Dt></BookgDt>",
         "code=no_such_date", "column=Ntry/BookgDt"},
        {AMOUNT("1.00", "DBIT") "<Sts>BOOK</Sts>", "code=date_missing", "column=Ntry/BookgDt"}};
    for (size_t i = 0; i < TRAIL_LENGTH_OF(rows); i++) {
        said_case test;
        trail_text text = {0};
        assert_int_equal(trail_text_add_format(&text, NULL, "%s<Ntry>%s</Ntry><Ntry>%s</Ntry>%s",
                                               STATEMENT, rows[i][0],
                                               AMOUNT("2.50000", "CRDT") BOOKED, FOOT),
                         TRAIL_OK);
        read_text(&test, text.bytes);
        said_case_expect(&test, "reject", 1, rows[i][1], rows[i][2], NULL);
        said_case_expect(&test, "movement", 1, "amount=+2.50 EUR", NULL);
        said_case_end(&test);
        trail_text_clear(&text);
    }
}

static void a_document_that_breaks_off_keeps_what_stood_before(void **state)
{
    (void)state;
    said_case test;
    read_text(&test, STATEMENT BALANCE("OPBD", "100.00", "CRDT", "2025-03-13") "<Ntry>" AMOUNT(
                         "15.00", "DBIT") BOOKED "</Ntry>\n<Ntry>" AMOUNT("16.00", "DBIT") "<Sts");
    said_case_expect(&test, "statement", 1, "opening=booked 2025-03-13 100.00", NULL);
    said_case_expect(&test, "movement", 1, "amount=-15.00 EUR", NULL);
    said_case_expect(&test, "reject", 1, "code=row_cut_off", "line=6", NULL);
    said_case_expect(&test, "file", 1, "in part",
                     "reason=the document breaks off before its end, in line 6", NULL);
    said_case_end(&test);
}

static void all_versions_and_wrappers_lead_to_the_same_entry(void **state)
{
    (void)state;
#define OLD                                                                                        \
    "<Id>S1</Id><Acct><Id><IBAN>DE26999123450000012345</IBAN></Id></Acct><Ntry>" AMOUNT(           \
        "15.00", "DBIT") "<Sts>BOOK</Sts><BookgDt><DtTm>2025-03-14T16:40:00.000+01:00</DtTm>"      \
                         "</BookgDt>"
#define ONE                                                                                        \
    "<TxDtls><RltdPties><Cdtr><Nm>Bruno Adler</Nm></Cdtr></RltdPties><RltdAgts><CdtrAgt>"          \
    "<FinInstnId><BIC>OTHRDEFF</BIC></FinInstnId></CdtrAgt></RltdAgts></TxDtls>"
    static const char *const files[] = {
        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.01\"><BkToCstmrStmtV01>"
        "<Stmt>" OLD ONE "</Ntry></Stmt></BkToCstmrStmtV01></Document>",
        "<Envelope xmlns=\"urn:x\"><AppHdr "
        "xmlns=\"urn:iso:std:iso:20022:tech:xsd:head.001.001.02\">"
        "<Fr><FIId><FinInstnId><BICFI>TESTDEFF</BICFI></FinInstnId></FIId></Fr></AppHdr>"
        "<Document "
        "xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.13\"><BkToCstmrStmt><Stmt>" OLD
        "<NtryDtls>" ONE "</NtryDtls></Ntry></Stmt></BkToCstmrStmt></Document></Envelope>",
        "<Document "
        "xmlns=\"urn:iso:std:iso:20023:tech:xsd:camt.053.001.02\"><BkToCstmrStmt><Stmt>" OLD
        "<NtryDtls>" ONE "</NtryDtls></Ntry></Stmt></BkToCstmrStmt></Document>"};
    for (size_t i = 0; i < TRAIL_LENGTH_OF(files); i++) {
        said_case test;
        read_text(&test, files[i]);
        said_case_expect(&test, "movement", 1, "day=2025-03-14", "time=16:40:00",
                         "amount=-15.00 EUR", "payee_name=Bruno Adler", "payee_agent=OTHRDEFF",
                         NULL);
        assert_int_equal(said_case_count(&test, "remark"), i == 2);
        if (i == 2) said_case_expect(&test, "remark", 1, "code=version_unknown", NULL);
        said_case_end(&test);
    }
    said_case test;
    read_text(&test, "\xef\xbb\xbf<n:Document "
                     "xmlns:n=\"urn:iso:std:iso:20022:tech:xsd:camt.054.001.02\">"
                     "<n:BkToCstmrDbtCdtNtfctn><n:Ntfctn><n:Acct><n:Id><n:Othr><n:Id>4711</n:Id>"
                     "</n:Othr></n:Id></n:Acct><n:Ntry><n:Amt Ccy=\"JPY\">15</n:Amt>"
                     "<n:CdtDbtInd>CRDT</n:CdtDbtInd><n:Sts>BOOK</n:Sts><n:BookgDt>"
                     "<n:Dt>2025-03-14+01:00</n:Dt></n:BookgDt></n:Ntry></n:Ntfctn>"
                     "</n:BkToCstmrDbtCdtNtfctn></n:Document>");
    said_case_expect(&test, "statement", 1, "account=4711", "currency=JPY", "report=1", NULL);
    said_case_expect(&test, "movement", 1, "amount=+15 JPY", "day=2025-03-14", NULL);
    said_case_end(&test);
}

static void a_document_is_decided_by_its_first_bytes_and_other_xml_is_not(void **state)
{
    (void)state;
    trail_guess guess = {0};
    trail_slice known = trail_slice_of(STATEMENT FOOT);
    trail_slice other = trail_slice_of("<?xml version=\"1.0\"?><Document><CstmrCdtTrfInitn/>");
    assert_int_equal(trail_guess_bytes(&guess, known, NULL, NULL), TRAIL_OK);
    assert_string_equal(guess.reader, "camt");
    assert_true(trail_guess_decided(&guess));
    trail_guess_clear(&guess);
    assert_int_equal(trail_guess_bytes(&guess, other, NULL, NULL), TRAIL_OK);
    assert_null(guess.reader);
    assert_false(trail_guess_decided(&guess));
    trail_guess_clear(&guess);
}

static trail_status read_once(void *context, trail_error *err)
{
    said_case *test = context;
    trail_status status = said_case_ingest(test, err);
    said_case_forget(test);
    return status;
}

static void each_failed_allocation_is_reported_and_cleaned_up(void **state)
{
    (void)state;
    said_case test;
    static const char text[] =
        STATEMENT BALANCE("OPBD", "100.00", "CRDT", "2025-03-13") "<Ntry>" AMOUNT("15.00", "DBIT")
            BOOKED "<NtryDtls>" DETAIL("10.00", "one") DETAIL("5.00", "two") "</NtryDtls></Ntry>"
                                                                             "<Ntry>" BOOKED
                                                                             "</Ntry>" FOOT;
    said_case_write(&test, text, sizeof text - 1);
    assert_true(failing_alloc_each(read_once, &test) > 20);
    assert_int_equal(said_case_ingest(&test, NULL), TRAIL_OK);
    assert_int_equal(test.ledger.count, 2);
    said_case_end(&test);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_statement_says_whose_it_is_its_balances_and_that_it_closes),
        cmocka_unit_test(details_that_sum_to_their_entry_replace_it_whatever_their_stated_number),
        cmocka_unit_test(charges_that_explain_the_difference_become_a_movement_of_their_own),
        cmocka_unit_test(details_that_do_not_sum_leave_the_entry_whole_with_a_remark),
        cmocka_unit_test(pending_and_informative_entries_move_nothing),
        cmocka_unit_test(a_reversal_keeps_the_sign_of_the_standard_unless_the_balances_turn_it),
        cmocka_unit_test(a_return_names_its_reason_and_the_original),
        cmocka_unit_test(another_currency_is_what_was_instructed_with_its_rate),
        cmocka_unit_test(totals_that_contradict_the_entries_are_a_remark_with_both_figures),
        cmocka_unit_test(balances_of_another_kind_are_named_by_their_kind),
        cmocka_unit_test(published_codes_set_the_kind),
        cmocka_unit_test(what_cannot_be_read_is_a_reject_that_names_the_element),
        cmocka_unit_test(a_document_that_breaks_off_keeps_what_stood_before),
        cmocka_unit_test(all_versions_and_wrappers_lead_to_the_same_entry),
        cmocka_unit_test(a_document_is_decided_by_its_first_bytes_and_other_xml_is_not),
        cmocka_unit_test(each_failed_allocation_is_reported_and_cleaned_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
