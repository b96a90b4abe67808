#include "ingest/csv_reader.h"

#include <csv.h>
#include <string.h>

#include "base/failure.h"
#include "base/memory.h"
#include "model/record.h"

/* libcsv 3.0.3 needs care: only STRICT with STRICT_FINI refuses what RFC 4180 refuses; it strips
 * blanks round fields unless told that nothing is a blank; its error status is sticky; its buffer
 * has no limit but the one its realloc sets; csv_free in the middle of a field leaves it unusable,
 * so every error is followed by csv_free and csv_init. */

struct trail_csv_reader {
    struct csv_parser parser;
    char delimiter;
    /* Where the fields of the row being split go. */
    trail_text *bytes;
    trail_vector *fields;
    trail_error *err;
    trail_status status;
};

static int nothing_is_blank(unsigned char byte)
{
    (void)byte;
    return 0;
}

/* A row never comes longer than a record, so more than that is a fault of ours or of libcsv. */
static void *grow_to_record_limit(void *old, size_t size)
{
    return size > (size_t)2 * TRAIL_RECORD_LENGTH_LIMIT ? NULL : trail_alloc(old, size);
}

static void prepare(trail_csv_reader *reader)
{
    (void)csv_init(&reader->parser, CSV_STRICT | CSV_STRICT_FINI);
    csv_set_delim(&reader->parser, (unsigned char)reader->delimiter);
    csv_set_space_func(&reader->parser, nothing_is_blank);
    csv_set_realloc_func(&reader->parser, grow_to_record_limit);
    csv_set_free_func(&reader->parser, trail_free);
    csv_set_blk_size(&reader->parser, 4096);
}

trail_status trail_csv_reader_new(trail_csv_reader **out, char delimiter, trail_error *err)
{
    trail_csv_reader *reader = NULL;
    trail_status status = trail_alloc_zeroed(&reader, 1, sizeof *reader, err);
    if (status != TRAIL_OK) return status;
    reader->delimiter = delimiter;
    prepare(reader);
    *out = reader;
    return TRAIL_OK;
}

void trail_csv_reader_free(trail_csv_reader *reader)
{
    if (reader == NULL) return;
    csv_free(&reader->parser);
    trail_free(reader);
}

static void take_field(void *field, size_t length, void *context)
{
    trail_csv_reader *reader = context;
    if (reader->status != TRAIL_OK) return;
    size_t at = reader->bytes->length;
    trail_slice text = {field, length};
    if (length > 0) reader->status = trail_text_add(reader->bytes, text, reader->err);
    if (reader->status != TRAIL_OK) return;
    trail_slice kept = {length > 0 ? reader->bytes->bytes + at : "", length};
    reader->status = trail_vector_push(reader->fields, &kept, reader->err);
}

trail_status trail_csv_reader_split(trail_csv_reader *reader, trail_slice row, trail_text *bytes,
                                    trail_vector *fields, trail_csv_verdict *verdict,
                                    trail_error *err)
{
    reader->bytes = bytes;
    reader->fields = fields;
    reader->err = err;
    reader->status = TRAIL_OK;
    *verdict = TRAIL_CSV_GOOD;

    struct csv_parser *parser = &reader->parser;
    size_t read = csv_parse(parser, row.start, row.length, take_field, NULL, reader);
    if (read != row.length) {
        *verdict = TRAIL_CSV_MISPLACED;
    } else if (csv_fini(parser, take_field, NULL, reader) != 0) {
        *verdict = TRAIL_CSV_NOT_CLOSED;
    }
    if (*verdict != TRAIL_CSV_GOOD) {
        bool memory = csv_error(parser) == CSV_ENOMEM || csv_error(parser) == CSV_ETOOBIG;
        csv_free(parser);
        prepare(reader);
        if (memory) return trail_fail_memory(err);
    }
    return reader->status;
}
