#include "ingest/iso_reading.h"

#include <string.h>

#define PROGRESS_STEP ((uint64_t)16 << 20)

enum { LOOKED_AT = 4096 };

bool trail_iso_recognise(trail_slice first_bytes, const char *const *words, size_t count)
{
    char plain[LOOKED_AT];
    trail_slice squeezed = {plain, 0};
    for (size_t i = 0; i < first_bytes.length && i < LOOKED_AT; i++) {
        unsigned char byte = (unsigned char)first_bytes.start[i];
        bool is_mark = i < 3 && byte >= 0x80; /* byte order mark */
        if (byte == 0 || is_mark) continue;   /* UTF-16 of ASCII letters */
        plain[squeezed.length++] = (char)byte;
    }
    trail_slice document = trail_slice_trim(squeezed);
    if (document.length == 0 || document.start[0] != '<') return false;
    for (size_t i = 0; i < count; i++) {
        if (trail_slice_find(document, trail_slice_of(words[i])) != SIZE_MAX) return true;
    }
    return false;
}

void trail_iso_reading_clear(trail_iso_reading *iso)
{
    trail_xml_source_free(iso->xml);
    trail_xml_paths_clear(&iso->paths);
    trail_entry_writer_clear(&iso->writer);
    trail_text_clear(&iso->raw);
    iso->xml = NULL;
}

static void report_progress(trail_iso_reading *iso)
{
    const trail_reading *reading = iso->reading;
    const trail_progress *progress = reading->progress;
    uint64_t done = trail_xml_source_raw_done(iso->xml);
    if (progress == NULL || done < iso->reported + PROGRESS_STEP) return;
    iso->reported = done;
    progress->report(progress->context, "read", "bytes", reading->bytes_before + done,
                     reading->bytes_total);
}

trail_status trail_iso_reading_run(trail_iso_reading *iso, const trail_xml_handler *handler,
                                   trail_error *err)
{
    trail_byte_source *bytes = NULL;
    bool more = true;
    trail_xml_walk_init(&iso->walk, &iso->paths);
    trail_status status = trail_location_open(&bytes, &iso->reading->location, err);
    if (status != TRAIL_OK) return status;
    status = trail_xml_source_new(&iso->xml, bytes, iso->reading->source->encoding, handler, err);
    while (status == TRAIL_OK && more) {
        status = trail_xml_source_step(iso->xml, &more, err);
        report_progress(iso);
    }
    return status;
}

trail_status trail_iso_reading_write(trail_iso_reading *iso, trail_error *err)
{
    if (iso->writing) return TRAIL_OK;
    trail_status status = trail_entry_writer_init(&iso->writer, iso->reading, err);
    iso->writing = status == TRAIL_OK;
    return status;
}

trail_status trail_iso_reading_finish(trail_iso_reading *iso, const char *nothing, trail_error *err)
{
    const char *broken = trail_xml_source_break(iso->xml);
    if (iso->writing) return trail_entry_writer_finish(&iso->writer, broken, err);
    if (broken == NULL) broken = nothing;
    return trail_text_add(&iso->reading->aside.reason, trail_slice_of(broken), err);
}

trail_status trail_iso_reading_version(trail_iso_reading *iso, const trail_xml_element *message,
                                       trail_error *err)
{
    if (trail_iso_version(message->space) > 0) return TRAIL_OK;
    return trail_entry_writer_remark(&iso->writer, true, trail_xml_source_line(iso->xml),
                                     "version_unknown",
                                     "the namespace names no version that is known: read by the "
                                     "names of its elements",
                                     message->space, err);
}

void trail_iso_reading_begin_record(trail_iso_reading *iso, trail_record_place *place)
{
    *place = (trail_record_place){.offset = trail_xml_source_offset(iso->xml),
                                  .line = trail_xml_source_line(iso->xml)};
}

void trail_iso_reading_end_record(const trail_iso_reading *iso, trail_record_place *place)
{
    uint64_t length = trail_xml_source_end(iso->xml) - place->offset;
    place->length = length < UINT32_MAX ? (uint32_t)length : UINT32_MAX;
}

/* Line breaks and indents of XML say nothing: a run of blanks becomes one. */
static void join_lines(trail_text *text)
{
    size_t length = 0;
    bool blank = false;
    for (size_t i = 0; i < text->length; i++) {
        char c = text->bytes[i];
        bool is_blank = c == ' ' || c == '\t' || c == '\r' || c == '\n';
        if (!is_blank || !blank) text->bytes[length++] = is_blank ? ' ' : c;
        blank = is_blank;
    }
    text->length = length;
}

trail_status trail_iso_reading_reject(trail_iso_reading *iso, trail_record_place place,
                                      const trail_iso_fault *fault, const char *column,
                                      trail_error *err)
{
    trail_text_reset(&iso->raw);
    trail_status status = trail_xml_source_kept(iso->xml, &iso->raw, err);
    if (status != TRAIL_OK) return status;
    join_lines(&iso->raw);
    return trail_entry_writer_reject(&iso->writer, place, fault->code, column, fault->sentence,
                                     fault->value, trail_text_slice(&iso->raw), err);
}

const char *trail_iso_attribute(const trail_xml_element *element, const char *name)
{
    for (size_t i = 0; element->attributes[i] != NULL; i += 2) {
        if (strcmp(element->attributes[i], name) == 0) return element->attributes[i + 1];
    }
    return NULL;
}
