#include "reconcile/match_decisions.h"

#include "model/published_id.h"
#include "reconcile/matching.h"
#include "support/reading.h"

static const uint8_t key[TRAIL_CASE_KEY_SIZE] = {7};

typedef struct fixture {
    trail_ledger ledger;
    trail_matching matching;
    trail_decisions decisions;
    char ids[8][TRAIL_ID_TEXT]; /* of the entries as read */
} fixture;

/* Two debits and two credits: nothing ties the first pair, everything the second. */
static void start(fixture *at)
{
    uint32_t entries[8];
    trail_id ids[8];
    *at = (fixture){.decisions = {trail_vector_of(sizeof(trail_decision))}};
    reading_open(&at->ledger, 6);
    READ_ROWS(&at->ledger, "a.csv", 1, {.legs = "d", .payer = 1, .amount = 500, .day = 10},
              {.legs = "d", .payer = 1, .payee = 2, .amount = 77777, .day = 12, .reference = "R1"});
    READ_ROWS(&at->ledger, "b.csv", 2, {.legs = "c", .payee = 3, .amount = 480, .day = 11},
              {.legs = "c", .payer = 1, .payee = 2, .amount = 77777, .day = 13, .reference = "R1"});
    for (uint32_t i = 0; i < at->ledger.count; i++)
        entries[i] = i;
    assert_int_equal(
        trail_leg_ids_make(ids, &at->ledger, entries, (uint32_t)at->ledger.count, key, NULL),
        TRAIL_OK);
    for (size_t i = 0; i < at->ledger.count; i++)
        trail_id_text('t', &ids[i], at->ids[i]);
}

static void decide(fixture *at, bool refused, const char *first, const char *second)
{
    trail_decision decision = {
        .type = TRAIL_DECISION_PAIR, .refused = refused, .targets = {first, second}};
    assert_int_equal(trail_vector_push(&at->decisions.decisions, &decision, NULL), TRAIL_OK);
}

static trail_decision_outcome outcome(const fixture *at, size_t place)
{
    return ((const trail_decision *)trail_vector_at(&at->decisions.decisions, place))->outcome;
}

static void match(fixture *at, size_t payments)
{
    trail_matching_options options = {.decisions = &at->decisions, .key = key};
    assert_int_equal(trail_match_payments(&at->ledger, &options, &at->matching, NULL), TRAIL_OK);
    assert_int_equal(at->ledger.count, payments);
}

static void stop(fixture *at)
{
    trail_vector_clear(&at->decisions.decisions);
    trail_matching_clear(&at->matching);
    trail_ledger_clear(&at->ledger);
}

static void without_decisions_what_the_records_share_decides(void **state)
{
    fixture at;
    (void)state;
    start(&at);
    match(&at, 3);
    stop(&at);
}

static void an_accepted_pair_is_joined_whatever_the_records_share(void **state)
{
    (void)state;
    for (int swapped = 0; swapped <= 1; swapped++) {
        fixture at;
        start(&at);
        decide(&at, false, at.ids[swapped ? 2 : 0], at.ids[swapped ? 0 : 2]);
        match(&at, 2);
        assert_int_equal(outcome(&at, 0), TRAIL_DECISION_APPLIED);
        const trail_match *found = trail_matching_find(&at.matching, 0);
        assert_non_null(found);
        assert_int_equal(found->match_class, TRAIL_MATCH_DECIDED);
        assert_int_equal(trail_ledger_debit(&at.ledger, 0).amount_minor, 500);
        assert_int_equal(trail_ledger_credit(&at.ledger, 0).amount_minor, 480);
        assert_int_equal(at.ledger.payee[0], 2);
        stop(&at);
    }
}

static void a_refused_pair_stays_two_payments_even_where_everything_agrees(void **state)
{
    fixture at;
    (void)state;
    start(&at);
    decide(&at, true, at.ids[1], at.ids[3]);
    match(&at, 4);
    assert_int_equal(outcome(&at, 0), TRAIL_DECISION_APPLIED);
    stop(&at);
}

static void a_target_that_is_not_in_the_records_is_told_and_the_rest_goes_on(void **state)
{
    fixture at;
    (void)state;
    start(&at);
    decide(&at, false, "t00000000000000000000000000000000", at.ids[2]);
    decide(&at, false, "e00000000000000000000000000000000", "");
    match(&at, 3);
    assert_int_equal(outcome(&at, 0), TRAIL_DECISION_TARGET_GONE);
    assert_int_equal(outcome(&at, 1), TRAIL_DECISION_TARGET_GONE);
    stop(&at);
}

static void two_debits_or_a_leg_decided_twice_no_longer_fit(void **state)
{
    fixture at;
    (void)state;
    start(&at);
    decide(&at, false, at.ids[0], at.ids[1]);
    decide(&at, false, at.ids[0], at.ids[2]);
    decide(&at, false, at.ids[1], at.ids[2]);
    match(&at, 2);
    assert_int_equal(outcome(&at, 0), TRAIL_DECISION_TARGET_CHANGED);
    assert_int_equal(outcome(&at, 1), TRAIL_DECISION_APPLIED);
    assert_int_equal(outcome(&at, 2), TRAIL_DECISION_TARGET_CHANGED);
    stop(&at);
}

static void an_id_of_another_case_is_no_target(void **state)
{
    static const uint8_t other[TRAIL_CASE_KEY_SIZE] = {8};
    fixture at;
    (void)state;
    start(&at);
    decide(&at, false, at.ids[0], at.ids[2]);
    trail_matching_options options = {.decisions = &at.decisions, .key = other};
    assert_int_equal(trail_match_payments(&at.ledger, &options, &at.matching, NULL), TRAIL_OK);
    assert_int_equal(at.ledger.count, 3);
    assert_int_equal(outcome(&at, 0), TRAIL_DECISION_TARGET_GONE);
    stop(&at);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_decisions_what_the_records_share_decides),
        cmocka_unit_test(an_accepted_pair_is_joined_whatever_the_records_share),
        cmocka_unit_test(a_refused_pair_stays_two_payments_even_where_everything_agrees),
        cmocka_unit_test(a_target_that_is_not_in_the_records_is_told_and_the_rest_goes_on),
        cmocka_unit_test(two_debits_or_a_leg_decided_twice_no_longer_fit),
        cmocka_unit_test(an_id_of_another_case_is_no_target),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
