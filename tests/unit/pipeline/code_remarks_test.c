#include "pipeline/code_remarks.h"

#include "support/failing_alloc.h"
#include "support/ledger_builder.h"
#include "support/reading.h"

static const ledger_row rows[] = {
    {.payer = "LV81BANK0000435195001", .payee = "7", .amount = 100, .day = 0},
    {.payer = "7", .payee = "LV81BANK0000435195001", .amount = 100, .day = 1, .currency = "LVL"},
    {.payer = "DE8937040044053201300", .payee = "7", .amount = 100, .day = 2, .currency = "LVL"},
    {.payer = "7", .payee = "****5001", .amount = 100, .day = 2, .currency = "EUR"},
};

static trail_slice message_of(const trail_ledger *ledger, const trail_rejects *rejects,
                              const char *code)
{
    trail_slice found = {"", 0};
    for (size_t i = 0; i < rejects->remarks.count; i++) {
        const trail_remark *remark = trail_vector_at(&rejects->remarks, i);
        if (strcmp(remark->code, code) != 0) continue;
        assert_int_equal(found.length, 0); /* once */
        found = trail_strings_get(ledger->strings, remark->message);
    }
    return found;
}

static bool says(trail_slice message, const char *words)
{
    return trail_slice_find(message, trail_slice_of(words)) < message.length;
}

static void each_number_and_currency_that_does_not_hold_is_said_once(void **state)
{
    (void)state;
    trail_ledger ledger;
    trail_rejects rejects;
    ledger_table table = {.rows = rows, .row_count = TRAIL_LENGTH_OF(rows)};
    ledger_builder_make(&ledger, &table);
    trail_rejects_init(&rejects);
    uint32_t own;
    /* A wire whose BIC has no country, twice. */
    for (uint32_t i = 0; i < 2; i++) {
        trail_wire wire = {.record = i};
        assert_int_equal(trail_strings_put(ledger.strings, trail_slice_of("HABAZZ22"), &own, NULL),
                         TRAIL_OK);
        wire.texts[TRAIL_WIRE_PAYER_AGENT] = own;
        assert_int_equal(trail_vector_push(&ledger.wires, &wire, NULL), TRAIL_OK);
    }
    assert_int_equal(trail_remark_codes(&ledger, &rejects, NULL), TRAIL_OK);
    assert_int_equal(rejects.remarks.count, 4);
    assert_true(says(message_of(&ledger, &rejects, "iban_check_digits"), "LV81BANK0000435195001"));
    assert_true(says(message_of(&ledger, &rejects, "iban_structure"), "of 22 letters and digits"));
    assert_true(says(message_of(&ledger, &rejects, "bic_malformed"), "HABAZZ22"));
    trail_slice currency = message_of(&ledger, &rejects, "currency_out_of_use");
    assert_true(says(currency, "LVL"));
    assert_true(says(currency, "to 2013-12-31"));
    assert_true(says(currency, ": 2, the first of 2025-01-02"));
    trail_rejects_clear(&rejects);
    trail_ledger_clear(&ledger);
}

static void every_refused_allocation_is_a_clean_failure(void **state)
{
    (void)state;
    ledger_table table = {.rows = rows, .row_count = TRAIL_LENGTH_OF(rows)};
    for (size_t nth = 1; nth < 40; nth++) {
        trail_ledger ledger;
        trail_rejects rejects;
        ledger_builder_make(&ledger, &table);
        trail_rejects_init(&rejects);
        failing_alloc_at(nth);
        trail_status status = trail_remark_codes(&ledger, &rejects, NULL);
        bool refused = failing_alloc_count() >= nth;
        failing_alloc_at(0);
        assert_int_equal(status, refused ? TRAIL_NO_MEMORY : TRAIL_OK);
        trail_rejects_clear(&rejects);
        trail_ledger_clear(&ledger);
        if (!refused) return;
    }
    fail_msg("more allocations than the loop tries");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_number_and_currency_that_does_not_hold_is_said_once),
        cmocka_unit_test(every_refused_allocation_is_a_clean_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
