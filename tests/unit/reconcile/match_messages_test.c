#include "reconcile/matching.h"

#include "support/reading.h"

typedef struct fixture {
    trail_ledger ledger;
    trail_matching matching;
} fixture;

typedef struct said {
    uint8_t type;
    uint32_t payer, payee; /* from 1, 0: not named */
    int64_t amount;
    int day;
    const char *uetr, *own, *related;
    int64_t charges;
    int64_t instructed;
} said;

static void say(trail_ledger *ledger, const said *what)
{
    uint32_t record;
    assert_int_equal(trail_records_add(&ledger->records, ledger->records.count * 100, 80, 2,
                                       TRAIL_RECORD_PAYMENT, &record, NULL),
                     TRAIL_OK);
    trail_message message = {.record = record,
                             .payer = what->payer == 0 ? TRAIL_NO_ACCOUNT : what->payer - 1,
                             .payee = what->payee == 0 ? TRAIL_NO_ACCOUNT : what->payee - 1,
                             .amount_minor = what->amount,
                             .value_day = what->day,
                             .currency = currency_of("EUR"),
                             .type = what->type,
                             .sender = reading_string(ledger, "BANKDEFF")};
    trail_wire wire = {.record = record, .charges_minor = what->charges};
    wire.texts[TRAIL_WIRE_UETR] = reading_string(ledger, what->uetr);
    wire.texts[TRAIL_WIRE_INSTRUCTION] = reading_string(ledger, what->own);
    wire.texts[TRAIL_WIRE_RELATED] = reading_string(ledger, what->related);
    if (what->instructed > 0) {
        wire.instructed_minor = what->instructed;
        wire.instructed_currency = currency_of("EUR");
    }
    assert_int_equal(trail_vector_push(&ledger->messages, &message, NULL), TRAIL_OK);
    assert_int_equal(trail_vector_push(&ledger->wires, &wire, NULL), TRAIL_OK);
}

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
        cmocka_unit_test(three_banks_that_show_one_transfer_make_one_payment),
        cmocka_unit_test(the_message_of_one_leg_names_the_party_that_the_leg_does_not),
        cmocka_unit_test(a_return_is_not_the_payment_whose_uetr_it_bears),
        cmocka_unit_test(a_leg_that_the_other_accounts_records_lack_is_expected_and_absent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
