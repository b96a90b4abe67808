/* Any bytes as a received file that may be a container or a workbook: it is taken apart, and every
 * leaf read to its end. Never a crash; a leaf without a problem has a hash, or is the file itself.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "ingest/expansion.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void require(bool holds)
{
    if (!holds) abort();
}

static trail_status meet(void *context, const trail_leaf *leaf, trail_error *err)
{
    trail_byte_source *source = NULL;
    char block[4096];
    size_t size = 1;
    (void)context;
    (void)err;
    require(leaf->name != NULL);
    if (leaf->problem != NULL || leaf->is_container) return TRAIL_OK;
    require(leaf->hash != NULL || (leaf->member == NULL && leaf->sheet == NULL));
    if (trail_location_open(&source, &leaf->location, NULL) != TRAIL_OK) return TRAIL_OK;
    for (unsigned i = 0; i < 256 && size > 0; i++)
        require(trail_byte_source_read(source, block, sizeof block, &size, NULL) == TRAIL_OK);
    trail_byte_source_close(source);
    return TRAIL_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const trail_leaf_visitor visitor = {meet, NULL};
    char path[] = "/tmp/container_fuzz_XXXXXX";
    trail_arena names = {0};
    int file = mkstemp(path);
    require(file >= 0);
    require(write(file, bytes, size) == (ssize_t)size);
    require(close(file) == 0);
    require(trail_expand(path, "received/x", &names, &visitor, NULL) == TRAIL_OK);
    trail_arena_clear(&names);
    (void)unlink(path);
    return 0;
}
