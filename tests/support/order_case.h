/* Random small cases for the tests of order: statements and transfer tables of a few accounts, with
 * or without times and balances, of transfers some of which two parties show. */
#ifndef TESTS_SUPPORT_ORDER_CASE_H
#define TESTS_SUPPORT_ORDER_CASE_H

#include "support/reading.h"

#define CASE_ACCOUNTS 5
#define CASE_FILES    4
#define CASE_ROWS     24

typedef struct case_rows {
    reading_row rows[CASE_ROWS];
    size_t count;
} case_rows;

typedef struct order_case {
    case_rows files[CASE_FILES];
    size_t file_count;
} order_case;

static inline void case_push(case_rows *file, reading_row row)
{
    if (file->count < CASE_ROWS) file->rows[file->count++] = row;
}

/* By day, and by time where `by_time`; stable. */
static inline void case_sort(case_rows *file, bool by_time)
{
    for (size_t i = 1; i < file->count; i++) {
        for (size_t k = i; k > 0; k--) {
            reading_row *a = &file->rows[k - 1], *b = &file->rows[k];
            if (a->day < b->day || (a->day == b->day && (!by_time || a->time <= b->time))) break;
            reading_row swap = *a;
            *a = *b;
            *b = swap;
        }
    }
}

static inline void case_balance(case_rows *file, uint32_t account)
{
    int64_t balance = 1000;
    for (size_t i = 0; i < file->count; i++) {
        reading_row *row = &file->rows[i];
        balance += row->legs[0] == 'c' && row->payee == account ? row->amount : -row->amount;
        row->balance = balance;
        row->has_balance = true;
    }
}

static inline void case_shuffle_days(case_rows *file, uint64_t *seed)
{
    for (size_t i = 1; i < file->count; i++) {
        size_t k = tiny_random(seed, (uint32_t)i + 1);
        if (file->rows[k].day != file->rows[i].day) continue;
        reading_row swap = file->rows[i];
        file->rows[i] = file->rows[k];
        file->rows[k] = swap;
    }
}

static inline int case_time(uint64_t *seed, uint32_t mode)
{
    if (mode == 0 || (mode == 2 && tiny_random(seed, 2) == 0)) return 0;
    return (int)(1 + tiny_random(seed, 4)) * 100;
}

/* One transfer as the statement of `account` shows it. */
static inline void case_show(case_rows *file, reading_row row, uint32_t account, uint64_t *seed,
                             uint32_t mode)
{
    bool credit = row.payee == account;
    if (row.payer != account && !credit) return;
    row.legs = credit ? "c" : "d";
    if (credit && tiny_random(seed, 4) == 0) row.day += (int)tiny_random(seed, 2);
    row.time = case_time(seed, mode);
    case_push(file, row);
}

static inline void case_make(order_case *c, uint64_t *seed)
{
    static const char *const texts[] = {NULL, "rent", "Alga"};
    reading_row transfers[10];
    size_t transfer_count = 3 + tiny_random(seed, 8);
    uint32_t mode = tiny_random(seed, 3), days = 1 + tiny_random(seed, 3);
    *c = (order_case){.file_count = 1 + tiny_random(seed, CASE_FILES)};
    for (size_t i = 0; i < transfer_count; i++) {
        uint32_t payer = 1 + tiny_random(seed, CASE_ACCOUNTS);
        uint32_t payee = 1 + (payer + tiny_random(seed, CASE_ACCOUNTS - 1)) % CASE_ACCOUNTS;
        transfers[i] = (reading_row){.legs = "r",
                                     .payer = payer,
                                     .payee = payee,
                                     .amount = (int64_t)(1 + tiny_random(seed, 6)) * 100,
                                     .day = (int)tiny_random(seed, days),
                                     .text = texts[tiny_random(seed, 3)]};
    }
    for (size_t f = 0; f < c->file_count; f++) {
        case_rows *file = &c->files[f];
        bool statement = tiny_random(seed, 4) > 0;
        uint32_t account = 1 + tiny_random(seed, CASE_ACCOUNTS);
        for (size_t i = 0; i < transfer_count; i++) {
            if (statement) {
                case_show(file, transfers[i], account, seed, mode);
            } else if (tiny_random(seed, 2) == 0) {
                reading_row row = transfers[i];
                row.time = case_time(seed, mode);
                case_push(file, row);
            }
        }
        case_sort(file, tiny_random(seed, 2) == 0);
        if (statement && tiny_random(seed, 2) == 0) case_balance(file, account);
        if (tiny_random(seed, 3) == 0) case_shuffle_days(file, seed);
    }
}

/* A file's mark is its place in the case, whatever order files are read in. */
static inline void case_read(trail_ledger *ledger, const order_case *c, const size_t *file_order)
{
    static const char *const names[CASE_FILES + 1] = {"a.csv", "b.csv", "c.csv", "d.csv", "e.csv"};
    reading_open(ledger, CASE_ACCOUNTS);
    for (size_t i = 0; i < c->file_count; i++) {
        size_t f = file_order == NULL ? i : file_order[i];
        reading_rows(ledger, names[i], (uint8_t)(f + 1), c->files[f].rows, c->files[f].count);
    }
}

#endif
