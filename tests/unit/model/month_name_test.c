#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/attributes.h"
#include "model/calendar.h"
#include "model/month_name.h"

static void months_are_known_in_the_languages_of_the_files(void **state)
{
    static const struct {
        const char *text;
        int month;
    } rows[] = {
        {"Jan", 1},     {"SEPT", 9},    {"März", 3},        {"MÄRZ", 3},          {"mrt", 3},
        {"février", 2}, {"ene", 1},     {"stycznia", 1},    {"PAŹDZIERNIKA", 10}, {"Ledna", 1},
        {"juuni", 6},   {"Dets", 12},   {"jūnijs", 6},      {"JŪLIJS", 7},        {"birželio", 6},
        {"Rugsėjo", 9}, {"января", 1},  {"СЕНТЯБРЯ", 9},    {"Травень", 5},       {"listopad", 11},
        {"Şubat", 2},   {"Ağustos", 8}, {"Φεβρουαρίου", 2}, {"szept", 9},         {"lokakuuta", 10},
        {"Júl", 7},     {"gegužės", 5}, {"май", 5},
    };
    (void)state;
    for (size_t i = 0; i < TRAIL_LENGTH_OF(rows); i++) {
        int month = 0;
        size_t length = 0;
        trail_slice text = trail_slice_of(rows[i].text);
        if (!trail_month_name_find(text, &month, &length)) fail_msg("%s", rows[i].text);
        if (month != rows[i].month) fail_msg("%s is %d", rows[i].text, month);
        assert_int_equal(length, text.length);
    }
}

static void what_is_no_month_is_none(void **state)
{
    static const char *const rows[] = {"",     "J",    "ja", "Lipanj", "Srpanj",
                                       "janx", "\xc3", "ян", "Summe"};
    (void)state;
    for (size_t i = 0; i < TRAIL_LENGTH_OF(rows); i++) {
        int month = 0;
        size_t length = 0;
        if (trail_month_name_find(trail_slice_of(rows[i]), &month, &length))
            fail_msg("%s is %d", rows[i], month);
    }
}

static void a_day_with_a_name_is_read_whole(void **state)
{
    int32_t day = 0, second = 0, wanted = 0;
    (void)state;
    assert_true(trail_day_from_civil(2024, 1, 5, &wanted));
    assert_true(trail_day_parse(trail_slice_of("2024. gada 5. janvāris"), "YYYY. gada D. MON", &day,
                                &second));
    assert_int_equal(day, wanted);
    assert_true(trail_day_parse(trail_slice_of("5 января 2024"), "D MON YYYY", &day, &second));
    assert_int_equal(day, wanted);
    assert_false(trail_day_parse(trail_slice_of("5 januarx 2024"), "D MON YYYY", &day, &second));
    assert_false(trail_day_parse(trail_slice_of("30 февраля 2024"), "D MON YYYY", &day, &second));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(months_are_known_in_the_languages_of_the_files),
        cmocka_unit_test(what_is_no_month_is_none),
        cmocka_unit_test(a_day_with_a_name_is_read_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
