#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/memory.h"
#include "pipeline/case_draft.h"
#include "pipeline/case_file.h"
#include "support/failing_alloc.h"

static void add_text(trail_text *text, const char *words)
{
    assert_int_equal(trail_text_add(text, trail_slice_of(words), NULL), TRAIL_OK);
}

static trail_draft_file *add(trail_vector *files, const char *name)
{
    trail_text text = {0};
    trail_draft_file *file = trail_vector_add(files, NULL);
    assert_non_null(file);
    add_text(&text, name);
    file->name = text.bytes;
    file->nameable = true;
    return file;
}

static void add_table(trail_vector *files, const char *name, const char *columns)
{
    trail_draft_file *file = add(files, name);
    file->decided = file->transfers = true;
    memcpy(file->currency, "USD", 4);
    add_text(&file->profile, "    layout: transfers\n    currency: USD\n    columns:\n");
    add_text(&file->profile, columns);
}

static const char *const plain =
    "      booking_date: 1\n      amount: 2\n      payer_account: 3\n      payee_account: 4\n";

static trail_text draft(const trail_vector *files)
{
    trail_text text = {0};
    assert_int_equal(trail_case_draft("OP: 1 # x", files, &text, NULL), TRAIL_OK);
    return text;
}

static trail_case *read_back(const trail_text *text)
{
    trail_case *c = NULL;
    trail_vector messages = trail_vector_of(sizeof(char *));
    trail_status status = trail_case_parse(&c, trail_text_slice(text), &messages, NULL);
    for (size_t i = 0; i < messages.count; i++)
        print_message("%s\n", *(char **)trail_vector_at(&messages, i));
    trail_case_messages_clear(&messages);
    assert_int_equal(status, TRAIL_OK);
    return c;
}

static void a_draft_has_no_mistakes(void **state)
{
    trail_vector files = trail_vector_of(sizeof(trail_draft_file));
    trail_text text = {0};
    trail_case *c = NULL;
    const trail_source *sources = NULL;
    (void)state;
    add_table(&files, "received/a: b #1.csv", plain);
    add_table(&files, "received/yes", plain);
    add_table(&files, "received/1.csv.gz",
              "      booking_date: 9\n      amount: 2\n"
              "      payer_account: 3\n      payee_account: 4\n");
    add(&files, "received/letter.pdf");
    text = draft(&files);
    c = read_back(&text);
    assert_string_equal(c->mandate.id, "OP: 1 # x");
    assert_string_equal(trail_currency_code(c->mandate.currency), "USD");
    assert_int_equal(c->sources.count, 4);
    sources = c->sources.items;
    assert_string_equal(sources[0].file, "received/a: b #1.csv");
    assert_ptr_equal(sources[0].profile, sources[1].profile);
    assert_string_equal(sources[0].profile->name, "a_b_1");
    assert_string_equal(sources[2].profile->name, "p_1");
    assert_int_equal(sources[0].observes, TRAIL_OBSERVES_ALL);
    assert_null(sources[3].profile);
    trail_case_free(c);
    trail_text_clear(&text);
    trail_draft_files_clear(&files);
}

static void equal_stems_get_numbers(void **state)
{
    trail_vector files = trail_vector_of(sizeof(trail_draft_file));
    trail_text text = {0};
    trail_case *c = NULL;
    (void)state;
    add_table(&files, "x/a.csv", plain);
    add_table(&files, "y/a.csv",
              "      booking_date: 2\n      amount: 1\n"
              "      payer_account: 3\n      payee_account: 4\n");
    text = draft(&files);
    c = read_back(&text);
    assert_string_equal(((trail_source *)c->sources.items)[0].profile->name, "a");
    assert_string_equal(((trail_source *)c->sources.items)[1].profile->name, "a_2");
    trail_case_free(c);
    trail_text_clear(&text);
    trail_draft_files_clear(&files);
}

static void a_name_that_is_no_text_stands_in_a_comment_of_one_line(void **state)
{
    trail_vector files = trail_vector_of(sizeof(trail_draft_file));
    trail_text text = {0};
    trail_case *c = NULL;
    (void)state;
    add_table(&files, "a.csv", plain);
    add(&files, "b\n  - file: evil\xff.csv")->nameable = false;
    text = draft(&files);
    c = read_back(&text);
    assert_int_equal(c->sources.count, 1);
    assert_non_null(strstr(text.bytes, "# not listed: rename the copy"));
    trail_case_free(c);
    trail_text_clear(&text);
    trail_draft_files_clear(&files);
}

static void what_is_known_of_an_undecided_file_stands_in_comments(void **state)
{
    trail_vector files = trail_vector_of(sizeof(trail_draft_file));
    trail_draft_file *file = NULL;
    trail_text text = {0};
    trail_case *c = NULL;
    (void)state;
    file = add(&files, "a.csv");
    add_text(&file->profile, "    layout: transfers\n    header: 1\n");
    add_text(&file->doubts, "    # to be settled: 01/02/2024\n");
    text = draft(&files);
    c = read_back(&text);
    assert_int_equal(c->profiles.count, 0);
    assert_non_null(strstr(text.bytes, "    profile: auto\n    # Not decided"));
    assert_non_null(strstr(text.bytes, "    # to be settled: 01/02/2024\n"));
    assert_non_null(strstr(text.bytes, "    #     layout: transfers\n    #     header: 1\n"));
    trail_case_free(c);
    trail_text_clear(&text);
    trail_draft_files_clear(&files);
}

static void an_open_notation_has_its_profile_with_the_line_to_choose(void **state)
{
    trail_vector files = trail_vector_of(sizeof(trail_draft_file));
    (void)state;
    add_table(&files, "a.csv", plain);
    trail_draft_file *file = trail_vector_at(&files, 0);
    file->decided = false;
    file->notation_open = true;
    trail_text_reset(&file->profile);
    add_text(&file->profile, "    # date_format: DD/MM/YYYY   # or MM/DD/YYYY\n"
                             "    layout: transfers\n    currency: USD\n    columns:\n");
    add_text(&file->profile, plain);
    add_text(&file->doubts, "    # to be settled: 01/02/2024\n");
    trail_text text = draft(&files);
    trail_case *c = read_back(&text);
    assert_int_equal(c->profiles.count, 1);
    assert_non_null(strstr(text.bytes, "    profile: a\n    observes: all"));
    assert_non_null(strstr(text.bytes, "    # In the profile a below, choose"));
    assert_non_null(strstr(text.bytes, "\n  a:\n    # date_format: DD/MM/YYYY"));
    trail_case_free(c);
    trail_text_clear(&text);
    trail_draft_files_clear(&files);
}

static void every_refused_allocation_is_cleaned_up(void **state)
{
    trail_vector files = trail_vector_of(sizeof(trail_draft_file));
    (void)state;
    add_table(&files, "a.csv", plain);
    add(&files, "\xff")->nameable = false;
    for (size_t n = 1;; n++) {
        trail_text text = {0};
        trail_status status = TRAIL_OK;
        failing_alloc_at(n);
        status = trail_case_draft("A", &files, &text, NULL);
        failing_alloc_at(0);
        trail_text_clear(&text);
        if (status == TRAIL_OK) break;
        assert_int_equal(status, TRAIL_NO_MEMORY);
        assert_true(n < 1000);
    }
    trail_draft_files_clear(&files);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_draft_has_no_mistakes),
        cmocka_unit_test(equal_stems_get_numbers),
        cmocka_unit_test(a_name_that_is_no_text_stands_in_a_comment_of_one_line),
        cmocka_unit_test(what_is_known_of_an_undecided_file_stands_in_comments),
        cmocka_unit_test(an_open_notation_has_its_profile_with_the_line_to_choose),
        cmocka_unit_test(every_refused_allocation_is_cleaned_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
