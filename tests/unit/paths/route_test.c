#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "paths/route.h"

#include "support/route_case.h"

static void money_held_for_the_window_goes_on_and_a_day_longer_does_not(void **state)
{
    (void)state;
    for (int32_t held = 3; held <= 4; held++) {
        small_case c;
        open_case(&c);
        tiny_pay(&c.ledger, 0, 1, 1000, 10);
        tiny_pay(&c.ledger, 1, 5, 1000, 10 + held);
        assert_int_equal(find(&c), held == 3 ? 1 : 0);
        if (held == 3) assert_int_equal(step_at(&c, 0, 1)->days_held, 3);
        close_case(&c);
    }
}

static void a_share_of_exactly_the_limit_is_kept_and_a_cent_less_is_not(void **state)
{
    (void)state;
    for (int64_t minor = 79999; minor <= 80000; minor++) {
        small_case c;
        open_case(&c);
        tiny_pay(&c.ledger, 0, 1, 100000, 10);
        tiny_pay(&c.ledger, 1, 5, minor, 11);
        assert_int_equal(find(&c), minor == 80000 ? 1 : 0);
        if (minor == 80000) assert_int_equal(step_at(&c, 0, 1)->share_kept_millionths, 800000);
        close_case(&c);
    }
}

static void more_going_on_than_came_in_counts_as_the_whole_share(void **state)
{
    (void)state;
    small_case c;
    open_case(&c);
    tiny_pay(&c.ledger, 0, 1, 1000, 10);
    tiny_pay(&c.ledger, 1, 5, 7000, 11);
    assert_int_equal(find(&c), 1);
    assert_int_equal(step_at(&c, 0, 1)->share_kept_millionths, 1000000);
    assert_int_equal(route_at(&c, 0)->got_through_minor, 1000);
    assert_int_equal(route_at(&c, 0)->end, TRAIL_END_DESTINATION);
    assert_int_equal(route_at(&c, 0)->end_account, 5);
    assert_int_equal(route_at(&c, 0)->days, 1);
    close_case(&c);
}

static void a_payment_that_left_before_the_money_came_is_no_step(void **state)
{
    (void)state;
    small_case c;
    open_case(&c);
    tiny_pay(&c.ledger, 1, 5, 1000, 9);
    uint32_t marked = tiny_pay(&c.ledger, 0, 1, 1000, 10);
    assert_int_equal(find_from(&c, marked), 0);
    close_case(&c);
}

static void the_same_day_is_allowed_and_marked_unless_clock_times_say_before(void **state)
{
    (void)state;
    enum { NO_TIMES, TIMES_AFTER, TIMES_BEFORE };
    for (int kind = NO_TIMES; kind <= TIMES_BEFORE; kind++) {
        small_case c;
        open_case(&c);
        trail_entry in = tiny_entry(0, 1, 1000, 10), out = tiny_entry(1, 5, 1000, 10);
        if (kind != NO_TIMES) in.booking_second = 500;
        if (kind != NO_TIMES) out.booking_second = kind == TIMES_AFTER ? 600 : 400;
        uint32_t first = tiny_add(&c.ledger, kind == TIMES_BEFORE ? out : in);
        uint32_t second = tiny_add(&c.ledger, kind == TIMES_BEFORE ? in : out);
        size_t found = find_from(&c, kind == TIMES_BEFORE ? second : first);
        assert_int_equal(found, kind == TIMES_BEFORE ? 0 : 1);
        if (found > 0) assert_int_equal(step_at(&c, 0, 1)->same_day, kind == NO_TIMES);
        close_case(&c);
    }
}

static void got_through_is_brought_back_over_each_conversions_own_amounts(void **state)
{
    (void)state;
    small_case c;
    open_case(&c);
    tiny_pay(&c.ledger, 0, 1, 100000, 10);
    trail_entry to_dollars = tiny_entry(1, 2, 90000, 11);
    to_dollars.has_received = true;
    to_dollars.received_minor = 99000;
    to_dollars.received_currency = currency_of("USD");
    tiny_add(&c.ledger, to_dollars);
    trail_entry onward = tiny_entry(2, 5, 88888, 12);
    onward.currency = currency_of("USD");
    tiny_add(&c.ledger, onward);
    assert_int_equal(find(&c), 1);
    /* 888.88 USD * 900 / 990 = 808.07 EUR and a fraction, rounded down */
    assert_int_equal(route_at(&c, 0)->got_through_minor, 80807);
    assert_int_equal(route_at(&c, 0)->currency, currency_of("EUR"));
    assert_int_equal(step_at(&c, 0, 1)->share_kept_millionths, 900000);
    assert_int_equal(step_at(&c, 0, 2)->share_kept_millionths, 897858);
    close_case(&c);
}

static void a_conversion_on_the_account_itself_is_a_step_and_no_second_visit(void **state)
{
    (void)state;
    small_case c;
    open_case(&c);
    tiny_pay(&c.ledger, 0, 1, 100000, 10);
    trail_entry change = tiny_entry(1, 1, 100000, 11);
    change.has_received = true;
    change.received_minor = 110000;
    change.received_currency = currency_of("USD");
    tiny_add(&c.ledger, change);
    trail_entry onward = tiny_entry(1, 5, 110000, 12);
    onward.currency = currency_of("USD");
    tiny_add(&c.ledger, onward);
    assert_int_equal(find(&c), 1);
    assert_int_equal(route_at(&c, 0)->step_count, 3);
    assert_int_equal(route_at(&c, 0)->got_through_minor, 100000);
    close_case(&c);
}

static void money_in_another_currency_is_other_money(void **state)
{
    (void)state;
    small_case c;
    open_case(&c);
    tiny_pay(&c.ledger, 0, 1, 1000, 10);
    trail_entry dollars = tiny_entry(1, 5, 1000, 11);
    dollars.currency = currency_of("USD");
    tiny_add(&c.ledger, dollars);
    assert_int_equal(find(&c), 0);
    close_case(&c);
}

static void an_account_appears_once(void **state)
{
    (void)state;
    small_case c;
    open_case(&c);
    tiny_pay(&c.ledger, 0, 1, 1000, 10);
    tiny_pay(&c.ledger, 1, 2, 1000, 11);
    tiny_pay(&c.ledger, 2, 1, 1000, 12);
    tiny_pay(&c.ledger, 1, 0, 1000, 12);
    tiny_pay(&c.ledger, 1, 5, 1000, 13);
    assert_int_equal(find(&c), 1);
    assert_int_equal(route_at(&c, 0)->step_count, 2);
    close_case(&c);
}

static void a_stop_not_observed_is_passed_and_marked(void **state)
{
    (void)state;
    small_case c;
    open_case(&c);
    trail_entry in = tiny_entry(0, 6, 1000, 10), out = tiny_entry(6, 5, 1000, 11);
    in.flags = TRAIL_HAS_DEBIT;
    out.flags = TRAIL_HAS_CREDIT;
    tiny_add(&c.ledger, in);
    tiny_add(&c.ledger, out);
    assert_int_equal(find(&c), 1);
    assert_int_equal(route_at(&c, 0)->end, TRAIL_END_DESTINATION);
    assert_true(step_at(&c, 0, 1)->payer_not_observed);
    assert_false(step_at(&c, 0, 0)->payer_not_observed);
    close_case(&c);
}

static void records_end_at_an_account_not_observed_with_nothing_onward(void **state)
{
    (void)state;
    small_case c;
    open_case(&c);
    trail_entry in = tiny_entry(0, 6, 1000, 10);
    in.flags = TRAIL_HAS_DEBIT;
    tiny_add(&c.ledger, in);
    assert_int_equal(find(&c), 1);
    assert_int_equal(route_at(&c, 0)->end, TRAIL_END_RECORDS_END);
    assert_int_equal(route_at(&c, 0)->end_account, 6);
    close_case(&c);
}

static void money_that_rests_on_an_observed_account_makes_no_route(void **state)
{
    (void)state;
    small_case c;
    open_case(&c);
    tiny_pay(&c.ledger, 0, 1, 1000, 10);
    assert_int_equal(find(&c), 0);
    close_case(&c);
}

static void records_end_where_the_payees_own_records_show_no_arrival(void **state)
{
    (void)state;
    small_case c;
    open_case(&c);
    trail_entry in = tiny_entry(0, 1, 1000, 10);
    in.flags = TRAIL_HAS_DEBIT;
    tiny_add(&c.ledger, in);
    tiny_pay(&c.ledger, 1, 5, 1000, 11);
    assert_int_equal(find(&c), 1);
    assert_int_equal(route_at(&c, 0)->end, TRAIL_END_RECORDS_END);
    assert_int_equal(route_at(&c, 0)->step_count, 1);
    close_case(&c);
}

static void payments_without_payee_end_by_their_kind(void **state)
{
    (void)state;
    static const struct {
        trail_kind kind;
        trail_route_end end;
    } rows[] = {{TRAIL_KIND_CASH, TRAIL_END_CASH},
                {TRAIL_KIND_CARD, TRAIL_END_CARD},
                {TRAIL_KIND_FEE, TRAIL_END_FEE},
                {TRAIL_KIND_UNNAMED, TRAIL_END_RECORDS_END},
                {TRAIL_KIND_WAGES, TRAIL_END_RECORDS_END}};
    for (size_t i = 0; i < TRAIL_LENGTH_OF(rows); i++) {
        small_case c;
        open_case(&c);
        tiny_pay(&c.ledger, 0, 1, 1000, 10);
        trail_entry out = tiny_entry(1, TRAIL_NO_ACCOUNT, 900, 11);
        out.kind = (uint8_t)rows[i].kind;
        out.flags = TRAIL_HAS_DEBIT;
        tiny_add(&c.ledger, out);
        assert_int_equal(find(&c), 1);
        assert_int_equal(route_at(&c, 0)->end, rows[i].end);
        assert_int_equal(route_at(&c, 0)->end_account, TRAIL_NO_ACCOUNT);
        close_case(&c);
    }
}

static void a_pair_that_may_be_double_is_one_step_and_one_route(void **state)
{
    (void)state;
    small_case c;
    open_case(&c);
    tiny_pay(&c.ledger, 0, 1, 1000, 10);
    trail_entry debit = tiny_entry(1, 2, 1000, 11), credit = tiny_entry(1, 2, 1000, 12);
    debit.flags = TRAIL_HAS_DEBIT | TRAIL_MAY_BE_DOUBLE;
    credit.flags = TRAIL_HAS_CREDIT | TRAIL_MAY_BE_DOUBLE;
    uint32_t debit_payment = tiny_add(&c.ledger, debit);
    uint32_t credit_payment = tiny_add(&c.ledger, credit);
    tiny_pay(&c.ledger, 2, 5, 1000, 15);
    trail_possible_double pair = {debit_payment, credit_payment, "test"};
    assert_int_equal(trail_vector_push(&c.doubles, &pair, NULL), TRAIL_OK);
    assert_int_equal(find(&c), 1);
    assert_int_equal(route_at(&c, 0)->step_count, 3);
    assert_int_equal(step_at(&c, 0, 1)->payment, debit_payment);
    assert_int_equal(step_at(&c, 0, 1)->twin, credit_payment);
    assert_true(step_at(&c, 0, 1)->may_be_double);
    /* held since the credit of day 12, not since the debit of day 11 */
    assert_int_equal(step_at(&c, 0, 2)->days_held, 3);
    close_case(&c);
}

/* A transfer row of another file tells the whole step, booked before or after the leg. */
static void a_leg_and_a_whole_row_that_may_be_one_are_one_step_and_the_row_stands(void **state)
{
    (void)state;
    for (int credit = 0; credit < 2; credit++) {
        for (int row_first = 0; row_first < 2; row_first++) {
            small_case c;
            open_case(&c);
            tiny_pay(&c.ledger, 0, 1, 1000, 10);
            trail_entry row = tiny_entry(1, 2, 1000, row_first ? 11 : 12);
            trail_entry leg = tiny_entry(1, 2, 1000, row_first ? 12 : 11);
            leg.flags = credit ? TRAIL_HAS_CREDIT : TRAIL_HAS_DEBIT;
            uint32_t first = tiny_add(&c.ledger, row_first ? row : leg);
            uint32_t second = tiny_add(&c.ledger, row_first ? leg : row);
            tiny_pay(&c.ledger, 2, 5, 1000, 14);
            uint32_t row_at = row_first ? first : second, leg_at = row_first ? second : first;
            trail_possible_double pair = {credit ? row_at : leg_at, credit ? leg_at : row_at, ""};
            assert_int_equal(trail_vector_push(&c.doubles, &pair, NULL), TRAIL_OK);
            assert_int_equal(find(&c), 1);
            assert_int_equal(route_at(&c, 0)->step_count, 3);
            assert_int_equal(step_at(&c, 0, 1)->payment, row_at);
            assert_int_equal(step_at(&c, 0, 1)->twin, leg_at);
            /* From the leg itself, as a start, the money goes on as well. */
            assert_int_equal(find_from(&c, leg_at), 1);
            assert_int_equal(route_at(&c, 0)->step_count, 2);
            close_case(&c);
        }
    }
}

static void a_step_that_a_message_alone_shows_may_be_double(void **state)
{
    (void)state;
    small_case c;
    open_case(&c);
    tiny_pay(&c.ledger, 0, 1, 1000, 10);
    trail_entry message = tiny_entry(1, 5, 1000, 11);
    message.flags = BOTH | TRAIL_MESSAGE_ONLY | TRAIL_MAY_BE_DOUBLE;
    tiny_add(&c.ledger, message);
    assert_int_equal(find(&c), 1);
    assert_false(step_at(&c, 0, 0)->may_be_double);
    assert_true(step_at(&c, 0, 1)->may_be_double);
    close_case(&c);
}

static void of_two_whole_rows_that_may_be_one_the_earlier_is_the_step(void **state)
{
    (void)state;
    small_case c;
    open_case(&c);
    tiny_pay(&c.ledger, 0, 1, 1000, 10);
    uint32_t first = tiny_pay(&c.ledger, 1, 2, 1000, 11);
    uint32_t second = tiny_pay(&c.ledger, 1, 2, 1000, 12);
    tiny_pay(&c.ledger, 2, 5, 1000, 14);
    trail_possible_double pair = {first, second, "test"};
    assert_int_equal(trail_vector_push(&c.doubles, &pair, NULL), TRAIL_OK);
    assert_int_equal(find(&c), 1);
    assert_int_equal(step_at(&c, 0, 1)->payment, first);
    assert_int_equal(step_at(&c, 0, 2)->days_held, 3);
    close_case(&c);
}

static void legs_that_share_a_reference_alone_are_one_step_too(void **state)
{
    (void)state;
    for (int contradicts = 0; contradicts <= 1; contradicts++) {
        small_case c;
        open_case(&c);
        tiny_pay(&c.ledger, 0, 1, 1000, 10);
        trail_entry debit = tiny_entry(1, contradicts ? 3 : TRAIL_NO_ACCOUNT, 1000, 11);
        trail_entry credit = tiny_entry(TRAIL_NO_ACCOUNT, 2, 1000, 12);
        debit.flags = TRAIL_HAS_DEBIT | TRAIL_MAY_BE_DOUBLE;
        credit.flags = TRAIL_HAS_CREDIT | TRAIL_MAY_BE_DOUBLE;
        uint32_t debit_payment = tiny_add(&c.ledger, debit);
        trail_possible_double pair = {debit_payment, tiny_add(&c.ledger, credit), "test"};
        assert_int_equal(trail_vector_push(&c.doubles, &pair, NULL), TRAIL_OK);
        tiny_pay(&c.ledger, 2, 5, 1000, 13);
        assert_int_equal(find(&c), 1);
        assert_int_equal(route_at(&c, 0)->end,
                         contradicts ? TRAIL_END_RECORDS_END : TRAIL_END_DESTINATION);
        close_case(&c);
    }
}

static void routes_rank_by_currency_code_first(void **state)
{
    (void)state;
    small_case c;
    open_case(&c);
    static const char *const codes[] = {"USD", "EUR", "GBP", "EUR"};
    trail_route_start starts[4];
    for (uint32_t i = 0; i < 4; i++) {
        trail_entry entry = tiny_entry(0, 5, 1000 + i, 10);
        entry.currency = currency_of(codes[i]);
        starts[i] = (trail_route_start){tiny_add(&c.ledger, entry), 0, entry.currency, 0};
    }
    const uint32_t destination = 5;
    assert_int_equal(trail_payment_graph_build(&c.graph, &c.ledger, NULL), TRAIL_OK);
    assert_int_equal(trail_routes_find(&c.routes, &c.ledger, &c.graph, NULL, starts, 4,
                                       &destination, 1, &c.limits, NULL),
                     TRAIL_OK);
    static const uint32_t expected[] = {3, 1, 2, 0};
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(step_at(&c, i, 0)->payment, expected[i]);
    close_case(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(money_held_for_the_window_goes_on_and_a_day_longer_does_not),
        cmocka_unit_test(a_share_of_exactly_the_limit_is_kept_and_a_cent_less_is_not),
        cmocka_unit_test(more_going_on_than_came_in_counts_as_the_whole_share),
        cmocka_unit_test(a_payment_that_left_before_the_money_came_is_no_step),
        cmocka_unit_test(the_same_day_is_allowed_and_marked_unless_clock_times_say_before),
        cmocka_unit_test(got_through_is_brought_back_over_each_conversions_own_amounts),
        cmocka_unit_test(a_conversion_on_the_account_itself_is_a_step_and_no_second_visit),
        cmocka_unit_test(money_in_another_currency_is_other_money),
        cmocka_unit_test(an_account_appears_once),
        cmocka_unit_test(a_stop_not_observed_is_passed_and_marked),
        cmocka_unit_test(records_end_at_an_account_not_observed_with_nothing_onward),
        cmocka_unit_test(money_that_rests_on_an_observed_account_makes_no_route),
        cmocka_unit_test(records_end_where_the_payees_own_records_show_no_arrival),
        cmocka_unit_test(payments_without_payee_end_by_their_kind),
        cmocka_unit_test(a_pair_that_may_be_double_is_one_step_and_one_route),
        cmocka_unit_test(a_leg_and_a_whole_row_that_may_be_one_are_one_step_and_the_row_stands),
        cmocka_unit_test(a_step_that_a_message_alone_shows_may_be_double),
        cmocka_unit_test(of_two_whole_rows_that_may_be_one_the_earlier_is_the_step),
        cmocka_unit_test(legs_that_share_a_reference_alone_are_one_step_too),
        cmocka_unit_test(routes_rank_by_currency_code_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
