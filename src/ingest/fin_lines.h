/* Lines of a FIN or MT file with their places, in bounded memory: ended by CRLF, LF or CR, or by
 * "@@" where the file is written so. */
#ifndef TRAIL_INGEST_FIN_LINES_H
#define TRAIL_INGEST_FIN_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/byte_source.h"
#include "base/text.h"

typedef struct trail_fin_line {
    trail_slice text; /* without its end; valid until the next call */
    uint64_t offset;
    uint64_t number; /* physical, from 1 */
    bool starts;     /* false: the next piece of an overlong line */
} trail_fin_line;

typedef struct trail_fin_lines {
    trail_byte_source *source;
    char *bytes;
    size_t at, filled;
    uint64_t base; /* offset of bytes[0] in the file */
    uint64_t number;
    bool ended, looked, by_ats, inside;
    bool open_end; /* the newest line has no end: the file's last, or a piece */
} trail_fin_lines; /* {0} is clearable */

trail_status trail_fin_lines_init(trail_fin_lines *lines, trail_byte_source *source,
                                  trail_error *err) TRAIL_MUST_CHECK;
void trail_fin_lines_clear(trail_fin_lines *lines);
/* *more: false at the end. Lines over 64 KiB come in pieces. */
trail_status trail_fin_lines_next(trail_fin_lines *lines, trail_fin_line *line, bool *more,
                                  trail_error *err) TRAIL_MUST_CHECK;

#endif
