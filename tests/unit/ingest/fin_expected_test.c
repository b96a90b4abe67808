/* The samples of mt940-js that carry what they should give, compared field by field. Theirs is read
 * with a small reader of JSON: path -> text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/path.h"
#include "ingest/ingest.h"
#include "model/money.h"

#define FOLDER "../shared/corpora/mt940/js"

enum { VALUES = 1000, TEXT = 400 };

typedef struct json_value {
    char path[100];
    char text[TEXT];
} json_value;

typedef struct json {
    const char *at;
    json_value *values;
    size_t count;
} json;

static void skip_blanks(json *in)
{
    while (*in->at != '\0' && strchr(" \t\r\n,:", *in->at) != NULL)
        in->at++;
}

static void take_text(json *in, char *out)
{
    size_t length = 0;
    bool quoted = *in->at == '"';
    if (quoted) in->at++;
    while (*in->at != '\0' && (quoted ? *in->at != '"' : strchr(",}] \r\n", *in->at) == NULL)) {
        if (*in->at == '\\') in->at++;
        assert_true(length + 1 < TEXT);
        out[length++] = *in->at++;
    }
    if (quoted) in->at++;
    out[length] = '\0';
}

static void read_value(json *in, const char *path)
{
    char inner[100], key[TEXT];
    skip_blanks(in);
    char open = *in->at;
    if (open != '{' && open != '[') {
        assert_true(in->count < VALUES);
        json_value *value = &in->values[in->count++];
        (void)snprintf(value->path, sizeof value->path, "%s", path);
        take_text(in, value->text);
        return;
    }
    in->at++;
    for (unsigned index = 0;; index++) {
        skip_blanks(in);
        if (*in->at == '}' || *in->at == ']') break;
        (void)snprintf(key, sizeof key, "%u", index);
        if (open == '{') take_text(in, key);
        assert_true((size_t)snprintf(inner, sizeof inner, "%.40s.%.40s", path, key) < sizeof inner);
        read_value(in, inner);
    }
    in->at++;
}

static const char *expected(const json *in, const char *format, ...) TRAIL_PRINTF(2, 3);
static const char *expected(const json *in, const char *format, ...)
{
    char path[100];
    va_list values;
    va_start(values, format);
    (void)vsnprintf(path, sizeof path, format, values);
    va_end(values);
    for (size_t i = 0; i < in->count; i++) {
        if (strcmp(in->values[i].path, path) == 0) return in->values[i].text;
    }
    return NULL;
}

static trail_ledger ledger_of;

static const char *string_of(const trail_ledger *ledger, uint32_t id)
{
    return trail_strings_get(ledger->strings, id).start;
}

static void expect_money(const char *what, int64_t minor, trail_currency currency,
                         const char *value)
{
    int64_t wanted = 0;
    trail_money_style style = {.decimal = '.'};
    assert_non_null(value);
    assert_int_equal(
        trail_money_parse(trail_slice_of(value), style, trail_currency_exponent(currency), &wanted),
        TRAIL_MONEY_OK);
    if (minor != wanted) fail_msg("%s: %lld is not %s", what, (long long)minor, value);
}

static void expect_day(const char *what, int32_t day, const char *wanted)
{
    char text[TRAIL_DAY_TEXT];
    trail_day_format(day, text);
    assert_non_null(wanted);
    if (strcmp(text, wanted) != 0) fail_msg("%s: %s is not %s", what, text, wanted);
}

static void expect_balance(const json *in, size_t i, const char *which,
                           const trail_stated_balance *balance, trail_currency currency)
{
    const char *credit = expected(in, ".%zu.%s.isCredit", i, which);
    int64_t amount = balance->amount_minor;
    assert_non_null(credit);
    expect_money(which, amount < 0 ? -amount : amount, currency,
                 expected(in, ".%zu.%s.value", i, which));
    if (amount != 0) assert_int_equal(amount > 0, strcmp(credit, "true") == 0);
    expect_day(which, balance->day, expected(in, ".%zu.%s.date", i, which));
    assert_string_equal(trail_currency_code(currency), expected(in, ".%zu.%s.currency", i, which));
}

static void without_blanks(const char *text, char *out)
{
    size_t length = 0;
    for (; *text != '\0' && length + 1 < TEXT; text++) {
        if (*text != ' ') out[length++] = *text;
    }
    out[length] = '\0';
}

/* Whatever was taken from the information stands in theirs, which is the whole of it. */
static void expect_part(const char *description, const char *part)
{
    char whole[TEXT], some[TEXT];
    without_blanks(description, whole);
    without_blanks(part, some);
    if (strstr(whole, some) == NULL) fail_msg("'%s' is not in '%s'", part, description);
}

static void expect_entry(const json *in, size_t i, size_t k, size_t entry)
{
    const trail_ledger *ledger = &ledger_of;
    const trail_detail *detail = trail_records_detail(&ledger->records, ledger->record[entry]);
    const trail_wire *wire = trail_ledger_wire(ledger, ledger->record[entry]);
    bool credit = (ledger->flags[entry] & TRAIL_HAS_CREDIT) != 0;
#define WANTED(key) expected(in, ".%zu.transactions.%zu." key, i, k)
    expect_money("amount", ledger->amount_minor[entry], ledger->currency[entry], WANTED("amount"));
    assert_int_equal(credit, strcmp(WANTED("isCredit"), "true") == 0);
    assert_string_equal(trail_currency_code(ledger->currency[entry]), WANTED("currency"));
    expect_day("value date", detail->value_day, WANTED("valueDate"));
    const char *entry_date = WANTED("entryDate");
    expect_day("entry date", ledger->booking_day[entry],
               entry_date[0] == '\0' ? WANTED("valueDate") : entry_date);
    assert_string_equal(string_of(ledger, detail->code), WANTED("code"));
    assert_string_equal(string_of(ledger, detail->reference), WANTED("bankReference"));
    assert_non_null(wire);
    assert_string_equal(string_of(ledger, wire->texts[TRAIL_WIRE_INSTRUCTION]),
                        WANTED("customerReference"));
    const char *description = WANTED("description");
    if (description[0] == '\0') return; /* theirs does not read :NS: */
    char whole[TEXT], text[TEXT];
    without_blanks(description, whole);
    without_blanks(string_of(ledger, detail->text), text);
    if (whole[0] != '/') assert_string_equal(text, whole);
    expect_part(description, string_of(ledger, detail->text));
    expect_part(description, string_of(ledger, credit ? detail->payer_name : detail->payee_name));
    expect_part(description,
                string_of(ledger, credit ? detail->payer_number : detail->payee_number));
    expect_part(description, string_of(ledger, wire->texts[TRAIL_WIRE_END_TO_END]));
#undef WANTED
}

static void expect_statement(const json *in, size_t i)
{
    const trail_ledger *ledger = &ledger_of;
    const trail_statement *statement = trail_vector_at(&ledger->statements, i);
    trail_slice number = trail_accounts_number(ledger->accounts, statement->account);
    assert_true(trail_slice_is(number, expected(in, ".%zu.accountId", i)));
    assert_string_equal(string_of(ledger, statement->reference),
                        expected(in, ".%zu.referenceNumber", i));
    assert_int_equal(statement->sequence, strtoul(expected(in, ".%zu.number", i), NULL, 10));
    expect_balance(in, i, "openingBalance", &statement->opening, statement->currency);
    expect_balance(in, i, "closingBalance", &statement->closing, statement->currency);
    size_t k = 0;
    for (size_t entry = 0; entry < ledger->count; entry++) {
        if (ledger->record[entry] < statement->first_record ||
            ledger->record[entry] >= statement->end_record)
            continue;
        expect_entry(in, i, k++, entry);
    }
    assert_null(expected(in, ".%zu.transactions.%zu.amount", i, k));
}

static void compare(const char *name, const char *expected_name)
{
    char here[2048], path[4096];
    trail_text text = {0};
    trail_rejects rejects;
    trail_error err = {0};
    trail_ingest_options options = {.threads = 1};
    if (!trail_path_exists(FOLDER)) {
        print_message("skipped: %s is not there\n", FOLDER);
        skip();
    }
    (void)snprintf(path, sizeof path, "%s/%s", FOLDER, expected_name);
    assert_int_equal(trail_path_read(path, (size_t)1 << 20, &text, NULL), TRAIL_OK);
    json in = {.at = text.bytes, .values = calloc(VALUES, sizeof(json_value))};
    assert_non_null(in.values);
    read_value(&in, "");
    assert_non_null(getcwd(here, sizeof here));
    (void)snprintf(path, sizeof path, "%s/%s/%s", here, FOLDER, name);
    trail_source source = {.file = path,
                           .from = TRAIL_NO_DAY,
                           .to = TRAIL_NO_DAY,
                           .scope_from = TRAIL_NO_DAY,
                           .scope_to = TRAIL_NO_DAY};
    trail_rejects_init(&rejects);
    assert_int_equal(trail_ledger_init(&ledger_of, NULL), TRAIL_OK);
    if (trail_ingest(&ledger_of, &rejects, "", &source, 1, &options, &err) != TRAIL_OK)
        fail_msg("%s", err.message);
    assert_int_equal(rejects.rejects.count, 0);
    for (size_t i = 0; i < ledger_of.statements.count; i++)
        expect_statement(&in, i);
    assert_null(expected(&in, ".%zu.accountId", ledger_of.statements.count));
    trail_ledger_clear(&ledger_of);
    trail_rejects_clear(&rejects);
    trail_text_clear(&text);
    free(in.values);
}

static void abn_amro_gives_what_is_expected(void **state)
{
    (void)state;
    compare("abn-amro-1.STA", "abn-amro-1.json");
}

static void several_accounts_and_pages_give_what_is_expected(void **state)
{
    (void)state;
    compare("base-1.mta", "base-1.json");
    compare("base-2.mta", "base-2.json");
    compare("base-3.mta", "base-3.json");
}

static void ing_gives_what_is_expected(void **state)
{
    (void)state;
    compare("ing-1.mta", "ing-1.json");
    compare("ing-2.mta", "ing-2.json");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(abn_amro_gives_what_is_expected),
        cmocka_unit_test(several_accounts_and_pages_give_what_is_expected),
        cmocka_unit_test(ing_gives_what_is_expected),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
