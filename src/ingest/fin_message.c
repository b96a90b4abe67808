#include "ingest/fin_message.h"

#include <string.h>

#include "ingest/fin_values.h"

enum { FIELD_LIMIT = 2000, BYTE_LIMIT = 512 * 1024 };

void trail_fin_message_init(trail_fin_message *message, trail_fin_file *file,
                            const trail_fin_header *header)
{
    *message = (trail_fin_message){
        .file = file, .header = header, .fields = trail_vector_of(sizeof(trail_fin_kept))};
}

void trail_fin_message_clear(trail_fin_message *message)
{
    trail_vector_clear(&message->fields);
    trail_text_clear(&message->values);
    trail_text_clear(&message->texts);
    trail_text_clear(&message->payer_name);
    trail_text_clear(&message->payee_name);
    trail_text_clear(&message->remittance);
    trail_text_clear(&message->scratch);
    *message = (trail_fin_message){0};
}

void trail_fin_message_reset(trail_fin_message *message)
{
    message->fields.count = 0;
    message->cut = false;
    trail_text_reset(&message->values);
    trail_text_reset(&message->texts);
}

trail_status trail_fin_message_keep(trail_fin_message *message, const trail_fin_field *field,
                                    trail_error *err)
{
    trail_fin_kept kept = {.field = *field, .at = message->values.length};
    trail_slice value = field->value;
    if (message->fields.count >= FIELD_LIMIT ||
        message->values.length + value.length > BYTE_LIMIT) {
        if (message->cut) return TRAIL_OK;
        message->cut = true;
        return trail_fin_file_remark(message->file, field->line, "message_cut",
                                     "a message of unusual length: what is longer is not read",
                                     trail_slice_of(field->tag), err);
    }
    kept.length = value.length;
    kept.field.value = (trail_slice){NULL, 0};
    trail_status status = trail_text_add(&message->values, value, err);
    if (status == TRAIL_OK) {
        status = trail_fin_file_decode(message->file, value, field->line, &message->scratch, err);
    }
    if (status != TRAIL_OK) return status;
    kept.text_at = message->texts.length;
    kept.text_length = message->scratch.length;
    status = trail_text_add(&message->texts, trail_text_slice(&message->scratch), err);
    return status == TRAIL_OK ? trail_vector_push(&message->fields, &kept, err) : status;
}

trail_fin_field trail_fin_message_field(const trail_fin_message *message, size_t index)
{
    const trail_fin_kept *kept = trail_vector_at(&message->fields, index);
    trail_fin_field field = kept->field;
    field.value = (trail_slice){"", 0};
    if (kept->length > 0)
        field.value = (trail_slice){message->values.bytes + kept->at, kept->length};
    return field;
}

static trail_slice text_of(const trail_fin_message *message, const trail_fin_kept *kept)
{
    if (kept->text_length == 0) return (trail_slice){"", 0};
    return (trail_slice){message->texts.bytes + kept->text_at, kept->text_length};
}

bool trail_fin_message_find(const trail_fin_message *message, const char *tag, bool last,
                            trail_slice *value, char *option)
{
    const trail_fin_kept *all = message->fields.items;
    bool found = false;
    *value = (trail_slice){"", 0};
    for (size_t i = 0; i < message->fields.count && (last || !found); i++) {
        bool is = tag[2] == '\0' ? trail_fin_tag_number_is(&all[i].field, tag)
                                 : trail_fin_tag_is(&all[i].field, tag);
        if (!is || !all[i].field.known) continue;
        found = true;
        *value = trail_slice_trim(text_of(message, &all[i]));
        if (option != NULL) *option = all[i].field.tag[2];
    }
    return found;
}

trail_status trail_fin_message_reject(trail_fin_message *message, trail_record_place place,
                                      const char *code, const char *tag, const char *sentence,
                                      trail_slice value, trail_error *err)
{
    const trail_fin_kept *all = message->fields.items;
    trail_status status = TRAIL_OK;
    trail_text_reset(&message->scratch);
    for (size_t i = 0; i < message->fields.count && status == TRAIL_OK; i++) {
        trail_slice text = text_of(message, &all[i]);
        status = trail_text_add_format(&message->scratch, err, ":%s:%.*s\n", all[i].field.tag,
                                       (int)text.length, text.start);
    }
    if (status != TRAIL_OK) return status;
    return trail_fin_file_reject(message->file, place, code, tag, sentence, value,
                                 trail_text_slice(&message->scratch), err);
}

static bool begins_with_six_digits(trail_slice value)
{
    size_t digits = 0;
    while (digits < value.length && value.start[digits] >= '0' && value.start[digits] <= '9')
        digits++;
    return digits == 6;
}

trail_status trail_fin_message_settled(trail_fin_message *message, trail_record_place place,
                                       trail_fin_settled *settled, bool *good, trail_error *err)
{
    trail_slice value;
    trail_fin_amount_fault fault = TRAIL_FIN_AMOUNT_OK;
    *good = false;
    if (!trail_fin_message_find(message, "32A", false, &value, NULL)) {
        return trail_fin_message_reject(
            message, place, "field_missing",
            ":32A:", "the message has no :32A:, so neither date nor amount", value, err);
    }
    const trail_fin_kept *last = trail_vector_at(&message->fields, message->fields.count - 1);
    if (message->cut_off && trail_fin_tag_is(&last->field, "32A")) {
        return trail_fin_message_reject(
            message, place, "row_cut_off",
            ":32A:", "the file breaks off in this field, so its amount may lack digits", value,
            err);
    }
    if (value.length < 10) {
        return trail_fin_message_reject(
            message, place, "wrong_length",
            ":32A:", "the field is too short for date, currency and amount", value, err);
    }
    if (!begins_with_six_digits(value)) {
        return trail_fin_message_reject(
            message, place, "wrong_length",
            ":32A:", "the field does not begin with a date of six digits", value, err);
    }
    if (!trail_fin_date(value, message->file->near, &settled->day)) {
        return trail_fin_message_reject(message, place, "no_such_date",
                                        ":32A:", "there is no such value date", value, err);
    }
    trail_slice money = {value.start + 6, value.length - 6};
    if (trail_fin_money(money, &settled->currency, &settled->minor, &fault)) {
        *good = true;
        return fault == TRAIL_FIN_AMOUNT_POINT
                   ? trail_fin_file_once(message->file, TRAIL_FIN_ONCE_POINT, place.line, err)
                   : TRAIL_OK;
    }
    trail_currency currency = TRAIL_NO_CURRENCY;
    if (!trail_currency_find((trail_slice){money.start, 3}, &currency)) {
        return trail_fin_message_reject(message, place, "unknown_currency",
                                        ":32A:", "the currency is not known", value, err);
    }
    return trail_fin_message_reject(message, place, trail_fin_amount_code(fault),
                                    ":32A:", trail_fin_amount_sentence(fault), value, err);
}

/* Types that are not read: what they are. */
static trail_status put_other(trail_fin_message *message, trail_record_place place,
                              trail_error *err)
{
    static const char *const instructions[] = {"101", "102", "104", "107", "200",
                                               "201", "203", "204", "210"};
    const char *type = message->header->type;
    const char *what = "is of a type that books nothing";
    for (size_t i = 0; i < TRAIL_LENGTH_OF(instructions); i++) {
        if (strcmp(type, instructions[i]) == 0)
            what = "is an instruction or a notice to a bank, not a booking";
    }
    if (strcmp(type + 1, "99") == 0) what = "is free text, not a booking";
    trail_text_reset(&message->scratch);
    trail_status status = trail_text_add_format(&message->scratch, err, "an MT%s %s", type, what);
    if (status != TRAIL_OK) return status;
    return trail_entry_writer_no_payment(&message->file->writer, place, "message_type",
                                         message->scratch.bytes, err);
}

/* Type of a message without blocks, by its fields: "" if they do not say. */
static const char *type_of(const trail_fin_message *message)
{
    trail_slice value;
    if (message->header->type[0] != '\0') return message->header->type;
    if (trail_fin_message_find(message, "58", false, &value, NULL)) return "202";
    if (trail_fin_message_find(message, "23B", false, &value, NULL) ||
        trail_fin_message_find(message, "59", false, &value, NULL))
        return "103";
    return "";
}

static trail_status check_fields(trail_fin_message *message, trail_error *err)
{
    trail_status status = TRAIL_OK;
    for (size_t i = 0; i < message->fields.count && status == TRAIL_OK; i++) {
        trail_fin_field field = trail_fin_message_field(message, i);
        status = trail_fin_file_check_field(message->file, &field, err);
    }
    return status;
}

static trail_status put_by_type(trail_fin_message *message, trail_record_place place,
                                trail_error *err)
{
    const char *type = type_of(message);
    trail_fin_family family = trail_fin_family_of(type);
    if (message->fields.count == 0) {
        return trail_fin_message_reject(message, place, "message_empty", "{4:}",
                                        "the message has a header and no field: it breaks off or "
                                        "was cut",
                                        (trail_slice){"", 0}, err);
    }
    if (message->header->refused) {
        return trail_entry_writer_no_payment(
            &message->file->writer, place, "message_refused",
            "the network refused this message: it was not delivered", err);
    }
    if (family == TRAIL_FIN_CUSTOMER || family == TRAIL_FIN_BANK)
        return trail_fin_payment_put(message, type, place, err);
    if (family == TRAIL_FIN_ADVICE)
        return trail_fin_advice_put(message, strcmp(type, "910") == 0, place, err);
    if (family == TRAIL_FIN_OTHER) return put_other(message, place, err);
    return trail_fin_message_reject(message, place, "message_type_unknown", "{2:}",
                                    "nothing says of which type the message is: there is no "
                                    "readable block 2, and its fields fit several types",
                                    (trail_slice){"", 0}, err);
}

trail_status trail_fin_message_put(trail_fin_message *message, uint64_t end, trail_error *err)
{
    const trail_fin_header *header = message->header;
    uint64_t length = end - header->offset;
    trail_record_place place = {.offset = header->offset,
                                .line = header->line,
                                .length = length > TRAIL_RECORD_LENGTH_LIMIT
                                              ? TRAIL_RECORD_LENGTH_LIMIT
                                              : (uint32_t)length};
    trail_status status = put_by_type(message, place, err);
    if (status == TRAIL_OK && header->bad_uetr) {
        status = trail_fin_file_remark(message->file, header->line, "bad_uetr",
                                       "{121:} is not a UETR: not used", (trail_slice){"", 0}, err);
    }
    if (status == TRAIL_OK && trail_fin_family_of(header->type) != TRAIL_FIN_OTHER)
        status = check_fields(message, err);
    trail_fin_message_reset(message);
    return status;
}
