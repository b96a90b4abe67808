/* One transaction of a pacs message as a payment message. */
#ifndef TRAIL_INGEST_PACS_MESSAGE_H
#define TRAIL_INGEST_PACS_MESSAGE_H

#include "ingest/iso_value.h"
#include "ingest/movement.h"
#include "ingest/xml_fields.h"

/* type: PACS008, PACS009 or PACS004 by the message; a cover is found out here. group: what header
 * and group header say; payment: the transaction. The text is filled and borrowed. *column: the
 * element that a fault is of. */
trail_iso_fault trail_pacs_message_read(trail_message_said *said, const trail_xml_block *group,
                                        const trail_xml_block *payment, const char **column);
trail_status trail_pacs_message_text(trail_message_said *said, const trail_xml_block *payment,
                                     trail_text *text, trail_error *err) TRAIL_MUST_CHECK;

#endif
