/* Pages of a PDF document or picture, which are received and hashed but not read. */
#ifndef TRAIL_INGEST_PAGE_COUNT_H
#define TRAIL_INGEST_PAGE_COUNT_H

#include <stdint.h>

#include <moneytrail/error.h>

#include "base/attributes.h"
#include "ingest/location.h"

/* *pages: how many, or TRAIL_PAGES_UNKNOWN when the file does not say so plainly. O(bytes). */
trail_status trail_page_count(const trail_location *location, uint32_t *pages,
                              trail_error *err) TRAIL_MUST_CHECK;

#endif
