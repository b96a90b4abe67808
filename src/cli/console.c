#include "console.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "command.h"

static uint64_t now_milliseconds(void)
{
    struct timespec now;
    if (clock_gettime(CLOCK_MONOTONIC, &now) != 0) return 0;
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

void cli_console_init(cli_console *console)
{
    const char *no_color = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");
    *console = (cli_console){0};
    console->terminal =
        isatty(STDERR_FILENO) && (terminal == NULL || strcmp(terminal, "dumb") != 0);
    console->colour = console->terminal && (no_color == NULL || no_color[0] == '\0');
}

void cli_console_settle(cli_console *console)
{
    if (console->line_open) fputs("\r\033[K", stderr);
    console->line_open = false;
}

void cli_console_error(const cli_console *console)
{
    fputs(console->colour ? "moneytrail: \033[1;31merror:\033[0m " : "moneytrail: error: ", stderr);
}

int cli_console_failed(cli_console *console, trail_status status, const trail_error *err)
{
    cli_console_settle(console);
    cli_console_error(console);
    fprintf(stderr, "%s\n", err->message);
    return status == TRAIL_USAGE ? CLI_USAGE : CLI_FAILED;
}

static void print(cli_console *console, const char *line)
{
    static const char mark[] = ": error: ";
    const char *found = strstr(line, mark);
    cli_console_settle(console);
    if (found == NULL || !console->colour) {
        fprintf(stderr, "%s\n", line);
    } else {
        fprintf(stderr, "%.*s: \033[1;31merror:\033[0m %s\n", (int)(found - line), line,
                found + strlen(mark));
    }
}

static void say(void *context, const char *line)
{
    print(context, line);
}

static void say_unless_quiet(void *context, const char *line)
{
    cli_console *console = context;
    if (!console->quiet || strstr(line, ": error: ") != NULL) print(console, line);
}

trail_notices cli_console_mistakes(cli_console *console)
{
    return (trail_notices){.say = say, .context = console};
}

trail_notices cli_console_notices(cli_console *console)
{
    return (trail_notices){.say = say_unless_quiet, .context = console};
}

/* "12,345,678 of 20,000,000 rows, 1,234,567/s, 0:06 left" */
static void report(void *context, const char *stage, const char *unit, uint64_t done,
                   uint64_t total)
{
    cli_console *console = context;
    uint64_t now = now_milliseconds(), taken = 0, rate = 0, left = 0;
    char number[CLI_NUMBER], of[CLI_NUMBER], speed[CLI_NUMBER];
    if (console->stage == NULL || strcmp(console->stage, stage) != 0) {
        cli_console_settle(console);
        console->stage = stage;
        console->stage_start = now;
    }
    taken = now - console->stage_start;
    if (taken < 1000) return;
    rate = (uint64_t)((double)done * 1000.0 / (double)taken);
    fprintf(stderr, "\r%s: %s", stage, cli_number(done, number));
    if (total > 0) fprintf(stderr, " of %s", cli_number(total, of));
    fprintf(stderr, " %s", unit);
    if (rate > 0) fprintf(stderr, ", %s/s", cli_number(rate, speed));
    if (total > done && rate > 0) {
        left = (total - done) / rate;
        fprintf(stderr, ", %" PRIu64 ":%02" PRIu64 " left", left / 60, left % 60);
    }
    fputs("\033[K", stderr);
    console->line_open = true;
}

bool cli_console_progress(cli_console *console, trail_progress *progress)
{
    *progress = (trail_progress){.report = report, .context = console};
    return console->terminal && !console->quiet;
}

const char *cli_number(uint64_t value, char text[CLI_NUMBER])
{
    char digits[CLI_NUMBER];
    size_t length = (size_t)snprintf(digits, sizeof digits, "%" PRIu64, value), at = 0;
    for (size_t i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0) text[at++] = ',';
        text[at++] = digits[i];
    }
    text[at] = '\0';
    return text;
}
