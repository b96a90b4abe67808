#include <stdio.h>

#include <moneytrail/case.h>

#include "command.h"
#include "json_line.h"

static int run(const cli_arguments *arguments)
{
    cli_console *console = arguments->console;
    trail_notices mistakes = cli_console_mistakes(console);
    trail_case_counts counts = {0};
    trail_error err = {0};
    trail_status status = trail_case_check(arguments->operands[0], &counts, &mistakes, &err);
    int exit_code = status == TRAIL_OK ? CLI_DONE : cli_console_failed(console, status, &err);
    if (console->json) {
        cli_json json = cli_json_open("check");
        if (status != TRAIL_OK) cli_json_text(&json, "error", err.message);
        cli_json_number(&json, "sources", counts.sources);
        cli_json_number(&json, "profiles", counts.profiles);
        cli_json_number(&json, "requests", counts.requests);
        cli_json_number(&json, "accounts", counts.accounts);
        cli_json_number(&json, "people", counts.people);
        cli_json_number(&json, "proceeds", counts.proceeds);
        cli_json_number(&json, "destinations", counts.destinations);
        cli_json_close(&json, exit_code);
    } else if (status == TRAIL_OK && !console->quiet) {
        printf("%s: no mistakes (%zu sources, %zu profiles, %zu requests, %zu people, "
               "%zu proceeds, %zu destinations)\n",
               arguments->operands[0], counts.sources, counts.profiles, counts.requests,
               counts.people, counts.proceeds, counts.destinations);
    }
    return exit_code;
}

const cli_command cli_check = {
    .name = "check",
    .summary = "look for mistakes in a case file, all at once",
    .operands = "CASE",
    .least_operands = 1,
    .most_operands = 1,
    .explanation =
        "Reads CASE/case.yaml and the spreadsheets beside it (people.csv, proceeds.csv,\n"
        "destinations.csv, requests.csv) and looks for the received files they name. Every "
        "mistake\n"
        "is one line with its place. Nothing is written.",
    .run = run,
};
