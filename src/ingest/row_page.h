/* The page a row was copied from: of a text with page breaks, or as its columns say. */
#ifndef TRAIL_INGEST_ROW_PAGE_H
#define TRAIL_INGEST_ROW_PAGE_H

#include <stdint.h>

#include <moneytrail/error.h>

#include "ingest/row_mapper.h"

/* Notes the page of the newest record, if the row has one. */
trail_status trail_row_page_put(trail_ledger *ledger, const trail_column_map *map,
                                const trail_row *row, const trail_mapped_row *mapped,
                                uint32_t record, trail_error *err) TRAIL_MUST_CHECK;

#endif
