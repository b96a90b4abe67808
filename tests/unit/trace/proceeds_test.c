#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "reconcile/matching.h"
#include "support/failing_alloc.h"
#include "support/ledger_builder.h"
#include "trace/proceeds.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* W pays F at home in EUR; Z is not observed; USD and a conversion stand beside. */
static const ledger_row rows[] = {
    /* 0 */ {.payer = "W1", .payee = "F9", .amount = 10000, .day = 1, .text = "Alga septembris"},
    /* 1 */ {.payer = "W1", .payee = "F9", .amount = 20000, .day = 5, .text = "ALGA oktobris"},
    /* 2 */ {.payer = "W2", .payee = "F9", .amount = 5000, .day = 6, .legs = "d"},
    /* 3 */ {.payer = "W2", .payee = "F9", .amount = 5000, .day = 7, .legs = "c"},
    /* 4 */ {.payer = "W1", .payee = "F9", .amount = 7000, .day = 9, .currency = "USD"},
    /* 5 */
    {.payer = "Z1",
     .payee = "F9",
     .amount = 9000,
     .day = 10,
     .received = 8000,
     .received_currency = "USD"},
    /* 6 */ {.payer = "F9", .payee = "F9", .amount = 100, .day = 11},
    /* 7 */ {.payer = "F9", .payee = "C1", .amount = 0, .day = 12},
};
static const char *const unobserved[] = {"Z1", NULL};
static const ledger_table table = {
    .rows = rows, .row_count = COUNT(rows), .unobserved = unobserved};

typedef struct fixture {
    trail_ledger ledger;
    trail_people people;
    trail_vector doubles, proceeds, notes;
    trail_error err;
} fixture;

static void start(fixture *at)
{
    *at = (fixture){.people = {trail_vector_of(sizeof(trail_person))},
                    .doubles = trail_vector_of(sizeof(trail_possible_double)),
                    .notes = trail_vector_of(sizeof(char *))};
    ledger_builder_make(&at->ledger, &table);
    static const struct {
        const char *key, *number;
    } listed[] = {{"worker_01", "w 1"}, {"worker_01", "W2"}, {"boss", "NOWHERE7"}};
    trail_person *person = NULL;
    for (size_t i = 0; i < COUNT(listed); i++) {
        if (person == NULL || strcmp(person->key, listed[i].key) != 0) {
            person = trail_vector_add(&at->people.people, NULL);
            assert_non_null(person);
            *person = (trail_person){.key = listed[i].key,
                                     .accounts = trail_vector_of(sizeof(trail_listed_account))};
        }
        trail_listed_account account = {listed[i].number, NULL, TRAIL_NO_ACCOUNT};
        assert_int_equal(trail_vector_push(&person->accounts, &account, NULL), TRAIL_OK);
    }
    trail_possible_double pair = {2, 3, "alike"};
    assert_int_equal(trail_vector_push(&at->doubles, &pair, NULL), TRAIL_OK);
}

static void clear_found(fixture *at)
{
    trail_proceeds_clear(&at->proceeds);
    for (size_t i = 0; i < at->notes.count; i++)
        trail_free(*(char **)trail_vector_at(&at->notes, i));
    trail_vector_clear(&at->notes);
}

static void stop(fixture *at)
{
    clear_found(at);
    for (size_t i = 0; i < at->people.people.count; i++)
        trail_vector_clear(&((trail_person *)trail_vector_at(&at->people.people, i))->accounts);
    trail_vector_clear(&at->people.people);
    trail_vector_clear(&at->doubles);
    trail_ledger_clear(&at->ledger);
}

static trail_status choose(fixture *at, const trail_proceeds_rule *rule)
{
    clear_found(at);
    return trail_proceeds_select(&at->ledger, &at->people, rule, 1, &at->doubles, NULL,
                                 &at->proceeds, &at->notes, &at->err);
}

#define RULE(...)                                                                                  \
    ((const trail_proceeds_rule){.id = "P1",                                                       \
                                 .line = 7,                                                        \
                                 .between_first = TRAIL_NO_DAY,                                    \
                                 .between_last = TRAIL_NO_DAY,                                     \
                                 __VA_ARGS__})

static const trail_proceeds *source(const fixture *at, size_t index)
{
    assert_true(index < at->proceeds.count);
    return trail_vector_at(&at->proceeds, index);
}

static const trail_mark *mark(const fixture *at, size_t index, size_t number)
{
    const trail_proceeds *one = source(at, index);
    assert_true(number < one->marks.count);
    return trail_vector_at(&one->marks, number);
}

static void a_persons_listed_accounts_are_selected_as_written_in_any_form(void **state)
{
    fixture *at = *state;
    trail_proceeds_rule rule = RULE(.from = "worker_01", .currency = "EUR", .max_text = "100.00");
    assert_int_equal(choose(at, &rule), TRAIL_OK);
    assert_int_equal(source(at, 0)->marks.count, 2);
    assert_int_equal(mark(at, 0, 0)->payment, 0);
    assert_int_equal(mark(at, 0, 1)->payment, 3);
    assert_int_equal(source(at, 0)->amount_minor, 15000);
}

static void
of_a_debit_and_a_credit_that_may_be_one_only_the_credit_is_marked_and_it_is_said(void **state)
{
    fixture *at = *state;
    trail_proceeds_rule rule = RULE(.from = "W2");
    assert_int_equal(choose(at, &rule), TRAIL_OK);
    assert_int_equal(source(at, 0)->marks.count, 1);
    assert_int_equal(mark(at, 0, 0)->payment, 3);
    assert_false(mark(at, 0, 0)->at_debit);
    assert_int_equal(at->notes.count, 1);
    const char *note = *(char **)trail_vector_at(&at->notes, 0);
    assert_string_equal(note, "Proceeds P1: the debit of 50.00 EUR on 2025-01-07 and the credit on "
                              "2025-01-08 may be one payment; both are selected, only the credit "
                              "is marked");
}

static void of_two_transfer_rows_that_may_be_one_only_the_second_is_marked(void **state)
{
    fixture *at = *state;
    trail_possible_double pair = {0, 1, "two files have this transfer row"};
    assert_int_equal(trail_vector_push(&at->doubles, &pair, NULL), TRAIL_OK);
    trail_proceeds_rule rule = RULE(.from = "W1", .currency = "EUR");
    assert_int_equal(choose(at, &rule), TRAIL_OK);
    assert_int_equal(source(at, 0)->marks.count, 1);
    assert_int_equal(mark(at, 0, 0)->payment, 1);
    const char *note = *(char **)trail_vector_at(&at->notes, 0);
    assert_string_equal(note, "Proceeds P1: the payment of 100.00 EUR on 2025-01-02 and the one on "
                              "2025-01-06 may be one payment; both are selected, only the second "
                              "is marked");
}

static void one_source_stands_for_each_currency(void **state)
{
    fixture *at = *state;
    trail_proceeds_rule rule = RULE(.to = "F9");
    assert_int_equal(choose(at, &rule), TRAIL_OK);
    assert_int_equal(at->proceeds.count, 2);
    assert_int_equal(source(at, 0)->currency, ledger_builder_currency("EUR"));
    assert_int_equal(source(at, 0)->amount_minor, 35000);
    assert_int_equal(source(at, 1)->currency, ledger_builder_currency("USD"));
    assert_int_equal(source(at, 1)->amount_minor, 15000);
}

static void a_payer_who_is_not_observed_is_marked_at_the_credit_in_its_currency(void **state)
{
    fixture *at = *state;
    trail_proceeds_rule rule = RULE(.from = "Z1");
    assert_int_equal(choose(at, &rule), TRAIL_OK);
    assert_false(mark(at, 0, 0)->at_debit);
    assert_int_equal(mark(at, 0, 0)->amount_minor, 8000);
    assert_int_equal(source(at, 0)->currency, ledger_builder_currency("USD"));
}

static void the_amount_is_taken_in_time_order(void **state)
{
    fixture *at = *state;
    trail_proceeds_rule rule =
        RULE(.to = "F9", .currency = "EUR", .has_amount = true, .amount_text = "250.00");
    assert_int_equal(choose(at, &rule), TRAIL_OK);
    assert_int_equal(source(at, 0)->marks.count, 2);
    assert_int_equal(mark(at, 0, 0)->amount_minor, 10000);
    assert_int_equal(mark(at, 0, 1)->amount_minor, 15000);
    assert_int_equal(source(at, 0)->amount_minor, 25000);
}

static void text_is_compared_folded_and_days_are_inclusive(void **state)
{
    fixture *at = *state;
    trail_proceeds_rule rule = RULE(.from = "W1", .text = "aLgA");
    rule.between_first = rule.between_last = LEDGER_DAY_0 + 5;
    assert_int_equal(choose(at, &rule), TRAIL_OK);
    assert_int_equal(source(at, 0)->marks.count, 1);
    assert_int_equal(mark(at, 0, 0)->payment, 1);
}

static void a_file_and_line_select_the_payment_of_that_row(void **state)
{
    fixture *at = *state;
    trail_proceeds_rule rule = RULE(.file = "received/a.csv", .file_line = 3);
    assert_int_equal(choose(at, &rule), TRAIL_OK);
    assert_int_equal(mark(at, 0, 0)->payment, 1);
}

typedef struct refusal {
    const char *name;
    trail_proceeds_rule rule;
    const char *message;
} refusal;

#define BARE .id = "P1", .between_first = TRAIL_NO_DAY, .between_last = TRAIL_NO_DAY

static const refusal refusals[] = {
    {"no_from_to_or_file", {BARE, .text = "alga"}, "needs at least one of from, to, file"},
    {"an_account_nobody_has",
     {BARE, .from = "Q77"},
     "from: no account Q77 stands in the records (a number that several banks use needs its bank)"},
    {"a_person_whose_accounts_are_not_in_the_records",
     {BARE, .to = "boss"},
     "to: no listed account of boss stands in the records"},
    {"the_condition_to_empties",
     {BARE, .from = "W1", .to = "C1"},
     "selects no payment: of 3 left, none meets the condition `to: C1`"},
    {"the_condition_between_empties",
     {.id = "P1",
      .from = "W1",
      .between_first = LEDGER_DAY_0 + 90,
      .between_last = LEDGER_DAY_0 + 91},
     "selects no payment: of 3 left, none meets the condition `between: [2025-04-01, 2025-04-02]`"},
    {"the_condition_min_empties",
     {BARE, .from = "W1", .min_text = "200.01"},
     "selects no payment: of 3 left, none meets the condition `min: 200.01`"},
    {"the_condition_text_empties",
     {BARE, .from = "W1", .currency = "EUR", .text = "rent"},
     "selects no payment: of 2 left, none meets the condition `text: rent`"},
    {"amount_in_several_currencies",
     {BARE, .to = "F9", .has_amount = true, .amount_text = "10"},
     "amount needs a currency: the 5 payments selected are in 2 currencies"},
    {"amount_over_the_payments",
     {BARE, .from = "W1", .currency = "EUR", .has_amount = true, .amount_text = "300.01"},
     "amount: 300.01 EUR is more than the 2 payments selected (300.00)"},
    {"a_line_that_is_no_row",
     {BARE, .file = "received/a.csv", .file_line = 100},
     "no row begins at line 100 of received/a.csv"},
    {"a_file_that_was_not_read",
     {BARE, .file = "received/c.csv", .file_line = 2},
     "no file received/c.csv was read"},
    {"a_currency_nobody_knows",
     {BARE, .from = "W1", .currency = "QQQ"},
     "no currency QQQ is known"},
    {"a_payment_of_nothing",
     {BARE, .to = "C1"},
     "selects no payment: of 6 left, none meets the condition `to: C1`"},
};

static void refused(void **state)
{
    const refusal *one = *state;
    fixture at;
    char expected[400];
    start(&at);
    assert_int_equal(choose(&at, &one->rule), TRAIL_USAGE);
    (void)snprintf(expected, sizeof expected, "proceeds P1: %s", one->message);
    assert_string_equal(at.err.message, expected);
    assert_int_equal(at.proceeds.count, 0);
    stop(&at);
}

static void every_allocation_may_fail(void **state)
{
    fixture *at = *state;
    trail_proceeds_rule rule = RULE(.from = "worker_01", .text = "", .to = "F9");
    for (size_t n = 1;; n++) {
        clear_found(at);
        failing_alloc_at(n);
        trail_status status = choose(at, &rule);
        failing_alloc_at(0);
        if (status == TRAIL_OK) break;
        assert_int_equal(status, TRAIL_NO_MEMORY);
        assert_true(n < 1000);
    }
}

static int set_up(void **state)
{
    static fixture at;
    start(&at);
    *state = &at;
    return 0;
}

static int tear_down(void **state)
{
    stop(*state);
    return 0;
}

int main(void)
{
#define ON_FIXTURE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        ON_FIXTURE(a_persons_listed_accounts_are_selected_as_written_in_any_form),
        ON_FIXTURE(
            of_a_debit_and_a_credit_that_may_be_one_only_the_credit_is_marked_and_it_is_said),
        ON_FIXTURE(of_two_transfer_rows_that_may_be_one_only_the_second_is_marked),
        ON_FIXTURE(one_source_stands_for_each_currency),
        ON_FIXTURE(a_payer_who_is_not_observed_is_marked_at_the_credit_in_its_currency),
        ON_FIXTURE(the_amount_is_taken_in_time_order),
        ON_FIXTURE(text_is_compared_folded_and_days_are_inclusive),
        ON_FIXTURE(a_file_and_line_select_the_payment_of_that_row),
        ON_FIXTURE(every_allocation_may_fail),
    };
    struct CMUnitTest refusing[COUNT(refusals)];
    for (size_t i = 0; i < COUNT(refusals); i++) {
        refusing[i] = (struct CMUnitTest){.name = refusals[i].name,
                                          .test_func = refused,
                                          .initial_state = (void *)(uintptr_t)&refusals[i]};
    }
    int failures = cmocka_run_group_tests(tests, NULL, NULL);
    return failures + cmocka_run_group_tests(refusing, NULL, NULL);
}
