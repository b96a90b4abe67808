#include "ingest/row_block.h"

#include <string.h>

#include "base/memory.h"

enum {
    FIRST_CAPACITY = 256 * 1024, /* stays in the second-level cache */
    SPARE = 64 * 1024,           /* room beyond a row of the limit */
    WIDE_CAPACITY = 64 * 1024,
    WIDE_ROOM = 3 * WIDE_CAPACITY / 2 + 8
};

void trail_row_block_init(trail_row_block *block, trail_byte_source *source, trail_row_wide wide,
                          size_t length_limit)
{
    *block = (trail_row_block){.source = source, .wide = wide};
    block->decoder.big_endian = wide == TRAIL_ROW_UTF16BE;
    block->capacity_limit = length_limit + SPARE;
    if (wide != TRAIL_ROW_BYTES) block->capacity_limit += WIDE_ROOM;
}

void trail_row_block_clear(trail_row_block *block)
{
    trail_free(block->undecoded);
    trail_free(block->bytes);
    *block = (trail_row_block){0};
}

bool trail_row_block_is_full(const trail_row_block *block)
{
    size_t room = block->wide == TRAIL_ROW_BYTES ? 1 : WIDE_ROOM;
    return block->start == 0 && block->end + room > block->capacity &&
           block->capacity >= block->capacity_limit;
}

uint64_t trail_row_block_size(const trail_row_block *block, trail_slice text)
{
    return block->wide == TRAIL_ROW_BYTES ? text.length : trail_wide_text_size(text);
}

uint64_t trail_row_block_offset(trail_row_block *block, size_t at)
{
    trail_slice between = {block->bytes + block->known_at, at - block->known_at};
    block->known_offset += trail_row_block_size(block, between);
    block->known_at = at;
    return block->known_offset;
}

void trail_row_block_take(trail_row_block *block, size_t up_to)
{
    block->start = up_to;
}

static trail_status grow(trail_row_block *block, trail_error *err)
{
    size_t capacity = block->capacity == 0 ? FIRST_CAPACITY : 2 * block->capacity;
    if (capacity > block->capacity_limit) capacity = block->capacity_limit;
    return trail_grow(&block->bytes, &block->capacity, capacity, 1, err);
}

static trail_status read_wide(trail_row_block *block, trail_error *err)
{
    trail_status status = TRAIL_OK;
    if (block->undecoded == NULL) {
        status = trail_alloc_zeroed(&block->undecoded, WIDE_CAPACITY, 1, err);
        if (status != TRAIL_OK) return status;
    }
    size_t size = 0;
    status = trail_byte_source_read(block->source, block->undecoded + block->undecoded_size,
                                    WIDE_CAPACITY - block->undecoded_size, &size, err);
    if (status != TRAIL_OK) return status;
    block->ended = size == 0;
    trail_slice wide = {block->undecoded, block->undecoded_size + size};
    size_t used = 0;
    block->end += trail_wide_text_decode(&block->decoder, wide, block->ended,
                                         block->bytes + block->end, &used);
    block->undecoded_size = wide.length - used;
    memmove(block->undecoded, block->undecoded + used, block->undecoded_size);
    return TRAIL_OK;
}

/* Reads behind `end` until the block is full or the source ends. */
static trail_status read_on(trail_row_block *block, trail_error *err)
{
    trail_status status = TRAIL_OK;
    while (!block->ended && status == TRAIL_OK) {
        if (block->wide != TRAIL_ROW_BYTES) {
            if (block->end + WIDE_ROOM > block->capacity) break;
            status = read_wide(block, err);
            continue;
        }
        if (block->end == block->capacity) break;
        size_t size = 0;
        status = trail_byte_source_read(block->source, block->bytes + block->end,
                                        block->capacity - block->end, &size, err);
        block->end += size;
        block->ended = size == 0;
    }
    return status;
}

trail_status trail_row_block_fill(trail_row_block *block, trail_error *err)
{
    if (block->ended) return TRAIL_OK;
    trail_status status = TRAIL_OK;
    if (block->bytes != NULL && block->start > 0) {
        (void)trail_row_block_offset(block, block->start);
        memmove(block->bytes, block->bytes + block->start, block->end - block->start);
        block->end -= block->start;
        block->start = block->known_at = 0;
    }
    size_t room = block->wide == TRAIL_ROW_BYTES ? 1 : WIDE_ROOM;
    if (block->end + room > block->capacity && (status = grow(block, err)) != TRAIL_OK) {
        return status;
    }
    if ((status = read_on(block, err)) != TRAIL_OK) return status;
    if (!block->begun) {
        block->begun = true;
        if (block->end >= 3 && memcmp(block->bytes, "\xEF\xBB\xBF", 3) == 0) block->start = 3;
    }
    return TRAIL_OK;
}

size_t trail_row_block_line_end(const trail_row_block *block, size_t from)
{
    const char *start = block->bytes + from;
    size_t length = block->end - from;
    const char *lf = length > 0 ? memchr(start, '\n', length) : NULL;
    if (lf != NULL) length = (size_t)(lf - start);
    const char *cr = length > 0 ? memchr(start, '\r', length) : NULL;
    if (cr != NULL) length = (size_t)(cr - start);
    return from + length;
}

trail_status trail_row_block_pass_line(trail_row_block *block, size_t keep, trail_slice *kept,
                                       uint64_t *size, trail_error *err)
{
    uint64_t offset = trail_row_block_offset(block, block->start);
    size_t kept_end = block->start + keep;
    *kept = (trail_slice){block->bytes + block->start, keep};
    *size = trail_row_block_size(block, *kept);
    size_t line_end = trail_row_block_line_end(block, kept_end);
    while (!block->ended && line_end + 1 >= block->end) {
        /* No line end yet, or a CR whose LF may follow: drop the rest, keep that CR, read on. */
        bool has_cr = line_end < block->end && block->bytes[line_end] == '\r';
        if (line_end < block->end && !has_cr) break;
        trail_slice dropped = {block->bytes + kept_end, line_end - kept_end};
        *size += trail_row_block_size(block, dropped);
        if (has_cr) block->bytes[kept_end] = '\r';
        block->end = kept_end + (has_cr ? 1 : 0);
        trail_status status = read_on(block, err);
        if (status != TRAIL_OK) return status;
        line_end = trail_row_block_line_end(block, kept_end);
    }
    trail_slice rest = {block->bytes + kept_end, line_end - kept_end};
    *size += trail_row_block_size(block, rest);
    size_t after = line_end;
    if (after < block->end && block->bytes[after++] == '\r' && after < block->end &&
        block->bytes[after] == '\n') {
        after++;
    }
    trail_slice ending = {block->bytes + line_end, after - line_end};
    block->start = block->known_at = after;
    block->known_offset = offset + *size + trail_row_block_size(block, ending);
    return TRAIL_OK;
}
