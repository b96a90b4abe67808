#include "reconcile/matching.h"

#include "graph/link.h"
#include "reconcile/duplicates.h"
#include "reconcile/main_order.h"

#include "support/message_case.h"

typedef struct fixture {
    trail_ledger ledger;
    trail_matching matching;
} fixture;

static void start(fixture *at)
{
    *at = (fixture){.matching = {0}};
    reading_open(&at->ledger, 6);
}

static void match(fixture *at, size_t payments)
{
    assert_int_equal(trail_match_payments(&at->ledger, NULL, &at->matching, NULL), TRAIL_OK);
    assert_int_equal(at->ledger.count, payments);
}

static void stop(fixture *at)
{
    trail_matching_clear(&at->matching);
    trail_ledger_clear(&at->ledger);
}

static const said customer = {.type = TRAIL_MESSAGE_MT103,
                              .payer = 1,
                              .payee = 2,
                              .amount = 98500,
                              .day = 10,
                              .own = "T1",
                              .charges = 1500,
                              .instructed = 100000};
static const said cover = {
    .type = TRAIL_MESSAGE_MT202COV, .amount = 98500, .day = 10, .own = "C1", .related = "T1"};

/* Neither leg names the other and the amounts differ: the message knows both, and the charge. */
static void a_message_joins_legs_that_a_charge_keeps_apart_and_its_cover_with_them(void **state)
{
    fixture at;
    uint32_t records[8];
    (void)state;
    start(&at);
    READ_ROWS(&at.ledger, "a.csv", 1,
              {.legs = "d", .payer = 1, .amount = 100000, .day = 10, .reference = "T1"});
    READ_ROWS(&at.ledger, "b.csv", 2,
              {.legs = "c", .payee = 2, .amount = 98500, .day = 11, .reference = "T1"});
    reading_file(&at.ledger, "m.fin", 3);
    say(&at.ledger, &customer);
    say(&at.ledger, &cover);
    match(&at, 1);
    assert_true(at.ledger.flags[0] & TRAIL_TWO_RECORDS);
    assert_int_equal(trail_ledger_records(&at.ledger, 0, records, 8), 4);
    const trail_match *found = trail_matching_find(&at.matching, 0);
    assert_int_equal(found->match_class, TRAIL_MATCH_CERTAIN);
    assert_int_equal(found->story.link, TRAIL_AMOUNTS_CHARGE_STATED);
    assert_int_equal(found->story.charge_minor, 1500);
    stop(&at);
}

static void a_message_that_no_leg_shows_is_one_payment_that_may_be_double(void **state)
{
    fixture at;
    uint32_t records[8];
    (void)state;
    start(&at);
    reading_file(&at.ledger, "m.fin", 3);
    say(&at.ledger, &customer);
    say(&at.ledger, &cover);
    match(&at, 1);
    uint16_t flags = TRAIL_MESSAGE_ONLY | TRAIL_MAY_BE_DOUBLE | BOTH;
    assert_int_equal(at.ledger.flags[0] & flags, flags);
    assert_int_equal(at.ledger.payer[0], 0);
    assert_int_equal(at.ledger.payee[0], 1);
    assert_int_equal(trail_ledger_records(&at.ledger, 0, records, 8), 2);
    assert_false(trail_ledger_ever_observed(&at.ledger, 0));
    assert_int_equal(at.matching.message_only, 1);
    stop(&at);
}

/* The payee's statement covers every day on which the money could have come, and lacks it. */
static void a_message_that_the_payees_statement_lacks_is_expected_and_absent(void **state)
{
    (void)state;
    for (int last = 14; last <= 15; last++) {
        fixture at;
        start(&at);
        tiny_observe(&at.ledger, 1, 10, last);
        reading_file(&at.ledger, "m.fin", 3);
        say(&at.ledger, &customer);
        match(&at, 1);
        assert_int_equal((at.ledger.flags[0] & TRAIL_EXPECTED_ABSENT) != 0, last == 15);
        assert_int_equal(at.matching.expected_absent, last == 15);
        stop(&at);
    }
}

static void three_banks_that_show_one_transfer_make_one_payment(void **state)
{
    fixture at;
    uint32_t records[8];
    said copy = customer, between = customer;
    (void)state;
    copy.uetr = between.uetr = "u-1";
    between.type = TRAIL_MESSAGE_PACS008;
    between.own = "P1";
    start(&at);
    READ_ROWS(&at.ledger, "a.csv", 1,
              {.legs = "d", .payer = 1, .payee = 2, .amount = 98500, .day = 10});
    READ_ROWS(&at.ledger, "b.csv", 2,
              {.legs = "c", .payer = 1, .payee = 2, .amount = 98500, .day = 11});
    reading_file(&at.ledger, "m.fin", 3);
    say(&at.ledger, &copy);
    reading_file(&at.ledger, "n.xml", 4);
    say(&at.ledger, &between);
    match(&at, 1);
    assert_int_equal(trail_ledger_records(&at.ledger, 0, records, 8), 4);
    stop(&at);
}

static void the_message_of_one_leg_names_the_party_that_the_leg_does_not(void **state)
{
    fixture at;
    (void)state;
    start(&at);
    READ_ROWS(&at.ledger, "a.csv", 1,
              {.legs = "d", .payer = 1, .amount = 100000, .day = 10, .reference = "T1"});
    reading_file(&at.ledger, "m.fin", 3);
    say(&at.ledger, &customer);
    match(&at, 1);
    assert_int_equal(at.ledger.payee[0], 1);
    assert_true(at.ledger.flags[0] & TRAIL_PAYEE_SUPPLIED);
    assert_int_equal(at.ledger.flags[0] & (BOTH | TRAIL_MESSAGE_ONLY), TRAIL_HAS_DEBIT);
    stop(&at);
}

/* Without reference, UETR or sender nothing but the file says that it is the same message. */
static void messages_of_a_file_received_twice_never_make_two_payments(void **state)
{
    const said bare = {
        .type = TRAIL_MESSAGE_PACS009, .payer = 1, .payee = 2, .amount = 700, .day = 10};
    uint32_t records[8];
    (void)state;
    for (int told = 0; told <= 1; told++) {
        fixture at;
        trail_duplicates found;
        start(&at);
        for (int file = 0; file < 2; file++) {
            reading_file(&at.ledger, file == 0 ? "m.xml" : "n.xml", 3);
            say(&at.ledger, &bare);
            say(&at.ledger, &bare); /* genuine twins stay two */
        }
        trail_duplicates_init(&found);
        assert_int_equal(trail_duplicates_merge(&at.ledger, &found, NULL, NULL), TRAIL_OK);
        assert_int_equal(found.messages.count, 2);
        trail_matching_options options = {.message_copies = told == 1 ? &found.messages : NULL};
        assert_int_equal(trail_match_payments(&at.ledger, &options, &at.matching, NULL), TRAIL_OK);
        assert_int_equal(at.ledger.count, told == 1 ? 2 : 4);
        assert_int_equal(at.matching.message_only, at.ledger.count);
        assert_int_equal(trail_ledger_records(&at.ledger, 0, records, 8), told == 1 ? 2 : 1);
        trail_duplicates_clear(&found);
        stop(&at);
    }
}

static void a_message_stands_in_the_main_order_on_its_value_day(void **state)
{
    fixture at;
    (void)state;
    start(&at);
    READ_ROWS(&at.ledger, "a.csv", 1, {.legs = "d", .payer = 1, .payee = 3, .amount = 5, .day = 14},
              {.legs = "d", .payer = 1, .payee = 3, .amount = 7, .day = 5});
    tiny_observe(&at.ledger, 0, 5, 14);
    reading_file(&at.ledger, "m.fin", 3);
    say(&at.ledger, &customer);
    match(&at, 3);
    assert_int_equal(trail_main_order(&at.ledger, NULL, NULL), TRAIL_OK);
    assert_int_equal(at.ledger.booking_day[0], 5);
    assert_int_equal(at.ledger.booking_day[1], 10);
    assert_int_equal(at.ledger.booking_day[2], 14);
    uint16_t flags = TRAIL_MESSAGE_ONLY | TRAIL_MAY_BE_DOUBLE;
    assert_int_equal(at.ledger.flags[1] & flags, flags);
    assert_int_equal(at.ledger.flags[0] & flags, 0);
    trail_vector links;
    assert_int_equal(trail_links_of(&at.ledger, &links, NULL), TRAIL_OK);
    assert_int_equal(links.count, 2);
    for (size_t i = 0; i < links.count; i++) {
        const trail_link *link = trail_vector_at(&links, i);
        assert_int_equal(link->may_be_double, link->payee == 1);
    }
    trail_vector_clear(&links);
    assert_false(trail_ledger_ever_observed(&at.ledger, 1));
    stop(&at);
}

static void a_return_is_not_the_payment_whose_uetr_it_bears(void **state)
{
    fixture at;
    said sent = customer, returned = customer;
    (void)state;
    sent.uetr = returned.uetr = "u-1";
    returned.type = TRAIL_MESSAGE_PACS004;
    returned.payer = 2;
    returned.payee = 1;
    start(&at);
    reading_file(&at.ledger, "m.fin", 3);
    say(&at.ledger, &sent);
    say(&at.ledger, &returned);
    match(&at, 2);
    stop(&at);
}

static void a_leg_that_the_other_accounts_records_lack_is_expected_and_absent(void **state)
{
    fixture at;
    (void)state;
    for (int last = 14; last <= 15; last++) {
        start(&at);
        READ_ROWS(&at.ledger, "a.csv", 1,
                  {.legs = "d", .payer = 1, .payee = 2, .amount = 500, .day = 10});
        tiny_observe(&at.ledger, 1, 1, last);
        match(&at, 1);
        assert_int_equal((at.ledger.flags[0] & TRAIL_EXPECTED_ABSENT) != 0, last == 15);
        stop(&at);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_message_joins_legs_that_a_charge_keeps_apart_and_its_cover_with_them),
        cmocka_unit_test(a_message_that_no_leg_shows_is_one_payment_that_may_be_double),
        cmocka_unit_test(a_message_that_the_payees_statement_lacks_is_expected_and_absent),
        cmocka_unit_test(three_banks_that_show_one_transfer_make_one_payment),
        cmocka_unit_test(the_message_of_one_leg_names_the_party_that_the_leg_does_not),
        cmocka_unit_test(messages_of_a_file_received_twice_never_make_two_payments),
        cmocka_unit_test(a_message_stands_in_the_main_order_on_its_value_day),
        cmocka_unit_test(a_return_is_not_the_payment_whose_uetr_it_bears),
        cmocka_unit_test(a_leg_that_the_other_accounts_records_lack_is_expected_and_absent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
