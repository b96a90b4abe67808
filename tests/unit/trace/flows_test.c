/* What the rules share: where money goes between two pockets and where it ends. Amounts stand
 * under fifo, lifo, prorata, libr, tfo. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/memory.h"
#include "support/failing_alloc.h"
#include "support/trace_case.h"
#include "trace/tracing_rule.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
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
#define SAME(amount_) amount_, amount_, amount_, amount_, amount_

typedef struct flow {
    const char *name;
    trace_case given;
    const trace_expectation *lines;
    size_t line_count;
} flow;

static const trace_mark_row mark_first[] = {{"V", 0, 0}};

static const ledger_row fx_rows[] = {IN("V", "A", 600000),
                                     IN("S", "A", 400000),
                                     {.payer = "A",
                                      .payee = "B",
                                      .amount = 1000000,
                                      .received = 1085000,
                                      .received_currency = "USD"},
                                     {.payer = "B",
                                      .payee = "C",
                                      .amount = 1085000,
                                      .currency = "USD",
                                      .received = 1083000,
                                      .received_currency = "USD"}};
static const ledger_opening_row fx_openings[] = {CLEAN("A", 0)};
static const trace_expectation fx_lines[] = {
    LEFT(2, SAME(600000)),
    ENTERED(2, SAME(651000)),
    LEFT(3, SAME(651000)),
    ENTERED(3, SAME(649800)),
    RESTING(TRAIL_RESTING_CONVERTED_OUT, "A", SAME(600000)),
    {.what = EXPECT_RESTING,
     .where = TRAIL_RESTING_CONVERTED_IN,
     .account = "B",
     .currency = "USD",
     .amounts = {SAME(-651000)}},
    {.what = EXPECT_RESTING,
     .where = TRAIL_RESTING_FEE,
     .account = "B",
     .currency = "USD",
     .amounts = {SAME(1200)}},
    {.what = EXPECT_RESTING, .account = "C", .currency = "USD", .amounts = {SAME(649800)}}};

static const ledger_row transit_rows[] = {
    IN("V", "A", 10000),
    {.payer = "A", .payee = "B", .amount = 10000, .legs = "d+c", .arrives_after = 2},
    OUT("B", "P", 4000),
    OUT("B", "Q", 6000)};
static const ledger_opening_row transit_openings[] = {CLEAN("A", 0), CLEAN("B", 5000)};
static const trace_expectation transit_lines[] = {
    LEFT(1, SAME(10000)), LEFT(2, SAME(0)), LEFT(3, 5000, 6000, 5455, 5000, 6000),
    RESTING(TRAIL_RESTING_TRANSIT, NULL, SAME(0)), HELD("B", 5000, 4000, 4545, 5000, 4000)};

/* 60 of the 100 that come in pay the overdraft: 18 of V1's 30, 24 of V2's 40. */
static const ledger_row overdraft_rows[] = {IN("V1", "A", 3000), IN("S", "A", 3000),
                                            IN("V2", "A", 4000), OUT("X", "P", 6000),
                                            BETWEEN("A", "X", 10000)};
static const ledger_opening_row overdraft_openings[] = {CLEAN("A", 0), CLEAN("X", 0)};
static const trace_mark_row overdraft_marks[] = {{"V1", 0, 0}, {"V2", 2, 0}};
static const trace_expectation overdraft_lines[] = {
    HELD_OF("V1", "X", SAME(1200)), HELD_OF("V2", "X", SAME(1600)),
    RESTING(TRAIL_RESTING_OVERDRAFT, "X", SAME(4200))};

/* Three units of three origins pay one: two thirds tainted, rounded up, to the source first
 * declared. */
static const ledger_row units_rows[] = {IN("V1", "A", 1), IN("S", "A", 1), IN("V2", "A", 1),
                                        OUT("X", "P", 1), BETWEEN("A", "X", 3)};
static const trace_expectation units_lines[] = {HELD_OF("V1", "X", SAME(0)),
                                                HELD_OF("V2", "X", SAME(1)),
                                                RESTING(TRAIL_RESTING_OVERDRAFT, "X", SAME(1))};

static const ledger_row negative_rows[] = {IN("V", "X", 8000)};
static const ledger_opening_row negative_openings[] = {
    {"X", -5000, TRAIL_ORIGIN_UNKNOWN, true, NULL}};
static const trace_expectation negative_lines[] = {
    HELD("X", SAME(3000)), RESTING(TRAIL_RESTING_OVERDRAFT, "X", SAME(5000))};

/* Nobody states the opening: 30 make every debit payable, at the bottom of the queue. */
static const ledger_row lowest_rows[] = {IN("V", "X", 10000), OUT("X", "P", 6000),
                                         OUT("X", "Q", 7000)};
static const trace_expectation lowest_lines[] = {LEFT(1, 3000, 6000, 4615, 3000, 6000),
                                                 LEFT(2, 7000, 4000, 5385, 7000, 4000)};
static const ledger_opening_row no_openings[] = {{"Y", 0, TRAIL_ORIGIN_CLEAN, false, NULL}};

/* A mark on a payment of an observed payer, whole and in part. */
static const ledger_row observed_rows[] = {IN("V", "A", 5000), BETWEEN("A", "B", 12000)};
static const ledger_opening_row observed_openings[] = {CLEAN("A", 10000), CLEAN("B", 0)};
static const trace_mark_row whole_marks[] = {{"V", 0, 0}, {"W", 1, 0}};
static const trace_expectation whole_lines[] = {LEFT_OF("V", 1, 2000, 5000, 4000, 2000, 5000),
                                                LEFT_OF("W", 1, 10000, 7000, 8000, 10000, 7000),
                                                HELD_OF("W", "B", 10000, 7000, 8000, 10000, 7000)};
static const trace_mark_row part_marks[] = {{"V", 0, 0}, {"W", 1, 3000}};
static const trace_expectation part_lines[] = {LEFT_OF("V", 1, 2000, 5000, 4000, 2000, 5000),
                                               LEFT_OF("W", 1, 1000, 3000, 0, 1000, 3000)};

/* A part of an unexplained credit lies on top, sources in declared order. */
static const ledger_row top_rows[] = {IN("V", "X", 10000), OUT("X", "P", 5000)};
static const ledger_opening_row top_openings[] = {CLEAN("X", 0)};
static const trace_mark_row top_marks[] = {{"V", 0, 4000}, {"W", 0, 3000}};
static const trace_expectation top_lines[] = {LEFT_OF("V", 1, 2000, 2000, 2000, 2000, 4000),
                                              LEFT_OF("W", 1, 0, 3000, 1500, 0, 1000)};
static const trace_mark_row twice_marks[] = {{"V", 0, 8000}, {"W", 0, 0}};
static const trace_expectation twice_lines[] = {LEFT_OF("V", 0, SAME(8000)),
                                                LEFT_OF("W", 0, SAME(2000))};

/* The same money marked again where it passes keeps its source and is not introduced twice. */
static const ledger_row again_rows[] = {IN("V", "A", 5000), BETWEEN("A", "B", 5000)};
static const trace_mark_row again_marks[] = {{"V", 0, 0}, {"V", 1, 0}};
static const trace_expectation again_lines[] = {LEFT(1, SAME(5000)), HELD("B", SAME(5000))};

/* All of it comes back: its parts to their places, below what came in meanwhile. */
static const ledger_row returned_rows[] = {
    IN("V", "B", 20000),
    OUT("B", "Z", 50000),
    IN("S", "B", 10000),
    {.payer = "Z",
     .payee = "B",
     .amount = 50000,
     .legs = "c",
     .kind = TRAIL_KIND_RETURN,
     .day = 90},
    {.payer = "B", .payee = "P", .amount = 40000, .legs = "d", .day = 91}};
static const ledger_opening_row returned_openings[] = {CLEAN("B", 30000)};
static const trace_expectation returned_lines[] = {LEFT(1, SAME(20000)), LEFT(3, SAME(20000)),
                                                   LEFT(4, 10000, 20000, 13333, 0, 20000),
                                                   RESTING(TRAIL_RESTING_FRONTIER, "Z", SAME(0))};

/* After 91 days, or from somebody else, nothing is linked. */
static const ledger_row late_rows[] = {IN("V", "B", 20000),
                                       OUT("B", "Z", 50000),
                                       {.payer = "Z",
                                        .payee = "B",
                                        .amount = 50000,
                                        .legs = "c",
                                        .kind = TRAIL_KIND_RETURN,
                                        .day = 91}};
static const ledger_row strange_rows[] = {
    IN("V", "B", 20000),
    OUT("B", "Z", 50000),
    {.payer = "Q", .payee = "B", .amount = 50000, .legs = "c", .kind = TRAIL_KIND_RETURN}};
static const ledger_row plain_rows[] = {IN("V", "B", 20000), OUT("B", "Z", 50000),
                                        IN("Z", "B", 50000)};
static const trace_expectation unlinked_lines[] = {
    HELD("B", SAME(0)), RESTING(TRAIL_RESTING_FRONTIER, "Z", SAME(20000))};

static const ledger_row part_back_rows[] = {
    IN("V", "B", 20000),
    {.payer = "B", .payee = "Z", .amount = 50000, .legs = "d", .reference = "R1"},
    {.payee = "B", .amount = 25000, .legs = "c", .kind = TRAIL_KIND_RETURN, .reference = "R1"},
    {.payee = "B", .amount = 5000, .legs = "c", .kind = TRAIL_KIND_RETURN, .reference = "R1"}};
static const trace_expectation part_back_lines[] = {
    LEFT(2, SAME(10000)), LEFT(3, SAME(2000)), HELD("B", SAME(12000)),
    RESTING(TRAIL_RESTING_FRONTIER, "Z", SAME(8000))};

/* B lent by its bank for the payment; a clean credit paid that loan; all comes back. */
static const ledger_row lent_rows[] = {
    IN("V", "B", 2000),
    OUT("B", "Z", 5000),
    IN("S", "B", 1000),
    {.payer = "Z", .payee = "B", .amount = 5000, .legs = "c", .kind = TRAIL_KIND_RETURN},
    OUT("B", "P", 2500)};
static const ledger_opening_row lent_openings[] = {CLEAN("B", 0)};
static const trace_expectation lent_lines[] = {LEFT(3, SAME(2000)),
                                               LEFT(4, 2000, 1500, 1667, 1500, 2000),
                                               RESTING(TRAIL_RESTING_OVERDRAFT, "B", SAME(0))};

static const ledger_row ends_rows[] = {
    IN("V", "X", 80),
    OUT("X", "NEVER1", 10),
    {.payer = "X", .payee = "OTHER2", .amount = 10, .legs = "d", .day = 30},
    {.payer = "X", .payee = "THEN3", .amount = 10, .legs = "d", .day = 30},
    {.payer = "X", .amount = 10, .legs = "d"},
    {.payer = "X", .amount = 10, .legs = "d", .kind = TRAIL_KIND_CASH},
    {.payer = "X", .amount = 10, .legs = "d", .kind = TRAIL_KIND_CARD},
    {.payer = "X", .amount = 10, .legs = "d", .kind = TRAIL_KIND_FEE},
    {.payer = "X", .payee = "THEN3", .amount = 10, .kind = TRAIL_KIND_CASH}};
static const ledger_observed_row ends_observed[] = {{"OTHER2", 0, 29}, {"THEN3", 0, 90}};
static const char *const ends_unobserved[] = {"NEVER1", NULL};
static const trace_expectation ends_lines[] = {RESTING(TRAIL_RESTING_FRONTIER, "NEVER1", SAME(10)),
                                               RESTING(TRAIL_RESTING_FRONTIER, "OTHER2", SAME(10)),
                                               RESTING(TRAIL_RESTING_FRONTIER, "THEN3", SAME(10)),
                                               RESTING(TRAIL_RESTING_FRONTIER, "X", SAME(10)),
                                               RESTING(TRAIL_RESTING_CASH, "X", SAME(10)),
                                               RESTING(TRAIL_RESTING_CARD, "X", SAME(10)),
                                               RESTING(TRAIL_RESTING_FEE, "X", SAME(10)),
                                               HELD("THEN3", SAME(10))};

/* A transfer table that observes one bank: the other bank's accounts are where records end. */
static const ledger_row outside_rows[] = {
    BETWEEN("Z", "X", 5000),
    {.payer = "X", .payee = "Z", .amount = 5000, .received = 6000, .received_currency = "USD"},
    BETWEEN("Z", "X", 5000)};
static const char *const outside_unobserved[] = {"Z", NULL};
static const trace_expectation outside_lines[] = {LEFT(0, SAME(5000)),
                                                  LEFT(1, SAME(5000)),
                                                  ENTERED(1, SAME(6000)),
                                                  LEFT(2, SAME(0)),
                                                  RESTING(TRAIL_RESTING_FRONTIER, "Z", SAME(5000)),
                                                  HELD(NULL, SAME(0))};

/* Two records of which one account is nowhere observed: the other leg still counts, once. */
static const ledger_row half_rows[] = {{.payer = "Z", .payee = "X", .amount = 5000, .legs = "d+c"},
                                       {.payer = "X", .payee = "Z", .amount = 2000, .legs = "d+c"}};
static const trace_expectation half_lines[] = {LEFT(1, SAME(2000)), HELD("X", SAME(3000)),
                                               RESTING(TRAIL_RESTING_FRONTIER, "Z", SAME(2000))};

static const ledger_row cycle_rows[] = {IN("V", "A", 10000), BETWEEN("A", "B", 15000),
                                        BETWEEN("B", "A", 15000), OUT("A", "P", 6000)};
static const ledger_opening_row cycle_openings[] = {CLEAN("A", 5000), CLEAN("B", 0)};
static const trace_expectation cycle_lines[] = {LEFT(3, 1000, 6000, 4000, 1000, 6000)};

static const ledger_row void_rows[] = {IN("V", "X", 1000), BETWEEN("X", "X", 9000),
                                       OUT("X", "P", 600)};
static const ledger_opening_row void_openings[] = {CLEAN("X", 500)};
static const trace_expectation void_lines[] = {LEFT(1, SAME(0)), LEFT(2, 100, 600, 400, 100, 600)};

static const ledger_row own_rows[] = {
    IN("V", "X", 1000),
    {.payer = "X", .payee = "X", .amount = 1000, .received = 1200, .received_currency = "USD"}};
static const ledger_opening_row own_openings[] = {CLEAN("X", 0)};
static const trace_expectation own_lines[] = {
    HELD("X", SAME(0)),
    {.what = EXPECT_RESTING, .account = "X", .currency = "USD", .amounts = {SAME(1200)}}};

/* Two sources through one conversion: 1 + 1 of 2 become 1, the first declared keeps it. */
static const ledger_row small_fx_rows[] = {
    IN("V1", "A", 1),
    IN("V2", "A", 1),
    {.payer = "A", .payee = "B", .amount = 2, .received = 1, .received_currency = "KWD"}};
static const trace_mark_row small_fx_marks[] = {{"V1", 0, 0}, {"V2", 1, 0}};
static const trace_expectation small_fx_lines[] = {{.what = EXPECT_RESTING,
                                                    .source = "V1",
                                                    .account = "B",
                                                    .currency = "KWD",
                                                    .amounts = {SAME(1)}},
                                                   {.what = EXPECT_RESTING,
                                                    .source = "V2",
                                                    .account = "B",
                                                    .currency = "KWD",
                                                    .amounts = {SAME(0)}}};

#define FLOW(name_, rows_, openings_, marks_, lines_, ...)                                         \
    {                                                                                              \
        .name = name_,                                                                             \
        .given = {.table = {.rows = rows_,                                                         \
                            .row_count = COUNT(rows_),                                             \
                            .openings = openings_,                                                 \
                            .opening_count = COUNT(openings_),                                     \
                            __VA_ARGS__},                                                          \
                  .marks = marks_,                                                                 \
                  .mark_count = COUNT(marks_)},                                                    \
        .lines = lines_, .line_count = COUNT(lines_)                                               \
    }

static const flow flows[] = {
    FLOW("a_conversion_and_a_charge_carry_the_share", fx_rows, fx_openings, mark_first, fx_lines,
         .unobserved = NULL),
    FLOW("money_in_transit_is_not_yet_the_payees", transit_rows, transit_openings, mark_first,
         transit_lines, .unobserved = NULL),
    FLOW("an_overdraft_is_paid_by_origin_in_proportion", overdraft_rows, overdraft_openings,
         overdraft_marks, overdraft_lines, .unobserved = NULL),
    FLOW("a_tie_between_sources_goes_to_the_first_declared", units_rows, overdraft_openings,
         overdraft_marks, units_lines, .unobserved = NULL),
    FLOW("a_stated_opening_below_zero_is_an_overdraft", negative_rows, negative_openings,
         mark_first, negative_lines, .unobserved = NULL),
    FLOW("an_unknown_opening_lies_at_the_bottom", lowest_rows, no_openings, mark_first,
         lowest_lines, .unobserved = NULL),
    FLOW("a_marked_debit_is_taken_under_the_rule_and_tainted_units_keep_their_source",
         observed_rows, observed_openings, whole_marks, whole_lines, .unobserved = NULL),
    FLOW("a_smaller_mark_is_on_the_units_that_left_last", observed_rows, observed_openings,
         part_marks, part_lines, .unobserved = NULL),
    FLOW("a_smaller_mark_on_an_unexplained_credit_lies_on_top", top_rows, top_openings, top_marks,
         top_lines, .unobserved = NULL),
    FLOW("no_unit_is_marked_twice", top_rows, top_openings, twice_marks, twice_lines,
         .unobserved = NULL),
    FLOW("the_same_source_marked_again_is_not_introduced_again", again_rows, no_openings,
         again_marks, again_lines, .unobserved = NULL),
    FLOW("a_return_of_all_goes_back_to_its_places", returned_rows, returned_openings, mark_first,
         returned_lines, .unobserved = NULL),
    FLOW("a_return_after_ninety_days_is_not_linked", late_rows, returned_openings, mark_first,
         unlinked_lines, .unobserved = NULL),
    FLOW("a_return_from_somebody_else_is_not_linked", strange_rows, returned_openings, mark_first,
         unlinked_lines, .unobserved = NULL),
    FLOW("money_back_from_the_frontier_is_unknown", plain_rows, returned_openings, mark_first,
         unlinked_lines, .unobserved = NULL),
    FLOW("a_return_of_a_part_has_the_originals_mix", part_back_rows, returned_openings, mark_first,
         part_back_lines, .unobserved = NULL),
    FLOW("what_the_bank_lent_is_repaid_first_by_a_return", lent_rows, lent_openings, mark_first,
         lent_lines, .unobserved = NULL),
    FLOW("every_end_has_its_place", ends_rows, no_openings, mark_first, ends_lines,
         .unobserved = ends_unobserved, .observed = ends_observed,
         .observed_count = COUNT(ends_observed)),
    FLOW("accounts_that_a_table_does_not_observe_are_where_records_end", outside_rows, no_openings,
         mark_first, outside_lines, .unobserved = outside_unobserved),
    FLOW("a_pair_with_one_account_observed_counts_once", half_rows, no_openings, mark_first,
         half_lines, .unobserved = outside_unobserved),
    FLOW("a_cycle_brings_the_order_back", cycle_rows, cycle_openings, mark_first, cycle_lines,
         .unobserved = NULL),
    FLOW("a_payment_to_itself_moves_nothing", void_rows, void_openings, mark_first, void_lines,
         .unobserved = NULL),
    FLOW("an_account_changes_currency_with_itself", own_rows, own_openings, mark_first, own_lines,
         .unobserved = NULL),
    FLOW("a_conversion_of_two_sources_keeps_the_total", small_fx_rows, no_openings, small_fx_marks,
         small_fx_lines, .unobserved = NULL),
};

static void flows_so(void **state)
{
    const flow *one = *state;
    trace_case_expect(&one->given, one->lines, one->line_count);
}

static void the_reason_stands_beside_the_frontier(void **state)
{
    (void)state;
    traced_case traced;
    const trace_case given = {.table = {.rows = ends_rows,
                                        .row_count = COUNT(ends_rows),
                                        .unobserved = ends_unobserved,
                                        .observed = ends_observed,
                                        .observed_count = COUNT(ends_observed)},
                              .marks = mark_first,
                              .mark_count = COUNT(mark_first)};
    traced_case_run(&traced, &given, 1);
    const struct {
        const char *account, *reason;
    } expected[] = {{"NEVER1", "not received"},
                    {"OTHER2", "outside period"},
                    {"THEN3", "no matching credit in the records"},
                    {"X", "counterparty not named"}};
    for (size_t i = 0; i < COUNT(expected); i++) {
        size_t found = 0;
        for (size_t k = 0; k < traced.trace.holdings.count; k++) {
            const trail_holding *row = trail_vector_at(&traced.trace.holdings, k);
            if (row->where != TRAIL_RESTING_FRONTIER ||
                row->account != ledger_builder_account(&traced.ledger, expected[i].account))
                continue;
            assert_string_equal(trail_frontier_reason_name((trail_frontier_reason)row->reason),
                                expected[i].reason);
            found++;
        }
        assert_int_equal(found, trail_tracing_rule_count());
    }
    traced_case_clear(&traced);
}

static void conservation_is_stated_for_every_currency(void **state)
{
    (void)state;
    traced_case traced;
    const trace_case given = {.table = {.rows = fx_rows,
                                        .row_count = COUNT(fx_rows),
                                        .openings = fx_openings,
                                        .opening_count = 1},
                              .marks = mark_first,
                              .mark_count = 1};
    traced_case_run(&traced, &given, 1);
    assert_int_equal(traced.trace.conservation.count, 2 * trail_tracing_rule_count());
    const trail_conservation *eur = trail_vector_at(&traced.trace.conservation, 0);
    const trail_conservation *usd = trail_vector_at(&traced.trace.conservation, 1);
    assert_int_equal(eur->currency, ledger_builder_currency("EUR"));
    assert_int_equal(eur->introduced_minor, 600000);
    assert_int_equal(eur->converted_out_minor, 600000);
    assert_int_equal(usd->introduced_minor, 0);
    assert_int_equal(usd->held_minor, 649800);
    assert_int_equal(usd->sinks_minor, 1200);
    assert_int_equal(usd->converted_in_minor, -651000);
    traced_case_clear(&traced);
}

static void ranges_run_from_the_lowest_rule_to_the_highest(void **state)
{
    (void)state;
    traced_case traced;
    trail_traced_range *ranges = NULL;
    const trace_case given = {.table = {.rows = observed_rows,
                                        .row_count = COUNT(observed_rows),
                                        .openings = observed_openings,
                                        .opening_count = 2},
                              .marks = part_marks,
                              .mark_count = 2};
    traced_case_run(&traced, &given, 1);
    assert_int_equal(trail_trace_ranges(&traced.trace, traced.ledger.count, &ranges, NULL),
                     TRAIL_OK);
    assert_int_equal(ranges[0].lowest_minor, 5000);
    assert_int_equal(ranges[0].highest_minor, 5000);
    assert_int_equal(ranges[1].lowest_minor, 3000); /* fifo: 20 of V, 10 of W */
    assert_int_equal(ranges[1].highest_minor, 8000);
    trail_free(ranges);
    traced_case_clear(&traced);
}

static void no_proceeds_give_an_empty_trace(void **state)
{
    (void)state;
    traced_case traced;
    const trace_case given = {.table = {.rows = fx_rows, .row_count = COUNT(fx_rows)}};
    traced_case_run(&traced, &given, 2);
    assert_int_equal(traced.trace.payments.count, 0);
    assert_int_equal(traced.trace.conservation.count, 0);
    traced_case_clear(&traced);
}

static void an_amount_beyond_the_range_is_refused(void **state)
{
    (void)state;
    static const ledger_row rows[] = {IN("V", "X", INT64_MAX), IN("V", "X", 1)};
    const trace_case given = {
        .table = {.rows = rows, .row_count = 2}, .marks = mark_first, .mark_count = 1};
    traced_case traced;
    trail_error err;
    traced_case_prepare(&traced, &given);
    assert_int_equal(trail_trace_run(&traced.trace, &traced.ledger, &traced.reversals,
                                     &traced.proceeds, 1, NULL, &err),
                     TRAIL_OVERFLOW);
    assert_string_equal(err.message, "account X: its balance leaves the range of amounts");
    traced_case_clear(&traced);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(flows); i++) {
        traced_case traced;
        traced_case_prepare(&traced, &flows[i].given);
        for (size_t n = 1;; n++) {
            failing_alloc_at(n);
            trail_status status = trail_trace_run(&traced.trace, &traced.ledger, &traced.reversals,
                                                  &traced.proceeds, 1, NULL, NULL);
            failing_alloc_at(0);
            if (status == TRAIL_OK) break;
            assert_int_equal(status, TRAIL_NO_MEMORY);
            assert_true(n < 5000);
        }
        traced_case_clear(&traced);
    }
}

int main(void)
{
    struct CMUnitTest tests[COUNT(flows)];
    for (size_t i = 0; i < COUNT(flows); i++) {
        tests[i] = (struct CMUnitTest){.name = flows[i].name,
                                       .test_func = flows_so,
                                       .initial_state = (void *)(uintptr_t)&flows[i]};
    }
    const struct CMUnitTest others[] = {
        cmocka_unit_test(the_reason_stands_beside_the_frontier),
        cmocka_unit_test(conservation_is_stated_for_every_currency),
        cmocka_unit_test(ranges_run_from_the_lowest_rule_to_the_highest),
        cmocka_unit_test(no_proceeds_give_an_empty_trace),
        cmocka_unit_test(an_amount_beyond_the_range_is_refused),
        cmocka_unit_test(every_allocation_may_fail),
    };
    int failures = cmocka_run_group_tests(tests, NULL, NULL);
    return failures + cmocka_run_group_tests(others, NULL, NULL);
}
