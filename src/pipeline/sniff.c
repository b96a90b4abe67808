#include <moneytrail/sniff.h>

#include <string.h>

#include "base/output.h"
#include "ingest/guess_text.h"
#include "ingest/reader.h"

/* "statement 2024.csv.gz" -> "statement_2024" */
static void profile_name(const char *path, char *name, size_t room)
{
    const char *base = strrchr(path, '/');
    base = base == NULL ? path : base + 1;
    size_t length = 0;
    for (; base[0] != '\0' && base[0] != '.' && length + 1 < room; base++) {
        char c = base[0];
        bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (c >= 'A' && c <= 'Z')
            name[length++] = (char)(c + ('a' - 'A'));
        else if (letter)
            name[length++] = c;
        else if (length > 0 && name[length - 1] != '_')
            name[length++] = '_';
    }
    while (length > 0 && name[length - 1] == '_')
        length--;
    name[length] = '\0';
    if (length == 0) memcpy(name, "bank", 5);
}

static void write_profile(const trail_guess *guess, const char *path, trail_output *out)
{
    char name[60];
    profile_name(path, name, sizeof name);
    trail_output_text(out, "sources:\n  - file: ");
    trail_yaml_scalar(out, path);
    trail_output_format(out, "\n    profile: %s\n", name);
    if (guess->profile.layout == TRAIL_LAYOUT_TRANSFERS)
        trail_output_text(out, "    observes: all   # or the bank whose accounts these are\n");
    trail_output_format(out, "profiles:\n  %s:\n", name);
    trail_guess_write_profile(guess, "    ", out);
}

static void tell_lines(trail_slice text, const trail_notices *notices)
{
    if (notices == NULL || notices->say == NULL) return;
    char *at = (char *)text.start;
    while (at != NULL && *at != '\0') {
        char *end = strchr(at, '\n');
        if (end != NULL) *end = '\0';
        notices->say(notices->context, at);
        at = end == NULL ? NULL : end + 1;
    }
}

static void write_format(const trail_reader *reader, const char *path, trail_output *out)
{
    trail_output_format(out, "# recognised by its first bytes as %s: %s\n", reader->name,
                        reader->summary);
    trail_output_text(out, "# it needs no profile\nsources:\n  - file: ");
    trail_yaml_scalar(out, path);
    trail_output_text(out, "\n    profile: auto\n");
}

trail_status trail_sniff(const char *path, const trail_notices *text, bool *decided,
                         trail_error *err)
{
    const trail_location location = {.path = path};
    trail_guess guess = {0};
    trail_text words = {0};
    trail_output *out = NULL;
    const trail_reader *format = NULL;
    trail_status status = trail_reader_of_format(&location, &format, err);
    if (status == TRAIL_OK && format == NULL)
        status = trail_guess_file(&guess, &location, NULL, err);
    if (status != TRAIL_OK) return status;
    if ((status = trail_output_into(&out, &words, err)) != TRAIL_OK) goto cleanup;
    trail_output_text(out, "# ");
    trail_output_text(out, path);
    trail_output_byte(out, '\n');
    if (format != NULL) {
        write_format(format, path, out);
    } else {
        trail_guess_write_words(&guess, "# ", out);
        if (guess.columns.count > 0) write_profile(&guess, path, out);
    }
    if ((status = trail_output_finish(out, NULL, err)) != TRAIL_OK) goto cleanup;
    tell_lines(trail_text_slice(&words), text);
    if (decided != NULL) *decided = format != NULL || trail_guess_decided(&guess);
cleanup:
    trail_text_clear(&words);
    trail_guess_clear(&guess);
    return status;
}
