#include "reconcile/statement_check.h"

#include "support/failing_alloc.h"
#include "support/statement_case.h"

static void the_row_whose_balance_was_altered_is_named(void **state)
{
    trail_ledger ledger;
    trail_statement_checks checks;
    (void)state;
    reading_open(&ledger, 3);
    READ_ROWS(&ledger, "a.csv", 1, BALANCED("c", 2, 1, 100, 1, 500),
              BALANCED("d", 1, 3, 40, 2, 460), BALANCED("d", 1, 3, 40, 3, 410),
              BALANCED("c", 2, 1, 1, 4, 411));
    state_rows(&ledger, 1, 4);
    make_checks(&checks, &ledger, 0);
    assert_int_equal(checks.checks.count, 1);
    const trail_statement_check *check = check_of(&checks, 0);
    assert_int_equal(check->verdict, TRAIL_VERDICT_DOES_NOT_CLOSE);
    assert_int_equal(check->difference_minor, -10);
    assert_int_equal(check->opening.amount_minor, 400);
    assert_int_equal(check->closing.amount_minor, 411);
    assert_int_equal(check->break_count, 1);
    assert_int_equal(break_of(&checks, 0)->record, 2);
    assert_int_equal(break_of(&checks, 0)->record_before, 1);
    assert_int_equal(break_of(&checks, 0)->expected_minor, 420);
    assert_int_equal(break_of(&checks, 0)->stated_minor, 410);
    trail_statement_checks_clear(&checks);
    trail_ledger_clear(&ledger);
}

static void rows_of_a_day_in_any_order_close_and_one_altered_among_them_is_named(void **state)
{
    trail_ledger ledger;
    trail_statement_checks checks;
    (void)state;
    reading_open(&ledger, 3);
    READ_ROWS(&ledger, "a.csv", 1, BALANCED("c", 2, 1, 100, 1, 500), BALANCED("d", 1, 3, 5, 2, 465),
              BALANCED("d", 1, 3, 30, 2, 470), BALANCED("c", 2, 1, 7, 3, 472));
    state_rows(&ledger, 1, 4);
    make_checks(&checks, &ledger, 0);
    assert_int_equal(check_of(&checks, 0)->verdict, TRAIL_VERDICT_CLOSES);
    assert_int_equal(check_of(&checks, 0)->reordered, 2);
    trail_statement_checks_clear(&checks);
    ledger.amount_minor[2] = 31; /* the row that takes 500 to 470 */
    make_checks(&checks, &ledger, 0);
    assert_int_equal(check_of(&checks, 0)->verdict, TRAIL_VERDICT_DOES_NOT_CLOSE);
    assert_int_equal(check_of(&checks, 0)->break_count, 1);
    assert_int_equal(break_of(&checks, 0)->record, 2);
    trail_statement_checks_clear(&checks);
    trail_ledger_clear(&ledger);
}

static void two_rows_that_could_stand_either_way_follow_the_day_before(void **state)
{
    trail_ledger ledger;
    trail_statement_checks checks;
    (void)state;
    reading_open(&ledger, 3);
    READ_ROWS(&ledger, "a.csv", 1, BALANCED("c", 2, 1, 100, 1, 600),
              BALANCED("c", 2, 1, 100, 2, 600), BALANCED("d", 1, 3, 100, 2, 500),
              BALANCED("d", 1, 3, 50, 3, 550));
    state_rows(&ledger, 1, 4);
    make_checks(&checks, &ledger, 0);
    assert_int_equal(check_of(&checks, 0)->verdict, TRAIL_VERDICT_CLOSES);
    assert_int_equal(check_of(&checks, 0)->reordered, 2);
    trail_statement_checks_clear(&checks);
    trail_ledger_clear(&ledger);
}

static void a_file_with_the_newest_row_first_is_read_from_its_end(void **state)
{
    trail_ledger ledger;
    trail_statement_checks checks;
    (void)state;
    reading_open(&ledger, 3);
    READ_ROWS(&ledger, "a.csv", 1, BALANCED("c", 2, 1, 7, 3, 477), BALANCED("d", 1, 3, 30, 2, 470),
              BALANCED("c", 2, 1, 100, 1, 500));
    state_rows(&ledger, 1, 3)->turned = true;
    make_checks(&checks, &ledger, 0);
    assert_int_equal(check_of(&checks, 0)->verdict, TRAIL_VERDICT_CLOSES);
    assert_int_equal(check_of(&checks, 0)->opening.amount_minor, 400);
    assert_int_equal(check_of(&checks, 0)->closing.amount_minor, 477);
    assert_int_equal(check_of(&checks, 0)->reordered, 0);
    trail_statement_checks_clear(&checks);
    trail_ledger_clear(&ledger);
}

static void a_difference_within_the_tolerance_of_each_row_closes(void **state)
{
    trail_ledger ledger;
    trail_statement_checks checks;
    (void)state;
    reading_open(&ledger, 3);
    READ_ROWS(&ledger, "a.csv", 1, BALANCED("c", 2, 1, 100, 1, 500),
              BALANCED("c", 2, 1, 33, 2, 540), BALANCED("c", 2, 1, 33, 3, 580));
    state_rows(&ledger, 1, 3);
    make_checks(&checks, &ledger, 60000);
    assert_int_equal(check_of(&checks, 0)->verdict, TRAIL_VERDICT_DOES_NOT_CLOSE);
    assert_int_equal(check_of(&checks, 0)->break_count, 2);
    trail_statement_checks_clear(&checks);
    make_checks(&checks, &ledger, 70000);
    assert_int_equal(check_of(&checks, 0)->verdict, TRAIL_VERDICT_CLOSES);
    assert_int_equal(check_of(&checks, 0)->difference_minor, 14);
    trail_statement_checks_clear(&checks);
    trail_ledger_clear(&ledger);
    assert_int_equal(trail_balance_tolerance(100000, currency_of("JPY")), 0);
    assert_int_equal(trail_balance_tolerance(1000000, currency_of("JPY")), 1);
    assert_int_equal(trail_balance_tolerance(100000, currency_of("KWD")), 100);
    assert_int_equal(trail_balance_tolerance(1, currency_of("XBT")), 100);
}

static void a_row_valued_after_the_closing_day_is_named_as_the_exception(void **state)
{
    trail_ledger ledger;
    trail_statement_checks checks;
    (void)state;
    reading_open(&ledger, 3);
    READ_ROWS(&ledger, "a.sta", 1,
              {.legs = "c", .payer = 2, .payee = 1, .amount = 100, .day = 5, .text = "x"},
              {.legs = "d", .payer = 1, .payee = 3, .amount = 30, .day = 5, .text = "x"},
              {.legs = "c", .payer = 2, .payee = 1, .amount = 8, .day = 5, .text = "x"});
    trail_file *file = trail_vector_at(&ledger.records.files, 0);
    for (size_t i = 0; i < 3; i++)
        file->details[i].value_day = 5;
    file->details[1].value_day = 6;
    state_booked(&ledger, 1, 3, 1000, 4, 1108, 5);
    make_checks(&checks, &ledger, 0);
    assert_int_equal(check_of(&checks, 0)->verdict, TRAIL_VERDICT_CLOSES_BUT);
    assert_int_equal(check_of(&checks, 0)->excepted, 1);
    assert_int_equal(check_of(&checks, 0)->excepted_count, 1);
    assert_int_equal(check_of(&checks, 0)->difference_minor, 30);
    trail_statement_checks_clear(&checks);
    file->details[1].value_day = 5;
    make_checks(&checks, &ledger, 0);
    assert_int_equal(check_of(&checks, 0)->verdict, TRAIL_VERDICT_DOES_NOT_CLOSE);
    trail_statement_checks_clear(&checks);
    trail_ledger_clear(&ledger);
}

static void balances_of_another_kind_and_none_cannot_be_checked_and_it_is_said_why(void **state)
{
    trail_ledger ledger;
    trail_statement_checks checks;
    (void)state;
    reading_open(&ledger, 3);
    READ_ROWS(&ledger, "a.xml", 1, PLAIN("c", 2, 1, 100, 5));
    trail_statement *available = state_booked(&ledger, 1, 1, 0, 4, 100, 5);
    available->opening.kind = available->closing.kind = TRAIL_BALANCE_AVAILABLE;
    READ_ROWS(&ledger, "b.csv", 2, PLAIN("c", 3, 2, 100, 5));
    state_statement(&ledger, 2, 1);
    READ_ROWS(&ledger, "c.sta", 3, PLAIN("c", 2, 3, 100, 5));
    state_booked(&ledger, 3, 1, 0, 4, 100, 5)->closing.kind = TRAIL_BALANCE_NONE;
    make_checks(&checks, &ledger, 0);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(check_of(&checks, i)->verdict, TRAIL_VERDICT_NOT_CHECKED);
    assert_string_equal(check_of(&checks, 0)->why_not,
                        "its balances are available balances, not booked ones");
    assert_string_equal(check_of(&checks, 1)->why_not, "it states no balances");
    assert_string_equal(check_of(&checks, 2)->why_not, "it states no closing balance");
    assert_int_equal(check_of(&checks, 2)->credit_minor, 100);
    trail_statement_checks_clear(&checks);
    trail_ledger_clear(&ledger);
}

static void stated_totals_that_the_rows_do_not_reach_are_marked(void **state)
{
    trail_ledger ledger;
    trail_statement_checks checks;
    (void)state;
    reading_open(&ledger, 3);
    READ_ROWS(&ledger, "a.xml", 1, PLAIN("c", 2, 1, 100, 5), PLAIN("d", 1, 2, 30, 5));
    trail_statement *statement = state_booked(&ledger, 1, 2, 0, 4, 70, 5);
    statement->has_totals = true;
    statement->stated_debit_minor = 30;
    statement->stated_credit_minor = 101;
    make_checks(&checks, &ledger, 0);
    assert_int_equal(check_of(&checks, 0)->verdict, TRAIL_VERDICT_CLOSES);
    assert_true(check_of(&checks, 0)->totals_differ);
    trail_statement_checks_clear(&checks);
    trail_ledger_clear(&ledger);
}

/* Three pages of statement 7, each with one credit of 10. */
static void add_page(trail_ledger *ledger, uint32_t page, bool last)
{
    READ_ROWS(ledger, "p.sta", (uint8_t)page, PLAIN("c", 2, 1, 10, 5));
    trail_statement *statement =
        state_booked(ledger, 1, 1, 10 * (int64_t)page, 5, 10 * (int64_t)page + 10, 5);
    if (page > 1) statement->opening.kind = TRAIL_BALANCE_PAGE;
    if (!last) statement->closing.kind = TRAIL_BALANCE_PAGE;
    statement->sequence = 7;
    statement->page = page;
}

static void pages_of_one_statement_are_joined_across_files_in_their_order(void **state)
{
    trail_ledger ledger;
    trail_statement_checks checks;
    (void)state;
    reading_open(&ledger, 2);
    add_page(&ledger, 3, true);
    add_page(&ledger, 1, false);
    add_page(&ledger, 2, false);
    make_checks(&checks, &ledger, 0);
    assert_int_equal(checks.checks.count, 1);
    const trail_statement_check *check = check_of(&checks, 0);
    assert_int_equal(check->part_count, 3);
    for (uint32_t i = 0; i < 3; i++)
        assert_int_equal(trail_check_part(&checks, &ledger, check, i)->page, i + 1);
    assert_int_equal(check->verdict, TRAIL_VERDICT_CLOSES);
    assert_int_equal(check->opening.amount_minor, 10);
    assert_int_equal(check->closing.amount_minor, 40);
    assert_int_equal(check->missing_page, 0);
    assert_false(check->ends_early);
    trail_statement_checks_clear(&checks);
    trail_ledger_clear(&ledger);
}

static void a_missing_page_is_named_with_what_it_moved(void **state)
{
    trail_ledger ledger;
    trail_statement_checks checks;
    (void)state;
    reading_open(&ledger, 2);
    add_page(&ledger, 1, false);
    add_page(&ledger, 3, true);
    make_checks(&checks, &ledger, 0);
    assert_int_equal(checks.checks.count, 2);
    assert_true(check_of(&checks, 0)->ends_early);
    const trail_statement_check *check = check_of(&checks, 1);
    assert_int_equal(check->missing_page, 2);
    assert_int_equal(check->missing_page_to, 2);
    assert_int_equal(check->link, TRAIL_LINK_DIFFERS);
    assert_true(check->moved_known);
    assert_int_equal(check->moved_minor, 10);
    assert_false(check->number_repeated);
    trail_statement_checks_clear(&checks);
    trail_ledger_clear(&ledger);
}

/* Statement of one credit of 10 on `day`. */
static trail_statement *add_numbered(trail_ledger *ledger, uint32_t sequence, int32_t day,
                                     int64_t opening)
{
    READ_ROWS(ledger, "n.sta", (uint8_t)day, PLAIN("c", 2, 1, 10, day));
    trail_statement *statement = state_booked(ledger, 1, 1, opening, day - 1, opening + 10, day);
    statement->sequence = sequence;
    return statement;
}

static void missing_and_repeated_numbers_are_named_and_a_new_year_begins_anew(void **state)
{
    trail_ledger ledger;
    trail_statement_checks checks;
    int32_t day = 0;
    (void)state;
    assert_true(trail_day_from_civil(2024, 12, 27, &day));
    reading_open(&ledger, 2);
    add_numbered(&ledger, 249, day, 0);
    add_numbered(&ledger, 252, day + 1, 10);
    add_numbered(&ledger, 252, day + 2, 20);
    add_numbered(&ledger, 2, day + 10, 30);
    add_numbered(&ledger, 3, day + 11, 40);
    make_checks(&checks, &ledger, 0);
    assert_int_equal(check_of(&checks, 1)->missing_number, 250);
    assert_int_equal(check_of(&checks, 1)->missing_number_to, 251);
    assert_int_equal(check_of(&checks, 1)->link, TRAIL_LINK_FOLLOWS);
    assert_true(check_of(&checks, 2)->number_repeated);
    assert_int_equal(check_of(&checks, 3)->missing_number, 1);
    assert_int_equal(check_of(&checks, 3)->missing_number_to, 1);
    assert_int_equal(check_of(&checks, 4)->missing_number, UINT32_MAX);
    assert_false(check_of(&checks, 4)->number_repeated);
    trail_statement_checks_clear(&checks);
    trail_ledger_clear(&ledger);
}

static void a_gap_between_statements_states_its_net_unseen_movement(void **state)
{
    trail_ledger ledger;
    trail_statement_checks checks;
    (void)state;
    reading_open(&ledger, 3);
    READ_ROWS(&ledger, "a.csv", 1, BALANCED("c", 2, 1, 100, 1, 500),
              BALANCED("d", 1, 3, 40, 9, 460));
    state_rows(&ledger, 1, 2);
    READ_ROWS(&ledger, "b.csv", 2, BALANCED("c", 2, 1, 100, 40, 760));
    state_rows(&ledger, 1, 1);
    READ_ROWS(&ledger, "c.csv", 3, BALANCED("d", 1, 3, 60, 60, 700));
    state_rows(&ledger, 1, 1);
    make_checks(&checks, &ledger, 0);
    assert_int_equal(check_of(&checks, 0)->link, TRAIL_LINK_FIRST);
    assert_int_equal(check_of(&checks, 1)->link, TRAIL_LINK_GAP);
    assert_int_equal(check_of(&checks, 1)->previous, 0);
    assert_true(check_of(&checks, 1)->moved_known);
    assert_int_equal(check_of(&checks, 1)->moved_minor, 200);
    assert_int_equal(check_of(&checks, 2)->link, TRAIL_LINK_FOLLOWS);
    trail_statement_checks_clear(&checks);
    trail_ledger_clear(&ledger);
}

static void overlapping_and_repeated_statements_are_told_from_contradicting_ones(void **state)
{
    trail_ledger ledger;
    trail_statement_checks checks;
    (void)state;
    reading_open(&ledger, 3);
    READ_ROWS(&ledger, "a.csv", 1, BALANCED("c", 2, 1, 100, 1, 500),
              BALANCED("d", 1, 3, 40, 5, 460), BALANCED("d", 1, 3, 10, 9, 450));
    state_rows(&ledger, 1, 3);
    READ_ROWS(&ledger, "b.csv", 2, BALANCED("d", 1, 3, 40, 5, 460),
              BALANCED("d", 1, 3, 10, 9, 450));
    state_rows(&ledger, 1, 2);
    READ_ROWS(&ledger, "c.csv", 3, BALANCED("d", 1, 3, 40, 5, 460),
              BALANCED("d", 1, 3, 10, 9, 450));
    state_rows(&ledger, 1, 2);
    READ_ROWS(&ledger, "d.csv", 4, BALANCED("d", 1, 3, 10, 7, 470));
    state_rows(&ledger, 1, 1);
    make_checks(&checks, &ledger, 0);
    assert_int_equal(check_of(&checks, 1)->link, TRAIL_LINK_OVERLAP);
    assert_int_equal(check_of(&checks, 2)->link, TRAIL_LINK_REPEATED);
    assert_int_equal(check_of(&checks, 3)->link, TRAIL_LINK_DIFFERS);
    assert_int_equal(check_of(&checks, 3)->moved_minor, 20);
    trail_statement_checks_clear(&checks);
    trail_ledger_clear(&ledger);
}

static void a_report_is_not_compared_with_the_statements(void **state)
{
    trail_ledger ledger;
    trail_statement_checks checks;
    (void)state;
    reading_open(&ledger, 2);
    add_numbered(&ledger, 1, 10, 0);
    add_numbered(&ledger, 5, 11, 999)->is_report = true;
    add_numbered(&ledger, 2, 12, 10);
    make_checks(&checks, &ledger, 0);
    assert_int_equal(check_of(&checks, 1)->link, TRAIL_LINK_FOLLOWS);
    assert_true(check_of(&checks, 2)->is_report);
    assert_int_equal(check_of(&checks, 2)->link, TRAIL_LINK_FIRST);
    trail_statement_checks_clear(&checks);
    trail_ledger_clear(&ledger);
}

static void a_row_that_could_not_be_read_is_named_beside_the_break_it_leaves(void **state)
{
    trail_ledger ledger;
    trail_statement_checks checks;
    uint32_t lost = 0;
    const reading_row last = BALANCED("d", 1, 3, 10, 3, 300);
    (void)state;
    reading_open(&ledger, 3);
    READ_ROWS(&ledger, "a.csv", 1, BALANCED("c", 2, 1, 100, 1, 500));
    assert_int_equal(
        trail_records_add(&ledger.records, 900, 10, 9, TRAIL_RECORD_REJECT, &lost, NULL), TRAIL_OK);
    reading_row_add(&ledger, &last);
    state_rows(&ledger, 1, 3);
    make_checks(&checks, &ledger, 0);
    assert_int_equal(check_of(&checks, 0)->unread, 1);
    assert_int_equal(break_of(&checks, 0)->record, lost + 1);
    assert_int_equal(break_of(&checks, 0)->unread, lost);
    trail_statement_checks_clear(&checks);
    trail_ledger_clear(&ledger);
}

static void each_account_and_currency_of_a_table_is_a_statement_of_its_own(void **state)
{
    trail_ledger ledger;
    trail_statement_checks checks;
    (void)state;
    reading_open(&ledger, 3);
    READ_ROWS(&ledger, "a.csv", 1, BALANCED("c", 3, 1, 100, 1, 500), BALANCED("c", 3, 2, 1, 1, 1),
              BALANCED("c", 3, 1, 100, 1, 600), BALANCED("d", 2, 3, 1, 1, 0));
    trail_statement *first = state_rows(&ledger, 1, 4);
    first->end_record--;
    state_rows(&ledger, 2, 3);
    make_checks(&checks, &ledger, 0);
    assert_int_equal(checks.checks.count, 2);
    assert_int_equal(check_of(&checks, 0)->rows, 2);
    assert_int_equal(check_of(&checks, 1)->rows, 2);
    assert_int_equal(check_of(&checks, 0)->verdict, TRAIL_VERDICT_CLOSES);
    assert_int_equal(check_of(&checks, 1)->verdict, TRAIL_VERDICT_CLOSES);
    trail_statement_checks_clear(&checks);
    trail_ledger_clear(&ledger);
}

static void a_balance_at_the_end_of_the_range_breaks_instead_of_wrapping(void **state)
{
    trail_ledger ledger;
    trail_statement_checks checks;
    (void)state;
    reading_open(&ledger, 2);
    READ_ROWS(&ledger, "a.csv", 1, BALANCED("c", 2, 1, 1, 1, INT64_MAX),
              BALANCED("c", 2, 1, 1, 1, INT64_MIN));
    state_rows(&ledger, 1, 2);
    make_checks(&checks, &ledger, 0);
    assert_int_equal(checks.breaks.count, 1);
    assert_int_not_equal(check_of(&checks, 0)->verdict, TRAIL_VERDICT_CLOSES);
    trail_statement_checks_clear(&checks);
    trail_ledger_clear(&ledger);
}

static trail_status run_checks(void *context, trail_error *err)
{
    trail_statement_checks checks;
    trail_status status = trail_statement_checks_make(&checks, context, 0, err);
    trail_statement_checks_clear(&checks);
    return status;
}

static void a_refused_allocation_is_reported(void **state)
{
    trail_ledger ledger;
    (void)state;
    reading_open(&ledger, 3);
    READ_ROWS(&ledger, "a.csv", 1, BALANCED("c", 2, 1, 100, 1, 500), BALANCED("d", 1, 3, 5, 2, 465),
              BALANCED("d", 1, 3, 30, 2, 470), BALANCED("c", 2, 1, 7, 3, 473));
    state_rows(&ledger, 1, 4);
    READ_ROWS(&ledger, "b.csv", 2, BALANCED("d", 1, 3, 30, 2, 430));
    state_rows(&ledger, 1, 1);
    add_page(&ledger, 1, false);
    add_page(&ledger, 2, true);
    assert_true(failing_alloc_each(run_checks, &ledger) > 10);
    trail_ledger_clear(&ledger);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_row_whose_balance_was_altered_is_named),
        cmocka_unit_test(rows_of_a_day_in_any_order_close_and_one_altered_among_them_is_named),
        cmocka_unit_test(two_rows_that_could_stand_either_way_follow_the_day_before),
        cmocka_unit_test(a_file_with_the_newest_row_first_is_read_from_its_end),
        cmocka_unit_test(a_difference_within_the_tolerance_of_each_row_closes),
        cmocka_unit_test(a_row_valued_after_the_closing_day_is_named_as_the_exception),
        cmocka_unit_test(balances_of_another_kind_and_none_cannot_be_checked_and_it_is_said_why),
        cmocka_unit_test(stated_totals_that_the_rows_do_not_reach_are_marked),
        cmocka_unit_test(pages_of_one_statement_are_joined_across_files_in_their_order),
        cmocka_unit_test(a_missing_page_is_named_with_what_it_moved),
        cmocka_unit_test(missing_and_repeated_numbers_are_named_and_a_new_year_begins_anew),
        cmocka_unit_test(a_gap_between_statements_states_its_net_unseen_movement),
        cmocka_unit_test(overlapping_and_repeated_statements_are_told_from_contradicting_ones),
        cmocka_unit_test(a_report_is_not_compared_with_the_statements),
        cmocka_unit_test(a_row_that_could_not_be_read_is_named_beside_the_break_it_leaves),
        cmocka_unit_test(each_account_and_currency_of_a_table_is_a_statement_of_its_own),
        cmocka_unit_test(a_balance_at_the_end_of_the_range_breaks_instead_of_wrapping),
        cmocka_unit_test(a_refused_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
