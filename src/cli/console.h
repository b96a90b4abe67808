/* What the program prints and where: results on stdout, all else on stderr. Only this folder
 * prints, and only this file looks at the clock. */
#ifndef CLI_CONSOLE_H
#define CLI_CONSOLE_H

#include <stdbool.h>
#include <stdint.h>

#include <moneytrail/error.h>
#include <moneytrail/notices.h>
#include <moneytrail/progress.h>

typedef struct cli_console {
    bool quiet, json;
    bool terminal;        /* stderr is one: progress is shown */
    bool colour;          /* and NO_COLOR is not set */
    const char *stage;    /* of the progress shown now */
    uint64_t stage_start; /* milliseconds */
    bool line_open;       /* a progress line stands on the terminal */
} cli_console;

void cli_console_init(cli_console *console);

/* Begins an error line on stderr, also when quiet; the caller prints the rest and the newline. */
void cli_console_error(const cli_console *console);
/* The error of a failed call, and the exit code it means. */
int cli_console_failed(cli_console *console, trail_status status, const trail_error *err);

/* For the library, on stderr. They borrow the console. When quiet, of the notices only the mistakes
 * of a case file ("...: error: ...") are shown; `mistakes` shows every line. */
trail_notices cli_console_notices(cli_console *console);
trail_notices cli_console_mistakes(cli_console *console);
/* Progress for what takes over a second; false when none is to be shown (no terminal, quiet). */
bool cli_console_progress(cli_console *console, trail_progress *progress);
/* Takes the progress line away. */
void cli_console_settle(cli_console *console);

/* 1234567 as "1,234,567". */
#define CLI_NUMBER 32
const char *cli_number(uint64_t value, char text[CLI_NUMBER]);

#endif
