/* One FIN file being read: its writer, its encoding, and remarks that are made once a file. */
#ifndef TRAIL_INGEST_FIN_FILE_H
#define TRAIL_INGEST_FIN_FILE_H

#include <stdbool.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/text.h"
#include "base/unicode.h"
#include "ingest/entry_writer.h"
#include "ingest/fin_fields.h"
#include "ingest/reader.h"

typedef enum trail_fin_once {
    TRAIL_FIN_ONCE_ENCODING = 0, /* not UTF-8, read as windows-1252 */
    TRAIL_FIN_ONCE_ENTRY_DATE,   /* entries without entry date */
    TRAIL_FIN_ONCE_POINT,        /* a point in place of the comma */
    TRAIL_FIN_ONCE_TYPE,         /* entries without transaction type */
    TRAIL_FIN_ONCE_WITHIN,       /* tags that do not begin their line */
    TRAIL_FIN_ONCE_COUNT
} trail_fin_once;

typedef struct trail_fin_file {
    trail_reading *reading;
    trail_entry_writer writer;
    trail_decoder *decoder;  /* of the declared encoding, NULL: UTF-8 */
    trail_decoder *fallback; /* made when first needed */
    int32_t near;            /* a day of the case's period, TRAIL_NO_DAY */
    bool said[TRAIL_FIN_ONCE_COUNT];
} trail_fin_file; /* {0} is clearable */

trail_status trail_fin_file_init(trail_fin_file *file, trail_reading *reading,
                                 trail_error *err) TRAIL_MUST_CHECK;
void trail_fin_file_clear(trail_fin_file *file);

/* The received bytes as UTF-8 without NUL, in place of what `out` held. */
trail_status trail_fin_file_decode(trail_fin_file *file, trail_slice bytes, uint64_t line,
                                   trail_text *out, trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_fin_file_once(trail_fin_file *file, trail_fin_once what, uint64_t line,
                                 trail_error *err) TRAIL_MUST_CHECK;
/* A remark on the file. */
trail_status trail_fin_file_remark(trail_fin_file *file, uint64_t line, const char *code,
                                   const char *sentence, trail_slice value,
                                   trail_error *err) TRAIL_MUST_CHECK;
/* A reject; the lines of raw are shown as one. */
trail_status trail_fin_file_reject(trail_fin_file *file, trail_record_place place, const char *code,
                                   const char *column, const char *sentence, trail_slice value,
                                   trail_slice raw, trail_error *err) TRAIL_MUST_CHECK;
/* What a field's shape alone departs in: cut, within a line, not of the type. */
trail_status trail_fin_file_check_field(trail_fin_file *file, const trail_fin_field *field,
                                        trail_error *err) TRAIL_MUST_CHECK;

#endif
