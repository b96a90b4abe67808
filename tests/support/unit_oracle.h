/* The slow obvious tracing: every minor unit is an item with its origin. Small amounts only, one
 * currency, no charges, no returns. */
#ifndef TESTS_SUPPORT_UNIT_ORACLE_H
#define TESTS_SUPPORT_UNIT_ORACLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "support/trace_case.h"

#define ORACLE_ACCOUNTS 6
#define ORACLE_PAYMENTS 64
#define ORACLE_SOURCES  3
#define ORACLE_UNITS    8192

typedef struct unit_list {
    uint8_t origins[ORACLE_UNITS]; /* oldest first: 0 unknown, 1 clean, 2.. sources */
    int count;
} unit_list;

typedef struct unit_oracle {
    unit_list pockets[ORACLE_ACCOUNTS];
    int64_t overdrafts[ORACLE_ACCOUNTS];
    unit_list parts;
    unit_list transits[ORACLE_PAYMENTS];
    int64_t left[ORACLE_SOURCES][ORACLE_PAYMENTS];
    int64_t discharged[ORACLE_SOURCES][ORACLE_ACCOUNTS];
    int64_t introduced[ORACLE_SOURCES];
} unit_oracle;

/* Rule by its place in the table: fifo lifo prorata libr tfo. */
void unit_oracle_debit(unit_oracle *oracle, size_t rule, size_t account, int64_t amount);
void unit_oracle_appear(unit_oracle *oracle, int64_t amount); /* parts: unknown units */
void unit_oracle_mark(unit_oracle *oracle, size_t source, int64_t from_top, int64_t amount);
void unit_oracle_record(unit_oracle *oracle, size_t payment);
void unit_oracle_credit(unit_oracle *oracle, size_t account); /* of parts */
int64_t unit_oracle_held(const unit_oracle *oracle, size_t account, size_t source);

#endif
