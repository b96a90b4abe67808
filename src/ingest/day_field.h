/* Dates of one column, read fast: the same answers as trail_day_parse, which reads what is rare. */
#ifndef TRAIL_INGEST_DAY_FIELD_H
#define TRAIL_INGEST_DAY_FIELD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

#define TRAIL_DAY_FIELD_TEXT 32

typedef struct trail_day_field {
    const char *format; /* borrowed, NULL: the column is not read */
    uint32_t length;    /* of every field, 0: the format has parts of changing length */
    int8_t at[6];       /* where YYYY MM DD hh mm ss stand, -1: not there */
    bool short_year;    /* YY: 00-79 is 20YY */
    bool literal[TRAIL_DAY_FIELD_TEXT]; /* the format's own characters */
    /* Tables repeat dates from row to row: the last one read. */
    char last[TRAIL_DAY_FIELD_TEXT];
    uint32_t last_length;
    int32_t last_day, last_second;
} trail_day_field;

void trail_day_field_init(trail_day_field *column, const char *format);
/* As trail_day_parse; blanks around the field do not count. */
bool trail_day_field_read(trail_day_field *column, trail_slice field, int32_t *day,
                          int32_t *second);

#endif
