/* The rows of one received table, from behind its header on: encoding, delimiter, lines above the
 * header, header. Opened once to decide what the profile leaves open, once to read. */
#ifndef TRAIL_INGEST_TABLE_ROWS_H
#define TRAIL_INGEST_TABLE_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/byte_source.h"
#include "base/unicode.h"
#include "base/vector.h"
#include "ingest/location.h"
#include "ingest/merged_headings.h"
#include "ingest/aside.h"
#include "ingest/column_map.h"
#include "ingest/fixed_rows.h"
#include "ingest/row.h"
#include "ingest/source.h"

typedef struct trail_table_rows {
    const trail_source *source;
    const trail_profile *profile;
    trail_byte_source *bytes;
    trail_row_reader *reader;
    trail_fixed_rows *fixed; /* NULL, or columns stand at positions */
    trail_decoder *decoder;  /* NULL: the rows are UTF-8 */
    trail_row_style style;
    trail_column_map map;
    trail_text own_number; /* from the line above the header that the profile names */
    trail_row pending;     /* without a header: the first row, given back by next */
    bool has_pending;
    trail_text decoded;             /* bytes of the row decoded last */
    trail_vector decoded_fields;    /* of trail_slice */
    trail_merged_headings headings; /* of a header in several lines */
    trail_text encoding;            /* which, and how that was decided */
} trail_table_rows;

/* Opens the file and reads up to and with its header. What makes it unreadable sets it aside. */
trail_status trail_table_rows_open(trail_table_rows *rows, const trail_location *location,
                                   const trail_source *source, const trail_profile *profile,
                                   trail_aside *aside, trail_error *err) TRAIL_MUST_CHECK;
void trail_table_rows_close(trail_table_rows *rows); /* {0} is closable */

/* As trail_row_reader_next. */
trail_status trail_table_rows_next(trail_table_rows *rows, trail_row *batch, size_t room,
                                   size_t *count, trail_error *err) TRAIL_MUST_CHECK;

/* The fields of a row that the profile reads, as UTF-8; the others are as received. *bad_column:
 * the first of them (0-based) that is not in the file's encoding, or TRAIL_NO_COLUMN. Borrowed
 * until the next call. */
trail_status trail_table_rows_fields(trail_table_rows *rows, const trail_row *row,
                                     const trail_slice **fields, uint32_t *bad_column,
                                     trail_error *err) TRAIL_MUST_CHECK;
/* Appends bytes of the file as UTF-8, undecodable ones as U+FFFD. */
trail_status trail_table_rows_decode(trail_table_rows *rows, trail_slice bytes, trail_text *out,
                                     trail_error *err) TRAIL_MUST_CHECK;

#endif
