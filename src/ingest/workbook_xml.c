#include "ingest/workbook_xml.h"

#include <stdio.h>
#include <string.h>

#include <expat.h>

#include "base/failure.h"
#include "base/memory.h"

#define BLOCK_BYTES ((size_t)16 * 1024)

enum { DEEPEST = 64, FAULT_TEXT = 160 };

struct trail_workbook_xml {
    XML_Parser parser;
    const trail_workbook_events *events;
    void *context;
    unsigned depth;
    trail_error failure; /* of a handler */
    char fault[FAULT_TEXT];
};

static void *resize(void *old, size_t size)
{
    return trail_alloc(old, size == 0 ? 1 : size);
}

static void *take(size_t size)
{
    return resize(NULL, size);
}

static void stop(trail_workbook_xml *xml)
{
    (void)XML_StopParser(xml->parser, XML_FALSE);
}

void trail_workbook_xml_stop(trail_workbook_xml *xml, const char *reason)
{
    if (xml->fault[0] == '\0') (void)snprintf(xml->fault, FAULT_TEXT, "%s", reason);
    stop(xml);
}

static bool is_over(const trail_workbook_xml *xml)
{
    return xml->fault[0] != '\0' || xml->failure.status != TRAIL_OK;
}

static const char *without_prefix(const char *name)
{
    const char *colon = strrchr(name, ':');
    return colon == NULL ? name : colon + 1;
}

static void XMLCALL start_element(void *context, const XML_Char *name, const XML_Char **attributes)
{
    trail_workbook_xml *xml = context;
    if (is_over(xml)) return;
    if (++xml->depth > DEEPEST) {
        trail_workbook_xml_stop(xml, "its elements are nested too deeply");
        return;
    }
    if (xml->events->start != NULL &&
        xml->events->start(xml->context, without_prefix(name), (const char *const *)attributes,
                           &xml->failure) != TRAIL_OK)
        stop(xml);
}

static void XMLCALL end_element(void *context, const XML_Char *name)
{
    trail_workbook_xml *xml = context;
    if (is_over(xml)) return;
    xml->depth--;
    if (xml->events->end != NULL &&
        xml->events->end(xml->context, without_prefix(name), &xml->failure) != TRAIL_OK)
        stop(xml);
}

static void XMLCALL add_text(void *context, const XML_Char *text, int length)
{
    trail_workbook_xml *xml = context;
    if (is_over(xml) || xml->events->text == NULL) return;
    if (xml->events->text(xml->context, (trail_slice){text, (size_t)length}, &xml->failure) !=
        TRAIL_OK)
        stop(xml);
}

static void XMLCALL refuse_doctype(void *context, const XML_Char *name, const XML_Char *system,
                                   const XML_Char *public_id, int has_internal)
{
    (void)name;
    (void)system;
    (void)public_id;
    (void)has_internal;
    trail_workbook_xml_stop(context, "it has a DOCTYPE, which no workbook needs");
}

trail_status trail_workbook_xml_new(trail_workbook_xml **out, const trail_workbook_events *events,
                                    void *context, trail_error *err)
{
    static const XML_Memory_Handling_Suite memory = {take, resize, trail_free};
    trail_workbook_xml *xml = NULL;
    trail_status status = trail_alloc_zeroed(&xml, 1, sizeof *xml, err);
    *out = NULL;
    if (status != TRAIL_OK) return status;
    xml->parser = XML_ParserCreate_MM(NULL, &memory, NULL);
    if (xml->parser == NULL) {
        trail_free(xml);
        return trail_fail_memory(err);
    }
    xml->events = events;
    xml->context = context;
    XML_SetUserData(xml->parser, xml);
    XML_SetElementHandler(xml->parser, start_element, end_element);
    XML_SetCharacterDataHandler(xml->parser, add_text);
    XML_SetStartDoctypeDeclHandler(xml->parser, refuse_doctype);
    *out = xml;
    return TRAIL_OK;
}

void trail_workbook_xml_free(trail_workbook_xml *xml)
{
    if (xml == NULL) return;
    XML_ParserFree(xml->parser);
    trail_free(xml);
}

trail_status trail_workbook_xml_push(trail_workbook_xml *xml, trail_slice bytes, bool last,
                                     trail_error *err)
{
    if (xml->fault[0] != '\0') return TRAIL_OK;
    if (XML_Parse(xml->parser, bytes.start, (int)bytes.length, last ? XML_TRUE : XML_FALSE) ==
        XML_STATUS_OK)
        return TRAIL_OK;
    if (xml->failure.status != TRAIL_OK) {
        if (err != NULL) *err = xml->failure;
        return xml->failure.status;
    }
    if (xml->fault[0] != '\0') return TRAIL_OK;
    enum XML_Error error = XML_GetErrorCode(xml->parser);
    if (error == XML_ERROR_NO_MEMORY) return trail_fail_memory(err);
    (void)snprintf(xml->fault, FAULT_TEXT, "it is not XML at byte %lld: %s",
                   (long long)XML_GetCurrentByteIndex(xml->parser), XML_ErrorString(error));
    return TRAIL_OK;
}

trail_status trail_workbook_xml_read(trail_workbook_xml *xml, trail_byte_source *part,
                                     trail_error *err)
{
    char block[BLOCK_BYTES];
    size_t size = 1;
    while (size > 0 && xml->fault[0] == '\0') {
        trail_status status = trail_byte_source_read(part, block, sizeof block, &size, err);
        if (status == TRAIL_OK)
            status = trail_workbook_xml_push(xml, (trail_slice){block, size}, size == 0, err);
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

const char *trail_workbook_xml_fault(const trail_workbook_xml *xml)
{
    return xml->fault[0] == '\0' ? NULL : xml->fault;
}

uint64_t trail_workbook_xml_begin(const trail_workbook_xml *xml)
{
    XML_Index at = XML_GetCurrentByteIndex(xml->parser);
    return at < 0 ? 0 : (uint64_t)at;
}

uint64_t trail_workbook_xml_end(const trail_workbook_xml *xml)
{
    int length = XML_GetCurrentByteCount(xml->parser);
    return trail_workbook_xml_begin(xml) + (length < 0 ? 0 : (uint64_t)length);
}

const char *trail_workbook_attribute(const char *const *attributes, const char *name)
{
    for (; attributes[0] != NULL; attributes += 2)
        if (strcmp(without_prefix(attributes[0]), name) == 0) return attributes[1];
    return NULL;
}

bool trail_workbook_flag(const char *const *attributes, const char *name)
{
    const char *value = trail_workbook_attribute(attributes, name);
    return value != NULL && (strcmp(value, "1") == 0 || strcmp(value, "true") == 0);
}
