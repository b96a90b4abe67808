/* The shape of a table from its first bytes: delimiter, quotes, header. */
#ifndef TRAIL_INGEST_TABLE_SHAPE_H
#define TRAIL_INGEST_TABLE_SHAPE_H

#include <stdbool.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/arena.h"
#include "base/text.h"
#include "base/vector.h"
#include "ingest/row.h"

typedef struct trail_sample_row { /* copies in an arena */
    uint64_t line;
    uint32_t count;
    trail_row_fault fault;
    trail_slice *cells;
    trail_slice raw;
} trail_sample_row;

/* Up to `most` rows of the sample into rows (of trail_sample_row). */
trail_status trail_sample_rows(trail_slice sample, trail_row_style style, size_t most,
                               trail_arena *arena, trail_vector *rows,
                               trail_error *err) TRAIL_MUST_CHECK;

typedef struct trail_delimiter_guess {
    char delimiter; /* 0: none makes a table */
    char rival;     /* 0, or one that makes a table nearly as well */
    bool no_quotes; /* '"' is a character like others here */
} trail_delimiter_guess;

/* The delimiter under which most fields are whole dates, amounts, IBANs or codes: `,` in a `;` file
 * with decimal commas leaves few. */
trail_status trail_delimiter_decide(trail_slice sample, trail_row_wide wide,
                                    trail_delimiter_guess *guess,
                                    trail_error *err) TRAIL_MUST_CHECK;

typedef struct trail_header_guess {
    const trail_sample_row *header; /* NULL: none */
    size_t first_row;               /* index of the first row below it */
    uint32_t field_count;
    bool sure;
    bool no_rows; /* no row with a date and an amount was found */
} trail_header_guess;

/* rows: of trail_sample_row. */
trail_status trail_header_decide(const trail_vector *rows, trail_header_guess *guess,
                                 trail_error *err) TRAIL_MUST_CHECK;

#endif
