#include "report/section.h"

#include <string.h>

#include "base/memory.h"

/* The whole numbers of a payment, one column each. */
typedef struct payment_column {
    const char *key;
    int64_t (*value)(const trail_report_view *view, uint32_t payment);
} payment_column;

static int64_t payer_of(const trail_report_view *view, uint32_t payment)
{
    return trail_report_place(view, view->findings->ledger->payer[payment]);
}
static int64_t payee_of(const trail_report_view *view, uint32_t payment)
{
    return trail_report_place(view, view->findings->ledger->payee[payment]);
}
static int64_t time_of(const trail_report_view *view, uint32_t payment)
{
    return view->findings->ledger->booking_second[payment];
}
static int64_t currency_of(const trail_report_view *view, uint32_t payment)
{
    return view->findings->ledger->currency[payment];
}
static int64_t entered_currency_of(const trail_report_view *view, uint32_t payment)
{
    return trail_ledger_credit(view->findings->ledger, payment).currency;
}
static int64_t kind_of(const trail_report_view *view, uint32_t payment)
{
    return view->findings->ledger->kind[payment];
}
static int64_t flags_of(const trail_report_view *view, uint32_t payment)
{
    return view->findings->ledger->flags[payment];
}

/* How the records make one payment: place in match_classes, -1 where one record shows both sides.
 */
static int64_t match_of(const trail_report_view *view, uint32_t payment)
{
    const trail_findings *findings = view->findings;
    const char *name = trail_matching_class(findings->matching, findings->ledger, payment);

    for (int i = 0; i < TRAIL_MATCH_CLASS_COUNT; i++) {
        if (strcmp(trail_match_class_name((trail_match_class)i), name) == 0) return i;
    }
    return -1;
}

static void write_match_classes(trail_json *json)
{
    trail_json_array(json, "match_classes");
    for (int i = 0; i < TRAIL_MATCH_CLASS_COUNT; i++)
        trail_json_text(json, NULL, trail_match_class_name((trail_match_class)i));
    trail_json_array_end(json);
}

static void write_numbers(const trail_report_view *view, trail_json *json)
{
    static const payment_column columns[] = {
        {"payer", payer_of},       {"payee", payee_of}, {"time", time_of},
        {"currency", currency_of}, {"kind", kind_of},   {"entered_currency", entered_currency_of},
        {"flags", flags_of},       {"match", match_of}};

    for (size_t c = 0; c < TRAIL_LENGTH_OF(columns); c++) {
        trail_json_array(json, columns[c].key);
        for (size_t i = 0; i < view->payments.count; i++) {
            trail_json_integer(json, NULL, columns[c].value(view, trail_report_payment(view, i)));
        }
        trail_json_array_end(json);
    }
}

static void write_ids(const trail_report_view *view, trail_json *json)
{
    char text[TRAIL_ID_TEXT];

    trail_json_array(json, "id");
    for (size_t i = 0; i < view->payments.count; i++) {
        trail_id_text('t', &view->findings->ids->payments[trail_report_payment(view, i)], text);
        trail_json_text(json, NULL, text);
    }
    trail_json_array_end(json);
}

static void write_days_and_money(const trail_report_view *view, trail_json *json)
{
    const trail_ledger *ledger = view->findings->ledger;

    trail_json_array(json, "day");
    for (size_t i = 0; i < view->payments.count; i++) {
        trail_report_day(json, NULL, ledger->booking_day[trail_report_payment(view, i)]);
    }
    trail_json_array_end(json);
    trail_json_array(json, "entered_day");
    for (size_t i = 0; i < view->payments.count; i++) {
        const uint32_t payment = trail_report_payment(view, i);

        trail_report_day(json, NULL, trail_ledger_credit(ledger, payment).booking_day);
    }
    trail_json_array_end(json);
    trail_json_array(json, "amount");
    for (size_t i = 0; i < view->payments.count; i++) {
        const uint32_t payment = trail_report_payment(view, i);

        trail_report_money(json, NULL, ledger->amount_minor[payment], ledger->currency[payment]);
    }
    trail_json_array_end(json);
    trail_json_array(json, "entered");
    for (size_t i = 0; i < view->payments.count; i++) {
        const uint32_t payment = trail_report_payment(view, i);
        const trail_leg credit = trail_ledger_credit(ledger, payment);

        if (trail_ledger_converts(ledger, payment)) {
            trail_report_money(json, NULL, credit.amount_minor, credit.currency);
        } else {
            trail_json_null(json, NULL);
        }
    }
    trail_json_array_end(json);
}

/* All records of a payment into *records (grown), their number into *count. */
static trail_status records_of(const trail_ledger *ledger, uint32_t payment, uint32_t **records,
                               size_t *capacity, size_t *count, trail_error *err)
{
    trail_status status;

    *count = trail_ledger_records(ledger, payment, *records, *capacity);
    if (*count <= *capacity) return TRAIL_OK;
    status = trail_grow(records, capacity, *count, sizeof **records, err);
    if (status == TRAIL_OK) *count = trail_ledger_records(ledger, payment, *records, *capacity);
    return status;
}

/* The first text or reference that a record of the payment gives. */
static trail_status write_texts(trail_report_view *view, trail_json *json, const char *key,
                                bool is_reference, trail_error *err)
{
    const trail_ledger *ledger = view->findings->ledger;
    uint32_t *records = NULL;
    size_t capacity = 0, count;
    trail_status status = TRAIL_OK;

    trail_json_array(json, key);
    for (size_t i = 0; status == TRAIL_OK && i < view->payments.count; i++) {
        uint32_t string = 0, number = 0;

        status =
            records_of(ledger, trail_report_payment(view, i), &records, &capacity, &count, err);
        for (size_t r = 0; status == TRAIL_OK && string == 0 && r < count; r++) {
            const trail_detail *detail = trail_records_detail(&ledger->records, records[r]);

            if (detail != NULL) string = is_reference ? detail->reference : detail->text;
        }
        if (status == TRAIL_OK) status = trail_report_ledger_text(view, string, &number, err);
        trail_json_integer(json, NULL, number);
    }
    trail_json_array_end(json);
    trail_free(records);
    return status;
}

static int64_t file_number(const trail_records *records, uint32_t record)
{
    return trail_records_file(records, record) - (const trail_file *)records->files.items;
}

/* What a record is besides a row of its own: place in record_words. */
static const char *const message_words[TRAIL_MESSAGE_TYPE_COUNT] = {
    "message MT103",    "message MT202",          "cover message MT202COV", "message pacs.008",
    "message pacs.009", "cover message pacs.009", "return message pacs.004"};

static void write_record_words(trail_json *json)
{
    trail_json_array(json, "record_words");
    trail_json_text(json, NULL, "");
    for (int i = 0; i < TRAIL_MESSAGE_TYPE_COUNT; i++)
        trail_json_text(json, NULL, message_words[i]);
    for (int i = TRAIL_COPY_SAME_FILE; i <= TRAIL_COPY_SAME_STATEMENT; i++)
        trail_json_text(json, NULL, trail_copy_reason_text((trail_copy_reason)i));
    trail_json_array_end(json);
}

static trail_status words_of(const trail_findings *findings, trail_map64 *words, trail_error *err)
{
    const trail_vector *messages = &findings->ledger->messages;
    const trail_vector *copies = &findings->duplicates->copies;
    uint32_t *place;

    for (size_t i = 0; i < messages->count; i++) {
        const trail_message *message = trail_vector_at(messages, i);

        if ((place = trail_map64_at(words, message->record, 0, err)) == NULL)
            return TRAIL_NO_MEMORY;
        *place = 1u + message->type;
    }
    for (size_t i = 0; i < copies->count; i++) {
        const trail_copy *copy = trail_vector_at(copies, i);

        if ((place = trail_map64_at(words, copy->record, 0, err)) == NULL) return TRAIL_NO_MEMORY;
        *place = 1u + TRAIL_MESSAGE_TYPE_COUNT + copy->reason;
    }
    return TRAIL_OK;
}

static int64_t page_of(const trail_records *records, uint32_t record)
{
    const trail_page_place *page = trail_records_page(records, record);

    return page == NULL ? 0 : page->page;
}

static int64_t word_of(const trail_map64 *words, uint32_t record)
{
    uint32_t word = 0;

    return trail_map64_find(words, record, &word) ? (int64_t)word : 0;
}

static trail_status write_records(const trail_report_view *view, trail_json *json, trail_error *err)
{
    static const char *const keys[] = {"file",   "ordinal", "line", "offset",
                                       "length", "page",    "what"};
    const trail_records *records = &view->findings->ledger->records;
    trail_vector shown = trail_vector_of(sizeof(uint32_t));
    uint32_t *own = NULL;
    size_t capacity = 0, count;
    trail_map64 words = {0};
    trail_status status = words_of(view->findings, &words, err);

    trail_json_object(json, "records");
    trail_json_array(json, "start");
    for (size_t i = 0; status == TRAIL_OK && i < view->payments.count; i++) {
        trail_json_integer(json, NULL, (int64_t)shown.count);
        status = records_of(view->findings->ledger, trail_report_payment(view, i), &own, &capacity,
                            &count, err);
        for (size_t r = 0; status == TRAIL_OK && r < count; r++) {
            status = trail_vector_push(&shown, &own[r], err);
        }
    }
    trail_json_integer(json, NULL, (int64_t)shown.count);
    trail_json_array_end(json);
    for (size_t key = 0; key < TRAIL_LENGTH_OF(keys); key++) {
        trail_json_array(json, keys[key]);
        for (size_t i = 0; i < shown.count; i++) {
            const uint32_t record = *(uint32_t *)trail_vector_at(&shown, i);
            const int64_t values[] = {file_number(records, record),
                                      trail_records_ordinal(records, record),
                                      (int64_t)trail_records_line(records, record),
                                      (int64_t)trail_records_offset(records, record),
                                      trail_records_length(records, record),
                                      page_of(records, record),
                                      word_of(&words, record)};

            trail_json_integer(json, NULL, values[key]);
        }
        trail_json_array_end(json);
    }
    trail_json_object_end(json);
    write_record_words(json);
    write_match_classes(json);
    trail_map64_clear(&words);
    trail_vector_clear(&shown);
    trail_free(own);
    return status;
}

static trail_status write_doubles(trail_report_view *view, trail_json *json, trail_error *err)
{
    const trail_vector *doubles = &view->findings->matching->doubles;
    trail_status status = TRAIL_OK;

    trail_json_array(json, "doubles");
    for (size_t i = 0; status == TRAIL_OK && i < doubles->count; i++) {
        const trail_possible_double *row = trail_vector_at(doubles, i);
        const uint32_t debit = view->payment_place[row->debit_payment];
        const uint32_t credit = view->payment_place[row->credit_payment];

        if (debit == TRAIL_NOT_SHOWN || credit == TRAIL_NOT_SHOWN) continue;
        trail_json_array(json, NULL);
        trail_json_integer(json, NULL, debit);
        trail_json_integer(json, NULL, credit);
        status = trail_report_words(view, json, NULL, row->reason, err);
        trail_json_array_end(json);
    }
    trail_json_array_end(json);
    return status;
}

trail_status trail_report_payments(trail_report_view *view, trail_json *json, trail_error *err)
{
    trail_status status;

    trail_json_object(json, "payments");
    write_ids(view, json);
    write_days_and_money(view, json);
    write_numbers(view, json);
    status = write_texts(view, json, "text", false, err);
    if (status == TRAIL_OK) status = write_texts(view, json, "reference", true, err);
    trail_json_object_end(json);
    if (status == TRAIL_OK) status = write_records(view, json, err);
    return status == TRAIL_OK ? write_doubles(view, json, err) : status;
}
