/* The reader of SWIFT messages in FIN: statements, payment messages and advices, in any container.
 * One pass, a field at a time; a message that is no statement is kept whole, and it is short. */
#include "ingest/reader.h"

#include <inttypes.h>
#include <string.h>

#include "ingest/fin_message.h"
#include "ingest/fin_statement.h"
#include "ingest/first_bytes.h"
#include "ingest/row.h"

enum { LOOK = 4096, PROGRESS_FIELDS = 65536 };

typedef struct fin_reading {
    trail_fin_file file;
    trail_fin_fields fields;
    trail_fin_statement statement;
    trail_fin_message message;
    bool decided, is_statement;
    bool outside; /* words between messages were remarked on */
    uint64_t messages;
    uint64_t end;       /* offset behind the newest field */
    trail_text cut_off; /* empty, or that the file ends in a message */
} fin_reading;

static bool is_tag_line(trail_slice line)
{
    size_t length = trail_fin_tag_length(line);
    static const char *const tags[] = {
        ":20:",  ":25:",  ":28:",  ":28C:", ":60F:", ":60M:", ":61:",  ":86:", ":62F:",
        ":62M:", ":13D:", ":34F:", ":64:",  ":90C:", ":90D:", ":25P:", ":NS:"};
    for (size_t i = 0; i < TRAIL_LENGTH_OF(tags) && length > 0; i++) {
        if (strncmp(line.start, tags[i], length) == 0 && strlen(tags[i]) == length) return true;
    }
    return false;
}

/* "{1:F01" with a text behind it, or known tags at the start of lines. */
static bool is_fin(trail_slice first)
{
    size_t basic = trail_slice_find(first, trail_slice_of("{1:"));
    if (basic != SIZE_MAX) {
        trail_slice rest = {first.start + basic, first.length - basic};
        if (trail_slice_find(rest, trail_slice_of("{4:")) != SIZE_MAX ||
            trail_slice_find(rest, trail_slice_of("{2:")) != SIZE_MAX)
            return true;
    }
    bool starts = true;
    for (size_t i = 0; i < first.length; i++) {
        char c = first.start[i];
        if (starts && is_tag_line((trail_slice){first.start + i, first.length - i})) return true;
        bool blank = c == ' ' || c == '\xef' || c == '\xbb' || c == '\xbf' || c == '\x01';
        starts = c == '\n' || c == '\r' || c == '@' || (starts && blank);
    }
    return false;
}

/* The letters of UTF-16 without the zero bytes between them; of anything else nothing. */
static trail_slice narrow(trail_slice first, char plain[LOOK])
{
    trail_slice letters = {plain, 0};
    if (trail_row_wide_guess(first) == TRAIL_ROW_BYTES) return letters;
    for (size_t i = 0; i < first.length; i++) {
        unsigned char byte = (unsigned char)first.start[i];
        bool is_mark = i < 2 && byte >= 0xFE;
        if (byte != 0 && !is_mark) plain[letters.length++] = first.start[i];
    }
    return letters;
}

static bool recognise(trail_slice first)
{
    char plain[LOOK];
    if (first.length > LOOK) first.length = LOOK;
    return is_fin(first) || is_fin(narrow(first, plain));
}

static trail_status begin_message(fin_reading *fin, trail_error *err)
{
    const trail_fin_header *header = &fin->fields.blocks.header;
    trail_fin_family family = trail_fin_family_of(header->type);
    fin->messages++;
    fin->outside = false;
    fin->decided = family != TRAIL_FIN_ANY;
    fin->is_statement = family == TRAIL_FIN_STATEMENT;
    fin->end = header->offset;
    trail_fin_message_reset(&fin->message);
    if (header->refused && fin->is_statement) {
        return trail_fin_file_remark(&fin->file, header->line, "message_refused",
                                     "the network refused this statement: it is read, but was not "
                                     "delivered this way",
                                     (trail_slice){"", 0}, err);
    }
    if (!header->has_blocks || header->has_type) return TRAIL_OK;
    return trail_fin_file_remark(&fin->file, header->line, "block_missing",
                                 header->bad_type
                                     ? "block 2 cannot be read: the type follows from the fields"
                                     : "the message has no block 2: its type follows from the "
                                       "fields",
                                 (trail_slice){"", 0}, err);
}

/* Bare tags are a statement's from the first tag on that only statements have. */
static trail_status decide(fin_reading *fin, bool is_statement, trail_error *err)
{
    trail_status status = TRAIL_OK;
    fin->decided = true;
    fin->is_statement = is_statement;
    if (!is_statement) return TRAIL_OK;
    trail_fin_fields_decide(&fin->fields, TRAIL_FIN_STATEMENT);
    for (size_t i = 0; i < fin->message.fields.count && status == TRAIL_OK; i++) {
        trail_fin_field kept = trail_fin_message_field(&fin->message, i);
        status = trail_fin_statement_field(&fin->statement, &kept, err);
    }
    trail_fin_message_reset(&fin->message);
    return status;
}

static trail_status take_field(fin_reading *fin, const trail_fin_field *field, trail_error *err)
{
    static const char *const statement[] = {"28", "60", "61", "62", "64",
                                            "65", "86", "34", "90", "NS"};
    static const char *const payment[] = {"23", "32", "33", "50", "59", "58", "70", "71"};
    trail_status status = TRAIL_OK;
    fin->end = field->end;
    for (size_t i = 0; i < TRAIL_LENGTH_OF(statement) && !fin->decided; i++) {
        if (trail_fin_tag_number_is(field, statement[i])) status = decide(fin, true, err);
    }
    for (size_t i = 0; i < TRAIL_LENGTH_OF(payment) && !fin->decided; i++) {
        if (trail_fin_tag_number_is(field, payment[i])) status = decide(fin, false, err);
    }
    if (status != TRAIL_OK) return status;
    if (fin->decided && fin->is_statement)
        return trail_fin_statement_field(&fin->statement, field, err);
    return trail_fin_message_keep(&fin->message, field, err);
}

static trail_status end_message(fin_reading *fin, const trail_fin_event *event, trail_error *err)
{
    const trail_fin_header *header = &fin->fields.blocks.header;
    trail_status status = TRAIL_OK;
    bool nothing = fin->message.fields.count == 0 && !fin->statement.open;
    bool at_end = !event->terminated && !fin->fields.blocks.has_line;
    fin->statement.cut_off = fin->message.cut_off = at_end && fin->fields.blocks.lines.open_end;
    if (!fin->decided && !nothing) status = decide(fin, true, err);
    if (status == TRAIL_OK) {
        status = fin->is_statement && fin->statement.open
                     ? trail_fin_statement_end(&fin->statement, err)
                 : !fin->is_statement || nothing
                     ? trail_fin_message_put(&fin->message, event->offset, err)
                     : TRAIL_OK;
    }
    if (status != TRAIL_OK || event->terminated || !header->has_blocks) return status;
    if (at_end)
        status = trail_text_add_format(&fin->cut_off, err,
                                       "the file breaks off in the message that begins in line "
                                       "%" PRIu64 ", before its end mark",
                                       header->line);
    if (status != TRAIL_OK) return status;
    return trail_fin_file_remark(&fin->file, header->line, "message_unterminated",
                                 "the message has no end mark: it may be cut", (trail_slice){"", 0},
                                 err);
}

static trail_status take_step(fin_reading *fin, trail_fin_step step, const trail_fin_field *field,
                              trail_error *err)
{
    const trail_fin_event *event = &fin->fields.event;
    switch (step) {
    case TRAIL_FIN_STEP_MESSAGE:
        return begin_message(fin, err);
    case TRAIL_FIN_STEP_FIELD:
        return take_field(fin, field, err);
    case TRAIL_FIN_STEP_CLOSE:
        return end_message(fin, event, err);
    case TRAIL_FIN_STEP_EMPTY:
        fin->messages++;
        trail_fin_message_reset(&fin->message);
        return trail_fin_message_put(&fin->message, event->offset, err);
    case TRAIL_FIN_STEP_LOOSE:
    case TRAIL_FIN_STEP_OUTSIDE:
        break;
    case TRAIL_FIN_STEP_END:
        return TRAIL_OK;
    }
    trail_text text = {0};
    if (step == TRAIL_FIN_STEP_OUTSIDE && fin->outside) return TRAIL_OK;
    fin->outside = fin->outside || step == TRAIL_FIN_STEP_OUTSIDE;
    trail_status status = trail_fin_file_decode(&fin->file, event->text, event->line, &text, err);
    if (status == TRAIL_OK) {
        status =
            step == TRAIL_FIN_STEP_LOOSE
                ? trail_fin_file_remark(&fin->file, event->line, "unexpected_line",
                                        "a line that belongs to no field: not read",
                                        trail_text_slice(&text), err)
                : trail_fin_file_remark(&fin->file, event->line, "text_outside_message",
                                        "words outside of any message, from this line on: not read",
                                        trail_text_slice(&text), err);
    }
    trail_text_clear(&text);
    return status;
}

static void report_progress(const trail_reading *reading, const trail_byte_source *source)
{
    const trail_progress *progress = reading->progress;
    if (progress == NULL) return;
    progress->report(progress->context, "read", "bytes",
                     reading->bytes_before + trail_byte_source_raw_done(source),
                     reading->bytes_total);
}

/* Acknowledgements whose message was not sent along. */
static trail_status put_lone_acknowledgement(fin_reading *fin, const trail_byte_source *source,
                                             trail_error *err)
{
    if (fin->messages > 0) return TRAIL_OK;
    uint64_t given = trail_byte_source_given(source);
    trail_record_place place = {
        .line = 1,
        .length = given > TRAIL_RECORD_LENGTH_LIMIT ? TRAIL_RECORD_LENGTH_LIMIT : (uint32_t)given};
    bool acknowledged = fin->fields.blocks.acknowledgements > 0;
    return trail_entry_writer_no_payment(
        &fin->file.writer, place, acknowledged ? "acknowledgement" : "no_message",
        acknowledged ? "an acknowledgement of the network without its message"
                     : "no message stands in the file",
        err);
}

static trail_status read_messages(fin_reading *fin, const trail_byte_source *source,
                                  trail_error *err)
{
    trail_fin_step step = TRAIL_FIN_STEP_END;
    trail_fin_field field;
    uint64_t fields = 0;
    do {
        trail_status status = trail_fin_fields_next(&fin->fields, &step, &field, err);
        if (status == TRAIL_OK) status = take_step(fin, step, &field, err);
        if (status != TRAIL_OK) return status;
        if (++fields % PROGRESS_FIELDS == 0) report_progress(fin->file.reading, source);
    } while (step != TRAIL_FIN_STEP_END);
    return put_lone_acknowledgement(fin, source, err);
}

/* Networks and banks send one byte a letter: a program in between wrote the file anew. */
static trail_status refuse_wide(trail_reading *reading, bool *wide, trail_error *err)
{
    trail_text first = {0};
    trail_status status = trail_first_bytes(&reading->location, &first, err);
    *wide = status == TRAIL_OK && trail_row_wide_guess(trail_text_slice(&first)) != TRAIL_ROW_BYTES;
    trail_text_clear(&first);
    if (!*wide) return status;
    return trail_text_add(&reading->aside.reason,
                          trail_slice_of("SWIFT messages in UTF-16 (two bytes a letter): ask for "
                                         "the file as the bank's system wrote it, or save a copy "
                                         "as UTF-8 and keep the original"),
                          err);
}

static trail_status read_file(trail_reading *reading, trail_error *err)
{
    fin_reading fin = {0};
    trail_byte_source *source = NULL;
    bool wide = false;
    trail_status status = refuse_wide(reading, &wide, err);
    if (status != TRAIL_OK || wide) return status;
    status = trail_location_open(&source, &reading->location, err);
    if (status != TRAIL_OK) return status;
    status = trail_fin_file_init(&fin.file, reading, err);
    if (status == TRAIL_OK) status = trail_fin_fields_init(&fin.fields, source, err);
    fin.statement.file = &fin.file;
    fin.statement.header = &fin.fields.blocks.header;
    trail_fin_message_init(&fin.message, &fin.file, &fin.fields.blocks.header);
    if (status == TRAIL_OK) status = read_messages(&fin, source, err);
    if (status == TRAIL_OK) {
        const char *broken = trail_byte_source_break(source);
        if (broken == NULL && fin.cut_off.length > 0) broken = fin.cut_off.bytes;
        status = trail_entry_writer_finish(&fin.file.writer, broken, err);
    }
    trail_text_clear(&fin.cut_off);
    trail_fin_message_clear(&fin.message);
    trail_fin_statement_clear(&fin.statement);
    trail_fin_fields_clear(&fin.fields);
    trail_fin_file_clear(&fin.file);
    trail_byte_source_close(source);
    return status;
}

const trail_reader trail_fin_reader = {
    .name = "fin",
    .summary = "SWIFT messages: MT940, 942, 950, 900, 910, 103, 202, with or without blocks",
    .needs_profile = false,
    .recognise = recognise,
    .read = read_file};
