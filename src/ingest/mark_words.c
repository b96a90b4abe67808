#include "base/attributes.h"
#include "ingest/column_content.h"

typedef struct mark_word {
    const char *word;
    int sign;
} mark_word;

/* As statements write them. "S" and "H" are Soll and Haben, "K" Kredit; "C" may be credit only,
 * because a cargo is written out. */
static const mark_word words[] = {
    {"D", -1},         {"DR", -1},        {"DBIT", -1},        {"DEBIT", -1},      {"DEBET", -1},
    {"S", -1},         {"SOLL", -1},      {"Af", -1},          {"Out", -1},        {"-", -1},
    {"Debe", -1},      {"Cargo", -1},     {"Débit", -1},       {"Dare", -1},       {"Débito", -1},
    {"VYDAJ", -1},     {"VYBER", -1},     {"Výdaj", -1},       {"Obciążenie", -1}, {"Дебет", -1},
    {"дебет", -1},     {"Д", -1},         {"Расход", -1},      {"Списание", -1},   {"Debets", -1},
    {"Debetas", -1},   {"Deebet", -1},    {"Χρέωση", -1},      {"Borç", -1},       {"Terhelés", -1},
    {"مدين", -1},      {"Debito", -1},    {"Lastschrift", -1}, {"C", 1},           {"CR", 1},
    {"CRDT", 1},       {"CREDIT", 1},     {"KREDIT", 1},       {"K", 1},           {"H", 1},
    {"HABEN", 1},      {"Bij", 1},        {"In", 1},           {"+", 1},           {"Haber", 1},
    {"Abono", 1},      {"Crédit", 1},     {"Avere", 1},        {"Crédito", 1},     {"PRIJEM", 1},
    {"Příjem", 1},     {"Uznanie", 1},    {"Кредит", 1},       {"кредит", 1},      {"К", 1},
    {"Приход", 1},     {"Зачисление", 1}, {"Kredīts", 1},      {"Kreditas", 1},    {"Kreedit", 1},
    {"Πίστωση", 1},    {"Alacak", 1},     {"Jóváírás", 1},     {"دائن", 1},        {"Credito", 1},
    {"Gutschrift", 1},
};

int trail_mark_word_sign(trail_slice word)
{
    word = trail_slice_trim(word);
    for (size_t i = 0; i < TRAIL_LENGTH_OF(words); i++)
        if (trail_slice_is_ascii_nocase(word, words[i].word)) return words[i].sign;
    return 0;
}
