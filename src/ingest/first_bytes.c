#include "ingest/first_bytes.h"

#include "base/byte_source.h"
#include "base/memory.h"

enum { FIRST_BYTES = 64 * 1024 };

trail_status trail_first_bytes(const char *path, trail_text *first, trail_error *err)
{
    trail_byte_source *bytes = NULL;
    trail_status status = trail_byte_source_open(&bytes, path, err);
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
