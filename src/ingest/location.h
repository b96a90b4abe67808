/* Where the bytes of one received table, message file or sheet are: a file of the case, or a member
 * of a container in it. Members of members follow each other behind '!':
 * "2024.zip!jan.xlsx!Sheet1". A sheet of a workbook is given as delimited text (see sheet_text). */
#ifndef TRAIL_INGEST_LOCATION_H
#define TRAIL_INGEST_LOCATION_H

#include <moneytrail/error.h>

#include "base/attributes.h"
#include "base/byte_source.h"
#include "base/text.h"

typedef struct trail_location {
    const char *path;   /* of the received file */
    const char *member; /* NULL: the file itself */
} trail_location;

/* Opens it from its beginning; gzip and other compressions are undone. Failures as of
 * trail_byte_source_open, or TRAIL_IO naming the member. */
trail_status trail_location_open(trail_byte_source **out, const trail_location *location,
                                 trail_error *err) TRAIL_MUST_CHECK;

#endif
