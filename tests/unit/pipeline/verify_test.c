#include <moneytrail/verify.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "base/path.h"
#include "evidence/custody.h"
#include "evidence/manifest.h"
#include "evidence/receipt.h"
#include "support/failing_alloc.h"
#include "support/scratch.h"

#define SAID_ROOM 8000

typedef struct verify_case {
    scratch place;
    char said[SAID_ROOM];
    trail_notices notices;
} verify_case;

static const char *const files[] = {"received/lv/a.csv", "received/anna_berzina.csv", "top.csv"};
static const char *const citations[] = {"received/lv/a.csv", NULL, "top.csv"};

static void hear(void *context, const char *line)
{
    verify_case *all = context;
    size_t length = strlen(all->said);
    snprintf(all->said + length, SAID_ROOM - length, "%s\n", line);
}

static void record(verify_case *all)
{
    trail_receipt receipts[3];
    trail_custody *custody = NULL;
    trail_manifest manifest;
    uint8_t hash[TRAIL_DIGEST_SIZE];
    char hex[TRAIL_DIGEST_HEX];
    const char *folder = all->place.folder;
    assert_int_equal(trail_receipt_take(folder, files, 3, 1, receipts, NULL), TRAIL_OK);
    assert_int_equal(trail_evidence_digest(receipts, 3, hex, NULL), TRAIL_OK);
    assert_int_equal(trail_manifest_init(&manifest, "moneytrail", hex, "", NULL), TRAIL_OK);
    assert_int_equal(trail_custody_open(&custody, scratch_path(&all->place, "custody.jsonl"), NULL),
                     TRAIL_OK);
    for (size_t i = 0; i < 3; i++) {
        char cited[20];
        trail_hex(receipts[i].hash, TRAIL_DIGEST_SIZE, hex);
        snprintf(cited, sizeof cited, "F-%.12s", hex);
        const char *citation = citations[i] == NULL ? cited : citations[i];
        const trail_custody_field fields[] = {{"file", citation}, {"sha256", hex}};
        assert_int_equal(trail_manifest_add_received(&manifest, citation, receipts[i].hash,
                                                     receipts[i].size, NULL),
                         TRAIL_OK);
        assert_int_equal(trail_custody_add(custody, TRAIL_CUSTODY_RECEIVED, fields, 2, NULL),
                         TRAIL_OK);
    }
    char out[SCRATCH_PATH];
    snprintf(out, sizeof out, "%s/out", folder);
    assert_int_equal(trail_manifest_add_outputs(&manifest, out, NULL), TRAIL_OK);
    assert_int_equal(trail_manifest_write(&manifest, out, hash, NULL), TRAIL_OK);
    trail_manifest_clear(&manifest);
    trail_hex(hash, TRAIL_DIGEST_SIZE, hex);
    const trail_custody_field run[] = {{"manifest", hex}};
    assert_int_equal(trail_custody_add(custody, TRAIL_CUSTODY_RUN, run, 1, NULL), TRAIL_OK);
    assert_int_equal(trail_custody_close(custody, NULL), TRAIL_OK);
}

static int set_up(void **state)
{
    verify_case *all = NULL;
    assert_int_equal(trail_alloc_zeroed(&all, 1, sizeof *all, NULL), TRAIL_OK);
    all->notices = (trail_notices){hear, all};
    scratch_make(&all->place);
    scratch_write(&all->place, files[0], "date;amount\n");
    scratch_write(&all->place, files[1], "date;amount;name\n");
    scratch_write(&all->place, files[2], "x\n");
    scratch_write(&all->place, "out/payments.csv", "payment\n");
    scratch_write(&all->place, "out/graph/links.graphml", "<graphml/>\n");
    record(all);
    *state = all;
    return 0;
}

static int tear_down(void **state)
{
    verify_case *all = *state;
    scratch_remove(&all->place);
    trail_free(all);
    return 0;
}

static trail_status verify(verify_case *all, trail_error *err)
{
    all->said[0] = '\0';
    return trail_verify(all->place.folder, NULL, &all->notices, err);
}

static void expect_said(verify_case *all, const char *words)
{
    trail_error err = {0};
    assert_int_equal(verify(all, &err), TRAIL_DIFFERS);
    assert_string_equal(err.message, "1 thing differs from what was recorded");
    if (strstr(all->said, words) == NULL) fail_msg("said: %s", all->said);
}

static void an_untouched_case_verifies_and_the_check_is_an_event(void **state)
{
    verify_case *all = *state;
    assert_int_equal(verify(all, NULL), TRAIL_OK);
    assert_string_equal(all->said, "");
    assert_int_equal(verify(all, NULL), TRAIL_OK);
    trail_text log = scratch_read(&all->place, "custody.jsonl");
    trail_custody_chain chain;
    assert_int_equal(trail_custody_check(trail_text_slice(&log), &chain, NULL), TRAIL_OK);
    assert_int_equal(chain.broken_line, 0);
    assert_int_equal(chain.line_count, 6);
    assert_true(trail_custody_log_has(trail_text_slice(&log), "verify", "differences", "0"));
    trail_text_clear(&log);
}

static void a_changed_received_file_is_named(void **state)
{
    verify_case *all = *state;
    scratch_write(&all->place, files[0], "date;amounT\n");
    expect_said(all, "received file received/lv/a.csv has changed: 12 bytes, were 12");
}

static void a_missing_received_file_is_named(void **state)
{
    verify_case *all = *state;
    assert_int_equal(remove(scratch_path(&all->place, files[0])), 0);
    expect_said(all, "received file received/lv/a.csv is not there");
}

static void a_moved_received_file_is_found_by_its_hash(void **state)
{
    verify_case *all = *state;
    char from[SCRATCH_PATH];
    snprintf(from, sizeof from, "%s", scratch_path(&all->place, files[0]));
    assert_int_equal(rename(from, scratch_path(&all->place, "received/lv/b.csv")), 0);
    expect_said(all, "received/lv/a.csv is not there; the same bytes are in F-");
}

static void a_file_cited_by_hash_is_resolved_wherever_it_lies(void **state)
{
    verify_case *all = *state;
    char from[SCRATCH_PATH];
    snprintf(from, sizeof from, "%s", scratch_path(&all->place, files[1]));
    scratch_write(&all->place, "received/deep/er/x", "");
    assert_int_equal(remove(scratch_path(&all->place, "received/deep/er/x")), 0);
    assert_int_equal(rename(from, scratch_path(&all->place, "received/deep/er/anna.csv")), 0);
    assert_int_equal(verify(all, NULL), TRAIL_OK);
    assert_int_equal(remove(scratch_path(&all->place, "received/deep/er/anna.csv")), 0);
    expect_said(all, "is not there: no file of the case folder has this hash");
    assert_null(strstr(all->said, "anna"));
}

static void a_file_that_nothing_knows_is_cited_without_its_name(void **state)
{
    verify_case *all = *state;
    scratch_write(&all->place, "received/lv/anna_berzina_2.csv", "new");
    expect_said(all, "lies among the received files and is recorded nowhere");
    assert_null(strstr(all->said, "anna"));
    assert_memory_equal(all->said, "F-", 2);
}

static void the_case_file_tells_which_names_may_be_shown(void **state)
{
    verify_case *all = *state;
    scratch_write(&all->place, "case.yaml",
                  "case: T-1\ntitle: Test\ncurrency: EUR\n"
                  "sources:\n  - file: top.csv\n"
                  "people:\n  - key: w1\n    name: Anna Berzina\n    role: victim\n");
    scratch_write(&all->place, "received/lv/plain.csv", "new");
    expect_said(all, "received/lv/plain.csv lies among the received files");
    assert_int_equal(remove(scratch_path(&all->place, "received/lv/plain.csv")), 0);
    scratch_write(&all->place, "received/lv/annaberzina.csv", "new");
    expect_said(all, "F-");
    assert_null(strstr(all->said, "anna"));
}

static void a_changed_missing_or_added_output_is_named(void **state)
{
    verify_case *all = *state;
    scratch_write(&all->place, "out/payments.csv", "payment \n");
    expect_said(all, "output payments.csv has changed: 9 bytes, were 8");
    assert_int_equal(remove(scratch_path(&all->place, "out/payments.csv")), 0);
    expect_said(all, "payments.csv is not there or cannot be read");
    scratch_write(&all->place, "out/payments.csv", "payment\n");
    scratch_write(&all->place, "out/extra.csv", "");
    expect_said(all, "lies among the outputs and is not in manifest.json");
    assert_int_equal(remove(scratch_path(&all->place, "out/extra.csv")), 0);
    assert_int_equal(verify(all, NULL), TRAIL_OK);
}

static void a_manifest_that_was_rewritten_is_noticed(void **state)
{
    verify_case *all = *state;
    trail_text text = scratch_read(&all->place, "out/manifest.json");
    char *program = strstr(text.bytes, "moneytrail\"");
    program[0] = 'M';
    scratch_write(&all->place, "out/manifest.json", text.bytes);
    expect_said(all, "manifest.json is not one that custody.jsonl records");
    text.bytes[0] = '[';
    scratch_write(&all->place, "out/manifest.json", text.bytes);
    expect_said(all, "manifest.json was not written so by this program: line 1");
    trail_text_clear(&text);
    assert_int_equal(remove(scratch_path(&all->place, "out/manifest.json")), 0);
    expect_said(all, "manifest.json");
}

static void a_broken_chain_is_named_and_not_appended_to(void **state)
{
    verify_case *all = *state;
    trail_text log = scratch_read(&all->place, "custody.jsonl");
    char *user = strstr(log.bytes, "\"user\"");
    user[1] = 'U';
    scratch_write(&all->place, "custody.jsonl", log.bytes);
    expect_said(all, "custody.jsonl line 2: it does not name the hash of the line before it");
    trail_text after = scratch_read(&all->place, "custody.jsonl");
    assert_string_equal(log.bytes, after.bytes);
    trail_text_clear(&after);
    trail_text_clear(&log);
    assert_int_equal(remove(scratch_path(&all->place, "custody.jsonl")), 0);
    expect_said(all, "custody.jsonl");
    assert_false(trail_path_exists(scratch_path(&all->place, "custody.jsonl")));
}

static void an_emptied_log_records_nothing(void **state)
{
    verify_case *all = *state;
    scratch_write(&all->place, "custody.jsonl", "");
    assert_int_equal(verify(all, NULL), TRAIL_DIFFERS);
    assert_non_null(strstr(all->said, "manifest.json is not one that custody.jsonl records"));
    assert_non_null(
        strstr(all->said, "custody.jsonl does not record that received/lv/a.csv was received"));
}

static void a_folder_that_is_not_there_is_a_usage_error(void **state)
{
    (void)state;
    assert_int_equal(trail_verify("/nowhere/at/all", NULL, NULL, NULL), TRAIL_USAGE);
}

static void every_refused_allocation_is_reported(void **state)
{
    verify_case *all = *state;
    for (size_t n = 1;; n++) {
        failing_alloc_at(n);
        trail_status status = verify(all, NULL);
        bool failed = failing_alloc_count() >= n;
        failing_alloc_at(0);
        if (!failed) {
            assert_int_equal(status, TRAIL_OK);
            break;
        }
        /* All checks done, only the event could not be noted: that is no difference. */
        assert_true(status == TRAIL_NO_MEMORY || status == TRAIL_OK);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(an_untouched_case_verifies_and_the_check_is_an_event),
        TEST(a_changed_received_file_is_named),
        TEST(a_missing_received_file_is_named),
        TEST(a_moved_received_file_is_found_by_its_hash),
        TEST(a_file_cited_by_hash_is_resolved_wherever_it_lies),
        TEST(a_file_that_nothing_knows_is_cited_without_its_name),
        TEST(the_case_file_tells_which_names_may_be_shown),
        TEST(a_changed_missing_or_added_output_is_named),
        TEST(a_manifest_that_was_rewritten_is_noticed),
        TEST(a_broken_chain_is_named_and_not_appended_to),
        TEST(an_emptied_log_records_nothing),
        TEST(a_folder_that_is_not_there_is_a_usage_error),
        TEST(every_refused_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
