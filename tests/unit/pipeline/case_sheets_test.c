#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/path.h"
#include "pipeline/case_file.h"
#include "pipeline/case_sheets.h"
#include "support/failing_alloc.h"

/* A case folder under the temporary folder, with a case.yaml and one received file. */
typedef struct folder {
    char path[256];
    trail_vector messages;
    trail_case *read_case;
    trail_error err;
} folder;

static void put(const folder *f, const char *name, const char *text, size_t length)
{
    char path[512];
    FILE *file = NULL;
    (void)snprintf(path, sizeof path, "%s/%s", f->path, name);
    file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

static void open_folder(folder *f, const char *yaml)
{
    const char *top = getenv("TMPDIR");
    *f = (folder){.messages = trail_vector_of(sizeof(char *))};
    (void)snprintf(f->path, sizeof f->path, "%s/case_XXXXXX", top == NULL ? "/tmp" : top);
    assert_non_null(mkdtemp(f->path));
    put(f, "a.csv", "x\n", 2);
    if (yaml != NULL) put(f, "case.yaml", yaml, strlen(yaml));
}

static void close_folder(folder *f)
{
    trail_case_free(f->read_case);
    trail_case_messages_clear(&f->messages);
    assert_int_equal(trail_path_remove_tree(f->path, NULL), TRAIL_OK);
}

static void expect(folder *f, trail_status wanted, const char *lines)
{
    char joined[4096] = "";
    size_t length = 0;
    trail_status status = trail_case_read(&f->read_case, f->path, &f->messages, &f->err);
    for (size_t i = 0; i < f->messages.count; i++) {
        length += (size_t)snprintf(joined + length, sizeof joined - length, "%s\n",
                                   *(char **)trail_vector_at(&f->messages, i));
    }
    assert_string_equal(joined, lines);
    assert_int_equal(status, wanted);
}

static const char *const plain = "case: A\ncurrency: EUR\nsources: [{file: a.csv}]\n";

static void lists_in_spreadsheets_are_as_lists_in_the_case_file(void **state)
{
    static const char people[] =
        "key,name,role,accounts,other_names\n"
        "worker_01,\"Ozola, Anna\",victim,LV12; 9@HABALV22 ;,Anna O.;A. Ozola\n"
        "\n"
        "boss,Balt Kadri,suspect,LV80BANK0000435195001,\n";
    static const char proceeds[] = "\xEF\xBB\xBFid;why;from;between;min;select.currency\r\n"
                                   "W1;wages;worker_01;\"2024-09-01;2024-12-31\";10;EUR\r\n";
    static const char destinations[] = "account\tbank\tperson\nCY17\tBCYPCY2N\n\t\tboss\n";
    static const char requests[] = "id,state,accounts,from,scope.to,purposes\n"
                                   "LV-1,LV,1;2;3,2024-09-01,2025-01-31,investigation\n";
    folder f;
    const trail_person *person = NULL;
    const trail_proceeds_rule *rule = NULL;
    const trail_request *request = NULL;
    (void)state;
    open_folder(&f, plain);
    put(&f, "people.csv", people, strlen(people));
    put(&f, "proceeds.csv", proceeds, strlen(proceeds));
    put(&f, "destinations.csv", destinations, strlen(destinations));
    put(&f, "requests.csv", requests, strlen(requests));
    expect(&f, TRAIL_OK, "");
    assert_int_equal(f.read_case->people.people.count, 2);
    person = trail_vector_at(&f.read_case->people.people, 0);
    assert_string_equal(person->name, "Ozola, Anna");
    assert_int_equal(person->role, TRAIL_ROLE_VICTIM);
    assert_int_equal(person->other_names.count, 2);
    assert_int_equal(person->accounts.count, 2);
    assert_string_equal(((trail_listed_account *)person->accounts.items)[1].bank, "HABALV22");
    rule = trail_vector_at(&f.read_case->proceeds, 0);
    assert_string_equal(rule->from, "worker_01");
    assert_string_equal(rule->min_text, "10");
    assert_string_equal(rule->currency, "EUR");
    assert_int_equal(rule->between_last - rule->between_first, 121);
    assert_int_equal(f.read_case->destinations.count, 2);
    request = trail_vector_at(&f.read_case->mandate.requests, 0);
    assert_int_equal(request->accounts.count, 3);
    assert_int_equal(request->to - request->from, 152);
    assert_int_equal(f.read_case->files.count, 5);
    assert_string_equal(((const char **)f.read_case->files.items)[1], "requests.csv");
    close_folder(&f);
}

static void mistakes_in_a_sheet_name_its_line(void **state)
{
    static const char people[] = "key,rolle,role,role,\n"
                                 "a,x,victim,,\n"
                                 "\"b\n\",x,vicitm,,\n"
                                 ",x,victim,,stray\n"
                                 "a,x,victim,,,more\n"
                                 "c,\"x,victim\n";
    folder f;
    (void)state;
    open_folder(&f, plain);
    put(&f, "people.csv", people, strlen(people));
    expect(&f, TRAIL_USAGE,
           "people.csv:1: error: rolle: is no column that is known — did you mean 'role'?\n"
           "people.csv:1: error: role: is given twice: columns 3 and 4\n"
           "people.csv:3: error: role: 'vicitm' is not one of unknown, suspect, convicted, victim, "
           "possible-victim, witness, third-party — did you mean 'victim'?\n"
           "people.csv:5: error: 'stray' stands in column 5, which has no heading\n"
           "people.csv:5: error: key: is missing: the name by which the case refers to this "
           "person\n"
           "people.csv:6: error: 'more' stands in column 6, which has no heading\n"
           "people.csv:6: error: key: 'a' is given twice\n"
           "people.csv:7: error: a quote opens a field and no quote closes it\n");
    assert_string_equal(f.err.message, "case.yaml and its spreadsheets: 8 mistakes");
    close_folder(&f);
}

static void a_list_stands_in_one_place_only(void **state)
{
    folder f;
    (void)state;
    open_folder(&f, "case: A\ncurrency: EUR\nsources: [{file: a.csv}]\npeople: [{key: a}]\n");
    put(&f, "people.csv", "key\nb\n", 6);
    expect(&f, TRAIL_USAGE,
           "case.yaml:4:1: error: people: stands in people.csv too: keep one of the two\n");
    close_folder(&f);
    open_folder(&f, "case: A\npeople:\ncurrency: EUR\nsources: [{file: a.csv}]\n");
    put(&f, "people.csv", "key\nb\n", 6);
    expect(&f, TRAIL_OK, "");
    assert_int_equal(f.read_case->people.people.count, 1);
    close_folder(&f);
}

static void a_sheet_in_another_encoding_is_refused(void **state)
{
    folder f;
    (void)state;
    open_folder(&f, plain);
    put(&f, "people.csv", "key,name\na,B\xe9la\nc,\n", 20);
    put(&f, "proceeds.csv", "", 0);
    expect(&f, TRAIL_USAGE,
           "people.csv:2: error: is not UTF-8: save the sheet as CSV UTF-8\n"
           "proceeds.csv: error: is empty: its first row names the columns\n");
    close_folder(&f);
}

static void received_files_must_be_there(void **state)
{
    folder f;
    (void)state;
    open_folder(&f, "case: A\ncurrency: EUR\nrates: rates.csv\n"
                    "sources:\n  - file: a.csv\n  - file: b.csv\n  - file: received\n");
    {
        char path[512];
        (void)snprintf(path, sizeof path, "%s/received", f.path);
        assert_int_equal(trail_path_make_folder(path, NULL), TRAIL_OK);
    }
    expect(&f, TRAIL_USAGE,
           "case.yaml:3:8: error: rates: there is no file 'rates.csv'\n"
           "case.yaml:6:11: error: sources[2].file: there is no file 'b.csv'\n"
           "case.yaml:7:11: error: sources[3].file: 'received' is a folder: each file is a source "
           "of its own\n");
    close_folder(&f);
}

static void a_missing_or_huge_case_file_is_refused(void **state)
{
    folder f;
    char *huge = NULL;
    char wanted[600];
    (void)state;
    open_folder(&f, NULL);
    expect(&f, TRAIL_USAGE, "");
    (void)snprintf(wanted, sizeof wanted, "there is no %s/case.yaml: moneytrail new writes one",
                   f.path);
    assert_string_equal(f.err.message, wanted);
    huge = malloc(TRAIL_CASE_FILE_LIMIT + 1);
    assert_non_null(huge);
    memset(huge, '#', TRAIL_CASE_FILE_LIMIT + 1);
    put(&f, "case.yaml", huge, TRAIL_CASE_FILE_LIMIT + 1);
    free(huge);
    expect(&f, TRAIL_USAGE, "");
    assert_non_null(strstr(f.err.message, "case.yaml is larger than 1048576 bytes"));
    close_folder(&f);
    {
        char path[512];
        open_folder(&f, NULL);
        (void)snprintf(path, sizeof path, "%s/case.yaml", f.path);
        assert_int_equal(trail_path_make_folder(path, NULL), TRAIL_OK);
        expect(&f, TRAIL_USAGE, "");
        assert_non_null(strstr(f.err.message, "case.yaml is a folder"));
        close_folder(&f);
    }
    assert_int_equal(trail_case_read(&f.read_case, "/nowhere/at/all", NULL, &f.err), TRAIL_USAGE);
    assert_string_equal(f.err.message, "there is no case folder /nowhere/at/all");
}

static void every_refused_allocation_is_cleaned_up(void **state)
{
    static const char people[] = "key,role,accounts\na,victim,1;2@B\nb,vicitm,3\nc,x,y,z\n";
    folder f;
    (void)state;
    open_folder(&f, plain);
    put(&f, "people.csv", people, strlen(people));
    for (size_t n = 1;; n++) {
        trail_case *c = NULL;
        trail_vector messages = trail_vector_of(sizeof(char *));
        trail_status status = TRAIL_OK;
        failing_alloc_at(n);
        status = trail_case_read(&c, f.path, &messages, NULL);
        failing_alloc_at(0);
        trail_case_free(c);
        trail_case_messages_clear(&messages);
        if (status == TRAIL_USAGE) break;
        assert_int_equal(status, TRAIL_NO_MEMORY);
        assert_true(n < 10000);
    }
    close_folder(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_in_spreadsheets_are_as_lists_in_the_case_file),
        cmocka_unit_test(mistakes_in_a_sheet_name_its_line),
        cmocka_unit_test(a_list_stands_in_one_place_only),
        cmocka_unit_test(a_sheet_in_another_encoding_is_refused),
        cmocka_unit_test(received_files_must_be_there),
        cmocka_unit_test(a_missing_or_huge_case_file_is_refused),
        cmocka_unit_test(every_refused_allocation_is_cleaned_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
