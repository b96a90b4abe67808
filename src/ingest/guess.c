#include "ingest/guess.h"

#include <stdio.h>

#include "base/byte_source.h"
#include "base/failure.h"
#include "base/memory.h"
#include "ingest/first_bytes.h"
#include "ingest/guess_work.h"
#include "ingest/reader.h"

/* Three readings: the first 64 KiB give delimiter and header; the whole file gives what each column
 * holds; the whole file again checks balances and counts codes. O(bytes). */

#define SAMPLE_BYTES (64u * 1024u)
#define SAMPLE_ROWS  400

void trail_guess_clear(trail_guess *guess)
{
    trail_vector_clear(&guess->columns);
    trail_vector_clear(&guess->codes);
    trail_vector_clear(&guess->doubts);
    trail_vector_clear(&guess->notes);
    trail_vector_clear(&guess->profile.columns);
    trail_vector_clear(&guess->profile.signs);
    trail_vector_clear(&guess->profile.kinds);
    trail_vector_clear(&guess->profile.texts);
    trail_vector_clear(&guess->profile.no_payment);
    trail_vector_clear(&guess->profile.empty_accounts);
    trail_vector_clear(&guess->profile.currencies);
    trail_vector_clear(&guess->profile.truth);
    trail_vector_clear(&guess->profile.statuses);
    trail_vector_clear(&guess->profile.totals);
    trail_arena_clear(&guess->arena);
    *guess = (trail_guess){0};
}

static void init_guess(trail_guess *guess)
{
    *guess = (trail_guess){
        .columns = trail_vector_of(sizeof(trail_guess_column)),
        .codes = trail_vector_of(sizeof(trail_guess_code)),
        .doubts = trail_vector_of(sizeof(trail_doubt)),
        .notes = trail_vector_of(sizeof(const char *)),
    };
    trail_profile *profile = &guess->profile;
    profile->columns = trail_vector_of(sizeof(trail_profile_column));
    profile->signs = trail_vector_of(sizeof(trail_value_rule));
    profile->kinds = trail_vector_of(sizeof(trail_value_rule));
    profile->texts = trail_vector_of(sizeof(trail_value_rule));
    profile->no_payment = trail_vector_of(sizeof(trail_value_rule));
    profile->empty_accounts = trail_vector_of(sizeof(const char *));
    profile->currencies = trail_vector_of(sizeof(trail_value_rule));
    profile->truth = trail_vector_of(sizeof(const char *));
    profile->statuses = trail_vector_of(sizeof(trail_value_rule));
    profile->totals = trail_vector_of(sizeof(const char *));
}

bool trail_guess_is_no_table(const trail_guess *guess)
{
    for (size_t i = 0; i < guess->doubts.count; i++) {
        const trail_doubt *doubt = trail_vector_at(&guess->doubts, i);
        if (doubt->blocking && doubt->subject == TRAIL_GUESS_FILE) return true;
    }
    return false;
}

bool trail_guess_decided(const trail_guess *guess)
{
    for (size_t i = 0; i < guess->doubts.count; i++)
        if (((const trail_doubt *)trail_vector_at(&guess->doubts, i))->blocking) return false;
    return true;
}

/* A sample of nothing is a doubt. */
static trail_status read_sample(const trail_guess_work *work, trail_text *sample, trail_error *err)
{
    trail_byte_source *source = NULL;
    char block[8192];
    size_t size = 1;
    trail_status status = work->location != NULL
                              ? trail_location_open(&source, work->location, err)
                              : trail_byte_source_over(&source, work->bytes, err);
    while (status == TRAIL_OK && size > 0 && sample->length < SAMPLE_BYTES) {
        status = trail_byte_source_read(source, block, sizeof block, &size, err);
        if (status == TRAIL_OK) status = trail_text_add(sample, (trail_slice){block, size}, err);
    }
    if (status == TRAIL_OK && sample->length == 0)
        status = trail_guess_doubt(work->guess,
                                   (trail_doubt){.subject = TRAIL_GUESS_FILE, .blocking = true},
                                   NULL, err, "%s", trail_byte_source_nothing(source));
    trail_byte_source_close(source);
    if (size == 0) return status;
    /* The last row is cut: it is left to the whole reading. */
    size_t end = sample->length;
    while (end > 0 && sample->bytes[end - 1] != '\n')
        end--;
    if (end > 0) sample->length = end;
    return status;
}

static trail_status decide_shape(trail_guess_work *work, trail_slice sample, trail_error *err)
{
    trail_guess *guess = work->guess;
    trail_row_wide wide = trail_row_wide_guess(sample);
    work->style.wide = wide;
    trail_delimiter_guess delimiter = {.delimiter = '\t', .no_quotes = true};
    trail_status status = TRAIL_OK;
    if (!trail_location_is_sheet(work->location))
        status = trail_delimiter_decide(sample, wide, &delimiter, err);
    if (status != TRAIL_OK) return status;
    if (delimiter.delimiter == 0)
        return trail_guess_doubt(
            guess, (trail_doubt){.subject = TRAIL_GUESS_DELIMITER, .blocking = true},
            "delimiter: \";\"", err, "no delimiter parts the lines into columns");
    work->style.delimiter = delimiter.delimiter;
    work->style.no_quotes = delimiter.no_quotes;
    if (delimiter.rival != 0)
        status = trail_guess_doubt(
            guess, (trail_doubt){.subject = TRAIL_GUESS_DELIMITER, .blocking = true},
            delimiter.delimiter == ';' ? "delimiter: \";\"" : "delimiter: \",\"", err,
            "the delimiter may be '%c' or '%c'", delimiter.delimiter, delimiter.rival);
    if (status != TRAIL_OK) return status;
    status = trail_sample_rows(sample, work->style, SAMPLE_ROWS, &guess->arena, &work->sample, err);
    if (status != TRAIL_OK) return status;
    return trail_header_decide(&work->sample, &work->header, err);
}

static trail_status doubt_header(trail_guess_work *work, trail_error *err)
{
    trail_guess *guess = work->guess;
    trail_doubt what = {.subject = TRAIL_GUESS_HEADER, .blocking = true};
    const trail_sample_row *header = work->header.header;
    char paste[40];
    if (work->header.no_rows) {
        what.subject = TRAIL_GUESS_FILE;
        return trail_guess_doubt(guess, what, NULL, err,
                                 header != NULL ? "there are headings and no row below them"
                                                : "no row holds a date and an amount");
    }
    if (work->header.sure) return TRAIL_OK;
    if (header == NULL) {
        const trail_sample_row *first = trail_vector_at(&work->sample, work->header.first_row);
        return trail_guess_doubt(guess, what, "header: none", err,
                                 "line %llu is the first with a date and an amount, and no line "
                                 "above it is a header",
                                 (unsigned long long)first->line);
    }
    snprintf(paste, sizeof paste, "header: %llu", (unsigned long long)header->line);
    return trail_guess_doubt(guess, what, paste, err,
                             "line %llu may be the header, but its words are not known",
                             (unsigned long long)header->line);
}

static trail_status visit_content(void *context, const trail_row *row, trail_error *err)
{
    trail_guess_work *work = context;
    trail_guess *guess = work->guess;
    guess->rows++;
    if (row->fault != TRAIL_ROW_OK || row->field_count != work->header.field_count)
        guess->odd_rows++;
    if (!row->ascii && work->style.wide == TRAIL_ROW_BYTES) {
        bool ascii = true;
        for (size_t i = 0; i < row->raw.length && ascii; i++)
            ascii = (unsigned char)row->raw.start[i] < 0x80;
        if (!ascii) {
            trail_status status = trail_encoding_note(&work->evidence, row->raw, err);
            if (status != TRAIL_OK) return status;
        }
    }
    if (row->fault != TRAIL_ROW_OK) return TRAIL_OK;
    /* A row much shorter than the table is a footer: its words are not the columns'. */
    if (row->field_count * 2 < work->header.field_count) return TRAIL_OK;
    uint32_t count = row->field_count < work->count ? row->field_count : work->count;
    for (uint32_t i = 0; i < count; i++)
        trail_column_content_add(&work->contents[i], row->fields[i]);
    return TRAIL_OK;
}

static trail_status decide_encoding(trail_guess_work *work, trail_error *err)
{
    trail_guess *guess = work->guess;
    const char *name = trail_location_is_sheet(work->location) ? "UTF-8" : work->known.encoding;
    bool decided = true;
    if (work->style.wide != TRAIL_ROW_BYTES) { /* the reader gives UTF-8 */
        guess->encoding = work->style.wide == TRAIL_ROW_UTF16LE ? "UTF-16LE" : "UTF-16BE";
        guess->profile.encoding = guess->encoding;
        guess->encoding_how = "two bytes a character";
        return TRAIL_OK;
    }
    guess->encoding_how =
        trail_location_is_sheet(work->location) ? "made of a sheet" : "as the case file says";
    if (name == NULL) {
        trail_encoding_verdict verdict;
        for (size_t i = 0; i < work->sample.count; i++) {
            const trail_sample_row *row = trail_vector_at(&work->sample, i);
            if (row->line > work->header_line) break;
            for (size_t j = 0; j < row->raw.length; j++) {
                if ((unsigned char)row->raw.start[j] < 0x80) continue;
                trail_status noted = trail_encoding_note(&work->evidence, row->raw, err);
                if (noted != TRAIL_OK) return noted;
                break;
            }
        }
        trail_status status =
            trail_encoding_decide(&work->evidence, work->known.state, &verdict, err);
        if (status != TRAIL_OK) return status;
        guess->encoding_how = trail_arena_copy(&guess->arena, trail_slice_of(verdict.how), err);
        if (guess->encoding_how == NULL) return TRAIL_NO_MEMORY;
        name = verdict.encoding;
        decided = verdict.decided;
        if (!verdict.decided) {
            char paste[60];
            snprintf(paste, sizeof paste, "encoding: %s", name);
            status = trail_guess_doubt(
                guess, (trail_doubt){.subject = TRAIL_GUESS_ENCODING, .blocking = true}, paste, err,
                "the bytes above 127 are not UTF-8; they may be %s%s%s", name,
                verdict.rival != NULL ? " or " : ", but fit no language for certain",
                verdict.rival != NULL ? verdict.rival : "");
            if (status != TRAIL_OK) return status;
        }
    }
    guess->encoding = name;
    if (trail_slice_is_ascii_nocase(trail_slice_of(name), "utf-8")) return TRAIL_OK;
    if (decided) guess->profile.encoding = name;
    return trail_decoder_new(&work->decoder, name, err);
}

/* "Account", the second time "Account#2"; NULL for an empty one. */
static trail_status name_header(trail_guess_work *work, uint32_t index, const char **name,
                                trail_error *err)
{
    const trail_sample_row *header = work->header.header;
    *name = NULL;
    if (header == NULL || index >= header->count) return TRAIL_OK;
    trail_slice cell = trail_slice_trim(header->cells[index]);
    if (cell.length == 0) return TRAIL_OK;
    unsigned repeat = 1;
    for (uint32_t i = 0; i < index; i++)
        repeat += trail_slice_equal(trail_slice_trim(header->cells[i]), cell);
    *name = trail_guess_text(work, cell, err);
    if (*name == NULL) return TRAIL_NO_MEMORY;
    if (repeat == 1) return TRAIL_OK;
    trail_text numbered = {0};
    trail_status status = trail_text_add_format(&numbered, err, "%s#%u", *name, repeat);
    if (status == TRAIL_OK)
        *name = trail_arena_copy(&work->guess->arena, trail_text_slice(&numbered), err);
    trail_text_clear(&numbered);
    return *name == NULL ? TRAIL_NO_MEMORY : status;
}

static trail_status describe_columns(trail_guess_work *work, trail_error *err)
{
    int32_t from = work->known.has_period ? work->known.from : TRAIL_NO_DAY;
    int32_t to = work->known.has_period ? work->known.to : TRAIL_NO_DAY;
    for (uint32_t i = 0; i < work->count; i++) {
        trail_column_content *content = &work->contents[i];
        trail_guess_column *column = trail_vector_add(&work->guess->columns, err);
        if (column == NULL) return TRAIL_NO_MEMORY;
        column->position = i + 1;
        column->meaning = TRAIL_MEANING_UNKNOWN;
        column->filled = content->filled;
        trail_date_guess_decide(&content->dates, from, to, &column->date);
        trail_money_guess_decide(&content->money, &column->money);
        for (int s = 0; s < 2 && content->samples[s][0] != '\0'; s++) {
            column->samples[s] = trail_guess_text(work, trail_slice_of(content->samples[s]), err);
            if (column->samples[s] == NULL) return TRAIL_NO_MEMORY;
        }
        trail_status status = name_header(work, i, &column->header, err);
        if (status != TRAIL_OK) return status;
        if (column->header == NULL) continue;
        status = trail_heading_read(trail_slice_of(column->header), &work->headings[i], err);
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

static trail_status look_at_rows(trail_guess_work *work, trail_error *err)
{
    trail_guess *guess = work->guess;
    guess->field_count = work->header.field_count;
    work->count = guess->field_count;
    if (work->count > TRAIL_GUESS_COLUMNS) work->count = TRAIL_GUESS_COLUMNS;
    if (work->header.header != NULL) {
        work->header_line = work->header.header->line;
        guess->header_row = (uint32_t)work->header_line;
    } else if (work->header.first_row > 0) {
        const trail_sample_row *first = trail_vector_at(&work->sample, work->header.first_row);
        work->header_line = first->line - 1;
    }
    trail_status status =
        trail_alloc_zeroed(&work->contents, work->count, sizeof *work->contents, err);
    if (status != TRAIL_OK) return status;
    status = trail_alloc_zeroed(&work->headings, work->count, sizeof *work->headings, err);
    if (status != TRAIL_OK) return status;
    status = trail_guess_each_row(work, visit_content, work, err);
    if (status != TRAIL_OK) return status;
    if ((status = decide_encoding(work, err)) != TRAIL_OK) return status;
    return describe_columns(work, err);
}

static trail_status guess_all(trail_guess_work *work, trail_error *err)
{
    trail_guess *guess = work->guess;
    trail_text sample = {0};
    trail_status status = read_sample(work, &sample, err);
    if (status != TRAIL_OK) goto cleanup;
    if (sample.length == 0) goto cleanup; /* that is said */
    const bool is_sheet = trail_location_is_sheet(work->location);
    const trail_reader *reader = trail_reader_for(trail_text_slice(&sample));
    if (!is_sheet && !reader->needs_profile) {
        guess->reader = reader->name;
        guess->reader_summary = reader->summary;
        goto cleanup;
    }
    const char *kind = is_sheet ? NULL : trail_first_bytes_kind(trail_text_slice(&sample));
    if (kind != NULL) {
        status =
            trail_guess_doubt(guess, (trail_doubt){.subject = TRAIL_GUESS_FILE, .blocking = true},
                              NULL, err, "the file is %s", kind);
        goto cleanup;
    }
    if ((status = decide_shape(work, trail_text_slice(&sample), err)) != TRAIL_OK) goto cleanup;
    if (work->style.delimiter == 0) goto cleanup;
    guess->profile.delimiter = work->style.delimiter;
    guess->profile.no_quotes = work->style.no_quotes;
    if ((status = doubt_header(work, err)) != TRAIL_OK) goto cleanup;
    if (work->header.field_count == 0) goto cleanup;
    if ((status = look_at_rows(work, err)) != TRAIL_OK) goto cleanup;
    if (work->header.no_rows) goto cleanup; /* headings alone; that is said */
    if ((status = trail_guess_meanings(work, err)) != TRAIL_OK) goto cleanup;
    if ((status = trail_guess_accounts(work, err)) != TRAIL_OK) goto cleanup;
    if ((status = trail_guess_signs(work, err)) != TRAIL_OK) goto cleanup;
    if ((status = trail_guess_statuses(work, err)) != TRAIL_OK) goto cleanup;
    if ((status = trail_guess_fees(work, err)) != TRAIL_OK) goto cleanup;
    if ((status = trail_guess_totals(work, err)) != TRAIL_OK) goto cleanup;
    if ((status = trail_guess_codes(work, err)) != TRAIL_OK) goto cleanup;
    status = trail_guess_profile(work, err);
cleanup:
    trail_text_clear(&sample);
    return status;
}

static trail_status run_guess(trail_guess *guess, const trail_location *location, trail_slice bytes,
                              const trail_guess_known *known, trail_error *err)
{
    trail_guess_work work = {.guess = guess, .location = location, .bytes = bytes};
    if (known != NULL) work.known = *known;
    work.sample = trail_vector_of(sizeof(trail_sample_row));
    trail_balance_check_init(&work.check);
    init_guess(guess);
    trail_status status = guess_all(&work, err);
    trail_balance_check_clear(&work.check);
    trail_encoding_evidence_clear(&work.evidence);
    trail_decoder_free(work.decoder);
    trail_vector_clear(&work.sample);
    trail_free(work.contents);
    trail_free(work.headings);
    if (status != TRAIL_OK) trail_guess_clear(guess);
    return status;
}

trail_status trail_guess_file(trail_guess *guess, const trail_location *location,
                              const trail_guess_known *known, trail_error *err)
{
    return run_guess(guess, location, (trail_slice){NULL, 0}, known, err);
}

trail_status trail_guess_bytes(trail_guess *guess, trail_slice bytes,
                               const trail_guess_known *known, trail_error *err)
{
    return run_guess(guess, NULL, bytes, known, err);
}
