/* The differences between the versions that matter: 01 has its own name for the message, PrtryAcct,
 * and details straight in the entry; 02 has BIC, Nm and Sts where 08 has BICFI, Pty/Nm and Sts/Cd;
 * charges stand in Rcrd from 04 on. */
#include "ingest/camt_paths.h"

#define MESSAGE                                                                                    \
    "BkToCstmrStmt|BkToCstmrStmtV01|BkToCstmrAcctRpt|BkToCstmrAcctRptV01|BkToCstmrDbtCdtNtfctn|"   \
    "BkToCstmrDbtCdtNtfctnV01"
#define STATEMENT MESSAGE "/Stmt|Rpt|Ntfctn"
#define BALANCE   STATEMENT "/Bal"
#define ENTRY     STATEMENT "/Ntry"
#define DETAILS   ENTRY "/?NtryDtls/TxDtls"
#define PARTIES   DETAILS "/RltdPties"
#define AGENTS    DETAILS "/RltdAgts"
#define BIC       "/FinInstnId/?CmbndId/BIC|BICFI"
#define CLEARING  "/FinInstnId/?CmbndId/ClrSysMmbId/MmbId|Id"
#define NUMBER    "/Id/?Othr/?PrtryAcct/Id|BBAN|UPIC"
#define NAME      "/?Pty/?Agt/?FinInstnId/Nm"

/* What an entry and each of its details may say. */
#define BOTH(path, meaning)                                                                        \
    {ENTRY path, meaning},                                                                         \
    {                                                                                              \
        DETAILS path, meaning                                                                      \
    }

static const trail_xml_path table[] = {
    {MESSAGE, TRAIL_CAMT_MESSAGE},
    {MESSAGE "/GrpHdr/MsgId", TRAIL_CAMT_MESSAGE_ID},
    {STATEMENT, TRAIL_CAMT_STATEMENT},
    {STATEMENT "/Id", TRAIL_CAMT_STATEMENT_ID},
    {STATEMENT "/ElctrncSeqNb", TRAIL_CAMT_ELECTRONIC_NUMBER},
    {STATEMENT "/LglSeqNb", TRAIL_CAMT_LEGAL_NUMBER},
    {STATEMENT "/StmtPgntn|RptPgntn|NtfctnPgntn/PgNb", TRAIL_CAMT_PAGE},
    {STATEMENT "/FrToDt/FrDtTm|FrDt", TRAIL_CAMT_FROM},
    {STATEMENT "/FrToDt/ToDtTm|ToDt", TRAIL_CAMT_TO},
    {STATEMENT "/Acct/Id/IBAN", TRAIL_CAMT_OWN_IBAN},
    {STATEMENT "/Acct" NUMBER, TRAIL_CAMT_OWN_NUMBER},
    {STATEMENT "/Acct/Ccy", TRAIL_CAMT_OWN_CURRENCY},
    {STATEMENT "/Acct/Ownr" NAME, TRAIL_CAMT_OWN_NAME},
    {STATEMENT "/Acct/Nm", TRAIL_CAMT_OWN_ACCOUNT_NAME},
    {STATEMENT "/Acct/Svcr" BIC, TRAIL_CAMT_OWN_BIC},
    {STATEMENT "/Acct/Svcr" CLEARING, TRAIL_CAMT_OWN_CLEARING},
    {STATEMENT "/TxsSummry/TtlNtries/NbOfNtries", TRAIL_CAMT_ENTRY_COUNT},
    {STATEMENT "/TxsSummry/TtlCdtNtries/Sum", TRAIL_CAMT_CREDIT_SUM},
    {STATEMENT "/TxsSummry/TtlCdtNtries/NbOfNtries", TRAIL_CAMT_CREDIT_COUNT},
    {STATEMENT "/TxsSummry/TtlDbtNtries/Sum", TRAIL_CAMT_DEBIT_SUM},
    {STATEMENT "/TxsSummry/TtlDbtNtries/NbOfNtries", TRAIL_CAMT_DEBIT_COUNT},

    {BALANCE, TRAIL_CAMT_BALANCE},
    {BALANCE "/Tp/?CdOrPrtry/Cd|Prtry", TRAIL_CAMT_BALANCE_TYPE},
    {BALANCE "/Amt", TRAIL_CAMT_BALANCE_AMOUNT},
    {BALANCE "/CdtDbtInd", TRAIL_CAMT_BALANCE_SIGN},
    {BALANCE "/Dt/Dt|DtTm", TRAIL_CAMT_BALANCE_DAY},

    {ENTRY, TRAIL_CAMT_ENTRY},
    {ENTRY "/NtryRef", TRAIL_CAMT_ENTRY_REFERENCE},
    {ENTRY "/Amt", TRAIL_CAMT_AMOUNT},
    {ENTRY "/CdtDbtInd", TRAIL_CAMT_SIGN},
    {ENTRY "/RvslInd", TRAIL_CAMT_REVERSAL},
    {ENTRY "/Sts", TRAIL_CAMT_STATUS},
    {ENTRY "/Sts/Cd|Prtry", TRAIL_CAMT_STATUS},
    {ENTRY "/BookgDt/Dt|DtTm", TRAIL_CAMT_BOOKING_DAY},
    {ENTRY "/ValDt/Dt|DtTm", TRAIL_CAMT_VALUE_DAY},
    {ENTRY "/AcctSvcrRef", TRAIL_CAMT_SERVICER_REFERENCE},
    {ENTRY "/AddtlNtryInf", TRAIL_CAMT_ENTRY_TEXT},
    {ENTRY "/?NtryDtls/Btch/MsgId", TRAIL_CAMT_BATCH_MESSAGE},
    {ENTRY "/?NtryDtls/Btch/PmtInfId", TRAIL_CAMT_BATCH_PAYMENT},
    BOTH("/AmtDtls/InstdAmt/Amt", TRAIL_CAMT_INSTRUCTED_AMOUNT),
    BOTH("/AmtDtls/InstdAmt/CcyXchg/XchgRate", TRAIL_CAMT_RATE),
    BOTH("/AmtDtls/TxAmt/Amt", TRAIL_CAMT_TRANSACTION_AMOUNT),
    BOTH("/AmtDtls/TxAmt/CcyXchg/XchgRate", TRAIL_CAMT_RATE),
    BOTH("/AmtDtls/CntrValAmt/Amt", TRAIL_CAMT_COUNTER_AMOUNT),
    BOTH("/AmtDtls/CntrValAmt/CcyXchg/XchgRate", TRAIL_CAMT_RATE),
    BOTH("/Chrgs/TtlChrgsAndTaxAmt", TRAIL_CAMT_CHARGES_TOTAL),
    BOTH("/Chrgs/?Rcrd/Amt", TRAIL_CAMT_CHARGE_AMOUNT),
    BOTH("/Chrgs/?Rcrd/CdtDbtInd", TRAIL_CAMT_CHARGE_SIGN),
    BOTH("/Chrgs/?Rcrd/Br", TRAIL_CAMT_CHARGE_BEARER),
    BOTH("/BkTxCd/Domn/Cd", TRAIL_CAMT_DOMAIN),
    BOTH("/BkTxCd/Domn/Fmly/Cd", TRAIL_CAMT_FAMILY),
    BOTH("/BkTxCd/Domn/Fmly/SubFmlyCd", TRAIL_CAMT_SUBFAMILY),
    BOTH("/BkTxCd/Prtry/Cd", TRAIL_CAMT_OWN_CODE),

    {DETAILS, TRAIL_CAMT_DETAILS},
    {DETAILS "/Amt", TRAIL_CAMT_DETAIL_AMOUNT},
    {DETAILS "/CdtDbtInd", TRAIL_CAMT_DETAIL_SIGN},
    {DETAILS "/Refs/AcctSvcrRef", TRAIL_CAMT_DETAIL_SERVICER_REFERENCE},
    {DETAILS "/Refs/PmtInfId", TRAIL_CAMT_PAYMENT_BATCH},
    {DETAILS "/Refs/InstrId", TRAIL_CAMT_INSTRUCTION},
    {DETAILS "/Refs/EndToEndId", TRAIL_CAMT_END_TO_END},
    {DETAILS "/Refs/TxId", TRAIL_CAMT_TRANSACTION},
    {DETAILS "/Refs/UETR", TRAIL_CAMT_UETR},
    {DETAILS "/Refs/MndtId", TRAIL_CAMT_MANDATE},
    {DETAILS "/Refs/ClrSysRef", TRAIL_CAMT_CLEARING_REFERENCE},
    {DETAILS "/Purp/Cd", TRAIL_CAMT_PURPOSE},
    {PARTIES "/Dbtr" NAME, TRAIL_CAMT_PAYER_NAME},
    {PARTIES "/DbtrAcct/Id/IBAN", TRAIL_CAMT_PAYER_IBAN},
    {PARTIES "/DbtrAcct" NUMBER, TRAIL_CAMT_PAYER_NUMBER},
    {PARTIES "/UltmtDbtr" NAME, TRAIL_CAMT_PAYER_ULTIMATE},
    {AGENTS "/DbtrAgt" BIC, TRAIL_CAMT_PAYER_BIC},
    {AGENTS "/DbtrAgt" CLEARING, TRAIL_CAMT_PAYER_CLEARING},
    {PARTIES "/Cdtr" NAME, TRAIL_CAMT_PAYEE_NAME},
    {PARTIES "/CdtrAcct/Id/IBAN", TRAIL_CAMT_PAYEE_IBAN},
    {PARTIES "/CdtrAcct" NUMBER, TRAIL_CAMT_PAYEE_NUMBER},
    {PARTIES "/UltmtCdtr" NAME, TRAIL_CAMT_PAYEE_ULTIMATE},
    {AGENTS "/CdtrAgt" BIC, TRAIL_CAMT_PAYEE_BIC},
    {AGENTS "/CdtrAgt" CLEARING, TRAIL_CAMT_PAYEE_CLEARING},
    {DETAILS "/RmtInf/Ustrd", TRAIL_CAMT_TEXT},
    {DETAILS "/RmtInf/Strd/CdtrRefInf/Ref|CdtrRef", TRAIL_CAMT_TEXT},
    {DETAILS "/RmtInf/Strd/AddtlRmtInf", TRAIL_CAMT_TEXT},
    {DETAILS "/AddtlTxInf", TRAIL_CAMT_DETAIL_TEXT},
    {DETAILS "/RtrInf", TRAIL_CAMT_RETURN},
    {DETAILS "/RtrInf/?Rsn/?RtrRsn/Cd|Prtry", TRAIL_CAMT_RETURN_REASON},
    {DETAILS "/RtrInf/AddtlInf", TRAIL_CAMT_RETURN_TEXT},
};

trail_status trail_camt_paths_init(trail_xml_paths *paths, trail_error *err)
{
    return trail_xml_paths_init(paths, table, TRAIL_LENGTH_OF(table), err);
}
