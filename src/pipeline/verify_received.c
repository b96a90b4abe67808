/* Received files against the manifest. A file is looked for under its citation; one that is cited
 * by its hash (F-…), or that is not where it was, is looked for among all files of the case folder
 * by hash. What then remains unknown in a folder of received files is named. O(bytes). */
#include "pipeline/verify_parts.h"

#include <string.h>

#include "base/memory.h"
#include "base/path.h"
#include "evidence/custody.h"

#define CITED_DIGITS 12

typedef struct present_file {
    const char *name; /* relative to the case folder; owned by the list of names */
    uint8_t hash[TRAIL_DIGEST_SIZE];
    uint64_t size;
    bool hashed;
    bool readable;
    bool accounted; /* it is one of the manifest's */
} present_file;

typedef struct search {
    trail_verification *verification;
    trail_vector names;   /* of char * */
    trail_vector present; /* of present_file, in the order of names */
} search;

static bool starts_with(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

/* Is this file of the case folder no evidence: the program's own, or the investigator's case file?
 */
static bool is_own(const char *name, const char *out_name)
{
    size_t length = out_name == NULL ? 0 : strlen(out_name);
    if (strchr(name, '/') == NULL) return true;
    if (name[0] == '.') return true;
    return length > 0 && strncmp(name, out_name, length) == 0 &&
           (name[length] == '/' || name[length] == '.');
}

/* The out folder's name if it lies directly in the case folder, as it does by default. */
static const char *out_below_case(const trail_verification *verification)
{
    const char *out = verification->out_folder.bytes;
    const char *folder = verification->case_folder;
    size_t length = strlen(folder);
    while (length > 1 && folder[length - 1] == '/')
        length--;
    if (strncmp(out, folder, length) != 0 || out[length] != '/') return NULL;
    return out + length + 1;
}

static trail_status list_present(search *all, trail_error *err)
{
    const char *out_name = out_below_case(all->verification);
    trail_status status = trail_path_list(all->verification->case_folder, &all->names, err);
    for (size_t i = 0; status == TRAIL_OK && i < all->names.count; i++) {
        const char *name = *(const char *const *)trail_vector_at(&all->names, i);
        present_file file = {.name = name};
        file.accounted = is_own(name, out_name);
        status = trail_vector_push(&all->present, &file, err);
    }
    return status;
}

static trail_status hash_present(search *all, present_file *file, trail_error *err)
{
    if (file->hashed) return TRAIL_OK;
    file->hashed = true;
    return trail_verify_hash(all->verification, all->verification->case_folder, file->name, NULL,
                             file->hash, &file->size, &file->readable, err);
}

static present_file *find_name(const search *all, const char *name)
{
    for (size_t i = 0; i < all->present.count; i++) {
        present_file *file = trail_vector_at(&all->present, i);
        if (strcmp(file->name, name) == 0) return file;
    }
    return NULL;
}

/* An unaccounted file with this hash, or NULL. Files at the top of the case folder count too. */
static trail_status find_hash(search *all, const uint8_t hash[TRAIL_DIGEST_SIZE],
                              present_file **found, trail_error *err)
{
    *found = NULL;
    for (size_t i = 0; i < all->present.count; i++) {
        present_file *file = trail_vector_at(&all->present, i);
        if (file->accounted && strchr(file->name, '/') != NULL) continue;
        trail_status status = hash_present(all, file, err);
        if (status != TRAIL_OK) return status;
        if (!file->readable || memcmp(file->hash, hash, TRAIL_DIGEST_SIZE) != 0) continue;
        *found = file;
        return TRAIL_OK;
    }
    return TRAIL_OK;
}

/* The file's name as outputs may show it. */
static trail_status cite(const search *all, const present_file *file, trail_text *citation,
                         trail_error *err)
{
    char hex[TRAIL_DIGEST_HEX];
    trail_text_reset(citation);
    if (all->verification->protection != NULL)
        return trail_protect_file(all->verification->protection, file->name, file->hash, citation,
                                  err);
    trail_hex(file->hash, TRAIL_DIGEST_SIZE, hex);
    return trail_text_add_format(citation, err, "F-%.*s", CITED_DIGITS, hex);
}

static trail_status compare(search *all, const trail_manifest_file *listed, present_file *file,
                            trail_error *err)
{
    file->accounted = true;
    trail_status status = hash_present(all, file, err);
    if (status != TRAIL_OK) return status;
    if (!file->readable)
        return trail_verify_differs(all->verification, err, "received file %s cannot be read",
                                    listed->name);
    if (memcmp(file->hash, listed->hash, TRAIL_DIGEST_SIZE) == 0) return TRAIL_OK;
    return trail_verify_differs(all->verification, err,
                                "received file %s has changed: %llu bytes, were %llu", listed->name,
                                (unsigned long long)file->size, (unsigned long long)listed->size);
}

/* Behind a link, which is not walked into, or outside the case folder. */
static trail_status is_elsewhere(const search *all, const char *name, bool *elsewhere,
                                 trail_error *err)
{
    trail_text path = {0};
    trail_status status = trail_path_join(&path, all->verification->case_folder, name, err);
    *elsewhere = status == TRAIL_OK &&
                 (name[0] == '/' || starts_with(name, "../") || trail_path_exists(path.bytes));
    trail_text_clear(&path);
    return status;
}

/* A file that the walk through the case folder did not meet. */
static trail_status compare_outside(search *all, const trail_manifest_file *listed,
                                    trail_error *err)
{
    uint8_t hash[TRAIL_DIGEST_SIZE];
    uint64_t size = 0;
    bool there = false;
    trail_verification *verification = all->verification;
    trail_status status = trail_verify_hash(verification, verification->case_folder, listed->name,
                                            listed->name, hash, &size, &there, err);
    if (status != TRAIL_OK || !there || memcmp(hash, listed->hash, TRAIL_DIGEST_SIZE) == 0)
        return status;
    return trail_verify_differs(verification, err,
                                "received file %s has changed: %llu bytes, were %llu", listed->name,
                                (unsigned long long)size, (unsigned long long)listed->size);
}

static trail_status check_listed(search *all, const trail_manifest_file *listed, trail_error *err)
{
    trail_text citation = {0};
    present_file *file = find_name(all, listed->name);
    bool by_hash = starts_with(listed->name, "F-"), elsewhere = false;
    trail_status status = TRAIL_OK;
    if (file != NULL) return compare(all, listed, file, err);
    if ((status = is_elsewhere(all, listed->name, &elsewhere, err)) != TRAIL_OK) return status;
    if (elsewhere) return compare_outside(all, listed, err);
    if ((status = find_hash(all, listed->hash, &file, err)) != TRAIL_OK) goto cleanup;
    if (file == NULL) {
        status = trail_verify_differs(
            all->verification, err,
            by_hash ? "received file %s is not there: no file of the case folder has this hash"
                    : "received file %s is not there",
            listed->name);
        goto cleanup;
    }
    file->accounted = true;
    if (by_hash) goto cleanup;
    if ((status = cite(all, file, &citation, err)) != TRAIL_OK) goto cleanup;
    /* A name with characters that cannot be printed is cited with U+FFFD in their place. */
    if (trail_slice_is(trail_text_slice(&citation), listed->name)) goto cleanup;
    status = trail_verify_differs(all->verification, err,
                                  "received file %s is not there; the same bytes are in %s",
                                  listed->name, citation.bytes);
cleanup:
    trail_text_clear(&citation);
    return status;
}

static bool same_folder(const char *a, const char *b)
{
    const char *slash = strrchr(b, '/');
    if (slash == NULL) return false;
    size_t length = (size_t)(slash - b) + 1;
    return strncmp(a, b, length) == 0;
}

/* Below a folder of received files lies a file that neither the manifest nor custody.jsonl knows.
 */
static trail_status check_unknown(search *all, present_file *file, trail_error *err)
{
    char hex[TRAIL_DIGEST_HEX];
    trail_text citation = {0};
    const trail_manifest *manifest = &all->verification->manifest;
    bool beside = false;
    trail_status status = TRAIL_OK;
    if (file->accounted) return TRAIL_OK;
    for (size_t i = 0; i < manifest->received.count && !beside; i++)
        beside = same_folder(
            file->name,
            ((const trail_manifest_file *)trail_vector_at(&manifest->received, i))->name);
    if (!beside && !starts_with(file->name, "received/")) return TRAIL_OK;
    if ((status = hash_present(all, file, err)) != TRAIL_OK) goto cleanup;
    trail_hex(file->hash, TRAIL_DIGEST_SIZE, hex);
    if (file->readable && trail_custody_log_has(trail_text_slice(&all->verification->custody),
                                                TRAIL_CUSTODY_RECEIVED, "sha256", hex))
        goto cleanup;
    if ((status = cite(all, file, &citation, err)) != TRAIL_OK) goto cleanup;
    status = trail_verify_differs(all->verification, err,
                                  "%s lies among the received files and is recorded nowhere",
                                  citation.bytes);
cleanup:
    trail_text_clear(&citation);
    return status;
}

trail_status trail_verify_received(trail_verification *verification, trail_error *err)
{
    search all = {verification, trail_vector_of(sizeof(char *)),
                  trail_vector_of(sizeof(present_file))};
    const trail_vector *received = &verification->manifest.received;
    trail_status status = list_present(&all, err);
    for (size_t i = 0; status == TRAIL_OK && i < received->count; i++)
        status = check_listed(&all, trail_vector_at(received, i), err);
    for (size_t i = 0; status == TRAIL_OK && i < all.present.count; i++)
        status = check_unknown(&all, trail_vector_at(&all.present, i), err);
    for (size_t i = 0; status == TRAIL_OK && i < all.present.count; i++) {
        const present_file *file = trail_vector_at(&all.present, i);
        if (file->hashed && file->readable && file->accounted)
            status = trail_verify_members(verification, file->name, file->hash, err);
    }
    trail_vector_clear(&all.present);
    trail_path_list_clear(&all.names);
    return status;
}
