/* Which element means what, by the path of local names that leads to it: a table of paths becomes a
 * tree that a document is walked along. In a path, '/' leads to a child, "A|B" is either name, and
 * "?A" may stand between or not ("Dbtr/?Pty/Nm"). Above the first name of a path any elements may
 * stand (envelopes). */
#ifndef TRAIL_INGEST_XML_PATHS_H
#define TRAIL_INGEST_XML_PATHS_H

#include <stddef.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/attributes.h"
#include "base/vector.h"
#include "ingest/xml_source.h"

typedef struct trail_xml_path {
    const char *path;
    uint16_t meaning; /* not 0 */
} trail_xml_path;

typedef struct trail_xml_paths {
    trail_vector nodes; /* tree; the first is the root */
    trail_vector edges;
} trail_xml_paths; /* {0} is clearable */

/* The table is borrowed until clear. O(table). */
trail_status trail_xml_paths_init(trail_xml_paths *paths, const trail_xml_path *table, size_t count,
                                  trail_error *err) TRAIL_MUST_CHECK;
void trail_xml_paths_clear(trail_xml_paths *paths);

typedef struct trail_xml_walk {
    const trail_xml_paths *paths;
    uint32_t nodes[TRAIL_XML_DEPTH + 1]; /* by depth; UINT32_MAX: on no path */
} trail_xml_walk;

void trail_xml_walk_init(trail_xml_walk *walk, const trail_xml_paths *paths);
/* Meaning of the element that opens; 0: none. */
uint16_t trail_xml_walk_open(trail_xml_walk *walk, const trail_xml_element *element);
/* And of one that closes. */
uint16_t trail_xml_walk_close(const trail_xml_walk *walk, const trail_xml_element *element);

#endif
