#include "evidence/manifest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "support/failing_alloc.h"
#include "support/scratch.h"

static const uint8_t hash_a[TRAIL_DIGEST_SIZE] = {0xaa};
static const uint8_t hash_b[TRAIL_DIGEST_SIZE] = {0xbb};

static int set_up(void **state)
{
    static scratch place;
    scratch_make(&place);
    scratch_write(&place, "payments.csv", "abc");
    scratch_write(&place, "graph/links.graphml", "<graphml/>");
    *state = &place;
    return 0;
}

static int tear_down(void **state)
{
    scratch_remove(*state);
    return 0;
}

static trail_status make(trail_manifest *manifest, const char *folder, uint8_t *hash)
{
    trail_status status;
    if ((status = trail_manifest_init(manifest, "moneytrail 0.1.0", "e3b0", "Protected: 2.",
                                      NULL)) != TRAIL_OK)
        return status;
    if ((status = trail_manifest_add_parameter(manifest, "share_kept", "0.8 <&> \"\\\t\x7f\xC3\xA9",
                                               NULL)) != TRAIL_OK)
        return status;
    if ((status = trail_manifest_add_parameter(manifest, "max_steps", "6", NULL)) != TRAIL_OK)
        return status;
    if ((status = trail_manifest_add_received(manifest, "received/ü\xE2\x80\xA8.csv", hash_b,
                                              UINT64_C(5000000000), NULL)) != TRAIL_OK)
        return status;
    if ((status = trail_manifest_add_received(manifest, "F-aa0000000000", hash_a, 0, NULL)) !=
        TRAIL_OK)
        return status;
    if ((status = trail_manifest_add_outputs(manifest, folder, NULL)) != TRAIL_OK) return status;
    if ((status = trail_manifest_add_count(manifest, "payments", 12, NULL)) != TRAIL_OK)
        return status;
    return trail_manifest_write(manifest, folder, hash, NULL);
}

static void a_manifest_reads_back_as_it_was_written(void **state)
{
    scratch *place = *state;
    trail_manifest written;
    trail_manifest read;
    uint8_t hash[TRAIL_DIGEST_SIZE];
    uint8_t again[TRAIL_DIGEST_SIZE];
    assert_int_equal(make(&written, place->folder, hash), TRAIL_OK);
    trail_error err = {0};
    trail_status status = trail_manifest_read(&read, place->folder, again, &err);
    assert_string_equal(err.message, "");
    assert_int_equal(status, TRAIL_OK);
    assert_memory_equal(hash, again, sizeof hash);
    assert_string_equal(read.program, "moneytrail 0.1.0");
    assert_string_equal(read.evidence_digest, "e3b0");
    assert_string_equal(read.notice, "Protected: 2.");
    assert_int_equal(read.parameters.count, 2);
    const trail_manifest_parameter *parameter = trail_vector_at(&read.parameters, 0);
    assert_string_equal(parameter->name, "share_kept");
    assert_string_equal(parameter->value, "0.8 <&> \"\\\t\x7f\xC3\xA9");
    assert_int_equal(read.received.count, 2);
    const trail_manifest_file *file = trail_vector_at(&read.received, 0);
    assert_string_equal(file->name, "F-aa0000000000");
    assert_memory_equal(file->hash, hash_a, sizeof hash_a);
    file = trail_vector_at(&read.received, 1);
    assert_string_equal(file->name, "received/ü\xE2\x80\xA8.csv");
    assert_true(file->size == UINT64_C(5000000000));
    assert_int_equal(read.outputs.count, 2);
    file = trail_manifest_output(&read, "payments.csv");
    assert_non_null(file);
    assert_int_equal(file->size, 3);
    assert_int_equal(file->hash[0], 0xba);
    assert_null(trail_manifest_output(&read, "manifest.json"));
    const trail_manifest_count *count = trail_vector_at(&read.counts, 0);
    assert_int_equal(count->value, 12);
    trail_manifest_clear(&written);
    trail_manifest_clear(&read);
}

static void an_empty_manifest_reads_back(void **state)
{
    scratch *place = *state;
    trail_manifest written;
    trail_manifest read;
    assert_int_equal(trail_manifest_init(&written, "", "", "", NULL), TRAIL_OK);
    assert_int_equal(trail_manifest_write(&written, place->folder, NULL, NULL), TRAIL_OK);
    assert_int_equal(trail_manifest_read(&read, place->folder, NULL, NULL), TRAIL_OK);
    assert_int_equal(read.outputs.count, 0);
    trail_manifest_clear(&written);
    trail_manifest_clear(&read);
}

static void the_bytes_do_not_depend_on_the_order_of_files(void **state)
{
    scratch *place = *state;
    trail_manifest one;
    trail_manifest other;
    uint8_t hash[TRAIL_DIGEST_SIZE];
    uint8_t again[TRAIL_DIGEST_SIZE];
    assert_int_equal(trail_manifest_init(&one, "", "", "", NULL), TRAIL_OK);
    assert_int_equal(trail_manifest_init(&other, "", "", "", NULL), TRAIL_OK);
    assert_int_equal(trail_manifest_add_received(&one, "a", hash_a, 1, NULL), TRAIL_OK);
    assert_int_equal(trail_manifest_add_received(&one, "a", hash_b, 1, NULL), TRAIL_OK);
    assert_int_equal(trail_manifest_add_received(&other, "a", hash_b, 1, NULL), TRAIL_OK);
    assert_int_equal(trail_manifest_add_received(&other, "a", hash_a, 1, NULL), TRAIL_OK);
    assert_int_equal(trail_manifest_write(&one, place->folder, hash, NULL), TRAIL_OK);
    assert_int_equal(trail_manifest_write(&other, place->folder, again, NULL), TRAIL_OK);
    assert_memory_equal(hash, again, sizeof hash);
    trail_manifest_clear(&one);
    trail_manifest_clear(&other);
}

/* Cut anywhere, or with one byte more, it is refused and the line is named. */
static void a_manifest_that_was_cut_is_refused(void **state)
{
    scratch *place = *state;
    trail_manifest manifest;
    assert_int_equal(make(&manifest, place->folder, NULL), TRAIL_OK);
    trail_manifest_clear(&manifest);
    trail_text text = scratch_read(place, "manifest.json");
    for (size_t length = 0; length <= text.length; length++) {
        char kept = text.bytes[length];
        trail_error err = {0};
        text.bytes[length] = '\0';
        scratch_write(place, "manifest.json", text.bytes);
        text.bytes[length] = kept;
        trail_status status = trail_manifest_read(&manifest, place->folder, NULL, &err);
        assert_int_equal(status, length == text.length ? TRAIL_OK : TRAIL_BAD_DATA);
        if (status != TRAIL_OK) assert_non_null(strstr(err.message, ": line "));
        trail_manifest_clear(&manifest);
    }
    assert_int_equal(trail_text_add(&text, trail_slice_of("\n"), NULL), TRAIL_OK);
    scratch_write(place, "manifest.json", text.bytes);
    assert_int_equal(trail_manifest_read(&manifest, place->folder, NULL, NULL), TRAIL_BAD_DATA);
    trail_manifest_clear(&manifest);
    trail_text_clear(&text);
}

static void every_refused_allocation_is_reported(void **state)
{
    scratch *place = *state;
    for (size_t n = 1;; n++) {
        trail_manifest written = {0};
        trail_manifest read = {0};
        failing_alloc_at(n);
        trail_status status = make(&written, place->folder, NULL);
        if (status == TRAIL_OK) status = trail_manifest_read(&read, place->folder, NULL, NULL);
        bool failed = failing_alloc_count() >= n;
        failing_alloc_at(0);
        trail_manifest_clear(&written);
        trail_manifest_clear(&read);
        assert_int_equal(status, failed ? TRAIL_NO_MEMORY : TRAIL_OK);
        if (!failed) break;
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_manifest_reads_back_as_it_was_written),
        TEST(an_empty_manifest_reads_back),
        TEST(the_bytes_do_not_depend_on_the_order_of_files),
        TEST(a_manifest_that_was_cut_is_refused),
        TEST(every_refused_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
