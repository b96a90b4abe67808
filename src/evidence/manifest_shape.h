/* What the writing and the reading half of the manifest share. */
#ifndef TRAIL_EVIDENCE_MANIFEST_SHAPE_H
#define TRAIL_EVIDENCE_MANIFEST_SHAPE_H

#include "evidence/manifest.h"

#define TRAIL_MANIFEST_FORMAT "moneytrail manifest 2"

trail_status trail_manifest_add_file(trail_manifest *manifest, trail_vector *files,
                                     const char *name, const uint8_t hash[TRAIL_DIGEST_SIZE],
                                     uint64_t size, trail_error *err) TRAIL_MUST_CHECK;

#endif
