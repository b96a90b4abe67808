#include "support/table_case.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/path.h"
#include "base/text.h"
#include "model/money.h"

static char shown[1 << 16];
static size_t shown_length;

TRAIL_PRINTF(1, 2)
static void show(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(shown + shown_length, sizeof shown - shown_length, format, arguments);
    va_end(arguments);
    assert_true(length >= 0 && (size_t)length < sizeof shown - shown_length);
    shown_length += (size_t)length;
}

void table_case_begin(table_case *test)
{
    memset(test, 0, sizeof *test);
    (void)snprintf(test->folder, sizeof test->folder, "/tmp/table_case_XXXXXX");
    assert_non_null(mkdtemp(test->folder));
    trail_rejects_init(&test->rejects);
    assert_int_equal(trail_ledger_init(&test->ledger, NULL), TRAIL_OK);
}

static void clear_profile(trail_profile *profile)
{
    trail_vector *vectors[] = {&profile->columns,        &profile->signs,      &profile->kinds,
                               &profile->texts,          &profile->no_payment, &profile->currencies,
                               &profile->empty_accounts, &profile->truth,      &profile->statuses,
                               &profile->totals,         &profile->skip_lines};
    for (size_t i = 0; i < TRAIL_LENGTH_OF(vectors); i++)
        trail_vector_clear(vectors[i]);
}

void table_case_end(table_case *test)
{
    for (size_t i = 0; i < test->count; i++) {
        clear_profile(&test->profiles[i]);
        trail_vector_clear(&test->sources[i].observed);
        trail_vector_clear(&test->sources[i].scope_accounts);
    }
    trail_ledger_clear(&test->ledger);
    trail_rejects_clear(&test->rejects);
    assert_int_equal(trail_path_remove_tree(test->folder, NULL), TRAIL_OK);
}

static trail_column column_named(const char *name)
{
    for (int i = 0; i < TRAIL_COLUMN_COUNT; i++) {
        if (strcmp(trail_column_name((trail_column)i), name) == 0) return (trail_column)i;
    }
    fail_msg("no column %s", name);
    return TRAIL_COLUMN_COUNT;
}

size_t table_case_add(table_case *test, const char *file, const void *bytes, size_t size,
                      trail_layout layout, const char *const *columns)
{
    char path[128];
    size_t index = test->count++;
    assert_true(test->count <= TABLE_CASE_SOURCES);
    (void)snprintf(path, sizeof path, "%s/%s", test->folder, file);
    FILE *out = bytes != NULL ? fopen(path, "wb") : NULL;
    if (bytes != NULL) {
        assert_non_null(out);
        assert_int_equal(fwrite(bytes, 1, size, out), size);
        assert_int_equal(fclose(out), 0);
    }
    trail_profile *profile = &test->profiles[index];
    *profile = (trail_profile){.name = "test",
                               .layout = layout,
                               .delimiter = ',',
                               .date_format = "YYYY-MM-DD",
                               .decimal = '.',
                               .decimal_given = true,
                               .currency = "EUR"};
    trail_vector *rules[] = {&profile->signs,      &profile->kinds,      &profile->texts,
                             &profile->no_payment, &profile->currencies, &profile->statuses};
    for (size_t i = 0; i < TRAIL_LENGTH_OF(rules); i++) {
        *rules[i] = trail_vector_of(sizeof(trail_value_rule));
    }
    profile->empty_accounts = trail_vector_of(sizeof(const char *));
    profile->truth = trail_vector_of(sizeof(const char *));
    profile->totals = trail_vector_of(sizeof(const char *));
    profile->skip_lines = trail_vector_of(sizeof(const char *));
    profile->columns = trail_vector_of(sizeof(trail_profile_column));
    for (size_t i = 0; columns[i] != NULL; i += 2) {
        uint64_t position = 0;
        trail_profile_column column = {.column = column_named(columns[i]),
                                       .header = columns[i + 1]};
        if (trail_slice_to_u64(trail_slice_of(columns[i + 1]), &position)) {
            column.header = NULL;
            column.position = (uint32_t)position;
        }
        assert_int_equal(trail_vector_push(&profile->columns, &column, NULL), TRAIL_OK);
    }
    test->sources[index] = (trail_source){
        .file = file,
        .profile = profile,
        .from = TRAIL_NO_DAY,
        .to = TRAIL_NO_DAY,
        .scope_from = TRAIL_NO_DAY,
        .scope_to = TRAIL_NO_DAY,
        .observes = layout == TRAIL_LAYOUT_TRANSFERS ? TRAIL_OBSERVES_ALL : TRAIL_OBSERVES_DEFAULT,
        .observed = trail_vector_of(sizeof(const char *)),
        .scope_accounts = trail_vector_of(sizeof(const char *)),
        .line = 7};
    if (layout == TRAIL_LAYOUT_STATEMENT) test->sources[index].own_account = "OWN1";
    return index;
}

size_t table_case_text(table_case *test, const char *file, const char *text, trail_layout layout,
                       const char *const *columns)
{
    return table_case_add(test, file, text, strlen(text), layout, columns);
}

void table_case_rule(trail_vector *rules, const char *value, int32_t result)
{
    trail_value_rule rule = {.value = value, .result = result};
    assert_int_equal(trail_vector_push(rules, &rule, NULL), TRAIL_OK);
}

void table_case_word(trail_vector *words, const char *word)
{
    assert_int_equal(trail_vector_push(words, &word, NULL), TRAIL_OK);
}

trail_status table_case_run(table_case *test)
{
    trail_ingest_options options = {.threads = 1, .reject_limit = test->reject_limit};
    test->error = (trail_error){.status = TRAIL_OK};
    return trail_ingest(&test->ledger, &test->rejects, test->folder, test->sources, test->count,
                        &options, &test->error);
}

static const char *text_of(const trail_ledger *ledger, uint32_t id)
{
    return trail_strings_get(ledger->strings, id).start;
}

static void show_account(const trail_ledger *ledger, uint32_t account)
{
    if (account == TRAIL_NO_ACCOUNT) {
        show("-");
        return;
    }
    trail_slice bank = trail_accounts_bank(ledger->accounts, account);
    trail_slice number = trail_accounts_number(ledger->accounts, account);
    if (bank.length > 0) show("%.*s/", (int)bank.length, bank.start);
    show("%.*s", (int)number.length, number.start);
}

static void show_money(int64_t minor, trail_currency currency)
{
    char text[TRAIL_MONEY_TEXT];
    (void)trail_money_format(minor, currency, text);
    show("%s %s", text, trail_currency_code(currency));
}

static void show_entry(const trail_ledger *ledger, uint32_t i)
{
    char day[TRAIL_DAY_TEXT], time[TRAIL_TIME_TEXT];
    trail_day_format(ledger->booking_day[i], day);
    trail_time_format(ledger->booking_second[i], time);
    show("%s%s%s ", day, time[0] != '\0' ? " " : "", time);
    show_account(ledger, ledger->payer[i]);
    show(">");
    show_account(ledger, ledger->payee[i]);
    show(" ");
    show_money(ledger->amount_minor[i], ledger->currency[i]);
    const trail_credit_side *side = trail_ledger_credit_side(ledger, i);
    if (side != NULL) {
        show(" = ");
        show_money(side->amount_minor, side->currency);
    }
    show(" %s %s%s\n", trail_kind_name((trail_kind)ledger->kind[i]),
         ledger->flags[i] & TRAIL_HAS_DEBIT ? "d" : "",
         ledger->flags[i] & TRAIL_HAS_CREDIT ? "c" : "");
}

const char *table_case_show(table_case *test)
{
    const trail_ledger *ledger = &test->ledger;
    size_t states[4] = {0};
    shown_length = 0;
    shown[0] = '\0';
    for (uint32_t i = 0; i < ledger->count; i++)
        show_entry(ledger, i);
    for (size_t i = 0; i < test->rejects.rejects.count; i++) {
        const trail_reject *reject = trail_vector_at(&test->rejects.rejects, i);
        show("!%llu:%u %s %s\n", (unsigned long long)reject->line, reject->column, reject->code,
             text_of(ledger, reject->message));
    }
    for (size_t i = 0; i < test->rejects.remarks.count; i++) {
        const trail_remark *remark = trail_vector_at(&test->rejects.remarks, i);
        show("?%llu %s\n", (unsigned long long)remark->line, remark->code);
    }
    for (uint32_t i = 0; i < ledger->records.count; i++) {
        states[trail_records_state(&ledger->records, i)]++;
    }
    /* The identity of the model: every record has one state, and payments and rejects agree. */
    assert_int_equal(states[TRAIL_RECORD_PAYMENT], ledger->count);
    assert_int_equal(states[TRAIL_RECORD_REJECT], test->rejects.rejects.count);
    if (states[TRAIL_RECORD_NO_PAYMENT] > 0)
        show("no-payment %zu\n", states[TRAIL_RECORD_NO_PAYMENT]);
    if (states[TRAIL_RECORD_OUT_OF_SCOPE] > 0) {
        show("out-of-scope %zu\n", states[TRAIL_RECORD_OUT_OF_SCOPE]);
    }
    for (size_t i = 0; i < test->rejects.files.count; i++) {
        const trail_file_report *report = trail_vector_at(&test->rejects.files, i);
        if (report->outcome == TRAIL_FILE_READ) continue;
        show("%s %s: %s [%s]\n", report->outcome == TRAIL_FILE_SET_ASIDE ? "aside" : "part",
             report->name, text_of(ledger, report->reason), text_of(ledger, report->paste));
    }
    return shown;
}

const char *table_case_show_accounts(table_case *test)
{
    const trail_ledger *ledger = &test->ledger;
    char day[2][TRAIL_DAY_TEXT];
    shown_length = 0;
    shown[0] = '\0';
    for (size_t i = 0; i < ledger->openings.count; i++) {
        const trail_opening *opening = trail_vector_at(&ledger->openings, i);
        show_account(ledger, opening->account);
        trail_day_format(opening->day, day[0]);
        show(" opens ");
        show_money(opening->amount_minor, opening->currency);
        show(" %s\n", day[0]);
    }
    for (size_t i = 0; i < ledger->observations.count; i++) {
        const trail_observation *observation = trail_vector_at(&ledger->observations, i);
        show_account(ledger, observation->account);
        trail_day_format(observation->from_day, day[0]);
        trail_day_format(observation->to_day, day[1]);
        show(" %s..%s\n", day[0], day[1]);
    }
    return shown;
}
