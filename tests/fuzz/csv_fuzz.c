/* Any bytes as a received table: the first says how it is declared, the rest is the file. Never a
 * crash; every record stands in the file, behind the one before, and has one fate. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ingest/ingest.h"
#include "ingest/row.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

enum { TRANSFERS = 1, OPEN = 2, ENCODED = 4, NO_QUOTES = 8, GUESSED = 16, WIDE = 32 };

static void require(bool holds)
{
    if (!holds) abort();
}

static void read_rows(trail_slice file, unsigned how)
{
    trail_byte_source *source = NULL;
    trail_row_reader *reader = NULL;
    trail_row rows[TRAIL_ROW_BATCH];
    trail_row_style style = {
        .delimiter = ',', .no_quotes = (how & NO_QUOTES) != 0, .length_limit = 4096};
    if (how & WIDE) style.wide = TRAIL_ROW_UTF16LE;
    uint64_t end = 0, line = 0;
    size_t count = 1;
    require(trail_byte_source_over(&source, file, NULL) == TRAIL_OK);
    require(trail_row_reader_new(&reader, source, style, NULL) == TRAIL_OK);
    if (how & OPEN) trail_row_reader_expect(reader, 3, 3);
    while (count > 0) {
        require(trail_row_reader_next(reader, rows, TRAIL_ROW_BATCH, &count, NULL) == TRAIL_OK);
        for (size_t i = 0; i < count; i++) {
            require(rows[i].offset >= end && rows[i].line > line);
            end = rows[i].offset + rows[i].length;
            line = rows[i].line;
            require(rows[i].raw.length <= 4096 || (how & WIDE));
            for (uint32_t k = 0; k < rows[i].field_count; k++) {
                const trail_slice *field = &rows[i].fields[k];
                require(field->length == 0 || memchr(field->start, 0, field->length) == NULL ||
                        rows[i].fault == TRAIL_ROW_NUL_BYTE);
            }
        }
    }
    /* A lone half unit at the end of UTF-16 counts as a whole one. */
    require(end <= trail_byte_source_given(source) + 1);
    trail_row_reader_free(reader);
    trail_byte_source_close(source);
}

static void add_columns(trail_profile *profile, const trail_column *columns, size_t count)
{
    profile->columns = trail_vector_of(sizeof(trail_profile_column));
    for (size_t i = 0; i < count; i++) {
        trail_profile_column column = {.column = columns[i], .position = (uint32_t)i + 1};
        require(trail_vector_push(&profile->columns, &column, NULL) == TRAIL_OK);
    }
}

static void check_ledger(const trail_ledger *ledger, const trail_rejects *rejects)
{
    size_t states[4] = {0};
    uint64_t end = 0;
    for (uint32_t i = 0; i < ledger->records.count; i++) {
        states[trail_records_state(&ledger->records, i)]++;
        /* A fee is a record at the place of its row. */
        uint64_t offset = trail_records_offset(&ledger->records, i);
        require(offset >= end ||
                (i > 0 && offset == trail_records_offset(&ledger->records, i - 1)));
        end = trail_records_offset(&ledger->records, i) + trail_records_length(&ledger->records, i);
    }
    require(states[TRAIL_RECORD_PAYMENT] == ledger->count);
    require(states[TRAIL_RECORD_REJECT] == rejects->rejects.count);
    require(rejects->files.count >= 1); /* a damaged container is told beside its members */
    for (size_t i = 0; i < ledger->count; i++)
        require(ledger->amount_minor[i] >= 0);
}

static void read_table(const char *path, unsigned how)
{
    static const trail_column statement[] = {TRAIL_COLUMN_BOOKING_DATE, TRAIL_COLUMN_AMOUNT,
                                             TRAIL_COLUMN_COUNTERPARTY_ACCOUNT, TRAIL_COLUMN_TEXT,
                                             TRAIL_COLUMN_BALANCE};
    static const trail_column transfers[] = {TRAIL_COLUMN_BOOKING_DATE, TRAIL_COLUMN_PAYER_ACCOUNT,
                                             TRAIL_COLUMN_PAYEE_ACCOUNT, TRAIL_COLUMN_AMOUNT,
                                             TRAIL_COLUMN_CURRENCY};
    bool table = (how & TRANSFERS) != 0, open = (how & OPEN) != 0;
    trail_profile profile = {.name = "fuzz",
                             .layout = table ? TRAIL_LAYOUT_TRANSFERS : TRAIL_LAYOUT_STATEMENT,
                             .encoding = how & WIDE      ? "utf-16le"
                                         : how & ENCODED ? "windows-1257"
                                                         : NULL,
                             .delimiter = open ? 0 : ',',
                             .no_quotes = (how & NO_QUOTES) != 0,
                             .date_format = open ? NULL : "YYYY-MM-DD",
                             .decimal = '.',
                             .decimal_given = !open,
                             .currency = "EUR"};
    add_columns(&profile, table ? transfers : statement, 5);
    trail_source source = {.file = path,
                           .profile = how & GUESSED ? NULL : &profile,
                           .own_account = "OWN1",
                           .currency = "EUR",
                           .from = TRAIL_NO_DAY,
                           .to = TRAIL_NO_DAY,
                           .observes = TRAIL_OBSERVES_ALL,
                           .scope_from = TRAIL_NO_DAY,
                           .scope_to = TRAIL_NO_DAY};
    trail_ledger ledger;
    trail_rejects rejects;
    trail_ingest_options options = {.threads = 1};
    trail_error err = {0};
    trail_rejects_init(&rejects);
    require(trail_ledger_init(&ledger, NULL) == TRAIL_OK);
    require(trail_ingest(&ledger, &rejects, "", &source, 1, &options, &err) == TRAIL_OK);
    check_ledger(&ledger, &rejects);
    trail_ledger_clear(&ledger);
    trail_rejects_clear(&rejects);
    trail_vector_clear(&profile.columns);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    char path[] = "/tmp/csv_fuzz_XXXXXX";
    if (size == 0) return 0;
    unsigned how = bytes[0];
    trail_slice file = {(const char *)bytes + 1, size - 1};
    read_rows(file, how);
    int descriptor = mkstemp(path);
    FILE *out = descriptor < 0 ? NULL : fdopen(descriptor, "wb");
    require(out != NULL && fwrite(file.start, 1, file.length, out) == file.length &&
            fclose(out) == 0);
    read_table(path, how);
    require(remove(path) == 0);
    return 0;
}
