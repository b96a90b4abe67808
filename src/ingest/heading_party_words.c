#include "ingest/heading_words.h"

#include "base/attributes.h"
#include "ingest/guess.h"

/* Headings of accounts, banks and names, as banks' exports write them. "Account" alone is rank 2:
 * some banks mean the own one, some the other party's. */
static const trail_heading_words words[] = {
    {TRAIL_COLUMN_OWN_ACCOUNT, 3,
     "own account|my account|auftragskonto|iban auftragskonto|iban bban|kliendi konto|"
     "cislo vlastniho uctu|cislo vlastneho uctu|свой счет|собственный счет|account id"},
    {TRAIL_COLUMN_OWN_ACCOUNT, 2,
     "account|account number|account no|account iban|konto|kontonummer|kontonr|compte|"
     "numero de compte|cuenta|numero de cuenta|conta|numero da conta|conto|numero conto|rekening|"
     "rekeningnummer|rachunek|numer rachunku|cislo uctu|ucet|счет|номер счета|рахунок|"
     "номер рахунку|konts|konta numurs|saskaita|saskaitos numeris|konto number|λογαριασμοσ|"
     "αριθμοσ λογαριασμου|hesap|hesap no|hesap numarasi|cont|numar cont|szamla|szamlaszam|"
     "konyvelesi szamla|tili|tilinumero|сметка|номер на сметка|racun|الحساب|رقم الحساب"},
    {TRAIL_COLUMN_OWN_NAME, 2,
     "account name|account holder|name account holder|kontoinhaber|titulaire|titular|intestatario|"
     "владелец счета|ipasnieks|konta ipasnieks|saskaitos savininkas|κατοχοσ|hesap sahibi"},
    {TRAIL_COLUMN_COUNTERPARTY_ACCOUNT, 3,
     "counterparty account|counterparty account number|counterparty iban|counter account|"
     "counteraccount|counteraccount number|other account|gegenkonto|kontonummer iban|"
     "iban kontonummer|iban zahlungsbeteiligter|compte contrepartie|cuenta contraparte|"
     "conta contraparte|conto controparte|iban controparte|tegenrekening|tegenrekeningnummer|"
     "tegenrekening iban bban|tegenrekening iban|rekening tegenpartij|rachunek kontrahenta|"
     "numer rachunku kontrahenta|rachunek przeciwstawny|protiucet|cislo protiuctu|"
     "ucet protistrany|cislo uctu protistrany|счет контрагента|рахунок контрагента|"
     "korespondenta konts|partnera konts|darijuma partnera konts|korespondento saskaita|"
     "gavejo moketojo saskaita|moketojo gavejo saskaita|saaja maksja konto|vastaskonto|"
     "λογαριασμοσ αντισυμβαλλομενου|karsi hesap|karsi hesap iban|cont contrapartida|"
     "cont partener|partner szamlaszama|ellenoldali szamlaszam|motkonto|modkonto|vastatili|"
     "сметка на контрагент|сметка на контрагента|حساب الطرف المقابل|الحساب المقابل"},
    {TRAIL_COLUMN_COUNTERPARTY_BANK, 3,
     "counterparty bank|counterparty bic|bic tegenpartij|gegenbank|bank kontrahenta|"
     "banka protistrany|банк контрагента|partnera banka|korespondenta banka|bic "
     "zahlungsbeteiligter|"
     "banque contrepartie|banco contraparte|banca controparte|kod banky"},
    {TRAIL_COLUMN_COUNTERPARTY_NAME, 3,
     "counterparty|counterparty name|counteraccount name|beneficiary payer|payer payee|"
     "payer beneficiary|payee payer|sender recipient|sender receiver|auftraggeber empfanger|"
     "auftraggeber zahlungsempfanger|beguenstigter zahlungspflichtiger|"
     "begunstigter zahlungspflichtiger|begunstigter auftraggeber|name zahlungsbeteiligter|"
     "zahlungsbeteiligter|contrepartie|nom de la contrepartie|contraparte|controparte|"
     "naam tegenpartij|naam van de tegenpartij|tegenrekeninghouder|tegenpartij|nadawca odbiorca|"
     "kontrahent|nazwa kontrahenta|nazev protiuctu|nazev protistrany|protistrana|"
     "nazov protistrany|контрагент|наименование контрагента|назва контрагента|partneris|"
     "darijuma partneris|sanemejs maksatajs|maksatajs sanemejs|moketojas gavejas|"
     "gavejas moketojas|saaja maksja nimi|saaja maksja|αντισυμβαλλομενοσ|karsi taraf|"
     "alici gonderici|partener|nume partener|partner neve|partner|ellenoldali nev|motpart|"
     "mottaker avsender|saaja maksaja|الطرف المقابل|merchant|merchant name|handelaar"},
    {TRAIL_COLUMN_COUNTERPARTY_NAME, 1, "name|naam|nom|nombre|nome|nimi|namn|navn|имя|nazwa"},
    {TRAIL_COLUMN_PAYER_ACCOUNT, 3,
     "payer account|payer iban|sender account|sender iban|from account|account from|debtor account|"
     "orig acct|originator account|source account|debit account|ordering account|konto nadawcy|"
     "numer rachunku nadawcy|rachunek nadawcy|счет плательщика|рахунок платника|maksataja konts|"
     "moketojo saskaita|maksja konto|compte debiteur|compte emetteur|cuenta ordenante|"
     "cuenta origen|cuenta de origen|conta origem|conto ordinante|konto auftraggeber|nameorig|"
     "gonderen hesap|حساب المرسل|حساب المحول"},
    {TRAIL_COLUMN_PAYEE_ACCOUNT, 3,
     "payee account|payee iban|beneficiary account|beneficiary iban|receiver account|"
     "recipient account|recipient iban|to account|account receiving|account to|creditor account|"
     "bene acct|destination account|credit account|numer rachunku odbiorcy|rachunek odbiorcy|"
     "konto odbiorcy|счет получателя|рахунок отримувача|sanemeja konts|gavejo saskaita|"
     "saaja konto|compte crediteur|compte beneficiaire|cuenta beneficiario|cuenta destino|"
     "cuenta de destino|conta destino|conto beneficiario|empfangerkonto|iban empfanger|namedest|"
     "alici hesap|حساب المستفيد"},
    {TRAIL_COLUMN_PAYER_ACCOUNT, 2,
     "sender phone|sender phone number|sender mobile|sender msisdn|payer phone|from msisdn|"
     "телефон отправителя|sutitaja talrunis"},
    {TRAIL_COLUMN_PAYEE_ACCOUNT, 2,
     "receiver phone|receiver phone number|recipient phone|recipient mobile|receiver msisdn|"
     "beneficiary phone|payee phone|to msisdn|телефон получателя|sanemeja talrunis"},
    {TRAIL_COLUMN_COUNTERPARTY_ACCOUNT, 2,
     "counterparty phone|other party phone|msisdn|phone|phone number|mobile number"},
    {TRAIL_COLUMN_PAYER_BANK, 3,
     "from bank|payer bank|payer bic|sender bank|debtor bank|debtor agent|originator bank|"
     "bank nadawcy|банк плательщика|maksataja banka"},
    {TRAIL_COLUMN_PAYEE_BANK, 3,
     "to bank|payee bank|payee bic|beneficiary bank|receiver bank|recipient bank|creditor bank|"
     "creditor agent|bank odbiorcy|банк получателя|sanemeja banka"},
    {TRAIL_COLUMN_PAYER_NAME, 3,
     "payer|payer name|sender|sender name|remitter|originator|originator name|ordering "
     "party|debtor|"
     "debtor name|nadawca|nazwa nadawcy|плательщик|платник|maksatajs|moketojas|maksja|"
     "auftraggeber|donneur d ordre|ordenante|ordinante|ordonator|avsandare|avsender|afsender|"
     "gonderen|المرسل"},
    {TRAIL_COLUMN_PAYEE_NAME, 3,
     "payee|payee name|beneficiary|beneficiary name|recipient|recipient name|receiver|"
     "receiver name|creditor|creditor name|odbiorca|nazwa odbiorcy|получатель|отримувач|sanemejs|"
     "gavejas|saaja|empfanger|zahlungsempfanger|begunstigter|beneficiaire|destinataire|"
     "beneficiario|destinatario|beneficiar|mottagare|mottaker|modtager|alici|δικαιουχοσ|المستفيد"},
};

const trail_heading_words *trail_heading_party_words(size_t *count)
{
    *count = TRAIL_LENGTH_OF(words);
    return words;
}
