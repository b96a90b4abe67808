#include "evidence/manifest.h"

#include <stdlib.h>
#include <string.h>

#include "base/json_writer.h"
#include "base/path.h"
#include "evidence/manifest_shape.h"

static trail_status copy_text(trail_manifest *manifest, const char *text, const char **copy,
                              trail_error *err)
{
    *copy = trail_arena_copy(&manifest->arena, trail_slice_of(text), err);
    return *copy == NULL ? TRAIL_NO_MEMORY : TRAIL_OK;
}

trail_status trail_manifest_init(trail_manifest *manifest, const char *program,
                                 const char *evidence_digest, const char *notice, trail_error *err)
{
    trail_status status;
    *manifest = (trail_manifest){0};
    manifest->parameters = trail_vector_of(sizeof(trail_manifest_parameter));
    manifest->received = trail_vector_of(sizeof(trail_manifest_file));
    manifest->members = trail_vector_of(sizeof(trail_manifest_file));
    manifest->outputs = trail_vector_of(sizeof(trail_manifest_file));
    manifest->counts = trail_vector_of(sizeof(trail_manifest_count));
    if ((status = copy_text(manifest, program, &manifest->program, err)) != TRAIL_OK) return status;
    if ((status = copy_text(manifest, evidence_digest, &manifest->evidence_digest, err)) !=
        TRAIL_OK)
        return status;
    return copy_text(manifest, notice, &manifest->notice, err);
}

void trail_manifest_clear(trail_manifest *manifest)
{
    trail_arena_clear(&manifest->arena);
    trail_vector_clear(&manifest->parameters);
    trail_vector_clear(&manifest->received);
    trail_vector_clear(&manifest->members);
    trail_vector_clear(&manifest->outputs);
    trail_vector_clear(&manifest->counts);
    *manifest = (trail_manifest){0};
}

trail_status trail_manifest_add_parameter(trail_manifest *manifest, const char *name,
                                          const char *value, trail_error *err)
{
    trail_manifest_parameter parameter;
    trail_status status = copy_text(manifest, name, &parameter.name, err);
    if (status == TRAIL_OK) status = copy_text(manifest, value, &parameter.value, err);
    return status == TRAIL_OK ? trail_vector_push(&manifest->parameters, &parameter, err) : status;
}

trail_status trail_manifest_add_count(trail_manifest *manifest, const char *name, uint64_t value,
                                      trail_error *err)
{
    trail_manifest_count count = {.value = value};
    trail_status status = copy_text(manifest, name, &count.name, err);
    return status == TRAIL_OK ? trail_vector_push(&manifest->counts, &count, err) : status;
}

trail_status trail_manifest_add_file(trail_manifest *manifest, trail_vector *files,
                                     const char *name, const uint8_t hash[TRAIL_DIGEST_SIZE],
                                     uint64_t size, trail_error *err)
{
    trail_manifest_file file = {.size = size};
    memcpy(file.hash, hash, TRAIL_DIGEST_SIZE);
    trail_status status = copy_text(manifest, name, &file.name, err);
    return status == TRAIL_OK ? trail_vector_push(files, &file, err) : status;
}

trail_status trail_manifest_add_received(trail_manifest *manifest, const char *citation,
                                         const uint8_t hash[TRAIL_DIGEST_SIZE], uint64_t size,
                                         trail_error *err)
{
    return trail_manifest_add_file(manifest, &manifest->received, citation, hash, size, err);
}

trail_status trail_manifest_add_member(trail_manifest *manifest, const char *citation,
                                       const trail_manifest_file *member, trail_error *err)
{
    trail_manifest_file file = *member;
    trail_status status = copy_text(manifest, citation, &file.name, err);
    return status == TRAIL_OK ? trail_vector_push(&manifest->members, &file, err) : status;
}

static trail_status add_output(trail_manifest *manifest, const char *folder, const char *name,
                               trail_error *err)
{
    trail_text path = {0};
    uint8_t hash[TRAIL_DIGEST_SIZE];
    uint64_t size = 0;
    trail_status status;
    if ((status = trail_path_join(&path, folder, name, err)) != TRAIL_OK) goto cleanup;
    if ((status = trail_digest_file(path.bytes, hash, &size, err)) != TRAIL_OK) goto cleanup;
    status = trail_manifest_add_file(manifest, &manifest->outputs, name, hash, size, err);
cleanup:
    trail_text_clear(&path);
    return status;
}

trail_status trail_manifest_add_outputs(trail_manifest *manifest, const char *folder,
                                        trail_error *err)
{
    trail_vector names = trail_vector_of(sizeof(char *));
    trail_status status = trail_path_list(folder, &names, err);
    for (size_t i = 0; status == TRAIL_OK && i < names.count; i++) {
        const char *name = *(const char *const *)trail_vector_at(&names, i);
        if (!trail_slice_is(trail_slice_of(name), TRAIL_MANIFEST_NAME))
            status = add_output(manifest, folder, name, err);
    }
    trail_path_list_clear(&names);
    return status;
}

/* Name, then hash: equal citations of different files keep one order. */
static int by_name(const void *a_item, const void *b_item)
{
    const trail_manifest_file *a = a_item;
    const trail_manifest_file *b = b_item;
    int order = trail_slice_compare(trail_slice_of(a->name), trail_slice_of(b->name));
    if (order == 0) order = memcmp(a->hash, b->hash, TRAIL_DIGEST_SIZE);
    return order != 0 ? order : memcmp(a->inside, b->inside, TRAIL_DIGEST_SIZE);
}

static void write_text_line(trail_output *out, const char *name, const char *value)
{
    trail_json json = trail_json_on(out);
    trail_json_text(&json, name, value);
    trail_output_text(out, ",\n");
}

static void write_files(trail_output *out, const char *list, const char *what,
                        const trail_vector *files)
{
    bool files_are_members = strcmp(what, "member") == 0;
    trail_output_format(out, "\"%s\":[\n", list);
    for (size_t i = 0; i < files->count; i++) {
        const trail_manifest_file *file = trail_vector_at(files, i);
        char hex[TRAIL_DIGEST_HEX];
        trail_hex(file->hash, TRAIL_DIGEST_SIZE, hex);
        trail_json json = trail_json_on(out);
        trail_json_object(&json, NULL);
        trail_json_text(&json, what, file->name);
        trail_json_integer(&json, "size", (int64_t)file->size);
        trail_json_text(&json, "sha256", hex);
        if (files_are_members) {
            trail_hex(file->inside, TRAIL_DIGEST_SIZE, hex);
            trail_json_text(&json, "in", hex);
        }
        trail_json_object_end(&json);
        trail_output_text(out, i + 1 < files->count ? ",\n" : "\n");
    }
    trail_output_text(out, "],\n");
}

static void write_manifest(trail_output *out, const trail_manifest *manifest)
{
    trail_output_text(out, "{\n");
    write_text_line(out, "format", TRAIL_MANIFEST_FORMAT);
    write_text_line(out, "program", manifest->program);
    write_text_line(out, "evidence_digest", manifest->evidence_digest);
    write_text_line(out, "notice", manifest->notice);
    trail_output_text(out, "\"parameters\":{\n");
    for (size_t i = 0; i < manifest->parameters.count; i++) {
        const trail_manifest_parameter *parameter = trail_vector_at(&manifest->parameters, i);
        trail_json json = trail_json_on(out);
        trail_json_text(&json, parameter->name, parameter->value);
        trail_output_text(out, i + 1 < manifest->parameters.count ? ",\n" : "\n");
    }
    trail_output_text(out, "},\n");
    write_files(out, "received", "file", &manifest->received);
    write_files(out, "members", "member", &manifest->members);
    write_files(out, "outputs", "path", &manifest->outputs);
    trail_output_text(out, "\"counts\":{\n");
    for (size_t i = 0; i < manifest->counts.count; i++) {
        const trail_manifest_count *count = trail_vector_at(&manifest->counts, i);
        trail_json json = trail_json_on(out);
        trail_json_integer(&json, count->name, (int64_t)count->value);
        trail_output_text(out, i + 1 < manifest->counts.count ? ",\n" : "\n");
    }
    trail_output_text(out, "}\n}\n");
}

trail_status trail_manifest_write(trail_manifest *manifest, const char *folder,
                                  uint8_t hash[TRAIL_DIGEST_SIZE], trail_error *err)
{
    trail_text path = {0};
    trail_output *out = NULL;
    trail_status status;
    trail_vector *lists[] = {&manifest->received, &manifest->members, &manifest->outputs};
    for (size_t i = 0; i < TRAIL_LENGTH_OF(lists); i++)
        if (lists[i]->count > 1)
            qsort(lists[i]->items, lists[i]->count, sizeof(trail_manifest_file), by_name);
    if ((status = trail_path_join(&path, folder, TRAIL_MANIFEST_NAME, err)) != TRAIL_OK)
        goto cleanup;
    if ((status = trail_output_open(&out, path.bytes, err)) != TRAIL_OK) goto cleanup;
    write_manifest(out, manifest);
    status = trail_output_finish(out, hash, err);
cleanup:
    trail_text_clear(&path);
    return status;
}

const trail_manifest_file *trail_manifest_output(const trail_manifest *manifest, const char *path)
{
    for (size_t i = 0; i < manifest->outputs.count; i++) {
        const trail_manifest_file *file = trail_vector_at(&manifest->outputs, i);
        if (trail_slice_is(trail_slice_of(path), file->name)) return file;
    }
    return NULL;
}
