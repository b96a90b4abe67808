/* A container (zip, 7z, tar plain or compressed), walked member by member in its own order, and a
 * single compressed file (bz2, xz, zstd). The only door to libarchive. Nothing is ever written to
 * disk; RAR, xar and every other format stay shut. What breaks is no failure: members before it
 * stay, and `broken` says what happened. */
#ifndef TRAIL_INGEST_CONTAINER_H
#define TRAIL_INGEST_CONTAINER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/attributes.h"
#include "base/byte_source.h"
#include "base/text.h"

/* The budgets. A container that goes beyond one is read up to there, and says so. */
#define TRAIL_CONTAINER_MEMBERS    20000u                /* of a received file, all levels */
#define TRAIL_CONTAINER_BYTES      ((uint64_t)64 << 30)  /* unpacked in all, of a received file */
#define TRAIL_CONTAINER_RATIO      250u                  /* unpacked to packed bytes of a member, */
#define TRAIL_CONTAINER_RATIO_FREE ((uint64_t)16 << 20)  /* once it is larger than this */
#define TRAIL_CONTAINER_NESTING    4u                    /* containers in containers */
#define TRAIL_CONTAINER_HELD       ((uint64_t)512 << 20) /* a container inside another: in memory */

typedef struct trail_container_budget {
    uint64_t bytes_left, members_left;
} trail_container_budget;
trail_container_budget trail_container_budget_full(void);

typedef enum trail_container_form {
    TRAIL_CONTAINER_NONE = 0,
    TRAIL_CONTAINER_ZIP,
    TRAIL_CONTAINER_7ZIP,
    TRAIL_CONTAINER_TAR
} trail_container_form;
/* By the first (decompressed) bytes; of a tar the first 512 are needed. */
trail_container_form trail_container_recognise(trail_slice first_bytes);
/* bzip2, xz or zstd, by the first 10 bytes. */
bool trail_container_is_packed(trail_slice first_bytes);

typedef struct trail_container trail_container;

typedef struct trail_container_entry {
    trail_slice name;    /* as cited; a name met before has "#2" behind it. Borrowed until next */
    const char *problem; /* why it cannot be read: encrypted, a link. NULL: it can */
    bool leads_out;      /* its name leads out of the container */
    bool is_system;      /* put there by an operating system */
} trail_container_entry;

/* Of the file at `path`, or (path NULL) of bytes in memory, borrowed until close. Members count
 * against *budget, borrowed until close; NULL: a full one. */
trail_status trail_container_open(trail_container **out, const char *path, trail_slice bytes,
                                  trail_container_budget *budget,
                                  trail_error *err) TRAIL_MUST_CHECK;
/* Gives the bytes it was opened over to the container, which frees them at its close. */
void trail_container_keep(trail_container *container, trail_text *taken_bytes);
void trail_container_close(trail_container *container);
/* The next member, folders passed over; *more false at the end. */
trail_status trail_container_next(trail_container *container, trail_container_entry *entry,
                                  bool *more, trail_error *err) TRAIL_MUST_CHECK;
/* Bytes of the current member; *size 0 at its end. */
trail_status trail_container_read(trail_container *container, void *bytes, size_t capacity,
                                  size_t *size, trail_error *err) TRAIL_MUST_CHECK;
/* NULL, or why the current member ended before its end; *bomb: because it unpacks to more than a
 * budget allows. */
const char *trail_container_entry_broken(const trail_container *container, bool *bomb);
/* NULL, or why there may be more members than were given. */
const char *trail_container_broken(const trail_container *container);

/* The current member as a source, which takes over the container (in every case) and counts against
 * a full budget of its own. */
trail_status trail_container_source(trail_byte_source **out, trail_container *taken,
                                    trail_error *err) TRAIL_MUST_CHECK;
/* A packed source unpacked; the same source if it is not packed. Takes it over in every case. */
trail_status trail_container_unpack(trail_byte_source **out, trail_byte_source *taken_packed,
                                    trail_error *err) TRAIL_MUST_CHECK;

#endif
