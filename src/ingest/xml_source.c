#include "ingest/xml_source.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <expat.h>

#include "base/failure.h"
#include "base/memory.h"
#include "base/unicode.h"

#define CHUNK     ((size_t)64 * 1024)
#define SEPARATOR '\n' /* cannot stand in a namespace */

enum { BREAK_TEXT = 256, ENCODING_NAME = 64, MOST_UNDEFINED = 40 };

struct trail_xml_source {
    trail_byte_source *bytes;
    XML_Parser parser;
    trail_xml_handler handler;
    trail_text text;
    unsigned depth;
    bool ended;
    trail_status status;          /* of a handler that failed */
    trail_error *err;             /* of the step under way */
    char encoding[ENCODING_NAME]; /* as given or declared; empty: neither */
    const char *bytes_encoding;   /* by the byte order mark; NULL: as `encoding` says */
    char break_text[BREAK_TEXT];
    /* The newest bytes, at least the last two chunks: window[0] stands at window_start. */
    char *window;
    size_t window_size;
    uint64_t window_start;
    bool keeping;
    uint64_t kept_from;
    trail_text kept; /* of bytes that the window has lost */
};

static void *parser_alloc(size_t size)
{
    return trail_alloc(NULL, size > 0 ? size : 1);
}

static void *parser_realloc(void *old, size_t size)
{
    return trail_alloc(old, size > 0 ? size : 1);
}

static void fail(trail_xml_source *source, trail_status status)
{
    source->status = status;
    (void)XML_StopParser(source->parser, XML_FALSE);
}

TRAIL_PRINTF(2, 3)
static void break_off(trail_xml_source *source, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    (void)vsnprintf(source->break_text, sizeof source->break_text, format, values);
    va_end(values);
    (void)XML_StopParser(source->parser, XML_FALSE);
}

static trail_xml_element element_of(const trail_xml_source *source, const char *name)
{
    const char *mark = strrchr(name, SEPARATOR);
    trail_xml_element element = {.name = name, .depth = source->depth};
    if (mark != NULL) {
        element.name = mark + 1;
        element.space = (trail_slice){name, (size_t)(mark - name)};
    }
    return element;
}

/* Expat may still hand on events of the buffer after it was told to stop. */
static bool stopped(const trail_xml_source *source)
{
    return source->status != TRAIL_OK || source->break_text[0] != '\0';
}

static void XMLCALL on_open(void *context, const XML_Char *name, const XML_Char **attributes)
{
    trail_xml_source *source = context;
    if (stopped(source)) return;
    trail_text_reset(&source->text);
    if (++source->depth > TRAIL_XML_DEPTH) {
        break_off(source, "line %" PRIu64 ": elements are nested deeper than %d",
                  trail_xml_source_line(source), TRAIL_XML_DEPTH);
        return;
    }
    if (XML_GetSpecifiedAttributeCount(source->parser) > 2 * TRAIL_XML_ATTRIBUTES) {
        break_off(source, "line %" PRIu64 ": an element has more than %d attributes",
                  trail_xml_source_line(source), TRAIL_XML_ATTRIBUTES);
        return;
    }
    trail_xml_element element = element_of(source, name);
    element.attributes = (const char *const *)attributes;
    trail_status status = source->handler.open(source->handler.context, &element, source->err);
    if (status != TRAIL_OK) fail(source, status);
}

static void XMLCALL on_close(void *context, const XML_Char *name)
{
    trail_xml_source *source = context;
    if (stopped(source)) return;
    trail_xml_element element = element_of(source, name);
    trail_status status = source->handler.close(source->handler.context, &element,
                                                trail_text_slice(&source->text), source->err);
    trail_text_reset(&source->text);
    source->depth--;
    if (status != TRAIL_OK) fail(source, status);
}

static void XMLCALL on_text(void *context, const XML_Char *text, int length)
{
    trail_xml_source *source = context;
    if (stopped(source)) return;
    if (source->text.length + (size_t)length > TRAIL_XML_TEXT) {
        break_off(source, "line %" PRIu64 ": an element holds more than %d bytes of text",
                  trail_xml_source_line(source), TRAIL_XML_TEXT);
        return;
    }
    trail_status status =
        trail_text_add(&source->text, (trail_slice){text, (size_t)length}, source->err);
    if (status != TRAIL_OK) fail(source, status);
}

static void XMLCALL on_document_type(void *context, const XML_Char *name, const XML_Char *system_id,
                                     const XML_Char *public_id, int has_internal)
{
    (void)name, (void)system_id, (void)public_id, (void)has_internal;
    break_off(context, "the document has a document type declaration (DOCTYPE): bank messages have "
                       "none, and through it a file can name others or grow without limit");
}

static void XMLCALL on_declaration(void *context, const XML_Char *version, const XML_Char *encoding,
                                   int standalone)
{
    trail_xml_source *source = context;
    (void)version, (void)standalone;
    if (encoding != NULL && source->encoding[0] == '\0')
        (void)snprintf(source->encoding, sizeof source->encoding, "%s", encoding);
}

/* The code point of a byte in an encoding of one byte a character; -1: none. */
static int code_point(trail_slice utf8)
{
    const unsigned char *at = (const unsigned char *)utf8.start;
    if (utf8.length == 1) return at[0];
    if (utf8.length == 2) return (at[0] & 0x1F) << 6 | (at[1] & 0x3F);
    if (utf8.length == 3) return (at[0] & 0x0F) << 12 | (at[1] & 0x3F) << 6 | (at[2] & 0x3F);
    return -1;
}

static trail_status fill_encoding(trail_decoder *decoder, XML_Encoding *map, int *undefined,
                                  trail_error *err)
{
    trail_text text = {0};
    trail_status status = TRAIL_OK;
    for (int byte = 0; byte < 256 && status == TRAIL_OK; byte++) {
        char raw = (char)byte;
        size_t bad = SIZE_MAX;
        map->map[byte] = byte;
        if (byte < 128) continue;
        trail_text_reset(&text);
        status = trail_decoder_text(decoder, (trail_slice){&raw, 1}, &text, &bad, err);
        map->map[byte] = bad == SIZE_MAX ? code_point(trail_text_slice(&text)) : -1;
        if (map->map[byte] < 0) (*undefined)++;
    }
    trail_text_clear(&text);
    return status;
}

/* Encodings that expat does not know, from ICU; those of several bytes a character are refused. */
static int XMLCALL on_encoding(void *context, const XML_Char *name, XML_Encoding *map)
{
    trail_xml_source *source = context;
    trail_decoder *decoder = NULL;
    int undefined = 0;
    (void)snprintf(source->encoding, sizeof source->encoding, "%s", name);
    trail_error why = {.status = TRAIL_OK};
    trail_status status = trail_decoder_new(&decoder, name, &why);
    bool plain = status == TRAIL_OK && trail_decoder_keeps_ascii(decoder);
    if (plain) status = fill_encoding(decoder, map, &undefined, &why);
    trail_decoder_free(decoder);
    if (status == TRAIL_NO_MEMORY) source->status = trail_fail_memory(source->err);
    map->data = NULL;
    map->convert = NULL;
    map->release = NULL;
    return status == TRAIL_OK && plain && undefined <= MOST_UNDEFINED ? XML_STATUS_OK
                                                                      : XML_STATUS_ERROR;
}

trail_status trail_xml_source_new(trail_xml_source **out, trail_byte_source *taken_bytes,
                                  const char *encoding, const trail_xml_handler *handler,
                                  trail_error *err)
{
    static const XML_Memory_Handling_Suite memory = {parser_alloc, parser_realloc, trail_free};
    static const XML_Char separator[] = {SEPARATOR, '\0'};
    trail_xml_source *source = NULL;
    *out = NULL;
    trail_status status = trail_alloc_zeroed(&source, 1, sizeof *source, err);
    if (status != TRAIL_OK) {
        trail_byte_source_close(taken_bytes);
        return status;
    }
    source->bytes = taken_bytes;
    source->handler = *handler;
    status = trail_alloc_zeroed(&source->window, 2 * CHUNK, 1, err);
    if (status != TRAIL_OK) goto cleanup;
    source->parser = XML_ParserCreate_MM(encoding, &memory, separator);
    if (source->parser == NULL) {
        status = trail_fail_memory(err);
        goto cleanup;
    }
    if (encoding != NULL) (void)snprintf(source->encoding, sizeof source->encoding, "%s", encoding);
    XML_SetUserData(source->parser, source);
    XML_SetElementHandler(source->parser, on_open, on_close);
    XML_SetCharacterDataHandler(source->parser, on_text);
    XML_SetStartDoctypeDeclHandler(source->parser, on_document_type);
    XML_SetXmlDeclHandler(source->parser, on_declaration);
    XML_SetUnknownEncodingHandler(source->parser, on_encoding, source);
    *out = source;
    source = NULL;
cleanup:
    trail_xml_source_free(source);
    return status;
}

void trail_xml_source_free(trail_xml_source *source)
{
    if (source == NULL) return;
    if (source->parser != NULL) XML_ParserFree(source->parser);
    trail_byte_source_close(source->bytes);
    trail_text_clear(&source->text);
    trail_text_clear(&source->kept);
    trail_free(source->window);
    trail_free(source);
}

/* Bytes [from, to) as far as the window has them. */
static trail_slice in_window(const trail_xml_source *source, uint64_t from, uint64_t to)
{
    uint64_t window_end = source->window_start + source->window_size;
    if (from < source->window_start) from = source->window_start;
    if (to > window_end) to = window_end;
    if (to <= from) return (trail_slice){0};
    return (trail_slice){source->window + (from - source->window_start), (size_t)(to - from)};
}

/* Makes room for a chunk; what is kept and would be lost is laid aside. */
static trail_status slide(trail_xml_source *source, trail_error *err)
{
    if (source->window_size <= CHUNK) return TRAIL_OK;
    size_t lost = source->window_size - CHUNK;
    uint64_t lost_end = source->window_start + lost;
    if (source->keeping && source->kept.length < TRAIL_XML_KEPT) {
        trail_slice more = in_window(source, source->kept_from + source->kept.length, lost_end);
        if (more.length > TRAIL_XML_KEPT) more.length = TRAIL_XML_KEPT;
        trail_status status = trail_text_add(&source->kept, more, err);
        if (status != TRAIL_OK) return status;
    }
    memmove(source->window, source->window + lost, CHUNK);
    source->window_size = CHUNK;
    source->window_start = lost_end;
    return TRAIL_OK;
}

static void explain_bad_bytes(trail_xml_source *source, uint64_t line)
{
    uint64_t at = trail_xml_source_offset(source);
    trail_slice byte = in_window(source, at, at + 1);
    bool beyond_ascii = byte.length == 1 && (unsigned char)byte.start[0] >= 0x80;
    const char *name = source->encoding[0] != '\0' ? source->encoding : "UTF-8";
    if (beyond_ascii) {
        break_off(source,
                  "line %" PRIu64 " holds bytes that are no text in %s, which is the "
                  "document's encoding by its own words: if it is another, say encoding: in the "
                  "source",
                  line, name);
    } else if (byte.length == 1 && byte.start[0] == '\0') {
        break_off(source,
                  "line %" PRIu64 " (byte %" PRIu64 ") holds a byte of zero, which no XML "
                  "document may hold",
                  line, at);
    } else {
        break_off(source, "line %" PRIu64 " (byte %" PRIu64 "): not well-formed XML", line, at);
    }
}

static void explain(trail_xml_source *source, enum XML_Error code)
{
    uint64_t line = trail_xml_source_line(source);
    if (code == XML_ERROR_INVALID_TOKEN) {
        explain_bad_bytes(source, line);
    } else if (code == XML_ERROR_UNKNOWN_ENCODING) {
        break_off(source, "the encoding '%.60s' is not one that is read", source->encoding);
    } else if (code == XML_ERROR_INCORRECT_ENCODING) {
        break_off(source, "the document says it is in '%.60s', but its bytes are not",
                  source->encoding);
    } else if (code == XML_ERROR_NO_ELEMENTS || code == XML_ERROR_UNCLOSED_TOKEN ||
               code == XML_ERROR_PARTIAL_CHAR || code == XML_ERROR_UNCLOSED_CDATA_SECTION) {
        break_off(source, "the document breaks off before its end, in line %" PRIu64, line);
    } else if (code == XML_ERROR_JUNK_AFTER_DOC_ELEMENT) {
        break_off(source, "line %" PRIu64 ": something stands behind the end of the document",
                  line);
    } else {
        break_off(source, "line %" PRIu64 " (byte %" PRIu64 "): not well-formed XML: %s", line,
                  trail_xml_source_offset(source), XML_ErrorString(code));
    }
}

static trail_status parse(trail_xml_source *source, const char *bytes, size_t size,
                          trail_error *err)
{
    source->err = err;
    enum XML_Status parsed = XML_Parse(source->parser, bytes, (int)size, size == 0);
    source->err = NULL;
    if (source->status != TRAIL_OK) return source->status;
    if (source->break_text[0] != '\0') return TRAIL_OK;
    if (parsed == XML_STATUS_OK) {
        uint64_t given = source->window_start + source->window_size;
        if (given > trail_xml_source_offset(source) + TRAIL_XML_TAG + CHUNK)
            break_off(source, "line %" PRIu64 ": a tag or comment of more than %d bytes",
                      trail_xml_source_line(source), TRAIL_XML_TAG);
        return TRAIL_OK;
    }
    enum XML_Error code = XML_GetErrorCode(source->parser);
    if (code == XML_ERROR_NO_MEMORY) return trail_fail_memory(err);
    const char *broken = trail_byte_source_break(source->bytes);
    if (broken != NULL && size == 0) {
        break_off(source, "%s", broken);
    } else {
        explain(source, code);
    }
    return TRAIL_OK;
}

static void look_for_mark(trail_xml_source *source)
{
    if (source->window_size < 2) return;
    if (memcmp(source->window, "\xFF\xFE", 2) == 0) source->bytes_encoding = "UTF-16LE";
    if (memcmp(source->window, "\xFE\xFF", 2) == 0) source->bytes_encoding = "UTF-16BE";
}

trail_status trail_xml_source_step(trail_xml_source *source, bool *more, trail_error *err)
{
    size_t size = 0;
    *more = false;
    if (source->ended) return source->status;
    trail_status status = slide(source, err);
    if (status == TRAIL_OK) {
        status = trail_byte_source_read(source->bytes, source->window + source->window_size, CHUNK,
                                        &size, err);
    }
    if (status == TRAIL_OK) {
        const char *fresh = source->window + source->window_size;
        source->window_size += size;
        if (source->window_start == 0) look_for_mark(source);
        status = parse(source, fresh, size, err);
    }
    source->ended = status != TRAIL_OK || size == 0 || source->break_text[0] != '\0';
    *more = !source->ended;
    return status;
}

const char *trail_xml_source_break(const trail_xml_source *source)
{
    return source->break_text[0] != '\0' ? source->break_text : NULL;
}

uint64_t trail_xml_source_raw_done(const trail_xml_source *source)
{
    return trail_byte_source_raw_done(source->bytes);
}

uint64_t trail_xml_source_offset(const trail_xml_source *source)
{
    XML_Index at = XML_GetCurrentByteIndex(source->parser);
    return at < 0 ? 0 : (uint64_t)at;
}

uint64_t trail_xml_source_end(const trail_xml_source *source)
{
    int size = XML_GetCurrentByteCount(source->parser);
    return trail_xml_source_offset(source) + (size > 0 ? (uint64_t)size : 0);
}

uint64_t trail_xml_source_line(const trail_xml_source *source)
{
    return XML_GetCurrentLineNumber(source->parser);
}

void trail_xml_source_keep(trail_xml_source *source)
{
    source->keeping = true;
    source->kept_from = trail_xml_source_offset(source);
    trail_text_reset(&source->kept);
}

trail_status trail_xml_source_kept(const trail_xml_source *source, trail_text *out,
                                   trail_error *err)
{
    trail_text raw = {0};
    trail_decoder *decoder = NULL;
    size_t bad = SIZE_MAX;
    if (!source->keeping) return TRAIL_OK;
    trail_status status = trail_text_add(&raw, trail_text_slice(&source->kept), err);
    if (status == TRAIL_OK) {
        trail_slice more =
            in_window(source, source->kept_from + raw.length, trail_xml_source_end(source));
        if (more.length > TRAIL_XML_KEPT - raw.length) more.length = TRAIL_XML_KEPT - raw.length;
        status = trail_text_add(&raw, more, err);
    }
    const char *name = source->encoding[0] != '\0' ? source->encoding : "UTF-8";
    if (source->bytes_encoding != NULL) name = source->bytes_encoding;
    if (status == TRAIL_OK) status = trail_decoder_new(&decoder, name, err);
    if (status == TRAIL_OK) {
        status = trail_decoder_text(decoder, trail_text_slice(&raw), out, &bad, err);
    }
    trail_decoder_free(decoder);
    trail_text_clear(&raw);
    return status;
}
