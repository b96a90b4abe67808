#include "ingest/fin_file.h"

#include <string.h>

#include "base/utf8.h"

trail_status trail_fin_file_init(trail_fin_file *file, trail_reading *reading, trail_error *err)
{
    const trail_source *source = reading->source;
    *file = (trail_fin_file){.reading = reading, .near = source->to};
    if (file->near == TRAIL_NO_DAY) file->near = source->scope_to;
    const char *encoding = source->encoding;
    if (encoding == NULL && source->profile != NULL) encoding = source->profile->encoding;
    trail_status status = TRAIL_OK;
    if (encoding != NULL) status = trail_decoder_new(&file->decoder, encoding, err);
    return status == TRAIL_OK ? trail_entry_writer_init(&file->writer, reading, err) : status;
}

void trail_fin_file_clear(trail_fin_file *file)
{
    trail_entry_writer_clear(&file->writer);
    trail_decoder_free(file->decoder);
    trail_decoder_free(file->fallback);
    *file = (trail_fin_file){0};
}

static trail_status decode_foreign(trail_fin_file *file, trail_slice bytes, uint64_t line,
                                   trail_text *out, trail_error *err)
{
    size_t bad = SIZE_MAX;
    trail_decoder *decoder = file->decoder;
    trail_status status = TRAIL_OK;
    if (decoder == NULL) {
        if (file->fallback == NULL)
            status = trail_decoder_new(&file->fallback, "windows-1252", err);
        if (status == TRAIL_OK)
            status = trail_fin_file_once(file, TRAIL_FIN_ONCE_ENCODING, line, err);
        if (status != TRAIL_OK) return status;
        decoder = file->fallback;
    }
    status = trail_decoder_text(decoder, bytes, out, &bad, err);
    if (status != TRAIL_OK || bad == SIZE_MAX || file->decoder == NULL) return status;
    return trail_fin_file_remark(file, line, "bad_encoding",
                                 "bytes that the declared encoding does not have",
                                 trail_text_slice(out), err);
}

trail_status trail_fin_file_decode(trail_fin_file *file, trail_slice bytes, uint64_t line,
                                   trail_text *out, trail_error *err)
{
    trail_text_reset(out);
    bool plain = trail_utf8_ascii_run(bytes) == bytes.length;
    trail_status status = plain || (file->decoder == NULL && trail_utf8_bad_byte(bytes) == SIZE_MAX)
                              ? trail_text_add(out, bytes, err)
                              : decode_foreign(file, bytes, line, out, err);
    if (status != TRAIL_OK || out->length == 0) return status;
    char *nul = out->bytes;
    while ((nul = memchr(nul, '\0', out->length - (size_t)(nul - out->bytes))) != NULL)
        *nul = ' ';
    return TRAIL_OK;
}

trail_status trail_fin_file_once(trail_fin_file *file, trail_fin_once what, uint64_t line,
                                 trail_error *err)
{
    static const struct {
        const char *code, *sentence;
    } rows[TRAIL_FIN_ONCE_COUNT] = {
        [TRAIL_FIN_ONCE_ENCODING] = {"encoding_assumed",
                                     "from this line on there are bytes that are not UTF-8: read "
                                     "as windows-1252 (say encoding: in the source if it is "
                                     "another)"},
        [TRAIL_FIN_ONCE_ENTRY_DATE] = {"entry_date_missing",
                                       "from this line on entries give no entry date: the value "
                                       "date is taken as the booking date"},
        [TRAIL_FIN_ONCE_POINT] = {"amount_with_point",
                                  "from this line on amounts have a point in place of the comma"},
        [TRAIL_FIN_ONCE_TYPE] = {"type_missing",
                                 "from this line on entries give no transaction type"},
        [TRAIL_FIN_ONCE_WITHIN] = {"tag_within_line",
                                   "from this line on there are tags that do not begin their "
                                   "line: taken as tags"}};
    if (file->said[what]) return TRAIL_OK;
    file->said[what] = true;
    return trail_fin_file_remark(file, line, rows[what].code, rows[what].sentence,
                                 (trail_slice){"", 0}, err);
}

trail_status trail_fin_file_remark(trail_fin_file *file, uint64_t line, const char *code,
                                   const char *sentence, trail_slice value, trail_error *err)
{
    return trail_entry_writer_remark(&file->writer, true, line, code, sentence, value, err);
}

static trail_status add_as_one_line(trail_text *out, trail_slice text, trail_error *err)
{
    trail_status status = trail_text_add(out, trail_slice_trim(text), err);
    for (size_t i = 0; i < out->length; i++) {
        if (out->bytes[i] == '\n') out->bytes[i] = ' ';
    }
    return status;
}

trail_status trail_fin_file_reject(trail_fin_file *file, trail_record_place place, const char *code,
                                   const char *column, const char *sentence, trail_slice value,
                                   trail_slice raw, trail_error *err)
{
    trail_text shown = {0}, said = {0};
    trail_status status = add_as_one_line(&shown, raw, err);
    if (status == TRAIL_OK) status = add_as_one_line(&said, value, err);
    if (status == TRAIL_OK) {
        status = trail_entry_writer_reject(&file->writer, place, code, column, sentence,
                                           trail_text_slice(&said), trail_text_slice(&shown), err);
    }
    trail_text_clear(&shown);
    trail_text_clear(&said);
    return status;
}

trail_status trail_fin_file_check_field(trail_fin_file *file, const trail_fin_field *field,
                                        trail_error *err)
{
    trail_slice tag = trail_slice_of(field->tag);
    trail_status status = TRAIL_OK;
    if (!field->known) {
        return trail_fin_file_remark(file, field->line, "unknown_tag",
                                     "a tag that this type of message does not have: not read", tag,
                                     err);
    }
    if (field->inside) status = trail_fin_file_once(file, TRAIL_FIN_ONCE_WITHIN, field->line, err);
    if (field->cut && status == TRAIL_OK) {
        status =
            trail_fin_file_remark(file, field->line, "field_cut",
                                  "a field of over 64 KiB: what is longer is not read", tag, err);
    }
    return status;
}
