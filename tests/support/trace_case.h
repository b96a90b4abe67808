/* A small case traced under every rule, and what must come out, for tests. */
#ifndef TESTS_SUPPORT_TRACE_CASE_H
#define TESTS_SUPPORT_TRACE_CASE_H

#include "support/ledger_builder.h"
#include "trace/trace.h"

typedef struct trace_mark_row {
    const char *id;   /* sources are declared in the order in which their ids first stand here */
    uint32_t payment; /* row of the table */
    int64_t amount;   /* 0: the whole payment */
} trace_mark_row;

typedef struct trace_case {
    ledger_table table;
    const trace_mark_row *marks;
    size_t mark_count;
} trace_case;

#define TRACE_SOURCE_LIMIT 8
typedef struct traced_case {
    trail_ledger ledger;
    trail_reversals reversals;
    trail_proceeds_rule rules[TRACE_SOURCE_LIMIT];
    trail_vector proceeds;
    trail_trace trace;
} traced_case;

/* Ledger and proceeds only. */
void traced_case_prepare(traced_case *traced, const trace_case *given);
void traced_case_run(traced_case *traced, const trace_case *given, unsigned threads);
void traced_case_clear(traced_case *traced);

/* Sums; source or account NULL: all. */
int64_t traced_left(const traced_case *traced, size_t rule, const char *source, uint32_t payment);
int64_t traced_entered(const traced_case *traced, size_t rule, const char *source,
                       uint32_t payment);
int64_t traced_resting(const traced_case *traced, size_t rule, const char *source,
                       const char *currency, trail_resting where, const char *account);

/* One line of what must come out, under fifo, lifo, prorata, libr, tfo. */
typedef struct trace_expectation {
    enum { EXPECT_LEFT, EXPECT_ENTERED, EXPECT_RESTING } what;
    uint32_t payment;
    trail_resting where;
    const char *account, *source, *currency;
    int64_t amounts[5];
} trace_expectation;

/* Runs the case and fails the test, naming rule and line, at the first difference. */
void trace_case_expect(const trace_case *given, const trace_expectation *lines, size_t line_count);

#define LEFT(payment_, ...)                                                                        \
    {                                                                                              \
        .what = EXPECT_LEFT, .payment = (payment_), .amounts = { __VA_ARGS__ }                     \
    }
#define LEFT_OF(source_, payment_, ...)                                                            \
    {                                                                                              \
        .what = EXPECT_LEFT, .source = (source_), .payment = (payment_), .amounts = {              \
            __VA_ARGS__                                                                            \
        }                                                                                          \
    }
#define ENTERED(payment_, ...)                                                                     \
    {                                                                                              \
        .what = EXPECT_ENTERED, .payment = (payment_), .amounts = { __VA_ARGS__ }                  \
    }
#define HELD(account_, ...)                                                                        \
    {                                                                                              \
        .what = EXPECT_RESTING, .account = (account_), .amounts = { __VA_ARGS__ }                  \
    }
#define HELD_OF(source_, account_, ...)                                                            \
    {                                                                                              \
        .what = EXPECT_RESTING, .source = (source_), .account = (account_), .amounts = {           \
            __VA_ARGS__                                                                            \
        }                                                                                          \
    }
#define RESTING(where_, account_, ...)                                                             \
    {                                                                                              \
        .what = EXPECT_RESTING, .where = (where_), .account = (account_), .amounts = {             \
            __VA_ARGS__                                                                            \
        }                                                                                          \
    }

#endif
