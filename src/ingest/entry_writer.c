#include "ingest/entry_writer.h"

#include <string.h>

#include "base/failure.h"
#include "base/unicode.h"
#include "ingest/entry_kind.h"

enum { REJECT_TEXT = 10000, MESSAGE_VALUE = 200 };

/* Sums must hold too: one absurd amount is a reject of its record, not the end of the run. */
#define AMOUNT_LIMIT (INT64_MAX / 1000)

trail_status trail_entry_writer_init(trail_entry_writer *writer, trail_reading *reading,
                                     trail_error *err)
{
    trail_ledger *ledger = reading->ledger;
    *writer = (trail_entry_writer){.reading = reading,
                                   .ledger = ledger,
                                   .first_entry = ledger->count,
                                   .first_message = ledger->messages.count};
    trail_status status = trail_scope_init(&writer->scope, reading->source, err);
    if (status != TRAIL_OK) return status;
    status = trail_records_open_file(&ledger->records, reading->name, reading->hash, reading->size,
                                     reading->source_index, &reading->file, err);
    trail_entry_writer_begin_statement(writer);
    return status;
}

void trail_entry_writer_clear(trail_entry_writer *writer)
{
    trail_scope_clear(&writer->scope);
    trail_text_clear(&writer->scratch);
}

static void widen(trail_file *file, int32_t day)
{
    if (day == TRAIL_NO_DAY) return;
    if (file->first_day == TRAIL_NO_DAY || day < file->first_day) file->first_day = day;
    if (file->last_day == TRAIL_NO_DAY || day > file->last_day) file->last_day = day;
}

static trail_status put_printable(trail_entry_writer *writer, trail_slice text, size_t most,
                                  uint32_t *id, trail_error *err)
{
    text = trail_reject_shortened(text, most);
    trail_text_reset(&writer->scratch);
    trail_status status = trail_unicode_printable(text, &writer->scratch, err);
    if (status != TRAIL_OK) return status;
    return trail_strings_put(writer->ledger->strings, trail_text_slice(&writer->scratch), id, err);
}

trail_status trail_entry_writer_finish(trail_entry_writer *writer, const char *broken,
                                       trail_error *err)
{
    trail_reading *reading = writer->reading;
    const trail_ledger *ledger = writer->ledger;
    trail_file *file = trail_vector_at(&ledger->records.files, reading->file);
    const trail_message *messages = ledger->messages.items;
    for (size_t i = writer->first_entry; i < ledger->count; i++)
        widen(file, ledger->booking_day[i]);
    for (size_t i = writer->first_message; i < ledger->messages.count; i++)
        widen(file, messages[i].value_day);
    if (broken == NULL) return TRAIL_OK;
    return put_printable(writer, trail_slice_of(broken), REJECT_TEXT, &reading->break_reason, err);
}

static trail_status add_record(trail_entry_writer *writer, const trail_record_place *place,
                               trail_record_state state, uint32_t *record, trail_error *err)
{
    uint32_t length =
        place->length > TRAIL_RECORD_LENGTH_LIMIT ? TRAIL_RECORD_LENGTH_LIMIT : place->length;
    writer->reading->rows++;
    return trail_records_add(&writer->ledger->records, place->offset, length, place->line, state,
                             record, err);
}

static trail_status put_outside(trail_entry_writer *writer, uint32_t record, trail_slice number,
                                int32_t day, trail_error *err)
{
    trail_outside outside = {.record = record, .day = day};
    trail_status status = trail_strings_put(writer->ledger->strings, number, &outside.number, err);
    if (status != TRAIL_OK) return status;
    return trail_vector_push(&writer->ledger->outside, &outside, err);
}

/* "sentence: 'value'" */
static trail_status put_message(trail_entry_writer *writer, const char *sentence, trail_slice value,
                                uint32_t *id, trail_error *err)
{
    trail_text message = {0};
    value = trail_reject_shortened(value, MESSAGE_VALUE);
    trail_status status = value.length == 0
                              ? trail_text_add(&message, trail_slice_of(sentence), err)
                              : trail_text_add_format(&message, err, "%s: '%.*s'", sentence,
                                                      (int)value.length, value.start);
    if (status == TRAIL_OK) {
        status = put_printable(writer, trail_text_slice(&message), message.length, id, err);
    }
    trail_text_clear(&message);
    return status;
}

trail_status trail_entry_writer_reject(trail_entry_writer *writer, trail_record_place place,
                                       const char *code, const char *column, const char *sentence,
                                       trail_slice value, trail_slice raw, trail_error *err)
{
    const trail_reading *reading = writer->reading;
    trail_vector *rejects = &reading->rejects->rejects;
    if (rejects->count >= reading->reject_limit) {
        return trail_fail(err, TRAIL_BAD_DATA,
                          "more than %llu rows were refused: the next is %s line %llu: %s (raise "
                          "reject_limit under parameters to go on)",
                          (unsigned long long)reading->reject_limit, reading->name,
                          (unsigned long long)place.line, sentence);
    }
    trail_reject reject = {
        .file = reading->file, .code = code, .line = place.line, .offset = place.offset};
    trail_status status = add_record(writer, &place, TRAIL_RECORD_REJECT, &reject.record, err);
    if (status == TRAIL_OK) {
        status =
            put_printable(writer, trail_slice_of(column), MESSAGE_VALUE, &reject.column_name, err);
    }
    if (status == TRAIL_OK) status = put_message(writer, sentence, value, &reject.message, err);
    if (status == TRAIL_OK) status = put_printable(writer, raw, REJECT_TEXT, &reject.text, err);
    return status == TRAIL_OK ? trail_vector_push(rejects, &reject, err) : status;
}

trail_status trail_entry_writer_remark(trail_entry_writer *writer, bool of_file, uint64_t line,
                                       const char *code, const char *sentence, trail_slice value,
                                       trail_error *err)
{
    const trail_records *records = &writer->ledger->records;
    trail_remark remark = {.file = writer->reading->file,
                           .record = of_file || records->count == 0 ? TRAIL_NO_RECORD
                                                                    : (uint32_t)records->count - 1,
                           .code = code,
                           .line = line};
    trail_status status = put_message(writer, sentence, value, &remark.message, err);
    if (status != TRAIL_OK) return status;
    return trail_vector_push(&writer->reading->rejects->remarks, &remark, err);
}

trail_status trail_entry_writer_no_payment(trail_entry_writer *writer, trail_record_place place,
                                           const char *code, const char *why, trail_error *err)
{
    uint32_t record = 0;
    trail_status status = add_record(writer, &place, TRAIL_RECORD_NO_PAYMENT, &record, err);
    if (status != TRAIL_OK || why == NULL) return status;
    return trail_entry_writer_remark(writer, false, place.line, code, why, (trail_slice){"", 0},
                                     err);
}

/* The key of a party's account; empty when it names none. */
static trail_slice key_of(const trail_profile *profile, const trail_party_said *party,
                          char key[TRAIL_ACCOUNT_KEY_LIMIT])
{
    size_t length = 0;
    if (party->number.length == 0 || trail_entry_means_none(profile, party->number) ||
        !trail_account_key(party->bank, party->number, key, &length)) {
        return (trail_slice){"", 0};
    }
    return (trail_slice){key, length};
}

static trail_status put_account(trail_entry_writer *writer, trail_slice key, uint32_t *account,
                                trail_error *err)
{
    *account = TRAIL_NO_ACCOUNT;
    if (key.length == 0) return TRAIL_OK;
    return trail_accounts_put(writer->ledger->accounts, key, trail_strings_hash(key), account, err);
}

static bool says_anything(const trail_wire_said *said)
{
    const trail_wire *facts = &said->facts;
    for (size_t i = 0; i < TRAIL_WIRE_TEXT_COUNT; i++) {
        if (said->texts[i].length > 0) return true;
    }
    return facts->instructed_currency != TRAIL_NO_CURRENCY ||
           facts->charges_currency != TRAIL_NO_CURRENCY || facts->receiver_charges_minor != 0 ||
           facts->rate_mantissa != 0 || facts->bearer != TRAIL_BEARER_UNKNOWN || facts->reversal ||
           facts->returned;
}

static trail_status put_wire(trail_entry_writer *writer, const trail_wire_said *said,
                             uint32_t record, trail_error *err)
{
    trail_wire wire = said->facts;
    trail_status status = TRAIL_OK;
    if (!says_anything(said)) return TRAIL_OK;
    wire.record = record;
    for (size_t i = 0; i < TRAIL_WIRE_TEXT_COUNT && status == TRAIL_OK; i++) {
        wire.texts[i] = 0;
        if (said->texts[i].length > 0) {
            status = put_printable(writer, said->texts[i], REJECT_TEXT, &wire.texts[i], err);
        }
    }
    return status == TRAIL_OK ? trail_vector_push(&writer->ledger->wires, &wire, err) : status;
}

typedef struct detail_said {
    const trail_party_said *payer, *payee;
    trail_slice text, reference, code;
} detail_said;

static trail_status put_detail(trail_entry_writer *writer, const detail_said *said,
                               trail_detail **put, trail_error *err)
{
    trail_detail texts = {.value_day = TRAIL_NO_DAY};
    const struct {
        trail_slice text;
        uint32_t *id;
    } all[] = {{said->payer->name, &texts.payer_name},
               {said->payee->name, &texts.payee_name},
               {said->payer->number, &texts.payer_number},
               {said->payee->number, &texts.payee_number},
               {said->text, &texts.text},
               {said->reference, &texts.reference},
               {said->code, &texts.code}};
    trail_status status = TRAIL_OK;
    for (size_t i = 0; i < TRAIL_LENGTH_OF(all) && status == TRAIL_OK; i++) {
        if (all[i].text.length == 0) continue;
        status = put_printable(writer, all[i].text, REJECT_TEXT, all[i].id, err);
    }
    if (status == TRAIL_OK) {
        status = trail_records_detail_of_newest(&writer->ledger->records, put, err);
    }
    if (status == TRAIL_OK) **put = texts;
    return status;
}

static trail_status refuse_movement(trail_entry_writer *writer, const trail_movement *movement,
                                    const char *code, const char *sentence, trail_error *err)
{
    return trail_entry_writer_reject(writer, movement->place, code, "", sentence,
                                     movement->own.number, movement->text, err);
}

static trail_status put_entry(trail_entry_writer *writer, const trail_movement *movement,
                              const trail_party_said *own, trail_kind kind, trail_slice own_key,
                              trail_slice other_key, trail_error *err)
{
    trail_detail *detail = NULL;
    const bool credit = movement->credit;
    detail_said said = {.payer = credit ? &movement->other : own,
                        .payee = credit ? own : &movement->other,
                        .text = movement->text,
                        .reference = movement->reference,
                        .code = movement->code};
    trail_entry entry = {.amount_minor = movement->amount_minor,
                         .booking_day = movement->booking_day,
                         .booking_second = movement->booking_second,
                         .currency = movement->currency,
                         .kind = (uint8_t)kind,
                         .flags = credit ? TRAIL_HAS_CREDIT : TRAIL_HAS_DEBIT,
                         .record = (uint32_t)writer->ledger->records.count - 1};
    trail_status status = put_detail(writer, &said, &detail, err);
    if (status != TRAIL_OK) return status;
    detail->value_day = movement->value_day;
    detail->has_balance = movement->has_balance;
    detail->balance_minor = movement->balance_minor;
    status = put_account(writer, own_key, credit ? &entry.payee : &entry.payer, err);
    if (status == TRAIL_OK)
        status = put_account(writer, other_key, credit ? &entry.payer : &entry.payee, err);
    if (status == TRAIL_OK) status = put_wire(writer, &movement->wire, entry.record, err);
    return status == TRAIL_OK ? trail_ledger_add(writer->ledger, &entry, err) : status;
}

/* The own account as the file says it, else as the case file does. */
static trail_party_said own_account(const trail_entry_writer *writer, const trail_party_said *said)
{
    const trail_source *source = writer->reading->source;
    trail_party_said own = *said;
    if (own.number.length == 0) own.number = trail_slice_of(source->own_account);
    if (own.bank.length == 0) own.bank = trail_slice_of(source->bank);
    return own;
}

trail_status trail_entry_writer_movement(trail_entry_writer *writer, const trail_movement *movement,
                                         trail_error *err)
{
    const trail_profile *profile = writer->reading->source->profile;
    const trail_party_said own = own_account(writer, &movement->own);
    char own_room[TRAIL_ACCOUNT_KEY_LIMIT], other_room[TRAIL_ACCOUNT_KEY_LIMIT];
    trail_slice own_key = key_of(NULL, &own, own_room);
    trail_slice other_key = key_of(profile, &movement->other, other_room);
    trail_kind kind = TRAIL_KIND_UNNAMED;
    bool no_payment = false;
    uint32_t record = 0;
    if (movement->amount_minor < 0 || movement->amount_minor > AMOUNT_LIMIT) {
        return refuse_movement(writer, movement, "amount_overflow", "the amount is too large", err);
    }
    if (own_key.length == 0) {
        return refuse_movement(writer, movement, "own_account_missing",
                               "nothing says whose account the record is on", err);
    }
    trail_status status =
        trail_entry_kind(movement, profile, other_key.length > 0, &kind, &no_payment, err);
    if (status != TRAIL_OK) return status;
    trail_record_state state = TRAIL_RECORD_PAYMENT;
    if (no_payment) {
        state = TRAIL_RECORD_NO_PAYMENT;
    } else if (!trail_scope_admits(&writer->scope, movement->booking_day, &own_key, 1)) {
        state = TRAIL_RECORD_OUT_OF_SCOPE;
    }
    status = add_record(writer, &movement->place, state, &record, err);
    if (status == TRAIL_OK && state == TRAIL_RECORD_OUT_OF_SCOPE)
        return put_outside(writer, record, own.number, movement->booking_day, err);
    if (status != TRAIL_OK || state != TRAIL_RECORD_PAYMENT) return status;
    return put_entry(writer, movement, &own, kind, own_key, other_key, err);
}

trail_status trail_entry_writer_message(trail_entry_writer *writer, const trail_message_said *said,
                                        trail_error *err)
{
    const trail_profile *profile = writer->reading->source->profile;
    char payer_room[TRAIL_ACCOUNT_KEY_LIMIT], payee_room[TRAIL_ACCOUNT_KEY_LIMIT];
    trail_slice keys[2] = {key_of(profile, &said->payer, payer_room),
                           key_of(profile, &said->payee, payee_room)};
    trail_message message = {.amount_minor = said->amount_minor,
                             .value_day = said->value_day,
                             .currency = said->currency,
                             .type = (uint8_t)said->type};
    if (said->amount_minor < 0 || said->amount_minor > AMOUNT_LIMIT) {
        return trail_entry_writer_reject(writer, said->place, "amount_overflow", "",
                                         "the amount is too large", said->reference, said->text,
                                         err);
    }
    bool inside = trail_scope_admits(&writer->scope, said->value_day, keys, 2);
    trail_record_state state = inside ? TRAIL_RECORD_PAYMENT : TRAIL_RECORD_OUT_OF_SCOPE;
    trail_status status = add_record(writer, &said->place, state, &message.record, err);
    if (status == TRAIL_OK && !inside)
        return put_outside(writer, message.record, said->payer.number, said->value_day, err);
    if (status != TRAIL_OK) return status;
    trail_detail *detail = NULL;
    detail_said texts = {.payer = &said->payer,
                         .payee = &said->payee,
                         .text = said->text,
                         .reference = said->reference};
    status = put_detail(writer, &texts, &detail, err);
    if (status == TRAIL_OK) {
        detail->value_day = said->value_day;
        status = put_account(writer, keys[0], &message.payer, err);
    }
    if (status == TRAIL_OK) status = put_account(writer, keys[1], &message.payee, err);
    if (status == TRAIL_OK) {
        status = put_printable(writer, said->sender, MESSAGE_VALUE, &message.sender, err);
    }
    if (status == TRAIL_OK) {
        status = put_printable(writer, said->receiver, MESSAGE_VALUE, &message.receiver, err);
    }
    if (status == TRAIL_OK) status = put_wire(writer, &said->wire, message.record, err);
    if (status != TRAIL_OK) return status;
    return trail_vector_push(&writer->ledger->messages, &message, err);
}
