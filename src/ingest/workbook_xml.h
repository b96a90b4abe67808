/* XML parts of a workbook, read through xml_source a block at a time. Names are given without their
 * namespace, texts whole, before the end of their element. */
#ifndef TRAIL_INGEST_WORKBOOK_XML_H
#define TRAIL_INGEST_WORKBOOK_XML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/attributes.h"
#include "base/byte_source.h"
#include "base/text.h"

typedef struct trail_workbook_xml trail_workbook_xml;

/* A handler that fails ends the part with that failure. Any may be NULL. */
typedef struct trail_workbook_events {
    trail_status (*start)(void *context, const char *name, const char *const *attributes,
                          trail_error *err);
    trail_status (*text)(void *context, trail_slice text, trail_error *err);
    trail_status (*end)(void *context, const char *name, trail_error *err);
} trail_workbook_events;

/* The part is closed with it, and also when this fails. */
trail_status trail_workbook_xml_new(trail_workbook_xml **out, trail_byte_source *taken_part,
                                    const trail_workbook_events *events, void *context,
                                    trail_error *err) TRAIL_MUST_CHECK;
void trail_workbook_xml_free(trail_workbook_xml *xml);
/* Reads on by a block; *more is false at the end and after a fault. */
trail_status trail_workbook_xml_step(trail_workbook_xml *xml, bool *more,
                                     trail_error *err) TRAIL_MUST_CHECK;
/* NULL, or what is wrong with the part. */
const char *trail_workbook_xml_fault(const trail_workbook_xml *xml);
/* The part ends here: nothing more is wanted of it, with a reason for the reader (copied). */
void trail_workbook_xml_stop(trail_workbook_xml *xml, const char *reason);
/* Inside a handler: the tag's first byte in the part, and the first behind it. */
uint64_t trail_workbook_xml_begin(const trail_workbook_xml *xml);
uint64_t trail_workbook_xml_end(const trail_workbook_xml *xml);
/* A whole part, closed in every case; a fault is TRAIL_IO naming the part. */
trail_status trail_workbook_xml_read(trail_byte_source *taken_part, const char *name,
                                     const trail_workbook_events *events, void *context,
                                     trail_error *err) TRAIL_MUST_CHECK;
/* An attribute by name without namespace; NULL if it is not there. */
const char *trail_workbook_attribute(const char *const *attributes, const char *name);
/* "1" or "true". */
bool trail_workbook_flag(const char *const *attributes, const char *name);

#endif
