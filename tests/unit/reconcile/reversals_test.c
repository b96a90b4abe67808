#include "reconcile/reversals.h"

#include "support/failing_alloc.h"
#include "support/reading.h"

typedef struct fixture {
    trail_ledger ledger;
    trail_reversals found;
} fixture;

static void start(fixture *at)
{
    trail_reversals_init(&at->found);
    reading_open(&at->ledger, 6);
    reading_file(&at->ledger, "a.csv", 1);
}

static void stop(fixture *at)
{
    trail_reversals_clear(&at->found);
    trail_ledger_clear(&at->ledger);
}

static uint32_t add(fixture *at, reading_row row)
{
    return reading_row_add(&at->ledger, &row);
}

/* The newest row is marked as banks do. */
static void mark(fixture *at, bool reversal, bool returned, const char *related)
{
    trail_wire *wire = trail_vector_add(&at->ledger.wires, NULL);
    assert_non_null(wire);
    *wire = (trail_wire){.record = at->ledger.record[at->ledger.count - 1],
                         .reversal = reversal,
                         .returned = returned};
    wire->texts[TRAIL_WIRE_RELATED] = reading_string(&at->ledger, related);
}

static size_t find(fixture *at)
{
    trail_error err = {TRAIL_OK, ""};
    assert_int_equal(trail_reversals_find(&at->ledger, &at->found, &err), TRAIL_OK);
    return at->found.pairs.count;
}

static const trail_reversal *pair_at(const fixture *at, size_t place)
{
    return trail_vector_at(&at->found.pairs, place);
}

#define PAID(...) ((reading_row){.legs = "d", .payer = 1, __VA_ARGS__})
#define CAME(...) ((reading_row){.legs = "c", .payee = 1, __VA_ARGS__})

static void a_marked_reversal_and_its_original_are_void(void **unused)
{
    (void)unused;
    for (int credit_first = 0; credit_first < 2; credit_first++) {
        fixture at;
        start(&at);
        (void)add(&at,
                  credit_first ? CAME(.amount = 500, .day = 3) : PAID(.amount = 500, .day = 3));
        (void)add(&at,
                  credit_first ? PAID(.amount = 500, .day = 9) : CAME(.amount = 500, .day = 9));
        mark(&at, true, false, NULL);
        assert_int_equal(find(&at), 1);
        const trail_reversal *pair = pair_at(&at, 0);
        assert_int_equal(pair->original_record, 0);
        assert_int_equal(pair->record, 1);
        assert_int_equal(pair->days, 6);
        assert_int_equal(pair->sign, TRAIL_REVERSAL_MARK);
        assert_true(pair->exact && pair->is_void && !pair->by_reference);
        assert_true(at.ledger.flags[0] & TRAIL_REVERSED);
        assert_true(at.ledger.flags[1] & TRAIL_REVERSED);
        stop(&at);
    }
}

static void a_return_is_linked_and_stays_a_payment(void **unused)
{
    (void)unused;
    fixture at;
    start(&at);
    (void)add(&at, PAID(.payee = 2, .amount = 500, .day = 3, .reference = "E2E-1"));
    (void)add(&at, CAME(.payer = 2, .amount = 500, .day = 9));
    mark(&at, true, true, "E2E-1");
    assert_int_equal(find(&at), 1);
    assert_int_equal(pair_at(&at, 0)->sign, TRAIL_REVERSAL_CODE);
    assert_true(pair_at(&at, 0)->by_reference);
    assert_false(pair_at(&at, 0)->is_void);
    assert_false(at.ledger.flags[0] & TRAIL_REVERSED);
    stop(&at);
}

static void a_counterparty_whose_records_are_here_keeps_both_payments(void **unused)
{
    (void)unused;
    fixture at;
    start(&at);
    trail_observation seen = {1, 0, 100, 0};
    assert_int_equal(trail_vector_push(&at.ledger.observations, &seen, NULL), TRAIL_OK);
    (void)add(&at, PAID(.payee = 2, .amount = 500, .day = 3));
    (void)add(&at, CAME(.payer = 2, .amount = 500, .day = 9));
    mark(&at, true, false, NULL);
    assert_int_equal(find(&at), 1);
    assert_false(pair_at(&at, 0)->is_void);
    stop(&at);
}

static void parts_come_back_by_reference_until_nothing_is_left(void **unused)
{
    (void)unused;
    fixture at;
    start(&at);
    (void)add(&at, PAID(.amount = 500, .day = 3, .reference = "R1"));
    for (int i = 0; i < 3; i++) {
        (void)add(&at, CAME(.amount = 200, .day = 4 + i, .reference = "R1"));
        mark(&at, false, true, NULL);
    }
    assert_int_equal(find(&at), 2);
    assert_false(pair_at(&at, 0)->exact);
    assert_int_equal(at.found.unpaired, 1);
    stop(&at);
}

static void ninety_days_and_not_one_more_and_never_before(void **unused)
{
    (void)unused;
    static const int days[] = {-1, 0, 90, 91};
    for (size_t i = 0; i < TRAIL_LENGTH_OF(days); i++) {
        fixture at;
        start(&at);
        (void)add(&at, PAID(.amount = 500, .day = 100));
        (void)add(&at, CAME(.amount = 500, .day = 100 + days[i]));
        mark(&at, true, false, NULL);
        assert_int_equal(find(&at), i == 1 || i == 2);
        stop(&at);
    }
}

static void several_originals_are_listed_and_none_is_taken(void **unused)
{
    (void)unused;
    fixture at;
    start(&at);
    (void)add(&at, PAID(.amount = 500, .day = 3));
    (void)add(&at, PAID(.amount = 500, .day = 4));
    (void)add(&at, CAME(.amount = 500, .day = 9));
    mark(&at, true, false, NULL);
    assert_int_equal(find(&at), 0);
    assert_int_equal(at.found.choices.count, 2);
    assert_false(at.ledger.flags[0] & TRAIL_REVERSED);
    stop(&at);
}

static void of_several_the_only_one_with_the_same_counterparty_is_taken(void **unused)
{
    (void)unused;
    fixture at;
    start(&at);
    (void)add(&at, PAID(.amount = 500, .day = 3));
    (void)add(&at, PAID(.payee = 3, .amount = 500, .day = 4));
    (void)add(&at, PAID(.payee = 2, .amount = 500, .day = 4));
    (void)add(&at, CAME(.payer = 3, .amount = 500, .day = 9));
    mark(&at, true, false, NULL);
    assert_int_equal(find(&at), 1);
    assert_int_equal(pair_at(&at, 0)->original_record, 1);
    stop(&at);
}

static void a_word_or_kind_alone_needs_the_counterparty_or_a_reference(void **unused)
{
    (void)unused;
    for (uint32_t payer = 0; payer < 3; payer++) {
        for (int by_kind = 0; by_kind < 2; by_kind++) {
            fixture at;
            start(&at);
            (void)add(&at, PAID(.payee = 2, .amount = 500, .day = 3));
            uint32_t row = add(&at, CAME(.payer = payer, .amount = 500, .day = 9,
                                         .text = by_kind ? "back" : "Storno, booked in error"));
            if (by_kind) at.ledger.kind[row] = TRAIL_KIND_RETURN;
            assert_int_equal(find(&at), payer == 2);
            if (payer == 2) assert_int_equal(pair_at(&at, 0)->is_void, !by_kind);
            stop(&at);
        }
    }
}

static void other_accounts_currencies_amounts_and_directions_are_left_alone(void **unused)
{
    (void)unused;
    const reading_row originals[] = {{.legs = "d", .payer = 2, .amount = 500, .day = 3},
                                     PAID(.amount = 500, .day = 3, .currency = "USD"),
                                     PAID(.amount = 501, .day = 3),
                                     CAME(.amount = 500, .day = 3),
                                     PAID(.payee = 3, .amount = 500, .day = 3)};
    for (size_t i = 0; i < TRAIL_LENGTH_OF(originals); i++) {
        fixture at;
        start(&at);
        (void)add(&at, originals[i]);
        (void)add(&at, CAME(.payer = 2, .amount = 500, .day = 9));
        mark(&at, true, false, NULL);
        assert_int_equal(find(&at), 0);
        assert_int_equal(at.found.unpaired, 1);
        stop(&at);
    }
}

static void an_original_is_taken_back_once(void **unused)
{
    (void)unused;
    fixture at;
    start(&at);
    (void)add(&at, PAID(.amount = 500, .day = 3));
    for (int i = 0; i < 2; i++) {
        (void)add(&at, CAME(.amount = 500, .day = 8 + i));
        mark(&at, true, false, NULL);
    }
    assert_int_equal(find(&at), 1);
    assert_int_equal(pair_at(&at, 0)->record, 1);
    stop(&at);
}

static void every_failure_cleans_up(void **unused)
{
    (void)unused;
    trail_status status = TRAIL_NO_MEMORY;
    size_t nth = 1;
    for (; status == TRAIL_NO_MEMORY && nth < 1000; nth++) {
        fixture at;
        trail_error err = {TRAIL_OK, ""};
        start(&at);
        (void)add(&at, PAID(.amount = 500, .day = 3, .reference = "R1"));
        (void)add(&at, PAID(.amount = 300, .day = 3));
        (void)add(&at, PAID(.amount = 300, .day = 4));
        (void)add(&at, CAME(.amount = 500, .day = 9, .reference = "R1"));
        mark(&at, false, true, NULL);
        (void)add(&at, CAME(.amount = 300, .day = 9));
        mark(&at, true, false, NULL);
        failing_alloc_at(nth);
        status = trail_reversals_find(&at.ledger, &at.found, &err);
        failing_alloc_at(0);
        stop(&at);
    }
    assert_int_equal(status, TRAIL_OK);
    assert_true(nth > 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_marked_reversal_and_its_original_are_void),
        cmocka_unit_test(a_return_is_linked_and_stays_a_payment),
        cmocka_unit_test(a_counterparty_whose_records_are_here_keeps_both_payments),
        cmocka_unit_test(parts_come_back_by_reference_until_nothing_is_left),
        cmocka_unit_test(ninety_days_and_not_one_more_and_never_before),
        cmocka_unit_test(several_originals_are_listed_and_none_is_taken),
        cmocka_unit_test(of_several_the_only_one_with_the_same_counterparty_is_taken),
        cmocka_unit_test(a_word_or_kind_alone_needs_the_counterparty_or_a_reference),
        cmocka_unit_test(other_accounts_currencies_amounts_and_directions_are_left_alone),
        cmocka_unit_test(an_original_is_taken_back_once),
        cmocka_unit_test(every_failure_cleans_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
