/* Walking a folder: the list and the removal of base/path.h. */
#include "base/path.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/failure.h"
#include "base/memory.h"

static bool is_dots(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

/* Pushes "below/name" as a string of its own. */
static trail_status push_name(trail_vector *names, const char *below, const char *name,
                              trail_error *err)
{
    trail_text joined = {0};
    trail_status status = trail_path_join(&joined, below, name, err);
    if (status == TRAIL_OK) status = trail_vector_push(names, &joined.bytes, err);
    if (status != TRAIL_OK) trail_text_clear(&joined);
    return status;
}

/* The files below a folder, or what is neither file nor folder there. */
typedef struct folder_walk {
    const char *root;
    bool others;
    trail_vector *names;
    trail_vector folders; /* of char *, still to be listed or listed */
} folder_walk;

static trail_status list_entry(folder_walk *walk, DIR *handle, const char *below, const char *name,
                               trail_error *err)
{
    struct stat state;
    if (fstatat(dirfd(handle), name, &state, AT_SYMLINK_NOFOLLOW) != 0)
        return trail_fail_system(err, errno, "cannot look at %s%s%s", below,
                                 below[0] == '\0' ? "" : "/", name);
    if (S_ISDIR(state.st_mode)) return push_name(&walk->folders, below, name, err);
    if (S_ISREG(state.st_mode) == walk->others) return TRAIL_OK;
    return push_name(walk->names, below, name, err);
}

/* One folder: names and folders are relative to the root. */
static trail_status list_folder(folder_walk *walk, const char *below, trail_error *err)
{
    trail_text path = {0};
    DIR *handle = NULL;
    trail_status status = below[0] == '\0' ? trail_text_add(&path, trail_slice_of(walk->root), err)
                                           : trail_path_join(&path, walk->root, below, err);
    if (status != TRAIL_OK) goto cleanup;
    handle = opendir(path.bytes);
    if (handle == NULL) {
        status = trail_fail_system(err, errno, "cannot open the folder %s", path.bytes);
        goto cleanup;
    }
    for (;;) {
        errno = 0;
        const struct dirent *entry = readdir(handle);
        if (entry == NULL && errno != 0)
            status = trail_fail_system(err, errno, "cannot read the folder %s", path.bytes);
        if (entry == NULL) break;
        if (is_dots(entry->d_name)) continue;
        if ((status = list_entry(walk, handle, below, entry->d_name, err)) != TRAIL_OK) break;
    }
cleanup:
    if (handle != NULL) (void)closedir(handle);
    trail_text_clear(&path);
    return status;
}

static int by_bytes(const void *a, const void *b)
{
    const char *const *left = a;
    const char *const *right = b;
    return strcmp(*left, *right);
}

static trail_status list_below(const char *folder, bool others, trail_vector *names,
                               trail_error *err)
{
    folder_walk walk = {folder, others, names, trail_vector_of(sizeof(char *))};

    *names = trail_vector_of(sizeof(char *));
    trail_status status = list_folder(&walk, "", err);
    for (size_t i = 0; status == TRAIL_OK && i < walk.folders.count; i++) {
        char *const *below = trail_vector_at(&walk.folders, i);
        status = list_folder(&walk, *below, err);
    }
    trail_path_list_clear(&walk.folders);
    if (status != TRAIL_OK)
        trail_path_list_clear(names);
    else if (names->count > 1) /* names differ, so the order is one */
        qsort(names->items, names->count, sizeof(char *), by_bytes);
    return status;
}

trail_status trail_path_list(const char *folder, trail_vector *names, trail_error *err)
{
    return list_below(folder, false, names, err);
}

trail_status trail_path_list_others(const char *folder, trail_vector *names, trail_error *err)
{
    return list_below(folder, true, names, err);
}

void trail_path_list_clear(trail_vector *names)
{
    for (size_t i = 0; i < names->count; i++) {
        char **name = trail_vector_at(names, i);
        trail_free(*name);
    }
    trail_vector_clear(names);
}

/* Empties the folder behind a handle of its own, so that a link put in its place meanwhile is
 * not followed; `path` is for messages. Depth is bounded by the open files allowed. */
static trail_status empty_folder(int parent, const char *name, const char *path, trail_error *err);

static trail_status remove_entry(int parent, const char *name, const char *path, trail_error *err)
{
    struct stat state;
    if (fstatat(parent, name, &state, AT_SYMLINK_NOFOLLOW) != 0)
        return errno == ENOENT ? TRAIL_OK
                               : trail_fail_system(err, errno, "cannot look at %s", path);
    bool folder = S_ISDIR(state.st_mode);
    if (folder) {
        trail_status status = empty_folder(parent, name, path, err);
        if (status != TRAIL_OK) return status;
    }
    if (unlinkat(parent, name, folder ? AT_REMOVEDIR : 0) != 0 && errno != ENOENT)
        return trail_fail_system(err, errno, "cannot remove %s", path);
    return TRAIL_OK;
}

static trail_status remove_below(int parent, const char *name, const char *path, trail_error *err)
{
    trail_text below = {0};
    trail_status status = trail_path_join(&below, path, name, err);
    if (status == TRAIL_OK) status = remove_entry(parent, name, below.bytes, err);
    trail_text_clear(&below);
    return status;
}

static trail_status empty_folder(int parent, const char *name, const char *path, trail_error *err)
{
    trail_status status = TRAIL_OK;
    int folder = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *handle = folder < 0 ? NULL : fdopendir(folder);
    if (handle == NULL) {
        status = trail_fail_system(err, errno, "cannot open the folder %s", path);
        if (folder >= 0) (void)close(folder);
        return status;
    }
    while (status == TRAIL_OK) {
        errno = 0;
        const struct dirent *entry = readdir(handle);
        if (entry == NULL && errno != 0)
            status = trail_fail_system(err, errno, "cannot read the folder %s", path);
        if (entry == NULL) break;
        if (!is_dots(entry->d_name)) status = remove_below(folder, entry->d_name, path, err);
    }
    (void)closedir(handle);
    return status;
}

trail_status trail_path_remove_tree(const char *path, trail_error *err)
{
    return remove_entry(AT_FDCWD, path, path, err);
}
