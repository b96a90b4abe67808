/* Payment messages put into a ledger as reading leaves them (reading.h). */
#ifndef TESTS_SUPPORT_MESSAGE_CASE_H
#define TESTS_SUPPORT_MESSAGE_CASE_H

#include "support/reading.h"

typedef struct said {
    uint8_t type;
    uint32_t payer, payee; /* from 1, 0: not named */
    int64_t amount;
    int day;
    const char *uetr, *own, *related;
    int64_t charges;
    int64_t instructed;
    const char *payer_name, *payee_name, *end_to_end;
    const char *currency; /* NULL: EUR */
} said;

static inline void say(trail_ledger *ledger, const said *what)
{
    uint32_t record;
    const trail_file *file =
        trail_vector_at(&ledger->records.files, ledger->records.files.count - 1);
    assert_int_equal(trail_records_add(&ledger->records, file->record_count * 100u, 80,
                                       file->record_count + 2, TRAIL_RECORD_PAYMENT, &record, NULL),
                     TRAIL_OK);
    trail_message message = {.record = record,
                             .payer = what->payer == 0 ? TRAIL_NO_ACCOUNT : what->payer - 1,
                             .payee = what->payee == 0 ? TRAIL_NO_ACCOUNT : what->payee - 1,
                             .amount_minor = what->amount,
                             .value_day = what->day,
                             .currency =
                                 currency_of(what->currency == NULL ? "EUR" : what->currency),
                             .type = what->type,
                             .sender = reading_string(ledger, "BANKDEFF")};
    trail_wire wire = {.record = record, .charges_minor = what->charges};
    wire.texts[TRAIL_WIRE_UETR] = reading_string(ledger, what->uetr);
    wire.texts[TRAIL_WIRE_INSTRUCTION] = reading_string(ledger, what->own);
    wire.texts[TRAIL_WIRE_RELATED] = reading_string(ledger, what->related);
    wire.texts[TRAIL_WIRE_END_TO_END] = reading_string(ledger, what->end_to_end);
    if (what->payer_name != NULL || what->payee_name != NULL) {
        trail_detail *detail;
        assert_int_equal(trail_records_detail_of_newest(&ledger->records, &detail, NULL), TRAIL_OK);
        detail->payer_name = reading_string(ledger, what->payer_name);
        detail->payee_name = reading_string(ledger, what->payee_name);
    }
    if (what->instructed > 0) {
        wire.instructed_minor = what->instructed;
        wire.instructed_currency = currency_of("EUR");
    }
    assert_int_equal(trail_vector_push(&ledger->messages, &message, NULL), TRAIL_OK);
    assert_int_equal(trail_vector_push(&ledger->wires, &wire, NULL), TRAIL_OK);
}

#endif
