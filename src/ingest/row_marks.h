/* Where the bytes stand that shape rows: delimiter, quote, LF, CR, NUL. The scan is the same for
 * every byte, whatever it means; row_reader gives the marks their meaning. */
#ifndef TRAIL_INGEST_ROW_MARKS_H
#define TRAIL_INGEST_ROW_MARKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TRAIL_ROW_MARKS_BLOCK                                                                      \
    16384u /* bytes marked at once: marks stay in the first-level cache                            \
            */

typedef struct trail_row_marks {
    uint32_t places[TRAIL_ROW_MARKS_BLOCK]; /* ascending, counted from the block's first byte */
    size_t count;
    bool ascii; /* no byte of the block is above 127 */
} trail_row_marks;

/* Marks bytes[0..length), length <= TRAIL_ROW_MARKS_BLOCK. quote == delimiter: no quotes. */
void trail_row_marks_find(trail_row_marks *marks, const char *bytes, size_t length, char delimiter,
                          char quote);

#endif
