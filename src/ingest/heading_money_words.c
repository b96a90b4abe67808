#include "ingest/heading_words.h"

#include "base/attributes.h"
#include "ingest/guess.h"

/* Headings of amounts, currencies, marks and balances, as banks' exports write them. */
static const trail_heading_words words[] = {
    {TRAIL_COLUMN_AMOUNT, 3,
     "amount|transaction amount|amount paid|payment amount|base amt|booked amount|betrag|umsatz|"
     "buchungsbetrag|montant|importe|monto|importo|valor|montante|bedrag|bedrag rekening|kwota|"
     "kwota operacji|kwota transakcji|kwota w walucie rachunku|castka|objem|suma|iznos|znesek|"
     "сумма|сумма операции|сумма платежа|сума|сума операции|сума операції|summa|suma operacijos|"
     "ποσο|ποσο συναλλαγησ|tutar|islem tutari|osszeg|belopp|belop|belob|maara|"
     "المبلغ|مبلغ|قيمة العملية"},
    {TRAIL_COLUMN_AMOUNT, 3,
     "gross|gross amount|brutto|bruttobetrag|principal|principal amount|send amount"},
    {TRAIL_COLUMN_FEE, 3,
     "fee|fees|fee amount|transaction fee|transfer fee|commission|commission amount|charge|charges|"
     "gebuhr|gebuhren|entgelt|provision|frais|comision|commissione|commissioni|comissao|prowizja|"
     "oplata|poplatek|komisija|komisijas maksa|komisinis|mokestis|teenustasu|komisjonitasu|"
     "комиссия|комісія|komisyon|προμηθεια|tarifa|taxa"},
    {TRAIL_COLUMN_NET, 3,
     "net|net amount|netto|nettobetrag|total paid|total collected|total charged|net total|neto|"
     "kwota netto|нетто"},
    {TRAIL_COLUMN_AMOUNT, 2, "value|sum|wert|tran amt|amt|transaktionsbetrag"},
    {TRAIL_COLUMN_RECEIVED_AMOUNT, 3, "amount received|received amount|amount credited"},
    {TRAIL_COLUMN_RECEIVED_CURRENCY, 3, "receiving currency|received currency|currency received"},
    {TRAIL_COLUMN_DEBIT, 3,
     "debit|debits|debit amount|withdrawal|withdrawals|withdrawal amount|money out|paid "
     "out|outflow|"
     "soll|belastung|belastungen|ausgang|ausgaben|montant debit|cargo|cargos|debe|debito|"
     "debitos|dare|uscite|addebiti|addebito|saida|saidas|debet|afschrijving|afschrijvingen|"
     "obciazenia|obciazenie|wyplaty|na vrub|debets|debetas|deebet|дебет|дебит|дебіт|расход|расходы|"
     "списание|видаток|списання|χρεωση|χρεωσεισ|borc|terheles|uttag|ut fra konto|ud|"
     "مدين|السحب|سحب|خصم"},
    {TRAIL_COLUMN_CREDIT, 3,
     "credit|credits|credit amount|deposit|deposits|deposit amount|money in|paid in|inflow|haben|"
     "gutschrift|gutschriften|eingang|einnahmen|montant credit|abono|abonos|haber|ingresos|"
     "credito|creditos|avere|entrate|accrediti|accredito|entrada|entradas|bijschrijving|"
     "bijschrijvingen|kredit|uznania|uznanie|wplaty|na prospech|kredits|kreditas|kreedit|"
     "кредит|приход|доход|зачисление|надходження|зарахування|πιστωση|πιστωσεισ|alacak|jovairas|"
     "insattning|inn pa konto|ind|دائن|الإيداع|إيداع|ايداع"},
    {TRAIL_COLUMN_MARK, 3,
     "debit credit|credit debit|debit kredit|kredit debet|debet kredit|d c|c d|dc|cd|d k|k d|dr cr|"
     "cr dr|credit debet|debet credit|creditdebet|af bij|bij af|soll haben|s h|sollhaben|"
     "debit or credit|credit debit indicator|debit credit indicator|dc indicator|cdtdbtind|sign|"
     "direction|sens|dare avere|debe haber|cargo abono|obciazenie uznanie|дебет кредит|"
     "приход расход|д к|debets kredits|deebet kreedit|debetas kreditas|vorzeichen|tegn|"
     "مدين دائن"},
    {TRAIL_COLUMN_CURRENCY, 3,
     "currency|currency code|ccy|payment currency|transaction currency|account currency|wahrung|"
     "buchungswahrung|kontowahrung|devise|monnaie|moneda|divisa|moeda|munt|muntsoort|valutacode|"
     "valuta rekening|waluta|waluta operacji|waluta rachunku|mena|валюта|валюта операции|"
     "valuta|valiuta|valuuta|νομισμα|para birimi|doviz|doviz cinsi|devizanem|penznem|deviza|"
     "valutta|valuutta|العملة|عملة"},
    {TRAIL_COLUMN_BALANCE, 3,
     "balance|running balance|balance after|balance after transaction|account balance|"
     "closing balance|ledger balance|saldo|kontostand|saldo nach buchung|solde|saldo na trn|"
     "saldo contabile|saldo po operacji|saldo po transakcji|zustatek|zostatok|"
     "zostatok po transakcii|остаток|остаток на счете|баланс|сальдо|залишок|atlikums|likutis|"
     "jaak|υπολοιπο|λογιστικο υπολοιπο|προοδευτικο υπολοιπο|bakiye|sold|sold final|egyenleg|"
     "konyvelt egyenleg|behallning|bokfort saldo|saldo etter|saldo efter|салдо|stanje|"
     "الرصيد|رصيد"},
    {TRAIL_COLUMN_BALANCE, 1, "available balance|verfugbarer saldo|disponible"},
    {TRAIL_MEANING_NOT_NEEDED, 3,
     "original amount|original currency|originalbetrag|originalwahrung|oorspr bedrag|oorspr munt|"
     "oorspronkelijk bedrag|local amount|local currency|foreign amount|foreign currency|"
     "foreign currency type|amount in foreign currency|exchange rate|conversion rate|rate|koers|"
     "umrechnungskurs|kurs|wechselkurs|kurz|курс|taux|taux de change|tipo de cambio|cambio|kurss|"
     "montant original|importe original|kwota oryginalna|oldbalanceorg|newbalanceorig|"
     "oldbalancedest|newbalancedest"},
    {TRAIL_MEANING_TRUTH, 3,
     "is laundering|islaundering|laundering type|is sar|alert id|alert type|isfraud|is fraud|"
     "isflaggedfraud|is flagged fraud|is suspicious|sar id"},
};

const trail_heading_words *trail_heading_money_words(size_t *count)
{
    *count = TRAIL_LENGTH_OF(words);
    return words;
}
