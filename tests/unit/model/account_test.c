#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/memory.h"
#include "model/account.h"
#include "model/account_same.h"
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

static void a_bank_by_its_bic_is_one_account_in_both_spellings(void **state)
{
    (void)state;
    trail_accounts *accounts;
    uint32_t a, b;
    assert_int_equal(trail_accounts_new(&accounts, NULL), TRAIL_OK);
    assert_int_equal(put(accounts, "DAKRLV22XXX", "DAKRLV22XXX", &a), TRAIL_OK);
    assert_int_equal(put(accounts, "DAKRLV22", "DAKRLV22", &b), TRAIL_OK);
    assert_int_equal(a, b);
    trail_accounts_free(accounts);
}

static void a_german_bank_code_before_a_stroke_is_the_bank(void **state)
{
    (void)state;
    trail_accounts *accounts;
    uint32_t a, b, czech;
    assert_int_equal(trail_accounts_new(&accounts, NULL), TRAIL_OK);
    assert_int_equal(put(accounts, "", "70090100/1234567", &a), TRAIL_OK);
    assert_int_equal(put(accounts, "70090100", "1234567", &b), TRAIL_OK);
    assert_int_equal(put(accounts, "", "70090100/0800", &czech), TRAIL_OK);
    assert_int_equal(a, b);
    assert_true(trail_slice_is(trail_accounts_key(accounts, czech), "\x1f"
                                                                    "700901000800"));
    trail_accounts_free(accounts);
}

/* Pairs of a reason; *found: the last of them. */
static size_t pairs_of(const trail_accounts *accounts, trail_same_reason reason,
                       trail_same_number *found)
{
    trail_vector pairs;
    size_t count = 0;
    assert_int_equal(trail_accounts_same_numbers(accounts, &pairs, NULL), TRAIL_OK);
    for (size_t i = 0; i < pairs.count; i++) {
        const trail_same_number *pair = trail_vector_at(&pairs, i);
        if (pair->reason != reason) continue;
        *found = *pair;
        count++;
    }
    trail_vector_clear(&pairs);
    return count;
}

static void a_national_number_at_its_bank_joins_the_iban_of_the_case_and_is_listed(void **state)
{
    (void)state;
    trail_accounts *accounts;
    uint32_t iban, code, bare, other, *moved;
    trail_same_number pair = {0};
    assert_int_equal(trail_accounts_new(&accounts, NULL), TRAIL_OK);
    assert_int_equal(put(accounts, "", "0532013000", &bare), TRAIL_OK);
    assert_int_equal(put(accounts, "37040044", "0532013000", &code), TRAIL_OK);
    assert_int_equal(put(accounts, "", "DE89370400440532013000", &iban), TRAIL_OK);
    assert_int_equal(put(accounts, "37040045", "532013000", &other), TRAIL_OK);
    assert_int_equal(trail_accounts_settle(accounts, &moved, NULL), TRAIL_OK);
    assert_int_equal(trail_accounts_count(accounts), 2);
    assert_int_equal(moved[code], moved[iban]);
    assert_int_equal(moved[bare], moved[iban]); /* by way of the only account of that number */
    assert_int_not_equal(moved[other], moved[iban]);
    assert_true(trail_accounts_is_iban(accounts, moved[iban]));
    assert_int_equal(pairs_of(accounts, TRAIL_SAME_JOINED, &pair), 2);
    assert_int_equal(pair.first, moved[iban]);
    assert_true(trail_slice_is(trail_accounts_joined(accounts, pair.joined).bank, "37040044"));
    static const char *const spellings[] = {"370 400 44", "37040044"};
    for (size_t i = 0; i < 2; i++) /* also spellings that no record has */
        assert_int_equal(trail_accounts_find(accounts, trail_slice_of(spellings[i]),
                                             trail_slice_of("532013000")),
                         moved[iban]);
    assert_int_equal(
        trail_accounts_find(accounts, trail_slice_of(""), trail_slice_of("0532013000")),
        moved[iban]);
    assert_int_equal(pairs_of(accounts, TRAIL_SAME_NATIONAL, &pair), 0);
    trail_free(moved);
    trail_accounts_free(accounts);
}

static void a_national_number_without_bank_joins_nothing_and_is_listed(void **state)
{
    (void)state;
    trail_accounts *accounts;
    uint32_t iban, bare, *moved;
    trail_same_number pair = {0};
    assert_int_equal(trail_accounts_new(&accounts, NULL), TRAIL_OK);
    assert_int_equal(put(accounts, "", "532013000", &bare), TRAIL_OK);
    assert_int_equal(put(accounts, "", "DE89370400440532013000", &iban), TRAIL_OK);
    assert_int_equal(trail_accounts_settle(accounts, &moved, NULL), TRAIL_OK);
    assert_int_not_equal(moved[bare], moved[iban]);
    assert_int_equal(pairs_of(accounts, TRAIL_SAME_NATIONAL, &pair), 1);
    assert_int_equal(pair.first, moved[iban]);
    assert_int_equal(pair.second, moved[bare]);
    assert_int_equal(pairs_of(accounts, TRAIL_SAME_JOINED, &pair), 0);
    trail_free(moved);
    trail_accounts_free(accounts);
}

static void a_number_shown_in_part_is_no_account_but_lists_those_that_end_the_same(void **state)
{
    (void)state;
    static const char *const shown[] = {"****5001", "XXXX-5001",
                                        "DE12\xe2\x80\xa6"
                                        "5001",
                                        "LV80BANK...5001"};
    static const size_t fitting[] = {3, 3, 0, 1};
    for (size_t i = 0; i < 4; i++) {
        trail_accounts *accounts;
        uint32_t masked, full, *moved;
        trail_same_number pair = {0};
        assert_int_equal(trail_accounts_new(&accounts, NULL), TRAIL_OK);
        assert_int_equal(put(accounts, "", shown[i], &masked), TRAIL_OK);
        assert_int_equal(put(accounts, "BANKA", shown[i], &full), TRAIL_OK);
        assert_int_equal(put(accounts, "", "5001", &full), TRAIL_OK);
        assert_int_equal(put(accounts, "BANKA", "775001", &full), TRAIL_OK);
        assert_int_equal(put(accounts, "", "LV80BANK0000435195001", &full), TRAIL_OK);
        assert_int_equal(put(accounts, "", "50010", &full), TRAIL_OK);
        assert_int_equal(trail_accounts_settle(accounts, &moved, NULL), TRAIL_OK);
        assert_int_equal(trail_accounts_count(accounts), 6);
        assert_int_equal(pairs_of(accounts, TRAIL_SAME_NUMBER, &pair), 0);
        assert_int_equal(pairs_of(accounts, TRAIL_SAME_SHOWN_IN_PART, &pair), 2 * fitting[i]);
        trail_free(moved);
        trail_accounts_free(accounts);
    }
}

static void more_than_five_that_end_the_same_are_counted(void **state)
{
    (void)state;
    trail_accounts *accounts;
    uint32_t account, *moved;
    trail_same_number pair = {0};
    assert_int_equal(trail_accounts_new(&accounts, NULL), TRAIL_OK);
    assert_int_equal(put(accounts, "", "***777", &account), TRAIL_OK);
    for (int i = 0; i < 6; i++) {
        char number[] = {(char)('1' + i), '7', '7', '7', '\0'};
        assert_int_equal(put(accounts, "A", number, &account), TRAIL_OK);
    }
    assert_int_equal(trail_accounts_settle(accounts, &moved, NULL), TRAIL_OK);
    assert_int_equal(pairs_of(accounts, TRAIL_SAME_SHOWN_IN_PART, &pair), 1);
    assert_int_equal(pair.first, TRAIL_NO_ACCOUNT);
    assert_int_equal(pair.others, 6);
    trail_free(moved);
    trail_accounts_free(accounts);
}

static void letters_for_digits_are_a_suggestion_only_where_the_iban_stands_in_the_case(void **state)
{
    (void)state;
    trail_accounts *accounts;
    uint32_t iban, misread, unknown, *moved;
    trail_same_number pair = {0};
    assert_int_equal(trail_accounts_new(&accounts, NULL), TRAIL_OK);
    assert_int_equal(put(accounts, "", "DE89370400440532013000", &iban), TRAIL_OK);
    assert_int_equal(put(accounts, "", "DE893704OO440532OI3000", &misread), TRAIL_OK);
    assert_int_equal(put(accounts, "", "GB82WEST1234569B765432", &unknown), TRAIL_OK);
    assert_int_equal(trail_accounts_settle(accounts, &moved, NULL), TRAIL_OK);
    assert_int_equal(trail_accounts_count(accounts), 3);
    assert_int_equal(pairs_of(accounts, TRAIL_SAME_MISREAD, &pair), 1);
    assert_int_equal(pair.first, moved[iban]);
    assert_int_equal(pair.second, moved[misread]);
    trail_free(moved);
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
        if (status == TRAIL_OK) status = put(accounts, "", "DE89370400440532013000", &account);
        if (status == TRAIL_OK) status = put(accounts, "37040044", "532013000", &account);
        if (status == TRAIL_OK) status = put(accounts, "", "**7", &account);
        if (status == TRAIL_OK) status = trail_accounts_settle(accounts, &moved, NULL);
        trail_vector pairs = trail_vector_of(sizeof(trail_same_number));
        if (status == TRAIL_OK) status = trail_accounts_same_numbers(accounts, &pairs, NULL);
        bool refused = failing_alloc_count() >= nth;
        failing_alloc_at(0);
        assert_int_equal(status, refused ? TRAIL_NO_MEMORY : TRAIL_OK);
        trail_vector_clear(&pairs);
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
        cmocka_unit_test(a_bank_by_its_bic_is_one_account_in_both_spellings),
        cmocka_unit_test(a_german_bank_code_before_a_stroke_is_the_bank),
        cmocka_unit_test(a_national_number_at_its_bank_joins_the_iban_of_the_case_and_is_listed),
        cmocka_unit_test(a_national_number_without_bank_joins_nothing_and_is_listed),
        cmocka_unit_test(a_number_shown_in_part_is_no_account_but_lists_those_that_end_the_same),
        cmocka_unit_test(more_than_five_that_end_the_same_are_counted),
        cmocka_unit_test(
            letters_for_digits_are_a_suggestion_only_where_the_iban_stands_in_the_case),
        cmocka_unit_test(every_refused_allocation_is_a_clean_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
