#include "reconcile/conflicts.h"

#include "support/failing_alloc.h"
#include "support/message_case.h"

typedef struct fixture {
    trail_ledger ledger;
    trail_duplicates duplicates;
    trail_matching matching;
    trail_conflicts conflicts;
} fixture;

static void start(fixture *at)
{
    *at = (fixture){.matching = {0}};
    reading_open(&at->ledger, 6);
    trail_duplicates_init(&at->duplicates);
}

static void find(fixture *at, size_t payments, size_t conflicts)
{
    assert_int_equal(trail_duplicates_merge(&at->ledger, &at->duplicates, NULL, NULL), TRAIL_OK);
    assert_int_equal(trail_match_payments(&at->ledger, NULL, &at->matching, NULL), TRAIL_OK);
    assert_int_equal(at->ledger.count, payments);
    assert_int_equal(
        trail_conflicts_find(&at->conflicts, &at->ledger, &at->matching, &at->duplicates, NULL),
        TRAIL_OK);
    assert_int_equal(at->conflicts.found.count, conflicts);
}

static void stop(fixture *at)
{
    trail_conflicts_clear(&at->conflicts);
    trail_matching_clear(&at->matching);
    trail_duplicates_clear(&at->duplicates);
    trail_ledger_clear(&at->ledger);
}

static const trail_conflict *only_of(const fixture *at, trail_conflict_kind kind)
{
    const trail_conflict *conflict = trail_vector_at(&at->conflicts.found, 0);
    assert_int_equal(at->conflicts.counts[kind], 1);
    assert_int_equal(conflict->kind, kind);
    return conflict;
}

static const said customer = {.type = TRAIL_MESSAGE_MT103,
                              .payer = 1,
                              .payee = 2,
                              .amount = 98500,
                              .day = 10,
                              .own = "T1",
                              .uetr = "u-1",
                              .charges = 1500,
                              .instructed = 100000,
                              .payer_name = "Kran und Kette OHG",
                              .payee_name = "Baltic Quay OU"};
static const said cover = {.type = TRAIL_MESSAGE_MT202COV,
                           .payer = 1,
                           .payee = 2,
                           .amount = 98500,
                           .day = 10,
                           .own = "C1",
                           .uetr = "u-1",
                           .related = "T1",
                           .payer_name = "Kran und Kette OHG",
                           .payee_name = "BALTIC QUAY OU"};

/* The debit of 1000.00 with the customer's message and its cover. */
static void tell(fixture *at, const said *first, const said *second)
{
    start(at);
    READ_ROWS(&at->ledger, "a.csv", 1,
              {.legs = "d", .payer = 1, .amount = 100000, .day = 10, .reference = "T1"});
    reading_file(&at->ledger, "m.fin", 3);
    say(&at->ledger, first);
    if (second != NULL) say(&at->ledger, second);
}

static void records_that_agree_or_differ_by_stated_charges_are_no_finding(void **state)
{
    fixture at;
    (void)state;
    tell(&at, &customer, &cover);
    find(&at, 1, 0);
    stop(&at);
}

static void a_cover_that_names_no_payer_is_told_with_the_name_it_leaves_out(void **state)
{
    fixture at;
    said silent = cover;
    (void)state;
    silent.payer = 0;
    silent.payer_name = NULL;
    tell(&at, &customer, &silent);
    find(&at, 1, 1);
    const trail_conflict *found = only_of(&at, TRAIL_CONFLICT_COVER_SILENT);
    assert_true(trail_slice_is(trail_strings_get(at.ledger.strings, found->says.text),
                               "Kran und Kette OHG"));
    assert_int_equal(found->other_says.text, 0);
    assert_string_equal(trail_conflict_said_by(found->said_by), "MT103");
    assert_string_equal(trail_conflict_said_by(found->other_said_by), "MT202COV");
    assert_int_equal(found->record, 1);
    assert_int_equal(found->other_record, 2);
    stop(&at);
}

static void a_cover_with_another_payer_or_another_amount_is_told(void **state)
{
    fixture at;
    said other = cover;
    (void)state;
    other.payer = 4;
    tell(&at, &customer, &other);
    find(&at, 1, 1);
    (void)only_of(&at, TRAIL_CONFLICT_COVER_PAYER);
    stop(&at);
    other = cover;
    other.amount = 90000;
    tell(&at, &customer, &other);
    find(&at, 1, 1);
    const trail_conflict *found = only_of(&at, TRAIL_CONFLICT_COVER_AMOUNT);
    assert_int_equal(found->says.minor, 98500);
    assert_int_equal(found->other_says.minor, 90000);
    stop(&at);
    other = cover;
    other.payer_name = "Havenlicht Uitzend";
    tell(&at, &customer, &other);
    find(&at, 1, 1);
    (void)only_of(&at, TRAIL_CONFLICT_COVER_PAYER);
    stop(&at);
}

static void a_payee_account_that_cover_and_message_tell_differently_is_told_once(void **state)
{
    fixture at;
    said other = cover;
    (void)state;
    other.payee = 5;
    other.payee_name = "Golden Anchor Trading";
    tell(&at, &customer, &other);
    find(&at, 1, 1);
    const trail_conflict *found = only_of(&at, TRAIL_CONFLICT_PAYEE_ACCOUNT);
    assert_int_equal(found->says.account, 1);
    assert_int_equal(found->other_says.account, 4);
    stop(&at);
}

/* A UETR ties message and legs whatever else they say. */
static void amount_currency_and_date_beyond_what_is_usual_are_told(void **state)
{
    const struct {
        said message;
        trail_conflict_kind kind;
    } rows[] = {
        {{.amount = 50000, .day = 10}, TRAIL_CONFLICT_AMOUNT},
        {{.amount = 100000, .day = 10, .currency = "USD"}, TRAIL_CONFLICT_CURRENCY},
        {{.amount = 100000, .day = 30}, TRAIL_CONFLICT_DATE},
    };
    (void)state;
    for (size_t i = 0; i < TRAIL_LENGTH_OF(rows); i++) {
        fixture at;
        said message = rows[i].message;
        message.payer = 1;
        message.payee = 2;
        message.uetr = "u-1";
        start(&at);
        READ_ROWS(&at.ledger, "a.csv", 1,
                  {.legs = "d", .payer = 1, .payee = 2, .amount = 100000, .day = 10});
        trail_wire wire = {.record = 0};
        wire.texts[TRAIL_WIRE_UETR] = reading_string(&at.ledger, "u-1");
        assert_int_equal(trail_vector_push(&at.ledger.wires, &wire, NULL), TRAIL_OK);
        reading_file(&at.ledger, "m.fin", 3);
        say(&at.ledger, &message);
        find(&at, 1, 1);
        (void)only_of(&at, rows[i].kind);
        stop(&at);
    }
}

static void two_banks_that_name_the_payee_differently_are_told_and_spellings_are_not(void **state)
{
    const struct {
        const char *debit, *credit;
        size_t count;
    } rows[] = {
        {"Andrejs Sokolovs", "Golden Anchor Trading", 1},
        {"Andrejs Sokolovs", "SOKOLOVS ANDREJS", 0},
        {"Andrejs Sokolovs", "Андрейс Соколовс", 0},
        {"Andrejs Sokolovs", NULL, 0},
    };
    (void)state;
    for (size_t i = 0; i < TRAIL_LENGTH_OF(rows); i++) {
        fixture at;
        start(&at);
        READ_ROWS(&at.ledger, "a.csv", 1,
                  {.legs = "d",
                   .payer = 1,
                   .payee = 2,
                   .amount = 512345,
                   .day = 10,
                   .reference = "R1",
                   .payee_name = rows[i].debit});
        READ_ROWS(&at.ledger, "b.csv", 2,
                  {.legs = "c",
                   .payer = 1,
                   .payee = 2,
                   .amount = 512345,
                   .day = 11,
                   .reference = "R1",
                   .payee_name = rows[i].credit});
        find(&at, 1, rows[i].count);
        if (rows[i].count == 1) {
            const trail_conflict *found = only_of(&at, TRAIL_CONFLICT_PAYEE_NAME);
            assert_string_equal(trail_conflict_said_by(found->said_by), "payer's bank");
            assert_string_equal(trail_conflict_said_by(found->other_said_by), "payee's bank");
        }
        stop(&at);
    }
}

static void two_end_to_end_references_are_told(void **state)
{
    fixture at;
    said first = customer, second = cover;
    (void)state;
    first.end_to_end = "E2E-1";
    second.end_to_end = "E2E-2";
    tell(&at, &first, &second);
    find(&at, 1, 1);
    (void)only_of(&at, TRAIL_CONFLICT_REFERENCE);
    stop(&at);
    second.end_to_end = "NOTPROVIDED";
    tell(&at, &first, &second);
    find(&at, 1, 0);
    stop(&at);
}

/* Two files of one account: the row of day 12 under one reference, with two amounts. */
static void rows_that_two_files_tell_differently_are_told_with_both_payments(void **state)
{
    fixture at;
    (void)state;
    start(&at);
    READ_ROWS(&at.ledger, "a.csv", 1, {.legs = "d", .payer = 1, .payee = 2, .amount = 1, .day = 9},
              {.legs = "d", .payer = 1, .payee = 2, .amount = 700, .day = 12, .reference = "R9"},
              {.legs = "d", .payer = 1, .payee = 2, .amount = 3, .day = 15});
    READ_ROWS(&at.ledger, "b.csv", 2, {.legs = "d", .payer = 1, .payee = 2, .amount = 1, .day = 9},
              {.legs = "d", .payer = 1, .payee = 2, .amount = 900, .day = 12, .reference = "R9"},
              {.legs = "d", .payer = 1, .payee = 2, .amount = 3, .day = 15});
    for (uint32_t file = 0; file < 2; file++) {
        trail_observation seen = {0, 9, 15, file};
        assert_int_equal(trail_vector_push(&at.ledger.observations, &seen, NULL), TRAIL_OK);
    }
    find(&at, 4, 1);
    const trail_conflict *found = only_of(&at, TRAIL_CONFLICT_ROW_AMOUNT);
    assert_int_not_equal(found->payment, found->other_payment);
    assert_int_equal(found->says.minor + found->other_says.minor, -1600);
    stop(&at);
}

static void every_allocation_may_fail(void **state)
{
    fixture at;
    said other = cover;
    (void)state;
    other.amount = 90000; /* names in two forms are folded, not compared word by word */
    tell(&at, &customer, &other);
    find(&at, 1, 1);
    for (size_t n = 1;; n++) {
        trail_conflicts again;
        trail_error err;
        failing_alloc_at(n);
        trail_status status =
            trail_conflicts_find(&again, &at.ledger, &at.matching, &at.duplicates, &err);
        failing_alloc_at(0);
        trail_conflicts_clear(&again);
        if (status == TRAIL_OK) break;
        assert_int_equal(status, TRAIL_NO_MEMORY);
    }
    stop(&at);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_that_agree_or_differ_by_stated_charges_are_no_finding),
        cmocka_unit_test(a_cover_that_names_no_payer_is_told_with_the_name_it_leaves_out),
        cmocka_unit_test(a_cover_with_another_payer_or_another_amount_is_told),
        cmocka_unit_test(a_payee_account_that_cover_and_message_tell_differently_is_told_once),
        cmocka_unit_test(amount_currency_and_date_beyond_what_is_usual_are_told),
        cmocka_unit_test(two_banks_that_name_the_payee_differently_are_told_and_spellings_are_not),
        cmocka_unit_test(two_end_to_end_references_are_told),
        cmocka_unit_test(rows_that_two_files_tell_differently_are_told_with_both_payments),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
