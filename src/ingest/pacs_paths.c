/* Version 01 names the message after itself (pacs.008.001.01) and has BIC where later ones have
 * BICFI; returns name their parties in the original's reference, from 09 on in a chain of their
 * own.
 */
#include "ingest/pacs_paths.h"

#define MESSAGE                                                                                    \
    "FIToFICstmrCdtTrf|pacs.008.001.01|FICdtTrf|FinInstnCdtTrf|pacs.009.001.01|PmtRtr|"            \
    "pacs.004.001.01"
#define PAYMENT    MESSAGE "/CdtTrfTxInf|TxInf"
#define UNDERLYING PAYMENT "/UndrlygCstmrCdtTrf"
#define ORIGINAL   PAYMENT "/OrgnlTxRef"
#define CHAIN      PAYMENT "/RtrChain"
#define BIC        "/FinInstnId/?CmbndId/BIC|BICFI"
#define CLEARING   "/FinInstnId/?CmbndId/ClrSysMmbId/MmbId|Id"
#define NUMBER     "/Id/?Othr/?PrtryAcct/Id|BBAN|UPIC"
#define NAME       "/?Pty/?Agt/?FinInstnId/Nm"
#define OWN_BIC    "/?Agt/FinInstnId/?CmbndId/BIC|BICFI"

#define PARTY(level, element, side)                                                                \
    {level "/" element NAME, side##_NAME}, {level "/" element "Acct/Id/IBAN", side##_IBAN},        \
        {level "/" element "Acct" NUMBER, side##_NUMBER},                                          \
        {level "/" element OWN_BIC, side##_OWN_BIC},                                               \
        {level "/" element "Agt" BIC, side##_AGENT_BIC},                                           \
        {level "/" element "Agt" CLEARING, side##_AGENT_CLEARING},                                 \
        {level "/Ultmt" element NAME, side##_ULTIMATE},

#define PARTIES(level, payer, payee) PARTY(level, "Dbtr", payer) PARTY(level, "Cdtr", payee)

static const trail_xml_path table[] = {
    {"AppHdr/Fr/FIId" BIC, TRAIL_PACS_HEADER_SENDER},
    {"AppHdr/To/FIId" BIC, TRAIL_PACS_HEADER_RECEIVER},
    {MESSAGE, TRAIL_PACS_MESSAGE},
    {MESSAGE "/GrpHdr/MsgId", TRAIL_PACS_MESSAGE_ID},
    {MESSAGE "/GrpHdr/IntrBkSttlmDt", TRAIL_PACS_GROUP_DAY},
    {MESSAGE "/GrpHdr/InstgAgt" BIC, TRAIL_PACS_GROUP_SENDER},
    {MESSAGE "/GrpHdr/InstdAgt" BIC, TRAIL_PACS_GROUP_RECEIVER},
    {MESSAGE "/OrgnlGrpInf/OrgnlMsgId", TRAIL_PACS_GROUP_ORIGINAL_MESSAGE},

    {PAYMENT, TRAIL_PACS_PAYMENT},
    {PAYMENT "/PmtId/InstrId", TRAIL_PACS_INSTRUCTION},
    {PAYMENT "/PmtId/EndToEndId", TRAIL_PACS_END_TO_END},
    {PAYMENT "/PmtId/TxId", TRAIL_PACS_TRANSACTION},
    {PAYMENT "/PmtId/UETR", TRAIL_PACS_UETR},
    {PAYMENT "/PmtId/ClrSysRef", TRAIL_PACS_CLEARING_REFERENCE},
    {PAYMENT "/RtrId", TRAIL_PACS_RETURN_ID},
    {PAYMENT "/OrgnlGrpInf/OrgnlMsgId", TRAIL_PACS_ORIGINAL_MESSAGE},
    {PAYMENT "/OrgnlInstrId", TRAIL_PACS_INSTRUCTION},
    {PAYMENT "/OrgnlEndToEndId", TRAIL_PACS_END_TO_END},
    {PAYMENT "/OrgnlTxId", TRAIL_PACS_TRANSACTION},
    {PAYMENT "/OrgnlUETR", TRAIL_PACS_UETR},
    {PAYMENT "/OrgnlClrSysRef", TRAIL_PACS_CLEARING_REFERENCE},
    {PAYMENT "/IntrBkSttlmAmt|RtrdIntrBkSttlmAmt", TRAIL_PACS_AMOUNT},
    {PAYMENT "/IntrBkSttlmDt", TRAIL_PACS_DAY},
    {PAYMENT "/InstdAmt|RtrdInstdAmt", TRAIL_PACS_INSTRUCTED_AMOUNT},
    {PAYMENT "/XchgRate", TRAIL_PACS_RATE},
    {PAYMENT "/ChrgBr", TRAIL_PACS_BEARER},
    {PAYMENT "/ChrgsInf/Amt|ChrgsAmt", TRAIL_PACS_CHARGE_AMOUNT},
    {PAYMENT "/InstgAgt" BIC, TRAIL_PACS_SENDER},
    {PAYMENT "/InstdAgt" BIC, TRAIL_PACS_RECEIVER},
    {PAYMENT "/RmtInf/Ustrd", TRAIL_PACS_TEXT},
    {PAYMENT "/RmtInf/Strd/CdtrRefInf/Ref|CdtrRef", TRAIL_PACS_TEXT},
    {PAYMENT "/RmtInf/Strd/AddtlRmtInf", TRAIL_PACS_TEXT},
    {PAYMENT "/RtrRsnInf/Rsn|RtrRsn/Cd|Prtry", TRAIL_PACS_REASON},
    {PAYMENT "/RtrRsnInf/AddtlInf|AddtlRtrRsnInf", TRAIL_PACS_REASON_TEXT},

    {UNDERLYING, TRAIL_PACS_UNDERLYING},
    {UNDERLYING "/InstdAmt", TRAIL_PACS_INSTRUCTED_AMOUNT},
    {UNDERLYING "/RmtInf/Ustrd", TRAIL_PACS_TEXT},
    {UNDERLYING "/RmtInf/Strd/CdtrRefInf/Ref|CdtrRef", TRAIL_PACS_TEXT},
    {UNDERLYING "/RmtInf/Strd/AddtlRmtInf", TRAIL_PACS_TEXT},
    {ORIGINAL "/RmtInf/Ustrd", TRAIL_PACS_TEXT},
    {ORIGINAL "/RmtInf/Strd/CdtrRefInf/Ref|CdtrRef", TRAIL_PACS_TEXT},
    {ORIGINAL "/RmtInf/Strd/AddtlRmtInf", TRAIL_PACS_TEXT},

    PARTIES(PAYMENT, TRAIL_PACS_PAYER, TRAIL_PACS_PAYEE)
        PARTIES(CHAIN, TRAIL_PACS_PAYER, TRAIL_PACS_PAYEE)
            PARTIES(UNDERLYING, TRAIL_PACS_UNDER_PAYER, TRAIL_PACS_UNDER_PAYEE)
                PARTIES(ORIGINAL, TRAIL_PACS_UNDER_PAYER, TRAIL_PACS_UNDER_PAYEE)};

trail_status trail_pacs_paths_init(trail_xml_paths *paths, trail_error *err)
{
    return trail_xml_paths_init(paths, table, TRAIL_LENGTH_OF(table), err);
}
