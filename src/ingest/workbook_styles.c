/* styles.xml (ECMA-376 18.8): which number format each cell style has, and so which cells are
 * dates; sharedStrings.xml (18.4): the texts that cells refer to by number. */
#include "ingest/workbook.h"

#include <string.h>

#include "base/failure.h"
#include "ingest/workbook_number.h"
#include "ingest/workbook_xml.h"

#define MOST_STYLES 65536u

typedef struct number_format {
    unsigned number, form;
} number_format;

typedef struct styles {
    trail_workbook *workbook;
    trail_vector formats; /* of number_format: the workbook's own */
    bool in_cell_styles;
} styles;

static unsigned number_of(const char *text)
{
    uint64_t value = 0;
    if (text == NULL || !trail_slice_to_u64(trail_slice_of(text), &value)) return 0;
    return value > UINT16_MAX ? 0 : (unsigned)value;
}

static uint32_t form_of(const styles *s, unsigned number)
{
    for (size_t i = 0; i < s->formats.count; i++) {
        const number_format *format = trail_vector_at(&s->formats, i);
        if (format->number == number) return format->form;
    }
    return trail_cell_form_of(number, NULL);
}

static trail_status start_style(void *context, const char *name, const char *const *attributes,
                                trail_error *err)
{
    styles *s = context;
    if (strcmp(name, "cellXfs") == 0) s->in_cell_styles = true;
    if (strcmp(name, "numFmt") == 0 && s->formats.count < MOST_STYLES) {
        const char *code = trail_workbook_attribute(attributes, "formatCode");
        number_format format = {number_of(trail_workbook_attribute(attributes, "numFmtId")), 0};
        if (code == NULL) return TRAIL_OK;
        format.form = trail_cell_form_of(format.number, code);
        return trail_vector_push(&s->formats, &format, err);
    }
    if (strcmp(name, "xf") == 0 && s->in_cell_styles && s->workbook->forms.count < MOST_STYLES) {
        uint32_t form = form_of(s, number_of(trail_workbook_attribute(attributes, "numFmtId")));
        return trail_vector_push(&s->workbook->forms, &form, err);
    }
    return TRAIL_OK;
}

static trail_status end_style(void *context, const char *name, trail_error *err)
{
    (void)err;
    if (strcmp(name, "cellXfs") == 0) ((styles *)context)->in_cell_styles = false;
    return TRAIL_OK;
}

trail_status trail_workbook_read_styles(trail_workbook *workbook, trail_byte_source *taken_part,
                                        trail_error *err)
{
    static const trail_workbook_events events = {.start = start_style, .end = end_style};
    styles s = {.workbook = workbook, .formats = trail_vector_of(sizeof(number_format))};
    trail_status status = trail_workbook_xml_read(taken_part, "styles.xml", &events, &s, err);
    trail_vector_clear(&s.formats);
    return status;
}

typedef struct strings {
    trail_workbook *workbook;
    bool in_text, in_phonetic;
} strings;

static trail_status start_string(void *context, const char *name, const char *const *attributes,
                                 trail_error *err)
{
    strings *s = context;
    (void)attributes;
    (void)err;
    if (strcmp(name, "t") == 0) s->in_text = true;
    if (strcmp(name, "rPh") == 0) s->in_phonetic = true; /* how it is pronounced */
    return TRAIL_OK;
}

static trail_status end_string(void *context, const char *name, trail_error *err)
{
    strings *s = context;
    if (strcmp(name, "t") == 0) s->in_text = false;
    if (strcmp(name, "rPh") == 0) s->in_phonetic = false;
    if (strcmp(name, "si") != 0) return TRAIL_OK;
    uint64_t end = s->workbook->strings.length;
    return trail_vector_push(&s->workbook->string_ends, &end, err);
}

static trail_status add_string(void *context, trail_slice text, trail_error *err)
{
    strings *s = context;
    trail_workbook *workbook = s->workbook;
    if (!s->in_text || s->in_phonetic) return TRAIL_OK;
    if (workbook->strings.length + text.length > TRAIL_WORKBOOK_STRINGS)
        return trail_fail(err, TRAIL_IO, "the workbook holds more than %zu MiB of text",
                          TRAIL_WORKBOOK_STRINGS >> 20);
    return trail_text_add(&workbook->strings, text, err);
}

trail_status trail_workbook_read_strings(trail_workbook *workbook, trail_byte_source *taken_part,
                                         trail_error *err)
{
    static const trail_workbook_events events = {
        .start = start_string, .end = end_string, .text = add_string};
    strings s = {.workbook = workbook};
    return trail_workbook_xml_read(taken_part, "sharedStrings.xml", &events, &s, err);
}

trail_slice trail_workbook_string(const trail_workbook *workbook, uint64_t index)
{
    const uint64_t *ends = workbook->string_ends.items;
    if (index >= workbook->string_ends.count || workbook->strings.bytes == NULL)
        return (trail_slice){0};
    uint64_t start = index == 0 ? 0 : ends[index - 1];
    return (trail_slice){workbook->strings.bytes + start, (size_t)(ends[index] - start)};
}
