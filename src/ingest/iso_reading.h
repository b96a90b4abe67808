/* What the readers of ISO 20022 messages share: recognising them, running a document through a
 * table of paths, and what becomes of a file that breaks off. */
#ifndef TRAIL_INGEST_ISO_READING_H
#define TRAIL_INGEST_ISO_READING_H

#include <stdbool.h>
#include <stddef.h>

#include "ingest/entry_writer.h"
#include "ingest/iso_value.h"
#include "ingest/xml_paths.h"
#include "ingest/xml_source.h"

/* Do the first 4 KiB begin an XML document (of UTF-8 or UTF-16) that holds one of the words? */
bool trail_iso_recognise(trail_slice first_bytes, const char *const *words, size_t count);

typedef struct trail_iso_reading {
    trail_reading *reading;
    trail_xml_source *xml;
    trail_xml_paths paths;
    trail_xml_walk walk;
    trail_entry_writer writer;
    bool writing; /* the writer is open: the file holds something that is read */
    uint64_t reported;
    trail_text raw;
} trail_iso_reading; /* {0} but paths: is clearable */

void trail_iso_reading_clear(trail_iso_reading *iso);
/* Reads the document to its end or break; `paths` are to be set. */
trail_status trail_iso_reading_run(trail_iso_reading *iso, const trail_xml_handler *handler,
                                   trail_error *err) TRAIL_MUST_CHECK;
/* Opens the writer unless it is: from now on the file is read, not set aside. */
trail_status trail_iso_reading_write(trail_iso_reading *iso, trail_error *err) TRAIL_MUST_CHECK;
/* Days and break of the file; one of which nothing was read is set aside, `nothing` being why it is
 * where it did not break. */
trail_status trail_iso_reading_finish(trail_iso_reading *iso, const char *nothing,
                                      trail_error *err) TRAIL_MUST_CHECK;

/* A remark where the message's namespace names no version that we know. */
trail_status trail_iso_reading_version(trail_iso_reading *iso, const trail_xml_element *message,
                                       trail_error *err) TRAIL_MUST_CHECK;
/* The tag that is being handled begins a record; and ends it. */
void trail_iso_reading_begin_record(trail_iso_reading *iso, trail_record_place *place);
void trail_iso_reading_end_record(const trail_iso_reading *iso, trail_record_place *place);
/* The record that ends cannot be read; column: the element that the fault is of. */
trail_status trail_iso_reading_reject(trail_iso_reading *iso, trail_record_place place,
                                      const trail_iso_fault *fault, const char *column,
                                      trail_error *err) TRAIL_MUST_CHECK;
/* The value of an attribute without a namespace, or NULL. */
const char *trail_iso_attribute(const trail_xml_element *element, const char *name);

#endif
