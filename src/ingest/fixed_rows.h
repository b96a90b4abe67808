/* Rows of a text whose columns stand at character positions, as `pdftotext -layout` writes tables.
 * A line with something in the booking date's column begins a row; lines below it on the same page
 * that hold text only are joined to its text; any other line is a row of its own. A word that
 * stands across the border of two columns is a fault of its row, never cut. */
#ifndef TRAIL_INGEST_FIXED_ROWS_H
#define TRAIL_INGEST_FIXED_ROWS_H

#include <stdbool.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "ingest/column_map.h"
#include "ingest/profile.h"
#include "ingest/row.h"

typedef struct trail_fixed_rows trail_fixed_rows;

/* Lines come from `reader` (borrowed), which must take no byte of them for a delimiter.
 * one_byte: a character is a byte; else the text is UTF-8. profile: borrowed, has columns_at. */
trail_status trail_fixed_rows_new(trail_fixed_rows **out, trail_row_reader *reader,
                                  const trail_profile *profile, bool one_byte,
                                  trail_error *err) TRAIL_MUST_CHECK;
void trail_fixed_rows_free(trail_fixed_rows *rows);

/* The next line as a row by itself, whatever it holds: lines above the header, and the header.
 * *given false: the end. Borrowed until the next call. */
trail_status trail_fixed_rows_line(trail_fixed_rows *rows, trail_row *row, bool *given,
                                   trail_error *err) TRAIL_MUST_CHECK;
/* Which columns hold day and texts. From now on lines like the header are passed over. */
trail_status trail_fixed_rows_bind(trail_fixed_rows *rows, const trail_column_map *map,
                                   trail_slice header, trail_error *err) TRAIL_MUST_CHECK;
/* The next row. O(bytes). */
trail_status trail_fixed_rows_next(trail_fixed_rows *rows, trail_row *row, bool *given,
                                   trail_error *err) TRAIL_MUST_CHECK;

#endif
