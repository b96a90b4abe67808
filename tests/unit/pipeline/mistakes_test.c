#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/memory.h"
#include "pipeline/mistakes.h"
#include "support/failing_alloc.h"

static void note(trail_mistakes *mistakes, const char *file, int line, int column,
                 const trail_way *way, const char *sentence)
{
    trail_place place = {file, line, column};
    assert_int_equal(trail_mistakes_add(mistakes, place, way, NULL, "%s", sentence), TRAIL_OK);
}

static void clear(trail_mistakes *mistakes, trail_vector *lines)
{
    for (size_t i = 0; i < lines->count; i++)
        trail_free(*(char **)trail_vector_at(lines, i));
    trail_vector_clear(lines);
    trail_mistakes_clear(mistakes);
}

static void lines_are_told_in_the_order_of_the_file(void **state)
{
    trail_mistakes mistakes;
    trail_vector lines = trail_vector_of(sizeof(char *));
    trail_way people = {.name = "people"}, second = {.parent = &people, .number = 2};
    trail_way role = {.parent = &second, .name = "role"};
    static const char *const expected[] = {
        "case.yaml:3:1: error: early", "case.yaml:39:9: error: left",
        "case.yaml:39:11: error: people[2].role: right", "people.csv: error: whole file",
        "people.csv:4: error: a row"};
    (void)state;
    trail_mistakes_init(&mistakes);
    note(&mistakes, "people.csv", 4, 0, NULL, "a row");
    note(&mistakes, "people.csv", 0, 0, NULL, "whole file");
    note(&mistakes, "case.yaml", 39, 11, &role, "right");
    note(&mistakes, "case.yaml", 39, 9, NULL, "left");
    note(&mistakes, "case.yaml", 3, 1, NULL, "early");
    assert_int_equal(mistakes.outside_yaml, 2);
    assert_int_equal(trail_mistakes_tell(&mistakes, &lines, NULL), TRAIL_OK);
    assert_int_equal(lines.count, 5);
    for (size_t i = 0; i < 5; i++)
        assert_string_equal(*(char **)trail_vector_at(&lines, i), expected[i]);
    clear(&mistakes, &lines);
}

static void a_message_stays_one_line(void **state)
{
    trail_mistakes mistakes;
    trail_vector lines = trail_vector_of(sizeof(char *));
    (void)state;
    trail_mistakes_init(&mistakes);
    note(&mistakes, "case.yaml", 1, 1, NULL, "a\nb\x1b[31m");
    assert_int_equal(trail_mistakes_tell(&mistakes, &lines, NULL), TRAIL_OK);
    assert_string_equal(*(char **)trail_vector_at(&lines, 0), "case.yaml:1:1: error: a?b?[31m");
    clear(&mistakes, &lines);
}

static void the_nearest_choice_is_near(void **state)
{
    static const char *const roles[] = {"suspect", "victim", "witness", NULL};
    (void)state;
    assert_string_equal(trail_nearest("vicitm", roles), "victim");
    assert_string_equal(trail_nearest("witnes", roles), "witness");
    assert_null(trail_nearest("accountant", roles));
    assert_null(trail_nearest("", roles));
}

static void a_long_value_is_cut_between_characters(void **state)
{
    char quotable[TRAIL_QUOTABLE], text[200] = "";
    (void)state;
    for (int i = 0; i < 90; i++)
        memcpy(text + 2 * i, "ā", 3);
    assert_string_equal(trail_quotable("short", quotable), "short");
    (void)trail_quotable(text, quotable);
    assert_int_equal(strlen(quotable), 68 + 3);
    assert_memory_equal(quotable + 68, "…", 4);
}

static void every_refused_allocation_is_cleaned_up(void **state)
{
    (void)state;
    for (size_t n = 1; n < 100; n++) {
        trail_mistakes mistakes;
        trail_vector lines = trail_vector_of(sizeof(char *));
        trail_place place = {"case.yaml", 1, 1};
        trail_status status = TRAIL_OK;
        trail_mistakes_init(&mistakes);
        failing_alloc_at(n);
        status = trail_mistakes_add(&mistakes, place, NULL, NULL, "one");
        if (status == TRAIL_OK) status = trail_mistakes_tell(&mistakes, &lines, NULL);
        failing_alloc_at(0);
        clear(&mistakes, &lines);
        if (status == TRAIL_OK) return;
        assert_int_equal(status, TRAIL_NO_MEMORY);
    }
    fail();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_told_in_the_order_of_the_file),
        cmocka_unit_test(a_message_stays_one_line),
        cmocka_unit_test(the_nearest_choice_is_near),
        cmocka_unit_test(a_long_value_is_cut_between_characters),
        cmocka_unit_test(every_refused_allocation_is_cleaned_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
