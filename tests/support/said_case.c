#include "support/said_case.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void said_case_write(said_case *test, const char *bytes, size_t size)
{
    memset(test, 0, sizeof *test);
    scratch_make(&test->place);
    FILE *out = fopen(scratch_path(&test->place, "received.xml"), "wb");
    assert_non_null(out);
    assert_int_equal(fwrite(bytes, 1, size, out), size);
    assert_int_equal(fclose(out), 0);
    test->source = (trail_source){.file = "received.xml",
                                  .from = TRAIL_NO_DAY,
                                  .to = TRAIL_NO_DAY,
                                  .scope_from = TRAIL_NO_DAY,
                                  .scope_to = TRAIL_NO_DAY};
}

trail_status said_case_ingest(said_case *test, trail_error *err)
{
    trail_ingest_options options = {.threads = 1};
    trail_rejects_init(&test->rejects);
    trail_status status = trail_ledger_init(&test->ledger, err);
    if (status != TRAIL_OK) return status;
    return trail_ingest(&test->ledger, &test->rejects, test->place.folder, &test->source, 1,
                        &options, err);
}

void said_case_forget(said_case *test)
{
    trail_ledger_clear(&test->ledger);
    trail_rejects_clear(&test->rejects);
}

void said_case_read(said_case *test, const char *bytes, size_t size,
                    void (*change)(trail_source *source))
{
    said_case_write(test, bytes, size);
    if (change != NULL) change(&test->source);
    test->status = said_case_ingest(test, &test->error);
    if (test->status == TRAIL_OK) reading_lines(&test->ledger, &test->rejects, &test->lines);
}

void said_case_end(said_case *test)
{
    trail_text_clear(&test->lines);
    said_case_forget(test);
    scratch_remove(&test->place);
}

static const char *line_at(const said_case *test, const char *what, size_t nth, size_t *length)
{
    const char *at = test->lines.bytes;
    size_t wanted = strlen(what);
    while (at != NULL && *at != '\0') {
        const char *end = strchr(at, '\n');
        *length = (size_t)(end - at);
        if (strncmp(at, what, wanted) == 0 && strncmp(at + wanted, " | ", 3) == 0 && --nth == 0)
            return at;
        at = end + 1;
    }
    return NULL;
}

size_t said_case_count(const said_case *test, const char *what)
{
    size_t count = 0, length = 0;
    while (line_at(test, what, count + 1, &length) != NULL)
        count++;
    return count;
}

/* As a whole between " | " and the next. */
static bool holds(const char *line, size_t length, const char *word)
{
    size_t size = strlen(word);
    for (size_t i = 0; i + 3 + size <= length; i++) {
        size_t end = i + 3 + size;
        if (strncmp(line + i, " | ", 3) == 0 && strncmp(line + i + 3, word, size) == 0 &&
            (end == length || strncmp(line + end, " | ", 3) == 0))
            return true;
    }
    return false;
}

void said_case_expect(const said_case *test, const char *what, size_t nth, ...)
{
    va_list words;
    size_t length = 0;
    const char *line = line_at(test, what, nth, &length);
    const char *word = what;
    bool found = line != NULL;
    va_start(words, nth);
    while (found && (word = va_arg(words, const char *)) != NULL)
        found = holds(line, length, word);
    va_end(words);
    if (!found)
        fail_msg("no %s %zu with '%s' in:\n%s", what, nth, word,
                 test->lines.bytes == NULL ? test->error.message : test->lines.bytes);
}
