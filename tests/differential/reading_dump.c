/* reading_dump FILE: what ingest makes of one received file that needs no profile, as lines (see
 * support/reading_lines.h). For comparing corpora with their own expected results. */
#include <stdio.h>
#include <string.h>

#include "ingest/ingest.h"
#include "support/reading_lines.h"

int main(int argc, char **argv)
{
    trail_ledger ledger;
    trail_rejects rejects;
    trail_text lines = {0};
    trail_error err = {.status = TRAIL_OK};
    trail_ingest_options options = {.threads = 1};
    trail_source source = {.from = TRAIL_NO_DAY,
                           .to = TRAIL_NO_DAY,
                           .scope_from = TRAIL_NO_DAY,
                           .scope_to = TRAIL_NO_DAY};
    if (argc != 2 || trail_ledger_init(&ledger, NULL) != TRAIL_OK) return 2;
    source.file = argv[1];
    trail_rejects_init(&rejects);
    trail_status status = trail_ingest(&ledger, &rejects, "", &source, 1, &options, &err);
    if (status == TRAIL_OK) {
        reading_lines(&ledger, &rejects, &lines);
        (void)fwrite(lines.bytes, 1, lines.length, stdout);
    } else {
        (void)fprintf(stderr, "%s\n", err.message);
    }
    trail_text_clear(&lines);
    trail_ledger_clear(&ledger);
    trail_rejects_clear(&rejects);
    return status == TRAIL_OK ? 0 : 1;
}
