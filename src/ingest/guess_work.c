#include "ingest/guess_work.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/byte_source.h"

trail_guess_column *trail_guess_column_at(const trail_guess *guess, uint32_t index)
{
    return trail_vector_at(&guess->columns, index);
}

trail_guess_column *trail_guess_column_of(const trail_guess *guess, int meaning)
{
    for (size_t i = 0; i < guess->columns.count; i++) {
        trail_guess_column *column = trail_vector_at(&guess->columns, i);
        if (column->meaning == meaning) return column;
    }
    return NULL;
}

const trail_guess_column *trail_guess_find(const trail_guess *guess, int meaning)
{
    return trail_guess_column_of(guess, meaning);
}

bool trail_guess_is_date(const trail_guess_column *column)
{
    return column->date.outcome == TRAIL_STYLE_DECIDED ||
           column->date.outcome == TRAIL_STYLE_UNDECIDED;
}

bool trail_guess_is_money(const trail_guess_column *column)
{
    return column->money.outcome == TRAIL_STYLE_DECIDED ||
           column->money.outcome == TRAIL_STYLE_UNDECIDED;
}

bool trail_guess_is_clear_money(const trail_guess_work *work, uint32_t index)
{
    const trail_money_guess *money = &work->contents[index].money;
    if (!trail_guess_is_money(trail_guess_column_at(work->guess, index))) return false;
    uint64_t marks = money->open[0] + money->open[1] + money->decimal[0] + money->decimal[1];
    for (size_t i = 0; i < sizeof money->grouping / sizeof money->grouping[0]; i++)
        marks += money->grouping[i];
    return marks + money->negatives + money->pluses > 0;
}

static bool is_plain_digits(const trail_guess_column *column)
{
    const char *format = column->date.format;
    return strncmp(format, "YYYYMMDD", 8) == 0 || strncmp(format, "YYMMDD", 6) == 0 ||
           strncmp(format, "DDMM", 4) == 0 || strncmp(format, "MMDD", 4) == 0;
}

/* A column that looks like dates, whatever its heading; digits alone might be anything. */
bool trail_guess_looks_like_dates(const trail_guess_column *column)
{
    return trail_guess_is_date(column) && !is_plain_digits(column);
}

const char *trail_guess_label(const trail_guess_column *column, char room[24])
{
    if (column->header != NULL) return column->header;
    snprintf(room, 24, "column %u", column->position);
    return room;
}

bool trail_guess_is_doubted(const trail_guess *guess, int meaning)
{
    for (size_t i = 0; i < guess->doubts.count; i++) {
        const trail_doubt *doubt = trail_vector_at(&guess->doubts, i);
        if (doubt->subject == TRAIL_GUESS_COLUMN && (int)doubt->column == meaning) return true;
    }
    return false;
}

/* The only column whose content fits; that its heading is not known is said. */
trail_status trail_guess_take_only(trail_guess_work *work, uint32_t index, trail_column meaning,
                                   trail_error *err)
{
    trail_guess_column *column = trail_guess_column_at(work->guess, index);
    column->meaning = (int)meaning;
    const trail_heading *heading = &work->headings[index];
    for (unsigned i = 0; i < heading->count; i++)
        if (heading->senses[i].meaning == (int)meaning) return TRAIL_OK;
    if (column->header == NULL) return TRAIL_OK;
    return trail_guess_doubt(
        work->guess, (trail_doubt){.subject = TRAIL_GUESS_COLUMN, .column = meaning}, NULL, err,
        "%s is taken for %s: no other column fits", column->header, trail_column_name(meaning));
}

const char *trail_guess_text(trail_guess_work *work, trail_slice field, trail_error *err)
{
    trail_text decoded = {0}, printable = {0};
    const char *copy = NULL;
    size_t bad;
    if (work->decoder != NULL) {
        if (trail_decoder_text(work->decoder, field, &decoded, &bad, err) != TRAIL_OK) goto cleanup;
        field = trail_text_slice(&decoded);
    }
    if (trail_unicode_printable(trail_slice_trim(field), &printable, err) != TRAIL_OK) goto cleanup;
    copy = trail_arena_copy(&work->guess->arena, trail_text_slice(&printable), err);
cleanup:
    trail_text_clear(&decoded);
    trail_text_clear(&printable);
    return copy;
}

TRAIL_PRINTF(2, 0)
static const char *sentence(trail_guess *guess, const char *format, va_list arguments,
                            trail_error *err)
{
    char text[900];
    int length = vsnprintf(text, sizeof text, format, arguments);
    size_t kept = length < 0 ? 0 : (size_t)length;
    if (kept >= sizeof text) {
        kept = sizeof text - 1;
        while (kept > 0 && (text[kept] & 0xC0) == 0x80)
            kept--;
    }
    return trail_arena_copy(&guess->arena, (trail_slice){text, kept}, err);
}

trail_status trail_guess_doubt(trail_guess *guess, trail_doubt what, const char *paste,
                               trail_error *err, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    what.text = sentence(guess, format, arguments, err);
    va_end(arguments);
    if (what.text == NULL) return TRAIL_NO_MEMORY;
    if (paste != NULL) {
        what.paste = trail_arena_copy(&guess->arena, trail_slice_of(paste), err);
        if (what.paste == NULL) return TRAIL_NO_MEMORY;
    }
    return trail_vector_push(&guess->doubts, &what, err);
}

trail_status trail_guess_note(trail_guess *guess, trail_error *err, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const char *text = sentence(guess, format, arguments, err);
    va_end(arguments);
    if (text == NULL) return TRAIL_NO_MEMORY;
    return trail_vector_push(&guess->notes, &text, err);
}

trail_status trail_guess_each_row(trail_guess_work *work, trail_guess_visit visit, void *context,
                                  trail_error *err)
{
    trail_byte_source *source = NULL;
    trail_row_reader *reader = NULL;
    trail_row rows[TRAIL_ROW_BATCH];
    size_t count = 1;
    trail_status status = work->location != NULL
                              ? trail_location_open(&source, work->location, err)
                              : trail_byte_source_over(&source, work->bytes, err);
    if (status != TRAIL_OK) goto cleanup;
    if ((status = trail_row_reader_new(&reader, source, work->style, err)) != TRAIL_OK)
        goto cleanup;
    trail_row_reader_expect(reader, work->header.field_count, work->header.field_count);
    while (count > 0) {
        status = trail_row_reader_next(reader, rows, TRAIL_ROW_BATCH, &count, err);
        for (size_t i = 0; i < count && status == TRAIL_OK; i++)
            if (rows[i].line > work->header_line) status = visit(context, &rows[i], err);
        if (status != TRAIL_OK) goto cleanup;
    }
cleanup:
    trail_row_reader_free(reader);
    trail_byte_source_close(source);
    return status;
}
