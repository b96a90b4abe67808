#include "evidence/custody.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/failing_alloc.h"
#include "support/scratch.h"

#define LOG "custody.jsonl"

static int set_up(void **state)
{
    static scratch place;
    scratch_make(&place);
    *state = &place;
    return 0;
}

static int tear_down(void **state)
{
    scratch_remove(*state);
    return 0;
}

static trail_status append(scratch *place, const char *op, const char *file, trail_error *err)
{
    trail_custody *custody = NULL;
    const trail_custody_field fields[] = {{"file", file}, {"reason", NULL}};
    trail_status status = trail_custody_open(&custody, scratch_path(place, LOG), err);
    if (status != TRAIL_OK) return status;
    status = trail_custody_add(custody, op, fields, 2, err);
    if (status == TRAIL_OK) return trail_custody_close(custody, err);
    trail_custody_abandon(custody);
    return status;
}

static trail_custody_chain check(scratch *place)
{
    trail_custody_chain chain;
    trail_text log = scratch_read(place, LOG);
    assert_int_equal(trail_custody_check(trail_text_slice(&log), &chain, NULL), TRAIL_OK);
    trail_text_clear(&log);
    return chain;
}

static void lines_are_chained_from_64_zeros(void **state)
{
    assert_int_equal(append(*state, TRAIL_CUSTODY_NEW, NULL, NULL), TRAIL_OK);
    assert_int_equal(append(*state, TRAIL_CUSTODY_RECEIVED, "received/a \"b\"\n.csv", NULL),
                     TRAIL_OK);
    trail_text log = scratch_read(*state, LOG);
    static const char start[] =
        "{\"seq\":1,\"prev\":\"00000000000000000000000000000000000000000000000000000000"
        "00000000\",\"t\":\"2";
    assert_memory_equal(log.bytes, start, sizeof start - 1);
    assert_int_equal(log.bytes[log.length - 1], '\n');
    trail_text_clear(&log);
    trail_custody_chain chain = check(*state);
    assert_int_equal(chain.line_count, 2);
    assert_int_equal(chain.broken_line, 0);
}

static void the_hash_of_a_line_covers_a_zero_byte_and_the_line(void **state)
{
    (void)state;
    trail_custody_chain chain;
    const char *line = "{\"seq\":1,\"prev\":\"00000000000000000000000000000000000000000000000000000"
                       "00000000000\",\"t\":\"x\"}\n";
    assert_int_equal(trail_custody_check(trail_slice_of(line), &chain, NULL), TRAIL_OK);
    assert_int_equal(chain.broken_line, 0);
    /* python3: hashlib.sha256(b"\0" + line.rstrip("\n").encode()).hexdigest() */
    assert_string_equal(chain.head,
                        "1f237589bf58a1804453fbe19ab03c9c2a683a212506dd5f7c6992449666d7ec");
}

static void events_of_one_opening_are_appended_together(void **state)
{
    trail_custody *custody = NULL;
    assert_int_equal(trail_custody_open(&custody, scratch_path(*state, LOG), NULL), TRAIL_OK);
    for (int i = 0; i < 100; i++)
        assert_int_equal(trail_custody_add(custody, TRAIL_CUSTODY_RECEIVED, NULL, 0, NULL),
                         TRAIL_OK);
    assert_int_equal(trail_custody_close(custody, NULL), TRAIL_OK);
    trail_custody_chain chain = check(*state);
    assert_int_equal(chain.line_count, 100);
    assert_int_equal(chain.broken_line, 0);
}

static void one_changed_byte_breaks_the_chain_at_the_next_line(void **state)
{
    for (int i = 0; i < 3; i++)
        assert_int_equal(append(*state, TRAIL_CUSTODY_RUN, "a", NULL), TRAIL_OK);
    trail_text log = scratch_read(*state, LOG);
    char *t = strstr(log.bytes, "\"op\":\"run\"");
    t[6] = 'R';
    scratch_write(*state, LOG, log.bytes);
    trail_custody_chain chain = check(*state);
    assert_int_equal(chain.broken_line, 2);
    assert_string_equal(chain.reason, "it does not name the hash of the line before it");
    t[6] = 'r';

    char *second = strchr(log.bytes, '\n') + 1;
    char *third = strchr(second, '\n') + 1;
    memmove(second, third, strlen(third) + 1);
    scratch_write(*state, LOG, log.bytes);
    chain = check(*state);
    assert_int_equal(chain.broken_line, 2);
    assert_string_equal(chain.reason, "it does not have the next sequence number");
    trail_text_clear(&log);
}

static void a_last_line_cut_by_a_crash_is_named_and_mended_openly(void **state)
{
    assert_int_equal(append(*state, TRAIL_CUSTODY_RUN, "a", NULL), TRAIL_OK);
    trail_text log = scratch_read(*state, LOG);
    assert_int_equal(trail_text_add(&log, trail_slice_of("{\"seq\":2,"), NULL), TRAIL_OK);
    scratch_write(*state, LOG, log.bytes);
    trail_text_clear(&log);
    trail_custody_chain chain = check(*state);
    assert_int_equal(chain.broken_line, 2);
    assert_string_equal(chain.reason, "it is cut off");

    assert_int_equal(append(*state, TRAIL_CUSTODY_VERIFY, NULL, NULL), TRAIL_OK);
    chain = check(*state);
    assert_int_equal(chain.line_count, 2);
    assert_int_equal(chain.broken_line, 0);
    log = scratch_read(*state, LOG);
    assert_non_null(strstr(log.bytes, "\"cut_bytes\":9}"));
    trail_text_clear(&log);
}

static void an_event_is_found_by_operation_and_field(void **state)
{
    assert_int_equal(append(*state, TRAIL_CUSTODY_RECEIVED, "a\",\"sha256\":\"fe", NULL), TRAIL_OK);
    assert_int_equal(append(*state, TRAIL_CUSTODY_RUN, "abc", NULL), TRAIL_OK);
    trail_text log = scratch_read(*state, LOG);
    trail_slice all = trail_text_slice(&log);
    assert_true(trail_custody_log_has(all, "run", "file", "abc"));
    assert_false(trail_custody_log_has(all, "received", "file", "abc"));
    assert_false(trail_custody_log_has(all, "run", "file", "ab"));
    assert_false(trail_custody_log_has(all, "run", "file", "bc"));
    assert_false(trail_custody_log_has(all, "run", "ile", "abc"));
    assert_false(trail_custody_log_has(all, "received", "sha256", "fe"));
    trail_text_clear(&log);
}

static void two_processes_append_without_losing_a_line(void **state)
{
    enum { EACH = 40 };
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        for (int i = 0; i < EACH; i++)
            if (append(*state, TRAIL_CUSTODY_RUN, "child", NULL) != TRAIL_OK) _exit(1);
        _exit(0);
    }
    for (int i = 0; i < EACH; i++)
        assert_int_equal(append(*state, TRAIL_CUSTODY_RUN, "parent", NULL), TRAIL_OK);
    int result = 0;
    assert_int_equal(waitpid(child, &result, 0), child);
    assert_int_equal(result, 0);
    trail_custody_chain chain = check(*state);
    assert_int_equal(chain.line_count, 2 * EACH);
    assert_int_equal(chain.broken_line, 0);
}

static void a_full_disk_leaves_the_log_as_it_was(void **state)
{
    assert_int_equal(append(*state, TRAIL_CUSTODY_RUN, "a", NULL), TRAIL_OK);
    trail_text before = scratch_read(*state, LOG);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct rlimit small = {before.length + 100, before.length + 100};
        signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &small);
        trail_error err = {0};
        _exit(append(*state, TRAIL_CUSTODY_RUN, "b", &err) == TRAIL_IO &&
                      strstr(err.message, LOG) != NULL
                  ? 0
                  : 1);
    }
    int result = 0;
    assert_int_equal(waitpid(child, &result, 0), child);
    assert_int_equal(result, 0);
    trail_text after = scratch_read(*state, LOG);
    assert_string_equal(before.bytes, after.bytes);
    trail_text_clear(&before);
    trail_text_clear(&after);
}

static void every_refused_allocation_leaves_the_log_whole(void **state)
{
    uint64_t lines = 0;
    for (size_t n = 1;; n++) {
        failing_alloc_at(n);
        trail_status status = append(*state, TRAIL_CUSTODY_RUN, "a", NULL);
        bool failed = failing_alloc_count() >= n;
        failing_alloc_at(0);
        assert_int_equal(status, failed ? TRAIL_NO_MEMORY : TRAIL_OK);
        if (!failed) {
            lines = check(*state).line_count;
            break;
        }
    }
    assert_int_equal(lines, 1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(lines_are_chained_from_64_zeros),
        TEST(the_hash_of_a_line_covers_a_zero_byte_and_the_line),
        TEST(events_of_one_opening_are_appended_together),
        TEST(one_changed_byte_breaks_the_chain_at_the_next_line),
        TEST(a_last_line_cut_by_a_crash_is_named_and_mended_openly),
        TEST(an_event_is_found_by_operation_and_field),
        TEST(two_processes_append_without_losing_a_line),
        TEST(a_full_disk_leaves_the_log_as_it_was),
        TEST(every_refused_allocation_leaves_the_log_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
