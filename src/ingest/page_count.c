/* A PDF says its number of pages in up to three places: "/Linearized … /N n" in front (ISO 32000-1
 * F.2), "/Count n" of its page trees (7.7.3) and one "/Type /Page" object a page. Where the objects
 * are packed away, or the places disagree (a file changed by appending), the number is unknown: no
 * PDF is interpreted. A PNG, JPEG or GIF is one page; of a TIFF nothing is said. O(bytes). */
#include "ingest/page_count.h"

#include <string.h>

#include "base/byte_source.h"
#include "base/memory.h"
#include "ingest/reject.h"

enum { BLOCK = 64 * 1024, KEPT = 64, FRONT = 1024 };

typedef struct pdf_signs {
    uint64_t page_objects;
    uint64_t largest_count; /* of the page trees */
    uint64_t linearized;    /* 0: not said */
    bool packed;
} pdf_signs;

static bool is_blank(char c)
{
    return c == ' ' || c == '\r' || c == '\n' || c == '\t' || c == '\f' || c == '\0';
}

static bool is_regular(char c)
{
    return !is_blank(c) && strchr("()<>[]{}/%", c) == NULL;
}

/* Does `name` stand at `at`, as a whole name? *after: what follows it, blanks passed over. */
static bool is_name(trail_slice text, size_t at, const char *name, size_t *after)
{
    size_t length = strlen(name);
    if (text.length - at < length || memcmp(text.start + at, name, length) != 0) return false;
    at += length;
    if (at < text.length && is_regular(text.start[at])) return false;
    while (at < text.length && is_blank(text.start[at]))
        at++;
    *after = at;
    return true;
}

static uint64_t number_at(trail_slice text, size_t at)
{
    uint64_t number = 0;
    for (; at < text.length && text.start[at] >= '0' && text.start[at] <= '9'; at++)
        if (number < UINT32_MAX) number = number * 10 + (uint64_t)(text.start[at] - '0');
    return number;
}

/* Signs that begin in the first `end` bytes. */
static void look(pdf_signs *signs, trail_slice text, size_t end, uint64_t offset)
{
    size_t after = 0;
    for (size_t at = 0; at < end; at++) {
        if (text.start[at] != '/') continue;
        if (is_name(text, at, "/Type", &after)) {
            if (is_name(text, after, "/Page", &after)) signs->page_objects++;
            if (is_name(text, after, "/ObjStm", &after)) signs->packed = true;
        } else if (is_name(text, at, "/Count", &after)) {
            uint64_t count = number_at(text, after);
            if (count > signs->largest_count) signs->largest_count = count;
        } else if (is_name(text, at, "/Linearized", &after)) {
            if (offset + at < FRONT) signs->linearized = UINT64_MAX;
        } else if (is_name(text, at, "/N", &after)) {
            if (signs->linearized == UINT64_MAX && offset + at < FRONT)
                signs->linearized = number_at(text, after);
        }
    }
}

static uint32_t pages_of(const pdf_signs *signs)
{
    if (signs->linearized > 0 && signs->linearized < UINT32_MAX && signs->packed)
        return (uint32_t)signs->linearized;
    if (signs->packed || signs->page_objects == 0 || signs->page_objects >= UINT32_MAX ||
        signs->page_objects != signs->largest_count)
        return TRAIL_PAGES_UNKNOWN;
    return (uint32_t)signs->page_objects;
}

static trail_status read_pdf(trail_byte_source *source, char *block, pdf_signs *signs,
                             trail_error *err)
{
    size_t kept = 0, size = 1;
    uint64_t offset = 0;
    while (size > 0) {
        trail_status status =
            trail_byte_source_read(source, block + kept, BLOCK - kept, &size, err);
        if (status != TRAIL_OK) return status;
        trail_slice text = {block, kept + size};
        size_t end = size == 0 || text.length < KEPT ? text.length : text.length - KEPT;
        if (size > 0 && text.length < KEPT) end = 0;
        look(signs, text, end, offset);
        memmove(block, block + end, text.length - end);
        kept = text.length - end;
        offset += end;
    }
    return TRAIL_OK;
}

trail_status trail_page_count(const trail_location *location, uint32_t *pages, trail_error *err)
{
    trail_byte_source *source = NULL;
    trail_slice first = {0};
    pdf_signs signs = {0};
    char *block = NULL;
    trail_status status = trail_location_open(&source, location, err);
    *pages = TRAIL_PAGES_UNKNOWN;
    if (status == TRAIL_OK) status = trail_byte_source_peek(source, 5, &first, err);
    if (status == TRAIL_OK && first.length == 5 && memcmp(first.start, "%PDF-", 5) == 0) {
        status = trail_alloc_zeroed(&block, BLOCK, 1, err);
        if (status == TRAIL_OK) status = read_pdf(source, block, &signs, err);
        if (status == TRAIL_OK && trail_byte_source_break(source) == NULL)
            *pages = pages_of(&signs);
    } else if (status == TRAIL_OK && first.length == 5 && memcmp(first.start, "II", 2) != 0 &&
               memcmp(first.start, "MM", 2) != 0) {
        *pages = 1;
    }
    trail_free(block);
    trail_byte_source_close(source);
    return status;
}
