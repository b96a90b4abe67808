/* Making a case: everything is looked at and copied first; case.yaml comes last, so that a folder
 * with a case.yaml is a whole case. */
#include <moneytrail/case.h>

#include <string.h>

#include "base/failure.h"
#include "base/memory.h"
#include "base/output.h"
#include "base/path.h"
#include "base/unicode.h"
#include "evidence/case_key.h"
#include "evidence/custody.h"
#include "evidence/staging.h"
#include "pipeline/case_draft.h"
#include "pipeline/case_file.h"
#include "pipeline/draft_look.h"
#include "pipeline/received_copy.h"

#define CITED_DIGITS 12 /* of a hash, in place of a name */

typedef struct new_case {
    const char *case_folder, *from_folder;
    trail_text case_path, from_path; /* absolute */
    trail_text prefix;  /* of the files' names in the case: "received/", or where they lie */
    bool copies;        /* the files lie outside the case */
    trail_vector files; /* of trail_draft_file */
    size_t left_out;    /* links, devices, pipes */
    const trail_progress *progress;
    const trail_notices *notices;
    trail_error *err;
} new_case;

/* Is `inner` below `outer` (or the same)? *rest: the way from one to the other. */
static bool is_below(const char *outer, const char *inner, const char **rest)
{
    size_t length = strlen(outer);
    if (strncmp(outer, inner, length) != 0) return false;
    if (inner[length] != '\0' && inner[length] != '/' && strcmp(outer, "/") != 0) return false;
    *rest = inner + length + (inner[length] == '/');
    return true;
}

static trail_status check_folders(new_case *n)
{
    trail_text yaml = {0};
    trail_status status = TRAIL_OK;
    if (!trail_path_is_folder(n->from_folder)) {
        return trail_fail(n->err, TRAIL_USAGE, "there is no folder %s", n->from_folder);
    }
    status = trail_path_absolute(&n->from_path, n->from_folder, n->err);
    if (status == TRAIL_OK) status = trail_path_absolute(&n->case_path, n->case_folder, n->err);
    if (status == TRAIL_OK) status = trail_path_join(&yaml, n->case_folder, "case.yaml", n->err);
    if (status == TRAIL_OK && trail_path_exists(yaml.bytes)) {
        status =
            trail_fail(n->err, TRAIL_USAGE, "%s is there already: nothing was changed", yaml.bytes);
    }
    trail_text_clear(&yaml);
    return status;
}

static trail_status choose_prefix(new_case *n)
{
    const char *rest = "";
    n->copies = !is_below(n->case_path.bytes, n->from_path.bytes, &rest);
    if (n->copies) return trail_text_add(&n->prefix, trail_slice_of("received/"), n->err);
    if (rest[0] == '\0') return trail_text_add(&n->prefix, trail_slice_of(""), n->err);
    return trail_text_add_format(&n->prefix, n->err, "%s/", rest);
}

/* What the program itself keeps in a case folder is no evidence. */
static bool is_own(const new_case *n, const char *name)
{
    static const char *const own[] = {"case.key",   "custody.jsonl", "requests.csv",
                                      "people.csv", "proceeds.csv",  "destinations.csv",
                                      "rates.csv"};
    const char *rest = NULL, *base = strrchr(name, '/');
    if (trail_staging_is_dropping(base == NULL ? name : base + 1)) return true;
    if (!is_below(n->from_path.bytes, n->case_path.bytes, &rest)) return false;
    if (rest[0] != '\0') { /* the case lies below the files: it is passed over */
        size_t length = strlen(rest);
        return strncmp(name, rest, length) == 0 && name[length] == '/';
    }
    if (strncmp(name, "out/", 4) == 0) return true;
    for (size_t i = 0; i < TRAIL_LENGTH_OF(own); i++) {
        if (strcmp(name, own[i]) == 0) return true;
    }
    return false;
}

static bool is_nameable(const char *name)
{
    for (const unsigned char *c = (const unsigned char *)name; *c != '\0'; c++) {
        if (*c < 0x20 || *c == 0x7f) return false;
    }
    return trail_utf8_bad_byte(trail_slice_of(name)) == SIZE_MAX;
}

static trail_status add_file(new_case *n, const char *name)
{
    trail_text relative = {0};
    trail_draft_file *file = NULL;
    trail_status status = trail_text_add_format(&relative, n->err, "%s%s", n->prefix.bytes, name);
    if (status != TRAIL_OK) return status;
    file = trail_vector_add(&n->files, n->err);
    if (file == NULL) {
        trail_text_clear(&relative);
        return TRAIL_NO_MEMORY;
    }
    file->name = relative.bytes; /* taken over */
    file->nameable = is_nameable(relative.bytes);
    return TRAIL_OK;
}

static trail_status list_files(new_case *n)
{
    trail_vector names = trail_vector_of(sizeof(char *));
    trail_status status = trail_path_list(n->from_folder, &names, n->err);
    for (size_t i = 0; i < names.count && status == TRAIL_OK; i++) {
        const char *name = *(char **)trail_vector_at(&names, i);
        if (!is_own(n, name)) status = add_file(n, name);
    }
    trail_path_list_clear(&names);
    if (status == TRAIL_OK && n->files.count == 0) {
        status = trail_fail(n->err, TRAIL_USAGE, "no file lies below %s", n->from_folder);
    }
    return status;
}

static void say(const new_case *n, const char *line)
{
    if (n->notices != NULL && n->notices->say != NULL) n->notices->say(n->notices->context, line);
}

/* A link in evidence may lead anywhere: it is not followed, and said. */
static trail_status tell_left_out(new_case *n)
{
    trail_vector names = trail_vector_of(sizeof(char *));
    trail_text line = {0};
    trail_status status = trail_path_list_others(n->from_folder, &names, n->err);
    for (size_t i = 0; i < names.count && status == TRAIL_OK; i++) {
        const char *name = *(char **)trail_vector_at(&names, i);
        if (is_own(n, name)) continue;
        n->left_out++;
        trail_text_reset(&line);
        status = trail_text_add_format(
            &line, n->err,
            "%s is left out: a link or device, not a file; put the file itself there", name);
        if (status == TRAIL_OK) say(n, line.bytes);
    }
    trail_text_clear(&line);
    trail_path_list_clear(&names);
    return status;
}

static trail_status look_at(new_case *n, trail_draft_file *file, const char *path)
{
    trail_status status = trail_digest_file(path, file->hash, &file->size, n->err);
    return status == TRAIL_OK ? trail_draft_look(file, path, n->err) : status;
}

static trail_status take_files(new_case *n)
{
    trail_text from = {0}, to = {0};
    trail_status status = TRAIL_OK;
    for (size_t i = 0; i < n->files.count && status == TRAIL_OK; i++) {
        trail_draft_file *file = trail_vector_at(&n->files, i);
        if (n->progress != NULL && n->progress->report != NULL) {
            n->progress->report(n->progress->context, "new", "files", i, n->files.count);
        }
        trail_text_reset(&from);
        trail_text_reset(&to);
        status = trail_path_join(&from, n->from_folder, file->name + n->prefix.length, n->err);
        if (status == TRAIL_OK) status = look_at(n, file, from.bytes);
        if (status != TRAIL_OK || !n->copies) continue;
        status = trail_path_join(&to, n->case_folder, file->name, n->err);
        if (status == TRAIL_OK) {
            status = trail_received_copy(from.bytes, to.bytes, file->hash, n->err);
        }
    }
    trail_text_clear(&from);
    trail_text_clear(&to);
    return status;
}

static trail_status make_key(const new_case *n)
{
    trail_text path = {0};
    uint8_t key[TRAIL_CASE_KEY_SIZE];
    bool without_modes = false;
    trail_status status = trail_path_join(&path, n->case_folder, "case.key", n->err);
    if (status == TRAIL_OK) {
        status = trail_path_exists(path.bytes)
                     ? trail_case_key_read(path.bytes, key, &without_modes, n->err)
                     : trail_case_key_create(path.bytes, key, &without_modes, n->err);
    }
    if (status == TRAIL_OK && without_modes) {
        say(n, "this file system keeps no permissions: case.key may be readable by others");
    }
    trail_text_clear(&path);
    return status;
}

static trail_status log_files(const new_case *n)
{
    trail_text path = {0}, count = {0};
    trail_custody *custody = NULL;
    trail_status status = trail_path_join(&path, n->case_folder, "custody.jsonl", n->err);
    if (status == TRAIL_OK) status = trail_custody_open(&custody, path.bytes, n->err);
    for (size_t i = 0; i < n->files.count && status == TRAIL_OK; i++) {
        const trail_draft_file *file = trail_vector_at(&n->files, i);
        char hash[TRAIL_DIGEST_HEX];
        trail_hex(file->hash, TRAIL_DIGEST_SIZE, hash);
        if (trail_custody_has(custody, TRAIL_CUSTODY_RECEIVED, "sha256", hash)) continue;
        /* Nobody is declared yet: any name may be a victim's, and the log cannot be mended. */
        char citation[2 + CITED_DIGITS + 1] = "F-";
        memcpy(citation + 2, hash, CITED_DIGITS);
        const trail_custody_field fields[] = {{"file", citation}, {"sha256", hash}};
        status = trail_custody_add(custody, TRAIL_CUSTODY_RECEIVED, fields, TRAIL_LENGTH_OF(fields),
                                   n->err);
    }
    if (status == TRAIL_OK) {
        status = trail_text_add_format(&count, n->err, "%zu", n->files.count);
    }
    if (status == TRAIL_OK) {
        const trail_custody_field fields[] = {{"from", n->from_folder}, {"files", count.bytes}};
        status =
            trail_custody_add(custody, TRAIL_CUSTODY_NEW, fields, TRAIL_LENGTH_OF(fields), n->err);
    }
    if (status == TRAIL_OK) {
        status = trail_custody_close(custody, n->err);
    } else {
        trail_custody_abandon(custody);
    }
    trail_text_clear(&path);
    trail_text_clear(&count);
    return status;
}

/* Is there a source at all? A case file needs one. */
static bool has_nameable(const new_case *n)
{
    for (size_t i = 0; i < n->files.count; i++) {
        const trail_draft_file *file = trail_vector_at(&n->files, i);
        if (file->nameable) return true;
    }
    return false;
}

static trail_status draft(new_case *n, trail_text *yaml)
{
    const char *slash = strrchr(n->case_path.bytes, '/');
    trail_status status = TRAIL_OK;
    if (!has_nameable(n)) {
        return trail_fail(n->err, TRAIL_USAGE,
                          "no file below %s has a name that a case file can hold", n->from_folder);
    }
    status = trail_case_draft(slash == NULL || slash[1] == '\0' ? "case" : slash + 1, &n->files,
                              yaml, n->err);
    if (status == TRAIL_OK && yaml->length > TRAIL_CASE_FILE_LIMIT) {
        status = trail_fail(n->err, TRAIL_USAGE,
                            "%zu files make a case.yaml of more than %zu bytes: begin with fewer",
                            n->files.count, TRAIL_CASE_FILE_LIMIT);
    }
    return status;
}

static trail_status write_yaml(const new_case *n, const trail_text *yaml)
{
    trail_text path = {0};
    trail_output *out = NULL;
    trail_status status = trail_path_join(&path, n->case_folder, "case.yaml", n->err);
    if (status == TRAIL_OK) status = trail_output_open(&out, path.bytes, n->err);
    if (status == TRAIL_OK) {
        trail_output_add(out, trail_text_slice(yaml));
        status = trail_output_finish(out, NULL, n->err);
    }
    trail_text_clear(&path);
    return status;
}

static trail_case_made count(const new_case *n)
{
    trail_case_made made = {.files = n->files.count, .left_out = n->left_out};
    for (size_t i = 0; i < n->files.count; i++) {
        const trail_draft_file *file = trail_vector_at(&n->files, i);
        made.decided += file->decided && file->nameable;
    }
    made.undecided = made.files - made.decided;
    made.copied = n->copies ? made.files : 0;
    return made;
}

static trail_status make(new_case *n)
{
    trail_text yaml = {0};
    trail_status status = check_folders(n);
    if (status == TRAIL_OK) status = choose_prefix(n);
    if (status == TRAIL_OK) status = tell_left_out(n);
    if (status == TRAIL_OK) status = list_files(n);
    if (status == TRAIL_OK) status = trail_path_make_folder(n->case_folder, n->err);
    if (status == TRAIL_OK) status = take_files(n);
    if (status == TRAIL_OK) status = draft(n, &yaml);
    if (status == TRAIL_OK) status = make_key(n);
    if (status == TRAIL_OK) status = log_files(n);
    if (status == TRAIL_OK) status = write_yaml(n, &yaml);
    trail_text_clear(&yaml);
    return status;
}

trail_status trail_case_new(const char *case_folder, const char *from_folder, trail_case_made *made,
                            const trail_progress *progress, const trail_notices *notices,
                            trail_error *err)
{
    trail_status status = TRAIL_OK;
    new_case n = {.case_folder = case_folder,
                  .from_folder = from_folder,
                  .files = trail_vector_of(sizeof(trail_draft_file)),
                  .progress = progress,
                  .notices = notices,
                  .err = err};
    status = make(&n);
    if (status == TRAIL_OK && made != NULL) *made = count(&n);
    trail_draft_files_clear(&n.files);
    trail_text_clear(&n.prefix);
    trail_text_clear(&n.case_path);
    trail_text_clear(&n.from_path);
    return status;
}
