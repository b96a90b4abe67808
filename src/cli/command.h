/* Commands of the program: one row of a table and one file each. The command line sees the public
 * headers <moneytrail/...> and its own folder, nothing else of the project: there is no include
 * path to the floors, and headers here are included by their name alone. */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

#include "console.h"

/* How the program ends. */
enum cli_exit {
    CLI_DONE = 0,
    CLI_FAILED = 1,   /* something could not be done, or verify found differences */
    CLI_USAGE = 2,    /* the command line or the case file is wrong: nothing was changed */
    CLI_ANOMALIES = 3 /* done, with rejects, files set aside or statements that do not close */
};

#define CLI_OPTIONS  12 /* most options of one command */
#define CLI_OPERANDS 2

typedef struct cli_option {
    const char *name;  /* without "--" */
    const char *value; /* what must follow, such as "DIR"; NULL: nothing */
    const char *summary;
} cli_option;

typedef struct cli_arguments {
    const char *operands[CLI_OPERANDS];
    size_t operand_count;
    const char *values[CLI_OPTIONS]; /* by the option's place; "" for one without value */
    cli_console *console;
} cli_arguments;

typedef struct cli_command {
    const char *name;
    const char *summary;  /* one line, for the list of commands */
    const char *operands; /* "CASE" */
    size_t least_operands, most_operands;
    const char *explanation; /* paragraphs for its own help */
    const cli_option *options;
    size_t option_count;
    void (*more_help)(void); /* prints what else its help holds; may be NULL */
    int (*run)(const cli_arguments *arguments);
} cli_command;

extern const cli_command *const cli_commands[]; /* NULL at the end */

/* Prints a command's help on stdout. */
void cli_command_help(const cli_command *command);
/* Prints what the program is and its commands. */
void cli_program_help(void);
const cli_command *cli_command_find(const char *name);
/* Says that there is no such command, with the nearest; CLI_USAGE. */
int cli_command_unknown(const cli_console *console, const char *name);

extern const cli_command cli_new, cli_sniff, cli_check, cli_run, cli_verify, cli_help;

#endif
