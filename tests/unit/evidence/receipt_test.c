#include "evidence/receipt.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>
#include <sys/stat.h>

#include "support/failing_alloc.h"
#include "support/scratch.h"

static int set_up(void **state)
{
    static scratch place;
    scratch_make(&place);
    scratch_write(&place, "received/a.csv", "abc");
    scratch_write(&place, "received/ü b.csv", "");
    scratch_write(&place, "received/c.csv", "hello\n");
    *state = &place;
    return 0;
}

static int tear_down(void **state)
{
    scratch_remove(*state);
    return 0;
}

static const char *const names[] = {"received/a.csv", "received/ü b.csv", "received/c.csv"};

static void files_are_hashed_whatever_the_number_of_threads(void **state)
{
    scratch *place = *state;
    for (unsigned threads = 1; threads <= 3; threads++) {
        trail_receipt receipts[3];
        char hex[TRAIL_DIGEST_HEX];
        assert_int_equal(trail_receipt_take(place->folder, names, 3, threads, receipts, NULL),
                         TRAIL_OK);
        trail_hex(receipts[0].hash, TRAIL_DIGEST_SIZE, hex);
        assert_string_equal(hex,
                            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_int_equal(receipts[0].size, 3);
        assert_int_equal(receipts[1].size, 0);
        assert_int_equal(receipts[2].size, 6);
    }
}

static void the_digest_is_what_sha256sum_gives_and_ignores_the_order(void **state)
{
    scratch *place = *state;
    trail_receipt receipts[3];
    char hex[TRAIL_DIGEST_HEX];
    assert_int_equal(trail_receipt_take(place->folder, names, 3, 1, receipts, NULL), TRAIL_OK);
    assert_int_equal(trail_evidence_digest(receipts, 3, hex, NULL), TRAIL_OK);
    /* printf abc > a; : > b; echo hello > c; sha256sum a b c | cut -c1-64 | sort | sha256sum */
    assert_string_equal(hex, "4c2927e0f128c0ef89c198c82f6bffa578ca03101c2c43bdae7ccb4ffe582951");
    trail_receipt turned[3] = {receipts[2], receipts[0], receipts[1]};
    char again[TRAIL_DIGEST_HEX];
    assert_int_equal(trail_evidence_digest(turned, 3, again, NULL), TRAIL_OK);
    assert_string_equal(hex, again);
    assert_int_equal(trail_evidence_digest(receipts, 2, again, NULL), TRAIL_OK);
    assert_string_not_equal(hex, again);
    assert_int_equal(trail_evidence_digest(receipts, 0, again, NULL), TRAIL_OK);
    assert_string_equal(again, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

static void a_missing_file_and_a_folder_are_named(void **state)
{
    scratch *place = *state;
    static const char *const wrong[][2] = {{"received/none.csv", "is not there"},
                                           {"received", "is a folder"},
                                           {"received/a.csv/b", "is not there"}};
    for (size_t i = 0; i < TRAIL_LENGTH_OF(wrong); i++) {
        trail_receipt receipt;
        trail_error err = {0};
        assert_int_equal(trail_receipt_take(place->folder, wrong[i], 1, 1, &receipt, &err),
                         TRAIL_USAGE);
        assert_non_null(strstr(err.message, wrong[i][0]));
        assert_non_null(strstr(err.message, wrong[i][1]));
    }
    trail_receipt receipt;
    const char *device = "/dev/null";
    assert_int_equal(trail_receipt_take(place->folder, &device, 1, 1, &receipt, NULL), TRAIL_USAGE);
}

static void received_files_are_not_touched(void **state)
{
    scratch *place = *state;
    struct stat before;
    struct stat after;
    trail_receipt receipts[3];
    assert_int_equal(stat(scratch_path(place, names[0]), &before), 0);
    assert_int_equal(trail_receipt_take(place->folder, names, 3, 2, receipts, NULL), TRAIL_OK);
    assert_int_equal(stat(scratch_path(place, names[0]), &after), 0);
    assert_int_equal(before.st_mtim.tv_nsec, after.st_mtim.tv_nsec);
    assert_int_equal(before.st_ctim.tv_nsec, after.st_ctim.tv_nsec);
}

static void every_refused_allocation_is_reported(void **state)
{
    scratch *place = *state;
    for (size_t n = 1;; n++) {
        trail_receipt receipts[3];
        char hex[TRAIL_DIGEST_HEX];
        failing_alloc_at(n);
        trail_status status = trail_receipt_take(place->folder, names, 3, 1, receipts, NULL);
        if (status == TRAIL_OK) status = trail_evidence_digest(receipts, 3, hex, NULL);
        bool failed = failing_alloc_count() >= n;
        failing_alloc_at(0);
        assert_int_equal(status, failed ? TRAIL_NO_MEMORY : TRAIL_OK);
        if (!failed) break;
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(files_are_hashed_whatever_the_number_of_threads),
        TEST(the_digest_is_what_sha256sum_gives_and_ignores_the_order),
        TEST(a_missing_file_and_a_folder_are_named),
        TEST(received_files_are_not_touched),
        TEST(every_refused_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
