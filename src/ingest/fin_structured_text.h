/* ":86:" taken apart: the German subfields (?20, or >20, ~20 …) with their SEPA words, the code
 * words of Dutch and other banks (/TRTP/…/IBAN/…), the numbered lines of ":NS:", or free text.
 * What has no part of its own stays in the text under its word: nothing is left out. */
#ifndef TRAIL_INGEST_FIN_STRUCTURED_TEXT_H
#define TRAIL_INGEST_FIN_STRUCTURED_TEXT_H

#include <stdbool.h>

#include <moneytrail/error.h>

#include "base/text.h"

typedef enum trail_fin_part {
    TRAIL_FIN_PART_TEXT = 0, /* remittance information */
    TRAIL_FIN_PART_NAME,     /* of the other party */
    TRAIL_FIN_PART_NUMBER,
    TRAIL_FIN_PART_BANK,
    TRAIL_FIN_PART_CODE,    /* business code: "166" */
    TRAIL_FIN_PART_POSTING, /* what the bank calls it: "GUTSCHRIFT" */
    TRAIL_FIN_PART_END_TO_END,
    TRAIL_FIN_PART_CUSTOMER, /* KREF */
    TRAIL_FIN_PART_MANDATE,
    TRAIL_FIN_PART_REASON,   /* of a return */
    TRAIL_FIN_PART_ORIGINAL, /* OCMT, OAMT: "EUR11,85" or "11,85" */
    TRAIL_FIN_PART_CHARGES,  /* CHGS: "EUR0,50" */
    TRAIL_FIN_PART_RATE,     /* EXCH */
    TRAIL_FIN_PART_COUNT
} trail_fin_part;

typedef struct trail_fin_parts {
    trail_text of[TRAIL_FIN_PART_COUNT];
    trail_text joined; /* working space */
} trail_fin_parts;     /* {0} is clearable */

void trail_fin_parts_clear(trail_fin_parts *parts);
void trail_fin_parts_reset(trail_fin_parts *parts);
trail_slice trail_fin_part_of(const trail_fin_parts *parts, trail_fin_part part);
/* Appends to a part, behind `between` if it holds something. */
trail_status trail_fin_parts_add(trail_fin_parts *parts, trail_fin_part part, const char *between,
                                 trail_slice text, trail_error *err) TRAIL_MUST_CHECK;
/* Fills the part if it is empty. */
trail_status trail_fin_parts_put(trail_fin_parts *parts, trail_fin_part part, trail_slice text,
                                 trail_error *err) TRAIL_MUST_CHECK;

/* Adds what the value of one ":86:" or ":NS:" says. own: the statement's account as written. */
trail_status trail_fin_parts_read(trail_fin_parts *parts, trail_slice value, trail_slice own,
                                  trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_fin_parts_read_numbered(trail_fin_parts *parts, trail_slice value,
                                           trail_error *err) TRAIL_MUST_CHECK;
/* ":61:"'s lines below: /OCMT/ and /CHGS/ or text. */
trail_status trail_fin_parts_read_supplement(trail_fin_parts *parts, trail_slice value,
                                             trail_slice own, trail_error *err) TRAIL_MUST_CHECK;

/* The dialects; false in *taken: it is not this one. */
trail_status trail_fin_german_text(trail_fin_parts *parts, trail_slice value, trail_slice own,
                                   bool *taken, trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_fin_code_words(trail_fin_parts *parts, trail_slice value, bool *taken,
                                  trail_error *err) TRAIL_MUST_CHECK;

#endif
