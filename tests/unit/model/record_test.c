#include "model/record.h"

#include "support/failing_alloc.h"
#include "support/reading.h"

static uint32_t add(trail_records *records, uint64_t offset, uint32_t length, uint64_t line)
{
    uint32_t record;
    assert_int_equal(
        trail_records_add(records, offset, length, line, TRAIL_RECORD_PAYMENT, &record, NULL),
        TRAIL_OK);
    return record;
}

static void open_file(trail_records *records, const char *name)
{
    static const uint8_t hash[TRAIL_DIGEST_SIZE] = {7};
    uint32_t file;
    assert_int_equal(trail_records_open_file(records, name, hash, 1, 2, &file, NULL), TRAIL_OK);
    assert_int_equal(file, records->files.count - 1);
}

static void a_record_keeps_its_place_and_its_file_also_beside_empty_files(void **state)
{
    trail_records records;
    (void)state;
    trail_records_init(&records);
    open_file(&records, "empty.csv");
    open_file(&records, "a.csv");
    assert_int_equal(add(&records, 10, 5, 2), 0);
    assert_int_equal(add(&records, 15, 6, 3), 1);
    assert_int_equal(add(&records, 21, 90, 4), 2); /* a row over three lines */
    assert_int_equal(add(&records, 111, 1, 7), 3);
    open_file(&records, "empty2.csv");
    open_file(&records, "b.csv");
    uint64_t far = (UINT64_C(1) << 40) - 1;
    assert_int_equal(add(&records, far, TRAIL_RECORD_LENGTH_LIMIT, UINT64_C(1) << 33), 4);
    open_file(&records, "empty3.csv");
    static const uint64_t lines[] = {2, 3, 4, 7, UINT64_C(1) << 33};
    static const uint32_t ordinals[] = {1, 2, 3, 4, 1};
    for (uint32_t i = 0; i < 5; i++) {
        assert_int_equal(trail_records_line(&records, i), lines[i]);
        assert_int_equal(trail_records_ordinal(&records, i), ordinals[i]);
        assert_string_equal(trail_records_file(&records, i)->name, i < 4 ? "a.csv" : "b.csv");
    }
    assert_int_equal(trail_records_offset(&records, 4), far);
    assert_int_equal(trail_records_length(&records, 4), TRAIL_RECORD_LENGTH_LIMIT);
    assert_int_equal(trail_records_length(&records, 2), 90);
    trail_records_clear(&records);
}

static void a_state_changes_without_touching_the_place(void **state)
{
    trail_records records;
    (void)state;
    trail_records_init(&records);
    open_file(&records, "a.csv");
    uint32_t record = add(&records, 12345, 678, 2);
    for (int one = 0; one < 4; one++) {
        trail_records_set_state(&records, record, (trail_record_state)one);
        assert_int_equal(trail_records_state(&records, record), one);
        assert_int_equal(trail_records_offset(&records, record), 12345);
        assert_int_equal(trail_records_length(&records, record), 678);
    }
    trail_records_clear(&records);
}

static void places_beyond_the_limits_are_refused_naming_the_file(void **state)
{
    trail_records records;
    trail_error err = {TRAIL_OK, ""};
    uint32_t record;
    (void)state;
    trail_records_init(&records);
    open_file(&records, "a.csv");
    assert_int_equal(
        trail_records_add(&records, UINT64_C(1) << 40, 1, 1, TRAIL_RECORD_PAYMENT, &record, &err),
        TRAIL_BAD_DATA);
    assert_non_null(strstr(err.message, "a.csv"));
    assert_int_equal(trail_records_add(&records, 0, TRAIL_RECORD_LENGTH_LIMIT + 1, 1,
                                       TRAIL_RECORD_PAYMENT, &record, &err),
                     TRAIL_BAD_DATA);
    assert_int_equal(records.count, 0);
    trail_records_clear(&records);
}

static void details_exist_only_where_they_were_asked_for(void **state)
{
    trail_records records;
    trail_detail *detail;
    (void)state;
    trail_records_init(&records);
    open_file(&records, "a.csv");
    (void)add(&records, 0, 1, 1);
    open_file(&records, "b.csv");
    for (uint32_t i = 0; i < 100; i++) {
        (void)add(&records, i, 1, i + 1);
        if (i % 3 != 0) continue;
        assert_int_equal(trail_records_detail_of_newest(&records, &detail, NULL), TRAIL_OK);
        assert_int_equal(detail->value_day, TRAIL_NO_DAY);
        assert_false(detail->has_balance);
        detail->text = i + 1;
    }
    assert_null(trail_records_detail(&records, 0));
    for (uint32_t i = 0; i < 100; i++) {
        const trail_detail *found = trail_records_detail(&records, 1 + i);
        if (i % 3 == 0) assert_int_equal(found->text, i + 1);
        if (i % 3 != 0 && found != NULL) assert_int_equal(found->text, 0);
    }
    trail_records_clear(&records);
}

static trail_status add_some(void *context, trail_error *err)
{
    static const uint8_t hash[TRAIL_DIGEST_SIZE] = {1};
    trail_records records;
    trail_detail *detail;
    uint32_t number;
    (void)context;
    trail_records_init(&records);
    trail_status status = TRAIL_OK;
    for (uint32_t i = 0; i < 60 && status == TRAIL_OK; i++) {
        if (i % 20 == 0) status = trail_records_open_file(&records, "x", hash, 1, 0, &number, err);
        if (status == TRAIL_OK)
            status = trail_records_add(&records, i, 1, i * 2, TRAIL_RECORD_PAYMENT, &number, err);
        if (status == TRAIL_OK) status = trail_records_detail_of_newest(&records, &detail, err);
    }
    trail_records_clear(&records);
    return status;
}

static void a_refused_allocation_is_reported(void **state)
{
    (void)state;
    assert_true(failing_alloc_each(add_some, NULL) > 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_record_keeps_its_place_and_its_file_also_beside_empty_files),
        cmocka_unit_test(a_state_changes_without_touching_the_place),
        cmocka_unit_test(places_beyond_the_limits_are_refused_naming_the_file),
        cmocka_unit_test(details_exist_only_where_they_were_asked_for),
        cmocka_unit_test(a_refused_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
