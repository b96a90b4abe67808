#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ingest/fin_structured_text.h"

typedef struct text_case {
    const char *value;
    const char *of[TRAIL_FIN_PART_COUNT];
} text_case;

static void expect_parts(const trail_fin_parts *parts, const text_case *wanted)
{
    for (size_t i = 0; i < TRAIL_FIN_PART_COUNT; i++) {
        trail_slice part = trail_fin_part_of(parts, (trail_fin_part)i);
        const char *want = wanted->of[i] == NULL ? "" : wanted->of[i];
        if (!trail_slice_is(part, want)) {
            fail_msg("%s: part %zu is '%.*s', not '%s'", wanted->value, i, (int)part.length,
                     part.start, want);
        }
    }
}

static void expect_read(const text_case *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        trail_fin_parts parts = {0};
        assert_int_equal(trail_fin_parts_read(&parts, trail_slice_of(rows[i].value),
                                              trail_slice_of("0666666666"), NULL),
                         TRAIL_OK);
        expect_parts(&parts, &rows[i]);
        trail_fin_parts_clear(&parts);
    }
}

#define EXPECT(...)                                                                                \
    do {                                                                                           \
        const text_case rows[] = {__VA_ARGS__};                                                    \
        expect_read(rows, sizeof rows / sizeof rows[0]);                                           \
    } while (0)

static void german_subfields_have_any_separator(void **state)
{
    (void)state;
    static const char *const separators[] = {"?", ">", "<", "~", "@"};
    for (size_t i = 0; i < 5; i++) {
        char value[80];
        const char *pattern = "051_00GUTSCHRIFT_20Rent May_3010020030_31234567_32ANNA_33BERG";
        size_t k = 0;
        for (; pattern[k] != '\0'; k++)
            value[k] = pattern[k] == '_' ? separators[i][0] : pattern[k];
        value[k] = '\0';
        EXPECT({value,
                {[TRAIL_FIN_PART_TEXT] = "Rent May",
                 [TRAIL_FIN_PART_NAME] = "ANNA BERG",
                 [TRAIL_FIN_PART_NUMBER] = "234567",
                 [TRAIL_FIN_PART_BANK] = "10020030",
                 [TRAIL_FIN_PART_CODE] = "051",
                 [TRAIL_FIN_PART_POSTING] = "GUTSCHRIFT"}});
    }
}

static void sepa_words_may_be_split_between_subfields(void **state)
{
    (void)state;
    EXPECT({"109?20EREF+A1.200080779.400143254?21.4961336 "
            "KREF+SEPA-DA202006?2201221740-34972000-P1 XYZ "
            "MR?23EF+0852HW2723821 SVWZ+Ende",
            {[TRAIL_FIN_PART_TEXT] = "Ende",
             [TRAIL_FIN_PART_CODE] = "109",
             [TRAIL_FIN_PART_END_TO_END] = "A1.200080779.400143254.4961336",
             [TRAIL_FIN_PART_CUSTOMER] = "SEPA-DA20200601221740-34972000-P1 XYZ",
             [TRAIL_FIN_PART_MANDATE] = "0852HW2723821"}},
           {"177?20SVWZ+Apple Pay?21DATUM 19.02.2019?22ABWA+Anna Berg",
            {[TRAIL_FIN_PART_TEXT] = "Apple Pay DATUM 19.02.2019 ABWA+Anna Berg",
             [TRAIL_FIN_PART_CODE] = "177"}},
           {"171?20KREF+EREF+TRX-1?60SVWZ+more",
            {[TRAIL_FIN_PART_TEXT] = "more",
             [TRAIL_FIN_PART_CODE] = "171",
             [TRAIL_FIN_PART_END_TO_END] = "TRX-1"}});
}

static void line_ends_within_german_subfields_mean_nothing(void **state)
{
    (void)state;
    EXPECT({"166?00GUT\nSCHRIFT?20SVWZ+D 8\n03020?\n31DE592800000?32EWE\n VERTRIEB",
            {[TRAIL_FIN_PART_TEXT] = "D 803020",
             [TRAIL_FIN_PART_NAME] = "EWE VERTRIEB",
             [TRAIL_FIN_PART_NUMBER] = "DE592800000",
             [TRAIL_FIN_PART_CODE] = "166",
             [TRAIL_FIN_PART_POSTING] = "GUTSCHRIFT"}});
}

static void a_code_before_free_text_is_the_code(void **state)
{
    (void)state;
    EXPECT({"999PN5477SCHECK",
            {[TRAIL_FIN_PART_TEXT] = "PN5477SCHECK", [TRAIL_FIN_PART_CODE] = "999"}},
           {"1234 Main Street", {[TRAIL_FIN_PART_TEXT] = "1234 Main Street"}},
           {"52.89.39.882 SHOP", {[TRAIL_FIN_PART_TEXT] = "52.89.39.882 SHOP"}});
}

static void triodos_writes_its_own_account_where_others_write_the_other(void **state)
{
    (void)state;
    EXPECT({"000>100555555555\n>20TENAAMSTELLING TEGENREKENIN>21G EN ADRES\n>310666666666",
            {[TRAIL_FIN_PART_TEXT] = "TENAAMSTELLING TEGENREKENING EN ADRES",
             [TRAIL_FIN_PART_NUMBER] = "0555555555",
             [TRAIL_FIN_PART_CODE] = "000"}});
}

static void dutch_code_words_are_taken_apart(void **state)
{
    (void)state;
    EXPECT(
        {"/TRTP/SEPA OVERBOEKING/IBAN/NL59ABNA0626226163/BIC/ABNANL2A/NAME/\nTT TEST/REMI/NR. "
         "3-1/2/EREF/NOTPROVIDED",
         {[TRAIL_FIN_PART_TEXT] = "NR. 3-1/2",
          [TRAIL_FIN_PART_NAME] = "TT TEST",
          [TRAIL_FIN_PART_NUMBER] = "NL59ABNA0626226163",
          [TRAIL_FIN_PART_BANK] = "ABNANL2A",
          [TRAIL_FIN_PART_POSTING] = "SEPA OVERBOEKING",
          [TRAIL_FIN_PART_END_TO_END] = "NOTPROVIDED"}},
        {"/EREF/02-04-2013 22:56/BENM//NAME/Nespresso/REMI/674/ISDT/2013-04-03",
         {[TRAIL_FIN_PART_TEXT] = "674 /ISDT/2013-04-03",
          [TRAIL_FIN_PART_NAME] = "Nespresso",
          [TRAIL_FIN_PART_END_TO_END] = "02-04-2013 22:56"}},
        {"/CNTP/NL32INGB0000012345/INGBNL2A/ING BANK NV INZAKE WEB///REMI/USTD//text/",
         {[TRAIL_FIN_PART_TEXT] = "text",
          [TRAIL_FIN_PART_NAME] = "ING BANK NV INZAKE WEB",
          [TRAIL_FIN_PART_NUMBER] = "NL32INGB0000012345",
          [TRAIL_FIN_PART_BANK] = "INGBNL2A"}},
        {"/BENM/300000000000133\n/BANKA AD\n/EMPTY/\n/Mesecna",
         {[TRAIL_FIN_PART_TEXT] = "EMPTY//Mesecna",
          [TRAIL_FIN_PART_NAME] = "BANKA AD",
          [TRAIL_FIN_PART_NUMBER] = "300000000000133"}},
        {"/OCMT/USD2853,12/\nPAYMENT",
         {[TRAIL_FIN_PART_ORIGINAL] = "USD2853,12", [TRAIL_FIN_PART_TEXT] = "PAYMENT"}},
        {"/RTRN/MS03/IBAN/X", {[TRAIL_FIN_PART_REASON] = "MS03", [TRAIL_FIN_PART_NUMBER] = "X"}});
}

static void free_text_keeps_its_words(void **state)
{
    (void)state;
    EXPECT({"one\ntwo  ", {[TRAIL_FIN_PART_TEXT] = "one two"}},
           {"NL29INGB0006475121 j blom\n\nSalaris",
            {[TRAIL_FIN_PART_TEXT] = "NL29INGB0006475121 j blom Salaris",
             [TRAIL_FIN_PART_NAME] = "j blom",
             [TRAIL_FIN_PART_NUMBER] = "NL29INGB0006475121"}},
           {"FACTUUR 1\nREK: NL65INGB0123456789/NAAM: PICQER",
            {[TRAIL_FIN_PART_TEXT] = "FACTUUR 1 REK: NL65INGB0123456789/NAAM: PICQER"}},
           {"FACTUUR 1\nREK: NL29INGB0006475121/NAAM: PICQER",
            {[TRAIL_FIN_PART_TEXT] = "FACTUUR 1 REK: NL29INGB0006475121/NAAM: PICQER",
             [TRAIL_FIN_PART_NAME] = "PICQER",
             [TRAIL_FIN_PART_NUMBER] = "NL29INGB0006475121"}},
           {"a line of sixty-five characters goes on in the middle of a word: w\nord",
            {[TRAIL_FIN_PART_TEXT] =
                 "a line of sixty-five characters goes on in the middle of a word: word"}});
}

static void numbered_lines_are_text_name_and_posting(void **state)
{
    (void)state;
    trail_fin_parts parts = {0};
    const text_case wanted = {"NS",
                              {[TRAIL_FIN_PART_TEXT] = "Rent May",
                               [TRAIL_FIN_PART_NAME] = "Anna Berg",
                               [TRAIL_FIN_PART_POSTING] = "Transfer"}};
    assert_int_equal(trail_fin_parts_read_numbered(
                         &parts,
                         trail_slice_of("01Rent\n02May\n15Anna Berg\n17Transfer\n1812345\n191000"),
                         NULL),
                     TRAIL_OK);
    expect_parts(&parts, &wanted);
    trail_fin_parts_clear(&parts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(german_subfields_have_any_separator),
        cmocka_unit_test(sepa_words_may_be_split_between_subfields),
        cmocka_unit_test(line_ends_within_german_subfields_mean_nothing),
        cmocka_unit_test(a_code_before_free_text_is_the_code),
        cmocka_unit_test(triodos_writes_its_own_account_where_others_write_the_other),
        cmocka_unit_test(dutch_code_words_are_taken_apart),
        cmocka_unit_test(free_text_keeps_its_words),
        cmocka_unit_test(numbered_lines_are_text_name_and_posting),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
