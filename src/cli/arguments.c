#include "arguments.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "suggestion.h"

const cli_option cli_common_options[] = {
    {"quiet", NULL, "say nothing but errors"},
    {"json", NULL, "print the summary as one line of JSON"},
    {"help", NULL, "explain the command"},
    {"version", NULL, "print the version"},
};
const size_t cli_common_option_count = sizeof cli_common_options / sizeof *cli_common_options;

/* The option `word` names ("--out", "--out=x"); SIZE_MAX when there is none. */
static size_t find(const cli_option *options, size_t count, const char *word)
{
    const char *name = word + 2;
    size_t length = strcspn(name, "=");
    for (size_t i = 0; i < count; i++) {
        if (strlen(options[i].name) == length && strncmp(options[i].name, name, length) == 0) {
            return i;
        }
    }
    return SIZE_MAX;
}

static bool unknown(const cli_console *console, const cli_command *command, const char *word)
{
    const char *nearest = NULL;
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < cli_common_option_count; i++) {
        cli_suggest(word + 2, cli_common_options[i].name, &best, &nearest);
    }
    for (size_t i = 0; command != NULL && i < command->option_count; i++) {
        cli_suggest(word + 2, command->options[i].name, &best, &nearest);
    }
    if (nearest == NULL) {
        cli_console_error(console);
        fprintf(stderr, "there is no option %s\n", word);
    } else {
        cli_console_error(console);
        fprintf(stderr, "there is no option %s — did you mean --%s?\n", word, nearest);
    }
    return false;
}

static void set_common(cli_common *common, size_t option)
{
    bool *const flags[] = {&common->quiet, &common->json, &common->help, &common->version};
    *flags[option] = true;
}

/* Takes the value of an option: behind '=', or the next word. */
static bool take_value(const cli_console *console, const cli_option *option, char *const *words,
                       size_t count, size_t *at, const char **value)
{
    const char *equals = strchr(words[*at], '=');
    if (option->value == NULL) {
        *value = "";
        if (equals == NULL) return true;
        cli_console_error(console);
        fprintf(stderr, "--%s takes no value\n", option->name);
        return false;
    }
    if (equals != NULL) {
        *value = equals + 1;
    } else if (*at + 1 < count) {
        *value = words[++*at];
    } else {
        *value = "";
    }
    if (**value != '\0') return true;
    cli_console_error(console);
    fprintf(stderr, "--%s needs a value: --%s %s\n", option->name, option->name, option->value);
    return false;
}

static bool take_option(const cli_command *command, char *const *words, size_t count, size_t *at,
                        cli_common *common, cli_arguments *arguments)
{
    const cli_console *console = arguments->console;
    const char *ignored = NULL;
    size_t option = find(cli_common_options, cli_common_option_count, words[*at]);
    if (option != SIZE_MAX) {
        set_common(common, option);
        return take_value(console, &cli_common_options[option], words, count, at, &ignored);
    }
    option = command == NULL ? SIZE_MAX : find(command->options, command->option_count, words[*at]);
    if (option == SIZE_MAX) return unknown(console, command, words[*at]);
    if (arguments->values[option] != NULL) {
        cli_console_error(console);
        fprintf(stderr, "--%s is given twice\n", command->options[option].name);
        return false;
    }
    return take_value(console, &command->options[option], words, count, at,
                      &arguments->values[option]);
}

static bool take_letter(const cli_console *console, const char *word, cli_common *common)
{
    static const char letters[] = "qjhV"; /* as cli_common_options */
    const char *letter = word[1] == '\0' || word[2] != '\0' ? NULL : strchr(letters, word[1]);
    if (letter != NULL) {
        set_common(common, (size_t)(letter - letters));
        return true;
    }
    cli_console_error(console);
    fprintf(stderr, "there is no option %s\n", word);
    return false;
}

static bool enough(const cli_command *command, const cli_arguments *arguments)
{
    if (arguments->operand_count >= command->least_operands) return true;
    cli_console_error(arguments->console);
    fprintf(stderr, "%s needs %s: moneytrail %s %s\n", command->name, command->operands,
            command->name, command->operands);
    return false;
}

bool cli_arguments_read(const cli_command *command, char *const *words, size_t count,
                        cli_common *common, cli_arguments *arguments, size_t *used)
{
    bool only_operands = false;
    size_t most = command == NULL ? 0 : command->most_operands;
    size_t at = 0;
    for (; at < count; at++) {
        const char *word = words[at];
        if (!only_operands && strcmp(word, "--") == 0) {
            only_operands = true;
        } else if (!only_operands && word[0] == '-' && word[1] == '-') {
            if (!take_option(command, words, count, &at, common, arguments)) return false;
        } else if (!only_operands && word[0] == '-' && word[1] != '\0') {
            if (!take_letter(arguments->console, word, common)) return false;
        } else if (command == NULL) {
            break;
        } else if (arguments->operand_count == most) {
            cli_console_error(arguments->console);
            fprintf(stderr, "%s takes no '%s': moneytrail %s %s\n", command->name, word,
                    command->name, command->operands);
            return false;
        } else {
            arguments->operands[arguments->operand_count++] = word;
        }
    }
    *used = at;
    return command == NULL || common->help || common->version || enough(command, arguments);
}
