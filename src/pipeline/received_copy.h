/* A received file copied into a case: the original is only read, the copy is read-only and proved
 * equal by its hash, read back from the disk. */
#ifndef TRAIL_PIPELINE_RECEIVED_COPY_H
#define TRAIL_PIPELINE_RECEIVED_COPY_H

#include <stdint.h>

#include <moneytrail/error.h>

#include "base/attributes.h"
#include "base/digest.h"

/* Copies `from` to `to` and makes the folders on the way. `hash` is what the original had when it
 * was taken in. If `to` is there with that hash (an earlier attempt was cut short), it stays; with
 * another: TRAIL_USAGE. TRAIL_IO when the copy is not equal. O(bytes). */
trail_status trail_received_copy(const char *from, const char *to,
                                 const uint8_t hash[TRAIL_DIGEST_SIZE],
                                 trail_error *err) TRAIL_MUST_CHECK;

#endif
