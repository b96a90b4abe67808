#include <moneytrail/sniff.h>

#include <string.h>

#include "base/output.h"
#include "ingest/expansion.h"
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

typedef struct sniffing {
    trail_output *out;
    const char *path;
    size_t leaves;
    bool decided;
} sniffing;

static void write_source(const trail_leaf *leaf, const char *path, trail_output *out)
{
    trail_output_text(out, "sources:\n  - file: ");
    trail_yaml_scalar(out, path);
    if (leaf->member != NULL) {
        trail_output_text(out, "\n    member: ");
        trail_yaml_scalar(out, leaf->member);
    }
    if (leaf->sheet != NULL) {
        trail_output_text(out, "\n    sheet: ");
        trail_yaml_scalar(out, leaf->sheet->name);
    }
    trail_output_byte(out, '\n');
}

static void write_profile(const trail_guess *guess, const trail_leaf *leaf, const char *path,
                          trail_output *out)
{
    char name[60];
    const char *base = strrchr(leaf->name, '!');
    profile_name(base == NULL ? leaf->name : base + 1, name, sizeof name);
    write_source(leaf, path, out);
    trail_output_format(out, "    profile: %s\n", name);
    if (guess->profile.layout == TRAIL_LAYOUT_TRANSFERS)
        trail_output_text(out, "    observes: all   # or the bank whose accounts these are\n");
    trail_output_format(out, "profiles:\n  %s:\n", name);
    trail_guess_write_profile(guess, "    ", out);
}

static trail_status sniff_table(sniffing *s, const trail_leaf *leaf, trail_error *err)
{
    trail_guess guess = {0};
    trail_status status = trail_guess_file(&guess, &leaf->location, NULL, err);
    bool other_sheets = leaf->sheet != NULL && !(leaf->first_sheet && leaf->last_sheet);
    if (status == TRAIL_OK) {
        trail_guess_write_words(&guess, "# ", s->out);
        if (guess.columns.count > 0) write_profile(&guess, leaf, s->path, s->out);
        if (!trail_guess_decided(&guess) && !(other_sheets && trail_guess_is_no_table(&guess)))
            s->decided = false;
    }
    trail_guess_clear(&guess);
    return status;
}

static trail_status sniff_leaf(void *context, const trail_leaf *leaf, trail_error *err)
{
    sniffing *s = context;
    const trail_reader *reader = trail_reader_for(leaf->first);
    const char *why = leaf->problem != NULL ? leaf->problem : leaf->broken;
    if (s->leaves++ > 0) trail_output_byte(s->out, '\n');
    trail_output_text(s->out, "# ");
    trail_output_text(s->out, leaf->name);
    trail_output_byte(s->out, '\n');
    if (why != NULL) {
        trail_output_format(s->out, "# %s: ", leaf->problem != NULL ? "cannot be read" : "cut off");
        trail_output_text(s->out, why);
        trail_output_byte(s->out, '\n');
        s->decided = false;
    }
    if (leaf->problem != NULL || leaf->is_container) return TRAIL_OK;
    if (leaf->is_system) {
        trail_output_text(s->out, "# put there by an operating system: not read\n");
        return TRAIL_OK;
    }
    if (leaf->sheet == NULL && !reader->needs_profile) {
        trail_output_format(s->out, "# recognised by its first bytes as %s: %s\n", reader->name,
                            reader->summary);
        trail_output_text(s->out, "# it needs no profile\n");
        write_source(leaf, s->path, s->out);
        trail_output_text(s->out, "    profile: auto\n");
        return TRAIL_OK;
    }
    return sniff_table(s, leaf, err);
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

trail_status trail_sniff(const char *path, const trail_notices *text, bool *decided,
                         trail_error *err)
{
    sniffing s = {.path = path, .decided = true};
    const trail_leaf_visitor visitor = {sniff_leaf, &s};
    trail_arena names = {0};
    trail_text words = {0};
    trail_byte_source *bytes = NULL;
    trail_status status = trail_byte_source_open(&bytes, path, err); /* is it there? */
    if (status != TRAIL_OK) return status;
    trail_byte_source_close(bytes);
    if ((status = trail_output_into(&s.out, &words, err)) != TRAIL_OK) goto cleanup;
    status = trail_expand(path, path, &names, &visitor, err);
    if (status != TRAIL_OK) {
        trail_output_abandon(s.out);
        goto cleanup;
    }
    if ((status = trail_output_finish(s.out, NULL, err)) != TRAIL_OK) goto cleanup;
    tell_lines(trail_text_slice(&words), text);
    if (decided != NULL) *decided = s.decided;
cleanup:
    trail_text_clear(&words);
    trail_arena_clear(&names);
    return status;
}
