/* The worked examples of the five rules, to the cent. Amounts stand under fifo, lifo, prorata,
 * libr, tfo. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "support/trace_case.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define CASE(rows_, openings_, marks_)                                                             \
    {                                                                                              \
        .table = {.rows = (rows_),                                                                 \
                  .row_count = COUNT(rows_),                                                       \
                  .openings = (openings_),                                                         \
                  .opening_count = COUNT(openings_)},                                              \
        .marks = (marks_), .mark_count = COUNT(marks_)                                             \
    }
#define IN(from_, to_, amount_)                                                                    \
    {                                                                                              \
        .payer = from_, .payee = to_, .amount = amount_, .legs = "c"                               \
    }
#define OUT(from_, to_, amount_)                                                                   \
    {                                                                                              \
        .payer = from_, .payee = to_, .amount = amount_, .legs = "d"                               \
    }
#define BETWEEN(from_, to_, amount_)                                                               \
    {                                                                                              \
        .payer = from_, .payee = to_, .amount = amount_                                            \
    }
#define CLEAN(account_, amount_)                                                                   \
    {                                                                                              \
        account_, amount_, TRAIL_ORIGIN_CLEAN, false, NULL                                         \
    }

typedef struct worked_example {
    const char *name;
    trace_case given;
    const trace_expectation *lines;
    size_t line_count;
} worked_example;

static const ledger_row r1_rows[] = {
    IN("V1", "X", 600000),  IN("S1", "X", 300000), OUT("X", "P1", 400000), IN("S2", "X", 200000),
    OUT("X", "P2", 900000), IN("V2", "X", 200000), OUT("X", "P3", 850000), IN("S3", "X", 700000),
};
static const ledger_opening_row r1_openings[] = {CLEAN("X", 1000000)};
static const trace_mark_row r1_marks[] = {{"V", 0, 0}, {"V", 5, 0}};
static const trace_expectation r1_lines[] = {
    LEFT(0, 600000, 600000, 600000, 600000, 600000),
    LEFT(2, 0, 100000, 126316, 0, 400000),
    LEFT(4, 300000, 500000, 250774, 0, 200000),
    LEFT(6, 350000, 200000, 359474, 650000, 200000),
    HELD("X", 150000, 0, 63436, 150000, 0),
    RESTING(TRAIL_RESTING_FRONTIER, NULL, 650000, 800000, 736564, 650000, 800000),
};

static const ledger_row r2_credit_first_rows[] = {IN("V", "X", 500000), OUT("X", "P", 400000)};
static const ledger_opening_row r2_openings[] = {CLEAN("X", 400000)};
static const trace_mark_row first_mark[] = {{"V", 0, 0}};
static const trace_expectation r2_credit_first_lines[] = {LEFT(1, 0, 400000, 222222, 0, 400000)};

static const ledger_row r2_debit_first_rows[] = {OUT("X", "P", 400000), IN("V", "X", 500000)};
static const trace_mark_row second_mark[] = {{"V", 1, 0}};
static const trace_expectation r2_debit_first_lines[] = {
    LEFT(0, 0, 0, 0, 0, 0), HELD("X", 500000, 500000, 500000, 500000, 500000)};

static const ledger_row r3_rows[] = {OUT("X", "CAR", 300000), IN("V", "X", 500000),
                                     OUT("X", "P", 100000)};
static const ledger_opening_row r3_openings[] = {CLEAN("X", 100000)};
static const trace_expectation r3_lines[] = {
    LEFT(0, 0, 0, 0, 0, 0), LEFT(2, 100000, 100000, 100000, 100000, 100000),
    HELD("X", 200000, 200000, 200000, 200000, 200000),
    RESTING(TRAIL_RESTING_OVERDRAFT, "X", 200000, 200000, 200000, 200000, 200000)};

static const ledger_row r4_rows[] = {IN("V", "X", 300000), OUT("X", "P", 250000)};
static const ledger_opening_row r4_none[] = {{"Y", 1, TRAIL_ORIGIN_CLEAN, false, NULL}};
static const trace_expectation r4_none_lines[] = {LEFT(1, 250000, 250000, 250000, 250000, 250000)};
static const ledger_opening_row r4_stated[] = {{"X", 800000, TRAIL_ORIGIN_UNKNOWN, true, NULL}};
static const trace_expectation r4_stated_lines[] = {LEFT(1, 0, 250000, 68182, 0, 250000)};

static const ledger_row r5_rows[] = {
    IN("V", "A", 800000),
    BETWEEN("A", "B", 1000000),
    {.payer = "B", .amount = 3000, .legs = "d", .kind = TRAIL_KIND_FEE},
    OUT("B", "C", 700000)};
static const ledger_opening_row r5_openings[] = {CLEAN("A", 600000), CLEAN("B", 200000)};
static const trace_expectation r5_lines[] = {LEFT(1, 400000, 800000, 571429, 400000, 800000),
                                             LEFT(2, 0, 0, 1429, 0, 3000),
                                             LEFT(3, 0, 503000, 333333, 0, 700000),
                                             HELD("A", 400000, 0, 228571, 400000, 0),
                                             HELD("B", 400000, 297000, 236667, 400000, 97000),
                                             RESTING(TRAIL_RESTING_FEE, "B", 0, 0, 1429, 0, 3000)};

/* Three claimants: after one withdrawal, who is left with what (lifo and the others by B8.2). */
static const ledger_row clowes_rows[] = {IN("CA", "X", 100000), IN("CB", "X", 200000),
                                         OUT("X", "T", 150000), IN("CC", "X", 100000)};
static const ledger_opening_row clowes_openings[] = {CLEAN("X", 0)};
static const trace_mark_row clowes_marks[] = {{"A", 0, 0}, {"B", 1, 0}, {"C", 3, 0}};
static const trace_expectation clowes_lines[] = {
    HELD_OF("A", "X", 0, 100000, 50000, 0, 0),
    HELD_OF("B", "X", 150000, 50000, 100000, 150000, 150000),
    HELD_OF("C", "X", 100000, 100000, 100000, 100000, 100000)};

static const ledger_row hallett_rows[] = {IN("V", "X", 300000), OUT("X", "SHARES", 213700),
                                          OUT("X", "SPENT", 494000)};
static const ledger_opening_row hallett_openings[] = {CLEAN("X", 407700)};
static const trace_expectation hallett_lines[] = {LEFT(1, 0, 213700, 90589, 0, 213700),
                                                  LEFT(2, 300000, 86300, 209411, 300000, 86300),
                                                  HELD("X", 0, 0, 0, 0, 0)};

static const ledger_row roscoe_rows[] = {IN("V", "X", 45500), OUT("X", "P", 83000),
                                         IN("S", "X", 33300)};
static const ledger_opening_row roscoe_openings[] = {CLEAN("X", 40000)};
static const trace_expectation roscoe_lines[] = {HELD("X", 2500, 0, 1330, 2500, 0)};

static const ledger_row capstone_rows[] = {IN("V", "X", 20000000), OUT("X", "CAR", 7500000),
                                           OUT("X", "SPENT", 17950000)};
static const ledger_opening_row capstone_openings[] = {CLEAN("X", 10000000)};
static const trace_expectation capstone_lines[] = {
    LEFT(1, 0, 7500000, 5000000, 0, 7500000),
    LEFT(2, 15450000, 12500000, 11966667, 15450000, 12500000),
    HELD("X", 4550000, 0, 3033333, 4550000, 0)};

/* An overdrawing payer hands over what was consumed, then the bank's money (B8.5). */
static const ledger_row overdrawing_rows[] = {IN("V", "A", 5000), BETWEEN("A", "B", 8000),
                                              OUT("B", "C", 4000)};
static const ledger_opening_row overdrawing_openings[] = {CLEAN("A", 0), CLEAN("B", 0)};
static const trace_expectation overdrawing_lines[] = {LEFT(2, 4000, 1000, 2500, 1000, 4000)};

/* 18 USC 1957: salary and gambling money in one account. */
static const ledger_row salary_rows[] = {IN("V", "X", 3000000), OUT("X", "M", 2000000),
                                         OUT("X", "U", 1000000)};
static const ledger_opening_row salary_openings[] = {CLEAN("X", 3000000)};
static const trace_expectation salary_lines[] = {LEFT(1, 0, 2000000, 1000000, 0, 2000000),
                                                 LEFT(2, 0, 1000000, 500000, 0, 1000000)};

#define EXAMPLE(name_, rows_, openings_, marks_, lines_)                                           \
    {                                                                                              \
        .name = name_, .given = CASE(rows_, openings_, marks_), .lines = lines_,                   \
        .line_count = COUNT(lines_)                                                                \
    }

static const worked_example examples[] = {
    EXAMPLE("r1_a_mixed_account_with_two_tainted_credits", r1_rows, r1_openings, r1_marks,
            r1_lines),
    EXAMPLE("r2_same_day_the_credit_first", r2_credit_first_rows, r2_openings, first_mark,
            r2_credit_first_lines),
    EXAMPLE("r2_same_day_the_debit_first", r2_debit_first_rows, r2_openings, second_mark,
            r2_debit_first_lines),
    EXAMPLE("r3_a_tainted_credit_pays_the_overdraft_first", r3_rows, r3_openings, second_mark,
            r3_lines),
    EXAMPLE("r4_an_opening_nobody_states_is_the_lowest_possible", r4_rows, r4_none, first_mark,
            r4_none_lines),
    EXAMPLE("r4_a_stated_opening_of_unknown_origin", r4_rows, r4_stated, first_mark,
            r4_stated_lines),
    EXAMPLE("r5_two_accounts_and_a_fee", r5_rows, r5_openings, first_mark, r5_lines),
    EXAMPLE("barlow_clowes_between_three_claimants", clowes_rows, clowes_openings, clowes_marks,
            clowes_lines),
    EXAMPLE("hallett_then_oatway", hallett_rows, hallett_openings, first_mark, hallett_lines),
    EXAMPLE("roscoe_a_later_credit_revives_nothing", roscoe_rows, roscoe_openings, first_mark,
            roscoe_lines),
    EXAMPLE("capstone_car_and_later_spending", capstone_rows, capstone_openings, first_mark,
            capstone_lines),
    EXAMPLE("an_overdrawing_payer_hands_over_the_banks_money_last", overdrawing_rows,
            overdrawing_openings, first_mark, overdrawing_lines),
    EXAMPLE("salary_and_gambling_money", salary_rows, salary_openings, first_mark, salary_lines),
};

static void worked(void **state)
{
    const worked_example *example = *state;
    trace_case_expect(&example->given, example->lines, example->line_count);
}

/* The statement of A shows what left it: a message of the same days adds nothing. Where no
 * statement covers the day, the message is all there is, and the money goes its way once. */
static void a_message_moves_money_only_where_no_statement_covers_the_day(void **state)
{
    (void)state;
    static const ledger_row rows[] = {
        {.payer = "V", .payee = "A", .amount = 1000, .legs = "c"},
        {.payer = "A", .payee = "B", .amount = 1000, .day = 2, .message_only = true},
        {.payer = "A", .payee = "C", .amount = 1000, .legs = "d", .day = 3}};
    static const ledger_row later[] = {
        {.payer = "V", .payee = "A", .amount = 1000, .legs = "c"},
        {.payer = "A", .payee = "B", .amount = 1000, .day = 9, .message_only = true}};
    static const trace_mark_row marks[] = {{"V", 0, 0}};
    static const ledger_observed_row observed[] = {{"A", 0, 5}, {"B", 0, 5}};
    static const char *const unobserved[] = {"C", "V", NULL};
    const trace_case given[] = {{.table = {.rows = rows,
                                           .row_count = COUNT(rows),
                                           .unobserved = unobserved,
                                           .observed = observed,
                                           .observed_count = COUNT(observed)},
                                 .marks = marks,
                                 .mark_count = 1},
                                {.table = {.rows = later,
                                           .row_count = COUNT(later),
                                           .unobserved = unobserved,
                                           .observed = observed,
                                           .observed_count = COUNT(observed)},
                                 .marks = marks,
                                 .mark_count = 1}};
    static const trace_expectation covered[] = {LEFT(1, 0, 0, 0, 0, 0), ENTERED(1, 0, 0, 0, 0, 0),
                                                LEFT(2, 1000, 1000, 1000, 1000, 1000),
                                                HELD("A", 0, 0, 0, 0, 0), HELD("B", 0, 0, 0, 0, 0)};
    static const trace_expectation uncovered[] = {
        LEFT(1, 1000, 1000, 1000, 1000, 1000), ENTERED(1, 1000, 1000, 1000, 1000, 1000),
        HELD("A", 0, 0, 0, 0, 0), HELD("B", 1000, 1000, 1000, 1000, 1000)};
    trace_case_expect(&given[0], covered, COUNT(covered));
    trace_case_expect(&given[1], uncovered, COUNT(uncovered));
}

int main(void)
{
    struct CMUnitTest tests[COUNT(examples) + 1];
    for (size_t i = 0; i < COUNT(examples); i++) {
        tests[i] = (struct CMUnitTest){.name = examples[i].name,
                                       .test_func = worked,
                                       .initial_state = (void *)(uintptr_t)&examples[i]};
    }
    tests[COUNT(examples)] = (struct CMUnitTest)cmocka_unit_test(
        a_message_moves_money_only_where_no_statement_covers_the_day);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
