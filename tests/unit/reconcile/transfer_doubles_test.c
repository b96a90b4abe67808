#include "reconcile/transfer_doubles.h"

#include "reconcile/matching.h"
#include "support/reading.h"

#define A_ROW_OF_ANOTHER "a transfer row of another file has these accounts, amount and days"
#define TWO_ROWS         "two files have this transfer row"

typedef struct fixture {
    trail_ledger ledger;
    trail_vector doubles;
} fixture;

static void start(fixture *at)
{
    at->doubles = trail_vector_of(sizeof(trail_possible_double));
    reading_open(&at->ledger, 6);
}

static void stop(fixture *at)
{
    trail_vector_clear(&at->doubles);
    trail_ledger_clear(&at->ledger);
}

static size_t look(fixture *at)
{
    at->doubles.count = 0;
    for (size_t i = 0; i < at->ledger.count; i++)
        at->ledger.flags[i] &= (uint8_t)~TRAIL_MAY_BE_DOUBLE;
    assert_int_equal(trail_transfer_doubles(&at->ledger, &at->doubles, NULL), TRAIL_OK);
    for (size_t i = 0; i < at->doubles.count; i++) {
        const trail_possible_double *pair = trail_vector_at(&at->doubles, i);
        assert_true(at->ledger.flags[pair->debit_payment] & TRAIL_MAY_BE_DOUBLE);
        assert_true(at->ledger.flags[pair->credit_payment] & TRAIL_MAY_BE_DOUBLE);
    }
    return at->doubles.count;
}

static void is_pair(const fixture *at, size_t place, uint32_t debit, uint32_t credit,
                    const char *reason)
{
    const trail_possible_double *pair = trail_vector_at(&at->doubles, place);
    assert_int_equal(pair->debit_payment, debit);
    assert_int_equal(pair->credit_payment, credit);
    assert_string_equal(pair->reason, reason);
}

static const reading_row row_1_2 = {.legs = "r", .payer = 1, .payee = 2, .amount = 500, .day = 10};

static void a_leg_and_another_files_row_may_be_one_0_to_3_days_apart_either_way(void **state)
{
    (void)state;
    for (int lag = -5; lag <= 5; lag++) {
        for (int side = 0; side < 2; side++) {
            for (int row_first = 0; row_first < 2; row_first++) {
                fixture at;
                reading_row leg = row_1_2;
                leg.legs = side == 0 ? "d" : "c";
                leg.day += lag;
                start(&at);
                reading_rows(&at.ledger, "a.csv", 1, row_first ? &row_1_2 : &leg, 1);
                reading_rows(&at.ledger, "b.csv", 2, row_first ? &leg : &row_1_2, 1);
                uint32_t row_at = row_first ? 0 : 1, leg_at = 1 - row_at;
                assert_int_equal(look(&at), lag >= -3 && lag <= 3 ? 1 : 0);
                if (at.doubles.count > 0)
                    is_pair(&at, 0, side == 0 ? leg_at : row_at, side == 0 ? row_at : leg_at,
                            A_ROW_OF_ANOTHER);
                stop(&at);
            }
        }
    }
}

static void rows_of_two_files_may_be_one_and_the_earlier_stands_first(void **state)
{
    fixture at;
    reading_row later = row_1_2;
    (void)state;
    later.day += 2;
    start(&at);
    reading_rows(&at.ledger, "a.csv", 1, &later, 1);
    reading_rows(&at.ledger, "b.csv", 2, &row_1_2, 1);
    assert_int_equal(look(&at), 1);
    is_pair(&at, 0, 1, 0, TWO_ROWS);
    stop(&at);
}

static void rows_of_one_file_and_other_values_are_left_alone(void **state)
{
    fixture at;
    reading_row others[6] = {row_1_2, row_1_2, row_1_2, row_1_2, row_1_2, row_1_2};
    (void)state;
    others[0].payer = 3;
    others[1].payee = 3;
    others[2].amount = 501;
    others[3].currency = "USD";
    others[4].day = 14;
    others[5].payee = 0;
    start(&at);
    READ_ROWS(&at.ledger, "a.csv", 1, row_1_2, row_1_2, row_1_2);
    assert_int_equal(look(&at), 0);
    reading_rows(&at.ledger, "b.csv", 2, others, 6);
    assert_int_equal(look(&at), 0);
    reading_rows(&at.ledger, "c.csv", 3, &row_1_2, 1);
    assert_int_equal(look(&at), 1);
    stop(&at);
}

static void two_legs_are_not_this_rules_business(void **state)
{
    fixture at;
    reading_row debit = row_1_2, credit = row_1_2;
    (void)state;
    debit.legs = "d";
    credit.legs = "c";
    start(&at);
    reading_rows(&at.ledger, "a.csv", 1, &debit, 1);
    reading_rows(&at.ledger, "b.csv", 2, &credit, 1);
    READ_ROWS(&at.ledger, "c.csv", 3, {.legs = "r", .payer = 4, .payee = 5, .amount = 1});
    assert_int_equal(look(&at), 0);
    stop(&at);
}

static void a_row_meets_the_debit_and_the_credit_but_each_once(void **state)
{
    fixture at;
    reading_row debit = row_1_2, credit = row_1_2;
    (void)state;
    debit.legs = "d";
    credit.legs = "c";
    start(&at);
    READ_ROWS(&at.ledger, "a.csv", 1, debit, debit);
    READ_ROWS(&at.ledger, "b.csv", 2, credit);
    READ_ROWS(&at.ledger, "c.csv", 3, row_1_2);
    assert_int_equal(look(&at), 2);
    is_pair(&at, 0, 0, 3, A_ROW_OF_ANOTHER);
    is_pair(&at, 1, 3, 2, A_ROW_OF_ANOTHER);
    assert_false(at.ledger.flags[1] & TRAIL_MAY_BE_DOUBLE);
    stop(&at);
}

static void as_many_rows_as_both_files_have_may_be_double(void **state)
{
    fixture at;
    (void)state;
    start(&at);
    READ_ROWS(&at.ledger, "a.csv", 1, row_1_2, row_1_2, row_1_2);
    READ_ROWS(&at.ledger, "b.csv", 2, row_1_2, row_1_2);
    READ_ROWS(&at.ledger, "c.csv", 3, row_1_2);
    assert_int_equal(look(&at), 3); /* 6 rows, at least 3 payments */
    stop(&at);
}

static void a_row_that_converts_meets_each_leg_by_that_legs_amount(void **state)
{
    fixture at;
    reading_row row = row_1_2, debit = row_1_2, credit = row_1_2;
    (void)state;
    row.received = 550;
    row.received_currency = "USD";
    debit.legs = "d";
    credit.legs = "c";
    credit.amount = 550;
    credit.currency = "USD";
    start(&at);
    reading_rows(&at.ledger, "a.csv", 1, &row, 1);
    reading_rows(&at.ledger, "b.csv", 2, &debit, 1);
    reading_rows(&at.ledger, "c.csv", 3, &credit, 1);
    credit.currency = NULL;
    debit.currency = "USD";
    reading_rows(&at.ledger, "d.csv", 4, &credit, 1);
    reading_rows(&at.ledger, "e.csv", 5, &debit, 1);
    assert_int_equal(look(&at), 2);
    assert_int_equal(at.ledger.flags[3] & TRAIL_MAY_BE_DOUBLE, 0);
    assert_int_equal(at.ledger.flags[4] & TRAIL_MAY_BE_DOUBLE, 0);
    reading_rows(&at.ledger, "f.csv", 6, &row, 1);
    assert_int_equal(look(&at), 3);
    stop(&at);
}

static void a_paired_payment_and_a_third_files_row_may_be_one(void **state)
{
    fixture at;
    trail_matching matching;
    reading_row debit = row_1_2, credit = row_1_2;
    (void)state;
    debit.legs = "d";
    credit.legs = "c";
    start(&at);
    reading_rows(&at.ledger, "a.csv", 1, &debit, 1);
    reading_rows(&at.ledger, "b.csv", 2, &credit, 1);
    reading_rows(&at.ledger, "c.csv", 3, &row_1_2, 1);
    assert_int_equal(trail_match_payments(&at.ledger, NULL, &matching, NULL), TRAIL_OK);
    assert_int_equal(matching.paired, 1);
    assert_int_equal(at.ledger.count, 2);
    trail_vector_clear(&at.doubles);
    trail_vector_clear(&matching.matches);
    at.doubles = matching.doubles;
    assert_int_equal(at.doubles.count, 1);
    is_pair(&at, 0, 0, 1, A_ROW_OF_ANOTHER);
    stop(&at);
}

/* The most pairs there can be between the rows of two files, tried in every way. */
static size_t most_pairs(const int *first, size_t first_count, const int *second,
                         size_t second_count, unsigned used)
{
    if (first_count == 0) return 0;
    size_t most = most_pairs(first + 1, first_count - 1, second, second_count, used);
    for (size_t i = 0; i < second_count; i++) {
        int lag = second[i] - first[0];
        if ((used >> i & 1) != 0 || lag < -3 || lag > 3) continue;
        size_t count =
            1 + most_pairs(first + 1, first_count - 1, second, second_count, used | 1u << i);
        if (count > most) most = count;
    }
    return most;
}

static void as_many_pairs_are_found_as_there_can_be(void **state)
{
    uint64_t seed = 7;
    (void)state;
    for (int round = 0; round < 400; round++) {
        fixture at;
        int days[2][5];
        size_t counts[2];
        start(&at);
        for (size_t file = 0; file < 2; file++) {
            reading_file(&at.ledger, file == 0 ? "a.csv" : "b.csv", (uint8_t)(1 + file));
            counts[file] = 1 + tiny_random(&seed, 5);
            for (size_t i = 0; i < counts[file]; i++) {
                reading_row row = row_1_2;
                row.day = days[file][i] = (int)tiny_random(&seed, 14);
                (void)reading_row_add(&at.ledger, &row);
            }
        }
        assert_int_equal(look(&at), most_pairs(days[0], counts[0], days[1], counts[1], 0));
        stop(&at);
    }
}

static void the_order_of_files_changes_no_pair(void **state)
{
    uint64_t seed = 11;
    (void)state;
    for (int round = 0; round < 200; round++) {
        reading_row rows[3][4];
        int64_t sums[2] = {0, 0};
        size_t pairs[2];
        for (size_t i = 0; i < 12; i++) {
            static const char *const legs[] = {"r", "r", "d", "c"};
            rows[i / 4][i % 4] = row_1_2;
            rows[i / 4][i % 4].legs = legs[tiny_random(&seed, 4)];
            rows[i / 4][i % 4].day = (int)tiny_random(&seed, 9);
        }
        for (size_t turn = 0; turn < 2; turn++) {
            fixture at;
            start(&at);
            for (size_t k = 0; k < 3; k++) {
                size_t file = turn == 0 ? k : 2 - k;
                reading_rows(&at.ledger, "x.csv", (uint8_t)(file + 1), rows[file], 4);
            }
            pairs[turn] = look(&at);
            for (uint32_t i = 0; i < 12; i++) {
                size_t file = turn == 0 ? i / 4 : 2 - i / 4;
                if ((at.ledger.flags[i] & TRAIL_MAY_BE_DOUBLE) != 0)
                    sums[turn] += INT64_C(1) << (file * 4 + i % 4);
            }
            stop(&at);
        }
        assert_int_equal(pairs[0], pairs[1]);
        assert_int_equal(sums[0], sums[1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_leg_and_another_files_row_may_be_one_0_to_3_days_apart_either_way),
        cmocka_unit_test(rows_of_two_files_may_be_one_and_the_earlier_stands_first),
        cmocka_unit_test(rows_of_one_file_and_other_values_are_left_alone),
        cmocka_unit_test(two_legs_are_not_this_rules_business),
        cmocka_unit_test(a_row_meets_the_debit_and_the_credit_but_each_once),
        cmocka_unit_test(as_many_rows_as_both_files_have_may_be_double),
        cmocka_unit_test(a_row_that_converts_meets_each_leg_by_that_legs_amount),
        cmocka_unit_test(a_paired_payment_and_a_third_files_row_may_be_one),
        cmocka_unit_test(as_many_pairs_are_found_as_there_can_be),
        cmocka_unit_test(the_order_of_files_changes_no_pair),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
