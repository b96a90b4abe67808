/* Reading the words of a command line by a command's table of options. */
#ifndef CLI_ARGUMENTS_H
#define CLI_ARGUMENTS_H

#include "command.h"

/* What every command takes. */
typedef struct cli_common {
    bool quiet, json, help, version;
} cli_common;

extern const cli_option cli_common_options[];
extern const size_t cli_common_option_count;

/* Reads words[0..count) after the command's name (command NULL: before it, where only common
 * options may stand; *used is then the number of words read). False after a mistake, which is
 * printed. */
bool cli_arguments_read(const cli_command *command, char *const *words, size_t count,
                        cli_common *common, cli_arguments *arguments, size_t *used);

#endif
