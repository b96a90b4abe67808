#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "ingest/xml_source.h"
#include "support/failing_alloc.h"
#include "support/said_case.h"

/* Elements as text "<a x=1><b>text</b></a>". */
typedef struct echo {
    trail_text out;
    trail_xml_source *xml;
    trail_text kept; /* of the element k */
    uint64_t offset, end, line;
} echo;

static trail_status on_open(void *context, const trail_xml_element *element, trail_error *err)
{
    echo *to = context;
    trail_status status = trail_text_add_format(&to->out, err, "<%s", element->name);
    for (size_t i = 0; element->attributes[i] != NULL && status == TRAIL_OK; i += 2)
        status = trail_text_add_format(&to->out, err, " %s=%s", element->attributes[i],
                                       element->attributes[i + 1]);
    if (status == TRAIL_OK) status = trail_text_add_format(&to->out, err, ">");
    if (strcmp(element->name, "k") == 0) {
        to->offset = trail_xml_source_offset(to->xml);
        to->line = trail_xml_source_line(to->xml);
        trail_xml_source_keep(to->xml);
    }
    return status;
}

static trail_status on_close(void *context, const trail_xml_element *element, trail_slice text,
                             trail_error *err)
{
    echo *to = context;
    trail_status status = TRAIL_OK;
    if (text.length < 100) status = trail_text_add(&to->out, text, err);
    if (status == TRAIL_OK) status = trail_text_add_format(&to->out, err, "</%s>", element->name);
    if (status != TRAIL_OK || strcmp(element->name, "k") != 0) return status;
    to->end = trail_xml_source_end(to->xml);
    return trail_xml_source_kept(to->xml, &to->kept, err);
}

static trail_status run(echo *to, trail_slice bytes, const char *encoding, trail_error *err)
{
    trail_byte_source *source = NULL;
    bool more = true;
    trail_xml_handler handler = {.context = to, .open = on_open, .close = on_close};
    trail_status status = trail_byte_source_over(&source, bytes, err);
    if (status == TRAIL_OK)
        status = trail_xml_source_new(&to->xml, source, encoding, &handler, err);
    while (status == TRAIL_OK && more)
        status = trail_xml_source_step(to->xml, &more, err);
    return status;
}

static void clear(echo *to)
{
    trail_xml_source_free(to->xml);
    trail_text_clear(&to->out);
    trail_text_clear(&to->kept);
    *to = (echo){0};
}

static void expect_of(trail_slice bytes, const char *encoding, const char *out, const char *broken)
{
    echo to = {0};
    assert_int_equal(run(&to, bytes, encoding, NULL), TRAIL_OK);
    const char *why = trail_xml_source_break(to.xml);
    if (out != NULL) assert_string_equal(to.out.bytes == NULL ? "" : to.out.bytes, out);
    if (broken == NULL) {
        assert_null(why);
    } else {
        assert_non_null(why);
        if (strstr(why, broken) == NULL) fail_msg("'%s' does not say '%s'", why, broken);
    }
    clear(&to);
}

static void expect(const char *text, const char *out, const char *broken)
{
    expect_of(trail_slice_of(text), NULL, out, broken);
}

static void elements_come_by_local_name_with_their_text(void **state)
{
    (void)state;
    expect("<?xml version='1.0'?><a xmlns='urn:x' y='1'><p:b xmlns:p='urn:y'> t &amp; u </p:b>"
           "<c/><![CDATA[d]]></a>",
           "<a y=1><b> t & u </b><c></c>d</a>", NULL);
}

static void a_document_type_is_refused_at_once(void **state)
{
    (void)state;
    expect("<!DOCTYPE a><a/>", "", "DOCTYPE");
    expect("<?xml version='1.0'?><!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", "", "DOCTYPE");
    expect("<!DOCTYPE a [<!ENTITY x0 'x'><!ENTITY x1 '&x0;&x0;&x0;&x0;&x0;&x0;&x0;&x0;'>"
           "<!ENTITY x2 '&x1;&x1;&x1;&x1;&x1;&x1;&x1;&x1;'><!ENTITY x3 '&x2;&x2;&x2;&x2;&x2;'>]>"
           "<a>&x3;</a>",
           "", "DOCTYPE");
}

static void a_million_nested_elements_are_refused_at_the_65th(void **state)
{
    (void)state;
    trail_text text = {0};
    for (size_t i = 0; i < 1000000; i++)
        assert_int_equal(trail_text_add(&text, trail_slice_of("<d>"), NULL), TRAIL_OK);
    echo to = {0};
    assert_int_equal(run(&to, trail_text_slice(&text), NULL, NULL), TRAIL_OK);
    assert_string_equal(trail_xml_source_break(to.xml),
                        "line 1: elements are nested deeper than 64");
    assert_int_equal(to.out.length, 64 * 3);
    clear(&to);
    trail_text_clear(&text);
}

static void long_texts_many_attributes_and_long_tags_are_refused(void **state)
{
    (void)state;
    trail_text text = {0};
    const size_t sizes[] = {TRAIL_XML_TEXT, TRAIL_XML_TEXT + 1};
    for (size_t k = 0; k < 2; k++) {
        trail_text_reset(&text);
        assert_int_equal(trail_text_add(&text, trail_slice_of("<a>"), NULL), TRAIL_OK);
        for (size_t i = 0; i < sizes[k]; i++)
            assert_int_equal(trail_text_add(&text, trail_slice_of("x"), NULL), TRAIL_OK);
        assert_int_equal(trail_text_add(&text, trail_slice_of("</a>"), NULL), TRAIL_OK);
        expect_of(trail_text_slice(&text), NULL, NULL, k == 0 ? NULL : "more than 65536 bytes");
    }
    trail_text_reset(&text);
    assert_int_equal(trail_text_add(&text, trail_slice_of("<a"), NULL), TRAIL_OK);
    for (size_t i = 0; i < TRAIL_XML_ATTRIBUTES + 1; i++)
        assert_int_equal(trail_text_add_format(&text, NULL, " a%zu=''", i), TRAIL_OK);
    assert_int_equal(trail_text_add(&text, trail_slice_of("/>"), NULL), TRAIL_OK);
    expect_of(trail_text_slice(&text), NULL, "", "more than 64 attributes");
    trail_text_reset(&text);
    assert_int_equal(trail_text_add(&text, trail_slice_of("<a><!-- "), NULL), TRAIL_OK);
    for (size_t i = 0; i < (TRAIL_XML_TAG + 300000) / 10; i++)
        assert_int_equal(trail_text_add(&text, trail_slice_of("0123456789"), NULL), TRAIL_OK);
    expect_of(trail_text_slice(&text), NULL, "<a>", "a tag or comment of more than 1048576 bytes");
    trail_text_clear(&text);
}

static void encodings_of_one_byte_a_character_are_read(void **state)
{
    (void)state;
    expect("<?xml version='1.0' encoding='windows-1257'?><a>\xE2\xFE</a>",
           "<a>\xC4\x81\xC5\xBE</a>", NULL);
    expect("<?xml version='1.0' encoding='ISO-8859-1'?><a>\xE9</a>", "<a>\xC3\xA9</a>", NULL);
    expect_of(trail_slice_of("<a>\xE2\xFE</a>"), "windows-1257", "<a>\xC4\x81\xC5\xBE</a>", NULL);
    static const char wide[] = "\xFF\xFE<\0a\0>\0\x01\x01<\0/\0a\0>\0";
    expect_of((trail_slice){wide, sizeof wide - 1}, NULL, "<a>\xC4\x81</a>", NULL);
}

static void a_wrong_declared_encoding_is_named(void **state)
{
    (void)state;
    expect("<?xml version='1.0' encoding='UTF-8'?><a>\n<b/>\xE9t\xE9</a>", "<a><b></b>",
           "line 2 holds bytes that are no text in UTF-8");
    expect("<?xml version='1.0' encoding='UTF-16'?><a/>", "", "but its bytes are not");
    expect("<?xml version='1.0' encoding='klingon'?><a/>", "",
           "the encoding 'klingon' is not one that is read");
    expect("<?xml version='1.0' encoding='Shift_JIS'?><a/>", "", "is not one that is read");
}

static void a_document_that_breaks_off_says_in_which_line(void **state)
{
    (void)state;
    expect("<a>\n<b>1</b>\n<c>", "<a><b>1</b><c>", "breaks off before its end, in line 3");
    expect("<a>\n<b>1</b>\n<c", "<a><b>1</b>", "breaks off before its end, in line 3");
    expect("<a><b></a>", "<a><b>", "line 1 (byte 8): not well-formed XML: mismatched tag");
    expect_of((trail_slice){"<a>\n<b>x\0y</b></a>", 17}, NULL, "<a><b>",
              "line 2 (byte 8) holds a byte of zero");
    expect("<a/><b/>", "<a></a>", "something stands behind the end of the document");
    expect("", "", "breaks off");
}

static void places_and_bytes_of_an_element_hold_over_many_chunks(void **state)
{
    (void)state;
    trail_text text = {0};
    echo to = {0};
    assert_int_equal(trail_text_add(&text, trail_slice_of("<a>\n"), NULL), TRAIL_OK);
    for (size_t i = 0; i < 200000; i++)
        assert_int_equal(trail_text_add(&text, trail_slice_of("\n"), NULL), TRAIL_OK);
    text.bytes[100] = ' ';
    /* Texts are bounded: break them. */
    for (size_t i = 1000; i + 10 < text.length; i += 1000)
        memcpy(text.bytes + i, "<x/>", 4);
    size_t offset = text.length;
    assert_int_equal(trail_text_add(&text, trail_slice_of("<k>"), NULL), TRAIL_OK);
    for (size_t i = 0; i < 30000; i++)
        assert_int_equal(trail_text_add(&text, trail_slice_of("<y>abc</y>"), NULL), TRAIL_OK);
    assert_int_equal(trail_text_add(&text, trail_slice_of("</k></a>"), NULL), TRAIL_OK);
    assert_int_equal(run(&to, trail_text_slice(&text), NULL, NULL), TRAIL_OK);
    assert_null(trail_xml_source_break(to.xml));
    assert_int_equal(to.offset, offset);
    assert_int_equal(to.end, text.length - 4);
    assert_int_equal(to.kept.length, TRAIL_XML_KEPT);
    assert_memory_equal(to.kept.bytes, text.bytes + offset, TRAIL_XML_KEPT);
    clear(&to);
    expect("<a>\n\n<k>1</k></a>", "<a><k>1</k></a>", NULL);
    assert_int_equal(run(&to, trail_slice_of("<a>\n\n <k z=''>1</k></a>"), NULL, NULL), TRAIL_OK);
    assert_int_equal(to.line, 3);
    assert_int_equal(to.offset, 6);
    assert_int_equal(to.end, 6 + strlen("<k z=''>1</k>"));
    assert_string_equal(to.kept.bytes, "<k z=''>1</k>");
    clear(&to);
    trail_text_clear(&text);
}

static trail_status run_once(void *context, trail_error *err)
{
    echo to = {0};
    (void)context;
    trail_status status =
        run(&to,
            trail_slice_of("<?xml version='1.0' encoding='windows-1257'?><a b='1'><k>\xE2</k></a>"),
            NULL, err);
    clear(&to);
    return status;
}

static void each_failed_allocation_is_reported_and_cleaned_up(void **state)
{
    (void)state;
    assert_true(failing_alloc_each(run_once, NULL) > 5);
}

static void a_file_with_a_document_type_is_set_aside_with_that_reason(void **state)
{
    (void)state;
    static const char text[] =
        "<?xml version='1.0'?><!DOCTYPE Document [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"
        "<Document xmlns='urn:iso:std:iso:20022:tech:xsd:camt.053.001.02'/>";
    said_case test;
    said_case_read(&test, text, sizeof text - 1, NULL);
    assert_int_equal(test.status, TRAIL_OK);
    assert_int_equal(said_case_count(&test, "file"), 1);
    assert_non_null(strstr(test.lines.bytes, "file | aside | reason=the document has a document "
                                             "type declaration (DOCTYPE)"));
    said_case_end(&test);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(elements_come_by_local_name_with_their_text),
        cmocka_unit_test(a_document_type_is_refused_at_once),
        cmocka_unit_test(a_million_nested_elements_are_refused_at_the_65th),
        cmocka_unit_test(long_texts_many_attributes_and_long_tags_are_refused),
        cmocka_unit_test(encodings_of_one_byte_a_character_are_read),
        cmocka_unit_test(a_wrong_declared_encoding_is_named),
        cmocka_unit_test(a_document_that_breaks_off_says_in_which_line),
        cmocka_unit_test(places_and_bytes_of_an_element_hold_over_many_chunks),
        cmocka_unit_test(each_failed_allocation_is_reported_and_cleaned_up),
        cmocka_unit_test(a_file_with_a_document_type_is_set_aside_with_that_reason),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
