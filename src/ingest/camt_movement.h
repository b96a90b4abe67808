/* What an entry, or one of its details within it, says as a movement. */
#ifndef TRAIL_INGEST_CAMT_MOVEMENT_H
#define TRAIL_INGEST_CAMT_MOVEMENT_H

#include <stdbool.h>

#include "ingest/movement.h"
#include "ingest/xml_fields.h"

/* A detail where there is one, and its entry behind it: what the detail does not say, the entry
 * may. */
typedef struct trail_camt_said {
    trail_xml_block detail; /* empty: none */
    trail_xml_block entry;
} trail_camt_said;

trail_slice trail_camt_said_get(const trail_camt_said *said, uint16_t meaning);

/* What a detail says that it comes to, in that currency; false: nothing. Never below zero. */
bool trail_camt_detail_amount(const trail_xml_block *detail, trail_currency currency,
                              int64_t *amount_minor);
/* Sum of the charges of one block in that currency, credits taken off; false: none, or in another
 * currency. */
bool trail_camt_charges(const trail_xml_block *block, trail_currency currency,
                        int64_t *charges_minor);

/* Fills parties, texts, references, kind and wire facts of a movement whose amount, sign, currency,
 * days, place and own account are set. The two texts are filled and borrowed. *other_own: the
 * account that stands on the own side, if it is named. */
trail_status trail_camt_movement_fill(trail_movement *movement, const trail_camt_said *said,
                                      trail_text *text, trail_text *code, trail_slice *other_own,
                                      trail_error *err) TRAIL_MUST_CHECK;

#endif
