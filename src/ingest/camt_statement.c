#include "ingest/camt_statement.h"

#include "base/wide.h"
#include "ingest/camt_paths.h"
#include "ingest/iso_value.h"
#include "model/calendar.h"
#include "model/money.h"

typedef enum balance_type {
    OPENING = 0,       /* OPBD */
    PREVIOUS,          /* PRCD: closing of the statement before */
    INTERIM,           /* ITBD: of a page, or in the course of a day */
    CLOSING,           /* CLBD */
    OPENING_AVAILABLE, /* OPAV */
    INTERIM_AVAILABLE, /* ITAV */
    CLOSING_AVAILABLE, /* CLAV */
    OTHER_TYPE
} balance_type;

typedef struct balance {
    balance_type type;
    trail_currency currency;
    int64_t amount_minor;
    int32_t day;
    uint64_t line;
} balance;

void trail_camt_statement_init(trail_camt_statement *statement)
{
    *statement = (trail_camt_statement){.balances = trail_vector_of(sizeof(balance))};
    trail_xml_fields_init(&statement->fields);
    trail_camt_statement_reset(statement);
}

void trail_camt_statement_clear(trail_camt_statement *statement)
{
    trail_xml_fields_clear(&statement->fields);
    trail_vector_clear(&statement->balances);
}

void trail_camt_statement_reset(trail_camt_statement *statement)
{
    trail_xml_fields fields = statement->fields;
    trail_vector balances = statement->balances;
    balances.count = 0;
    trail_xml_fields_reset(&fields);
    *statement = (trail_camt_statement){.fields = fields,
                                        .balances = balances,
                                        .message = statement->message,
                                        .is_report = statement->is_report,
                                        .currency = TRAIL_NO_CURRENCY,
                                        .last_day = TRAIL_NO_DAY};
}

static trail_slice said(const trail_camt_statement *statement, uint16_t meaning)
{
    trail_xml_block all = trail_xml_fields_all(&statement->fields);
    return trail_xml_block_get(&all, meaning);
}

trail_party_said trail_camt_statement_own(const trail_camt_statement *statement)
{
    trail_xml_block all = trail_xml_fields_all(&statement->fields);
    return (trail_party_said){
        .name = trail_xml_block_either(&all, TRAIL_CAMT_OWN_NAME, TRAIL_CAMT_OWN_ACCOUNT_NAME),
        .number = trail_xml_block_either(&all, TRAIL_CAMT_OWN_IBAN, TRAIL_CAMT_OWN_NUMBER),
        .bank = trail_xml_block_either(&all, TRAIL_CAMT_OWN_BIC, TRAIL_CAMT_OWN_CLEARING)};
}

static balance_type type_of(trail_slice code)
{
    static const char *const codes[] = {"OPBD", "PRCD", "ITBD", "CLBD", "OPAV", "ITAV", "CLAV"};
    for (size_t i = 0; i < TRAIL_LENGTH_OF(codes); i++) {
        if (trail_slice_is(code, codes[i])) return (balance_type)i;
    }
    return OTHER_TYPE;
}

/* As the account says, else its booked balances, else the entry at hand, else any balance. */
static void settle_currency(trail_camt_statement *statement, trail_currency of_entry)
{
    const balance *all = statement->balances.items;
    if (statement->currency != TRAIL_NO_CURRENCY ||
        trail_currency_find(said(statement, TRAIL_CAMT_OWN_CURRENCY), &statement->currency))
        return;
    statement->currency = of_entry;
    for (size_t i = statement->balances.count; i > 0; i--) {
        bool booked = all[i - 1].type <= CLOSING;
        if (booked || of_entry == TRAIL_NO_CURRENCY) statement->currency = all[i - 1].currency;
    }
}

trail_status trail_camt_statement_balance(trail_camt_statement *statement,
                                          trail_entry_writer *writer, const trail_xml_block *block,
                                          uint64_t line, trail_error *err)
{
    balance found = {.line = line,
                     .type = type_of(trail_xml_block_get(block, TRAIL_CAMT_BALANCE_TYPE))};
    int32_t second = TRAIL_NO_TIME;
    trail_slice sign = trail_xml_block_get(block, TRAIL_CAMT_BALANCE_SIGN);
    trail_iso_fault fault =
        trail_iso_amount(trail_xml_block_get(block, TRAIL_CAMT_BALANCE_AMOUNT),
                         trail_xml_block_get(block, TRAIL_CAMT_BALANCE_CURRENCY), &found.currency,
                         &found.amount_minor);
    if (fault.code == NULL && !trail_slice_is(sign, "CRDT") && !trail_slice_is(sign, "DBIT"))
        fault = (trail_iso_fault){"sign_unknown", "a balance is neither credit nor debit", sign};
    if (fault.code != NULL) {
        return trail_entry_writer_remark(writer, true, line, "balance_unreadable",
                                         "a balance cannot be read and is left out", fault.value,
                                         err);
    }
    if (trail_slice_is(sign, "DBIT")) found.amount_minor = -found.amount_minor;
    (void)trail_iso_day(trail_xml_block_get(block, TRAIL_CAMT_BALANCE_DAY), &found.day, &second);
    return trail_vector_push(&statement->balances, &found, err);
}

/* Only balances in the statement's currency can be compared with its entries. */
static trail_status drop_other_currencies(trail_camt_statement *statement,
                                          trail_entry_writer *writer, trail_error *err)
{
    balance *all = statement->balances.items;
    size_t kept = 0;
    trail_status status = TRAIL_OK;
    for (size_t i = 0; i < statement->balances.count && status == TRAIL_OK; i++) {
        if (all[i].currency == statement->currency) {
            all[kept++] = all[i];
        } else if (all[i].type != OTHER_TYPE) {
            status = trail_entry_writer_remark(
                writer, true, all[i].line, "balance_currency",
                "a balance is in another currency than its statement and is left out",
                trail_slice_of(trail_currency_code(all[i].currency)), err);
        }
    }
    statement->balances.count = kept;
    return status;
}

static void add(trail_camt_sums *sums, bool credit, int64_t amount_minor)
{
    int64_t *sum = credit ? &sums->credit_minor : &sums->debit_minor;
    uint64_t *count = credit ? &sums->credits : &sums->debits;
    if (!trail_add_checked(*sum, amount_minor, sum)) *sum = INT64_MAX;
    (*count)++;
}

void trail_camt_statement_count(trail_camt_statement *statement, trail_currency currency,
                                bool credit, int64_t amount_minor, bool booked, int32_t day)
{
    settle_currency(statement, currency);
    if (currency == statement->currency) {
        add(&statement->all, credit, amount_minor);
        if (booked) add(&statement->booked, credit, amount_minor);
    }
    if (!booked || day == TRAIL_NO_DAY) return;
    if (statement->last_day != TRAIL_NO_DAY) {
        statement->rises = statement->rises || day > statement->last_day;
        statement->falls = statement->falls || day < statement->last_day;
    }
    statement->last_day = day;
}

/* The first (or last) balance of that type; NULL: none. */
static const balance *balance_of(const trail_camt_statement *statement, balance_type type,
                                 bool last)
{
    const balance *all = statement->balances.items, *found = NULL;
    for (size_t i = 0; i < statement->balances.count; i++) {
        if (all[i].type == type && (found == NULL || last)) found = &all[i];
    }
    return found;
}

static trail_stated_balance stated(const balance *found, trail_balance_kind kind)
{
    if (found == NULL) return (trail_stated_balance){.day = TRAIL_NO_DAY};
    return (trail_stated_balance){
        .kind = (uint8_t)kind, .day = found->day, .amount_minor = found->amount_minor};
}

/* An interim balance opens a page when another closes it or a second one follows, and closes it
 * when it is alone or another opens. Available balances only where there are no booked ones. */
static void choose_balances(const trail_camt_statement *statement, trail_statement *out)
{
    const balance *opening = balance_of(statement, OPENING, false);
    const balance *closing = balance_of(statement, CLOSING, true);
    const balance *first = balance_of(statement, INTERIM, false);
    const balance *last = balance_of(statement, INTERIM, true);
    if (opening == NULL) opening = balance_of(statement, PREVIOUS, false);
    out->opening = stated(opening, TRAIL_BALANCE_BOOKED);
    out->closing = stated(closing, TRAIL_BALANCE_BOOKED);
    if (opening == NULL && first != NULL && (closing != NULL || first != last))
        out->opening = stated(first, TRAIL_BALANCE_PAGE);
    if (closing == NULL && last != NULL) out->closing = stated(last, TRAIL_BALANCE_PAGE);
    if (opening != NULL || closing != NULL || first != NULL) return;
    opening = balance_of(statement, OPENING_AVAILABLE, false);
    closing = balance_of(statement, CLOSING_AVAILABLE, true);
    if (closing == NULL) closing = balance_of(statement, INTERIM_AVAILABLE, true);
    out->opening = stated(opening, TRAIL_BALANCE_AVAILABLE);
    out->closing = stated(closing, TRAIL_BALANCE_AVAILABLE);
}

typedef struct total_row {
    const char *words;
    uint16_t sum, count;
    int64_t booked_minor, all_minor;
    uint64_t booked, all;
} total_row;

static trail_status remark_total(const trail_camt_statement *statement, trail_entry_writer *writer,
                                 const total_row *row, int64_t stated_minor, trail_error *err)
{
    trail_text figures = {0};
    char wanted[TRAIL_MONEY_TEXT], found[TRAIL_MONEY_TEXT];
    (void)trail_money_format(stated_minor, statement->currency, wanted);
    (void)trail_money_format(row->booked_minor, statement->currency, found);
    trail_status status =
        trail_text_add_format(&figures, err, "%s: stated %s, entries %s %s", row->words, wanted,
                              found, trail_currency_code(statement->currency));
    if (status == TRAIL_OK) {
        status = trail_entry_writer_remark(writer, true, statement->line, "totals_differ",
                                           "the totals that the statement gives are not those of "
                                           "its booked entries",
                                           trail_text_slice(&figures), err);
    }
    trail_text_clear(&figures);
    return status;
}

/* Some banks add up pending entries too: that is no contradiction, but no check of the rows. */
static trail_status check_total(const trail_camt_statement *statement, trail_entry_writer *writer,
                                const total_row *row, int64_t *stated_minor, bool *usable,
                                trail_error *err)
{
    trail_slice sum = said(statement, row->sum), count = said(statement, row->count);
    trail_currency currency = TRAIL_NO_CURRENCY;
    uint64_t number = 0;
    trail_status status = TRAIL_OK;
    trail_iso_fault fault = trail_iso_amount(
        sum, trail_slice_of(trail_currency_code(statement->currency)), &currency, stated_minor);
    *usable = fault.code == NULL;
    if (*usable && *stated_minor != row->booked_minor) {
        *usable = *stated_minor != row->all_minor;
        if (*usable) status = remark_total(statement, writer, row, *stated_minor, err);
    }
    if (status != TRAIL_OK || !trail_slice_to_u64(count, &number) || number == row->booked ||
        number == row->all)
        return status;
    trail_text figures = {0};
    status = trail_text_add_format(&figures, err, "%s: stated %llu, entries %llu", row->words,
                                   (unsigned long long)number, (unsigned long long)row->booked);
    if (status == TRAIL_OK) {
        status = trail_entry_writer_remark(writer, true, statement->line, "totals_differ",
                                           "the statement has not as many entries as it says",
                                           trail_text_slice(&figures), err);
    }
    trail_text_clear(&figures);
    return status;
}

static trail_status check_totals(const trail_camt_statement *statement, trail_entry_writer *writer,
                                 trail_statement *out, trail_error *err)
{
    const trail_camt_sums *booked = &statement->booked, *all = &statement->all;
    const total_row credits = {
        .words = "credits",
        .sum = TRAIL_CAMT_CREDIT_SUM,
        .count = TRAIL_CAMT_CREDIT_COUNT,
        .booked_minor = booked->credit_minor,
        .all_minor = all->credit_minor,
        .booked = booked->credits,
        .all = all->credits,
    };
    const total_row debits = {
        .words = "debits",
        .sum = TRAIL_CAMT_DEBIT_SUM,
        .count = TRAIL_CAMT_DEBIT_COUNT,
        .booked_minor = booked->debit_minor,
        .all_minor = all->debit_minor,
        .booked = booked->debits,
        .all = all->debits,
    };
    const total_row entries = {
        .words = "entries",
        .sum = TRAIL_CAMT_NOTHING, /* a sum of both directions says nothing of either */
        .count = TRAIL_CAMT_ENTRY_COUNT,
        .booked = booked->credits + booked->debits,
        .all = statement->entries,
    };
    bool has_credits = false, has_debits = false, has_both = false;
    int64_t unused = 0;
    trail_status status =
        check_total(statement, writer, &credits, &out->stated_credit_minor, &has_credits, err);
    if (status == TRAIL_OK)
        status =
            check_total(statement, writer, &debits, &out->stated_debit_minor, &has_debits, err);
    if (status == TRAIL_OK)
        status = check_total(statement, writer, &entries, &unused, &has_both, err);
    out->has_totals = has_credits && has_debits;
    return status;
}

/* OPBD is the balance at the beginning of its day, so the statement covers that day as well; PRCD
 * is the closing of the day before. */
static void take_days_of_balances(const trail_camt_statement *statement, trail_statement *out)
{
    const balance *all = statement->balances.items;
    bool closed = out->closing.kind == TRAIL_BALANCE_BOOKED && out->closing.day != TRAIL_NO_DAY;
    if (out->from_day != TRAIL_NO_DAY || out->to_day != TRAIL_NO_DAY || !closed) return;
    for (size_t i = 0; i < statement->balances.count; i++) {
        if (all[i].type != OPENING || all[i].day == TRAIL_NO_DAY) continue;
        out->from_day = all[i].day;
        out->to_day = out->closing.day;
    }
}

trail_status trail_camt_statement_end(trail_camt_statement *statement, trail_entry_writer *writer,
                                      trail_error *err)
{
    trail_party_said own = trail_camt_statement_own(statement);
    trail_slice number = said(statement, TRAIL_CAMT_ELECTRONIC_NUMBER);
    uint64_t sequence = 0, page = 0;
    int32_t second = TRAIL_NO_TIME;
    if (number.length == 0) number = said(statement, TRAIL_CAMT_LEGAL_NUMBER);
    trail_statement out = {.is_report = statement->is_report,
                           .turned = statement->falls && !statement->rises,
                           .line = statement->line,
                           .sequence = UINT32_MAX};
    if (trail_slice_to_u64(number, &sequence) && sequence < UINT32_MAX)
        out.sequence = (uint32_t)sequence;
    if (trail_slice_to_u64(said(statement, TRAIL_CAMT_PAGE), &page) && page < UINT32_MAX)
        out.page = (uint32_t)page;
    (void)trail_iso_day(said(statement, TRAIL_CAMT_FROM), &out.from_day, &second);
    (void)trail_iso_day(said(statement, TRAIL_CAMT_TO), &out.to_day, &second);
    settle_currency(statement, TRAIL_NO_CURRENCY);
    out.currency = statement->currency;
    trail_status status = drop_other_currencies(statement, writer, err);
    choose_balances(statement, &out);
    take_days_of_balances(statement, &out);
    if (status == TRAIL_OK) status = check_totals(statement, writer, &out, err);
    if (status != TRAIL_OK) return status;
    return trail_entry_writer_end_statement(writer, &own, &out,
                                            said(statement, TRAIL_CAMT_STATEMENT_ID), number, err);
}
