/* Finished ledgers from a compact table, for tests: rows stand in the main order. Anything wrong
 * with the table aborts the test. */
#ifndef TESTS_SUPPORT_LEDGER_BUILDER_H
#define TESTS_SUPPORT_LEDGER_BUILDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/ledger.h"

#define LEDGER_DAY_0 20089 /* 2025-01-01, a Wednesday */

/* One payment, the i-th row being payment i. */
typedef struct ledger_row {
    const char *payer, *payee; /* account numbers; NULL: not named */
    int64_t amount;            /* minor units */
    const char *legs; /* NULL or "dc": a transfer row; "d", "c": one statement leg; "d+c": two
                       * records seen by two parties */
    int day;          /* after LEDGER_DAY_0 */
    int credit_day;   /* "d+c": 0 is `day` */
    int time;         /* 0: none; else seconds of the day */
    trail_kind kind;
    const char *currency; /* NULL: EUR */
    int64_t received;     /* not 0: the credit's amount, where it differs */
    const char *received_currency;
    const char *text, *reference;
    size_t arrives_after; /* "d+c": its credit comes after that row; 0: at once */
    bool may_be_double, message_only;
} ledger_row;

typedef struct ledger_opening_row {
    const char *account;
    int64_t amount;
    trail_origin origin;
    bool stated;
    const char *currency;
} ledger_opening_row;

typedef struct ledger_observed_row {
    const char *account;
    int from_day, to_day; /* after LEDGER_DAY_0 */
} ledger_observed_row;

typedef struct ledger_table {
    const ledger_row *rows;
    size_t row_count;
    const ledger_opening_row *openings;
    size_t opening_count;
    const char *const *unobserved;       /* NULL-terminated; the others are observed on all days */
    const ledger_observed_row *observed; /* instead of all days */
    size_t observed_count;
} ledger_table;

/* Record i (of file received/a.csv, physical line i + 2) attests payment i; a second record stands
 * in received/b.csv, the first at line 2. Accounts are numbered in the order of their numbers. */
void ledger_builder_make(trail_ledger *ledger, const ledger_table *table);
uint32_t ledger_builder_account(const trail_ledger *ledger, const char *number);
trail_currency ledger_builder_currency(const char *code); /* NULL: EUR */

#endif
