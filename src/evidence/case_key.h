/* case.key: 32 random bytes as 64 hexadecimal digits and a line feed, mode 0600. Whoever holds it
 * can link pseudonyms and ids to people; it is never exported. */
#ifndef TRAIL_EVIDENCE_CASE_KEY_H
#define TRAIL_EVIDENCE_CASE_KEY_H

#include <stdbool.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/attributes.h"
#include "model/published_id.h"

/* Writes a new key; TRAIL_USAGE when the file is there already. *without_modes: the file system
 * keeps no permissions (FAT, NTFS under WSL, network share), so that others may read the key: to be
 * said once. */
trail_status trail_case_key_create(const char *path, uint8_t key[TRAIL_CASE_KEY_SIZE],
                                   bool *without_modes, trail_error *err) TRAIL_MUST_CHECK;
/* Writes a key made earlier, under the same conditions. */
trail_status trail_case_key_write(const char *path, const uint8_t key[TRAIL_CASE_KEY_SIZE],
                                  bool *without_modes, trail_error *err) TRAIL_MUST_CHECK;
/* Reads a key strictly. TRAIL_USAGE when group or others may touch it on a file system with
 * modes, or when it is not 64 digits and a line feed; TRAIL_IO when it cannot be read. */
trail_status trail_case_key_read(const char *path, uint8_t key[TRAIL_CASE_KEY_SIZE],
                                 bool *without_modes, trail_error *err) TRAIL_MUST_CHECK;

#endif
