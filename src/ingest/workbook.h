/* An .xlsx workbook (ECMA-376): its sheets as lines of tab-separated UTF-8 text, one line for each
 * row of the sheet, so that line numbers are row numbers and the reader of delimited tables reads
 * them as they are. Dates are ISO, numbers have a point and no groups, texts have blanks for tabs
 * and line ends. Offsets of rows are those of the sheet's unpacked XML part. */
#ifndef TRAIL_INGEST_WORKBOOK_H
#define TRAIL_INGEST_WORKBOOK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/arena.h"
#include "base/byte_source.h"
#include "base/digest.h"
#include "base/text.h"
#include "base/vector.h"
#include "ingest/cell_place.h"
#include "ingest/location.h"

#define TRAIL_WORKBOOK_STRINGS ((size_t)512 << 20) /* bytes of shared strings, unpacked */
#define TRAIL_SHEET_ROWS       1048576u
#define TRAIL_SHEET_COLUMNS    16384u
#define TRAIL_CELL_LIMIT       65536u /* bytes of text in a cell; a spreadsheet holds 32,767 letters */

/* How often a thing occurs in a sheet, and where first ("C5"). */
typedef struct trail_sheet_count {
    uint64_t count;
    char first[TRAIL_CELL_PLACE];
} trail_sheet_count;

typedef struct trail_sheet {
    const char *name;    /* as the workbook writes it */
    const char *part;    /* "xl/worksheets/sheet1.xml" */
    const char *problem; /* why it cannot be read; NULL */
    uint32_t number;     /* 1-based, in the workbook's order */
    bool hidden;
    bool is_chart;
    /* Found when the workbook was opened. */
    uint8_t hash[TRAIL_DIGEST_SIZE]; /* of the part, unpacked */
    uint64_t size;
    uint64_t rows; /* with a value */
    uint32_t columns;
    trail_sheet_count formulas, without_value, errors, merged, hidden_rows, hidden_columns;
} trail_sheet;

/* As read from the parts; borrowed by sheets being read. */
typedef struct trail_workbook {
    const char *path; /* of the received file */
    trail_text held;  /* the workbook's bytes if it lies in a container */
    trail_arena arena;
    trail_vector sheets; /* of trail_sheet */
    trail_vector forms;  /* of uint32_t: what number format a cell style has */
    trail_text strings;
    trail_vector string_ends; /* of uint64_t */
    bool from_1904;
} trail_workbook;

/* What a zip is, by the names in it. */
typedef enum trail_zip_kind {
    TRAIL_ZIP_CONTAINER = 0,
    TRAIL_ZIP_WORKBOOK,
    TRAIL_ZIP_DOCUMENT /* a text document, slides, an OpenDocument or binary workbook */
} trail_zip_kind;
trail_status trail_zip_kind_of(const trail_location *location, trail_zip_kind *kind,
                               trail_error *err) TRAIL_MUST_CHECK;

/* Opens the workbook at the location and looks through all its sheets: TRAIL_IO with the reason
 * when it is none. location->path is borrowed until close. O(bytes), memory: shared strings. */
trail_status trail_workbook_open(trail_workbook **out, const trail_location *location,
                                 trail_error *err) TRAIL_MUST_CHECK;
void trail_workbook_close(trail_workbook *workbook);

/* Sheet number `index` (from 0) from its beginning. */
trail_status trail_workbook_sheet_open(trail_byte_source **out, const trail_workbook *workbook,
                                       uint32_t index, trail_error *err) TRAIL_MUST_CHECK;

/* Parts, for the files of the workbook. */
/* *part NULL when the workbook has none of that name (letters compared without case). */
trail_status trail_workbook_part(const trail_workbook *workbook, const char *name,
                                 trail_byte_source **part, trail_error *err) TRAIL_MUST_CHECK;
/* Both close the part. */
trail_status trail_workbook_read_styles(trail_workbook *workbook, trail_byte_source *taken_part,
                                        trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_workbook_read_strings(trail_workbook *workbook, trail_byte_source *taken_part,
                                         trail_error *err) TRAIL_MUST_CHECK;
/* Sets hash, size and what was found of the sheet. */
trail_status trail_workbook_survey(trail_workbook *workbook, trail_sheet *sheet,
                                   trail_error *err) TRAIL_MUST_CHECK;
trail_slice trail_workbook_string(const trail_workbook *workbook, uint64_t index);

#endif
