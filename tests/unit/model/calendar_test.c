#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/attributes.h"
#include "model/calendar.h"

typedef struct date_case {
    const char *field, *format, *day, *time; /* day NULL: refused */
} date_case;

static const date_case date_cases[] = {
    {"2025-03-14", "YYYY-MM-DD", "2025-03-14", ""},
    {"14.03.2025", "DD.MM.YYYY", "2025-03-14", ""},
    {"930101", "YYMMDD", "1993-01-01", ""},
    {"790101", "YYMMDD", "2079-01-01", ""},
    {"800101", "YYMMDD", "1980-01-01", ""},
    {"3/7/2025", "M/D/YYYY", "2025-03-07", ""},
    {"27 Feb 2018", "D MON YYYY", "2018-02-27", ""},
    {"1 Sept 2018", "D MON YYYY", "2018-09-01", ""},
    {"01 march 18", "DD MON YY", "2018-03-01", ""},
    {"2022/09/01 00:20", "YYYY/MM/DD hh:mm", "2022-09-01", "00:20:00"},
    {"2017-01-01T00:00:00Z", "YYYY-MM-DDThh:mm:ss", "2017-01-01", "00:00:00"},
    {"2018-02-25 12:34:56 +0000", "YYYY-MM-DD hh:mm:ss", "2018-02-25", "12:34:56"},
    {"2018-02-25T12:34:56.123+02:00", "YYYY-MM-DDThh:mm:ss", "2018-02-25", "12:34:56"},
    {"02/25/2018 1:05 PM", "MM/DD/YYYY h:mm ap", "2018-02-25", "13:05:00"},
    {"02/25/2018 12:05 am", "MM/DD/YYYY h:mm ap", "2018-02-25", "00:05:00"},
    {"29.02.2024", "DD.MM.YYYY", "2024-02-29", ""},
    {"29.02.2023", "DD.MM.YYYY", NULL, NULL},
    {"29.02.1900", "DD.MM.YYYY", NULL, NULL},
    {"31/02/2024", "DD/MM/YYYY", NULL, NULL},
    {"20240230", "YYYYMMDD", NULL, NULL},
    {"12/03/20245", "DD/MM/YYYY", NULL, NULL},
    {" 12/03/2024", "DD/MM/YYYY", NULL, NULL},
    {"1/03/2024", "DD/MM/YYYY", NULL, NULL},
    {"2024-01-01 24:00", "YYYY-MM-DD hh:mm", NULL, NULL},
    {"2024-01-01 10:00:61", "YYYY-MM-DD hh:mm:ss", NULL, NULL},
    {"", "YYYY-MM-DD", NULL, NULL},
    {"27 Xyz 2018", "D MON YYYY", NULL, NULL},
};

static void every_date_is_read_or_refused_as_listed(void **state)
{
    (void)state;
    for (size_t i = 0; i < TRAIL_LENGTH_OF(date_cases); i++) {
        const date_case *it = &date_cases[i];
        int32_t day = 0, second = 0;
        char day_text[TRAIL_DAY_TEXT] = "", time_text[TRAIL_TIME_TEXT] = "";
        bool read = trail_day_parse(trail_slice_of(it->field), it->format, &day, &second);
        if (read) {
            trail_day_format(day, day_text);
            trail_time_format(second, time_text);
        }
        if (read != (it->day != NULL) ||
            (read && (strcmp(day_text, it->day) != 0 || strcmp(time_text, it->time) != 0)))
            fail_msg("'%s' as %s gave '%s' '%s'", it->field, it->format, day_text, time_text);
    }
}

static void days_run_on_without_a_gap_from_year_1_to_9999(void **state)
{
    (void)state;
    int32_t first, last;
    assert_true(trail_day_from_civil(1, 1, 1, &first));
    assert_true(trail_day_from_civil(9999, 12, 31, &last));
    int32_t epoch;
    assert_true(trail_day_from_civil(1970, 1, 1, &epoch));
    assert_int_equal(epoch, 0);
    for (int32_t day = first; day <= last; day++) {
        int year, month, day_of_month;
        int32_t back;
        trail_day_to_civil(day, &year, &month, &day_of_month);
        if (!trail_day_from_civil(year, month, day_of_month, &back) || back != day)
            fail_msg("day %d gave %d-%d-%d", day, year, month, day_of_month);
    }
}

static void weekdays_are_known_ones(void **state)
{
    (void)state;
    int32_t day;
    assert_true(trail_day_from_civil(1969, 12, 28, &day));
    assert_int_equal(trail_day_weekday(day), 7);
    assert_true(trail_day_from_civil(2000, 2, 29, &day));
    assert_int_equal(trail_day_weekday(day), 2);
    assert_true(trail_day_from_civil(2025, 11, 21, &day));
    assert_int_equal(trail_day_weekday(day), 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_date_is_read_or_refused_as_listed),
        cmocka_unit_test(days_run_on_without_a_gap_from_year_1_to_9999),
        cmocka_unit_test(weekdays_are_known_ones),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
