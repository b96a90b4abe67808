/* RFC 4180 rows onto an output: comma, LF, quotes only where needed, UTF-8. */
#ifndef TRAIL_BASE_CSV_WRITER_H
#define TRAIL_BASE_CSV_WRITER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/output.h"

typedef struct trail_csv_writer {
    trail_output *out;    /* borrowed */
    const char *line_end; /* "\n" or "\r\n" */
    bool row_started;
    bool one_line; /* newlines inside a field become a space (i2, Neo4j) */
} trail_csv_writer;

trail_csv_writer trail_csv_writer_on(trail_output *out);
void trail_csv_field(trail_csv_writer *writer, trail_slice field);
void trail_csv_text(trail_csv_writer *writer, const char *field); /* NULL: empty */
void trail_csv_number(trail_csv_writer *writer, int64_t value);
void trail_csv_row_end(trail_csv_writer *writer);
/* A whole row of texts: headings. */
void trail_csv_heading(trail_csv_writer *writer, const char *const *names, size_t count);

#endif
