/* Ledgers with statements as reading leaves them, for the tests of statements and coverage. */
#ifndef TESTS_SUPPORT_STATEMENT_CASE_H
#define TESTS_SUPPORT_STATEMENT_CASE_H

#include "reconcile/statement_check.h"
#include "support/reading.h"

#define BALANCED(side, from, to, minor, date, after)                                               \
    {                                                                                              \
        .legs = side, .payer = from, .payee = to, .amount = minor, .day = date, .balance = after,  \
        .has_balance = true                                                                        \
    }
#define PLAIN(side, from, to, minor, date)                                                         \
    {                                                                                              \
        .legs = side, .payer = from, .payee = to, .amount = minor, .day = date                     \
    }

/* The newest file's newest `rows` records are a statement of the account (1-based) in EUR. */
static inline trail_statement *state_statement(trail_ledger *ledger, uint32_t account,
                                               uint32_t rows)
{
    uint32_t end = (uint32_t)ledger->records.count;
    trail_statement statement = {.file = (uint32_t)ledger->records.files.count - 1,
                                 .account = account - 1,
                                 .currency = currency_of("EUR"),
                                 .first_record = end - rows,
                                 .end_record = end,
                                 .line = 1,
                                 .opening = {.day = TRAIL_NO_DAY},
                                 .closing = {.day = TRAIL_NO_DAY},
                                 .from_day = TRAIL_NO_DAY,
                                 .to_day = TRAIL_NO_DAY,
                                 .sequence = UINT32_MAX};
    assert_int_equal(trail_vector_push(&ledger->statements, &statement, NULL), TRAIL_OK);
    return trail_vector_at(&ledger->statements, ledger->statements.count - 1);
}

static inline trail_stated_balance stated(trail_balance_kind kind, int64_t minor, int32_t day)
{
    return (trail_stated_balance){.kind = (uint8_t)kind, .day = day, .amount_minor = minor};
}

static inline trail_statement *state_booked(trail_ledger *ledger, uint32_t account, uint32_t rows,
                                            int64_t opening, int32_t from, int64_t closing,
                                            int32_t to)
{
    trail_statement *statement = state_statement(ledger, account, rows);
    statement->opening = stated(TRAIL_BALANCE_BOOKED, opening, from);
    statement->closing = stated(TRAIL_BALANCE_BOOKED, closing, to);
    return statement;
}

/* With a balance column. */
static inline trail_statement *state_rows(trail_ledger *ledger, uint32_t account, uint32_t rows)
{
    trail_statement *statement = state_statement(ledger, account, rows);
    statement->opening = stated(TRAIL_BALANCE_ROWS, 0, 0);
    statement->closing = stated(TRAIL_BALANCE_ROWS, 0, 0);
    return statement;
}

static inline const trail_statement_check *check_of(const trail_statement_checks *checks, size_t at)
{
    assert_true(at < checks->checks.count);
    return trail_vector_at(&checks->checks, at);
}

static inline const trail_balance_break *break_of(const trail_statement_checks *checks, size_t at)
{
    assert_true(at < checks->breaks.count);
    return trail_vector_at(&checks->breaks, at);
}

static inline void make_checks(trail_statement_checks *checks, const trail_ledger *ledger,
                               int64_t tolerance_millionths)
{
    assert_int_equal(trail_statement_checks_make(checks, ledger, tolerance_millionths, NULL),
                     TRAIL_OK);
}

#endif
