/* XML onto an output: text escaped, characters that XML 1.0 forbids replaced by U+FFFD. */
#ifndef TRAIL_EXPORT_XML_WRITER_H
#define TRAIL_EXPORT_XML_WRITER_H

#include "base/output.h"

/* Escaped for element content and for attributes in double quotes. */
void trail_xml_text(trail_output *out, trail_slice text);
/* ` name="value"`, or nothing for an empty value. */
void trail_xml_attribute(trail_output *out, const char *name, trail_slice value);

#endif
