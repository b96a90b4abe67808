#include "support/scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/path.h"

void scratch_make(scratch *place)
{
    const char *base = getenv("TMPDIR");
    snprintf(place->folder, sizeof place->folder, "%s/trail-XXXXXX",
             base == NULL || strlen(base) > 40 ? "/tmp" : base);
    assert_non_null(mkdtemp(place->folder));
}

void scratch_remove(scratch *place)
{
    assert_int_equal(trail_path_remove_tree(place->folder, NULL), TRAIL_OK);
}

const char *scratch_path(scratch *place, const char *name)
{
    int length = snprintf(place->path, sizeof place->path, "%s/%s", place->folder, name);
    assert_true(length > 0 && length < SCRATCH_PATH);
    return place->path;
}

void scratch_write(scratch *place, const char *name, const char *text)
{
    const char *path = scratch_path(place, name);
    char *slash = strrchr(place->path, '/');
    *slash = '\0';
    assert_int_equal(trail_path_make_folder(path, NULL), TRAIL_OK);
    *slash = '/';
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
}

trail_text scratch_read(scratch *place, const char *name)
{
    trail_text text = {0};
    assert_int_equal(trail_path_read(scratch_path(place, name), (size_t)1 << 30, &text, NULL),
                     TRAIL_OK);
    return text;
}
