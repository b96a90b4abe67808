/* Any bytes as the XML part of a sheet, in a workbook whose other parts are sound: every line that
 * comes of it has its place in the part. The first byte chooses the epoch. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "ingest/workbook.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void require(bool holds)
{
    if (!holds) abort();
}

static void put(trail_text *text, const void *bytes, size_t size)
{
    require(trail_text_add(text, (trail_slice){bytes, size}, NULL) == TRAIL_OK);
}

static void number(trail_text *text, uint32_t value, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        char byte = (char)(value >> (8 * i) & 0xFF);
        put(text, &byte, 1);
    }
}

static uint32_t checksum(const uint8_t *bytes, size_t size)
{
    uint32_t sum = UINT32_MAX;
    for (size_t i = 0; i < size; i++) {
        sum ^= bytes[i];
        for (int bit = 0; bit < 8; bit++)
            sum = sum >> 1 ^ ((sum & 1) != 0 ? 0xEDB88320U : 0);
    }
    return ~sum;
}

/* A zip of one member, "s", stored; without a central directory it is read as a stream. */
static void pack(trail_text *zip, const uint8_t *bytes, size_t size)
{
    put(zip, "PK\003\004\024\0\0\0\0\0\0\0\0\0", 14);
    number(zip, checksum(bytes, size), 4);
    number(zip, (uint32_t)size, 4);
    number(zip, (uint32_t)size, 4);
    put(zip, "\001\0\0\0s", 5);
    put(zip, bytes, size);
}

static void read_lines(const trail_workbook *workbook, uint64_t part_size)
{
    trail_byte_source *source = NULL;
    char block[4096];
    size_t size = 1;
    uint64_t line = 1, offset = 0, length = 0;
    require(trail_workbook_sheet_open(&source, workbook, 0, NULL) == TRAIL_OK);
    while (size > 0 && line < 100000) {
        require(trail_byte_source_read(source, block, sizeof block, &size, NULL) == TRAIL_OK);
        for (size_t i = 0; i < size; i++) {
            if (block[i] != '\n') continue;
            require(trail_byte_source_place(source, line++, &offset, &length));
            require(offset + length <= part_size);
        }
    }
    trail_byte_source_close(source);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size < 1) return 0;
    trail_workbook workbook = {.from_1904 = (bytes[0] & 1) != 0,
                               .sheets = trail_vector_of(sizeof(trail_sheet)),
                               .forms = trail_vector_of(sizeof(uint32_t)),
                               .string_ends = trail_vector_of(sizeof(uint64_t))};
    trail_sheet sheet = {.name = "s", .part = "s", .number = 1};
    uint64_t end = 5;
    bytes++;
    size--;
    if (size > 1 && bytes[0] == 0x1f && bytes[1] == 0x8b)
        return 0; /* gzip is undone: other bytes */
    pack(&workbook.held, bytes, size);
    for (uint32_t form = 0; form < 12; form++)
        require(trail_vector_push(&workbook.forms, &form, NULL) == TRAIL_OK);
    put(&workbook.strings, "a\tb\nc", 5);
    require(trail_vector_push(&workbook.string_ends, &end, NULL) == TRAIL_OK);
    require(trail_vector_push(&workbook.sheets, &sheet, NULL) == TRAIL_OK);
    trail_sheet *only = trail_vector_at(&workbook.sheets, 0);
    require(trail_workbook_survey(&workbook, only, NULL) == TRAIL_OK);
    if (only->problem == NULL) {
        require(only->size == size);
        read_lines(&workbook, size);
    }
    trail_text_clear(&workbook.held);
    trail_text_clear(&workbook.strings);
    trail_arena_clear(&workbook.arena);
    trail_vector_clear(&workbook.sheets);
    trail_vector_clear(&workbook.forms);
    trail_vector_clear(&workbook.string_ends);
    return 0;
}
