/* Members of containers against the manifest: a citation of a member is of use only if the
 * container still gives the bytes with the hash that is recorded. A member is looked for by hash,
 * so that one cited as F-… is found too. O(bytes unpacked). */
#include "pipeline/verify_parts.h"

#include <string.h>

#include "base/memory.h"
#include "base/path.h"
#include "ingest/expansion.h"

typedef struct unpacked {
    const trail_manifest *manifest;
    const uint8_t *container;
    bool *found; /* by member of the manifest */
} unpacked;

static trail_status meet(void *context, const trail_leaf *leaf, trail_error *err)
{
    unpacked *all = context;
    (void)err;
    if (leaf->hash == NULL) return TRAIL_OK;
    for (size_t i = 0; i < all->manifest->members.count; i++) {
        const trail_manifest_file *member = trail_vector_at(&all->manifest->members, i);
        if (memcmp(member->inside, all->container, TRAIL_DIGEST_SIZE) == 0 &&
            memcmp(member->hash, leaf->hash, TRAIL_DIGEST_SIZE) == 0)
            all->found[i] = true;
    }
    return TRAIL_OK;
}

trail_status trail_verify_members(trail_verification *verification, const char *name,
                                  const uint8_t container[TRAIL_DIGEST_SIZE], trail_error *err)
{
    const trail_vector *members = &verification->manifest.members;
    unpacked all = {.manifest = &verification->manifest, .container = container};
    const trail_leaf_visitor visitor = {meet, &all};
    trail_arena names = {0};
    trail_text path = {0};
    size_t listed = 0;
    trail_status status = TRAIL_OK;
    for (size_t i = 0; i < members->count; i++) {
        const trail_manifest_file *member = trail_vector_at(members, i);
        listed += memcmp(member->inside, container, TRAIL_DIGEST_SIZE) == 0;
    }
    if (listed == 0) return TRAIL_OK;
    status = trail_alloc_zeroed(&all.found, members->count, sizeof *all.found, err);
    if (status == TRAIL_OK) status = trail_path_join(&path, verification->case_folder, name, err);
    if (status == TRAIL_OK) status = trail_expand(path.bytes, name, &names, &visitor, err);
    for (size_t i = 0; i < members->count && status == TRAIL_OK; i++) {
        const trail_manifest_file *member = trail_vector_at(members, i);
        if (all.found[i] || memcmp(member->inside, container, TRAIL_DIGEST_SIZE) != 0) continue;
        status = trail_verify_differs(verification, err,
                                      "member %s is not what its container holds", member->name);
    }
    trail_free(all.found);
    trail_text_clear(&path);
    trail_arena_clear(&names);
    return status;
}
