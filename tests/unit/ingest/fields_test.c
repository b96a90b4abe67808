/* The fast ways give the answers of the slow ones, on seeded random fields. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/text.h"
#include "ingest/day_field.h"
#include "ingest/money_field.h"
#include "ingest/short_equal.h"
#include "ingest/value_memo.h"
#include "model/calendar.h"

static uint64_t next_random(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

/* The format with digits for its letters, likely ones, and now and then any character. */
static trail_slice random_date(uint64_t *seed, const char *format, char text[64])
{
    size_t length = strlen(format);
    for (size_t i = 0; i < length; i++) {
        bool letter = strchr("YMDhms", format[i]) != NULL;
        unsigned most =
            letter && (i == 0 || format[i - 1] != format[i]) && format[i] != 'Y' ? 4 : 10;
        text[i] = format[i];
        if (letter) text[i] = (char)('0' + next_random(seed) % most);
        if (next_random(seed) % 64 == 0) text[i] = "0/x \xC3:-"[next_random(seed) % 7];
    }
    if (next_random(seed) % 16 == 0) text[length++] = ' ';
    if (next_random(seed) % 32 == 0) length -= 2;
    return (trail_slice){text, length};
}

static void dates_read_fast_are_those_read_slowly(void **state)
{
    (void)state;
    static const char *const formats[] = {
        "YYYY-MM-DD",     "DD.MM.YYYY", "YYMMDD",      "YYYY/MM/DD hh:mm",    "DD/MM/YY",
        "YYYYMMDDhhmmss", "D.M.YYYY",   "DD MON YYYY", "YYYY-MM-DDThh:mm:ss", "MM/DD/YYYY h:mm ap"};
    uint64_t seed = 5;
    size_t good = 0;
    for (size_t k = 0; k < TRAIL_LENGTH_OF(formats); k++) {
        trail_day_field column;
        trail_day_field_init(&column, formats[k]);
        for (int i = 0; i < 20000; i++) {
            char text[64];
            int32_t day[2] = {0, 0}, second[2] = {0, 0};
            trail_slice field = random_date(&seed, formats[k], text);
            bool fast = trail_day_field_read(&column, field, &day[0], &second[0]);
            bool slow = trail_day_parse(trail_slice_trim(field), formats[k], &day[1], &second[1]);
            assert_int_equal(fast, slow);
            if (!fast) continue;
            good++;
            assert_int_equal(day[0], day[1]);
            assert_int_equal(second[0], second[1]);
        }
    }
    assert_true(good > 20000);
}

static void amounts_read_fast_are_those_read_slowly(void **state)
{
    (void)state;
    static const char letters[] = "0123456789012345678901234567890123456789..,,- ()E+'";
    static const trail_money_style styles[] = {
        {'.', 0, false}, {',', '.', false}, {0, 0, false}, {'.', ' ', true}};
    uint64_t seed = 11;
    size_t good = 0;
    for (int i = 0; i < 400000; i++) {
        char text[32];
        size_t length = next_random(&seed) % 22;
        for (size_t k = 0; k < length; k++) {
            size_t range = next_random(&seed) % 4 == 0 ? sizeof letters - 1 : 10;
            text[k] = letters[next_random(&seed) % range];
        }
        trail_money_field column = {.style = styles[next_random(&seed) % 4]};
        unsigned exponent = (unsigned)(next_random(&seed) % 9);
        int64_t minor[2] = {0, 0};
        trail_slice field = {text, length};
        trail_money_fault fast = trail_money_field_read(&column, field, exponent, &minor[0]);
        trail_money_fault slow = trail_money_parse(field, column.style, exponent, &minor[1]);
        assert_int_equal(fast, slow);
        if (fast != TRAIL_MONEY_OK) continue;
        assert_int_equal(minor[0], minor[1]);
        good++;
    }
    assert_true(good > 10000);
}

static void any_separator_of_thousands_is_taken_when_the_mark_is_known(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        trail_money_fault fault;
        int64_t minor;
    } fields[] = {{"1.234,56", TRAIL_MONEY_OK, 123456},
                  {"1 234,56", TRAIL_MONEY_OK, 123456},
                  {"1'234", TRAIL_MONEY_OK, 123400},
                  {"1.234", TRAIL_MONEY_OK, 123400},
                  {"1.23", TRAIL_MONEY_NOT_AN_AMOUNT, 0},
                  {"1,234.56", TRAIL_MONEY_NOT_AN_AMOUNT, 0},
                  {"1 234.567,00", TRAIL_MONEY_NOT_AN_AMOUNT, 0}};
    trail_money_field column = {.style = {.decimal = ','}, .any_group = true};
    for (size_t i = 0; i < TRAIL_LENGTH_OF(fields); i++) {
        int64_t minor = 0;
        trail_money_fault fault =
            trail_money_field_read(&column, trail_slice_of(fields[i].text), 2, &minor);
        assert_int_equal(fault, fields[i].fault);
        if (fault == TRAIL_MONEY_OK) assert_int_equal(minor, fields[i].minor);
    }
}

static void short_texts_are_equal_when_their_bytes_are(void **state)
{
    (void)state;
    char a[40], b[40];
    for (size_t length = 0; length <= 40; length++) {
        memset(a, 'x', sizeof a);
        memset(b, 'x', sizeof b);
        assert_true(trail_short_equal(a, b, length));
        for (size_t i = 0; i < length; i++) {
            b[i] = 'y';
            assert_false(trail_short_equal(a, b, length));
            b[i] = 'x';
        }
    }
}

static void a_memo_never_gives_the_meaning_of_another_value(void **state)
{
    (void)state;
    trail_value_memo memo = {0};
    uint64_t seed = 3;
    size_t found = 0;
    for (int i = 0; i < 100000; i++) {
        char text[40];
        int32_t meaning = 0;
        uint32_t sum = 0;
        size_t length = next_random(&seed) % 40;
        for (size_t k = 0; k < length; k++) {
            text[k] = (char)('a' + next_random(&seed) % (length < 3 ? 26 : 2));
            sum = sum * 31 + (unsigned char)text[k];
        }
        trail_slice value = {text, length};
        int32_t wanted = (int32_t)(sum * 64 + (uint32_t)length);
        if (trail_value_memo_find(&memo, value, &meaning)) {
            assert_int_equal(meaning, wanted);
            found++;
        }
        trail_value_memo_put(&memo, value, wanted);
    }
    assert_true(found > 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_read_fast_are_those_read_slowly),
        cmocka_unit_test(amounts_read_fast_are_those_read_slowly),
        cmocka_unit_test(any_separator_of_thousands_is_taken_when_the_mark_is_known),
        cmocka_unit_test(short_texts_are_equal_when_their_bytes_are),
        cmocka_unit_test(a_memo_never_gives_the_meaning_of_another_value),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
