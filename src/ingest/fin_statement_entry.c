/* One ":61:" with its ":86:" as a movement. */
#include "ingest/fin_statement.h"

#include <string.h>

#include "ingest/fin_entry_line.h"

typedef struct code_meaning {
    const char *code;
    trail_kind kind;
} code_meaning;

/* SWIFT's transaction type codes that say what a booking is. */
static const code_meaning types[] = {{"NCHG", TRAIL_KIND_FEE},
                                     {"NCOM", TRAIL_KIND_FEE},
                                     {"NINT", TRAIL_KIND_INTEREST},
                                     {"NRTI", TRAIL_KIND_RETURN}};
/* Business codes of the German banks: fees, interest; direct debits and transfers that came back.
 */
static const code_meaning codes[] = {{"808", TRAIL_KIND_FEE},    {"814", TRAIL_KIND_INTEREST},
                                     {"108", TRAIL_KIND_RETURN}, {"109", TRAIL_KIND_RETURN},
                                     {"159", TRAIL_KIND_RETURN}, {"181", TRAIL_KIND_RETURN},
                                     {"184", TRAIL_KIND_RETURN}};

static void take_kind(trail_movement *movement, const code_meaning *rows, size_t count,
                      trail_slice code)
{
    for (size_t i = 0; i < count && !movement->kind_known; i++) {
        if (!trail_slice_is(code, rows[i].code)) continue;
        movement->kind_known = true;
        movement->kind = rows[i].kind;
    }
}

/* "EUR11,85", or "11,85" in the statement's currency. */
static bool read_money(trail_slice text, trail_currency own, trail_currency *currency,
                       int64_t *minor)
{
    trail_fin_amount_fault fault = TRAIL_FIN_AMOUNT_OK;
    text = trail_slice_trim(text);
    if (text.length == 0) return false;
    if (trail_fin_money(text, currency, minor, &fault)) return true;
    *currency = own;
    return trail_fin_amount(text, trail_currency_exponent(own), minor) == TRAIL_FIN_AMOUNT_OK;
}

static void take_facts(trail_fin_statement *statement, trail_movement *movement)
{
    const trail_fin_parts *parts = &statement->parts;
    trail_wire *facts = &movement->wire.facts;
    trail_currency currency = TRAIL_NO_CURRENCY;
    int64_t minor = 0;
    if (read_money(trail_fin_part_of(parts, TRAIL_FIN_PART_ORIGINAL), movement->currency, &currency,
                   &minor)) {
        facts->instructed_currency = currency;
        facts->instructed_minor = minor;
    }
    if (read_money(trail_fin_part_of(parts, TRAIL_FIN_PART_CHARGES), movement->currency, &currency,
                   &minor)) {
        facts->charges_currency = currency;
        facts->charges_minor = minor;
    }
    trail_slice rate = trail_fin_part_of(parts, TRAIL_FIN_PART_RATE);
    if (!trail_fin_rate(rate, &facts->rate_mantissa, &facts->rate_scale)) {
        facts->rate_mantissa = 0;
        facts->rate_scale = 0;
    }
    trail_slice *texts = movement->wire.texts;
    texts[TRAIL_WIRE_END_TO_END] = trail_fin_part_of(parts, TRAIL_FIN_PART_END_TO_END);
    texts[TRAIL_WIRE_MANDATE] = trail_fin_part_of(parts, TRAIL_FIN_PART_MANDATE);
    texts[TRAIL_WIRE_REASON] = trail_fin_part_of(parts, TRAIL_FIN_PART_REASON);
    if (texts[TRAIL_WIRE_INSTRUCTION].length == 0)
        texts[TRAIL_WIRE_INSTRUCTION] = trail_fin_part_of(parts, TRAIL_FIN_PART_CUSTOMER);
    texts[TRAIL_WIRE_MESSAGE] = trail_text_slice(&statement->reference);
    texts[TRAIL_WIRE_UETR] = trail_slice_of(statement->header->uetr);
    facts->returned = texts[TRAIL_WIRE_REASON].length > 0 ||
                      (movement->kind_known && movement->kind == TRAIL_KIND_RETURN);
}

/* An account that is the reference, or fills its first sixteen places before a name: how Dutch
 * banks wrote the other party before SEPA. */
static trail_status read_reference_party(trail_fin_statement *statement,
                                         trail_fin_entry_line *entry, trail_slice own,
                                         trail_error *err)
{
    enum { COLUMN = 16 };
    trail_slice reference = entry->reference;
    trail_fin_parts *parts = &statement->parts;
    if (trail_fin_is_iban(reference) && !trail_slice_equal(reference, own)) {
        entry->reference = (trail_slice){"", 0};
        return trail_fin_parts_put(parts, TRAIL_FIN_PART_NUMBER, reference, err);
    }
    if (entry->bank_reference.length > 0 || reference.length <= COLUMN) return TRAIL_OK;
    trail_slice head = trail_slice_trim((trail_slice){reference.start, COLUMN});
    trail_slice name =
        trail_slice_trim((trail_slice){reference.start + COLUMN, reference.length - COLUMN});
    if (head.length + 3 > COLUMN || trail_slice_find(head, (trail_slice){" ", 1}) != SIZE_MAX)
        return TRAIL_OK;
    bool number = true;
    for (size_t i = 0; i < head.length && number; i++)
        number = head.start[i] >= '0' && head.start[i] <= '9';
    trail_status status = trail_fin_parts_put(parts, TRAIL_FIN_PART_NAME, name, err);
    bool none = trail_slice_is(head, "NONREF");
    if (status != TRAIL_OK || !(number || none)) return status;
    entry->reference = (trail_slice){"", 0};
    if (none) return TRAIL_OK;
    return trail_fin_parts_put(parts, TRAIL_FIN_PART_NUMBER, head, err);
}

static trail_status read_texts(trail_fin_statement *statement, trail_fin_entry_line *entry,
                               trail_slice own, trail_error *err)
{
    trail_fin_parts *parts = &statement->parts;
    trail_fin_parts_reset(parts);
    trail_status status =
        trail_fin_parts_read(parts, trail_text_slice(&statement->information), own, err);
    if (status == TRAIL_OK) {
        status = trail_fin_parts_read_numbered(parts, trail_text_slice(&statement->numbered), err);
    }
    if (status == TRAIL_OK)
        status = trail_fin_parts_read_supplement(parts, entry->supplement, own, err);
    if (status == TRAIL_OK) status = read_reference_party(statement, entry, own, err);
    if (status == TRAIL_OK) {
        status = trail_fin_parts_put(parts, TRAIL_FIN_PART_TEXT,
                                     trail_fin_part_of(parts, TRAIL_FIN_PART_POSTING), err);
    }
    return status;
}

static trail_status put_movement(trail_fin_statement *statement, trail_fin_entry_line *entry,
                                 trail_error *err)
{
    const trail_fin_parts *parts = &statement->parts;
    trail_movement movement = {.place = statement->entry_place,
                               .credit = entry->credit,
                               .amount_minor = entry->amount_minor,
                               .currency = statement->said.currency,
                               .booking_day = entry->entry_day,
                               .booking_second = TRAIL_NO_TIME,
                               .value_day = entry->value_day,
                               .own = trail_fin_statement_own(statement),
                               .reference = entry->bank_reference};
    if (movement.booking_day == TRAIL_NO_DAY) movement.booking_day = entry->value_day;
    trail_status status = read_texts(statement, entry, movement.own.number, err);
    if (status != TRAIL_OK) return status;
    movement.other = (trail_party_said){trail_fin_part_of(parts, TRAIL_FIN_PART_NAME),
                                        trail_fin_part_of(parts, TRAIL_FIN_PART_NUMBER),
                                        trail_fin_part_of(parts, TRAIL_FIN_PART_BANK)};
    movement.text = trail_fin_part_of(parts, TRAIL_FIN_PART_TEXT);
    movement.code = trail_fin_part_of(parts, TRAIL_FIN_PART_CODE);
    take_kind(&movement, codes, TRAIL_LENGTH_OF(codes), movement.code);
    take_kind(&movement, types, TRAIL_LENGTH_OF(types), entry->type);
    if (movement.code.length == 0) movement.code = entry->type;
    movement.wire.texts[TRAIL_WIRE_INSTRUCTION] = entry->reference;
    movement.wire.facts.reversal = entry->reversal;
    take_facts(statement, &movement);
    return trail_entry_writer_movement(&statement->file->writer, &movement, err);
}

static trail_status remark_entry(trail_fin_statement *statement, const trail_fin_entry_line *entry,
                                 trail_error *err)
{
    trail_fin_file *file = statement->file;
    uint64_t line = statement->entry_place.line;
    trail_status status = TRAIL_OK;
    if (entry->entry_day == TRAIL_NO_DAY)
        status = trail_fin_file_once(file, TRAIL_FIN_ONCE_ENTRY_DATE, line, err);
    if (entry->point && status == TRAIL_OK)
        status = trail_fin_file_once(file, TRAIL_FIN_ONCE_POINT, line, err);
    if (entry->type_missing && status == TRAIL_OK)
        status = trail_fin_file_once(file, TRAIL_FIN_ONCE_TYPE, line, err);
    return status;
}

trail_status trail_fin_statement_put_entry(trail_fin_statement *statement, trail_error *err)
{
    trail_fin_file *file = statement->file;
    trail_fin_entry_line entry;
    trail_slice raw = trail_text_slice(&statement->line);
    trail_currency *currency = &statement->said.currency;
    statement->entries++;
    if (*currency == TRAIL_NO_CURRENCY)
        (void)trail_currency_find(trail_slice_of(file->reading->source->currency), currency);
    if (*currency == TRAIL_NO_CURRENCY) {
        return trail_fin_file_reject(file, statement->entry_place, "currency_missing", ":60F:",
                                     "no opening balance names the currency of the statement: "
                                     "say currency: in the source",
                                     (trail_slice){"", 0}, raw, err);
    }
    if (!trail_fin_entry_line_read(raw, trail_currency_exponent(*currency), file->near, &entry)) {
        return trail_fin_file_reject(file, statement->entry_place, entry.code,
                                     ":61:", entry.sentence, entry.wrong, raw, err);
    }
    if (entry.expected) {
        return trail_entry_writer_no_payment(&file->writer, statement->entry_place, "not_booked",
                                             "an expected entry (mark EC or ED): not booked yet",
                                             err);
    }
    trail_status status = put_movement(statement, &entry, err);
    return status == TRAIL_OK ? remark_entry(statement, &entry, err) : status;
}
