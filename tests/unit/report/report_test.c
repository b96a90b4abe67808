#include "report/report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/byte_source.h"
#include "base/deflate.h"
#include "base/digest.h"
#include "support/failing_alloc.h"
#include "support/report_case.h"
#include "support/scratch.h"

static trail_text page_within(report_case *made, const trail_report_budget *budget)
{
    scratch place;
    trail_text page;
    trail_error err = {0};

    scratch_make(&place);
    if (trail_report_write_within(&made->findings, budget, scratch_path(&place, "report.html"),
                                  &err) != TRAIL_OK) {
        fail_msg("%s", err.message);
    }
    page = scratch_read(&place, "report.html");
    scratch_remove(&place);
    return page;
}

static trail_text page_of(report_case *made)
{
    const trail_report_budget budget = trail_report_budget_default();

    return page_within(made, &budget);
}

/* What stands between two texts, from `from` on; fails when they are not there. */
static trail_slice between(trail_slice text, const char *before, const char *after)
{
    size_t start = trail_slice_find(text, trail_slice_of(before));
    size_t length;

    assert_true(start != SIZE_MAX);
    start += strlen(before);
    text = (trail_slice){text.start + start, text.length - start};
    length = trail_slice_find(text, trail_slice_of(after));
    assert_true(length != SIZE_MAX);
    return (trail_slice){text.start, length};
}

static bool holds(trail_slice text, const char *part)
{
    return trail_slice_find(text, trail_slice_of(part)) != SIZE_MAX;
}

static size_t count_of(trail_slice text, const char *part)
{
    size_t count = 0, at;

    while ((at = trail_slice_find(text, trail_slice_of(part))) != SIZE_MAX) {
        count++;
        text = (trail_slice){text.start + at + 1, text.length - at - 1};
    }
    return count;
}

static int sextet(char letter)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *at = strchr(letters, letter);

    assert_non_null(at);
    return (int)(at - letters);
}

/* The JSON inside the page. */
static trail_text data_of(trail_slice page)
{
    const trail_slice block = between(page, "data-coding=\"gzip\">", "</script>");
    trail_text packed = {0}, data = {0};
    trail_byte_source *source = NULL;
    char part[4096];
    size_t size;

    assert_true(block.length % 4 == 0);
    for (size_t i = 0; i < block.length; i += 4) {
        const size_t bytes = block.start[i + 2] == '=' ? 1 : block.start[i + 3] == '=' ? 2 : 3;
        uint32_t bits = 0;
        char three[3];

        for (size_t k = 0; k < 4; k++) {
            const char letter = block.start[i + k];

            bits = bits << 6 | (uint32_t)(letter == '=' ? 0 : sextet(letter));
        }
        for (size_t k = 0; k < 3; k++)
            three[k] = (char)(bits >> (16 - 8 * k) & 0xff);
        assert_int_equal(trail_text_add(&packed, (trail_slice){three, bytes}, NULL), TRAIL_OK);
    }
    assert_int_equal(trail_byte_source_over(&source, trail_text_slice(&packed), NULL), TRAIL_OK);
    do {
        assert_int_equal(trail_byte_source_read(source, part, sizeof part, &size, NULL), TRAIL_OK);
        assert_int_equal(trail_text_add(&data, (trail_slice){part, size}, NULL), TRAIL_OK);
    } while (size > 0);
    trail_byte_source_close(source);
    trail_text_clear(&packed);
    return data;
}

static void the_page_loads_nothing(void **state)
{
    report_case made;
    trail_text page;
    trail_slice whole;

    (void)state;
    report_case_story(&made);
    page = page_of(&made);
    whole = trail_text_slice(&page);
    assert_true(holds(whole, "default-src 'none'; script-src 'sha256-"));
    assert_false(holds(whole, "unsafe-"));
    assert_int_equal(count_of(whole, "<script"), 2);
    assert_int_equal(count_of(whole, "</script"), 2);
    assert_int_equal(count_of(whole, "<style"), 1);
    assert_false(holds(whole, "<link"));
    assert_false(holds(whole, " src=\""));
    assert_false(holds(whole, "@import"));
    assert_false(holds(whole, "innerHTML"));
    assert_false(holds(whole, "eval("));
    assert_false(holds(whole, "fetch("));
    trail_text_clear(&page);
    report_case_clear(&made);
}

static void must_be_allowed(trail_slice policy, trail_slice bytes)
{
    uint8_t hash[TRAIL_DIGEST_SIZE];
    trail_digest *digest = NULL;
    trail_text encoded = {0};

    assert_int_equal(trail_digest_new(&digest, NULL), TRAIL_OK);
    assert_int_equal(trail_digest_add(digest, bytes.start, bytes.length, NULL), TRAIL_OK);
    assert_int_equal(trail_digest_finish(digest, hash, NULL), TRAIL_OK);
    trail_digest_free(digest);
    assert_int_equal(trail_base64((trail_slice){(char *)hash, sizeof hash}, &encoded, NULL),
                     TRAIL_OK);
    assert_true(holds(policy, encoded.bytes));
    trail_text_clear(&encoded);
}

static void the_policy_names_the_hashes_of_script_and_style(void **state)
{
    report_case made;
    trail_text page;
    trail_slice whole, policy;

    (void)state;
    report_case_smallest(&made);
    page = page_of(&made);
    whole = trail_text_slice(&page);
    policy = between(whole, "Content-Security-Policy\" content=\"", "\"");
    must_be_allowed(policy, between(whole, "<script type=\"module\">", "</script>"));
    must_be_allowed(policy, between(whole, "<style>", "</style>"));
    trail_text_clear(&page);
    report_case_clear(&made);
}

static void a_protected_name_or_account_stands_nowhere(void **state)
{
    static const char *const secrets[] = {REPORT_SECRET_NAME, REPORT_SECRET_ACCOUNT, "Kalnina",
                                          "kalnina"};
    report_case made;
    trail_text page, data;

    (void)state;
    report_case_story(&made);
    page = page_of(&made);
    data = data_of(trail_text_slice(&page));
    for (size_t i = 0; i < sizeof secrets / sizeof secrets[0]; i++) {
        assert_false(holds(trail_text_slice(&page), secrets[i]));
        assert_false(holds(trail_text_slice(&data), secrets[i]));
    }
    assert_true(holds(trail_text_slice(&data), trail_protect_person(made.protection, 0)));
    assert_true(holds(trail_text_slice(&page), "Protected: 1 declared"));
    trail_text_clear(&page);
    trail_text_clear(&data);
    report_case_clear(&made);
}

static void hostile_names_cannot_end_the_block(void **state)
{
    report_case made;
    trail_text page, data;

    (void)state;
    report_case_story(&made);
    page = page_of(&made);
    data = data_of(trail_text_slice(&page));
    assert_false(holds(trail_text_slice(&page), "onerror"));
    assert_true(holds(trail_text_slice(&data), "onerror"));
    assert_false(holds(trail_text_slice(&data), "<"));
    assert_false(holds(trail_text_slice(&data), ">"));
    trail_text_clear(&page);
    trail_text_clear(&data);
    report_case_clear(&made);
}

static void the_same_findings_give_the_same_bytes(void **state)
{
    report_case first, second;
    trail_text a, b;

    (void)state;
    report_case_large(&first, 60, 400);
    report_case_large(&second, 60, 400);
    a = page_of(&first);
    b = page_of(&second);
    assert_int_equal(a.length, b.length);
    assert_memory_equal(a.bytes, b.bytes, a.length);
    trail_text_clear(&a);
    trail_text_clear(&b);
    report_case_clear(&first);
    report_case_clear(&second);
}

static void every_section_gives_its_keys(void **state)
{
    static const char *const keys[] = {"\"schema\":1,",
                                       "\"case\":{",
                                       "\"counts\":{",
                                       "\"rules\":[",
                                       "\"words\":[",
                                       "\"accounts\":{",
                                       "\"sums\":{",
                                       "\"traced_accounts\":{",
                                       "\"groups\":[",
                                       "\"links\":{",
                                       "\"payments\":{",
                                       "\"records\":{",
                                       "\"doubles\":[[",
                                       "\"traced\":{",
                                       "\"holdings\":[",
                                       "\"routes\":[{",
                                       "\"files\":[{",
                                       "\"rejects\":[{",
                                       "\"days\":{",
                                       "\"traced_days\":{",
                                       "\"proceeds\":[{",
                                       "\"observations\":{",
                                       "\"texts\":[",
                                       "\"people\":[{",
                                       "\"set_aside\"",
                                       "\"1650.00\"",
                                       "\"1782.00\"",
                                       "\"frontier\"",
                                       "\"not received\"",
                                       "\"may_be_double\"",
                                       "\"converted_in\"",
                                       "\"statements\":[{",
                                       "\"moved\":\"-13.00\"",
                                       "\"coverage\":[{",
                                       "\"pages_missing\":[2,2]",
                                       "\"verdict\":2,\"difference\":\"7.00\"",
                                       "\"expected\":\"18.00\",\"stated\":\"25.00\"",
                                       "\"gaps\":[{",
                                       "\"asked\":[{",
                                       "\"reversals\":[]",
                                       "\"decisions\":[",
                                       "\"candidates\":[]"};
    report_case made;
    trail_text page, data;

    (void)state;
    report_case_story(&made);
    page = page_of(&made);
    data = data_of(trail_text_slice(&page));
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        if (!holds(trail_text_slice(&data), keys[i])) fail_msg("no %s", keys[i]);
    }
    trail_text_clear(&page);
    trail_text_clear(&data);
    report_case_clear(&made);
}

static void an_account_observed_on_all_days_has_no_day_that_breaks_a_calendar(void **state)
{
    report_case made;
    trail_text page, data;

    (void)state;
    report_case_story(&made);
    trail_observation *first = made.ledger.observations.items;
    first->from_day = INT32_MIN;
    first->to_day = INT32_MAX;
    first->file = UINT32_MAX;
    page = page_of(&made);
    data = data_of(trail_text_slice(&page));
    assert_false(holds(trail_text_slice(&data), "-2147483648"));
    assert_false(holds(trail_text_slice(&data), "2147483647"));
    assert_true(holds(trail_text_slice(&data), "\"from\":[null,"));
    assert_true(holds(trail_text_slice(&data), "\"to\":[null,"));
    trail_text_clear(&page);
    trail_text_clear(&data);
    report_case_clear(&made);
}

static void above_the_budget_routes_stay_in(void **state)
{
    trail_report_budget budget = trail_report_budget_default();
    report_case made;
    trail_text page, data;

    (void)state;
    report_case_large(&made, 100, 1000);
    assert_true(made.routes.routes.count > 0);
    budget.accounts = 10;
    budget.links = 12;
    budget.payments = 50;
    budget.routes = 3;
    page = page_within(&made, &budget);
    data = data_of(trail_text_slice(&page));
    assert_true(holds(trail_text_slice(&page), "data-payments=\"1000\""));
    assert_true(holds(trail_text_slice(&page), "data-shown-payments=\"50\""));
    assert_true(holds(trail_text_slice(&page), "data-drawn-accounts=\"10\""));
    assert_true(holds(trail_text_slice(&data), "\"steps\":[{\"payment\":"));
    assert_false(holds(trail_text_slice(&data), "4294967295"));
    trail_text_clear(&page);
    trail_text_clear(&data);
    report_case_clear(&made);
}

static void a_case_without_payments_or_proceeds_has_a_report(void **state)
{
    report_case made;
    trail_text page;

    (void)state;
    report_case_empty(&made);
    page = page_of(&made);
    assert_true(holds(trail_text_slice(&page), "data-payments=\"0\""));
    trail_text_clear(&page);
    report_case_clear(&made);
    report_case_without_proceeds(&made);
    page = page_of(&made);
    assert_true(holds(trail_text_slice(&page), "data-routes=\"0\""));
    trail_text_clear(&page);
    report_case_clear(&made);
}

static bool is_letter(char letter)
{
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || letter == '_';
}

/* Words that judge or name people (the data block is evidence, and left out here). */
static void the_page_judges_nobody(void **state)
{
    static const char *const words[] = {
        "confidence", "probability", "likelihood", "mule",   "mules", "shell",  "ring",
        "cohort",     "launderer",   "suspicious", "guilty", "dirty", "tainted"};
    report_case made;
    trail_text page;

    (void)state;
    report_case_story(&made);
    page = page_of(&made);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        const size_t length = strlen(words[i]);
        trail_slice rest = trail_text_slice(&page);
        size_t at;

        while ((at = trail_slice_find(rest, trail_slice_of(words[i]))) != SIZE_MAX) {
            const bool starts = at == 0 || !is_letter(rest.start[at - 1]);

            if (starts && !is_letter(rest.start[at + length])) fail_msg("says %s", words[i]);
            rest = (trail_slice){rest.start + at + 1, rest.length - at - 1};
        }
    }
    trail_text_clear(&page);
    report_case_clear(&made);
}

static void every_failed_allocation_is_survived(void **state)
{
    report_case made;
    scratch place;
    trail_status status = TRAIL_NO_MEMORY;
    size_t nth;

    (void)state;
    report_case_smallest(&made);
    scratch_make(&place);
    for (nth = 1; status != TRAIL_OK; nth++) {
        trail_error err = {0};

        failing_alloc_at(nth);
        status = trail_report_write(&made.findings, scratch_path(&place, "report.html"), &err);
        failing_alloc_at(0);
        if (status != TRAIL_OK) assert_int_equal(status, TRAIL_NO_MEMORY);
    }
    assert_true(nth > 40);
    scratch_remove(&place);
    report_case_clear(&made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_page_loads_nothing),
        cmocka_unit_test(the_policy_names_the_hashes_of_script_and_style),
        cmocka_unit_test(a_protected_name_or_account_stands_nowhere),
        cmocka_unit_test(hostile_names_cannot_end_the_block),
        cmocka_unit_test(the_same_findings_give_the_same_bytes),
        cmocka_unit_test(every_section_gives_its_keys),
        cmocka_unit_test(an_account_observed_on_all_days_has_no_day_that_breaks_a_calendar),
        cmocka_unit_test(above_the_budget_routes_stay_in),
        cmocka_unit_test(a_case_without_payments_or_proceeds_has_a_report),
        cmocka_unit_test(the_page_judges_nobody),
        cmocka_unit_test(every_failed_allocation_is_survived),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
