#include "ingest/workbook.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "ingest/workbook_number.h"
#include "support/failing_alloc.h"
#include "support/scratch.h"
#include "support/zip_case.h"

#define SHEET(rows)                                                                                \
    "<worksheet "                                                                                  \
    "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>" rows         \
    "</sheetData></worksheet>"

typedef struct sheet_case {
    scratch place;
    trail_workbook *workbook;
    trail_text lines;
    char broken[200];
} sheet_case;

static void write_zip(scratch *place, const zip_case *zip)
{
    FILE *file = fopen(scratch_path(place, "a.xlsx"), "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(zip->bytes.bytes, 1, zip->bytes.length, file), zip->bytes.length);
    assert_int_equal(fclose(file), 0);
}

static void make_workbook(scratch *place, const char *sheet, const char *styles,
                          const char *strings)
{
    zip_case zip = {.count = 0};
    zip_case_add_workbook(&zip, sheet, styles, strings);
    zip_case_end(&zip);
    write_zip(place, &zip);
    zip_case_clear(&zip);
}

static const char *read_sheet(sheet_case *test, const char *sheet, const char *styles,
                              const char *strings)
{
    trail_byte_source *source = NULL;
    size_t size = 1;
    char block[7];
    *test = (sheet_case){.workbook = NULL};
    scratch_make(&test->place);
    make_workbook(&test->place, sheet, styles, strings);
    const trail_location location = {.path = scratch_path(&test->place, "a.xlsx")};
    assert_int_equal(trail_workbook_open(&test->workbook, &location, NULL), TRAIL_OK);
    assert_int_equal(trail_workbook_sheet_open(&source, test->workbook, 0, NULL), TRAIL_OK);
    while (size > 0) {
        assert_int_equal(trail_byte_source_read(source, block, sizeof block, &size, NULL),
                         TRAIL_OK);
        assert_int_equal(trail_text_add(&test->lines, (trail_slice){block, size}, NULL), TRAIL_OK);
    }
    const char *why = trail_byte_source_break(source);
    (void)snprintf(test->broken, sizeof test->broken, "%s", why == NULL ? "" : why);
    trail_byte_source_close(source);
    return test->lines.bytes == NULL ? "" : test->lines.bytes;
}

static void end(sheet_case *test)
{
    trail_workbook_close(test->workbook);
    trail_text_clear(&test->lines);
    scratch_remove(&test->place);
}

static void one_number(const char *value, unsigned form, bool from_1904, const char *shown)
{
    char text[TRAIL_CELL_NUMBER_TEXT];
    size_t length = trail_cell_number(trail_slice_of(value), form, from_1904, text);
    assert_string_equal(text, shown);
    assert_int_equal(length, strlen(shown));
}

static void numbers_are_plain_decimals_of_15_digits(void **state)
{
    (void)state;
    one_number("1234.5599999999999", TRAIL_CELL_PLAIN, false, "1234.56");
    one_number("0.30000000000000004", TRAIL_CELL_PLAIN, false, "0.3");
    one_number("-12.5", TRAIL_CELL_PLAIN, false, "-12.5");
    one_number("1.5E-2", TRAIL_CELL_PLAIN, false,
               "0.015"
               "0");
    one_number("1.25E+3", TRAIL_CELL_PLAIN, false, "1250");
    one_number("1E20", TRAIL_CELL_PLAIN, false, "100000000000000000000");
    one_number("9999999999999999", TRAIL_CELL_PLAIN, false, "10000000000000000");
    one_number("0", TRAIL_CELL_PLAIN, false, "0");
    one_number("-0.0", TRAIL_CELL_PLAIN, false, "0");
    one_number("007", TRAIL_CELL_PLAIN, false, "7");
    one_number("1.2.3", TRAIL_CELL_PLAIN, false, "1.2.3");
    one_number("1E999999999999", TRAIL_CELL_PLAIN, false, "1E999999999999");
    one_number("123", TRAIL_CELL_ZEROS + 6, false, "000123");
}

static void a_third_decimal_cannot_be_taken_for_a_mark_of_thousands(void **state)
{
    (void)state;
    one_number("1.234", TRAIL_CELL_PLAIN, false, "1.2340");
    one_number("1.2345", TRAIL_CELL_PLAIN, false, "1.2345");
}

static void dates_are_iso_in_both_epochs(void **state)
{
    (void)state;
    one_number("1", TRAIL_CELL_DATE, false, "1900-01-01");
    one_number("59", TRAIL_CELL_DATE, false, "1900-02-28");
    one_number("60", TRAIL_CELL_DATE, false, "1900-02-29");
    one_number("61", TRAIL_CELL_DATE, false, "1900-03-01");
    one_number("45292", TRAIL_CELL_DATE, false, "2024-01-01");
    one_number("45292.5", TRAIL_CELL_DATE_TIME, false, "2024-01-01 12:00:00");
    one_number("45292.999999", TRAIL_CELL_DATE_TIME, false, "2024-01-02 00:00:00");
    one_number("0.75", TRAIL_CELL_TIME, false, "18:00:00");
    one_number("0", TRAIL_CELL_DATE, true, "1904-01-01");
    one_number("43830", TRAIL_CELL_DATE, true, "2024-01-01");
    one_number("-3", TRAIL_CELL_DATE, false, "-3");
    one_number("99999999", TRAIL_CELL_DATE, false, "99999999");
}

static void formats_say_what_is_a_date(void **state)
{
    (void)state;
    const struct {
        unsigned number;
        const char *code;
        unsigned form;
    } rows[] = {{14, NULL, TRAIL_CELL_DATE},
                {22, NULL, TRAIL_CELL_DATE_TIME},
                {4, NULL, TRAIL_CELL_PLAIN},
                {164, "dd/mm/yyyy", TRAIL_CELL_DATE},
                {164, "yyyy\\-mm\\-dd\\ hh:mm", TRAIL_CELL_DATE_TIME},
                {164, "[$-409]d\\-mmm\\-yy;@", TRAIL_CELL_DATE},
                {164, "#,##0.00\\ \"dm\"", TRAIL_CELL_PLAIN},
                {164, "[Red]-0.00", TRAIL_CELL_PLAIN},
                {164, "[h]:mm", TRAIL_CELL_TIME},
                {164, "0.00E+00", TRAIL_CELL_PLAIN},
                {164, "General", TRAIL_CELL_PLAIN},
                {164, "00000000", TRAIL_CELL_ZEROS + 8}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_int_equal(trail_cell_form_of(rows[i].number, rows[i].code), rows[i].form);
}

static void a_row_is_a_line_and_a_row_not_there_an_empty_one(void **state)
{
    (void)state;
    sheet_case test;
    assert_string_equal(
        read_sheet(
            &test,
            SHEET("<row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"C2\" s=\"1\">"
                  "<v>45292</v></c></row><row r=\"4\"><c r=\"B4\" t=\"inlineStr\"><is><r><t>a"
                  "</t></r><r><t xml:space=\"preserve\"> b</t></r></is></c></row>"
                  "<row r=\"5\"><c r=\"A5\" s=\"1\"/></row>"
                  "<row r=\"6\"><c r=\"A6\" t=\"b\"><v>1</v></c><c r=\"B6\" t=\"e\"><v>#N/A"
                  "</v></c></row>"),
            "0,14", "<si><r><t>Kon</t></r><r><t>to&#9;1</t></r><rPh><t>x</t></rPh></si>"),
        "\nKonto 1\t\t2024-01-01\n\n\ta b\t\n\nTRUE\t\t\n");
    const trail_sheet *sheet = trail_vector_at(&test.workbook->sheets, 0);
    assert_int_equal(sheet->columns, 3);
    assert_int_equal(sheet->rows, 3);
    assert_int_equal(sheet->errors.count, 1);
    assert_string_equal(sheet->errors.first, "B6");
    end(&test);
}

static void a_line_has_the_place_of_its_row_in_the_part(void **state)
{
    (void)state;
    static const char part[] = SHEET(
        "<row r=\"3\"><c r=\"A3\"><v>7</v></c></row><row r=\"4\"><c r=\"A4\"><v>8</v></c></row>");
    sheet_case test;
    trail_byte_source *source = NULL;
    char block[64];
    size_t size = 0;
    uint64_t offset = 0, length = 0;
    assert_string_equal(read_sheet(&test, part, "0", ""), "\n\n7\n8\n");
    assert_int_equal(trail_workbook_sheet_open(&source, test.workbook, 0, NULL), TRAIL_OK);
    assert_int_equal(trail_byte_source_read(source, block, sizeof block, &size, NULL), TRAIL_OK);
    assert_true(trail_byte_source_place(source, 4, &offset, &length));
    assert_memory_equal(part + offset, "<row r=\"4\"><c r=\"A4\"><v>8</v></c></row>", length);
    assert_int_equal(length, strlen("<row r=\"4\"><c r=\"A4\"><v>8</v></c></row>"));
    trail_byte_source_close(source);
    end(&test);
}

static void formulas_give_their_stored_value_or_themselves(void **state)
{
    (void)state;
    sheet_case test;
    assert_string_equal(
        read_sheet(
            &test,
            SHEET("<row r=\"1\"><c r=\"A1\"><f>B1+1</f><v>5</v></c><c r=\"B1\"><f>SUM(C1)</f>"
                  "<v></v></c><c r=\"C1\" t=\"str\"><f>\"\"</f><v></v></c><c r=\"D1\"><v>1"
                  "</v></c></row>"),
            "0", ""),
        "5\t=SUM(C1)\t\t1\n");
    const trail_sheet *sheet = trail_vector_at(&test.workbook->sheets, 0);
    assert_int_equal(sheet->formulas.count, 3);
    assert_string_equal(sheet->formulas.first, "A1");
    assert_int_equal(sheet->without_value.count, 1);
    assert_string_equal(sheet->without_value.first, "B1");
    end(&test);
}

static void what_breaks_a_sheet_is_said_and_what_came_before_stays(void **state)
{
    (void)state;
    const struct {
        const char *rows, *lines, *why;
    } cases[] = {
        {SHEET("<row r=\"2\"><c r=\"A2\"><v>1</v></c></row><row r=\"2\"/>"), "\n1\n",
         "its rows are not in order"},
        {SHEET("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"2000000\"/>"), "1\n",
         "it has more rows than a sheet can hold"},
        {SHEET("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"2\"><c r=\"B2\"><v>2</v></c>"
               "<c r=\"A2\"><v>3</v></c></row>"),
         "1\t\n\t2", "the cells of a row are not in order"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        sheet_case test;
        assert_string_equal(read_sheet(&test, cases[i].rows, "0", ""), cases[i].lines);
        assert_string_equal(test.broken, cases[i].why);
        end(&test);
    }
}

static void a_document_type_in_a_part_is_refused(void **state)
{
    (void)state;
    sheet_case test;
    (void)read_sheet(&test, "<!DOCTYPE a [<!ENTITY b \"c\">]><worksheet/>", "0", "");
    assert_non_null(strstr(test.broken, "DOCTYPE"));
    end(&test);
}

static trail_status open_once(void *context, trail_error *err)
{
    const trail_location location = {.path = context};
    trail_workbook *workbook = NULL;
    trail_byte_source *source = NULL;
    char block[256];
    size_t size = 0;
    trail_status status = trail_workbook_open(&workbook, &location, err);
    if (status == TRAIL_OK) status = trail_workbook_sheet_open(&source, workbook, 0, err);
    if (status == TRAIL_OK)
        status = trail_byte_source_read(source, block, sizeof block, &size, err);
    trail_byte_source_close(source);
    trail_workbook_close(workbook);
    return status;
}

static void every_failed_allocation_is_a_clean_failure(void **state)
{
    (void)state;
    scratch place;
    char path[SCRATCH_PATH];
    scratch_make(&place);
    make_workbook(&place, SHEET("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>"), "0,14",
                  "<si><t>a</t></si>");
    (void)snprintf(path, sizeof path, "%s", scratch_path(&place, "a.xlsx"));
    trail_status status = TRAIL_NO_MEMORY;
    for (size_t nth = 1; status != TRAIL_OK; nth++) {
        trail_error err = {.status = TRAIL_OK};
        failing_alloc_at(nth);
        status = open_once(path, &err);
        failing_alloc_at(0);
        /* Expat itself takes a refused allocation for a prefix that nobody declared. */
        if (status == TRAIL_IO) assert_non_null(strstr(err.message, "unbound prefix"));
        assert_true(status == TRAIL_OK || status == TRAIL_IO || status == TRAIL_NO_MEMORY);
        assert_true(status == TRAIL_OK || nth < 10000);
    }
    scratch_remove(&place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_plain_decimals_of_15_digits),
        cmocka_unit_test(a_third_decimal_cannot_be_taken_for_a_mark_of_thousands),
        cmocka_unit_test(dates_are_iso_in_both_epochs),
        cmocka_unit_test(formats_say_what_is_a_date),
        cmocka_unit_test(a_row_is_a_line_and_a_row_not_there_an_empty_one),
        cmocka_unit_test(a_line_has_the_place_of_its_row_in_the_part),
        cmocka_unit_test(formulas_give_their_stored_value_or_themselves),
        cmocka_unit_test(what_breaks_a_sheet_is_said_and_what_came_before_stays),
        cmocka_unit_test(a_document_type_in_a_part_is_refused),
        cmocka_unit_test(every_failed_allocation_is_a_clean_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
