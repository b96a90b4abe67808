/* The odd exports of bank-csv, read: with the guess where it is certain, else with a profile made
 * from what bank2ynab.conf knows. The same table stands in tests/README.md. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/path.h"
#include "ingest/ingest.h"

#define FOLDER "../shared/corpora/bank-csv"

typedef struct bank_file {
    const char *file;
    const char *columns; /* meaning=position, …; NULL: guessed */
    const char *date_format, *currency, *own_account, *state, *encoding;
    char delimiter, decimal;
    bool no_header;
    size_t payments, rejects, no_payments;
    const char *code; /* of the first reject */
} bank_file;

static const bank_file files[] = {
    {.file = "2018-04-14_10-52-13_bunq-transactieoverzicht.csv", .currency = "EUR", .payments = 3},
    {.file = "20180226_12345678.csv",
     .columns = "booking_date=1,text=2,amount=3,balance=4",
     .date_format = "DD/MM/YYYY",
     .currency = "GBP",
     .own_account = "12345678",
     .delimiter = ',',
     .decimal = '.',
     .payments = 1},
    {.file = "CSV_A_20180414_112204.csv",
     .state = "NL",
     .payments = 2,
     .rejects = 1,
     .code = "quote_misplaced"},
    {.file = "MonzoDataExport_February2018_2018-02-26_174335.csv",
     .own_account = "MONZO1",
     .payments = 1},
    {.file = "TH_20180101-20180523_page_1.csv", .own_account = "1111", .payments = 9},
    {.file = "TH_20180521-20180523.csv", .own_account = "1111", .payments = 1},
    {.file = "Umsaetze_KtoNr538917600_EUR_02-03-2018_1503.CSV",
     .own_account = "DE44200400000538917600",
     .payments = 1},
    {.file = "dba33fceecd62c3c727893361e0ba4d3.P000000027355791.csv",
     .columns = "booking_date=1,kind=2,debit=3,credit=4,text=5",
     .date_format = "DD MON YYYY",
     .currency = "SGD",
     .own_account = "POSB1",
     .delimiter = ',',
     .decimal = '.',
     .no_header = true,
     .payments = 1},
    {.file = "export_KBC-Mastercard Business Essential_20200204_1604.csv",
     .columns = "own_name=2,booking_date=4,value_date=5,amount=11,text=13",
     .date_format = "DD/MM/YYYY",
     .currency = "EUR",
     .own_account = "1234567890123456",
     .delimiter = ';',
     .decimal = ',',
     .payments = 3},
    {.file = "statement_1.csv",
     .columns = "booking_date=1,text=2,credit=6,debit=7",
     .date_format = "DD MON YY",
     .currency = "GBP",
     .own_account = "CARD1",
     .delimiter = ',',
     .decimal = '.',
     .no_header = true,
     .payments = 1},
    {.file = "test_delimiter_tab.csv",
     .columns = "booking_date=1,text=2,value_date=3,credit=4,debit=5",
     .date_format = "DD.MM.YYYY",
     .currency = "EUR",
     .own_account = "AT1",
     .encoding = "windows-1252",
     .delimiter = '\t',
     .decimal = ',',
     .no_header = true,
     .payments = 73,
     .rejects = 1,
     .code = "no_such_date"},
    {.file = "test_raiffeisen_01.csv",
     .columns = "booking_date=1,text=2,value_date=3,amount=4,currency=5",
     .date_format = "DD.MM.YYYY",
     .own_account = "AT1",
     .delimiter = ';',
     .decimal = ',',
     .no_header = true,
     .payments = 73,
     .rejects = 1,
     .code = "too_few_columns"},
    {.file = "test_regex_123456_87654321_1234_21_12.csv",
     .columns = "booking_date=1,text=2,value_date=3,amount=4,currency=5",
     .date_format = "DD.MM.YYYY",
     .own_account = "AT1",
     .delimiter = ';',
     .decimal = ',',
     .no_header = true,
     .payments = 73,
     .rejects = 1,
     .code = "too_few_columns"},
    {.file = "test_row_format_default.csv",
     .columns = "booking_date=1,text=2,value_date=3,credit=4,debit=5",
     .date_format = "DD.MM.YYYY",
     .currency = "EUR",
     .own_account = "AT1",
     .encoding = "windows-1252",
     .delimiter = ';',
     .decimal = ',',
     .no_header = true,
     .payments = 73,
     .rejects = 1,
     .code = "no_such_date"},
    {.file = "umsatz-1234________1234-20180227.CSV",
     .columns = "own_account=1,booking_date=3,amount=7,currency=8,text=9,reference=11",
     .date_format = "DD.MM.YY",
     .encoding = "windows-1252",
     .delimiter = ';',
     .decimal = ',',
     .payments = 1},
};

static void add_columns(trail_profile *profile, const char *columns)
{
    profile->columns = trail_vector_of(sizeof(trail_profile_column));
    for (const char *at = columns; at != NULL; at = strchr(at, ',')) {
        trail_profile_column column = {.column = TRAIL_COLUMN_COUNT};
        if (*at == ',') at++;
        const char *equals = strchr(at, '=');
        assert_non_null(equals);
        for (int i = 0; i < TRAIL_COLUMN_COUNT; i++) {
            const char *name = trail_column_name((trail_column)i);
            if (strlen(name) == (size_t)(equals - at) && strncmp(name, at, strlen(name)) == 0)
                column.column = (trail_column)i;
        }
        assert_int_not_equal(column.column, TRAIL_COLUMN_COUNT);
        for (const char *digit = equals + 1; *digit >= '0' && *digit <= '9'; digit++)
            column.position = column.position * 10 + (uint32_t)(*digit - '0');
        assert_int_equal(trail_vector_push(&profile->columns, &column, NULL), TRAIL_OK);
    }
}

static void read_file(const bank_file *row, trail_ledger *ledger, trail_rejects *rejects)
{
    trail_error err = {0};
    trail_profile profile = {.name = "bank",
                             .date_format = row->date_format,
                             .delimiter = row->delimiter,
                             .decimal = row->decimal,
                             .decimal_given = true,
                             .no_header = row->no_header,
                             .currency = row->currency,
                             .encoding = row->encoding};
    trail_source source = {.file = row->file,
                           .profile = row->columns != NULL ? &profile : NULL,
                           .from = TRAIL_NO_DAY,
                           .to = TRAIL_NO_DAY,
                           .scope_from = TRAIL_NO_DAY,
                           .scope_to = TRAIL_NO_DAY,
                           .own_account = row->own_account,
                           .currency = row->currency,
                           .state = row->state};
    trail_ingest_options options = {0};
    add_columns(&profile, row->columns);
    if (trail_ingest(ledger, rejects, FOLDER, &source, 1, &options, &err) != TRAIL_OK)
        fail_msg("%s: %s", row->file, err.message);
    trail_vector_clear(&profile.columns);
}

static unsigned check_file(const bank_file *row)
{
    trail_ledger ledger;
    trail_rejects rejects;
    size_t states[4] = {0};
    unsigned wrong = 0;
    assert_int_equal(trail_ledger_init(&ledger, NULL), TRAIL_OK);
    trail_rejects_init(&rejects);
    read_file(row, &ledger, &rejects);
    for (uint32_t i = 0; i < ledger.records.count; i++)
        states[trail_records_state(&ledger.records, i)]++;
    const trail_file_report *report = trail_vector_at(&rejects.files, 0);
    const char *code = "";
    if (rejects.rejects.count > 0)
        code = ((const trail_reject *)trail_vector_at(&rejects.rejects, 0))->code;
    wrong += states[TRAIL_RECORD_PAYMENT] != row->payments;
    wrong += states[TRAIL_RECORD_REJECT] != row->rejects;
    wrong += states[TRAIL_RECORD_NO_PAYMENT] != row->no_payments;
    wrong += strcmp(code, row->code != NULL ? row->code : "") != 0;
    trail_slice reason = trail_strings_get(ledger.strings, report->reason);
    print_message("%s %-58.58s %3zu payments, %zu rejects %s %.*s\n", wrong > 0 ? "WRONG" : "     ",
                  row->file, states[TRAIL_RECORD_PAYMENT], states[TRAIL_RECORD_REJECT], code,
                  report->reason == 0 ? 0 : (int)reason.length, reason.start);
    trail_ledger_clear(&ledger);
    trail_rejects_clear(&rejects);
    return wrong;
}

static void every_bank_export_is_read_or_says_why_not(void **state)
{
    (void)state;
    unsigned wrong = 0;
    if (!trail_path_exists(FOLDER "/bank2ynab.conf")) {
        print_message("skipped: %s is not there\n", FOLDER);
        skip();
    }
    for (size_t i = 0; i < TRAIL_LENGTH_OF(files); i++)
        wrong += check_file(&files[i]);
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_bank_export_is_read_or_says_why_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
