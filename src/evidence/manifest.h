/* out/manifest.json: what a run read, with which parameters, and what it wrote. The same for the
 * same evidence, parameters and program: no clock, no user, no path of this machine. One item a
 * line, in a fixed shape that trail_manifest_read reads back and nothing else. */
#ifndef TRAIL_EVIDENCE_MANIFEST_H
#define TRAIL_EVIDENCE_MANIFEST_H

#include <stdint.h>

#include <moneytrail/error.h>

#include "base/arena.h"
#include "base/digest.h"
#include "base/vector.h"

#define TRAIL_MANIFEST_NAME "manifest.json"

typedef struct trail_manifest_file {
    const char *name; /* received: as trail_protect_file cites it; output: path below out/ */
    uint64_t size;
    uint8_t hash[TRAIL_DIGEST_SIZE];
    uint8_t inside[TRAIL_DIGEST_SIZE]; /* a member: the hash of the received file it lies in */
} trail_manifest_file;

typedef struct trail_manifest_parameter {
    const char *name;
    const char *value;
} trail_manifest_parameter;

typedef struct trail_manifest_count {
    const char *name;
    uint64_t value;
} trail_manifest_count;

typedef struct trail_manifest {
    trail_arena arena;           /* of all strings */
    const char *program;         /* "moneytrail 0.1.0" */
    const char *evidence_digest; /* 64 hexadecimal digits */
    const char *notice;          /* trail_protection_notice */
    trail_vector parameters;     /* of trail_manifest_parameter, in the order added */
    trail_vector received;       /* of trail_manifest_file, sorted by name when written */
    trail_vector members;        /* of trail_manifest_file: of containers; sorted like received */
    trail_vector outputs;        /* of trail_manifest_file, sorted by name when written */
    trail_vector counts;         /* of trail_manifest_count, in the order added */
} trail_manifest;

/* An empty manifest; texts are copied. */
trail_status trail_manifest_init(trail_manifest *manifest, const char *program,
                                 const char *evidence_digest, const char *notice,
                                 trail_error *err) TRAIL_MUST_CHECK;
void trail_manifest_clear(trail_manifest *manifest);

trail_status trail_manifest_add_parameter(trail_manifest *manifest, const char *name,
                                          const char *value, trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_manifest_add_received(trail_manifest *manifest, const char *citation,
                                         const uint8_t hash[TRAIL_DIGEST_SIZE], uint64_t size,
                                         trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_manifest_add_member(trail_manifest *manifest, const char *citation,
                                       const trail_manifest_file *member,
                                       trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_manifest_add_count(trail_manifest *manifest, const char *name, uint64_t value,
                                      trail_error *err) TRAIL_MUST_CHECK;
/* Hashes and adds every file below `folder`, a manifest.json at its top left out. O(bytes). */
trail_status trail_manifest_add_outputs(trail_manifest *manifest, const char *folder,
                                        trail_error *err) TRAIL_MUST_CHECK;

/* Sorts and writes folder/manifest.json; hash (may be NULL) gets the SHA-256 of the manifest. */
trail_status trail_manifest_write(trail_manifest *manifest, const char *folder,
                                  uint8_t hash[TRAIL_DIGEST_SIZE],
                                  trail_error *err) TRAIL_MUST_CHECK;
/* Reads folder/manifest.json into an uninitialised manifest (clear it in every case).
 * TRAIL_BAD_DATA naming the line when it has not exactly the written shape; hash (may be NULL) as
 * above. */
trail_status trail_manifest_read(trail_manifest *manifest, const char *folder,
                                 uint8_t hash[TRAIL_DIGEST_SIZE],
                                 trail_error *err) TRAIL_MUST_CHECK;
/* The output of that path, or NULL. O(outputs). */
const trail_manifest_file *trail_manifest_output(const trail_manifest *manifest, const char *path);

#endif
