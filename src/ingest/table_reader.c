/* The reader of delimited tables. Rows are taken in batches: all are mapped and their account keys
 * hashed and asked for, then all are put, in order; the memory of the account table arrives
 * meanwhile (interning millions of accounts is bound by cache misses, not by work). */
#include "ingest/reader.h"

#include <string.h>

#include "base/failure.h"
#include "base/wide.h"
#include "ingest/row_mapper.h"
#include "ingest/table_days.h"
#include "ingest/row_page.h"
#include "ingest/second_look.h"
#include "ingest/statement_pockets.h"
#include "ingest/table_observations.h"

/* Bytes that come to more than REJECT_TEXT in every encoding, so that the cut falls into text. */
enum { REJECT_TEXT = 10000, RAW_TEXT = 8 * REJECT_TEXT, MESSAGE_VALUE = 200 };

#define PROGRESS_STEP ((uint64_t)16 << 20)

typedef struct table_reading {
    trail_reading *reading;
    trail_ledger *ledger;
    trail_table_rows rows;
    trail_table_style style;
    trail_row_mapper mapper;
    trail_statement_pockets pockets;
    trail_table_observations observations;
    trail_second_look look;
    bool notes_banks;
    bool copied; /* from a document: has pages */
    size_t first_entry, first_side;
    uint64_t reported; /* bytes, for progress */
    trail_text scratch;
} table_reading;

static bool recognise(trail_slice first_bytes)
{
    (void)first_bytes;
    return true;
}

static trail_status put_printable(table_reading *table, trail_slice text, size_t most, uint32_t *id,
                                  trail_error *err)
{
    trail_text *scratch = &table->scratch;
    trail_text_reset(scratch);
    trail_status status = trail_unicode_printable(trail_reject_shortened(text, most), scratch, err);
    if (status != TRAIL_OK) return status;
    return trail_strings_put(table->ledger->strings, trail_text_slice(scratch), id, err);
}

static trail_status put_message(table_reading *table, const trail_mapped_row *mapped, uint32_t *id,
                                trail_error *err)
{
    trail_text message = {0};
    trail_slice value = trail_reject_shortened(mapped->value, MESSAGE_VALUE);
    trail_status status = trail_text_add(&message, trail_slice_of(mapped->sentence), err);
    if (value.length > 0) {
        if (status == TRAIL_OK) status = trail_text_add(&message, trail_slice_of(": '"), err);
        if (status == TRAIL_OK) status = trail_text_add(&message, value, err);
        if (status == TRAIL_OK) status = trail_text_add(&message, trail_slice_of("'"), err);
    }
    if (status == TRAIL_OK) {
        status = put_printable(table, trail_text_slice(&message), message.length, id, err);
    }
    trail_text_clear(&message);
    return status;
}

static trail_status put_row_text(table_reading *table, const trail_row *row, uint32_t *id,
                                 trail_error *err)
{
    trail_text text = {0};
    trail_slice raw = row->raw;
    if (raw.length > RAW_TEXT) raw.length = RAW_TEXT;
    trail_status status = trail_table_rows_decode(&table->rows, raw, &text, err);
    if (status == TRAIL_OK) {
        status = put_printable(table, trail_text_slice(&text), REJECT_TEXT, id, err);
    }
    trail_text_clear(&text);
    return status;
}

static trail_status put_reject(table_reading *table, const trail_row *row,
                               const trail_mapped_row *mapped, uint32_t record, trail_error *err)
{
    const trail_reading *reading = table->reading;
    trail_vector *rejects = &reading->rejects->rejects;
    trail_mapped_row formula = *mapped;
    if (reading->location.workbook != NULL && mapped->value.length > 0 &&
        mapped->value.start[0] == '=') { /* so the sheet shows a formula without result */
        formula.code = "formula_without_value";
        formula.sentence = "the cell holds a formula and no result stored with it";
        mapped = &formula;
    }
    if (rejects->count >= reading->reject_limit) {
        return trail_fail(err, TRAIL_BAD_DATA,
                          "more than %llu rows were refused: the next is %s line %llu: %s (raise "
                          "reject_limit under parameters to go on)",
                          (unsigned long long)reading->reject_limit, reading->name,
                          (unsigned long long)row->line, mapped->sentence);
    }
    trail_reject reject = {.file = reading->file,
                           .record = record,
                           .column = mapped->column == TRAIL_NO_COLUMN ? 0 : mapped->column + 1,
                           .code = mapped->code,
                           .line = row->line,
                           .offset = trail_records_offset(&table->ledger->records, record)};
    const char *name = trail_column_map_name(&table->rows.map, mapped->column);
    trail_status status =
        put_printable(table, trail_slice_of(name), MESSAGE_VALUE, &reject.column_name, err);
    if (status == TRAIL_OK) status = put_message(table, mapped, &reject.message, err);
    if (status == TRAIL_OK) status = put_row_text(table, row, &reject.text, err);
    return status == TRAIL_OK ? trail_vector_push(rejects, &reject, err) : status;
}

static trail_status add_record(table_reading *table, const trail_row *row, trail_record_state state,
                               uint32_t *record, trail_error *err)
{
    uint64_t offset = row->offset, bytes = row->length;
    (void)trail_byte_source_place(table->rows.bytes, row->line, &offset, &bytes);
    uint32_t length =
        bytes > TRAIL_RECORD_LENGTH_LIMIT ? TRAIL_RECORD_LENGTH_LIMIT : (uint32_t)bytes;
    table->reading->rows++;
    return trail_records_add(&table->ledger->records, offset, length, row->line, state, record,
                             err);
}

static trail_status put_remark(table_reading *table, uint32_t record, uint64_t line,
                               const char *code, const char *sentence, trail_error *err)
{
    trail_remark remark = {
        .file = table->reading->file, .record = record, .code = code, .line = line};
    trail_status status =
        trail_strings_put(table->ledger->strings, trail_slice_of(sentence), &remark.message, err);
    if (status != TRAIL_OK) return status;
    return trail_vector_push(&table->reading->rejects->remarks, &remark, err);
}

static trail_status put_detail(table_reading *table, const trail_mapped_row *mapped,
                               trail_error *err)
{
    trail_detail *detail = NULL;
    trail_strings *strings = table->ledger->strings;
    trail_slice text;
    trail_status status = trail_row_mapper_text(&table->mapper, mapped, &text, err);
    if (status != TRAIL_OK) return status;
    status = trail_records_detail_of_newest(&table->ledger->records, &detail, err);
    if (status != TRAIL_OK) return status;
    const struct {
        trail_slice text;
        uint32_t *id;
    } texts[] = {{mapped->payer.name, &detail->payer_name},
                 {mapped->payee.name, &detail->payee_name},
                 {mapped->payer.number, &detail->payer_number},
                 {mapped->payee.number, &detail->payee_number},
                 {text, &detail->text},
                 {mapped->reference, &detail->reference},
                 {mapped->code_text, &detail->code}};
    for (size_t i = 0; i < TRAIL_LENGTH_OF(texts) && status == TRAIL_OK; i++) {
        if (texts[i].text.length == 0) continue;
        status = trail_strings_put(strings, texts[i].text, texts[i].id, err);
    }
    detail->value_day = mapped->value_day;
    detail->has_balance = mapped->has_balance;
    detail->balance_minor = mapped->balance_minor;
    return status;
}

static trail_status put_account(table_reading *table, const trail_mapped_party *party,
                                uint32_t *account, trail_error *err)
{
    *account = TRAIL_NO_ACCOUNT;
    if (party->key.length == 0) return TRAIL_OK;
    return trail_accounts_put(table->ledger->accounts, party->key, party->hash, account, err);
}

/* The own account's change is amount and fee together, and its balance the one behind the fee. */
static trail_status note_pocket(table_reading *table, const trail_mapped_row *mapped, uint64_t line,
                                trail_error *err)
{
    const trail_entry *entry = &mapped->entry;
    int64_t charged = mapped->own_is_payer ? -mapped->fee_minor : mapped->fee_minor;
    int64_t change_minor = entry->amount_minor - charged;
    trail_pocket_row row = {.account = mapped->own_is_payer ? entry->payer : entry->payee,
                            .currency = entry->currency,
                            .record = entry->record,
                            .day = entry->booking_day,
                            .signed_minor = mapped->own_is_payer ? -change_minor : change_minor,
                            .has_balance = mapped->has_balance,
                            .balance_minor = mapped->balance_minor - mapped->fee_minor};
    trail_status status = trail_statement_pockets_add(&table->pockets, &row, err);
    if (status != TRAIL_OK || !table->copied) return status;
    return trail_second_look_add(&table->look, &row, entry->record, line, err);
}

/* A fee that stands in the row of another movement is a record and a leg of its own, at the same
 * place. */
static trail_status put_fee(table_reading *table, const trail_row *row,
                            const trail_mapped_row *mapped, trail_error *err)
{
    trail_mapped_row fee;
    trail_fee_leg(mapped, table->mapper.profile->layout, &fee);
    trail_entry *entry = &fee.entry;
    trail_status status = add_record(table, row, TRAIL_RECORD_PAYMENT, &entry->record, err);
    if (status == TRAIL_OK) status = put_account(table, &fee.payer, &entry->payer, err);
    if (status == TRAIL_OK) status = put_account(table, &fee.payee, &entry->payee, err);
    if (status == TRAIL_OK) status = put_detail(table, &fee, err);
    return status == TRAIL_OK ? trail_ledger_add(table->ledger, entry, err) : status;
}

static trail_status put_payment(table_reading *table, trail_mapped_row *mapped, uint32_t record,
                                uint64_t line, trail_error *err)
{
    trail_entry *entry = &mapped->entry;
    entry->record = record;
    trail_status status = put_account(table, &mapped->payer, &entry->payer, err);
    if (status == TRAIL_OK) status = put_account(table, &mapped->payee, &entry->payee, err);
    if (status == TRAIL_OK && table->mapper.keeps_details) status = put_detail(table, mapped, err);
    if (status == TRAIL_OK) status = trail_ledger_add(table->ledger, entry, err);
    if (status != TRAIL_OK) return status;
    if (table->mapper.profile->layout == TRAIL_LAYOUT_STATEMENT) {
        return note_pocket(table, mapped, line, err);
    }
    if (!table->notes_banks) return TRAIL_OK;
    status =
        trail_table_observations_note(&table->observations, entry->payer, mapped->payer.bank, err);
    if (status != TRAIL_OK) return status;
    return trail_table_observations_note(&table->observations, entry->payee, mapped->payee.bank,
                                         err);
}

static trail_status put_outside(table_reading *table, const trail_mapped_row *mapped,
                                uint32_t record, trail_error *err)
{
    bool credit = table->mapper.profile->layout == TRAIL_LAYOUT_STATEMENT && !mapped->own_is_payer;
    trail_outside outside = {.record = record, .day = mapped->entry.booking_day};
    trail_status status = trail_strings_put(table->ledger->strings,
                                            credit ? mapped->payee.number : mapped->payer.number,
                                            &outside.number, err);
    if (status != TRAIL_OK) return status;
    return trail_vector_push(&table->ledger->outside, &outside, err);
}

/* The balance after a row with a fee stands behind the fee: behind the movement it is that much
 * higher. */
static trail_status put_movement(table_reading *table, const trail_row *row,
                                 trail_mapped_row *mapped, uint32_t record, trail_error *err)
{
    int64_t balance_minor = mapped->balance_minor;
    trail_status status = TRAIL_OK;
    if (mapped->fee_minor == 0) return put_payment(table, mapped, record, row->line, err);
    if (mapped->has_balance &&
        !trail_add_checked(balance_minor, mapped->fee_minor, &mapped->balance_minor))
        mapped->has_balance = false;
    status = put_payment(table, mapped, record, row->line, err);
    mapped->balance_minor = balance_minor;
    return status == TRAIL_OK ? put_fee(table, row, mapped, err) : status;
}

static trail_status put_row(table_reading *table, const trail_row *row, trail_mapped_row *mapped,
                            trail_error *err)
{
    uint32_t record = 0;
    trail_status status = add_record(table, row, mapped->state, &record, err);
    if (status == TRAIL_OK && table->copied) {
        status = trail_row_page_put(table->ledger, &table->rows.map, row, mapped, record, err);
    }
    if (status != TRAIL_OK) return status;
    if (mapped->remark_code != NULL) {
        status = put_remark(table, record, row->line, mapped->remark_code, mapped->remark, err);
        if (status != TRAIL_OK) return status;
    }
    if (mapped->state == TRAIL_RECORD_PAYMENT) return put_movement(table, row, mapped, record, err);
    if (mapped->state == TRAIL_RECORD_REJECT) return put_reject(table, row, mapped, record, err);
    if (mapped->state == TRAIL_RECORD_OUT_OF_SCOPE) return put_outside(table, mapped, record, err);
    return TRAIL_OK;
}

/* A broken gzip ends somewhere in a row: what stands there may be half an amount. */
static void refuse_cut_row(const table_reading *table, const trail_row *row,
                           trail_mapped_row *mapped)
{
    if (row->cut && trail_byte_source_break(table->rows.bytes) != NULL) {
        (void)trail_mapped_refuse(mapped, "row_cut_off", "the file breaks off in this row",
                                  TRAIL_NO_COLUMN, (trail_slice){"", 0});
    }
}

static trail_status map_batch(table_reading *table, const trail_row *rows, size_t count,
                              trail_mapped_row *mapped, trail_error *err)
{
    const trail_accounts *accounts = table->ledger->accounts;
    trail_row_mapper_begin(&table->mapper);
    for (size_t i = 0; i < count; i++) {
        const trail_slice *fields = NULL;
        uint32_t bad_column = TRAIL_NO_COLUMN;
        trail_status status =
            trail_table_rows_fields(&table->rows, &rows[i], &fields, &bad_column, err);
        if (status != TRAIL_OK) return status;
        status =
            trail_row_mapper_map(&table->mapper, &rows[i], fields, bad_column, &mapped[i], err);
        if (status != TRAIL_OK) return status;
        if (rows[i].cut) refuse_cut_row(table, &rows[i], &mapped[i]);
        if (mapped[i].payer.key.length > 0) {
            trail_accounts_prefetch(accounts, mapped[i].payer.hash);
        }
        if (mapped[i].payee.key.length > 0) {
            trail_accounts_prefetch(accounts, mapped[i].payee.hash);
        }
    }
    return TRAIL_OK;
}

static void prefetch_entries(const table_reading *table, const trail_mapped_row *mapped,
                             size_t count)
{
    const trail_accounts *accounts = table->ledger->accounts;
    for (size_t i = 0; i < count; i++) {
        if (mapped[i].payer.key.length > 0) {
            trail_accounts_prefetch_entry(accounts, mapped[i].payer.hash);
        }
        if (mapped[i].payee.key.length > 0) {
            trail_accounts_prefetch_entry(accounts, mapped[i].payee.hash);
        }
    }
}

static void report(table_reading *table)
{
    const trail_reading *reading = table->reading;
    const trail_progress *progress = reading->progress;
    uint64_t done = trail_byte_source_raw_done(table->rows.bytes);
    if (progress == NULL || done < table->reported + PROGRESS_STEP) return;
    table->reported = done;
    progress->report(progress->context, "read", "bytes", reading->bytes_before + done,
                     reading->bytes_total);
}

static trail_status read_rows(table_reading *table, trail_error *err)
{
    trail_row rows[TRAIL_ROW_BATCH];
    trail_mapped_row mapped[TRAIL_ROW_BATCH];
    /* Decoded fields live until the next row is decoded, so such rows go one by one. */
    size_t room = table->rows.decoder != NULL ? 1 : TRAIL_ROW_BATCH;
    for (;;) {
        size_t count = 0;
        trail_status status = trail_table_rows_next(&table->rows, rows, room, &count, err);
        if (status != TRAIL_OK || count == 0) return status;
        status = map_batch(table, rows, count, mapped, err);
        if (status == TRAIL_OK) prefetch_entries(table, mapped, count);
        for (size_t i = 0; i < count && status == TRAIL_OK; i++) {
            status = put_row(table, &rows[i], &mapped[i], err);
        }
        if (status != TRAIL_OK) return status;
        report(table);
    }
}

/* A statement without a row still observes its account over the period it states. */
static trail_status observe_empty_statement(table_reading *table, trail_error *err)
{
    const trail_source *source = table->reading->source;
    trail_mapped_row nothing_mapped = {.column = TRAIL_NO_COLUMN};
    trail_mapped_party own = {.number = table->mapper.own_number,
                              .bank = trail_slice_of(source->bank)};
    uint32_t account = TRAIL_NO_ACCOUNT;
    if (table->pockets.pockets.count > 0 || source->from == TRAIL_NO_DAY ||
        source->to == TRAIL_NO_DAY) {
        return TRAIL_OK;
    }
    trail_row_mapper_begin(&table->mapper);
    if (!trail_row_mapper_key(&table->mapper, &nothing_mapped, TRAIL_NO_COLUMN, &own) ||
        own.key.length == 0) {
        return TRAIL_OK;
    }
    trail_status status = put_account(table, &own, &account, err);
    if (status != TRAIL_OK) return status;
    return trail_statement_pockets_empty(table->ledger, table->reading->file, account, source, err);
}

static trail_status finish(table_reading *table, trail_error *err)
{
    trail_reading *reading = table->reading;
    trail_status status = TRAIL_OK;
    if (!table->mapper.not_midnight)
        trail_drop_midnights(table->ledger, table->first_entry, table->first_side);
    trail_set_file_days(table->ledger, reading->file, table->first_entry);
    if (reading->profile->layout == TRAIL_LAYOUT_STATEMENT) {
        status = observe_empty_statement(table, err);
        if (status == TRAIL_OK) {
            status = trail_statement_pockets_finish(&table->pockets, table->ledger, reading->file,
                                                    reading->source, err);
        }
    } else {
        status =
            trail_table_observations_finish(&table->observations, table->ledger, table->first_entry,
                                            reading->file, reading->source, err);
    }
    if (status == TRAIL_OK && table->copied)
        status = trail_second_look_finish(&table->look, reading, err);
    const char *why = trail_byte_source_break(table->rows.bytes);
    if (status == TRAIL_OK && why != NULL) {
        status =
            put_printable(table, trail_slice_of(why), REJECT_TEXT, &reading->break_reason, err);
    }
    return status;
}

/* Opens the file, binds the columns, settles the notation. Nothing is put yet. */
static trail_status prepare(table_reading *table, trail_error *err)
{
    trail_reading *reading = table->reading;
    trail_aside *aside = &reading->aside;
    const trail_source *source = reading->source;
    const trail_profile *profile = reading->profile;
    trail_status status =
        trail_table_rows_open(&table->rows, &reading->location, source, profile, aside, err);
    if (status != TRAIL_OK || aside->reason.length > 0) return status;
    const uint32_t *of = table->rows.map.of;
    table->copied = profile->columns_at.count > 0 || of[TRAIL_COLUMN_PAGE] != TRAIL_NO_COLUMN;
    if (reading->encoding == 0) {
        status = put_printable(table, trail_text_slice(&table->rows.encoding), REJECT_TEXT,
                               &reading->encoding, err);
        if (status != TRAIL_OK) return status;
    }
    if (profile->layout == TRAIL_LAYOUT_TRANSFERS) {
        bool has_banks = of[TRAIL_COLUMN_PAYER_BANK] != TRAIL_NO_COLUMN ||
                         of[TRAIL_COLUMN_PAYEE_BANK] != TRAIL_NO_COLUMN;
        status = trail_table_observations_init(&table->observations, source, has_banks, err);
        if (status != TRAIL_OK) return status;
        table->notes_banks = table->observations.observes == TRAIL_OBSERVES_BANK;
    } else if (of[TRAIL_COLUMN_OWN_ACCOUNT] == TRAIL_NO_COLUMN && source->own_account == NULL &&
               table->rows.own_number.length == 0) {
        status = trail_text_add_format(&aside->reason, err,
                                       "nothing says whose account the statement is of");
        if (status != TRAIL_OK) return status;
        return trail_text_add_format(&aside->paste, err, "own_account: \"...\"");
    }
    status =
        trail_table_style_decide(&table->style, &reading->location, source, profile, aside, err);
    if (status != TRAIL_OK || aside->reason.length > 0) return status;
    return trail_row_mapper_init(&table->mapper, &table->rows, &table->style, aside, err);
}

static trail_status read_table(trail_reading *reading, trail_error *err)
{
    table_reading table = {.reading = reading, .ledger = reading->ledger};
    trail_statement_pockets_init(&table.pockets);
    trail_status status = prepare(&table, err);
    if (status != TRAIL_OK || reading->aside.reason.length > 0) goto cleanup;
    status = trail_records_open_file(&table.ledger->records, reading->name, reading->hash,
                                     reading->size, reading->source_index, &reading->file, err);
    if (status != TRAIL_OK) goto cleanup;
    table.first_entry = table.ledger->count;
    table.first_side = table.ledger->credit_sides.count;
    status = read_rows(&table, err);
    if (status == TRAIL_OK) status = finish(&table, err);
cleanup:
    trail_second_look_clear(&table.look);
    trail_row_mapper_clear(&table.mapper);
    trail_table_observations_clear(&table.observations);
    trail_statement_pockets_clear(&table.pockets);
    trail_table_rows_close(&table.rows);
    trail_text_clear(&table.scratch);
    return status;
}

const trail_reader trail_table_reader = {
    .name = "csv",
    .summary = "tables separated by comma, semicolon, tab or another character, plain or gzip",
    .needs_profile = true,
    .recognise = recognise,
    .read = read_table,
};
