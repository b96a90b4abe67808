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
        {"PK\003\004", "a document of an office program: save its tables as .xlsx or CSV"},
        {"7z\xbc\xaf\x27\x1c", "a 7-Zip container"},
        {"Rar!\x1a\x07", "a RAR container: RAR is not read; ask for zip or 7z"},
        {"xar!", "a xar container: it is not read; ask for zip or 7z"},
        {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
         "an older Excel or Word file, or an encrypted workbook: save its tables as .xlsx or CSV, "
         "without a password"},
        {"%PDF-", "a PDF document: ask for the table itself"},
        {"{\\rtf", "a text document: save its tables as CSV"},
        {"<?xml", "an XML document that is no statement (camt.052, 053, 054) and no payment "
                  "message (pacs.004, 008, 009)"},
        {"\xef\xbb\xbf<?xml", "an XML document that is no statement (camt.052, 053, 054) and no "
                              "payment message (pacs.004, 008, 009)"},
        {"SQLite format 3", "a database: save its tables as CSV"},
        {"\x89PNG", "a picture: ask for the table itself"},
        {"\xff\xd8\xff", "a picture: ask for the table itself"},
        {"GIF8", "a picture: ask for the table itself"},
        {"II*\0", "a picture: ask for the table itself"},
        {"MM\0*", "a picture: ask for the table itself"},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        size_t length = kinds[i].start[0] == 'I' || kinds[i].start[0] == 'M'
                            ? 4 /* a NUL is part of it */
                            : strlen(kinds[i].start);
        if (first.length >= length && memcmp(first.start, kinds[i].start, length) == 0)
            return kinds[i].words;
    }
    return NULL;
}

bool trail_first_bytes_is_pages(trail_slice first)
{
    static const char *const starts[] = {"%PDF-", "\x89PNG", "\xff\xd8\xff", "GIF8"};
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++) {
        size_t length = strlen(starts[i]);
        if (first.length >= length && memcmp(first.start, starts[i], length) == 0) return true;
    }
    return first.length >= 4 &&
           (memcmp(first.start, "II*\0", 4) == 0 || memcmp(first.start, "MM\0*", 4) == 0);
}
