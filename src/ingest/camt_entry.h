/* An entry of a camt statement (Ntry) with its details (TxDtls), and the movements that it makes.
 */
#ifndef TRAIL_INGEST_CAMT_ENTRY_H
#define TRAIL_INGEST_CAMT_ENTRY_H

#include <stdbool.h>

#include "ingest/camt_statement.h"
#include "ingest/entry_writer.h"
#include "ingest/iso_value.h"
#include "ingest/xml_fields.h"

typedef struct trail_camt_detail {
    trail_record_place place;
    size_t first, end; /* of its fields */
} trail_camt_detail;

typedef struct trail_camt_entry {
    trail_record_place place;
    trail_xml_fields fields;  /* what stands in the entry itself */
    trail_xml_fields details; /* and in its details, one after the other */
    trail_vector detail_list; /* of trail_camt_detail */
    bool details_left_out;    /* more than can be held: the entry stays whole */
    trail_text text, code;    /* of the movement being made */
} trail_camt_entry;

void trail_camt_entry_init(trail_camt_entry *entry);
void trail_camt_entry_clear(trail_camt_entry *entry);
void trail_camt_entry_reset(trail_camt_entry *entry);

/* Puts the entry as one movement, or as one for each detail, or as a record that moves nothing. One
 * that cannot be read is not put: *fault says why, *column of which element. */
trail_status trail_camt_entry_put(trail_camt_entry *entry, trail_camt_statement *statement,
                                  trail_entry_writer *writer, trail_iso_fault *fault,
                                  const char **column, trail_error *err) TRAIL_MUST_CHECK;

#endif
