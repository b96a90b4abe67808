/* Any bytes as a FIN file: the first says how it is declared, the rest is the file. Never a crash;
 * every record stands in the file, behind the one before, and has one fate. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "ingest/fin_fields.h"
#include "ingest/ingest.h"
#include "ingest/reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

enum { ENCODED = 1, OWN = 2, CURRENCY = 4, PERIOD = 8 };

static void require(bool holds)
{
    if (!holds) abort();
}

/* Fields follow each other and lie within the file. */
static void read_fields(trail_slice file)
{
    trail_byte_source *source = NULL;
    trail_fin_fields fields;
    trail_fin_step step = TRAIL_FIN_STEP_END;
    trail_fin_field field;
    uint64_t end = 0;
    require(trail_byte_source_over(&source, file, NULL) == TRAIL_OK);
    require(trail_fin_fields_init(&fields, source, NULL) == TRAIL_OK);
    do {
        require(trail_fin_fields_next(&fields, &step, &field, NULL) == TRAIL_OK);
        if (step != TRAIL_FIN_STEP_FIELD) continue;
        require(field.offset >= end && field.end > field.offset);
        end = field.end;
    } while (step != TRAIL_FIN_STEP_END);
    require(end <= trail_byte_source_given(source));
    trail_fin_fields_clear(&fields);
    trail_byte_source_close(source);
}

static void check_ledger(const trail_ledger *ledger, const trail_rejects *rejects)
{
    size_t states[4] = {0};
    uint64_t end = 0;
    for (uint32_t i = 0; i < ledger->records.count; i++) {
        states[trail_records_state(&ledger->records, i)]++;
        require(trail_records_offset(&ledger->records, i) >= end);
        end = trail_records_offset(&ledger->records, i) + trail_records_length(&ledger->records, i);
    }
    require(states[TRAIL_RECORD_PAYMENT] == ledger->count + ledger->messages.count);
    require(states[TRAIL_RECORD_REJECT] == rejects->rejects.count);
    require(rejects->files.count == 1);
    for (size_t i = 0; i < ledger->count; i++)
        require(ledger->amount_minor[i] >= 0);
}

static void read_messages(const char *path, unsigned how)
{
    trail_source source = {.file = path,
                           .own_account = how & OWN ? "OWN1" : NULL,
                           .currency = how & CURRENCY ? "EUR" : NULL,
                           .encoding = how & ENCODED ? "cp437" : NULL,
                           .from = how & PERIOD ? 0 : TRAIL_NO_DAY,
                           .to = how & PERIOD ? 365 : TRAIL_NO_DAY,
                           .scope_from = TRAIL_NO_DAY,
                           .scope_to = TRAIL_NO_DAY};
    trail_reading reading = {.source = &source,
                             .name = "fuzz",
                             .location = {.path = path},
                             .reject_limit = 1000000,
                             .hash = source.hash};
    trail_ledger ledger;
    trail_rejects rejects;
    trail_error err = {0};
    trail_rejects_init(&rejects);
    require(trail_ledger_init(&ledger, NULL) == TRAIL_OK);
    reading.ledger = &ledger;
    reading.rejects = &rejects;
    require(trail_fin_reader.read(&reading, &err) == TRAIL_OK);
    trail_file_report report = {.name = "fuzz"};
    require(trail_vector_push(&rejects.files, &report, NULL) == TRAIL_OK);
    check_ledger(&ledger, &rejects);
    trail_ledger_clear(&ledger);
    trail_rejects_clear(&rejects);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    char path[] = "/tmp/fin_fuzz_XXXXXX";
    if (size == 0) return 0;
    unsigned how = bytes[0];
    trail_slice file = {(const char *)bytes + 1, size - 1};
    read_fields(file);
    (void)trail_fin_reader.recognise(file);
    int descriptor = mkstemp(path);
    FILE *out = descriptor < 0 ? NULL : fdopen(descriptor, "wb");
    require(out != NULL && fwrite(file.start, 1, file.length, out) == file.length &&
            fclose(out) == 0);
    read_messages(path, how);
    require(remove(path) == 0);
    return 0;
}
