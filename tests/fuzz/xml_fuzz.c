/* Any bytes as a received camt or pacs document. Never a crash; every record stands in the file and
 * has one fate; a file of which nothing was read is set aside with a reason. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ingest/ingest.h"
#include "ingest/reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void require(bool holds)
{
    if (!holds) abort();
}

static void check_ledger(const trail_ledger *ledger, const trail_rejects *rejects, size_t size)
{
    size_t states[4] = {0};
    uint64_t offset = 0;
    for (uint32_t i = 0; i < ledger->records.count; i++) {
        states[trail_records_state(&ledger->records, i)]++;
        /* A detail stands within its entry, so records may hold one another. */
        require(trail_records_offset(&ledger->records, i) >= offset);
        offset = trail_records_offset(&ledger->records, i);
        require(offset + trail_records_length(&ledger->records, i) <= size);
    }
    require(states[TRAIL_RECORD_PAYMENT] == ledger->count + ledger->messages.count);
    require(states[TRAIL_RECORD_REJECT] == rejects->rejects.count);
    for (size_t i = 0; i < ledger->count; i++)
        require(ledger->amount_minor[i] >= 0);
    const trail_statement *statements = ledger->statements.items;
    for (size_t i = 0; i < ledger->statements.count; i++)
        require(statements[i].first_record <= statements[i].end_record &&
                statements[i].end_record <= ledger->records.count);
}

static void read_as(const trail_reader *reader, const char *path, size_t size)
{
    trail_ledger ledger;
    trail_rejects rejects;
    trail_source source = {.file = "fuzz.xml",
                           .own_account = "OWN1",
                           .from = TRAIL_NO_DAY,
                           .to = TRAIL_NO_DAY,
                           .scope_from = TRAIL_NO_DAY,
                           .scope_to = TRAIL_NO_DAY};
    trail_rejects_init(&rejects);
    require(trail_ledger_init(&ledger, NULL) == TRAIL_OK);
    trail_reading reading = {.ledger = &ledger,
                             .rejects = &rejects,
                             .reject_limit = 1000000,
                             .source = &source,
                             .location = {.path = path},
                             .name = source.file,
                             .hash = source.hash,
                             .size = size};
    require(reader->read(&reading, NULL) == TRAIL_OK);
    require((reading.aside.reason.length > 0) == (ledger.records.files.count == 0));
    check_ledger(&ledger, &rejects, size);
    trail_text_clear(&reading.aside.reason);
    trail_text_clear(&reading.aside.paste);
    trail_ledger_clear(&ledger);
    trail_rejects_clear(&rejects);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    char path[] = "/tmp/xml_fuzz_XXXXXX";
    int descriptor = mkstemp(path);
    FILE *out = descriptor < 0 ? NULL : fdopen(descriptor, "wb");
    require(out != NULL && fwrite(bytes, 1, size, out) == size && fclose(out) == 0);
    /* A gzip is unpacked: then offsets are of other bytes. */
    if (size < 2 || memcmp(bytes, "\x1F\x8B", 2) != 0) {
        read_as(&trail_camt_reader, path, size);
        read_as(&trail_pacs_reader, path, size);
    }
    require(remove(path) == 0);
    return 0;
}
