/* Where outputs must not be written: never near received evidence, never over somebody's files. */
#include "evidence/staging.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>

#include "base/failure.h"
#include "base/path.h"
#include "evidence/manifest.h"

/* A folder is known by device and inode: names may lead to it in many ways. */
typedef struct place {
    dev_t device;
    ino_t inode;
} place;

typedef struct ancestry {
    trail_vector places; /* of place: the folder itself (if it exists), its parent, ... the root */
    bool exists;         /* the folder itself is the first */
} ancestry;

static bool is_same(const place *a, const place *b)
{
    return a->device == b->device && a->inode == b->inode;
}

static bool has_place(const ancestry *chain, const place *wanted)
{
    for (size_t i = 0; i < chain->places.count; i++)
        if (is_same(trail_vector_at(&chain->places, i), wanted)) return true;
    return false;
}

/* Cuts the last name off; "" and "/" stay. */
static void cut_name(trail_text *path)
{
    while (path->length > 1 && path->bytes[path->length - 1] == '/')
        path->length--;
    while (path->length > 0 && path->bytes[path->length - 1] != '/')
        path->length--;
    while (path->length > 1 && path->bytes[path->length - 1] == '/')
        path->length--;
    path->bytes[path->length] = '\0';
}

/* Follows ".." from the folder, or from its nearest ancestor that exists, up to the root. */
static trail_status find_ancestry(const char *folder, ancestry *chain, trail_error *err)
{
    trail_text path = {0};
    struct stat facts;
    trail_status status = trail_text_add(&path, trail_slice_of(folder), err);
    *chain = (ancestry){trail_vector_of(sizeof(place)), true};
    if (status != TRAIL_OK) goto cleanup;
    while (path.length > 0 && stat(path.bytes, &facts) != 0) {
        if (errno != ENOENT && errno != ENOTDIR) {
            status = trail_fail_system(err, errno, "cannot open %s", folder);
            goto cleanup;
        }
        chain->exists = false;
        cut_name(&path);
    }
    if (path.length == 0 && (status = trail_text_add(&path, trail_slice_of("."), err)) != TRAIL_OK)
        goto cleanup;
    for (;;) {
        if (stat(path.bytes, &facts) != 0) {
            status = trail_fail_system(err, errno, "cannot open %s", path.bytes);
            goto cleanup;
        }
        place here = {facts.st_dev, facts.st_ino};
        size_t count = chain->places.count;
        if (count > 0 && is_same(trail_vector_at(&chain->places, count - 1), &here)) break;
        if ((status = trail_vector_push(&chain->places, &here, err)) != TRAIL_OK) goto cleanup;
        if ((status = trail_text_add(&path, trail_slice_of("/.."), err)) != TRAIL_OK) goto cleanup;
    }
cleanup:
    trail_text_clear(&path);
    return status;
}

/* Does `inner` lie in `outer`, or is it the same? Both may still have to be made. */
static bool lies_in(const ancestry *inner, const ancestry *outer)
{
    return outer->exists && has_place(inner, trail_vector_at(&outer->places, 0));
}

/* The case folder itself may hold received files and out/ side by side; a folder of received files
 * below or beside it may not hold out/. */
static trail_status check_received(const ancestry *out, const ancestry *case_chain,
                                   const char *case_folder, const char *name, const char *shown,
                                   trail_error *err)
{
    trail_text path = {0};
    ancestry folder = {0};
    trail_status status;
    if ((status = trail_path_join(&path, case_folder, name, err)) != TRAIL_OK) goto cleanup;
    cut_name(&path);
    if ((status = find_ancestry(path.bytes, &folder, err)) != TRAIL_OK) goto cleanup;
    if (lies_in(&folder, out))
        status = trail_fail(err, TRAIL_USAGE, "received files lie in the output folder %s", shown);
    else if (!lies_in(case_chain, &folder) && lies_in(out, &folder))
        status = trail_fail(err, TRAIL_USAGE,
                            "the output folder %s lies in a folder of received files", shown);
cleanup:
    trail_vector_clear(&folder.places);
    trail_text_clear(&path);
    return status;
}

bool trail_staging_is_dropping(const char *name)
{
    static const char *const endings[] = {"-journal",  "-wal",      "-shm",
                                          ".DS_Store", "Thumbs.db", "desktop.ini"};
    size_t whole = strlen(name);
    for (size_t i = 0; i < TRAIL_LENGTH_OF(endings); i++) {
        size_t length = strlen(endings[i]);
        if (whole >= length && strcmp(name + whole - length, endings[i]) == 0) return true;
    }
    return false;
}

static trail_status check_listed(const char *out_folder, const trail_vector *names,
                                 trail_error *err)
{
    trail_manifest manifest;
    trail_error unreadable = {0};
    trail_status status = trail_manifest_read(&manifest, out_folder, NULL, &unreadable);
    if (status == TRAIL_NO_MEMORY)
        status = trail_fail_memory(err);
    else if (status != TRAIL_OK)
        status = trail_fail(err, TRAIL_USAGE,
                            "the output folder %s holds files and no manifest.json of an earlier "
                            "run: choose another with --out, or empty it",
                            out_folder);
    for (size_t i = 0; status == TRAIL_OK && i < names->count; i++) {
        const char *name = *(const char *const *)trail_vector_at(names, i);
        if (strcmp(name, TRAIL_MANIFEST_NAME) == 0 || trail_staging_is_dropping(name) ||
            trail_manifest_output(&manifest, name) != NULL)
            continue;
        status = trail_fail(err, TRAIL_USAGE,
                            "%s/%s was not written by an earlier run and would be lost: move it "
                            "elsewhere",
                            out_folder, name);
    }
    trail_manifest_clear(&manifest);
    return status;
}

static trail_status check_folder(const char *out_folder, trail_error *err)
{
    struct stat facts;
    if (stat(out_folder, &facts) != 0) {
        if (errno == ENOENT) return TRAIL_OK;
        return trail_fail_system(err, errno, "cannot open %s", out_folder);
    }
    if (S_ISDIR(facts.st_mode)) return TRAIL_OK;
    return trail_fail(err, TRAIL_USAGE, "the output folder %s is a file", out_folder);
}

static trail_status check_foreign(const char *out_folder, trail_error *err)
{
    if (!trail_path_exists(out_folder)) return TRAIL_OK;
    trail_vector names = trail_vector_of(sizeof(char *));
    trail_status status = trail_path_list(out_folder, &names, err);
    if (status == TRAIL_OK && names.count > 0) status = check_listed(out_folder, &names, err);
    trail_path_list_clear(&names);
    return status;
}

trail_status trail_staging_check(const char *case_folder, const char *out_folder,
                                 const char *const *received, size_t received_count,
                                 trail_error *err)
{
    ancestry out = {0};
    ancestry case_chain = {0};
    trail_status status;
    if ((status = check_folder(out_folder, err)) != TRAIL_OK) goto cleanup;
    if ((status = find_ancestry(out_folder, &out, err)) != TRAIL_OK) goto cleanup;
    if ((status = find_ancestry(case_folder, &case_chain, err)) != TRAIL_OK) goto cleanup;
    if (lies_in(&case_chain, &out)) {
        status =
            trail_fail(err, TRAIL_USAGE, "the output folder %s holds the case folder", out_folder);
        goto cleanup;
    }
    for (size_t i = 0; i < received_count; i++) {
        status = check_received(&out, &case_chain, case_folder, received[i], out_folder, err);
        if (status != TRAIL_OK) goto cleanup;
    }
    status = check_foreign(out_folder, err);
cleanup:
    trail_vector_clear(&case_chain.places);
    trail_vector_clear(&out.places);
    return status;
}
