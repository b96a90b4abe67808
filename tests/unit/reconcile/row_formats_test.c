#include "reconcile/row_formats.h"

#include "support/copies_case.h"

static void balances_say_which_of_the_twins_it_is(void **unused)
{
    (void)unused;
    fixture at;
    start(&at);
    READ_ROWS(&at.ledger, "a.csv", 1, FARE(1),
              {.legs = "d", .payer = 1, .amount = 220, .day = 4, .balance = 780, .has_balance = 1},
              {.legs = "d", .payer = 1, .amount = 220, .day = 4, .balance = 560, .has_balance = 1});
    READ_ROWS(&at.ledger, "b.csv", 2,
              {.legs = "d", .payer = 1, .amount = 220, .day = 4, .balance = 560, .has_balance = 1},
              FARE(9));
    assert_int_equal(merge(&at), 4);
    const trail_copy *copy = trail_vector_at(&at.found.copies, 0);
    assert_false(copy->balance_differs);
    assert_true((copy->kept_record == 2 && copy->record == 3) ||
                (copy->kept_record == 3 && copy->record == 2));
    assert_int_equal(at.found.conflicts.count, 0);
    stop(&at);
}

static void another_balance_after_the_only_row_of_a_day_is_a_conflict(void **unused)
{
    (void)unused;
    fixture at;
    start(&at);
    READ_ROWS(&at.ledger, "a.csv", 1,
              {.legs = "d", .payer = 1, .amount = 220, .day = 4, .balance = 780, .has_balance = 1});
    READ_ROWS(&at.ledger, "b.csv", 2,
              {.legs = "d", .payer = 1, .amount = 220, .day = 4, .balance = 560, .has_balance = 1});
    assert_int_equal(merge(&at), 1);
    assert_int_equal(at.found.conflicts.count, 1);
    const trail_row_conflict *conflict = trail_vector_at(&at.found.conflicts, 0);
    assert_int_equal(conflict->difference, TRAIL_DIFFERS_BALANCE);
    assert_false(at.ledger.flags[0] & TRAIL_MAY_BE_DOUBLE);
    stop(&at);
}

static void another_format_is_known_by_a_reference_in_its_text(void **unused)
{
    (void)unused;
    fixture at;
    start(&at);
    READ_ROWS(&at.ledger, "a.sta", 1, TO_2(1, .amount = 5, .reference = "ABC-123456"),
              TO_2(1, .amount = 5, .reference = "ABC-777777"));
    is_format(&at, "mt940");
    READ_ROWS(&at.ledger, "b.csv", 2,
              {.legs = "d", .payer = 1, .amount = 5, .day = 1, .text = "pays ABC-777777 rent"});
    is_format(&at, "csv");
    assert_int_equal(merge(&at), 2);
    const trail_copy *copy = trail_vector_at(&at.found.copies, 0);
    assert_int_equal(copy->reason, TRAIL_COPY_OTHER_FORMAT);
    assert_int_equal(copy->kept_record, 1);
    assert_int_equal(copy->record, 2);
    assert_int_equal(at.ledger.leg_copies.count, 2);
    stop(&at);
}

static void the_kept_row_learns_the_counterparty_from_its_copy(void **unused)
{
    (void)unused;
    fixture at;
    start(&at);
    READ_ROWS(&at.ledger, "a.sta", 1,
              {.legs = "d",
               .payer = 1,
               .amount = 5,
               .day = 1,
               .reference = "R1",
               .text = "rent",
               .has_balance = true,
               .balance = 9});
    is_format(&at, "mt940");
    READ_ROWS(&at.ledger, "b.csv", 2, TO_2(1, .amount = 5, .text = "rent"));
    is_format(&at, "csv");
    assert_int_equal(merge(&at), 1);
    assert_int_equal(at.ledger.record[0], 0);
    assert_int_equal(at.ledger.payee[0], 1);
    stop(&at);
}

static void without_a_reference_another_formats_counts_must_be_equal(void **unused)
{
    (void)unused;
    for (int rows = 1; rows <= 3; rows++) {
        fixture at;
        start(&at);
        READ_ROWS(&at.ledger, "a.sta", 1, FARE(4), FARE(4));
        is_format(&at, "mt940");
        reading_file(&at.ledger, "b.csv", 2);
        for (int i = 0; i < rows; i++) {
            reading_row row = FARE(4);
            row.text = "TRAM 12, fare";
            (void)reading_row_add(&at.ledger, &row);
        }
        is_format(&at, "csv");
        assert_int_equal(merge(&at), rows == 2 ? 2 : 2 + rows);
        assert_int_equal(at.found.possible.count, rows == 2 ? 0 : rows == 1 ? 1 : 2);
        for (uint32_t i = 0; rows == 1 && i < 1; i++)
            assert_true(at.ledger.flags[i] & TRAIL_MAY_BE_DOUBLE);
        stop(&at);
    }
}

static void other_names_on_both_sides_are_a_question_not_an_answer(void **unused)
{
    (void)unused;
    static const char *const names[] = {"Zielke Bau", "zielke  bau gmbh", "Orlan SIA"};
    for (int i = 1; i < 3; i++) {
        fixture at;
        start(&at);
        READ_ROWS(&at.ledger, "a.sta", 1, FARE(4));
        is_format(&at, "mt940");
        READ_ROWS(&at.ledger, "b.csv", 2,
                  {.legs = "d", .payer = 1, .amount = 220, .day = 4, .text = "x"});
        is_format(&at, "csv");
        detail_of(&at, 0)->payee_name = reading_string(&at.ledger, names[0]);
        detail_of(&at, 1)->payee_name = reading_string(&at.ledger, names[i]);
        assert_int_equal(merge(&at), (size_t)i);
        assert_int_equal(at.found.possible.count, i - 1);
        stop(&at);
    }
}

static void a_report_repeats_some_of_a_days_rows(void **unused)
{
    (void)unused;
    fixture at;
    start(&at);
    READ_ROWS(&at.ledger, "a.sta", 1, FARE(4), FARE(4), FARE(4));
    is_format(&at, "fin");
    (void)state(&at, 1, false);
    READ_ROWS(&at.ledger, "b.sta", 2,
              {.legs = "d", .payer = 1, .amount = 220, .day = 4, .text = "booked"});
    is_format(&at, "fin");
    (void)state(&at, 1, true);
    assert_int_equal(merge(&at), 3);
    assert_int_equal(reason_at(&at, 0), TRAIL_COPY_OTHER_FORMAT);
    const trail_copy *copy = trail_vector_at(&at.found.copies, 0);
    assert_int_equal(copy->record, 3);
    stop(&at);
}

static void a_report_that_could_be_either_row_joins_neither(void **unused)
{
    (void)unused;
    fixture at;
    start(&at);
    READ_ROWS(&at.ledger, "a.sta", 1, FARE(4),
              {.legs = "d", .payer = 1, .amount = 220, .day = 4, .text = "bus"});
    READ_ROWS(&at.ledger, "b.sta", 2,
              {.legs = "d", .payer = 1, .amount = 220, .day = 4, .text = "booked"});
    (void)state(&at, 1, true);
    assert_int_equal(merge(&at), 3);
    assert_int_equal(at.found.possible.count, 1);
    stop(&at);
}

static void a_reference_finds_the_row_that_another_format_books_days_later(void **unused)
{
    (void)unused;
    for (int apart = 5; apart <= 6; apart++) {
        fixture at;
        start(&at);
        READ_ROWS(&at.ledger, "a.sta", 1, FARE(1), TO_2(10, .amount = 5, .reference = "QQ12345"),
                  FARE(30));
        is_format(&at, "mt940");
        READ_ROWS(&at.ledger, "b.xml", 2,
                  TO_2(10 + apart, .amount = 5, .reference = "QQ12345", .text = "rent"),
                  {.legs = "d", .payer = 1, .amount = 9, .day = 2},
                  {.legs = "d", .payer = 1, .amount = 9, .day = 29});
        is_format(&at, "camt");
        assert_int_equal(merge(&at), apart == 5 ? 5 : 6);
        stop(&at);
    }
}

static void the_same_reference_with_another_amount_day_or_sign_is_a_conflict(void **unused)
{
    (void)unused;
    const reading_row others[] = {
        TO_2(10, .amount = 6, .reference = "R77"),
        TO_2(11, .amount = 5, .reference = "R77"),
        {.legs = "c", .payer = 2, .payee = 1, .amount = 5, .day = 10, .reference = "R77"}};
    static const trail_row_difference differences[] = {TRAIL_DIFFERS_AMOUNT, TRAIL_DIFFERS_DAY,
                                                       TRAIL_DIFFERS_SIGN};
    for (size_t i = 0; i < 3; i++) {
        fixture at;
        start(&at);
        READ_ROWS(&at.ledger, "a.csv", 1, FARE(1), TO_2(10, .amount = 5, .reference = "R77"),
                  FARE(30));
        reading_file(&at.ledger, "b.csv", 2);
        const reading_row first = FARE(1), last = FARE(30);
        (void)reading_row_add(&at.ledger, &first);
        (void)reading_row_add(&at.ledger, &others[i]);
        (void)reading_row_add(&at.ledger, &last);
        assert_int_equal(merge(&at), 4);
        assert_int_equal(at.found.conflicts.count, 1);
        const trail_row_conflict *conflict = trail_vector_at(&at.found.conflicts, 0);
        assert_int_equal(conflict->record, 1);
        assert_int_equal(conflict->other_record, 4);
        assert_int_equal(conflict->difference, differences[i]);
        assert_int_equal(at.found.alone.count, 0);
        size_t doubles = 0;
        for (size_t k = 0; k < 4; k++)
            doubles += (at.ledger.flags[k] & TRAIL_MAY_BE_DOUBLE) != 0;
        assert_int_equal(doubles, 2);
        stop(&at);
    }
}

static void a_row_that_the_other_statement_of_the_day_lacks_is_told(void **unused)
{
    (void)unused;
    fixture at;
    start(&at);
    READ_ROWS(&at.ledger, "a.csv", 1, FARE(1), FARE(10), FARE(30));
    observe(&at, 1, 1, 30);
    READ_ROWS(&at.ledger, "b.csv", 2, FARE(1), FARE(30), FARE(31));
    observe(&at, 1, 1, 31);
    assert_int_equal(merge(&at), 4);
    assert_int_equal(at.found.alone.count, 1);
    const trail_row_alone *alone = trail_vector_at(&at.found.alone, 0);
    assert_int_equal(alone->record, 1);
    assert_int_equal(alone->lacking_file, 1);
    stop(&at);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(balances_say_which_of_the_twins_it_is),
        cmocka_unit_test(another_balance_after_the_only_row_of_a_day_is_a_conflict),
        cmocka_unit_test(another_format_is_known_by_a_reference_in_its_text),
        cmocka_unit_test(the_kept_row_learns_the_counterparty_from_its_copy),
        cmocka_unit_test(without_a_reference_another_formats_counts_must_be_equal),
        cmocka_unit_test(other_names_on_both_sides_are_a_question_not_an_answer),
        cmocka_unit_test(a_report_repeats_some_of_a_days_rows),
        cmocka_unit_test(a_report_that_could_be_either_row_joins_neither),
        cmocka_unit_test(a_reference_finds_the_row_that_another_format_books_days_later),
        cmocka_unit_test(the_same_reference_with_another_amount_day_or_sign_is_a_conflict),
        cmocka_unit_test(a_row_that_the_other_statement_of_the_day_lacks_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
