/* Paths and folders of a case. */
#ifndef TRAIL_BASE_PATH_H
#define TRAIL_BASE_PATH_H

#include <stdbool.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/text.h"
#include "base/vector.h"

/* Appends "folder/name" ("name" if absolute or folder empty). */
trail_status trail_path_join(trail_text *out, const char *folder, const char *name,
                             trail_error *err) TRAIL_MUST_CHECK;
/* Appends the path from the root, "." and ".." resolved by name: links are not looked at. */
trail_status trail_path_absolute(trail_text *out, const char *path,
                                 trail_error *err) TRAIL_MUST_CHECK;
bool trail_path_exists(const char *path);
bool trail_path_is_folder(const char *path);
/* What a change of a file's bytes would change: to notice one between two looks. */
typedef struct trail_path_stamp {
    uint64_t size, inode;
    int64_t seconds, nanoseconds; /* of the last change; compared, never shown */
} trail_path_stamp;
trail_status trail_path_look(const char *path, trail_path_stamp *stamp,
                             trail_error *err) TRAIL_MUST_CHECK;
/* mkdir -p; existing is fine. */
trail_status trail_path_make_folder(const char *path, trail_error *err) TRAIL_MUST_CHECK;
/* Removes a folder and all in it; absent is fine. Never follows a link. */
trail_status trail_path_remove_tree(const char *path, trail_error *err) TRAIL_MUST_CHECK;
/* Regular files below a folder as char * (trail_free each) relative to it with '/', sorted
 * bytewise, links not followed. */
trail_status trail_path_list(const char *folder, trail_vector *names,
                             trail_error *err) TRAIL_MUST_CHECK;
/* What trail_path_list passes over: links, devices, pipes; in the same form. */
trail_status trail_path_list_others(const char *folder, trail_vector *names,
                                    trail_error *err) TRAIL_MUST_CHECK;
void trail_path_list_clear(trail_vector *names);
/* The whole file, refused above `limit` bytes. */
trail_status trail_path_read(const char *path, size_t limit, trail_text *out,
                             trail_error *err) TRAIL_MUST_CHECK;

#endif
