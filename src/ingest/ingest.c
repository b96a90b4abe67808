#include "ingest/ingest.h"

#include <string.h>

#include "base/memory.h"
#include "base/path.h"
#include "base/sort.h"
#include "base/unicode.h"
#include "ingest/first_bytes.h"
#include "ingest/reader.h"
#include "ingest/source_guess.h"

#define DEFAULT_REJECT_LIMIT ((uint64_t)1000000)

static int by_file_name(const void *context, uint32_t a, uint32_t b)
{
    const trail_source *sources = context;
    return trail_slice_compare(trail_slice_of(sources[a].file), trail_slice_of(sources[b].file));
}

static trail_status put_text(trail_ledger *ledger, trail_slice text, uint32_t *id, trail_error *err)
{
    trail_text printable = {0};
    trail_status status = trail_unicode_printable(text, &printable, err);
    if (status == TRAIL_OK) {
        status = trail_strings_put(ledger->strings, trail_text_slice(&printable), id, err);
    }
    trail_text_clear(&printable);
    return status;
}

static trail_status report_file(const trail_reading *reading, trail_error *err)
{
    const trail_aside *aside = &reading->aside;
    trail_file_report report = {.source = reading->source_index,
                                .name = reading->name,
                                .rows = reading->rows,
                                .encoding = reading->encoding,
                                .reason = reading->break_reason};
    trail_status status = TRAIL_OK;
    if (aside->reason.length > 0) {
        report.outcome = TRAIL_FILE_SET_ASIDE;
        status = put_text(reading->ledger, trail_text_slice(&aside->reason), &report.reason, err);
        if (status == TRAIL_OK) {
            status = put_text(reading->ledger, trail_text_slice(&aside->paste), &report.paste, err);
        }
    } else if (reading->break_reason != 0) {
        report.outcome = TRAIL_FILE_READ_IN_PART;
    }
    if (status != TRAIL_OK) return status;
    return trail_vector_push(&reading->rejects->files, &report, err);
}

/* A file that cannot be opened or read is set aside; what failed says why. */
static trail_status set_aside_unreadable(trail_reading *reading, const trail_error *why,
                                         trail_error *err)
{
    return trail_text_add_format(&reading->aside.reason, err, "%s", why->message);
}

/* Which reader read a file tells whether another one shows the same data in another format. */
static void name_format(trail_ledger *ledger, size_t from, const char *format)
{
    for (size_t i = from; i < ledger->records.files.count; i++) {
        trail_file *file = trail_vector_at(&ledger->records.files, i);
        if (file->format == NULL) file->format = format;
    }
}

static trail_status say_encoding(trail_reading *reading, const trail_guess *guess, trail_error *err)
{
    trail_text words = {0};
    if (guess->encoding == NULL || guess->encoding_how == NULL) return TRAIL_OK;
    trail_status status =
        trail_text_add_format(&words, err, "%s, %s", guess->encoding, guess->encoding_how);
    if (status == TRAIL_OK)
        status = put_text(reading->ledger, trail_text_slice(&words), &reading->encoding, err);
    trail_text_clear(&words);
    return status;
}

static trail_status read_source(trail_reading *reading, trail_error *err)
{
    trail_guess guess = {0};
    trail_text first = {0};
    trail_error why = {.status = TRAIL_OK};
    trail_status status = trail_first_bytes(&reading->location, &first, &why);
    const trail_reader *reader = trail_reader_for(trail_text_slice(&first));
    reading->profile = reading->source->profile;
    if (status == TRAIL_OK && reader->needs_profile && reading->profile == NULL) {
        status =
            trail_source_guess(&guess, &reading->location, reading->source, &reading->aside, &why);
        reading->profile = &guess.profile;
        if (status == TRAIL_OK) status = say_encoding(reading, &guess, &why);
    }
    if (status == TRAIL_OK && reading->aside.reason.length == 0) {
        size_t files_before = reading->ledger->records.files.count;
        status = reader->read(reading, &why);
        name_format(reading->ledger, files_before, reader->name);
    }
    if (status == TRAIL_IO && reading->rows == 0) {
        status = set_aside_unreadable(reading, &why, err);
    } else if (status != TRAIL_OK && err != NULL) {
        *err = why;
    }
    reading->profile = NULL; /* a guessed one goes now */
    trail_guess_clear(&guess);
    trail_text_clear(&first);
    return status == TRAIL_OK ? report_file(reading, err) : status;
}

static trail_status read_sources(trail_reading *all, const trail_source *sources,
                                 const uint32_t *order, size_t count, const char *case_folder,
                                 trail_error *err)
{
    trail_text path = {0};
    trail_status status = TRAIL_OK;
    for (size_t i = 0; i < count && status == TRAIL_OK; i++) {
        trail_reading reading = *all;
        reading.source_index = order[i];
        reading.source = &sources[order[i]];
        trail_text_reset(&path);
        status = trail_path_join(&path, case_folder, reading.source->file, err);
        if (status != TRAIL_OK) break;
        reading.location.path = path.bytes;
        reading.name = reading.source->file;
        reading.hash = reading.source->hash;
        reading.size = reading.source->size;
        status = read_source(&reading, err);
        trail_text_clear(&reading.aside.reason);
        trail_text_clear(&reading.aside.paste);
        all->bytes_before += reading.source->size;
    }
    trail_text_clear(&path);
    return status;
}

trail_status trail_ingest(trail_ledger *ledger, trail_rejects *rejects, const char *case_folder,
                          const trail_source *sources, size_t count,
                          const trail_ingest_options *options, trail_error *err)
{
    uint32_t *order = NULL;
    trail_reading all = {.ledger = ledger,
                         .rejects = rejects,
                         .reject_limit = options->reject_limit,
                         .progress = options->progress};
    if (all.reject_limit == 0) all.reject_limit = DEFAULT_REJECT_LIMIT;
    trail_status status = trail_alloc_zeroed(&order, count, sizeof *order, err);
    if (status != TRAIL_OK) return status;
    for (size_t i = 0; i < count; i++) {
        order[i] = (uint32_t)i;
        all.bytes_total += sources[i].size;
    }
    status = trail_sort_numbers(order, count, by_file_name, sources, err);
    if (status == TRAIL_OK) {
        status = read_sources(&all, sources, order, count, case_folder, err);
    }
    trail_free(order);
    return status;
}
