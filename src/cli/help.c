#include "command.h"

static int run(const cli_arguments *arguments)
{
    const cli_command *command = NULL;
    if (arguments->operand_count == 0) {
        cli_program_help();
        return CLI_DONE;
    }
    command = cli_command_find(arguments->operands[0]);
    if (command == NULL) return cli_command_unknown(arguments->console, arguments->operands[0]);
    cli_command_help(command);
    return CLI_DONE;
}

const cli_command cli_help = {
    .name = "help",
    .summary = "explain a command",
    .operands = "[COMMAND]",
    .most_operands = 1,
    .explanation = "Lists the commands, or explains one.",
    .run = run,
};
