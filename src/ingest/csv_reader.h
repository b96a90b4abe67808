/* The door to libcsv: one row, judged and split strictly (RFC 4180). It is the reference that the
 * fast marks of row_reader are held equal to, and it splits every row that has quotes. */
#ifndef TRAIL_INGEST_CSV_READER_H
#define TRAIL_INGEST_CSV_READER_H

#include <stddef.h>

#include <moneytrail/error.h>

#include "base/attributes.h"
#include "base/text.h"
#include "base/vector.h"

typedef struct trail_csv_reader trail_csv_reader;

typedef enum trail_csv_verdict {
    TRAIL_CSV_GOOD = 0,
    TRAIL_CSV_NOT_CLOSED, /* the bytes end inside quotes */
    TRAIL_CSV_MISPLACED   /* a quote where none may stand, or text after a closing quote */
} trail_csv_verdict;

trail_status trail_csv_reader_new(trail_csv_reader **out, char delimiter,
                                  trail_error *err) TRAIL_MUST_CHECK;
void trail_csv_reader_free(trail_csv_reader *reader);

/* Splits one row (no line end behind it). Appends its unquoted fields to `bytes`, which has room
 * for row.length more, and one trail_slice each, into bytes, to `fields`. On a bad verdict the
 * fields before the fault stay appended. O(row). */
trail_status trail_csv_reader_split(trail_csv_reader *reader, trail_slice row, trail_text *bytes,
                                    trail_vector *fields, trail_csv_verdict *verdict,
                                    trail_error *err) TRAIL_MUST_CHECK;

#endif
