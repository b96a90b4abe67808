#include "ingest/container.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "ingest/expansion.h"
#include "ingest/member_name.h"
#include "support/failing_alloc.h"
#include "support/scratch.h"
#include "support/zip_case.h"

/* Leaves as lines: name, size, and what is wrong. */
typedef struct walk {
    trail_text lines;
} walk;

static trail_status meet(void *context, const trail_leaf *leaf, trail_error *err)
{
    walk *met = context;
    return trail_text_add_format(
        &met->lines, err, "%s %llu%s%s%s%s\n", leaf->name, (unsigned long long)leaf->size,
        leaf->problem != NULL ? " problem: " : "", leaf->problem != NULL ? leaf->problem : "",
        leaf->broken != NULL ? " broken: " : "", leaf->broken != NULL ? leaf->broken : "");
}

static trail_status expand(const char *path, walk *met, trail_error *err)
{
    const trail_leaf_visitor visitor = {meet, met};
    trail_arena names = {0};
    trail_status status = trail_expand(path, "x", &names, &visitor, err);
    trail_arena_clear(&names);
    return status;
}

static const char *expanded(trail_slice bytes)
{
    static char lines[4096];
    walk met = {.lines = {0}};
    scratch place;
    scratch_make(&place);
    FILE *file = fopen(scratch_path(&place, "x"), "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes.start, 1, bytes.length, file), bytes.length);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(expand(scratch_path(&place, "x"), &met, NULL), TRAIL_OK);
    (void)snprintf(lines, sizeof lines, "%s", met.lines.bytes == NULL ? "" : met.lines.bytes);
    trail_text_clear(&met.lines);
    scratch_remove(&place);
    return lines;
}

static void members_come_by_name_whatever_the_order_in_the_container(void **state)
{
    (void)state;
    static const char expected[] = "x!a.csv 1\nx!b/c.csv 2\nx!Übersicht.csv 3\n";
    zip_case one = {.count = 0}, other = {.count = 0};
    zip_case_add_text(&one, "b/c.csv", "22");
    zip_case_add_text(&one, "Übersicht.csv", "333");
    zip_case_add_text(&one, "a.csv", "1");
    zip_case_end(&one);
    zip_case_add_text(&other, "a.csv", "1");
    zip_case_add_text(&other, "b/c.csv", "22");
    zip_case_add_text(&other, "Übersicht.csv", "333");
    zip_case_end(&other);
    assert_string_equal(expanded(trail_text_slice(&one.bytes)), expected);
    assert_string_equal(expanded(trail_text_slice(&other.bytes)), expected);
    zip_case_clear(&one);
    zip_case_clear(&other);
}

static void a_name_that_leads_out_and_an_encrypted_member_are_named(void **state)
{
    (void)state;
    zip_case zip = {.count = 0};
    zip_case_add_text(&zip, "../evil.csv", "a");
    zip_case_add_text(&zip, "/etc/evil.csv", "a");
    zip_case_add(&zip, "secret.csv", trail_slice_of("0123456789abcdef"), true);
    zip_case_add_text(&zip, "z.csv", "a");
    zip_case_end(&zip);
    assert_string_equal(
        expanded(trail_text_slice(&zip.bytes)),
        "x!../evil.csv 1 problem: its name leads out of the container: such members are not read\n"
        "x!/etc/evil.csv 1 problem: its name leads out of the container: such members are not "
        "read\n"
        "x!secret.csv 0 problem: it is encrypted: ask for it unencrypted, or unpack it with its "
        "password\n"
        "x!z.csv 1\n");
    zip_case_clear(&zip);
}

static void a_repeated_name_is_numbered(void **state)
{
    (void)state;
    zip_case zip = {.count = 0};
    zip_case_add_text(&zip, "a.csv", "1");
    zip_case_add_text(&zip, "a.csv", "22");
    zip_case_end(&zip);
    assert_string_equal(expanded(trail_text_slice(&zip.bytes)), "x!a.csv 1\nx!a.csv#2 2\n");
    zip_case_clear(&zip);
}

static void of_a_cut_container_the_readable_members_stay(void **state)
{
    (void)state;
    zip_case zip = {.count = 0};
    zip_case_add_text(&zip, "a.csv", "1");
    size_t whole = zip.bytes.length;
    zip_case_add_text(&zip, "b.csv", "22222222222222222222");
    size_t cut = zip.bytes.length - 10;
    zip_case_end(&zip);
    const char *lines = expanded((trail_slice){zip.bytes.bytes, cut});
    assert_non_null(strstr(lines, "x!a.csv 1\n"));
    assert_non_null(strstr(lines, "x!b.csv"));
    assert_non_null(strstr(lines, "it breaks off after"));
    lines = expanded((trail_slice){zip.bytes.bytes, whole});
    assert_non_null(strstr(lines, "x!a.csv 1\n"));
    zip_case_clear(&zip);
}

static void containers_in_containers_are_opened_to_a_limit(void **state)
{
    (void)state;
    zip_case zip = {.count = 0};
    zip_case_add_text(&zip, "a.csv", "1");
    zip_case_end(&zip);
    for (unsigned level = 1; level <= TRAIL_CONTAINER_NESTING; level++) {
        zip_case outer = {.count = 0};
        const char *lines = expanded(trail_text_slice(&zip.bytes));
        assert_non_null(strstr(lines, "a.csv 1\n"));
        zip_case_add(&outer, "n.zip", trail_text_slice(&zip.bytes), false);
        zip_case_end(&outer);
        zip_case_clear(&zip);
        zip = outer;
    }
    const char *lines = expanded(trail_text_slice(&zip.bytes));
    assert_non_null(strstr(lines, "x!n.zip!n.zip!n.zip!n.zip "));
    assert_non_null(strstr(lines, " problem: more containers in containers than are opened\n"));
    zip_case_clear(&zip);
}

static void a_member_that_is_a_sheet_is_cited_by_workbook_and_name(void **state)
{
    (void)state;
    zip_case inner = {.count = 0}, zip = {.count = 0};
    zip_case_add_workbook(&inner, "<worksheet><sheetData/></worksheet>", "0", "");
    zip_case_end(&inner);
    zip_case_add(&zip, "w.xlsx", trail_text_slice(&inner.bytes), false);
    zip_case_end(&zip);
    assert_string_equal(expanded(trail_text_slice(&zip.bytes)), "x!w.xlsx!Konto 35\n");
    zip_case_clear(&zip);
    zip_case_clear(&inner);
}

static void an_empty_container_says_so(void **state)
{
    (void)state;
    zip_case zip = {.count = 0};
    zip_case_end(&zip);
    assert_string_equal(expanded(trail_text_slice(&zip.bytes)),
                        "x 0 problem: the container holds no file\n");
    zip_case_clear(&zip);
}

static void cited(const char *raw, const char *expected)
{
    trail_text name = {0};
    assert_int_equal(trail_member_name_cite(trail_slice_of(raw), &name, NULL), TRAIL_OK);
    assert_string_equal(name.bytes, expected);
    trail_text_clear(&name);
}

static void names_are_cited_so_that_one_means_one(void **state)
{
    (void)state;
    cited("./a/b.csv", "a/b.csv");
    cited("a!b\n.csv", "a%21b%0A.csv");
    cited("\xe9t\xe9.csv", "%E9t%E9.csv");
    cited("é\xe2\x80\xa8.csv", "é%E2%80%A8.csv");
    assert_true(trail_member_name_leads_out(trail_slice_of("a/../../b")));
    assert_true(trail_member_name_leads_out(trail_slice_of("..\\b")));
    assert_true(trail_member_name_leads_out(trail_slice_of("C:\\b")));
    assert_false(trail_member_name_leads_out(trail_slice_of("a/..b/c..")));
}

static void forms_are_recognised_by_their_first_bytes(void **state)
{
    (void)state;
    char tar[512] = "a.csv";
    (void)snprintf(tar + 148, 8, "%06o", 'a' + '.' + 'c' + 's' + 'v' + 8 * ' ');
    tar[155] = ' ';
    assert_int_equal(trail_container_recognise((trail_slice){tar, 512}), TRAIL_CONTAINER_TAR);
    tar[0] = 'b';
    assert_int_equal(trail_container_recognise((trail_slice){tar, 512}), TRAIL_CONTAINER_NONE);
    assert_int_equal(trail_container_recognise(trail_slice_of("PK;1;2")), TRAIL_CONTAINER_NONE);
    assert_false(trail_container_is_packed(trail_slice_of("BZhello wor")));
}

static trail_status expand_once(void *context, trail_error *err)
{
    walk met = {.lines = {0}};
    trail_status status = expand(context, &met, err);
    trail_text_clear(&met.lines);
    return status;
}

static void every_failed_allocation_is_a_clean_failure(void **state)
{
    (void)state;
    zip_case inner = {.count = 0}, zip = {.count = 0};
    scratch place;
    char path[SCRATCH_PATH];
    zip_case_add_text(&inner, "b.csv", "1");
    zip_case_end(&inner);
    zip_case_add(&zip, "n.zip", trail_text_slice(&inner.bytes), false);
    zip_case_add_text(&zip, "../a.csv", "1");
    zip_case_end(&zip);
    scratch_make(&place);
    (void)snprintf(path, sizeof path, "%s", scratch_path(&place, "x"));
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(zip.bytes.bytes, 1, zip.bytes.length, file), zip.bytes.length);
    assert_int_equal(fclose(file), 0);
    assert_true(failing_alloc_each(expand_once, path) > 20);
    scratch_remove(&place);
    zip_case_clear(&zip);
    zip_case_clear(&inner);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(members_come_by_name_whatever_the_order_in_the_container),
        cmocka_unit_test(a_name_that_leads_out_and_an_encrypted_member_are_named),
        cmocka_unit_test(a_repeated_name_is_numbered),
        cmocka_unit_test(of_a_cut_container_the_readable_members_stay),
        cmocka_unit_test(containers_in_containers_are_opened_to_a_limit),
        cmocka_unit_test(a_member_that_is_a_sheet_is_cited_by_workbook_and_name),
        cmocka_unit_test(an_empty_container_says_so),
        cmocka_unit_test(names_are_cited_so_that_one_means_one),
        cmocka_unit_test(forms_are_recognised_by_their_first_bytes),
        cmocka_unit_test(every_failed_allocation_is_a_clean_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
