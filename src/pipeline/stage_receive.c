#include <string.h>

#include "base/digest.h"
#include "base/failure.h"
#include "base/memory.h"
#include "base/path.h"
#include "base/sort.h"
#include "evidence/case_key.h"
#include "pipeline/stage.h"

/* Files below received/ that no source names are evidence too: they are hashed and listed as not
 * read, never silently absent. */
#define RECEIVED_FOLDER "received"

static trail_status load_key(trail_investigation *investigation, trail_error *err)
{
    trail_text path = {0};
    bool without_modes = false;
    trail_status status = trail_path_join(&path, investigation->case_folder, "case.key", err);
    if (status != TRAIL_OK) return status;
    investigation->key_is_new = !trail_path_exists(path.bytes);
    status = investigation->key_is_new
                 ? trail_random_bytes(investigation->key, TRAIL_CASE_KEY_SIZE, err)
                 : trail_case_key_read(path.bytes, investigation->key, &without_modes, err);
    trail_text_clear(&path);
    if (status == TRAIL_OK && without_modes) status = trail_say_key_is_open(investigation, err);
    return status;
}

static trail_status add_received(trail_investigation *investigation, const char *name,
                                 uint32_t source, trail_error *err)
{
    trail_received received = {.source = source};
    size_t size = strlen(name) + 1;
    received.name = trail_alloc(NULL, size);
    if (received.name == NULL) return trail_fail_memory(err);
    memcpy(received.name, name, size);
    trail_status status = trail_vector_push(&investigation->received, &received, err);
    if (status != TRAIL_OK) trail_free(received.name);
    return status;
}

static bool is_known(const trail_investigation *investigation, const char *name)
{
    const trail_received *received = investigation->received.items;
    for (size_t i = 0; i < investigation->received.count; i++) {
        if (strcmp(received[i].name, name) == 0) return true;
    }
    return false;
}

static trail_status add_not_listed(trail_investigation *investigation, trail_error *err)
{
    trail_text folder = {0}, name = {0};
    trail_vector names = trail_vector_of(sizeof(char *));
    trail_status status =
        trail_path_join(&folder, investigation->case_folder, RECEIVED_FOLDER, err);
    if (status == TRAIL_OK && trail_path_is_folder(folder.bytes))
        status = trail_path_list(folder.bytes, &names, err);
    for (size_t i = 0; i < names.count && status == TRAIL_OK; i++) {
        trail_text_reset(&name);
        status = trail_path_join(&name, RECEIVED_FOLDER, *(char **)trail_vector_at(&names, i), err);
        if (status == TRAIL_OK && !is_known(investigation, name.bytes))
            status = add_received(investigation, name.bytes, UINT32_MAX, err);
    }
    trail_path_list_clear(&names);
    trail_text_clear(&folder);
    trail_text_clear(&name);
    return status;
}

/* A link may be turned to another file at any time: it is no evidence unless a source names it. */
static trail_status tell_others(trail_investigation *investigation, trail_error *err)
{
    trail_text folder = {0}, name = {0};
    trail_vector names = trail_vector_of(sizeof(char *));
    trail_status status =
        trail_path_join(&folder, investigation->case_folder, RECEIVED_FOLDER, err);
    if (status == TRAIL_OK && trail_path_is_folder(folder.bytes))
        status = trail_path_list_others(folder.bytes, &names, err);
    for (size_t i = 0; i < names.count && status == TRAIL_OK; i++) {
        trail_text_reset(&name);
        status = trail_path_join(&name, RECEIVED_FOLDER, *(char **)trail_vector_at(&names, i), err);
        if (status == TRAIL_OK && !is_known(investigation, name.bytes))
            status = trail_investigation_note(
                investigation, err,
                "%s: not read: a link or device, not a file; put the file itself there",
                name.bytes);
    }
    trail_path_list_clear(&names);
    trail_text_clear(&folder);
    trail_text_clear(&name);
    return status;
}

static int compare_names(const void *context, const void *a, const void *b)
{
    (void)context;
    return strcmp(((const trail_received *)a)->name, ((const trail_received *)b)->name);
}

static trail_status look_at(const trail_investigation *investigation, const char *name,
                            trail_path_stamp *stamp, trail_error *err)
{
    trail_text path = {0};
    trail_status status = trail_path_join(&path, investigation->case_folder, name, err);
    if (status == TRAIL_OK) status = trail_path_look(path.bytes, stamp, err);
    trail_text_clear(&path);
    return status;
}

trail_status trail_investigation_unchanged(const trail_investigation *investigation,
                                           trail_error *err)
{
    const trail_received *received = investigation->received.items;
    for (size_t i = 0; i < investigation->received.count; i++) {
        trail_path_stamp now = {0};
        const trail_path_stamp *then = &received[i].stamp;
        trail_status status = look_at(investigation, received[i].name, &now, err);
        if (status != TRAIL_OK) return status;
        if (now.size != then->size || now.inode != then->inode || now.seconds != then->seconds ||
            now.nanoseconds != then->nanoseconds)
            return trail_fail(err, TRAIL_BAD_DATA,
                              "%s changed between being hashed and being read: run again",
                              received[i].name);
    }
    return TRAIL_OK;
}

static void hash_sources(const trail_investigation *investigation)
{
    trail_source *sources = investigation->case_file->sources.items;
    const trail_received *received = investigation->received.items;
    for (size_t i = 0; i < investigation->case_file->sources.count; i++) {
        size_t low = 0, high = investigation->received.count;
        while (low < high) { /* they are sorted by name */
            size_t middle = low + (high - low) / 2;
            if (strcmp(received[middle].name, sources[i].file) < 0)
                low = middle + 1;
            else
                high = middle;
        }
        memcpy(sources[i].hash, received[low].receipt.hash, TRAIL_DIGEST_SIZE);
        sources[i].size = received[low].receipt.size;
    }
}

static trail_status hash_files(trail_investigation *investigation, trail_error *err)
{
    size_t count = investigation->received.count;
    trail_received *received = investigation->received.items;
    const char **names = NULL;
    trail_receipt *receipts = NULL;
    trail_status status = trail_alloc_zeroed(&names, count, sizeof *names, err);
    if (status == TRAIL_OK) status = trail_alloc_zeroed(&receipts, count, sizeof *receipts, err);
    if (status != TRAIL_OK) goto cleanup;
    for (size_t i = 0; i < count && status == TRAIL_OK; i++) {
        names[i] = received[i].name;
        status = look_at(investigation, names[i], &received[i].stamp, err);
    }
    if (status != TRAIL_OK) goto cleanup;
    status = trail_receipt_take(investigation->case_folder, names, count, investigation->threads,
                                receipts, err);
    if (status == TRAIL_OK)
        status = trail_evidence_digest(receipts, count, investigation->evidence_digest, err);
    for (size_t i = 0; i < count && status == TRAIL_OK; i++)
        received[i].receipt = receipts[i];
    if (status == TRAIL_OK) hash_sources(investigation);
cleanup:
    trail_free(names);
    trail_free(receipts);
    return status;
}

trail_status trail_stage_receive(trail_investigation *investigation, uint64_t *made,
                                 trail_error *err)
{
    const trail_case *case_file = investigation->case_file;
    const trail_source *sources = case_file->sources.items;
    trail_status status = load_key(investigation, err);
    /* From here on whatever is said or written may hold a protected name. */
    if (status == TRAIL_OK)
        status = trail_protection_new(&investigation->protection, &case_file->people, NULL,
                                      investigation->key, investigation->options.internal, err);
    /* Several sources may name members of one file. */
    for (size_t i = 0; i < case_file->sources.count && status == TRAIL_OK; i++)
        if (sources[i].member == NULL && sources[i].sheet == NULL)
            status = add_received(investigation, sources[i].file, (uint32_t)i, err);
    for (size_t i = 0; i < case_file->sources.count && status == TRAIL_OK; i++)
        if (!is_known(investigation, sources[i].file))
            status = add_received(investigation, sources[i].file, (uint32_t)i, err);
    if (status == TRAIL_OK && case_file->rates != NULL)
        status = add_received(investigation, case_file->rates, UINT32_MAX, err);
    if (status == TRAIL_OK) status = add_not_listed(investigation, err);
    if (status == TRAIL_OK) status = tell_others(investigation, err);
    if (status == TRAIL_OK)
        status = trail_sort_items(investigation->received.items, investigation->received.count,
                                  sizeof(trail_received), compare_names, NULL, err);
    if (status == TRAIL_OK) status = hash_files(investigation, err);
    *made = investigation->received.count;
    return status;
}
