#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ingest/guess.h"
#include "ingest/heading_words.h"

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

static void expect_decided(const trail_guess *guess)
{
    for (size_t i = 0; i < guess->doubts.count; i++) {
        const trail_doubt *doubt = trail_vector_at(&guess->doubts, i);
        if (doubt->blocking) print_message("doubt: %s\n", doubt->text);
    }
    assert_true(trail_guess_decided(guess));
}

typedef struct language {
    const char *name, *text, *date, *amount, *balance, *other_name;
} language;

/* One statement in many languages: the headings alone tell what the columns are. */
static const language languages[] = {
    {"English",
     "Account number,Booking date,Counterparty,Counterparty account,Amount,Currency,Balance\n"
     "1234567,31/01/2024,Tom Low,9990001,-5.20,GBP,94.80\n"
     "1234567,02/02/2024,Ann High,9990002,7.00,GBP,101.80\n",
     "Booking date", "Amount", "Balance", "Counterparty"},
    {"German",
     "Auftragskonto;Buchungstag;Valutadatum;Begünstigter/Zahlungspflichtiger;Betrag;Währung\n"
     "DE89370400440532013000;31.01.2024;31.01.2024;Max Mond;-1.205,20;EUR\n"
     "DE89370400440532013000;01.02.2024;01.02.2024;Eva Erde;7,00;EUR\n",
     "Buchungstag", "Betrag", "(none)", "Begünstigter/Zahlungspflichtiger"},
    {"French",
     "Compte;Compte contrepartie;Date comptable;Date de valeur;Libellé;Montant;Devise;Solde\n"
     "A1;B7;31/01/2024;31/01/2024;loyer;-1 205,20;EUR;10,00\n"
     "A1;B8;02/02/2024;02/02/2024;pain;-2,00;EUR;8,00\n",
     "Date comptable", "Montant", "Solde", "(none)"},
    {"Spanish",
     "IBAN/BBAN;Fecha contable;Fecha valor;Concepto;Importe;Divisa;Saldo\n"
     "ES9121000418450200051332;31/01/2024;31/01/2024;alquiler;-5,20;EUR;94,80\n",
     "Fecha contable", "Importe", "Saldo", "(none)"},
    {"Polish",
     "Rachunek;Numer rachunku kontrahenta;Data księgowania;Nazwa kontrahenta;Kwota;Waluta;"
     "Saldo po operacji\n"
     "111122223333;999988887777;2024-01-31;Jan Kot;-5,20;PLN;94,80\n",
     "Data księgowania", "Kwota", "Saldo po operacji", "Nazwa kontrahenta"},
    {"Russian",
     "Счет;Счет контрагента;Дата проводки;Контрагент;Сумма;Валюта;Остаток\n"
     "40702810;40702999;31.01.2024;Иван Дом;-5,20;EUR;94,80\n",
     "Дата проводки", "Сумма", "Остаток", "Контрагент"},
    {"Latvian",
     "Konts;Partnera konts;Datums;Saņēmējs/Maksātājs;Summa;Valūta;Atlikums\n"
     "LV80BANK0000435195001;LV61BANK1;31.01.2024;Jānis Koks;-5,20;EUR;94,80\n",
     "Datums", "Summa", "Atlikums", "Saņēmējs/Maksātājs"},
    {"Greek",
     "ΛΟΓΑΡΙΑΣΜΟΣ;Λογαριασμός αντισυμβαλλομένου;Ημερομηνία;Αιτιολογία;Ποσό;Νόμισμα;Υπόλοιπο\n"
     "CY1;CY2;31/01/2024;ενοίκιο;-5,20;EUR;94,80\n",
     "Ημερομηνία", "Ποσό", "Υπόλοιπο", "(none)"},
    {"Arabic",
     "رقم الحساب;حساب الطرف المقابل;التاريخ;البيان;المبلغ;العملة;الرصيد\n"
     "1000;2000;2024-01-31;إيجار;-5.20;AED;94.80\n",
     "التاريخ", "المبلغ", "الرصيد", "(none)"},
    {"Turkish",
     "Hesap No;Karşı hesap;İşlem tarihi;Açıklama;Tutar;Para birimi;Bakiye\n"
     "77;88;31.01.2024;kira;-5,20;TRY;94,80\n",
     "İşlem tarihi", "Tutar", "Bakiye", "(none)"},
    {"Lithuanian",
     "Sąskaitos numeris;Korespondento sąskaita;Įrašo data;Mokėtojas/Gavėjas;Suma;"
     "Valiuta;Likutis\n"
     "LT1;LT2;2024-01-31;Jonas Upė;-5,20;EUR;94,80\n",
     "Įrašo data", "Suma", "Likutis", "Mokėtojas/Gavėjas"},
    {"Estonian",
     "Kliendi konto;Saaja/maksja konto;Kuupäev;Saaja/maksja nimi;Summa;Valuuta\n"
     "EE1;EE2;31.01.2024;Mari Mets;-5,20;EUR\n",
     "Kuupäev", "Summa", "(none)", "Saaja/maksja nimi"},
    {"Hungarian",
     "Számlaszám;Ellenoldali számlaszám;Könyvelés dátuma;Partner neve;Összeg;Devizanem;"
     "Egyenleg\n"
     "11;22;2024.01.31.;Kis Pál;-5;HUF;94\n",
     "Könyvelés dátuma", "Összeg", "Egyenleg", "Partner neve"},
    {"Swedish",
     "Konto;Motkonto;Bokföringsdag;Rubrik;Belopp;Valuta;Saldo\n"
     "11;22;2024-01-31;hyra;-5,20;SEK;94,80\n",
     "Bokföringsdag", "Belopp", "Saldo", "(none)"},
    {"Dutch",
     "Rekening;Tegenrekening;Boekdatum;Naam tegenpartij;Bedrag;Munt;Saldo\n"
     "11;22;31-01-2024;Jan Boom;-5,20;EUR;94,80\n",
     "Boekdatum", "Bedrag", "Saldo", "Naam tegenpartij"},
    {"Ukrainian",
     "Рахунок;Рахунок контрагента;Дата операції;Призначення платежу;Сума;Валюта;Залишок\n"
     "11;22;31.01.2024;оренда;-5,20;UAH;94,80\n",
     "Дата операції", "Сума", "Залишок", "(none)"},
    {"Finnish",
     "Tili;Vastatili;Kirjauspäivä;Viesti;Määrä;Valuutta;Saldo\n"
     "11;22;31.01.2024;vuokra;-5,20;EUR;94,80\n",
     "Kirjauspäivä", "Määrä", "Saldo", "(none)"},
    {"Romanian",
     "Cont;Cont contrapartidă;Data înregistrării;Nume partener;Suma;Valuta;Sold\n"
     "11;22;31.01.2024;Ion Lup;-5,20;RON;94,80\n",
     "Data înregistrării", "Suma", "Sold", "Nume partener"},
    {"Italian",
     "Conto;Conto controparte;Data contabile;Data valuta;Causale;Importo;Divisa;Saldo\n"
     "11;22;31/01/2024;31/01/2024;affitto;-5,20;EUR;94,80\n",
     "Data contabile", "Importo", "Saldo", "(none)"},
    {"Portuguese",
     "Conta;Conta contraparte;Data lançamento;Descrição;Montante;Moeda;Saldo\n"
     "11;22;31/01/2024;aluguel;-5,20;EUR;94,80\n",
     "Data lançamento", "Montante", "Saldo", "(none)"},
    {"Czech",
     "Číslo účtu;Číslo protiúčtu;Datum zaúčtování;Název protiúčtu;Částka;Měna;Zůstatek\n"
     "11;22;31.01.2024;Jan Les;-5,20;CZK;94,80\n",
     "Datum zaúčtování", "Částka", "Zůstatek", "Název protiúčtu"},
    {"Bulgarian",
     "Сметка;Сметка на контрагента;Счетоводна дата;Основание;Сума;Валута;Салдо\n"
     "11;22;31.01.2024;наем;-5,20;BGN;94,80\n",
     "Счетоводна дата", "Сума", "Салдо", "(none)"},
};

static void headings_of_many_languages_are_understood(void **state)
{
    (void)state;
    for (size_t i = 0; i < TRAIL_LENGTH_OF(languages); i++) {
        const language *row = &languages[i];
        trail_guess guess = {0};
        print_message("%s\n", row->name);
        guess_of(&guess, row->text);
        assert_string_equal(header_of(&guess, TRAIL_COLUMN_BOOKING_DATE), row->date);
        assert_string_equal(header_of(&guess, TRAIL_COLUMN_AMOUNT), row->amount);
        assert_string_equal(header_of(&guess, TRAIL_COLUMN_BALANCE), row->balance);
        assert_string_equal(header_of(&guess, TRAIL_COLUMN_COUNTERPARTY_NAME), row->other_name);
        assert_int_not_equal(position_of(&guess, TRAIL_COLUMN_OWN_ACCOUNT), 0);
        expect_decided(&guess);
        trail_guess_clear(&guess);
    }
}

static void a_heading_may_carry_its_currency(void **state)
{
    (void)state;
    trail_heading heading;
    assert_int_equal(trail_heading_read(trail_slice_of("Kwota operacji [PLN]"), &heading, NULL),
                     TRAIL_OK);
    assert_int_equal(heading.senses[0].meaning, TRAIL_COLUMN_AMOUNT);
    assert_string_equal(trail_currency_code(heading.currency), "PLN");
    assert_int_equal(trail_heading_read(trail_slice_of("TransactionDate"), &heading, NULL),
                     TRAIL_OK);
    assert_int_equal(heading.senses[0].meaning, TRAIL_COLUMN_BOOKING_DATE);
    assert_int_equal(trail_heading_read(trail_slice_of("Omschrijving-2"), &heading, NULL),
                     TRAIL_OK);
    assert_int_equal(heading.senses[0].meaning, TRAIL_COLUMN_TEXT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headings_of_many_languages_are_understood),
        cmocka_unit_test(a_heading_may_carry_its_currency),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
