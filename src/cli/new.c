#include <stdio.h>

#include <moneytrail/case.h>

#include "command.h"
#include "json_line.h"

enum { FROM };
static const cli_option options[] = {
    {"from", "FOLDER", "the received files; copied into CASE/received unless they lie in CASE"},
};

static int run(const cli_arguments *arguments)
{
    cli_console *console = arguments->console;
    trail_notices notices = cli_console_notices(console);
    trail_progress progress;
    bool shown = cli_console_progress(console, &progress);
    trail_case_made made = {0};
    trail_error err = {0};
    trail_status status = TRAIL_OK;
    int exit_code = CLI_DONE;
    if (arguments->values[FROM] == NULL) {
        cli_console_error(console);
        fputs("new needs --from FOLDER, where the received files are\n", stderr);
        return CLI_USAGE;
    }
    status = trail_case_new(arguments->operands[0], arguments->values[FROM], &made,
                            shown ? &progress : NULL, &notices, &err);
    cli_console_settle(console);
    if (status != TRAIL_OK) {
        exit_code = cli_console_failed(console, status, &err);
    } else if (made.undecided > 0 || made.left_out > 0) {
        exit_code = CLI_ANOMALIES;
    }
    if (console->json) {
        cli_json json = cli_json_open("new");
        if (status != TRAIL_OK) cli_json_text(&json, "error", err.message);
        cli_json_number(&json, "files", made.files);
        cli_json_number(&json, "decided", made.decided);
        cli_json_number(&json, "undecided", made.undecided);
        cli_json_number(&json, "left_out", made.left_out);
        cli_json_number(&json, "copied", made.copied);
        cli_json_close(&json, exit_code);
    } else if (status == TRAIL_OK && !console->quiet) {
        printf("%s/case.yaml: %zu file%s, %zu undecided%s\n"
               "Next: look through it, then moneytrail run %s\n",
               arguments->operands[0], made.files, made.files == 1 ? "" : "s", made.undecided,
               made.undecided > 0 ? " (see the comments: they are set aside until they are)" : "",
               arguments->operands[0]);
    }
    return exit_code;
}

const cli_command cli_new = {
    .name = "new",
    .summary = "make a case folder from received files",
    .operands = "CASE --from FOLDER",
    .least_operands = 1,
    .most_operands = 1,
    .explanation =
        "Hashes and looks at every file below FOLDER and writes CASE/case.yaml, commented, which\n"
        "runs as it is, and CASE/case.key. Files outside CASE are copied into CASE/received,\n"
        "read-only, and the copies' hashes compared; the originals are never touched. A CASE that\n"
        "has a case.yaml is refused. Exit code 3: some file could not be decided, or is a link.",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .run = run,
};
