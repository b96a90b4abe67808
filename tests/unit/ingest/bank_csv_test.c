#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/path.h"
#include "ingest/guess.h"

/* Odd exports of many banks against what bank2ynab.conf says of each: delimiter, header, date
 * column and its format, amount columns. To be unsure is right; to be certain and wrong fails. */

#define FOLDER "../shared/corpora/bank-csv/"

typedef struct sample {
    const char *file, *section;
    /* Where the conf has no section for a file (it comes from that project's own tests). */
    const char *delimiter, *header_rows, *columns, *date_format;
} sample;

static const sample samples[] = {
    {"2018-04-14_10-52-13_bunq-transactieoverzicht.csv", "[NL Bunq checking]", 0, 0, 0, 0},
    {"20180226_12345678.csv", "[UK first direct checking]", 0, 0, 0, 0},
    {"CSV_A_20180414_112204.csv", "[NL Rabobank-2018]", 0, 0, 0, 0},
    {"MonzoDataExport_February2018_2018-02-26_174335.csv", "[UK Monzo checking]", 0, 0, 0, 0},
    {"TH_20180101-20180523_page_1.csv", "[CZ Ceska Sporitelna]", 0, 0, 0, 0},
    {"TH_20180521-20180523.csv", "[CZ Ceska Sporitelna]", 0, 0, 0, 0},
    {"Umsaetze_KtoNr538917600_EUR_02-03-2018_1503.CSV", "[DE Commerzbank checking]", 0, 0, 0, 0},
    {"dba33fceecd62c3c727893361e0ba4d3.P000000027355791.csv", "[SG POSB savings]", 0, 0, 0, 0},
    {"export_KBC-Mastercard Business Essential_20200204_1604.csv", "[BE KBC credit]", 0, 0, 0, 0},
    {"statement_1.csv", "[UK Barclaycard credit card]", 0, 0, 0, 0},
    {"test_delimiter_tab.csv", NULL, "\\t", "0", "Date,Payee,skip,Outflow,Inflow", "%d.%m.%Y"},
    {"test_raiffeisen_01.csv", "[AT Raiffeisen Bank 2019 checking]", 0, 0, 0, 0},
    {"test_regex_123456_87654321_1234_21_12.csv", "[AT Raiffeisen Bank 2018]", 0, 0, 0, 0},
    {"test_row_format_default.csv", NULL, ";", "0", "Date,Payee,skip,Outflow,Inflow", "%d.%m.%Y"},
    {"umsatz-1234________1234-20180227.CSV", "[DE Ostseesparkasse Rostock credit card]", 0, 0, 0,
     0},
};

/* The value of `key` in the section, else in [DEFAULT]; copied into value. */
static bool conf_value(const char *conf, const char *section, const char *key, char *value,
                       size_t room)
{
    const char *at = strstr(conf, section);
    value[0] = '\0';
    if (at == NULL) return false;
    for (at = strchr(at, '\n'); at != NULL && at[1] != '['; at = strchr(at + 1, '\n')) {
        if (strncmp(at + 1, key, strlen(key)) != 0) continue;
        const char *equals = strchr(at + 1, '='), *end = strchr(at + 1, '\n');
        if (equals == NULL || end == NULL || equals > end) continue;
        trail_slice text = trail_slice_trim((trail_slice){equals + 1, (size_t)(end - equals - 1)});
        if (text.length >= room) return false;
        memcpy(value, text.start, text.length);
        value[text.length] = '\0';
        return true;
    }
    return strcmp(section, "[DEFAULT]") != 0 && conf_value(conf, "[DEFAULT]", key, value, room);
}

/* "%d.%m.%Y" -> "DD.MM.YYYY" */
static void our_format(const char *theirs, char *ours, size_t room)
{
    static const char *const letters[][2] = {{"%d", "DD"}, {"%m", "MM"},  {"%Y", "YYYY"},
                                             {"%y", "YY"}, {"%b", "MON"}, {"%H", "hh"},
                                             {"%M", "mm"}, {"%S", "ss"},  {" +0000", ""}};
    ours[0] = '\0';
    for (const char *at = theirs; *at != '\0';) {
        size_t i = 0, count = sizeof letters / sizeof letters[0];
        while (i < count && strncmp(at, letters[i][0], strlen(letters[i][0])) != 0)
            i++;
        size_t used = strlen(ours);
        if (i < count)
            snprintf(ours + used, room - used, "%s", letters[i][1]);
        else
            snprintf(ours + used, room - used, "%c", *at);
        at += i < count ? strlen(letters[i][0]) : 1;
    }
}

/* Is the position-th name of "Date,Payee,skip" this one? */
static bool column_is(const char *columns, uint32_t position, const char *name)
{
    for (uint32_t i = 1; i < position && columns != NULL; i++) {
        columns = strchr(columns, ',');
        if (columns != NULL) columns++;
    }
    size_t length = strlen(name);
    return columns != NULL && strncmp(columns, name, length) == 0 &&
           (columns[length] == ',' || columns[length] == '\0');
}

static bool doubts(const trail_guess *guess, trail_guess_subject subject, int a, int b, int c)
{
    for (size_t i = 0; i < guess->doubts.count; i++) {
        const trail_doubt *doubt = trail_vector_at(&guess->doubts, i);
        int column = (int)doubt->column;
        if (doubt->subject == subject && doubt->blocking &&
            (column == a || column == b || column == c || a < 0))
            return true;
    }
    return false;
}

static const char *word(bool unsure, bool right, unsigned *wrong)
{
    if (unsure) return "unsure";
    if (!right) (*wrong)++;
    return right ? "right" : "WRONG";
}

static const char *check_amount(const trail_guess *guess, const char *columns, unsigned *wrong)
{
    const trail_guess_column *amount = trail_guess_find(guess, TRAIL_COLUMN_AMOUNT);
    const trail_guess_column *debit = trail_guess_find(guess, TRAIL_COLUMN_DEBIT);
    const trail_guess_column *credit = trail_guess_find(guess, TRAIL_COLUMN_CREDIT);
    bool unsure = doubts(guess, TRAIL_GUESS_COLUMN, TRAIL_COLUMN_AMOUNT, TRAIL_COLUMN_DEBIT,
                         TRAIL_COLUMN_CREDIT) ||
                  doubts(guess, TRAIL_GUESS_SIGN, -1, 0, 0) ||
                  doubts(guess, TRAIL_GUESS_AMOUNTS, -1, 0, 0);
    bool right = amount != NULL ? column_is(columns, amount->position, "Inflow") ||
                                      column_is(columns, amount->position, "Amount") ||
                                      column_is(columns, amount->position, "Outflow")
                                : debit != NULL && credit != NULL &&
                                      column_is(columns, debit->position, "Outflow") &&
                                      column_is(columns, credit->position, "Inflow");
    return word(unsure, right, wrong);
}

typedef struct expectation {
    char delimiter[8], header_rows[8], columns[400], date_format[40];
} expectation;

static void read_expectation(const char *conf, const sample *row, expectation *out)
{
    if (row->section == NULL) {
        snprintf(out->delimiter, sizeof out->delimiter, "%s", row->delimiter);
        snprintf(out->header_rows, sizeof out->header_rows, "%s", row->header_rows);
        snprintf(out->columns, sizeof out->columns, "%s", row->columns);
        snprintf(out->date_format, sizeof out->date_format, "%s", row->date_format);
        return;
    }
    assert_non_null(strstr(conf, row->section));
    assert_true(conf_value(conf, row->section, "Source CSV Delimiter", out->delimiter, 8));
    assert_true(conf_value(conf, row->section, "Header Rows", out->header_rows, 8));
    assert_true(conf_value(conf, row->section, "Input Columns", out->columns, 400));
    assert_true(conf_value(conf, row->section, "Date Format", out->date_format, 40));
}

static unsigned check_sample(const char *conf, const sample *row)
{
    char path[300], format[60];
    expectation want;
    unsigned wrong = 0;
    trail_guess guess = {0};
    trail_error err = {0};
    read_expectation(conf, row, &want);
    snprintf(path, sizeof path, FOLDER "%s", row->file);
    if (trail_guess_file(&guess, &(trail_location){.path = path}, NULL, &err) != TRAIL_OK)
        fail_msg("%s", err.message);

    char delimiter = strcmp(want.delimiter, "\\t") == 0 ? '\t' : want.delimiter[0];
    const trail_guess_column *date = trail_guess_find(&guess, TRAIL_COLUMN_BOOKING_DATE);
    our_format(want.date_format, format, sizeof format);
    bool date_doubted = doubts(&guess, TRAIL_GUESS_COLUMN, TRAIL_COLUMN_BOOKING_DATE, -2, -2);
    bool format_doubted = date_doubted || doubts(&guess, TRAIL_GUESS_DATES, -1, 0, 0);
    const char *one = word(doubts(&guess, TRAIL_GUESS_DELIMITER, -1, 0, 0),
                           guess.profile.delimiter == delimiter, &wrong);
    bool header =
        (guess.header_row == 0) == (strcmp(want.header_rows, "0") == 0) && guess.header_row <= 1;
    const char *two = word(doubts(&guess, TRAIL_GUESS_HEADER, -1, 0, 0), header, &wrong);
    const char *three =
        word(date_doubted, date != NULL && column_is(want.columns, date->position, "Date"), &wrong);
    const char *four =
        word(format_doubted,
             date != NULL && (format[0] == '\0' || strcmp(date->date.format, format) == 0), &wrong);
    const char *five = check_amount(&guess, want.columns, &wrong);
    print_message("%-58.58s %-9s %-7s %-7s %-7s %s\n", row->file, one, two, three, four, five);
    trail_guess_clear(&guess);
    return wrong;
}

static void no_bank_export_is_read_wrongly_with_certainty(void **state)
{
    (void)state;
    trail_text conf = {0};
    if (!trail_path_exists(FOLDER "bank2ynab.conf")) {
        print_message("skipped: %sbank2ynab.conf is not there\n", FOLDER);
        skip();
    }
    assert_int_equal(trail_path_read(FOLDER "bank2ynab.conf", 1 << 20, &conf, NULL), TRAIL_OK);
    unsigned wrong = 0;
    print_message("%-58s %-9s %-7s %-7s %-7s %s\n", "file", "delimiter", "header", "date", "format",
                  "amount");
    for (size_t i = 0; i < TRAIL_LENGTH_OF(samples); i++)
        wrong += check_sample(conf.bytes, &samples[i]);
    trail_text_clear(&conf);
    assert_int_equal(wrong, 0);
}

static void every_export_of_the_folder_is_in_the_table(void **state)
{
    (void)state;
    if (!trail_path_exists(FOLDER)) {
        print_message("skipped: %s is not there\n", FOLDER);
        skip();
    }
    trail_vector names = trail_vector_of(sizeof(char *));
    assert_int_equal(trail_path_list(FOLDER, &names, NULL), TRAIL_OK);
    for (size_t i = 0; i < names.count; i++) {
        const char *name = *(char *const *)trail_vector_at(&names, i);
        size_t length = strlen(name);
        if (length < 4 ||
            (strcmp(name + length - 4, ".csv") != 0 && strcmp(name + length - 4, ".CSV") != 0))
            continue;
        bool listed = false;
        for (size_t j = 0; j < TRAIL_LENGTH_OF(samples); j++)
            listed = listed || strcmp(samples[j].file, name) == 0;
        if (!listed) print_message("not in the table: %s\n", name);
        assert_true(listed);
    }
    trail_path_list_clear(&names);
}

static void guess_or_skip(trail_guess *guess, const char *path)
{
    trail_error err = {0};
    if (!trail_path_exists(path)) {
        print_message("skipped: %s is not there\n", path);
        skip();
    }
    if (trail_guess_file(guess, &(trail_location){.path = path}, NULL, &err) != TRAIL_OK)
        fail_msg("%s", err.message);
}

static int meaning_of(const trail_guess *guess, const char *header)
{
    for (size_t i = 0; i < guess->columns.count; i++) {
        const trail_guess_column *column = trail_vector_at(&guess->columns, i);
        if (column->header != NULL && strcmp(column->header, header) == 0) return column->meaning;
    }
    return -1;
}

static void berka_is_recognised_and_only_its_currency_asked(void **state)
{
    (void)state;
    trail_guess guess = {0};
    guess_or_skip(&guess, "../shared/corpora/berka/trans.asc.gz");
    assert_non_null(guess.layout_name);
    assert_int_equal(guess.rows, 49103);
    assert_string_equal(guess.profile.date_format, "YYMMDD");
    assert_int_equal(meaning_of(&guess, "account_id"), TRAIL_COLUMN_OWN_ACCOUNT);
    assert_int_equal(meaning_of(&guess, "account"), TRAIL_COLUMN_COUNTERPARTY_ACCOUNT);
    assert_int_equal(meaning_of(&guess, "type"), TRAIL_COLUMN_MARK);
    assert_int_equal(guess.profile.signs.count, 3);
    for (size_t i = 0; i < guess.doubts.count; i++) {
        const trail_doubt *doubt = trail_vector_at(&guess.doubts, i);
        if (doubt->blocking) assert_int_equal(doubt->subject, TRAIL_GUESS_CURRENCY);
    }
    uint64_t counted = 0;
    for (size_t i = 0; i < guess.codes.count; i++) {
        const trail_guess_code *code = trail_vector_at(&guess.codes, i);
        if (strcmp(code->column, "operation") == 0) counted += code->count;
    }
    assert_int_equal(counted, 49102);
    trail_guess_clear(&guess);
}

static void amlsim_is_recognised_and_its_answers_are_declared(void **state)
{
    (void)state;
    trail_guess guess = {0};
    guess_or_skip(&guess, "../shared/corpora/amlsim-123k/transactions.csv.gz");
    assert_int_equal(guess.profile.layout, TRAIL_LAYOUT_TRANSFERS);
    assert_int_equal(guess.rows, 123078);
    assert_int_equal(meaning_of(&guess, "orig_acct"), TRAIL_COLUMN_PAYER_ACCOUNT);
    assert_int_equal(meaning_of(&guess, "bene_acct"), TRAIL_COLUMN_PAYEE_ACCOUNT);
    assert_int_equal(meaning_of(&guess, "is_sar"), TRAIL_MEANING_TRUTH);
    assert_int_equal(meaning_of(&guess, "alert_id"), TRAIL_MEANING_TRUTH);
    assert_true(trail_guess_find(&guess, TRAIL_COLUMN_BOOKING_DATE)->date.midnight);
    trail_guess_clear(&guess);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_bank_export_is_read_wrongly_with_certainty),
        cmocka_unit_test(every_export_of_the_folder_is_in_the_table),
        cmocka_unit_test(berka_is_recognised_and_only_its_currency_asked),
        cmocka_unit_test(amlsim_is_recognised_and_its_answers_are_declared),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
