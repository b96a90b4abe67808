/* Three passes, so that every message is about one thing: syntax (yaml_tree), what may stand where
 * (case_schema, case_tables), what the parts say of each other (case_references). */
#include "pipeline/case_file.h"

#include <string.h>

#include "base/failure.h"
#include "base/memory.h"
#include "base/path.h"
#include "pipeline/case_decisions.h"
#include "pipeline/case_holders.h"
#include "pipeline/case_references.h"
#include "pipeline/case_schema.h"
#include "pipeline/case_sheets.h"

void trail_case_free(trail_case *read_case)
{
    if (read_case == NULL) return;
    trail_arena_clear(&read_case->arena);
    trail_free(read_case);
}

void trail_case_messages_clear(trail_vector *messages)
{
    for (size_t i = 0; i < messages->count; i++) {
        trail_free(*(char **)trail_vector_at(messages, i));
    }
    trail_vector_clear(messages);
}

static trail_status note_top(const trail_case_reading *reading, const trail_node *root)
{
    trail_place place = {.file = "case.yaml"};
    if (reading->mistakes->count > 0) return TRAIL_OK;
    if (trail_node_is_empty(root)) {
        return trail_mistakes_add(reading->mistakes, place, NULL, reading->err,
                                  "is empty: it needs at least case, currency and sources");
    }
    return trail_mistakes_add(reading->mistakes, root->place, NULL, reading->err,
                              "must be keys and values, such as 'case: OP-1'");
}

/* Keeps the names of the files that were read in the case's own memory. */
static trail_status keep_files(const trail_case_reading *reading, const trail_vector *files,
                               trail_case *read_case)
{
    static const char *const yaml = "case.yaml";
    trail_status status =
        trail_case_vector(reading, files->count + 1, sizeof(const char *), &read_case->files);
    if (status != TRAIL_OK) return status;
    memcpy(read_case->files.items, &yaml, sizeof yaml);
    if (files->count > 0) {
        memcpy((const char **)read_case->files.items + 1, files->items,
               files->count * sizeof(const char *));
    }
    return TRAIL_OK;
}

static trail_status read_parts(const trail_case_reading *reading, trail_slice yaml,
                               const char *case_folder, trail_case *read_case)
{
    trail_vector files = trail_vector_of(sizeof(const char *));
    trail_node *root = NULL;
    trail_status status =
        trail_yaml_read(yaml, "case.yaml", reading->arena, reading->mistakes, &root, reading->err);
    if (status != TRAIL_OK) return status;
    if (root == NULL || root->shape != TRAIL_SHAPE_MAP) return note_top(reading, root);
    if (case_folder != NULL) {
        status = trail_case_add_sheets(reading, case_folder, root, &files);
        if (status == TRAIL_OK)
            status = trail_case_add_decisions(reading, case_folder, root, &files);
    }
    if (status == TRAIL_OK) status = keep_files(reading, &files, read_case);
    trail_vector_clear(&files);
    if (status == TRAIL_OK) {
        status = trail_case_read_map(reading, &trail_case_top_table, root, NULL, read_case);
    }
    if (status == TRAIL_OK) status = trail_case_tie_holders(reading, read_case);
    if (status != TRAIL_OK) return status;
    return trail_case_check_references(reading, root, read_case, case_folder);
}

static trail_status read_bytes(trail_case **out, trail_slice yaml, const char *case_folder,
                               trail_vector *messages, trail_error *err)
{
    trail_mistakes mistakes;
    trail_case *read_case = NULL;
    trail_case_reading reading = {.mistakes = &mistakes, .err = err};
    trail_status status = TRAIL_OK;
    *out = NULL;
    trail_mistakes_init(&mistakes);
    status = trail_alloc_zeroed(&read_case, 1, sizeof *read_case, err);
    if (status != TRAIL_OK) goto cleanup;
    reading.arena = &read_case->arena;
    if ((status = read_parts(&reading, yaml, case_folder, read_case)) != TRAIL_OK) goto cleanup;
    if (mistakes.count > 0) {
        size_t count = mistakes.count;
        const char *where =
            mistakes.outside_yaml == 0 ? "case.yaml" : "case.yaml and its spreadsheets";
        if (messages != NULL) {
            status = trail_mistakes_tell(&mistakes, messages, err);
            if (status != TRAIL_OK) goto cleanup;
        }
        status =
            trail_fail(err, TRAIL_USAGE, "%s: %zu mistake%s", where, count, count == 1 ? "" : "s");
        goto cleanup;
    }
    *out = read_case;
    read_case = NULL;
cleanup:
    trail_mistakes_clear(&mistakes);
    trail_case_free(read_case);
    return status;
}

trail_status trail_case_parse(trail_case **out, trail_slice yaml, trail_vector *messages,
                              trail_error *err)
{
    return read_bytes(out, yaml, NULL, messages, err);
}

trail_status trail_case_read(trail_case **out, const char *case_folder, trail_vector *messages,
                             trail_error *err)
{
    trail_text path = {0}, yaml = {0};
    trail_status status = TRAIL_OK;
    *out = NULL;
    if (!trail_path_is_folder(case_folder)) {
        return trail_fail(err, TRAIL_USAGE, "there is no case folder %s", case_folder);
    }
    if ((status = trail_path_join(&path, case_folder, "case.yaml", err)) != TRAIL_OK) {
        goto cleanup;
    }
    if (!trail_path_exists(path.bytes)) {
        status =
            trail_fail(err, TRAIL_USAGE, "there is no %s: moneytrail new writes one", path.bytes);
        goto cleanup;
    }
    if (trail_path_is_folder(path.bytes)) {
        status = trail_fail(err, TRAIL_USAGE, "%s is a folder", path.bytes);
        goto cleanup;
    }
    status = trail_path_read(path.bytes, TRAIL_CASE_FILE_LIMIT, &yaml, err);
    if (status == TRAIL_BAD_DATA) {
        status = trail_fail(err, TRAIL_USAGE, "%s is larger than %zu bytes, the most it may have",
                            path.bytes, TRAIL_CASE_FILE_LIMIT);
    }
    if (status == TRAIL_OK) {
        status = read_bytes(out, trail_text_slice(&yaml), case_folder, messages, err);
    }
cleanup:
    trail_text_clear(&path);
    trail_text_clear(&yaml);
    return status;
}
