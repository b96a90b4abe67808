#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <moneytrail/version.h>

#include "arguments.h"
#include "command.h"

/* Output that did not arrive (a full disk behind a pipe) is a failure like any other. */
static int flushed(const cli_console *console, int exit_code)
{
    if (fflush(stdout) == 0 && !ferror(stdout)) return exit_code;
    cli_console_error(console);
    fprintf(stderr, "cannot write to the standard output: %s\n", strerror(errno));
    return exit_code == CLI_DONE || exit_code == CLI_ANOMALIES ? CLI_FAILED : exit_code;
}

static int run(cli_console *console, size_t count, char *const *words)
{
    cli_common common = {0};
    cli_arguments arguments = {.console = console};
    const cli_command *command = NULL;
    size_t used = 0;
    if (!cli_arguments_read(NULL, words, count, &common, &arguments, &used)) return CLI_USAGE;
    if (common.version) {
        printf("moneytrail %s\n", trail_version());
        return CLI_DONE;
    }
    if (used == count || common.help) {
        cli_program_help();
        return common.help ? CLI_DONE : CLI_USAGE;
    }
    command = cli_command_find(words[used]);
    if (command == NULL) return cli_command_unknown(console, words[used]);
    words += used + 1;
    count -= used + 1;
    if (!cli_arguments_read(command, words, count, &common, &arguments, &used)) return CLI_USAGE;
    console->quiet = common.quiet;
    console->json = common.json;
    if (common.help) {
        cli_command_help(command);
        return CLI_DONE;
    }
    if (common.version) {
        printf("moneytrail %s\n", trail_version());
        return CLI_DONE;
    }
    return command->run(&arguments);
}

int main(int argc, char **argv)
{
    cli_console console;
    int exit_code = CLI_USAGE;
    cli_console_init(&console);
    exit_code = run(&console, argc > 0 ? (size_t)argc - 1 : 0, argv + 1);
    cli_console_settle(&console);
    return flushed(&console, exit_code);
}
