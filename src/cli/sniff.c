#include <stdio.h>

#include <moneytrail/sniff.h>

#include "command.h"
#include "json_line.h"

static void print_line(void *context, const char *line)
{
    (void)context;
    puts(line);
}

static int run(const cli_arguments *arguments)
{
    cli_console *console = arguments->console;
    trail_notices text = {.say = console->json || console->quiet ? NULL : print_line};
    trail_error err = {0};
    bool decided = false;
    trail_status status = trail_sniff(arguments->operands[0], &text, &decided, &err);
    int exit_code = status != TRAIL_OK ? cli_console_failed(console, status, &err)
                    : decided          ? CLI_DONE
                                       : CLI_ANOMALIES;
    if (console->json) {
        cli_json json = cli_json_open("sniff");
        cli_json_text(&json, "file", arguments->operands[0]);
        if (status != TRAIL_OK) cli_json_text(&json, "error", err.message);
        cli_json_truth(&json, "decided", decided);
        cli_json_close(&json, exit_code);
    }
    return exit_code;
}

const cli_command cli_sniff = {
    .name = "sniff",
    .summary = "look at an unknown file and print a profile to paste",
    .operands = "FILE",
    .least_operands = 1,
    .most_operands = 1,
    .explanation =
        "Guesses encoding, delimiter, header, columns, date and amount formats of FILE and prints\n"
        "them as a profile for case.yaml. What is unsure stands there as a comment, with two\n"
        "values read both ways; then the exit code is 3. The file is opened read-only.",
    .run = run,
};
