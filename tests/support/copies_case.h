/* Files of rows as reading leaves them, and what joining repeated rows makes of them, for tests. */
#ifndef TESTS_SUPPORT_COPIES_CASE_H
#define TESTS_SUPPORT_COPIES_CASE_H

#include "reconcile/duplicates.h"

#include "support/reading.h"

typedef struct fixture {
    trail_ledger ledger;
    trail_duplicates found;
} fixture;

static inline void start(fixture *at)
{
    trail_duplicates_init(&at->found);
    reading_open(&at->ledger, 6);
}

static inline void stop(fixture *at)
{
    trail_duplicates_clear(&at->found);
    trail_ledger_clear(&at->ledger);
}

static inline size_t merge(fixture *at)
{
    uint32_t *renumber = NULL;
    trail_error err = {TRAIL_OK, ""};
    size_t before = at->ledger.count;
    assert_int_equal(trail_duplicates_merge(&at->ledger, &at->found, &renumber, &err), TRAIL_OK);
    for (size_t i = 0; renumber != NULL && i < before; i++)
        assert_true(renumber[i] < at->ledger.count);
    trail_free(renumber);
    size_t records = 0;
    for (uint32_t i = 0; i < at->ledger.count; i++)
        records += trail_ledger_records(&at->ledger, i, NULL, 0);
    assert_int_equal(records, before);
    assert_int_equal(before - at->ledger.count, at->found.copies.count);
    return at->ledger.count;
}

static inline size_t records_of(const fixture *at, uint32_t payment)
{
    return trail_ledger_records(&at->ledger, payment, NULL, 0);
}

/* The newest file as another reader would leave it. */
static inline void is_format(fixture *at, const char *format)
{
    trail_file *file =
        trail_vector_at(&at->ledger.records.files, at->ledger.records.files.count - 1);
    file->format = format;
}

static inline trail_statement *state(fixture *at, uint32_t account, bool is_report)
{
    const trail_vector *files = &at->ledger.records.files;
    const trail_file *file = trail_vector_at(files, files->count - 1);
    trail_statement *statement = trail_vector_add(&at->ledger.statements, NULL);
    assert_non_null(statement);
    *statement = (trail_statement){.file = (uint32_t)files->count - 1,
                                   .account = account - 1,
                                   .currency = currency_of("EUR"),
                                   .is_report = is_report,
                                   .first_record = file->first_record,
                                   .end_record = file->first_record + file->record_count,
                                   .from_day = TRAIL_NO_DAY,
                                   .to_day = TRAIL_NO_DAY};
    return statement;
}

static inline void observe(fixture *at, uint32_t account, int from, int to)
{
    trail_observation seen = {account - 1, from, to, (uint32_t)at->ledger.records.files.count - 1};
    assert_int_equal(trail_vector_push(&at->ledger.observations, &seen, NULL), TRAIL_OK);
}

static inline trail_detail *detail_of(fixture *at, uint32_t record)
{
    trail_file *file = (trail_file *)trail_records_file(&at->ledger.records, record);
    assert_non_null(file->details);
    return &file->details[record - file->first_record];
}

#define FARE(day_)                                                                                 \
    {                                                                                              \
        .legs = "d", .payer = 1, .amount = 220, .day = (day_), .text = "tram"                      \
    }
#define TO_2(day_, ...)                                                                            \
    {                                                                                              \
        .legs = "d", .payer = 1, .payee = 2, .day = (day_), __VA_ARGS__                            \
    }

static inline uint8_t reason_at(const fixture *at, size_t place)
{
    const trail_copy *copy = trail_vector_at(&at->found.copies, place);
    return copy->reason;
}

#endif
