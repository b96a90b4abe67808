#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/memory.h"
#include "model/account.h"
#include "support/failing_alloc.h"

static trail_status put(trail_accounts *accounts, const char *bank, const char *number,
                        uint32_t *account)
{
    char key[TRAIL_ACCOUNT_KEY_LIMIT];
    size_t length;
    assert_true(trail_account_key(trail_slice_of(bank), trail_slice_of(number), key, &length));
    trail_slice slice = {key, length};
    return trail_accounts_put(accounts, slice, trail_strings_hash(slice), account, NULL);
}

static void a_valid_iban_is_the_key_alone_whatever_bank_is_named(void **state)
{
    (void)state;
    trail_accounts *accounts;
    uint32_t a, b, c;
    assert_int_equal(trail_accounts_new(&accounts, NULL), TRAIL_OK);
    assert_int_equal(put(accounts, "HABALV22", "LV80 BANK 0000 4351 9500 1", &a), TRAIL_OK);
    assert_int_equal(put(accounts, "", "lv80bank0000435195001", &b), TRAIL_OK);
    assert_int_equal(put(accounts, "", "LV81BANK0000435195001", &c), TRAIL_OK);
    assert_int_equal(a, b);
    assert_int_not_equal(a, c);
    assert_true(trail_accounts_is_iban(accounts, a));
    assert_false(trail_accounts_is_iban(accounts, c));
    trail_accounts_free(accounts);
}

static void a_number_without_bank_joins_the_only_account_that_has_one(void **state)
{
    (void)state;
    trail_accounts *accounts;
    uint32_t bare, one, two_bare, two_a, two_b, *moved;
    assert_int_equal(trail_accounts_new(&accounts, NULL), TRAIL_OK);
    assert_int_equal(put(accounts, "", "0123-45", &bare), TRAIL_OK);
    assert_int_equal(put(accounts, "BANKA", "012345", &one), TRAIL_OK);
    assert_int_equal(put(accounts, "", "77", &two_bare), TRAIL_OK);
    assert_int_equal(put(accounts, "BANKA", "77", &two_a), TRAIL_OK);
    assert_int_equal(put(accounts, "BANKB", "77", &two_b), TRAIL_OK);
    assert_int_equal(trail_accounts_settle(accounts, &moved, NULL), TRAIL_OK);
    assert_int_equal(trail_accounts_count(accounts), 4);
    assert_int_equal(moved[bare], moved[one]);
    assert_int_not_equal(moved[two_bare], moved[two_a]);
    assert_int_not_equal(moved[two_a], moved[two_b]);
    assert_int_equal(trail_accounts_find(accounts, trail_slice_of(""), trail_slice_of("012345")),
                     moved[one]);
    assert_int_equal(trail_accounts_find(accounts, trail_slice_of("banka"), trail_slice_of("77")),
                     moved[two_a]);
    assert_int_equal(trail_accounts_find(accounts, trail_slice_of("BANKC"), trail_slice_of("77")),
                     TRAIL_NO_ACCOUNT);
    trail_vector pairs;
    assert_int_equal(trail_accounts_same_numbers(accounts, &pairs, NULL), TRAIL_OK);
    assert_int_equal(pairs.count, 2);
    trail_vector_clear(&pairs);
    trail_free(moved);
    trail_accounts_free(accounts);
}

static void a_number_with_a_bank_finds_the_only_account_whose_bank_no_record_names(void **state)
{
    (void)state;
    trail_accounts *accounts;
    uint32_t bare, one, other, *moved;
    assert_int_equal(trail_accounts_new(&accounts, NULL), TRAIL_OK);
    assert_int_equal(put(accounts, "", "123", &bare), TRAIL_OK);
    assert_int_equal(put(accounts, "", "456", &one), TRAIL_OK);
    assert_int_equal(put(accounts, "A", "456", &one), TRAIL_OK);
    assert_int_equal(put(accounts, "B", "456", &other), TRAIL_OK);
    assert_int_equal(trail_accounts_settle(accounts, &moved, NULL), TRAIL_OK);
    assert_int_equal(trail_accounts_find(accounts, trail_slice_of("C"), trail_slice_of("123")),
                     moved[bare]);
    assert_int_equal(trail_accounts_find(accounts, trail_slice_of("C"), trail_slice_of("456")),
                     TRAIL_NO_ACCOUNT);
    assert_int_equal(trail_accounts_find(accounts, trail_slice_of("B"), trail_slice_of("456")),
                     moved[other]);
    trail_free(moved);
    trail_accounts_free(accounts);
}

static void settled_numbers_do_not_depend_on_arrival(void **state)
{
    (void)state;
    static const char *const numbers[] = {"9", "10", "2", "A1", "0", "00"};
    for (int turn = 0; turn < 2; turn++) {
        trail_accounts *accounts;
        uint32_t account, *moved;
        assert_int_equal(trail_accounts_new(&accounts, NULL), TRAIL_OK);
        for (size_t i = 0; i < 6; i++)
            assert_int_equal(put(accounts, "B", numbers[turn == 0 ? i : 5 - i], &account),
                             TRAIL_OK);
        assert_int_equal(trail_accounts_settle(accounts, &moved, NULL), TRAIL_OK);
        assert_true(trail_slice_is(trail_accounts_number(accounts, 0), "0"));
        assert_true(trail_slice_is(trail_accounts_number(accounts, 1), "00"));
        assert_true(trail_slice_is(trail_accounts_number(accounts, 5), "A1"));
        trail_free(moved);
        trail_accounts_free(accounts);
    }
}

static void the_head_office_bic_is_the_short_bic_and_tells_the_country(void **state)
{
    (void)state;
    trail_accounts *accounts;
    uint32_t a, b;
    assert_int_equal(trail_accounts_new(&accounts, NULL), TRAIL_OK);
    assert_int_equal(put(accounts, "HABALV22XXX", "123", &a), TRAIL_OK);
    assert_int_equal(put(accounts, "habalv22", "123", &b), TRAIL_OK);
    assert_int_equal(a, b);
    assert_true(trail_slice_is(trail_accounts_country(accounts, a), "LV"));
    char key[TRAIL_ACCOUNT_KEY_LIMIT];
    size_t length;
    assert_false(trail_account_key(trail_slice_of("B"), trail_slice_of(" - "), key, &length));
    trail_accounts_free(accounts);
}

static void every_refused_allocation_is_a_clean_failure(void **state)
{
    (void)state;
    for (size_t nth = 1; nth < 60; nth++) {
        trail_accounts *accounts = NULL;
        uint32_t *moved = NULL, account;
        failing_alloc_at(nth);
        trail_status status = trail_accounts_new(&accounts, NULL);
        for (int i = 0; status == TRAIL_OK && i < 40; i++) {
            char number[2] = {(char)('0' + i), '\0'};
            if (i < 10) status = put(accounts, "B", number, &account);
        }
        if (status == TRAIL_OK) status = trail_accounts_settle(accounts, &moved, NULL);
        bool refused = failing_alloc_count() >= nth;
        failing_alloc_at(0);
        assert_int_equal(status, refused ? TRAIL_NO_MEMORY : TRAIL_OK);
        trail_free(moved);
        trail_accounts_free(accounts);
        if (!refused) return;
    }
    fail_msg("more allocations than the loop tries");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_valid_iban_is_the_key_alone_whatever_bank_is_named),
        cmocka_unit_test(a_number_without_bank_joins_the_only_account_that_has_one),
        cmocka_unit_test(a_number_with_a_bank_finds_the_only_account_whose_bank_no_record_names),
        cmocka_unit_test(settled_numbers_do_not_depend_on_arrival),
        cmocka_unit_test(the_head_office_bic_is_the_short_bic_and_tells_the_country),
        cmocka_unit_test(every_refused_allocation_is_a_clean_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
