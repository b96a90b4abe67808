#include "support/fin_case.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "model/money.h"

void fin_case_begin(fin_case *test)
{
    *test = (fin_case){.source = {.file = "a.sta",
                                  .from = TRAIL_NO_DAY,
                                  .to = TRAIL_NO_DAY,
                                  .scope_from = TRAIL_NO_DAY,
                                  .scope_to = TRAIL_NO_DAY}};
    scratch_make(&test->place);
}

static void forget(fin_case *test)
{
    trail_ledger_clear(&test->ledger);
    trail_rejects_clear(&test->rejects);
}

void fin_case_end(fin_case *test)
{
    forget(test);
    trail_text_clear(&test->shown);
    scratch_remove(&test->place);
}

void fin_case_write(fin_case *test, const char *bytes, size_t size)
{
    FILE *file = fopen(scratch_path(&test->place, "a.sta"), "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

trail_status fin_case_run(fin_case *test, trail_error *err)
{
    trail_ingest_options options = {.threads = 1};
    forget(test);
    trail_rejects_init(&test->rejects);
    trail_status status = trail_ledger_init(&test->ledger, err);
    if (status != TRAIL_OK) return status;
    return trail_ingest(&test->ledger, &test->rejects, test->place.folder, &test->source, 1,
                        &options, err);
}

static void add(fin_case *test, const char *format, ...) TRAIL_PRINTF(2, 3);
static void add(fin_case *test, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    assert_int_equal(trail_text_add_values(&test->shown, NULL, format, values), TRAIL_OK);
    va_end(values);
}

static const char *string_of(const fin_case *test, uint32_t id)
{
    return trail_strings_get(test->ledger.strings, id).start;
}

static void add_day(fin_case *test, const char *before, int32_t day)
{
    char text[TRAIL_DAY_TEXT];
    trail_day_format(day, text);
    add(test, "%s%s", before, text);
}

static void add_account(fin_case *test, uint32_t account)
{
    if (account == TRAIL_NO_ACCOUNT) {
        add(test, "-");
        return;
    }
    trail_slice number = trail_accounts_number(test->ledger.accounts, account);
    add(test, "%.*s", (int)number.length, number.start);
    trail_slice bank = trail_accounts_bank(test->ledger.accounts, account);
    if (bank.length > 0) add(test, "/%.*s", (int)bank.length, bank.start);
}

static void add_money(fin_case *test, const char *before, int64_t minor, trail_currency currency)
{
    char text[TRAIL_MONEY_TEXT];
    (void)trail_money_format(minor, currency, text);
    add(test, "%s%s", before, text);
}

static void add_wire(fin_case *test, uint32_t record)
{
    static const char *const keys[TRAIL_WIRE_TEXT_COUNT] = {
        "uetr", "eref",   "customer",    "tx",          "related", "mandate",
        "20",   "reason", "payer_agent", "payee_agent", "batch"};
    static const char *const bearers[] = {"", "OUR", "SHA", "BEN"};
    const trail_wire *wire = trail_ledger_wire(&test->ledger, record);
    if (wire == NULL) return;
    for (size_t i = 0; i < TRAIL_WIRE_TEXT_COUNT; i++) {
        if (wire->texts[i] != 0) add(test, " %s=%s", keys[i], string_of(test, wire->texts[i]));
    }
    if (wire->instructed_currency != TRAIL_NO_CURRENCY) {
        add_money(test, " instructed=", wire->instructed_minor, wire->instructed_currency);
        add(test, "%s", trail_currency_code(wire->instructed_currency));
    }
    if (wire->charges_currency != TRAIL_NO_CURRENCY) {
        add_money(test, " charges=", wire->charges_minor, wire->charges_currency);
        add(test, "%s", trail_currency_code(wire->charges_currency));
        if (wire->receiver_charges_minor != 0)
            add_money(test, "+", wire->receiver_charges_minor, wire->charges_currency);
    }
    if (wire->rate_mantissa != 0)
        add(test, " rate=%lld/%u", (long long)wire->rate_mantissa, wire->rate_scale);
    if (wire->bearer != TRAIL_BEARER_UNKNOWN) add(test, " %s", bearers[wire->bearer]);
    if (wire->reversal) add(test, " reversal");
    if (wire->returned) add(test, " returned");
}

static void add_names(fin_case *test, uint32_t name, const trail_detail *detail)
{
    if (name != 0) add(test, " <%s>", string_of(test, name));
    if (detail->text != 0) add(test, " '%s'", string_of(test, detail->text));
    if (detail->reference != 0) add(test, " ref=%s", string_of(test, detail->reference));
    if (detail->code != 0) add(test, " code=%s", string_of(test, detail->code));
}

static void add_entry(fin_case *test, size_t i)
{
    const trail_ledger *ledger = &test->ledger;
    const trail_detail *detail = trail_records_detail(&ledger->records, ledger->record[i]);
    bool credit = (ledger->flags[i] & TRAIL_HAS_CREDIT) != 0;
    assert_non_null(detail);
    add_day(test, "entry ", ledger->booking_day[i]);
    if (detail->value_day != ledger->booking_day[i]) add_day(test, " v", detail->value_day);
    add_money(test, credit ? " +" : " -", ledger->amount_minor[i], ledger->currency[i]);
    add(test, " %s ", trail_kind_name((trail_kind)ledger->kind[i]));
    add_account(test, credit ? ledger->payer[i] : ledger->payee[i]);
    add_names(test, credit ? detail->payer_name : detail->payee_name, detail);
    add_wire(test, ledger->record[i]);
    add(test, "\n");
}

static void add_balance(fin_case *test, const trail_stated_balance *balance,
                        trail_currency currency)
{
    static const char *const kinds[] = {"", "", "M", "A", "R"};
    if (balance->kind != TRAIL_BALANCE_NONE) add_money(test, "", balance->amount_minor, currency);
    add(test, "%s", kinds[balance->kind]);
}

static void add_statement(fin_case *test, const trail_statement *statement)
{
    add(test, "statement ");
    add_account(test, statement->account);
    add(test, " %s ", trail_currency_code(statement->currency));
    add_balance(test, &statement->opening, statement->currency);
    add(test, "..");
    add_balance(test, &statement->closing, statement->currency);
    add(test, " records=%u 20=%s", statement->end_record - statement->first_record,
        string_of(test, statement->reference));
    if (statement->number != 0) add(test, " 28=%s", string_of(test, statement->number));
    if (statement->sequence != UINT32_MAX) add(test, " n%u", statement->sequence);
    if (statement->page != 0) add(test, " p%u", statement->page);
    if (statement->has_totals) {
        add_money(test, " totals=-", statement->stated_debit_minor, statement->currency);
        add_money(test, "+", statement->stated_credit_minor, statement->currency);
    }
    add(test, "%s\n", statement->is_report ? " report" : "");
}

static void add_message(fin_case *test, const trail_message *message)
{
    static const char *const types[] = {"mt103",   "mt202",      "mt202cov", "pacs008",
                                        "pacs009", "pacs009cov", "pacs004"};
    const trail_detail *detail = trail_records_detail(&test->ledger.records, message->record);
    assert_non_null(detail);
    add(test, "message %s ", types[message->type]);
    add_day(test, "", message->value_day);
    add_money(test, " ", message->amount_minor, message->currency);
    add(test, " %s ", trail_currency_code(message->currency));
    add_account(test, message->payer);
    if (detail->payer_name != 0) add(test, " <%s>", string_of(test, detail->payer_name));
    add(test, " > ");
    add_account(test, message->payee);
    add_names(test, detail->payee_name, detail);
    if (message->sender != 0 || message->receiver != 0)
        add(test, " %s>%s", string_of(test, message->sender), string_of(test, message->receiver));
    add_wire(test, message->record);
    add(test, "\n");
}

const char *fin_case_show(fin_case *test)
{
    size_t none = 0;
    trail_text_reset(&test->shown);
    add(test, "%s", "");
    for (size_t i = 0; i < test->ledger.count; i++)
        add_entry(test, i);
    for (size_t i = 0; i < test->ledger.statements.count; i++)
        add_statement(test, trail_vector_at(&test->ledger.statements, i));
    for (size_t i = 0; i < test->ledger.messages.count; i++)
        add_message(test, trail_vector_at(&test->ledger.messages, i));
    for (size_t i = 0; i < test->rejects.rejects.count; i++) {
        const trail_reject *reject = trail_vector_at(&test->rejects.rejects, i);
        add(test, "reject %llu %s %s\n", (unsigned long long)reject->line, reject->code,
            string_of(test, reject->column_name));
    }
    for (size_t i = 0; i < test->rejects.remarks.count; i++) {
        const trail_remark *remark = trail_vector_at(&test->rejects.remarks, i);
        add(test, "remark %llu %s\n", (unsigned long long)remark->line, remark->code);
    }
    for (uint32_t i = 0; i < test->ledger.records.count; i++)
        none += trail_records_state(&test->ledger.records, i) == TRAIL_RECORD_NO_PAYMENT;
    if (none > 0) add(test, "no_payment %zu\n", none);
    return test->shown.bytes;
}

void fin_case_expect_bytes(const char *bytes, size_t size, const char *wanted)
{
    fin_case test;
    trail_error err = {0};
    fin_case_begin(&test);
    fin_case_write(&test, bytes, size);
    if (fin_case_run(&test, &err) != TRAIL_OK) fail_msg("%s", err.message);
    assert_string_equal(fin_case_show(&test), wanted);
    fin_case_end(&test);
}

void fin_case_expect(const char *text, const char *wanted)
{
    fin_case_expect_bytes(text, strlen(text), wanted);
}
