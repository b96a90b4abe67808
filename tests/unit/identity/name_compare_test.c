#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/attributes.h"
#include "identity/name_book.h"
#include "support/failing_alloc.h"

typedef struct open_book {
    trail_strings *strings;
    trail_name_book *book;
} open_book;

static int open_names(void **state)
{
    static open_book all;
    assert_int_equal(trail_strings_new(&all.strings, NULL), TRAIL_OK);
    assert_int_equal(trail_name_book_new(&all.book, all.strings, NULL), TRAIL_OK);
    *state = &all;
    return 0;
}

static int close_names(void **state)
{
    open_book *all = *state;
    trail_name_book_free(all->book);
    trail_strings_free(all->strings);
    return 0;
}

static trail_name_match match_of(open_book *all, const char *a, const char *b)
{
    uint32_t first = 0;
    uint32_t second = 0;
    trail_name_match match;
    assert_int_equal(trail_strings_put(all->strings, trail_slice_of(a), &first, NULL), TRAIL_OK);
    assert_int_equal(trail_strings_put(all->strings, trail_slice_of(b), &second, NULL), TRAIL_OK);
    assert_int_equal(trail_name_book_match(all->book, first, second, &match, NULL), TRAIL_OK);
    return match;
}

static void is_alike(void **state, const char *a, const char *b)
{
    trail_name_match match = match_of(*state, a, b);
    if (match.permille < TRAIL_NAME_ALIKE) fail_msg("%s | %s: %u", a, b, match.permille);
}

static void is_not_alike(void **state, const char *a, const char *b)
{
    trail_name_match match = match_of(*state, a, b);
    if (match.permille >= TRAIL_NAME_ALIKE) fail_msg("%s | %s: %u", a, b, match.permille);
}

static void cyrillic_and_latin_spellings_are_alike(void **state)
{
    is_alike(state, "Ольга Шевченко", "Olga Shevchenko");
    is_alike(state, "Кузнецов Игорь", "Igor Kuznetsov");
    is_alike(state, "Щербаков Юрий", "Yuri Shcherbakov");
    is_alike(state, "Χρήστος Παπαδόπουλος", "Christos Papadopoulos");
    is_alike(state, "Jānis Bērziņš", "Janis Berzins");
    is_alike(state, "Jürgen Müller", "Juergen Mueller");
    is_alike(state, "Nikola Živković", "Nikola Zivkovic");
}

static void initials_stand_for_their_names(void **state)
{
    is_alike(state, "Hans J Friedrich", "Hans Joachim Friedrich");
    is_alike(state, "N. Petrovska", "Natalija Petrovska");
    is_not_alike(state, "Aaron A. Kalve", "Josh A. Kalve");
}

static void other_numerals_are_other_companies(void **state)
{
    assert_true(match_of(*state, "Harbour Partners VIII L.P.", "Harbour Partners IX L.P.").vetoes &
                TRAIL_VETO_NUMERALS);
    assert_true(match_of(*state, "Harbour Solutions, Inc.", "Harbour Solutions II, Inc.").vetoes &
                TRAIL_VETO_NUMERALS);
    is_not_alike(state, "Harbour Trust 2004-1", "Harbour Trust 2005-1");
    is_alike(state, "Brigade Forty-Four", "Brigade 44");
    is_alike(state, "1st Harbour Bank", "First Harbour Bank");
    is_alike(state, "Harbour Fund VIII", "Harbour Fund 8");
}

static void a_short_name_is_no_numeral(void **state)
{
    assert_int_equal(match_of(*state, "Xi Li", "Xi Li").permille, 1000);
    assert_int_equal(match_of(*state, "Li Xi", "Li Wei").vetoes, 0);
}

static void other_countries_are_other_companies(void **state)
{
    assert_true(match_of(*state, "Banco Harbour S.A.", "Banco Harbour México S.A.").vetoes &
                TRAIL_VETO_COUNTRY);
    is_not_alike(state, "Harbour (Spain) S.L.", "Harbour (Netherlands) B.V.");
    is_alike(state, "Harbour Deutschland GmbH", "Harbour Germany GmbH");
}

static void han_and_hangul_are_compared_in_their_own_characters(void **state)
{
    assert_true(match_of(*state, "陈秀莲", "陈秀英").vetoes & TRAIL_VETO_LETTERS);
    assert_true(match_of(*state, "김하은", "김하늘").vetoes & TRAIL_VETO_LETTERS);
    is_alike(state, "陈秀英", "Chen Xiuying");
    assert_int_equal(match_of(*state, "陈秀英", "陈秀英").permille, 1000);
}

static void another_kind_of_company_counts_against(void **state)
{
    trail_name_match match = match_of(*state, "Harbour Werke AG", "Harbour Werke GmbH");
    assert_true(match.forms_differ);
    assert_int_equal(match.permille, 880);
    assert_int_equal(match_of(*state, "Harbour Werke GmbH", "Harbour Werke G.m.b.H.").permille,
                     1000);
    assert_int_equal(match_of(*state, "ООО Гавань", "OOO Gavan").permille, 1000);
    is_alike(state, "SIA Rīgas Nams", "Rigas Nams, SIA");
}

static void words_written_together_are_found(void **state)
{
    is_alike(state, "vanderbilt corp", "van der bilt corp");
    is_alike(state, "IlzeOzoliņa", "Ilze Ozoliņa");
    is_alike(state, "Good Will Company", "Goodwill Company");
    is_alike(state, "L.X.C Aviation", "LXC Aviation");
}

static void a_word_left_over_on_both_sides_contradicts(void **state)
{
    is_not_alike(state, "Ilze Anna Ozoliņa", "Ilze Anna Krastiņa");
    is_not_alike(state, "Hani Abd Tilfah al-Rawi", "Hani Abd Tilfah al-Tikriti");
    is_alike(state, "Ilze Anna Ozoliņa", "Ilze Ozoliņa");
    is_not_alike(state, "Harbour Litigation Solutions Ltd", "Harbour Solutions Ltd");
}

static void two_letters_and_none_are_like_nothing(void **state)
{
    is_not_alike(state, "Xu Wei", "Xi Wei");
    assert_int_equal(match_of(*state, "", "Xi Wei").permille, 0);
    assert_int_equal(match_of(*state, "", "").permille, 0);
    assert_int_equal(match_of(*state, "...", "\xFF\xFE").permille, 0);
}

static void the_order_of_the_two_names_changes_nothing(void **state)
{
    static const char *const list[] = {"Andris Andris Kalns",
                                       "Kalns Andris",
                                       "Hamid Qasim Mir Wali Khudai Rahim",
                                       "Hamid Mir Wali Rahim",
                                       "vanderbilt corp",
                                       "van der bilt corp",
                                       "Ali ben Omar",
                                       "Omar ben Ali",
                                       "Harbour Werke AG",
                                       "Harbor Werke GmbH",
                                       "Michelle Michaela",
                                       "Michaela Michelle Michelini",
                                       "A B C",
                                       "ABC",
                                       "Чанг Чанг Ха",
                                       "Chang Su Ha"};
    for (size_t i = 0; i < TRAIL_LENGTH_OF(list); i++)
        for (size_t k = 0; k < TRAIL_LENGTH_OF(list); k++) {
            trail_name_match one = match_of(*state, list[i], list[k]);
            trail_name_match other = match_of(*state, list[k], list[i]);
            assert_int_equal(one.permille, other.permille);
            assert_int_equal(one.vetoes, other.vetoes);
            assert_int_equal(one.word_count, other.word_count);
            for (size_t n = 0; n < one.word_count; n++)
                assert_int_equal(one.words[n].likeness, other.words[n].likeness);
        }
}

static void a_name_longer_than_the_limits_is_compared_as_far_as_they_go(void **state)
{
    static const char text[] =
        "a1 b2 c3 d4 e5 f6 g7 h8 i9 j10 k11 l12 m13 n14 o15 p16 q17 r18 s19 t20 u21 v22 w23 x24 "
        "y25 z26 a27 b28 c29 d30 e31 f32 g33 "
        "loooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooong";
    assert_int_equal(match_of(*state, text, text).permille, 1000);
}

typedef struct two_names {
    trail_strings *strings;
    uint32_t first, second;
} two_names;

static trail_status compare_afresh(void *context, trail_error *err)
{
    const two_names *names = context;
    trail_name_book *book = NULL;
    unsigned permille = 0;
    trail_status status = trail_name_book_new(&book, names->strings, err);
    if (status == TRAIL_OK)
        status = trail_name_book_score(book, names->first, names->second, &permille, err);
    trail_name_book_free(book);
    return status;
}

static void every_refused_allocation_is_reported(void **state)
{
    two_names names = {0};
    (void)state;
    assert_int_equal(trail_strings_new(&names.strings, NULL), TRAIL_OK);
    assert_int_equal(
        trail_strings_put(names.strings, trail_slice_of("Ольга ბარაკ"), &names.first, NULL),
        TRAIL_OK);
    assert_int_equal(
        trail_strings_put(names.strings, trail_slice_of("Olga Barak SIA"), &names.second, NULL),
        TRAIL_OK);
    assert_true(failing_alloc_each(compare_afresh, &names) > 10);
    trail_strings_free(names.strings);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cyrillic_and_latin_spellings_are_alike),
        cmocka_unit_test(initials_stand_for_their_names),
        cmocka_unit_test(other_numerals_are_other_companies),
        cmocka_unit_test(a_short_name_is_no_numeral),
        cmocka_unit_test(other_countries_are_other_companies),
        cmocka_unit_test(han_and_hangul_are_compared_in_their_own_characters),
        cmocka_unit_test(another_kind_of_company_counts_against),
        cmocka_unit_test(words_written_together_are_found),
        cmocka_unit_test(a_word_left_over_on_both_sides_contradicts),
        cmocka_unit_test(two_letters_and_none_are_like_nothing),
        cmocka_unit_test(the_order_of_the_two_names_changes_nothing),
        cmocka_unit_test(a_name_longer_than_the_limits_is_compared_as_far_as_they_go),
        cmocka_unit_test(every_refused_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, open_names, close_names);
}
