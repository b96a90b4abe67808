#include "command.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "arguments.h"
#include "suggestion.h"

/* The order is that of a case's life. */
const cli_command *const cli_commands[] = {
    &cli_new, &cli_sniff, &cli_check, &cli_run, &cli_verify, &cli_help, NULL,
};

const cli_command *cli_command_find(const char *name)
{
    for (size_t i = 0; cli_commands[i] != NULL; i++) {
        if (strcmp(cli_commands[i]->name, name) == 0) return cli_commands[i];
    }
    return NULL;
}

int cli_command_unknown(const cli_console *console, const char *name)
{
    const char *nearest = NULL;
    size_t best = SIZE_MAX;
    for (size_t i = 0; cli_commands[i] != NULL; i++) {
        cli_suggest(name, cli_commands[i]->name, &best, &nearest);
    }
    cli_console_error(console);
    if (nearest == NULL) {
        fprintf(stderr, "there is no command '%s': moneytrail help lists them\n", name);
    } else {
        fprintf(stderr, "there is no command '%s' — did you mean '%s'?\n", name, nearest);
    }
    return CLI_USAGE;
}

static void print_options(const cli_option *options, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char left[64];
        (void)snprintf(left, sizeof left, "--%s%s%s", options[i].name,
                       options[i].value == NULL ? "" : " ",
                       options[i].value == NULL ? "" : options[i].value);
        printf("  %-20s %s\n", left, options[i].summary);
    }
}

void cli_program_help(void)
{
    printf("moneytrail traces money through bank and wire records received for a case.\n\n"
           "usage: moneytrail COMMAND ...\n\ncommands:\n");
    for (size_t i = 0; cli_commands[i] != NULL; i++) {
        printf("  %-8s %s\n", cli_commands[i]->name, cli_commands[i]->summary);
    }
    printf("\noptions of every command:\n");
    print_options(cli_common_options, cli_common_option_count);
    printf("\nexit codes: 0 done, 1 failed, 2 wrong command line or case file,\n"
           "            3 done with anomalies (rejects, files set aside, statements that do not "
           "close)\n");
}

void cli_command_help(const cli_command *command)
{
    printf("usage: moneytrail %s %s%s\n\n%s\n", command->name, command->operands,
           command->option_count > 0 ? " [OPTION ...]" : "", command->explanation);
    printf("\noptions:\n");
    print_options(command->options, command->option_count);
    print_options(cli_common_options, cli_common_option_count);
    if (command->more_help != NULL) command->more_help();
}
