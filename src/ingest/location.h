/* Where the bytes of one received table, message file or sheet are: a file of the case, or a member
 * of a container in it. Members of members follow each other behind '!':
 * "2024.zip!jan.xlsx!Sheet1". A sheet of a workbook is given as lines of tab-separated UTF-8 text,
 * one for each row of the sheet (see workbook.h). */
#ifndef TRAIL_INGEST_LOCATION_H
#define TRAIL_INGEST_LOCATION_H

#include <stdbool.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/attributes.h"
#include "base/byte_source.h"
#include "base/text.h"
#include "ingest/container.h"

struct trail_workbook;

typedef struct trail_location {
    const char *path;   /* of the received file */
    const char *member; /* NULL: the file itself */
    /* Open: the location is its sheet number `sheet` (from 0), whatever `member` says. */
    const struct trail_workbook *workbook;
    uint32_t sheet;
} trail_location;

/* NULL: no. */
bool trail_location_is_sheet(const trail_location *location);

/* Opens it from its beginning; gzip, bzip2, xz and zstd are undone. Failures as of
 * trail_byte_source_open, or TRAIL_IO naming the member. */
trail_status trail_location_open(trail_byte_source **out, const trail_location *location,
                                 trail_error *err) TRAIL_MUST_CHECK;
/* Opens the container that stands there; what counts against budget: see container.h. A container
 * inside another is held in memory up to TRAIL_CONTAINER_HELD, else TRAIL_IO. */
trail_status trail_location_container(trail_container **out, const trail_location *location,
                                      trail_container_budget *budget,
                                      trail_error *err) TRAIL_MUST_CHECK;
/* All bytes of the location, undone as above; TRAIL_IO above TRAIL_CONTAINER_HELD. */
trail_status trail_location_hold(const trail_location *location, trail_text *bytes,
                                 trail_error *err) TRAIL_MUST_CHECK;

#endif
