/* The bytes a row reader looks at: a window that moves over a byte source, as UTF-8, and knows
 * where each of its bytes stands in the received file. It never grows beyond one row of the limit
 * and some more. */
#ifndef TRAIL_INGEST_ROW_BLOCK_H
#define TRAIL_INGEST_ROW_BLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/byte_source.h"
#include "base/text.h"
#include "ingest/row.h"
#include "ingest/wide_text.h"

typedef struct trail_row_block {
    trail_byte_source *source; /* borrowed */
    trail_row_wide wide;
    trail_wide_text decoder;
    char *undecoded; /* UTF-16 bytes read and not yet decoded */
    size_t undecoded_size;

    char *bytes;
    size_t capacity, capacity_limit;
    size_t start, end; /* the bytes that are not yet taken */
    bool begun, ended; /* ended: nothing follows behind `end` */
    size_t known_at;   /* bytes[known_at] stands at known_offset in the file; known_at <= start */
    uint64_t known_offset;
} trail_row_block;

/* length_limit: of a row. */
void trail_row_block_init(trail_row_block *block, trail_byte_source *source, trail_row_wide wide,
                          size_t length_limit);
void trail_row_block_clear(trail_row_block *block);

/* Moves what is not taken to the front, grows if that fills the block, reads until full or ended.
 * All slices into the block are void afterwards. */
trail_status trail_row_block_fill(trail_row_block *block, trail_error *err) TRAIL_MUST_CHECK;
/* No room for more, even by growing. */
bool trail_row_block_is_full(const trail_row_block *block);
void trail_row_block_take(trail_row_block *block, size_t up_to);
/* Place of bytes[at] in the file, at >= any place asked before. O(1), UTF-16 O(distance). */
uint64_t trail_row_block_offset(trail_row_block *block, size_t at);
/* Bytes in the file behind a text of the block. */
uint64_t trail_row_block_size(const trail_row_block *block, trail_slice text);
/* Index of the first LF or CR in bytes[from..end), or end. */
size_t trail_row_block_line_end(const trail_row_block *block, size_t from);
/* Takes the line at the start, however long, and its line end: `kept` gets its first keep bytes,
 * *size its size in the file. Reads on only when the block is full. */
trail_status trail_row_block_pass_line(trail_row_block *block, size_t keep, trail_slice *kept,
                                       uint64_t *size, trail_error *err) TRAIL_MUST_CHECK;

#endif
