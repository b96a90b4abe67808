#include "support/reading_lines.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/attributes.h"
#include "model/money.h"

typedef struct lines {
    const trail_ledger *ledger;
    const trail_rejects *rejects;
    trail_text *out;
} lines;

TRAIL_PRINTF(2, 3)
static void put(lines *to, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    if (trail_text_add_values(to->out, NULL, format, values) != TRAIL_OK) abort();
    va_end(values);
}

static void put_text(lines *to, const char *key, uint32_t id)
{
    if (id == 0) return;
    put(to, " | %s=%s", key, trail_strings_get(to->ledger->strings, id).start);
}

static void put_day(lines *to, const char *key, int32_t day)
{
    char text[TRAIL_DAY_TEXT];
    if (day == TRAIL_NO_DAY) return;
    trail_day_format(day, text);
    put(to, " | %s=%s", key, text);
}

static void put_money(lines *to, const char *key, const char *sign, int64_t minor,
                      trail_currency currency)
{
    char text[TRAIL_MONEY_TEXT];
    (void)trail_money_format(minor, currency, text);
    put(to, " | %s=%s%s %s", key, sign, text, trail_currency_code(currency));
}

static void put_account(lines *to, const char *key, uint32_t account)
{
    if (account == TRAIL_NO_ACCOUNT) return;
    trail_slice bank = trail_accounts_bank(to->ledger->accounts, account);
    trail_slice number = trail_accounts_number(to->ledger->accounts, account);
    put(to, " | %s=%.*s%s%.*s", key, (int)bank.length, bank.start, bank.length > 0 ? "/" : "",
        (int)number.length, number.start);
}

static void put_balance(lines *to, const char *key, const trail_statement *statement,
                        const trail_stated_balance *balance)
{
    static const char *const kinds[] = {"none", "booked", "page", "available", "rows"};
    char text[TRAIL_MONEY_TEXT], day[TRAIL_DAY_TEXT];
    if (balance->kind == TRAIL_BALANCE_NONE) return;
    (void)trail_money_format(balance->amount_minor, statement->currency, text);
    trail_day_format(balance->day, day);
    put(to, " | %s=%s %s %s", key, kinds[balance->kind], day, text);
}

/* Opening + rows − closing, where both are booked or a page's. */
static void put_verdict(lines *to, const trail_statement *statement)
{
    const trail_ledger *ledger = to->ledger;
    int64_t rest = statement->opening.amount_minor - statement->closing.amount_minor;
    char text[TRAIL_MONEY_TEXT];
    bool comparable = (statement->opening.kind == TRAIL_BALANCE_BOOKED ||
                       statement->opening.kind == TRAIL_BALANCE_PAGE) &&
                      (statement->closing.kind == TRAIL_BALANCE_BOOKED ||
                       statement->closing.kind == TRAIL_BALANCE_PAGE);
    for (size_t i = 0; i < ledger->count; i++) {
        if (ledger->record[i] < statement->first_record ||
            ledger->record[i] >= statement->end_record)
            continue;
        bool credit = (ledger->flags[i] & TRAIL_HAS_CREDIT) != 0;
        rest += credit ? ledger->amount_minor[i] : -ledger->amount_minor[i];
    }
    (void)trail_money_format(rest, statement->currency, text);
    if (!comparable) {
        put(to, " | verdict=cannot be checked");
    } else if (rest == 0) {
        put(to, " | verdict=closes");
    } else {
        put(to, " | verdict=does not close by %s", text);
    }
}

static void put_statements(lines *to)
{
    const trail_statement *all = to->ledger->statements.items;
    for (size_t i = 0; i < to->ledger->statements.count; i++) {
        const trail_statement *statement = &all[i];
        put(to, "statement | line=%" PRIu64, statement->line);
        put_account(to, "account", statement->account);
        put(to, " | currency=%s%s%s", trail_currency_code(statement->currency),
            statement->is_report ? " | report=1" : "", statement->turned ? " | turned=1" : "");
        put_balance(to, "opening", statement, &statement->opening);
        put_balance(to, "closing", statement, &statement->closing);
        put_day(to, "from", statement->from_day);
        put_day(to, "to", statement->to_day);
        put_text(to, "reference", statement->reference);
        put_text(to, "number", statement->number);
        if (statement->page > 0) put(to, " | page=%" PRIu32, statement->page);
        if (statement->has_totals) {
            put_money(to, "debits", "", statement->stated_debit_minor, statement->currency);
            put_money(to, "credits", "", statement->stated_credit_minor, statement->currency);
        }
        put(to, " | records=%" PRIu32, statement->end_record - statement->first_record);
        put_verdict(to, statement);
        put(to, "\n");
    }
}

static void put_wire(lines *to, uint32_t record)
{
    static const char *const keys[TRAIL_WIRE_TEXT_COUNT] = {
        "uetr",    "end_to_end", "instruction", "transaction", "related", "mandate",
        "message", "reason",     "payer_agent", "payee_agent", "batch"};
    static const char *const bearers[] = {"", "payer", "shared", "payee"};
    const trail_wire *wire = trail_ledger_wire(to->ledger, record);
    if (wire == NULL) return;
    for (size_t i = 0; i < TRAIL_WIRE_TEXT_COUNT; i++)
        put_text(to, keys[i], wire->texts[i]);
    if (wire->instructed_currency != TRAIL_NO_CURRENCY)
        put_money(to, "instructed", "", wire->instructed_minor, wire->instructed_currency);
    if (wire->charges_currency != TRAIL_NO_CURRENCY)
        put_money(to, "charges", "", wire->charges_minor, wire->charges_currency);
    if (wire->rate_mantissa != 0)
        put(to, " | rate=%" PRId64 "e-%u", wire->rate_mantissa, (unsigned)wire->rate_scale);
    if (wire->bearer != 0) put(to, " | bearer=%s", bearers[wire->bearer]);
    if (wire->reversal) put(to, " | reversal=1");
    if (wire->returned) put(to, " | returned=1");
}

static void put_detail(lines *to, uint32_t record)
{
    const trail_detail *detail = trail_records_detail(&to->ledger->records, record);
    if (detail == NULL) return;
    put_day(to, "value", detail->value_day);
    put_text(to, "payer_name", detail->payer_name);
    put_text(to, "payer_number", detail->payer_number);
    put_text(to, "payee_name", detail->payee_name);
    put_text(to, "payee_number", detail->payee_number);
    put_text(to, "text", detail->text);
    put_text(to, "reference", detail->reference);
    put_text(to, "code", detail->code);
}

static void put_place(lines *to, const char *what, uint32_t record)
{
    const trail_records *records = &to->ledger->records;
    put(to, "%s | line=%" PRIu64 " | bytes=%" PRIu64 "+%" PRIu32, what,
        trail_records_line(records, record), trail_records_offset(records, record),
        trail_records_length(records, record));
}

static void put_movement(lines *to, size_t entry)
{
    const trail_ledger *ledger = to->ledger;
    char time[TRAIL_TIME_TEXT];
    bool credit = (ledger->flags[entry] & TRAIL_HAS_CREDIT) != 0;
    put_place(to, "movement", ledger->record[entry]);
    put_day(to, "day", ledger->booking_day[entry]);
    trail_time_format(ledger->booking_second[entry], time);
    if (time[0] != '\0') put(to, " | time=%s", time);
    put_money(to, "amount", credit ? "+" : "-", ledger->amount_minor[entry],
              ledger->currency[entry]);
    put(to, " | kind=%s", trail_kind_name((trail_kind)ledger->kind[entry]));
    put_account(to, "payer", ledger->payer[entry]);
    put_account(to, "payee", ledger->payee[entry]);
    put_detail(to, ledger->record[entry]);
    put_wire(to, ledger->record[entry]);
    put(to, "\n");
}

static void put_message(lines *to, const trail_message *message)
{
    static const char *const types[] = {"MT103",    "MT202",       "MT202COV", "pacs.008",
                                        "pacs.009", "pacs.009COV", "pacs.004"};
    put_place(to, "message", message->record);
    put(to, " | type=%s", types[message->type]);
    put_day(to, "day", message->value_day);
    put_money(to, "amount", "", message->amount_minor, message->currency);
    put_account(to, "payer", message->payer);
    put_account(to, "payee", message->payee);
    put_text(to, "sender", message->sender);
    put_text(to, "receiver", message->receiver);
    put_detail(to, message->record);
    put_wire(to, message->record);
    put(to, "\n");
}

static void put_records(lines *to)
{
    const trail_ledger *ledger = to->ledger;
    const trail_message *messages = ledger->messages.items;
    size_t entry = 0, message = 0;
    for (uint32_t i = 0; i < ledger->records.count; i++) {
        if (entry < ledger->count && ledger->record[entry] == i) {
            put_movement(to, entry++);
        } else if (message < ledger->messages.count && messages[message].record == i) {
            put_message(to, &messages[message++]);
        } else if (trail_records_state(&ledger->records, i) != TRAIL_RECORD_REJECT) {
            put_place(to,
                      trail_records_state(&ledger->records, i) == TRAIL_RECORD_NO_PAYMENT
                          ? "no_payment"
                          : "out_of_scope",
                      i);
            put(to, "\n");
        }
    }
}

void reading_lines(const trail_ledger *ledger, const trail_rejects *rejects, trail_text *out)
{
    lines to = {ledger, rejects, out};
    static const char *const outcomes[] = {"read", "in part", "aside", "not read", "not listed"};
    put_statements(&to);
    put_records(&to);
    for (size_t i = 0; i < rejects->rejects.count; i++) {
        const trail_reject *reject = trail_vector_at(&rejects->rejects, i);
        put(&to, "reject | line=%" PRIu64 " | code=%s", reject->line, reject->code);
        put_text(&to, "column", reject->column_name);
        put_text(&to, "message", reject->message);
        put_text(&to, "raw", reject->text);
        put(&to, "\n");
    }
    for (size_t i = 0; i < rejects->remarks.count; i++) {
        const trail_remark *remark = trail_vector_at(&rejects->remarks, i);
        put(&to, "remark | line=%" PRIu64 " | code=%s", remark->line, remark->code);
        put_text(&to, "message", remark->message);
        put(&to, "\n");
    }
    for (size_t i = 0; i < rejects->files.count; i++) {
        const trail_file_report *file = trail_vector_at(&rejects->files, i);
        put(&to, "file | %s", outcomes[file->outcome]);
        put_text(&to, "reason", file->reason);
        put(&to, "\n");
    }
}
