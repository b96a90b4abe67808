/* What the fields of one column are, over the whole file, in bounded memory. */
#ifndef TRAIL_INGEST_COLUMN_CONTENT_H
#define TRAIL_INGEST_COLUMN_CONTENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "ingest/column_style.h"

#define TRAIL_DISTINCT_LIMIT 48
#define TRAIL_DISTINCT_TEXT  40

typedef struct trail_distinct { /* bytes as in the file */
    char text[TRAIL_DISTINCT_TEXT];
    uint32_t length;
    bool currency;
    uint64_t count;
} trail_distinct;

typedef struct trail_column_content {
    trail_date_guess dates;
    trail_money_guess money;
    uint64_t filled;
    uint64_t ibans;
    uint64_t currencies;    /* codes or names that are known */
    uint64_t times[2];      /* h:mm, h:mm:ss */
    uint64_t zeros, dashes; /* fields that are "0", or "-" */
    bool changes;           /* not one and the same value on every row */
    bool many;              /* more than TRAIL_DISTINCT_LIMIT values, or long ones */
    unsigned distinct_count;
    trail_distinct distinct[TRAIL_DISTINCT_LIMIT];
    char samples[2][TRAIL_STYLE_SAMPLE];
} trail_column_content; /* {0} is a fresh one */

void trail_column_content_add(trail_column_content *content, trail_slice field);
/* Index of a value in distinct, or UINT32_MAX. */
uint32_t trail_column_content_index(const trail_column_content *content, trail_slice field);

/* One field alone: could it be a date; could it be an amount? */
bool trail_field_is_date(trail_slice field);
bool trail_field_is_amount(trail_slice field);
/* Letters, digits and blanks that are a valid IBAN. */
bool trail_field_is_iban(trail_slice field);

/* +1 for a word or letter that means credit (H, CRDT, bij), -1 for debit, 0 for others. UTF-8. */
int trail_mark_word_sign(trail_slice word);

#endif
