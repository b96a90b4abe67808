#include "ingest/workbook_xml.h"

#include <stdio.h>
#include <string.h>

#include "base/failure.h"
#include "base/memory.h"
#include "ingest/xml_source.h"

enum { FAULT_TEXT = 160 };

struct trail_workbook_xml {
    trail_xml_source *source;
    const trail_workbook_events *events;
    void *context;
    char fault[FAULT_TEXT]; /* why no more is wanted */
};

static trail_status open_element(void *context, const trail_xml_element *element, trail_error *err)
{
    const trail_workbook_xml *xml = context;
    if (xml->fault[0] != '\0' || xml->events->start == NULL) return TRAIL_OK;
    return xml->events->start(xml->context, element->name, element->attributes, err);
}

static trail_status close_element(void *context, const trail_xml_element *element, trail_slice text,
                                  trail_error *err)
{
    const trail_workbook_xml *xml = context;
    trail_status status = TRAIL_OK;
    if (xml->fault[0] != '\0') return TRAIL_OK;
    if (xml->events->text != NULL && text.length > 0)
        status = xml->events->text(xml->context, text, err);
    if (status == TRAIL_OK && xml->events->end != NULL)
        status = xml->events->end(xml->context, element->name, err);
    return status;
}

trail_status trail_workbook_xml_new(trail_workbook_xml **out, trail_byte_source *taken_part,
                                    const trail_workbook_events *events, void *context,
                                    trail_error *err)
{
    trail_workbook_xml *xml = NULL;
    trail_status status = trail_alloc_zeroed(&xml, 1, sizeof *xml, err);
    *out = NULL;
    if (status != TRAIL_OK) {
        trail_byte_source_close(taken_part);
        return status;
    }
    const trail_xml_handler handler = {xml, open_element, close_element};
    xml->events = events;
    xml->context = context;
    status = trail_xml_source_new(&xml->source, taken_part, NULL, &handler, err);
    if (status == TRAIL_OK)
        *out = xml;
    else
        trail_workbook_xml_free(xml);
    return status;
}

void trail_workbook_xml_free(trail_workbook_xml *xml)
{
    if (xml == NULL) return;
    trail_xml_source_free(xml->source);
    trail_free(xml);
}

trail_status trail_workbook_xml_step(trail_workbook_xml *xml, bool *more, trail_error *err)
{
    trail_status status = trail_xml_source_step(xml->source, more, err);
    if (xml->fault[0] != '\0') *more = false;
    return status;
}

const char *trail_workbook_xml_fault(const trail_workbook_xml *xml)
{
    return xml->fault[0] != '\0' ? xml->fault : trail_xml_source_break(xml->source);
}

void trail_workbook_xml_stop(trail_workbook_xml *xml, const char *reason)
{
    if (xml->fault[0] == '\0') (void)snprintf(xml->fault, FAULT_TEXT, "%s", reason);
}

uint64_t trail_workbook_xml_begin(const trail_workbook_xml *xml)
{
    return trail_xml_source_offset(xml->source);
}

uint64_t trail_workbook_xml_end(const trail_workbook_xml *xml)
{
    return trail_xml_source_end(xml->source);
}

trail_status trail_workbook_xml_read(trail_byte_source *taken_part, const char *name,
                                     const trail_workbook_events *events, void *context,
                                     trail_error *err)
{
    trail_workbook_xml *xml = NULL;
    bool more = true;
    trail_status status = trail_workbook_xml_new(&xml, taken_part, events, context, err);
    while (status == TRAIL_OK && more)
        status = trail_workbook_xml_step(xml, &more, err);
    const char *fault = status == TRAIL_OK ? trail_workbook_xml_fault(xml) : NULL;
    if (fault != NULL)
        status = trail_fail(err, TRAIL_IO, "the workbook's %s cannot be read: %s", name, fault);
    trail_workbook_xml_free(xml);
    return status;
}

const char *trail_workbook_attribute(const char *const *attributes, const char *name)
{
    for (; attributes[0] != NULL; attributes += 2) {
        const char *mark = strrchr(attributes[0], '\n');
        if (strcmp(mark == NULL ? attributes[0] : mark + 1, name) == 0) return attributes[1];
    }
    return NULL;
}

bool trail_workbook_flag(const char *const *attributes, const char *name)
{
    const char *value = trail_workbook_attribute(attributes, name);
    return value != NULL && (strcmp(value, "1") == 0 || strcmp(value, "true") == 0);
}
