#include "reconcile/matching.h"

#include "support/failing_alloc.h"
#include "support/reading.h"

typedef struct fixture {
    trail_ledger ledger;
    trail_matching matching;
} fixture;

static void start(fixture *at)
{
    *at = (fixture){.matching = {0}};
    reading_open(&at->ledger, 6);
}

static void stop(fixture *at)
{
    trail_matching_clear(&at->matching);
    trail_ledger_clear(&at->ledger);
}

static void pair(fixture *at, size_t paired, size_t doubles, size_t payments)
{
    assert_int_equal(trail_match_payments(&at->ledger, NULL, &at->matching, NULL), TRAIL_OK);
    assert_int_equal(at->matching.paired, paired);
    assert_int_equal(at->matching.doubles.count, doubles);
    assert_int_equal(at->ledger.count, payments);
}

static const trail_possible_double *double_at(const fixture *at, size_t place)
{
    return trail_vector_at(&at->matching.doubles, place);
}

static bool may_be_double(const fixture *at, uint32_t payment)
{
    return (at->ledger.flags[payment] & TRAIL_MAY_BE_DOUBLE) != 0;
}

/* One debit and one credit, of two files. */
static void pair_two(reading_row debit, reading_row credit, size_t paired, size_t doubles)
{
    fixture at;
    start(&at);
    reading_rows(&at.ledger, "a.csv", 1, &debit, 1);
    reading_rows(&at.ledger, "b.csv", 2, &credit, 1);
    pair(&at, paired, doubles, 2 - paired);
    if (paired == 0) {
        assert_int_equal(may_be_double(&at, 0), doubles > 0);
        assert_int_equal(may_be_double(&at, 1), doubles > 0);
    }
    stop(&at);
}

static const reading_row debit_1_2 = {
    .legs = "d", .payer = 1, .payee = 2, .amount = 500, .day = 10};
static const reading_row credit_1_2 = {
    .legs = "c", .payer = 1, .payee = 2, .amount = 500, .day = 10};

static void legs_that_name_each_other_become_one_payment_with_both_records(void **state)
{
    fixture at;
    (void)state;
    start(&at);
    READ_ROWS(&at.ledger, "a.csv", 1,
              {.legs = "d", .payer = 1, .payee = 2, .amount = 500, .day = 10, .time = 600});
    READ_ROWS(&at.ledger, "b.csv", 2,
              {.legs = "c", .payer = 1, .payee = 2, .amount = 500, .day = 11, .time = 900});
    pair(&at, 1, 0, 1);
    trail_leg debit = trail_ledger_debit(&at.ledger, 0),
              credit = trail_ledger_credit(&at.ledger, 0);
    assert_true(debit.recorded && credit.recorded);
    assert_int_equal(debit.record, 0);
    assert_int_equal(credit.record, 1);
    assert_int_equal(debit.booking_day, 10);
    assert_int_equal(credit.booking_day, 11);
    assert_int_equal(credit.booking_second, 900);
    assert_int_equal(at.ledger.flags[0], BOTH | TRAIL_TWO_RECORDS | TRAIL_HAS_CREDIT_SIDE);
    uint32_t records[3];
    assert_int_equal(trail_ledger_records(&at.ledger, 0, records, 3), 2);
    assert_int_equal(records[0], 0);
    assert_int_equal(records[1], 1);
    stop(&at);
}

static void the_credit_comes_1_day_before_to_5_after_the_debit(void **state)
{
    (void)state;
    for (int lag = -4; lag <= 8; lag++) {
        reading_row credit = credit_1_2;
        credit.day = 10 + lag;
        pair_two(debit_1_2, credit, lag >= -1 && lag <= 5, 0);
    }
}

static void amount_currency_and_both_accounts_must_be_equal(void **state)
{
    reading_row credit = credit_1_2;
    (void)state;
    credit.amount = 501;
    pair_two(debit_1_2, credit, 0, 0);
    credit = credit_1_2;
    credit.currency = "USD"; /* and no rate to hold it against */
    pair_two(debit_1_2, credit, 0, 1);
    credit = credit_1_2;
    credit.payer = 3;
    pair_two(debit_1_2, credit, 0, 0);
    credit = credit_1_2;
    credit.payee = 3;
    pair_two(debit_1_2, credit, 0, 0);
}

static void another_currency_is_not_joined_without_a_rate_even_by_reference(void **state)
{
    reading_row debit = debit_1_2, credit = credit_1_2;
    (void)state;
    debit.reference = credit.reference = "REF1";
    credit.currency = "USD";
    pair_two(debit, credit, 0, 1);
}

static void a_shared_bank_reference_pairs_legs_that_name_nobody(void **state)
{
    reading_row debit = {.legs = "d", .payer = 1, .amount = 500, .day = 10, .reference = "R77"};
    reading_row credit = {.legs = "c", .payee = 2, .amount = 500, .day = 12, .reference = "R77"};
    fixture at;
    (void)state;
    pair_two(debit, credit, 1, 0);
    credit.day = 16;
    pair_two(debit, credit, 0, 0);
    credit.day = 12;
    credit.reference = "R78";
    pair_two(debit, credit, 0, 0);
    debit.reference = credit.reference = "NOTPROVIDED";
    pair_two(debit, credit, 0, 0);
    start(&at);
    debit.reference = credit.reference = "R77";
    reading_rows(&at.ledger, "a.csv", 1, &debit, 1);
    reading_rows(&at.ledger, "b.csv", 2, &credit, 1);
    pair(&at, 1, 0, 1);
    assert_int_equal(at.ledger.payer[0], 0);
    assert_int_equal(at.ledger.payee[0], 1);
    stop(&at);
}

static void two_debits_that_could_be_the_same_credit_are_left_alone(void **state)
{
    fixture at;
    (void)state;
    start(&at);
    READ_ROWS(&at.ledger, "a.csv", 1, debit_1_2,
              {.legs = "d", .payer = 1, .payee = 2, .amount = 500, .day = 9});
    READ_ROWS(&at.ledger, "b.csv", 2, credit_1_2);
    pair(&at, 0, 1, 3);
    /* One credit can be one debit only: the total could count 500 twice, not three times. */
    assert_int_equal(double_at(&at, 0)->debit_payment, 0);
    assert_int_equal(double_at(&at, 0)->credit_payment, 2);
    assert_true(may_be_double(&at, 0));
    assert_false(may_be_double(&at, 1));
    assert_true(at.ledger.flags[0] & TRAIL_AMBIGUOUS);
    assert_true(at.ledger.flags[1] & TRAIL_AMBIGUOUS);
    assert_true(may_be_double(&at, 2));
    stop(&at);
}

static void a_debit_takes_one_of_many_twins_and_leaves_the_later_credit_to_its_own(void **state)
{
    fixture at;
    (void)state;
    start(&at);
    reading_row late_debit = debit_1_2, late_credit = credit_1_2;
    late_debit.day = late_credit.day = 13;
    READ_ROWS(&at.ledger, "a.csv", 1, debit_1_2, late_debit);
    reading_file(&at.ledger, "b.csv", 2);
    for (int i = 0; i < 22; i++)
        (void)reading_row_add(&at.ledger, &credit_1_2);
    (void)reading_row_add(&at.ledger, &late_credit);
    pair(&at, 2, 0, 23);
    stop(&at);
}

static uint32_t payee_that_may_be_double(bool reversed)
{
    static const char *const names[] = {"b.csv", "c.csv"};
    static const reading_row debit = {
        .legs = "d", .payer = 1, .amount = 500, .day = 10, .reference = "R9"};
    fixture at;
    start(&at);
    READ_ROWS(&at.ledger, "a.csv", 1, debit);
    for (uint32_t i = 0; i < 2; i++) {
        reading_row credit = {
            .legs = "c", .payee = 2 + (reversed ? 1 - i : i), .amount = 500, .day = 10};
        credit.reference = "R9";
        reading_rows(&at.ledger, names[i], (uint8_t)credit.payee, &credit, 1);
    }
    pair(&at, 0, 1, 3);
    uint32_t payee = at.ledger.payee[double_at(&at, 0)->credit_payment];
    stop(&at);
    return payee;
}

static void which_legs_may_be_double_does_not_depend_on_file_names(void **state)
{
    (void)state;
    assert_int_equal(payee_that_may_be_double(false), payee_that_may_be_double(true));
}

static const trail_match *match_of(const fixture *at, uint32_t payment)
{
    const trail_match *match = trail_matching_find(&at->matching, payment);
    assert_non_null(match);
    return match;
}

static void two_like_pairs_on_one_day_are_interchangeable_and_joined_in_order(void **state)
{
    fixture at;
    (void)state;
    start(&at);
    READ_ROWS(&at.ledger, "a.csv", 1, debit_1_2, debit_1_2);
    READ_ROWS(&at.ledger, "b.csv", 2, credit_1_2, credit_1_2);
    pair(&at, 2, 0, 2);
    for (uint32_t i = 0; i < 2; i++) {
        assert_int_equal(match_of(&at, i)->match_class, TRAIL_MATCH_INTERCHANGEABLE);
        assert_int_equal(trail_ledger_debit(&at.ledger, i).record, i);
        assert_int_equal(trail_ledger_credit(&at.ledger, i).record, i + 2);
    }
    stop(&at);
}

static void in_a_tiny_case_one_side_naming_the_other_may_be_double_but_is_not_joined(void **state)
{
    reading_row debit = debit_1_2, credit = credit_1_2;
    (void)state;
    credit.payer = 0;
    pair_two(debit, credit, 0, 1);
    debit.payee = 0;
    credit = credit_1_2;
    pair_two(debit, credit, 0, 1);
    credit.payer = 0;
    pair_two(debit, credit, 0, 0);
}

/* Among `others` legs that have nothing to do with it. */
static size_t paired_among(reading_row debit, reading_row credit, uint32_t others)
{
    fixture at;
    start(&at);
    reading_rows(&at.ledger, "a.csv", 1, &debit, 1);
    reading_rows(&at.ledger, "b.csv", 2, &credit, 1);
    reading_file(&at.ledger, "c.csv", 3);
    for (uint32_t i = 0; i < others; i++) {
        reading_row row = {
            .legs = "d", .payer = 3, .amount = 100000 + 7 * i, .day = 10 + (int)(i % 300)};
        (void)reading_row_add(&at.ledger, &row);
    }
    assert_int_equal(trail_match_payments(&at.ledger, NULL, &at.matching, NULL), TRAIL_OK);
    size_t paired = at.matching.paired;
    stop(&at);
    return paired;
}

static void one_side_naming_the_other_is_enough_among_many_records(void **state)
{
    reading_row debit = debit_1_2, credit = credit_1_2;
    (void)state;
    credit.payer = 0;
    assert_int_equal(paired_among(debit, credit, 2), 0);
    assert_int_equal(paired_among(debit, credit, 2000), 1);
    credit.day += 5;
    debit.amount = credit.amount = 50000;
    assert_int_equal(paired_among(debit, credit, 2000), 0);
}

static size_t count_class(const fixture *at, trail_match_class match_class)
{
    return (size_t)at->matching.counts[match_class];
}

static void of_three_like_debits_and_two_like_credits_two_pairs_are_joined_and_marked(void **state)
{
    fixture at;
    (void)state;
    start(&at);
    READ_ROWS(&at.ledger, "a.csv", 1, debit_1_2, debit_1_2, debit_1_2);
    READ_ROWS(&at.ledger, "b.csv", 2, credit_1_2, credit_1_2);
    pair(&at, 2, 0, 3);
    assert_int_equal(count_class(&at, TRAIL_MATCH_INTERCHANGEABLE), 2);
    stop(&at);
}

static void like_payments_of_neighbouring_days_are_joined_and_marked(void **state)
{
    fixture at;
    reading_row later_debit = debit_1_2, credit = credit_1_2, later_credit = credit_1_2;
    (void)state;
    later_debit.day = 11;
    credit.day = 12;
    later_credit.day = 13;
    start(&at);
    READ_ROWS(&at.ledger, "a.csv", 1, debit_1_2, later_debit);
    READ_ROWS(&at.ledger, "b.csv", 2, credit, later_credit);
    pair(&at, 2, 0, 2);
    assert_int_equal(count_class(&at, TRAIL_MATCH_INTERCHANGEABLE), 2);
    stop(&at);
}

static void a_statement_row_naming_its_own_account_names_nobody(void **state)
{
    fixture at;
    (void)state;
    start(&at);
    READ_ROWS(&at.ledger, "a.csv", 1, {.legs = "d", .payer = 1, .payee = 1, .amount = 5, .day = 1},
              {.legs = "c", .payer = 1, .payee = 1, .amount = 5, .day = 1});
    pair(&at, 0, 0, 2);
    assert_int_equal(at.ledger.payee[0], TRAIL_NO_ACCOUNT);
    assert_int_equal(at.ledger.payer[1], TRAIL_NO_ACCOUNT);
    assert_int_equal(at.ledger.flags[0] & TRAIL_VOID, 0);
    stop(&at);
}

static void a_transfer_row_to_itself_is_void_unless_it_converts(void **state)
{
    fixture at;
    (void)state;
    start(&at);
    READ_ROWS(&at.ledger, "a.csv", 1, {.legs = "r", .payer = 1, .payee = 1, .amount = 5, .day = 1},
              {.legs = "r",
               .payer = 1,
               .payee = 1,
               .amount = 5,
               .day = 1,
               .received = 6,
               .received_currency = "USD"},
              {.legs = "r", .payer = 1, .payee = 2, .amount = 5, .day = 1},
              {.legs = "r", .amount = 5, .day = 1});
    pair(&at, 0, 0, 4);
    assert_true(at.ledger.flags[0] & TRAIL_VOID);
    assert_false(at.ledger.flags[1] & TRAIL_VOID);
    assert_false(at.ledger.flags[2] & TRAIL_VOID);
    assert_false(at.ledger.flags[3] & TRAIL_VOID);
    stop(&at);
}

static void credit_sides_of_rows_follow_when_credits_before_them_are_joined(void **state)
{
    fixture at;
    (void)state;
    start(&at);
    READ_ROWS(&at.ledger, "a.csv", 1, credit_1_2);
    READ_ROWS(&at.ledger, "b.csv", 2, debit_1_2);
    READ_ROWS(&at.ledger, "c.csv", 3,
              {.legs = "r",
               .payer = 3,
               .payee = 4,
               .amount = 7,
               .day = 1,
               .received = 9,
               .received_currency = "USD"});
    pair(&at, 1, 0, 2);
    assert_int_equal(trail_ledger_credit(&at.ledger, 0).record, 0);
    assert_int_equal(trail_ledger_debit(&at.ledger, 0).record, 1);
    assert_int_equal(trail_ledger_credit(&at.ledger, 1).amount_minor, 9);
    assert_true(trail_ledger_converts(&at.ledger, 1));
    stop(&at);
}

static trail_status pair_all(void *context, trail_error *err)
{
    fixture at;
    (void)context;
    failing_alloc_at(0);
    start(&at);
    for (uint8_t file = 1; file < 4; file++)
        READ_ROWS(&at.ledger, "x.csv", file, debit_1_2, credit_1_2,
                  {.legs = "r", .payer = 1, .payee = 2, .amount = 500, .day = 10 + file},
                  {.legs = "d", .payer = 3, .payee = 4, .amount = file, .day = 3},
                  {.legs = "c", .payer = 3, .payee = 4, .amount = file, .day = 4});
    trail_status status = TRAIL_OK;
    size_t *nth = context;
    failing_alloc_at(*nth);
    status = trail_match_payments(&at.ledger, NULL, &at.matching, err);
    failing_alloc_at(0);
    if (status == TRAIL_OK) assert_true(at.matching.paired == 6 && at.matching.doubles.count > 3);
    stop(&at);
    return status;
}

static void every_refused_allocation_is_reported(void **state)
{
    (void)state;
    for (size_t nth = 1; nth < 5000; nth++) {
        trail_error err = {TRAIL_OK, ""};
        if (pair_all(&nth, &err) == TRAIL_OK) {
            assert_true(nth > 20);
            return;
        }
        assert_int_equal(err.status, TRAIL_NO_MEMORY);
    }
    fail();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(legs_that_name_each_other_become_one_payment_with_both_records),
        cmocka_unit_test(the_credit_comes_1_day_before_to_5_after_the_debit),
        cmocka_unit_test(amount_currency_and_both_accounts_must_be_equal),
        cmocka_unit_test(another_currency_is_not_joined_without_a_rate_even_by_reference),
        cmocka_unit_test(a_shared_bank_reference_pairs_legs_that_name_nobody),
        cmocka_unit_test(two_debits_that_could_be_the_same_credit_are_left_alone),
        cmocka_unit_test(a_debit_takes_one_of_many_twins_and_leaves_the_later_credit_to_its_own),
        cmocka_unit_test(which_legs_may_be_double_does_not_depend_on_file_names),
        cmocka_unit_test(two_like_pairs_on_one_day_are_interchangeable_and_joined_in_order),
        cmocka_unit_test(in_a_tiny_case_one_side_naming_the_other_may_be_double_but_is_not_joined),
        cmocka_unit_test(one_side_naming_the_other_is_enough_among_many_records),
        cmocka_unit_test(of_three_like_debits_and_two_like_credits_two_pairs_are_joined_and_marked),
        cmocka_unit_test(like_payments_of_neighbouring_days_are_joined_and_marked),
        cmocka_unit_test(a_statement_row_naming_its_own_account_names_nobody),
        cmocka_unit_test(a_transfer_row_to_itself_is_void_unless_it_converts),
        cmocka_unit_test(credit_sides_of_rows_follow_when_credits_before_them_are_joined),
        cmocka_unit_test(every_refused_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
