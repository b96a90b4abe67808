/* Received files, hashed before anything else is done with them. Files are opened read-only. */
#ifndef TRAIL_EVIDENCE_RECEIPT_H
#define TRAIL_EVIDENCE_RECEIPT_H

#include <stddef.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/digest.h"

typedef struct trail_receipt {
    uint8_t hash[TRAIL_DIGEST_SIZE]; /* SHA-256 of the file's bytes */
    uint64_t size;
} trail_receipt;

/* Hashes `count` files, names relative to case_folder or absolute, into receipts[count]. Missing or
 * not a regular file: TRAIL_USAGE. The result does not depend on `threads`. O(bytes). */
trail_status trail_receipt_take(const char *case_folder, const char *const *names, size_t count,
                                unsigned threads, trail_receipt *receipts,
                                trail_error *err) TRAIL_MUST_CHECK;

/* SHA-256 over the files' hashes, each as 64 hexadecimal digits and a line feed, sorted: what
 * `sha256sum FILES | cut -c1-64 | sort | sha256sum` prints, whatever the files are called. */
trail_status trail_evidence_digest(const trail_receipt *receipts, size_t count,
                                   char hex[TRAIL_DIGEST_HEX], trail_error *err) TRAIL_MUST_CHECK;

#endif
