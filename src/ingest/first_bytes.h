/* The first bytes of a received file, decompressed, to look at before it is read. */
#ifndef TRAIL_INGEST_FIRST_BYTES_H
#define TRAIL_INGEST_FIRST_BYTES_H

#include <stdbool.h>

#include <moneytrail/error.h>

#include "base/attributes.h"
#include "base/text.h"
#include "ingest/location.h"

/* Appends up to 64 KiB of them to `first`. */
trail_status trail_first_bytes(const trail_location *location, trail_text *first,
                               trail_error *err) TRAIL_MUST_CHECK;
/* What the first bytes of a file that is no table say it is, in words; NULL: nothing. */
const char *trail_first_bytes_kind(trail_slice first);
/* A PDF document or a picture: pages that only people read. */
bool trail_first_bytes_is_pages(trail_slice first);

#endif
