/* The main order, slow and obvious: a day's legs, every constraint as a pair, and at each step the
 * one to go is found by looking at all that are left. Small ledgers only. */
#ifndef TESTS_SUPPORT_ORDER_ORACLE_H
#define TESTS_SUPPORT_ORDER_ORACLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/ledger.h"

#define ORACLE_LEGS 128

typedef struct oracle_leg {
    uint32_t payment;
    bool credit, whole, placed, adjusted; /* adjusted: its debit comes just before it */
    int32_t day, second;
    uint32_t accounts[2];
    uint32_t record;
    const trail_file *file;
} oracle_leg;

typedef struct order_oracle {
    const trail_ledger *ledger;
    oracle_leg legs[ORACLE_LEGS];
    size_t count;
    bool before[ORACLE_LEGS][ORACLE_LEGS];
    uint32_t events[2 * ORACLE_LEGS];
    size_t event_count;
    bool sensitive[ORACLE_LEGS];
    struct {
        bool known;
        int64_t balance;
    } last[ORACLE_LEGS]; /* by account, in the one currency of the tests */
} order_oracle;

/* events (2·payment, +1 a credit of its own record) of a paired ledger not yet put in order; to be
 * freed with free(). */
order_oracle *oracle_order(const trail_ledger *ledger);

#endif
