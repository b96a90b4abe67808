/* Rows of a delimited text file, streamed. The one rule: a row is what RFC 4180 strictly says, and
 * a row that is not is given too, marked with its fault, as one physical line: the next row
 * starts at the next line end, so that one bad quote never swallows the file. */
#ifndef TRAIL_INGEST_ROW_H
#define TRAIL_INGEST_ROW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/attributes.h"
#include "base/byte_source.h"
#include "base/text.h"

#define TRAIL_ROW_BATCH        32
#define TRAIL_ROW_LENGTH_LIMIT (1u << 20) /* bytes a row, by default */
#define TRAIL_ROW_FIELD_LIMIT  4096u      /* columns a row */

typedef enum trail_row_fault {
    TRAIL_ROW_OK = 0,
    TRAIL_ROW_QUOTE_NOT_CLOSED, /* a quote opens a field and no quote closes it */
    TRAIL_ROW_QUOTE_MISPLACED,  /* a quote inside an unquoted field, or text after a closing one */
    TRAIL_ROW_TOO_LONG,         /* over the row limit: raw holds its first bytes */
    TRAIL_ROW_TOO_MANY_FIELDS,  /* over TRAIL_ROW_FIELD_LIMIT */
    TRAIL_ROW_ACROSS_COLUMNS,   /* text by positions: a word stands across the border of two */
    TRAIL_ROW_NUL_BYTE          /* a NUL somewhere in the row; the fields are split all the same */
} trail_row_fault;
/* "quote_not_closed": the code in rejects.csv; "" for TRAIL_ROW_OK. */
const char *trail_row_fault_code(trail_row_fault fault);
/* A plain sentence without full stop. */
const char *trail_row_fault_text(trail_row_fault fault);

/* Everything is borrowed until the next call on the reader. */
typedef struct trail_row {
    const trail_slice *fields; /* unquoted, as in the file's encoding, not trimmed */
    uint32_t field_count;      /* 0 when the fault left no fields */
    uint32_t fault_column;     /* 1-based, 0 = not known */
    trail_row_fault fault;
    bool ascii;          /* no byte above 127 in it, for certain */
    bool cut;            /* the file ends in it, without a line end */
    trail_slice raw;     /* the row as received, without its line end, cut at the row limit */
    uint64_t offset;     /* of its first byte in the (decompressed) file */
    uint64_t length;     /* bytes without the line end, also when raw is cut */
    uint64_t line;       /* physical line (1-based) of its first byte */
    uint32_t line_count; /* physical lines it covers */
    uint32_t page;       /* of a text with page breaks, from 1; else 0 */
    uint32_t page_line;  /* on that page, from 1 */
} trail_row;

/* How bytes become text. Wide files are read as if they were UTF-8; places stay those of the
 * received bytes. */
typedef enum trail_row_wide {
    TRAIL_ROW_BYTES = 0, /* an encoding in which ASCII bytes mean themselves */
    TRAIL_ROW_UTF16LE,
    TRAIL_ROW_UTF16BE
} trail_row_wide;
/* What the first bytes say: by byte order mark, or by NULs standing at every other byte. */
trail_row_wide trail_row_wide_guess(trail_slice first_bytes);

typedef struct trail_row_style {
    char delimiter;      /* must be given */
    bool no_quotes;      /* '"' is a character like others */
    size_t length_limit; /* 0: TRAIL_ROW_LENGTH_LIMIT */
    trail_row_wide wide; /* UTF-16 is decoded only when this says so; a lone surrogate: U+FFFD */
} trail_row_style;

typedef struct trail_row_reader trail_row_reader;

/* Rows of `source` (borrowed until free), from its current place, which must be its beginning.
 * A byte order mark is skipped. Lines end at LF, CRLF or CR. */
trail_status trail_row_reader_new(trail_row_reader **out, trail_byte_source *source,
                                  trail_row_style style, trail_error *err) TRAIL_MUST_CHECK;
void trail_row_reader_free(trail_row_reader *reader);

/* Once the header is known: a row of several lines with fewer fields, or with more that are not
 * empty, is taken as a quote not closed (most 0: any number). */
void trail_row_reader_expect(trail_row_reader *reader, uint32_t least, uint32_t most);

/* The next up to `room` (<= TRAIL_ROW_BATCH) rows; *count 0 means the end. Lines without any byte
 * are passed over. O(bytes), memory bounded by the row limit whatever the file holds. */
trail_status trail_row_reader_next(trail_row_reader *reader, trail_row *rows, size_t room,
                                   size_t *count, trail_error *err) TRAIL_MUST_CHECK;

#endif
