#include "ingest/first_bytes.h"

#include <string.h>

#include "base/byte_source.h"
#include "base/memory.h"

enum { FIRST_BYTES = 64 * 1024 };

trail_status trail_first_bytes(const trail_location *location, trail_text *first, trail_error *err)
{
    trail_byte_source *bytes = NULL;
    trail_status status = trail_location_open(&bytes, location, err);
    size_t most = first->length + FIRST_BYTES;
    if (status == TRAIL_OK) {
        status = trail_grow(&first->bytes, &first->capacity, most + 1, 1, err);
    }
    while (status == TRAIL_OK && first->length < most) {
        size_t size = 0;
        status = trail_byte_source_read(bytes, first->bytes + first->length, most - first->length,
                                        &size, err);
        if (size == 0) break;
        first->length += size;
    }
    if (first->bytes != NULL) first->bytes[first->length] = '\0';
    trail_byte_source_close(bytes);
    return status;
}

const char *trail_first_bytes_kind(trail_slice first)
{
    static const struct {
        const char *start;
        const char *words;
    } kinds[] = {
        {"PK\003\004", "a ZIP container, such as an Excel workbook: save its tables as CSV"},
        {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an older Excel or Word file: save its tables as CSV"},
        {"%PDF-", "a PDF document: ask for the table itself"},
        {"{\\rtf", "a text document: save its tables as CSV"},
        {"<?xml", "an XML document: only tables are read"},
        {"\xef\xbb\xbf<?xml", "an XML document: only tables are read"},
        {"SQLite format 3", "a database: save its tables as CSV"},
        {"\x89PNG", "a picture"},
        {"\xff\xd8\xff", "a picture"},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        size_t length = strlen(kinds[i].start);
        if (first.length >= length && memcmp(first.start, kinds[i].start, length) == 0)
            return kinds[i].words;
    }
    return NULL;
}
