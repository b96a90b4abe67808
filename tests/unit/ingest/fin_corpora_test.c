/* Every public sample of bank statements and SWIFT messages through the whole ingest. Entries are
 * counted by a second, simple count of ":61:" at the start of lines, and statements that have both
 * balances are added up here. MONEYTRAIL_TABLE=1 prints the table of tests/README.md. */
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

#define CORPORA "../shared/corpora"

typedef struct file_read {
    trail_ledger ledger;
    trail_rejects rejects;
    char path[4096];
    trail_text bytes;
} file_read;

static void read_begin(file_read *file, const char *path)
{
    char here[2048];
    trail_error err = {0};
    trail_ingest_options options = {.threads = 1};
    *file = (file_read){0};
    assert_non_null(getcwd(here, sizeof here));
    (void)snprintf(file->path, sizeof file->path, "%s/%s", here, path);
    trail_source source = {.file = file->path,
                           .from = TRAIL_NO_DAY,
                           .to = TRAIL_NO_DAY,
                           .scope_from = TRAIL_NO_DAY,
                           .scope_to = TRAIL_NO_DAY};
    assert_int_equal(trail_path_read(path, (size_t)1 << 26, &file->bytes, &err), TRAIL_OK);
    assert_int_equal(trail_ledger_init(&file->ledger, &err), TRAIL_OK);
    trail_rejects_init(&file->rejects);
    if (trail_ingest(&file->ledger, &file->rejects, "", &source, 1, &options, &err) != TRAIL_OK)
        fail_msg("%s: %s", path, err.message);
}

static void read_end(file_read *file)
{
    trail_ledger_clear(&file->ledger);
    trail_rejects_clear(&file->rejects);
    trail_text_clear(&file->bytes);
}

static const char *string_of(const file_read *file, uint32_t id)
{
    return trail_strings_get(file->ledger.strings, id).start;
}

/* ":61:" at the start of lines, however they end. */
static size_t count_lines(const trail_text *bytes, const char *tag)
{
    size_t count = 0, length = strlen(tag);
    for (size_t i = 0; i + length <= bytes->length; i++) {
        bool starts = i == 0 || bytes->bytes[i - 1] == '\n' || bytes->bytes[i - 1] == '\r';
        count += starts && memcmp(bytes->bytes + i, tag, length) == 0;
    }
    return count;
}

typedef struct statement_check {
    bool both, closes;
    int64_t off;
    size_t entries;
} statement_check;

static bool is_booked(const trail_stated_balance *balance)
{
    return balance->kind == TRAIL_BALANCE_BOOKED || balance->kind == TRAIL_BALANCE_PAGE;
}

static statement_check check_statement(const file_read *file, const trail_statement *statement)
{
    statement_check check = {.both =
                                 is_booked(&statement->opening) && is_booked(&statement->closing)};
    int64_t sum = statement->opening.amount_minor;
    const trail_ledger *ledger = &file->ledger;
    for (size_t i = 0; i < ledger->count; i++) {
        if (ledger->record[i] < statement->first_record ||
            ledger->record[i] >= statement->end_record)
            continue;
        bool credit = (ledger->flags[i] & TRAIL_HAS_CREDIT) != 0;
        sum += credit ? ledger->amount_minor[i] : -ledger->amount_minor[i];
        check.entries++;
    }
    check.off = sum - statement->closing.amount_minor;
    check.closes = check.both && check.off == 0;
    return check;
}

typedef struct tally {
    size_t files, statements, both, closing, entries, messages, rejects, no_payment, cut;
} tally;

static void print_row(const file_read *file, const char *name, size_t closing, size_t no_payment)
{
    const trail_ledger *ledger = &file->ledger;
    printf("| `%s` | %zu | %zu | %zu | %zu |", name, ledger->statements.count,
           ledger->messages.count, ledger->count, closing);
    const char *between = " ";
    for (size_t i = 0; i < ledger->statements.count; i++) {
        const trail_statement *statement = trail_vector_at(&ledger->statements, i);
        statement_check check = check_statement(file, statement);
        char off[TRAIL_MONEY_TEXT];
        if (check.closes) continue;
        (void)trail_money_format(check.off, statement->currency, off);
        if (check.both)
            printf("%sline %llu: off by %s", between, (unsigned long long)statement->line, off);
        else
            printf("%sline %llu: %s", between, (unsigned long long)statement->line,
                   statement->is_report ? "report" : "a balance is missing");
        between = "; ";
    }
    for (size_t i = 0; i < file->rejects.rejects.count; i++) {
        const trail_reject *reject = trail_vector_at(&file->rejects.rejects, i);
        printf("%sreject line %llu: %s", between, (unsigned long long)reject->line,
               string_of(file, reject->message));
        between = "; ";
    }
    for (size_t i = 0; i < file->rejects.remarks.count; i++) {
        const trail_remark *remark = trail_vector_at(&file->rejects.remarks, i);
        printf("%sline %llu: %s", between, (unsigned long long)remark->line, remark->code);
        between = "; ";
    }
    printf(" |%s\n", no_payment > 0 ? " no payment" : "");
}

static void read_one(const char *folder, const char *name, tally *all)
{
    char path[512];
    file_read file;
    size_t closing = 0, states[4] = {0};
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    read_begin(&file, path);
    const trail_ledger *ledger = &file.ledger;
    const trail_file_report *report = trail_vector_at(&file.rejects.files, 0);
    bool cut = report->outcome == TRAIL_FILE_READ_IN_PART &&
               strstr(string_of(&file, report->reason), "before its end mark") != NULL;
    all->cut += cut;
    if (report->outcome != TRAIL_FILE_READ && !cut)
        fail_msg("%s: outcome %d %s", path, (int)report->outcome, string_of(&file, report->reason));
    for (uint32_t i = 0; i < ledger->records.count; i++)
        states[trail_records_state(&ledger->records, i)]++;
    for (size_t i = 0; i < ledger->statements.count; i++) {
        statement_check check = check_statement(&file, trail_vector_at(&ledger->statements, i));
        closing += check.closes;
        all->both += check.both;
    }
    /* Every ":61:" is a record with a fate. The text of other rejects begins with a tag. */
    size_t refused = 0;
    for (size_t i = 0; i < file.rejects.rejects.count; i++) {
        const trail_reject *reject = trail_vector_at(&file.rejects.rejects, i);
        const char *text = string_of(&file, reject->text);
        refused += text[0] != ':' && text[0] != '\0';
    }
    size_t lines = count_lines(&file.bytes, ":61:");
    if (ledger->count + refused != lines)
        fail_msg("%s: %zu lines, %zu entries and %zu rejects", path, lines, ledger->count, refused);
    if (ledger->records.count == 0 && ledger->statements.count == 0)
        fail_msg("%s: nothing came of it", path);
    if (getenv("MONEYTRAIL_TABLE") != NULL)
        print_row(&file, path + sizeof CORPORA, closing, states[TRAIL_RECORD_NO_PAYMENT]);
    all->files++;
    all->statements += ledger->statements.count;
    all->closing += closing;
    all->entries += ledger->count;
    all->messages += ledger->messages.count;
    all->rejects += states[TRAIL_RECORD_REJECT];
    all->no_payment += states[TRAIL_RECORD_NO_PAYMENT];
    read_end(&file);
}

static bool is_sample(const char *name)
{
    static const char *const not [] = {"LIC", ".json", ".tsv"};
    for (size_t i = 0; i < TRAIL_LENGTH_OF(not ); i++) {
        if (strstr(name, not [i]) != NULL) return false;
    }
    return true;
}

static tally read_folder(const char *folder)
{
    trail_vector names = trail_vector_of(sizeof(char *));
    trail_error err = {0};
    tally all = {0};
    if (!trail_path_exists(folder)) {
        print_message("skipped: %s is not there\n", folder);
        skip();
    }
    assert_int_equal(trail_path_list(folder, &names, &err), TRAIL_OK);
    for (size_t i = 0; i < names.count; i++) {
        const char *name = *(char **)trail_vector_at(&names, i);
        if (is_sample(name)) read_one(folder, name, &all);
    }
    trail_path_list_clear(&names);
    print_message("%s: %zu files, %zu statements (%zu with both balances, %zu close), %zu entries, "
                  "%zu messages, %zu rejects, %zu no payment\n",
                  folder, all.files, all.statements, all.both, all.closing, all.entries,
                  all.messages, all.rejects, all.no_payment);
    return all;
}

static void expect_tally(tally all, size_t statements, size_t closing, size_t entries,
                         size_t messages)
{
    assert_int_equal(all.statements, statements);
    assert_int_equal(all.closing, closing);
    assert_int_equal(all.entries, entries);
    assert_int_equal(all.messages, messages);
}

static void statements_of_jejik_are_read(void **state)
{
    (void)state;
    expect_tally(read_folder(CORPORA "/mt940/jejik"), 42, 24, 72, 0);
}

static void statements_of_cmxl_are_read(void **state)
{
    (void)state;
    expect_tally(read_folder(CORPORA "/mt940/cmxl"), 18, 11, 61, 0);
}

static void statements_of_kingsquare_are_read(void **state)
{
    (void)state;
    expect_tally(read_folder(CORPORA "/mt940/kingsquare"), 72, 34, 264, 0);
}

static void statements_of_js_are_read(void **state)
{
    (void)state;
    expect_tally(read_folder(CORPORA "/mt940/js"), 9, 8, 17, 0);
}

static void messages_of_swift_fin_are_read(void **state)
{
    (void)state;
    expect_tally(read_folder(CORPORA "/swift-fin"), 11, 5, 26, 28);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(statements_of_jejik_are_read),
        cmocka_unit_test(statements_of_cmxl_are_read),
        cmocka_unit_test(statements_of_kingsquare_are_read),
        cmocka_unit_test(statements_of_js_are_read),
        cmocka_unit_test(messages_of_swift_fin_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
