#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/attributes.h"
#include "identity/entity.h"
#include "support/failing_alloc.h"
#include "support/ledger_builder.h"

typedef struct named_row {
    const char *payer, *payee;           /* accounts */
    const char *payer_name, *payee_name; /* NULL: none */
} named_row;

typedef struct named_case {
    trail_ledger ledger;
    trail_people people;
    trail_decisions decisions;
    trail_identity identity;
} named_case;

static const uint8_t key[TRAIL_CASE_KEY_SIZE] = {7};

#define ROWS 8

static void make_case(named_case *made, const named_row *rows, size_t count)
{
    ledger_row plain[ROWS] = {{0}};
    assert_true(count <= ROWS);
    *made = (named_case){.people.people = trail_vector_of(sizeof(trail_person)),
                         .decisions.decisions = trail_vector_of(sizeof(trail_decision))};
    for (size_t i = 0; i < count; i++)
        plain[i] = (ledger_row){.payer = rows[i].payer,
                                .payee = rows[i].payee,
                                .amount = 100,
                                .text = "x",
                                .day = (int)i};
    ledger_builder_make(&made->ledger, &(ledger_table){.rows = plain, .row_count = count});
    trail_file *file = trail_vector_at(&made->ledger.records.files, 0);
    for (size_t i = 0; i < count; i++) {
        const char *const names[2] = {rows[i].payer_name, rows[i].payee_name};
        uint32_t ids[2] = {0, 0};
        for (int k = 0; k < 2; k++)
            if (names[k] != NULL)
                assert_int_equal(trail_strings_put(made->ledger.strings, trail_slice_of(names[k]),
                                                   &ids[k], NULL),
                                 TRAIL_OK);
        file->details[i].payer_name = ids[0];
        file->details[i].payee_name = ids[1];
    }
}

static void clear_case(named_case *made)
{
    trail_identity_clear(&made->identity);
    trail_ledger_clear(&made->ledger);
    trail_vector_clear(&made->people.people);
    trail_vector_clear(&made->decisions.decisions);
}

static trail_status identify(void *context, trail_error *err)
{
    named_case *made = context;
    const trail_identity_input input = {&made->ledger, &made->people, &made->decisions, key};
    trail_identity_clear(&made->identity);
    return trail_identify(&made->identity, &input, err);
}

static size_t count_kind(const named_case *made, trail_entity_kind kind)
{
    size_t count = 0;
    for (uint32_t i = 0; i < made->identity.entities.count; i++)
        count += trail_identity_entity(&made->identity, i)->kind == kind;
    return count;
}

static const trail_candidate *candidate(const named_case *made, size_t place)
{
    assert_true(place < made->identity.candidates.count);
    return trail_vector_at(&made->identity.candidates, place);
}

static const named_row two_scripts[] = {
    {"A1", "B1", "Ольга Шевченко", "Nordhof GmbH"},
    {"A1", "B2", "Ольга Шевченко", "Südhof GmbH"},
    {"B1", "C1", "Nordhof GmbH", "Olga Shevchenko"},
    {"B2", "C1", "SÜDHOF GMBH", "OLGA SHEVCHENKO"},
};

static void a_holder_spelt_in_cyrillic_and_latin_is_a_candidate(void **state)
{
    named_case made;
    (void)state;
    make_case(&made, two_scripts, TRAIL_LENGTH_OF(two_scripts));
    assert_int_equal(identify(&made, NULL), TRAIL_OK);
    assert_int_equal(made.identity.candidates.count, 1);
    const trail_candidate *pair = candidate(&made, 0);
    assert_int_equal(pair->class, TRAIL_CANDIDATE_REVIEW);
    assert_int_equal(pair->shared_counterparties, 2);
    assert_int_equal(pair->addends[TRAIL_ADDEND_COUNTERPARTIES], 3000);
    assert_string_equal(trail_strings_get(made.identity.words, pair->words).start,
                        "olga=olga, shevchenko=shevchenko");
    clear_case(&made);
}

static void names_alone_merge_nothing(void **state)
{
    static const named_row rows[] = {{"A1", "B1", "Ilze Ozola", NULL},
                                     {"A2", "B1", "Ilze Ozola", NULL}};
    named_case made;
    (void)state;
    make_case(&made, rows, TRAIL_LENGTH_OF(rows));
    assert_int_equal(identify(&made, NULL), TRAIL_OK);
    assert_int_equal(count_kind(&made, TRAIL_ENTITY_ACCOUNT), 2);
    assert_int_equal(count_kind(&made, TRAIL_ENTITY_HOLDER), 2);
    for (uint32_t i = 0; i < made.identity.entities.count; i++)
        assert_int_equal(trail_identity_entity(&made.identity, i)->group, i);
    assert_int_equal(made.identity.candidates.count, 1);
    clear_case(&made);
}

static void spellings_at_one_account_are_one_holder_and_joint_holders_stay_two(void **state)
{
    static const named_row rows[] = {{"A1", "B1", "Ilze Ozola", NULL},
                                     {"A1", "B1", "OZOLA ILZE", NULL},
                                     {"A1", "B1", "Pēteris Kalns", NULL}};
    named_case made;
    (void)state;
    make_case(&made, rows, TRAIL_LENGTH_OF(rows));
    assert_int_equal(identify(&made, NULL), TRAIL_OK);
    assert_int_equal(count_kind(&made, TRAIL_ENTITY_ACCOUNT), 1);
    assert_int_equal(count_kind(&made, TRAIL_ENTITY_HOLDER), 2);
    assert_int_equal(made.identity.candidates.count, 0);
    clear_case(&made);
}

static void decide(named_case *made, const trail_id *a, const trail_id *b, bool refused,
                   char texts[2][TRAIL_ID_TEXT])
{
    trail_id_text('e', a, texts[0]);
    trail_id_text('e', b, texts[1]);
    trail_decision decision = {.type = TRAIL_DECISION_SAME,
                               .refused = refused,
                               .targets = {texts[0], texts[1]},
                               .who = "A. Analyst",
                               .when = "2026-01-31",
                               .why = "passport"};
    assert_int_equal(trail_vector_push(&made->decisions.decisions, &decision, NULL), TRAIL_OK);
}

static trail_decision_outcome outcome(const named_case *made, size_t place)
{
    return ((trail_decision *)trail_vector_at(&made->decisions.decisions, place))->outcome;
}

static void an_accepted_decision_makes_one_group_and_keeps_both_entities(void **state)
{
    named_case made;
    char texts[2][TRAIL_ID_TEXT];
    (void)state;
    make_case(&made, two_scripts, TRAIL_LENGTH_OF(two_scripts));
    assert_int_equal(identify(&made, NULL), TRAIL_OK);
    trail_id a = trail_identity_entity(&made.identity, candidate(&made, 0)->first)->id;
    trail_id b = trail_identity_entity(&made.identity, candidate(&made, 0)->second)->id;
    size_t before = made.identity.entities.count;
    decide(&made, &b, &a, false, texts);
    assert_int_equal(identify(&made, NULL), TRAIL_OK);
    assert_int_equal(outcome(&made, 0), TRAIL_DECISION_APPLIED);
    assert_int_equal(made.identity.entities.count, before);
    const trail_candidate *pair = candidate(&made, 0);
    assert_int_equal(pair->decision, 0);
    assert_int_equal(trail_identity_entity(&made.identity, pair->second)->group, pair->first);
    clear_case(&made);
}

static void a_refused_decision_stands_against_an_accepted_one(void **state)
{
    named_case made;
    char refused[2][TRAIL_ID_TEXT];
    char accepted[2][TRAIL_ID_TEXT];
    (void)state;
    make_case(&made, two_scripts, TRAIL_LENGTH_OF(two_scripts));
    assert_int_equal(identify(&made, NULL), TRAIL_OK);
    trail_id a = trail_identity_entity(&made.identity, candidate(&made, 0)->first)->id;
    trail_id b = trail_identity_entity(&made.identity, candidate(&made, 0)->second)->id;
    decide(&made, &a, &b, false, accepted);
    decide(&made, &b, &a, true, refused);
    assert_int_equal(identify(&made, NULL), TRAIL_OK);
    assert_int_equal(outcome(&made, 0), TRAIL_DECISION_WITHOUT_EFFECT);
    assert_int_equal(outcome(&made, 1), TRAIL_DECISION_APPLIED);
    assert_int_equal(candidate(&made, 0)->decision, 1);
    assert_int_equal(trail_identity_entity(&made.identity, candidate(&made, 0)->second)->group,
                     candidate(&made, 0)->second);
    clear_case(&made);
}

static void a_decision_whose_target_is_gone_or_changed_says_so(void **state)
{
    static const named_row rows[] = {{"A1", "B1", "Ilze Ozola", NULL},
                                     {"A1", "B1", "OZOLA ILZE", NULL}};
    named_case made;
    char gone[2][TRAIL_ID_TEXT];
    char changed[2][TRAIL_ID_TEXT];
    const trail_id nobody = {{1}};
    (void)state;
    make_case(&made, rows, TRAIL_LENGTH_OF(rows));
    assert_int_equal(identify(&made, NULL), TRAIL_OK);
    const trail_entity *holder = trail_identity_entity(&made.identity, 1);
    const trail_seen_name *seen = made.identity.seen.items;
    trail_id first = seen[holder->first_name].id;
    trail_id second = seen[holder->first_name + 1].id;
    assert_int_equal(holder->name_count, 2);
    assert_memory_not_equal(&first, &second, sizeof first);
    decide(&made, &first, &nobody, false, gone);
    decide(&made, &first, &second, true, changed);
    assert_int_equal(identify(&made, NULL), TRAIL_OK);
    assert_int_equal(outcome(&made, 0), TRAIL_DECISION_TARGET_GONE);
    assert_int_equal(outcome(&made, 1), TRAIL_DECISION_TARGET_CHANGED);
    clear_case(&made);
}

static void a_person_is_asked_about_only_beyond_the_listed_accounts(void **state)
{
    static const named_row rows[] = {{"A1", "B1", "Ilze Ozola", NULL},
                                     {"A2", "B1", "ILZE OZOLA", NULL}};
    named_case made;
    (void)state;
    make_case(&made, rows, TRAIL_LENGTH_OF(rows));
    trail_person person = {.key = "io",
                           .name = "Ilze Ozola",
                           .other_names = trail_vector_of(sizeof(const char *)),
                           .accounts = trail_vector_of(sizeof(trail_listed_account))};
    trail_listed_account listed = {"A1", NULL, ledger_builder_account(&made.ledger, "A1")};
    assert_int_equal(trail_vector_push(&person.accounts, &listed, NULL), TRAIL_OK);
    assert_int_equal(trail_vector_push(&made.people.people, &person, NULL), TRAIL_OK);
    assert_int_equal(identify(&made, NULL), TRAIL_OK);
    assert_int_equal(count_kind(&made, TRAIL_ENTITY_PERSON), 1);
    assert_int_equal(made.identity.candidates.count, 2); /* A1 and A2; A2 and the person */
    for (size_t i = 0; i < 2; i++)
        assert_int_not_equal(
            trail_identity_entity(&made.identity, candidate(&made, i)->first)->kind,
            TRAIL_ENTITY_PERSON);
    trail_vector_clear(&person.accounts);
    clear_case(&made);
}

static void the_order_of_payments_changes_nothing(void **state)
{
    named_row turned[TRAIL_LENGTH_OF(two_scripts)];
    named_case one;
    named_case other;
    size_t count = TRAIL_LENGTH_OF(two_scripts);
    (void)state;
    for (size_t i = 0; i < count; i++)
        turned[i] = two_scripts[count - 1 - i];
    make_case(&one, two_scripts, count);
    make_case(&other, turned, count);
    assert_int_equal(identify(&one, NULL), TRAIL_OK);
    assert_int_equal(identify(&other, NULL), TRAIL_OK);
    assert_int_equal(one.identity.entities.count, other.identity.entities.count);
    for (uint32_t i = 0; i < one.identity.entities.count; i++)
        assert_memory_equal(&trail_identity_entity(&one.identity, i)->id,
                            &trail_identity_entity(&other.identity, i)->id, sizeof(trail_id));
    assert_int_equal(one.identity.candidates.count, other.identity.candidates.count);
    assert_int_equal(candidate(&one, 0)->millibits, candidate(&other, 0)->millibits);
    assert_int_equal(candidate(&one, 0)->first, candidate(&other, 0)->first);
    clear_case(&one);
    clear_case(&other);
}

static void every_refused_allocation_is_reported(void **state)
{
    named_case made;
    char texts[2][TRAIL_ID_TEXT];
    (void)state;
    make_case(&made, two_scripts, TRAIL_LENGTH_OF(two_scripts));
    assert_int_equal(identify(&made, NULL), TRAIL_OK);
    trail_id a = trail_identity_entity(&made.identity, candidate(&made, 0)->first)->id;
    trail_id b = trail_identity_entity(&made.identity, candidate(&made, 0)->second)->id;
    decide(&made, &a, &b, false, texts);
    assert_true(failing_alloc_each(identify, &made) > 20);
    clear_case(&made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_holder_spelt_in_cyrillic_and_latin_is_a_candidate),
        cmocka_unit_test(names_alone_merge_nothing),
        cmocka_unit_test(spellings_at_one_account_are_one_holder_and_joint_holders_stay_two),
        cmocka_unit_test(an_accepted_decision_makes_one_group_and_keeps_both_entities),
        cmocka_unit_test(a_refused_decision_stands_against_an_accepted_one),
        cmocka_unit_test(a_decision_whose_target_is_gone_or_changed_says_so),
        cmocka_unit_test(a_person_is_asked_about_only_beyond_the_listed_accounts),
        cmocka_unit_test(the_order_of_payments_changes_nothing),
        cmocka_unit_test(every_refused_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
