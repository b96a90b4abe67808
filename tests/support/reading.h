/* Ledgers as reading leaves them, before reconciliation: files of rows, settled accounts 1..n. */
#ifndef TESTS_SUPPORT_READING_H
#define TESTS_SUPPORT_READING_H

#include <string.h>

#include "base/memory.h"

#include "support/tiny_ledger.h"

/* One row. Accounts are 1-based, 0: not named. `legs`: "d" or "c" of a statement, "r" a transfer
 * row. */
typedef struct reading_row {
    const char *legs;
    uint32_t payer, payee;
    int64_t amount;
    int day;
    int time; /* 0: none; else the second of the day */
    int64_t balance;
    bool has_balance;
    const char *currency; /* NULL: EUR */
    const char *reference, *text;
    const char *payer_name, *payee_name;
    int64_t received; /* not 0: the received amount, in received_currency */
    const char *received_currency;
} reading_row;

static inline void reading_open(trail_ledger *ledger, uint32_t account_count)
{
    uint32_t *renumber = NULL;
    tiny_open(ledger, account_count);
    ledger->finished = false;
    assert_int_equal(trail_accounts_settle(ledger->accounts, &renumber, NULL), TRAIL_OK);
    for (uint32_t i = 0; i < account_count; i++)
        assert_int_equal(renumber[i], i);
    trail_free(renumber);
}

/* Rows read from now on are this file's. `mark` is its content's hash. */
static inline void reading_file(trail_ledger *ledger, const char *name, uint8_t mark)
{
    uint8_t hash[TRAIL_DIGEST_SIZE];
    uint32_t file;
    memset(hash, mark, sizeof hash);
    assert_int_equal(trail_records_open_file(&ledger->records, name, hash, 1000, 0, &file, NULL),
                     TRAIL_OK);
}

static inline uint32_t reading_string(trail_ledger *ledger, const char *text)
{
    uint32_t id = 0;
    if (text != NULL)
        assert_int_equal(trail_strings_put(ledger->strings, trail_slice_of(text), &id, NULL),
                         TRAIL_OK);
    return id;
}

static inline uint32_t reading_row_add(trail_ledger *ledger, const reading_row *row)
{
    uint32_t record;
    const trail_file *file =
        trail_vector_at(&ledger->records.files, ledger->records.files.count - 1);
    uint32_t ordinal = file->record_count;
    assert_int_equal(trail_records_add(&ledger->records, ordinal * 100, 80, ordinal + 2,
                                       TRAIL_RECORD_PAYMENT, &record, NULL),
                     TRAIL_OK);
    if (row->has_balance || row->reference != NULL || row->text != NULL ||
        row->payer_name != NULL || row->payee_name != NULL) {
        trail_detail *detail;
        assert_int_equal(trail_records_detail_of_newest(&ledger->records, &detail, NULL), TRAIL_OK);
        detail->has_balance = row->has_balance;
        detail->balance_minor = row->balance;
        detail->reference = reading_string(ledger, row->reference);
        detail->text = reading_string(ledger, row->text);
        detail->payer_name = reading_string(ledger, row->payer_name);
        detail->payee_name = reading_string(ledger, row->payee_name);
    }
    trail_entry entry = {.payer = row->payer == 0 ? TRAIL_NO_ACCOUNT : row->payer - 1,
                         .payee = row->payee == 0 ? TRAIL_NO_ACCOUNT : row->payee - 1,
                         .amount_minor = row->amount,
                         .booking_day = row->day,
                         .booking_second = row->time == 0 ? TRAIL_NO_TIME : row->time,
                         .currency = currency_of(row->currency == NULL ? "EUR" : row->currency),
                         .kind = TRAIL_KIND_TRANSFER,
                         .flags = row->legs[0] == 'd'   ? TRAIL_HAS_DEBIT
                                  : row->legs[0] == 'c' ? TRAIL_HAS_CREDIT
                                                        : BOTH,
                         .record = record};
    if (row->received != 0) {
        entry.has_received = true;
        entry.received_minor = row->received;
        entry.received_currency = currency_of(row->received_currency);
    }
    return tiny_add(ledger, entry);
}

/* Rows of one file. */
static inline void reading_rows(trail_ledger *ledger, const char *name, uint8_t mark,
                                const reading_row *rows, size_t count)
{
    reading_file(ledger, name, mark);
    for (size_t i = 0; i < count; i++)
        (void)reading_row_add(ledger, &rows[i]);
}
#define READ_ROWS(ledger, name, mark, ...)                                                         \
    do {                                                                                           \
        const reading_row rows_[] = {__VA_ARGS__};                                                 \
        reading_rows(ledger, name, mark, rows_, TRAIL_LENGTH_OF(rows_));                           \
    } while (0)

#endif
