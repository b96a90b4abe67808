#include "base/unicode_letters.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

typedef struct sample {
    uint32_t character;
    const char *bare;
    trail_letter_kind kind;
} sample;

static void characters_have_the_search_form_a_bank_would_write(void **state)
{
    static const sample samples[] = {
        {'A', "a", TRAIL_LETTER_ALPHA},         {'7', "7", TRAIL_LETTER_DIGIT},
        {' ', "", TRAIL_LETTER_BLANK},          {'\n', "", TRAIL_LETTER_BLANK},
        {'-', "", TRAIL_LETTER_SEPARATOR},      {0x00A0, "", TRAIL_LETTER_BLANK},
        {0x0112, "e", TRAIL_LETTER_ALPHA},      {0x0141, "l", TRAIL_LETTER_ALPHA},
        {0x00DF, "ss", TRAIL_LETTER_ALPHA},     {0x00C6, "ae", TRAIL_LETTER_ALPHA},
        {0xFF21, "a", TRAIL_LETTER_ALPHA},      {0xFF17, "7", TRAIL_LETTER_DIGIT},
        {0x0301, "", TRAIL_LETTER_IGNORED},     {0x00AD, "", TRAIL_LETTER_IGNORED},
        {0x200B, "", TRAIL_LETTER_IGNORED},     {0x24B6, "a", TRAIL_LETTER_ALPHA},
        {0x2116, "", TRAIL_LETTER_SEPARATOR},   {0xFFFD, "", TRAIL_LETTER_SEPARATOR},
        {0xFB01, "fi", TRAIL_LETTER_ALPHA},     {0x1D400, "a", TRAIL_LETTER_ALPHA},
        {0x110000, "", TRAIL_LETTER_SEPARATOR},
    };
    (void)state;
    for (size_t i = 0; i < TRAIL_LENGTH_OF(samples); i++) {
        uint32_t bare[TRAIL_LETTER_LIMIT];
        size_t count = 99;
        assert_int_equal(trail_letter_bare(samples[i].character, bare, &count), samples[i].kind);
        for (size_t k = 0; k < count; k++)
            assert_int_equal(bare[k], (uint8_t)samples[i].bare[k]);
        assert_int_equal(samples[i].bare[count], '\0');
    }
}

static void scripts_without_blanks_are_told_apart(void **state)
{
    uint32_t bare[TRAIL_LETTER_LIMIT];
    size_t count;
    (void)state;
    assert_int_equal(trail_letter_bare(0x738B, bare, &count), TRAIL_LETTER_UNSPACED); /* Han */
    assert_int_equal(trail_letter_bare(0x0E2A, bare, &count), TRAIL_LETTER_UNSPACED); /* Thai */
    assert_int_equal(trail_letter_bare(0x0E34, bare, &count), TRAIL_LETTER_UNSPACED); /* vowel */
    assert_int_equal(count, 1);
    assert_int_equal(trail_letter_bare(0x0431, bare, &count), TRAIL_LETTER_ALPHA); /* Cyrillic */
    assert_int_equal(trail_letter_bare(0x0645, bare, &count), TRAIL_LETTER_ALPHA); /* Arabic */
    assert_int_equal(trail_letter_bare(0x0419, bare, &count), TRAIL_LETTER_ALPHA);
    assert_int_equal(bare[0], 0x0438); /* short i loses its breve */
    assert_int_equal(count, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(characters_have_the_search_form_a_bank_would_write),
        cmocka_unit_test(scripts_without_blanks_are_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
