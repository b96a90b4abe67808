#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/failure.h"
#include "base/path.h"

/* Adds "/name" for each part; ".." takes the last one away. */
static trail_status add_parts(trail_text *out, size_t start, const char *path, trail_error *err)
{
    while (*path != '\0') {
        size_t length = strcspn(path, "/");
        trail_slice part = {path, length};
        trail_status status = TRAIL_OK;
        path += length + (path[length] == '/');
        if (length == 0 || trail_slice_is(part, ".")) continue;
        if (trail_slice_is(part, "..")) {
            while (out->length > start && out->bytes[out->length - 1] != '/')
                out->length--;
            if (out->length > start) out->length--;
            if (out->bytes != NULL) out->bytes[out->length] = '\0';
            continue;
        }
        status = trail_text_add(out, trail_slice_of("/"), err);
        if (status == TRAIL_OK) status = trail_text_add(out, part, err);
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

trail_status trail_path_absolute(trail_text *out, const char *path, trail_error *err)
{
    char here[4096];
    size_t start = out->length;
    trail_status status = TRAIL_OK;
    if (path[0] != '/') {
        if (getcwd(here, sizeof here) == NULL)
            return trail_fail_system(err, errno, "cannot tell the current folder for %s", path);
        status = add_parts(out, start, here, err);
    }
    if (status == TRAIL_OK) status = add_parts(out, start, path, err);
    if (status == TRAIL_OK && out->length == start)
        status = trail_text_add(out, trail_slice_of("/"), err);
    return status;
}
