#include "evidence/protection.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "support/failing_alloc.h"

#define PEOPLE 8

typedef struct cast {
    trail_people people;
    trail_protection *protection;
    trail_text text;
    const char *labels[PEOPLE];
} cast;

static const uint8_t key[TRAIL_CASE_KEY_SIZE] = {1, 2, 3};

static trail_person *add_person(cast *all, const char *person_key, const char *name,
                                trail_role role)
{
    trail_person person = {.key = person_key, .name = name, .role = role};
    person.other_names = trail_vector_of(sizeof(const char *));
    person.accounts = trail_vector_of(sizeof(trail_listed_account));
    assert_int_equal(trail_vector_push(&all->people.people, &person, NULL), TRAIL_OK);
    return trail_vector_at(&all->people.people, all->people.people.count - 1);
}

static void add_account(trail_person *person, const char *number)
{
    trail_listed_account account = {number, NULL, TRAIL_NO_ACCOUNT};
    assert_int_equal(trail_vector_push(&person->accounts, &account, NULL), TRAIL_OK);
}

static void declare(cast *all)
{
    all->people.people = trail_vector_of(sizeof(trail_person));
    trail_person *anna = add_person(all, "worker_01", "Anna Bērziņa", TRAIL_ROLE_VICTIM);
    const char *other = "Анна Берзиня";
    assert_int_equal(trail_vector_push(&anna->other_names, &other, NULL), TRAIL_OK);
    add_account(anna, "LV80BANK0000435195001");
    add_account(anna, "12345");
    add_account(anna, "19-2000145399/0800");
    add_account(anna, "654321");
    add_person(all, "worker_02", "Jürgen O'Brien-Smith", TRAIL_ROLE_POSSIBLE_VICTIM);
    add_person(all, "worker_03", "王小明", TRAIL_ROLE_WITNESS);
    add_person(all, "worker_04", "สมชาย ใจดี", TRAIL_ROLE_VICTIM);
    trail_person *ada = add_person(all, "worker_05", "Ada", TRAIL_ROLE_VICTIM);
    add_account(ada, "DE89370400440532013000");
    add_person(all, "worker_06", "Maria Kalniņa", TRAIL_ROLE_VICTIM);
    add_person(all, "worker_07", "Anna Maria", TRAIL_ROLE_VICTIM);
    add_person(all, "boss", "Viktors Liels", TRAIL_ROLE_SUSPECT);
}

static void clear(cast *all)
{
    for (size_t i = 0; i < all->people.people.count; i++) {
        trail_person *person = trail_vector_at(&all->people.people, i);
        trail_vector_clear(&person->other_names);
        trail_vector_clear(&person->accounts);
    }
    trail_vector_clear(&all->people.people);
    trail_protection_free(all->protection);
    trail_text_clear(&all->text);
}

static int set_up(void **state)
{
    cast *all = NULL;
    assert_int_equal(trail_alloc_zeroed(&all, 1, sizeof *all, NULL), TRAIL_OK);
    declare(all);
    assert_int_equal(trail_protection_new(&all->protection, &all->people, NULL, key, false, NULL),
                     TRAIL_OK);
    for (uint32_t i = 0; i < PEOPLE; i++)
        all->labels[i] = trail_protect_person(all->protection, i);
    *state = all;
    return 0;
}

static int tear_down(void **state)
{
    clear(*state);
    trail_free(*state);
    return 0;
}

/* `expected` with @0 ... @7 standing for people's pseudonyms. */
static void expect(cast *all, const char *written, const char *expected)
{
    char wanted[2000];
    size_t length = 0;
    for (const char *at = expected; *at != '\0'; at++) {
        if (*at == '@' && at[1] >= '0' && at[1] <= '7') {
            const char *label = all->labels[*++at - '0'];
            memcpy(wanted + length, label, strlen(label));
            length += strlen(label);
        } else {
            wanted[length++] = *at;
        }
    }
    wanted[length] = '\0';
    trail_text_reset(&all->text);
    assert_int_equal(trail_protect_text(all->protection, trail_slice_of(written), &all->text, NULL),
                     TRAIL_OK);
    assert_string_equal(all->text.bytes == NULL ? "" : all->text.bytes, wanted);
}

static void pseudonyms_show_the_role_and_nothing_else(void **state)
{
    cast *all = *state;
    assert_int_equal(strlen(all->labels[0]), 10);
    assert_memory_equal(all->labels[0], "V-", 2);
    assert_memory_equal(all->labels[1], "P-", 2);
    assert_memory_equal(all->labels[2], "W-", 2);
    assert_int_equal(strspn(all->labels[0] + 2, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"), 8);
    assert_string_not_equal(all->labels[0], all->labels[3]);
    assert_null(all->labels[7]);
    assert_int_equal(trail_protection_count(all->protection), 7);
    assert_string_equal(trail_protection_notice(all->protection),
                        "Protected: 7 declared people. Anyone not declared is named in full. "
                        "Working copy, not for disclosure.");
}

static void a_pseudonym_is_the_first_eight_base32_digits_of_the_keyed_hash(void **state)
{
    cast *all = *state;
    /* python3: base64.b32encode(hmac.new(bytes([1,2,3])+bytes(29), b"worker_01",
     * "sha256").digest())[:8] */
    assert_string_equal(all->labels[0], "V-VFGYAQQU");
}

static void names_are_found_whatever_their_spelling(void **state)
{
    static const char *const forms[] = {
        "Anna Bērziņa",
        "ANNA BERZINA",
        "anna berzina",
        "AnnaBerzina",
        "Bērziņa, Anna",
        "BERZINA ANNA",
        "berzinaanna",
        "Anna-Berzina",
        "Anna_Berzina",
        "Anna   Bērziņa",
        "Anna\u00A0Bērziņa",
        "An\u00ADna Berzina",
        "Anna Be\u0304rzin\u0327a",
        "ＡＮＮＡ Berzina",
        "Anna;Berzina",
        "Anna\",\"Berzina",
        "ANNA BER ZINA",
        "Anna.Berzina",
        "Анна Берзиня",
        "БЕРЗИНЯ АННА",
        "анна\tберзиня",
        "Anna\u200BBerzina",
    };
    for (size_t i = 0; i < TRAIL_LENGTH_OF(forms); i++)
        expect(*state, forms[i], "@0");
    expect(*state, "alga Anna Berzina, maijs", "alga @0, maijs");
    expect(*state, "/NAME/ANNA BERZINA/CNTR/LV", "/NAME/@0/CNTR/LV");
    expect(*state, "ANNA BERZINA20EREF", "@020EREF");
    expect(*state, "anna.berzina85@mail.example", "@085@mail.example");
}

static void umlauts_match_spelled_out_and_dropped(void **state)
{
    expect(*state, "Juergen OBrien Smith", "@1");
    expect(*state, "JURGEN O BRIEN SMITH", "@1");
    expect(*state, "Smith, Jürgen O'Brien", "@1");
    expect(*state, "Jürgen O’Brien-Smith", "@1");
}

static void scripts_without_blanks_match_inside_running_text(void **state)
{
    expect(*state, "转账给王小明工资", "转账给@2工资");
    expect(*state, "โอนให้สมชายใจดีแล้ว", "โอนให้@3แล้ว");
    expect(*state, "สมชาย ใจดี", "@3");
}

static void names_inside_other_words_stay(void **state)
{
    static const char *const innocent[] = {
        "Adamant", "Canada",        "Joanna Berzina-less", "0x3ada9f",
        "a1ada2",  "Hannah Berzin", "Anna Berzinas",       "Mariann Kalnin",
        "Ada2",    "adada",         "Viktors Liels",       "АннаБерзинянка",
    };
    for (size_t i = 0; i < TRAIL_LENGTH_OF(innocent); i++)
        expect(*state, innocent[i], innocent[i]);
    expect(*state, "Ada", "@4");
    expect(*state, "(ada)", "(@4)");
}

static void the_longest_name_wins_and_overlaps_leave_nothing(void **state)
{
    expect(*state, "Anna Maria", "@6");
    expect(*state, "Maria Kalnina", "@5");
    expect(*state, "Anna Maria Kalnina", "@6 @5");
    expect(*state, "Anna Anna Berzina", "Anna @0");
    expect(*state, "Ada Ada", "@4 @4");
}

static void account_numbers_are_found_in_groups_and_as_declared(void **state)
{
    expect(*state, "to LV80BANK0000435195001 now", "to @0/1 now");
    expect(*state, "LV80 BANK 0000 4351 9500 1", "@0/1");
    expect(*state, "lv80-bank-0000-4351-9500-1", "@0/1");
    expect(*state, "IBAN:LV80BANK0000435195001;", "IBAN:@0/1;");
    expect(*state, "19-2000145399/0800", "@0/3");
    expect(*state, "1920001453990800", "@0/3");
    expect(*state, "账号654321", "账号@0/4");
    expect(*state, "№654321", "№@0/4");
    expect(*state, "DE89 3704 0044 0532 0130 00", "@4/1");
}

static void amounts_dates_ids_and_longer_numbers_stay(void **state)
{
    static const char *const innocent[] = {
        "654321.00 EUR",
        "654321,5",
        "1654321",
        "654321A",
        "654-321",
        "65-43-21",
        "LV80BANK00004351950012",
        "XLV80BANK0000435195001",
        "2024-05-01",
        "12345",
        "12345.00",
    };
    for (size_t i = 0; i < TRAIL_LENGTH_OF(innocent); i++)
        expect(*state, innocent[i], innocent[i]);
}

static void short_numbers_are_replaced_beside_their_persons_name_only(void **state)
{
    expect(*state, "Anna Berzina 12345", "@0 @0/2");
    expect(*state, "acc 12345 (Anna Berzina)", "acc @0/2 (@0)");
    expect(*state, "Anna Berzina, acc. no. 12345", "@0, acc. no. @0/2");
    expect(*state, "Maria Kalnina 12345", "@5 12345");
    expect(*state, "Anna Berzina paid the whole rent 12345", "@0 paid the whole rent 12345");
}

static void undecodable_letters_do_not_hide_a_name(void **state)
{
    expect(*state,
           "Anna B\xEBrzi\xFE"
           "a",
           "@0");
    expect(*state, "J\xFCrgen O'Brien Smith", "@1");
    expect(*state, "Anna\x02 Berzina", "@0");
    expect(*state, "An\xE2\x80\xAEna Berzina", "@0");
    expect(*state, "ANNA BERZ\nINA", "@0");
    expect(*state, "\xFF\xFF\xFF", "\uFFFD\uFFFD\uFFFD");
    expect(*state, "X\xFFY", "X\uFFFDY");
}

static void whole_number_fields_of_any_length_are_replaced(void **state)
{
    cast *all = *state;
    static const char *const numbers[] = {"12345", " 123-45 ", "LV80 BANK 0000435195001"};
    for (size_t i = 0; i < TRAIL_LENGTH_OF(numbers); i++) {
        trail_text_reset(&all->text);
        assert_int_equal(
            trail_protect_number(all->protection, trail_slice_of(numbers[i]), &all->text, NULL),
            TRAIL_OK);
        assert_memory_equal(all->text.bytes, all->labels[0], 10);
        assert_int_equal(all->text.length, 12);
    }
    trail_text_reset(&all->text);
    assert_int_equal(
        trail_protect_number(all->protection, trail_slice_of("123456"), &all->text, NULL),
        TRAIL_OK);
    assert_string_equal(all->text.bytes, "123456");
}

static void a_file_named_after_a_protected_person_is_cited_by_its_hash(void **state)
{
    cast *all = *state;
    static const char *const names[] = {"received/anna_berzina.csv", "received/AnnaBerzina2024.csv",
                                        "received/statementannaberzina.csv",
                                        "received/LV80BANK0000435195001.csv", "Ada/may.csv"};
    const uint8_t hash[TRAIL_DIGEST_SIZE] = {0xAB, 0xCD, 0xEF, 1, 2, 3, 4};
    for (size_t i = 0; i < TRAIL_LENGTH_OF(names); i++) {
        trail_text_reset(&all->text);
        assert_int_equal(trail_protect_file(all->protection, names[i], hash, &all->text, NULL),
                         TRAIL_OK);
        assert_string_equal(all->text.bytes, "F-abcdef010203");
    }
    trail_text_reset(&all->text);
    assert_int_equal(
        trail_protect_file(all->protection, "received/lv/may.csv", hash, &all->text, NULL),
        TRAIL_OK);
    assert_string_equal(all->text.bytes, "received/lv/may.csv");
}

/* A linear congruential generator: the same texts on every machine. */
static uint32_t next_random(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*seed >> 33);
}

static void after_protection_nothing_protected_is_found(void **state)
{
    static const char *const pieces[] = {
        "Anna",    "Berzina", "BĒRZIŅA", "Maria",     "Kalnina", "Ada",  " ",
        " ",       " ",       ",",       "12345",     "654321",  "LV80", "BANK0000435195001",
        "-",       "王小明",  "สมชาย",   "ใจดี",       "J\xFC",   "rgen", "O'",
        "Brien",   "Smith",   "\xFE",    "annamaria", "\n",      "1.00", "Анна",
        "Берзиня",
    };
    cast *all = *state;
    uint64_t seed = 20250417;
    trail_text again = {0};
    for (int round = 0; round < 20000; round++) {
        char text[400] = "";
        for (uint32_t k = next_random(&seed) % 12 + 1; k > 0; k--) {
            const char *piece = pieces[next_random(&seed) % TRAIL_LENGTH_OF(pieces)];
            memcpy(text + strlen(text), piece, strlen(piece) + 1);
        }
        trail_text_reset(&all->text);
        trail_text_reset(&again);
        assert_int_equal(
            trail_protect_text(all->protection, trail_slice_of(text), &all->text, NULL), TRAIL_OK);
        assert_int_equal(
            trail_protect_text(all->protection, trail_text_slice(&all->text), &again, NULL),
            TRAIL_OK);
        assert_string_equal(again.bytes, all->text.bytes);
    }
    trail_text_clear(&again);
}

static void an_internal_copy_replaces_nothing_and_says_so(void **state)
{
    cast *all = *state;
    trail_protection *internal = NULL;
    assert_int_equal(trail_protection_new(&internal, &all->people, NULL, key, true, NULL),
                     TRAIL_OK);
    trail_text_reset(&all->text);
    assert_int_equal(trail_protect_text(internal, trail_slice_of("Anna Bērziņa"), &all->text, NULL),
                     TRAIL_OK);
    assert_string_equal(all->text.bytes, "Anna Bērziņa");
    assert_null(trail_protect_person(internal, 0));
    assert_non_null(strstr(trail_protection_notice(internal), "Internal copy"));
    trail_protection_free(internal);
}

static void accounts_of_the_ledger_carry_their_pseudonym(void **state)
{
    cast *all = *state;
    trail_ledger ledger;
    assert_int_equal(trail_ledger_init(&ledger, NULL), TRAIL_OK);
    const char *numbers[] = {"LV80BANK0000435195001", "12345", "99999"};
    uint32_t accounts[3];
    for (size_t i = 0; i < 3; i++) {
        char account_key[TRAIL_ACCOUNT_KEY_LIMIT];
        size_t length = 0;
        assert_true(trail_account_key(trail_slice_of(i == 1 ? "HABALV22" : ""),
                                      trail_slice_of(numbers[i]), account_key, &length));
        trail_slice whole = {account_key, length};
        assert_int_equal(trail_accounts_put(ledger.accounts, whole, trail_strings_hash(whole),
                                            &accounts[i], NULL),
                         TRAIL_OK);
    }
    uint32_t *renumber = NULL;
    assert_int_equal(trail_accounts_settle(ledger.accounts, &renumber, NULL), TRAIL_OK);
    trail_protection *protection = NULL;
    assert_int_equal(trail_protection_new(&protection, &all->people, &ledger, key, false, NULL),
                     TRAIL_OK);
    const char *first = trail_protect_account(protection, renumber[accounts[0]]);
    const char *second = trail_protect_account(protection, renumber[accounts[1]]);
    assert_non_null(first);
    assert_non_null(second);
    assert_string_equal(first + 10, "/1");
    assert_string_equal(second + 10, "/2");
    assert_null(trail_protect_account(protection, renumber[accounts[2]]));
    trail_protection_free(protection);
    trail_free(renumber);
    trail_ledger_clear(&ledger);
}

static void every_refused_allocation_is_reported_and_cleaned_up(void **state)
{
    cast *all = *state;
    for (size_t n = 1;; n++) {
        trail_protection *protection = NULL;
        trail_text text = {0};
        trail_error err = {0};
        failing_alloc_at(n);
        trail_status status =
            trail_protection_new(&protection, &all->people, NULL, key, false, &err);
        if (status == TRAIL_OK)
            status =
                trail_protect_text(protection, trail_slice_of("Anna Berzina 12345"), &text, &err);
        bool failed = failing_alloc_count() >= n;
        failing_alloc_at(0);
        trail_protection_free(protection);
        trail_text_clear(&text);
        assert_int_equal(status, failed ? TRAIL_NO_MEMORY : TRAIL_OK);
        assert_int_equal(err.status, status);
        if (!failed) break;
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(pseudonyms_show_the_role_and_nothing_else),
        TEST(a_pseudonym_is_the_first_eight_base32_digits_of_the_keyed_hash),
        TEST(names_are_found_whatever_their_spelling),
        TEST(umlauts_match_spelled_out_and_dropped),
        TEST(scripts_without_blanks_match_inside_running_text),
        TEST(names_inside_other_words_stay),
        TEST(the_longest_name_wins_and_overlaps_leave_nothing),
        TEST(account_numbers_are_found_in_groups_and_as_declared),
        TEST(amounts_dates_ids_and_longer_numbers_stay),
        TEST(short_numbers_are_replaced_beside_their_persons_name_only),
        TEST(undecodable_letters_do_not_hide_a_name),
        TEST(whole_number_fields_of_any_length_are_replaced),
        TEST(a_file_named_after_a_protected_person_is_cited_by_its_hash),
        TEST(after_protection_nothing_protected_is_found),
        TEST(an_internal_copy_replaces_nothing_and_says_so),
        TEST(accounts_of_the_ledger_carry_their_pseudonym),
        TEST(every_refused_allocation_is_reported_and_cleaned_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
