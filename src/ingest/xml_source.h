/* XML as a stream of elements, the door to expat. Bounded whatever the file holds: no document type
 * declaration (so no entities and nothing is fetched), depth, text and attributes limited. A
 * document that breaks its form is not a failure: what stands before is given, then the end, and
 * trail_xml_source_break says what happened. */
#ifndef TRAIL_INGEST_XML_SOURCE_H
#define TRAIL_INGEST_XML_SOURCE_H

#include <stdbool.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/attributes.h"
#include "base/byte_source.h"
#include "base/text.h"

#define TRAIL_XML_DEPTH      64
#define TRAIL_XML_TEXT       (64 * 1024) /* bytes of one element's text */
#define TRAIL_XML_ATTRIBUTES 64          /* of one element */
#define TRAIL_XML_TAG        (1 << 20)   /* bytes of one tag or comment */
#define TRAIL_XML_KEPT       10000       /* bytes kept of a record as received */

typedef struct trail_xml_element {
    const char *name;              /* local name */
    trail_slice space;             /* its namespace; empty without one */
    const char *const *attributes; /* name, value, …, NULL; NULL when it closes. Names with a
                                      namespace are "namespace\nname" */
    unsigned depth;                /* the root's is 1 */
} trail_xml_element;

/* Called in document order; borrowed until the call returns. A failure ends the reading. */
typedef struct trail_xml_handler {
    void *context;
    trail_status (*open)(void *context, const trail_xml_element *element, trail_error *err);
    /* text: UTF-8, all of it for an element without children, else what stands behind the last. */
    trail_status (*close)(void *context, const trail_xml_element *element, trail_slice text,
                          trail_error *err);
} trail_xml_handler;

typedef struct trail_xml_source trail_xml_source;

/* encoding: instead of what the document declares (any of one byte a character that ICU knows,
 * UTF-8, UTF-16); NULL: as it declares. The bytes are closed with the source, and when this fails.
 */
trail_status trail_xml_source_new(trail_xml_source **out, trail_byte_source *taken_bytes,
                                  const char *encoding, const trail_xml_handler *handler,
                                  trail_error *err) TRAIL_MUST_CHECK;
void trail_xml_source_free(trail_xml_source *source);

/* Reads on by up to 64 KiB; *more is false at the end. */
trail_status trail_xml_source_step(trail_xml_source *source, bool *more,
                                   trail_error *err) TRAIL_MUST_CHECK;
/* NULL, or why the document ended before its end, in words. */
const char *trail_xml_source_break(const trail_xml_source *source);
/* Raw bytes of the file consumed, for progress. */
uint64_t trail_xml_source_raw_done(const trail_xml_source *source);

/* Of the tag that is being handled: its first byte, the byte behind it, its line (from 1). Once the
 * document has broken off, `end` is the place of the break. */
uint64_t trail_xml_source_offset(const trail_xml_source *source);
uint64_t trail_xml_source_end(const trail_xml_source *source);
uint64_t trail_xml_source_line(const trail_xml_source *source);

/* From the tag that is being handled on, bytes are kept as received (the first TRAIL_XML_KEPT). */
void trail_xml_source_keep(trail_xml_source *source);
/* Appends what was kept, to the end of the tag that is being handled, as UTF-8. */
trail_status trail_xml_source_kept(const trail_xml_source *source, trail_text *out,
                                   trail_error *err) TRAIL_MUST_CHECK;

#endif
