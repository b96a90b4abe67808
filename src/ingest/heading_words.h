/* Headings of bank tables in some thirty languages and what they mean. A heading may mean several
 * things ("Valuta" is a currency in Swedish and a date in German): the column's content decides. */
#ifndef TRAIL_INGEST_HEADING_WORDS_H
#define TRAIL_INGEST_HEADING_WORDS_H

#include <stdint.h>

#include <moneytrail/error.h>

#include "base/text.h"
#include "model/currency.h"

#define TRAIL_HEADING_SENSES 6

/* rank 3: says exactly this (Buchungstag); 2: usual word for it (Datum); 1: can stand in for it
 * (transaction date); a word of the heading only matched: 0. */
typedef struct trail_heading_sense {
    int meaning; /* trail_column or TRAIL_MEANING_… */
    unsigned rank;
} trail_heading_sense;

typedef struct trail_heading {
    trail_heading_sense senses[TRAIL_HEADING_SENSES]; /* best rank first */
    unsigned count;
    trail_currency currency; /* "Amount (EUR)" */
} trail_heading;

/* Case, diacritics, punctuation, a number at the end, brackets and currency codes do not count. */
trail_status trail_heading_read(trail_slice text, trail_heading *heading,
                                trail_error *err) TRAIL_MUST_CHECK;

/* A row of the word table: words parted by '|', folded, blanks for punctuation. */
typedef struct trail_heading_words {
    int meaning;
    unsigned rank;
    const char *words;
} trail_heading_words;
const trail_heading_words *trail_heading_date_words(size_t *count);
const trail_heading_words *trail_heading_money_words(size_t *count);
const trail_heading_words *trail_heading_party_words(size_t *count);

#endif
