/* The end of a statement: whose it is, what it observes, and which sign its reversals have. A
 * reversal's sign follows from the standard (RC takes money back out); where a bank writes it the
 * other way round, the balances say so: opening + rows = closing holds one way and not the other.
 */
#include "ingest/entry_writer.h"

#include "base/wide.h"

void trail_entry_writer_begin_statement(trail_entry_writer *writer)
{
    writer->statement_entry = writer->ledger->count;
    writer->statement_start = (uint32_t)writer->ledger->records.count;
}

static bool is_reversal(const trail_ledger *ledger, size_t entry)
{
    const trail_wire *wire = trail_ledger_wire(ledger, ledger->record[entry]);
    return wire != NULL && wire->reversal;
}

/* Sums of all rows, and of the reversals; false when they leave int64. */
static bool sum_rows(const trail_entry_writer *writer, int64_t *all, int64_t *reversals)
{
    const trail_ledger *ledger = writer->ledger;
    for (size_t i = writer->statement_entry; i < ledger->count; i++) {
        bool credit = (ledger->flags[i] & TRAIL_HAS_CREDIT) != 0;
        int64_t amount = credit ? ledger->amount_minor[i] : -ledger->amount_minor[i];
        if (!trail_add_checked(*all, amount, all)) return false;
        if (is_reversal(ledger, i) && !trail_add_checked(*reversals, amount, reversals))
            return false;
    }
    return true;
}

static bool is_comparable(const trail_stated_balance *balance)
{
    return balance->kind == TRAIL_BALANCE_BOOKED || balance->kind == TRAIL_BALANCE_PAGE;
}

/* Would the statement close with the reversals the other way round, and not as they are? */
static bool balances_turn(const trail_entry_writer *writer, const trail_statement *statement)
{
    int64_t all = 0, reversals = 0, wanted = 0, turned = 0;
    if (!is_comparable(&statement->opening) || !is_comparable(&statement->closing) ||
        !trail_sub_checked(statement->closing.amount_minor, statement->opening.amount_minor,
                           &wanted) ||
        !sum_rows(writer, &all, &reversals) || reversals == 0 || all == wanted) {
        return false;
    }
    return trail_sub_checked(all, reversals, &turned) &&
           trail_sub_checked(turned, reversals, &turned) && turned == wanted;
}

static void swap_ids(uint32_t *a, uint32_t *b)
{
    uint32_t kept = *a;
    *a = *b;
    *b = kept;
}

static void turn(trail_ledger *ledger, size_t entry)
{
    const trail_records *records = &ledger->records;
    const trail_file *file = trail_records_file(records, ledger->record[entry]);
    trail_detail *detail = &file->details[ledger->record[entry] - file->first_record];
    swap_ids(&ledger->payer[entry], &ledger->payee[entry]);
    swap_ids(&detail->payer_name, &detail->payee_name);
    swap_ids(&detail->payer_number, &detail->payee_number);
    ledger->flags[entry] ^= TRAIL_HAS_DEBIT | TRAIL_HAS_CREDIT;
}

static trail_status turn_reversals(trail_entry_writer *writer, uint64_t line, trail_error *err)
{
    trail_ledger *ledger = writer->ledger;
    for (size_t i = writer->statement_entry; i < ledger->count; i++) {
        if (is_reversal(ledger, i)) turn(ledger, i);
    }
    return trail_entry_writer_remark(
        writer, true, line, "reversal_sign_turned",
        "the statement closes only with its reversals the other way round: taken so",
        (trail_slice){"", 0}, err);
}

static void widen(trail_observation *observation, int32_t day)
{
    if (day == TRAIL_NO_DAY) return;
    if (observation->from_day == TRAIL_NO_DAY || day < observation->from_day)
        observation->from_day = day;
    if (observation->to_day == TRAIL_NO_DAY || day > observation->to_day) observation->to_day = day;
}

static trail_status observe(const trail_entry_writer *writer, const trail_statement *statement,
                            trail_error *err)
{
    trail_ledger *ledger = writer->ledger;
    const trail_source *source = writer->reading->source;
    trail_observation observation = {.account = statement->account,
                                     .from_day = TRAIL_NO_DAY,
                                     .to_day = TRAIL_NO_DAY,
                                     .file = statement->file};
    if (statement->is_report) return TRAIL_OK;
    for (size_t i = writer->statement_entry; i < ledger->count; i++)
        widen(&observation, ledger->booking_day[i]);
    if (is_comparable(&statement->opening) && is_comparable(&statement->closing))
        widen(&observation, trail_statement_first_day(statement));
    if (is_comparable(&statement->closing)) widen(&observation, statement->closing.day);
    widen(&observation, statement->from_day);
    widen(&observation, statement->to_day);
    if (observation.from_day == TRAIL_NO_DAY) return TRAIL_OK;
    if (source->from != TRAIL_NO_DAY) observation.from_day = source->from;
    if (source->to != TRAIL_NO_DAY) observation.to_day = source->to;
    return trail_vector_push(&ledger->observations, &observation, err);
}

/* A page's opening counts only when no earlier page of the account stands in the file. */
static bool opens_pocket(const trail_ledger *ledger, const trail_statement *statement)
{
    if (statement->is_report || statement->opening.kind == TRAIL_BALANCE_BOOKED)
        return !statement->is_report;
    if (statement->opening.kind != TRAIL_BALANCE_PAGE) return false;
    const trail_statement *statements = ledger->statements.items;
    for (size_t i = ledger->statements.count; i > 0 && statements[i - 1].file == statement->file;
         i--) {
        if (statements[i - 1].account == statement->account &&
            statements[i - 1].currency == statement->currency)
            return false;
    }
    return true;
}

static trail_status put_opening(const trail_entry_writer *writer, const trail_statement *statement,
                                trail_error *err)
{
    trail_ledger *ledger = writer->ledger;
    if (!opens_pocket(ledger, statement)) return TRAIL_OK;
    trail_opening opening = {.account = statement->account,
                             .currency = statement->currency,
                             .amount_minor = statement->opening.amount_minor,
                             .day = statement->opening.day,
                             .origin = TRAIL_ORIGIN_UNKNOWN,
                             .stated = true};
    if (ledger->count > writer->statement_entry)
        opening.day = ledger->booking_day[writer->statement_entry];
    for (size_t i = writer->statement_entry; i < ledger->count; i++) {
        if (ledger->booking_day[i] < opening.day) opening.day = ledger->booking_day[i];
    }
    return trail_vector_push(&ledger->openings, &opening, err);
}

trail_status trail_entry_writer_end_statement(trail_entry_writer *writer,
                                              const trail_party_said *own,
                                              const trail_statement *statement,
                                              trail_slice reference, trail_slice number,
                                              trail_error *err)
{
    trail_ledger *ledger = writer->ledger;
    const trail_source *source = writer->reading->source;
    trail_statement ended = *statement;
    char key[TRAIL_ACCOUNT_KEY_LIMIT];
    size_t length = 0;
    trail_slice bank = own->bank.length > 0 ? own->bank : trail_slice_of(source->bank);
    trail_slice written =
        own->number.length > 0 ? own->number : trail_slice_of(source->own_account);
    if (!trail_account_key(bank, written, key, &length)) {
        trail_entry_writer_begin_statement(writer);
        return trail_entry_writer_remark(writer, true, statement->line, "own_account_missing",
                                         "nothing says whose account the statement is of", written,
                                         err);
    }
    trail_slice whole = {key, length};
    trail_status status =
        trail_accounts_put(ledger->accounts, whole, trail_strings_hash(whole), &ended.account, err);
    if (status == TRAIL_OK)
        status = trail_strings_put(ledger->strings, reference, &ended.reference, err);
    if (status == TRAIL_OK) status = trail_strings_put(ledger->strings, number, &ended.number, err);
    if (status != TRAIL_OK) return status;
    ended.file = writer->reading->file;
    ended.first_record = writer->statement_start;
    ended.end_record = (uint32_t)ledger->records.count;
    if (balances_turn(writer, &ended)) status = turn_reversals(writer, ended.line, err);
    if (status == TRAIL_OK) status = observe(writer, &ended, err);
    if (status == TRAIL_OK) status = put_opening(writer, &ended, err);
    if (status == TRAIL_OK) status = trail_vector_push(&ledger->statements, &ended, err);
    trail_entry_writer_begin_statement(writer);
    return status;
}
