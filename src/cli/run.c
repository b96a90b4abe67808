#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <moneytrail/run.h>

#include "command.h"
#include "json_line.h"
#include "suggestion.h"

enum { ONLY, OUT, THREADS, INTERNAL, OPERATOR, AUTHORITY, REASON };
static const cli_option options[] = {
    {"only", "STAGE", "this stage and what it needs"},
    {"out", "DIR", "write there instead of CASE/out, so that an earlier run stays"},
    {"threads", "N", "at most N threads; the results are the same for any number"},
    {"internal", NULL, "show protected people by name; written into custody.jsonl"},
    {"operator", "NAME", "who runs it, for custody.jsonl (the login name)"},
    {"authority", "TEXT", "on whose authority, for custody.jsonl"},
    {"reason", "TEXT", "why, for custody.jsonl"},
};

static bool read_threads(const cli_console *console, const char *text, unsigned *threads)
{
    unsigned value = 0;
    const char *digit = text;
    while (*digit >= '0' && *digit <= '9' && value <= 1000)
        value = value * 10 + (unsigned)(*digit++ - '0');
    if (*digit == '\0' && value >= 1 && value <= 1000) {
        *threads = value;
        return true;
    }
    cli_console_error(console);
    fprintf(stderr, "--threads must be from 1 to 1000, not '%s'\n", text);
    return false;
}

static void list_stages(void)
{
    printf("\nstages:\n");
    for (size_t i = 0; i < trail_run_stage_count(); i++) {
        printf("  %-14s %s\n", trail_run_stage_name(i), trail_run_stage_summary(i));
    }
}

static bool known_stage(const cli_console *console, const char *stage)
{
    const char *nearest = NULL;
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < trail_run_stage_count(); i++) {
        if (strcmp(trail_run_stage_name(i), stage) == 0) return true;
        cli_suggest(stage, trail_run_stage_name(i), &best, &nearest);
    }
    cli_console_error(console);
    fprintf(stderr, "there is no stage '%s'", stage);
    if (nearest != NULL) fprintf(stderr, " — did you mean '%s'?", nearest);
    fputc('\n', stderr);
    return false;
}

static void print_json(const trail_run_summary *summary, const char *out, trail_status status,
                       const trail_error *err, int exit_code)
{
    const char *name;
    uint64_t value;
    cli_json json = cli_json_open("run");
    if (status != TRAIL_OK) cli_json_text(&json, "error", err->message);
    for (size_t i = 0; trail_run_count(summary, i, &name, &value); i++)
        cli_json_number(&json, name, value);
    cli_json_list(&json, "stages");
    for (size_t i = 0; i < summary->stage_count; i++) {
        cli_json_object(&json);
        cli_json_text(&json, "name", summary->stages[i].name);
        cli_json_number(&json, "rows", summary->stages[i].rows);
        cli_json_text(&json, "unit", summary->stages[i].unit);
        cli_json_object_end(&json);
    }
    cli_json_list_end(&json);
    cli_json_text(&json, "out", out);
    cli_json_truth(&json, "anomalies", summary->anomalies);
    cli_json_close(&json, exit_code);
}

static void print_row(uint64_t value, const char *one, const char *more)
{
    char number[CLI_NUMBER];
    printf("%15s  %s\n", cli_number(value, number), value == 1 ? one : more);
}

/* Units are plural, "payments marked": where the s stands that one of them is without. */
static const char *plural_end(const char *unit)
{
    while (*unit != '\0' && !(unit[0] == 's' && (unit[1] == ' ' || unit[1] == '\0')))
        unit++;
    return unit;
}

static void print_stage(const trail_run_stage *stage)
{
    char number[CLI_NUMBER];
    const char *end = plural_end(stage->unit);
    const char *rest = stage->rows == 1 && *end != '\0' ? end + 1 : end;
    printf("%15s  %.*s%s (%s)\n", cli_number(stage->rows, number), (int)(end - stage->unit),
           stage->unit, rest, stage->name);
}

static void print_summary(const trail_run_summary *summary, const char *out, bool whole)
{
    static const char *const rejects = "  rejected: see rejects.csv";
    static const char *const no_payment = "  declared to be no payment";
    static const char *const outside = "  outside the scope of their request";
    const struct {
        uint64_t value;
        const char *one, *more;
        bool also_zero;
    } rows[] = {
        {summary->rows_in, "row in, of which", "rows in, of which", true},
        {summary->rows_attesting, "  record of a payment", "  records of payments", true},
        {summary->rows_rejected, rejects, rejects, true},
        {summary->rows_no_payment, no_payment, no_payment, true},
        {summary->rows_out_of_scope, outside, outside, true},
        {summary->files_read, "file read", "files read", true},
        {summary->files_read_in_part, "file read in part: the stream breaks off",
         "files read in part: the stream breaks off", false},
        {summary->files_set_aside, "file set aside", "files set aside", true},
        {summary->files_not_read, "file received and not read: pages that only people read",
         "files received and not read: pages that only people read", false},
        {summary->files_not_listed, "file in the case folder that no source names",
         "files in the case folder that no source names", false},
        {summary->payments, "payment", "payments", true},
        {summary->paired, "  seen by both banks", "  seen by both banks", true},
        {summary->may_be_double, "  pair that may be one payment: see possible_double.csv",
         "  pairs that may be one payment: see possible_double.csv", true},
        {summary->accounts, "account", "accounts", true},
        {summary->accounts_observed, "  observed", "  observed", true},
        {summary->statements, "statement", "statements", false},
        {summary->statements_closing, "  closes", "  close", false},
        {summary->statements_not_closing, "  does not close: see statements.csv",
         "  do not close: see statements.csv", false},
        {summary->statements_totals_differ,
         "  states other totals than its rows: see statements.csv",
         "  state other totals than their rows: see statements.csv", false},
        {summary->statements_not_checked, "  cannot be checked", "  cannot be checked", false},
        {summary->months_missing, "month of an account without records: see coverage.csv",
         "months of accounts without records: see coverage.csv", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (rows[i].also_zero || rows[i].value > 0)
            print_row(rows[i].value, rows[i].one, rows[i].more);
    }
    printf("\n");
    for (size_t i = 0; i < summary->stage_count; i++)
        print_stage(&summary->stages[i]);
    if (whole) {
        printf("\nreport: %s/report.html\ntables: %s/*.csv\ngraphs: %s/graph/\n", out, out, out);
    } else {
        printf("\nresults: %s\n", out);
    }
}

static int run(const cli_arguments *arguments)
{
    cli_console *console = arguments->console;
    const char *const *values = arguments->values;
    trail_notices notices = cli_console_notices(console);
    trail_progress progress;
    bool shown = cli_console_progress(console, &progress);
    trail_run_options chosen = {.only = values[ONLY],
                                .out_folder = values[OUT],
                                .internal = values[INTERNAL] != NULL,
                                .operator_name = values[OPERATOR],
                                .authority = values[AUTHORITY],
                                .reason = values[REASON],
                                .progress = shown ? &progress : NULL,
                                .notices = &notices};
    trail_run_summary summary = {0};
    trail_error err = {0};
    trail_status status = TRAIL_OK;
    char out[4096];
    int exit_code = CLI_DONE;
    if (chosen.only != NULL && !known_stage(console, chosen.only)) return CLI_USAGE;
    if (values[THREADS] != NULL && !read_threads(console, values[THREADS], &chosen.threads)) {
        return CLI_USAGE;
    }
    (void)snprintf(out, sizeof out, "%s%s",
                   values[OUT] == NULL ? arguments->operands[0] : values[OUT],
                   values[OUT] == NULL ? "/out" : "");
    status = trail_run(arguments->operands[0], &chosen, &summary, &err);
    cli_console_settle(console);
    if (status != TRAIL_OK) {
        exit_code = cli_console_failed(console, status, &err);
    } else if (summary.anomalies) {
        exit_code = CLI_ANOMALIES;
    }
    if (console->json) {
        print_json(&summary, out, status, &err, exit_code);
    } else if (status == TRAIL_OK && !console->quiet) {
        print_summary(&summary, out, chosen.only == NULL);
    }
    return exit_code;
}

const cli_command cli_run = {
    .name = "run",
    .summary = "read the evidence and write everything into CASE/out",
    .operands = "CASE",
    .least_operands = 1,
    .most_operands = 1,
    .explanation =
        "Hashes and reads the received files, makes the ledger, traces the proceeds, finds routes\n"
        "and groups, and writes tables, graphs, database and report into CASE/out, whole or not "
        "at\n"
        "all. Exit code 3: done, but rows were rejected, files set aside, or statements do not\n"
        "close; the report says which.",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .more_help = list_stages,
    .run = run,
};
