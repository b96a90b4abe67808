#include "ingest/fin_statement.h"

#include <string.h>

#include "ingest/fin_values.h"

enum { RAW_LIMIT = 10000, INFORMATION_LIMIT = 256 * 1024 };

void trail_fin_statement_clear(trail_fin_statement *statement)
{
    trail_text_clear(&statement->account);
    trail_text_clear(&statement->reference);
    trail_text_clear(&statement->number);
    trail_text_clear(&statement->holder);
    trail_text_clear(&statement->line);
    trail_text_clear(&statement->information);
    trail_text_clear(&statement->numbered);
    trail_text_clear(&statement->raw);
    trail_text_clear(&statement->scratch);
    trail_fin_parts_clear(&statement->parts);
    *statement = (trail_fin_statement){0};
}

trail_party_said trail_fin_statement_own(const trail_fin_statement *statement)
{
    const trail_reading *reading = statement->file->reading;
    trail_party_said own =
        trail_fin_account(trail_text_slice(&statement->account), statement->said.currency);
    /* The bank that keeps the account sends the statement; the case file may say better. */
    if (own.bank.length == 0 && own.number.length > 0 && reading->source->bank == NULL)
        own.bank = trail_slice_of(statement->header->sender);
    own.name = trail_text_slice(&statement->holder);
    return own;
}

static void begin(trail_fin_statement *statement, const trail_fin_field *field)
{
    const char *type = statement->header->type;
    statement->said =
        (trail_statement){.line = field->line,
                          .is_report = strcmp(type, "942") == 0 || strcmp(type, "941") == 0,
                          .sequence = UINT32_MAX,
                          .from_day = TRAIL_NO_DAY,
                          .to_day = TRAIL_NO_DAY};
    statement->said.opening.day = statement->said.closing.day = TRAIL_NO_DAY;
    trail_text_reset(&statement->account);
    trail_text_reset(&statement->reference);
    trail_text_reset(&statement->number);
    trail_text_reset(&statement->holder);
    statement->open = true;
    statement->place = TRAIL_FIN_PLACE_HEAD;
    statement->entry_place = (trail_record_place){0};
    statement->entries = 0;
    statement->has_debits = statement->has_credits = false;
    statement->offset = field->offset;
    trail_text_reset(&statement->raw);
    trail_entry_writer_begin_statement(&statement->file->writer);
}

static trail_status finish_entry(trail_fin_statement *statement, trail_error *err)
{
    if (statement->entry_place.length == 0) return TRAIL_OK;
    trail_status status = trail_fin_statement_put_entry(statement, err);
    statement->entry_place.length = 0;
    return status;
}

/* What kept a statement from being whole; its balances then say nothing. */
static trail_status remark_missing(trail_fin_statement *statement, trail_error *err)
{
    const trail_statement *said = &statement->said;
    trail_fin_file *file = statement->file;
    trail_slice reference = trail_text_slice(&statement->reference);
    trail_status status = TRAIL_OK;
    if (said->is_report) return TRAIL_OK;
    if (said->opening.kind == TRAIL_BALANCE_NONE) {
        status = trail_fin_file_remark(file, said->line, "opening_missing",
                                       "the statement has no opening balance that can be read: "
                                       "its balances cannot be checked",
                                       reference, err);
    }
    if (status != TRAIL_OK || said->closing.kind == TRAIL_BALANCE_BOOKED ||
        said->closing.kind == TRAIL_BALANCE_PAGE) {
        return status;
    }
    return trail_fin_file_remark(file, said->line, "closing_missing",
                                 "the statement has no closing balance that can be read: its "
                                 "balances cannot be checked, and it may go on",
                                 reference, err);
}

/* Tags that make no statement: neither an account nor an entry, or nothing but an account. */
static trail_status reject_fragment(trail_fin_statement *statement, bool has_account,
                                    trail_error *err)
{
    trail_record_place place = {.offset = statement->offset,
                                .line = statement->said.line,
                                .length = (uint32_t)(statement->end - statement->offset)};
    return trail_fin_file_reject(
        statement->file, place, "statement_fragment", has_account ? ":60F:" : ":25:",
        has_account ? "a fragment of a statement: neither balances nor entries"
                    : "a fragment of a statement: it does not say whose account it is of, and has "
                      "no entries",
        (trail_slice){"", 0}, trail_text_slice(&statement->raw), err);
}

/* A line that breaks off with the file may have lost digits of its amount. A fragment of a lone
 * line was cut out, not off. */
static bool last_entry_cut(const trail_fin_statement *statement)
{
    return statement->cut_off && statement->place == TRAIL_FIN_PLACE_ENTRY &&
           statement->entry_place.length > 0 && statement->information.length == 0 &&
           statement->account.length > 0;
}

static trail_status reject_cut_entry(trail_fin_statement *statement, trail_error *err)
{
    statement->entries++;
    trail_status status = trail_fin_file_reject(
        statement->file, statement->entry_place, "row_cut_off",
        ":61:", "the file breaks off in this entry, so its amount may lack digits",
        (trail_slice){"", 0}, trail_text_slice(&statement->line), err);
    statement->entry_place.length = 0;
    return status;
}

static trail_status end_statement(trail_fin_statement *statement, trail_error *err)
{
    trail_fin_file *file = statement->file;
    trail_statement *said = &statement->said;
    if (!statement->open) return TRAIL_OK;
    trail_status status =
        last_entry_cut(statement) ? reject_cut_entry(statement, err) : finish_entry(statement, err);
    statement->open = false;
    if (status != TRAIL_OK) return status;
    trail_party_said own = trail_fin_statement_own(statement);
    bool has_account = own.number.length > 0 || file->reading->source->own_account != NULL;
    bool has_balance = said->opening.kind != TRAIL_BALANCE_NONE ||
                       said->closing.kind != TRAIL_BALANCE_NONE || said->has_totals;
    if (statement->entries == 0 && (!has_account || !has_balance))
        return reject_fragment(statement, has_account, err);
    said->has_totals = statement->has_debits && statement->has_credits;
    status = remark_missing(statement, err);
    if (status != TRAIL_OK) return status;
    return trail_entry_writer_end_statement(&file->writer, &own, said,
                                            trail_text_slice(&statement->reference),
                                            trail_text_slice(&statement->number), err);
}

trail_status trail_fin_statement_end(trail_fin_statement *statement, trail_error *err)
{
    return end_statement(statement, err);
}

static trail_status keep(trail_text *to, trail_slice text, trail_error *err)
{
    trail_slice rest;
    trail_text_reset(to);
    return trail_text_add(to, trail_slice_trim(trail_fin_first_line(text, &rest)), err);
}

/* "00035/001", "1/1", "100", "/1": statement number and page. */
static void read_number(trail_fin_statement *statement)
{
    trail_slice text = trail_text_slice(&statement->number);
    uint64_t number = 0;
    size_t slash = trail_slice_find(text, (trail_slice){"/", 1});
    trail_slice head = {text.start, slash == SIZE_MAX ? text.length : slash};
    if (trail_slice_to_u64(trail_slice_trim(head), &number) && number < UINT32_MAX)
        statement->said.sequence = (uint32_t)number;
    if (slash == SIZE_MAX) return;
    trail_slice tail = {text.start + slash + 1, text.length - slash - 1};
    if (trail_slice_to_u64(trail_slice_trim(tail), &number) && number < UINT32_MAX)
        statement->said.page = (uint32_t)number;
}

static trail_status remark_balance(trail_fin_statement *statement, const trail_fin_field *field,
                                   const trail_fin_balance *balance, trail_slice value,
                                   trail_error *err)
{
    trail_fin_file *file = statement->file;
    trail_status status = TRAIL_OK;
    if (balance->day == TRAIL_NO_DAY) {
        status = trail_fin_file_remark(file, field->line, "no_such_date",
                                       "there is no such date in a balance: read without it", value,
                                       err);
    }
    if (balance->no_currency && status == TRAIL_OK) {
        status = trail_fin_file_remark(file, field->line, "balance_without_currency",
                                       "a balance names no currency: read as that of the opening",
                                       value, err);
    }
    if (balance->point && status == TRAIL_OK)
        status = trail_fin_file_once(file, TRAIL_FIN_ONCE_POINT, field->line, err);
    return status;
}

static trail_status read_opening(trail_fin_statement *statement, const trail_fin_field *field,
                                 const trail_fin_balance *balance, trail_slice value,
                                 trail_error *err)
{
    trail_statement *said = &statement->said;
    if (said->opening.kind != TRAIL_BALANCE_NONE || statement->entries > 0) {
        return trail_fin_file_remark(statement->file, field->line, "opening_repeated",
                                     "a second opening balance, or one behind entries: not used",
                                     value, err);
    }
    if (said->currency == TRAIL_NO_CURRENCY) said->currency = balance->currency;
    said->opening = (trail_stated_balance){
        .kind = (uint8_t)(field->tag[2] == 'M' ? TRAIL_BALANCE_PAGE : TRAIL_BALANCE_BOOKED),
        .day = balance->day,
        .amount_minor = balance->minor};
    return TRAIL_OK;
}

static trail_status read_closing(trail_fin_statement *statement, const trail_fin_field *field,
                                 const trail_fin_balance *balance, trail_slice value,
                                 trail_error *err)
{
    trail_statement *said = &statement->said;
    bool available = trail_fin_tag_is(field, "64");
    if (said->closing.kind == TRAIL_BALANCE_BOOKED || said->closing.kind == TRAIL_BALANCE_PAGE) {
        if (available) return TRAIL_OK;
        return trail_fin_file_remark(statement->file, field->line, "closing_repeated",
                                     "a second closing balance: the first one is used", value, err);
    }
    if (balance->currency != said->currency && said->currency != TRAIL_NO_CURRENCY) {
        return trail_fin_file_remark(statement->file, field->line, "balance_other_currency",
                                     "a closing balance in another currency than the opening: not "
                                     "used",
                                     value, err);
    }
    said->currency = balance->currency;
    said->closing =
        (trail_stated_balance){.kind = (uint8_t)(available              ? TRAIL_BALANCE_AVAILABLE
                                                 : field->tag[2] == 'M' ? TRAIL_BALANCE_PAGE
                                                                        : TRAIL_BALANCE_BOOKED),
                               .day = balance->day,
                               .amount_minor = balance->minor};
    return TRAIL_OK;
}

static trail_status take_balance(trail_fin_statement *statement, const trail_fin_field *field,
                                 trail_slice value, trail_error *err)
{
    trail_fin_balance balance;
    trail_currency known = statement->said.currency;
    bool opening = trail_fin_tag_number_is(field, "60");
    const char *wrong = trail_fin_balance_read(value, known, statement->file->near, &balance);
    if (wrong != NULL) {
        return trail_fin_file_remark(statement->file, field->line, "balance_unreadable", wrong,
                                     value, err);
    }
    trail_status status = remark_balance(statement, field, &balance, value, err);
    if (status != TRAIL_OK) return status;
    return opening ? read_opening(statement, field, &balance, value, err)
                   : read_closing(statement, field, &balance, value, err);
}

/* "2EUR47,11" of :90D: or :90C:, "EURD12345,67" of :34F: (for its currency alone). */
static void take_totals(trail_fin_statement *statement, const trail_fin_field *field,
                        trail_slice value)
{
    trail_statement *said = &statement->said;
    trail_currency currency = TRAIL_NO_CURRENCY;
    trail_fin_amount_fault fault = TRAIL_FIN_AMOUNT_OK;
    int64_t minor = 0;
    if (trail_fin_tag_is(field, "34F")) {
        if (value.length >= 3 && said->currency == TRAIL_NO_CURRENCY &&
            trail_currency_find((trail_slice){value.start, 3}, &currency))
            said->currency = currency;
        said->is_report = true;
        return;
    }
    while (value.length > 0 && value.start[0] >= '0' && value.start[0] <= '9')
        value = (trail_slice){value.start + 1, value.length - 1};
    if (!trail_fin_money(value, &currency, &minor, &fault)) return;
    if (said->currency == TRAIL_NO_CURRENCY) said->currency = currency;
    if (currency != said->currency) return;
    said->has_totals = true;
    if (field->tag[2] == 'D') {
        said->stated_debit_minor = minor;
        statement->has_debits = true;
    } else {
        said->stated_credit_minor = minor;
        statement->has_credits = true;
    }
}

/* "D000004C000002D25,24C28,71": numbers and sums, as ING writes them below the statement. */
static void take_statement_text(trail_fin_statement *statement, trail_slice value)
{
    trail_statement *said = &statement->said;
    unsigned exponent = trail_currency_exponent(said->currency);
    trail_slice rest, line = trail_slice_trim(trail_fin_first_line(value, &rest));
    int64_t sums[2] = {0, 0};
    if (line.length < 18 || line.start[0] != 'D' || line.start[7] != 'C' || line.start[14] != 'D')
        return;
    line = (trail_slice){line.start + 14, line.length - 14};
    for (size_t i = 0; i < 2; i++) {
        if (line.length == 0 || line.start[0] != (i == 0 ? 'D' : 'C')) return;
        line = (trail_slice){line.start + 1, line.length - 1};
        size_t length = trail_fin_amount_length(line);
        if (trail_fin_amount((trail_slice){line.start, length}, exponent, &sums[i]) !=
            TRAIL_FIN_AMOUNT_OK)
            return;
        line = (trail_slice){line.start + length, line.length - length};
    }
    said->stated_debit_minor = sums[0];
    said->stated_credit_minor = sums[1];
    statement->has_debits = statement->has_credits = true;
}

static trail_status begin_entry(trail_fin_statement *statement, const trail_fin_field *field,
                                trail_error *err)
{
    trail_status status = finish_entry(statement, err);
    if (status == TRAIL_OK && statement->place == TRAIL_FIN_PLACE_CLOSED) {
        status = trail_fin_file_remark(statement->file, field->line, "entry_after_closing",
                                       "an entry stands behind the closing balance of its "
                                       "statement",
                                       (trail_slice){"", 0}, err);
    }
    if (status != TRAIL_OK) return status;
    statement->entry_place = (trail_record_place){.offset = field->offset, .line = field->line};
    statement->entry_place.length = (uint32_t)(field->end - field->offset);
    statement->place = TRAIL_FIN_PLACE_ENTRY;
    trail_text_reset(&statement->information);
    trail_text_reset(&statement->numbered);
    return trail_fin_file_decode(statement->file, field->value, field->line, &statement->line, err);
}

/* ":86:" and ":NS:". */
static trail_status take_information(trail_fin_statement *statement, const trail_fin_field *field,
                                     trail_slice value, trail_error *err)
{
    bool numbered = trail_fin_tag_is(field, "NS");
    if (statement->place == TRAIL_FIN_PLACE_ENTRY) {
        trail_text *to = numbered ? &statement->numbered : &statement->information;
        trail_status status = TRAIL_OK;
        statement->entry_place.length = (uint32_t)(field->end - statement->entry_place.offset);
        if (to->length + value.length > INFORMATION_LIMIT) {
            return trail_fin_file_remark(statement->file, field->line, "field_cut",
                                         "information of over 256 KiB: what is longer is not read",
                                         trail_slice_of(field->tag), err);
        }
        if (to->length > 0) status = trail_text_add(to, (trail_slice){"\n", 1}, err);
        return status == TRAIL_OK ? trail_text_add(to, value, err) : status;
    }
    if (numbered && value.length > 2 && memcmp(value.start, "22", 2) == 0)
        return keep(&statement->holder, (trail_slice){value.start + 2, value.length - 2}, err);
    if (!numbered) take_statement_text(statement, value);
    return TRAIL_OK;
}

static bool is_balance(const trail_fin_field *field)
{
    return trail_fin_tag_number_is(field, "60") || trail_fin_tag_number_is(field, "62") ||
           trail_fin_tag_is(field, "64");
}

/* Does the field belong to the next statement? */
static bool begins_next(const trail_fin_statement *statement, const trail_fin_field *field)
{
    if (trail_fin_tag_is(field, "20")) return true;
    if (statement->place != TRAIL_FIN_PLACE_CLOSED) return false;
    return trail_fin_tag_number_is(field, "25") || trail_fin_tag_number_is(field, "28") ||
           trail_fin_tag_number_is(field, "60");
}

static trail_status take_field(trail_fin_statement *statement, const trail_fin_field *field,
                               trail_slice value, trail_error *err)
{
    trail_status status = TRAIL_OK;
    if (trail_fin_tag_is(field, "20")) return keep(&statement->reference, value, err);
    if (trail_fin_tag_number_is(field, "25")) {
        trail_text_reset(&statement->account);
        return trail_text_add(&statement->account, value, err);
    }
    if (trail_fin_tag_number_is(field, "28")) {
        status = keep(&statement->number, value, err);
        read_number(statement);
        return status;
    }
    if (is_balance(field)) return take_balance(statement, field, value, err);
    if (trail_fin_tag_number_is(field, "90") || trail_fin_tag_is(field, "34F"))
        take_totals(statement, field, value);
    return status;
}

/* A field of one line that has more: what follows is no part of it. */
static trail_status remark_lines(trail_fin_statement *statement, const trail_fin_field *field,
                                 trail_slice value, trail_error *err)
{
    trail_slice rest;
    (void)trail_fin_first_line(value, &rest);
    rest = trail_slice_trim(rest);
    if (rest.length == 0 || trail_fin_tag_number_is(field, "25")) return TRAIL_OK;
    return trail_fin_file_remark(statement->file, field->line, "unexpected_line",
                                 "a line that belongs to no field: not read", rest, err);
}

trail_status trail_fin_statement_field(trail_fin_statement *statement, const trail_fin_field *field,
                                       trail_error *err)
{
    trail_fin_file *file = statement->file;
    trail_status status = TRAIL_OK;
    if (statement->open && begins_next(statement, field)) status = end_statement(statement, err);
    if (status != TRAIL_OK) return status;
    if (!statement->open) begin(statement, field);
    statement->end = field->end;
    status = trail_fin_file_check_field(file, field, err);
    if (status != TRAIL_OK) return status;
    if (field->known && trail_fin_tag_is(field, "61")) return begin_entry(statement, field, err);
    status = trail_fin_file_decode(file, field->value, field->line, &statement->scratch, err);
    if (status != TRAIL_OK) return status;
    trail_slice value = trail_text_slice(&statement->scratch);
    if (statement->place == TRAIL_FIN_PLACE_HEAD && statement->raw.length < RAW_LIMIT) {
        status = trail_text_add_format(&statement->raw, err, ":%s:%.*s\n", field->tag,
                                       (int)value.length, value.start);
        if (status != TRAIL_OK) return status;
    }
    if (field->known && (trail_fin_tag_is(field, "86") || trail_fin_tag_is(field, "NS")))
        return take_information(statement, field, value, err);
    status = finish_entry(statement, err);
    if (statement->place == TRAIL_FIN_PLACE_ENTRY) statement->place = TRAIL_FIN_PLACE_APART;
    if (!field->known || status != TRAIL_OK) return status;
    if (trail_fin_tag_number_is(field, "62") || trail_fin_tag_number_is(field, "64"))
        statement->place = TRAIL_FIN_PLACE_CLOSED;
    status = remark_lines(statement, field, value, err);
    return status == TRAIL_OK ? take_field(statement, field, value, err) : status;
}
