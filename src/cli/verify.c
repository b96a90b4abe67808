#include <stdio.h>

#include <moneytrail/verify.h>

#include "command.h"
#include "json_line.h"

enum { OUT };
static const cli_option options[] = {
    {"out", "DIR", "the outputs to verify (CASE/out)"},
};

static int run(const cli_arguments *arguments)
{
    cli_console *console = arguments->console;
    trail_notices differences = cli_console_mistakes(console);
    trail_error err = {0};
    trail_status status =
        trail_verify(arguments->operands[0], arguments->values[OUT], &differences, &err);
    int exit_code = status == TRAIL_OK ? CLI_DONE : cli_console_failed(console, status, &err);
    if (console->json) {
        cli_json json = cli_json_open("verify");
        if (status != TRAIL_OK) cli_json_text(&json, "error", err.message);
        cli_json_truth(&json, "same", status == TRAIL_OK);
        cli_json_close(&json, exit_code);
    } else if (status == TRAIL_OK && !console->quiet) {
        printf("%s: received files, custody log and outputs are as recorded\n",
               arguments->operands[0]);
    }
    return exit_code;
}

const cli_command cli_verify = {
    .name = "verify",
    .summary = "hash everything again and name what differs",
    .operands = "CASE",
    .least_operands = 1,
    .most_operands = 1,
    .explanation =
        "Hashes every received file and every output again, checks the chain of "
        "custody.jsonl, and\n"
        "names each difference; then the exit code is 1. Nothing is changed but custody.jsonl,\n"
        "which gets one line saying that it was verified (none if it is broken or cannot\n"
        "be written to).",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .run = run,
};
