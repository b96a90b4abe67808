#include "support/zip_case.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

static void add(trail_text *text, const void *bytes, size_t size)
{
    assert_int_equal(trail_text_add(text, (trail_slice){bytes, size}, NULL), TRAIL_OK);
}

static void number(trail_text *text, uint32_t value, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        char byte = (char)(value >> (8 * i) & 0xFF);
        add(text, &byte, 1);
    }
}

static uint32_t checksum(trail_slice bytes)
{
    uint32_t sum = UINT32_MAX;
    for (size_t i = 0; i < bytes.length; i++) {
        sum ^= (unsigned char)bytes.start[i];
        for (int bit = 0; bit < 8; bit++)
            sum = sum >> 1 ^ ((sum & 1) != 0 ? 0xEDB88320U : 0);
    }
    return ~sum;
}

/* What local header and central directory have in common. */
static void header(trail_text *text, const char *name, trail_slice bytes, bool encrypted)
{
    number(text, 20, 2);
    number(text, 0x800 | (encrypted ? 1 : 0), 2); /* names are UTF-8 */
    number(text, 0, 2);
    number(text, 0x58210000, 4);
    number(text, checksum(bytes), 4);
    number(text, (uint32_t)bytes.length, 4);
    number(text, (uint32_t)bytes.length, 4);
    number(text, (uint32_t)strlen(name), 2);
    number(text, 0, 2);
}

void zip_case_add(zip_case *zip, const char *name, trail_slice bytes, bool encrypted)
{
    uint32_t place = (uint32_t)zip->bytes.length;
    add(&zip->bytes, "PK\003\004", 4);
    header(&zip->bytes, name, bytes, encrypted);
    add(&zip->bytes, name, strlen(name));
    add(&zip->bytes, bytes.start, bytes.length);
    add(&zip->directory, "PK\001\002", 4);
    number(&zip->directory, 20, 2);
    header(&zip->directory, name, bytes, encrypted);
    number(&zip->directory, 0, 2);
    number(&zip->directory, 0, 4);
    number(&zip->directory, 0, 4);
    number(&zip->directory, place, 4);
    add(&zip->directory, name, strlen(name));
    zip->count++;
}

void zip_case_add_text(zip_case *zip, const char *name, const char *text)
{
    zip_case_add(zip, name, trail_slice_of(text), false);
}

void zip_case_end(zip_case *zip)
{
    uint32_t place = (uint32_t)zip->bytes.length;
    add(&zip->bytes, zip->directory.bytes, zip->directory.length);
    add(&zip->bytes, "PK\005\006", 4);
    number(&zip->bytes, 0, 4);
    number(&zip->bytes, zip->count, 2);
    number(&zip->bytes, zip->count, 2);
    number(&zip->bytes, (uint32_t)zip->directory.length, 4);
    number(&zip->bytes, place, 4);
    number(&zip->bytes, 0, 2);
}

void zip_case_clear(zip_case *zip)
{
    trail_text_clear(&zip->bytes);
    trail_text_clear(&zip->directory);
    *zip = (zip_case){.count = 0};
}

#define TYPES "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define RELATIONS                                                                                  \
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
#define MAIN " xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""

void zip_case_add_workbook(zip_case *zip, const char *sheet, const char *styles,
                           const char *strings)
{
    trail_text part = {0};
    zip_case_add_text(zip, "[Content_Types].xml", "<Types/>");
    zip_case_add_text(zip, "_rels/.rels",
                      RELATIONS "<Relationship Id=\"a\" Type=\"" TYPES
                                "officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
    zip_case_add_text(zip, "xl/workbook.xml",
                      "<x:workbook xmlns:x=\"http://schemas.openxmlformats.org/spreadsheetml/2006/"
                      "main\" xmlns:r=\"" TYPES
                      "\"><x:sheets><x:sheet name=\"Konto\" sheetId=\"1\" "
                      "r:id=\"s1\"/></x:sheets></x:workbook>");
    zip_case_add_text(
        zip, "xl/_rels/workbook.xml.rels",
        RELATIONS
        "<Relationship Id=\"s1\" Type=\"" TYPES
        "worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship "
        "Id=\"s2\" Type=\"" TYPES "styles\" Target=\"styles.xml\"/><Relationship Id=\"s3\" "
        "Type=\"" TYPES "sharedStrings\" Target=\"/xl/sharedStrings.xml\"/></Relationships>");
    zip_case_add_text(zip, "xl/worksheets/sheet1.xml", sheet);
    assert_int_equal(trail_text_add_format(&part, NULL, "<styleSheet" MAIN "><cellXfs>"), TRAIL_OK);
    while (*styles != '\0') {
        size_t length = strcspn(styles, ",");
        assert_int_equal(
            trail_text_add_format(&part, NULL, "<xf numFmtId=\"%.*s\"/>", (int)length, styles),
            TRAIL_OK);
        styles += length + (styles[length] == ',');
    }
    assert_int_equal(trail_text_add_format(&part, NULL, "</cellXfs></styleSheet>"), TRAIL_OK);
    zip_case_add_text(zip, "xl/styles.xml", part.bytes);
    trail_text_reset(&part);
    assert_int_equal(trail_text_add_format(&part, NULL, "<sst" MAIN ">%s</sst>", strings),
                     TRAIL_OK);
    zip_case_add_text(zip, "xl/sharedStrings.xml", part.bytes);
    trail_text_clear(&part);
}
