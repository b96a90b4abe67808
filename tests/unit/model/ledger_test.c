#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/memory.h"
#include "model/ledger.h"

#include "support/failing_alloc.h"
#include "support/tiny_ledger.h"

static void every_column_keeps_every_payment_as_it_grows(void **state)
{
    (void)state;
    enum { PAYMENTS = 5000 };
    trail_ledger ledger;
    tiny_open(&ledger, 2);
    for (uint32_t i = 0; i < PAYMENTS; i++) {
        trail_entry entry = tiny_entry(i % 2, 1 - i % 2, INT64_C(1) << 40 | i, (int32_t)i);
        entry.record = i;
        tiny_add(&ledger, entry);
    }
    for (uint32_t i = 0; i < PAYMENTS; i++) {
        assert_int_equal(ledger.payer[i], i % 2);
        assert_int_equal(ledger.amount_minor[i], INT64_C(1) << 40 | i);
        assert_int_equal(ledger.booking_day[i], i);
        assert_int_equal(ledger.flags[i], BOTH);
        assert_int_equal(ledger.record[i], i);
    }
    trail_ledger_clear(&ledger);
}

static void attach(trail_ledger *ledger, uint32_t payment, uint32_t record)
{
    const trail_attached more = {payment, record};
    assert_int_equal(trail_vector_push(&ledger->attached, &more, NULL), TRAIL_OK);
}

/* Entries 0..5, of which 3 and 5 are entry 1 once more, and 4 is entry 0. */
static void merged_entries_leave_their_records_with_those_that_stay(void **state)
{
    static const uint32_t into[] = {0, 1, 2, 1, 0, 1};
    uint32_t renumber[6], records[4];
    trail_ledger ledger;
    (void)state;
    tiny_open(&ledger, 2);
    for (uint32_t i = 0; i < 6; i++) {
        trail_entry entry = tiny_entry(0, 1, 100 + i, (int32_t)i);
        entry.record = 10 + i;
        entry.has_received = i == 2 || i == 3;
        entry.received_minor = 500 + i;
        entry.received_currency = currency_of("USD");
        tiny_add(&ledger, entry);
    }
    attach(&ledger, 3, 30);
    assert_int_equal(trail_ledger_merge(&ledger, into, renumber, NULL), TRAIL_OK);
    assert_int_equal(ledger.count, 3);
    assert_int_equal(ledger.amount_minor[2], 102);
    assert_int_equal(ledger.credit_sides.count, 1);
    assert_int_equal(trail_ledger_credit(&ledger, 2).amount_minor, 502);
    assert_int_equal(trail_ledger_records(&ledger, 1, records, 4), 4);
    static const uint32_t of_one[] = {11, 13, 15, 30};
    assert_memory_equal(records, of_one, sizeof of_one);
    assert_int_equal(trail_ledger_records(&ledger, 0, records, 4), 2);
    assert_int_equal(records[1], 14);
    assert_int_equal(renumber[5], 1);
    assert_int_equal(renumber[4], 0);
    assert_int_equal(trail_ledger_records(&ledger, 2, records, 4), 1);
    trail_ledger_clear(&ledger);
}

/* What must hold after all that joins and moves payments: no record is lost, none counts twice. */
static void a_record_of_no_payment_or_of_two_is_noticed(void **state)
{
    static const uint8_t hash[TRAIL_DIGEST_SIZE] = {1};
    trail_ledger ledger;
    trail_error err = {TRAIL_OK, ""};
    uint32_t file, record;
    (void)state;
    tiny_open(&ledger, 2);
    assert_int_equal(
        trail_records_open_file(&ledger.records, "received/a.csv", hash, 9, 0, &file, NULL),
        TRAIL_OK);
    for (uint32_t i = 0; i < 4; i++)
        assert_int_equal(trail_records_add(&ledger.records, i, 1, i + 1,
                                           i == 3 ? TRAIL_RECORD_REJECT : TRAIL_RECORD_PAYMENT,
                                           &record, NULL),
                         TRAIL_OK);
    trail_entry entry = tiny_entry(0, 1, 100, 1);
    entry.record = 0;
    entry.has_received = true; /* both legs of one row: one record */
    entry.received_minor = 90;
    entry.received_currency = currency_of("USD");
    tiny_add(&ledger, entry);
    entry.record = 1;
    tiny_add(&ledger, entry);
    assert_int_equal(trail_ledger_check_records(&ledger, &err), TRAIL_INTERNAL);
    assert_string_equal(err.message, "record 3 of received/a.csv attests no payment");
    attach(&ledger, 1, 2);
    assert_int_equal(trail_ledger_check_records(&ledger, NULL), TRAIL_OK);
    attach(&ledger, 0, 2);
    assert_int_equal(trail_ledger_check_records(&ledger, &err), TRAIL_INTERNAL);
    ledger.attached.count--;
    attach(&ledger, 0, 3); /* refused: no evidence of a payment */
    assert_int_equal(trail_ledger_check_records(&ledger, &err), TRAIL_INTERNAL);
    ledger.attached.count--;
    ((trail_attached *)ledger.attached.items)->payment = 7; /* of no payment that there is */
    assert_int_equal(trail_ledger_check_records(&ledger, &err), TRAIL_INTERNAL);
    trail_ledger_clear(&ledger);
}

/* Payments with credit sides of rows and several records, put into a random order and compared with
 * values kept apart. */
static void payments_move_with_their_credit_sides_and_records(void **state)
{
    uint64_t seed = 3;
    (void)state;
    for (int round = 0; round < 200; round++) {
        trail_ledger ledger;
        uint32_t order[20], count = 1 + tiny_random(&seed, 20);
        tiny_open(&ledger, 2);
        for (uint32_t i = 0; i < count; i++) {
            trail_entry entry = tiny_entry(0, 1, 100 + i, (int32_t)i);
            entry.record = 1000 + i;
            entry.has_received = tiny_random(&seed, 2) == 0;
            entry.received_minor = 500 + i;
            entry.received_currency = currency_of("USD");
            tiny_add(&ledger, entry);
            for (uint32_t k = 0; k < i % 3; k++)
                attach(&ledger, i, 2000 + 10 * i + k);
            order[i] = i;
        }
        for (uint32_t i = count; i > 1; i--) {
            uint32_t k = tiny_random(&seed, i), swap = order[k];
            order[k] = order[i - 1];
            order[i - 1] = swap;
        }
        bool sided[20];
        for (uint32_t i = 0; i < count; i++)
            sided[i] = trail_ledger_credit_side(&ledger, i) != NULL;
        assert_int_equal(trail_ledger_permute(&ledger, order, NULL), TRAIL_OK);
        for (uint32_t i = 0; i < count; i++) {
            uint32_t was = order[i], records[4];
            assert_int_equal(ledger.amount_minor[i], 100 + was);
            assert_int_equal(ledger.booking_day[i], was);
            const trail_credit_side *side = trail_ledger_credit_side(&ledger, i);
            assert_int_equal(side != NULL, sided[was]);
            assert_int_equal(trail_ledger_converts(&ledger, i), sided[was]);
            if (side != NULL) assert_int_equal(side->amount_minor, 500 + was);
            if (side != NULL) assert_int_equal(side->payment, i);
            assert_int_equal(trail_ledger_records(&ledger, i, records, 4), 1 + was % 3);
            assert_int_equal(records[0], 1000 + was);
            for (uint32_t k = 0; k < was % 3; k++)
                assert_int_equal(records[1 + k], 2000 + 10 * was + k);
        }
        trail_ledger_clear(&ledger);
    }
}

static void records_of_a_payment_come_in_record_order_and_are_counted_beyond_the_room(void **state)
{
    trail_ledger ledger;
    uint32_t records[2] = {0, 0};
    static const trail_credit_side side = {.payment = 0, .record = 5};
    (void)state;
    tiny_open(&ledger, 2);
    trail_entry entry = tiny_entry(0, 1, 100, 0);
    entry.record = 9;
    tiny_add(&ledger, entry);
    assert_int_equal(trail_vector_push(&ledger.credit_sides, &side, NULL), TRAIL_OK);
    ledger.flags[0] |= TRAIL_HAS_CREDIT_SIDE | TRAIL_TWO_RECORDS;
    attach(&ledger, 0, 20);
    attach(&ledger, 0, 7);
    assert_int_equal(trail_ledger_settle_attached(&ledger, NULL), TRAIL_OK);
    assert_int_equal(trail_ledger_records(&ledger, 0, records, 2), 4); /* 5 7 9 20 */
    assert_int_equal(records[0], 5);
    assert_int_equal(records[1], 7);
    trail_ledger_clear(&ledger);
}

static trail_status fill_and_permute(void *context, trail_error *err)
{
    trail_ledger ledger;
    uint32_t order[3] = {2, 0, 1};
    (void)context;
    trail_status status = trail_ledger_init(&ledger, err);
    if (status != TRAIL_OK) return status;
    trail_entry entry = tiny_entry(TRAIL_NO_ACCOUNT, TRAIL_NO_ACCOUNT, 5, 1);
    entry.has_received = true;
    entry.received_minor = 6;
    entry.received_currency = entry.currency;
    for (size_t i = 0; i < 3 && status == TRAIL_OK; i++)
        status = trail_ledger_add(&ledger, &entry, err);
    if (status == TRAIL_OK) status = trail_ledger_permute(&ledger, order, err);
    trail_ledger_clear(&ledger);
    return status;
}

static void every_refused_allocation_is_reported(void **state)
{
    (void)state;
    assert_true(failing_alloc_each(fill_and_permute, NULL) > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_column_keeps_every_payment_as_it_grows),
        cmocka_unit_test(merged_entries_leave_their_records_with_those_that_stay),
        cmocka_unit_test(a_record_of_no_payment_or_of_two_is_noticed),
        cmocka_unit_test(payments_move_with_their_credit_sides_and_records),
        cmocka_unit_test(records_of_a_payment_come_in_record_order_and_are_counted_beyond_the_room),
        cmocka_unit_test(every_refused_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
