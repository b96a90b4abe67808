#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "ingest/entry_writer.h"
#include "support/failing_alloc.h"

#define DAY 20000

typedef struct writing {
    trail_ledger ledger;
    trail_rejects rejects;
    trail_source source;
    trail_reading reading;
    trail_entry_writer writer;
} writing;

static trail_status open_writing(writing *w, trail_error *err)
{
    static const uint8_t hash[TRAIL_DIGEST_SIZE] = {1};
    *w = (writing){.source = {.file = "received/a.sta",
                              .from = TRAIL_NO_DAY,
                              .to = TRAIL_NO_DAY,
                              .scope_from = TRAIL_NO_DAY,
                              .scope_to = TRAIL_NO_DAY}};
    trail_rejects_init(&w->rejects);
    w->reading = (trail_reading){.ledger = &w->ledger,
                                 .rejects = &w->rejects,
                                 .reject_limit = 10,
                                 .source = &w->source,
                                 .name = w->source.file,
                                 .hash = hash,
                                 .size = 100};
    trail_status status = trail_ledger_init(&w->ledger, err);
    return status == TRAIL_OK ? trail_entry_writer_init(&w->writer, &w->reading, err) : status;
}

static void close_writing(writing *w)
{
    trail_entry_writer_clear(&w->writer);
    trail_rejects_clear(&w->rejects);
    trail_ledger_clear(&w->ledger);
}

static trail_currency eur(void)
{
    trail_currency currency = TRAIL_NO_CURRENCY;
    assert_true(trail_currency_find(trail_slice_of("EUR"), &currency));
    return currency;
}

static trail_movement movement(bool credit, int64_t amount, int day, const char *other)
{
    trail_movement said = {.place = {.offset = (uint64_t)day * 100, .line = 1, .length = 50},
                           .credit = credit,
                           .amount_minor = amount,
                           .currency = eur(),
                           .booking_day = DAY + day,
                           .booking_second = TRAIL_NO_TIME,
                           .value_day = TRAIL_NO_DAY,
                           .text = trail_slice_of("Rent")};
    said.own.number = trail_slice_of("OWN 1");
    said.other.number = trail_slice_of(other);
    said.other.name = trail_slice_of(other);
    return said;
}

static trail_stated_balance booked(int64_t amount, int day)
{
    return (trail_stated_balance){
        .kind = TRAIL_BALANCE_BOOKED, .day = DAY + day, .amount_minor = amount};
}

static trail_status end(writing *w, int64_t opening, int64_t closing, bool report, trail_error *err)
{
    const trail_party_said own = {.number = trail_slice_of("OWN 1")};
    trail_statement statement = {.currency = eur(),
                                 .is_report = report,
                                 .line = 1,
                                 .opening = booked(opening, 0),
                                 .closing = booked(closing, 9),
                                 .from_day = TRAIL_NO_DAY,
                                 .to_day = TRAIL_NO_DAY};
    return trail_entry_writer_end_statement(&w->writer, &own, &statement, trail_slice_of("REF"),
                                            trail_slice_of("5/1"), err);
}

static trail_status write_statement(writing *w, bool reversal, int64_t closing, bool report,
                                    trail_error *err)
{
    trail_movement in = movement(true, 500, 1, "A");
    trail_movement out = movement(false, 200, 3, "B");
    out.wire.facts.reversal = reversal;
    out.wire.texts[TRAIL_WIRE_END_TO_END] = trail_slice_of("E2E");
    trail_status status = trail_entry_writer_movement(&w->writer, &in, err);
    if (status == TRAIL_OK) status = trail_entry_writer_movement(&w->writer, &out, err);
    if (status == TRAIL_OK) status = end(w, 1000, closing, report, err);
    return status == TRAIL_OK ? trail_entry_writer_finish(&w->writer, NULL, err) : status;
}

static void a_statement_puts_entries_opening_observation_and_wire(void **state)
{
    writing w;
    (void)state;
    assert_int_equal(open_writing(&w, NULL), TRAIL_OK);
    assert_int_equal(write_statement(&w, false, 1300, false, NULL), TRAIL_OK);
    assert_int_equal(w.ledger.count, 2);
    assert_int_equal(w.ledger.flags[0], TRAIL_HAS_CREDIT);
    assert_int_equal(w.ledger.flags[1], TRAIL_HAS_DEBIT);
    assert_int_equal(w.ledger.payee[0], w.ledger.payer[1]);
    const trail_opening *opening = w.ledger.openings.items;
    assert_int_equal(w.ledger.openings.count, 1);
    assert_int_equal(opening->amount_minor, 1000);
    assert_int_equal(opening->day, DAY + 1);
    const trail_observation *observed = w.ledger.observations.items;
    assert_int_equal(observed->from_day, DAY + 1);
    assert_int_equal(observed->to_day, DAY + 9);
    const trail_statement *statement = w.ledger.statements.items;
    assert_int_equal(statement->first_record, 0);
    assert_int_equal(statement->end_record, 2);
    assert_null(trail_ledger_wire(&w.ledger, 0));
    const trail_wire *wire = trail_ledger_wire(&w.ledger, 1);
    assert_non_null(wire);
    assert_true(trail_slice_is(
        trail_strings_get(w.ledger.strings, wire->texts[TRAIL_WIRE_END_TO_END]), "E2E"));
    const trail_detail *detail = trail_records_detail(&w.ledger.records, 1);
    assert_true(trail_slice_is(trail_strings_get(w.ledger.strings, detail->payee_name), "B"));
    const trail_file *file = w.ledger.records.files.items;
    assert_int_equal(file->first_day, DAY + 1);
    assert_int_equal(file->last_day, DAY + 3);
    close_writing(&w);
}

static void balances_decide_the_sign_of_reversals(void **state)
{
    writing w;
    (void)state;
    assert_int_equal(open_writing(&w, NULL), TRAIL_OK);
    assert_int_equal(write_statement(&w, true, 1700, false, NULL), TRAIL_OK);
    assert_int_equal(w.ledger.flags[1], TRAIL_HAS_CREDIT);
    assert_int_equal(w.ledger.payee[1], w.ledger.payee[0]);
    const trail_detail *detail = trail_records_detail(&w.ledger.records, 1);
    assert_true(trail_slice_is(trail_strings_get(w.ledger.strings, detail->payer_name), "B"));
    assert_int_equal(w.rejects.remarks.count, 1);
    close_writing(&w);
    /* As written where that closes, and where neither way does. */
    for (int i = 0; i < 2; i++) {
        assert_int_equal(open_writing(&w, NULL), TRAIL_OK);
        assert_int_equal(write_statement(&w, true, i == 0 ? 1300 : 1400, false, NULL), TRAIL_OK);
        assert_int_equal(w.ledger.flags[1], TRAIL_HAS_DEBIT);
        assert_int_equal(w.rejects.remarks.count, 0);
        close_writing(&w);
    }
}

static void a_report_observes_nothing_and_opens_no_pocket(void **state)
{
    writing w;
    (void)state;
    assert_int_equal(open_writing(&w, NULL), TRAIL_OK);
    assert_int_equal(write_statement(&w, false, 1300, true, NULL), TRAIL_OK);
    assert_int_equal(w.ledger.count, 2);
    assert_int_equal(w.ledger.openings.count, 0);
    assert_int_equal(w.ledger.observations.count, 0);
    assert_int_equal(w.ledger.statements.count, 1);
    close_writing(&w);
}

static void rows_outside_the_scope_are_records_only_until_released(void **state)
{
    static const trail_release release = {.account = "OWN1", .from = DAY + 2, .to = TRAIL_NO_DAY};
    writing w;
    (void)state;
    for (int released = 0; released < 2; released++) {
        assert_int_equal(open_writing(&w, NULL), TRAIL_OK);
        w.source.scope_to = DAY;
        w.source.releases = trail_vector_of(sizeof(trail_release));
        if (released) {
            assert_int_equal(trail_vector_push(&w.source.releases, &release, NULL), TRAIL_OK);
        }
        trail_entry_writer_clear(&w.writer);
        assert_int_equal(trail_entry_writer_init(&w.writer, &w.reading, NULL), TRAIL_OK);
        assert_int_equal(write_statement(&w, false, 1300, false, NULL), TRAIL_OK);
        assert_int_equal(w.ledger.count, released);
        assert_int_equal(trail_records_state(&w.ledger.records, 0), TRAIL_RECORD_OUT_OF_SCOPE);
        const trail_outside *outside = w.ledger.outside.items;
        assert_int_equal(w.ledger.outside.count, released ? 1 : 2);
        assert_int_equal(outside->day, DAY + 1);
        assert_true(trail_slice_is(trail_strings_get(w.ledger.strings, outside->number), "OWN 1"));
        assert_int_equal(trail_records_state(&w.ledger.records, 1),
                         released ? TRAIL_RECORD_PAYMENT : TRAIL_RECORD_OUT_OF_SCOPE);
        trail_vector_clear(&w.source.releases);
        close_writing(&w);
    }
}

static void a_movement_on_no_account_is_a_reject_and_a_message_needs_none(void **state)
{
    writing w;
    (void)state;
    assert_int_equal(open_writing(&w, NULL), TRAIL_OK);
    trail_movement lost = movement(true, 500, 1, "A");
    lost.own.number = trail_slice_of("");
    assert_int_equal(trail_entry_writer_movement(&w.writer, &lost, NULL), TRAIL_OK);
    assert_int_equal(w.rejects.rejects.count, 1);
    trail_message_said said = {.type = TRAIL_MESSAGE_MT103,
                               .amount_minor = 70,
                               .currency = eur(),
                               .value_day = DAY,
                               .payee = {.number = trail_slice_of("X9")},
                               .sender = trail_slice_of("BANKDEFF")};
    assert_int_equal(trail_entry_writer_message(&w.writer, &said, NULL), TRAIL_OK);
    const trail_message *message = w.ledger.messages.items;
    assert_int_equal(w.ledger.messages.count, 1);
    assert_int_equal(message->record, 1);
    assert_int_equal(message->payer, TRAIL_NO_ACCOUNT);
    assert_int_not_equal(message->payee, TRAIL_NO_ACCOUNT);
    assert_int_equal(w.ledger.count, 0);
    close_writing(&w);
}

static trail_status write_once(void *context, trail_error *err)
{
    writing w;
    (void)context;
    trail_status status = open_writing(&w, err);
    if (status == TRAIL_OK) status = write_statement(&w, true, 1700, false, err);
    close_writing(&w);
    return status;
}

static void every_refused_allocation_is_reported(void **state)
{
    (void)state;
    assert_true(failing_alloc_each(write_once, NULL) > 5);
}

/* Half an account number is not known for the protected one that it is half of. */
static void what_is_cut_is_cut_between_words(void **state)
{
    static const char number[] = "LV80BANK0000435195001";
    char value[400];
    writing w;
    (void)state;
    assert_int_equal(open_writing(&w, NULL), TRAIL_OK);
    memset(value, 'x', sizeof value);
    value[189] = ' ';
    memcpy(value + 190, number, sizeof number - 1);
    trail_slice long_value = {value, sizeof value};
    assert_int_equal(trail_entry_writer_reject(&w.writer, (trail_record_place){.line = 1}, "code",
                                               "column", "refused", long_value, long_value, NULL),
                     TRAIL_OK);
    const trail_reject *reject = trail_vector_at(&w.rejects.rejects, 0);
    trail_slice message = trail_strings_get(w.ledger.strings, reject->message);
    assert_int_equal(trail_slice_find(message, trail_slice_of("LV80")), SIZE_MAX);
    assert_int_not_equal(trail_slice_find(message, trail_slice_of("xxx")), SIZE_MAX);
    /* What has no word to cut at is still shown. */
    memset(value, 'x', sizeof value);
    assert_int_equal(trail_entry_writer_reject(&w.writer, (trail_record_place){.line = 2}, "code",
                                               "column", "refused", long_value, long_value, NULL),
                     TRAIL_OK);
    reject = trail_vector_at(&w.rejects.rejects, 1);
    message = trail_strings_get(w.ledger.strings, reject->message);
    assert_true(message.length > 200);
    close_writing(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_statement_puts_entries_opening_observation_and_wire),
        cmocka_unit_test(balances_decide_the_sign_of_reversals),
        cmocka_unit_test(a_report_observes_nothing_and_opens_no_pocket),
        cmocka_unit_test(rows_outside_the_scope_are_records_only_until_released),
        cmocka_unit_test(a_movement_on_no_account_is_a_reject_and_a_message_needs_none),
        cmocka_unit_test(every_refused_allocation_is_reported),
        cmocka_unit_test(what_is_cut_is_cut_between_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
