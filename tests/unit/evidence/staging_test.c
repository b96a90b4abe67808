#include "evidence/staging.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/path.h"
#include "evidence/manifest.h"
#include "support/failing_alloc.h"
#include "support/scratch.h"

static const char *const received[] = {"received/lv/a.csv", "top.csv"};

static int set_up(void **state)
{
    static scratch place;
    scratch_make(&place);
    scratch_write(&place, "case/received/lv/a.csv", "a");
    scratch_write(&place, "case/top.csv", "b");
    *state = &place;
    return 0;
}

static int tear_down(void **state)
{
    scratch_remove(*state);
    return 0;
}

static trail_status begin(scratch *place, const char *out, trail_staging **staging,
                          trail_error *err)
{
    char case_folder[SCRATCH_PATH];
    snprintf(case_folder, sizeof case_folder, "%s/case", place->folder);
    return trail_staging_begin(staging, case_folder, scratch_path(place, out), received,
                               TRAIL_LENGTH_OF(received), err);
}

static void put_file(const char *folder, const char *name, const char *text)
{
    char path[SCRATCH_PATH];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static trail_status write_generation(scratch *place, const char *text)
{
    trail_staging *staging = NULL;
    trail_status status = begin(place, "case/out", &staging, NULL);
    if (status != TRAIL_OK) return status;
    const char *folder = trail_staging_folder(staging);
    put_file(folder, "a.csv", text);
    put_file(folder, "b.csv", text);
    trail_manifest manifest;
    assert_int_equal(trail_manifest_init(&manifest, "", "", "", NULL), TRAIL_OK);
    assert_int_equal(trail_manifest_add_outputs(&manifest, folder, NULL), TRAIL_OK);
    assert_int_equal(trail_manifest_write(&manifest, folder, NULL, NULL), TRAIL_OK);
    trail_manifest_clear(&manifest);
    return trail_staging_commit(staging, NULL);
}

static void expect_file(scratch *place, const char *name, const char *wanted)
{
    trail_text text = scratch_read(place, name);
    assert_string_equal(text.bytes, wanted);
    trail_text_clear(&text);
}

static void expect_nothing_beside(scratch *place)
{
    assert_false(trail_path_exists(scratch_path(place, "case/out.part")));
    assert_false(trail_path_exists(scratch_path(place, "case/out.earlier")));
    assert_false(trail_path_exists(scratch_path(place, "case/out.lock")));
}

static void a_second_run_replaces_the_first_whole(void **state)
{
    assert_int_equal(write_generation(*state, "1"), TRAIL_OK);
    expect_file(*state, "case/out/a.csv", "1");
    assert_int_equal(write_generation(*state, "2"), TRAIL_OK);
    expect_file(*state, "case/out/a.csv", "2");
    expect_file(*state, "case/out/b.csv", "2");
    expect_nothing_beside(*state);
}

static void an_abandoned_run_leaves_the_earlier_outputs(void **state)
{
    trail_staging *staging = NULL;
    assert_int_equal(write_generation(*state, "1"), TRAIL_OK);
    assert_int_equal(begin(*state, "case/out", &staging, NULL), TRAIL_OK);
    put_file(trail_staging_folder(staging), "a.csv", "half");
    trail_staging_abandon(staging);
    expect_file(*state, "case/out/a.csv", "1");
    expect_nothing_beside(*state);
}

static void a_crash_between_the_two_renames_is_healed(void **state)
{
    scratch *place = *state;
    char out[SCRATCH_PATH];
    trail_staging *staging = NULL;
    assert_int_equal(write_generation(place, "1"), TRAIL_OK);
    snprintf(out, sizeof out, "%s", scratch_path(place, "case/out"));
    assert_int_equal(rename(out, scratch_path(place, "case/out.earlier")), 0);
    scratch_write(place, "case/out.part/a.csv", "half");
    assert_int_equal(begin(place, "case/out", &staging, NULL), TRAIL_OK);
    expect_file(place, "case/out/a.csv", "1");
    trail_staging_abandon(staging);

    scratch_write(place, "case/out.earlier/a.csv", "0"); /* killed before its removal */
    assert_int_equal(begin(place, "case/out", &staging, NULL), TRAIL_OK);
    trail_staging_abandon(staging);
    expect_file(place, "case/out/a.csv", "1");
    expect_nothing_beside(place);
}

static void folders_where_outputs_do_harm_are_refused(void **state)
{
    static const char *const wrong[][2] = {
        {"case/received/lv/out", "lies in a folder of"},
        {"case/received/lv", "lie in the"},
        {"case/received", "lie in the"},
        {"case", "holds the case folder"},
        {"case/../case/received/lv/x/y", "lies in a folder of"},
        {".", "holds the case folder"},
        {"case/top.csv", "is a file"},
        {"full", "no manifest.json"},
        {"mine", "notes.txt was not written"},
    };
    scratch *place = *state;
    scratch_write(place, "full/thesis.txt", "years of work");
    assert_int_equal(write_generation(place, "1"), TRAIL_OK);
    char out[SCRATCH_PATH];
    snprintf(out, sizeof out, "%s", scratch_path(place, "case/out"));
    assert_int_equal(rename(out, scratch_path(place, "mine")), 0);
    scratch_write(place, "mine/notes.txt", "my notes");
    for (size_t i = 0; i < TRAIL_LENGTH_OF(wrong); i++) {
        trail_staging *staging = NULL;
        trail_error err = {0};
        trail_status status = begin(place, wrong[i][0], &staging, &err);
        if (status != TRAIL_USAGE) fail_msg("%s: %d", wrong[i][0], (int)status);
        if (strstr(err.message, wrong[i][1]) == NULL) fail_msg("%s: %s", wrong[i][0], err.message);
    }
    expect_file(place, "full/thesis.txt", "years of work");
    expect_file(place, "mine/notes.txt", "my notes");
}

static void a_folder_beside_received_folders_is_fine(void **state)
{
    trail_staging *staging = NULL;
    assert_int_equal(begin(*state, "case/received/out", &staging, NULL), TRAIL_OK);
    trail_staging_abandon(staging);
    assert_int_equal(begin(*state, "elsewhere/deep/out/", &staging, NULL), TRAIL_OK);
    trail_staging_abandon(staging);
    scratch_write(*state, "case/empty/x", "");
    assert_int_equal(remove(scratch_path(*state, "case/empty/x")), 0);
    assert_int_equal(begin(*state, "case/empty", &staging, NULL), TRAIL_OK);
    trail_staging_abandon(staging);
}

static void droppings_of_other_programs_do_not_stop_a_run(void **state)
{
    assert_int_equal(write_generation(*state, "1"), TRAIL_OK);
    scratch_write(*state, "case/out/.DS_Store", "x");
    scratch_write(*state, "case/out/case.sqlite-journal", "x");
    assert_int_equal(write_generation(*state, "2"), TRAIL_OK);
    expect_file(*state, "case/out/a.csv", "2");
}

static void a_second_run_at_the_same_time_is_refused(void **state)
{
    trail_staging *staging = NULL;
    assert_int_equal(begin(*state, "case/out", &staging, NULL), TRAIL_OK);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        trail_staging *other = NULL;
        trail_error err = {0};
        trail_status status = begin(*state, "case/out", &other, &err);
        _exit(status == TRAIL_USAGE && strstr(err.message, "another run") != NULL ? 0 : 1);
    }
    int result = 0;
    assert_int_equal(waitpid(child, &result, 0), child);
    assert_int_equal(result, 0);
    assert_true(trail_path_exists(trail_staging_folder(staging)));
    trail_staging_abandon(staging);
}

/* Killed at any moment, what stands under out/ after the next begin is one whole generation. */
static void a_kill_at_any_moment_leaves_one_whole_generation(void **state)
{
    scratch *place = *state;
    assert_int_equal(write_generation(place, "0"), TRAIL_OK);
    for (long round = 0; round < 60; round++) {
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            for (unsigned generation = 0;; generation++) {
                char text[24];
                snprintf(text, sizeof text, "%ld-%u", round, generation);
                if (write_generation(place, text) != TRAIL_OK) _exit(1);
            }
        }
        struct timespec nap = {0, 1000000 + round * 397000 % 20000000};
        nanosleep(&nap, NULL);
        assert_int_equal(kill(child, SIGKILL), 0);
        int result = 0;
        assert_int_equal(waitpid(child, &result, 0), child);
        assert_true(WIFSIGNALED(result));

        trail_staging *staging = NULL;
        assert_int_equal(begin(place, "case/out", &staging, NULL), TRAIL_OK);
        trail_staging_abandon(staging);
        trail_text a = scratch_read(place, "case/out/a.csv");
        trail_text b = scratch_read(place, "case/out/b.csv");
        assert_string_equal(a.bytes, b.bytes);
        trail_text_clear(&a);
        trail_text_clear(&b);
        expect_nothing_beside(place);
    }
}

static void every_refused_allocation_leaves_the_earlier_outputs(void **state)
{
    assert_int_equal(write_generation(*state, "1"), TRAIL_OK);
    for (size_t n = 1;; n++) {
        trail_staging *staging = NULL;
        failing_alloc_at(n);
        trail_status status = begin(*state, "case/out", &staging, NULL);
        bool failed = failing_alloc_count() >= n;
        failing_alloc_at(0);
        assert_int_equal(status, failed ? TRAIL_NO_MEMORY : TRAIL_OK);
        trail_staging_abandon(staging);
        expect_file(*state, "case/out/a.csv", "1");
        expect_nothing_beside(*state);
        if (!failed) break;
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_second_run_replaces_the_first_whole),
        TEST(an_abandoned_run_leaves_the_earlier_outputs),
        TEST(a_crash_between_the_two_renames_is_healed),
        TEST(folders_where_outputs_do_harm_are_refused),
        TEST(a_folder_beside_received_folders_is_fine),
        TEST(droppings_of_other_programs_do_not_stop_a_run),
        TEST(a_second_run_at_the_same_time_is_refused),
        TEST(a_kill_at_any_moment_leaves_one_whole_generation),
        TEST(every_refused_allocation_leaves_the_earlier_outputs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
