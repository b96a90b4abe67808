/* custody.jsonl: what was done with the evidence, when and by whom. One JSON object a line, only
 * ever appended to, each line naming the hash of the line before:
 *   {"seq":1,"prev":"00…","t":"2025-04-17T09:30:00Z","user":"…","op":"received", …}
 * hash = SHA-256(0x00 || the line's bytes without its line feed); the first prev is 64 zeros. The
 * bytes are hashed, so anyone can check the chain without a JSON library. It is the only place
 * where the program writes a clock time. Fields are cited as protection has made them. */
#ifndef TRAIL_EVIDENCE_CUSTODY_H
#define TRAIL_EVIDENCE_CUSTODY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/digest.h"
#include "base/text.h"

/* The operations; `op` is one of these. */
#define TRAIL_CUSTODY_NEW      "new"      /* a case folder was made */
#define TRAIL_CUSTODY_RECEIVED "received" /* a file was hashed for the first time: file, sha256 */
#define TRAIL_CUSTODY_RUN      "run"      /* out/ was written: manifest, evidence_digest */
#define TRAIL_CUSTODY_INTERNAL "internal" /* the same, protected people named */
#define TRAIL_CUSTODY_VERIFY   "verify"
#define TRAIL_CUSTODY_EXPORT   "export"

typedef struct trail_custody_field {
    const char *name;
    const char *value; /* NULL: the field is left out */
} trail_custody_field;

/* Events that are appended together, with one lock and one sync. */
typedef struct trail_custody trail_custody;

/* Opens (creates) and locks; waits while another process appends. A last line cut by a crash is
 * removed, and the next event says so in its field "cut_bytes". */
trail_status trail_custody_open(trail_custody **out, const char *path,
                                trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_custody_add(trail_custody *custody, const char *op,
                               const trail_custody_field *fields, size_t count,
                               trail_error *err) TRAIL_MUST_CHECK;
/* Has an event of `op` this value (hexadecimal digits or plain words) in this field? Over the lines
 * that were there at opening. */
bool trail_custody_has(const trail_custody *custody, const char *op, const char *field,
                       const char *value);
/* Writes all added events, or none, and syncs. Frees in every case. */
trail_status trail_custody_close(trail_custody *custody, trail_error *err) TRAIL_MUST_CHECK;
/* Frees and unlocks without writing. NULL is fine. */
void trail_custody_abandon(trail_custody *custody);

/* The state of a chain. */
typedef struct trail_custody_chain {
    uint64_t line_count;
    uint64_t broken_line;        /* 1-based; 0: the chain holds */
    const char *reason;          /* why it is broken; static storage */
    char head[TRAIL_DIGEST_HEX]; /* hash of the last line */
} trail_custody_chain;

/* Checks every line of the log's text; a broken chain is not a failure. O(bytes). */
trail_status trail_custody_check(trail_slice log, trail_custody_chain *chain,
                                 trail_error *err) TRAIL_MUST_CHECK;
/* Has a line of `op` this value in this field? */
bool trail_custody_log_has(trail_slice log, const char *op, const char *field, const char *value);

#endif
