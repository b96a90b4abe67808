#include "model/published_id.h"

#include "reconcile/main_order.h"
#include "reconcile/matching.h"
#include "support/failing_alloc.h"
#include "support/reading.h"

static const uint8_t case_key[TRAIL_CASE_KEY_SIZE] = {1, 2, 3};

static const reading_row debit = {
    .legs = "d", .payer = 1, .payee = 2, .amount = 5, .day = 1, .text = "Rent  MAY"};
static const reading_row credit = {.legs = "c", .payer = 1, .payee = 2, .amount = 5, .day = 2};

typedef struct fixture {
    trail_ledger ledger;
    trail_published_ids ids;
} fixture;

static void finish(fixture *at, const uint8_t *key)
{
    trail_matching matching;
    assert_int_equal(trail_match_payments(&at->ledger, NULL, &matching, NULL), TRAIL_OK);
    trail_matching_clear(&matching);
    assert_int_equal(trail_main_order(&at->ledger, NULL, NULL), TRAIL_OK);
    assert_int_equal(trail_published_ids_make(&at->ids, &at->ledger, key, NULL), TRAIL_OK);
}

static void stop(fixture *at)
{
    trail_published_ids_clear(&at->ids);
    trail_ledger_clear(&at->ledger);
}

static trail_id id_of_only(const char *name, uint8_t mark, reading_row row, const uint8_t *key)
{
    fixture at;
    reading_open(&at.ledger, 4);
    READ_ROWS(&at.ledger, name, mark, {.legs = "d", .payer = 3, .amount = 1}, row);
    finish(&at, key);
    trail_id id = at.ids.payments[at.ledger.count - 1];
    stop(&at);
    return id;
}

static bool same(trail_id a, trail_id b)
{
    return memcmp(a.bytes, b.bytes, TRAIL_ID_SIZE) == 0;
}

static void an_id_follows_content_and_key_not_the_file(void **state)
{
    static const uint8_t other_key[TRAIL_CASE_KEY_SIZE] = {1, 2, 4};
    trail_id id = id_of_only("a.csv", 1, debit, case_key);
    (void)state;
    assert_true(same(id, id_of_only("b.csv", 2, debit, case_key)));
    assert_false(same(id, id_of_only("a.csv", 1, debit, other_key)));
    reading_row row = debit;
    row.text = " rent may "; /* folded text */
    assert_true(same(id, id_of_only("a.csv", 1, row, case_key)));
    row.text = "rent june";
    assert_false(same(id, id_of_only("a.csv", 1, row, case_key)));
    row = debit;
    row.amount = 6;
    assert_false(same(id, id_of_only("a.csv", 1, row, case_key)));
    row = debit;
    row.day = 2;
    assert_false(same(id, id_of_only("a.csv", 1, row, case_key)));
    row = debit;
    row.payee = 4;
    assert_false(same(id, id_of_only("a.csv", 1, row, case_key)));
    row = debit;
    row.currency = "USD";
    assert_false(same(id, id_of_only("a.csv", 1, row, case_key)));
    row = debit;
    row.reference = "R1";
    assert_false(same(id, id_of_only("a.csv", 1, row, case_key)));
}

static void twins_get_ids_of_their_own_and_keep_the_first(void **state)
{
    fixture at;
    (void)state;
    reading_open(&at.ledger, 4);
    READ_ROWS(&at.ledger, "a.csv", 1, debit, debit, debit);
    finish(&at, case_key);
    assert_true(same(at.ids.payments[0], id_of_only("a.csv", 1, debit, case_key)));
    assert_false(same(at.ids.payments[0], at.ids.payments[1]));
    assert_false(same(at.ids.payments[0], at.ids.payments[2]));
    assert_false(same(at.ids.payments[1], at.ids.payments[2]));
    stop(&at);
}

static void amounts_of_zero_on_both_sides_of_an_account_have_ids_of_their_own(void **state)
{
    fixture at;
    (void)state;
    reading_open(&at.ledger, 4);
    READ_ROWS(&at.ledger, "a.csv", 1, {.legs = "d", .payer = 1, .day = 1},
              {.legs = "c", .payee = 1, .day = 1});
    finish(&at, case_key);
    assert_int_equal(at.ledger.count, 2);
    assert_false(same(at.ids.payments[0], at.ids.payments[1]));
    stop(&at);
}

static void a_paired_payment_has_the_debits_id_and_the_credits_as_alias(void **state)
{
    static const trail_id zero = {{0}};
    fixture at;
    (void)state;
    trail_id credit_alone = id_of_only("b.csv", 2, credit, case_key);
    reading_open(&at.ledger, 4);
    READ_ROWS(&at.ledger, "a.csv", 1, debit);
    READ_ROWS(&at.ledger, "b.csv", 2, credit, {.legs = "c", .payer = 4, .payee = 2, .amount = 9});
    finish(&at, case_key);
    assert_int_equal(at.ledger.count, 2);
    uint32_t paired = (at.ledger.flags[0] & TRAIL_TWO_RECORDS) != 0 ? 0 : 1;
    assert_true(same(at.ids.payments[paired], id_of_only("a.csv", 1, debit, case_key)));
    assert_true(same(at.ids.credit_alias[paired], credit_alone));
    assert_true(same(at.ids.credit_alias[1 - paired], zero));
    stop(&at);
}

static void a_payments_id_stays_when_the_bank_of_a_number_becomes_known(void **state)
{
    trail_id ids[2];
    (void)state;
    for (size_t turn = 0; turn < 2; turn++) {
        fixture at;
        uint32_t *renumber = NULL, account;
        char key[TRAIL_ACCOUNT_KEY_LIMIT];
        static const char *const numbers[] = {"111222", "333444"};
        assert_int_equal(trail_ledger_init(&at.ledger, NULL), TRAIL_OK);
        for (size_t i = 0; i < 2; i++) {
            size_t length = 0;
            assert_true(trail_account_key(trail_slice_of(turn == 0 ? "" : "NORDBANK"),
                                          trail_slice_of(numbers[i]), key, &length));
            trail_slice slice = {key, length};
            assert_int_equal(trail_accounts_put(at.ledger.accounts, slice,
                                                trail_strings_hash(slice), &account, NULL),
                             TRAIL_OK);
        }
        assert_int_equal(trail_accounts_settle(at.ledger.accounts, &renumber, NULL), TRAIL_OK);
        trail_free(renumber);
        READ_ROWS(&at.ledger, "a.csv", 1, debit);
        finish(&at, case_key);
        ids[turn] = at.ids.payments[0];
        stop(&at);
    }
    assert_true(same(ids[0], ids[1]));
}

static void an_id_is_a_letter_and_32_hex_digits(void **state)
{
    trail_id id = {{0x0a, 0xff}};
    char text[TRAIL_ID_TEXT];
    (void)state;
    trail_id_text('t', &id, text);
    assert_string_equal(text, "t0aff0000000000000000000000000000");
}

static void parts_do_not_run_into_each_other(void **state)
{
    trail_hmac *hmac;
    trail_id first, second;
    static const trail_slice one[] = {{"ab", 2}, {"c", 1}}, other[] = {{"a", 1}, {"bc", 2}};
    (void)state;
    assert_int_equal(trail_hmac_new(&hmac, case_key, sizeof case_key, NULL), TRAIL_OK);
    assert_int_equal(trail_id_of(hmac, one, 2, &first, NULL), TRAIL_OK);
    assert_int_equal(trail_id_of(hmac, other, 2, &second, NULL), TRAIL_OK);
    assert_false(same(first, second));
    trail_hmac_free(hmac);
}

static trail_status make_ids(void *context, trail_error *err)
{
    trail_published_ids ids;
    trail_status status = trail_published_ids_make(&ids, context, case_key, err);
    if (status == TRAIL_OK) trail_published_ids_clear(&ids);
    return status;
}

static void every_refused_allocation_is_reported(void **state)
{
    fixture at;
    (void)state;
    reading_open(&at.ledger, 4);
    READ_ROWS(&at.ledger, "a.csv", 1, debit, debit);
    READ_ROWS(&at.ledger, "b.csv", 2, credit, {.legs = "r", .payer = 3, .payee = 2, .amount = 9});
    finish(&at, case_key);
    assert_true(failing_alloc_each(make_ids, &at.ledger) > 6);
    stop(&at);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_id_follows_content_and_key_not_the_file),
        cmocka_unit_test(twins_get_ids_of_their_own_and_keep_the_first),
        cmocka_unit_test(amounts_of_zero_on_both_sides_of_an_account_have_ids_of_their_own),
        cmocka_unit_test(a_paired_payment_has_the_debits_id_and_the_credits_as_alias),
        cmocka_unit_test(a_payments_id_stays_when_the_bank_of_a_number_becomes_known),
        cmocka_unit_test(an_id_is_a_letter_and_32_hex_digits),
        cmocka_unit_test(parts_do_not_run_into_each_other),
        cmocka_unit_test(every_refused_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
