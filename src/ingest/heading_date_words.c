#include "ingest/heading_words.h"

#include "base/attributes.h"
#include "ingest/guess.h"

/* Headings of dates, times, kinds, references and texts, as banks' exports write them. */
static const trail_heading_words words[] = {
    {TRAIL_COLUMN_BOOKING_DATE, 3,
     "booking date|booked|booked on|date booked|posting date|posted date|post date|posted|"
     "date posted|entry date|accounting date|completed date|buchungstag|buchungsdatum|buchung|"
     "buchungstermin|date comptable|date de comptabilisation|fecha contable|"
     "fecha de contabilizacion|data lancamento|data do lancamento|data mov|data do movimento|"
     "data contabile|data registrazione|boekdatum|boekingsdatum|boekingsdag|data ksiegowania|"
     "datum zauctovani|datum uctovani|datum zauctovania|zauctovano|дата проводки|дата проведення|"
     "дата обработки|gramatosanas datums|gramatojuma datums|iraso data|"
     "kande kuupaev|kandekuupaev|ημερομηνια καταχωρησησ|ημερομηνια λογιστικησ|"
     "muhasebe tarihi|kayit tarihi|data inregistrarii|data procesarii|konyveles datuma|"
     "konyvelesi datum|konyveles "
     "napja|bokforingsdag|bokforingsdatum|bokford|bokforingsdato|bokfort|"
     "bogforingsdato|bogfort|kirjauspaiva|kirjauspvm|datum knjizenja|"
     "дата на осчетоводяване|счетоводна дата|تاريخ القيد|تاريخ الترحيل"},
    {TRAIL_COLUMN_BOOKING_DATE, 2,
     "date|datum|fecha|data|datums|kuupaev|ημερομηνια|tarih|dato|paivamaara|pvm|дата|"
     "التاريخ|تاريخ|timestamp|date time|datetime|date and time|created|created at|date heure|"
     "fecha y hora|data e hora|дата и время|datum i vrijeme|dag|buchungszeitpunkt"},
    {TRAIL_COLUMN_BOOKING_DATE, 1,
     "transaction date|date of transaction|tran date|trans date|tran timestamp|"
     "transaction timestamp|transactiedatum|transaktionsdatum|belegdatum|umsatzdatum|"
     "date de transaction|date operation|date de l operation|date d operation|fecha operacion|"
     "fecha de operacion|fecha de la operacion|data operazione|data operacao|data da operacao|"
     "data transakcji|data operacji|datum transakce|datum transakcie|datum verrichting|"
     "uitvoeringsdatum|execution date|дата операции|дата операції|дата транзакции|"
     "darijuma datums|operacijos data|tehingu kuupaev|ημερομηνια συναλλαγησ|islem tarihi|"
     "data tranzactiei|data tranzactie|tranzakcio datuma|tranzakcio idopontja|transaksjonsdato|"
     "transaktionsdag|tapahtumapaiva|дата на трансакция|تاريخ العملية|datum verrekening|"
     "started date"},
    {TRAIL_COLUMN_VALUE_DATE, 3,
     "value date|date value|val date|effective date|valuta|valutadatum|valuta datum|wertstellung|"
     "wertstellungstag|wertstellungsdatum|wert|date de valeur|date valeur|fecha valor|f valor|"
     "fecha de valor|data valor|data valuta|data waluty|datum valuty|дата валютирования|"
     "дата валютування|valutas datums|vertibas datums|valiutavimo data|vaartuspaev|"
     "ημερομηνια αξιασ|ημερομηνια valeur|valor|valor tarihi|data valutei|data valuta|erteknap|"
     "valutadag|valutadato|rentedatum|rentedato|rentedag|arvopaiva|arvopvm|вальор|"
     "дата на вальора|تاريخ الاستحقاق|تاريخ القيمة"},
    {TRAIL_MEANING_NOT_NEEDED, 3,
     "birth date|date of birth|birthdate|geburtsdatum|date de naissance|fecha de nacimiento|"
     "data di nascita|data nascimento|data urodzenia|datum narozeni|дата рождения|due date|"
     "expiry date|valid from|valid until|opening date|open date|close date|statement date|"
     "date of issue|rechnungsdatum|falligkeit"},
    {TRAIL_COLUMN_TIME, 3,
     "time|transaction time|uhrzeit|zeit|abschlusszeit|heure|hora|ora|tijd|tijdstip|godzina|cas|"
     "время|час|laiks|laikas|kellaaeg|ωρα|saat|idopont|tid|klokkeslett|aika|الوقت"},
    {TRAIL_COLUMN_STATUS, 3,
     "status|transaction status|payment status|state|transfer status|stav|stan|statuss|busena|olek|"
     "статус|состояние|durum|katastasi|statut|estado|stato"},
    {TRAIL_COLUMN_REFERENCE, 3,
     "mtcn|money transfer control number|transfer control number|wallet transaction id|bank "
     "reference|transaction id|transaction reference|transaction reference number|"
     "archive id|buchungsreferenz|transaktions nr|transaktionsnummer|"
     "reference de la transaction|transactiereferentie|numer transakcji|id transakcie|id operace|"
     "id pohybu|номер операции|номер транзакции|arhiva numurs|darijuma numurs|arhiivitunnus|"
     "islem no|fis no|referinta tranzactiei|tranzakcio "
     "azonosito|arkivointitunnus|verifikationsnummer"},
    {TRAIL_COLUMN_TEXT, 3,
     "description|transaction description|details|transaction details|memo|narrative|particulars|"
     "remittance information|payment details|payment purpose|purpose|message|message for payee|"
     "message for me|client note|notes|note|text|verwendungszweck|buchungstext|beschreibung|"
     "buchungsdetails|transaktionsbeschreibung|transaktionsbeschreibung zusatz|mitteilung|"
     "zahlungsgrund|libelle|communication|motif|concepto|descripcion|detalle|detalles|"
     "observaciones|"
     "descricao|historico|descrizione|causale|omschrijving|mededeling|mededelingen|toelichting|"
     "opis|opis operacji|opis transakcji|tytul|tytul operacji|szczegoly transakcji|popis|zprava|"
     "zprava pro prijemce|poznamka|sprava pre prijimatela|ucel platby|popis transakcie|"
     "назначение|назначение платежа|описание|описание операции|призначення|призначення платежу|"
     "опис операції|merkis|maksajuma merkis|piezime|piezimes|informacija sanemejam|paskirtis|"
     "mokejimo paskirtis|selgitus|αιτιολογια|περιγραφη|aciklama|descriere|detalii|"
     "detalii tranzactie|descriere tranzactie|kozlemeny|leiras|megjegyzes|meddelande|rubrik|"
     "transaktion|tekst|beskrivelse|forklaring|viesti|selite|основание|пояснение|svrha|"
     "البيان|الوصف|التفاصيل|الشرح"},
    {TRAIL_COLUMN_TEXT, 1, "reference|ref|payment reference|referenz|betalingskenmerk|referencia"},
    {TRAIL_COLUMN_KIND, 3,
     "type|transaction type|tx type|tran type|operation|operation type|payment format|payment type|"
     "code|transaction code|umsatzart|buchungsschlussel|buchungsart|vorgang|type d operation|tipo|"
     "tipo de operacion|tipo de movimiento|tipo operazione|tipologia|mutatiesoort|betaalwijze|"
     "type betaling|type verrichting|typ|typ transakcji|typ operacji|rodzaj operacji|typ operace|"
     "typ transakce|typ transakcie|тип|тип операции|вид операции|тип операції|kods|tips|"
     "darijuma veids|darijuma tips|operacijos tipas|tuup|tehingu tuup|ειδοσ|τυποσ|"
     "ειδοσ συναλλαγησ|islem turu|islem tipi|tip|tip tranzactie|tipus|tranzakcio tipusa|"
     "tranzakciotipus|transaktionstyp|transaksjonstype|laji|tapahtumalaji|вид|вид на операцията|"
     "نوع|نوع العملية|kod"},
};

const trail_heading_words *trail_heading_date_words(size_t *count)
{
    *count = TRAIL_LENGTH_OF(words);
    return words;
}
