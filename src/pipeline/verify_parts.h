/* One verification under way: what it looks at and whom it tells. */
#ifndef TRAIL_PIPELINE_VERIFY_PARTS_H
#define TRAIL_PIPELINE_VERIFY_PARTS_H

#include <stdbool.h>

#include <moneytrail/error.h>
#include <moneytrail/notices.h>

#include "base/digest.h"
#include "base/text.h"
#include "evidence/manifest.h"
#include "evidence/protection.h"

typedef struct trail_verification {
    const char *case_folder;
    trail_text out_folder;
    const trail_notices *notices;
    trail_manifest manifest;
    trail_text custody; /* custody.jsonl as it is */
    trail_protection
        *protection; /* NULL when the case file cannot be read: then only hashes name */
    size_t differences;
} trail_verification;

/* Tells one difference and counts it. */
trail_status trail_verify_differs(trail_verification *verification, trail_error *err,
                                  const char *format, ...) TRAIL_PRINTF(3, 4) TRAIL_MUST_CHECK;
/* Hash of folder/name; *there false when it is not a file that can be read, with the reason told as
 * a difference about `shown` unless shown is NULL. */
trail_status trail_verify_hash(trail_verification *verification, const char *folder,
                               const char *name, const char *shown, uint8_t hash[TRAIL_DIGEST_SIZE],
                               uint64_t *size, bool *there, trail_error *err) TRAIL_MUST_CHECK;
/* The received files of the manifest, and files beside them that nothing knows. */
trail_status trail_verify_received(trail_verification *verification,
                                   trail_error *err) TRAIL_MUST_CHECK;
/* The members that the manifest lists of the container with this hash, against what the file `name`
 * of the case folder, which has that hash, unpacks to. */
trail_status trail_verify_members(trail_verification *verification, const char *name,
                                  const uint8_t container[TRAIL_DIGEST_SIZE],
                                  trail_error *err) TRAIL_MUST_CHECK;

#endif
