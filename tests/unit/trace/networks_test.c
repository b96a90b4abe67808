/* Seeded random networks: the rules against an oracle that moves unit by unit, the rule-free bounds
 * of one account, and what must not change anything: labels and threads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "support/trace_case.h"
#include "support/unit_oracle.h"
#include "trace/tracing_rule.h"

#define ROUNDS 300

static const char *const numbers[ORACLE_ACCOUNTS] = {"A1", "B2", "C3", "D4", "E5", "F6"};
static const char *const other_numbers[ORACLE_ACCOUNTS] = {"Q4", "H9", "Z1", "A7", "M2", "C8"};
static const char *const sources[ORACLE_SOURCES] = {"S1", "S2", "S3"};

static uint32_t next(uint64_t *seed, uint32_t below)
{
    *seed += UINT64_C(0x9e3779b97f4a7c15);
    uint64_t mixed = *seed;
    mixed = (mixed ^ (mixed >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94d049bb133111eb);
    return (uint32_t)((mixed ^ (mixed >> 31)) % below);
}

typedef struct network {
    ledger_row rows[ORACLE_PAYMENTS];
    size_t payers[ORACLE_PAYMENTS], payees[ORACLE_PAYMENTS];
    ledger_opening_row openings[ORACLE_ACCOUNTS];
    trace_mark_row marks[ORACLE_PAYMENTS];
    trace_case given;
} network;

static void place_marks(network *made, uint64_t *seed, bool partial)
{
    size_t count = 0;
    /* the first three make sure that every source exists, in declared order */
    for (size_t i = 0; i < 12; i++) {
        size_t source = i < ORACLE_SOURCES ? i : next(seed, ORACLE_SOURCES);
        uint32_t payment = next(seed, ORACLE_PAYMENTS);
        bool taken = false;
        for (size_t k = 0; k < count; k++)
            taken = taken || (made->marks[k].payment == payment &&
                              strcmp(made->marks[k].id, sources[source]) == 0);
        if (taken) continue;
        int64_t amount = made->rows[payment].amount;
        bool whole = !partial || next(seed, 2) == 0;
        made->marks[count++] = (trace_mark_row){sources[source], payment,
                                                whole ? amount : 1 + next(seed, (uint32_t)amount)};
    }
    made->given.marks = made->marks;
    made->given.mark_count = count;
}

static void make(network *made, uint64_t seed, bool partial, const char *const names[])
{
    static const char *const legs[] = {"dc", "dc", "c", "d", "d+c"};
    *made = (network){.given.table = {.rows = made->rows,
                                      .row_count = ORACLE_PAYMENTS,
                                      .openings = made->openings,
                                      .opening_count = ORACLE_ACCOUNTS}};
    for (size_t i = 0; i < ORACLE_ACCOUNTS; i++)
        made->openings[i] = (ledger_opening_row){
            names[i], (int64_t)next(&seed, 200) - 40,
            next(&seed, 2) == 0 ? TRAIL_ORIGIN_CLEAN : TRAIL_ORIGIN_UNKNOWN, true, NULL};
    for (size_t i = 0; i < ORACLE_PAYMENTS; i++) {
        size_t payer = next(&seed, ORACLE_ACCOUNTS);
        size_t payee = (payer + 1 + next(&seed, ORACLE_ACCOUNTS - 1)) % ORACLE_ACCOUNTS;
        size_t after = i + next(&seed, 4);
        made->payers[i] = payer;
        made->payees[i] = payee;
        made->rows[i] =
            (ledger_row){.payer = names[payer],
                         .payee = names[payee],
                         .amount = 1 + next(&seed, 60),
                         .legs = legs[next(&seed, sizeof legs / sizeof legs[0])],
                         .arrives_after = after < ORACLE_PAYMENTS ? after : ORACLE_PAYMENTS - 1};
    }
    place_marks(made, &seed, partial);
}

/* Marks of a payment lie on the units that leave last, the source declared last on top. */
static void mark_payment(unit_oracle *oracle, const network *made, size_t payment)
{
    int64_t bands[ORACLE_SOURCES] = {0}, room = made->rows[payment].amount, from_top = 0;
    for (size_t source = 0; source < ORACLE_SOURCES; source++) {
        for (size_t i = 0; i < made->given.mark_count; i++) {
            const trace_mark_row *mark = &made->marks[i];
            if (mark->payment == payment && strcmp(mark->id, sources[source]) == 0)
                bands[source] = mark->amount < room ? mark->amount : room;
        }
        room -= bands[source];
    }
    for (size_t source = ORACLE_SOURCES; source-- > 0; from_top += bands[source])
        unit_oracle_mark(oracle, source, from_top, bands[source]);
}

static void play(unit_oracle *oracle, const network *made, size_t rule)
{
    memset(oracle, 0, sizeof *oracle);
    for (size_t i = 0; i < ORACLE_ACCOUNTS; i++) {
        const ledger_opening_row *opening = &made->openings[i];
        if (opening->amount < 0) oracle->overdrafts[i] = -opening->amount;
        if (opening->amount <= 0) continue;
        unit_oracle_appear(oracle, opening->amount);
        if (opening->origin == TRAIL_ORIGIN_CLEAN)
            memset(oracle->parts.origins, 1, (size_t)oracle->parts.count);
        unit_oracle_credit(oracle, i);
    }
    for (size_t i = 0; i < ORACLE_PAYMENTS; i++) {
        const ledger_row *row = &made->rows[i];
        bool debit = strcmp(row->legs, "c") != 0;
        if (debit)
            unit_oracle_debit(oracle, rule, made->payers[i], row->amount);
        else
            unit_oracle_appear(oracle, row->amount);
        mark_payment(oracle, made, i);
        unit_oracle_record(oracle, i);
        if (strcmp(row->legs, "d+c") == 0)
            oracle->transits[i] = oracle->parts;
        else if (strcmp(row->legs, "d") != 0)
            unit_oracle_credit(oracle, made->payees[i]);
        for (size_t k = 0; k <= i; k++) {
            size_t after = made->rows[k].arrives_after > k ? made->rows[k].arrives_after : k;
            if (strcmp(made->rows[k].legs, "d+c") != 0 || after != i) continue;
            oracle->parts = oracle->transits[k];
            unit_oracle_credit(oracle, made->payees[k]);
        }
    }
}

static void compare(const traced_case *traced, const unit_oracle *oracle, size_t rule)
{
    for (size_t source = 0; source < traced->proceeds.count; source++) {
        const char *id =
            ((const trail_proceeds *)trail_vector_at(&traced->proceeds, source))->rule->id;
        for (uint32_t i = 0; i < ORACLE_PAYMENTS; i++)
            assert_int_equal(traced_left(traced, rule, id, i), oracle->left[source][i]);
        for (size_t i = 0; i < ORACLE_ACCOUNTS; i++) {
            assert_int_equal(
                traced_resting(traced, rule, id, NULL, TRAIL_RESTING_ACCOUNT, numbers[i]),
                unit_oracle_held(oracle, i, source));
            assert_int_equal(
                traced_resting(traced, rule, id, NULL, TRAIL_RESTING_OVERDRAFT, numbers[i]),
                oracle->discharged[source][i]);
        }
        for (size_t i = 0; i < traced->trace.conservation.count; i++) {
            const trail_conservation *row = trail_vector_at(&traced->trace.conservation, i);
            if (row->rule == rule && row->proceeds == source)
                assert_int_equal(row->introduced_minor, oracle->introduced[source]);
        }
    }
}

static void every_rule_agrees_with_the_unit_by_unit_oracle(void **state)
{
    (void)state;
    static network made;
    unit_oracle *oracle = malloc(sizeof *oracle);
    assert_non_null(oracle);
    for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
        traced_case traced;
        bool partial = seed % 2 == 0;
        make(&made, seed, partial, numbers);
        traced_case_run(&traced, &made.given, 1);
        for (size_t rule = 0; rule < trail_tracing_rule_count(); rule++) {
            /* where a mark is smaller than its payment the oracle's pro-rata order is not ours */
            if (partial && rule == 2) continue;
            play(oracle, &made, rule);
            compare(&traced, oracle, rule);
        }
        traced_case_clear(&traced);
    }
    free(oracle);
}

/* Running figures of one account for the rule-free bounds of each debit and of all. */
typedef struct bounds {
    int64_t clean_in, tainted_in, out, least_out, most_out;
} bounds;

static void debit_bounds(bounds *at, int64_t debit, int64_t *low, int64_t *high)
{
    int64_t clean_least = at->out - at->most_out;
    *low = debit - (at->clean_in - clean_least);
    if (*low < 0) *low = 0;
    *high = at->tainted_in - at->least_out;
    if (*high > debit) *high = debit;
    at->out += debit;
    if (at->out - at->clean_in > at->least_out) at->least_out = at->out - at->clean_in;
    int64_t held = at->tainted_in - at->most_out;
    at->most_out += debit < held ? debit : held;
}

static void no_rule_leaves_the_bounds_of_one_account(void **state)
{
    (void)state;
    for (uint64_t round = 1; round <= ROUNDS; round++) {
        uint64_t seed = round * 77;
        ledger_row rows[40];
        trace_mark_row marks[40];
        size_t mark_count = 0;
        int64_t balance = 0, lowest = 0;
        for (size_t i = 0; i < 40; i++) {
            bool out = next(&seed, 2) == 0;
            int64_t amount = 1 + next(&seed, 500);
            rows[i] = (ledger_row){.payer = out ? "X1" : "P1",
                                   .payee = out ? "P1" : "X1",
                                   .amount = amount,
                                   .legs = out ? "d" : "c"};
            if (!out && (mark_count == 0 || next(&seed, 2) == 0))
                marks[mark_count++] = (trace_mark_row){"S1", (uint32_t)i, 0};
            balance += out ? -amount : amount;
            if (balance < lowest) lowest = balance;
        }
        const trace_case given = {
            .table = {.rows = rows, .row_count = 40}, .marks = marks, .mark_count = mark_count};
        traced_case traced;
        traced_case_run(&traced, &given, 1);
        for (size_t rule = 0; rule < trail_tracing_rule_count(); rule++) {
            bounds at = {.clean_in = -lowest};
            int64_t total = 0;
            for (uint32_t i = 0; i < 40; i++) {
                bool marked = false;
                for (size_t k = 0; k < mark_count; k++)
                    marked = marked || marks[k].payment == i;
                if (rows[i].legs[0] == 'c') {
                    *(marked ? &at.tainted_in : &at.clean_in) += rows[i].amount;
                    continue;
                }
                int64_t low, high, left = traced_left(&traced, rule, NULL, i);
                debit_bounds(&at, rows[i].amount, &low, &high);
                assert_true(low <= left && left <= high);
                total += left;
            }
            assert_true(at.least_out <= total && total <= at.most_out);
            if (rule == 3) assert_int_equal(total, at.least_out);
            if (rule == 4) assert_int_equal(total, at.most_out);
        }
        traced_case_clear(&traced);
    }
}

static void labels_of_accounts_change_nothing(void **state)
{
    (void)state;
    static network made, renamed;
    for (uint64_t seed = 1; seed <= ROUNDS / 5; seed++) {
        traced_case traced, other;
        make(&made, seed, true, numbers);
        make(&renamed, seed, true, other_numbers);
        traced_case_run(&traced, &made.given, 1);
        traced_case_run(&other, &renamed.given, 1);
        assert_int_equal(traced.trace.payments.count, other.trace.payments.count);
        for (size_t i = 0; i < traced.trace.payments.count; i++) {
            const trail_traced_payment *a = trail_vector_at(&traced.trace.payments, i);
            const trail_traced_payment *b = trail_vector_at(&other.trace.payments, i);
            assert_int_equal(a->payment, b->payment);
            assert_int_equal(a->left_minor, b->left_minor);
            assert_int_equal(a->entered_minor, b->entered_minor);
        }
        for (size_t rule = 0; rule < trail_tracing_rule_count(); rule++) {
            for (size_t i = 0; i < ORACLE_ACCOUNTS; i++)
                assert_int_equal(
                    traced_resting(&traced, rule, NULL, NULL, TRAIL_RESTING_ACCOUNT, numbers[i]),
                    traced_resting(&other, rule, NULL, NULL, TRAIL_RESTING_ACCOUNT,
                                   other_numbers[i]));
        }
        traced_case_clear(&traced);
        traced_case_clear(&other);
    }
}

static void the_number_of_threads_changes_nothing(void **state)
{
    (void)state;
    static network made;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        traced_case one, three;
        make(&made, seed, true, numbers);
        traced_case_run(&one, &made.given, 1);
        traced_case_run(&three, &made.given, 3);
        assert_int_equal(one.trace.payments.count, three.trace.payments.count);
        assert_int_equal(one.trace.holdings.count, three.trace.holdings.count);
        for (size_t i = 0; i < one.trace.payments.count; i++) {
            const trail_traced_payment *a = trail_vector_at(&one.trace.payments, i);
            const trail_traced_payment *b = trail_vector_at(&three.trace.payments, i);
            assert_int_equal(a->rule, b->rule);
            assert_int_equal(a->proceeds, b->proceeds);
            assert_int_equal(a->payment, b->payment);
            assert_int_equal(a->left_minor, b->left_minor);
        }
        for (size_t i = 0; i < one.trace.holdings.count; i++) {
            const trail_holding *a = trail_vector_at(&one.trace.holdings, i);
            const trail_holding *b = trail_vector_at(&three.trace.holdings, i);
            assert_int_equal(a->rule, b->rule);
            assert_int_equal(a->where, b->where);
            assert_int_equal(a->account, b->account);
            assert_int_equal(a->amount_minor, b->amount_minor);
        }
        traced_case_clear(&one);
        traced_case_clear(&three);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_rule_agrees_with_the_unit_by_unit_oracle),
        cmocka_unit_test(no_rule_leaves_the_bounds_of_one_account),
        cmocka_unit_test(labels_of_accounts_change_nothing),
        cmocka_unit_test(the_number_of_threads_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
