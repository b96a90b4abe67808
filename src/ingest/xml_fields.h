/* What a block of a document (a statement, an entry, one detail of it) said: texts in the order in
 * which they stood, each with the meaning of its element. */
#ifndef TRAIL_INGEST_XML_FIELDS_H
#define TRAIL_INGEST_XML_FIELDS_H

#include <stddef.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/attributes.h"
#include "base/text.h"
#include "base/vector.h"

typedef struct trail_xml_field {
    size_t start;
    uint32_t length;
    uint16_t meaning;
} trail_xml_field;

typedef struct trail_xml_fields {
    trail_text bytes;
    trail_vector said; /* of trail_xml_field */
} trail_xml_fields;

void trail_xml_fields_init(trail_xml_fields *fields);
void trail_xml_fields_clear(trail_xml_fields *fields);
void trail_xml_fields_reset(trail_xml_fields *fields); /* empty; memory kept */
/* Blanks around the text are dropped; an empty text is kept as a mark of its place. */
trail_status trail_xml_fields_add(trail_xml_fields *fields, uint16_t meaning, trail_slice text,
                                  trail_error *err) TRAIL_MUST_CHECK;

/* A run of fields: all of them, or those of one detail. Slices are borrowed until the next add. */
typedef struct trail_xml_block {
    const trail_xml_fields *fields;
    size_t first, end;
} trail_xml_block;

trail_xml_block trail_xml_fields_all(const trail_xml_fields *fields);
/* The first text of that meaning that is not empty; else the empty slice. */
trail_slice trail_xml_block_get(const trail_xml_block *block, uint16_t meaning);
/* The first of two meanings that says something. */
trail_slice trail_xml_block_either(const trail_xml_block *block, uint16_t first, uint16_t second);
trail_slice trail_xml_fields_text(const trail_xml_fields *fields, size_t index);
uint16_t trail_xml_fields_meaning(const trail_xml_fields *fields, size_t index);

#endif
